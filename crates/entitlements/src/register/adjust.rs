//! Adjustments (truy lĩnh, thu hồi): what was received in a month beside what was due, and why the two differ.
//!
//! Owes its callers that only what is certain and may be compared is: an allowance whose row is not told says nothing, and more
//! than a floor of the law is no difference. A draft for those who decide; nothing here is decided.

use domain::{Month, RecordId};

use super::months::{Case, DueRow, MonthDue};
use super::received::{Received, may_compare, total};
use super::sheet::Sheet;
use super::stated::{Origin, Value};
use super::{At, Sight};
use crate::{BenefitRow, Fact, FactSet, Facts, List, ParameterRow, Rule, Rules};

/// Why what is due is not what was received.
#[derive(Clone, Debug, PartialEq)]
pub enum Why<'a> {
    /// The row received is no longer in force.
    Ended(&'a BenefitRow),
    /// This row is due, and it is not the one received.
    Due(&'a BenefitRow),
    /// A figure that began after the allowance did.
    Figure(&'a ParameterRow),
    /// What a fact says now.
    Fact {
        /// The fact.
        fact: Fact,
        /// Its value.
        value: Option<Value>,
        /// Where it comes from.
        origin: Option<Origin>,
    },
    /// The law says the same since the allowance began: another amount was written down.
    Recorded(RecordId),
    /// Died before the month, or was born after it.
    Life,
}

/// A month in which something was received.
#[derive(Clone, Debug)]
pub enum Compared<'a> {
    /// Nothing was received, or what was received may not be compared.
    Nothing,
    /// It cannot be said before these facts are known.
    Open(FactSet),
    /// As it should be.
    Same,
    /// It is to be adjusted.
    Differs(Adjustment<'a>),
}

/// A month to be adjusted.
#[derive(Clone, Debug)]
pub struct Adjustment<'a> {
    /// The month.
    pub month: Month,
    /// What was received.
    pub received: Vec<Received>,
    /// What is due.
    pub due: Vec<DueRow<'a>>,
    /// Sum received, đồng.
    pub before: i64,
    /// Sum due.
    pub after: i64,
    /// Why; not empty.
    pub why: Vec<Why<'a>>,
}

impl Adjustment<'_> {
    /// What is still to be paid; below zero: what was paid too much.
    #[must_use]
    pub fn difference(&self) -> i64 {
        self.after - self.before
    }
}

impl<'a> Case<'a> {
    /// Regular benefits and carer support received in a month.
    #[must_use]
    pub fn all_received(&self, at: At, month: Month) -> Vec<Received> {
        let mut received = self.received(at, month, List::Regular);
        received.extend(self.received(at, month, List::CarerSupport));
        received
    }

    /// Compares what is due with what was received in its month.
    #[must_use]
    pub fn compare(&self, at: At, due: &MonthDue<'a>) -> Compared<'a> {
        let received = self.all_received(at, due.month);
        if received.is_empty() || !may_compare(&received) {
            return Compared::Nothing;
        }
        let Some(before) = total(&received) else { return Compared::Nothing };
        let (Some(regular), Some(carer)) = (due.regular.rows(), due.carer.rows()) else {
            return Compared::Open(due.regular.missing().union(due.carer.missing()));
        };
        let rows: Vec<DueRow<'a>> = regular.iter().chain(carer).copied().collect();
        let after = rows.iter().map(|row| row.amount).sum();
        if before == after || (before > after && rows.iter().any(|row| row.is_floor)) {
            return Compared::Same;
        }
        let why = self.why(due, &rows, &received);
        Compared::Differs(Adjustment { month: due.month, received, due: rows, before, after, why })
    }

    fn why(&self, due: &MonthDue<'_>, rows: &[DueRow<'_>], received: &[Received]) -> Vec<Why<'a>> {
        let Some(sheet) = &due.sheet else { return vec![Why::Life] };
        let rules = self.book.on(due.month.last_day());
        let mut found: Vec<Why<'a>> = Vec::new();
        let mut add = |why: Why<'a>| {
            if !found.contains(&why) {
                found.push(why);
            }
        };
        for got in received {
            let Some(code) = got.code.as_deref() else { continue };
            let rule = rule_of(rules, code);
            match rows.iter().find(|row| row.code == code) {
                Some(row) if Some(row.amount) == got.amount => {}
                Some(_) => another_amount(got, rule, sheet).into_iter().for_each(&mut add),
                None => match rule {
                    None => self.book.row(code).map(Why::Ended).into_iter().for_each(&mut add),
                    Some((at, _)) => self.failing(rules, at, sheet, got.cared).into_iter().for_each(&mut add),
                },
            }
        }
        let since = received.iter().filter_map(|got| got.since).min();
        for row in rows.iter().filter(|row| !received.iter().any(|got| got.code.as_deref() == Some(row.code))) {
            let Some((_, rule)) = rule_of(rules, row.code) else { continue };
            add(Why::Due(rule.row()));
            newer_figure(rule, since).into_iter().for_each(&mut add);
        }
        found
    }

    /// The facts for which a row in force is not met.
    fn failing(&self, rules: &Rules<'_>, at: usize, sheet: &Sheet, cared: Option<RecordId>) -> Vec<Why<'a>> {
        let of_cared = cared.and_then(|cared| sheet.cared.iter().find(|other| other.person == cared));
        let facts: &Facts = of_cared.map_or(&sheet.facts, |cared| &cared.facts);
        let origin = |fact: Fact| {
            let own = of_cared.and_then(|cared| cared.origins.iter().find(|(known, _)| *known == fact));
            own.map(|(_, origin)| *origin).or_else(|| sheet.origin(fact))
        };
        let reasons = rules.reasons(at, facts);
        let failed = reasons.iter().filter(|reason| reason.result == Some(false)).flat_map(|reason| reason.tested.iter());
        let is_shown = |fact: &Fact| self.options.sight == Sight::Restricted || !fact.is_restricted();
        failed.filter(is_shown).map(|fact| Why::Fact { fact, value: facts.get(fact), origin: origin(fact) }).collect()
    }
}

fn rule_of<'r, 'p>(rules: &'r Rules<'p>, code: &str) -> Option<(usize, &'r Rule<'p>)> {
    rules.rules().iter().enumerate().find(|(_, rule)| rule.row().code == code)
}

/// The same row, another amount: another number of children, a newer figure, or a slip of the pen.
fn another_amount<'p>(got: &Received, rule: Option<(usize, &Rule<'p>)>, sheet: &Sheet) -> Vec<Why<'p>> {
    let Some((_, rule)) = rule else { return Vec::new() };
    let times = rule.row().amount.multiply_by.as_deref().and_then(Fact::named);
    let counted = times.map(|fact| Why::Fact { fact, value: sheet.facts.get(fact), origin: sheet.origin(fact) });
    let mut why: Vec<Why<'p>> = counted.into_iter().chain(newer_figure(rule, got.since)).collect();
    if why.is_empty() {
        why.push(Why::Recorded(got.record));
    }
    why
}

/// The figure of a rule, where it began after the allowance did.
fn newer_figure<'p>(rule: &Rule<'p>, since: Option<Month>) -> Option<Why<'p>> {
    let figure = rule.parameter()?;
    let began = figure.effective_from?;
    since.is_none_or(|since| since.first_day() < began).then_some(Why::Figure(figure))
}
