//! People: records about them, and what is specially protected.

use casework::Code;
use serde_json::{Value as Json, json};

use crate::office::{Office, five, is};

fn register() -> (Office, Json, Json) {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let (household, child) = (saved["id"].clone(), saved["member_ids"][3].clone());
    (office, household, child)
}

#[test]
fn what_is_specially_protected_needs_a_reason_and_is_in_the_audit() {
    let (office, household, child) = register();
    let record = json!({ "values": { "matter": "hiv", "answer": "yes", "paper_no": "GIAY-MAT-07" } });
    is(&office.refused("save_record", json!({ "kind": "restricted_health", "parent": child, "record": record })), Code::NoRight);
    office.call("save_restricted", json!({ "kind": "restricted_health", "parent": child, "record": record }));
    is(&office.refused("open_restricted", json!({ "person": child, "reason": "  x " })), Code::Invalid);
    let shown = office.call("open_restricted", json!({ "person": child, "reason": "xét hồ sơ trợ cấp" }));
    assert_eq!(shown["records"][0]["opened"]["values"]["paper_no"], "GIAY-MAT-07");

    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 50 }));
    assert_eq!(audit["chain_sound"], true);
    let row = audit["rows"].as_array().unwrap().iter().find(|row| row["act"] == "restricted.open").unwrap();
    assert_eq!(row["reason"], "xét hồ sơ trợ cấp");

    for (name, payload) in [
        ("get_person", json!({ "id": child })),
        ("get_household", json!({ "id": household, "on": null })),
        ("list_history", json!({ "id": child, "offset": 0, "limit": 100 })),
        ("list_conflicts", Json::Null),
        ("search", json!({ "text": "giay mat 07", "limit": 10 })),
        ("list_drafts", Json::Null),
    ] {
        let text = office.call(name, payload).to_string();
        assert!(!text.contains("GIAY-MAT") && !text.contains("hiv"), "{name} tells what is protected: {text}");
    }
}

#[test]
fn a_parent_in_prison_is_specially_protected() {
    let (office, _, child) = register();
    let record =
        json!({ "values": { "parent_name": "Bùi Văn Xa", "side": "father", "status": "serving", "paper_no": "AN-123" } });
    is(&office.refused("save_record", json!({ "kind": "parent_link", "parent": child, "record": record })), Code::NoRight);
    office.call("save_restricted", json!({ "kind": "parent_link", "parent": child, "record": record }));
    let page = office.call("get_person", json!({ "id": child })).to_string();
    assert!(!page.contains("serving") && !page.contains("AN-123"), "{page}");
    let shown = office.call("open_restricted", json!({ "person": child, "reason": "xét hồ sơ trợ cấp" }));
    assert_eq!(shown["parent_links"][0]["opened"]["values"]["status"], "serving");
}

#[test]
fn a_disability_certificate_shows_in_the_roster() {
    let (office, household, child) = register();
    let values = json!({ "number": "12/GXN", "types": ["movement", "vision"], "severity": "severe", "valid_from": "2020-01-05" });
    office.call("save_record", json!({ "kind": "disability_certificate", "parent": child, "record": { "values": values } }));
    let view = office.call("get_household", json!({ "id": household, "on": null }));
    let row = view["roster"].as_array().unwrap().iter().find(|row| row["person"]["id"] == child).unwrap().clone();
    assert_eq!(row["disability"], "severe");
    let before = office.call("get_household", json!({ "id": household, "on": "2019-12-31" }));
    let row = before["roster"].as_array().unwrap().iter().find(|row| row["person"]["id"] == child).unwrap().clone();
    assert!(row["disability"].is_null(), "the severity on a date counts");
}

#[test]
fn the_whole_citizen_id_is_shown_on_an_act_that_the_audit_keeps() {
    let (office, household, _) = register();
    let view = office.call("get_household", json!({ "id": household, "on": null }));
    let head = view["roster"][0]["person"]["id"].clone();
    let shown = office.call("show_citizen_id", json!({ "id": head }));
    assert_eq!(shown["citizen_id"], "017150000127");
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!(audit["rows"][0]["act"], "citizen_id.show");
}

#[test]
fn a_dead_person_is_no_longer_present() {
    let (office, household, child) = register();
    let form = office.call("open_record", json!({ "id": child, "kind": "person" }));
    let mut record = form.clone();
    record["values"]["death_date"] = json!("2026-11-10");
    record["values"]["death_cert_no"] = json!("15/2026");
    office.call("save_record", json!({ "kind": "person", "record": record }));
    let view = office.call("get_household", json!({ "id": household, "on": null }));
    let present = view["roster"].as_array().unwrap().iter().filter(|row| row["present"] == true).count();
    assert_eq!(present, 4);
}
