//! Rosters of a village and of the commune on a day.

use serde_json::{Value as Json, json};

use super::{Family, relation, text};

fn roster(family: &Family, village: Json, on: &str) -> Json {
    family.office.call("roster_on", json!({ "village": village, "on": on, "offset": 0, "limit": 50 }))
}

fn heads(page: &Json) -> Vec<String> {
    page["rows"].as_array().unwrap().iter().map(|row| text(&row["head_name"])).collect()
}

#[test]
fn the_roster_of_a_village_is_that_of_its_day() {
    let family = Family::new();
    family.neighbour();
    let to = json!({ "to": "village", "village": family.chieng });
    family.act("2026-05-01", json!({ "what": "move_household", "household": family.household, "destination": to }));
    family.act("2026-06-01", json!({ "what": "death", "person": family.people[4] }));
    let before = roster(&family, json!(family.mu), "2026-04-30");
    assert_eq!((heads(&before), &before["people"]), (vec!["Bùi Thị Nhợi".to_owned()], &json!(5)));
    assert_eq!(roster(&family, json!(family.mu), "2026-05-01")["total"], 0);
    let after = roster(&family, json!(family.chieng), "2026-06-02");
    assert_eq!((&after["total"], &after["people"]), (&json!(2), &json!(5)));
    assert_eq!(after["rows"][0]["poverty_class"], "poor");
    assert!(roster(&family, Json::Null, "2024-06-01")["rows"][0]["poverty_class"].is_null(), "not reviewed that year");
}

#[test]
fn the_roster_of_a_merged_village_before_its_day_has_the_villages_it_was_made_of() {
    let family = Family::new();
    family.neighbour();
    let merge =
        json!({ "what": "merge_villages", "villages": [family.mu, family.chieng], "name": "Mu Chiềng", "village_type": "xom" });
    let new = family.act("2026-09-01", merge)["id"].clone();
    for on in ["2026-08-31", "2026-09-01"] {
        assert_eq!(roster(&family, new.clone(), on)["total"], 2, "{on}");
    }
    let before = roster(&family, new, "2026-08-31");
    let mut names: Vec<String> = before["rows"].as_array().unwrap().iter().map(|row| text(&row["village_name"])).collect();
    names.sort();
    assert_eq!(names, ["xóm Chiềng", "xóm Mu"]);
    assert_eq!(roster(&family, json!(family.chieng), "2026-08-31")["total"], 1);
}

#[test]
fn the_roster_of_the_commune_is_paged_and_in_order() {
    let family = Family::new();
    family.neighbour();
    let split = json!({
        "what": "split", "household": family.household, "leaving": [relation(&family.people[1], "head")],
    });
    family.act("2026-06-01", split);
    let page = |offset: u32| {
        let request = json!({ "on": "2026-06-01", "offset": offset, "limit": 2 });
        let page = family.office.call("roster_on", request);
        assert_eq!((&page["total"], &page["people"]), (&json!(3), &json!(6)));
        heads(&page)
    };
    assert_eq!([page(0), page(2)].concat().len(), 3);
    assert_eq!(roster(&family, Json::Null, "2026-05-31")["total"], 2);
}
