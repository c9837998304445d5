//! Lists that meet a register: who is the same, what is filled, what is asked, what is taken back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use documents::sheet::{Cell, Shown};
use serde_json::{Value as Json, json};

use crate::office::Office;

const FIRST: &str = "Mã hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Số CCCD,Dân tộc,Xóm,Phân loại hộ
H1,Bùi Văn Nhợ,Chủ hộ,1949,Nam,017049000410,Mường,Xóm Mu,
H1,Quách Thị Thẳm,Vợ,1953,Nữ,,Mường,Xóm Mu,
H2,Hà Công Đoàn,Chủ hộ,12/03/1971,Nam,017071000413,Kinh,Xóm Mới,
";

fn read(office: &Office, text: &str) -> Json {
    office.call("read_sheet", json!({ "path": null, "name": "ds.csv", "bytes": STANDARD.encode(text) }))
}

fn request(office: &Office, text: &str) -> Json {
    json!({ "file": read(office, text)["file"], "mappings": [] })
}

fn take(office: &Office, text: &str) -> Json {
    let request = request(office, text);
    office.call("apply_import", request)
}

fn exported(office: &Office) -> Vec<Json> {
    let request = json!({ "format": "json", "path": null, "reason": "đối chiếu", "filter": {} });
    let bytes = office.call("export_register", request)["bytes"].as_str().unwrap().to_owned();
    let all: Json = serde_json::from_slice(&STANDARD.decode(bytes).unwrap()).unwrap();
    all["households"].as_array().unwrap().clone()
}

fn members(households: &[Json]) -> Vec<&Json> {
    households.iter().flat_map(|household| household["members"].as_array().unwrap()).collect()
}

fn person<'a>(households: &'a [Json], name: &str) -> &'a Json {
    members(households).into_iter().find(|member| member["full_name"] == name).unwrap_or_else(|| panic!("no {name}"))
}

fn planned<'a>(plan: &'a Json, name: &str) -> &'a Json {
    let households = plan["preview"].as_array().unwrap().iter();
    let mut members = households.flat_map(|household| household["members"].as_array().unwrap());
    members.find(|member| member["full_name"] == name).unwrap_or_else(|| panic!("no {name}"))
}

