//! What is due to a person for a month, and the same month by month (policies.md §4).
//!
//! Owes its callers the month conventions: facts of the last day; a clause lost during the month still due for it; rows that end
//! at a birthday judged by the age at the end of the month before; nothing before the month of birth or after that of death.

use chrono::Months;
use domain::{Month, RecordId};

use super::day::Options;
use super::file::{At, Register};
use super::law::Lawbook;
use super::sheet::{CaredSheet, Sheet, When, facts_of};
use crate::{Due, Fact, FactSet, Family, Line, List, Rule, Rules, Status};

/// A register under a set of rows: what every computation over people needs.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The records.
    pub register: &'a Register,
    /// The rows.
    pub book: &'a Lawbook<'a>,
    /// How facts are told.
    pub options: Options,
}

/// A row due for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRow<'a> {
    /// Code of the row.
    pub code: &'a str,
    /// Amount, đồng.
    pub amount: i64,
    /// For whose care; `None` for a person's own.
    pub cared: Option<RecordId>,
    /// More than the amount may be paid.
    pub is_floor: bool,
}

/// A list of what is due, or what must be known first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dues<'a> {
    /// These; empty: nothing.
    Certain(Vec<DueRow<'a>>),
    /// It cannot be said before these facts are known.
    Open(FactSet),
    /// The rows cannot say for this month.
    NoRows,
}

impl<'a> Dues<'a> {
    /// The rows, where they are certain.
    #[must_use]
    pub fn rows(&self) -> Option<&[DueRow<'a>]> {
        match self {
            Self::Certain(rows) => Some(rows),
            Self::Open(_) | Self::NoRows => None,
        }
    }

    /// Their sum.
    #[must_use]
    pub fn total(&self) -> Option<i64> {
        self.rows().map(|rows| rows.iter().map(|row| row.amount).sum())
    }

    /// The facts to ask for.
    #[must_use]
    pub fn missing(&self) -> FactSet {
        match self {
            Self::Open(missing) => *missing,
            Self::Certain(_) | Self::NoRows => FactSet::EMPTY,
        }
    }

    fn nothing() -> Self {
        Self::Certain(Vec::new())
    }
}

/// What is due for a month.
#[derive(Clone, Debug)]
pub struct MonthDue<'a> {
    /// The month.
    pub month: Month,
    /// Monthly allowance and social pension.
    pub regular: Dues<'a>,
    /// Carer support.
    pub carer: Dues<'a>,
    /// The facts of the month's last day; `None` outside the person's life.
    pub sheet: Option<Sheet>,
}

/// The month so many months later.
#[must_use]
pub fn later(month: Month, by: u32) -> Month {
    month.first_day().checked_add_months(Months::new(by)).map_or(month, Month::of)
}

/// The months of a span, both ends in it; none where it ends before it begins.
pub fn months(from: Month, to: Month) -> impl Iterator<Item = Month> {
    let first = (from <= to).then_some(from);
    std::iter::successors(first, move |month| Some(later(*month, 1)).filter(|next| *next <= to && next > month))
}

const OUT: Line = Line { status: Status::NotEntitled, amount: None, missing: FactSet::EMPTY };

