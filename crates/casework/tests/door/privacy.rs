//! What the law on personal data asks: nothing protected without its right, consents, requests, the sheet, the audit.

use base64::Engine as _;
use casework::Code;
use casework::commands::COMMANDS;
use chrono::TimeDelta;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::office::{Office, PASSWORD, five, is};

/// Words that stand in what is specially protected and nowhere else.
const SECRETS: &[&str] = &[
    "MAT-HIV-01",
    "MAT-THAI-02",
    "MAT-AN-03",
    "2027-03-19",
    "\"hiv\"",
    "\"pregnancy\"",
    "\"serving\"",
    "\"restricted_health\":[",
];

struct Protected {
    office: Office,
    household: Json,
    person: Json,
}

/// A person with HIV, a pregnancy and a parent who serves a sentence.
fn protected() -> Protected {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let (household, person) = (saved["id"].clone(), saved["member_ids"][2].clone());
    let save = |kind: &str, values: Json| {
        let request = json!({ "kind": kind, "parent": person, "record": { "values": values } });
        office.call("save_restricted", request)
    };
    save("restricted_health", json!({ "matter": "hiv", "answer": "yes", "paper_no": "MAT-HIV-01" }));
    save(
        "restricted_health",
        json!({ "matter": "pregnancy", "answer": "yes", "paper_no": "MAT-THAI-02", "due_on": "2027-03-19" }),
    );
    let parent = json!({ "parent_name": "Bùi Văn Xa", "side": "father", "status": "dead", "paper_no": "KT-9" });
    let made = office.call("save_record", json!({ "kind": "parent_link", "parent": person, "record": { "values": parent } }));
    let shown = office.call("open_restricted", json!({ "person": person, "reason": "lập hồ sơ" }));
    assert_eq!(shown["records"].as_array().unwrap().len(), 2);
    let mut record = office.call("open_record", json!({ "kind": "parent_link", "id": made["id"] }));
    record["values"]["status"] = json!("serving");
    record["values"]["paper_no"] = json!("MAT-AN-03");
    office.call("save_restricted", json!({ "kind": "parent_link", "parent": person, "record": record }));
    Protected { office, household, person }
}

