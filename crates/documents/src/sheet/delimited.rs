//! Delimited text: which bytes, which separator, and rows numbered as a spreadsheet numbers them.
//!
//! Blank lines count as rows, quoted line breaks do not end one.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::{Budget, Cell, ReadError, Sheet, Workbook};
use crate::legacy;

const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

pub(super) fn read(bytes: &[u8], name_hint: &str) -> Result<Workbook, ReadError> {
    let text = decode(bytes).ok_or(ReadError::UnknownFormat)?;
    let (text, named) = separator_line(&text);
    let separator = named.unwrap_or_else(|| separator_of(text));
    let mut budget = Budget::default();
    let mut rows = Vec::new();
    let records = records(text, separator, true).or_else(|| records(text, separator, false)).unwrap_or_default();
    for (row, record) in records.into_iter().enumerate() {
        for (column, field) in record.into_iter().enumerate() {
            let cell = if field.is_empty() { Cell::Empty } else { Cell::Text(field) };
            budget.put(&mut rows, row, column, cell)?;
        }
    }
    let name = name_hint.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    Ok(Workbook { sheets: vec![Sheet { name, rows, ..Sheet::default() }] })
}

/// The text of a file; `None` for what is no text at all.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return Some(String::from_utf8_lossy(rest).into_owned());
    }
    let wide = if bytes.starts_with(&[0xFF, 0xFE]) {
        Some(UTF_16LE)
    } else if bytes.starts_with(&[0xFE, 0xFF]) {
        Some(UTF_16BE)
    } else {
        wide_without_mark(bytes)
    };
    if let Some(encoding) = wide {
        return Some(encoding.decode_with_bom_removal(bytes).0.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    // Eight-bit text: the old fonts wear the letters of 1252 and are told apart per column, 1258 is Vietnamese itself.
    let western = WINDOWS_1252.decode(bytes).0.into_owned();
    let vietnamese = domain::text::nfc(&WINDOWS_1258.decode(bytes).0);
    let as_vietnamese = legacy::evidence(&vietnamese).unicode;
    let as_western = legacy::evidence(&western);
    let old_font = as_western.tcvn3.max(as_western.vni).max(as_western.unicode);
    Some(if as_vietnamese > old_font { vietnamese } else { western })
}

/// UTF-16 without its mark: plain letters make every second byte zero.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = bytes.get(..bytes.len().min(2000)).unwrap_or_default();
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 5;
    match () {
        () if odd > many && even * 4 < odd => Some(UTF_16LE),
        () if even > many && odd * 4 < even => Some(UTF_16BE),
        () => None,
    }
}

/// A first line `sep=;` is an instruction to the spreadsheet and no row.
fn separator_line(text: &str) -> (&str, Option<char>) {
    let Some((line, rest)) = text.split_once('\n') else { return (text, None) };
    let Some(named) = line.trim_end_matches('\r').strip_prefix("sep=") else { return (text, None) };
    let mut chars = named.chars();
    match (chars.next(), chars.next()) {
        (Some(separator), None) => (rest, Some(separator)),
        _ => (text, None),
    }
}

/// The separator that cuts most lines into equally many fields.
fn separator_of(text: &str) -> char {
    let sample: String = text.split_inclusive('\n').take(60).collect();
    let weight = |separator: char| {
        let widths: Vec<usize> = records(&sample, separator, true)
            .or_else(|| records(&sample, separator, false))
            .unwrap_or_default()
            .iter()
            .map(Vec::len)
            .collect();
        let commonest =
            widths.iter().filter(|width| **width > 1).map(|width| widths.iter().filter(|other| *other == width).count() * width);
        commonest.max().unwrap_or(0)
    };
    let mut best = (SEPARATORS[0], 0);
    for separator in SEPARATORS {
        let weight = weight(separator);
        if weight > best.1 {
            best = (separator, weight);
        }
    }
    best.0
}

/// Cuts text into rows of fields. With `quotes`, a field may be quoted and hold separators, line breaks and doubled
/// quotes; `None` when a quote never ends, since then it was none.
fn records(text: &str, separator: char, quotes: bool) -> Option<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    let (mut row, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if quotes && (field.is_empty() || field == "=") => {
                // `="017…"` is how a spreadsheet is told to keep the zero.
                field.clear();
                quoted = true;
            }
            c if quoted => field.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c if c == separator => row.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    if quoted {
        return None;
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let book = read(bytes, "list.csv").unwrap_or_default();
        book.sheets
            .first()
            .map(|sheet| sheet.rows.iter().map(|row| row.iter().map(Cell::seen).collect()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn separator_is_found() {
        for text in ["a,b,c\n1,2,3\n", "a;b;c\n1;2,5;3\n", "a\tb\tc\n1\t2\t3\n", "sep=|\na|b|c\n1|2|3"] {
            assert_eq!(texts(text.as_bytes()).first().map(Vec::len), Some(3), "{text}");
        }
    }

    #[test]
    fn blank_lines_keep_their_number_and_quotes_their_breaks() {
        let rows = texts("a,b\n\n\"x\ny\",\"q \"\"z\"\"\"\n".as_bytes());
        assert_eq!(rows.len(), 3);
        assert_eq!(rows.get(2), Some(&vec!["x\ny".to_owned(), "q \"z\"".to_owned()]));
    }

    #[test]
    fn a_quote_that_never_ends_is_a_letter() {
        assert_eq!(texts(b"a,b\n\"1,2\n3,4\n").len(), 3);
    }

    #[test]
    fn every_unicode_form_is_read() {
        let text = "Họ và tên,Xóm\nBùi Thị Mừng,Bưng\n";
        let mut wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(&wide);
        let expected = texts(text.as_bytes());
        assert_eq!(expected.get(1).and_then(|row| row.first()).map(String::as_str), Some("Bùi Thị Mừng"));
        assert_eq!(texts(&marked), expected);
        assert_eq!(texts(&wide), expected);
        wide = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(texts(&wide), expected);
        assert_eq!(texts(&[&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat()), expected);
    }
}
