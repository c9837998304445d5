//! Why what is due changes from one month to the next: the law, a figure, or a fact.

use super::months::{Case, DueRow, MonthDue};
use super::stated::{Origin, Value};
use crate::{Fact, FactSet, Facts, Rules};

/// Why an amount changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// Another row of the law is in force.
    Law,
    /// A figure of the same row changed.
    Rate,
    /// The person died, or was born.
    Life,
    /// A fact that a row tests is told otherwise.
    Fact {
        /// The fact.
        fact: Fact,
        /// Its value before.
        before: Option<Value>,
        /// Its value now.
        after: Option<Value>,
        /// Where the value now comes from.
        origin: Option<Origin>,
    },
}

impl Case<'_> {
    /// Why two months in a row differ; nothing where they do not.
    #[must_use]
    pub fn causes(&self, before: &MonthDue<'_>, after: &MonthDue<'_>) -> Vec<Cause> {
        if before.regular == after.regular && before.carer == after.carer {
            return Vec::new();
        }
        let (Some(first), Some(second)) = (&before.sheet, &after.sheet) else { return vec![Cause::Life] };
        let (old, new) = (self.book.on(before.month.last_day()), self.book.on(after.month.last_day()));
        let mut causes = Vec::new();
        let mut turned = turned(old, &first.facts, &second.facts).union(turned(new, &first.facts, &second.facts));
        // What is asked of a person cared for stands on the sheet of each.
        for sheet in &second.cared {
            if let Some(earlier) = first.cared.iter().find(|earlier| earlier.person == sheet.person) {
                turned = turned.union(self::turned(new, &earlier.facts, &sheet.facts));
            }
        }
        for fact in turned.iter().filter(|fact| is_shown(*fact, before, after, self)) {
            let (was, is) = (first.facts.get(fact), second.facts.get(fact));
            causes.push(Cause::Fact { fact, before: was, after: is, origin: second.origin(fact) });
        }
        let (codes, later) = (codes(before), self::codes(after));
        if codes.iter().any(|code| !new.rules().iter().any(|rule| rule.row().code == *code)) {
            causes.insert(0, Cause::Law);
        } else if amounts(before)
            .iter()
            .any(|row| amounts(after).iter().any(|other| other.code == row.code && other.amount != row.amount))
            && codes.iter().any(|code| later.contains(code))
            && causes.is_empty()
        {
            causes.push(Cause::Rate);
        }
        causes
    }
}

fn amounts<'m>(month: &'m MonthDue<'_>) -> Vec<DueRow<'m>> {
    [&month.regular, &month.carer].into_iter().filter_map(|dues| dues.rows()).flatten().copied().collect()
}

fn codes<'m>(month: &'m MonthDue<'_>) -> Vec<&'m str> {
    amounts(month).iter().map(|row| row.code).collect()
}

/// Facts that make a condition come out otherwise, or an amount be multiplied otherwise.
fn turned(rules: &Rules<'_>, first: &Facts, second: &Facts) -> FactSet {
    let mut turned = FactSet::EMPTY;
    for (at, rule) in rules.rules().iter().enumerate() {
        let pairs = rules.reasons(at, first).into_iter().zip(rules.reasons(at, second));
        for (one, other) in pairs.filter(|(one, other)| one.result != other.result) {
            turned = turned.union(one.tested).union(other.tested);
        }
        let times = rule.row().amount.multiply_by.as_deref().and_then(Fact::named);
        turned = times.filter(|fact| first.get(*fact) != second.get(*fact)).map_or(turned, |fact| turned.with(fact));
    }
    turned
}

/// Only facts of rows that are or were due, or that keep the month open, and that really differ.
fn is_shown(fact: Fact, before: &MonthDue<'_>, after: &MonthDue<'_>, case: &Case<'_>) -> bool {
    let tested = |month: &MonthDue<'_>| {
        let due = codes(month);
        let rules = case.book.on(month.month.last_day());
        rules.rules().iter().any(|rule| due.contains(&rule.row().code.as_str()) && rule.tested().contains(fact))
            || month.regular.missing().contains(fact)
            || month.carer.missing().contains(fact)
    };
    tested(before) || tested(after)
}
