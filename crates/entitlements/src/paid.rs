//! What is paid where several grounds come together: the stacking rules (policies.md §3 and §13).
//!
//! A list has lanes; in each lane candidates compete and one is paid. A candidate is one row, or in the regular lane a
//! pair of clauses that the law adds. It is out with a row that is not met, certain when all its rows are met and have an
//! amount, open otherwise. An open candidate that could win keeps the whole list open, and says which facts it needs.

use serde::Serialize;

use crate::fact::FactSet;
use crate::row::{Family, StackingKind, StackingRule};
use crate::rules::{Line, Rule, Status};

/// The lists of what is paid, in the order in which they are named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Monthly allowance and social pension: the highest, or a pair that is added.
    Regular,
    /// Carer support, besides.
    CarerSupport,
    /// Funeral support.
    Funeral,
    /// Emergency relief: one of each kind.
    Emergency,
    /// Care in a facility.
    FacilityCare,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 5] = [Self::Regular, Self::CarerSupport, Self::Funeral, Self::Emergency, Self::FacilityCare];

    /// The list that a family is paid in.
    #[must_use]
    pub fn of(family: Family) -> Self {
        match family {
            Family::MonthlyAllowance | Family::SocialPension => Self::Regular,
            Family::CarerSupport => Self::CarerSupport,
            Family::Funeral => Self::Funeral,
            Family::Emergency => Self::Emergency,
            Family::FacilityCare => Self::FacilityCare,
        }
    }
}

/// A row that is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Payment {
    /// Its place in [`crate::Rules::rules`].
    pub at: usize,
    /// Whole units of the row.
    pub amount: i64,
}

/// What stands in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// These, in file order; empty: nothing is due.
    Paid(Vec<Payment>),
    /// It cannot be said before these facts are known.
    Open(FactSet),
    /// The set has no row of the kind on this date: it cannot say.
    NoRows,
}

impl Due {
    /// What is paid; `None` while it cannot be said.
    #[must_use]
    pub fn payments(&self) -> Option<&[Payment]> {
        match self {
            Self::Paid(payments) => Some(payments),
            Self::Open(_) | Self::NoRows => None,
        }
    }
}

/// What is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paid {
    lists: [Due; 5],
    /// Whether a health-insurance card is due: to everybody with a certain regular benefit, even while its amount is open.
    pub health_card: Option<bool>,
}

impl Paid {
    /// A list.
    #[must_use]
    pub fn list(&self, list: List) -> &Due {
        &self.lists[list as usize]
    }

    /// Sum of the regular list; `None` while it cannot be said.
    #[must_use]
    pub fn regular_total(&self) -> Option<i64> {
        Some(self.list(List::Regular).payments()?.iter().map(|payment| payment.amount).sum())
    }
}

/// The lanes of the rules in force on a date.
#[derive(Clone, Debug)]
pub(crate) struct Lanes {
    lanes: Vec<Lane>,
    has_rows: [bool; 5],
}

#[derive(Clone, Debug)]
struct Lane {
    list: List,
    /// What the rows of the lane have in common; see [`Lanes::new`].
    key: String,
    /// Places of rows, in file order.
    rows: Vec<usize>,
    /// Places of the rows of each pair, in file order.
    pairs: Vec<[usize; 2]>,
}

