//! Outreach (tìm người chưa được hưởng): the people of a commune for whom something should be done, found before they ask.
//!
//! Owes its callers: computed with HIV and pregnancy false for everybody, a written request taken as given and said to be needed;
//! an allowance whose row is not told is never reported as no longer due or of another amount, except after a death or a move
//! (data dictionary §14.3). Cost is linear in people.
//! Would surprise: what lies ahead takes as given what is known now and not yet known then, such as next year's poverty class.

mod compare;
mod why;

use domain::{Month, RecordId};

use crate::register::{At, Case, Dues, MonthDue, Options, Sheet, Sight, Value, later};
use crate::{Fact, FactSet, List};

/// What is to be done about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Entitled, and receives nothing of the list.
    NotReceiving,
    /// Receives, and is no longer entitled.
    NoLonger,
    /// Receives another amount than is due.
    OtherAmount,
    /// Will be entitled within the months looked ahead.
    WillBegin,
    /// Receives, and will no longer be entitled.
    WillCease,
    /// Receives, and another amount will be due.
    WillChange,
    /// Facts to ask for at the next visit: they decide.
    Ask,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::NotReceiving, Self::NoLonger, Self::OtherAmount, Self::WillBegin, Self::WillCease, Self::WillChange, Self::Ask];

    /// As it is written in keys and crosses to screens.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotReceiving => "not_receiving",
            Self::NoLonger => "no_longer",
            Self::OtherAmount => "other_amount",
            Self::WillBegin => "will_begin",
            Self::WillCease => "will_cease",
            Self::WillChange => "will_change",
            Self::Ask => "ask",
        }
    }
}

/// One thing to do about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutreachLine {
    /// Who.
    pub person: RecordId,
    /// What.
    pub kind: Kind,
    /// Regular benefits, or carer support.
    pub list: List,
    /// Whom the person cares for, where the line is about that.
    pub cared: Option<RecordId>,
    /// Codes of the rows due (for what lies ahead: then).
    pub due: Vec<String>,
    /// Their sum a month, đồng.
    pub amount: Option<i64>,
    /// Codes of the rows received, as far as they are told.
    pub received: Vec<String>,
    /// Their sum a month.
    pub received_amount: Option<i64>,
    /// From which month on.
    pub month: Month,
    /// Why: `dead`, `moved`, `aged_out`, `left_school`, `poverty_ended`, `certificate_ended`, … or the name of a fact.
    pub reasons: Vec<&'static str>,
    /// Facts to ask for.
    pub missing: FactSet,
    /// A written request is needed and none is recorded.
    pub needs_request: bool,
}

impl OutreachLine {
    /// Names the line for good: the same person, matter and rows are the same line on every machine and day.
    #[must_use]
    pub fn key(&self) -> String {
        let list = if self.list == List::Regular { "regular" } else { "carer" };
        let rows = if self.due.is_empty() { &self.received } else { &self.due };
        let about = match self.kind {
            Kind::Ask => self.missing.iter().map(Fact::name).collect::<Vec<_>>().join("+"),
            _ => rows.join("+"),
        };
        let cared = self.cared.map(|cared| format!("|{cared}")).unwrap_or_default();
        format!("{}|{list}|{about}{cared}", self.kind.code())
    }
}

/// Everything to be done in a commune in a month, person by person in the order of the register.
/// `case` must tell restricted facts to nobody; `ahead` is how many months to look.
#[must_use]
pub fn scan(case: &Case<'_>, month: Month, ahead: u32) -> Vec<OutreachLine> {
    let case = Case { options: Options { sight: Sight::Plain, ..case.options }, ..*case };
    (0..case.register.people().len()).flat_map(|at| person_lines(&case, at, month, ahead)).collect()
}

fn person_lines(case: &Case<'_>, at: At, month: Month, ahead: u32) -> Vec<OutreachLine> {
    if let Some(gone) = why::gone(case, at, month) {
        return compare::all_received(case, at, month, gone);
    }
    let now = case.due(at, month, &request_given);
    let mut lines = compare::month(case, at, &now);
    if ahead > 0 {
        lines.extend(look_ahead(case, at, &now, ahead));
    }
    lines
}

/// Takes a written request as given, and remembers whether there is one.
pub fn request_given(sheet: &mut Sheet) {
    if sheet.facts.get(Fact::RequestedInWriting) != Some(Value::YesNo(true)) {
        sheet.assume(Fact::RequestedInWriting, Some(Value::YesNo(true)), NEEDED);
    }
}

/// Origin of a request that was taken as given.
pub const NEEDED: &str = "request_needed";

/// Whether a written request is still to be made.
pub(crate) fn needs_request(month: &MonthDue<'_>) -> bool {
    let origin = month.sheet.as_ref().and_then(|sheet| sheet.origin(Fact::RequestedInWriting));
    origin.is_some_and(|origin| origin.rule == NEEDED)
}

fn look_ahead(case: &Case<'_>, at: At, now: &MonthDue<'_>, ahead: u32) -> Vec<OutreachLine> {
    let Some(sheet) = &now.sheet else { return Vec::new() };
    let assume = |future: &mut Sheet| {
        request_given(future);
        hold(sheet, future);
    };
    let coming: Vec<MonthDue<'_>> = (1..=ahead).map(|by| case.due(at, later(now.month, by), &assume)).collect();
    let mut lines = Vec::new();
    for list in [List::Regular, List::CarerSupport] {
        let mut receives = !case.received(at, now.month, list).is_empty();
        let mut before = now;
        for then in coming.iter().filter(|then| dues(then, list).total().is_some()) {
            if differs(dues(before, list), dues(then, list))
                && let Some(line) = compare::ahead(case, at, now, [before, then], list, receives)
            {
                // What begins may end within the same months, and what ends may begin again: both are told.
                receives = line.kind != Kind::WillCease;
                lines.push(line);
            }
            before = then;
        }
    }
    lines
}

fn dues<'d, 'a>(month: &'d MonthDue<'a>, list: List) -> &'d Dues<'a> {
    if list == List::Regular { &month.regular } else { &month.carer }
}

fn differs(now: &Dues<'_>, then: &Dues<'_>) -> bool {
    match (now.total(), then.total()) {
        (Some(now), Some(then)) => now != then,
        _ => false,
    }
}

/// What is known now and not then is taken to hold.
pub fn hold(now: &Sheet, then: &mut Sheet) {
    for fact in now.facts.known().without(then.facts.known()).iter() {
        then.assume(fact, now.facts.get(fact), "held");
    }
    for cared in &mut then.cared {
        let Some(earlier) = now.cared.iter().find(|earlier| earlier.person == cared.person) else { continue };
        for fact in earlier.facts.known().without(cared.facts.known()).iter() {
            if let Some(value) = earlier.facts.get(fact) {
                // A value that was told once can be told again.
                let _ = cared.facts.tell(fact, value);
            }
        }
    }
}
