//! Acts and imports are taken back without touching what was edited since; history says what happened.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::registry::Record;
use domain::{RecordId, Value, records};
use register::{Register, UNIT, a_class, a_person, author, household_of, later, register};
use store::{ChangeKind, Error, FieldChange, HouseholdFilter, HouseholdOrder, Life, Page, Place, Sight, Undone};

fn text(fid: u16, text: &str) -> FieldChange {
    FieldChange { fid, values: vec![Some(Value::Text(text.to_owned()))] }
}

fn life(register: &Register, id: RecordId) -> Life {
    register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap().life
}

fn undo_last(register: &Register, minutes: i64) -> Undone {
    let act = register.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
    register.write_at(later(minutes), |tx| tx.undo_act(act.id))
}

fn households(register: &Register) -> u64 {
    let page = Page { offset: 0, limit: 1 };
    let filter = HouseholdFilter::default();
    register.store.read(|view| view.list_households(&filter, HouseholdOrder::Head, false, page)).unwrap().total
}

#[test]
fn the_last_act_is_taken_back_and_then_the_one_before() {
    let register = register();
    let people = [a_person("Bùi Thị Mừng", "1948"), a_person("Bùi Văn An", "1970")];
    let (household, people) = register.write(|tx| household_of(tx, "MB-1", None, &people));
    register.write_at(later(1), |tx| {
        tx.change_now(people[0], &[text(16, "A"), text(30, "ghi chú")])?;
        tx.delete(people[1], None)
    });
    let act = register.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
    assert_eq!((act.made.len(), act.changed.len()), (0, 2));
    assert_eq!(undo_last(&register, 2), Undone { undone: 2, kept: vec![] });
    let stored = register.store.read(|view| view.get_record(people[0], Sight::Plain)).unwrap();
    assert_eq!(stored.row.text("full_name").as_deref(), Some("Bùi Thị Mừng"));
    assert_eq!(stored.row.text("note"), None, "a field that was empty is empty again");
    assert_eq!(life(&register, people[1]), Life::Live);
    let again = register.store.write(later(3), |tx| tx.undo_act(act.id));
    assert!(matches!(again, Err(Error::NothingToUndo)));
    // The fields of the people were written since, by the act and by its undo.
    let undone = undo_last(&register, 4);
    assert!(undone.kept.contains(&people[0]) && undone.kept.contains(&household));
}

#[test]
fn a_household_just_registered_goes_whole() {
    let register = register();
    let people = [a_person("Bùi Thị Mừng", "1948"), a_person("Bùi Văn An", "1970")];
    let (household, people) = register.write(|tx| household_of(tx, "MB-1", None, &people));
    assert_eq!(undo_last(&register, 1), Undone { undone: 5, kept: vec![] });
    assert_eq!((life(&register, household), life(&register, people[0])), (Life::Deleted, Life::Deleted));
    assert!(register.store.read(|view| view.search("mung", 5)).unwrap().is_empty());
    assert!(register.store.read(|view| view.find_last_act(1)).unwrap().is_none());
}

#[test]
fn what_another_wrote_since_is_not_touched() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    register.write_at(later(1), |tx| tx.change_now(id, &[text(16, "A")]));
    let act = register.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
    register.write_at(store::Author { uid: 2, ..later(2) }, |tx| tx.change_now(id, &[text(16, "B")]));
    let undone = register.write_at(later(3), |tx| tx.undo_act(act.id));
    assert_eq!(undone, Undone { undone: 0, kept: vec![id] });
    let stored = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
    assert_eq!(stored.row.text("full_name").as_deref(), Some("B"));
}

#[test]
fn an_import_is_taken_back_but_for_what_was_edited_since() {
    let register = register();
    let (import, households_made) = register.write(|tx| {
        let import = tx.begin_import("list")?;
        let village = tx.create(&register::a_village("Mu").to_row(), Place::Root(UNIT))?;
        tx.end_act()?;
        let mut made = Vec::new();
        for n in 0..20 {
            let people = [a_person("Bùi Thị Mừng", "1948"), a_person("Bùi Văn An", "1970")];
            let (household, people) = household_of(tx, &format!("MB-{n}"), Some(village), &people)?;
            tx.create(&a_class("poor").to_row(), Place::Child(household))?;
            made.push((household, people));
            tx.end_act()?;
        }
        tx.end_import(import, "{\"rows\":40}")?;
        Ok((import, made))
    });
    let listed = register.store.read(|view| view.list_imports()).unwrap();
    assert_eq!((listed[0].id, listed[0].acts, listed[0].undone_at_ms), (import, 21, None));
    assert!(register.store.read(|view| view.find_last_act(1)).unwrap().is_none(), "an import is no single act");
    let (kept_household, kept_people) = &households_made[3];
    register.write_at(later(1), |tx| tx.change_now(kept_people[1], &[text(30, "đã gặp")]));
    let (grown, _) = &households_made[5];
    register.write_at(later(1), |tx| tx.create(&a_class("near_poor").to_row(), Place::Child(*grown)));
    let undone = register.write_at(later(2), |tx| tx.undo_import(import));
    assert!(undone.kept.contains(&kept_people[1]), "the edited person stays");
    assert!(undone.kept.contains(kept_household), "and the household they live in");
    assert!(undone.kept.contains(grown), "a household that got a new row stays");
    assert_eq!(households(&register), 2);
    let members = records::HouseholdMember::KIND;
    let members = register.store.read(|view| view.list_children(*kept_household, members, Sight::Plain)).unwrap();
    assert_eq!(members.len(), 1, "with the one who was edited in it");
    let listed = register.store.read(|view| view.list_imports()).unwrap();
    assert!(listed[0].undone_at_ms.is_some());
    let again = register.store.write(later(3), |tx| tx.undo_import(import));
    assert!(matches!(again, Err(Error::NothingToUndo)));
}

