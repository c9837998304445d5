//! What is known about one person on one date. A fact that was not told is unknown: never false, never a default.
//!
//! Small and flat, so that a commune's facts fit into the cache: copying one costs as much as copying 200 bytes.

use serde_json::{Map, Number, Value as Json};

use crate::fact::{Fact, FactSet, FactType};

/// Facts and the two ages of [`Facts::tell_age_before`].
const SLOTS: usize = Fact::ALL.len() + 2;

/// The value of a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told<'a> {
    /// Yes or no.
    YesNo(bool),
    /// A whole number.
    Count(u32),
    /// A code of the fact's list.
    Code(&'a str),
    /// Known to be none; only for facts whose list has it.
    None,
}

impl From<bool> for Told<'_> {
    fn from(value: bool) -> Self {
        Self::YesNo(value)
    }
}

impl From<u32> for Told<'_> {
    fn from(value: u32) -> Self {
        Self::Count(value)
    }
}

impl<'a> From<&'a str> for Told<'a> {
    fn from(value: &'a str) -> Self {
        Self::Code(value)
    }
}

impl From<Told<'_>> for Json {
    fn from(told: Told<'_>) -> Self {
        match told {
            Told::YesNo(value) => value.into(),
            Told::Count(value) => value.into(),
            Told::Code(value) => value.into(),
            Told::None => Self::Null,
        }
    }
}

/// Why something cannot be told. The text quotes names and codes of the vocabulary only, never what was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FactFault {
    /// No fact of that name.
    #[error("unknown fact")]
    Unknown,
    /// Not of the fact's type.
    #[error("{fact}: {expected} expected", expected = expected(*.fact))]
    WrongType {
        /// The fact.
        fact: Fact,
    },
    /// A number below zero.
    #[error("{fact}: must not be negative")]
    Negative {
        /// The fact.
        fact: Fact,
    },
    /// A number nobody can mean.
    #[error("{fact}: too large")]
    TooLarge {
        /// The fact.
        fact: Fact,
    },
    /// A code that the list has not.
    #[error("{fact}: must be one of {codes}", codes = .fact.ty().codes().join(", "))]
    NotListed {
        /// The fact.
        fact: Fact,
    },
}

fn expected(fact: Fact) -> &'static str {
    match fact.ty() {
        FactType::Count => "a whole number",
        FactType::YesNo => "true or false",
        FactType::Code(_) => "a code",
        FactType::CodeOrNone(_) => "a code or null",
    }
}

/// What is known about one person on one date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    known: u64,
    values: [u32; SLOTS],
}

impl Default for Facts {
    fn default() -> Self {
        Self { known: 0, values: [0; SLOTS] }
    }
}

