//! A list against the register: which villages are new, who is there already, and whose id somebody else has.
//!
//! The same person is never made twice. Who only may be the same is told and offered, and stays two people until
//! somebody says otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use documents::lists::{
    ImportProblem, Mapping, MemberPlace, ProblemKind, ReadHousehold, ReadList, ReadMember, double, told_at, twins,
};
use domain::likeness::{Likeness, Name};
use domain::records::HouseholdMember;
use domain::registry::Record;
use domain::{RecordId, Value, codes};
use store::{IdentityKey, ImportLayout, Sight, View};

use crate::imports::change::{Change, Chosen, of_household, of_membership, of_person};
use crate::imports::register::{Register, traits_of};
use crate::imports::village_key;
use crate::views::imports::ImportRequest;

/// A person of the list who is in the register.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) person: RecordId,
    /// Where the register has the person living.
    pub(crate) household: Option<RecordId>,
    pub(crate) changes: Vec<Change>,
}

/// Somebody of the register who may be a person of the list.
#[derive(Clone, Debug)]
pub(crate) struct Maybe {
    pub(crate) person: RecordId,
    /// Why, as the hints say it.
    pub(crate) evidence: Vec<String>,
}

/// A household of the list that is in the register.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(crate) id: RecordId,
    pub(crate) changes: Vec<Change>,
}

/// What a list would do to the register.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) name: String,
    pub(crate) list: ReadList,
    /// People who are in the register already.
    pub(crate) known: BTreeMap<MemberPlace, Known>,
    /// People who may be in the register; they are made anew.
    pub(crate) maybe: BTreeMap<MemberPlace, Maybe>,
    /// People who stand further up in the list already, to that place.
    pub(crate) twins: BTreeMap<MemberPlace, MemberPlace>,
    /// The first of such people with what the others add.
    pub(crate) joined: BTreeMap<MemberPlace, ReadMember>,
    /// Households that are in the register already.
    pub(crate) homes: BTreeMap<usize, Home>,
    /// Villages of the register by folded name.
    pub(crate) villages: BTreeMap<String, RecordId>,
    /// Names of villages that would be made, by folded name.
    pub(crate) new_villages: BTreeMap<String, String>,
    /// Layouts to remember.
    pub(crate) learnt: Vec<ImportLayout>,
}

/// Names a person of the list in choices: row, place among those of the row, sheet.
pub(crate) fn member_key(household: &ReadHousehold, place: usize) -> String {
    let row = household.members.get(place).map_or(0, |member| member.row);
    let before = household.members.iter().take(place).filter(|member| member.row == row).count();
    format!("{row}.{before} {}", household.sheet)
}

/// Names a household of the list in choices.
pub(crate) fn household_key(household: &ReadHousehold) -> String {
    format!("{} {}", household.first_row, household.sheet)
}

impl Plan {
    /// The member as it is written: with what its doubles in the list add.
    pub(crate) fn member<'a>(&'a self, place: MemberPlace, read: &'a ReadMember) -> &'a ReadMember {
        self.joined.get(&place).unwrap_or(read)
    }
}

/// Compares a list with the register under the worker's choices.
pub(crate) fn compare(
    view: &View<'_>,
    list: ReadList,
    mapping: &Mapping,
    request: &ImportRequest,
    this_year: i32,
) -> store::Result<Plan> {
    let mut plan = Plan { list, ..Plan::default() };
    find_villages(view, &mut plan)?;
    find_twins(&mut plan, request);
    let keys = view.list_identity_keys()?;
    let register = Register::new(&keys, &plan.villages);
    let mut comparing =
        Comparing { view, register, request, mapping, told: Vec::new(), this_year, limited: view.list_limited()? };
    let households = std::mem::take(&mut plan.list.households);
    let mut found = comparing.find(&households, &plan);
    for (at, household) in households.iter().enumerate() {
        comparing.people(at, household, &mut found, &mut plan)?;
        comparing.home(at, household, &mut plan)?;
    }
    plan.list.problems.append(&mut comparing.told);
    plan.list.households = households;
    Ok(plan)
}

fn find_villages(view: &View<'_>, plan: &mut Plan) -> store::Result<()> {
    for row in view.list_villages()? {
        plan.villages.entry(village_key(row.village.name.as_deref().unwrap_or_default())).or_insert(row.id);
    }
    let written: BTreeSet<&String> = plan.list.households.iter().filter_map(|household| household.village.as_ref()).collect();
    // The first spelling of the list names a new village.
    let keys: HashMap<&String, String> = written.into_iter().map(|village| (village, village_key(village))).collect();
    for village in plan.list.households.iter().filter_map(|household| household.village.as_ref()) {
        let Some(key) = keys.get(village).filter(|key| !key.is_empty() && !plan.villages.contains_key(*key)) else { continue };
        plan.new_villages.entry(key.clone()).or_insert_with(|| village.clone());
    }
    Ok(())
}

