//! The register as the derivation reads it: records by person and household, joined both ways.
//!
//! Owes its callers that references are places in a list, not ids to look up. Leaves to others where the records come from.
//! Would surprise: a reference to somebody outside stays `None` or is left out; what is specially protected is here only if
//! it was put in, except the status of a parent, which is masked when it is told.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::records::{
    Allowance, CarerLink, DisabilityCertificate, Household, HouseholdMember, HouseholdPlace, Observation, ParentLink, Person,
    PovertyClass, RegionStatus, Residence, RestrictedHealth, Study, SupportObligor, Village, WrittenRequest,
};
use domain::registry::Record;
use domain::{PartialDate, RecordId, Row, UnitId};

use super::span::{Entry, Spanned};

/// A person's or household's place in the register.
pub type At = usize;

/// Successors of a village are followed at most this far.
const LONGEST_CHAIN: usize = 16;

/// A record as the store gives it.
#[derive(Clone, Copy, Debug)]
pub struct Loaded<'a> {
    /// Its id.
    pub id: RecordId,
    /// The record it is a child of.
    pub parent: Option<RecordId>,
    /// The commune it belongs to.
    pub scope: UnitId,
    /// Rises with each entry.
    pub order: i64,
    /// Left this commune.
    pub moved: bool,
    /// Day on which the values were entered, where it matters: a death of which only month or year is known.
    pub entered: Option<NaiveDate>,
    /// The values.
    pub row: &'a Row,
}

/// A membership with the household it is in.
#[derive(Clone, Debug)]
pub struct Home {
    /// The household.
    pub household: At,
    /// The membership.
    pub member: Entry<HouseholdMember>,
}

/// Everything recorded about a person that a fact rests on.
#[derive(Clone, Debug)]
pub struct PersonFile {
    /// The person.
    pub id: RecordId,
    /// Left this commune with their records.
    pub moved: bool,
    /// Birth as known.
    pub birth: Option<PartialDate>,
    /// Marital status and since when.
    pub marital: Option<(String, Option<PartialDate>)>,
    /// Day of death: of a partial date the last possible, but no day after the entry.
    pub death: Option<NaiveDate>,
    /// Memberships.
    pub homes: Vec<Home>,
    /// Disability certificates.
    pub certificates: Vec<Entry<DisabilityCertificate>>,
    /// Allowances received.
    pub allowances: Vec<Entry<Allowance>>,
    /// Who cares for this person.
    pub carer_links: Vec<Entry<CarerLink>>,
    /// Parents and what became of them.
    pub parent_links: Vec<Entry<ParentLink>>,
    /// Study.
    pub studies: Vec<Entry<Study>>,
    /// Where they live.
    pub residences: Vec<Entry<Residence>>,
    /// Specially protected.
    pub restricted: Vec<Entry<RestrictedHealth>>,
    /// Who is obliged to support them.
    pub obligors: Vec<Entry<SupportObligor>>,
    /// Written requests.
    pub requests: Vec<Entry<WrittenRequest>>,
    /// Dated answers.
    pub observations: Vec<Entry<Observation>>,
    /// People whose `carer_link` names this person.
    pub cares_for: Vec<At>,
    /// People whose `parent_link` names this person.
    pub children: Vec<At>,
}

/// Everything recorded about a household that a fact rests on.
#[derive(Clone, Debug)]
pub struct HouseholdFile {
    /// The household.
    pub id: RecordId,
    /// The village it lives in now, under the name it had when that was written down.
    village: Option<RecordId>,
    /// First day on which it lives outside the commune.
    left: Option<NaiveDate>,
    /// Where it lived before.
    places: Vec<Entry<HouseholdPlace>>,
    /// The household of the poverty review, where it is another.
    pub reviewed_as: Option<RecordId>,
    /// Poverty classes.
    pub classes: Vec<Entry<PovertyClass>>,
    /// Dated answers about the household.
    pub observations: Vec<Entry<Observation>>,
    /// Who was ever in it: the person, and the place of the membership among theirs.
    pub members: Vec<(At, usize)>,
}

impl HouseholdFile {
    /// The village it lived in on a day: that of a place it has left since, none outside the commune, else the present one.
    #[must_use]
    pub fn village_on(&self, on: NaiveDate) -> Option<RecordId> {
        match self.places.iter().find(|place| place.span.holds(on)) {
            Some(place) => place.record.village,
            None => self.village.filter(|_| self.left.is_none_or(|left| left > on)),
        }
    }
}

