//! Records are written with everything that belongs to them, and read back as they were.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::registry::{self, Record};
use domain::{Decimal, RecordId, Row, Value, ValueType, records};
use register::{NOW_MS, UNIT, a_member, a_person, author, household_of, later, register};
use store::{Error, FieldChange, Heads, Life, Place, Sight};

fn name(text: &str) -> FieldChange {
    FieldChange { fid: 16, values: vec![Some(Value::Text(text.to_owned()))] }
}

/// A row with a value in every column.
fn full_row(kind: &'static domain::Kind) -> Row {
    let mut row = Row::new(kind);
    for column in kind.columns() {
        let value = match column.ty {
            ValueType::Int => Value::Int(7),
            ValueType::Bool => Value::Bool(true),
            ValueType::Text { .. } => Value::Text("Ước".to_owned()),
            ValueType::Date => Value::Date("2026-11-23".parse().unwrap()),
            ValueType::PartialDate => Value::PartialDate("1948-03".parse().unwrap()),
            ValueType::Month => Value::Month("2026-11".parse().unwrap()),
            ValueType::Decimal => Value::Decimal(Decimal::parse("20.5").unwrap()),
            ValueType::Ref => Value::Ref(RecordId([3; 16])),
            ValueType::Code(_) => Value::Code("06".to_owned()),
            ValueType::Set(_) => Value::Set(["a".to_owned(), "b".to_owned()].into()),
        };
        row.set(column.name, Some(value));
    }
    row
}

#[test]
fn every_kind_is_read_back_as_it_was_written() {
    let register = register();
    for kind in registry::KINDS {
        let row = full_row(kind);
        let id = register.write(|tx| tx.create(&row, Place::Root(UNIT)));
        let stored = register.store.read(|view| view.get_record(id, Sight::Restricted)).unwrap();
        assert_eq!(stored.row, row, "{}", kind.name);
        assert_eq!(stored.heads.0.len(), kind.fields.len(), "{}: every field has its head", kind.name);
        assert!(stored.pending);
    }
}

#[test]
fn a_change_writes_only_what_differs_and_keeps_the_rest() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    let opened = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
    let mut after = opened.row.clone();
    after.set("full_name", Some(Value::Text("Bùi Thị Mưng".to_owned())));
    let changes = FieldChange::between(&opened.row, &after);
    assert_eq!(changes.len(), 1);
    assert!(register.write(|tx| tx.change(id, &changes, &opened.heads)));
    let stored = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
    assert_eq!(stored.row, after);
    assert_ne!(stored.heads.of(16), opened.heads.of(16));
    assert_eq!(stored.heads.of(18), opened.heads.of(18), "an untouched field keeps its head");
    assert!(!register.write(|tx| tx.change(id, &changes, &stored.heads)), "the same value again is no change");
}

#[test]
fn what_was_saved_in_between_is_kept_beside_and_shown_as_a_conflict() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    let opened = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap().heads;
    register.write_at(later(1), |tx| tx.change(id, &[name("A")], &opened));
    register.write_at(later(2), |tx| tx.change(id, &[name("B")], &opened));
    let stored = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
    assert_eq!(stored.conflicts, [16]);
    assert_eq!(stored.heads.of(16).len(), 2);
    assert_eq!(stored.row.text("full_name").as_deref(), Some("B"), "the later one is shown for now");
    register.write_at(later(3), |tx| tx.change_now(id, &[name("A")]));
    let stored = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
    assert_eq!((stored.conflicts.len(), stored.row.text("full_name").as_deref()), (0, Some("A")));
}

#[test]
fn a_deleted_record_refuses_changes_until_it_is_restored() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    register.write(|tx| tx.delete(id, Some("entered_twice")));
    let life = |register: &register::Register| register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap().life;
    assert_eq!(life(&register), Life::Deleted);
    let refused = register.store.write(author(), |tx| tx.change_now(id, &[name("X")]));
    assert!(matches!(refused, Err(Error::Deleted)));
    register.write(|tx| tx.restore(id));
    assert_eq!(life(&register), Life::Live);
    assert!(register.write(|tx| tx.change_now(id, &[name("X")])));
}

