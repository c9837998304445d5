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

/// A man with a severe disability who still receives what was right two decrees ago.
fn underpaid() -> (Office, Json) {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, json!([member("Bùi Văn Thìn", "1978-02-03", "male", "", "head")]));
    let person = saved["member_ids"][0].clone();
    record(&office, "disability_certificate", &person, json!({ "severity": "severe", "valid_from": "2020-01-05" }));
    let values = json!({ "kind": "monthly", "benefit_code": "N20-6-SV", "amount": 750_000, "from_month": "2024-07" });
    record(&office, "allowance", &person, values);
    (office, person)
}

#[test]
fn an_adjustment_run_says_what_was_and_what_is_due_and_where_the_law_says_so() {
    let (office, person) = underpaid();
    let span = json!({ "from": "2026-05", "to": "2026-11", "offset": 0, "limit": 10 });
    let run = office.call("list_adjustments", span.clone());
    assert_eq!(
        (&run["total"], &run["back_pay"], &run["recovery"], &run["open"]),
        (&json!(1), &json!(300_000), &json!(0), &json!(0))
    );
    let row = &run["rows"][0];
    assert_eq!((&row["person"], &row["full_name"], &row["back_pay"]), (&person, &json!("Bùi Văn Thìn"), &json!(300_000)));
    let span_of = &row["spans"][0];
    assert_eq!(row["spans"].as_array().unwrap().len(), 1, "months that are alike are one line: {row}");
    assert_eq!((&span_of["from"], &span_of["to"], &span_of["count"]), (&json!("2026-07"), &json!("2026-11"), &json!(5)));
    assert_eq!((&span_of["before"], &span_of["after"]), (&json!(750_000), &json!(810_000)));
    assert_eq!((&span_of["difference"], &span_of["total"]), (&json!(60_000), &json!(300_000)));
    assert_eq!((&span_of["received"][0]["code"], &span_of["due"][0]["code"]), (&json!("N20-6-SV"), &json!("N335-6-SV")));
    let why: Vec<&Json> = span_of["why"].as_array().unwrap().iter().map(|why| &why["kind"]).collect();
    assert_eq!(why, ["ended", "due", "figure"]);
    let places: Vec<&Json> = span_of["why"].as_array().unwrap().iter().map(|why| &why["legal_basis"][0]["number"]).collect();
    assert_eq!(places, ["20/2021/NĐ-CP", "335/2026/NĐ-CP", "335/2026/NĐ-CP"]);
    let printed = office.call("print_adjustments", span);
    assert_eq!(printed["rows"], run["rows"]);
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!(audit["rows"][0]["act"], "adjustments.print");
}

#[test]
fn money_after_a_death_says_where_the_law_ends_it_or_that_nobody_has_looked() {
    let (office, person) = underpaid();
    let mut form = office.call("open_record", json!({ "kind": "person", "id": person }));
    form["values"]["death_date"] = json!("2026-08-10");
    office.call("save_record", json!({ "kind": "person", "record": form }));
    let run = office.call("list_adjustments", json!({ "from": "2026-09", "to": "2026-10", "offset": 0, "limit": 10 }));
    let why = |span: usize| run["rows"][0]["spans"][span]["why"][0].clone();
    assert_eq!((&why(0)["kind"], &why(0)["legal_basis"]), (&json!("life_unsourced"), &json!([])), "{run}");
    let basis = why(1)["legal_basis"][0].clone();
    assert_eq!(
        (&why(1)["kind"], &basis["number"], &basis["article"], &basis["clause"]),
        (&json!("life"), &json!("335/2026/NĐ-CP"), &json!("8"), &json!("4"))
    );
}