/// A request that each command can take, so that it answers with as much as it has.
fn request(name: &str, household: &Json, person: &Json) -> Json {
    let list = json!({ "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 200 });
    match name {
        "list_households" | "list_people" => list,
        "search" => json!({ "text": "MAT-HIV-01", "limit": 50 }),
        "list_history" => json!({ "id": person, "offset": 0, "limit": 100 }),
        "get_household" | "open_household_form" => json!({ "id": household, "on": null }),
        "export_register" => json!({ "format": "json", "path": null, "reason": "báo cáo", "filter": {} }),
        "export_audit" => json!({ "format": "json", "path": null, "reason": "kiểm tra", "search": {} }),
        "list_audit" => json!({ "offset": 0, "limit": 200 }),
        "open_record" => json!({ "kind": "person", "id": person }),
        "print_person_data" => json!({ "person": person, "reason": "người dân yêu cầu" }),
        "get_roster" => json!({ "id": household, "on": "2026-11-23" }),
        _ => json!({
            "id": person, "person": person, "household": household, "text": "Quách", "offset": 0, "limit": 100, "on": null,
            "filter": {}, "reason": "kiểm tra thử", "search": {}, "kind": "person", "act": null,
        }),
    }
}

/// Commands that change who works here, close the door, or show what is protected on purpose.
fn is_walked(name: &str) -> bool {
    let changes = [
        "set_up",
        "lock",
        "sign_in",
        "reset_password",
        "remove_worker",
        "update_worker",
        "add_worker",
        "change_password",
        "renew_recovery_key",
        "restore_backup",
        "delete_record",
        "undo",
        "undo_import",
        "enrol",
        "open_restricted",
        "save_restricted",
        "change_settings",
        "discard_draft",
        "set_second_place",
    ];
    !changes.contains(&name)
}

/// The text of an answer, a file in it as well.
fn text_of(answer: &Json) -> String {
    let file = answer["bytes"].as_str().and_then(|bytes| base64::engine::general_purpose::STANDARD.decode(bytes).ok());
    format!("{answer} {}", file.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())
}

/// The request without keys that the command does not take.
fn without_unknown<Request: DeserializeOwned>(mut payload: Json) -> Json {
    while let Err(error) = serde_json::from_value::<Request>(payload.clone()) {
        let message = error.to_string();
        let Some(key) = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) else { break };
        payload.as_object_mut().unwrap().remove(key);
    }
    payload
}

macro_rules! requests {
    ($($name:ident($request:ident) -> $answer:ident, $need:ident, $capability:ident;)+) => {
        fn only_known(name: &str, payload: Json) -> Json {
            match name {
                $(stringify!($name) => without_unknown::<casework::commands::types::$request>(payload),)+
                _ => payload,
            }
        }
    };
}
casework::with_commands!(requests);

fn walk(protected: &Protected) -> usize {
    let mut answered = 0;
    for command in COMMANDS.iter().filter(|command| is_walked(command.name)) {
        let payload = only_known(command.name, request(command.name, &protected.household, &protected.person));
        let text = match protected.office.desk.call(command.name, payload) {
            Ok(answer) => {
                answered += 1;
                text_of(&answer)
            }
            Err(problem) => serde_json::to_string(&problem).unwrap(),
        };
        for secret in SECRETS {
            assert!(!text.contains(secret), "{} tells {secret}: {text}", command.name);
        }
    }
    answered
}

#[test]
fn no_command_tells_what_is_specially_protected_to_a_worker_without_the_right() {
    let protected = protected();
    protected.office.work_as("one_stop");
    is(&protected.office.refused("open_restricted", json!({ "person": protected.person, "reason": "muốn xem" })), Code::NoRight);
    assert!(walk(&protected) >= 15, "most commands answer a worker at the counter");
}

#[test]
fn nor_to_one_with_the_right_who_has_given_no_reason() {
    let protected = protected();
    assert!(walk(&protected) >= 25, "nearly all commands answer the first worker");
    let sheet = json!({ "person": protected.person, "reason": "người dân yêu cầu", "restricted": true });
    let text = protected.office.call("print_person_data", sheet).to_string();
    assert!(text.contains("MAT-HIV-01") && text.contains("MAT-AN-03"), "the person is given everything when it is asked for");
    let audit = protected.office.call("list_audit", json!({ "offset": 0, "limit": 10 }));
    assert_eq!(audit["rows"][0]["act"], "person.sheet");
    assert_eq!(audit["rows"][1]["act"], "restricted.open");
}

#[test]
fn the_sheet_tells_all_about_the_person_and_nothing_of_others() {
    let Protected { office, person, .. } = protected();
    let carer = json!({ "values": { "relation": "hàng xóm", "paper_no": "CS-1" } });
    office.call("save_record", json!({ "kind": "carer_link", "parent": person, "record": carer }));
    is(&office.refused("print_person_data", json!({ "person": person, "reason": " " })), Code::Invalid);
    let sheet = office.call("print_person_data", json!({ "person": person, "reason": "người dân yêu cầu" }));
    assert_eq!(sheet["person"]["opened"]["values"]["citizen_id"], "017184000119", "their own id, whole");
    assert_eq!(sheet["address"], "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(sheet["memberships"][0]["membership"]["opened"]["values"]["relationship_to_head"], "child_in_law");
    let text = sheet.to_string();
    assert!(text.contains("CS-1") && text.contains("hàng xóm"));
    for other in ["Bùi Thị Nhợi", "Bùi Văn Thìn", "Bùi Văn Xa"] {
        assert!(!text.contains(other), "{other} is somebody else: {text}");
    }
    office.work_as("one_stop");
    is(&office.refused("print_person_data", json!({ "person": person, "reason": "muốn xem" })), Code::NoRight);
}

#[test]
fn a_consent_counts_until_it_is_withdrawn_and_a_child_is_asked_too() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let child = saved["member_ids"][3].clone();
    let values = json!({
        "purpose": "publication", "text_version": "1", "given_on": "2026-11-20", "method": "paper", "given_by": "parent",
        "giver_name": "Bùi Văn Thìn",
    });
    let made = office.call("save_record", json!({ "kind": "consent", "parent": child, "record": { "values": values } }));
    let consents = || office.call("list_consents", json!({ "id": child }))["consents"].clone();
    assert_eq!((&consents()[0]["counts"], &consents()[0]["problems"][0]["code"]), (&json!(false), &json!("consent_needs_child")));

    let change = |column: &str, value: Json| {
        let mut record = office.call("open_record", json!({ "kind": "consent", "id": made["id"] }));
        record["values"][column] = value;
        json!({ "kind": "consent", "record": record })
    };
    office.call("save_record", change("child_agrees", json!(true)));
    assert_eq!(consents()[0]["counts"], true);
    is(&office.refused("save_record", change("withdrawn_on", json!("2026-11-19"))), Code::Invalid);
    office.call("save_record", change("withdrawn_on", json!("2026-11-23")));
    assert_eq!(consents()[0]["counts"], false);
    let history = office.call("list_history", json!({ "id": child, "offset": 0, "limit": 50 })).to_string();
    assert!(history.contains("withdrawn_on"), "who withdrew it, and when, stays in the history");
}

#[test]
fn a_request_is_open_until_it_is_answered_and_the_one_due_first_comes_first() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let ask = |person: usize, matter: &str, filed: &str, due: Json| {
        let values = json!({ "matter": matter, "filed_on": filed, "due_on": due });
        let request = json!({ "kind": "data_request", "parent": saved["member_ids"][person], "record": { "values": values } });
        office.call("save_record", request)["id"].clone()
    };
    ask(0, "see", "2026-11-23", json!("2026-11-26"));
    let late = ask(1, "correct", "2026-11-16", json!("2026-11-19"));
    ask(2, "delete", "2026-11-20", Json::Null);
    let open = || office.call("list_data_requests", json!({ "offset": 0, "limit": 50 }));
    let matters: Vec<Json> = open()["rows"].as_array().unwrap().iter().map(|row| row["matter"].clone()).collect();
    assert_eq!(matters, ["correct", "see", "delete"]);
    assert_eq!((&open()["rows"][0]["overdue"], &open()["rows"][1]["overdue"]), (&json!(true), &json!(false)));
    assert_eq!(open()["rows"][0]["person_name"], "Bùi Văn Thìn");

    let mut record = office.call("open_record", json!({ "kind": "data_request", "id": late }));
    record["values"]["answered_on"] = json!("2026-11-23");
    record["values"]["outcome"] = json!("done");
    office.call("save_record", json!({ "kind": "data_request", "record": record }));
    assert_eq!(open()["total"], 2);
}

