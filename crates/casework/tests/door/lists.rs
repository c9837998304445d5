//! Lists: filtered, counted, kept under a name, taken out and printed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use casework::Code;
use serde_json::{Value as Json, json};

use crate::office::{Office, five, is, member};

fn people(office: &Office, filter: Json) -> Json {
    office.call("list_people", json!({ "filter": filter, "sort": "name", "descending": false, "offset": 0, "limit": 50 }))
}

fn names(office: &Office, filter: Json) -> Vec<String> {
    let rows = people(office, filter)["rows"].clone();
    rows.as_array().unwrap().iter().map(|row| row["full_name"].as_str().unwrap().to_owned()).collect()
}

fn office() -> (Office, String) {
    let office = Office::open();
    let village = office.village("Mu");
    office.household(&village, five().clone());
    (office, village)
}

#[test]
fn people_are_filtered_by_everything_that_is_asked_for() {
    let (office, village) = office();
    assert_eq!(names(&office, json!({ "age_from": 60 })), ["Bùi Thị Nhợi"]);
    assert_eq!(names(&office, json!({ "age_from": 0, "age_to": 2 })), ["Bùi Gia Bảo"]);
    assert_eq!(names(&office, json!({ "sex": "male", "village": village })).len(), 2);
    assert_eq!(names(&office, json!({ "poverty_class": "poor" })).len(), 5);
    assert_eq!(names(&office, json!({ "poverty_class": "not_reviewed" })).len(), 0);
    assert_eq!(names(&office, json!({ "marks": ["no_citizen_id"] })), ["Bùi Thị Ngọc Ánh", "Bùi Gia Bảo"]);
    assert_eq!(names(&office, json!({ "marks": ["no_citizen_id"], "text": "bao" })), ["Bùi Gia Bảo"]);
    assert_eq!(names(&office, json!({ "marks": ["year_only"], "sex": "male" })), ["Bùi Văn Thìn"]);
    assert_eq!(names(&office, json!({ "sex": "unknown" })).len(), 0);
    let request = json!({ "filter": { "marks": ["nonsense"] }, "sort": "name", "descending": false, "offset": 0, "limit": 5 });
    is(&office.refused("list_people", request), Code::BadRequest);
}

#[test]
fn a_filter_by_text_takes_in_everybody_it_fits() {
    let office = Office::open();
    let village = office.village("Mu");
    for n in 0..30 {
        office.household(&village, json!([member(&format!("Bùi Văn Số {n}"), "1960", "male", "", "head")]));
    }
    let found = people(&office, json!({ "text": "bui so" }));
    assert_eq!(found["total"], 30);
}

#[test]
fn each_choice_of_a_filter_says_how_many_it_leaves() {
    let (office, village) = office();
    let counts = |by: &str, filter: Json| {
        let answer = office.call("count_people", json!({ "filter": filter, "by": by, "ages": [{ "from": 60, "to": null }] }));
        let of = |value: &str| {
            let found = answer["counts"].as_array().unwrap().iter().find(|count| count["value"] == value);
            found.map_or(0, |count| count["count"].as_u64().unwrap())
        };
        (of("male"), of(&village), of("60"), of("no_citizen_id"), of("gone"), answer["total"].as_u64().unwrap())
    };
    assert_eq!(counts("sex", json!({ "sex": "female" })), (2, 0, 0, 0, 0, 5), "what is counted by is left out of the filter");
    assert_eq!(counts("village", json!({ "sex": "female" })).1, 3);
    assert_eq!(counts("age", json!({})).2, 1);
    assert_eq!(counts("mark", json!({ "sex": "female" })).3, 1);
    assert_eq!(counts("standing", json!({})).4, 0);
    let households = office.call("count_households", json!({ "filter": {}, "by": "poverty_class" }));
    assert_eq!(households["counts"], json!([{ "value": "poor", "count": 1 }]));
    is(&office.refused("count_people", json!({ "filter": {}, "by": "secret" })), Code::BadRequest);
}