impl Lanes {
    pub fn new(rules: &[Rule<'_>], stacking: &[StackingRule]) -> Self {
        let mut lanes: Vec<Lane> = Vec::new();
        let mut has_rows = [false; 5];
        for (at, rule) in rules.iter().enumerate() {
            let list = List::of(rule.row().family);
            has_rows[list as usize] = true;
            let key = match list {
                List::CarerSupport | List::Emergency => competitors(&rule.row().stacking_group, stacking),
                List::Regular | List::Funeral | List::FacilityCare => "",
            };
            match lanes.iter_mut().find(|lane| lane.list == list && lane.key == key) {
                Some(lane) => lane.rows.push(at),
                None => lanes.push(Lane { list, key: key.to_owned(), rows: vec![at], pairs: Vec::new() }),
            }
        }
        for lane in lanes.iter_mut().filter(|lane| lane.list == List::Regular) {
            lane.pairs = pairs(&lane.rows, rules, stacking);
        }
        Self { lanes, has_rows }
    }

    pub fn paid(&self, lines: &[Line]) -> Paid {
        let mut lists = self.has_rows.map(|has| if has { Due::Paid(Vec::new()) } else { Due::NoRows });
        let mut certain_regular = false;
        for lane in &self.lanes {
            let outcome = lane.outcome(lines);
            certain_regular |= lane.list == List::Regular && outcome.has_certain;
            let list = &mut lists[lane.list as usize];
            match (list, outcome.open) {
                (Due::Paid(payments), None) => payments.extend(outcome.payments),
                (Due::Open(missing), Some(more)) => *missing = missing.union(more),
                (list @ Due::Paid(_), Some(missing)) => *list = Due::Open(missing),
                (Due::Open(_) | Due::NoRows, _) => {}
            }
        }
        for list in &mut lists {
            if let Due::Paid(payments) = list {
                payments.sort_unstable_by_key(|payment| payment.at);
            }
        }
        let health_card = match &lists[List::Regular as usize] {
            _ if certain_regular => Some(true),
            Due::Paid(payments) if payments.is_empty() => Some(false),
            _ => None,
        };
        Paid { lists, health_card }
    }
}

/// The groups that S6 sets against each other share the name of the first; all others stand alone.
fn competitors<'a>(group: &'a str, stacking: &'a [StackingRule]) -> &'a str {
    let against = stacking.iter().filter(|rule| rule.rule == StackingKind::OnePerCaredPerson);
    let mut groups = against.map(|rule| rule.applies_to.as_slice()).filter(|groups| groups.iter().any(|name| name == group));
    groups.next().and_then(|groups| groups.first()).map_or(group, String::as_str)
}

/// The pairs of clauses that are added (S2).
fn pairs(rows: &[usize], rules: &[Rule<'_>], stacking: &[StackingRule]) -> Vec<[usize; 2]> {
    let clause = |at: usize| rules[at].row().clause_group.as_deref();
    let mut pairs = Vec::new();
    for together in stacking.iter().filter(|rule| rule.rule == StackingKind::Add).filter_map(|rule| rule.when.as_ref()) {
        let one = rows.iter().copied().filter(|at| clause(*at) == Some(together.clause_group_a.as_str()));
        for a in one {
            let others = rows
                .iter()
                .copied()
                .filter(|at| clause(*at).is_some_and(|clause| together.clause_group_b_in.iter().any(|listed| listed == clause)));
            pairs.extend(others.map(|b| [a.min(b), a.max(b)]));
        }
    }
    pairs
}

#[derive(Default)]
struct Outcome {
    payments: Vec<Payment>,
    has_certain: bool,
    /// The facts needed, where an open candidate could win.
    open: Option<FactSet>,
}

/// A candidate that is not out.
#[derive(Clone, Copy)]
struct Candidate<'l> {
    rows: &'l [usize],
    /// `None` where an amount is unknown.
    sum: Option<i64>,
    is_certain: bool,
}

impl Candidate<'_> {
    /// Higher sum first; on equal sums the one whose rows stand earlier.
    fn is_before(&self, other: &Self) -> bool {
        self.sum > other.sum || (self.sum == other.sum && self.rows < other.rows)
    }
}

impl Lane {
    fn candidates<'l>(&'l self, lines: &'l [Line]) -> impl Iterator<Item = Candidate<'l>> {
        let alone = self.rows.iter().map(std::slice::from_ref);
        let together = self.pairs.iter().map(<[usize; 2]>::as_slice);
        alone.chain(together).filter_map(|rows| candidate(rows, lines))
    }

    fn outcome(&self, lines: &[Line]) -> Outcome {
        let mut best: Option<Candidate<'_>> = None;
        let mut any_open = false;
        for candidate in self.candidates(lines) {
            any_open |= !candidate.is_certain;
            if candidate.is_certain && best.is_none_or(|best| candidate.is_before(&best)) {
                best = Some(candidate);
            }
        }
        let mut outcome = Outcome { has_certain: best.is_some(), ..Outcome::default() };
        if any_open {
            let could_win = |open: &Candidate<'_>| open.sum.is_none() || best.is_none_or(|best| open.is_before(&best));
            let winners = self.candidates(lines).filter(|candidate| !candidate.is_certain && could_win(candidate));
            let needed = winners.map(|open| open.rows.iter().map(|at| lines[*at].missing).fold(FactSet::EMPTY, FactSet::union));
            outcome.open = needed.reduce(FactSet::union);
        }
        let rows = best.map_or(&[][..], |best| best.rows);
        outcome.payments.extend(rows.iter().filter_map(|at| Some(Payment { at: *at, amount: lines[*at].amount? })));
        outcome
    }
}

fn candidate<'l>(rows: &'l [usize], lines: &[Line]) -> Option<Candidate<'l>> {
    let mut sum = Some(0_i64);
    let mut is_certain = true;
    for line in rows.iter().map(|at| &lines[*at]) {
        if line.status == Status::NotEntitled {
            return None;
        }
        is_certain &= line.status == Status::Entitled && line.amount.is_some();
        sum = sum.zip(line.amount).map(|(sum, amount)| sum.saturating_add(amount));
    }
    Some(Candidate { rows, sum, is_certain })
}
