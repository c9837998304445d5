//! What a person is entitled to: on a day, month by month, and what if. Computed from the register, never stored.
//!
//! Restricted facts are told only by the commands that end in `_restricted`, after right, reason and log; for everybody else they are
//! false and conditions on them are left out (data dictionary §14.3).

mod adjustments;
pub(crate) mod views;

use domain::{AssumedBirth, Month, RecordId};
use entitlements::register::{Case, Compared, MonthDue, Options, Sheet, Sight, Value, months, total};
use entitlements::{Fact, FactSet, FactType};
use serde_json::Value as Json;
use store::{NewAuditEntry, Right, View};

use crate::commands::types::{
    EntitlementsView, MonthsView, PersonEntitlements, PersonEntitlementsRestricted, PersonMonths, PersonMonthsRestricted, WhatIf,
    WhatIfView,
};
use crate::commune;
use crate::entitlements::views::{Shower, names};
use crate::host::{Host, author, today};
use crate::law;
use crate::people::reason_of;
use crate::problem::Result;
use crate::register::{around, case, day, month, unreadable};
use crate::views::entitlements::{MonthView, SupposedFact};

pub use adjustments::{export_adjustments, list_adjustments, print_adjustments};

/// Most months of one person at once.
const LONGEST: usize = 121;

/// What a person is entitled to on a day, without what rests on restricted facts.
pub fn person_entitlements(host: &dyn Host, req: PersonEntitlements) -> Result<EntitlementsView> {
    let open = host.session().open()?;
    let on = day(req.on.as_deref(), today(host), "on")?;
    let may_open = open.account.may(Right::RestrictedRead);
    Ok(open
        .store
        .read(|view| on_day(view, req.person, Sight::Plain, |case, at| shower(view, case).person(at, on, may_open, &as_is)))?)
}

/// The same with what rests on restricted facts. The audit keeps who, when, whose and why, before anything is shown.
pub fn person_entitlements_restricted(host: &dyn Host, req: PersonEntitlementsRestricted) -> Result<EntitlementsView> {
    let open = host.session().open()?;
    let on = day(req.on.as_deref(), today(host), "on")?;
    let person = opened(host, req.person, &req.reason)?;
    Ok(open
        .store
        .read(|view| on_day(view, person, Sight::Restricted, |case, at| shower(view, case).person(at, on, true, &as_is)))?)
}

/// Keeps in the audit who saw what rests on restricted facts of whom, when and why.
fn opened(host: &dyn Host, person: RecordId, reason: &str) -> Result<RecordId> {
    let open = host.session().open()?;
    let reason = reason_of(reason)?;
    let person = open.store.read(|view| view.get_record(view.resolve(person)?, store::Sight::Plain))?;
    let record = Some((person.kind().number, person.id));
    open.store.write(author(host, open.account.uid), |tx| {
        tx.record_audit(NewAuditEntry { act: "restricted.entitlements", record, reason: Some(&reason) })
    })?;
    Ok(person.id)
}

fn as_is(_: &mut Sheet) {}

fn shower<'a>(view: &'a View<'a>, case: Case<'a>) -> Shower<'a> {
    Shower { view, case }
}

