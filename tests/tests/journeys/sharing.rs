//! Two machines of one commune and the province.

use store::{Road, Sight};

use crate::world::{Office, Province, assert_whole, text};

#[test]
fn two_offices_see_each_others_household() {
    let province = Province::sealed();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let (mine, my_head) = first.register("H0001", "Bùi Thị Mừng");
    let (theirs, their_head) = second.register("H0002", "Hà Văn Tư");
    assert!(first.waiting() > 0);

    let sent = first.sync();
    assert!(sent.sent > 0 && sent.waiting == 0 && sent.verified_at_ms.is_some());
    let received = second.sync();
    assert!(received.received > 0);
    first.sync();

    assert_eq!(second.text(my_head, "full_name").as_deref(), Some("Bùi Thị Mừng"));
    assert_eq!(first.text(their_head, "full_name").as_deref(), Some("Hà Văn Tư"));
    assert!(second.find(mine).is_some() && first.find(theirs).is_some());
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

#[test]
fn edits_of_different_fields_merge() {
    let province = Province::plain();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let (_, head) = first.register("H0001", "Bùi Thị Mừng");
    first.sync();
    second.sync();

    first.set(head, "full_name", text("Bùi Thị Mường"));
    second.set(head, "note", text("đã xác minh"));
    first.sync();
    second.sync();
    first.sync();

    for office in [&first, &second] {
        assert_eq!(office.text(head, "full_name").as_deref(), Some("Bùi Thị Mường"));
        assert_eq!(office.text(head, "note").as_deref(), Some("đã xác minh"));
        assert!(office.get(head).conflicts.is_empty());
    }
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

#[test]
fn the_same_field_edited_on_both_keeps_both_values_until_a_person_chooses() {
    let province = Province::plain();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let (_, head) = first.register("H0001", "Bùi Thị Mừng");
    first.sync();
    second.sync();

    first.set(head, "full_name", text("Bùi Thị Mường"));
    second.set(head, "full_name", text("Bùi Thị Mận"));
    first.sync();
    second.sync();
    first.sync();
    let field = domain::registry::kind_named("person").unwrap().field_of("full_name").unwrap().fid;
    for office in [&first, &second] {
        assert_eq!(office.get(head).conflicts, [field], "the conflict is told, not settled");
        assert_eq!(office.get(head).heads.of(field).len(), 2, "both values are kept");
    }
    assert_eq!(first.text(head, "full_name"), second.text(head, "full_name"), "both show the same provisional value");

    second.set(head, "full_name", text("Bùi Thị Mường Bi"));
    second.sync();
    first.sync();
    assert!(first.get(head).conflicts.is_empty());
    assert_eq!(first.text(head, "full_name").as_deref(), Some("Bùi Thị Mường Bi"));
    assert_whole(&province, &[&first, &second], first.ops_made() + second.ops_made());
}

#[test]
fn what_was_written_before_enrolment_arrives_under_the_given_number() {
    let province = Province::plain();
    let office = Office::new();
    let (household, _) = office.register("H0001", "Bùi Thị Mừng");
    let waiting = office.waiting();
    office.road.enrol(&office.store, &province.url(), &province.new_code(crate::world::CODE)).unwrap();
    assert!(office.waiting() >= waiting, "enrolment loses nothing");
    office.sync();
    assert!(office.find(household).is_some());
    assert_whole(&province, &[&office], office.ops_made());
}

#[test]
fn workers_of_two_machines_are_told_apart_though_both_are_number_one() {
    let province = Province::plain();
    let (first, second) = (Office::of("Bùi Thị Mừng"), Office::of("Đinh Văn Ước"));
    first.enrol(&province, &province.url());
    second.enrol(&province, &province.url());
    let (_, head) = first.register("H0001", "Hà Văn Tư");
    for office in [&first, &second] {
        office.sync();
    }
    first.set(head, "full_name", text("Hà Văn Từ"));
    second.set(head, "full_name", text("Hà Văn Tứ"));
    for office in [&first, &second, &first] {
        office.sync();
    }
    for office in [&first, &second] {
        let told = office.store.read(|view| view.list_conflicts_of(head, Sight::Plain)).unwrap();
        let mut names: Vec<_> = told.conflicts[0].sides.iter().map(|side| side.author.name.clone().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["Bùi Thị Mừng", "Đinh Văn Ước"]);
    }
}