/// A village with its marks.
#[derive(Clone, Debug)]
pub struct VillageFile {
    /// Its commune.
    pub unit: Option<u32>,
    /// Its last day, and what took its place.
    ended: Option<(NaiveDate, RecordId)>,
    /// Its region status by date.
    pub statuses: Vec<Entry<RegionStatus>>,
}

/// The register of a commune, or of one person's surroundings.
#[derive(Clone, Debug, Default)]
pub struct Register {
    people: Vec<PersonFile>,
    households: Vec<HouseholdFile>,
    person_at: BTreeMap<RecordId, At>,
    household_at: BTreeMap<RecordId, At>,
    villages: BTreeMap<RecordId, VillageFile>,
    communes: BTreeMap<u32, Vec<Entry<RegionStatus>>>,
    aliases: BTreeMap<RecordId, RecordId>,
}

impl Register {
    /// An empty one. Put in aliases first, then roots, then children; [`Register::join`] ends it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that records of `old` are records of `new`: two that were found to be the same.
    pub fn add_alias(&mut self, old: RecordId, new: RecordId) {
        self.aliases.insert(old, new);
    }

    fn real(&self, id: RecordId) -> RecordId {
        self.aliases.get(&id).copied().unwrap_or(id)
    }

    /// Puts a record in. Kinds that no fact rests on, and children of what is not here, are left out.
    pub fn add(&mut self, loaded: Loaded<'_>) {
        match loaded.row.kind.name {
            "person" => return self.add_person(loaded),
            "household" => return self.add_household(loaded),
            "village" => return self.add_village(loaded),
            "region_status" => return self.add_status(loaded),
            "household_member" => return self.add_member(loaded),
            _ => {}
        }
        let Some(parent) = loaded.parent.map(|parent| self.real(parent)) else { return };
        if let Some(at) = self.household_at.get(&parent).copied() {
            let household = &mut self.households[at];
            match loaded.row.kind.name {
                "poverty_class" => household.classes.push(entry(loaded)),
                "household_place" => household.places.push(entry(loaded)),
                "observation" => household.observations.push(entry(loaded)),
                _ => {}
            }
            return;
        }
        let Some(at) = self.person_at.get(&parent).copied() else { return };
        let person = &mut self.people[at];
        match loaded.row.kind.name {
            "disability_certificate" => person.certificates.push(entry(loaded)),
            "allowance" => person.allowances.push(entry(loaded)),
            "carer_link" => person.carer_links.push(entry(loaded)),
            "parent_link" => person.parent_links.push(entry(loaded)),
            "study" => person.studies.push(entry(loaded)),
            "residence" => person.residences.push(entry(loaded)),
            "restricted_health" => person.restricted.push(entry(loaded)),
            "support_obligor" => person.obligors.push(entry(loaded)),
            "written_request" => person.requests.push(entry(loaded)),
            "observation" => person.observations.push(entry(loaded)),
            _ => {}
        }
    }

    fn add_person(&mut self, loaded: Loaded<'_>) {
        let record = Person::from_row(loaded.row);
        let last = record.death_date.map(|date| date.last_day());
        let file = PersonFile {
            id: loaded.id,
            moved: loaded.moved,
            birth: record.birth_date,
            marital: record.marital_status.map(|status| (status, record.marital_since)),
            death: last.map(|last| loaded.entered.map_or(last, |entered| entered.min(last))),
            homes: Vec::new(),
            certificates: Vec::new(),
            allowances: Vec::new(),
            carer_links: Vec::new(),
            parent_links: Vec::new(),
            studies: Vec::new(),
            residences: Vec::new(),
            restricted: Vec::new(),
            obligors: Vec::new(),
            requests: Vec::new(),
            observations: Vec::new(),
            cares_for: Vec::new(),
            children: Vec::new(),
        };
        self.person_at.insert(loaded.id, self.people.len());
        self.people.push(file);
    }

    fn add_household(&mut self, loaded: Loaded<'_>) {
        let record = Household::from_row(loaded.row);
        let is_residence = record.is_residence_household == Some(true);
        self.household_at.insert(loaded.id, self.households.len());
        self.households.push(HouseholdFile {
            id: loaded.id,
            village: record.village.map(|village| self.real(village)),
            left: record.left_on,
            places: Vec::new(),
            reviewed_as: record.linked_household.filter(|_| is_residence).map(|other| self.real(other)),
            classes: Vec::new(),
            observations: Vec::new(),
            members: Vec::new(),
        });
    }

