//! Villages renamed and merged; addresses before and after the communes were merged.

use casework::Code;
use serde_json::{Value as Json, json};

use super::{Family, text};
use crate::office::is;

fn label(choices: &Json) -> Vec<String> {
    choices["villages"].as_array().unwrap().iter().map(|village| text(&village["label"])).collect()
}

#[test]
fn merged_villages_end_in_one_and_households_keep_the_village_of_their_day() {
    let family = Family::new();
    let (neighbour, _) = family.neighbour();
    let merge = json!({
        "what": "merge_villages", "villages": [family.mu, family.chieng], "name": "Mu Chiềng", "village_type": "xom",
        "decision_no": "05/NQ-HĐND",
    });
    family.is_taken_back("2026-09-01", merge.clone());
    let done = family.act("2026-09-01", merge.clone());
    let choices = family.office.call("list_villages", Json::Null);
    assert_eq!(label(&choices), ["xóm Mu Chiềng"]);
    for household in [&family.household, &neighbour] {
        assert_eq!(family.view(household, None)["village_name"], "xóm Mu Chiềng");
    }
    assert_eq!(family.view(&neighbour, Some("2026-08-31"))["village_name"], "xóm Chiềng");
    let listed = family.office.call(
        "list_households",
        json!({ "filter": { "village": done["id"] }, "sort": "name", "descending": false, "offset": 0, "limit": 50 }),
    );
    assert_eq!(listed["total"], 2, "the list of the new village has the households of both");
    assert_eq!(listed["rows"][0]["village_name"], "Mu Chiềng");
    let found = family.office.call("search", json!({ "text": "bui thi nhoi mu chieng", "limit": 5 }));
    assert_eq!(found["results"][0]["id"], family.people[0]);
    let on = |day: &str| {
        let places = family.office.call("get_places", json!({ "on": day }));
        let rows = places["villages"].as_array().unwrap().clone();
        rows.iter().filter(|row| row["in_force"] == true).map(|row| text(&row["full_name"])).collect::<Vec<_>>()
    };
    assert_eq!(on("2026-09-01"), ["xóm Mu Chiềng"]);
    assert_eq!(on("2026-08-31"), ["xóm Chiềng", "xóm Mu"]);
    let form = family.office.call("open_household_form", json!({ "id": family.household }));
    assert_eq!(form["household"]["values"]["village"], done["id"], "the form offers the village as it is called today");
    assert!(family.refused("2026-10-01", merge).contains(&"villages village_ended".to_owned()));
}

#[test]
fn a_renamed_village_keeps_its_region_status() {
    let family = Family::new();
    let status = json!({ "values": { "kind": "special_village", "valid_from": "2021-06-04" } });
    family.office.call("save_record", json!({ "kind": "region_status", "parent": family.mu, "record": status }));
    let rename = json!({ "what": "rename_village", "village": family.mu, "name": "Mu Mới", "village_type": "xom" });
    family.is_taken_back("2026-09-01", rename.clone());
    family.act("2026-09-01", rename);
    let view = |on: &str| {
        let view = family.view(&family.household, Some(on));
        (text(&view["village_name"]), text(&view["region_status"]))
    };
    assert_eq!(view("2026-08-31"), ("xóm Mu".to_owned(), "special_village".to_owned()));
    assert_eq!(view("2026-09-01"), ("xóm Mu Mới".to_owned(), "special_village".to_owned()));
}

#[test]
fn villages_need_the_right_of_places() {
    let family = Family::new();
    family.office.work_as("officer");
    let rename = json!({ "what": "rename_village", "village": family.mu, "name": "Mu Mới", "village_type": "xom" });
    is(&family.office.refused("do_act", json!({ "on": "2026-09-01", "act": rename })), Code::NoRight);
}

#[test]
fn an_address_is_that_of_its_day_before_and_after_the_communes_were_merged() {
    let family = Family::new();
    let address = |on: &str| text(&family.view(&family.household, Some(on))["address"]);
    assert_eq!(address("2025-07-01"), "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(address("2025-06-30"), "xóm Mu, Huyện Tân Lạc, Tỉnh Hòa Bình", "an old commune that nobody told is left out");
    let mut form = family.office.call("open_record", json!({ "kind": "village", "id": family.mu }));
    form["values"]["former_unit"] = json!(51581);
    family.office.call("save_record", json!({ "kind": "village", "record": form }));
    assert_eq!(address("2025-06-30"), "xóm Mu, Xã Phong Phú, Huyện Tân Lạc, Tỉnh Hòa Bình");
    assert_eq!(address("2026-01-01"), "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
}
