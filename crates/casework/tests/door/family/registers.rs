//! Registers that differ, and two people with one id.

use serde_json::json;

use super::Family;
use crate::office::member;

#[test]
fn the_household_of_the_residence_register_is_linked_and_both_pages_tell_why() {
    let family = Family::new();
    let (neighbour, _) = family.neighbour();
    let link = json!({ "what": "link_registers", "household": family.household, "other": neighbour });
    family.is_taken_back("2026-01-05", link.clone());
    family.act("2026-01-05", link);
    for (page, other, is_residence) in [(&family.household, &neighbour, true), (&neighbour, &family.household, false)] {
        let linked = family.view(page, None)["linked"].clone();
        assert_eq!(linked["household"]["id"], **other);
        assert_eq!(linked["other_is_residence"], is_residence);
        assert_eq!((&linked["note"], &linked["on"]), (&json!("Theo đơn của hộ"), &json!("2026-01-05")));
    }
    family.act("2026-02-05", json!({ "what": "link_registers", "household": neighbour, "other": null }));
    assert!(family.view(&family.household, None)["linked"].is_null());
}

#[test]
fn two_people_with_one_id_are_a_task_until_both_papers_were_seen() {
    let family = Family::new();
    let twin = json!([member("Bùi Thị Hiền", "1950", "female", "017150000127", "head")]);
    let other = family.office.household(&family.chieng, twin)["member_ids"][0].clone();
    let same = || family.people(json!({ "marks": ["same_citizen_id"] }))["total"].clone();
    assert_eq!(same(), 2);
    let check = json!({ "what": "check_same_id", "person": other });
    family.is_taken_back("2026-11-20", check.clone());
    family.act("2026-11-20", check);
    assert_eq!(same(), 0, "both were seen");
    let page = family.person(&family.people[0]);
    assert_eq!(
        (&page["same_id_checked"], page["same_citizen_id"].as_array().unwrap().len()),
        (&json!(true), 1),
        "nothing is overwritten"
    );

    let third = json!([member("Bùi Thị Hiên", "1950", "female", "017150000127", "head")]);
    let third = family.office.household(&family.mu, third)["member_ids"][0].clone();
    assert_eq!(same(), 3, "a third one opens the task again");
    let mut form = family.office.call("open_record", json!({ "kind": "person", "id": third }));
    form["values"]["citizen_id"] = json!("017150000128");
    family.office.call("save_record", json!({ "kind": "person", "record": form }));
    assert_eq!(same(), 0, "correcting one settles it as well");
}