impl Facts {
    /// Tells a fact; telling it again replaces it. On an error nothing changes.
    ///
    /// # Errors
    /// The value is not one of the fact's.
    pub fn tell<'a>(&mut self, fact: Fact, value: impl Into<Told<'a>>) -> Result<(), FactFault> {
        let raw = raw(fact, value.into())?;
        self.put(usize::from(fact as u8), raw);
        if let Some(slot) = slot_before(fact) {
            self.put(slot, raw);
        }
        Ok(())
    }

    /// Makes a fact unknown again.
    pub fn forget(&mut self, fact: Fact) {
        for slot in std::iter::once(usize::from(fact as u8)).chain(slot_before(fact)) {
            self.known &= !(1 << slot);
            self.values[slot] = 0;
        }
    }

    /// The age at the end of the month before, by which the month rule tests the upper bound of rows marked
    /// `ends_at_birthday`; before birth it is 0. Only for the two ages, after [`Facts::tell`]; telling the age itself
    /// takes it back.
    pub fn tell_age_before(&mut self, age: Fact, months: u32) {
        if let Some(slot) = slot_before(age) {
            self.put(slot, months);
        }
    }

    /// What was told.
    #[must_use]
    pub fn get(&self, fact: Fact) -> Option<Told<'static>> {
        self.raw(fact as u8).map(|raw| told(fact, raw))
    }

    /// The facts that are known.
    #[must_use]
    pub fn known(&self) -> FactSet {
        Fact::ALL.iter().copied().filter(|fact| self.raw(*fact as u8).is_some()).collect()
    }

    /// Reads an object of facts by name; `null` is unknown, except where it is a value. Nothing is filled in.
    ///
    /// # Errors
    /// All that is wrong, in the order of the names given, each with its name.
    pub fn from_json(object: &Map<String, Json>) -> Result<Self, Vec<(String, FactFault)>> {
        let mut facts = Self::default();
        let mut faults = Vec::new();
        for (name, value) in object {
            let read = Fact::named(name).ok_or(FactFault::Unknown).and_then(|fact| facts.tell_json(fact, value));
            if let Err(fault) = read {
                faults.push((name.clone(), fault));
            }
        }
        if faults.is_empty() { Ok(facts) } else { Err(faults) }
    }

    fn tell_json(&mut self, fact: Fact, value: &Json) -> Result<(), FactFault> {
        let told = match (value, fact.ty()) {
            (Json::Null, FactType::CodeOrNone(_)) => Told::None,
            (Json::Null, _) => return Ok(()),
            (Json::Bool(value), _) => Told::YesNo(*value),
            (Json::String(code), _) => Told::Code(code),
            (Json::Number(number), FactType::Count) => Told::Count(count(fact, number)?),
            _ => return Err(FactFault::WrongType { fact }),
        };
        self.tell(fact, told)
    }

    /// The raw value of a slot: number, 0 or 1, place in the list of codes (one past it: none).
    #[inline]
    pub(crate) fn raw(&self, slot: u8) -> Option<u32> {
        (self.known & 1 << slot != 0).then(|| self.values[usize::from(slot)])
    }

    fn put(&mut self, slot: usize, raw: u32) {
        self.known |= 1 << slot;
        self.values[slot] = raw;
    }
}

/// A whole number however JSON writes it: `3`, `3.0` and `3e0` are the same.
fn count(fact: Fact, number: &Number) -> Result<u32, FactFault> {
    let whole = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    // Of a float the part before the point; what is beyond the range becomes its end, which is too large all the same.
    #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
    let whole = whole.or(number.as_f64().filter(|float| float.fract() == 0.0).map(|float| float as i128));
    match whole {
        None => Err(FactFault::WrongType { fact }),
        Some(..0) => Err(FactFault::Negative { fact }),
        Some(count) => u32::try_from(count).map_err(|_| FactFault::TooLarge { fact }),
    }
}

/// The slot of the age at the end of the month before.
fn slot_before(fact: Fact) -> Option<usize> {
    match fact {
        Fact::AgeMonths => Some(Fact::ALL.len()),
        Fact::CaredAgeMonths => Some(Fact::ALL.len() + 1),
        _ => None,
    }
}

/// Where a bound that ends at the birthday reads the age; the fact's own slot for all other facts.
pub(crate) fn slot_of_end(fact: Fact) -> u8 {
    slot_before(fact).and_then(|slot| u8::try_from(slot).ok()).unwrap_or(fact as u8)
}

/// How a value is kept.
pub(crate) fn raw(fact: Fact, value: Told<'_>) -> Result<u32, FactFault> {
    match (fact.ty(), value) {
        (FactType::Count, Told::Count(count)) => Ok(count),
        (FactType::YesNo, Told::YesNo(yes)) => Ok(u32::from(yes)),
        (FactType::Code(codes) | FactType::CodeOrNone(codes), Told::Code(code)) => {
            let at = codes.iter().position(|listed| *listed == code).ok_or(FactFault::NotListed { fact })?;
            u32::try_from(at).map_err(|_| FactFault::NotListed { fact })
        }
        (FactType::CodeOrNone(codes), Told::None) => u32::try_from(codes.len()).map_err(|_| FactFault::NotListed { fact }),
        _ => Err(FactFault::WrongType { fact }),
    }
}

