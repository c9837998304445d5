//! How well people who are entered a second time are found: a generated commune, second entries with the mistakes that people
//! here make, and newcomers who are nobody's second entry.
//!
//! Owes its callers: the same commune, mistakes and newcomers for the same seed. A second entry is typed, not stored, as a
//! worker types it: with what they were told, and mostly with the household around it.

use crate::watch::Watch;

use casework::seed::{Size, seed};
use chrono::{Datelike, NaiveDate};
use domain::records::{Household, HouseholdMember, Person};
use domain::registry::Record;
use domain::{PartialDate, RecordId, UnitId, text};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::{Author, Sight, Sketch, Store, View};

/// Hints that a worker is shown.
const HINTS: usize = 5;

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// People in the register.
    pub people: usize,
    /// Part of the second entries whose first was among the hints.
    pub recall: f64,
    /// Hints at a second entry that were not the person, on average.
    pub false_beside: f64,
    /// Hints at a newcomer, on average.
    pub false_alone: f64,
}

/// Makes a commune of so many households.
pub fn commune(store: &Store, author: Author, unit: UnitId, households: usize, number: u64, today: NaiveDate) {
    let size = Size { villages: 12, households };
    store.write(author, |tx| seed(tx, unit, size, number, today, &|_| {})).unwrap();
}

/// Somebody as they stand in a register.
struct Entry {
    id: RecordId,
    person: Person,
    village: Option<RecordId>,
    kin: Vec<String>,
}

fn entries(view: &View<'_>) -> store::Result<Vec<Entry>> {
    let mut all = Vec::new();
    for household in view.list_kind(Household::KIND, Sight::Plain)? {
        let village = household.record::<Household>().village;
        let mut people = Vec::new();
        for member in view.list_children(household.id, HouseholdMember::KIND, Sight::Plain)? {
            let Some(id) = member.record::<HouseholdMember>().person else { continue };
            people.push((id, view.get_record(id, Sight::Plain)?.record::<Person>()));
        }
        let names: Vec<String> = people.iter().filter_map(|(_, person)| person.full_name.clone()).collect();
        for (at, (id, person)) in people.into_iter().enumerate() {
            let kin = names.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, name)| name.clone()).collect();
            all.push(Entry { id, person, village, kin });
        }
    }
    Ok(all)
}

/// Second entries of so many people, each with the one who is meant.
pub fn second_entries(store: &Store, count: usize, number: u64) -> Vec<(RecordId, Sketch)> {
    let mut typist = Typist(ChaCha8Rng::seed_from_u64(number));
    let all = store.read(entries).unwrap();
    (0..count)
        .map(|_| {
            let entry = &all[typist.below(all.len())];
            (entry.id, typist.type_again(entry))
        })
        .collect()
}

/// People of another commune, who are nobody here, typed into this one's villages.
pub fn newcomers(store: &Store, other: &Store, count: usize, number: u64) -> Vec<Sketch> {
    let mut typist = Typist(ChaCha8Rng::seed_from_u64(number));
    let villages: Vec<RecordId> =
        store.read(|view| view.list_villages()).unwrap().into_iter().map(|village| village.id).collect();
    let all = other.read(entries).unwrap();
    (0..count)
        .map(|_| {
            let entry = &all[typist.below(all.len())];
            let mut sketch = typist.as_told(entry);
            sketch.village = Some(villages[typist.below(villages.len())]);
            // Serials of the sample are few; those of life are many.
            sketch.citizen_id = sketch.citizen_id.map(|id| format!("{}{:06}", &id[..6], typist.below(1_000_000)));
            sketch
        })
        .collect()
}

/// Asks for each and counts. Gives the milliseconds of each hint too.
pub fn measure(store: &Store, seconds: &[(RecordId, Sketch)], strangers: &[Sketch]) -> (Found, Vec<f64>) {
    let mut times = Vec::new();
    let mut ask = |sketch: &Sketch| -> Vec<RecordId> {
        let begun = Watch::start();
        let found = store.read(|view| view.find_similar(sketch, HINTS)).unwrap();
        times.push(begun.seconds() * 1e3);
        found.into_iter().map(|found| found.person).collect()
    };
    let (mut hits, mut beside) = (0usize, 0usize);
    for (meant, sketch) in seconds {
        let hints = ask(sketch);
        hits += usize::from(hints.contains(meant));
        beside += hints.iter().filter(|hint| *hint != meant).count();
    }
    let alone: usize = strangers.iter().map(|sketch| ask(sketch).len()).sum();
    let people = store.read(|view| Ok(view.list_kind(Person::KIND, Sight::Plain)?.len())).unwrap();
    let part = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let found = Found {
        people,
        recall: part(hits, seconds.len()),
        false_beside: part(beside, seconds.len()),
        false_alone: part(alone, strangers.len()),
    };
    (found, times)
}

/// Types people, with mistakes.
struct Typist(ChaCha8Rng);

