//! What a heading says its column holds: `assets/imports/headings.json`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use domain::text::{fold, tidy};
use serde::Deserialize;

use super::target::Target;
use super::words::words;
use crate::legacy::{self, Encoding};

/// What a heading was recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub target: Target,
    /// For the name of a further member in one row: who that is.
    pub relationship: Option<String>,
    /// The name of a further member in the row of a household: `Họ tên con 2`, `Thành viên 3`.
    pub further: bool,
    /// True when the whole heading is a known one.
    pub exact: bool,
}

#[derive(Deserialize)]
struct Entry {
    target: Target,
    relationship: Option<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    as_written: Vec<String>,
}

#[derive(Deserialize)]
struct Source {
    headings: Vec<Entry>,
    birth_words: Vec<String>,
    sex_words: Vec<String>,
    head_words: Vec<String>,
    count_words: Vec<String>,
    name_words: Vec<String>,
    member_words: Vec<String>,
}

#[derive(Default)]
struct Known {
    as_written: HashMap<String, Heading>,
    exact: HashMap<String, Heading>,
    within: Vec<(String, Heading)>,
    birth_words: Vec<String>,
    sex_words: Vec<String>,
    head_words: Vec<String>,
    count_words: Vec<String>,
    name_words: Vec<String>,
    member_words: Vec<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let Ok(source) = serde_json::from_str::<Source>(include_str!("../../../../assets/imports/headings.json")) else {
        return Known::default();
    };
    let mut known = Known {
        birth_words: source.birth_words.iter().map(|word| fold(word)).collect(),
        sex_words: source.sex_words.iter().map(|word| fold(word)).collect(),
        head_words: source.head_words.iter().map(|word| fold(word)).collect(),
        count_words: source.count_words.iter().map(|word| fold(word)).collect(),
        name_words: source.name_words.iter().map(|word| fold(word)).collect(),
        member_words: source.member_words.iter().map(|word| fold(word)).collect(),
        ..Known::default()
    };
    for entry in source.headings {
        let further = entry.relationship.is_some();
        let heading = |exact| Heading { target: entry.target, relationship: entry.relationship.clone(), further, exact };
        for spelling in &entry.as_written {
            known.as_written.insert(spelling.to_lowercase(), heading(true));
        }
        for spelling in entry.exact.iter().chain(&entry.within) {
            known.exact.entry(fold(spelling)).or_insert_with(|| heading(true));
        }
        for spelling in &entry.within {
            known.within.push((format!(" {} ", fold(spelling)), heading(false)));
        }
    }
    known.within.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    known
});

/// Longest text taken for a heading.
const LONGEST: usize = 90;

/// Readings of a heading, the likeliest first: old fonts are used for headings too.
pub(crate) fn readings(text: &str) -> Vec<String> {
    let encodings: &[Encoding] =
        if text.is_ascii() { &[Encoding::Unicode] } else { &[Encoding::Unicode, Encoding::Tcvn3, Encoding::Vni] };
    encodings.iter().map(|encoding| tidy(&legacy::decode(text, *encoding))).collect()
}

/// Recognises the text over a column.
pub(crate) fn recognise(text: &str) -> Option<Heading> {
    readings(text).iter().find_map(|reading| recognise_reading(reading))
}

/// Recognises headings and remembers them: the search for a header looks at each text many times.
#[derive(Default)]
pub(crate) struct Recogniser(RefCell<HashMap<String, Option<Heading>>>);

impl Recogniser {
    /// As [`recognise`].
    pub fn text(&self, text: &str) -> Option<Heading> {
        if let Some(known) = self.0.borrow().get(text) {
            return known.clone();
        }
        let heading = recognise(text);
        self.0.borrow_mut().insert(text.to_owned(), heading.clone());
        heading
    }