    fn add_village(&mut self, loaded: Loaded<'_>) {
        let record = Village::from_row(loaded.row);
        let unit = record.unit.and_then(|unit| u32::try_from(unit).ok()).or(Some(loaded.scope.0));
        let ended = record.valid_to.zip(record.successor);
        self.villages.insert(loaded.id, VillageFile { unit, ended, statuses: Vec::new() });
    }

    fn add_status(&mut self, loaded: Loaded<'_>) {
        let status: Entry<RegionStatus> = entry(loaded);
        match loaded.parent.map(|parent| self.real(parent)) {
            Some(village) => {
                if let Some(village) = self.villages.get_mut(&village) {
                    village.statuses.push(status);
                }
            }
            None => {
                let unit = status.record.unit.and_then(|unit| u32::try_from(unit).ok()).unwrap_or(loaded.scope.0);
                self.communes.entry(unit).or_default().push(status);
            }
        }
    }

    fn add_member(&mut self, loaded: Loaded<'_>) {
        let member: Entry<HouseholdMember> = entry(loaded);
        let household = loaded.parent.and_then(|parent| self.household_at.get(&self.real(parent)).copied());
        let person = member.record.person.and_then(|person| self.person_at.get(&self.real(person)).copied());
        let (Some(household), Some(person)) = (household, person) else { return };
        self.households[household].members.push((person, self.people[person].homes.len()));
        self.people[person].homes.push(Home { household, member });
    }

    /// Joins links both ways, once everything is in.
    #[must_use]
    pub fn join(mut self) -> Self {
        for at in 0..self.people.len() {
            let person = &self.people[at];
            let carers: Vec<At> = person.carer_links.iter().filter_map(|link| self.find(link.record.carer?)).collect();
            let parents: Vec<At> = person.parent_links.iter().filter_map(|link| self.find(link.record.parent?)).collect();
            for carer in carers {
                push_once(&mut self.people[carer].cares_for, at);
            }
            for parent in parents {
                push_once(&mut self.people[parent].children, at);
            }
        }
        self
    }

    /// Everybody, in the order of their entry.
    #[must_use]
    pub fn people(&self) -> &[PersonFile] {
        &self.people
    }

    /// A person's place.
    #[must_use]
    pub fn find(&self, id: RecordId) -> Option<At> {
        self.person_at.get(&self.real(id)).copied()
    }

    /// A person.
    #[must_use]
    pub fn person(&self, at: At) -> &PersonFile {
        &self.people[at]
    }

    /// A household.
    #[must_use]
    pub fn household(&self, at: At) -> &HouseholdFile {
        &self.households[at]
    }

    /// A household by its id.
    #[must_use]
    pub fn find_household(&self, id: RecordId) -> Option<&HouseholdFile> {
        self.household_at.get(&self.real(id)).map(|at| &self.households[*at])
    }

    /// What a village had become by a day: renamed and merged ones name their successor.
    #[must_use]
    pub fn village_on(&self, id: RecordId, on: NaiveDate) -> RecordId {
        let mut at = self.real(id);
        for _ in 0..LONGEST_CHAIN {
            match self.villages.get(&at).and_then(|village| village.ended) {
                Some((last, next)) if last < on => at = self.real(next),
                _ => break,
            }
        }
        at
    }

    /// A village as it was on a day, by its id.
    #[must_use]
    pub fn find_village(&self, id: RecordId, on: NaiveDate) -> Option<&VillageFile> {
        self.villages.get(&self.village_on(id, on))
    }

    /// The village of the household somebody is in on a day, or was in last.
    #[must_use]
    pub fn village_of(&self, id: RecordId, on: NaiveDate) -> Option<RecordId> {
        let person = self.person(self.find(id)?);
        let latest = |homes: &mut dyn Iterator<Item = &Home>| {
            homes.max_by_key(|home| (home.member.span.from, home.member.order)).map(|home| home.household)
        };
        let now = latest(&mut person.homes.iter().filter(|home| home.member.span.holds(on)));
        let village = self.household(now.or_else(|| latest(&mut person.homes.iter()))?).village_on(on)?;
        Some(self.village_on(village, on))
    }

    /// The region status of a commune by date.
    #[must_use]
    pub fn commune_statuses(&self, unit: u32) -> &[Entry<RegionStatus>] {
        self.communes.get(&unit).map_or(&[], Vec::as_slice)
    }
}

fn entry<R: Record + Spanned>(loaded: Loaded<'_>) -> Entry<R> {
    Entry::new(loaded.id, loaded.order, R::from_row(loaded.row))
}

fn push_once(list: &mut Vec<At>, at: At) {
    if !list.contains(&at) {
        list.push(at);
    }
}
