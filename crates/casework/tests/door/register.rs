//! Households: saved whole, found, edited field by field, undone.

use casework::Code;
use serde_json::{Value as Json, json};

use crate::office::{Office, five, is, member};

fn list(office: &Office, filter: Json) -> Json {
    office.call("list_households", json!({ "filter": filter, "sort": "name", "descending": false, "offset": 0, "limit": 50 }))
}

#[test]
fn a_household_of_five_is_saved_found_and_listed() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let view = office.call("get_household", json!({ "id": saved["id"], "on": null }));
    assert_eq!(view["head_name"], "Bùi Thị Nhợi");
    assert_eq!(view["roster"].as_array().unwrap().len(), 5);
    assert_eq!(view["address"], "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(view["poverty"][0]["opened"]["values"]["year"], 2026);
    assert_eq!(view["roster"][0]["masked_citizen_id"], "017150•••127");
    assert!(
        view["roster"][0]["person"]["opened"]["values"]["citizen_id"].is_null(),
        "a whole id is shown on an explicit act only"
    );
    for typed in ["nhoi bui thi", "bui thi 1950 xom mu", "0127", "BÙI THỊ NHỢI"] {
        let found = office.call("search", json!({ "text": typed, "limit": 5 }));
        assert_eq!(found["results"][0]["full_name"], "Bùi Thị Nhợi", "{typed}");
    }
    let listed = list(&office, json!({ "text": "xom mu" }));
    assert_eq!(listed["total"], 1);
    assert_eq!(listed["rows"][0]["members"], 5);
    assert_eq!(listed["rows"][0]["poverty_class"], "poor");
}

#[test]
fn all_problems_come_at_once_and_nothing_is_saved() {
    let office = Office::open();
    let village = office.village("Mu");
    let members =
        json!([member("", "31/02/2012", "female", "17150000127", "head"), member("Bùi Văn Thìn", "2031", "male", "", "child")]);
    let form = json!({ "household": { "values": { "village": village } }, "members": members });
    let problem = office.refused("save_household", json!({ "form": form }));
    is(&problem, Code::Invalid);
    let told: Vec<String> = problem.fields.iter().map(|field| format!("{} {}", field.path, field.code)).collect();
    for expected in [
        "members.0.person.birth_date date_unreadable",
        "members.0.person.citizen_id citizen_id_11_digits",
        "members.0.person.full_name name_missing",
        "members.1.person.birth_date date_in_future",
    ] {
        assert!(told.iter().any(|line| line == expected), "{expected} is not among {told:?}");
    }
    assert_eq!(list(&office, json!({}))["total"], 0);
}

#[test]
fn what_is_unlikely_is_saved_and_marked() {
    let office = Office::open();
    let village = office.village("Mu");
    office.household(&village, json!([member("Bùi Thị Nhợi", "1950", "male", "017150000127", "head")]));
    let twin = office.household(&village, json!([member("Bùi Thị Hiền", "1950", "female", "017150000127", "head")]));
    let codes: Vec<&str> = twin["problems"].as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"citizen_id_same"), "{codes:?}");
    let filter = json!({ "marks": ["same_citizen_id"] });
    let same =
        office.call("list_people", json!({ "filter": filter, "sort": "name", "descending": false, "offset": 0, "limit": 50 }));
    assert_eq!(same["total"], 2, "two people with one id can be found again");
}

#[test]
fn only_the_fields_a_person_changed_are_written() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let mut form = office.call("open_household_form", json!({ "id": saved["id"] }));
    form["members"][1]["person"]["values"]["birth_date"] = json!("1978-05");
    office.call("save_household", json!({ "form": form }));
    let history = office.call("list_history", json!({ "id": saved["id"], "offset": 0, "limit": 10 }));
    let newest = &history["acts"][0];
    assert_eq!(newest["what"], "changed");
    assert_eq!(newest["changes"].as_array().unwrap().len(), 1, "{newest}");
    assert_eq!(newest["changes"][0]["before"], "1978");
    assert_eq!(newest["changes"][0]["after"], "1978-05");
    assert_eq!(newest["can_undo"], true);
}

#[test]
fn the_last_act_is_undone_and_a_new_household_with_it() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    assert_eq!(office.call("undo", json!({ "act": null }))["what"], "created");
    assert_eq!(list(&office, json!({}))["total"], 0);
    let deleted = list(&office, json!({ "deleted": true }));
    assert_eq!(deleted["rows"][0]["id"], saved["id"], "what was undone is kept and can be restored");
}

