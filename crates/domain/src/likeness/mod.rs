//! Whether two entries may be one person (nghi trùng): points with the evidence they rest on.
//!
//! Owes its callers: [`compare`] is symmetric and deterministic, knows nothing of the register, and never says "same": a
//! person does. Who is compared at all is the store's business ([`Keys`] are what it looks people up by).
//! Would surprise: a different name leaves nothing standing but an equal number. Short Vietnamese names lie one letter from
//! each other (Lan, Loan), so a letter's difference counts only where it makes a syllable that does not exist.

mod birth;
mod name;
mod number;
mod syllable;

use std::borrow::Borrow;
use std::collections::BTreeSet;

use crate::{PartialDate, RecordId};
pub use name::{Name, Sound, Syllables};
pub use number::variants as id_variants;

/// From this many points on two people are shown to a worker as possibly one.
pub const HINT: i32 = 24;
/// From here on they are probably one.
pub const LIKELY: i32 = 36;

/// What two people are compared by.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// Full name first, then other names.
    pub names: Vec<Name>,
    /// Birth.
    pub birth: Option<PartialDate>,
    /// Sex.
    pub sex: Option<String>,
    /// Citizen id first, then those of entries given up for this one.
    pub citizen_ids: Vec<String>,
    /// Nine-digit identity card.
    pub old_id: Option<String>,
    /// Village lived in.
    pub village: Option<RecordId>,
    /// Household.
    pub household: Option<RecordId>,
    /// How the names of parents and of the people of the household sound ([`Name::sound`]).
    pub kin: BTreeSet<String>,
}

/// One finding about two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The same citizen id.
    IdSame,
    /// Citizen ids that differ in one digit or by two digits swapped.
    IdNear,
    /// Citizen ids that differ.
    IdDiffers,
    /// The same nine-digit identity card.
    OldIdSame,
    /// The same name.
    NameSame,
    /// Names that differ in their marks only.
    NameMarks,
    /// Names that sound alike: `i`/`y`, `d`/`gi`/`r`, `s`/`x`, `tr`/`ch`, `l`/`n`.
    NameSound,
    /// One name lacks a middle name.
    NameMiddle,
    /// A slip of the keys: a letter more, less, other or swapped.
    NameTypo,
    /// Another middle name.
    NamePart,
    /// Different names.
    NameDiffers,
    /// The same full date of birth.
    BirthSame,
    /// The same year (and month, where known); the rest of one side is not known, or differs.
    BirthYear,
    /// The same year and the same day or month.
    BirthPart,
    /// Day and month swapped.
    BirthSwapped,
    /// Years that differ in one digit, or by one.
    BirthDigit,
    /// Different births.
    BirthDiffers,
    /// Different sexes.
    SexDiffers,
    /// The same village.
    VillageSame,
    /// The same household.
    HouseholdSame,
    /// The same people beside them: parents, members of the household.
    KinSame,
}

impl Evidence {
    /// Its code, as it crosses to the page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::IdSame => "id_same",
            Self::IdNear => "id_near",
            Self::IdDiffers => "id_differs",
            Self::OldIdSame => "old_id_same",
            Self::NameSame => "name_same",
            Self::NameMarks => "name_marks",
            Self::NameSound => "name_sound",
            Self::NameMiddle => "name_middle",
            Self::NameTypo => "name_typo",
            Self::NamePart => "name_part",
            Self::NameDiffers => "name_differs",
            Self::BirthSame => "birth_same",
            Self::BirthYear => "birth_year",
            Self::BirthPart => "birth_part",
            Self::BirthSwapped => "birth_swapped",
            Self::BirthDigit => "birth_digit",
            Self::BirthDiffers => "birth_differs",
            Self::SexDiffers => "sex_differs",
            Self::VillageSame => "village_same",
            Self::HouseholdSame => "household_same",
            Self::KinSame => "kin_same",
        }
    }

    /// Whether it speaks against their being one person.
    #[must_use]
    pub fn is_against(self) -> bool {
        matches!(self, Self::IdDiffers | Self::NameDiffers | Self::BirthDiffers | Self::SexDiffers)
    }
}

