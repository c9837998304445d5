//! Dates of birth in the forms people type: `17/3/1948`, `3/1948`, `1948`, `00/00/1950`, serial numbers, real dates.
//!
//! Day comes before month here. A reading that needs another order, or a column whose dates a foreign spreadsheet has
//! turned round, is asked and never made.

use chrono::{Datelike, NaiveDate};
use domain::{Month, PartialDate};

use super::super::problem::{Finding, ProblemKind, Reading};
use super::super::words::words;
use super::order::{DateOrder, Order};
use crate::sheet::{Cell, Shown};

/// Years a living or remembered person may be born in.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2100;

/// Reads one cell. `today` bounds it.
pub(crate) fn read(cell: &Cell, order: Order, today: NaiveDate) -> Reading<PartialDate> {
    let reading = match cell {
        Cell::Empty => Reading::empty(),
        Cell::Bool(_) => unreadable(),
        Cell::Number(number) => from_number(*number),
        Cell::Date(date, shown) => from_date(*date, *shown, order),
        Cell::Text(text) => from_text(text, order),
    };
    match reading.value {
        Some(date) if date.first_day() > today => Reading::refused(Finding::error(ProblemKind::DateInFuture)),
        _ => reading,
    }
}

fn unreadable() -> Reading<PartialDate> {
    Reading::refused(Finding::error(ProblemKind::DateUnreadable))
}

fn impossible() -> Reading<PartialDate> {
    Reading::refused(Finding::error(ProblemKind::DateImpossible))
}

fn from_date(date: NaiveDate, shown: Shown, order: Order) -> Reading<PartialDate> {
    // Serial numbers 1850 to 2100 are days of 1905: a year typed into a cell that was formatted as a date.
    let year = serial(date);
    if YEARS.contains(&year) {
        return Reading::refused(Finding::error(ProblemKind::DateMayBeYear).with("year", year));
    }
    match shown {
        Shown::Year if date.day() == 1 && date.month() == 1 => Reading::of(PartialDate::Year(date.year())),
        Shown::Month if date.day() == 1 => Reading::of(PartialDate::Month(Month::of(date))),
        _ if order.real_dates_turned() && date.day() <= 12 && date.day() != date.month() => {
            let turned = NaiveDate::from_ymd_opt(date.year(), date.day(), date.month());
            match order.chosen {
                None => unsure(Some(date), turned),
                Some(DateOrder::DayFirst) => Reading::of(PartialDate::Day(date)),
                Some(DateOrder::MonthFirst) => turned.map(PartialDate::Day).map_or_else(impossible, Reading::of),
            }
        }
        _ => Reading::of(PartialDate::Day(date)),
    }
}

fn unsure(first: Option<NaiveDate>, second: Option<NaiveDate>) -> Reading<PartialDate> {
    let mut finding = Finding::error(ProblemKind::DateOrderUnsure);
    for (name, date) in [("first", first), ("second", second)] {
        if let Some(date) = date {
            finding = finding.with(name, date);
        }
    }
    Reading::refused(finding)
}

fn serial(date: NaiveDate) -> i32 {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    i32::try_from((date - epoch).num_days()).unwrap_or(0)
}

fn from_number(number: f64) -> Reading<PartialDate> {
    if !(0.0..1e9).contains(&number) {
        return unreadable();
    }
    if number.fract() != 0.0 && number < 2101.0 {
        // 3.1948 may be March 1948 and 3.195 March 1950: the zero is gone.
        return unreadable();
    }
    let whole = number as i64;
    match whole {
        1850..=2100 => year(i32::try_from(whole).unwrap_or(0)),
        2101..=100_000 => {
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
            match epoch.checked_add_signed(chrono::Duration::days(whole)) {
                Some(date) => Reading::of(PartialDate::Day(date)),
                None => unreadable(),
            }
        }
        0..=99 => Reading::refused(Finding::error(ProblemKind::DateTwoDigitYear)),
        1_000_000..=99_999_999 => eight_digits(&format!("{whole:08}")),
        _ => unreadable(),
    }
}

fn year(year: i32) -> Reading<PartialDate> {
    if YEARS.contains(&year) { Reading::of(PartialDate::Year(year)) } else { unreadable() }
}

