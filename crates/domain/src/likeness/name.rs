//! Names, syllable by syllable.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::Evidence;
use super::syllable::{exists, is_one_key_apart, sound};
use crate::text::{fold, fold_keeping_marks};

/// Points of equal names.
const SAME: i32 = 20;

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    syllables: Vec<Syllable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Syllable {
    marked: String,
    folded: String,
    sound: String,
}

impl Name {
    /// Takes a name apart; without letters it has no syllables.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let apart = fold_keeping_marks(name);
        let syllable = |marked: &str| {
            let folded = fold(marked).replace(' ', "");
            (!folded.is_empty()).then(|| Syllable { marked: marked.to_owned(), sound: sound(&folded), folded })
        };
        Self { syllables: apart.split(' ').filter_map(syllable).collect() }
    }

    /// How it sounds, without Thị and Văn between surname and given name.
    #[must_use]
    pub fn sound(&self) -> String {
        without_usual_middles(&self.sounds()).collect::<Vec<_>>().join(" ")
    }

    /// How each of its syllables sounds.
    #[must_use]
    pub fn sounds(&self) -> Vec<Sound> {
        let sound = |syllable: &Syllable| Sound { text: syllable.sound.clone(), is_usual_middle: syllable.is_usual_middle() };
        self.syllables.iter().map(sound).collect()
    }
}

/// Takes names apart and remembers their words: thousands of names share a few hundred.
#[derive(Debug, Default)]
pub struct Syllables(HashMap<String, Vec<Syllable>>);

impl Syllables {
    /// The same as [`Name::new`].
    pub fn name(&mut self, name: &str) -> Name {
        let mut syllables = Vec::with_capacity(4);
        for word in name.split_whitespace() {
            if let Some(known) = self.0.get(word) {
                syllables.extend_from_slice(known);
                continue;
            }
            let Name { syllables: new } = Name::new(word);
            syllables.extend_from_slice(&new);
            self.0.insert(word.to_owned(), new);
        }
        Name { syllables }
    }
}

/// How a syllable sounds. Of a name it is the same whether the name is taken apart at once or word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    pub(super) text: String,
    is_usual_middle: bool,
}

/// The sounds of a name without Thị and Văn between surname and given name.
pub(super) fn without_usual_middles<S: Borrow<Sound>>(sounds: &[S]) -> impl Iterator<Item = &str> {
    let last = sounds.len().saturating_sub(1);
    let sounds = sounds.iter().map(S::borrow).enumerate();
    sounds.filter(move |(at, sound)| *at == 0 || *at == last || !sound.is_usual_middle).map(|(_, sound)| sound.text.as_str())
}

impl Syllable {
    fn is_usual_middle(&self) -> bool {
        matches!(self.folded.as_str(), "thi" | "van")
    }
}

/// The best that any two of their names give; nothing where one has no name.
pub(super) fn compare_any(one: &[Name], other: &[Name]) -> Vec<(Evidence, i32)> {
    let all = one.iter().flat_map(|one| other.iter().map(move |other| compare(one, other)));
    all.max_by_key(|found| found.iter().map(|(_, points)| points).sum::<i32>()).unwrap_or_default()
}

fn compare(one: &Name, other: &Name) -> Vec<(Evidence, i32)> {
    let (one, other) = (one.syllables.as_slice(), other.syllables.as_slice());
    if one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let found = match long.len() - short.len() {
        0 => aligned(short, long),
        1 | 2 if short.len() >= 2 => without_middle(short, long),
        _ => None,
    };
    match found {
        Some(mut found) if found.total() > 0 => found.take(),
        _ => vec![(Evidence::NameDiffers, -SAME)],
    }
}

/// What the syllables cost, by kind of difference.
#[derive(Clone, Copy, Default)]
struct Costs {
    marks: i32,
    sound: i32,
    middle: i32,
    typo: i32,
    part: i32,
}

impl Costs {
    fn total(&self) -> i32 {
        SAME - self.marks - self.sound - self.middle - self.typo - self.part
    }

    /// The evidence; the first of it bears the points.
    fn take(&mut self) -> Vec<(Evidence, i32)> {
        let kinds = [
            (Evidence::NameMarks, self.marks),
            (Evidence::NameSound, self.sound),
            (Evidence::NameMiddle, self.middle),
            (Evidence::NameTypo, self.typo),
            (Evidence::NamePart, self.part),
        ];
        let mut found: Vec<(Evidence, i32)> =
            kinds.into_iter().filter(|(_, cost)| *cost > 0).map(|(kind, _)| (kind, 0)).collect();
        match found.first_mut() {
            Some(first) => first.1 = self.total(),
            None => found.push((Evidence::NameSame, SAME)),
        }
        found
    }
}

/// Names of as many syllables; `None` where they are different names.
fn aligned(one: &[Syllable], other: &[Syllable]) -> Option<Costs> {
    let mut costs = Costs::default();
    let last = one.len() - 1;
    for (at, (one, other)) in one.iter().zip(other).enumerate() {
        if one.marked == other.marked {
            continue;
        }
        if one.folded == other.folded {
            costs.marks = 2;
        } else if one.sound == other.sound {
            costs.sound += 5;
        } else if is_slip(&one.folded, &other.folded) {
            costs.typo += 9;
        } else if at > 0 && at < last && costs.part == 0 {
            costs.part = 14;
        } else {
            return None;
        }
    }
    Some(costs)
}

/// The longer name without one or two of its middle syllables, the ones that cost least.
fn without_middle(short: &[Syllable], long: &[Syllable]) -> Option<Costs> {
    let mut best: Option<Costs> = None;
    for left_out in 1..long.len() - 1 {
        let rest: Vec<Syllable> =
            long.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, syllable)| syllable.clone()).collect();
        let found = if rest.len() == short.len() { aligned(short, &rest) } else { without_middle(short, &rest) };
        let is_usual = long.get(left_out).is_some_and(Syllable::is_usual_middle);
        let found = found.map(|costs| Costs { middle: costs.middle + if is_usual { 5 } else { 8 }, ..costs });
        if found.is_some_and(|found| best.is_none_or(|best| found.total() > best.total())) {
            best = found;
        }
    }
    best
}

/// A slip of the keys makes a syllable that does not exist; Lan and Loan are two names.
fn is_slip(one: &str, other: &str) -> bool {
    one.len().max(other.len()) >= 3 && is_one_key_apart(one, other) && !(exists(one) && exists(other))
}
