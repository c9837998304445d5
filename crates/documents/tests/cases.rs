//! Lists as they really lie on commune machines, one trouble each.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

mod support;

use chrono::NaiveDate;
use documents::legacy::{self, Encoding};
use documents::lists::{DateOrder, LeftOutReason, Mapping, ProblemKind, ReadList, Remembered, Target, propose, propose_at, read};
use documents::sheet::{self, Mend, Workbook};
use domain::Level;
use support::write::{Page, Put, xlsx};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn book(text: &str) -> Workbook {
    sheet::read(text.as_bytes(), "danh-sach.csv").unwrap()
}

fn list(text: &str) -> ReadList {
    let book = book(text);
    read(&book, &propose(&book), today())
}

fn kinds(list: &ReadList) -> Vec<(u32, ProblemKind)> {
    list.problems.iter().map(|problem| (problem.row, problem.kind)).collect()
}

fn names(list: &ReadList) -> Vec<Vec<&str>> {
    list.households.iter().map(|household| household.members.iter().map(|member| member.full_name.as_str()).collect()).collect()
}

#[test]
fn a_bad_cell_never_costs_the_person() {
    let list = list(
        "Mã hộ,Họ và tên,Quan hệ,Ngày sinh,Giới tính,Dân tộc,CCCD,Diện hộ,SĐT\nH1,Bùi Văn An,Chủ hộ,31/02/1950,?,Xyz,12345,gì đó,abc\n",
    );
    assert_eq!(names(&list), [["Bùi Văn An"]]);
    let member = &list.households[0].members[0];
    assert_eq!(
        (member.birth, member.sex.as_ref(), member.ethnic_code.as_ref(), member.citizen_id.as_ref()),
        (None, None, None, None)
    );
    let mut found: Vec<ProblemKind> = list.problems.iter().map(|problem| problem.kind).collect();
    found.sort();
    assert_eq!(
        found,
        [
            ProblemKind::DateImpossible,
            ProblemKind::IdLength,
            ProblemKind::EthnicGroupUnknown,
            ProblemKind::PovertyClassUnknown,
            ProblemKind::PhoneUnreadable
        ]
    );
    assert!(list.problems.iter().all(|problem| problem.row == 2 && problem.level == Level::Error && !problem.read.is_empty()));
    let date = list.problems.iter().find(|problem| problem.kind == ProblemKind::DateImpossible).unwrap();
    assert_eq!((date.column.as_str(), date.heading.as_str(), date.read.as_str()), ("D", "Ngày sinh", "31/02/1950"));
}

#[test]
fn an_empty_cell_is_no_problem() {
    let list = list(
        "Mã hộ,Họ và tên,Quan hệ,Ngày sinh,Giới tính,Dân tộc,CCCD,Diện hộ,SĐT\nH1,Bùi Văn An,,,,,,,\n,Bùi Thị Lan,-,,,, ,,\n",
    );
    assert!(list.problems.is_empty(), "{:?}", list.problems);
    assert_eq!(names(&list), [["Bùi Văn An", "Bùi Thị Lan"]]);
}

#[test]
fn only_a_row_without_a_name_is_no_person() {
    let list = list("STT,Họ và tên,Ngày sinh,CCCD\n1,Bùi Văn An,1950,\n2,,1951,017051000011\n3,,,\n4,Bùi Thị Lan,,\n");
    assert_eq!(names(&list).concat(), ["Bùi Văn An", "Bùi Thị Lan"]);
    assert_eq!(kinds(&list), [(3, ProblemKind::NameMissing)]);
}

#[test]
fn titles_totals_and_signatures_are_left_out() {
    let list = list(
        "UBND XÃ MƯỜNG BI,,,CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n,,,Độc lập - Tự do - Hạnh phúc\n\nDANH SÁCH HỘ NGHÈO XÓM BƯNG NĂM 2026\n\n\
         STT,Họ và tên chủ hộ,Năm sinh,Số khẩu,Ghi chú\n(1),(2),(3),(4),(5)\n1,Bùi Văn An,1950,4,\n2,Tống Thị Lan,1961,3,trưởng xóm\n,Cộng: 2 hộ,,7,\n\n\
         ,,,\"Mường Bi, ngày 23 tháng 11 năm 2026\"\n,NGƯỜI LẬP BIỂU,,TM. UBND XÃ\n,,,CHỦ TỊCH\n\n,Hà Thị Xuất,,Bùi Văn Kỷ\n",
    );
    assert_eq!(names(&list), [["Bùi Văn An"], ["Tống Thị Lan"]]);
    let household = &list.households[0];
    assert_eq!((household.village.as_deref(), household.poverty_year, household.size), (Some("Xóm Bưng"), Some(2026), Some(4)));
    assert_eq!(household.members[0].relationship.as_deref(), Some("head"));
    assert_eq!(kinds(&list), [(4, ProblemKind::ClassInTitle)], "the class is asked, never taken from the title");
    assert_eq!(household.poverty_class, None);
    let reasons: Vec<LeftOutReason> = list.left_out.iter().map(|left| left.reason).collect();
    assert_eq!(reasons.iter().filter(|reason| **reason == LeftOutReason::Total).count(), 1);
    assert_eq!(list.left_out.last().unwrap().row, 16);
}

#[test]
fn a_total_with_its_count_under_the_names_is_nobody() {
    let list = list("STT,Họ và tên,Năm sinh,Nam,Nữ\n1,Bùi Văn An,1950,x,\n2,Bùi Thị Lan,1961,,x\nTổng cộng,2 người,,1,1\n");
    assert_eq!(names(&list).concat(), ["Bùi Văn An", "Bùi Thị Lan"]);
    assert_eq!(list.left_out.last().map(|left| left.reason), Some(LeftOutReason::Total));
}

