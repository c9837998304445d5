//! Vietnamese text: normal form, the folding that search and duplicate tests use, and the order of names.
//!
//! One folding for indexing and for asking: where the two differed, a name could be stored and never found.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Composed form (NFC).
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// What is stored of a line a person typed: NFC, no invisible characters, no space at the ends, single spaces inside.
#[must_use]
pub fn tidy(text: &str) -> String {
    let visible: String = text.nfc().filter(|c| !is_invisible(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
}

/// Folds for search: decomposed, marks off, `đ` to `d`, lower case. `Hòa`, `Hoà`, `HOA` and a decomposed `Hòa` are equal.
/// Everything that is neither letter nor digit becomes one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)) {
        match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            // H'Mông and Hmông are one name.
            '\'' | '’' | 'ʼ' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Folds like [`fold`] but keeps the marks in one canonical place, so that `Hòa` and `Hoà` are equal and `Hóa` is not.
/// Search puts rows whose marks agree first.
#[must_use]
pub fn fold_keeping_marks(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c == '-' || c == ',') {
        let mut letters = String::new();
        let mut tone = None;
        for c in word.to_lowercase().nfd() {
            match c {
                '\u{0300}' | '\u{0301}' | '\u{0303}' | '\u{0309}' | '\u{0323}' => tone = Some(c),
                c => letters.push(c),
            }
        }
        let mut word: String = letters.nfc().collect();
        word.extend(tone);
        if !word.is_empty() {
            words.push(word);
        }
    }
    words.join(" ")
}

/// Order of names in a list: by the given name (last word), then the rest, in Vietnamese alphabetical order
/// (a ă â b c d đ e ê …; tones à ả ã á ạ after the letters agree).
#[must_use]
pub fn name_sort_key(name: &str) -> String {
    let name = tidy(name);
    let mut words: Vec<&str> = name.split(' ').collect();
    let given = words.pop().unwrap_or_default();
    let rest = words.join(" ");
    let (given, given_tones) = collation(given);
    let (rest, rest_tones) = collation(&rest);
    format!("{given}\u{1}{given_tones}\u{1}{rest}\u{1}{rest_tones}")
}

/// The letters that carry a mark which is no tone.
pub const MARKED_LETTERS: &str = "ăâđêôơư";

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Letters and tones of a text as two strings whose byte order is the Vietnamese order.
fn collation(text: &str) -> (String, String) {
    let (mut letters, mut tones) = (String::new(), String::new());
    for composed in text.to_lowercase().nfc() {
        let mut tone = '0';
        let base: String = composed
            .nfd()
            .filter(|mark| {
                let rank = match mark {
                    '\u{0300}' => '1',
                    '\u{0309}' => '2',
                    '\u{0303}' => '3',
                    '\u{0301}' => '4',
                    '\u{0323}' => '5',
                    _ => return true,
                };
                tone = rank;
                false
            })
            .nfc()
            .collect();
        for letter in base.chars() {
            match ALPHABET.chars().position(|known| known == letter) {
                Some(place) => letters.push(char::from(b'@' + u8::try_from(place).unwrap_or(0))),
                None => letters.push(letter),
            }
        }
        tones.push(tone);
    }
    (letters, tones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_marks_case_and_composition() {
        for text in ["Đặng Văn Ước", "ĐẶNG VĂN ƯỚC", "dang van uoc", "Đặng Văn Ước"] {
            assert_eq!(fold(text), "dang van uoc", "{text}");
        }
        assert_eq!(fold("hoà"), fold("hòa"));
        assert_eq!(fold("H'Mông"), "hmong");
        assert_eq!(fold("  xóm  Mu, "), "xom mu");
    }

    #[test]
    fn marks_in_another_place_are_the_same_marks() {
        assert_eq!(fold_keeping_marks("Hoà"), fold_keeping_marks("Hòa"));
        assert_eq!(fold_keeping_marks("Thuý"), fold_keeping_marks("Thúy"));
        assert_ne!(fold_keeping_marks("Hóa"), fold_keeping_marks("Hòa"));
        assert_ne!(fold_keeping_marks("Mừng"), fold_keeping_marks("Mưng"));
    }

    #[test]
    fn names_sort_by_given_name_in_vietnamese_order() {
        let mut names =
            ["Bùi Thị Ửng", "Bùi Văn Ấn", "Đinh Văn Đạt", "Đinh Thị Dung", "Bùi Văn An", "Bùi Thị Ản", "Quách Thị An"];
        names.sort_by_key(|name| name_sort_key(name));
        assert_eq!(
            names,
            ["Bùi Văn An", "Quách Thị An", "Bùi Thị Ản", "Bùi Văn Ấn", "Đinh Thị Dung", "Đinh Văn Đạt", "Bùi Thị Ửng"]
        );
    }

    #[test]
    fn tidy_removes_what_nobody_sees() {
        assert_eq!(tidy(" Bùi\u{200B}  Thị\u{00A0}Mừng "), "Bùi Thị Mừng");
    }
}
