//! Applying an import: one transaction, one act a household, so that each can be followed and the whole undone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use documents::lists::{ImportProblem, MemberPlace, ReadHousehold, ReadMember};
use domain::records::{DisabilityCertificate, HealthInsurance, Household, HouseholdMember, Person, PovertyClass, Village};
use domain::registry::Record;
use domain::{RecordId, Row, UnitId, text};
use serde_json::json;
use store::{ImportTrouble, Place, Tx};

use crate::households::code_for;
use crate::imports::change::write;
use crate::imports::file::{named, number};
use crate::imports::matching::Plan;
use crate::imports::village_key;

/// What an import made.
pub(crate) struct Made {
    pub(crate) import: i64,
    pub(crate) households: u32,
    pub(crate) people: u32,
    pub(crate) changed: u32,
}

/// Hears how many households of how many are written.
pub type Progress<'a> = &'a dyn Fn(u32, u32);

/// Writes the plan. A household of only people who live elsewhere, or who stand further up in the list, is left out.
pub(crate) fn apply(tx: &Tx<'_>, plan: &Plan, unit: UnitId, today: NaiveDate, progress: Progress<'_>) -> store::Result<Made> {
    let import = tx.begin_import("list")?;
    for layout in &plan.learnt {
        tx.remember_layout(layout)?;
    }
    let villages = make_villages(tx, plan, unit)?;
    let made = Made { import, households: 0, people: 0, changed: 0 };
    let mut applying = Applying { tx, plan, villages, unit, today, made, people: BTreeMap::new() };
    let total = number(plan.list.households.len());
    for (at, household) in plan.list.households.iter().enumerate() {
        applying.household(at, household)?;
        tx.end_act()?;
        progress(number(at + 1), total);
    }
    let made = applying.made;
    for problem in &plan.list.problems {
        tx.note_import_trouble(import, &trouble(problem))?;
    }
    let report = json!({
        "name": plan.name, "households": made.households, "people": made.people, "changed": made.changed,
        "problems": plan.list.problems.len(),
    });
    tx.end_import(import, &report.to_string())?;
    Ok(made)
}

fn trouble(problem: &ImportProblem) -> ImportTrouble {
    ImportTrouble {
        sheet: problem.sheet.clone(),
        row: problem.row,
        heading: if problem.heading.is_empty() { problem.column.clone() } else { problem.heading.clone() },
        read: problem.read.clone(),
        kind: named(problem.kind),
        level: named(problem.level),
        params: json!(problem.params).to_string(),
    }
}

struct Applying<'a, 't> {
    tx: &'a Tx<'t>,
    plan: &'a Plan,
    villages: BTreeMap<String, RecordId>,
    unit: UnitId,
    today: NaiveDate,
    made: Made,
    /// Who each member of the list is, as far as it has been written.
    people: BTreeMap<MemberPlace, RecordId>,
}

impl Applying<'_, '_> {
    fn household(&mut self, at: usize, read: &ReadHousehold) -> store::Result<()> {
        let (plan, tx) = (self.plan, self.tx);
        let home = plan.homes.get(&at);
        let moves_in = |place: usize| match plan.known.get(&(at, place)) {
            Some(known) => known.household.is_none(),
            None => !plan.twins.contains_key(&(at, place)),
        };
        let id = match home {
            Some(home) => {
                self.made.changed += u32::from(write(tx, &home.changes)? > 0);
                Some(home.id)
            }
            None if (0..read.members.len()).any(moves_in) => {
                self.made.households += 1;
                Some(make_household(tx, read, &self.villages, self.unit, self.today)?)
            }
            None => None,
        };
        for (place, member) in read.members.iter().enumerate() {
            let member = plan.member((at, place), member);
            let person = match (plan.known.get(&(at, place)), plan.twins.get(&(at, place))) {
                (Some(known), _) => {
                    self.made.changed += u32::from(write(tx, &known.changes)? > 0);
                    known.person
                }
                (None, Some(first)) => match self.people.get(first) {
                    Some(person) => *person,
                    None => continue,
                },
                (None, None) => {
                    self.made.people += 1;
                    make_person(tx, member, self.unit)?
                }
            };
            self.people.insert((at, place), person);
            tx.note_import_person(self.made.import, person, &read.sheet, member.row, member.original_name.as_deref())?;
            // Somebody who lives elsewhere by the register stays there: two memberships at once would be a lie.
            if let Some(id) = id.filter(|_| moves_in(place)) {
                let membership = HouseholdMember {
                    person: Some(person),
                    relationship_to_head: member.relationship.clone(),
                    ..HouseholdMember::default()
                };
                tx.create(&membership.to_row(), Place::Child(id))?;
            }
        }
        Ok(())
    }
}