#[test]
fn filters_are_kept_under_a_name_for_their_worker() {
    let (office, _) = office();
    let keep = |name: &str| json!({ "list": "people", "name": name, "body": "{\"filter\":{\"age_from\":80}}" });
    is(&office.refused("save_filter", keep("  ")), Code::Invalid);
    is(&office.refused("save_filter", json!({ "list": "people", "name": "x", "body": "no json" })), Code::BadRequest);
    let kept = office.call("save_filter", keep("Trên 80"));
    assert_eq!(kept["filters"][0]["name"], "Trên 80");
    let id = kept["filters"][0]["id"].clone();
    office.work_as("chairman");
    assert_eq!(office.call("list_filters", Json::Null)["filters"], json!([]), "a filter is its worker's own");
    office.call("delete_filter", json!({ "id": id }));
    let workers = office.call("list_workers", Json::Null);
    let first = workers["workers"][0]["uid"].clone();
    office.call("sign_in", json!({ "uid": first, "password": crate::office::PASSWORD }));
    assert_eq!(office.call("list_filters", Json::Null)["filters"].as_array().unwrap().len(), 1);
    assert_eq!(office.call("delete_filter", json!({ "id": id }))["filters"], json!([]));
}

fn export(rows: Json) -> Json {
    let columns = json!([
        { "id": "name", "heading": "Họ và tên" }, { "id": "birth", "heading": "Ngày sinh" },
        { "id": "citizen_id", "heading": "Số định danh" }, { "id": "age", "heading": "Tuổi" },
    ]);
    json!({ "rows": rows, "columns": columns, "title": "Nhân khẩu: Nữ", "path": null, "reason": "lập danh sách khám" })
}

fn chosen(filter: Json, only: Json, except: Json) -> Json {
    json!({ "list": "people", "filter": filter, "sort": "name", "descending": false, "only": only, "except": except })
}

/// The cells of the exported sheet, row by row.
fn cells(file: &Json) -> Vec<Vec<String>> {
    let bytes = STANDARD.decode(file["bytes"].as_str().unwrap()).unwrap();
    let book = documents::sheet::read(&bytes, "ds.xlsx").unwrap();
    let sheet = &book.sheets[0];
    let row = |row: usize| (0..sheet.width()).map(|column| sheet.cell(row, column).seen()).collect();
    (0..sheet.rows.len()).map(row).collect()
}

#[test]
fn a_list_goes_out_as_it_is_seen_with_right_reason_and_audit() {
    let (office, _) = office();
    let file = office.call("export_list", export(chosen(json!({ "sex": "female" }), Json::Null, json!([]))));
    let rows = cells(&file);
    assert_eq!(rows[0][0], "Nhân khẩu: Nữ");
    assert!(rows[1][0].contains("Quách Thị Huyền") && rows[1][0].contains("23/11/2026"), "{:?}", rows[1]);
    assert_eq!(rows[2], ["Họ và tên", "Ngày sinh", "Số định danh", "Tuổi"]);
    assert_eq!(rows.len(), 3 + 3, "the three women");
    let head = rows.iter().find(|row| row[0] == "Bùi Thị Nhợi").unwrap();
    assert_eq!((head[2].as_str(), head[3].as_str()), ("017150000127", "76"));

    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!((&audit["rows"][0]["act"], &audit["rows"][0]["reason"]), (&json!("export.list"), &json!("lập danh sách khám")));
    let mut without_reason = export(chosen(json!({}), Json::Null, json!([])));
    without_reason["reason"] = json!(" ");
    is(&office.refused("export_list", without_reason), Code::Invalid);
    let mut protected = export(chosen(json!({}), Json::Null, json!([])));
    protected["columns"] = json!([{ "id": "hiv", "heading": "HIV" }]);
    is(&office.refused("export_list", protected), Code::BadRequest);
    office.work_as("one_stop");
    is(&office.refused("export_list", export(chosen(json!({}), Json::Null, json!([])))), Code::NoRight);
}

#[test]
fn a_selection_goes_out_alone() {
    let (office, _) = office();
    let rows = people(&office, json!({}))["rows"].clone();
    let id = rows[1]["id"].clone();
    let some = office.call("export_list", export(chosen(json!({}), json!([id]), json!([]))));
    assert_eq!(cells(&some).len(), 3 + 1);
    let rest = office.call("export_list", export(chosen(json!({}), Json::Null, json!([id]))));
    assert_eq!(cells(&rest).len(), 3 + 4);
}

#[test]
fn a_list_is_printed_as_the_screen_shows_it_and_the_audit_keeps_that() {
    let (office, _) = office();
    let rows = chosen(json!({ "sex": "female" }), Json::Null, json!([]));
    let printed = office.call("print_list", json!({ "rows": rows, "title": "Nhân khẩu: Nữ" }));
    assert_eq!((printed["people"].as_array().unwrap().len(), &printed["total"]), (3, &json!(3)));
    assert!(printed["people"].to_string().contains("017150•••127"), "ids stay masked on paper");
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!((&audit["rows"][0]["act"], &audit["rows"][0]["reason"]), (&json!("list.print"), &json!("Nhân khẩu: Nữ")));
}