fn find_twins(plan: &mut Plan, request: &ImportRequest) {
    let households = &plan.list.households;
    for (twin, first) in twins(households) {
        let (Some(household), Some(first_member)) =
            (households.get(twin.0), households.get(first.0).and_then(|household| household.members.get(first.1)))
        else {
            continue;
        };
        if said(request, &member_key(household, twin.1), "same") == Some(false) {
            continue;
        }
        if let Some(member) = household.members.get(twin.1) {
            let joined = plan.joined.entry(first).or_insert_with(|| first_member.clone());
            joined.fill_from(member);
        }
        plan.twins.insert(twin, first);
    }
}

fn said(request: &ImportRequest, key: &str, column: &str) -> Option<bool> {
    request.choices.get(key)?.get(column).copied()
}

/// Somebody of the register whom a row was found to be, or may be.
struct Found<'a> {
    known: &'a IdentityKey,
    is_same: bool,
    /// Why, where likeness found them.
    evidence: Vec<String>,
}

#[derive(Clone, Copy)]
enum Pass {
    Number,
    Name,
    Likeness,
}

/// How the names of those beside a member sound.
fn kin_of(household: &ReadHousehold, place: usize) -> BTreeSet<String> {
    let beside = household.members.iter().enumerate().filter(|(other, _)| *other != place);
    beside.map(|(_, member)| Name::new(&member.full_name).sound()).filter(|sound| !sound.is_empty()).collect()
}

struct Comparing<'a, 'v> {
    view: &'a View<'v>,
    register: Register<'a>,
    request: &'a ImportRequest,
    mapping: &'a Mapping,
    told: Vec<ImportProblem>,
    this_year: i32,
    /// Who asked that their data be limited: a list changes nothing of theirs.
    limited: BTreeSet<RecordId>,
}