fn make_villages(tx: &Tx<'_>, plan: &Plan, unit: UnitId) -> store::Result<BTreeMap<String, RecordId>> {
    let mut villages = plan.villages.clone();
    for (key, written) in &plan.new_villages {
        let (village_type, name) = split_village(written);
        let village = Village { name: Some(name), village_type, unit: Some(i64::from(unit.0)), ..Village::default() };
        villages.insert(key.clone(), tx.create(&village.to_row(), Place::Root(unit))?);
        tx.end_act()?;
    }
    Ok(villages)
}

/// `Xóm Mu` → the type `xom` and the name `Mu`.
pub fn split_village(written: &str) -> (Option<String>, String) {
    let written = text::tidy(written);
    for word in domain::codes::list("village_type") {
        let Some((first, rest)) = written.split_at_checked(word.vi.len()) else { continue };
        if text::fold(first) == text::fold(&word.vi) && rest.starts_with(' ') {
            return (Some(word.code.clone()), text::tidy(rest));
        }
    }
    (None, written)
}

fn make_household(
    tx: &Tx<'_>,
    read: &ReadHousehold,
    villages: &BTreeMap<String, RecordId>,
    unit: UnitId,
    today: NaiveDate,
) -> store::Result<RecordId> {
    let id = tx.new_id()?;
    let ethnic = read.members.first().and_then(|head| head.ethnic_code.clone());
    let household = Household {
        code: Some(code_for(unit, &id)),
        source_code: read.source_code.clone(),
        village: read.village.as_deref().and_then(|village| villages.get(&village_key(village)).copied()),
        address_detail: read.address.clone(),
        ethnic_code: ethnic,
        ..Household::default()
    };
    tx.create_as(id, &household.to_row(), Place::Root(unit))?;
    if let Some(class) = class_of(read, today.year()) {
        tx.create(&class.to_row(), Place::Child(id))?;
    }
    Ok(id)
}

/// The class that a list gives a household, for the year it names or this one.
pub(crate) fn class_of(read: &ReadHousehold, this_year: i32) -> Option<PovertyClass> {
    let class = read.poverty_class.clone()?;
    let year = read.poverty_year.unwrap_or(this_year);
    Some(PovertyClass {
        year: Some(i64::from(year)),
        class: Some(class),
        valid_from: NaiveDate::from_ymd_opt(year, 1, 1),
        valid_to: NaiveDate::from_ymd_opt(year, 12, 31),
        ..PovertyClass::default()
    })
}

/// A person as a list describes them.
pub(crate) fn person_of(read: &ReadMember) -> Person {
    Person {
        full_name: Some(read.full_name.clone()),
        other_name: read.other_name.clone(),
        birth_date: read.birth,
        sex: read.sex.clone(),
        ethnic_code: read.ethnic_code.clone(),
        citizen_id: read.citizen_id.clone(),
        citizen_id_issued_on: read.citizen_id_issued_on,
        citizen_id_issued_by: read.citizen_id_place.clone(),
        old_id: read.old_id.clone(),
        phone: read.phone.clone(),
        marital_status: read.marital_status.clone(),
        education_level: read.education_level.clone(),
        occupation: read.occupation.clone(),
        death_date: read.death,
        note: read.note.clone(),
        ..Person::default()
    }
}

/// The papers that a list says a person has.
pub(crate) fn papers_of(read: &ReadMember) -> Vec<Row> {
    let mut papers = Vec::new();
    if read.disability_severity.is_some() || !read.disability_types.is_empty() || read.disability_certificate.is_some() {
        let certificate = DisabilityCertificate {
            number: read.disability_certificate.clone(),
            types: (!read.disability_types.is_empty()).then(|| read.disability_types.iter().cloned().collect()),
            severity: read.disability_severity.clone(),
            ..DisabilityCertificate::default()
        };
        papers.push(certificate.to_row());
    }
    if let Some(number) = &read.health_insurance {
        papers.push(HealthInsurance { number: Some(number.clone()), ..HealthInsurance::default() }.to_row());
    }
    papers
}

fn make_person(tx: &Tx<'_>, read: &ReadMember, unit: UnitId) -> store::Result<RecordId> {
    let id = tx.create(&person_of(read).to_row(), Place::Root(unit))?;
    for paper in papers_of(read) {
        tx.create(&paper, Place::Child(id))?;
    }
    Ok(id)
}
