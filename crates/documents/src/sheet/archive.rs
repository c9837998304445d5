//! Zipped workbooks (xlsx, xlsm, xlsb, ods): weighed part by part before anything is built from them.
//!
//! A few kilobytes can unfold to gigabytes, or claim a billion rows in one attribute; both are refused here, since the
//! reader behind reserves what a file asks for.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{MAX_CELLS, MAX_COLUMNS, MAX_INFLATED, MAX_ROWS, ReadError, Workbook, workbook};

/// Most parts a workbook may have.
const MAX_PARTS: usize = 10_000;

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    workbook::read(bytes, weigh(bytes, MAX_INFLATED)?)
}

/// Unfolds every part once, keeping none, and says what the archive holds.
fn weigh(bytes: &[u8], most: u64) -> Result<workbook::Format, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooLarge);
    }
    let mut left = most;
    let mut format = None;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        let name = part.name().map_err(|_| ReadError::Damaged)?.to_ascii_lowercase();
        let mut content = Vec::new();
        let size = (&mut part).take(left + 1).read_to_end(&mut content).map_err(|_| ReadError::Damaged)? as u64;
        left = left.checked_sub(size).ok_or(ReadError::TooLarge)?;
        if name.ends_with("sharedstrings.xml") {
            weigh_shared_strings(&content)?;
        } else if name == "content.xml" {
            weigh_content(&content)?;
        }
        match name.as_str() {
            "xl/workbook.xml" => format = Some(workbook::Format::Xlsx),
            "xl/workbook.bin" => format = Some(workbook::Format::Xlsb),
            "mimetype" if content.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") => {
                format = Some(workbook::Format::Ods);
            }
            _ => {}
        }
    }
    format.ok_or(ReadError::UnknownFormat)
}

/// The count of shared strings is reserved before one is read.
fn weigh_shared_strings(content: &[u8]) -> Result<(), ReadError> {
    let start = content.get(..content.len().min(4096)).unwrap_or_default();
    match attribute(start, b"uniqueCount=\"") {
        Some(count) if count > content.len() => Err(ReadError::TooLarge),
        _ => Ok(()),
    }
}

/// A table of an open document repeats rows and cells by a number. What follows the last value is free (every sheet
/// ends in a million empty rows); what lies before it is laid out in full.
fn weigh_content(content: &[u8]) -> Result<(), ReadError> {
    let (mut rows, mut empty_rows, mut widest) = (0_usize, 0_usize, 0_usize);
    let (mut columns, mut empty_columns, mut repeat) = (0_usize, 0_usize, 1_usize);
    let check = |rows: usize, widest: usize| {
        if rows > MAX_ROWS || widest > 4 * MAX_COLUMNS || rows.saturating_mul(widest) > 4 * MAX_CELLS {
            return Err(ReadError::TooLarge);
        }
        Ok(())
    };
    for tag in tags(content) {
        if tag.starts_with(b"table:table-row") || tag.starts_with(b"/table:table>") || tag == b"/table:table" {
            if columns > 0 {
                rows = rows.saturating_add(empty_rows).saturating_add(repeat);
                empty_rows = 0;
                widest = widest.max(columns);
                check(rows, widest)?;
            } else {
                empty_rows = empty_rows.saturating_add(repeat);
            }
            (columns, empty_columns) = (0, 0);
            repeat = attribute(tag, b"number-rows-repeated=\"").unwrap_or(1);
            if tag.starts_with(b"/table:table") {
                (rows, empty_rows, widest, repeat) = (0, 0, 0, 0);
            }
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered-table-cell") {
            let repeated = attribute(tag, b"number-columns-repeated=\"").unwrap_or(1);
            if tag.windows(12).any(|part| part == b"office:value" || part == b"office:strin" || part == b"table:formul") {
                columns = columns.saturating_add(empty_columns).saturating_add(repeated);
                empty_columns = 0;
            } else {
                empty_columns = empty_columns.saturating_add(repeated);
            }
        }
    }
    Ok(())
}

/// What stands between each `<` and the next `>`.
fn tags(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|byte| *byte == b'<').skip(1).map(|part| part.split(|byte| *byte == b'>').next().unwrap_or_default())
}

fn attribute(tag: &[u8], start: &[u8]) -> Option<usize> {
    let at = tag.windows(start.len()).position(|part| part == start)? + start.len();
    let digits: String = tag.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    if digits.is_empty() { None } else { Some(digits.parse().unwrap_or(usize::MAX)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;

    use super::*;

    #[test]
    fn a_bomb_is_refused_before_it_unfolds() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&vec![b' '; 300_000]).unwrap();
        }
        let bomb = archive.finish().unwrap().into_inner();
        assert!(bomb.len() < 3_000, "it is small: {}", bomb.len());
        assert!(matches!(weigh(&bomb, 500_000), Err(ReadError::TooLarge)));
        assert!(weigh(&bomb, 700_000).is_ok());
    }
}
