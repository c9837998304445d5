//! Citizen ids as spreadsheets leave them: numbers without their zero, in scientific notation, with dots and spaces;
//! and the old ids of 9 digits beside them.

use domain::{PartialDate, citizen_id};

use super::super::problem::{Finding, ProblemKind, Reading};
use super::super::words::words;
use crate::sheet::Cell;

/// What an id cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Id {
    /// 12 digits.
    Citizen(String),
    /// 9 digits.
    Old(String),
}

/// What is known of the person, to judge whether a lost zero may be put back.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    pub sex: Option<&'a str>,
    pub birth: Option<&'a PartialDate>,
    /// The latest year of birth.
    pub this_year: i32,
}

/// Reads an id. A number of fewer than 12 digits gets its zeros back only where the result is a real id that
/// contradicts nothing known; it is reported either way.
pub(crate) fn read(cell: &Cell, known: Known<'_>) -> Reading<Id> {
    let (digits, number) = match cell {
        Cell::Empty => return Reading::empty(),
        Cell::Number(number) if *number >= 0.0 && number.fract() == 0.0 && *number < 1e15 => (format!("{number:.0}"), true),
        Cell::Text(text) => match digits_of(text) {
            Digits::None => return Reading::empty(),
            Digits::Plain(digits) => (digits, false),
            Digits::Scientific(digits) => (digits, true),
            Digits::Lost => return Reading::refused(Finding::error(ProblemKind::IdDigitsLost)),
            Digits::Other => return Reading::refused(Finding::error(ProblemKind::IdUnreadable)),
        },
        _ => return Reading::refused(Finding::error(ProblemKind::IdUnreadable)),
    };
    let length = || Reading::refused(Finding::error(ProblemKind::IdLength).with("digits", digits.len()));
    match digits.len() {
        12 => with_contradictions(digits.clone(), known),
        9 => Reading::of(Id::Old(digits)),
        8 if number => {
            let taken = format!("{digits:0>9}");
            Reading::of(Id::Old(taken.clone())).but(Finding::warning(ProblemKind::OldIdZeroAdded).with("taken", taken))
        }
        11 => padded(&digits, known).unwrap_or_else(length),
        // Two zeros are missing; without a number's certainty, sex and birth must both speak for it.
        10 if number || known.sex.is_some() && known.birth.is_some() => padded(&digits, known).unwrap_or_else(length),
        _ => length(),
    }
}

fn with_contradictions(id: String, known: Known<'_>) -> Reading<Id> {
    let Some(structure) = citizen_id::read(&id) else { return Reading::refused(Finding::error(ProblemKind::IdUnreadable)) };
    let mut reading = Reading::of(Id::Citizen(id));
    if !structure.province_known {
        reading = reading.but(Finding::warning(ProblemKind::IdUnknownProvince));
    }
    if known.sex.is_some_and(|sex| sex != structure.sex) {
        reading = reading.but(Finding::warning(ProblemKind::IdContradictsSex));
    }
    if known.birth.is_some_and(|birth| !citizen_id::agrees_with_birth(&structure, birth)) {
        reading = reading.but(Finding::warning(ProblemKind::IdContradictsBirth).with("year", structure.year));
    }
    reading
}

/// A number loses all its leading zeros; one that still has any lost another digit.
fn padded(digits: &str, known: Known<'_>) -> Option<Reading<Id>> {
    if digits.starts_with('0') {
        return None;
    }
    let id = format!("{digits:0>12}");
    let structure = citizen_id::read(&id)?;
    let agrees = structure.province_known
        && structure.year <= known.this_year
        && known.sex.is_none_or(|sex| sex == structure.sex)
        && known.birth.is_none_or(|birth| citizen_id::agrees_with_birth(&structure, birth));
    agrees.then(|| Reading::of(Id::Citizen(id.clone())).but(Finding::warning(ProblemKind::IdZeroAdded).with("taken", id)))
}

enum Digits {
    None,
    Plain(String),
    Scientific(String),
    Lost,
    Other,
}

