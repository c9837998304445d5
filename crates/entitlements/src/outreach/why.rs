//! Why somebody is no longer entitled, in the few words that outreach sorts by.

use domain::Month;

use crate::register::{At, Case, MonthDue};
use crate::{Fact, Facts, Rules};

/// Died before the month, or left the commune.
pub(super) fn gone(case: &Case<'_>, at: At, month: Month) -> Option<&'static str> {
    let person = case.register.person(at);
    if person.death.is_some_and(|death| Month::of(death) < month) {
        return Some("dead");
    }
    if person.moved {
        return Some("moved");
    }
    let last = person.homes.iter().max_by_key(|home| (home.member.span.from, home.member.order))?;
    let is_away = person.homes.iter().all(|home| home.member.span.to.is_some_and(|to| to < month.first_day()));
    (is_away && matches!(last.member.record.reason_out.as_deref(), Some("move" | "marriage"))).then_some("moved")
}

/// The word for a fact that fails.
fn word(fact: Fact) -> &'static str {
    match fact {
        Fact::AgeMonths | Fact::CaredAgeMonths => "aged_out",
        Fact::Studying | Fact::StudyUninterrupted => "left_school",
        Fact::HouseholdPoverty => "poverty_ended",
        Fact::DisabilitySeverity | Fact::CaredDisabilitySeverity => "certificate_ended",
        Fact::CarerRelation => "no_longer_cares",
        other => other.name(),
    }
}

/// Why rows received are no longer met: of the rows in force under the same clause, those that fail least say it.
pub(super) fn ended(case: &Case<'_>, month: &MonthDue<'_>, received: &[String], carer: bool) -> Vec<&'static str> {
    let Some(sheet) = &month.sheet else { return vec!["dead"] };
    let rules = case.book.on(month.month.last_day());
    let facts: Vec<&Facts> = if carer && !sheet.cared.is_empty() {
        sheet.cared.iter().map(|cared| &cared.facts).collect()
    } else {
        vec![&sheet.facts]
    };
    let mut reasons: Vec<&'static str> = Vec::new();
    for code in received {
        let Some(row) = case.book.row(code) else { continue };
        let same = |rule: &crate::Rule<'_>| {
            let other = rule.row();
            other.family == row.family && other.clause_group == row.clause_group && other.stacking_group == row.stacking_group
        };
        let found = facts.iter().filter_map(|facts| least_failing(rules, facts, &same)).min_by_key(Vec::len);
        match found {
            Some(words) => reasons.extend(words),
            None => reasons.push("law_ended"),
        }
    }
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// `None` where no such row is in force.
fn least_failing(rules: &Rules<'_>, facts: &Facts, wanted: &dyn Fn(&crate::Rule<'_>) -> bool) -> Option<Vec<&'static str>> {
    let rows = rules.rules().iter().enumerate().filter(|(_, rule)| wanted(rule));
    let failing = rows.map(|(at, _)| {
        let reasons = rules.reasons(at, facts);
        let failed = reasons.iter().filter(|reason| reason.result == Some(false));
        failed.flat_map(|reason| reason.tested.iter()).filter(|fact| !fact.is_restricted()).map(word).collect::<Vec<_>>()
    });
    failing.min_by_key(Vec::len)
}
