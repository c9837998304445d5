//! One person entered twice, and two offices that find it out.

use casework::merging::merge_in;
use casework::views::duplicates::MergePeople;
use chrono::NaiveDate;
use domain::RecordId;
use domain::records::HouseholdMember;
use domain::registry::Record;
use store::{Life, Sight};

use crate::world::{Office, Province, assert_whole};

fn merge(office: &Office, survivor: RecordId, given_up: RecordId, household: Option<RecordId>) {
    let request = MergePeople { survivor, given_up, take: Vec::new(), household };
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    office.store.write(office.author(), |tx| merge_in(tx, &request, today)).unwrap();
}

/// The record that stands for an entry, and how many memberships of it hold.
fn stands(office: &Office, id: RecordId) -> (RecordId, usize) {
    let read = office.store.read(|view| {
        let person = view.resolve(id)?;
        assert_eq!(view.get_record(person, Sight::Plain)?.life, Life::Live, "somebody always stands");
        let members = view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)?;
        let present = members.iter().filter(|member| member.record::<HouseholdMember>().to_on.is_none()).count();
        Ok((person, present))
    });
    read.unwrap()
}

fn found(office: &Office, typed: &str) -> Vec<RecordId> {
    let found = office.store.read(|view| view.search(typed, 10)).unwrap();
    found.into_iter().filter(|found| found.kind == store::FoundKind::Person).map(|found| found.id).collect()
}

/// Two offices that both know the same two entries.
fn both_know() -> (Province, Office, Office, [(RecordId, RecordId); 2]) {
    let province = Province::plain();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let one = first.register("H0001", "Quách Thị Hậu");
    let other = second.register("H0002", "Quách Thị Hâu");
    for office in [&first, &second, &first] {
        office.sync();
    }
    (province, first, second, [one, other])
}

fn sync_all(offices: [&Office; 2]) {
    for office in [offices[0], offices[1], offices[0]] {
        office.sync();
    }
}

#[test]
fn a_merge_of_one_office_is_seen_and_taken_back_at_the_other() {
    let (province, first, second, [(home, one), (_, other)]) = both_know();
    merge(&first, one, other, Some(home));
    sync_all([&first, &second]);
    assert_eq!(stands(&second, other), (one, 1));
    assert_eq!(found(&second, "hâu"), [one], "found by its old name");

    second.store.write(second.author(), |tx| tx.undo_merge(other)).unwrap();
    sync_all([&second, &first]);
    for office in [&first, &second] {
        assert_eq!((stands(office, one), stands(office, other)), ((one, 1), (other, 1)), "both are back with their households");
    }
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

#[test]
fn two_offices_merging_the_same_pair_agree() {
    let (province, first, second, [(home, one), (_, other)]) = both_know();
    merge(&first, one, other, Some(home));
    merge(&second, one, other, Some(home));
    sync_all([&first, &second]);
    for office in [&first, &second] {
        assert_eq!(stands(office, other), (one, 1));
        assert!(office.get(other).conflicts.is_empty(), "both said the same");
    }
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

#[test]
fn two_offices_merging_in_opposite_directions_agree_and_lose_nobody() {
    let (province, first, second, [(home, one), (_, other)]) = both_know();
    merge(&first, one, other, Some(home));
    merge(&second, other, one, Some(home));
    sync_all([&first, &second]);
    let survivor = one.min(other);
    for office in [&first, &second] {
        assert_eq!((stands(office, one), stands(office, other)), ((survivor, 1), (survivor, 1)));
        assert_eq!(found(office, "hau"), [survivor]);
    }
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

fn disputed(office: &Office) -> usize {
    office.store.read(|view| view.list_conflicts(Sight::Plain)).unwrap().conflicts.len()
}

#[test]
fn two_offices_that_choose_different_homes_leave_one_standing_and_a_choice() {
    for kept in [0, 1] {
        let (province, first, second, [(home, one), (other_home, other)]) = both_know();
        merge(&first, one, other, Some(home));
        merge(&second, one, other, Some(other_home));
        sync_all([&first, &second]);
        for office in [&first, &second] {
            assert_eq!(stands(office, other), (one, 1), "the person lives somewhere");
            assert_eq!(disputed(office), 2, "and both households say that it is disputed");
        }
        assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());

        let chosen = [home, other_home][kept];
        let before = homes(&first, one);
        keep_home(&first, chosen, one);
        sync_all([&first, &second]);
        for office in [&first, &second] {
            assert_eq!((homes(office, one), disputed(office)), (vec![chosen], 0));
        }
        let last = first.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
        first.store.write(first.author(), |tx| tx.undo_act(last.id)).unwrap();
        sync_all([&first, &second]);
        for office in [&first, &second] {
            assert_eq!((homes(office, one), disputed(office)), (before.clone(), 2), "taken back, it is disputed as before");
        }
        assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
        let other = [other_home, home][kept];
        keep_home(&second, other, one);
        sync_all([&first, &second]);
        for office in [&first, &second] {
            assert_eq!((homes(office, one), disputed(office)), (vec![other], 0), "and can be decided anew");
        }
    }
}

fn keep_home(office: &Office, household: RecordId, person: RecordId) {
    let act = serde_json::json!({ "what": "keep_home", "household": household, "person": person });
    let form = serde_json::from_value(serde_json::json!({ "on": "2026-11-23", "reason": "", "act": act })).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let done = office.store.write(office.author(), |tx| casework::family::perform(tx, &form, crate::world::UNIT, today)).unwrap();
    done.value.unwrap_or_else(|problem| panic!("{problem:?}"));
}

/// The households in which somebody's membership holds.
fn homes(office: &Office, person: RecordId) -> Vec<RecordId> {
    let rows = office.store.read(|view| view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)).unwrap();
    rows.iter().filter(|row| row.record::<HouseholdMember>().to_on.is_none()).filter_map(|row| row.parent).collect()
}

#[test]
fn two_people_told_apart_at_one_office_are_not_hinted_at_the_other() {
    let (province, first, second, [(_, one), (_, other)]) = both_know();
    first.store.write(first.author(), |tx| tx.mark_different(one, other)).unwrap();
    sync_all([&first, &second]);
    assert_eq!(second.store.read(|view| view.list_different(other)).unwrap().into_iter().collect::<Vec<_>>(), [one]);
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}