/// `17031948`, and `19480317` where it cannot be the first.
fn eight_digits(digits: &str) -> Reading<PartialDate> {
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let date = |year: u32, month: u32, day: u32| {
        i32::try_from(year).ok().filter(|year| YEARS.contains(year)).and_then(|year| partial(day, month, year))
    };
    let (ours, iso) = (date(part(4..8), part(2..4), part(0..2)), date(part(0..4), part(4..6), part(6..8)));
    match (ours, iso) {
        (Some(date), None) | (None, Some(date)) => Reading::of(date),
        (Some(_), Some(_)) => unsure(None, None),
        (None, None) => unreadable(),
    }
}

/// Day and month may be 0: not known.
fn partial(day: u32, month: u32, year: i32) -> Option<PartialDate> {
    match (day, month) {
        (0, 0) => Some(PartialDate::Year(year)),
        (0, 1..=12) => Some(PartialDate::Month(Month { year, month })),
        (_, 0) => None,
        _ => NaiveDate::from_ymd_opt(year, month, day).map(PartialDate::Day),
    }
}

fn from_text(text: &str, order: Order) -> Reading<PartialDate> {
    let Some(parts) = parts(text) else { return unreadable() };
    if parts.is_empty() {
        return Reading::empty();
    }
    if parts.iter().any(|part| part.len() > 8) {
        return unreadable();
    }
    let number = |part: &String| part.parse::<u32>().unwrap_or(0);
    let year_of = |part: &String| i32::try_from(number(part)).unwrap_or(0);
    match parts.as_slice() {
        [one] if one.len() == 4 => year(year_of(one)),
        [one] if one.len() == 8 => eight_digits(one),
        [one] if one.len() <= 2 => Reading::refused(Finding::error(ProblemKind::DateTwoDigitYear)),
        // A serial number that travelled as text.
        [one] if one.len() == 5 => from_number(f64::from(number(one))),
        [first, second] if first.len() == 4 && second.len() <= 2 => month_of(number(second), year_of(first)),
        [first, second] if first.len() <= 2 && second.len() == 4 => month_of(number(first), year_of(second)),
        [_, second] if second.len() <= 2 => Reading::refused(Finding::error(ProblemKind::DateTwoDigitYear)),
        [first, second, third] if first.len() == 4 && second.len() <= 2 && third.len() <= 2 => {
            in_year(number(third), number(second), year_of(first))
        }
        [first, second, third] if first.len() <= 2 && second.len() <= 2 && third.len() == 4 => {
            ordered(number(first), number(second), year_of(third), order)
        }
        [first, second, third] if first.len() <= 2 && second.len() <= 2 && third.len() <= 2 => {
            Reading::refused(Finding::error(ProblemKind::DateTwoDigitYear))
        }
        _ => unreadable(),
    }
}

fn month_of(month: u32, of_year: i32) -> Reading<PartialDate> {
    match month {
        0 => year(of_year),
        1..=12 if YEARS.contains(&of_year) => Reading::of(PartialDate::Month(Month { year: of_year, month })),
        _ => impossible(),
    }
}

fn in_year(day: u32, month: u32, year: i32) -> Reading<PartialDate> {
    if !YEARS.contains(&year) {
        return unreadable();
    }
    partial(day, month, year).map_or_else(impossible, Reading::of)
}

fn ordered(first: u32, second: u32, year: i32, order: Order) -> Reading<PartialDate> {
    let turned = |day: u32, month: u32| NaiveDate::from_ymd_opt(year, month, day);
    match order.chosen.or(order.assumed()) {
        Some(DateOrder::DayFirst) if second <= 12 => return in_year(first, second, year),
        Some(DateOrder::MonthFirst) if first <= 12 => return in_year(second, first, year),
        Some(DateOrder::MonthFirst) if second <= 12 => return unsure(turned(first, second), None),
        _ => {}
    }
    if (13..=31).contains(&second) && (1..=12).contains(&first) {
        return match turned(second, first) {
            Some(date) if YEARS.contains(&year) => unsure(None, Some(date)),
            _ => impossible(),
        };
    }
    if order.texts_turned() && first != second && (1..=12).contains(&first) && (1..=12).contains(&second) {
        return unsure(turned(first, second), turned(second, first));
    }
    in_year(first, second, year)
}

