//! People who may be one: found by index, told apart by people, merged, and taken apart again.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::likeness::Evidence;
use domain::registry::Record;
use domain::{RecordId, records};
use register::{Register, UNIT, a_person, household_of, later, register};
use store::{Life, Place, Sight, Sketch};

fn typed(name: &str, birth: &str) -> Sketch {
    Sketch { names: vec![name.to_owned()], birth: birth.parse().ok(), sex: Some("female".to_owned()), ..Sketch::default() }
}

fn similar(register: &Register, sketch: &Sketch) -> Vec<RecordId> {
    register.store.read(|view| view.find_similar(sketch, 5)).unwrap().into_iter().map(|found| found.person).collect()
}

/// Two entries of one person in two households of one village, each with a child.
fn entered_twice(register: &Register) -> (RecordId, RecordId, [RecordId; 2]) {
    let village = register.village("Mu");
    register.write(|tx| {
        let one = records::Person { citizen_id: Some("017148000127".to_owned()), ..a_person("Bùi Thị Hiền", "1948-03-17") };
        let (first, people) = household_of(tx, "MB-AAAAAA", Some(village), &[one, a_person("Bùi Văn Thìn", "1978")])?;
        let other = a_person("Bùi Thị Hiến", "1948");
        let (second, others) = household_of(tx, "MB-BBBBBB", Some(village), &[other, a_person("Bùi Văn Thín", "1978-05")])?;
        Ok((people[0], others[0], [first, second]))
    })
}

#[test]
fn somebody_typed_again_is_found_with_the_evidence() {
    let register = register();
    let (one, other, _) = entered_twice(&register);
    for (name, birth) in [("bui thi hien", "1948-03-17"), ("Bùi Hiền", "1948"), ("Bùi Thị Hein", "1948-03-17")] {
        assert_eq!(similar(&register, &typed(name, birth)).first(), Some(&one), "{name} {birth}");
    }
    assert!(similar(&register, &typed("Bùi Thị Hiền", "1990")).is_empty());
    let by_id = Sketch { citizen_id: Some("017148000217".to_owned()), ..typed("Bùi Thị Hiền", "") };
    assert_eq!(similar(&register, &by_id), [one], "two digits swapped");
    let beside = Sketch { kin: vec!["Bùi Văn Thìn".to_owned()], ..typed("Bùi Thị Hiền", "") };
    assert_eq!(similar(&register, &beside), [one, other], "a name without a birth needs the people beside it");
    let alike = register.store.read(|view| view.list_alike()).unwrap();
    let first = alike.first().unwrap();
    assert_eq!((first.one, first.other), (one, other));
    assert!(first.likeness.evidence.contains(&Evidence::KinSame), "{first:?}");
}

#[test]
fn two_people_are_remembered_as_two() {
    let register = register();
    let (one, other, _) = entered_twice(&register);
    let as_other = Sketch { id: Some(other), ..typed("Bùi Thị Hiến", "1948") };
    assert_eq!(similar(&register, &as_other), [one]);
    register.write(|tx| tx.mark_different(other, one));
    register.write(|tx| tx.mark_different(one, other));
    assert!(similar(&register, &as_other).is_empty());
    assert!(!register.store.read(|view| view.list_alike()).unwrap().iter().any(|pair| (pair.one, pair.other) == (one, other)));
    let said = register.store.read(|view| view.list_kind(records::DifferentPerson::KIND, Sight::Plain)).unwrap();
    assert_eq!(said.len(), 1, "said once is enough");
}

#[test]
fn what_was_given_up_is_read_through_what_stands() {
    let register = register();
    let (one, other, [first, second]) = entered_twice(&register);
    register.write(|tx| {
        let allowance = records::Allowance { kind: Some("monthly".to_owned()), ..records::Allowance::default() };
        tx.create(&allowance.to_row(), Place::Child(other))?;
        let parent =
            records::ParentLink { parent: Some(other), side: Some("mother".to_owned()), ..records::ParentLink::default() };
        tx.create(&parent.to_row(), Place::Child(one)).map(drop)
    });
    register.write(|tx| tx.merge_into(other, Some(one)));
    register
        .store
        .read(|view| {
            assert_eq!(view.resolve(other)?, one);
            assert_eq!(view.list_given_up_for(one)?, [other]);
            assert_eq!(view.list_children(one, records::Allowance::KIND, Sight::Plain)?.len(), 1);
            assert_eq!(view.list_referring(records::HouseholdMember::KIND, "person", one, Sight::Plain)?.len(), 2);
            assert_eq!(view.list_referring(records::ParentLink::KIND, "parent", one, Sight::Plain)?.len(), 1);
            let history = view.list_history(one, Sight::Plain)?;
            assert!(history.iter().any(|change| change.record == other), "both histories are one");
            // Found by the old name, leading to the one that stands.
            let found = view.search("hiến", 5)?;
            assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [one, first, second][..1].to_vec());
            assert_eq!(view.head_name(second)?.as_deref(), Some("Bùi Thị Hiền"));
            Ok(())
        })
        .unwrap();
    assert_eq!(similar(&register, &typed("Bùi Thị Hiến", "1948")), [one]);
    register.write(|tx| tx.merge_into(other, None));
    let other_again = register.store.read(|view| view.list_children(other, records::Allowance::KIND, Sight::Plain)).unwrap();
    assert_eq!(other_again.len(), 1);
    assert_eq!(register.store.read(|view| view.head_name(second)).unwrap().as_deref(), Some("Bùi Thị Hiến"));
}

