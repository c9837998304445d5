//! Outreach as the work desk asks for it.

use casework::{Code, Host as _};
use chrono::TimeDelta;
use serde_json::{Value as Json, json};

use crate::entitlements::record;
use crate::office::{Office, PASSWORD, is, member};

struct Commune {
    office: Office,
    village: String,
    people: Vec<Json>,
}

/// An old woman who receives nothing, a disabled man paid too little, a dead man still paid, a child about to turn three.
fn commune() -> Commune {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(
        &village,
        json!([
            member("Bùi Thị Nhợi", "1948-03-12", "female", "017148000127", "head"),
            member("Bùi Văn Thìn", "1978-05-01", "male", "017078000452", "child"),
            member("Bùi Văn Chết", "1940-05-01", "male", "017040000452", "spouse"),
        ]),
    );
    let people = saved["member_ids"].as_array().unwrap().clone();
    let values = json!({ "topic": "pension_or_si", "answer": "no", "found_on": "2026-10-01" });
    record(&office, "observation", &people[0], values);
    record(
        &office,
        "support_obligor",
        &people[0],
        json!({ "state": "person", "obligor_name": "Bùi Thị Xa", "receives_monthly": false }),
    );
    record(&office, "disability_certificate", &people[1], json!({ "severity": "severe", "valid_from": "2020-01-05" }));
    let values = json!({ "kind": "monthly", "benefit_code": "N20-6-SV", "amount": 750_000, "from_month": "2024-07" });
    record(&office, "allowance", &people[1], values);
    let values = json!({ "kind": "monthly", "amount": 1_500_000, "from_month": "2024-07" });
    record(&office, "allowance", &people[2], values);
    let mut form = office.call("open_record", json!({ "id": people[2], "kind": "person" }));
    form["values"]["death_date"] = json!("2026-09-10");
    office.call("save_record", json!({ "kind": "person", "record": form }));
    Commune { office, village, people }
}

fn list(office: &Office, payload: Json) -> Json {
    let mut request = json!({ "offset": 0, "limit": 100 });
    for (key, value) in payload.as_object().unwrap() {
        request[key] = value.clone();
    }
    office.call("list_outreach", request)
}

fn of<'a>(page: &'a Json, person: &Json, kind: &str) -> &'a Json {
    let rows = page["rows"].as_array().unwrap();
    rows.iter().find(|row| row["person"] == *person && row["kind"] == kind).unwrap_or(&Json::Null)
}

#[test]
fn people_are_found_before_they_ask() {
    let Commune { office, village, people } = commune();
    let page = list(&office, json!({}));
    let old = of(&page, &people[0], "not_receiving");
    assert_eq!((&old["amount"], &old["due"][0]["code"]), (&json!(540_000), &json!("N176-75")), "{page}");
    assert_eq!(old["needs_request"], true, "a written request is taken as given and said to be needed");
    assert_eq!(old["full_name"], "Bùi Thị Nhợi");
    let paid_too_little = of(&page, &people[1], "other_amount");
    assert_eq!((&paid_too_little["amount"], &paid_too_little["received_amount"]), (&json!(810_000), &json!(750_000)));
    let dead = of(&page, &people[2], "no_longer");
    assert_eq!(dead["reasons"], json!(["dead"]), "also where the row of the law is not told");
    assert_eq!(page["counts"]["no_longer"], 1);
    assert_eq!(list(&office, json!({ "village": village }))["total"], page["total"]);
    let only = list(&office, json!({ "kinds": ["no_longer"] }));
    assert_eq!((&only["total"], &only["counts"]), (&json!(1), &page["counts"]));
    let before = list(&office, json!({ "on": "2026-09-20" }));
    assert!(of(&before, &people[2], "no_longer").is_null(), "the month of death is paid");
    assert_eq!(of(&before, &people[2], "will_cease")["month"], "2026-10");
}

#[test]
fn a_line_is_assigned_taken_up_and_dismissed() {
    let Commune { office, people, .. } = commune();
    let page = list(&office, json!({}));
    let key = of(&page, &people[0], "not_receiving")["key"].clone();
    office.call("assign_outreach", json!({ "person": people[0], "key": key, "worker": "Bùi Văn Chiến" }));
    let mine = list(&office, json!({ "worker": "Bùi Văn Chiến" }));
    assert_eq!((&mine["total"], &mine["rows"][0]["state"]), (&json!(1), &json!("assigned")));
    office.call("take_up_outreach", json!({ "person": people[0], "key": key }));
    assert_eq!(list(&office, json!({ "state": "taken_up" }))["rows"][0]["worker"], "Quách Thị Huyền");
    is(&office.refused("dismiss_outreach", json!({ "person": people[0], "key": key, "reason": "  " })), Code::Invalid);
    office.call("dismiss_outreach", json!({ "person": people[0], "key": key, "reason": "đã có lương hưu ở tỉnh khác" }));
    assert!(of(&list(&office, json!({})), &people[0], "not_receiving").is_null());
    let dismissed = list(&office, json!({ "state": "dismissed" }));
    assert_eq!(dismissed["rows"][0]["reason"], "đã có lương hưu ở tỉnh khác");
    office.call("assign_outreach", json!({ "person": people[0], "key": key, "worker": null }));
    assert_eq!(of(&list(&office, json!({})), &people[0], "not_receiving")["state"], "open");
}