impl<'a> Comparing<'a, '_> {
    fn chosen(&self, key: &str) -> Chosen<'_> {
        Chosen { by_column: self.request.choices.get(key), prefer_list: self.request.prefer_list }
    }

    /// Whom each row was found to be: by number before by name before by likeness, so that nobody is taken for another who stands
    /// further down. What a worker said goes before all.
    fn find(&mut self, households: &[ReadHousehold], plan: &Plan) -> BTreeMap<MemberPlace, Found<'a>> {
        let mut found: BTreeMap<MemberPlace, Found<'a>> = BTreeMap::new();
        for pass in [Pass::Number, Pass::Name, Pass::Likeness] {
            for (at, household) in households.iter().enumerate() {
                let village = household.village.as_deref().map(village_key);
                for (place, read) in household.members.iter().enumerate() {
                    if plan.twins.contains_key(&(at, place)) || found.contains_key(&(at, place)) {
                        continue;
                    }
                    let member = plan.member((at, place), read);
                    let same = said(self.request, &member_key(household, place), "same");
                    let (known, evidence) = match pass {
                        Pass::Number => (self.register.same_by_id(member), Vec::new()),
                        Pass::Name => (self.register.same_by_name(village.as_deref(), member), Vec::new()),
                        Pass::Likeness => {
                            let home = village.as_deref().and_then(|village| plan.villages.get(village).copied());
                            let alike = self.register.alike(&traits_of(member, home, kin_of(household, place)));
                            let evidence =
                                |likeness: &Likeness| likeness.evidence.iter().map(|one| one.code().to_owned()).collect();
                            (
                                alike.as_ref().map(|(known, _)| *known),
                                alike.map(|(_, likeness)| evidence(&likeness)).unwrap_or_default(),
                            )
                        }
                    };
                    let Some(known) = known else { continue };
                    let is_same = same.unwrap_or(!matches!(pass, Pass::Likeness));
                    if is_same {
                        self.register.take(known.id);
                    }
                    found.insert((at, place), Found { known, is_same, evidence });
                }
            }
        }
        found
    }

    fn people(
        &mut self,
        at: usize,
        household: &ReadHousehold,
        found: &mut BTreeMap<MemberPlace, Found<'a>>,
        plan: &mut Plan,
    ) -> store::Result<()> {
        for (place, read) in household.members.iter().enumerate() {
            if plan.twins.contains_key(&(at, place)) {
                continue;
            }
            let member = plan.member((at, place), read).clone();
            let key = member_key(household, place);
            let found = found.remove(&(at, place));
            if let Some(Found { known, is_same: true, .. }) = found {
                let mut changes = of_person(self.view, known.id, &member, &self.chosen(&key))?;
                if self.limited.contains(&known.id) {
                    changes.iter_mut().for_each(|change| change.take = false);
                }
                self.tell_kept(household, member.row, &changes);
                self.told.push(double(self.mapping, &household.sheet, read, ProblemKind::SamePersonInRegister));
                plan.known.insert((at, place), Known { person: known.id, household: known.household, changes });
                continue;
            }
            let is_settled = said(self.request, &key, "same").is_some();
            let has_maybe = found.is_some();
            if let Some(Found { known, evidence, .. }) = found {
                plan.maybe.insert((at, place), Maybe { person: known.id, evidence });
            }
            if self.register.has_id(&member) {
                self.told.push(double(self.mapping, &household.sheet, read, ProblemKind::SameIdInRegister));
            } else if has_maybe && !is_settled {
                self.told.push(double(self.mapping, &household.sheet, read, ProblemKind::MaybeInRegister));
            }
        }
        Ok(())
    }

    /// The household of the register that those of its members who are there live in, the head's before others'.
    fn home(&mut self, at: usize, household: &ReadHousehold, plan: &mut Plan) -> store::Result<()> {
        let is_head =
            |place: &usize| household.members.get(*place).is_some_and(|member| member.relationship.as_deref() == Some("head"));
        let mut places: Vec<usize> = (0..household.members.len()).collect();
        places.sort_by_key(|place| !is_head(place));
        let home = places.iter().find_map(|place| plan.known.get(&(at, *place))?.household);
        let Some(id) = home else { return Ok(()) };
        let chosen_key = household_key(household);
        let changes = of_household(self.view, id, household, self.this_year, &self.chosen(&chosen_key))?;
        self.tell_kept(household, household.first_row, &changes);
        plan.homes.insert(at, Home { id, changes });
        let memberships = self.view.list_children(id, HouseholdMember::KIND, Sight::Plain)?;
        for (place, read) in household.members.iter().enumerate() {
            let Some(known) = plan.known.get_mut(&(at, place)) else { continue };
            if known.household.is_some_and(|lives| lives != id) {
                self.told.push(double(self.mapping, &household.sheet, read, ProblemKind::LivesElsewhere));
                continue;
            }
            let own = memberships.iter().find(|stored| {
                let member: HouseholdMember = stored.record();
                member.person == Some(known.person) && member.to_on.is_none()
            });
            if let Some(own) = own {
                let mut changes = of_membership(own, read, &self.chosen(&member_key(household, place)));
                if self.limited.contains(&known.person) {
                    changes.iter_mut().for_each(|change| change.take = false);
                }
                known.changes.extend(changes.iter().cloned());
                self.tell_kept(household, read.row, &changes);
            }
        }
        Ok(())
    }

    /// Says what the register keeps against the list.
    fn tell_kept(&mut self, household: &ReadHousehold, row: u32, changes: &[Change]) {
        for change in changes.iter().filter(|change| change.differs() && !change.take) {
            let mut problem = told_at(
                self.mapping,
                &household.sheet,
                row,
                change.targets(),
                &shown(change, &change.after.to_text()),
                ProblemKind::RegisterDiffers,
            );
            let register = shown(change, change.before.as_deref().unwrap_or_default());
            problem.params.insert("register".to_owned(), register);
            self.told.push(problem);
        }
    }
}

/// A value as people read it.
fn shown(change: &Change, text: &str) -> String {
    let column =
        domain::registry::kind_named(change.kind).and_then(|kind| kind.columns().find(|column| column.name == change.column));
    match (&change.after, column.map(|column| column.ty)) {
        (Value::Code(_), Some(domain::ValueType::Code(list))) => {
            codes::find(list, text).map_or_else(|| text.to_owned(), |code| code.vi.clone())
        }
        (Value::PartialDate(_), _) => text.parse().map_or_else(|_| text.to_owned(), |date| documents::export::shown(&date)),
        (Value::Date(_), _) => {
            text.parse().map_or_else(|_| text.to_owned(), |date| documents::export::shown(&domain::PartialDate::Day(date)))
        }
        _ => text.to_owned(),
    }
}
