//! A person asked that the use of their data be limited: left out of what is given out, changed only for a reason.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use casework::Code;
use serde_json::{Value as Json, json};

use crate::entitlements::record;
use crate::office::{Office, five, is, member};

/// An office with a household of five, and the request of its head.
struct Limited {
    office: Office,
    household: Json,
    head: Json,
    second: Json,
    request: Json,
}

fn limited() -> Limited {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let (head, second) = (saved["member_ids"][0].clone(), saved["member_ids"][1].clone());
    let request = ask(&office, &head);
    Limited { office, household: saved["id"].clone(), head, second, request }
}

fn ask(office: &Office, person: &Json) -> Json {
    let values = json!({ "matter": "limit", "filed_on": "2026-11-20", "asked": "không đưa tên tôi ra ngoài" });
    json!(record(office, "data_request", person, values))
}

impl Limited {
    fn rename(&self, name: &str) -> Json {
        let mut form = self.office.call("open_record", json!({ "kind": "person", "id": self.head }));
        form["values"]["other_name"] = json!(name);
        json!({ "kind": "person", "record": form })
    }

    fn page(&self) -> Json {
        self.office.call("get_person", json!({ "id": self.head }))
    }
}

fn people(filter: Json) -> Json {
    json!({ "list": "people", "filter": filter, "sort": "name", "descending": false, "only": null, "except": [] })
}

fn export(rows: Json) -> Json {
    json!({ "rows": rows, "columns": [{ "id": "name", "heading": "Họ tên" }], "title": "x", "path": null, "reason": "lập danh sách" })
}

fn text_of(file: &Json) -> String {
    let bytes = STANDARD.decode(file["bytes"].as_str().unwrap()).unwrap();
    let book = documents::sheet::read(&bytes, "a.xlsx").unwrap();
    book.sheets[0].rows.iter().flatten().map(|cell| cell.seen() + "\n").collect()
}

