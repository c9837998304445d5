//! What a person is entitled to, as the page asks for it.

use casework::Code;
use serde_json::{Value as Json, json};

use crate::office::{Office, five, is, member};

pub fn line<'a>(view: &'a Json, code: &str) -> &'a Json {
    let lines = view["lines"].as_array().unwrap();
    lines.iter().find(|line| line["code"] == code).unwrap_or(&Json::Null)
}

pub fn record(office: &Office, kind: &str, parent: &Json, values: Json) -> String {
    let saved = office.call("save_record", json!({ "kind": kind, "parent": parent, "record": { "values": values } }));
    saved["id"].as_str().unwrap().to_owned()
}

fn restricted(office: &Office, parent: &Json, values: Json) {
    let saved = json!({ "kind": "restricted_health", "parent": parent, "record": { "values": values } });
    office.call("save_restricted", saved);
}

fn household() -> (Office, Vec<Json>) {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let members = saved["member_ids"].as_array().unwrap().clone();
    (office, members)
}

#[test]
fn a_disability_gives_its_amount_its_clause_and_the_record_it_rests_on() {
    let (office, members) = household();
    let values = json!({ "severity": "severe", "valid_from": "2020-01-05", "types": ["vision"] });
    let certificate = record(&office, "disability_certificate", &members[1], values);
    let view = office.call("person_entitlements", json!({ "person": members[1], "on": "2026-11-23" }));
    let line = line(&view, "N335-6-SV");
    assert_eq!((&line["status"], &line["amount"]), (&json!("entitled"), &json!(810_000)));
    assert_eq!(line["legal_basis"][0]["number"], "335/2026/NĐ-CP");
    let reason = line["reasons"].as_array().unwrap().iter().find(|reason| reason["fact"] == "disability_severity").unwrap();
    assert_eq!((&reason["result"], &reason["told"]), (&json!(true), &json!("severe")));
    let fact = view["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == "disability_severity").unwrap();
    assert_eq!(fact["record"], certificate.as_str(), "the record that says so can be opened");
    assert_eq!(fact["record_kind"], "disability_certificate");
    assert_eq!(fact["page"], members[1]);
    assert_eq!(fact["since"], "2020-01-05");
    assert_eq!(view["birth_assumed"], "1978-01-01", "only the year of birth is known, and the page says what was taken");
}

#[test]
fn what_is_missing_is_asked_for_and_never_what_is_restricted() {
    let (office, members) = household();
    let view = office.call("person_entitlements", json!({ "person": members[0] }));
    let pension = line(&view, "N176-75");
    assert_eq!(pension["status"], "not_entitled", "nobody asked in writing yet");
    let what =
        office.call("what_if", json!({ "person": members[0], "facts": [{ "fact": "requested_in_writing", "value": true }] }));
    let pension = line(&what["then"], "N176-75");
    assert_eq!(
        (&pension["status"], &pension["missing"]),
        (&json!("undetermined"), &json!(["has_pension_or_si_allowance", "si_allowance_below_social_pension"]))
    );
    let text = what.to_string();
    assert!(
        !text.contains("hiv_positive") && !text.contains(r#""fact":"pregnant""#),
        "restricted facts are not spoken of: {text}"
    );
}

#[test]
fn what_rests_on_a_restricted_fact_needs_right_reason_and_log() {
    let (office, members) = household();
    let child = &members[3];
    restricted(&office, child, json!({ "matter": "hiv", "answer": "yes", "from_on": "2020" }));
    let plain = office.call("person_entitlements", json!({ "person": child, "on": "2026-11-23" }));
    assert!(line(&plain, "N335-3-4P").is_null(), "a row that only a restricted fact can meet is not there for anybody");
    assert!(!plain.to_string().contains("hiv"));

    let why = json!({ "person": child, "on": "2026-11-23", "reason": "xét hồ sơ trợ cấp" });
    let whole = office.call("person_entitlements_restricted", why.clone());
    assert_eq!(line(&whole, "N335-3-4P")["amount"], 1_080_000);
    is(&office.refused("person_entitlements_restricted", json!({ "person": child, "reason": "x" })), Code::Invalid);
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 20 }));
    let row = audit["rows"].as_array().unwrap().iter().find(|row| row["act"] == "restricted.entitlements").unwrap();
    assert_eq!(row["reason"], "xét hồ sơ trợ cấp");

    office.work_as("one_stop");
    is(&office.refused("person_entitlements_restricted", why), Code::NoRight);
    let supposed = json!({ "person": child, "facts": [{ "fact": "hiv_positive", "value": true }] });
    is(&office.refused("what_if", supposed), Code::Invalid);
}

