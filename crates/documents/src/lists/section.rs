//! Titles inside a list: `I. Xóm Bưng`, `II. Hộ cận nghèo`, `Hộ ông: Bùi Văn An`.

use super::cells::name;
use super::words::words;

/// The part of the list a row stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub village: Option<String>,
    pub class: Option<String>,
    /// Name of the head in a line of its own.
    pub head_name: Option<String>,
    /// Counts the titles, so that a new one ends the household.
    pub number: usize,
}

impl Section {
    /// The part that a row opens, if it is a title. `facts` counts its cells about one person: a title has none, or a
    /// count of households that strayed into such a column.
    pub fn next(&self, filled: &[&String], facts: usize) -> Option<Self> {
        let wordy = filled
            .iter()
            .filter(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !is_roman(text) && !is_count(text));
        let wordy: Vec<&&String> = wordy.collect();
        let [text] = wordy.as_slice() else { return None };
        let bare = without_number(text).trim_end_matches([':', '.', ' ']);
        let mut next = Self { number: self.number + 1, head_name: None, ..self.clone() };
        let short = bare.split([':', '(']).next().unwrap_or_default().trim();
        if words().names_village(bare) {
            next.village = Some(if words().names_village(short) { short.to_owned() } else { bare.replace(':', "") });
            next.class = None;
            return Some(next);
        }
        if facts > 0 {
            return None;
        }
        // One word may be a name (Khá, Giàu); the title of a class has two and more.
        if let Some(code) = words().poverty_class.find(short).filter(|_| short.contains(' ')) {
            next.class = Some(code.to_owned());
            return Some(next);
        }
        let count = words().household_words(bare)?;
        let rest: Vec<&str> = bare.split([' ', ':', '/']).filter(|part| !part.is_empty()).skip(count).collect();
        let name = rest.iter().filter(|part| part.chars().any(char::is_alphabetic)).copied().collect::<Vec<_>>().join(" ");
        next.head_name = name::read(&name).map(|name| name.full);
        Some(next)
    }
}

/// `I`, `IV.`
pub(super) fn is_roman(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ')']);
    !text.is_empty() && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// `12 hộ`, `48 khẩu`.
fn is_count(text: &str) -> bool {
    let folded = domain::text::fold(text);
    let mut words = folded.split(' ');
    let number = words.next().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit()));
    number && words.all(|word| matches!(word, "ho" | "khau" | "nguoi" | "nhan"))
}

/// Takes off `I.`, `2)`, `A -` before a title, or a Roman number with no sign.
fn without_number(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return text };
    let (number, rest) = (first.trim_end_matches(['.', ')', '-', '/', ':']), rest.trim_start_matches(['-', '.', ' ']));
    let short = number.chars().count() <= 4 && number.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let signed = first.len() > number.len() || number.chars().all(|c| c.is_ascii_digit()) || is_roman(number);
    if short && signed && !number.is_empty() { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cells: &[&str], facts: usize) -> Option<(Option<String>, Option<String>, Option<String>)> {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let filled: Vec<&String> = cells.iter().collect();
        Section::default().next(&filled, facts).map(|next| (next.village, next.class, next.head_name))
    }

    #[test]
    fn titles_are_told_from_people() {
        let village = |name: &str| Some((Some(name.to_owned()), None, None));
        assert_eq!(next(&["I", "Xóm Bưng"], 0), village("Xóm Bưng"));
        assert_eq!(next(&["A. XÓM BƯNG"], 0), village("XÓM BƯNG"));
        assert_eq!(next(&["II. Xóm Bưng: 12 hộ"], 0), village("Xóm Bưng"));
        assert_eq!(next(&["1", "Xóm Bưng", "12 hộ"], 1), village("Xóm Bưng"));
        assert_eq!(next(&["II", "HỘ CẬN NGHÈO"], 0), Some((None, Some("near_poor".to_owned()), None)));
        assert_eq!(next(&["Hộ ông: Bùi Văn An"], 0), Some((None, None, Some("Bùi Văn An".to_owned()))));
        for name in ["Bàn Văn An", "Hồ Văn Ban", "Vũ Thị Lan", "Khá", "Tô Văn Xóm"] {
            assert_eq!(next(&["1", name], 0), None, "{name}");
        }
    }
}