fn kinds(plan: &Json) -> Vec<(u64, String)> {
    let problems = plan["problems"].as_array().unwrap().iter();
    problems.map(|problem| (problem["row"].as_u64().unwrap(), problem["kind"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn what_the_register_lacks_is_filled_and_what_differs_stays() {
    let office = Office::open();
    take(&office, FIRST);
    let second = "Mã hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Số CCCD,Dân tộc,Xóm,Phân loại hộ,Điện thoại
H1,BÙI VĂN NHỢ,Chủ hộ,12/03/1949,Nam,017049000410,Thái,Xóm Mu,Hộ nghèo,0912345678
H1,Quách Thị Thẳm,Vợ,1953,Nữ,017153000411,Mường,Xóm Mu,Hộ nghèo,
";
    let request = request(&office, second);
    let plan = office.call("plan_import", request.clone());
    assert_eq!((&plan["households"], &plan["people"], &plan["known"]), (&json!(0), &json!(0), &json!(2)));
    let head = planned(&plan, "Bùi Văn Nhợ");
    assert_eq!(head["match_state"], "changed");
    assert_eq!(head["original_name"], "BÙI VĂN NHỢ");
    let changes: Vec<(&str, bool)> = head["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| (change["column"].as_str().unwrap(), change["take"].as_bool().unwrap()))
        .collect();
    assert_eq!(changes, [("birth_date", true), ("ethnic_code", false), ("phone", true)]);
    assert!(kinds(&plan).contains(&(2, "register_differs".to_owned())));

    let done = office.call("apply_import", request);
    assert_eq!((&done["people"], &done["changed"]), (&json!(0), &json!(3)), "two people and their household");
    let households = exported(&office);
    let head = person(&households, "Bùi Văn Nhợ");
    assert_eq!(
        (&head["birth"], &head["phone"], &head["ethnic_code"]),
        (&json!("1949-03-12"), &json!("0912345678"), &json!("06"))
    );
    assert_eq!(person(&households, "Quách Thị Thẳm")["citizen_id"], "017153000411");
    let home = households.iter().find(|household| household["key"] == "H1").unwrap();
    assert_eq!(home["poverty_class"], "poor");
    assert_eq!(members(&households).len(), 3);

    let undone = office.call("undo_import", json!({ "import": done["import"] }));
    assert_eq!(undone["kept"], 0);
    let households = exported(&office);
    let head = person(&households, "Bùi Văn Nhợ");
    assert_eq!((&head["birth"], head.get("phone")), (&json!("1949"), None), "what was filled is taken back");
    assert_eq!(members(&households).len(), 3, "and nobody who was there before goes");
}

#[test]
fn a_worker_chooses_field_by_field_or_for_all() {
    let second = "Mã hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Số CCCD,Dân tộc,Xóm
H1,Bùi Văn Nhợ,Chủ hộ,1950,Nam,017049000410,Thái,Xóm Mu
";
    let after = |choice: &dyn Fn(&Json) -> Json| {
        let office = Office::open();
        take(&office, FIRST);
        let request = request(&office, second);
        let key = planned(&office.call("plan_import", request.clone()), "Bùi Văn Nhợ")["key"].clone();
        let mut request = request;
        for (name, value) in choice(&key).as_object().unwrap() {
            request[name] = value.clone();
        }
        office.call("apply_import", request);
        let households = exported(&office);
        let head = person(&households, "Bùi Văn Nhợ");
        (head["birth"].as_str().unwrap().to_owned(), head["ethnic_code"].as_str().unwrap().to_owned())
    };
    let pair = |birth: &str, ethnic: &str| (birth.to_owned(), ethnic.to_owned());
    assert_eq!(after(&|_| json!({})), pair("1949", "06"));
    assert_eq!(after(&|_| json!({ "prefer_list": true })), pair("1950", "03"));
    let one = |key: &Json| json!({ "choices": { key.as_str().unwrap(): { "ethnic_code": true } } });
    assert_eq!(after(&one), pair("1949", "03"));
    let other = |key: &Json| json!({ "prefer_list": true, "choices": { key.as_str().unwrap(): { "birth_date": false } } });
    assert_eq!(after(&other), pair("1949", "03"));
}

#[test]
fn a_new_member_joins_the_household_that_is_there() {
    let office = Office::open();
    take(&office, FIRST);
    let done = take(
        &office,
        "Mã hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Số CCCD,Xóm
H1,Bùi Văn Nhợ,Chủ hộ,1949,Nam,017049000410,Xóm Mu
H1,Bùi Gia Bảo,Cháu nội,20/02/2024,Nam,,Xóm Mu
",
    );
    assert_eq!((&done["households"], &done["people"]), (&json!(0), &json!(1)));
    let households = exported(&office);
    assert_eq!(households.len(), 2);
    let home = households.iter().find(|household| household["key"] == "H1").unwrap();
    assert_eq!(home["members"].as_array().unwrap().len(), 3);
}

#[test]
fn somebody_listed_twice_is_made_once_with_what_both_rows_say() {
    let office = Office::open();
    let text = "Mã hộ,Họ và tên,Quan hệ,Ngày sinh,Giới tính,Số CCCD,Điện thoại,Xóm
H1,Bùi Văn Nhợ,Chủ hộ,,Nam,017049000410,,Mu
H2,Hà Công Đoàn,Chủ hộ,1971,Nam,017071000413,,Mu
H2,Bùi Văn Nhợ,Anh,12/03/1949,Nam,017049000410,0912345678,Mu
H3,Xa Thị Lan,Chủ hộ,1980,Nữ,017071000413,,Mu
";
    let request = request(&office, text);
    let plan = office.call("plan_import", request.clone());
    assert!(kinds(&plan).contains(&(4, "listed_twice".to_owned())), "{:?}", kinds(&plan));
    assert!(kinds(&plan).contains(&(5, "same_id_in_file".to_owned())), "another name under the same id is another person");
    let done = office.call("apply_import", request);
    assert_eq!((&plan["people"], &done["people"], &done["households"]), (&json!(3), &json!(3), &json!(3)));
    let households = exported(&office);
    let twice = person(&households, "Bùi Văn Nhợ");
    assert_eq!((&twice["birth"], &twice["phone"]), (&json!("1949-03-12"), &json!("0912345678")));
}

#[test]
fn who_only_may_be_the_same_is_offered_and_stays_two_until_somebody_says_so() {
    let text = "Họ và tên,Quan hệ,Ngày sinh,Giới tính,Xóm
Hà Công Đoàn,Chủ hộ,12/03/1971,Nam,Xóm Xa
";
    let people = |same: Option<bool>| {
        let office = Office::open();
        take(&office, FIRST);
        let mut request = request(&office, text);
        let plan = office.call("plan_import", request.clone());
        let member = planned(&plan, "Hà Công Đoàn");
        assert_eq!(member["match_state"], "maybe");
        assert!(kinds(&plan).contains(&(2, "maybe_in_register".to_owned())));
        if let Some(same) = same {
            request["choices"] = json!({ member["key"].as_str().unwrap(): { "same": same } });
        }
        office.call("apply_import", request);
        members(&exported(&office)).len()
    };
    assert_eq!((people(None), people(Some(false)), people(Some(true))), (4, 4, 3));
}

#[test]
fn a_cell_is_mended_where_it_is_told_and_the_row_is_shown_whole() {
    let office = Office::open();
    let text = "Họ và tên,Ngày sinh,Xóm\nBùi Văn Nhợ,12/03/49,Mu\n,1950,Mu\n";
    let mut request = request(&office, text);
    let plan = office.call("plan_import", request.clone());
    assert_eq!(kinds(&plan), [(2, "date_two_digit_year".to_owned()), (3, "name_missing".to_owned())]);
    let sheet = plan["problems"][0]["sheet"].clone();
    request["mends"] = json!([
        { "sheet": sheet, "row": 2, "column": 1, "text": "12/03/1949" },
        { "sheet": sheet, "row": 3, "column": 0, "text": "Bu\u{300}i Thị Lan" },
    ]);
    let plan = office.call("plan_import", request.clone());
    assert_eq!((kinds(&plan), &plan["people"]), (Vec::new(), &json!(2)));
    let row = office.call("read_row", json!({ "list": request, "sheet": sheet, "row": 3 }));
    let texts: Vec<&str> = row["cells"].as_array().unwrap().iter().map(|cell| cell["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Bùi Thị Lan", "1950", "Mu"]);
    office.call("apply_import", request);
    assert_eq!(person(&exported(&office), "Bùi Văn Nhợ")["birth"], "1949-03-12");
}

#[test]
fn a_question_about_a_column_is_asked_and_its_answer_followed() {
    let office = Office::open();
    let mut request = request(&office, "Họ và tên,Ngày sinh\nA An,3/17/1948\nB Ba,12/25/1950\nC Tư,3/4/1952\n");
    let plan = office.call("plan_import", request.clone());
    let question = &plan["questions"][0];
    assert_eq!((&question["kind"], &question["count"], &question["answer"]), (&json!("date_order"), &json!(3), &Json::Null));
    request["mappings"] = json!([{
        "sheet": question["sheet"], "taken": true, "header_row": 1, "columns": {}, "orders": { "1": "month_first" },
    }]);
    let plan = office.call("plan_import", request);
    assert_eq!((&plan["questions"][0]["answer"], &plan["questions"][0]["count"]), (&json!("month_first"), &json!(0)));
    assert_eq!(planned(&plan, "C Tư")["birth"], "1952-03-04");
}

#[test]
fn a_column_that_reads_both_ways_is_asked_once_and_the_answer_remembered() {
    let office = Office::open();
    let text = "Họ và tên,Ngày sinh\nA An,12/5/1960\nB Ba,3/4/1952\n";
    let mut first = request(&office, text);
    let plan = office.call("plan_import", first.clone());
    assert_eq!(kinds(&plan), [(1, "date_order_assumed".to_owned())]);
    let question = &plan["questions"][0];
    assert_eq!((&question["kind"], &question["count"], &question["answer"]), (&json!("date_order"), &json!(2), &Json::Null));
    assert_eq!(
        (&question["examples"], &planned(&plan, "A An")["birth"]),
        (&json!(["12/5/1960 · 3/4/1952"]), &json!("1960-05-12"))
    );
    first["mappings"] = json!([{
        "sheet": question["sheet"], "taken": true, "header_row": 1, "columns": {}, "orders": { "1": "month_first" },
    }]);
    let plan = office.call("plan_import", first.clone());
    assert_eq!((kinds(&plan), &plan["questions"][0]["answer"]), (Vec::new(), &json!("month_first")));
    office.call("apply_import", first);
    assert_eq!(person(&exported(&office), "A An")["birth"], "1960-12-05");
    let next = office.call("plan_import", request(&office, &text.replace("A An", "C Tư")));
    assert_eq!(
        (&next["questions"][0]["answer"], &planned(&next, "C Tư")["birth"]),
        (&json!("month_first"), &json!("1960-12-05"))
    );
    assert_eq!(next["problems"][0]["level"], "info");
    let told = office.call("plan_import", request(&office, &text.replace("3/4/1952", "13/4/1952")));
    assert_eq!(planned(&told, "A An")["birth"], "1960-05-12", "a file that tells is not asked");
}

#[test]
fn columns_corrected_by_hand_come_back_with_the_next_file_of_the_layout() {
    let office = Office::open();
    let text = "STT,Họ và tên,Mã số riêng\n1,Bùi Văn Nhợ,017049000410\n";
    let first = read(&office, text);
    let column = |read: &Json| read["sheets"][0]["columns"][2]["target"].clone();
    assert_eq!((column(&first), &first["sheets"][0]["remembered"]), (Json::Null, &json!(false)));
    let sheet = first["sheets"][0]["name"].clone();
    let mapping = json!({ "sheet": sheet, "taken": true, "header_row": 1, "columns": { "0": "ordinal", "1": "full_name", "2": "citizen_id" } });
    office.call("apply_import", json!({ "file": first["file"], "mappings": [mapping] }));
    let next = read(&office, &text.replace("Nhợ", "Thìn").replace("410", "411"));
    assert_eq!((column(&next), &next["sheets"][0]["remembered"]), (json!("citizen_id"), &json!(true)));
    let done = office.call("apply_import", json!({ "file": next["file"], "mappings": [] }));
    assert_eq!(done["people"], 1);
    assert_eq!(person(&exported(&office), "Bùi Văn Thìn")["citizen_id"], "017049000411");
}

#[test]
fn another_header_row_gives_other_columns() {
    let office = Office::open();
    let first = read(&office, "Tên,Năm\nHọ và tên,Ngày sinh\nBùi Văn Nhợ,1949\n");
    let under =
        office.call("read_header", json!({ "file": first["file"], "sheet": first["sheets"][0]["name"], "header_row": 1 }));
    assert_eq!((&under["header_row"], &under["columns"][0]["heading"]), (&json!(1), &json!("Tên")));
}

#[test]
fn what_could_not_be_taken_stays_beside_the_person_until_they_go() {
    let office = Office::open();
    let done = take(&office, "Họ và tên,Ngày sinh,Xóm,CCCD\nBÙI VĂN NHỢ,31/02/1949,Mu,17049000410\nBùi Thị Lan,1950,Mu,\n");
    let households = exported(&office);
    let id = person(&households, "Bùi Văn Nhợ")["id"].clone();
    let sources = office.call("list_person_sources", json!({ "id": id }));
    let source = &sources["sources"][0];
    assert_eq!((&source["name"], &source["row"], &source["written"]), (&json!("ds.csv"), &json!(2), &json!("BÙI VĂN NHỢ")));
    assert_eq!(
        (&source["problems"][0]["read"], &source["problems"][0]["kind"]),
        (&json!("31/02/1949"), &json!("date_impossible"))
    );
    let id = &source["problems"][1];
    assert_eq!((&id["kind"], &id["read"]), (&json!("id_zero_added"), &json!("•".repeat(11))));
    assert!(!sources.to_string().contains("17049000410"), "the whole id is shown on an act of its own");
    let report = office.call("get_import", json!({ "import": done["import"] }));
    assert_eq!(report["problems"].as_array().unwrap().len(), 2);
    office.call("undo_import", json!({ "import": done["import"] }));
    let report = office.call("get_import", json!({ "import": done["import"] }));
    assert_eq!(report["problems"].as_array().unwrap().len(), 0, "nothing is kept of people who went");
}

#[test]
fn a_thousand_people_go_out_and_come_back_the_same() {
    let office = Office::open();
    let names = ["Bùi Văn Ửng", "Quách Thị Thúy", "Đinh Công Lượng", "Hà Thị Ỷ", "Sùng A Páo", "Nguyễn Thị Huyền Trang"];
    let births = ["1948", "3/1952", "17/3/1961", "", "29/02/1980", "05/11/2019"];
    let mut text = "Mã hộ,Họ và tên,Quan hệ,Ngày sinh,Giới tính,Số CCCD,CMND 9 số,Dân tộc,Điện thoại,Hôn nhân,Trình độ,Nghề nghiệp,Tên gọi khác,Xóm,Địa chỉ,Diện hộ\n".to_owned();
    for number in 0..1000_usize {
        let (household, place) = (number / 4, number % 4);
        let name = names[number * 7 % names.len()];
        let (sex, digit) = if name.contains("Thị") { ("Nữ", 1) } else { ("Nam", 0) };
        let birth = births[number % births.len()];
        let id = if number % 9 == 0 {
            String::new()
        } else {
            format!("0{}{digit}{:02}{:06}", [17, 25, 1][number % 3], number % 100, number % 1000)
        };
        let id = if id.len() == 11 { format!("0{id}") } else { id };
        let relation = ["Chủ hộ", "Vợ, chồng", "Con", "Cháu"][place];
        text += &format!(
            "H-{household:03},{name},\"{relation}\",{birth},{sex},{id},{},{},{},{},{},{},{},Xóm {},\"Số {number}, đường liên thôn\",{}\n",
            if number % 5 == 0 { format!("113{number:06}") } else { String::new() },
            ["Mường", "Kinh", "Mông", "Dao", "Thái"][number % 5],
            if number % 3 == 0 { format!("0912{number:06}") } else { String::new() },
            ["", "Góa", ""][number % 3],
            ["", "Tiểu học"][number % 2],
            ["", "Làm ruộng; nuôi ong"][number % 2],
            ["", "Cụ Páo"][usize::from(number % 50 == 0)],
            ["Bưng", "Lũy Ải", "Chiềng Khến"][household % 3],
            ["Hộ nghèo", "Hộ cận nghèo", "", "Không"][household % 4],
        );
    }
    let done = take(&office, &text);
    assert_eq!((&done["households"], &done["people"]), (&json!(250), &json!(1000)));
    let request = json!({ "format": "xlsx", "path": null, "reason": "đối chiếu", "filter": {} });
    let made = office.call("export_register", request);
    types_are_right(&STANDARD.decode(made["bytes"].as_str().unwrap()).unwrap());
    let other = Office::open();
    let read = other.call("read_sheet", json!({ "path": null, "name": made["name"], "bytes": made["bytes"] }));
    other.call("apply_import", json!({ "file": read["file"], "mappings": [] }));
    let comparable = |office: &Office| {
        let mut households = exported(office);
        for household in &mut households {
            for member in household["members"].as_array_mut().unwrap() {
                member.as_object_mut().unwrap().remove("id");
            }
            household["members"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
        }
        households.sort_by_key(|household| household["key"].to_string());
        households
    };
    let (before, after) = (comparable(&office), comparable(&other));
    assert_eq!(members(&before).len(), 1000);
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other);
    }
    assert_eq!(before.len(), after.len());
}

/// Numbers with zeros are text, full dates are dates, partial ones are text, letters are whole, and the sheet says who
/// took it out and when.
fn types_are_right(bytes: &[u8]) {
    let book = documents::sheet::read(bytes, "a.xlsx").unwrap();
    let rows = &book.sheets[0].rows;
    let above: String = rows.iter().take(2).flatten().map(Cell::seen).collect();
    assert!(above.contains("Quách Thị Huyền") && above.contains("23/11/2026"), "{above}");
    let header = rows.iter().position(|row| row.iter().any(|cell| cell.seen() == "Số CCCD")).unwrap();
    let column = |heading: &str| rows[header].iter().position(|cell| cell.seen() == heading).unwrap();
    let cells = |heading: &str| {
        let column = column(heading);
        rows.iter().skip(header + 1).filter_map(move |row| row.get(column)).filter(|cell| !cell.is_empty())
    };
    for heading in ["Số CCCD", "Số CMND", "Điện thoại", "Mã hộ"] {
        assert!(cells(heading).all(|cell| matches!(cell, Cell::Text(_))), "{heading}");
    }
    assert!(cells("Số CCCD").all(|cell| cell.seen().len() == 12));
    for cell in cells("Ngày sinh") {
        match cell {
            Cell::Date(_, shown) => assert_eq!(*shown, Shown::Day),
            Cell::Text(text) => assert!(text.len() < 8, "a full date is a date: {text}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(cells("Họ và tên").any(|cell| cell.seen() == "Bùi Văn Ửng"));
}

#[test]
fn somebody_spelt_otherwise_is_offered_for_the_reasons_that_the_hints_give() {
    let office = Office::open();
    take(&office, FIRST);
    let text = "Họ và tên,Quan hệ,Ngày sinh,Giới tính,Xóm
Hà Công Đàon,Chủ hộ,12/03/1971,Nam,Xóm Mới
Hà Công Đoan,Chủ hộ,1999,Nam,Xóm Mới
";
    let plan = office.call("plan_import", request(&office, text));
    let slip = planned(&plan, "Hà Công Đàon");
    assert_eq!((&slip["match_state"], &slip["evidence"]), (&json!("maybe"), &json!(["name_typo", "birth_same", "village_same"])));
    assert_eq!(planned(&plan, "Hà Công Đoan")["match_state"], "new", "another year of birth is another person");
    let found =
        office.call("find_similar_people", json!({ "full_name": "Hà Công Đàon", "birth_date": "1971-03-12", "sex": "male" }));
    assert_eq!(found["people"][0]["person"]["id"], slip["person"], "the hints mean the same person");
}

#[test]
fn who_has_the_number_further_down_is_not_taken_for_a_namesake_above() {
    let office = Office::open();
    take(&office, FIRST);
    let text = "Họ và tên,Quan hệ,Ngày sinh,Giới tính,Số CCCD,Xóm
Bùi Văn Nhợ,Chủ hộ,1949,Nam,,Xóm Mu
Bùi Văn Nhợ,Chủ hộ,1949,Nam,017049000410,Xóm Mu
";
    let plan = office.call("plan_import", request(&office, text));
    let members: Vec<&Json> =
        plan["preview"].as_array().unwrap().iter().flat_map(|household| household["members"].as_array().unwrap()).collect();
    let states: Vec<&str> = members.iter().map(|member| member["match_state"].as_str().unwrap()).collect();
    assert_eq!(states, ["new", "same"]);
}

#[test]
fn a_list_without_a_header_mapped_by_hand_comes_back_mapped() {
    let office = Office::open();
    let text = "1,Bùi Văn Nhợ,12/03/1949,Xóm Mu\n2,Hà Công Đoàn,05/11/1971,Xóm Mu\n3,Quách Thị Thẳm,1953,Xóm Mu\n";
    let first = read(&office, text);
    let sheet = &first["sheets"][0];
    assert_eq!((&sheet["taken"], &sheet["header_row"], &sheet["remembered"]), (&json!(false), &Json::Null, &json!(false)));
    let columns = json!({ "0": "ordinal", "1": "full_name", "2": "birth", "3": "village" });
    let mapping = json!({ "sheet": sheet["name"], "taken": true, "header_row": null, "columns": columns });
    let done = office.call("apply_import", json!({ "file": first["file"], "mappings": [mapping] }));
    assert_eq!(done["people"], 3);

    let next = read(&office, "1,Đinh Thị Ước,17/02/1952,Xóm Mới\n2,Bùi Văn Thưởng,01/04/1978,Xóm Mới\n");
    let sheet = &next["sheets"][0];
    assert_eq!((&sheet["taken"], &sheet["remembered"]), (&json!(true), &json!(true)));
    let done = office.call("apply_import", json!({ "file": next["file"], "mappings": [] }));
    assert_eq!(done["people"], 2);
    assert_eq!(person(&exported(&office), "Đinh Thị Ước")["birth"], "1952-02-17");

    let other = read(&office, "Bùi Thị Lan,017180000411\nBùi Thị Hoa,017181000412\n");
    assert_eq!(other["sheets"][0]["remembered"], false, "another form is another list");
}

#[test]
fn a_class_that_stands_only_in_the_title_is_asked_and_never_taken() {
    let office = Office::open();
    let text = "DANH SÁCH HỘ NGHÈO NĂM 2025,,\nHọ và tên,Ngày sinh,Xóm\nBùi Văn Nhợ,1949,Mu\nHà Công Đoàn,1971,Mu\n";
    let mut request = request(&office, text);
    let plan = office.call("plan_import", request.clone());
    assert_eq!(kinds(&plan), [(1, "class_in_title".to_owned())]);
    assert_eq!(plan["problems"][0]["level"], "info");
    let question = plan["questions"][0].clone();
    assert_eq!((&question["kind"], &question["class"], &question["count"]), (&json!("poverty_class"), &json!("poor"), &json!(2)));
    let classes = |plan: &Json| -> Vec<Json> {
        plan["preview"].as_array().unwrap().iter().map(|household| household["poverty_class"].clone()).collect()
    };
    assert_eq!((classes(&plan), &question["answer"]), (vec![Json::Null; 2], &Json::Null));

    let answer =
        |class: &str| json!([{ "sheet": question["sheet"], "taken": true, "header_row": 2, "columns": {}, "class": class }]);
    request["mappings"] = answer("");
    let plan = office.call("plan_import", request.clone());
    assert_eq!((classes(&plan), kinds(&plan), &plan["questions"][0]["answer"]), (vec![Json::Null; 2], vec![], &json!("")));

    request["mappings"] = answer("poor");
    let plan = office.call("plan_import", request.clone());
    assert_eq!((classes(&plan), kinds(&plan)), (vec![json!("poor"); 2], vec![]));
    office.call("apply_import", request);
    let listed = json!({ "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 10 });
    let household = office.call("list_households", listed)["rows"][0]["id"].clone();
    let view = office.call("get_household", json!({ "id": household, "on": "2025-07-01" }));
    assert_eq!(view["poverty_on"], "poor", "for the year that the title names");
}