#[test]
fn a_correction_keeps_the_old_value_and_a_deletion_hides_without_erasing() {
    let office = Office::open();
    let village = office.village("Mu");
    let person = office.household(&village, five().clone())["member_ids"][1].clone();
    let mut record = office.call("open_record", json!({ "kind": "person", "id": person }));
    record["values"]["full_name"] = json!("Bùi Văn Thìn Mới");
    office.call("save_record", json!({ "kind": "person", "record": record }));
    let history = office.call("list_history", json!({ "id": person, "offset": 0, "limit": 50 })).to_string();
    assert!(history.contains("\"before\":\"Bùi Văn Thìn\""), "{history}");

    office.call("delete_record", json!({ "id": person, "reason": "theo yêu cầu" }));
    let people = |office: &Office| {
        office
            .call("list_people", json!({ "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 50 }))
            .to_string()
    };
    assert!(!people(&office).contains("Thìn Mới"));
    assert_eq!(office.call("search", json!({ "text": "Thìn Mới", "limit": 5 }))["results"], json!([]));
    office.call("restore_record", json!({ "id": person }));
    assert!(people(&office).contains("Thìn Mới"), "nothing was erased");
}

#[test]
fn the_audit_is_searched_by_worker_act_person_and_day() {
    let Protected { office, person, .. } = protected();
    let search = |search: Json| office.call("list_audit", json!({ "search": search, "offset": 0, "limit": 50 }));
    assert_eq!(search(json!({ "act": "restricted.open" }))["total"], 1);
    let about = search(json!({ "person": person }));
    let acts: Vec<&str> = about["rows"].as_array().unwrap().iter().map(|row| row["act"].as_str().unwrap()).collect();
    assert_eq!(
        acts,
        ["restricted.save", "restricted.open", "restricted.save", "restricted.save"],
        "of the person and of their records"
    );
    assert!(about["rows"].as_array().unwrap().iter().all(|row| row["person"] == "Quách Thị Hậu"));
    office.later(TimeDelta::days(2));
    office.call("sign_in", json!({ "uid": 1, "password": PASSWORD }));
    office.call("show_citizen_id", json!({ "id": person }));
    assert_eq!(search(json!({ "from": "2026-11-25" }))["total"], 1);
    assert_eq!(search(json!({ "to": "2026-11-24", "act": "citizen_id.show" }))["total"], 0);
    assert_eq!(search(json!({ "worker": 99 }))["total"], 0);
    is(&office.refused("list_audit", json!({ "search": { "from": "hôm qua" }, "offset": 0, "limit": 5 })), Code::BadRequest);
}

#[test]
fn the_audit_is_checked_and_given_out_and_keeps_that_it_was() {
    let Protected { office, .. } = protected();
    let checked = office.call("check_audit", Json::Null);
    assert_eq!((&checked["sound"], &checked["broken_n"]), (&json!(true), &Json::Null));
    let rows = checked["rows"].as_u64().unwrap();
    is(&office.refused("export_audit", json!({ "format": "json", "path": null, "reason": "" })), Code::Invalid);
    let made = office.call("export_audit", json!({ "format": "json", "path": null, "reason": "đoàn kiểm tra" }));
    let bytes = base64::engine::general_purpose::STANDARD.decode(made["bytes"].as_str().unwrap()).unwrap();
    let file: Json = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(file["audit"].as_array().unwrap().len() as u64, rows);
    assert_eq!(file["chain"]["head"], checked["head"]);
    let sheet = office.call("export_audit", json!({ "format": "xlsx", "path": null, "reason": "đoàn kiểm tra" }));
    assert!(sheet["name"].as_str().unwrap().ends_with(".xlsx"));
    let newest = office.call("list_audit", json!({ "offset": 0, "limit": 1 }))["rows"][0].clone();
    assert_eq!((&newest["act"], &newest["reason"]), (&json!("audit.export"), &json!("đoàn kiểm tra")));
}