#[test]
fn a_parent_in_prison_gives_the_amount_and_keeps_the_letter() {
    let (office, members) = household();
    let child = &members[3];
    record(
        &office,
        "parent_link",
        child,
        json!({ "parent_name": "Bùi Thị Xa", "side": "mother", "status": "dead", "from_on": "2020" }),
    );
    let values = json!({ "parent_name": "Bùi Văn Xa", "side": "father", "status": "serving", "from_on": "2021" });
    office.call("save_restricted", json!({ "kind": "parent_link", "parent": child, "record": { "values": values } }));
    let plain = office.call("person_entitlements", json!({ "person": child, "on": "2026-11-23" }));
    assert_eq!(plain["paid"]["regular_total"], 810_000, "the amount stays");
    let fact = plain["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == "no_support_case").unwrap();
    assert_eq!((&fact["value"], &fact["masked"], &fact["record"]), (&Json::Null, &json!(true), &Json::Null));
    assert!(!plain.to_string().contains("\"dd\""), "the letter tells of the sentence: {plain}");
    let whole =
        office.call("person_entitlements_restricted", json!({ "person": child, "on": "2026-11-23", "reason": "xét hồ sơ" }));
    let fact = whole["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == "no_support_case").unwrap();
    assert_eq!(fact["value"], "dd");
}

#[test]
fn months_show_where_an_amount_changes_and_why() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, json!([member("Bùi Văn Thìn", "1978-02-03", "male", "", "head")]));
    let members = [Json::Null, saved["member_ids"][0].clone()];
    record(&office, "disability_certificate", &members[1], json!({ "severity": "severe", "valid_from": "2020-01-05" }));
    let values = json!({ "kind": "monthly", "benefit_code": "N335-6-SV", "amount": 750_000, "from_month": "2024-07" });
    record(&office, "allowance", &members[1], values);
    let view = office.call("person_months", json!({ "person": members[1], "from": "2026-05", "to": "2026-08" }));
    let months = view["months"].as_array().unwrap();
    let totals: Vec<i64> = months.iter().map(|month| month["total"].as_i64().unwrap()).collect();
    assert_eq!(totals, [750_000, 750_000, 810_000, 810_000]);
    assert_eq!(months[2]["causes"][0]["kind"], "law", "another decree's row from July");
    assert_eq!(months[3]["causes"], json!([]));
    assert_eq!((&view["back_pay"], &view["recovery"]), (&json!(120_000), &json!(0)));
    let run = office.call("list_adjustments", json!({ "from": "2026-05", "to": "2026-08", "offset": 0, "limit": 10 }));
    assert_eq!((&run["total"], &run["back_pay"]), (&json!(1), &json!(120_000)));
    is(&office.refused("person_months", json!({ "person": members[1], "from": "2026-05", "to": "2026-04" })), Code::Invalid);
}

#[test]
fn a_carer_is_paid_for_each_person_cared_for() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(
        &village,
        json!([
            member("Bùi Văn Thìn", "1978-02-03", "male", "", "head"),
            member("Bùi Thị Nhợi", "1950-03-12", "female", "", "parent"),
            member("Bùi Gia Bảo", "2024-02-20", "male", "", "child"),
        ]),
    );
    for person in [1, 2] {
        let values = json!({ "severity": "extremely_severe", "valid_from": "2024-05-01" });
        record(&office, "disability_certificate", &saved["member_ids"][person], values);
    }
    let view = office.call("person_entitlements", json!({ "person": saved["member_ids"][0], "on": "2026-11-23" }));
    let payments = view["paid"]["carer_support"].as_array().unwrap();
    assert_eq!(payments.len(), 2, "{payments:?}");
    assert!(payments.iter().all(|payment| payment["code"] == "N335-C-HH" && payment["amount"] == 540_000));
    assert_eq!(view["cared"].as_array().unwrap().len(), 2);
}

#[test]
fn the_law_can_be_read_row_by_row() {
    let office = Office::open();
    let all = office.call("list_policies", json!({}));
    let today = office.call("list_policies", json!({ "on": "2026-11-23" }));
    let count = |view: &Json| view["benefits"].as_array().unwrap().len();
    assert!(count(&today) < count(&all));
    let row = today["benefits"].as_array().unwrap().iter().find(|row| row["code"] == "N335-6-EX").unwrap();
    assert_eq!(row["example"], 1_080_000);
    assert_eq!(row["conditions"][0]["fact"], "disability_severity");
}