/// Reads the surroundings of a person and finds them there.
fn on_day<T>(
    view: &View<'_>,
    person: RecordId,
    sight: Sight,
    f: impl FnOnce(Case<'_>, usize) -> store::Result<T>,
) -> store::Result<T> {
    let register = around(view, person, sight)?;
    let at = register.find(view.resolve(person)?).ok_or(store::Error::NoSuchRecord)?;
    f(case(view, law::book(view)?, &register, sight)?, at)
}

/// What is due month by month beside what is received, without what rests on restricted facts.
pub fn person_months(host: &dyn Host, req: PersonMonths) -> Result<MonthsView> {
    let open = host.session().open()?;
    let span = span(&req.from, &req.to, LONGEST)?;
    Ok(open.store.read(|view| on_day(view, req.person, Sight::Plain, |case, at| Ok(months_view(view, case, at, &span))))?)
}

/// The same with what rests on restricted facts. The audit keeps who, when, whose and why, before anything is shown.
pub fn person_months_restricted(host: &dyn Host, req: PersonMonthsRestricted) -> Result<MonthsView> {
    let open = host.session().open()?;
    let span = span(&req.from, &req.to, LONGEST)?;
    let person = opened(host, req.person, &req.reason)?;
    Ok(open.store.read(|view| on_day(view, person, Sight::Restricted, |case, at| Ok(months_view(view, case, at, &span))))?)
}

fn months_view(view: &View<'_>, case: Case<'_>, at: usize, span: &[Month]) -> MonthsView {
    let shower = shower(view, case);
    let mut before: Option<MonthDue<'_>> = None;
    let mut rows = Vec::new();
    for month in span {
        let due = case.due(at, *month, &as_is);
        rows.push(month_view(&shower, at, before.as_ref(), &due));
        before = Some(due);
    }
    let differences = || rows.iter().filter_map(|row| row.difference);
    MonthsView {
        restricted: case.options.sight == Sight::Restricted,
        birth_assumed: case.register.person(at).birth.and_then(|birth| commune::assumed_day(birth, case.options.birth)),
        back_pay: differences().filter(|difference| *difference > 0).sum(),
        recovery: differences().filter(|difference| *difference < 0).map(|difference| -difference).sum(),
        months: rows,
    }
}

fn span(from: &str, to: &str, most: usize) -> Result<Vec<Month>> {
    let (first, last) = (month(from, "from")?, month(to, "to")?);
    let span: Vec<Month> = months(first, last).take(most + 1).collect();
    if span.is_empty() || span.len() > most { Err(unreadable("to", "month_unreadable", to)) } else { Ok(span) }
}

fn month_view(shower: &Shower<'_>, at: usize, before: Option<&MonthDue<'_>>, due: &MonthDue<'_>) -> MonthView {
    let case = &shower.case;
    let causes = before.map(|before| case.causes(before, due)).unwrap_or_default();
    let hidden = if case.options.sight == Sight::Restricted { FactSet::EMPTY } else { FactSet::restricted() };
    MonthView {
        month: due.month.to_string(),
        regular: due.regular.rows().map(|rows| shower.payments(rows)),
        carer_support: due.carer.rows().map(|rows| shower.payments(rows)),
        total: due.regular.total().zip(due.carer.total()).map(|(regular, carer)| regular + carer),
        missing: names(due.regular.missing().union(due.carer.missing()).without(hidden)),
        received: total(&case.all_received(at, due.month)),
        difference: match case.compare(at, due) {
            Compared::Nothing | Compared::Open(_) => None,
            Compared::Same => Some(0),
            Compared::Differs(adjustment) => Some(adjustment.difference()),
        },
        causes: causes.iter().map(|cause| shower.cause(cause)).collect(),
    }
}

/// What a person would be entitled to if facts or the day were others. Nothing is kept.
pub fn what_if(host: &dyn Host, req: WhatIf) -> Result<WhatIfView> {
    let open = host.session().open()?;
    let on = day(req.on.as_deref(), today(host), "on")?;
    let then = day(req.then.as_deref(), on, "then")?;
    let birth =
        req.birth.as_deref().map(|code| AssumedBirth::named(code).ok_or_else(|| unreadable("birth", "value_unreadable", code)));
    let birth = birth.transpose()?;
    let supposed = req.facts.iter().map(supposed).collect::<Result<Vec<_>>>()?;
    let assume = |sheet: &mut Sheet| supposed.iter().for_each(|(fact, value)| sheet.assume(*fact, *value, "supposed"));
    let may_open = open.account.may(Right::RestrictedRead);
    Ok(open.store.read(|view| {
        on_day(view, req.person, Sight::Plain, |case, at| {
            let now = shower(view, case).person(at, on, may_open, &as_is)?;
            let other = Case { options: Options { birth: birth.unwrap_or(case.options.birth), ..case.options }, ..case };
            Ok(WhatIfView { now, then: shower(view, other).person(at, then, may_open, &assume)? })
        })
    })?)
}

/// A supposed fact. Restricted ones are refused: who may see them sees them as they are.
fn supposed(supposed: &SupposedFact) -> Result<(Fact, Option<Value>)> {
    let refuse = || unreadable("facts", "value_unreadable", &supposed.fact);
    let fact = Fact::named(&supposed.fact).filter(|fact| !fact.is_restricted()).ok_or_else(refuse)?;
    let mut object = serde_json::Map::new();
    object.insert(supposed.fact.clone(), supposed.value.clone());
    let facts = entitlements::Facts::from_json(&object).map_err(|_| refuse())?;
    let none = matches!((&supposed.value, fact.ty()), (Json::Null, FactType::CodeOrNone(_)));
    Ok((fact, if none { Some(Value::None) } else { facts.get(fact) }))
}