    /// Recognises a column under headings of several levels, from the top down. `beside` are the lowest headings of the
    /// columns under the same upper one: they tell `Nam` the sex from `Năm` the year typed without marks.
    pub fn levels(&self, levels: &[String], beside: &[String]) -> Option<Heading> {
        let (lowest, above) = levels.split_last()?;
        if above.is_empty() {
            return self.text(lowest);
        }
        let parent = above.join(" ");
        let parents = readings(&parent).iter().map(|text| fold(text)).collect::<Vec<_>>();
        let about =
            |words: &[String]| parents.iter().any(|parent| words.iter().any(|word| parent.split(' ').any(|part| part == word)));
        let about_head = parents.iter().any(|parent| names_head(parent));
        let (of_birth, of_sex) = (about(&KNOWN.birth_words), about(&KNOWN.sex_words));
        let found = |target| Some(Heading { target, relationship: None, further: false, exact: true });
        let lowest_readings = readings(lowest);
        let is = |word: &str| lowest_readings.iter().any(|text| fold(text) == word);
        let beside_is = |word: &str| beside.iter().any(|text| readings(text).iter().any(|text| fold(text) == word));
        // "Số khẩu: Nam, Nữ" counts people and marks nobody.
        let of_count = parents.iter().any(|parent| KNOWN.count_words.iter().any(|word| parent.contains(word.as_str())));
        if of_count && !of_birth && (is("nam") || is("nu")) {
            return found(Target::Ignored);
        }
        if of_birth || of_sex {
            let year =
                lowest_readings.iter().any(|text| text.to_lowercase() == "n\u{103}m") || !beside_is("nu") && beside_is("thang");
            match () {
                () if of_birth && is("nam") && year => return found(Target::BirthYear),
                () if of_birth && is("nam") => return found(Target::BirthMale),
                () if of_birth && is("nu") => return found(Target::BirthFemale),
                () if of_birth && is("ngay") => return found(Target::BirthDay),
                () if of_birth && is("thang") => return found(Target::BirthMonth),
                () if is("nam") => return found(Target::MaleMark),
                () if is("nu") => return found(Target::FemaleMark),
                () => {}
            }
        }
        let own = self.text(lowest);
        if let Some(heading) = &own
            && heading.target == Target::FullName
            && !heading.further
        {
            if about_head {
                return found(Target::HeadName);
            }
            if let Some(member) = parents.iter().find_map(|parent| further_member(parent)) {
                return Some(member);
            }
        }
        if own.as_ref().is_some_and(|heading| heading.exact) {
            return own;
        }
        let joined = self.text(&format!("{parent} {lowest}"));
        if joined.as_ref().is_some_and(|heading| heading.exact) {
            return joined;
        }
        own.or(joined).or_else(|| self.text(&parent))
    }
}

/// True for a folded heading that names the head.
pub(super) fn names_head(folded: &str) -> bool {
    KNOWN.head_words.iter().any(|word| folded.contains(word.as_str()))
}

/// True for a text that is as a whole a known heading.
pub(crate) fn is_heading(text: &str) -> bool {
    KNOWN.as_written.contains_key(&text.to_lowercase()) || KNOWN.exact.contains_key(&fold(text))
}

fn recognise_reading(text: &str) -> Option<Heading> {
    if text.chars().count() > LONGEST {
        return None;
    }
    if let Some(heading) = KNOWN.as_written.get(&text.to_lowercase()) {
        return Some(heading.clone());
    }
    let whole = fold(text);
    let without_brackets = fold(&outside_brackets(text));
    if let Some(member) = further_member(&whole) {
        return Some(member);
    }
    if let Some(heading) = KNOWN.exact.get(&whole).or_else(|| KNOWN.exact.get(&without_brackets)) {
        return Some(heading.clone());
    }
    [&without_brackets, &whole].into_iter().find_map(|text| {
        let padded = format!(" {text} ");
        KNOWN.within.iter().find(|(spelling, _)| padded.contains(spelling.as_str())).map(|(_, heading)| heading.clone())
    })
}