#[test]
fn history_tells_who_wrote_what_and_one_change_is_taken_back() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    register.write_at(later(1), |tx| tx.change_now(id, &[text(16, "A")]));
    register.write_at(later(2), |tx| tx.change_now(id, &[text(16, "B"), text(30, "x")]));
    register.write_at(later(3), |tx| tx.delete(id, Some("entered_twice")));
    register.write_at(later(4), |tx| tx.restore(id));
    let history = register.store.read(|view| view.list_history(id, Sight::Plain)).unwrap();
    let what: Vec<_> = history.iter().map(|change| (change.what, change.fid)).collect();
    assert_eq!(
        what,
        [
            (ChangeKind::Restored, None),
            (ChangeKind::Deleted, None),
            (ChangeKind::Written, Some(30)),
            (ChangeKind::Written, Some(16)),
            (ChangeKind::Written, Some(16)),
            (ChangeKind::Made, None),
        ]
    );
    let change = &history[3];
    let shown = |values: &[Option<Value>]| values[0].as_ref().map(Value::to_text);
    assert_eq!((shown(&change.old).as_deref(), shown(&change.new).as_deref()), (Some("A"), Some("B")));
    assert_eq!((change.at_ms, change.author.name.as_deref()), (later(2).at_ms, Some("Bùi Thị Lan")));
    assert!(change.stands && !history[4].stands);
    assert!(!register.write_at(later(5), |tx| tx.undo_change(id, 16, history[4].dot)), "it was replaced since");
    assert!(register.write_at(later(5), |tx| tx.undo_change(id, 16, change.dot)));
    let stored = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
    assert_eq!(stored.row.text("full_name").as_deref(), Some("A"));
    assert_eq!(stored.row.text("note").as_deref(), Some("x"));
}

#[test]
fn history_and_conflicts_are_silent_about_what_is_protected() {
    let register = register();
    let person = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1990").to_row(), Place::Root(UNIT)));
    let health = records::RestrictedHealth { matter: Some("hiv".to_owned()), ..records::RestrictedHealth::default() };
    let health = register.write(|tx| tx.create(&health.to_row(), Place::Child(person)));
    let opened = register.store.read(|view| view.get_record(health, Sight::Restricted)).unwrap().heads;
    for (minutes, paper) in [(1, "1"), (2, "2")] {
        register.write_at(later(minutes), |tx| tx.change(health, &[text(18, paper)], &opened));
    }
    let link = records::ParentLink { status: Some("serving".to_owned()), ..records::ParentLink::default() };
    let link = register.write(|tx| tx.create(&link.to_row(), Place::Child(person)));
    let status = |code: &str| FieldChange { fid: 18, values: vec![Some(Value::Code(code.to_owned())), None, None] };
    register.write_at(later(3), |tx| tx.change_now(link, &[status("present")]));
    register
        .store
        .read(|view| {
            let plain = view.list_history(person, Sight::Plain)?;
            assert!(plain.iter().all(|change| change.record != health));
            assert!(plain.iter().all(|change| change.fid != Some(18)), "what the status was before is protected too");
            assert!(view.list_history(person, Sight::Restricted)?.iter().any(|change| change.record == health));
            assert!(view.list_history(health, Sight::Plain)?.is_empty());
            let plain = view.list_conflicts(Sight::Plain)?;
            assert_eq!((plain.conflicts.len(), plain.protected), (0, 1));
            assert_eq!(view.list_conflicts_of(person, Sight::Restricted)?.conflicts.len(), 1);
            Ok(())
        })
        .unwrap();
    let page = Page { offset: 0, limit: 5 };
    let people = store::PersonFilter::default();
    let list = register.store.read(|view| view.list_people(&people, store::PersonOrder::Name, false, page)).unwrap();
    assert!(!list.rows[0].conflict, "a list does not tell that something protected is in conflict");
    assert_eq!(author().uid, 1);
}