#[test]
fn who_asked_to_be_limited_is_in_nothing_that_is_given_out_and_the_list_says_so() {
    let limited = limited();
    let office = &limited.office;
    let file = office.call("export_list", export(people(json!({}))));
    assert_eq!((text_of(&file).contains("Nhợi"), &file["left_out"]), (false, &json!(1)));
    let roster = json!({ "list": "roster", "on": "2026-11-23", "village": null });
    let mut of_day = export(roster.clone());
    of_day["columns"] = json!([{ "id": "head", "heading": "Chủ hộ" }, { "id": "name", "heading": "Họ tên" }]);
    let file = office.call("export_list", of_day);
    assert_eq!((text_of(&file).contains("Nhợi"), text_of(&file).contains("Thìn"), &file["left_out"]), (false, true, &json!(1)));
    let households =
        json!({ "list": "households", "filter": {}, "sort": "name", "descending": false, "only": null, "except": [] });
    let mut of_households = export(households.clone());
    of_households["columns"] = json!([{ "id": "head", "heading": "Chủ hộ" }, { "id": "code", "heading": "Mã" }]);
    assert!(!text_of(&office.call("export_list", of_households)).contains("Nhợi"));
    let whole = json!({ "format": "json", "path": null, "reason": "đối chiếu", "filter": {} });
    let file = office.call("export_register", whole);
    let all = String::from_utf8(STANDARD.decode(file["bytes"].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!((all.contains("Nhợi"), all.contains("Thìn"), &file["left_out"]), (false, true, &json!(1)));
    for rows in [people(json!({})), households, roster] {
        let printed = office.call("print_list", json!({ "rows": rows, "title": "x" }));
        assert!(!printed.to_string().contains("Nhợi") && printed["left_out"] == 1, "{printed}");
    }
}

#[test]
fn who_asked_to_be_limited_is_in_no_adjustment_run_on_paper_or_in_a_file() {
    let office = Office::open();
    let village = office.village("Mu");
    for (name, born) in [("Bùi Văn Nhợi", "1979-05-06"), ("Bùi Văn Thìn", "1978-02-03")] {
        let saved = office.household(&village, json!([member(name, born, "male", "", "head")]));
        let person = &saved["member_ids"][0];
        record(&office, "disability_certificate", person, json!({ "severity": "severe", "valid_from": "2020-01-05" }));
        let received = json!({ "kind": "monthly", "benefit_code": "N20-6-SV", "amount": 750_000, "from_month": "2024-07" });
        record(&office, "allowance", person, received);
        if name.ends_with("Nhợi") {
            ask(&office, person);
        }
    }
    let span = json!({ "from": "2026-07", "to": "2026-11", "offset": 0, "limit": 10 });
    let shown = office.call("list_adjustments", span.clone());
    assert_eq!((&shown["total"], &shown["left_out"]), (&json!(2), &json!(0)), "the screen of the office shows everybody");
    let printed = office.call("print_adjustments", span);
    assert_eq!((&printed["total"], &printed["left_out"]), (&json!(1), &json!(1)), "{printed}");
    assert!(!printed.to_string().contains("Nhợi") && printed.to_string().contains("Thìn"), "{printed}");
    assert_eq!(printed["back_pay"], printed["rows"][0]["back_pay"], "the sums are those of the people on the paper");
    let take = json!({ "from": "2026-07", "to": "2026-11", "path": null, "reason": "trình chủ tịch" });
    let file = office.call("export_adjustments", take);
    assert_eq!((text_of(&file).contains("Nhợi"), text_of(&file).contains("Thìn"), &file["left_out"]), (false, true, &json!(1)));
}

#[test]
fn who_asked_to_be_limited_is_changed_only_after_a_reason_that_the_audit_keeps() {
    let limited = limited();
    let office = &limited.office;
    let page = limited.page();
    assert_eq!((&page["limited"]["since"], &page["limited"]["opened"]), (&json!("2026-11-20"), &json!(false)));
    is(&office.refused("save_record", limited.rename("Bà Nhợi")), Code::Limited);
    let new_head = json!([{ "person": limited.second, "relationship": "head" }]);
    let death = json!({ "what": "death", "person": limited.head, "staying": new_head });
    is(&office.refused("do_act", json!({ "on": "2026-11-22", "act": death })), Code::Limited);
    let mut form = office.call("open_household_form", json!({ "id": limited.household }));
    form["members"][1]["person"]["values"]["other_name"] = json!("Thìn Con");
    office.call("save_household", json!({ "form": form }));
    let mut form = office.call("open_household_form", json!({ "id": limited.household }));
    form["members"][0]["person"]["values"]["other_name"] = json!("Bà Nhợi");
    is(&office.refused("save_household", json!({ "form": form })), Code::Limited);
    is(&office.refused("open_limited", json!({ "person": limited.head, "reason": "vì" })), Code::Invalid);

    office.call("open_limited", json!({ "person": limited.head, "reason": "ghi theo giấy khai sinh" }));
    assert_eq!(limited.page()["limited"]["opened"], true);
    office.call("save_record", limited.rename("Bà Nhợi"));
    let audit = office.call("list_audit", json!({ "offset": 0, "limit": 1 }));
    assert_eq!(
        (&audit["rows"][0]["act"], &audit["rows"][0]["reason"]),
        (&json!("limited.open"), &json!("ghi theo giấy khai sinh"))
    );

    office.call("lock", Json::Null);
    office.call("sign_in", json!({ "uid": 1, "password": crate::office::PASSWORD }));
    is(&office.refused("save_record", limited.rename("Bà Cả")), Code::Limited);
}

#[test]
fn a_limit_ends_where_it_is_refused_or_lifted() {
    for answer in [json!({ "outcome": "refused", "answered_on": "2026-11-22" }), json!({ "lifted_on": "2026-11-23" })] {
        let limited = limited();
        let mut form = limited.office.call("open_record", json!({ "kind": "data_request", "id": limited.request }));
        for (column, value) in answer.as_object().unwrap() {
            form["values"][column] = value.clone();
        }
        limited.office.call("save_record", json!({ "kind": "data_request", "record": form }));
        assert!(limited.page()["limited"].is_null(), "{answer}");
        limited.office.call("save_record", limited.rename("Bà Cả"));
    }
}

#[test]
fn a_list_that_comes_in_changes_nothing_of_who_asked_to_be_limited() {
    let limited = limited();
    let office = &limited.office;
    let text = "Họ và tên,Quan hệ,Ngày sinh,Giới tính,Số CCCD,Xóm,Điện thoại\nBùi Thị Nhợi,Chủ hộ,12/03/1950,Nữ,017150000127,Xóm Mu,0912345678\n";
    let read = office.call("read_sheet", json!({ "path": null, "name": "a.csv", "bytes": STANDARD.encode(text) }));
    office.call("apply_import", json!({ "file": read["file"], "mappings": [] }));
    assert!(limited.page()["person"]["opened"]["values"].get("phone").is_none());
}
