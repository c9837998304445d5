//! Cells that hold a word of a list: sex, place in the household, poverty class, ethnic group and the rest.

use super::super::problem::{Finding, ProblemKind, Reading};
use super::super::words::{Lookup, begins, key, words};

/// Looks a word up; what is not found is left out and told.
pub(crate) fn coded(text: &str, lookup: &Lookup, unknown: ProblemKind) -> Reading<String> {
    let key = key(text);
    if key.is_empty() {
        return Reading::empty();
    }
    match lookup.find(&key) {
        Some(code) => Reading::of(code.to_owned()),
        None => Reading::refused(Finding::error(unknown)),
    }
}

/// A place in the household. `1` in such a column is its head.
pub(crate) fn relationship(text: &str) -> Reading<String> {
    if matches!(text, "1" | "01") {
        return Reading::of("head".to_owned());
    }
    if text.chars().any(|c| c.is_ascii_digit()) && key(text).is_empty() {
        return Reading::refused(Finding::error(ProblemKind::RelationshipUnknown));
    }
    let whole = key(text.split_once('(').map_or(text, |(before, _)| if before.trim().is_empty() { text } else { before }));
    let shorter = words().relationship_suffixes.iter().find_map(|suffix| whole.strip_suffix(suffix.as_str())).map(str::trim);
    let forms = [Some(whole.as_str()), shorter.filter(|form| !form.is_empty())];
    let find = |lookup: &'static Lookup| forms.iter().flatten().find_map(|form| lookup.find(form));
    if whole.is_empty() {
        return Reading::empty();
    }
    if let Some(code) = find(&words().relationship) {
        return Reading::of(code.to_owned());
    }
    match find(&words().relationship_assumed) {
        Some(code) => Reading::of(code.to_owned()).but(Finding::info(ProblemKind::RelationshipAssumed).with("code", code)),
        None => Reading::refused(Finding::error(ProblemKind::RelationshipUnknown)),
    }
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
    let whole = key(text);
    let bare = words()
        .ethnic_prefixes
        .iter()
        .find(|prefix| begins(&whole, prefix))
        .and_then(|prefix| whole.strip_prefix(prefix.as_str()))
        .map(str::trim);
    let found = [Some(whole.as_str()), bare].into_iter().flatten().find_map(|form| words().ethnic_group.find(form));
    match found {
        Some(code) => Reading::of(code.to_owned()),
        None if whole.is_empty() => Reading::empty(),
        None => Reading::refused(Finding::error(ProblemKind::EthnicGroupUnknown)),
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
    let whole = key(text);
    if whole.is_empty() && text.trim().is_empty() || words().disability_none.contains(&whole) || words().mark(text) == Some(false)
    {
        return Reading::empty();
    }
    let mut found = Disability::default();
    let mut unknown = false;
    let whole_known = take(&whole, &mut found);
    if !whole_known {
        for part in text.split(['-', ',', ';', '/', '+', '(', ')', ':']) {
            let part = key(part);
            unknown |= !part.is_empty() && !take(&part, &mut found);
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
