//! A list against the register: which villages are new, who is there already, and whose id somebody else has.
//!
//! The same person is never made twice. Who only may be the same is told and offered, and stays two people until
//! somebody says otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use documents::lists::{
    ImportProblem, Mapping, MemberPlace, ProblemKind, ReadHousehold, ReadList, ReadMember, double, told_at, twins,
};
use domain::records::HouseholdMember;
use domain::registry::Record;
use domain::text::fold;
use domain::{RecordId, Value, codes};
use store::{IdentityKey, ImportLayout, Sight, View};

use crate::imports::change::{Change, Chosen, of_household, of_membership, of_person};
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
    pub(crate) maybe: BTreeMap<MemberPlace, RecordId>,
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
    let mut comparing = Comparing { view, register: Register::new(&keys), request, mapping, told: Vec::new(), this_year };
    let households = std::mem::take(&mut plan.list.households);
    for (at, household) in households.iter().enumerate() {
        comparing.people(at, household, &mut plan)?;
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

struct Comparing<'a, 'v> {
    view: &'a View<'v>,
    register: Register<'a>,
    request: &'a ImportRequest,
    mapping: &'a Mapping,
    told: Vec<ImportProblem>,
    this_year: i32,
}

impl Comparing<'_, '_> {
    fn chosen(&self, key: &str) -> Chosen<'_> {
        Chosen { by_column: self.request.choices.get(key), prefer_list: self.request.prefer_list }
    }

    fn people(&mut self, at: usize, household: &ReadHousehold, plan: &mut Plan) -> store::Result<()> {
        let village = household.village.as_deref().map(village_key);
        for (place, read) in household.members.iter().enumerate() {
            if plan.twins.contains_key(&(at, place)) {
                continue;
            }
            let member = plan.member((at, place), read).clone();
            let key = member_key(household, place);
            let same = said(self.request, &key, "same");
            let found = self.register.find(village.as_deref(), &member);
            let (known, maybe) = match (found, same) {
                (Found::Same(known), Some(false)) => (None, Some(known)),
                (Found::Same(known), _) | (Found::Maybe(known), Some(true)) => (Some(known), None),
                (Found::Maybe(known), _) => (None, Some(known)),
                (Found::Nobody, _) => (None, None),
            };
            if let Some(known) = known {
                self.register.used.insert(known.id);
                let changes = of_person(self.view, known.id, &member, &self.chosen(&key))?;
                self.tell_kept(household, member.row, &changes);
                self.told.push(double(self.mapping, &household.sheet, read, ProblemKind::SamePersonInRegister));
                plan.known.insert((at, place), Known { person: known.id, household: known.household, changes });
                continue;
            }
            if let Some(maybe) = maybe {
                plan.maybe.insert((at, place), maybe.id);
            }
            if self.register.has_id(&member) {
                self.told.push(double(self.mapping, &household.sheet, read, ProblemKind::SameIdInRegister));
            } else if maybe.is_some() && same.is_none() {
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
                let changes = of_membership(own, read, &self.chosen(&member_key(household, place)));
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

enum Found<'a> {
    Same(&'a IdentityKey),
    Maybe(&'a IdentityKey),
    Nobody,
}

/// Who is in the register, by id and by folded name.
struct Register<'a> {
    by_id: HashMap<&'a str, Vec<&'a IdentityKey>>,
    by_name: HashMap<&'a str, Vec<&'a IdentityKey>>,
    /// Names of villages as they are compared, each made once.
    villages: HashMap<&'a str, String>,
    /// People whom a row of the list was found to be.
    used: HashSet<RecordId>,
}

impl<'a> Register<'a> {
    fn new(keys: &'a [IdentityKey]) -> Self {
        let mut register =
            Self { by_id: HashMap::new(), by_name: HashMap::new(), villages: HashMap::new(), used: HashSet::new() };
        for key in keys {
            register.by_name.entry(&key.folded_name).or_default().push(key);
            for id in key.citizen_id.iter().chain(&key.old_id) {
                register.by_id.entry(id).or_default().push(key);
            }
            if let Some(village) = key.village.as_deref() {
                register.villages.entry(village).or_insert_with(|| village_key(village));
            }
        }
        register
    }

    fn has_id(&self, member: &ReadMember) -> bool {
        member.citizen_id.as_deref().is_some_and(|id| self.by_id.contains_key(id))
    }

    /// The same person: the same id and folded name, or the same folded name, birth and village where nothing speaks
    /// against it. Perhaps the same: the id alone, or name and full date of birth in another village.
    fn find(&self, village: Option<&str>, member: &ReadMember) -> Found<'a> {
        let name = fold(&member.full_name);
        let named = self.by_name.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
        let ids = [member.citizen_id.as_deref(), member.old_id.as_deref()];
        let with_id = || ids.iter().flatten().filter_map(|id| self.by_id.get(*id)).flatten();
        let free = |known: &&&IdentityKey| !self.used.contains(&known.id);
        let same_citizen_id = |known: &IdentityKey| known.citizen_id.is_some() && known.citizen_id == member.citizen_id;
        let by_id = with_id().filter(free).filter(|known| known.folded_name == name);
        if let Some(known) = by_id.into_iter().find(|known| same_citizen_id(known) || may_be(known, member)) {
            return Found::Same(known);
        }
        let at_home = |known: &IdentityKey| {
            let lives = known.village.as_deref().and_then(|village| self.villages.get(village)).map(String::as_str);
            lives == village
        };
        let candidates: Vec<&IdentityKey> = named.iter().copied().filter(|known| free(&known) && may_be(known, member)).collect();
        let born = |known: &IdentityKey| known.birth.zip(member.birth);
        let exact = |known: &IdentityKey| born(known).is_some_and(|(one, other)| one == other);
        let agrees = |known: &IdentityKey| born(known).is_some_and(|(one, other)| one.agrees_with(&other));
        let here: Vec<&IdentityKey> = candidates.iter().copied().filter(|known| at_home(known)).collect();
        if let Some(known) = here.iter().copied().find(|known| exact(known)) {
            return Found::Same(known);
        }
        let agreeing: Vec<&IdentityKey> = here.iter().copied().filter(|known| agrees(known)).collect();
        if let [known] = agreeing.as_slice() {
            return Found::Same(known);
        }
        let to_the_day = |known: &&IdentityKey| exact(known) && member.birth.is_some_and(|birth| birth.is_full());
        let elsewhere: Vec<&IdentityKey> = candidates.iter().copied().filter(to_the_day).collect();
        match (elsewhere.as_slice(), village) {
            ([known], None) => Found::Same(known),
            ([known, ..], _) => Found::Maybe(known),
            ([], _) => match agreeing.first().copied().or_else(|| with_id().find(free).copied()) {
                Some(known) => Found::Maybe(known),
                None => Found::Nobody,
            },
        }
    }
}

/// Nothing known of both speaks against their being one person.
fn may_be(known: &IdentityKey, member: &ReadMember) -> bool {
    let agree = |one: Option<&str>, other: Option<&str>| one.zip(other).is_none_or(|(one, other)| one == other);
    agree(known.citizen_id.as_deref(), member.citizen_id.as_deref()) && agree(known.sex.as_deref(), member.sex.as_deref())
}
