//! The words people write in cells, as codes: `assets/imports/words.json` beside the labels of the code lists.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use domain::codes;
use domain::text::{fold, fold_keeping_marks};
use serde::Deserialize;

type Spellings = BTreeMap<String, Vec<String>>;

#[derive(Default, Deserialize)]
struct Source {
    relationship: Spellings,
    relationship_assumed: Spellings,
    sex: Spellings,
    poverty_class: Spellings,
    ethnic_group: Spellings,
    marital_status: Spellings,
    education_level: Spellings,
    disability_type: Spellings,
    disability_severity: Spellings,
    disability_none: Vec<String>,
    ethnic_prefixes: Vec<String>,
    relationship_suffixes: Vec<String>,
    marks: Vec<String>,
    no_marks: Vec<String>,
    village_words: Vec<String>,
    title_village_words: Vec<String>,
    village_ends: Vec<String>,
    household_words: Vec<String>,
    totals: Vec<String>,
    totals_begin: Vec<String>,
    signatures_begin: Vec<String>,
    date_line: Vec<String>,
    generic_sheets: Vec<String>,
    skipped_sheets: Vec<String>,
    date_words: Vec<String>,
    foreign_words: Vec<String>,
    member_joiners: Vec<String>,
    member_fillers: Vec<String>,
    name_titles: Vec<String>,
    id_labels: Vec<String>,
    household_titles: Vec<String>,
}

/// Codes by spelling: with its marks, and without them where that leaves no doubt (`Chủ` is the head, `Chú` an uncle).
pub(crate) struct Lookup {
    marked: HashMap<String, String>,
    folded: HashMap<String, Option<String>>,
}

impl Lookup {
    fn new(list: &str, spellings: &Spellings) -> Self {
        let mut lookup = Self { marked: HashMap::new(), folded: HashMap::new() };
        for (code, words) in spellings {
            words.iter().for_each(|word| lookup.insert(word, code));
        }
        for row in codes::list(list) {
            for word in std::iter::once(&row.vi).chain(&row.aliases).chain([&row.code, &row.en]) {
                if !lookup.marked.contains_key(&marked(word)) {
                    lookup.insert(word, &row.code);
                }
            }
        }
        lookup
    }

    fn insert(&mut self, word: &str, code: &str) {
        let key = key(word);
        if key.is_empty() {
            return;
        }
        self.marked.insert(marked(word), code.to_owned());
        let known = self.folded.entry(key).or_insert_with(|| Some(code.to_owned()));
        if known.as_deref() != Some(code) {
            *known = None;
        }
    }

    /// True for a word written with its marks.
    fn knows_as_written(&self, text: &str) -> bool {
        self.marked.contains_key(&marked(text))
    }

    /// The code of a word.
    pub fn find(&self, text: &str) -> Option<&str> {
        self.marked.get(&marked(text)).or_else(|| self.folded.get(&key(text)).and_then(Option::as_ref)).map(String::as_str)
    }
}