#[test]
fn an_adjustment_run_is_taken_out_with_right_and_reason_only() {
    let (office, _) = underpaid();
    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("run.xlsx");
    let take = json!({ "from": "2026-07", "to": "2026-11", "path": path, "reason": "trình chủ tịch" });
    let made = office.call("export_adjustments", take.clone());
    assert_eq!(made["name"], "truy-linh-thu-hoi-2026-07-2026-11.xlsx");
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!((&audit["rows"][0]["act"], &audit["rows"][0]["reason"]), (&json!("export.adjustments"), &json!("trình chủ tịch")));
    let book = documents::sheet::read(&std::fs::read(&path).unwrap(), "run.xlsx").unwrap();
    let text = format!("{book:?}");
    for wanted in ["Bùi Văn Thìn", "NĐ 335/2026 Điều 5.6", "mức 540000 đồng áp dụng từ 01/07/2026", "Quách Thị Huyền", "300000"]
    {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let mut bare = take.clone();
    bare["reason"] = json!("");
    is(&office.refused("export_adjustments", bare), Code::Invalid);
    office.work_as("one_stop");
    is(&office.refused("export_adjustments", take), Code::NoRight);
}

#[test]
fn a_run_tells_nothing_that_is_restricted() {
    let (office, members) = household();
    let values = json!({ "kind": "monthly", "amount": 900_000, "from_month": "2025-01" });
    let allowance = record(&office, "allowance", &members[3], values);
    restricted(&office, &members[3], json!({ "matter": "hiv", "answer": "yes", "from_on": "2020" }));
    let kept_apart = json!({ "matter": "allowance_code", "allowance": allowance, "benefit_code": "N335-3-4P" });
    restricted(&office, &members[3], kept_apart);
    let run = office.call("list_adjustments", json!({ "from": "2026-07", "to": "2026-11", "offset": 0, "limit": 10 }));
    assert_eq!(run["total"], 0, "what rests on a restricted fact is compared with nothing: {run}");
    let months = json!({ "person": members[3], "from": "2026-10", "to": "2026-11" });
    let plain = office.call("person_months", months.clone());
    assert_eq!((&plain["restricted"], &plain["months"][1]["difference"]), (&json!(false), &Json::Null));
    assert!(!plain.to_string().contains("N335-3") && !plain.to_string().contains("1080000"), "{plain}");

    let mut why = months;
    why["reason"] = json!("xét truy lĩnh");
    let whole = office.call("person_months_restricted", why.clone());
    assert_eq!((&whole["restricted"], &whole["months"][1]["total"]), (&json!(true), &json!(1_080_000)));
    assert_eq!(whole["months"][1]["difference"], 180_000);
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!(
        (&audit["rows"][0]["act"], &audit["rows"][0]["reason"]),
        (&json!("restricted.entitlements"), &json!("xét truy lĩnh"))
    );
    let mut bare = why.clone();
    bare["reason"] = json!("x");
    is(&office.refused("person_months_restricted", bare), Code::Invalid);
    office.work_as("one_stop");
    is(&office.refused("person_months_restricted", why), Code::NoRight);
}

#[test]
fn the_commune_decides_which_day_a_partial_birth_is_taken_as() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, json!([member("Bùi Thị Nhợi", "1951", "female", "", "head")]));
    let person = saved["member_ids"][0].clone();
    let age = |view: &Json| {
        let facts = view["facts"].as_array().unwrap();
        facts.iter().find(|fact| fact["fact"] == "age_months").unwrap()["value"].clone()
    };
    let see = || office.call("person_entitlements", json!({ "person": person, "on": "2026-11-23" }));
    assert_eq!(office.call("get_commune_settings", Json::Null), json!({ "assumed_birth": "first" }));
    assert_eq!((see()["birth_assumed"].clone(), age(&see())), (json!("1951-01-01"), json!(910)));
    let last = json!({ "assumed_birth": "last" });
    assert_eq!(office.call("change_commune_settings", last.clone()), last);
    assert_eq!((see()["birth_assumed"].clone(), age(&see())), (json!("1951-12-31"), json!(898)));
    let page = office.call("get_person", json!({ "id": person }));
    assert_eq!((&page["birth_assumed"], &page["age_months"]), (&json!("1951-12-31"), &json!(898)));
    let months = office.call("person_months", json!({ "person": person, "from": "2026-10", "to": "2026-12" }));
    assert_eq!(months["birth_assumed"], "1951-12-31");
    let lines = office.call("list_outreach", json!({ "on": "2026-11-23", "person": person, "offset": 0, "limit": 10 }));
    assert!(lines["rows"].as_array().unwrap().iter().all(|row| row["birth_assumed"] == "1951-12-31"), "{lines}");
    // What if keeps its own.
    let what = office.call("what_if", json!({ "person": person, "on": "2026-11-23", "birth": "first", "facts": [] }));
    assert_eq!((&what["now"]["birth_assumed"], &what["then"]["birth_assumed"]), (&json!("1951-12-31"), &json!("1951-01-01")));
    let what = office.call("what_if", json!({ "person": person, "on": "2026-11-23", "facts": [] }));
    assert_eq!(what["then"]["birth_assumed"], "1951-12-31");

    office.call("change_commune_settings", json!({ "assumed_birth": "first" }));
    assert_eq!(age(&see()), 910, "it can be turned back");
    is(&office.refused("change_commune_settings", json!({ "assumed_birth": "middle" })), Code::Invalid);
    let round = json!({ "kind": "commune_setting", "record": { "values": { "assumed_birth": "last" } } });
    is(&office.refused("save_record", round), Code::NoRight);
    office.work_as("officer");
    is(&office.refused("change_commune_settings", last), Code::NoRight);
    assert_eq!(office.call("get_commune_settings", Json::Null)["assumed_birth"], "first");
}