#[test]
fn a_person_given_up_for_another_is_followed() {
    let register = register();
    let (one, two) = register.write(|tx| {
        let one = tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT))?;
        Ok((one, tx.create(&a_person("Bùi Thị Mưng", "1948").to_row(), Place::Root(UNIT))?))
    });
    register.write(|tx| tx.merge_into(one, Some(two)));
    assert_eq!(register.store.read(|view| view.resolve(one)).unwrap(), two);
    register.write(|tx| tx.merge_into(two, Some(one)));
    register.store.read(|view| view.resolve(one)).expect("a cycle ends");
    register.write(|tx| tx.merge_into(two, None));
    register.write(|tx| tx.merge_into(one, None));
    assert_eq!(register.store.read(|view| view.resolve(one)).unwrap(), one);
}

#[test]
fn a_failed_act_leaves_nothing() {
    let register = register();
    let before = register.store.read(|view| view.waiting()).unwrap();
    let failed = register.store.write(author(), |tx| {
        household_of(tx, "MB-111-111", None, &[a_person("Bùi Văn An", "1970")])?;
        tx.create(&records::Person::default().to_row(), Place::Child(RecordId([9; 16])))
    });
    assert!(matches!(failed, Err(Error::NoSuchRecord)));
    assert_eq!(register.store.read(|view| view.waiting()).unwrap(), before);
    assert!(register.store.read(|view| view.search("bui van an", 10)).unwrap().is_empty());
}

#[test]
fn one_act_may_not_grow_beyond_what_travels_together() {
    let register = register();
    let grown = register.store.write(author(), |tx| {
        for _ in 0..501 {
            tx.create(&a_person("Bùi Văn An", "1970").to_row(), Place::Root(UNIT))?;
        }
        Ok(())
    });
    assert!(matches!(grown, Err(Error::TooMuchAtOnce)));
    register.write(|tx| {
        for _ in 0..600 {
            tx.create(&a_person("Bùi Văn An", "1970").to_row(), Place::Root(UNIT))?;
            tx.end_act()?;
        }
        Ok(())
    });
    let waiting = register.store.read(|view| view.waiting()).unwrap();
    assert_eq!((waiting.changes, waiting.acts, waiting.oldest_at_ms), (600, 600, Some(NOW_MS)));
}

#[test]
fn what_is_specially_protected_is_not_there_for_a_plain_sight() {
    let register = register();
    let (person, health, link) = register.write(|tx| {
        let person = tx.create(&a_person("Bùi Thị Mừng", "1990").to_row(), Place::Root(UNIT))?;
        let health = records::RestrictedHealth { matter: Some("hiv".to_owned()), ..records::RestrictedHealth::default() };
        let health = tx.create(&health.to_row(), Place::Child(person))?;
        let link = records::ParentLink {
            side: Some("father".to_owned()),
            status: Some("serving".to_owned()),
            paper_no: Some("12/QĐ".to_owned()),
            ..records::ParentLink::default()
        };
        Ok((person, health, tx.create(&link.to_row(), Place::Child(person))?))
    });
    register
        .store
        .read(|view| {
            assert!(view.find_record(health, Sight::Plain)?.is_none());
            assert!(view.find_record(health, Sight::Restricted)?.is_some());
            let kind = records::RestrictedHealth::KIND;
            assert!(view.list_children(person, kind, Sight::Plain)?.is_empty());
            assert_eq!(view.list_children(person, kind, Sight::Restricted)?.len(), 1);
            let masked = view.get_record(link, Sight::Plain)?;
            assert_eq!((masked.row.text("status"), masked.row.text("paper_no")), (None, None));
            assert_eq!((masked.hidden.as_slice(), masked.row.text("side").as_deref()), (&[18u16][..], Some("father")));
            assert_eq!(view.get_record(link, Sight::Restricted)?.row.text("status").as_deref(), Some("serving"));
            Ok(())
        })
        .unwrap();
}

#[test]
fn heads_cross_as_text_and_come_back() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    let heads = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap().heads;
    let text = serde_json::to_string(&heads).unwrap();
    assert_eq!(serde_json::from_str::<Heads>(&text).unwrap(), heads);
    assert!(serde_json::from_str::<Heads>("{\"16\":[\"x\"]}").is_err());
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let register = register();
    let mut row = a_person("Bùi Thị Mừng", "1948").to_row();
    row.set("full_name", Some(Value::Int(3)));
    assert!(matches!(register.store.write(author(), |tx| tx.create(&row, Place::Root(UNIT))), Err(Error::BadValue)));
    let member = a_member(RecordId([1; 16]), "head").to_row();
    let orphan = register.store.write(author(), |tx| tx.create(&member, Place::Child(RecordId([2; 16]))));
    assert!(matches!(orphan, Err(Error::NoSuchRecord)));
}
