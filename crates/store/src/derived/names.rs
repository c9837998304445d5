//! What the words of names give for index and order, remembered: an import folds the same few hundred words over and over.

use std::collections::HashMap;

use domain::likeness::{Keys, Name, Sound};
use domain::{AssumedBirth, PartialDate, RecordId, text};

use super::words;

/// Words remembered at most; names of a province have some thousand.
const MOST_WORDS: usize = 20_000;

/// A village as lists and index name it.
#[derive(Debug, Clone)]
pub(crate) struct VillageName {
    pub(super) lid: i64,
    pub(super) sort: String,
    /// Words that its people are found by.
    pub(super) words: String,
}

/// One word of a name.
#[derive(Debug)]
struct Word {
    /// Folded, then with marks where that is another word.
    found_by: String,
    sounds: Vec<Sound>,
    letters: String,
    tones: String,
}

impl Word {
    fn new(word: &str) -> Self {
        let key = text::name_sort_key(word);
        let mut parts = key.split('\u{1}').map(str::to_owned);
        let (letters, tones) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let mut found_by = String::new();
        words::push_both(word, &mut found_by);
        Self { found_by, sounds: Name::new(word).sounds(), letters, tones }
    }
}

/// What is known of words and villages until the transaction ends.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(super) villages: HashMap<RecordId, Option<VillageName>>,
    /// Births of heads by the local number of their household, of the act being written.
    pub(super) heads: HashMap<i64, Option<PartialDate>>,
    /// The day that is taken of a birth not known to the day, once it was asked for.
    pub(super) births: Option<AssumedBirth>,
    places: HashMap<String, usize>,
    words: Vec<Word>,
}

/// The words of one name, as places among those remembered until the act ends.
#[derive(Default)]
pub(super) struct Line(Vec<usize>);

impl Names {
    /// Forgets what holds for one act only, and words that have become too many.
    pub(super) fn begin_act(&mut self) {
        self.heads.clear();
        if self.words.len() > MOST_WORDS {
            self.places.clear();
            self.words.clear();
        }
    }

    /// The words of a line, each learnt. A word of nothing but invisible characters is none.
    pub(super) fn learn(&mut self, line: &str) -> Line {
        let mut places = Vec::with_capacity(6);
        for word in line.split_whitespace() {
            let place = match self.places.get(word) {
                Some(place) => *place,
                None => {
                    self.words.push(Word::new(&text::tidy(word)));
                    self.places.insert(word.to_owned(), self.words.len() - 1);
                    self.words.len() - 1
                }
            };
            places.push(place);
        }
        places.retain(|place| self.words.get(*place).is_some_and(|word| !word.letters.is_empty()));
        Line(places)
    }

    fn words<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = &'a Word> {
        line.0.iter().filter_map(|place| self.words.get(*place))
    }

    /// The order of a name in a list, as [`text::name_sort_key`] gives it.
    pub(super) fn sort_key(&self, name: &Line) -> String {
        let Some(given) = self.words(name).last() else { return text::name_sort_key("") };
        let rest = name.0.len() - 1;
        let mut key = String::with_capacity(64);
        key.push_str(&given.letters);
        key.push('\u{1}');
        key.push_str(&given.tones);
        for (between, part) in [(" ", (|word| &word.letters) as fn(&Word) -> &String), ("0", |word| &word.tones)] {
            key.push('\u{1}');
            for (place, word) in self.words(name).take(rest).enumerate() {
                if place > 0 {
                    key.push_str(between);
                }
                key.push_str(part(word));
            }
        }
        key
    }

    /// Adds the words that a name is found by, folded and with their marks.
    pub(super) fn push(&self, name: &Line, out: &mut String) {
        for word in self.words(name).filter(|word| !word.found_by.is_empty()) {
            words::push(&word.found_by, out);
        }
    }

    /// What a name with a birth is looked up by where somebody may be entered twice.
    pub(super) fn keys(&self, name: &Line, birth: Option<&PartialDate>) -> Option<Keys> {
        let sounds: Vec<&Sound> = self.words(name).flat_map(|word| &word.sounds).collect();
        Keys::of_sounds(&sounds, birth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 10] = [
        "",
        "An",
        "Bùi Thị Mừng",
        "Đinh Văn  Đạt",
        "  Xa Thị Sâm ",
        "H'Mông A Páo",
        "Bùi-Thị Hoà",
        "Ho\u{0300}a",
        "Văn Thị Văn",
        "Bùi\u{200B} \u{200B} Giềng",
    ];

    #[test]
    fn remembered_words_give_the_order_of_the_whole_name() {
        let mut names = Names::default();
        for name in NAMES {
            let line = names.learn(name);
            assert_eq!(names.sort_key(&line), text::name_sort_key(name), "{name}");
        }
    }

    #[test]
    fn remembered_words_give_the_keys_of_the_whole_name() {
        let mut names = Names::default();
        let birth = "1948-03-17".parse().ok();
        for name in NAMES {
            let name = text::tidy(name);
            let line = names.learn(&name);
            assert_eq!(names.keys(&line, birth.as_ref()), Keys::of(&Name::new(&name), birth.as_ref()), "{name}");
        }
    }
}
