//! People, households and villages are found as one types.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::registry::Record;
use domain::{RecordId, records};
use register::{Register, UNIT, a_person, household_of, register};
use store::{FieldChange, FoundKind, Place};

struct Found {
    register: Register,
    village: RecordId,
    household: RecordId,
    people: Vec<RecordId>,
}

fn a_register() -> Found {
    let register = register();
    let village = register.village("Mu");
    let other = register.village("Lũy");
    let (household, people) = register.write(|tx| {
        let mut old = a_person("Đặng Văn Ước", "1948");
        old.citizen_id = Some("017048000127".to_owned());
        let mut child = a_person("Đặng Thị Hoà", "2012-03-17");
        child.other_name = Some("Mỷ".to_owned());
        let made = household_of(tx, "MB-7K3-QT9", Some(village), &[old, child, a_person("Bùi Thị Hiền", "1990")])?;
        tx.end_act()?;
        household_of(tx, "MB-222-222", Some(other), &[a_person("Đặng Văn Hoa", "1948"), a_person("Bùi Mừng", "1950")])?;
        Ok(made)
    });
    Found { register, village, household, people }
}

impl Found {
    fn names(&self, typed: &str) -> Vec<String> {
        let found = self.register.store.read(|view| view.search(typed, 20)).unwrap();
        found.into_iter().map(|found| found.name).collect()
    }
}

#[test]
fn a_name_is_found_without_marks_in_any_case_composition_and_order() {
    let found = a_register();
    for typed in ["dang van uoc", "Đặng Văn Ước", "ĐẶNG VĂN ƯỚC", "Đặng", "uoc dang", "uo da va"] {
        assert!(found.names(typed).contains(&"Đặng Văn Ước".to_owned()), "{typed}");
    }
    assert!(found.names("zzz").is_empty());
    assert!(found.names("").is_empty());
    assert_eq!(found.names("my"), ["Đặng Thị Hoà"], "by another name");
}

#[test]
fn the_place_of_a_tone_mark_does_not_matter_and_exact_marks_come_first() {
    let found = a_register();
    assert_eq!(found.names("Hòa"), ["Đặng Thị Hoà", "Đặng Văn Hoa"]);
    assert_eq!(found.names("hoà"), ["Đặng Thị Hoà", "Đặng Văn Hoa"]);
}

#[test]
fn year_of_birth_and_village_narrow_the_search() {
    let found = a_register();
    assert_eq!(found.names("dang 1948 xom mu"), ["Đặng Văn Ước"]);
    assert_eq!(found.names("dang 1948 luy"), ["Đặng Văn Hoa"]);
    assert_eq!(found.names("17/03/2012"), ["Đặng Thị Hoà"]);
    let first = &found.names("mu")[..2];
    assert_eq!(first, ["Mu", "Bùi Mừng"], "a name before those who only live in a village of that name");
}

#[test]
fn a_part_of_an_id_or_of_a_household_code_is_enough() {
    let found = a_register();
    for typed in ["017048000127", "0127", "048000", "80001"] {
        assert_eq!(found.names(typed), ["Đặng Văn Ước"], "{typed}");
    }
    assert_eq!(found.names("uoc 0127"), ["Đặng Văn Ước"]);
    assert!(found.names("hien 0127").is_empty());
    for typed in ["MB-7K3-QT9", "7k3qt9", "qt9", "7K3-QT9"] {
        let hits = found.register.store.read(|view| view.search(typed, 20)).unwrap();
        assert_eq!(hits.len(), 1, "{typed}");
        assert_eq!((hits[0].kind, hits[0].id), (FoundKind::Household, found.household));
        assert_eq!(hits[0].name, "Đặng Văn Ước", "a household is shown by its head");
        assert_eq!(hits[0].village.as_deref(), Some("Mu"));
    }
}

#[test]
fn what_is_found_says_household_and_village() {
    let found = a_register();
    let hit = &found.register.store.read(|view| view.search("bui thi hien", 5)).unwrap()[0];
    assert_eq!((hit.id, hit.kind, hit.household), (found.people[2], FoundKind::Person, Some(found.household)));
    assert_eq!((hit.village.as_deref(), hit.household_code.as_deref()), (Some("Mu"), Some("MB-7K3-QT9")));
    assert_eq!(hit.birth, "1990".parse().ok());
}

#[test]
fn the_index_follows_every_change() {
    let found = a_register();
    let register = &found.register;
    let renamed = FieldChange { fid: 16, values: vec![Some(domain::Value::Text("Bùi Thị Hương".to_owned()))] };
    register.write(|tx| tx.change_now(found.people[2], &[renamed]));
    assert!(found.names("hien").is_empty());
    assert_eq!(found.names("huong"), ["Bùi Thị Hương"]);
    let village = records::Village { name: Some("Chiềng".to_owned()), ..register::a_village("Mu") }.to_row();
    let change = FieldChange::between(&register::a_village("Mu").to_row(), &village);
    register.write(|tx| tx.change_now(found.village, &change));
    assert_eq!(found.names("huong chieng"), ["Bùi Thị Hương"]);
    assert!(found.names("huong mu").is_empty());
    register.write(|tx| tx.delete(found.people[2], None));
    assert!(found.names("huong").is_empty());
    register.write(|tx| tx.restore(found.people[2]));
    assert_eq!(found.names("huong"), ["Bùi Thị Hương"]);
}

#[test]
fn an_index_made_anew_answers_the_same() {
    let found = a_register();
    let questions = ["dang", "mu", "1948", "0127", "hoà", "b"];
    let before: Vec<_> = questions.iter().map(|typed| found.names(typed)).collect();
    found.register.write(|tx| tx.rebuild_derived());
    let after: Vec<_> = questions.iter().map(|typed| found.names(typed)).collect();
    assert_eq!(before, after, "what an act writes at once is what is made of its records later");
}

#[test]
fn a_person_without_household_is_found() {
    let found = a_register();
    found.register.write(|tx| tx.create(&a_person("Xa Thị Sâm", "1961").to_row(), Place::Root(UNIT)));
    assert_eq!(found.names("xa sam"), ["Xa Thị Sâm"]);
}