/// A numbered member in the row of a household, by a word for the place (`Họ tên con thứ 2`) or for a member
/// (`Thành viên 3`). One without a number is another matter: `Thành viên` heads a column of people.
fn further_member(folded: &str) -> Option<Heading> {
    if !folded.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let name = KNOWN.name_words.iter().find_map(|word| folded.strip_prefix(word.as_str())?.strip_prefix(' '));
    let who = super::words::key(name.unwrap_or(folded));
    let who = who.strip_suffix(" thu").unwrap_or(&who);
    let relationship = words().relationship.find(who).filter(|code| *code != "head").map(str::to_owned);
    let known = relationship.is_some() || KNOWN.member_words.iter().any(|word| word == who);
    known.then_some(Heading { target: Target::FullName, relationship, further: true, exact: true })
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Option<Target> {
        recognise(text).map(|heading| heading.target)
    }

    #[test]
    fn headings_are_known_in_many_spellings() {
        for (text, expected) in [
            ("STT", Target::Ordinal),
            ("Số\nTT", Target::Ordinal),
            ("HỌ VÀ TÊN", Target::FullName),
            ("Họ và tên (viết chữ in hoa)", Target::FullName),
            ("Ho va ten", Target::FullName),
            ("Hä vµ tªn", Target::FullName),
            ("Hoï vaø teân", Target::FullName),
            ("Họ tên chủ hộ", Target::HeadName),
            ("Họ và tên mẹ", Target::Ignored),
            ("Con thứ 2", Target::FullName),
            ("Họ tên thành viên 3", Target::FullName),
            ("Quan hệ với chủ hộ", Target::Relationship),
            ("Ngày, tháng, năm sinh", Target::Birth),
            ("Năm sinh", Target::Birth),
            ("Số CCCD/Mã định danh", Target::CitizenId),
            ("Số định danh cá nhân", Target::CitizenId),
            ("Ngày cấp CCCD", Target::CitizenIdIssuedOn),
            ("Số CMND", Target::OldId),
            ("ĐT", Target::Phone),
            ("DT", Target::Ethnic),
            ("Thôn/bản", Target::Village),
            ("Địa chỉ thường trú", Target::Address),
            ("Hộ nghèo", Target::PoorMark),
            ("Hộ cận nghèo", Target::NearPoorMark),
            ("Hộ nghèo/cận nghèo", Target::PovertyClass),
            ("Số khẩu", Target::HouseholdSize),
            ("Mã hộ gia đình", Target::HouseholdCode),
            ("Ghi chú", Target::Note),
        ] {
            assert_eq!(target(text), Some(expected), "{text}");
        }
        assert_eq!(target("Bùi Văn An"), None);
    }

    #[test]
    fn two_levels_are_read_together() {
        let levels = |texts: &[&str], beside: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            Recogniser::default().levels(&owned(texts), &owned(beside)).map(|heading| heading.target)
        };
        assert_eq!(levels(&["Giới tính", "Nam"], &["Nam", "Nữ"]), Some(Target::MaleMark));
        assert_eq!(levels(&["Năm sinh", "Nữ"], &["Nam", "Nữ"]), Some(Target::BirthFemale));
        assert_eq!(levels(&["Nam sinh", "Nam"], &["Nam", "Nu"]), Some(Target::BirthMale));
        assert_eq!(levels(&["Ngay sinh", "Nam"], &["Ngay", "Thang", "Nam"]), Some(Target::BirthYear));
        assert_eq!(levels(&["Ngày sinh", "Năm"], &["Ngày", "Tháng", "Năm"]), Some(Target::BirthYear));
        assert_eq!(levels(&["Chủ hộ", "Họ và tên"], &[]), Some(Target::HeadName));
        assert_eq!(levels(&["CCCD", "Số"], &["Số", "Ngày cấp"]), Some(Target::CitizenId));
        assert_eq!(levels(&["CCCD", "Ngày cấp"], &["Số", "Ngày cấp"]), Some(Target::CitizenIdIssuedOn));
        assert_eq!(levels(&["Diện hộ", "Cận nghèo"], &[]), Some(Target::NearPoorMark));
        assert_eq!(levels(&["Số nhân khẩu", "Nữ"], &["Tổng số", "Nữ"]), Some(Target::Ignored));
    }
}