#[test]
fn a_deleted_household_is_restored() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    office.call("delete_record", json!({ "id": saved["id"], "reason": "entered_by_mistake" }));
    assert_eq!(list(&office, json!({}))["total"], 0);
    office.call("restore_record", json!({ "id": saved["id"] }));
    assert_eq!(list(&office, json!({}))["total"], 1);
}

#[test]
fn a_deletion_is_undone_like_any_other_act() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    office.call("delete_record", json!({ "id": saved["id"], "reason": "entered_twice" }));
    assert_eq!(office.call("undo", json!({ "act": null }))["id"], saved["id"]);
    assert_eq!(list(&office, json!({}))["total"], 1);
}

#[test]
fn a_removed_member_has_left_and_stays_in_the_history() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let mut form = office.call("open_household_form", json!({ "id": saved["id"] }));
    form["members"][1]["removed"] = json!(true);
    office.call("save_household", json!({ "form": form }));
    let roster = office.call("get_household", json!({ "id": saved["id"], "on": "2026-11-24" }))["roster"].clone();
    let present = roster.as_array().unwrap().iter().filter(|row| row["present"] == true).count();
    assert_eq!((roster.as_array().unwrap().len(), present), (5, 4));
}

#[test]
fn a_form_of_one_record_is_kept_with_its_heads_and_goes_with_the_save() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let person = saved["member_ids"][1].clone();
    let mut record = office.call("open_record", json!({ "kind": "person", "id": person }));
    record["values"]["other_name"] = json!("Thìn con");
    let form = json!({ "kind": "person", "parent": null, "page": person, "only": null, "record": record });
    let kept = office.call("keep_draft", json!({ "key": null, "screen": "record.person", "label": "", "form": form }));
    let again = office.call("keep_draft", json!({ "key": kept["key"], "screen": "record.person", "label": "", "form": form }));
    assert_eq!(kept["key"], again["key"], "one draft of each record");

    let draft = office.call("list_drafts", Json::Null)["drafts"][0].clone();
    assert_eq!((&draft["label"], &draft["page"], &draft["page_kind"]), (&json!("Bùi Văn Thìn"), &person, &json!("person")));
    assert_eq!(draft["form"]["record"], record, "values, and the heads it was opened on");
    office.call("save_record", json!({ "kind": "person", "record": record, "draft": kept["key"] }));
    assert_eq!(office.call("list_drafts", Json::Null)["drafts"], json!([]));
}

#[test]
fn new_records_of_different_people_have_drafts_of_their_own() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    for (person, number) in [(&saved["member_ids"][0], "01/GXN"), (&saved["member_ids"][1], "02/GXN")] {
        let record = json!({ "id": null, "values": { "number": number }, "opened": null });
        let form = json!({ "kind": "disability_certificate", "parent": person, "page": person, "only": null, "record": record });
        office.call("keep_draft", json!({ "key": null, "screen": "record.disability_certificate", "label": "", "form": form }));
    }
    assert_eq!(office.call("list_drafts", Json::Null)["drafts"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_specially_protected_is_never_kept_as_a_draft() {
    let office = Office::open();
    let village = office.village("Mu");
    let person = office.household(&village, five().clone())["member_ids"][3].clone();
    for (kind, values) in [
        ("restricted_health", json!({ "matter": "hiv", "answer": "yes" })),
        ("parent_link", json!({ "parent_name": "Bùi Văn Xa", "status": "serving" })),
    ] {
        let record = json!({ "id": null, "values": values, "opened": null });
        let form = json!({ "kind": kind, "parent": person, "page": person, "only": null, "record": record });
        let screen = format!("record.{kind}");
        is(&office.refused("keep_draft", json!({ "key": null, "screen": screen, "label": "", "form": form })), Code::NoRight);
    }
    assert_eq!(office.call("list_drafts", Json::Null)["drafts"], json!([]));
}

#[test]
fn what_the_province_publishes_is_written_by_nobody_here() {
    let office = Office::open();
    let set = json!({ "values": { "version": 9, "row_count": 0 } });
    is(&office.refused("save_record", json!({ "kind": "policy_set", "record": set })), Code::NoRight);
    let row = json!({ "values": { "body": "{}" } });
    let parent = "01900000-0000-7000-8000-000000000001";
    is(&office.refused("save_record", json!({ "kind": "policy_row", "parent": parent, "record": row })), Code::NoRight);
}
