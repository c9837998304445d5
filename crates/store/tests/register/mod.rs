//! A register on a temporary folder, and the synthetic people of the tests.
#![allow(dead_code, missing_docs, clippy::unwrap_used, reason = "each test file uses a part of it")]

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::registry::Record;
use domain::{PartialDate, RecordId, UnitId, records};
use store::{Author, Cost, Folder, NewStore, Place, Role, Store, Tx};

pub const UNIT: UnitId = UnitId(51582);
pub const PASSWORD: &str = "mat khau dai";
/// Monday 23/11/2026, 09:00 in Mường Bi.
pub const NOW_MS: i64 = 1_795_399_200_000;

pub struct Register {
    pub store: Store,
    pub folder: Folder,
    pub dir: tempfile::TempDir,
}

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(NOW_MS).unwrap()
}

pub fn author() -> Author {
    Author { uid: 1, at_ms: NOW_MS }
}

pub fn later(minutes: i64) -> Author {
    Author { uid: 1, at_ms: NOW_MS + minutes * 60_000 }
}

pub fn folder_at(path: &Path) -> Folder {
    Folder::open_with_cost(path, Cost { memory_kib: 8, passes: 1, lanes: 1 }).unwrap()
}

pub fn register() -> Register {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_at(&dir.path().join("data"));
    let new = NewStore { unit: UNIT.0, sample: true, worker: "Bùi Thị Lan", role: Role::Officer, password: PASSWORD };
    let (store, _) = folder.create(new, now()).unwrap();
    Register { store, folder, dir }
}

impl Register {
    pub fn write<T>(&self, f: impl FnOnce(&Tx<'_>) -> store::Result<T>) -> T {
        self.store.write(author(), f).unwrap().value
    }

    pub fn write_at<T>(&self, author: Author, f: impl FnOnce(&Tx<'_>) -> store::Result<T>) -> T {
        self.store.write(author, f).unwrap().value
    }

    pub fn village(&self, name: &str) -> RecordId {
        self.write(|tx| tx.create(&a_village(name).to_row(), Place::Root(UNIT)))
    }
}

pub fn a_village(name: &str) -> records::Village {
    records::Village {
        name: Some(name.to_owned()),
        village_type: Some("xom".to_owned()),
        unit: Some(i64::from(UNIT.0)),
        ..records::Village::default()
    }
}

pub fn a_person(name: &str, birth: &str) -> records::Person {
    records::Person {
        full_name: Some(name.to_owned()),
        birth_date: birth.parse::<PartialDate>().ok(),
        sex: Some("female".to_owned()),
        ethnic_code: Some("06".to_owned()),
        ..records::Person::default()
    }
}

pub fn a_household(code: &str, village: Option<RecordId>) -> records::Household {
    records::Household { code: Some(code.to_owned()), village, ..records::Household::default() }
}

pub fn a_member(person: RecordId, relationship: &str) -> records::HouseholdMember {
    records::HouseholdMember {
        person: Some(person),
        relationship_to_head: Some(relationship.to_owned()),
        ..records::HouseholdMember::default()
    }
}

pub fn a_class(class: &str) -> records::PovertyClass {
    records::PovertyClass { year: Some(2026), class: Some(class.to_owned()), ..records::PovertyClass::default() }
}

/// A household with its people, the first of them its head, written as one act. Gives the household and its people.
pub fn household_of(
    tx: &Tx<'_>,
    code: &str,
    village: Option<RecordId>,
    people: &[records::Person],
) -> store::Result<(RecordId, Vec<RecordId>)> {
    let household = tx.create(&a_household(code, village).to_row(), Place::Root(UNIT))?;
    let mut ids = Vec::new();
    for (place, person) in people.iter().enumerate() {
        let id = tx.create(&person.to_row(), Place::Root(UNIT))?;
        let relationship = if place == 0 { "head" } else { "child" };
        tx.create(&a_member(id, relationship).to_row(), Place::Child(household))?;
        ids.push(id);
    }
    Ok((household, ids))
}
