//! Conditions: as written in a row, and compiled to tests of numbers. The only place where a fact is compared.
//!
//! Three values: `Some(true)`, `Some(false)`, and `None` for unknown. A test of an unknown fact is unknown.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;

use crate::check::Fault;
use crate::fact::{Fact, FactSet, FactType};
use crate::facts::{self, Facts, Told};

/// A condition as it stands in the row.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Condition {
    /// True if one is true.
    Any {
        /// The members.
        any: Vec<Condition>,
    },
    /// True if all are true.
    All {
        /// The members.
        all: Vec<Condition>,
    },
    /// True if it is false.
    Not {
        /// The member.
        not: Box<Condition>,
    },
    /// A comparison of a fact.
    Test {
        /// Name of the fact.
        field: String,
        /// `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not_in`.
        op: String,
        /// What it is compared with.
        value: Json,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    any: Option<Vec<Condition>>,
    all: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
    field: Option<String>,
    op: Option<String>,
    #[serde(default, deserialize_with = "present")]
    value: Option<Json>,
}

/// `null` is a value here, and an absent key is none.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written { any: Some(any), all: None, not: None, field: None, op: None, value: None } => Ok(Self::Any { any }),
            Written { any: None, all: Some(all), not: None, field: None, op: None, value: None } => Ok(Self::All { all }),
            Written { any: None, all: None, not: Some(not), field: None, op: None, value: None } => Ok(Self::Not { not }),
            Written { any: None, all: None, not: None, field: Some(field), op: Some(op), value: Some(value) } => {
                Ok(Self::Test { field, op, value })
            }
            _ => Err(serde::de::Error::custom("a condition is {field, op, value}, {any}, {all} or {not}")),
        }
    }
}

impl Condition {
    /// Itself and every condition inside it.
    pub(crate) fn each<'c>(&'c self, visit: &mut dyn FnMut(&'c Condition)) {
        visit(self);
        self.members().iter().for_each(|member| member.each(visit));
    }

    /// The conditions directly inside; none for a test.
    #[must_use]
    pub fn members(&self) -> &[Condition] {
        match self {
            Self::Any { any } => any,
            Self::All { all } => all,
            Self::Not { not } => std::slice::from_ref(not),
            Self::Test { .. } => &[],
        }
    }
}

/// A condition ready to be tested; shaped like the [`Condition`] it came from.
#[derive(Clone, Debug)]
pub(crate) enum Check {
    Any(Vec<Check>),
    All(Vec<Check>),
    Not(Box<Check>),
    /// The number is within both ends, or (`outside`) is not.
    Range {
        slot: u8,
        fact: Fact,
        low: u32,
        high: u32,
        outside: bool,
    },
    /// The code's bit is set.
    Codes {
        slot: u8,
        fact: Fact,
        listed: u32,
    },
    /// The number is one of these, or (`outside`) is not.
    Numbers {
        slot: u8,
        fact: Fact,
        listed: Vec<u32>,
        outside: bool,
    },
}

impl Check {
    /// What the facts say to it.
    #[inline]
    pub(crate) fn result(&self, facts: &Facts) -> Option<bool> {
        match self {
            Self::Range { slot, low, high, outside, .. } => facts.raw(*slot).map(|raw| (*low <= raw && raw <= *high) != *outside),
            Self::Codes { slot, listed, .. } => facts.raw(*slot).map(|raw| listed >> raw & 1 != 0),
            Self::Numbers { slot, listed, outside, .. } => facts.raw(*slot).map(|raw| listed.contains(&raw) != *outside),
            Self::All(members) => fold(members, facts, false),
            Self::Any(members) => fold(members, facts, true),
            Self::Not(member) => member.result(facts).map(|result| !result),
        }
    }

    /// The unknown facts that keep it from being decided; none once it is.
    pub(crate) fn missing(&self, facts: &Facts) -> FactSet {
        if self.result(facts).is_some() {
            return FactSet::EMPTY;
        }
        match self {
            Self::Range { fact, .. } | Self::Codes { fact, .. } | Self::Numbers { fact, .. } => FactSet::EMPTY.with(*fact),
            Self::All(members) | Self::Any(members) => missing(members, facts),
            Self::Not(member) => member.missing(facts),
        }
    }

    /// Every fact that is tested, also inside.
    pub(crate) fn facts(&self) -> FactSet {
        match self {
            Self::Range { fact, .. } | Self::Codes { fact, .. } | Self::Numbers { fact, .. } => FactSet::EMPTY.with(*fact),
            Self::All(members) | Self::Any(members) => members.iter().map(Self::facts).fold(FactSet::EMPTY, FactSet::union),
            Self::Not(member) => member.facts(),
        }
    }

    /// The value a test was made with.
    pub(crate) fn told(&self, facts: &Facts) -> Option<Told<'static>> {
        match self {
            Self::Range { slot, fact, .. } | Self::Codes { slot, fact, .. } | Self::Numbers { slot, fact, .. } => {
                facts.raw(*slot).map(|raw| facts::told(*fact, raw))
            }
            Self::All(_) | Self::Any(_) | Self::Not(_) => None,
        }
    }

    /// The checks directly inside, as [`Condition::members`].
    pub(crate) fn members(&self) -> &[Check] {
        match self {
            Self::All(members) | Self::Any(members) => members,
            Self::Not(member) => std::slice::from_ref(member),
            Self::Range { .. } | Self::Codes { .. } | Self::Numbers { .. } => &[],
        }
    }
}

