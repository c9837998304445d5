//! The evaluator: facts of one person against the rules in force on one date.
//!
//! There is one: [`Rules::lines`] asks each condition through the same function as [`Rules::reasons`], so that an answer
//! and its explanation cannot disagree. The reasons are made when they are asked for; nothing is stored for them.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::condition::{self, Check, Condition};
use crate::fact::FactSet;
use crate::facts::{Facts, Told};
use crate::paid::{Lanes, Paid};
use crate::rate::Rate;
use crate::row::{BenefitRow, ParameterRow};
use crate::set::PolicySet;

/// The rules in force on a date.
#[derive(Clone, Debug)]
pub struct Rules<'p> {
    set: &'p PolicySet,
    on: NaiveDate,
    rules: Vec<Rule<'p>>,
    lanes: Lanes,
}

/// One rule in force, its figures looked up.
#[derive(Clone, Debug)]
pub struct Rule<'p> {
    row: &'p BenefitRow,
    checks: &'p [Check],
    rate: Option<Rate<'p>>,
    tested: FactSet,
}

impl<'p> Rule<'p> {
    /// The row as it stands in the set.
    #[must_use]
    pub fn row(&self) -> &'p BenefitRow {
        self.row
    }

    /// The row of the figure that the amount is made with.
    #[must_use]
    pub fn parameter(&self) -> Option<&'p ParameterRow> {
        self.rate.as_ref().and_then(|rate| rate.parameter)
    }

    /// The facts that its conditions test, also inside `any`, `all`, `not`.
    #[must_use]
    pub fn tested(&self) -> FactSet {
        self.tested
    }

    /// True where it rests on a fact under special protection (data dictionary 14.3).
    #[must_use]
    pub fn rests_on_restricted(&self) -> bool {
        self.tested.meets(FactSet::restricted())
    }
}

/// Whether a rule is met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All conditions hold.
    Entitled,
    /// One does not.
    NotEntitled,
    /// None fails, but some cannot be decided yet.
    Undetermined,
}

/// What a rule says to one person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Whether it is met.
    pub status: Status,
    /// What it pays, in whole units of the row; `None` where it is not met or the number to multiply by is unknown.
    pub amount: Option<i64>,
    /// The unknown facts that keep it open, or its amount.
    pub missing: FactSet,
}

impl Line {
    const NOT_ENTITLED: Self = Self { status: Status::NotEntitled, amount: None, missing: FactSet::EMPTY };
}

/// What all rules say to one person, and what is paid of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// One for each of [`Rules::rules`], in the same order.
    pub lines: Vec<Line>,
    /// What comes out under the stacking rules.
    pub paid: Paid,
}

/// Why: a condition, what came out, and what is inside it.
#[derive(Clone, Debug)]
pub struct Reason<'p> {
    /// As it stands in the row.
    pub condition: &'p Condition,
    /// True, false, or `None` for unknown.
    pub result: Option<bool>,
    /// The value that was tested; `None` for an unknown fact and for `any`, `all`, `not`.
    pub told: Option<Told<'static>>,
    /// The facts tested here and inside.
    pub tested: FactSet,
    /// The conditions inside `any`, `all`, `not`.
    pub parts: Vec<Reason<'p>>,
}

impl Serialize for Reason<'_> {
    /// `{condition, result, told?}`; the parts are left to callers who show them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut out = serializer.serialize_struct("Reason", 2)?;
        out.serialize_field("condition", self.condition)?;
        out.serialize_field("result", &self.result)?;
        out.end()
    }
}

impl<'p> Rules<'p> {
    pub(crate) fn new(set: &'p PolicySet, on: NaiveDate, rows: impl Iterator<Item = (&'p BenefitRow, &'p [Check])>) -> Self {
        let rules: Vec<Rule<'p>> = rows
            .map(|(row, checks)| Rule {
                row,
                checks,
                rate: Rate::of(&row.amount, &|code| set.parameter(code, on)),
                tested: checks.iter().map(Check::facts).fold(FactSet::EMPTY, FactSet::union),
            })
            .collect();
        let lanes = Lanes::new(&rules, set.stacking_rules());
        Self { set, on, rules, lanes }
    }

    /// The date.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.on
    }

    /// The set they are of.
    #[must_use]
    pub fn set(&self) -> &'p PolicySet {
        self.set
    }

    /// The rules in force, in file order.
    #[must_use]
    pub fn rules(&self) -> &[Rule<'p>] {
        &self.rules
    }

    /// Statuses, amounts and what is paid, for the facts of this date.
    #[must_use]
    pub fn answer(&self, facts: &Facts) -> Answer {
        let lines = self.lines(facts);
        let paid = self.paid(&lines);
        Answer { lines, paid }
    }

    /// One line for each of the rules, in file order. Lines of the same rules under other facts may be put in their place
    /// (the month rules do so) before [`Rules::paid`] weighs them.
    #[must_use]
    pub fn lines(&self, facts: &Facts) -> Vec<Line> {
        self.rules.iter().map(|rule| line(rule, facts)).collect()
    }

    /// What is paid of these lines, which must be one for each of the rules.
    #[must_use]
    pub fn paid(&self, lines: &[Line]) -> Paid {
        self.lanes.paid(lines)
    }

    /// Why the rule at `at` says what it says: one reason for each of its conditions, in order; none past the last rule.
    #[must_use]
    pub fn reasons(&self, at: usize, facts: &Facts) -> Vec<Reason<'p>> {
        self.rules.get(at).map_or_else(Vec::new, |rule| reasons(&rule.row.conditions, rule.checks, facts))
    }
}

fn line(rule: &Rule<'_>, facts: &Facts) -> Line {
    let status = match condition::fold(rule.checks, facts, false) {
        Some(false) => return Line::NOT_ENTITLED,
        Some(true) => Status::Entitled,
        None => Status::Undetermined,
    };
    let mut missing = if status == Status::Undetermined { condition::missing(rule.checks, facts) } else { FactSet::EMPTY };
    let amount = rule.rate.as_ref().and_then(|rate| rate.amount(facts));
    let times = rule.rate.as_ref().and_then(|rate| rate.times);
    if let Some(times) = times.filter(|times| facts.get(*times).is_none()) {
        missing = missing.with(times);
    }
    Line { status, amount, missing }
}

fn reasons<'p>(conditions: &'p [Condition], checks: &'p [Check], facts: &Facts) -> Vec<Reason<'p>> {
    let pairs = conditions.iter().zip(checks);
    pairs
        .map(|(condition, check)| Reason {
            condition,
            result: check.result(facts),
            told: check.told(facts),
            tested: check.facts(),
            parts: reasons(condition.members(), check.members(), facts),
        })
        .collect()
}