impl Typist {
    fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end.max(1))
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Without a mistake, as far as things were told.
    fn as_told(&mut self, entry: &Entry) -> Sketch {
        let person = &entry.person;
        Sketch {
            names: person.full_name.iter().cloned().collect(),
            birth: person.birth_date,
            sex: person.sex.clone(),
            citizen_id: person.citizen_id.clone().filter(|_| self.chance(60)),
            village: entry.village,
            kin: if self.chance(70) { entry.kin.clone() } else { Vec::new() },
            ..Sketch::default()
        }
    }

    /// With one or two mistakes, and now and then none.
    fn type_again(&mut self, entry: &Entry) -> Sketch {
        let mut sketch = self.as_told(entry);
        // The neighbouring village, or the form's village not chosen yet.
        if self.chance(20) {
            sketch.village = None;
        }
        if self.chance(5) {
            sketch.sex = None;
        }
        let mistakes = [0, 1, 1, 1, 2, 2][self.below(6)];
        for _ in 0..mistakes {
            match self.below(10) {
                0..=1 => sketch.names = sketch.names.iter().map(|name| text::fold(name)).collect(),
                2 => sketch.names = sketch.names.iter().map(|name| self.heard(name)).collect(),
                3 => sketch.names = sketch.names.iter().map(|name| without_middle(name)).collect(),
                4 => sketch.names = sketch.names.iter().map(|name| self.slipped(name)).collect(),
                5 => sketch.birth = sketch.birth.map(|birth| PartialDate::Year(birth.year())),
                6 => sketch.birth = sketch.birth.map(|birth| self.misread(birth)),
                7 => sketch.birth = sketch.birth.map(swapped),
                8 => sketch.citizen_id = sketch.citizen_id.map(|id| self.miscopied(&id)),
                _ => sketch.citizen_id = None,
            }
        }
        sketch
    }

    /// One syllable as it is heard: `i` for `y`, `d` for `gi`, `s` for `x`, `tr` for `ch`, `l` for `n`.
    fn heard(&mut self, name: &str) -> String {
        const PAIRS: [(&str, &str); 8] =
            [("gi", "d"), ("x", "s"), ("s", "x"), ("tr", "ch"), ("ch", "tr"), ("l", "n"), ("n", "l"), ("y", "i")];
        let mut syllables: Vec<String> = text::fold(name).split(' ').map(str::to_owned).collect();
        let start = self.below(syllables.len());
        for at in (0..syllables.len()).map(|step| (start + step) % syllables.len()) {
            let syllable = &syllables[at];
            let changed = PAIRS.iter().find_map(|(from, to)| {
                let rest = syllable.strip_prefix(from)?;
                let is_one_sound = !rest.starts_with(['h', 'g']) && !rest.is_empty();
                is_one_sound.then(|| format!("{to}{rest}"))
            });
            if let Some(changed) = changed {
                syllables[at] = changed;
                break;
            }
        }
        syllables.join(" ")
    }

    /// A slip of the keys in one syllable: two letters swapped, one doubled, one left out.
    fn slipped(&mut self, name: &str) -> String {
        let mut syllables: Vec<String> = text::fold(name).split(' ').map(str::to_owned).collect();
        let long: Vec<usize> = (0..syllables.len()).filter(|at| syllables[*at].len() >= 3).collect();
        if long.is_empty() {
            return name.to_owned();
        }
        let at = long[self.below(long.len())];
        let mut letters: Vec<char> = syllables[at].chars().collect();
        let place = 1 + self.below(letters.len() - 2);
        match self.below(3) {
            0 => letters.swap(place, place + 1),
            1 => letters.insert(place, letters[place]),
            _ => drop(letters.remove(place)),
        }
        syllables[at] = letters.into_iter().collect();
        syllables.join(" ")
    }

    /// One digit of the year or the day.
    fn misread(&mut self, birth: PartialDate) -> PartialDate {
        match birth {
            PartialDate::Day(day) if self.chance(50) => {
                let other = 1 + (day.day0() + 1 + self.0.random_range(0..20)) % 28;
                day.with_day(other).map_or(birth, PartialDate::Day)
            }
            PartialDate::Day(day) => {
                let year = day.year() - [1, 10, 9][self.below(3)];
                day.with_year(year).map_or(birth, PartialDate::Day)
            }
            PartialDate::Month(_) | PartialDate::Year(_) => PartialDate::Year(birth.year() - 1),
        }
    }

    /// One digit other, or two swapped.
    fn miscopied(&mut self, id: &str) -> String {
        let mut digits: Vec<u8> = id.bytes().collect();
        let at = self.below(digits.len() - 1);
        if self.chance(50) {
            digits.swap(at, at + 1);
        } else {
            digits[at] = b'0' + (digits[at] - b'0' + 1 + u8::try_from(self.below(8)).unwrap()) % 10;
        }
        String::from_utf8(digits).unwrap()
    }
}

fn without_middle(name: &str) -> String {
    let syllables: Vec<&str> = name.split(' ').collect();
    match syllables.as_slice() {
        [first, _, rest @ ..] if !rest.is_empty() => [&[*first], rest].concat().join(" "),
        _ => name.to_owned(),
    }
}

fn swapped(birth: PartialDate) -> PartialDate {
    match birth {
        PartialDate::Day(day) => NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()).map_or(birth, PartialDate::Day),
        birth => birth,
    }
}