#[test]
fn a_change_of_the_register_is_seen_at_once() {
    let Commune { office, people, .. } = commune();
    assert_eq!(list(&office, json!({}))["counts"]["not_receiving"], 1);
    let values = json!({ "kind": "social_pension", "benefit_code": "N176-75", "amount": 540_000, "from_month": "2026-11" });
    record(&office, "allowance", &people[0], values);
    assert_eq!(list(&office, json!({}))["counts"]["not_receiving"], 0);
    office.later(TimeDelta::minutes(2));
    assert_eq!(list(&office, json!({}))["counts"]["not_receiving"], 0);
}

#[test]
fn outreach_never_tells_what_is_restricted() {
    let Commune { office, people, .. } = commune();
    let values = json!({ "kind": "monthly", "amount": 810_000, "from_month": "2024-07" });
    let allowance = record(&office, "allowance", &people[0], values);
    for values in [
        json!({ "matter": "hiv", "answer": "yes", "from_on": "2020" }),
        json!({ "matter": "allowance_code", "allowance": allowance, "benefit_code": "N335-8" }),
    ] {
        office
            .call("save_restricted", json!({ "kind": "restricted_health", "parent": people[0], "record": { "values": values } }));
    }
    let page = list(&office, json!({}));
    for kind in ["no_longer", "other_amount", "will_cease", "will_change"] {
        assert!(of(&page, &people[0], kind).is_null(), "an allowance whose row is not told is compared with nothing: {page}");
    }
    let text = page.to_string();
    assert!(!text.contains("hiv") && !text.contains("N335-8") && !text.contains("pregnant"), "{text}");
}

#[test]
fn a_code_that_tells_something_restricted_is_not_compared_even_where_it_does_not_belong() {
    let Commune { office, people, .. } = commune();
    let values = json!({ "kind": "monthly", "benefit_code": "N335-8", "amount": 810_000, "from_month": "2024-07" });
    record(&office, "allowance", &people[0], values);
    let page = list(&office, json!({}));
    assert!(!page.to_string().contains("N335-8"), "{page}");
    assert!(of(&page, &people[0], "no_longer").is_null());
}

#[test]
fn a_coming_set_is_tried_on_the_whole_commune() {
    let Commune { office, .. } = commune();
    let preview = office.call("preview_policy", json!({ "before": "2026-06", "after": "2026-07", "offset": 0, "limit": 10 }));
    // 540,000 for 500,000, and 810,000 for 750,000.
    assert_eq!(preview["gains"], json!({ "people": 2, "amount": 100_000 }), "{preview}");
    assert_eq!(preview["loses"]["people"], 0);
    assert_eq!(preview["rows"].as_array().unwrap().len(), 2);
    let documents = json!({ "set": {}, "parameters": [], "benefits": [{ "code": "X" }] });
    let request = json!({ "documents": documents, "offset": 0, "limit": 10 });
    let refused = office.refused("preview_policy", request);
    is(&refused, Code::Invalid);
    assert!(refused.fields.iter().any(|field| field.params.get("row").is_some_and(|row| row == "X")), "{refused:?}");
}

#[test]
fn the_work_desk_shows_the_first_lines_and_what_they_are_about() {
    let Commune { office, people, .. } = commune();
    let desk = office.call("desk_outreach", json!({}));
    assert_eq!(desk["people"], 3);
    let kinds = desk["kinds"].as_array().unwrap();
    let of = |kind: &str| kinds.iter().find(|one| one["kind"] == kind).unwrap_or(&Json::Null).clone();
    assert_eq!(
        (&of("not_receiving")["count"], &of("not_receiving")["first"][0]["full_name"]),
        (&json!(1), &json!("Bùi Thị Nhợi"))
    );
    assert_eq!(of("not_receiving")["groups"][0]["due"][0]["code"], "N176-75");
    assert_eq!(of("no_longer")["groups"], json!([{ "reasons": ["dead"], "due": [], "count": 1 }]));
    assert!(of("will_begin").is_null(), "a kind without lines is left out");
    let page = list(&office, json!({}));
    let key = super::outreach::of(&page, &people[0], "not_receiving")["key"].clone();
    let dismissed = json!({ "person": people[0], "key": key, "reason": "đã có lương hưu ở tỉnh khác" });
    office.call("dismiss_outreach", dismissed);
    let desk = office.call("desk_outreach", json!({}));
    assert!(desk["kinds"].as_array().unwrap().iter().all(|kind| kind["kind"] != "not_receiving"), "what was dismissed is done");
}

#[test]
fn the_first_sign_in_of_a_day_computes_the_lines_beside_it() {
    let Commune { office, .. } = commune();
    let computed = |office: &Office| office.call("desk_outreach", json!({}))["computed_at"].as_str().unwrap().to_owned();
    assert_eq!(computed(&office), "2026-11-23T01:00:00Z", "the time of day is told");
    office.later(TimeDelta::hours(24));
    let uid = office.call("app_state", Json::Null)["workers"][0]["uid"].clone();
    office.desk.close();
    office.call("sign_in", json!({ "uid": uid, "password": PASSWORD }));
    office.desk.session().wait_for_background();
    office.later(TimeDelta::minutes(5));
    assert_eq!(computed(&office), "2026-11-24T01:00:00Z", "the lines were there before anybody asked");
}