#[test]
fn the_quality_of_the_register_is_counted_by_village() {
    let (office, village) = office();
    let other = office.village("Lũy");
    office.household(&other, json!([member("Hà Văn Út", "", "male", "", "child")]));
    let quality = office.call("get_quality", Json::Null);
    let rows = quality["rows"].as_array().unwrap();
    let of = |id: &str| rows.iter().find(|row| row["village"] == id).unwrap();
    let mu = of(&village);
    assert_eq!(mu["village_name"], "xóm Mu");
    let shares =
        ["people", "with_id", "with_birth", "with_village", "complete", "households"].map(|name| mu[name].as_u64().unwrap());
    assert_eq!(shares, [5, 3, 3, 5, 1, 1]);
    let marks = of(&other)["person_marks"].as_array().unwrap().clone();
    assert!(marks.contains(&json!({ "mark": "no_birth_date", "count": 1 })), "{marks:?}");
    assert_eq!(of(&other)["household_marks"], json!([{ "mark": "no_head", "count": 1 }]));
}

#[test]
fn whose_turn_comes_is_told_by_the_store() {
    let office = Office::open();
    let village = office.village("Mu");
    office.household(&village, json!([member("Đinh Thị Mến", "1946-12-01", "female", "", "head")]));
    let birthdays = office.call("list_birthdays", Json::Null)["birthdays"].clone();
    assert_eq!(
        (&birthdays[0]["full_name"], &birthdays[0]["turns"], &birthdays[0]["on"]),
        (&json!("Đinh Thị Mến"), &json!(80), &json!("2026-12-01"))
    );
    assert_eq!(birthdays[0]["known"], Json::Null);
}

#[test]
fn desk_list_roster_and_file_take_the_day_of_a_partial_birth_that_the_commune_has_decided() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, json!([member("Đinh Thị Mến", "1951", "female", "", "head")]));
    let desk = || office.call("list_birthdays", Json::Null)["birthdays"].clone();
    let listed = |age_from: u32| people(&office, json!({ "age_from": age_from }))["rows"][0]["birth_assumed"].clone();
    let months = || {
        let page = office.call("get_household", json!({ "id": saved["id"], "on": null }));
        let roster = office.call("roster_on", json!({ "on": "2026-11-23", "village": null, "offset": 0, "limit": 5 }));
        (page["roster"][0]["age_months"].clone(), roster["rows"][0]["members"][0]["age_months"].clone())
    };
    assert_eq!((desk(), listed(75)), (json!([]), json!("1951-01-01")));
    assert_eq!(months(), (json!(910), json!(910)));
    office.call("change_commune_settings", json!({ "assumed_birth": "last" }));
    assert_eq!((&desk()[0]["turns"], &desk()[0]["on"]), (&json!(75), &json!("2026-12-31")));
    assert_eq!(desk()[0]["known"], "1951", "that it is not known to the day is told");
    assert_eq!((listed(75), listed(74)), (Json::Null, json!("1951-12-31")));
    assert_eq!(months(), (json!(898), json!(898)));
}

#[test]
fn villages_and_households_with_coordinates_are_on_the_map() {
    let office = Office::open();
    let values = json!({ "name": "Mu", "village_type": "xom", "latitude": "20.6123", "longitude": "105.3211" });
    let village = office.call("save_record", json!({ "kind": "village", "record": { "values": values } }))["id"].clone();
    office.village("Lũy");
    let form = json!({
        "household": { "values": { "village": village, "latitude": "20.6130", "longitude": "105.3222" } },
        "members": [member("Đinh Thị Mến", "1946", "female", "", "head")], "poverty": { "values": { "class": "poor" } },
    });
    office.call("save_household", json!({ "form": form }));
    let map = office.call("get_map", Json::Null);
    assert_eq!(map["villages"].as_array().unwrap().len(), 2, "villages without coordinates are in the list beside the map");
    let mu = map["villages"].as_array().unwrap().iter().find(|point| point["id"] == village).unwrap();
    assert_eq!(mu["at"], json!({ "latitude": 20.6123, "longitude": 105.3211 }));
    assert_eq!(
        (&map["households"][0]["head_name"], &map["households"][0]["poverty_class"]),
        (&json!("Đinh Thị Mến"), &json!("poor"))
    );
}