/// Spelling without marks, signs and digits.
pub(crate) fn key(text: &str) -> String {
    let folded = fold(text);
    folded
        .split(' ')
        .map(|word| word.trim_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Everything, made ready once.
pub(crate) struct Words {
    pub relationship: Lookup,
    pub relationship_assumed: Lookup,
    pub sex: Lookup,
    pub poverty_class: Lookup,
    pub ethnic_group: Lookup,
    pub marital_status: Lookup,
    pub education_level: Lookup,
    pub disability_type: Lookup,
    pub disability_severity: Lookup,
    pub disability_none: HashSet<String>,
    pub ethnic_prefixes: Vec<String>,
    pub relationship_suffixes: Vec<String>,
    marks: HashSet<String>,
    no_marks: HashSet<String>,
    village_words: Vec<Phrase>,
    pub title_village_words: Vec<String>,
    pub village_ends: HashSet<String>,
    household_words: Vec<Phrase>,
    totals: Vec<Phrase>,
    totals_begin: Vec<Phrase>,
    signatures_begin: Vec<Phrase>,
    pub date_line: Vec<String>,
    pub generic_sheets: Vec<String>,
    pub skipped_sheets: HashSet<String>,
    pub date_words: Vec<String>,
    pub foreign_words: Vec<String>,
    /// Between two people of one cell.
    pub member_joiners: Vec<String>,
    /// Around a place in the household that says nothing more.
    pub member_fillers: HashSet<String>,
    name_titles: HashSet<String>,
    pub id_labels: Vec<String>,
    pub household_titles: Vec<String>,
}

/// A phrase with its marks and without: text typed without marks is compared without.
struct Phrase {
    marked: String,
    folded: String,
}

impl Phrase {
    fn all(phrases: &[String]) -> Vec<Self> {
        phrases.iter().map(|phrase| Self { marked: marked(phrase), folded: fold(phrase) }).collect()
    }

    fn is(&self, text: &Phrase) -> bool {
        self.marked == text.marked || text.bare() && self.folded == text.folded
    }

    fn begins(&self, text: &Phrase) -> bool {
        begins(&text.marked, &self.marked) || text.bare() && begins(&text.folded, &self.folded)
    }

    fn bare(&self) -> bool {
        self.marked == self.folded
    }
}

/// Letters with their marks, lower case, the tone in one place.
fn marked(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    fold_keeping_marks(&letters)
}

/// The same with digits.
fn marked_with_digits(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    fold_keeping_marks(&letters)
}

/// True when `text` begins with the words of `start`.
pub(crate) fn begins(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let source: Source = serde_json::from_str(include_str!("../../../../assets/imports/words.json")).unwrap_or_default();
    let folded = |list: &[String]| list.iter().map(|word| fold(word)).collect::<Vec<_>>();
    let lower = |list: &[String]| list.iter().map(|word| word.to_lowercase()).collect::<HashSet<_>>();
    Words {
        relationship: Lookup::new("relationship_to_head", &source.relationship),
        relationship_assumed: Lookup::new("", &source.relationship_assumed),
        sex: Lookup::new("sex", &source.sex),
        poverty_class: Lookup::new("poverty_class", &source.poverty_class),
        ethnic_group: Lookup::new("ethnic_group", &source.ethnic_group),
        marital_status: Lookup::new("marital_status", &source.marital_status),
        education_level: Lookup::new("education_level", &source.education_level),
        disability_type: Lookup::new("disability_type", &source.disability_type),
        disability_severity: Lookup::new("disability_severity", &source.disability_severity),
        disability_none: folded(&source.disability_none).into_iter().collect(),
        ethnic_prefixes: folded(&source.ethnic_prefixes),
        relationship_suffixes: folded(&source.relationship_suffixes),
        marks: lower(&source.marks),
        no_marks: lower(&source.no_marks),
        village_words: Phrase::all(&source.village_words),
        title_village_words: folded(&source.title_village_words),
        village_ends: folded(&source.village_ends).into_iter().collect(),
        household_words: Phrase::all(&source.household_words),
        totals: Phrase::all(&source.totals),
        totals_begin: Phrase::all(&source.totals_begin),
        signatures_begin: Phrase::all(&source.signatures_begin),
        date_line: folded(&source.date_line),
        generic_sheets: folded(&source.generic_sheets),
        skipped_sheets: folded(&source.skipped_sheets).into_iter().collect(),
        date_words: folded(&source.date_words),
        foreign_words: folded(&source.foreign_words),
        member_joiners: source.member_joiners.clone(),
        member_fillers: lower(&source.member_fillers),
        name_titles: source.name_titles.iter().map(|title| marked(title)).collect(),
        id_labels: folded(&source.id_labels),
        household_titles: folded(&source.household_titles),
    }
});

pub(crate) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    /// A cross in a column: yes, no, or neither.
    pub fn mark(&self, text: &str) -> Option<bool> {
        let text = text.trim().to_lowercase();
        if self.marks.contains(&text) {
            Some(true)
        } else if self.no_marks.contains(&text) {
            Some(false)
        } else {
            None
        }
    }

    /// `Ông`, `Bà` before a name.
    pub fn is_name_title(&self, word: &str) -> bool {
        self.name_titles.contains(&marked(word))
    }

    /// A place in the household, its marks included.
    pub fn is_relationship_as_written(&self, text: &str) -> bool {
        self.relationship.knows_as_written(text) || self.relationship_assumed.knows_as_written(text)
    }

    /// The first words of a line of totals.
    pub fn is_total(&self, text: &str) -> bool {
        let text = text.split_once('(').map_or(text, |(before, _)| before);
        let text = Phrase { marked: marked(text), folded: key(text) };
        self.totals.iter().any(|total| total.is(&text)) || self.totals_begin.iter().any(|start| start.begins(&text))
    }

    /// The first words of the block of signatures, or its line of place and date.
    pub fn is_signature(&self, text: &str) -> bool {
        let text = Phrase { marked: marked(text), folded: key(text) };
        self.signatures_begin.iter().any(|start| start.begins(&text))
            || self.date_line.iter().all(|word| text.folded.split(' ').any(|other| other == word))
    }

    /// True for a text that begins with a village word (xóm, thôn …) and goes on. Marks count: `Bản` is a village and
    /// `Bàn` a surname; without marks only words that are no surname.
    pub fn names_village(&self, text: &str) -> bool {
        let text = Phrase { marked: marked_with_digits(text), folded: fold(text) };
        if self.foreign_words.iter().any(|word| begins(&text.folded, word)) {
            return false;
        }
        let goes_on = |text: &str, word: &str| begins(text, word) && text.len() > word.len();
        let safe = |word: &str| word.contains(' ') || matches!(word, "xom" | "thon");
        self.village_words.iter().any(|word| {
            goes_on(&text.marked, &word.marked) || text.bare() && safe(&word.folded) && goes_on(&text.folded, &word.folded)
        })
    }

    /// Number of words that say "household" at the start of a line of its own (`Hộ ông`); `Hồ` is a surname.
    pub fn household_words(&self, text: &str) -> Option<usize> {
        let text = marked_with_digits(text);
        let word = self.household_words.iter().find(|word| begins(&text, &word.marked))?;
        Some(word.marked.split(' ').count())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_spelling_stands_under_one_code() {
        let source: Source = serde_json::from_str(include_str!("../../../../assets/imports/words.json")).unwrap();
        let lists = [
            ("relationship", &source.relationship),
            ("sex", &source.sex),
            ("poverty_class", &source.poverty_class),
            ("ethnic_group", &source.ethnic_group),
            ("marital_status", &source.marital_status),
            ("education_level", &source.education_level),
            ("disability_type", &source.disability_type),
            ("disability_severity", &source.disability_severity),
        ];
        for (name, spellings) in lists {
            let mut seen: HashMap<String, &str> = HashMap::new();
            for (code, list) in spellings {
                for word in list {
                    let earlier = seen.insert(marked(word), code);
                    assert!(earlier.is_none_or(|earlier| earlier == code), "{name}: {word} is {earlier:?} and {code}");
                }
            }
        }
    }

    #[test]
    fn labels_of_the_code_lists_are_known() {
        for (list, lookup) in [
            ("relationship_to_head", &words().relationship),
            ("poverty_class", &words().poverty_class),
            ("ethnic_group", &words().ethnic_group),
            ("sex", &words().sex),
        ] {
            for row in codes::list(list) {
                assert_eq!(lookup.find(&row.vi), Some(row.code.as_str()), "{list} {}", row.vi);
            }
        }
    }

    #[test]
    fn totals_and_signatures_are_no_people() {
        for text in ["Tổng cộng", "TỔNG SỐ: 25 hộ", "Cộng", "tong cong: 12", "Tổng (I+II)"] {
            assert!(words().is_total(text), "{text}");
        }
        for text in ["Tống Văn Cộng", "Tống Thị Số", "Bùi Văn Tổng"] {
            assert!(!words().is_total(text), "{text}");
        }
        for text in ["NGƯỜI LẬP BIỂU", "Trưởng xóm", "TM. UBND XÃ", "(Ký, ghi rõ họ tên)", "Mường Bi, ngày 23 tháng 11 năm 2026"]
        {
            assert!(words().is_signature(text), "{text}");
        }
        assert!(!words().is_signature("Trương Thôn Nữ"));
    }

    #[test]
    fn surnames_are_no_villages() {
        for text in ["Xóm Bưng", "xom Bung", "Bản Dao 2", "Tổ 3", "Tổ dân phố 1", "Xóm 3"] {
            assert!(words().names_village(text), "{text}");
        }
        for text in ["Bàn Văn An", "Ban Van An", "Tô Thị Lan", "Lang Văn Mới", "Xóm"] {
            assert!(!words().names_village(text), "{text}");
        }
        assert_eq!(words().household_words("Hộ ông: Bùi Văn An"), Some(2));
        assert_eq!(words().household_words("Hồ Văn An"), None);
    }
}
