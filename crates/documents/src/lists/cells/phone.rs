//! Telephone numbers: ten digits from 0, the zero often lost.

use super::super::problem::{Finding, ProblemKind, Reading};
use crate::sheet::Cell;

/// Reads a number; what cannot be one is left out and told.
pub(crate) fn read(cell: &Cell) -> Reading<String> {
    let text = match cell {
        Cell::Empty => return Reading::empty(),
        Cell::Number(number) if *number >= 0.0 && number.fract() == 0.0 && *number < 1e15 => format!("{number:.0}"),
        cell => cell.seen(),
    };
    // Two numbers in a cell: the first.
    let first = text.split(['/', ';', ',', '\n']).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
    let more = text.split(['/', ';', ',', '\n']).filter(|part| part.chars().any(|c| c.is_ascii_digit())).count() > 1;
    let bare: String = first.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\'' | '(' | ')')).collect();
    if bare.is_empty() {
        return Reading::empty();
    }
    let bare = bare
        .strip_prefix("+84")
        .or_else(|| bare.strip_prefix("0084"))
        .map_or(bare.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    let digits = bare.chars().all(|c| c.is_ascii_digit());
    let reading = match (digits, bare.len(), bare.starts_with('0')) {
        (true, 10 | 11, true) => Reading::of(bare),
        (true, 9 | 10, false) => {
            let taken = format!("0{bare}");
            Reading::of(taken.clone()).but(Finding::warning(ProblemKind::PhoneZeroAdded).with("taken", taken))
        }
        _ => Reading::refused(Finding::error(ProblemKind::PhoneUnreadable)),
    };
    if more && reading.value.is_some() { reading.but(Finding::warning(ProblemKind::PhoneUnreadable)) } else { reading }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_their_zero_back() {
        assert_eq!(read(&Cell::Text("0912 345 678".to_owned())), Reading::of("0912345678".to_owned()));
        assert_eq!(read(&Cell::Text("+84 912345678".to_owned())), Reading::of("0912345678".to_owned()));
        let lost = read(&Cell::Number(912_345_678.0));
        assert_eq!(lost.value.as_deref(), Some("0912345678"));
        assert_eq!(lost.findings.first().map(|finding| finding.kind), Some(ProblemKind::PhoneZeroAdded));
        assert!(read(&Cell::Text("không có".to_owned())).value.is_none());
    }
}
