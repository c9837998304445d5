//! A spreadsheet as rows of cells, whatever program wrote it.
//!
//! [`read`] takes xlsx, xls, ods and delimited text from memory. Rows and columns are those of the sheet: `rows[0]` is
//! its row 1. What a file may cost is bounded by [`MAX_CELLS`] and [`MAX_INFLATED`], since a sheet comes from a USB
//! stick and not from a friend.

mod archive;
mod compound;
mod delimited;
mod workbook;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Most bytes a file may have.
pub const MAX_BYTES: usize = 64 << 20;
/// Most bytes the parts of a zipped workbook may unfold to.
pub const MAX_INFLATED: u64 = 256 << 20;
/// Most rows of one sheet.
pub const MAX_ROWS: usize = 200_000;
/// Most columns of one sheet; what stands further right is not read.
pub const MAX_COLUMNS: usize = 256;
/// Most cells kept of a workbook.
pub const MAX_CELLS: usize = 4_000_000;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed; legacy encodings and odd characters untouched.
    Text(String),
    /// A number, serial dates without a date format included.
    Number(f64),
    /// A real date and how much of it the cell shows.
    Date(NaiveDate, Shown),
    /// True or false.
    Bool(bool),
}

/// How much of a real date its number format shows: a person who types `3/1948` into a spreadsheet gets the first of
/// March behind a format of month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Day, month and year.
    Day,
    /// Month and year.
    Month,
    /// The year only.
    Year,
}

impl Cell {
    /// True when a person sees nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}')),
            _ => false,
        }
    }

    /// What a person sees, to be kept beside a problem.
    #[must_use]
    pub fn seen(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => format!("{number}"),
            Self::Bool(value) => value.to_string().to_uppercase(),
            Self::Date(date, shown) => {
                let mut text = String::new();
                let written = match shown {
                    Shown::Day => write!(text, "{:02}/{:02}/{}", date.day(), date.month(), date.year()),
                    Shown::Month => write!(text, "{:02}/{}", date.month(), date.year()),
                    Shown::Year => write!(text, "{}", date.year()),
                };
                debug_assert!(written.is_ok(), "writing to a string cannot fail");
                text
            }
        }
    }
}

/// A rectangle of merged cells; rows and columns count from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for delimited text.
    pub name: String,
    /// True when the author hid it.
    pub hidden: bool,
    /// Cells by row and column; rows may be of different length.
    pub rows: Vec<Vec<Cell>>,
    /// Merged rectangles. Not told for ods and delimited text, whose covered cells are simply empty.
    pub merged: Vec<Merged>,
    /// Row and column, from 0, of what a worker typed in place of what was read: Unicode, the day before the month.
    pub mended: BTreeSet<(usize, usize)>,
}

static NOTHING: Cell = Cell::Empty;

impl Sheet {
    /// The cell at a place, empty beyond the sheet.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&NOTHING)
    }

    /// Number of columns of the widest row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// A cell mended by hand in the preview; the list is read again with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: usize,
    /// What shall stand there; empty clears the cell.
    pub text: String,
}

/// All sheets of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// In the order of the file.
    pub sheets: Vec<Sheet>,
}

impl Workbook {
    /// Puts what a worker typed in place of what was read. A place outside the workbook is passed over.
    pub fn mend(&mut self, mends: &[Mend]) {
        for mend in mends {
            let Some(sheet) = self.sheets.iter_mut().find(|sheet| sheet.name == mend.sheet) else { continue };
            let Some(row) = (mend.row as usize).checked_sub(1).and_then(|row| sheet.rows.get_mut(row)) else { continue };
            if mend.column >= MAX_COLUMNS {
                continue;
            }
            if row.len() <= mend.column {
                row.resize(mend.column + 1, Cell::Empty);
            }
            if let Some(cell) = row.get_mut(mend.column) {
                *cell = if mend.text.is_empty() { Cell::Empty } else { Cell::Text(mend.text.clone()) };
                sheet.mended.insert((mend.row as usize - 1, mend.column));
            }
        }
    }
}

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No spreadsheet this program knows.
    #[error("the file is no spreadsheet")]
    UnknownFormat,
    /// The file asks for a password.
    #[error("the file is protected by a password")]
    Protected,
    /// The file is cut or damaged.
    #[error("the file is damaged")]
    Damaged,
    /// More than this program reads.
    #[error("the file is larger than allowed")]
    TooLarge,
}

/// Reads a file from memory. `name_hint` is its name, used only where the bytes leave a doubt.
///
/// # Errors
/// When nothing can be read; a single odd cell is no error.
pub fn read(bytes: &[u8], name_hint: &str) -> Result<Workbook, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let workbook = match bytes {
        [b'P', b'K', 3, 4, ..] => archive::read(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound::read(bytes)?,
        _ => delimited::read(bytes, name_hint)?,
    };
    Ok(workbook)
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Counts cells as they are kept, and stops at the bounds of this module.
#[derive(Default)]
struct Budget {
    cells: usize,
}

impl Budget {
    /// Puts a cell at its place.
    fn put(&mut self, rows: &mut Vec<Vec<Cell>>, row: usize, column: usize, cell: Cell) -> Result<(), ReadError> {
        if matches!(cell, Cell::Empty) || column >= MAX_COLUMNS {
            return Ok(());
        }
        if row >= MAX_ROWS {
            return Err(ReadError::TooLarge);
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = rows.get_mut(row) else { return Ok(()) };
        if cells.len() <= column {
            self.cells += column + 1 - cells.len();
            if self.cells > MAX_CELLS {
                return Err(ReadError::TooLarge);
            }
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(column_letters),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"].map(str::to_owned)
        );
    }
}
