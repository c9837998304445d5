//! What is due beside what is received, and the lines that come of it.

use domain::{Month, RecordId};

use super::{Kind, OutreachLine, dues, needs_request, why};
use crate::register::{At, Case, DueRow, Dues, MonthDue, Received, may_compare, total};
use crate::{Fact, FactSet, Family, List};

const LISTS: [List; 2] = [List::Regular, List::CarerSupport];

/// What a person who is gone still receives, whatever row it rests on.
pub(super) fn all_received(case: &Case<'_>, at: At, month: Month, reason: &'static str) -> Vec<OutreachLine> {
    let lists = LISTS.into_iter().map(|list| (list, case.received(at, month, list)));
    let still = lists.filter(|(_, received)| !received.is_empty());
    still
        .map(|(list, received)| line(case, at, Kind::NoLonger, list, month).received(&received).because(vec![reason]).0)
        .collect()
}

/// The lines of a month.
pub(super) fn month(case: &Case<'_>, at: At, now: &MonthDue<'_>) -> Vec<OutreachLine> {
    let mut lines = Vec::new();
    regular(case, at, now, &mut lines);
    carer(case, at, now, &mut lines);
    if now.month == death_month(case, at).unwrap_or(super::later(now.month, 1)) {
        lines.extend(ends_with_death(case, at, now.month));
    }
    lines
}

fn death_month(case: &Case<'_>, at: At) -> Option<Month> {
    case.register.person(at).death.map(Month::of)
}

/// In the month of death what goes on is to be stopped from the next month.
fn ends_with_death(case: &Case<'_>, at: At, month: Month) -> Vec<OutreachLine> {
    let lists = LISTS.into_iter().map(|list| {
        let received: Vec<Received> = case.received(at, month, list).into_iter().filter(|row| row.goes_on).collect();
        (list, received)
    });
    let next = super::later(month, 1);
    let still = lists.filter(|(_, received)| !received.is_empty());
    still
        .map(|(list, received)| line(case, at, Kind::WillCease, list, next).received(&received).because(vec!["dead"]).0)
        .collect()
}

fn regular(case: &Case<'_>, at: At, now: &MonthDue<'_>, lines: &mut Vec<OutreachLine>) {
    let received = case.received(at, now.month, List::Regular);
    compare(case, at, now, List::Regular, None, &now.regular, &received, lines);
}

/// Carer support is compared for each person cared for.
fn carer(case: &Case<'_>, at: At, now: &MonthDue<'_>, lines: &mut Vec<OutreachLine>) {
    let received = case.received(at, now.month, List::CarerSupport);
    let Dues::Certain(rows) = &now.carer else {
        return compare(case, at, now, List::CarerSupport, None, &now.carer, &received, lines);
    };
    let mut keys: Vec<Option<RecordId>> = rows.iter().map(|row| row.cared).chain(received.iter().map(|row| row.cared)).collect();
    keys.sort_unstable();
    keys.dedup();
    // An allowance of which nobody wrote for whom it is belongs to the only person cared for.
    let only = match keys.as_slice() {
        [None, Some(only)] => Some(*only),
        _ => None,
    };
    for key in keys {
        let due: Vec<DueRow<'_>> =
            rows.iter().filter(|row| row.cared == key || (only.is_some() && key.is_some())).copied().collect();
        let got: Vec<Received> =
            received.iter().filter(|row| row.cared == key || (only.is_some() && key.is_some())).cloned().collect();
        if only.is_some() && key.is_none() {
            continue;
        }
        compare(case, at, now, List::CarerSupport, key, &Dues::Certain(due), &got, lines);
    }
}

#[expect(clippy::too_many_arguments, reason = "the two sides of one comparison and where it belongs")]
fn compare(
    case: &Case<'_>,
    at: At,
    now: &MonthDue<'_>,
    list: List,
    cared: Option<RecordId>,
    due: &Dues<'_>,
    received: &[Received],
    lines: &mut Vec<OutreachLine>,
) {
    let start = |kind| line(case, at, kind, list, now.month).of(cared);
    let Dues::Certain(rows) = due else {
        if !due.missing().is_empty() {
            lines.push(start(Kind::Ask).received(received).asking(due.missing()).request(now, due, case).0);
        }
        return;
    };
    let may_compare = may_compare(received);
    if received.is_empty() {
        if !rows.is_empty() {
            lines.push(start(Kind::NotReceiving).due(due).request(now, due, case).0);
        }
    } else if rows.is_empty() {
        if may_compare {
            let codes: Vec<String> = received.iter().filter_map(|row| row.code.clone()).collect();
            let reasons = why::ended(case, now, &codes, list == List::CarerSupport);
            lines.push(start(Kind::NoLonger).received(received).because(reasons).0);
        }
    } else if may_compare && is_another_amount(rows, due.total(), total(received)) {
        lines.push(start(Kind::OtherAmount).due(due).received(received).request(now, due, case).0);
    }
    if list == List::Regular && !received.is_empty() && is_past_reassessment(now) {
        lines.push(start(Kind::Ask).received(received).because(vec!["past_reassessment"]).0);
    }
}

