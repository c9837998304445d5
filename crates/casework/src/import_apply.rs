//! Applying an import: one transaction, one act a household, so that each can be followed and the whole undone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use documents::lists::{ReadHousehold, ReadMember};
use domain::records::{DisabilityCertificate, HealthInsurance, Household, HouseholdMember, Person, PovertyClass, Village};
use domain::registry::Record;
use domain::{RecordId, UnitId, text};
use serde_json::json;
use store::{Place, Tx};

use crate::households::code_for;
use crate::imports::{Plan, is_known, village_key};

/// What an import made.
pub(crate) struct Made {
    pub(crate) import: i64,
    pub(crate) households: u32,
    pub(crate) people: u32,
}

/// Writes the plan. People who are in the register already are left alone; a household of only such people is left out.
pub(crate) fn apply(tx: &Tx<'_>, plan: &Plan, unit: UnitId, today: NaiveDate) -> store::Result<Made> {
    let import = tx.begin_import("list")?;
    let villages = make_villages(tx, plan, unit)?;
    let mut made = Made { import, households: 0, people: 0 };
    for (at, household) in plan.list.households.iter().enumerate() {
        if is_known(plan, at, household) {
            continue;
        }
        let id = make_household(tx, household, &villages, unit, today)?;
        made.households += 1;
        for (place, member) in household.members.iter().enumerate() {
            let person = match plan.known.get(&(at, place)) {
                Some(known) => *known,
                None => {
                    made.people += 1;
                    make_person(tx, member, unit)?
                }
            };
            let membership = HouseholdMember {
                person: Some(person),
                relationship_to_head: member.relationship.clone(),
                ..HouseholdMember::default()
            };
            // Somebody who lives elsewhere by the register stays there: two memberships at once would be a lie.
            if !plan.known.contains_key(&(at, place)) {
                tx.create(&membership.to_row(), Place::Child(id))?;
            }
        }
        tx.end_act()?;
    }
    let report = json!({ "name": plan.name, "households": made.households, "people": made.people });
    tx.end_import(import, &report.to_string())?;
    Ok(made)
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
    if let Some(class) = &read.poverty_class {
        let year = read.poverty_year.unwrap_or_else(|| today.year());
        let class = PovertyClass {
            year: Some(i64::from(year)),
            class: Some(class.clone()),
            valid_from: NaiveDate::from_ymd_opt(year, 1, 1),
            valid_to: NaiveDate::from_ymd_opt(year, 12, 31),
            ..PovertyClass::default()
        };
        tx.create(&class.to_row(), Place::Child(id))?;
    }
    Ok(id)
}

fn make_person(tx: &Tx<'_>, read: &ReadMember, unit: UnitId) -> store::Result<RecordId> {
    let person = Person {
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
    };
    let id = tx.create(&person.to_row(), Place::Root(unit))?;
    if read.disability_severity.is_some() || !read.disability_types.is_empty() || read.disability_certificate.is_some() {
        let certificate = DisabilityCertificate {
            number: read.disability_certificate.clone(),
            types: (!read.disability_types.is_empty()).then(|| read.disability_types.iter().cloned().collect()),
            severity: read.disability_severity.clone(),
            ..DisabilityCertificate::default()
        };
        tx.create(&certificate.to_row(), Place::Child(id))?;
    }
    if let Some(number) = &read.health_insurance {
        let card = HealthInsurance { number: Some(number.clone()), ..HealthInsurance::default() };
        tx.create(&card.to_row(), Place::Child(id))?;
    }
    Ok(id)
}