#[test]
fn classes_as_titles_hold_for_the_households_below() {
    let list = list(
        "STT,Họ và tên chủ hộ,Năm sinh\nI,HỘ NGHÈO,\n1,Bùi Văn An,1950\n2,Hồ Văn Ban,1951\nII,Hộ cận nghèo: 1 hộ,\n1,Bàn Thị Lan,1961\n",
    );
    let classes: Vec<Option<&str>> = list.households.iter().map(|household| household.poverty_class.as_deref()).collect();
    assert_eq!(classes, [Some("poor"), Some("poor"), Some("near_poor")]);
    assert_eq!(names(&list).concat(), ["Bùi Văn An", "Hồ Văn Ban", "Bàn Thị Lan"]);
}

#[test]
fn a_double_inside_the_file_is_told_at_the_later_row() {
    let list = list(
        "Mã hộ,Họ và tên,Ngày sinh,Giới tính,CCCD\nH1,Bùi Văn An,17/3/1950,Nam,017050000011\nH2,Bùi Văn Bốn,1951,Nam,017051000012\nH3,BÙI VĂN AN,17/03/1950,Nam,\nH4,Bùi Văn Tư,1951,Nam,017 051 000 012\n",
    );
    assert_eq!(names(&list).len(), 4, "nobody is left out");
    assert_eq!(kinds(&list), [(4, ProblemKind::SamePersonInFile), (5, ProblemKind::SameIdInFile)]);
    assert_eq!(list.problems[1].params["row"], "3");
    assert_eq!(list.households[2].members[0].original_name.as_deref(), Some("BÙI VĂN AN"));
}

#[test]
fn an_id_that_contradicts_is_kept_and_told() {
    let list = list("Họ và tên,Ngày sinh,Giới tính,CCCD\nBùi Văn An,1950,Nam,017151000011\nBùi Thị Lan,1960,Nữ,003160000012\n");
    assert_eq!(list.households[0].members[0].citizen_id.as_deref(), Some("017151000011"));
    assert_eq!(
        kinds(&list),
        [(2, ProblemKind::IdContradictsSex), (2, ProblemKind::IdContradictsBirth), (3, ProblemKind::IdUnknownProvince)]
    );
}

#[test]
fn two_heads_are_told_and_both_kept() {
    let list = list("Mã hộ,Họ và tên,Quan hệ\nH1,Bùi Văn An,Chủ hộ\nH1,Bùi Văn Ba,Chủ hộ\n");
    assert_eq!(names(&list), [["Bùi Văn An", "Bùi Văn Ba"]]);
    assert_eq!(kinds(&list), [(3, ProblemKind::TwoHeads)]);
}

#[test]
fn a_row_that_says_otherwise_about_the_household_is_told() {
    let list = list("Mã hộ,Họ và tên,Quan hệ,Xóm,Diện hộ\nH1,Bùi Văn An,Chủ hộ,Bưng,HN\nH1,Bùi Thị Lan,Vợ,Mới,CN\n");
    assert_eq!(
        (list.households[0].village.as_deref(), list.households[0].poverty_class.as_deref()),
        (Some("Bưng"), Some("poor"))
    );
    assert_eq!(kinds(&list), [(3, ProblemKind::HouseholdDiffers), (3, ProblemKind::HouseholdDiffers)]);
}

#[test]
fn the_head_whose_word_cannot_be_read_still_begins_a_household() {
    let list = list("STT,Họ và tên,Quan hệ\n1,Bùi Văn An,Chủ hộ\n,Bùi Thị Lan,Vợ\n2,Bùi Văn Ba,Chủ hộj\n,Bùi Thị Tư,Vợ\n");
    assert_eq!(names(&list), [["Bùi Văn An", "Bùi Thị Lan"], ["Bùi Văn Ba", "Bùi Thị Tư"]]);
    assert_eq!(kinds(&list), [(4, ProblemKind::RelationshipUnknown)]);
}

#[test]
fn a_code_that_comes_back_is_the_same_household() {
    let list = list("Mã hộ,Họ và tên,Quan hệ\nH1,Bùi Văn An,Chủ hộ\nH2,Bùi Văn Ba,Chủ hộ\nH1,Bùi Thị Lan,Vợ\n");
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan"], vec!["Bùi Văn Ba"]]);
    assert_eq!(list.households[0].key, "H1");
}

#[test]
fn without_a_code_the_key_is_sheet_and_row() {
    let list = list("Họ và tên,Quan hệ\nBùi Văn An,Chủ hộ\nBùi Thị Lan,Vợ\nBùi Văn Ba,Chủ hộ\n");
    let keys: Vec<&str> = list.households.iter().map(|household| household.key.as_str()).collect();
    assert_eq!(keys, ["danh-sach:2", "danh-sach:4"]);
}

#[test]
fn further_members_in_one_row_are_people() {
    let list = list(
        "Họ tên chủ hộ,Năm sinh,CCCD,Họ tên vợ/chồng,Năm sinh,CCCD,Xóm\nBùi Văn An,1950,017050000011,Bùi Thị Lan,1952,017152000012,Bưng\nBùi Văn Ba,1960,,,,,Bưng\n",
    );
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan"], vec!["Bùi Văn Ba"]]);
    let spouse = &list.households[0].members[1];
    assert_eq!(
        (spouse.relationship.as_deref(), spouse.citizen_id.as_deref(), spouse.birth.unwrap().to_string().as_str()),
        (Some("spouse"), Some("017152000012"), "1952")
    );
    assert_eq!(list.households[0].village.as_deref(), Some("Bưng"));
}

