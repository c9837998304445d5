//! The words under which a record is found: folded, exact (with their marks), years, parts of numbers.
//!
//! Would surprise: a word with its marks is written with its tone as a last sign that nobody types (`Hòa` and `Hoà` are
//! `hoa¹`), a village's words begin with `_`, so that a village called Mu does not answer for every name that begins so.

use domain::text;
use unicode_normalization::char::is_combining_mark;

/// Folded words: `a`–`z` and digits only.
pub(crate) fn folded(line: &str) -> Vec<String> {
    let folded = text::fold(line);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a line with their marks; a word without marks as it is folded.
pub(crate) fn exact(line: &str) -> Vec<String> {
    let kept = text::fold_keeping_marks(line);
    kept.split(' ').flat_map(|word| marked_word(word).map_or_else(|| folded(word), |word| vec![word])).collect()
}

/// Adds the folded words of a line, then those with marks that are others.
pub(crate) fn push_both(line: &str, out: &mut String) {
    let folded = folded(line);
    folded.iter().for_each(|word| push(word, out));
    exact(line).iter().filter(|word| !folded.contains(word)).for_each(|word| push(word, out));
}

/// Whether a line has marks that a search may honour.
pub(crate) fn has_marks(line: &str) -> bool {
    text::fold_keeping_marks(line).split(' ').any(|word| marked_word(word).is_some())
}

fn marked_word(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{0300}' => out.push('¹'),
            '\u{0309}' => out.push('²'),
            '\u{0303}' => out.push('³'),
            '\u{0301}' => out.push('⁴'),
            '\u{0323}' => out.push('⁵'),
            c if is_combining_mark(c) => {}
            c if c.is_ascii_alphanumeric() || text::MARKED_LETTERS.contains(c) => out.push(c),
            _ => return None,
        }
    }
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric());
    (!is_plain && !out.is_empty()).then_some(out)
}

/// Adds the endings of four symbols and more of a number or code, and the whole, to `out`.
pub(crate) fn push_endings(code: &str, out: &mut String) {
    let joined = if code.bytes().all(|b| b.is_ascii_digit()) { code.to_owned() } else { folded(code).concat() };
    let last = joined.len().saturating_sub(4);
    for start in 0..=last {
        if let Some(ending) = joined.get(start..) {
            push(ending, out);
        }
    }
}

/// Adds one word.
pub(crate) fn push(word: &str, out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_with_marks_are_one_however_they_are_typed() {
        assert_eq!(exact("Hoà"), ["hoa¹"]);
        assert_eq!(exact("Hòa"), exact("Ho\u{0300}a"));
        assert_eq!(exact("Đặng Văn Nam"), ["đăng⁵", "văn", "nam"]);
        assert!(has_marks("Nam Đặng") && !has_marks("Nam H'Mong"));
    }

    #[test]
    fn endings_begin_at_four_symbols() {
        let mut out = String::new();
        push_endings("MB-7K3", &mut out);
        assert_eq!(out, "mb7k3 b7k3");
    }
}
