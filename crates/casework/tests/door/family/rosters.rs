//! Rosters of a village and of the commune on a day.

use base64::Engine as _;
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
fn nobody_is_on_a_roster_before_being_born() {
    let family = Family::new();
    let births = |on: &str| -> Vec<String> {
        let page = roster(&family, json!(family.mu), on);
        let members = page["rows"][0]["members"].as_array().unwrap();
        assert_eq!(page["people"], members.len(), "{on}");
        members.iter().map(|row| text(&row["birth"])).collect()
    };
    let all = births("2026-11-22");
    let on = "2010-01-01";
    let born: Vec<String> = all.iter().filter(|birth| birth.as_str() <= on).cloned().collect();
    assert!(born.len() < all.len(), "{all:?}");
    assert_eq!(births(on), born);
    let page = family.office.call("get_household", json!({ "id": family.household, "on": on }));
    assert_eq!(page["roster"].as_array().unwrap().len(), born.len(), "nor on the page of the household");
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

fn sheet(file: &Json) -> Vec<Vec<String>> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(file["bytes"].as_str().unwrap()).unwrap();
    let book = documents::sheet::read(&bytes, "ds.xlsx").unwrap();
    let sheet = &book.sheets[0];
    (0..sheet.rows.len()).map(|row| (0..sheet.width()).map(|column| sheet.cell(row, column).seen()).collect()).collect()
}

#[test]
fn the_roster_of_a_past_day_goes_out_and_on_paper_as_it_was_that_day() {
    let family = Family::new();
    let leaving = json!([relation(&family.people[1], "head")]);
    family.act("2026-06-01", json!({ "what": "split", "household": family.household, "leaving": leaving }));
    let columns: Vec<Json> = ["head", "name", "relation", "birth", "citizen_id", "age", "village", "class"]
        .map(|id| json!({ "id": id, "heading": id }))
        .into();
    let export = |on: &str| {
        let rows = json!({ "list": "roster", "on": on, "village": family.mu });
        json!({ "rows": rows, "columns": columns, "title": "Nhân khẩu ngày ấy", "path": null, "reason": "đối chiếu năm cũ" })
    };
    let rows = sheet(&family.office.call("export_list", export("2026-05-31")));
    assert!(rows[1][0].contains("Quách Thị Huyền") && rows[1][0].contains("23/11/2026"), "{:?}", rows[1]);
    let thin = rows.iter().find(|row| row[1] == "Bùi Văn Thìn").unwrap();
    assert_eq!(thin, &["Bùi Thị Nhợi", "Bùi Văn Thìn", "Con đẻ", "1978", "017078000452", "48", "xóm Mu", "Hộ nghèo"]);
    assert_eq!(rows.len(), 3 + 5);
    let audit = family.office.call("list_audit", json!({ "offset": 0, "limit": 1 }));
    assert_eq!((&audit["rows"][0]["act"], &audit["rows"][0]["reason"]), (&json!("export.list"), &json!("đối chiếu năm cũ")));
    let after = sheet(&family.office.call("export_list", export("2026-06-01")));
    assert_eq!(after.iter().find(|row| row[1] == "Bùi Văn Thìn").unwrap()[0], "Bùi Văn Thìn", "his own head since then");

    let request =
        json!({ "rows": { "list": "roster", "on": "2026-05-31", "village": null }, "title": "Nhân khẩu ngày 31/05/2026" });
    let printed = family.office.call("print_list", request);
    assert_eq!((heads(&json!({ "rows": printed["roster"] })), &printed["total"]), (vec!["Bùi Thị Nhợi".to_owned()], &json!(5)));
    let audit = family.office.call("list_audit", json!({ "offset": 0, "limit": 1 }));
    assert_eq!(audit["rows"][0]["act"], "list.print");
    family.office.work_as("one_stop");
    crate::office::is(&family.office.refused("export_list", export("2026-05-31")), casework::Code::NoRight);
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
