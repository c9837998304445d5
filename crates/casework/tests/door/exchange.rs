//! Lists in and out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use crate::office::{Office, five};

const LIST: &str = "STT,Mã hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Số CCCD,Xóm,Phân loại hộ
1,H1,Bùi Văn Nhợ,Chủ hộ,12/03/1949,Nam,017049000410,Xóm Mu,Hộ nghèo
2,H1,Quách Thị Thẳm,Vợ,1953,Nữ,,Xóm Mu,Hộ nghèo
3,H2,Hà Công Đoàn,Chủ hộ,45/13/1971,Nam,017071000413,Xóm Mới,Cận nghèo
";

fn read(office: &Office) -> String {
    let read = office.call("read_sheet", json!({ "path": null, "name": "ds.csv", "bytes": STANDARD.encode(LIST) }));
    read["file"].as_str().unwrap().to_owned()
}

#[test]
fn a_list_comes_in_and_is_taken_back_but_for_what_was_edited() {
    let office = Office::open();
    office.village("Mu");
    let file = read(&office);
    let plan = office.call("plan_import", json!({ "file": file, "mappings": [] }));
    assert_eq!((&plan["households"], &plan["people"]), (&json!(2), &json!(3)));
    assert_eq!(plan["new_villages"], json!(["Xóm Mới"]), "xóm Mu is there already");
    assert!(plan["problems"].as_array().unwrap().iter().any(|problem| problem["row"] == 4 && problem["level"] == "error"));

    let done = office.call("apply_import", json!({ "file": file, "mappings": [] }));
    assert_eq!(done["people"], 3, "a bad cell never costs the person");
    let found = office.call("search", json!({ "text": "ha cong doan", "limit": 1 }));
    let edited = found["results"][0]["id"].clone();
    let mut record = office.call("open_record", json!({ "id": edited, "kind": "person" }));
    record["values"]["birth_date"] = json!("1971");
    office.call("save_record", json!({ "kind": "person", "record": record }));

    let undone = office.call("undo_import", json!({ "import": done["import"] }));
    assert!(undone["kept"].as_u64().unwrap() > 0);
    let left = office.call("search", json!({ "text": "bui van nho", "limit": 5 }));
    assert_eq!(left["results"].as_array().unwrap().len(), 0);
    let kept = office.call("search", json!({ "text": "ha cong doan", "limit": 5 }));
    assert_eq!(kept["results"][0]["id"], edited);
}

#[test]
fn the_same_list_twice_makes_nobody_twice() {
    let office = Office::open();
    let file = read(&office);
    office.call("apply_import", json!({ "file": file, "mappings": [] }));
    let file = read(&office);
    let plan = office.call("plan_import", json!({ "file": file, "mappings": [] }));
    let done = office.call("apply_import", json!({ "file": file, "mappings": [] }));
    assert!(plan["known"].as_u64().unwrap() >= 2, "{plan}");
    let people =
        office.call("list_people", json!({ "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 50 }));
    assert_eq!(people["total"].as_u64().unwrap(), 3 + done["people"].as_u64().unwrap());
}

#[test]
fn what_goes_out_comes_back_the_same() {
    let office = Office::open();
    let village = office.village("Mu");
    office.household(&village, five().clone());
    let request = |format: &str| json!({ "format": format, "path": null, "reason": "đối chiếu", "filter": {} });
    let made = office.call("export_register", request("xlsx"));
    let other = Office::open();
    let read = other.call("read_sheet", json!({ "path": null, "name": made["name"], "bytes": made["bytes"] }));
    other.call("apply_import", json!({ "file": read["file"], "mappings": [] }));
    let members = |office: &Office| {
        let bytes = office.call("export_register", request("json"))["bytes"].as_str().unwrap().to_owned();
        let all: Json = serde_json::from_slice(&STANDARD.decode(bytes).unwrap()).unwrap();
        let mut members = all["households"][0]["members"].as_array().unwrap().clone();
        for member in &mut members {
            member.as_object_mut().unwrap().remove("id");
        }
        members
    };
    assert_eq!(members(&office), members(&other));
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 5 }));
    assert_eq!((&audit["rows"][0]["act"], &audit["rows"][0]["reason"]), (&json!("export"), &json!("đối chiếu")));
}
