//! What the words of names give for index and order, remembered: an import folds the same few hundred words over and over.

use std::collections::HashMap;

use domain::{RecordId, text};

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
    folded: Vec<String>,
    exact: Vec<String>,
    letters: String,
    tones: String,
}

impl Word {
    fn new(word: &str) -> Self {
        let key = text::name_sort_key(word);
        let mut parts = key.split('\u{1}').map(str::to_owned);
        let (letters, tones) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Self { folded: words::folded(word), exact: words::exact(word), letters, tones }
    }
}

/// What is known of words and villages until the transaction ends.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(super) villages: HashMap<RecordId, Option<VillageName>>,
    words: HashMap<String, Word>,
}

impl Names {
    /// The words of a line, each learnt.
    fn learn<'a>(&mut self, line: &'a str) -> Vec<&'a str> {
        if self.words.len() > MOST_WORDS {
            self.words.clear();
        }
        let mut words: Vec<&str> = line.split_whitespace().collect();
        for word in &words {
            if !self.words.contains_key(*word) {
                self.words.insert((*word).to_owned(), Word::new(&text::tidy(word)));
            }
        }
        // A word of nothing but invisible characters is none.
        words.retain(|word| self.words.get(*word).is_some_and(|word| !word.letters.is_empty()));
        words
    }

    /// The order of a name in a list, as [`text::name_sort_key`] gives it.
    pub(super) fn sort_key(&mut self, name: &str) -> String {
        let words = self.learn(name);
        let known: Vec<&Word> = words.iter().filter_map(|word| self.words.get(*word)).collect();
        let Some((given, rest)) = known.split_last() else { return text::name_sort_key("") };
        let mut key = String::with_capacity(64);
        key.push_str(&given.letters);
        key.push('\u{1}');
        key.push_str(&given.tones);
        for (between, part) in [(" ", (|word| &word.letters) as fn(&Word) -> &String), ("0", |word| &word.tones)] {
            key.push('\u{1}');
            for (place, word) in rest.iter().enumerate() {
                if place > 0 {
                    key.push_str(between);
                }
                key.push_str(part(word));
            }
        }
        key
    }

    /// Adds a line's folded words to one text, and its words with their marks to another.
    pub(super) fn push(&mut self, line: &str, folded: &mut String, exact: &mut String) {
        for word in self.learn(line) {
            let Some(word) = self.words.get(word) else { continue };
            word.folded.iter().for_each(|word| words::push(word, folded));
            word.exact.iter().for_each(|word| words::push(word, exact));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembered_words_give_the_order_of_the_whole_name() {
        let mut names = Names::default();
        for name in ["", "An", "Bùi Thị Mừng", "Đinh Văn  Đạt", "  Xa Thị Sâm ", "H'Mông A Páo", "Bùi-Thị Hoà", "Ho\u{0300}a"]
        {
            assert_eq!(names.sort_key(name), text::name_sort_key(name), "{name}");
        }
    }
}