#[test]
fn a_preview_is_paged_through_with_the_sums_of_everybody() {
    let office = Office::open();
    let village = office.village("Mu");
    for n in 0..7 {
        let saved = office.household(&village, json!([member(&format!("Bùi Văn {n}"), "1978-02-03", "male", "", "head")]));
        let person = &saved["member_ids"][0];
        // Four are disabled all the time, three no longer from August.
        record(&office, "disability_certificate", person, json!({ "severity": "severe", "valid_from": "2020-01-05" }));
        if n < 3 {
            record(&office, "disability_certificate", person, json!({ "severity": "mild", "valid_from": "2026-07-15" }));
        }
    }
    let ask = |who: Json, offset: u32, limit: u32| {
        let req = json!({ "before": "2026-06", "after": "2026-08", "who": who, "offset": offset, "limit": limit });
        office.call("preview_policy", req)
    };
    let all = ask(Json::Null, 0, 100);
    assert_eq!(
        (&all["gains"], &all["loses"]),
        (&json!({ "people": 4, "amount": 240_000 }), &json!({ "people": 3, "amount": 2_250_000 }))
    );
    assert_eq!(all["total"], 7);
    let mut seen = Vec::new();
    for offset in [0, 3, 6] {
        let page = ask(Json::Null, offset, 3);
        assert_eq!((&page["gains"], &page["total"]), (&all["gains"], &all["total"]), "the sums are of everybody");
        seen.extend(page["rows"].as_array().unwrap().clone());
    }
    assert_eq!(json!(seen), all["rows"]);
    assert!(seen.iter().all(|row| row["full_name"] != "" && row["village_name"] == "Mu"));
    let losers = ask(json!("loses"), 0, 2);
    assert_eq!((&losers["total"], losers["rows"].as_array().unwrap().len()), (&json!(3), 2));
    assert_eq!(ask(json!("gains"), 0, 10)["rows"].as_array().unwrap().len(), 4);
    is(&office.refused("preview_policy", json!({ "who": "all", "offset": 0, "limit": 1 })), Code::Invalid);

    // A change of the register is seen by the next page.
    let saved = office.household(&village, json!([member("Bùi Văn Chín", "1978-02-03", "male", "", "head")]));
    record(
        &office,
        "disability_certificate",
        &saved["member_ids"][0],
        json!({ "severity": "severe", "valid_from": "2020-01-05" }),
    );
    assert_eq!(ask(Json::Null, 0, 3)["total"], 8);
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
    let doubt = today["benefits"].as_array().unwrap().iter().find(|row| row["code"] == "N176-75").unwrap();
    assert!(doubt["notes_vi"].as_str().unwrap().contains("cần đối chiếu"), "a doubt is told in Vietnamese too: {doubt}");
    let deadline = today["duties"].as_array().unwrap().iter().find(|row| row["code"] == "decide_social_pension").unwrap();
    assert_eq!((&deadline["value"], &deadline["unit"]), (&json!(7), &json!("working_day")));
    assert_eq!(all["duties"].as_array().unwrap().iter().filter(|row| row["code"] == "decide_social_pension").count(), 2);
    assert_eq!(today["confidence"].as_array().unwrap().len(), 5);
    assert_eq!(row["conditions"][0]["fact"], "disability_severity");
}