/// More than a floor of the law may be paid; less may not.
fn is_another_amount(rows: &[DueRow<'_>], due: Option<i64>, received: Option<i64>) -> bool {
    let (Some(due), Some(received)) = (due, received) else { return false };
    if rows.iter().any(|row| row.is_floor) { received < due } else { received != due }
}

fn is_past_reassessment(now: &MonthDue<'_>) -> bool {
    let origin = now.sheet.as_ref().and_then(|sheet| sheet.origin(Fact::DisabilitySeverity));
    origin.is_some_and(|origin| origin.rule == "past_reassessment")
}

/// What changes between two later months; `receives` says whether something of the list is received before the change.
pub(super) fn ahead(
    case: &Case<'_>,
    at: At,
    now: &MonthDue<'_>,
    [before, then]: [&MonthDue<'_>; 2],
    list: List,
    receives: bool,
) -> Option<OutreachLine> {
    let received = case.received(at, now.month, list);
    let (earlier, later) = (dues(before, list), dues(then, list));
    let kind = match (earlier.total()?, later.total()?) {
        (0, _) => Kind::WillBegin,
        (_, 0) => Kind::WillCease,
        _ => Kind::WillChange,
    };
    if (kind == Kind::WillBegin) == receives || !may_compare(&received) {
        return None;
    }
    let start = line(case, at, kind, list, then.month).due(later);
    // Of what has yet to begin, what is due then is what would be received.
    let start = if receives && received.is_empty() { start.received_as(earlier) } else { start.received(&received) };
    let reasons = match kind {
        Kind::WillCease => why::ended(case, then, &start.0.received, list == List::CarerSupport),
        _ => Vec::new(),
    };
    Some(start.because(reasons).request(then, later, case).0)
}

/// What is asked of a person: not what only follows from another question.
fn questions(missing: FactSet) -> FactSet {
    let follow =
        [(Fact::HasPensionOrSiAllowance, Fact::SiAllowanceBelowSocialPension), (Fact::Studying, Fact::StudyUninterrupted)];
    follow
        .into_iter()
        .filter(|(first, _)| missing.contains(*first))
        .fold(missing, |missing, (_, then)| missing.without(FactSet::EMPTY.with(then)))
}

struct Draft(OutreachLine);

fn line(case: &Case<'_>, at: At, kind: Kind, list: List, month: Month) -> Draft {
    Draft(OutreachLine {
        person: case.register.person(at).id,
        kind,
        list,
        cared: None,
        due: Vec::new(),
        amount: None,
        received: Vec::new(),
        received_amount: None,
        month,
        reasons: Vec::new(),
        missing: FactSet::EMPTY,
        needs_request: false,
    })
}

impl Draft {
    fn of(mut self, cared: Option<RecordId>) -> Self {
        self.0.cared = cared;
        self
    }

    fn due(mut self, due: &Dues<'_>) -> Self {
        self.0.due = due.rows().unwrap_or_default().iter().map(|row| row.code.to_owned()).collect();
        self.0.amount = due.total();
        self
    }

    fn received(mut self, received: &[Received]) -> Self {
        self.0.received = received.iter().filter_map(|row| row.code.clone()).collect();
        self.0.received_amount = if received.is_empty() { None } else { total(received) };
        self
    }

    fn received_as(mut self, due: &Dues<'_>) -> Self {
        self.0.received = due.rows().unwrap_or_default().iter().map(|row| row.code.to_owned()).collect();
        self.0.received_amount = due.total();
        self
    }

    fn because(mut self, reasons: Vec<&'static str>) -> Self {
        self.0.reasons = reasons;
        self
    }

    fn asking(mut self, missing: FactSet) -> Self {
        self.0.missing = questions(missing.without(FactSet::restricted()));
        self
    }

    /// Says that a written request is needed, where a row that asks for one is due.
    fn request(mut self, month: &MonthDue<'_>, due: &Dues<'_>, case: &Case<'_>) -> Self {
        let asks = |row: &DueRow<'_>| case.book.row(row.code).is_some_and(|row| row.family == Family::SocialPension);
        self.0.needs_request = needs_request(month) && due.rows().unwrap_or_default().iter().any(asks);
        self
    }
}