#[test]
fn members_in_one_cell_of_a_household_are_people() {
    let text = "STT,Họ tên chủ hộ,Năm sinh,Số CCCD,Số khẩu,Các thành viên trong hộ,Xóm\n\
        1,Bùi Văn An,1960,017060000011,4,\"Bùi Văn An (1960), vợ Bùi Thị Bé 1962; con: Bùi Văn Cò\",Bưng\n\
        2,Bùi Thị Tư,1950,,1,,Bưng\n\
        3,Hà Văn Sáu,1951,,3,\"Hà Thị Bảy - vợ - 1953\nđi làm xa cả, Hà Văn Tám 31/02/1990\",Mới\n";
    let list = list(text);
    assert_eq!(
        names(&list),
        [vec!["Bùi Văn An", "Bùi Thị Bé", "Bùi Văn Cò"], vec!["Bùi Thị Tư"], vec!["Hà Văn Sáu", "Hà Thị Bảy", "Hà Văn Tám"]]
    );
    let first = &list.households[0].members;
    let relations: Vec<Option<&str>> = first.iter().map(|member| member.relationship.as_deref()).collect();
    assert_eq!(relations, [Some("head"), Some("spouse"), Some("child")]);
    assert_eq!((first[0].citizen_id.as_deref(), first[1].birth.unwrap().year()), (Some("017060000011"), 1962));
    let told: Vec<_> = list
        .problems
        .iter()
        .map(|problem| (problem.row, problem.kind, problem.level, problem.column.as_str(), problem.read.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (2, ProblemKind::SizeDiffers, Level::Info, "E", "4"),
            (4, ProblemKind::DateImpossible, Level::Error, "F", "Hà Văn Tám 31/02/1990"),
            (4, ProblemKind::MemberUnreadable, Level::Error, "F", "đi làm xa cả"),
        ]
    );
}

