//! Writers of spreadsheets: xlsx by the library, ods, xls and delimited text by hand.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A cell to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Put {
    #[default]
    Nothing,
    Text(String),
    Number(f64),
    Date(NaiveDate),
}

/// A sheet to write; merged are top, left, bottom, right.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub name: String,
    pub rows: Vec<Vec<Put>>,
    pub merged: Vec<[usize; 4]>,
}

pub fn xlsx(pages: &[Page]) -> Vec<u8> {
    let mut book = Workbook::new();
    for page in pages {
        let sheet = book.add_worksheet();
        sheet.set_name(&page.name).unwrap();
        let format = Format::new();
        for [top, left, bottom, right] in &page.merged {
            let (top, left, bottom, right) = (
                u32::try_from(*top).unwrap(),
                u16::try_from(*left).unwrap(),
                u32::try_from(*bottom).unwrap(),
                u16::try_from(*right).unwrap(),
            );
            sheet.merge_range(top, left, bottom, right, "", &format).unwrap();
        }
        for (row, cells) in (0_u32..).zip(&page.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Put::Nothing => {}
                    Put::Text(text) => {
                        sheet.write_string(row, column, text).unwrap();
                    }
                    Put::Number(number) => {
                        sheet.write_number(row, column, *number).unwrap();
                    }
                    Put::Date(date) => {
                        let day = ExcelDateTime::from_ymd(
                            u16::try_from(date.year()).unwrap(),
                            u8::try_from(date.month()).unwrap(),
                            u8::try_from(date.day()).unwrap(),
                        )
                        .unwrap();
                        sheet.write_datetime_with_format(row, column, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
                    }
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

pub fn ods(pages: &[Page]) -> Vec<u8> {
    let mut tables = String::new();
    for page in pages {
        write!(tables, "<table:table table:name=\"{}\">", escape(&page.name)).unwrap();
        for cells in &page.rows {
            tables.push_str("<table:table-row>");
            for cell in cells {
                match cell {
                    Put::Nothing => tables.push_str("<table:table-cell/>"),
                    Put::Text(text) => write!(
                        tables,
                        "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                        escape(text)
                    )
                    .unwrap(),
                    Put::Number(number) => write!(
                        tables,
                        "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
                    )
                    .unwrap(),
                    Put::Date(date) => write!(
                        tables,
                        "<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"><text:p>{date}</text:p></table:table-cell>"
                    )
                    .unwrap(),
                }
            }
            tables.push_str("</table:table-row>");
        }
        // Every real sheet ends so.
        tables.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row></table:table>");
    }
    ods_of(&tables)
}

/// An open document around the given tables.
pub fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            b"<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn seen(cell: &Put) -> String {
    match cell {
        Put::Nothing => String::new(),
        Put::Text(text) => text.clone(),
        Put::Number(number) => number.to_string(),
        Put::Date(date) => date.format("%d/%m/%Y").to_string(),
    }
}

pub fn delimited(page: &Page, separator: char) -> String {
    let field = |cell: &Put| {
        let text = seen(cell);
        if text.contains([separator, '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    page.rows.iter().map(|row| row.iter().map(field).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n").collect()
}

/// The old xls: records of one kind each, in a compound file.
pub fn xls(pages: &[Page]) -> Vec<u8> {
    let mut stream = record(0x0809, &[0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    stream.extend(record(0x0042, &1200_u16.to_le_bytes()));
    // Two cell formats: plain and date.
    stream.extend(record(0x00E0, &[0; 20]));
    let mut date_format = [0_u8; 20];
    date_format[2] = 14;
    stream.extend(record(0x00E0, &date_format));
    let names: Vec<Vec<u8>> = pages.iter().map(|page| wide(&page.name, true)).collect();
    let globals = stream.len() + names.iter().map(|name| 4 + 6 + name.len()).sum::<usize>() + 4;
    let sheets: Vec<Vec<u8>> = pages.iter().map(xls_sheet).collect();
    let mut at = globals;
    for (name, sheet) in names.iter().zip(&sheets) {
        let place = [u32::try_from(at).unwrap().to_le_bytes().as_slice(), &[0, 0], name].concat();
        stream.extend(record(0x0085, &place));
        at += sheet.len();
    }
    stream.extend(record(0x000A, &[]));
    assert_eq!(stream.len(), globals);
    sheets.iter().for_each(|sheet| stream.extend(sheet));
    compound("Workbook", &stream)
}

fn xls_sheet(page: &Page) -> Vec<u8> {
    let mut stream = record(0x0809, &[0x00, 0x06, 0x10, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (row, cells) in (0_u16..).zip(&page.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            stream.extend(xls_cell(row, column, cell));
        }
    }
    let merged: Vec<u8> = page
        .merged
        .iter()
        .flat_map(|[top, left, bottom, right]| {
            [*top, *bottom, *left, *right].map(|place| u16::try_from(place).unwrap().to_le_bytes()).concat()
        })
        .collect();
    if !merged.is_empty() {
        let count = u16::try_from(page.merged.len()).unwrap().to_le_bytes();
        stream.extend(record(0x00E5, &[count.as_slice(), &merged].concat()));
    }
    stream.extend(record(0x000A, &[]));
    stream
}

/// One cell record.
pub fn xls_cell(row: u16, column: u16, cell: &Put) -> Vec<u8> {
    let place = |format: u16| [row.to_le_bytes(), column.to_le_bytes(), format.to_le_bytes()].concat();
    match cell {
        Put::Nothing => Vec::new(),
        Put::Text(text) => record(0x0204, &[place(0), wide(text, false)].concat()),
        Put::Number(number) => record(0x0203, &[place(0).as_slice(), &number.to_le_bytes()].concat()),
        Put::Date(date) => {
            let days = (*date - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64;
            record(0x0203, &[place(1).as_slice(), &days.to_le_bytes()].concat())
        }
    }
}

fn wide(text: &str, short: bool) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(units.len()).unwrap().to_le_bytes();
    let mut bytes = if short { vec![length[0]] } else { length.to_vec() };
    bytes.push(1);
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [kind.to_le_bytes().as_slice(), &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
}

/// A compound file with one stream, long enough to need no small sectors.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).div_ceil(512) * 512, 0);
    let sectors = stream.len() / 512;
    let tables = (sectors + 1).div_ceil(127);
    let mut table: Vec<u32> = vec![0xFFFF_FFFD; tables];
    table.push(0xFFFF_FFFE);
    let first = u32::try_from(table.len()).unwrap();
    table.extend((1..sectors).map(|next| first + u32::try_from(next).unwrap()));
    table.push(0xFFFF_FFFE);
    table.resize(tables * 128, 0xFFFF_FFFF);
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        file.extend(number.to_le_bytes());
    }
    file.resize(44, 0);
    for number in [u32::try_from(tables).unwrap(), u32::try_from(tables).unwrap(), 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0] {
        file.extend(number.to_le_bytes());
    }
    (0..109).for_each(|index: u32| {
        let sector = if (index as usize) < tables { index } else { 0xFFFF_FFFF };
        file.extend(sector.to_le_bytes());
    });
    assert_eq!(file.len(), 512);
    table.iter().for_each(|entry| file.extend(entry.to_le_bytes()));
    for (name, kind, child, start, size) in
        [("Root Entry", 5_u8, 1_u32, 0xFFFF_FFFE_u32, 0_usize), (name, 2, 0xFFFF_FFFF, first, stream.len())]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for number in [0xFFFF_FFFF, 0xFFFF_FFFF, child] {
            entry.extend(number.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(u64::try_from(size).unwrap().to_le_bytes());
        file.extend(entry);
    }
    file.resize(512 + (tables + 1) * 512, 0);
    file.extend(stream);
    file
}
