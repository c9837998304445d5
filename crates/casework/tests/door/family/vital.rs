//! Birth and death.

use serde_json::json;

use super::{Family, codes, relation, text};

#[test]
fn a_child_is_born_into_the_household_with_mother_and_father() {
    let family = Family::new();
    let birth = json!({
        "what": "birth", "household": family.household, "relationship": "grandchild",
        "child": { "full_name": "Bùi Minh Khang", "sex": "male", "ethnic_code": "06" },
        "mother": family.people[2], "father": family.people[1],
    });
    family.is_taken_back("2026-10-02", birth.clone());
    family.act("2026-10-02", birth);
    assert_eq!(family.names(&family.household, "2026-10-01").len(), 5);
    assert!(family.names(&family.household, "2026-10-02").contains(&"Bùi Minh Khang".to_owned()));
    let child = family.people(json!({ "text": "bui minh khang" }))["rows"][0]["id"].clone();
    let page = family.person(&text(&child));
    let links = page["records"].as_array().unwrap().iter().find(|group| group["kind"] == "parent_link").unwrap();
    let told: Vec<String> = links["records"].as_array().unwrap().iter().map(|link| text(&link["names"]["parent"])).collect();
    assert_eq!(told, ["Bùi Văn Thìn", "Quách Thị Hậu"]);
    assert_eq!(page["person"]["opened"]["values"]["birth_date"], "2026-10-02");
}

#[test]
fn a_birth_with_an_odd_mother_is_told_and_one_without_a_name_is_refused() {
    let family = Family::new();
    let birth = |name: &str, mother: usize| {
        json!({
            "what": "birth", "household": family.household, "relationship": "grandchild",
            "child": { "full_name": name }, "mother": family.people[mother],
        })
    };
    assert_eq!(family.refused("2026-10-02", birth("", 2)), ["child.full_name name_missing"]);
    let told = family.office.call("check_act", json!({ "on": "2026-10", "act": birth("Bùi Thị An", 0) }));
    assert!(codes(&told["problems"]).contains(&"parent_age_odd".to_owned()), "{told}");
}

#[test]
fn a_death_ends_the_membership_and_leaves_allowances_to_the_worker() {
    let family = Family::new();
    let allowance = json!({ "values": { "kind": "social_pension", "amount": 540_000, "from_month": "2025-07" } });
    family.office.call("save_record", json!({ "kind": "allowance", "parent": family.people[0], "record": allowance }));
    let staying = json!([relation(&family.people[1], "head"), relation(&family.people[2], "spouse")]);
    let death = |staying: serde_json::Value| json!({ "what": "death", "person": family.people[0], "certificate_no": "12/2026", "staying": staying });
    assert_eq!(family.refused("2026-11-02", death(json!([]))), ["staying act_head_missing"]);
    family.is_taken_back("2026-11-02", death(staying.clone()));
    let done = family.act("2026-11-02", death(staying.clone()));
    assert_eq!(codes(&done["problems"]), ["death_allowance_open"]);
    assert_eq!(family.names(&family.household, "2026-11-02").len(), 5, "the day of death still counts");
    assert_eq!(family.names(&family.household, "2026-11-03").len(), 4);
    assert_eq!(family.view(&family.household, None)["head_name"], "Bùi Văn Thìn");
    let page = family.person(&family.people[0]);
    assert_eq!(codes(&page["findings"]), ["death_allowance_open"], "it is found again until somebody ends it");
    let rows = page["records"].as_array().unwrap().iter().find(|group| group["kind"] == "allowance").unwrap();
    assert!(rows["records"][0]["opened"]["values"]["to_month"].is_null(), "the allowance is untouched");
    assert_eq!(family.refused("2026-11-05", death(staying)), ["on act_already_dead"]);
}

#[test]
fn a_death_of_this_month_ends_the_membership_with_the_day_of_entry() {
    let family = Family::new();
    let staying = json!([relation(&family.people[1], "head")]);
    family.act("2026-11", json!({ "what": "death", "person": family.people[0], "staying": staying }));
    let heads = |on: &str| family.roster(&family.household, on).into_iter().filter(|(_, relation)| relation == "head").count();
    assert_eq!((heads("2026-11-23"), heads("2026-11-24"), heads("2026-12-01")), (1, 1, 1), "never two heads on one day");
    assert_eq!(family.view(&family.household, Some("2026-11-24"))["head_name"], "Bùi Văn Thìn");
}

#[test]
fn a_death_known_to_the_year_is_saved() {
    let family = Family::new();
    family.is_taken_back("2024", json!({ "what": "death", "person": family.people[4] }));
    family.act("2024", json!({ "what": "death", "person": family.people[4] }));
    assert_eq!(family.names(&family.household, "2024-12-31").len(), 5);
    assert_eq!(family.names(&family.household, "2025-01-01").len(), 4);
    for (on, people) in [("2024-12-31", 5), ("2025-01-01", 4)] {
        let page = family.office.call("roster_on", json!({ "village": family.mu, "on": on, "offset": 0, "limit": 1 }));
        assert_eq!(page["people"], people, "the roster of the village counts the same, {on}");
    }
}