/// The numbers of a date, what stands for "not known" as `0`; `None` when there is anything else in it.
pub(crate) fn parts(text: &str) -> Option<Vec<String>> {
    let text = domain::text::tidy(text);
    let text = text.trim_start_matches('\'').to_lowercase();
    // The time of day that some programs add.
    let text = match text.split_once([' ', 't']) {
        Some((date, time)) if time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ')) => {
            date.to_owned()
        }
        _ => text,
    };
    let separated = text.contains(['/', '-', '.']) && text.chars().any(|c| c.is_ascii_digit());
    let mut parts: Vec<String> = Vec::new();
    if separated {
        let pieces = text
            .split(['/', '-'])
            .flat_map(|piece| if text.contains(['/', '-']) { vec![piece] } else { piece.split('.').collect() });
        for piece in pieces {
            let piece = without_words(piece);
            let unknown = piece.chars().all(|c| matches!(c, '.' | '_' | '?' | '\u{2026}' | 'x' | ' '));
            match () {
                () if unknown => parts.push("0".to_owned()),
                () if piece.chars().all(|c| c.is_ascii_digit()) => parts.push(piece),
                () => return None,
            }
        }
        // `--/--/1950`: a dash that stands for a digit.
        if parts.len() > 3 {
            let kept: Vec<String> = text.split('/').map(|piece| piece.trim_matches(['-', '_', '.', ' ']).to_owned()).collect();
            if kept.len() > 3 || kept.iter().any(|piece| !piece.chars().all(|c| c.is_ascii_digit())) {
                return None;
            }
            parts = kept.into_iter().map(|piece| if piece.is_empty() { "0".to_owned() } else { piece }).collect();
        }
        return Some(parts);
    }
    for piece in text.split([' ', ',', ':']).filter(|piece| !piece.is_empty()) {
        let piece = without_words(piece);
        match () {
            () if piece.is_empty() => {}
            () if piece.chars().all(|c| c.is_ascii_digit()) => parts.push(piece),
            () if piece.chars().all(|c| matches!(c, '-' | '/' | '.' | '\u{2026}' | '_')) => {}
            () => return None,
        }
    }
    Some(parts)
}