impl<'a> Case<'a> {
    /// What is due to a person for a month. `assume` may tell facts that the register does not: a request taken as given.
    #[must_use]
    pub fn due(&self, at: At, month: Month, assume: &dyn Fn(&mut Sheet)) -> MonthDue<'a> {
        if !self.lives_in(at, month) {
            return MonthDue { month, regular: Dues::nothing(), carer: Dues::nothing(), sheet: None };
        }
        let sheet_of = |when| {
            let mut sheet = facts_of(self.register, self.book.law(), at, when, self.options);
            assume(&mut sheet);
            sheet
        };
        let (first, last) = (sheet_of(When::FirstOf(month)), sheet_of(When::LastOf(month)));
        let rules = self.book.on(month.last_day());
        let lines = still_due(rules, rules.lines(&last.facts), || rules.lines(&first.facts), first.facts == last.facts);
        let paid = rules.paid(&lines);
        let regular = dues(rules, paid.list(List::Regular), None);
        let mut carer = dues(rules, paid.list(List::CarerSupport), None);
        for (now, before) in both(&first.cared, &last.cared) {
            let of_cared = |sheet: Option<&CaredSheet>| only_of_cared(rules, sheet.map(|sheet| rules.lines(&sheet.facts)));
            let lines = still_due(rules, of_cared(now), || of_cared(before), false);
            let person = now.or(before).map(|sheet| sheet.person);
            carer = join(carer, dues(rules, rules.paid(&lines).list(List::CarerSupport), person));
        }
        MonthDue { month, regular, carer, sheet: Some(last) }
    }

    fn lives_in(&self, at: At, month: Month) -> bool {
        let person = self.register.person(at);
        let born = person.birth.is_none_or(|birth| birth.assumed(self.options.birth) <= month.last_day());
        born && person.death.is_none_or(|death| month <= Month::of(death))
    }
}

/// What competes for one place: a clause of the monthly allowance, the social pension, a group of carer support.
fn group<'r>(rule: &Rule<'r>) -> (Family, &'r str) {
    let row = rule.row();
    (row.family, row.clause_group.as_deref().unwrap_or(&row.stacking_group))
}

/// The lines of the last day, with those of the first where a group is no longer met that was met then.
fn still_due(rules: &Rules<'_>, mut lines: Vec<Line>, first: impl Fn() -> Vec<Line>, same: bool) -> Vec<Line> {
    if same {
        return lines;
    }
    let first = first();
    let is_met = |lines: &[Line], wanted: (Family, &str)| {
        rules.rules().iter().zip(lines).any(|(rule, line)| line.status == Status::Entitled && group(rule) == wanted)
    };
    let kept: Vec<usize> = (0..lines.len())
        .filter(|at| rules.rules().get(*at).is_some_and(|rule| !is_met(&lines, group(rule)) && is_met(&first, group(rule))))
        .collect();
    for at in kept {
        lines[at] = first[at];
    }
    lines
}

/// Only the rows that ask how somebody cares for another.
fn only_of_cared(rules: &Rules<'_>, lines: Option<Vec<Line>>) -> Vec<Line> {
    let Some(mut lines) = lines else { return vec![OUT; rules.rules().len()] };
    for (rule, line) in rules.rules().iter().zip(&mut lines) {
        if !rule.tested().contains(Fact::CarerRelation) {
            *line = OUT;
        }
    }
    lines
}

/// People cared for on either day: on the last, and on the first.
fn both<'s>(first: &'s [CaredSheet], last: &'s [CaredSheet]) -> Vec<(Option<&'s CaredSheet>, Option<&'s CaredSheet>)> {
    let find = |list: &'s [CaredSheet], person: RecordId| list.iter().find(|sheet| sheet.person == person);
    let now = last.iter().map(|sheet| (Some(sheet), find(first, sheet.person)));
    let gone = first.iter().filter(|sheet| find(last, sheet.person).is_none()).map(|sheet| (None, Some(sheet)));
    now.chain(gone).collect()
}

fn dues<'a>(rules: &Rules<'a>, due: &Due, cared: Option<RecordId>) -> Dues<'a> {
    match due {
        Due::NoRows => Dues::NoRows,
        Due::Open(missing) => Dues::Open(*missing),
        Due::Paid(payments) => {
            let rows = payments.iter().filter_map(|payment| {
                let row = rules.rules().get(payment.at)?.row();
                Some(DueRow { code: &row.code, amount: payment.amount, cared, is_floor: row.amount.is_floor() })
            });
            Dues::Certain(rows.collect())
        }
    }
}

fn join<'a>(one: Dues<'a>, other: Dues<'a>) -> Dues<'a> {
    match (one, other) {
        (Dues::Certain(mut rows), Dues::Certain(more)) => {
            rows.extend(more);
            Dues::Certain(rows)
        }
        (Dues::NoRows, _) | (_, Dues::NoRows) => Dues::NoRows,
        (one, other) => Dues::Open(one.missing().union(other.missing())),
    }
}
