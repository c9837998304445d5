//! Cells that hold a word of a list: sex, place in the household, poverty class, ethnic group and the rest.

use super::super::problem::{Finding, ProblemKind, Reading};
use super::super::words::{Lookup, begins, words};

/// Looks a word up; what is not found is left out and told.
pub(crate) fn coded(text: &str, lookup: &Lookup, unknown: ProblemKind) -> Reading<String> {
    match lookup.find(text) {
        Some(code) => Reading::of(code.to_owned()),
        None if !text.chars().any(char::is_alphanumeric) => Reading::empty(),
        None => Reading::refused(Finding::error(unknown)),
    }
}

/// A place in the household. `1` in such a column is its head.
pub(crate) fn relationship(text: &str) -> Reading<String> {
    let text = text.trim();
    if matches!(text, "1" | "01") {
        return Reading::of("head".to_owned());
    }
    let before_bracket = text.split_once('(').map(|(before, _)| before.trim()).filter(|before| !before.is_empty());
    let whole = before_bracket.unwrap_or(text);
    let shorter = words().relationship_suffixes.iter().find_map(|suffix| without_last_words(whole, suffix));
    let find = |lookup: &'static Lookup| lookup.find(whole).or_else(|| shorter.as_deref().and_then(|form| lookup.find(form)));
    if let Some(code) = find(&words().relationship) {
        return Reading::of(code.to_owned());
    }
    match find(&words().relationship_assumed) {
        Some(code) => Reading::of(code.to_owned()).but(Finding::info(ProblemKind::RelationshipAssumed).with("code", code)),
        None => coded(whole, &words().relationship, ProblemKind::RelationshipUnknown),
    }
}

/// `Vợ chủ hộ` without its `chủ hộ`.
fn without_last_words(text: &str, suffix: &str) -> Option<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let at = parts.len().checked_sub(suffix.split(' ').count()).filter(|at| *at > 0)?;
    let (first, last) = parts.split_at(at);
    (domain::text::fold(&last.join(" ")) == suffix).then(|| first.join(" "))
}

/// An ethnic group by name or by its two digits.
pub(crate) fn ethnic_group(text: &str) -> Reading<String> {
    let text = text.trim();
    if !text.is_empty() && text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit()) {
        let code = format!("{text:0>2}");
        return match domain::codes::find("ethnic_group", &code) {
            Some(_) => Reading::of(code),
            None => Reading::refused(Finding::error(ProblemKind::EthnicGroupUnknown)),
        };
    }
    let folded = domain::text::fold(text);
    let prefix = words().ethnic_prefixes.iter().find(|prefix| begins(&folded, prefix)).map(|prefix| prefix.split(' ').count());
    let bare = text.split_whitespace().skip(prefix.unwrap_or(0)).collect::<Vec<_>>().join(" ");
    match words().ethnic_group.find(text) {
        Some(code) => Reading::of(code.to_owned()),
        None => coded(&bare, &words().ethnic_group, ProblemKind::EthnicGroupUnknown),
    }
}

/// A cross: yes, no, or told.
pub(crate) fn mark(text: &str) -> Reading<bool> {
    if text.trim().is_empty() {
        return Reading::empty();
    }
    match words().mark(text) {
        Some(value) => Reading::of(value),
        None => Reading::refused(Finding::error(ProblemKind::MarkUnreadable)),
    }
}

/// Kinds and degree of a disability, in one cell or two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Disability {
    pub types: Vec<String>,
    pub severity: Option<String>,
}

/// Reads what a cell says of a disability. A mere cross says neither kind nor degree and is told.
pub(crate) fn disability(text: &str) -> Reading<Disability> {
    let none = words().disability_none.contains(&domain::text::fold(text)) || words().mark(text) == Some(false);
    if text.trim().is_empty() || none {
        return Reading::empty();
    }
    let mut found = Disability::default();
    let mut unknown = false;
    if !take(text, &mut found) {
        for part in text.split(['-', ',', ';', '/', '+', '(', ')', ':']) {
            unknown |= part.chars().any(char::is_alphanumeric) && !take(part, &mut found);
        }
    }
    let nothing = found == Disability::default();
    let reading = if nothing { Reading::empty() } else { Reading::of(found) };
    if unknown || nothing { reading.but(Finding::error(ProblemKind::DisabilityUnknown)) } else { reading }
}

fn take(part: &str, found: &mut Disability) -> bool {
    if let Some(code) = words().disability_severity.find(part) {
        found.severity = Some(code.to_owned());
    } else if let Some(code) = words().disability_type.find(part) {
        if !found.types.iter().any(|known| known == code) {
            found.types.push(code.to_owned());
        }
    } else {
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_household_are_known_in_the_words_people_use() {
        for (text, expected) in [
            ("Chủ hộ", "head"),
            ("CH", "head"),
            ("1", "head"),
            ("Vợ", "spouse"),
            ("Vợ chủ hộ", "spouse"),
            ("con dâu", "child_in_law"),
            ("Mẹ đẻ", "parent"),
            ("me de", "parent"),
            ("Con trai thứ 2", "child"),
            ("Cháu nội", "grandchild"),
            ("Bố chồng", "parent_in_law"),
            ("Em gái", "sibling"),
        ] {
            assert_eq!(relationship(text), Reading::of(expected.to_owned()), "{text}");
        }
        let assumed = relationship("Cháu");
        assert_eq!(assumed.value.as_deref(), Some("grandchild"));
        assert_eq!(assumed.findings.len(), 1);
        assert_eq!(relationship("7").value, None);
        assert_eq!(relationship("hàng xóm quý").findings.len(), 1);
    }

    #[test]
    fn ethnic_groups_have_many_spellings() {
        for (text, expected) in [
            ("Mường", "06"),
            ("mường", "06"),
            ("H'Mông", "08"),
            ("Mông", "08"),
            ("Hmông", "08"),
            ("dân tộc Dao", "09"),
            ("Kinh", "01"),
            ("6", "06"),
            ("08", "08"),
        ] {
            assert_eq!(ethnic_group(text), Reading::of(expected.to_owned()), "{text}");
        }
        assert_eq!(ethnic_group("Xyz").findings.len(), 1);
    }

    #[test]
    fn poverty_classes_have_many_spellings() {
        let class = |text| coded(text, &words().poverty_class, ProblemKind::PovertyClassUnknown).value;
        for (text, expected) in [
            ("HN", "poor"),
            ("Hộ nghèo", "poor"),
            ("CN", "near_poor"),
            ("hộ cận nghèo", "near_poor"),
            ("Không", "none"),
            ("HN 2026", "poor"),
            ("Mới thoát nghèo", "just_escaped"),
        ] {
            assert_eq!(class(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn disability_has_kinds_and_a_degree() {
        let reading = disability("Vận động - Đặc biệt nặng").value;
        assert_eq!(
            reading,
            Some(Disability { types: vec!["movement".to_owned()], severity: Some("extremely_severe".to_owned()) })
        );
        assert_eq!(disability("Không"), Reading::empty());
        assert_eq!(disability("x").findings.len(), 1);
        assert_eq!(disability("Thần kinh, tâm thần").value.map(|found| found.types.len()), Some(1));
    }
}