/// How alike two people are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Points; see [`HINT`] and [`LIKELY`].
    pub points: i32,
    /// What they rest on, the strongest kind first: number, name, birth, sex, place, people.
    pub evidence: Vec<Evidence>,
}

/// Compares two people. `compare(a, b) == compare(b, a)`.
#[must_use]
pub fn compare(one: &Traits, other: &Traits) -> Likeness {
    let mut found = Likeness::default();
    found.add(number::compare_any(&one.citizen_ids, &other.citizen_ids));
    if one.old_id.is_some() && one.old_id == other.old_id {
        found.add([(Evidence::OldIdSame, 40)]);
    }
    let has_same_number = found.points >= 40;
    let named = name::compare_any(&one.names, &other.names);
    let is_other_name = named.iter().any(|(evidence, _)| *evidence == Evidence::NameDiffers);
    found.add(named);
    found.add(birth::compare(one.birth.as_ref(), other.birth.as_ref()));
    match (&one.sex, &other.sex) {
        (Some(one), Some(other)) if one == other => found.points += 2,
        (Some(_), Some(_)) => found.add([(Evidence::SexDiffers, -12)]),
        _ => {}
    }
    if one.village.is_some() && one.village == other.village {
        found.add([(Evidence::VillageSame, 6)]);
    }
    let is_one_household = one.household.is_some() && one.household == other.household;
    let shared = i32::try_from(one.kin.intersection(&other.kin).count()).unwrap_or(i32::MAX);
    if is_one_household {
        // All of one household have the same people beside them.
        found.add([(Evidence::HouseholdSame, 8)]);
    } else if shared > 0 {
        found.add([(Evidence::KinSame, shared.min(2) * 6)]);
    }
    if has_same_number {
        found.points = found.points.max(HINT);
    } else if is_other_name {
        found.points = found.points.min(0);
    }
    found
}

impl Likeness {
    fn add(&mut self, evidence: impl IntoIterator<Item = (Evidence, i32)>) {
        for (evidence, points) in evidence {
            self.points += points;
            self.evidence.push(evidence);
        }
    }
}

/// What a person is looked up by. Equal people have equal keys; people alike have at least one in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// How the name sounds without Thị and Văn.
    pub sound: i64,
    /// How the given name sounds.
    pub given: i64,
    /// Year of birth.
    pub year: Option<i32>,
    /// Month and day of birth as `100 × month + day`.
    pub day: Option<i32>,
}

impl Keys {
    /// The keys of a name with a birth; `None` of a name without letters.
    #[must_use]
    pub fn of(name: &Name, birth: Option<&PartialDate>) -> Option<Self> {
        Self::of_sounds(&name.sounds(), birth)
    }

    /// The same of a name whose syllables are known: thousands of names share a few hundred of them.
    #[must_use]
    pub fn of_sounds<S: Borrow<Sound>>(sounds: &[S], birth: Option<&PartialDate>) -> Option<Self> {
        let given: &Sound = sounds.last()?.borrow();
        Some(Self {
            sound: number::hash(name::without_usual_middles(sounds)),
            given: number::hash([given.text.as_str()]),
            year: birth.map(PartialDate::year),
            day: birth.and_then(birth::day),
        })
    }

    /// A day of the year of birth as it is written, `YYYY-MM-DD`.
    #[must_use]
    pub fn born(&self, day: Option<i32>) -> Option<String> {
        self.year.zip(day).map(|(year, day)| format!("{year:04}-{:02}-{:02}", day / 100, day % 100))
    }

    /// The day that is meant where day and month were swapped.
    #[must_use]
    pub fn swapped_day(&self) -> Option<i32> {
        self.day.map(|day| day % 100 * 100 + day / 100)
    }
}

#[cfg(test)]
mod tests;
