//! Names: odd characters mended, capitals given their usual case, the original kept.

use super::super::words::words;

/// Longest name kept.
pub(crate) const LONGEST: usize = 100;

/// A name as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub full: String,
    /// As it stood, where the case was changed.
    pub original: Option<String>,
    /// A place in the household written behind the name: `Bùi Văn An (chủ hộ)`.
    pub relationship: Option<String>,
    /// Another name that stood in brackets.
    pub other: Option<String>,
    /// What else stood in brackets: `(đã chết)`.
    pub note: Option<String>,
    /// True when it was cut.
    pub cut: bool,
}

/// Reads a name from decoded, tidied text; `None` when there is no letter in it.
pub(crate) fn read(text: &str) -> Option<Name> {
    let bare = without_title(&without_number(text));
    let (bare, brackets) = match bare.split_once('(') {
        Some((before, inside)) if before.chars().any(char::is_alphabetic) => {
            (before.trim().to_owned(), Some(inside.trim_end_matches([')', ' ', '.']).trim().to_owned()))
        }
        _ => (bare, None),
    };
    if !bare.chars().any(char::is_alphabetic) || bare.starts_with('#') {
        return None;
    }
    let relationship = brackets.as_deref().and_then(|inside| words().relationship.find(inside)).map(str::to_owned);
    let said = brackets.filter(|inside| relationship.is_none() && inside.chars().any(char::is_alphanumeric));
    // A name begins each of its words with a capital.
    let is_name = |inside: &&String| inside.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    let other = said.as_ref().filter(is_name).map(|inside| usual_case(inside));
    let note = said.filter(|_| other.is_none());
    let cut = bare.chars().count() > LONGEST;
    let whole: String = bare.chars().take(LONGEST).collect();
    let full = usual_case(whole.trim());
    let original = (full != text).then(|| text.to_owned());
    Some(Name { full, original, relationship, other, note, cut })
}

/// Takes off a number, dash or star before the name, and a sign behind it.
fn without_number(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | '+' | '*' | '\u{2013}' | ' ' | '\u{2022}')
    });
    text.trim_end_matches(['.', ',', ';', ':', '*', ' ']).to_owned()
}

/// `Ông Bùi Văn An` without its title, where at least two words remain.
fn without_title(text: &str) -> String {
    match text.split_once([' ', ':', '.']) {
        Some((first, rest)) if words().is_name_title(first) && rest.split_whitespace().count() >= 2 => {
            rest.trim_start_matches([' ', ':', '.']).to_owned()
        }
        _ => text.to_owned(),
    }
}

/// Usual case for a name all in capitals, all in small letters, or with capitals inside its words; any other name
/// stays as typed.
pub(crate) fn usual_case(name: &str) -> String {
    let strange = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let first_small = letters.next().is_some_and(char::is_lowercase);
        let capitals_inside = word
            .split(['\'', '\u{2019}', '-'])
            .any(|part| part.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase));
        first_small || capitals_inside
    };
    if !name.split(' ').any(strange) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut at_start = true;
    for c in name.chars() {
        if at_start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        at_start = !c.is_alphabetic() && !c.is_numeric();
    }
    domain::text::nfc(&out)
}

/// The name of a place: capitals and a small beginning are mended, abbreviations stay (`TDP 3`), and so does the case
/// of what begins well (`Tổ dân phố 3`).
pub(crate) fn place_case(text: &str) -> String {
    let small_start = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let capitals = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1 && crate::legacy::is_syllable(word);
    if !small_start && !text.split(' ').any(capitals) {
        return text.to_owned();
    }
    let mend = |word: &str| if crate::legacy::is_syllable(word) { usual_case(word) } else { word.to_owned() };
    text.split(' ').map(mend).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_get_their_usual_case() {
        for (typed, expected) in [
            ("BÙI THỊ HIỀN", "Bùi Thị Hiền"),
            ("bùi thị hiền", "Bùi Thị Hiền"),
            ("BùI VăN HùNG", "Bùi Văn Hùng"),
            ("Bùi Thị Hiền", "Bùi Thị Hiền"),
            ("ĐINH CÔNG ỨNG", "Đinh Công Ứng"),
            ("H'MAI NIÊ", "H'Mai Niê"),
            ("Bùi thị Hiền", "Bùi Thị Hiền"),
        ] {
            assert_eq!(usual_case(typed), expected);
        }
    }

    #[test]
    fn places_keep_their_abbreviations() {
        for (typed, expected) in [
            ("XÓM BƯNG", "Xóm Bưng"),
            ("xóm bưng", "Xóm Bưng"),
            ("Tổ dân phố 3", "Tổ dân phố 3"),
            ("TDP 3", "TDP 3"),
            ("Xóm 3A", "Xóm 3A"),
        ] {
            assert_eq!(place_case(typed), expected);
        }
    }

    #[test]
    fn the_original_is_kept_where_it_differs() {
        let name = read("BÙI VĂN AN");
        assert_eq!(name.and_then(|name| name.original).as_deref(), Some("BÙI VĂN AN"));
        assert_eq!(read("Bùi Văn An").and_then(|name| name.original), None);
    }

    #[test]
    fn numbers_and_brackets_are_no_part_of_a_name() {
        assert_eq!(read("1. Bùi Văn An").map(|name| name.full).as_deref(), Some("Bùi Văn An"));
        assert_eq!(read("- Bùi Văn An").map(|name| name.full).as_deref(), Some("Bùi Văn An"));
        assert_eq!(read("Ông: Bùi Văn An").map(|name| name.full).as_deref(), Some("Bùi Văn An"));
        let head = read("Bùi Văn An (chủ hộ)");
        assert_eq!(head.and_then(|name| name.relationship).as_deref(), Some("head"));
        let other = read("Sùng A Páo (Páo Lử)");
        assert_eq!(other.map(|name| (name.full, name.other)), Some(("Sùng A Páo".to_owned(), Some("Páo Lử".to_owned()))));
        let dead = read("Bùi Văn An (đã chết 2019)");
        assert_eq!(
            dead.map(|name| (name.full, name.other, name.note)),
            Some(("Bùi Văn An".to_owned(), None, Some("đã chết 2019".to_owned())))
        );
        for text in ["", "-", "...", "123", "#N/A"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
