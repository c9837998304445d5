//! Reasons as a worker without the right to restricted facts may see them (data dictionary §14.3).
//!
//! Owes its callers that nothing tells whether a restricted fact was asked of this person: with HIV and pregnancy false for
//! everybody, conditions on them come out the same for everybody, and are worked out and left away.

use crate::{Condition, Reason, Told};

/// A reason as shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown<'p> {
    /// A comparison of a fact.
    Test {
        /// Name of the fact.
        fact: &'p str,
        /// The operator.
        op: &'p str,
        /// What it is compared with.
        value: &'p serde_json::Value,
        /// What came out; `None` is unknown.
        result: Option<bool>,
        /// The value that was tested; `None` for an unknown fact.
        told: Option<Told<'static>>,
    },
    /// True if one is true.
    Any(Option<bool>, Vec<Shown<'p>>),
    /// True if all are true.
    All(Option<bool>, Vec<Shown<'p>>),
    /// True if it is false.
    Not(Option<bool>, Box<Shown<'p>>),
}

impl Shown<'_> {
    /// What came out.
    #[must_use]
    pub fn result(&self) -> Option<bool> {
        match self {
            Self::Test { result, .. } | Self::Any(result, _) | Self::All(result, _) | Self::Not(result, _) => *result,
        }
    }
}

/// A reason whole, for who has the right.
#[must_use]
pub fn whole<'p>(reason: &Reason<'p>) -> Shown<'p> {
    let parts = || reason.parts.iter().map(whole).collect::<Vec<_>>();
    match reason.condition {
        Condition::Test { field, op, value } => Shown::Test { fact: field, op, value, result: reason.result, told: reason.told },
        Condition::Any { .. } => Shown::Any(reason.result, parts()),
        Condition::All { .. } => Shown::All(reason.result, parts()),
        Condition::Not { .. } => match parts().pop() {
            Some(part) => Shown::Not(reason.result, Box::new(part)),
            None => Shown::All(reason.result, Vec::new()),
        },
    }
}

/// A condition with restricted tests worked out.
enum Left<'p> {
    /// Comes out so for everybody.
    Settled(bool),
    /// Says something about this person.
    Open(Shown<'p>),
}

/// The reasons of a row for who has not the right. `None`: the row can be met by nobody without a restricted fact, so that it
/// is not shown at all.
#[must_use]
pub fn plain<'p>(reasons: &[Reason<'p>]) -> Option<Vec<Shown<'p>>> {
    let mut shown = Vec::new();
    for reason in reasons {
        match left(reason) {
            Left::Settled(true) => {}
            Left::Settled(false) => return None,
            Left::Open(reason) => shown.push(reason),
        }
    }
    Some(shown)
}

fn left<'p>(reason: &Reason<'p>) -> Left<'p> {
    match reason.condition {
        Condition::Test { .. } => match reason.tested.iter().any(crate::Fact::is_restricted) {
            true => Left::Settled(reason.result == Some(true)),
            false => Left::Open(whole(reason)),
        },
        Condition::All { .. } => several(&reason.parts, false, |parts| Shown::All(reason.result, parts)),
        Condition::Any { .. } => several(&reason.parts, true, |parts| Shown::Any(reason.result, parts)),
        Condition::Not { .. } => match reason.parts.first().map(left) {
            Some(Left::Settled(result)) => Left::Settled(!result),
            Some(Left::Open(part)) => Left::Open(Shown::Not(reason.result, Box::new(part))),
            None => Left::Settled(true),
        },
    }
}

/// `all` is decided by one false, `any` by one true; what is settled the other way falls away.
fn several<'p>(parts: &[Reason<'p>], decides: bool, make: impl Fn(Vec<Shown<'p>>) -> Shown<'p>) -> Left<'p> {
    let mut open = Vec::new();
    for part in parts {
        match left(part) {
            Left::Settled(result) if result == decides => return Left::Settled(decides),
            Left::Settled(_) => {}
            Left::Open(part) => open.push(part),
        }
    }
    match open.len() {
        0 => Left::Settled(!decides),
        1 if parts.len() > 1 => open.pop().map_or(Left::Settled(!decides), Left::Open),
        _ => Left::Open(make(open)),
    }
}