#[test]
fn of_records_that_name_each_other_the_one_with_the_smallest_id_stands() {
    let register = register();
    let [one, two, three] = register.write(|tx| {
        let mut ids = Vec::new();
        for name in ["Bùi Thị Hiền", "Bùi Thị Hiến", "Bùi Thị Hiên"] {
            ids.push(tx.create(&a_person(name, "1948").to_row(), Place::Root(UNIT))?);
        }
        ids.sort();
        Ok([ids[0], ids[1], ids[2]])
    });
    let stands = |id: RecordId| register.store.read(|view| Ok(view.get_record(id, Sight::Plain)?.life)).unwrap();
    let lives = || [stands(one), stands(two), stands(three)];
    register.write(|tx| tx.merge_into(one, Some(two)));
    register.write(|tx| tx.merge_into(two, Some(three)));
    assert_eq!(lives(), [Life::Merged, Life::Merged, Life::Live]);
    register.write(|tx| tx.merge_into(three, Some(one)));
    assert_eq!(lives(), [Life::Live, Life::Merged, Life::Merged]);
    // An edit of the one that stands leaves it standing.
    register.write(|tx| {
        let change = store::FieldChange { fid: 30, values: vec![Some(domain::Value::Text("mới".to_owned()))] };
        tx.change_now(one, &[change]).map(drop)
    });
    assert_eq!(stands(one), Life::Live);
    let found = register.store.read(|view| view.search("hien", 5)).unwrap();
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [one]);
    register.write(|tx| tx.merge_into(three, None));
    assert_eq!(lives(), [Life::Merged, Life::Merged, Life::Live]);
}

#[test]
fn an_undone_merge_brings_both_back() {
    let register = register();
    let (one, other, households) = entered_twice(&register);
    let act = register.store.write(later(1), |tx| tx.merge_into(other, Some(one))).unwrap().act.unwrap();
    register.store.write(later(2), |tx| tx.undo_act(act)).unwrap();
    register
        .store
        .read(|view| {
            assert_eq!(view.resolve(other)?, other);
            assert_eq!(view.head_name(households[1])?.as_deref(), Some("Bùi Thị Hiến"));
            assert_eq!(view.search("hiến 1948", 5)?.first().map(|found| found.id), Some(other));
            Ok(())
        })
        .unwrap();
}

#[test]
fn lists_made_anew_are_the_same() {
    let register = register();
    let (one, other, _) = entered_twice(&register);
    register.write(|tx| tx.merge_into(other, Some(one)));
    let before = similar(&register, &typed("Bùi Thị Hiến", "1948"));
    register.write(|tx| tx.rebuild_derived());
    assert_eq!(similar(&register, &typed("Bùi Thị Hiến", "1948")), before);
}

#[test]
fn candidates_are_found_by_index() {
    let register = register();
    let village = register.village("Mu");
    register.write(|tx| {
        for n in 0..300 {
            let person = a_person(&format!("Bùi Thị {}", ["An", "Lan", "Nga"][n % 3]), "1948");
            household_of(tx, &format!("MB-{n:06}"), Some(village), &[person])?;
            tx.end_act()?;
        }
        Ok(())
    });
    let plan = register.store.read(|view| view.explain_similar()).unwrap();
    for index in [
        "person_list_alike (given=?)",
        "person_match_alike (given=?)",
        "person_list_born (born=?)",
        "person_list_village (village=? AND year=?)",
        "person_old_id",
        "person_citizen_id",
    ] {
        assert!(plan.contains(index), "{index} is not used:\n{plan}");
    }
    for line in plan.lines() {
        assert!(!line.contains("SCAN") || line.contains("CONSTANT"), "{line}\n{plan}");
    }
}