/// `all` (decided by one false) and `any` (decided by one true) of several.
#[inline]
pub(crate) fn fold(members: &[Check], facts: &Facts, decides: bool) -> Option<bool> {
    let mut answer = Some(!decides);
    for member in members {
        match member.result(facts) {
            Some(result) if result == decides => return Some(decides),
            Some(_) => {}
            None => answer = None,
        }
    }
    answer
}

/// The facts missing to all of these that are still unknown.
pub(crate) fn missing(members: &[Check], facts: &Facts) -> FactSet {
    members.iter().map(|member| member.missing(facts)).fold(FactSet::EMPTY, FactSet::union)
}

/// Compiles a condition; every fault is told to `fault`, and `None` comes back.
/// With `ends_at_birthday` the upper bounds on an age read the age at the end of the month before.
pub(crate) fn compile(condition: &Condition, ends_at_birthday: bool, fault: &mut dyn FnMut(Fault)) -> Option<Check> {
    match condition {
        Condition::Any { any } => several(any, ends_at_birthday, fault).map(Check::Any),
        Condition::All { all } => several(all, ends_at_birthday, fault).map(Check::All),
        Condition::Not { not } => compile(not, ends_at_birthday, fault).map(|member| Check::Not(Box::new(member))),
        Condition::Test { field, op, value } => match test(field, op, value, ends_at_birthday) {
            Ok(check) => Some(check),
            Err(found) => {
                fault(found);
                None
            }
        },
    }
}

fn several(members: &[Condition], ends_at_birthday: bool, fault: &mut dyn FnMut(Fault)) -> Option<Vec<Check>> {
    if members.is_empty() {
        fault(Fault::EmptyList);
        return None;
    }
    let compiled: Vec<Option<Check>> = members.iter().map(|member| compile(member, ends_at_birthday, fault)).collect();
    compiled.into_iter().collect()
}

/// True for a comparison that ends at an age.
pub(crate) fn is_upper_age_bound(condition: &Condition) -> bool {
    matches!(condition, Condition::Test { field, op, .. }
        if matches!(Fact::named(field), Some(Fact::AgeMonths | Fact::CaredAgeMonths)) && (op == "<" || op == "<="))
}

fn test(field: &str, op: &str, value: &Json, ends_at_birthday: bool) -> Result<Check, Fault> {
    let fact = Fact::named(field).ok_or_else(|| Fault::UnknownFact(field.to_owned()))?;
    let bad_operator = || Fault::BadOperator { fact, op: op.to_owned() };
    let slot = fact as u8;
    let is_set = value.is_null() && op == "!=" && !matches!(fact.ty(), FactType::CodeOrNone(_));
    if is_set {
        return Ok(Check::Range { slot, fact, low: 0, high: u32::MAX, outside: false });
    }
    let values = match (op, value) {
        ("in" | "not_in", Json::Array(values)) if values.is_empty() => return Err(Fault::EmptyList),
        ("in" | "not_in", Json::Array(values)) => values.iter().map(|value| raw(fact, value)).collect::<Result<Vec<_>, _>>()?,
        ("in" | "not_in", _) => return Err(bad_operator()),
        ("==" | "!=" | "<" | "<=" | ">" | ">=", value) => vec![raw(fact, value)?],
        _ => return Err(bad_operator()),
    };
    let outside = matches!(op, "!=" | "not_in");
    if fact.ty() != FactType::Count {
        if matches!(op, "<" | "<=" | ">" | ">=") {
            return Err(bad_operator());
        }
        let bits = values.iter().fold(0_u32, |bits, raw| bits | 1 << raw);
        return Ok(Check::Codes { slot, fact, listed: if outside { !bits } else { bits } });
    }
    if values.len() > 1 {
        return Ok(Check::Numbers { slot, fact, listed: values, outside });
    }
    let bound = values[0];
    let (low, high) = match op {
        "<" => (0, bound.checked_sub(1).ok_or_else(bad_operator)?),
        "<=" => (0, bound),
        ">" => (bound.checked_add(1).ok_or_else(bad_operator)?, u32::MAX),
        ">=" => (bound, u32::MAX),
        _ => (bound, bound),
    };
    let is_end = ends_at_birthday && matches!(op, "<" | "<=");
    Ok(Check::Range { slot: if is_end { facts::slot_of_end(fact) } else { slot }, fact, low, high, outside })
}

fn raw(fact: Fact, value: &Json) -> Result<u32, Fault> {
    let told = match value {
        Json::Null => Some(Told::None),
        Json::Bool(value) => Some(Told::YesNo(*value)),
        Json::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()).map(Told::Count),
        Json::String(code) => Some(Told::Code(code)),
        Json::Array(_) | Json::Object(_) => None,
    };
    let raw = told.and_then(|told| facts::raw(fact, told).ok());
    raw.ok_or_else(|| Fault::UnknownCode { fact, value: value.to_string() })
}
