//! Files of every kind give the same cells; hostile ones cost nothing.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

mod support;

use chrono::NaiveDate;
use documents::sheet::{Cell, ReadError, Shown, Workbook, read};
use support::write::{Page, Put, compound, delimited, ods, ods_of, record, xls, xls_cell, xlsx, zipped};

fn page() -> Page {
    let text = |text: &str| Put::Text(text.to_owned());
    let day = Put::Date(NaiveDate::from_ymd_opt(1948, 3, 17).unwrap());
    Page {
        name: "Xóm Bưng".to_owned(),
        rows: vec![
            vec![text("DANH SÁCH")],
            vec![],
            vec![text("Họ và tên"), text("Ngày sinh"), text("CCCD")],
            vec![text("Đặng Thị Ước"), day, Put::Number(17_148_000_901.0)],
        ],
        merged: vec![[0, 0, 0, 2]],
    }
}

fn check(book: &Workbook, typed: bool) {
    let sheet = &book.sheets[0];
    assert_eq!(*sheet.cell(3, 0), Cell::Text("Đặng Thị Ước".to_owned()));
    assert_eq!(*sheet.cell(2, 2), Cell::Text("CCCD".to_owned()));
    assert!(sheet.rows[1].is_empty() || sheet.rows[1].iter().all(Cell::is_empty), "a blank row keeps its place");
    if typed {
        assert_eq!(*sheet.cell(3, 1), Cell::Date(NaiveDate::from_ymd_opt(1948, 3, 17).unwrap(), Shown::Day));
        assert_eq!(*sheet.cell(3, 2), Cell::Number(17_148_000_901.0));
        assert_eq!(sheet.name, "Xóm Bưng");
    }
}

#[test]
fn every_kind_of_file_gives_the_same_cells() {
    check(&read(&xlsx(&[page()]), "a.xlsx").unwrap(), true);
    check(&read(&ods(&[page()]), "a.ods").unwrap(), true);
    check(&read(&xls(&[page()]), "a.xls").unwrap(), true);
    for separator in [',', ';', '\t'] {
        let text = delimited(&page(), separator);
        check(&read(text.as_bytes(), "a.csv").unwrap(), false);
        let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&read(&wide, "a.csv").unwrap(), false);
    }
}

#[test]
fn merged_cells_are_told_where_the_file_tells_them() {
    for bytes in [xlsx(&[page()]), xls(&[page()])] {
        let merged = read(&bytes, "").unwrap().sheets[0].merged.clone();
        assert_eq!(
            merged.iter().map(|merged| (merged.top, merged.left, merged.bottom, merged.right)).collect::<Vec<_>>(),
            [(0, 0, 0, 2)]
        );
    }
}

#[test]
fn a_number_format_says_how_much_of_a_date_is_known_and_which_zeros_an_id_has() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(1948, 3, 1).unwrap();
    for (column, code) in
        [(0, "mmm-yy"), (1, "mm/yyyy"), (2, "yyyy"), (3, "dd/mm/yyyy"), (4, "[$-42A]dd mmmm yyyy"), (5, "\"month\" mm/yyyy")]
    {
        sheet.write_datetime_with_format(2, column, &day, &rust_xlsxwriter::Format::new().set_num_format(code)).unwrap();
    }
    sheet
        .write_number_with_format(2, 6, 17_148_000_901_f64, &rust_xlsxwriter::Format::new().set_num_format("000000000000"))
        .unwrap();
    let book = read(&book.save_to_buffer().unwrap(), "").unwrap();
    let shown: Vec<Option<Shown>> = book.sheets[0].rows[2]
        .iter()
        .map(|cell| match cell {
            Cell::Date(_, shown) => Some(*shown),
            _ => None,
        })
        .collect();
    let (day, month, year) = (Some(Shown::Day), Some(Shown::Month), Some(Shown::Year));
    assert_eq!(shown, [month, month, year, day, day, month, None]);
    assert_eq!(*book.sheets[0].cell(2, 6), Cell::Text("017148000901".to_owned()));
}

#[test]
fn several_sheets_keep_their_order() {
    let pages = ["Xóm Bưng", "An Lạc", "Đồng"].map(|name| Page { name: name.to_owned(), ..page() });
    for bytes in [xlsx(&pages), ods(&pages), xls(&pages)] {
        let names: Vec<String> = read(&bytes, "").unwrap().sheets.into_iter().map(|sheet| sheet.name).collect();
        assert_eq!(names, ["Xóm Bưng", "An Lạc", "Đồng"]);
    }
}

#[test]
fn what_is_no_spreadsheet_says_so() {
    assert!(matches!(read(&[0, 1, 2, 3, 0, 0, 7], "x"), Err(ReadError::UnknownFormat)));
    assert!(matches!(read(&zipped(&[("a.txt", b"hello")]), "x.xlsx"), Err(ReadError::UnknownFormat)));
    let mut cut = xlsx(&[page()]);
    cut.truncate(cut.len() / 2);
    assert!(matches!(read(&cut, "x.xlsx"), Err(ReadError::Damaged)));
    assert!(matches!(read(&compound("EncryptedPackage", &[0; 5000]), "x.xlsx"), Err(ReadError::Protected)));
}

#[test]
fn a_claim_of_a_billion_strings_is_refused() {
    let strings = b"<sst xmlns=\"x\" uniqueCount=\"99999999999\"></sst>";
    let file = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings)]);
    assert!(matches!(read(&file, "x.xlsx"), Err(ReadError::TooLarge)));
}

#[test]
fn repeated_rows_of_an_open_document_are_refused() {
    let cell = "<table:table-cell office:value-type=\"string\" office:string-value=\"a\" table:number-columns-repeated=\"900\"/>";
    let tables = format!(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row></table:table>"
    );
    assert!(matches!(read(&ods_of(&tables), "x.ods"), Err(ReadError::TooLarge)));
    let tables = format!(
        "<table:table table:name=\"a\"><table:table-row>{cell}</table:table-row><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/></table:table-row><table:table-row>{cell}</table:table-row></table:table>"
    );
    assert!(matches!(read(&ods_of(&tables), "x.ods"), Err(ReadError::TooLarge)));
}

#[test]
fn two_corners_of_an_old_workbook_are_refused() {
    let mut stream = record(0x0809, &[0; 16]);
    stream.extend(xls_cell(0, 0, &Put::Number(1.0)));
    stream.extend(xls_cell(65535, 65535, &Put::Number(1.0)));
    stream.extend(record(0x000A, &[]));
    assert!(matches!(read(&compound("Workbook", &stream), "x.xls"), Err(ReadError::TooLarge)));
}

#[test]
fn far_cells_of_a_workbook_are_refused() {
    let mut rows = vec![vec![Put::Text("a".to_owned())]];
    rows.resize(300_000, Vec::new());
    rows.push(vec![Put::Text("b".to_owned())]);
    let bytes = xlsx(&[Page { name: "a".to_owned(), rows, merged: Vec::new() }]);
    assert!(matches!(read(&bytes, "x.xlsx"), Err(ReadError::TooLarge)));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_stop_the_program(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), start in 0_usize..4) {
        let start: &[u8] = [b"PK\x03\x04".as_slice(), b"\xD0\xCF\x11\xE0", b"\xFF\xFE", b""][start];
        let _ = read(&[start, &bytes].concat(), "x");
    }

    #[test]
    fn no_damage_stops_the_program(at in 0_usize..6000, value in proptest::num::u8::ANY) {
        for mut bytes in [xlsx(&[page()]), ods(&[page()]), xls(&[page()])] {
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = read(&bytes, "x");
        }
    }
}
