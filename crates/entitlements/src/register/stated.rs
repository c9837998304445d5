//! What the register says about one fact: a value or "not known", and where that comes from.

use chrono::NaiveDate;
use domain::RecordId;

use super::span::{Entry, Picked};

/// The value of a fact.
pub type Value = crate::Told<'static>;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `recorded`, or the rule of data dictionary §14.2 that holds where nothing is recorded.
    pub rule: &'static str,
    /// The record, to be opened.
    pub record: Option<RecordId>,
    /// From when that record counts.
    pub since: Option<NaiveDate>,
    /// Two rows that count on the day disagree.
    pub disputed: bool,
}

/// A fact as the register tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The value; `None` is not known: somebody has to ask.
    pub value: Option<Value>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Stated {
    fn new(value: Option<Value>, rule: &'static str) -> Self {
        Self { value, origin: Origin { rule, record: None, since: None, disputed: false } }
    }

    /// A value by a rule, no record being there.
    #[must_use]
    pub fn by_rule(value: Value, rule: &'static str) -> Self {
        Self::new(Some(value), rule)
    }

    /// Not known, and why.
    #[must_use]
    pub fn unknown(rule: &'static str) -> Self {
        Self::new(None, rule)
    }

    /// Yes, no or not known by a rule.
    #[must_use]
    pub fn maybe(value: Option<bool>, rule: &'static str) -> Self {
        Self::new(value.map(Value::YesNo), rule)
    }

    /// A value that a record gives.
    #[must_use]
    pub fn recorded<R>(value: Option<Value>, picked: &Picked<'_, R>) -> Self {
        let told = Self::of_entry(value, picked.entry);
        Self { origin: Origin { disputed: picked.disputed, ..told.origin }, ..told }
    }

    /// A value that a record gives.
    #[must_use]
    pub fn of_entry<R>(value: Option<Value>, entry: &Entry<R>) -> Self {
        Self::new(value, "recorded").from_record(entry.id, entry.span.from)
    }

    /// The same value with the record it rests on.
    #[must_use]
    pub fn from_record(mut self, record: RecordId, since: Option<NaiveDate>) -> Self {
        self.origin.record = Some(record);
        self.origin.since = since;
        self
    }

    /// The same origin with another value.
    #[must_use]
    pub fn with(self, value: Option<Value>) -> Self {
        Self { value, ..self }
    }

    /// As yes or no.
    #[must_use]
    pub fn yes(&self) -> Option<bool> {
        match self.value {
            Some(Value::YesNo(yes)) => Some(yes),
            _ => None,
        }
    }

    /// As a code.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self.value {
            Some(Value::Code(code)) => Some(code),
            _ => None,
        }
    }
}