/// What a kept value says.
pub(crate) fn told(fact: Fact, raw: u32) -> Told<'static> {
    match fact.ty() {
        FactType::Count => Told::Count(raw),
        FactType::YesNo => Told::YesNo(raw != 0),
        FactType::Code(codes) | FactType::CodeOrNone(codes) => {
            codes.get(raw as usize).map_or(Told::None, |code| Told::Code(code))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Result<Facts, Vec<(String, FactFault)>> {
        Facts::from_json(serde_json::from_str::<Json>(text).unwrap().as_object().unwrap())
    }

    #[test]
    fn null_is_unknown_except_where_it_is_a_value() {
        let facts = read(r#"{"age_months":null,"carer_relation":null,"household_poverty":null,"emergency_cause":null}"#).unwrap();
        assert_eq!(facts.get(Fact::AgeMonths), None);
        assert_eq!(facts.get(Fact::HouseholdPoverty), None);
        assert_eq!(facts.get(Fact::CarerRelation), Some(Told::None));
        assert_eq!(facts.get(Fact::EmergencyCause), Some(Told::None));
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        for text in ["36", "36.0", "3.6e1", "360e-1"] {
            let facts = read(&format!(r#"{{"age_months":{text}}}"#)).unwrap();
            assert_eq!(facts.get(Fact::AgeMonths), Some(Told::Count(36)), "{text}");
        }
        assert_eq!(read(r#"{"age_months":-0.0}"#).unwrap().get(Fact::AgeMonths), Some(Told::Count(0)));
        let fact = Fact::AgeMonths;
        for (text, fault) in [
            ("36.5", FactFault::WrongType { fact }),
            ("-36.0", FactFault::Negative { fact }),
            ("4294967296.0", FactFault::TooLarge { fact }),
            ("1e300", FactFault::TooLarge { fact }),
            ("\"36\"", FactFault::WrongType { fact }),
        ] {
            assert_eq!(read(&format!(r#"{{"age_months":{text}}}"#)), Err(vec![("age_months".to_owned(), fault)]), "{text}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let text = r#"{"age_months":-1,"colour":1,"died":"yes","days":1.5,"household_poverty":"rich","household_members":5000000000,"studying":1,"age_at_death_note":"x"}"#;
        let mut faults = read(text).unwrap_err();
        faults.sort_by(|a, b| a.0.cmp(&b.0));
        let wanted = [
            ("age_at_death_note", FactFault::Unknown),
            ("age_months", FactFault::Negative { fact: Fact::AgeMonths }),
            ("colour", FactFault::Unknown),
            ("days", FactFault::WrongType { fact: Fact::Days }),
            ("died", FactFault::WrongType { fact: Fact::Died }),
            ("household_members", FactFault::TooLarge { fact: Fact::HouseholdMembers }),
            ("household_poverty", FactFault::NotListed { fact: Fact::HouseholdPoverty }),
            ("studying", FactFault::WrongType { fact: Fact::Studying }),
        ];
        assert_eq!(faults, wanted.map(|(name, fault)| (name.to_owned(), fault)));
    }

    #[test]
    fn what_was_told_can_be_read_replaced_and_forgotten() {
        let mut facts = Facts::default();
        facts.tell(Fact::MaritalStatus, "widowed").unwrap();
        facts.tell(Fact::Died, false).unwrap();
        facts.tell(Fact::AgeMonths, 12).unwrap();
        facts.tell(Fact::AgeMonths, 13).unwrap();
        assert_eq!(facts.get(Fact::MaritalStatus), Some(Told::Code("widowed")));
        assert_eq!(facts.get(Fact::Died), Some(Told::YesNo(false)));
        assert_eq!(facts.get(Fact::AgeMonths), Some(Told::Count(13)));
        assert_eq!(facts.known().iter().collect::<Vec<_>>(), [Fact::AgeMonths, Fact::Died, Fact::MaritalStatus]);
        facts.forget(Fact::AgeMonths);
        assert_eq!(facts.get(Fact::AgeMonths), None);
        assert!(facts.tell(Fact::Died, "no").is_err());
        assert_eq!(facts.get(Fact::Died), Some(Told::YesNo(false)), "a refused value changes nothing");
    }
}
