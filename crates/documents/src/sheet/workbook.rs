//! Workbooks that passed the scales, through `calamine`, into our own cells.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataType, Dimensions, ExcelDateTime, Ods, Range, Reader, SheetVisible, Style, Xls, Xlsb, Xlsx};
use chrono::{NaiveDate, NaiveDateTime};

use super::{Budget, Cell, MAX_COLUMNS, MAX_ROWS, Merged, ReadError, Sheet, Shown, Workbook};

/// Most merged rectangles kept of a sheet.
const MAX_MERGED: usize = 50_000;

/// Which reader.
#[derive(Clone, Copy)]
pub(super) enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// A damaged file may trip the reader; it costs the file, not the program.
pub(super) fn read(bytes: &[u8], format: Format) -> Result<Workbook, ReadError> {
    let reading = || match format {
        Format::Xlsx => xlsx(bytes),
        Format::Xlsb => whole(Xlsb::new(Cursor::new(bytes)).map_err(damaged)?, |_, _| Vec::new()),
        Format::Xls => whole(Xls::new(Cursor::new(bytes)).map_err(damaged)?, |book, name| {
            book.merge_cells_by_sheet_name(name).unwrap_or_default()
        }),
        Format::Ods => whole(Ods::new(Cursor::new(bytes)).map_err(damaged)?, |_, _| Vec::new()),
    };
    catch_unwind(AssertUnwindSafe(reading)).unwrap_or(Err(ReadError::Damaged))
}

fn damaged(error: impl Into<calamine::Error>) -> ReadError {
    match error.into() {
        calamine::Error::Xlsx(calamine::XlsxError::Password)
        | calamine::Error::Xls(calamine::XlsError::Password)
        | calamine::Error::Ods(calamine::OdsError::Password) => ReadError::Protected,
        _ => ReadError::Damaged,
    }
}

/// xlsx is read as a stream, so that only cells that hold something cost memory, and with the number format beside
/// each value: it says how much of a date is shown and which zeros of an id.
fn xlsx(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        let mut rows = Vec::new();
        // A chart sheet has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let formats: Vec<CellFormat> = cells.styles().iter().map(CellFormat::of).collect();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let format = formats.get(style).copied().unwrap_or_default();
            budget.put(&mut rows, row as usize, column as usize, value(cell.get_value(), format))?;
        }
        drop(cells);
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheets.push(Sheet { name, hidden, rows, merged: merged_of(&merged), ..Sheet::default() });
    }
    Ok(Workbook { sheets })
}

/// The other formats come whole; their size was weighed before.
fn whole<'a, R>(mut book: R, merged: impl Fn(&R, &str) -> Vec<Dimensions>) -> Result<Workbook, ReadError>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: Into<calamine::Error>,
{
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        let range: Range<Data> = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Vec::new();
        for (row, column, data) in range.used_cells() {
            budget.put(&mut rows, row + top as usize, column + left as usize, value(data, CellFormat::default()))?;
        }
        let merged = merged_of(&merged(&book, &name));
        sheets.push(Sheet { name, hidden, rows, merged, ..Sheet::default() });
    }
    Ok(Workbook { sheets })
}

fn names(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    sheets.iter().map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

fn merged_of(regions: &[Dimensions]) -> Vec<Merged> {
    let inside = |region: &&Dimensions| (region.start.0 as usize) < MAX_ROWS && (region.start.1 as usize) < MAX_COLUMNS;
    regions
        .iter()
        .filter(inside)
        .take(MAX_MERGED)
        .map(|region| Merged {
            top: region.start.0 as usize,
            left: region.start.1 as usize,
            bottom: (region.end.0 as usize).min(MAX_ROWS - 1),
            right: (region.end.1 as usize).min(MAX_COLUMNS - 1),
        })
        .collect()
}

/// What a number format adds to a value.
#[derive(Clone, Copy, Default)]
enum CellFormat {
    #[default]
    Plain,
    Date(Shown),
    /// As many digits, with leading zeros.
    Zeros(usize),
}

impl CellFormat {
    fn of(style: &Style) -> Self {
        let Some(format) = &style.number_format else { return Self::Plain };
        let code = format.format_code.to_ascii_lowercase();
        if code.len() > 1 && code.bytes().all(|byte| byte == b'0') {
            return Self::Zeros(code.len().min(20));
        }
        let (mut outside, mut letters) = (true, String::new());
        for c in code.chars().take_while(|c| *c != ';') {
            match c {
                '"' => outside = !outside,
                '[' => outside = false,
                ']' => outside = true,
                c if outside => letters.push(c),
                _ => {}
            }
        }
        match (letters.contains('d'), letters.contains('m'), letters.contains('y')) {
            (false, true, true) => Self::Date(Shown::Month),
            (false, false, true) => Self::Date(Shown::Year),
            _ => Self::Plain,
        }
    }
}

fn value<T: DataType + Into<Data> + Clone>(data: &T, format: CellFormat) -> Cell {
    if let Some(text) = data.get_string() {
        return if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    }
    match data.clone().into() {
        Data::Empty => Cell::Empty,
        Data::Int(number) => number_cell(number as f64, format),
        Data::Float(number) => number_cell(number, format),
        Data::Bool(value) => Cell::Bool(value),
        Data::DateTime(date) => date_cell(date, format),
        Data::DateTimeIso(text) => iso_date(&text).map_or(Cell::Text(text), |date| Cell::Date(date, Shown::Day)),
        Data::Error(error) => Cell::Text(error.to_string()),
        Data::String(text) | Data::DurationIso(text) => Cell::Text(text),
    }
}

fn number_cell(number: f64, format: CellFormat) -> Cell {
    match format {
        CellFormat::Zeros(digits) if number >= 0.0 && number.fract() == 0.0 && number < 1e15 => {
            Cell::Text(format!("{number:0digits$}"))
        }
        _ => Cell::Number(number),
    }
}

/// A serial below 1 is a time of day or a slip, one like a year was most likely meant as a year: both stay numbers,
/// and the reader of dates sees to them.
fn date_cell(date: ExcelDateTime, format: CellFormat) -> Cell {
    let serial = date.as_f64();
    let shown = if let CellFormat::Date(shown) = format { shown } else { Shown::Day };
    match date.as_datetime() {
        Some(moment) if serial >= 1.0 && !date.is_duration() => Cell::Date(moment.date(), shown),
        _ => Cell::Number(serial),
    }
}

fn iso_date(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDateTime>().map(|moment| moment.date()).or_else(|_| text.parse::<NaiveDate>()).ok()
}
