//! What is written comes back whole.
#![allow(clippy::unwrap_used, missing_docs)]

use chrono::NaiveDate;
use documents::export::{Table, TableCell, TableColumn, template_xlsx, write_xlsx};
use documents::lists::{propose, read};
use documents::sheet::{self, Cell, Shown};
use domain::PartialDate;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn people(count: usize) -> Table {
    let births = ["1948", "1948-03", "1948-03-17", "1899-05-01"];
    let rows = (0..count).map(|index| {
        let birth: PartialDate = births[index % births.len()].parse().unwrap();
        vec![
            TableCell::Text(format!("H{:04}", index / 4)),
            TableCell::Text("Đặng Thị Ước".to_owned()),
            TableCell::Text(if index % 4 == 0 { "Chủ hộ" } else { "Con đẻ" }.to_owned()),
            TableCell::Date(birth),
            if birth.year() < 1900 {
                TableCell::Empty
            } else {
                TableCell::Text(format!("0171{:02}{:06}", birth.year() % 100, index))
            },
            TableCell::Text("0912345678".to_owned()),
        ]
    });
    let columns = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Số định danh cá nhân", "Số điện thoại"];
    Table {
        sheet: "Danh sách: nhân khẩu/xóm".to_owned(),
        title: "Danh sách nhân khẩu".to_owned(),
        watermark: "Hà Thị Xuất & 23/11/2026 10:15".to_owned(),
        made_on: Some(today()),
        columns: columns.iter().map(|heading| TableColumn { heading: (*heading).to_owned(), width: 0 }).collect(),
        rows: rows.collect(),
    }
}

#[test]
fn ids_are_text_and_dates_are_dates() {
    let bytes = write_xlsx(&people(4)).unwrap();
    let book = sheet::read(&bytes, "x.xlsx").unwrap();
    let rows = &book.sheets[0].rows;
    assert_eq!(rows[1][0], Cell::Text("Hà Thị Xuất & 23/11/2026 10:15".to_owned()), "the watermark stands over the list");
    assert_eq!(rows[3][4], Cell::Text("017148000000".to_owned()));
    assert_eq!(rows[3][5], Cell::Text("0912345678".to_owned()));
    assert_eq!(rows[3][3], Cell::Text("1948".to_owned()));
    assert_eq!(rows[4][3], Cell::Text("03/1948".to_owned()));
    assert_eq!(rows[5][3], Cell::Date(NaiveDate::from_ymd_opt(1948, 3, 17).unwrap(), Shown::Day));
    assert_eq!(rows[6][3], Cell::Text("1899-05-01".to_owned()), "Excel knows no day before 1900");
    assert_eq!(rows[3][1], Cell::Text("Đặng Thị Ước".to_owned()));
}

#[test]
fn a_thousand_rows_make_the_round_trip_without_loss() {
    let table = people(1000);
    let book = sheet::read(&write_xlsx(&table).unwrap(), "x.xlsx").unwrap();
    let list = read(&book, &propose(&book), today());
    let members: Vec<_> = list.households.iter().flat_map(|household| &household.members).collect();
    assert_eq!((list.households.len(), members.len()), (250, 1000));
    for (index, (member, row)) in members.iter().zip(&table.rows).enumerate() {
        assert_eq!(TableCell::Text(member.full_name.clone()), row[1], "row {index}");
        assert_eq!(TableCell::Date(member.birth.unwrap()), row[3], "row {index}");
        assert_eq!(member.citizen_id.clone().map_or(TableCell::Empty, TableCell::Text), row[4], "row {index}");
        assert_eq!(member.relationship.as_deref(), Some(if index % 4 == 0 { "head" } else { "child" }));
    }
    let unexpected: Vec<_> = list.problems.iter().filter(|problem| problem.column != "B").collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

#[test]
fn same_table_gives_same_bytes() {
    assert_eq!(write_xlsx(&people(3)).unwrap(), write_xlsx(&people(3)).unwrap());
}

#[test]
fn the_empty_list_is_understood_and_its_example_is_nobody() {
    let book = sheet::read(&template_xlsx().unwrap(), "template.xlsx").unwrap();
    assert_eq!(book.sheets.len(), 3);
    let mapping = propose(&book);
    let list = read(&book, &mapping, today());
    assert!(list.households.is_empty() && list.problems.is_empty(), "{:?}", list.households);
    let sheet = &mapping.sheets[0];
    assert!(sheet.included && sheet.columns.iter().all(|column| column.target.is_some()), "{:?}", sheet.columns);

    // The example itself is a good list.
    let mut mapping = mapping.clone();
    mapping.sheets.iter_mut().for_each(|sheet| sheet.included = sheet.sheet != "Danh mục");
    let list = read(&book, &mapping, today());
    assert_eq!(list.households.iter().map(|household| household.members.len()).collect::<Vec<_>>(), [3, 1]);
    assert!(list.problems.is_empty(), "{:?}", list.problems);
    assert_eq!(list.households[0].members[2].relationship.as_deref(), Some("child_in_law"));
    assert_eq!(list.households[1].poverty_class.as_deref(), Some("near_poor"));
}