/// Takes off the words around the numbers (`ngày`, `tháng`, `năm`, `sinh`).
fn without_words(piece: &str) -> String {
    piece
        .split(' ')
        .filter(|word| {
            let folded = domain::text::fold(word);
            folded.is_empty() && !word.is_empty() && !word.chars().all(|c| matches!(c, ':' | ','))
                || !folded.is_empty() && !words().date_words.contains(&folded)
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// True for a cell that could stand in a column of births.
pub(crate) fn looks_like_birth(cell: &Cell) -> bool {
    match cell {
        Cell::Date(..) => true,
        Cell::Number(number) => (1850.0..60_000.0).contains(number),
        Cell::Text(text) => parts(text).is_some_and(|parts| parts.iter().any(|part| part.len() == 4)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn text(text: &str) -> Reading<PartialDate> {
        read(&Cell::Text(text.to_owned()), Order::default(), today())
    }

    fn kind(reading: &Reading<PartialDate>) -> Option<ProblemKind> {
        assert!(reading.value.is_none(), "{reading:?}");
        reading.findings.first().map(|finding| finding.kind)
    }

    #[test]
    fn every_form_is_read() {
        for (typed, expected) in [
            ("17/3/1948", "1948-03-17"),
            ("17-03-1948", "1948-03-17"),
            ("17.3.1948", "1948-03-17"),
            ("17 / 3 / 1948", "1948-03-17"),
            ("17 3 1948", "1948-03-17"),
            ("1948-03-17", "1948-03-17"),
            ("1948-03-17 00:00:00", "1948-03-17"),
            ("17/3/1948 0:00", "1948-03-17"),
            ("17031948", "1948-03-17"),
            ("ngày 17 tháng 3 năm 1948", "1948-03-17"),
            ("Sinh năm 1948", "1948"),
            ("3/1948", "1948-03"),
            ("03-1948", "1948-03"),
            ("1948-03", "1948-03"),
            ("tháng 3/1948", "1948-03"),
            ("tháng 3 năm 1948", "1948-03"),
            ("1948", "1948"),
            ("00/00/1950", "1950"),
            ("00/3/1950", "1950-03"),
            ("--/--/1950", "1950"),
            ("../../1950", "1950"),
            ("…/…/1950", "1950"),
            ("//1950", "1950"),
            ("17609", "1948-03-17"),
            ("4/3/1948", "1948-03-04"),
            (" 17/3/1948\u{a0}", "1948-03-17"),
        ] {
            let reading = text(typed);
            assert_eq!(reading.value.map(|date| date.to_string()).as_deref(), Some(expected), "{typed}: {reading:?}");
            assert!(reading.findings.is_empty(), "{typed}");
        }
        assert_eq!(text(""), Reading::empty());
        assert_eq!(text(" - "), Reading::empty());
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (typed, expected) in [
            ("17/3/48", ProblemKind::DateTwoDigitYear),
            ("3/48", ProblemKind::DateTwoDigitYear),
            ("48", ProblemKind::DateTwoDigitYear),
            ("31/02/1950", ProblemKind::DateImpossible),
            ("29/2/1947", ProblemKind::DateImpossible),
            ("13/1948", ProblemKind::DateImpossible),
            ("45/13/1950", ProblemKind::DateImpossible),
            ("3/17/1948", ProblemKind::DateOrderUnsure),
            ("khoảng 1950", ProblemKind::DateUnreadable),
            ("không rõ", ProblemKind::DateUnreadable),
            ("17/3/19488", ProblemKind::DateUnreadable),
            ("l7/3/1948", ProblemKind::DateUnreadable),
            ("17/3/2030", ProblemKind::DateInFuture),
        ] {
            assert_eq!(kind(&text(typed)), Some(expected), "{typed}");
        }
        assert_eq!(text("3/17/1948").findings.first().unwrap().params.get("second").map(String::as_str), Some("1948-03-17"));
    }

    #[test]
    fn numbers_are_years_or_serial_numbers() {
        let number = |number: f64| read(&Cell::Number(number), Order::default(), today());
        assert_eq!(number(1948.0).value.unwrap().to_string(), "1948");
        assert_eq!(number(17609.0).value.unwrap().to_string(), "1948-03-17");
        assert_eq!(number(17_031_948.0).value.unwrap().to_string(), "1948-03-17");
        assert_eq!(number(3_021_948.0).value.unwrap().to_string(), "1948-02-03");
        assert_eq!(kind(&number(48.0)), Some(ProblemKind::DateTwoDigitYear));
        assert_eq!(kind(&number(3.1948)), Some(ProblemKind::DateUnreadable));
    }

    #[test]
    fn real_dates_keep_what_they_show() {
        let date =
            |y, m, d, shown| read(&Cell::Date(NaiveDate::from_ymd_opt(y, m, d).unwrap(), shown), Order::default(), today());
        assert_eq!(date(1948, 3, 17, Shown::Day).value.unwrap().to_string(), "1948-03-17");
        assert_eq!(date(1948, 3, 1, Shown::Month).value.unwrap().to_string(), "1948-03");
        assert_eq!(date(1948, 1, 1, Shown::Year).value.unwrap().to_string(), "1948");
        assert_eq!(kind(&date(1905, 5, 1, Shown::Day)), Some(ProblemKind::DateMayBeYear));
    }

    #[test]
    fn a_column_that_puts_the_month_first_is_asked() {
        let cells: Vec<Cell> = ["3/17/1948", "12/25/1950", "3/4/1948"].map(|text| Cell::Text(text.to_owned())).to_vec();
        let order = Order::of(&cells);
        assert_eq!(kind(&read(&cells[2], order, today())), Some(ProblemKind::DateOrderUnsure));
        let cells: Vec<Cell> = ["17/3/1948", "25/12/1950", "3/4/1948"].map(|text| Cell::Text(text.to_owned())).to_vec();
        assert_eq!(read(&cells[2], Order::of(&cells), today()).value.unwrap().to_string(), "1948-04-03");
    }

    #[test]
    fn real_dates_that_a_foreign_spreadsheet_turned_are_asked() {
        let date = |month, day| Cell::Date(NaiveDate::from_ymd_opt(1948, month, day).unwrap(), Shown::Day);
        let text = |text: &str| Cell::Text(text.to_owned());
        let turned = [date(3, 4), date(5, 6), date(1, 2), date(11, 12), text("17/3/1948"), text("25/12/1950")];
        assert_eq!(kind(&read(&turned[0], Order::of(&turned), today())), Some(ProblemKind::DateOrderUnsure));
        let plain = [date(3, 4), date(5, 6), date(1, 2), date(3, 17), text("17/3/1948"), text("25/12/1950")];
        assert!(read(&plain[0], Order::of(&plain), today()).value.is_some());
    }
}
