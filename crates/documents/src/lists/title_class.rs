//! A poverty class that stands only over a list or on its tab: `DANH SÁCH HỘ NGHÈO NĂM 2025`.
//!
//! Owes its callers: it is told as a question and taken only after a worker's answer, since a list of who was looked at bears the
//! same title. Where two classes are named, or a column says the class, there is no question.

use std::collections::{BTreeMap, BTreeSet};

use domain::Level;
use serde::{Deserialize, Serialize};

use super::ReadHousehold;
use super::body::number;
use super::headings::readings;
use super::layout::SheetMapping;
use super::problem::{ImportProblem, ProblemKind};
use super::target::Target;
use super::titles::decoded;
use super::words::words;
use crate::sheet::{Cell, Sheet, column_letters};

/// Most words that the name of a class has.
const LONGEST: usize = 6;

/// Columns that say the class of each row.
const OF_ROWS: [Target; 5] =
    [Target::PovertyClass, Target::PoorMark, Target::NearPoorMark, Target::JustEscapedMark, Target::AverageLivingMark];

/// What stands over a list or on its tab about the class of all in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleClass {
    /// Code of `poverty_class`.
    pub code: String,
    /// The title.
    pub text: String,
    /// Row as in the sheet, from 1; 0: the tab.
    pub row: u32,
    /// Letters of its column; empty: the tab.
    pub column: String,
}

/// The one class that the titles of a sheet name, above the row where its header begins, counted from 1.
pub(super) fn find(sheet: &Sheet, header: Option<(u32, u32)>) -> Option<TitleClass> {
    let above = header.map_or(0, |(first, _)| first.saturating_sub(1) as usize);
    let cells = sheet.rows.iter().take(above).enumerate().flat_map(|(row, cells)| {
        cells.iter().enumerate().filter_map(move |(column, cell)| match cell {
            Cell::Text(text) => Some((number(row), column_letters(column), decoded(text))),
            _ => None,
        })
    });
    let tab = (0, String::new(), readings(&sheet.name).into_iter().next().unwrap_or_default());
    let mut found: Option<TitleClass> = None;
    for (row, column, text) in cells.chain([tab]) {
        for code in named(&text) {
            match &found {
                Some(found) if found.code != code => return None,
                Some(_) => {}
                None => found = Some(TitleClass { code: code.to_owned(), text: text.clone(), row, column: column.clone() }),
            }
        }
    }
    found
}

/// Gives the households of a sheet the class that a worker said holds for all of it, or tells what the title says, as a question.
pub(super) fn settle(mapped: &SheetMapping, households: &mut [ReadHousehold]) -> Option<ImportProblem> {
    let open: Vec<&mut ReadHousehold> = households.iter_mut().filter(|household| household.poverty_class.is_none()).collect();
    let title = mapped.title_class.as_ref().filter(|_| !open.is_empty())?;
    if OF_ROWS.iter().any(|target| mapped.column(*target).is_some()) {
        return None;
    }
    if let Some(class) = &mapped.class {
        for household in open {
            household.poverty_class = Some(class.clone()).filter(|class| !class.is_empty());
        }
        return None;
    }
    Some(ImportProblem {
        sheet: mapped.sheet.clone(),
        row: title.row,
        column: title.column.clone(),
        heading: String::new(),
        read: title.text.clone(),
        kind: ProblemKind::ClassInTitle,
        level: Level::Info,
        params: BTreeMap::from([("code".to_owned(), title.code.clone()), ("count".to_owned(), open.len().to_string())]),
    })
}

/// The classes that a line names, each by the longest of its spellings; one word alone is no class (`giảm nghèo`).
fn named(line: &str) -> BTreeSet<&'static str> {
    let parts: Vec<&str> = line.split([' ', ',', ';', '/', '-', '(', ')', ':', '.']).filter(|part| !part.is_empty()).collect();
    let mut codes = BTreeSet::new();
    let mut at = 0;
    while at < parts.len() {
        let lengths = (2..=LONGEST.min(parts.len() - at)).rev();
        let mut found = lengths.filter_map(|length| {
            let spelling = parts.get(at..at + length)?.join(" ");
            words().poverty_class.find(&spelling).map(|code| (code, length))
        });
        match found.next() {
            Some((code, length)) => {
                codes.insert(code);
                at += length;
            }
            None => at += 1,
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_classes_and_nothing_else() {
        for (line, expected) in [
            ("DANH SÁCH HỘ NGHÈO NĂM 2025", vec!["poor"]),
            ("Danh sách hộ cận nghèo xóm Bưng năm 2026", vec!["near_poor"]),
            ("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO", vec!["near_poor", "poor"]),
            ("DANH SACH HO MOI THOAT NGHEO", vec!["just_escaped"]),
            ("BAN CHỈ ĐẠO GIẢM NGHÈO XÃ MƯỜNG BI", vec![]),
            ("Danh sách nhân khẩu xóm Nghèo", vec![]),
        ] {
            assert_eq!(named(line).into_iter().collect::<Vec<_>>(), expected, "{line}");
        }
    }
}