fn digits_of(text: &str) -> Digits {
    let text = domain::text::tidy(text);
    // `CCCD: 017…`
    let text = match text.find(|c: char| c.is_ascii_digit()) {
        Some(at) if words().id_labels.contains(&domain::text::fold(text.get(..at).unwrap_or_default())) => {
            text.get(at..).unwrap_or_default().to_owned()
        }
        _ => text,
    };
    if let Some(digits) = scientific(&text) {
        return digits.map_or(Digits::Lost, Digits::Scientific);
    }
    let bare: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\'' | ',' | '\u{2019}' | '`' | '_')).collect();
    match () {
        () if bare.is_empty() => Digits::None,
        () if bare.chars().all(|c| c.is_ascii_digit()) => Digits::Plain(bare),
        () => Digits::Other,
    }
}

/// `1.7090001234E+10` holds all its digits, `1.709E+10` has lost some. `None`: not this notation.
fn scientific(text: &str) -> Option<Option<String>> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    if whole.len() != 1 || !whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((fraction.len() == exponent).then(|| format!("{whole}{fraction}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const KNOWN: Known<'_> = Known { sex: None, birth: None, this_year: 2026 };

    fn text(text: &str) -> Reading<Id> {
        read(&Cell::Text(text.to_owned()), KNOWN)
    }

    fn citizen(id: &str) -> Option<Id> {
        Some(Id::Citizen(id.to_owned()))
    }

    fn kinds(reading: &Reading<Id>) -> Vec<ProblemKind> {
        reading.findings.iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn signs_between_digits_are_taken_off() {
        for typed in [
            "017150000127",
            "017 150 000 127",
            "017.150.000.127",
            "'017150000127",
            "017-150-000127",
            "017150000127\u{200b}",
            "CCCD: 017150000127",
        ] {
            assert_eq!(text(typed), Reading::of(Id::Citizen("017150000127".to_owned())), "{typed}");
        }
    }

    #[test]
    fn a_lost_zero_is_put_back_and_told() {
        let number = read(&Cell::Number(17_150_000_127.0), KNOWN);
        assert_eq!(number.value, citizen("017150000127"));
        assert_eq!(kinds(&number), [ProblemKind::IdZeroAdded]);
        assert_eq!(text("1.7150000127E+10").value, citizen("017150000127"));
        assert_eq!(read(&Cell::Number(1_090_000_127.0), KNOWN).value, citizen("001090000127"));
    }

    #[test]
    fn a_lost_zero_that_would_contradict_is_left_out() {
        let male = Known { sex: Some("male"), ..KNOWN };
        let reading = read(&Cell::Number(17_150_000_127.0), male);
        assert_eq!((reading.value.clone(), kinds(&reading)), (None, vec![ProblemKind::IdLength]));
    }

    #[test]
    fn eaten_digits_are_never_invented() {
        assert_eq!(kinds(&text("1.715E+10")), [ProblemKind::IdDigitsLost]);
        assert_eq!(kinds(&text("01715000012x")), [ProblemKind::IdUnreadable]);
        assert_eq!(kinds(&text("01715000012")), [ProblemKind::IdLength], "its zero is there");
        assert_eq!(kinds(&text("17750000127")), [ProblemKind::IdLength], "nobody is born in 2250");
        assert_eq!(kinds(&text("0171500001277")), [ProblemKind::IdLength]);
    }

    #[test]
    fn nine_digits_are_the_old_id() {
        assert_eq!(text("113 456 789").value, Some(Id::Old("113456789".to_owned())));
        assert_eq!(read(&Cell::Number(113_456_789.0), KNOWN).value, Some(Id::Old("113456789".to_owned())));
    }

    #[test]
    fn a_contradiction_is_kept_and_told() {
        let born: PartialDate = "1951".parse().unwrap();
        let reading = read(&Cell::Text("017150000127".to_owned()), Known { sex: Some("male"), birth: Some(&born), ..KNOWN });
        assert_eq!(reading.value, citizen("017150000127"));
        assert_eq!(kinds(&reading), [ProblemKind::IdContradictsSex, ProblemKind::IdContradictsBirth]);
    }
}
