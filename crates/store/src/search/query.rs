//! What a person typed, as questions to the index, the best first.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::codes;

use crate::derived::words;

/// How many records are looked at that answer to a part of a number.
pub(super) const MOST_BY_CODE: i64 = 2000;
/// Longest question: what is typed beyond it is left out.
const MOST_WORDS: usize = 12;
/// Shortest part of a number or code that is looked for.
const SHORTEST_PART: usize = 3;

/// One question to the index.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Words of names, folded or with their marks, and years.
    Names(String),
    /// Beginnings of a number's endings.
    Codes(String),
    /// A part of a number, and beginnings of names beside it.
    CodesAndNames(String, String),
    /// Words of which some may be a village's.
    Village(Vec<String>),
}

/// A typed line.
pub(super) struct Query {
    words: Vec<String>,
    groups: Vec<Group>,
    /// Asked only where nothing else was found: a year is seldom meant as a part of an id.
    last_resort: Option<Group>,
}

impl Query {
    pub(super) fn read(typed: &str) -> Self {
        let parts: Vec<String> = typed.split_whitespace().take(MOST_WORDS).map(year_of_date).collect();
        let (mut folded, mut exact, mut names, mut codes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for part in &parts {
            let plain = words::folded(part);
            exact.extend(words::exact(part));
            let joined = plain.concat();
            if joined.len() >= SHORTEST_PART && joined.bytes().any(|b| b.is_ascii_digit()) {
                codes.push(joined);
            } else {
                names.extend(plain.iter().cloned());
            }
            folded.extend(plain);
        }
        let has_marks = parts.iter().any(|part| words::has_marks(part));
        folded.truncate(MOST_WORDS);
        let mut groups = Vec::new();
        let mut last_resort = None;
        if !folded.is_empty() {
            let by_code = match (codes.is_empty(), names.is_empty()) {
                (true, _) => None,
                (false, true) => Some(Group::Codes(beginnings(&codes))),
                (false, false) => Some(Group::CodesAndNames(beginnings(&codes), beginnings(&names))),
            };
            if has_marks {
                groups.push(Group::Names(whole(&exact)));
            }
            if codes.iter().any(|code| !is_year(code)) {
                groups.extend(by_code);
            } else {
                last_resort = by_code;
            }
            groups.push(Group::Names(whole(&folded)));
            groups.push(Group::Names(beginnings(&folded)));
            groups.push(Group::Village(without_type_words(&folded)));
        }
        Self { words: folded, groups, last_resort }
    }

    pub(super) fn last_resort(&self) -> Option<&Group> {
        self.last_resort.as_ref()
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whether a name ends with the words typed, so that somebody typed a given name or a whole name.
    pub(super) fn is_given_name(&self, name: &[String]) -> bool {
        !self.words.is_empty() && name.ends_with(&self.words)
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Of a date only the year is indexed.
fn year_of_date(part: &str) -> String {
    let pieces: Vec<&str> = part.split(['/', '-', '.']).collect();
    let digits = |piece: &&str| !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_digit());
    match pieces.as_slice() {
        [.., year] if pieces.len() > 1 && pieces.iter().all(digits) && is_year(year) => (*year).to_owned(),
        _ => part.to_owned(),
    }
}

// Every word is quoted and made of letters and digits alone, so nothing typed is read as an operator.

fn whole(words: &[String]) -> String {
    joined(words, |word| format!("\"{word}\""))
}

fn beginnings(words: &[String]) -> String {
    joined(words, |word| format!("\"{word}\"*"))
}

/// Beginnings of a name's words, where those that begin a village's word may be it.
pub(super) fn in_village(words: &[String], is_of_village: impl Fn(&str) -> bool) -> String {
    joined(words, |word| if is_of_village(word) { format!("(\"{word}\"* OR \"_{word}\"*)") } else { format!("\"{word}\"*") })
}

/// The term for a village's word.
pub(super) fn village_word(word: &str) -> String {
    format!("\"_{word}\"*")
}

/// Without the words that mean a village (xóm, bản …), unless nothing else was typed.
fn without_type_words(words: &[String]) -> Vec<String> {
    static TYPES: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| codes::list("village_type").iter().map(|row| domain::text::fold(&row.vi)).collect());
    let rest: Vec<String> = words.iter().filter(|word| !TYPES.contains(*word)).cloned().collect();
    if rest.is_empty() { words.to_vec() } else { rest }
}

fn joined(words: &[String], term: impl Fn(&String) -> String) -> String {
    words.iter().map(term).collect::<Vec<_>>().join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_words() {
        let query = Query::read("bui AND \"x\" OR * ( NEAR");
        assert_eq!(query.words, ["bui", "and", "x", "or", "near"]);
        assert!(Query::read(" () \" ").groups().is_empty());
    }

    #[test]
    fn a_number_is_asked_before_names_and_a_year_after() {
        assert_eq!(Query::read("017150").groups().first(), Some(&Group::Codes("\"017150\"*".to_owned())));
        assert_eq!(Query::read("1948").groups().first(), Some(&Group::Names("\"1948\"".to_owned())));
        assert_eq!(Query::read("17/03/1948").words, ["1948"]);
    }
}
