//! What stands over a list and on the tab of its sheet: the village and the year.

use domain::text::fold;

use super::cells::name::usual_case;
use super::headings::readings;
use super::layout::SheetMapping;
use super::words::{begins, words};
use crate::legacy::{self, Encoding};
use crate::sheet::{Cell, Sheet};

/// What holds for a whole sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Titles {
    pub village: Option<String>,
    pub year: Option<i32>,
    /// The title says that this is a list of households.
    pub of_households: bool,
}

pub(super) fn read(sheet: &Sheet, mapping: &SheetMapping, several: bool) -> Titles {
    let above = mapping.header_rows.map_or(0, |(first, _)| first.saturating_sub(1) as usize);
    let lines: Vec<String> = sheet
        .rows
        .iter()
        .take(above)
        .flatten()
        .filter_map(|cell| match cell {
            Cell::Text(text) => Some(decoded(text)),
            _ => None,
        })
        .collect();
    let headings = mapping.columns.iter().filter(|column| column.target.is_some_and(super::Target::is_of_household));
    let year = lines.iter().rev().chain(headings.map(|column| &column.heading)).find_map(|line| year_in(line));
    let village = of_tab(&sheet.name, several).or_else(|| lines.iter().rev().find_map(|line| village_in(line)));
    let of_households = lines.iter().any(|line| words().household_titles.iter().any(|title| fold(line).contains(title.as_str())));
    Titles { village, year, of_households }
}

pub(super) fn decoded(text: &str) -> String {
    let encoding = legacy::detect([text], Encoding::Unicode);
    domain::text::tidy(&legacy::decode(text, encoding))
}

/// A tab that names a village; among several tabs any name that is no general one.
fn of_tab(name: &str, several: bool) -> Option<String> {
    let name = readings(name).into_iter().next().unwrap_or_default();
    let folded = fold(&name);
    if words().names_village(&name) {
        return Some(name);
    }
    let general = folded.chars().all(|c| c.is_ascii_digit() || c == ' ')
        || words()
            .generic_sheets
            .iter()
            .any(|word| begins(folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '), word))
        || words().poverty_class.find(&name).is_some();
    (several && !general && folded.chars().count() <= 40).then_some(name)
}

/// `DANH SÁCH HỘ NGHÈO XÓM BƯNG NĂM 2026`, `Xóm: Bưng, xã Mường Bi`.
fn village_in(line: &str) -> Option<String> {
    let parts: Vec<&str> = line.split(' ').collect();
    let at = parts.iter().enumerate().position(|(index, part)| {
        let before = index.checked_sub(1).and_then(|before| parts.get(before)).map(|before| fold(before)).unwrap_or_default();
        let pair = format!("{before} {}", fold(part));
        let ends = part.ends_with([',', '.', ';', ')', '/']);
        words().title_village_words.contains(&fold(part)) && !ends && before != "truong" && !words().foreign_words.contains(&pair)
    })?;
    let word = parts.get(at)?.trim_end_matches(':');
    let mut name = Vec::new();
    for part in parts.iter().skip(at + 1).take(4) {
        let folded = fold(part);
        if folded.is_empty()
            || words().village_ends.contains(&folded)
            || folded.len() == 4 && folded.chars().all(|c| c.is_ascii_digit())
        {
            break;
        }
        name.push(part.trim_matches([',', '.', ';', ':', '(', ')']));
        if part.ends_with([',', '.', ';', ')', '-']) {
            break;
        }
    }
    let name = name.join(" ");
    let known = name.chars().any(char::is_alphanumeric);
    known.then(|| usual_case(&format!("{word} {name}")))
}

fn year_in(line: &str) -> Option<i32> {
    let folded = fold(line);
    let parts: Vec<&str> = folded.split(' ').collect();
    parts.windows(2).find_map(|pair| match pair {
        ["nam", year] if year.len() == 4 && year.starts_with("20") => year.parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_village() {
        for (line, expected) in [
            ("DANH SÁCH HỘ NGHÈO XÓM BƯNG NĂM 2026", Some("Xóm Bưng")),
            ("Xóm: Mới, xã Mường Bi", Some("Xóm Mới")),
            ("Thôn Đồng Mới - xã Mường Bi", Some("Thôn Đồng Mới")),
            ("Chương trình nông thôn mới", None),
            ("DANH SÁCH HỘ NGHÈO THEO XÓM", None),
            ("XÓM ........", None),
        ] {
            assert_eq!(village_in(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_tab_names_the_village_where_there_are_several() {
        assert_eq!(of_tab("Xóm Bưng", false).as_deref(), Some("Xóm Bưng"));
        assert_eq!(of_tab("Bưng", true).as_deref(), Some("Bưng"));
        for name in ["Sheet1", "Trang tính1", "Danh sách", "2026", "Hộ nghèo"] {
            assert_eq!(of_tab(name, true), None, "{name}");
        }
        assert_eq!(of_tab("Bưng", false), None);
    }
}