#[test]
fn a_heading_of_several_over_one_name_each_heads_a_column_of_people() {
    let list = list("STT,Các thành viên trong hộ,Quan hệ,Năm sinh\n1,Bùi Văn An,Chủ hộ,1950\n2,Bùi Thị Lan,Vợ,1952\n");
    assert_eq!(names(&list), [["Bùi Văn An", "Bùi Thị Lan"]]);
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

/// Written by another program (xlwt): shared strings, short numbers, two sheets, titles, headers and codes merged.
const OLD_EXCEL: &[u8] = include_bytes!("support/hai-xom.xls");

#[test]
fn a_workbook_of_the_old_excel_gives_its_people() {
    let book = sheet::read(OLD_EXCEL, "hai-xom.xls").unwrap();
    let list = read(&book, &propose(&book), today());
    let people: Vec<String> = list
        .households
        .iter()
        .flat_map(|household| household.members.iter().map(move |member| (household, member)))
        .map(|(household, member)| {
            let birth = member.birth.map(|birth| birth.to_string()).unwrap_or_default();
            let id = member.citizen_id.as_ref().or(member.old_id.as_ref()).map_or("", String::as_str);
            let (village, relation) = (household.village.as_deref().unwrap_or_default(), member.relationship.as_deref());
            let sex = member.sex.as_deref().unwrap_or_default();
            format!("{village} {} {} {} {sex} {birth} {id}", household.key, member.full_name, relation.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        people,
        [
            "Xóm Bưng B-01 Bùi Văn Ửng head male 1948-03-17 017048000123",
            "Xóm Bưng B-01 Bùi Thị Hiền spouse female 1950 017150000124",
            "Xóm Bưng B-01 Bùi Văn Lượng child male 1975 017075000125",
            "Xóm Bưng B-02 Đinh Thị Ước head female 1952-03 113000126",
            "Xóm Lũy Ải L-01 Quách Công Nhợ head male 1960-12-05 017060000127",
            "Xóm Lũy Ải L-01 Quách Thị Ỷ child female 1999-02-28 ",
            "Xóm Lũy Ải L-02 Lò Văn Páo head male  ",
        ]
    );
    let told: Vec<_> = list.problems.iter().map(|problem| (problem.sheet.as_str(), problem.row, problem.kind)).collect();
    assert_eq!(told, [("Xóm Bưng", 5, ProblemKind::IdZeroAdded), ("Xóm Lũy Ải", 7, ProblemKind::DateImpossible)]);
}

#[test]
fn surname_and_given_name_in_two_columns_are_one_name() {
    let list = list("STT,Họ và tên đệm,Tên,Năm sinh\n1,Bùi Văn,An,1950\n");
    assert_eq!(names(&list).concat(), ["Bùi Văn An"]);
}

#[test]
fn the_year_of_birth_in_the_column_of_a_sex_tells_both() {
    let list = list("STT,Họ và tên,Nam,Nữ,Ghi chú\n1,Bùi Văn An,1950,,\n2,Bùi Thị Lan,,1952,\n");
    let sexes: Vec<Option<&str>> = list.households.iter().map(|household| household.members[0].sex.as_deref()).collect();
    assert_eq!(sexes, [Some("male"), Some("female")]);
    assert_eq!(list.households[1].members[0].birth.unwrap().to_string(), "1952");
}

#[test]
fn a_village_in_the_address_is_found() {
    let list = list("Họ và tên chủ hộ,Địa chỉ\nBùi Văn An,\"Số 5, xóm Bưng, xã Mường Bi\"\n");
    assert_eq!((list.households[0].village.as_deref(), list.households[0].address.as_deref()), (Some("Xóm Bưng"), Some("Số 5")));
}

#[test]
fn an_age_column_is_no_birth_and_parents_are_no_people() {
    let list = list("STT,Họ và tên,Tuổi,Họ tên cha,Họ tên mẹ,Năm sinh\n1,Bùi Văn An,12,Bùi Văn Ba,Bùi Thị Tư,2014\n");
    assert_eq!(names(&list).concat(), ["Bùi Văn An"]);
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

#[test]
fn disability_and_the_rest_are_read() {
    let list = list(
        "Họ và tên,Quan hệ,Dạng tật,Mức độ khuyết tật,Số giấy xác nhận khuyết tật,Hôn nhân,Ngày cấp CCCD,Nơi cấp CCCD,CCCD,Ghi chú\nBùi Văn An,Chủ hộ,\"Vận động, nhìn\",ĐBN,KT-012,Góa,15/6/2021,Cục CS,017050000011,sống một mình\n",
    );
    let member = &list.households[0].members[0];
    assert_eq!(member.disability_types, ["movement", "vision"]);
    assert_eq!(member.disability_severity.as_deref(), Some("extremely_severe"));
    assert_eq!(member.marital_status.as_deref(), Some("widowed"));
    assert_eq!(member.citizen_id_issued_on, NaiveDate::from_ymd_opt(2021, 6, 15));
    assert_eq!((member.citizen_id_place.as_deref(), member.note.as_deref()), (Some("Cục CS"), Some("sống một mình")));
    assert_eq!(member.disability_certificate.as_deref(), Some("KT-012"));
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

#[test]
fn a_mapping_corrected_by_hand_is_remembered_for_its_layout() {
    let text = "STT,Họ và tên,Mã số riêng\n1,Bùi Văn An,017050000011\n";
    let book = book(text);
    let mut mapping = propose(&book);
    let column = mapping.sheets[0].columns.iter_mut().find(|column| column.index == 2).unwrap();
    assert_eq!(column.target, None);
    column.target = Some(Target::CitizenId);
    let kept = serde_json::to_string(&mapping).unwrap();
    let corrected: Mapping = serde_json::from_str(&kept).unwrap();
    assert_eq!(read(&book, &corrected, today()).households[0].members[0].citizen_id.as_deref(), Some("017050000011"));

    let next = self::book(&text.replace("An", "Ba"));
    let mut mapping = propose(&next);
    mapping.remember(&next, &remembered(&corrected));
    assert!(read(&next, &mapping, today()).households[0].members[0].citizen_id.is_some());

    let moved = self::book(&format!("UBND xã,,\nDanh sách,,\n{text}"));
    let mut mapping = propose(&moved);
    mapping.remember(&moved, &remembered(&corrected));
    assert_eq!(mapping.sheets[0].columns[2].target, Some(Target::CitizenId), "wherever the header stands");

    let other = self::book(&text.replace("STT", "TT"));
    let mut mapping = propose(&other);
    mapping.remember(&other, &remembered(&corrected));
    assert_eq!(mapping, propose(&other), "another layout is another list");
}

fn remembered(mapping: &Mapping) -> Vec<Remembered> {
    let keep =
        |sheet: &documents::lists::SheetMapping| Remembered { layout: sheet.layout.clone(), columns: sheet.columns.clone() };
    mapping.sheets.iter().map(keep).collect()
}

#[test]
fn a_header_that_was_pointed_out_is_found_again() {
    let text = "Sổ của xóm,,\nTên người trong sổ,Ghi năm,Xóm\nBùi Văn An,1950,Mu\n";
    let book = self::book(text);
    assert_eq!(propose(&book).sheets[0].header_rows, None, "no heading names people plainly");
    let mut mapping = Mapping { sheets: vec![propose_at(&book.sheets[0], 2)] };
    mapping.sheets[0].columns[0].target = Some(Target::FullName);
    mapping.sheets[0].columns[1].target = Some(Target::Birth);
    let kept = remembered(&mapping);
    let next = self::book(&format!("UBND xã,,\n{}", text.replace("An", "Ba")));
    let mut mapping = propose(&next);
    mapping.remember(&next, &kept);
    assert_eq!((mapping.sheets[0].included, mapping.sheets[0].header_rows), (true, Some((3, 3))));
    assert_eq!(names(&read(&next, &mapping, today())).concat(), ["Bùi Văn Ba"]);
}

#[test]
fn the_order_of_day_and_month_is_asked_and_then_followed() {
    let book = book("Họ và tên,Ngày sinh\nA An,3/17/1948\nB Ba,12/25/1950\nC Tư,3/4/1952\n");
    let mut mapping = propose(&book);
    let births = |mapping: &Mapping| -> Vec<Option<String>> {
        let list = read(&book, mapping, today());
        list.households.iter().map(|household| household.members[0].birth.map(|birth| birth.to_string())).collect()
    };
    assert_eq!(births(&mapping), [None, None, None]);
    mapping.sheets[0].columns[1].order = Some(DateOrder::MonthFirst);
    assert_eq!(births(&mapping), ["1948-03-17", "1950-12-25", "1952-03-04"].map(|text| Some(text.to_owned())));
    mapping.sheets[0].columns[1].order = Some(DateOrder::DayFirst);
    assert_eq!(births(&mapping)[2].as_deref(), Some("1952-04-03"));
    assert_eq!(births(&mapping)[0], None, "no month has the number 17");
}

#[test]
fn dates_that_all_read_both_ways_are_told_once_a_column() {
    let book = book("Họ và tên,Ngày sinh\nA An,12/5/1960\nB Ba,7/7/1950\nC Tư,1952\nD Năm,3/4/1952\n");
    let mut mapping = propose(&book);
    let births = |mapping: &Mapping| -> Vec<String> {
        let list = read(&book, mapping, today());
        list.households.iter().map(|household| household.members[0].birth.unwrap().to_string()).collect()
    };
    let told = |mapping: &Mapping| -> Vec<(u32, Level, String)> {
        let problems = read(&book, mapping, today()).problems;
        assert!(problems.iter().all(|problem| problem.kind == ProblemKind::DateOrderAssumed), "{problems:?}");
        problems.into_iter().map(|problem| (problem.row, problem.level, problem.read)).collect()
    };
    assert_eq!(births(&mapping), ["1960-05-12", "1950-07-07", "1952", "1952-04-03"]);
    let quoted = "12/5/1960 · 3/4/1952".to_owned();
    assert_eq!(told(&mapping), [(1, Level::Warning, quoted.clone())]);
    let params = read(&book, &mapping, today()).problems.remove(0).params;
    assert_eq!(["count", "day", "month", "year"].map(|name| params[name].as_str()), ["2", "12", "5", "1960"]);
    // What was answered in an earlier file of the layout holds, and is only a notice.
    mapping.sheets[0].columns[1].usual_order = Some(DateOrder::MonthFirst);
    assert_eq!((births(&mapping)[0].as_str(), told(&mapping)), ("1960-12-05", vec![(1, Level::Info, quoted)]));
    mapping.sheets[0].columns[1].order = Some(DateOrder::DayFirst);
    assert_eq!((births(&mapping)[0].as_str(), told(&mapping)), ("1960-05-12", Vec::new()));
}

#[test]
fn one_date_that_can_be_read_one_way_decides_for_its_file() {
    for (text, births) in [
        ("Họ và tên,Ngày sinh\nA An,12/5/1960\nB Ba,13/5/1960\n", ["1960-05-12", "1960-05-13"]),
        ("Họ và tên,Ngày sinh\nA An,1960-05-12\nB Ba,5/1960\n", ["1960-05-12", "1960-05"]),
        ("Họ và tên,Ngày sinh,Ngày cấp CCCD\nA An,12/5/1960,20/6/2021\nB Ba,1/2/1960,\n", ["1960-05-12", "1960-02-01"]),
    ] {
        let list = list(text);
        assert!(list.problems.is_empty(), "{text} {:?}", list.problems);
        let read: Vec<String> = list.households.iter().map(|household| household.members[0].birth.unwrap().to_string()).collect();
        assert_eq!(read, births, "{text}");
    }
    let turned = list("Họ và tên,Ngày sinh,Ngày cấp CCCD\nA An,12/5/1960,6/20/2021\n");
    let unsure = [(2, ProblemKind::DateOrderUnsure), (2, ProblemKind::DateOrderUnsure)];
    assert_eq!(kinds(&turned), unsure, "a file that puts the month first elsewhere is asked, not guessed");
}

#[test]
fn a_column_written_by_two_hands_is_asked_and_a_slip_is_not_contagious() {
    let rows = |day_first: usize, month_first: usize| {
        let cell = |text: &str, count| format!("A An,{text}\n").repeat(count);
        format!("Họ và tên,Ngày sinh\n{}{}B Ba,3/4/1952\n", cell("17/3/1948", day_first), cell("3/17/1948", month_first))
    };
    let last = |text: &str| list(text).households.last().unwrap().members[0].birth.map(|birth| birth.to_string());
    assert_eq!(last(&rows(9, 1)).as_deref(), Some("1952-04-03"));
    assert_eq!(last(&rows(5, 4)), None);
}

#[test]
fn an_encoding_chosen_by_hand_goes_before_the_evidence() {
    let typed = legacy::encode("Hà Bé", Encoding::Vni).unwrap();
    let book = book(&format!("Họ và tên,Năm sinh\n{typed},1950\n"));
    let mut mapping = propose(&book);
    for (encoding, expected) in [(Encoding::Vni, "Hà Bé"), (Encoding::Unicode, "Haø Beù")] {
        mapping.sheets[0].columns[0].encoding = Some(encoding);
        assert_eq!(names(&read(&book, &mapping, today())).concat(), [expected]);
    }
}

#[test]
fn what_a_worker_types_is_unicode_with_its_day_first() {
    let old = |text: &str| legacy::encode(text, Encoding::Tcvn3).unwrap();
    let rows: String =
        ["Nguyễn Văn Hùng", "Bùi Thị Hiền", "Đinh Công Lượng"].map(|name| format!("{},3/17/1948\n", old(name))).concat();
    let mut book = book(&format!("Họ và tên,Ngày sinh\n{rows}"));
    let mend = |row, column, text: &str| Mend { sheet: "ds".to_owned(), row, column, text: text.to_owned() };
    let sheet = book.sheets[0].name.clone();
    book.mend(&[mend(2, 0, "Bùi Văn Bé"), mend(2, 1, "4/3/1948")].map(|mend| Mend { sheet: sheet.clone(), ..mend }));
    let list = read(&book, &propose(&book), today());
    let member = &list.households[0].members[0];
    assert_eq!((member.full_name.as_str(), member.birth.unwrap().to_string().as_str()), ("Bùi Văn Bé", "1948-03-04"));
}

#[test]
fn a_guess_that_is_unsure_says_so() {
    let rows = "Bùi Văn An,1950,0912345678\nBùi Văn Ba,1951,0912345679\nBùi Văn Tư,1952,0912345670\n";
    let unsure = |header: &str| -> Vec<bool> {
        let book = book(&format!("{header}\n{rows}"));
        propose(&book).sheets[0].columns.iter().map(|column| column.unsure).collect()
    };
    assert_eq!(unsure("Họ và tên,Năm sinh,Điện thoại"), [false, false, false]);
    assert_eq!(unsure("Họ và tên,Năm sinh,Số CCCD"), [false, false, false], "ten digits may be a number that lost its zeros");
    assert_eq!(unsure("Họ và tên,Dân tộc,Điện thoại"), [false, true, false]);
}

#[test]
fn a_cell_mended_in_the_preview_is_read_again() {
    let mut book = book("Họ và tên,Ngày sinh\nBùi Văn An,17/3/48\n");
    let mapping = propose(&book);
    let before = read(&book, &mapping, today());
    assert_eq!(before.problems[0].kind, ProblemKind::DateTwoDigitYear);
    let place = &before.problems[0];
    book.mend(&[Mend { sheet: place.sheet.clone(), row: place.row, column: 1, text: "17/3/1948".to_owned() }]);
    let after = read(&book, &mapping, today());
    assert!(after.problems.is_empty());
    assert_eq!(after.households[0].members[0].birth.unwrap().to_string(), "1948-03-17");
}

#[test]
fn a_sheet_without_a_header_waits_for_a_hand() {
    let list = list("Bùi Văn An,1950\nBùi Thị Lan,1952\n");
    assert!(list.households.is_empty());
    assert_eq!(kinds(&list), [(0, ProblemKind::HeaderMissing)]);

    let book = book("Bùi Văn An,1950\nBùi Thị Lan,1952\n");
    let mut mapping = propose(&book);
    mapping.sheets[0].included = true;
    mapping.sheets[0].columns[0].target = Some(Target::FullName);
    mapping.sheets[0].columns[1].target = Some(Target::Birth);
    assert_eq!(names(&read(&book, &mapping, today())).concat(), ["Bùi Văn An", "Bùi Thị Lan"]);
}

#[test]
fn a_header_chosen_by_hand_is_read_like_a_found_one() {
    let book = book("Danh sách,\nHọ và tên,Năm sinh\nBùi Văn An,1950\n");
    assert_eq!(propose_at(&book.sheets[0], 2), propose(&book).sheets[0]);
}

#[test]
fn a_village_merged_over_its_households_holds_for_all() {
    let text = |text: &str| Put::Text(text.to_owned());
    let rows = vec![
        vec![text("STT"), text("Xóm"), text("Họ và tên"), text("Quan hệ")],
        vec![Put::Number(1.0), text("Bưng"), text("Bùi Văn An"), text("Chủ hộ")],
        vec![Put::Number(2.0), Put::Nothing, text("Bùi Thị Lan"), text("Vợ")],
        vec![Put::Number(3.0), Put::Nothing, text("Bùi Văn Ba"), text("Chủ hộ")],
        vec![Put::Number(4.0), text("Mới"), text("Bùi Văn Tư"), text("Chủ hộ")],
    ];
    let bytes = xlsx(&[Page { name: "Tờ 1".to_owned(), rows, merged: vec![[1, 1, 3, 1]] }]);
    let book = sheet::read(&bytes, "x.xlsx").unwrap();
    let list = read(&book, &propose(&book), today());
    let villages: Vec<Option<&str>> = list.households.iter().map(|household| household.village.as_deref()).collect();
    assert_eq!(villages, [Some("Bưng"), Some("Bưng"), Some("Mới")]);
}

#[test]
fn a_name_and_nothing_else_is_a_person() {
    let list = list("STT,Họ và tên,Ngày sinh\n1,Bùi Văn An,\n2,Bùi Thị Lan,\n");
    assert_eq!(names(&list).concat(), ["Bùi Văn An", "Bùi Thị Lan"]);
}

#[test]
fn letters_that_look_like_others_are_mended() {
    let list = list("Họ và tên,Năm sinh\n\"\u{D0}inh\u{A0}Thị\u{200B} Hiền\",1950\n\"Bu\u{300}i  Văn\u{AD} An\",1951\n");
    assert_eq!(names(&list).concat(), ["Đinh Thị Hiền", "Bùi Văn An"]);
}

#[test]
fn numbers_with_decimals_are_whole_numbers() {
    let list = list("Mã hộ,Họ và tên,Năm sinh,CCCD,SĐT\n12.0,Bùi Văn An,1950.0,17050000011.0,912000011.0\n");
    let member = &list.households[0].members[0];
    assert_eq!(list.households[0].key, "12");
    assert_eq!((member.citizen_id.as_deref(), member.phone.as_deref()), (Some("017050000011"), Some("0912000011")));
    assert_eq!(member.birth.unwrap().to_string(), "1950");
}

#[test]
fn counts_of_people_are_no_sex() {
    let list = list(
        "STT,Họ và tên chủ hộ,Năm sinh,Số khẩu,Nam,Nữ\n1,Bùi Văn An,1950,4,1,3\n2,Bùi Thị Lan,1960,3,2,1\n3,Bùi Văn Ba,1961,6,4,2\n",
    );
    assert!(list.problems.is_empty(), "{:?}", list.problems);
    assert!(list.households.iter().all(|household| household.members[0].sex.is_none()));
    assert_eq!(list.households[0].size, Some(4));
}

#[test]
fn an_empty_word_is_the_heads() {
    let list =
        list("STT,Họ và tên,Quan hệ\n1,Bùi Văn An,\n2,Bùi Thị Lan,Vợ\n3,Bùi Văn Ba,\n4,Bùi Thị Tư,Vợ\n5,Bùi Thị Năm,Con\n");
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan"], vec!["Bùi Văn Ba", "Bùi Thị Tư", "Bùi Thị Năm"]]);
    assert!(list.households.iter().all(|household| household.members[0].relationship.as_deref() == Some("head")));
}

#[test]
fn a_running_number_that_begins_again_begins_a_household() {
    let list = list(
        "STT,Họ và tên,Năm sinh\n1,Bùi Văn An,1950\n2,Bùi Thị Lan,1952\n1,Bùi Văn Ba,1960\n2,Bùi Thị Tư,1961\n3,Bùi Thị Năm,1990\n",
    );
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan"], vec!["Bùi Văn Ba", "Bùi Thị Tư", "Bùi Thị Năm"]]);
    assert_eq!(list.households[1].members[0].relationship.as_deref(), Some("head"));
}

#[test]
fn a_cross_marks_the_head() {
    let list = list("STT,Họ và tên,Chủ hộ,Năm sinh\n1,Bùi Văn An,x,1950\n2,Bùi Thị Lan,,1952\n3,Bùi Văn Ba,x,1960\n");
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan"], vec!["Bùi Văn Ba"]]);
    assert_eq!(list.households[0].members[1].relationship, None);
}

#[test]
fn two_people_of_one_name_and_year_with_two_ids_are_no_double() {
    let list = list("Họ và tên,Năm sinh,Giới tính,CCCD\nBùi Thị Hiền,1950,Nữ,017150000011\nBùi Thị Hiền,1950,Nữ,017150000012\n");
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

#[test]
fn text_of_windows_1258_is_read() {
    use unicode_normalization::UnicodeNormalization;
    let text = "Họ và tên,Năm sinh,Xóm\nĐặng Thị Ước,1950,Xóm Bưng\nBùi Văn Tuấn,1951,Xóm Mới\n";
    // That code page has the letters and the tones apart.
    let apart: String = text
        .chars()
        .flat_map(|c| {
            let tones: Vec<char> =
                c.nfd().filter(|mark| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')).collect();
            let letter: String = c.nfd().filter(|mark| !tones.contains(mark)).nfc().collect();
            letter.chars().chain(tones).collect::<Vec<_>>()
        })
        .collect();
    let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(&apart);
    assert!(!lost);
    let book = sheet::read(&bytes, "a.csv").unwrap();
    let list = read(&book, &propose(&book), today());
    assert_eq!(names(&list).concat(), ["Đặng Thị Ước", "Bùi Văn Tuấn"]);
}

#[test]
fn roman_numbers_are_heads() {
    let list = list(
        "STT,Họ và tên,Năm sinh\nI,Bùi Văn An,1950\n1,Bùi Thị Lan,1952\n2,Bùi Thị Năm,1980\nII,Bùi Văn Ba,1960\n1,Bùi Thị Tư,1961\n",
    );
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan", "Bùi Thị Năm"], vec!["Bùi Văn Ba", "Bùi Thị Tư"]]);
    assert_eq!(list.households[1].members[0].relationship.as_deref(), Some("head"));
}

#[test]
fn rows_of_a_list_of_households_are_heads_and_of_people_are_not() {
    let rows = "STT,Họ và tên,Năm sinh\n1,Bùi Văn An,1950\n2,Bùi Thị Lan,1952\n";
    let of_households = list(&format!("DANH SÁCH HỘ NGHÈO NĂM 2026\n\n{rows}"));
    assert_eq!(of_households.households[1].members[0].relationship.as_deref(), Some("head"));
    let of_people = list(&format!("DANH SÁCH NGƯỜI CAO TUỔI\n\n{rows}"));
    assert_eq!(of_people.households[1].members[0].relationship, None);
}

#[test]
fn a_column_under_an_unknown_heading_speaks_for_itself() {
    let list = list(
        "STT,Họ và tên,A,B,C\n1,Bùi Văn An,Chủ hộ,Mường,017050000011\n2,Bùi Thị Lan,Vợ,Mường,017152000012\n3,Bùi Thị Tư,Con,Kinh,\n4,Bùi Văn Ba,Con,Mường,017080000013\n",
    );
    let member = &list.households[0].members[0];
    assert_eq!(
        (member.relationship.as_deref(), member.ethnic_code.as_deref(), member.citizen_id.as_deref()),
        (Some("head"), Some("06"), Some("017050000011"))
    );
}

#[test]
fn signatures_in_any_column_are_nobody() {
    let list = list(
        "STT;Họ và tên;Quan hệ;Ngày sinh;Dân tộc;CCCD\n1;Bùi Văn An;Chủ hộ;1950;Mường;017050000011\n;Cộng: 1 hộ;;;;\n\
         ;;;Mường Bi, ngày 23 tháng 11 năm 2026;;\nNgười lập biểu;;;Trưởng xóm;;TM. UBND XÃ\n;;;;;CHỦ TỊCH\n\nHà Thị Xuất;;;Bùi Văn Kỷ;;Đinh Công Tự\n;Hà Thị Xuất;;Bùi Văn Kỷ;;Đinh Công Tự\n",
    );
    assert_eq!(names(&list), [["Bùi Văn An"]]);
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

#[test]
fn a_list_goes_on_below_a_line_that_only_looked_like_its_end() {
    let list = list("STT,Họ và tên,Quan hệ,Năm sinh\n1,Bùi Văn An,Chủ hộ,1950\n,Xác nhận của xóm,,\n2,Bùi Thị Lan,Vợ,1952\n");
    assert_eq!(names(&list), [["Bùi Văn An", "Bùi Thị Lan"]]);
}

#[test]
fn a_head_with_columns_beside_those_of_the_members_is_a_person() {
    let list = list(
        "TT,Chủ hộ,,,Thành viên trong hộ,,,,Thôn\n,Họ và tên,Năm sinh,Số CCCD,Họ và tên,Quan hệ,Ngày sinh,Giới,\n\
         1,Bùi Văn An,1950,017050000031,Bùi Thị Lan,Vợ,1952,Nữ,Bưng\n,,,,Bùi Văn Ba,Con trai,22/9/1980,Nam,\n\
         2,Bùi Thị Tư,1960,017160000032,,,,,Mới\n3,Bùi Văn Sáu,1961,017061000033,Bùi Văn Sáu,Chủ hộ,1961,Nam,Mới\n",
    );
    assert_eq!(names(&list), [vec!["Bùi Văn An", "Bùi Thị Lan", "Bùi Văn Ba"], vec!["Bùi Thị Tư"], vec!["Bùi Văn Sáu"]]);
    let head = &list.households[0].members[0];
    assert_eq!(
        (head.relationship.as_deref(), head.citizen_id.as_deref(), head.birth.unwrap().year()),
        (Some("head"), Some("017050000031"), 1950)
    );
    assert_eq!(list.households[0].members[1].citizen_id, None);
    let same = &list.households[2].members[0];
    assert_eq!(
        (same.relationship.as_deref(), same.citizen_id.as_deref(), same.sex.as_deref()),
        (Some("head"), Some("017061000033"), Some("male"))
    );
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

#[test]
fn a_head_and_members_under_one_header_row_are_told_apart() {
    let list = list(
        "STT,Họ tên chủ hộ,Năm sinh,Họ và tên thành viên,Năm sinh,Quan hệ\n1,Bùi Văn An,1950,Bùi Thị Lan,1952,Vợ\n,,,Bùi Văn Ba,1980,Con\n",
    );
    assert_eq!(names(&list), [["Bùi Văn An", "Bùi Thị Lan", "Bùi Văn Ba"]]);
    let births: Vec<i32> = list.households[0].members.iter().map(|member| member.birth.unwrap().year()).collect();
    assert_eq!(births, [1950, 1952, 1980]);
}

#[test]
fn somebody_without_an_id_is_compared_with_one_whose_id_is_double() {
    let list = list(
        "Họ và tên,Ngày sinh,Giới tính,CCCD\nBùi Thị Hiền,1948,Nữ,017148000123\nHà Thị Lan,1960,Nữ,017148000123\nHà Thị Lan,1960,Nữ,\n",
    );
    let doubles: Vec<(u32, ProblemKind)> =
        kinds(&list).into_iter().filter(|(_, kind)| *kind != ProblemKind::IdContradictsBirth).collect();
    assert_eq!(doubles, [(3, ProblemKind::SameIdInFile), (4, ProblemKind::SamePersonInFile)]);
}

#[test]
fn a_column_nobody_knows_is_told_once() {
    let list = list("Họ và tên,Năm sinh,Màu áo\nBùi Văn An,1950,xanh\nBùi Văn Ba,1952,nâu\n");
    assert_eq!(kinds(&list), [(1, ProblemKind::ColumnLeftOut)]);
    assert_eq!((list.problems[0].level, list.problems[0].read.as_str()), (Level::Info, "xanh"));
}

#[test]
fn members_in_columns_are_all_read() {
    let list = list(
        "STT,Họ tên chủ hộ,Năm sinh,Họ tên vợ/chồng,Năm sinh,Con thứ 1,Năm sinh,Họ tên thành viên 4,Quan hệ,Năm sinh\n\
         1,Bùi Văn An,1960,Quách Thị Hiền,1962,Bùi Văn Ba,1985,Bùi Thị Tư,Cháu nội,2010\n2,Hà Thị Lan,1955,,,Hà Văn Năm,2001,,,\n",
    );
    let read: Vec<Vec<(&str, Option<&str>, String)>> = list
        .households
        .iter()
        .map(|household| {
            let members = household.members.iter();
            members
                .map(|member| {
                    let birth = member.birth.map(|birth| birth.to_string()).unwrap_or_default();
                    (member.full_name.as_str(), member.relationship.as_deref(), birth)
                })
                .collect()
        })
        .collect();
    let one = |name, relationship, birth: &str| (name, Some(relationship), birth.to_owned());
    assert_eq!(
        read,
        [
            vec![
                one("Bùi Văn An", "head", "1960"),
                one("Quách Thị Hiền", "spouse", "1962"),
                one("Bùi Văn Ba", "child", "1985"),
                one("Bùi Thị Tư", "grandchild", "2010"),
            ],
            vec![one("Hà Thị Lan", "head", "1955"), one("Hà Văn Năm", "child", "2001")],
        ]
    );
    assert!(list.problems.is_empty(), "{:?}", list.problems);
}

#[test]
fn a_sheet_without_a_header_beside_lists_is_told() {
    let text = |text: &str| Put::Text(text.to_owned());
    let list_page = vec![vec![text("Họ và tên"), text("Năm sinh")], vec![text("Bùi Văn An"), text("1950")]];
    let summary = vec![vec![text("Xóm"), text("Số hộ")], vec![text("Mu"), Put::Number(2.0)]];
    let page = |name: &str, rows| Page { name: name.to_owned(), rows, merged: Vec::new() };
    let book = sheet::read(&xlsx(&[page("Mu", list_page), page("Tổng", summary)]), "x.xlsx").unwrap();
    let list = read(&book, &propose(&book), today());
    let told: Vec<_> = list.problems.iter().map(|problem| (problem.sheet.as_str(), problem.kind, problem.level)).collect();
    assert_eq!(told, [("Tổng", ProblemKind::HeaderMissing, Level::Info)]);
}
