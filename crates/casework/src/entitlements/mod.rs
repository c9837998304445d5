//! What a person is entitled to: on a day, month by month, and what if. Computed from the register, never stored.
//!
//! Restricted facts are told only by [`person_entitlements_restricted`], after right, reason and log; for everybody else they are
//! false and conditions on them are left out (data dictionary §14.3).

pub(crate) mod views;

use domain::{Month, RecordId};
use entitlements::register::{AssumedBirth, Case, MonthDue, Options, Sheet, Sight, Value, may_compare, months, total};
use entitlements::{Fact, FactType, List};
use serde_json::Value as Json;
use store::{NewAuditEntry, Right, View};

use crate::commands::types::{
    Adjustments, EntitlementsView, ListAdjustments, MonthsView, PersonEntitlements, PersonEntitlementsRestricted, PersonMonths,
    WhatIf, WhatIfView,
};
use crate::entitlements::views::{Shower, names};
use crate::host::{Host, author, today};
use crate::law;
use crate::outreach::people_by_id;
use crate::people::reason_of;
use crate::problem::Result;
use crate::register::{around, case, day, month, unreadable, whole};
use crate::views::entitlements::{AdjustmentMonth, AdjustmentRow, MonthView, SupposedFact};

/// Most months of one person at once.
const LONGEST: usize = 121;
/// Most months of the commune at once.
const LONGEST_RUN: usize = 25;
/// Rows at once.
const LARGEST_PAGE: u32 = 500;

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
    let reason = reason_of(&req.reason)?;
    let person = open.store.read(|view| view.get_record(view.resolve(req.person)?, store::Sight::Plain))?;
    let record = Some((person.kind().number, person.id));
    open.store.write(author(host, open.account.uid), |tx| {
        tx.record_audit(NewAuditEntry { act: "restricted.entitlements", record, reason: Some(&reason) })
    })?;
    Ok(open
        .store
        .read(|view| on_day(view, person.id, Sight::Restricted, |case, at| shower(view, case).person(at, on, true, &as_is)))?)
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
    f(case(law::book(view)?, &register, sight), at)
}

/// What is due month by month beside what is received.
pub fn person_months(host: &dyn Host, req: PersonMonths) -> Result<MonthsView> {
    let open = host.session().open()?;
    let span = span(&req.from, &req.to, LONGEST)?;
    Ok(open.store.read(|view| {
        on_day(view, req.person, Sight::Plain, |case, at| {
            let shower = shower(view, case);
            let mut before: Option<MonthDue<'_>> = None;
            let mut rows = Vec::new();
            for month in &span {
                let due = case.due(at, *month, &as_is);
                rows.push(month_view(&shower, at, before.as_ref(), &due));
                before = Some(due);
            }
            let differences = || rows.iter().filter_map(|row| row.difference);
            Ok(MonthsView {
                back_pay: differences().filter(|difference| *difference > 0).sum(),
                recovery: differences().filter(|difference| *difference < 0).map(|difference| -difference).sum(),
                months: rows,
            })
        })
    })?)
}

fn span(from: &str, to: &str, most: usize) -> Result<Vec<Month>> {
    let (first, last) = (month(from, "from")?, month(to, "to")?);
    let span: Vec<Month> = months(first, last).take(most + 1).collect();
    if span.is_empty() || span.len() > most { Err(unreadable("to", "month_unreadable", to)) } else { Ok(span) }
}

fn month_view(shower: &Shower<'_>, at: usize, before: Option<&MonthDue<'_>>, due: &MonthDue<'_>) -> MonthView {
    let case = &shower.case;
    let received = all_received(case, at, due.month);
    let sum = due.regular.total().zip(due.carer.total()).map(|(regular, carer)| regular + carer);
    let causes = before.map(|before| case.causes(before, due)).unwrap_or_default();
    MonthView {
        month: due.month.to_string(),
        regular: due.regular.rows().map(|rows| shower.payments(rows)),
        carer_support: due.carer.rows().map(|rows| shower.payments(rows)),
        total: sum,
        missing: names(due.regular.missing().union(due.carer.missing()).without(entitlements::FactSet::restricted())),
        received: total(&received),
        difference: difference(case, at, due).map(|(due, received)| due - received),
        causes: causes.iter().map(|cause| shower.cause(cause)).collect(),
    }
}

fn all_received(case: &Case<'_>, at: usize, month: Month) -> Vec<entitlements::register::Received> {
    let mut received = case.received(at, month, List::Regular);
    received.extend(case.received(at, month, List::CarerSupport));
    received
}

/// Due and received in a month, where both are certain and may be compared: only of who receives something.
fn difference(case: &Case<'_>, at: usize, due: &MonthDue<'_>) -> Option<(i64, i64)> {
    let received = all_received(case, at, due.month);
    if received.is_empty() || !may_compare(&received) {
        return None;
    }
    Some((due.regular.total()? + due.carer.total()?, total(&received)?))
}

/// What a person would be entitled to if facts or the day were others. Nothing is kept.
pub fn what_if(host: &dyn Host, req: WhatIf) -> Result<WhatIfView> {
    let open = host.session().open()?;
    let on = day(req.on.as_deref(), today(host), "on")?;
    let then = day(req.then.as_deref(), on, "then")?;
    let birth = match req.birth.as_deref() {
        None | Some("first") => AssumedBirth::First,
        Some("last") => AssumedBirth::Last,
        Some(other) => return Err(unreadable("birth", "value_unreadable", other)),
    };
    let supposed = req.facts.iter().map(supposed).collect::<Result<Vec<_>>>()?;
    let assume = |sheet: &mut Sheet| supposed.iter().for_each(|(fact, value)| sheet.assume(*fact, *value, "supposed"));
    let may_open = open.account.may(Right::RestrictedRead);
    Ok(open.store.read(|view| {
        on_day(view, req.person, Sight::Plain, |case, at| {
            let now = shower(view, case).person(at, on, may_open, &as_is)?;
            let other = Case { options: Options { birth, ..case.options }, ..case };
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

/// The differences between due and received in a span, for everybody who receives something: what a change backwards leaves to be
/// paid or taken back. A draft; nobody has decided it.
pub fn list_adjustments(host: &dyn Host, req: ListAdjustments) -> Result<Adjustments> {
    let open = host.session().open()?;
    let span = span(&req.from, &req.to, LONGEST_RUN)?;
    Ok(open.store.read(|view| {
        let register = whole(view, Sight::Plain)?;
        let found = adjustments(&case(law::book(view)?, &register, Sight::Plain), &span);
        let sum = |of: &dyn Fn(&Adjusted) -> i64| found.iter().map(of).sum();
        let page: Vec<&Adjusted> = found.iter().skip(req.offset as usize).take(req.limit.min(LARGEST_PAGE) as usize).collect();
        let people = people_by_id(view, page.iter().map(|adjusted| adjusted.person).collect())?;
        let rows = page.into_iter().map(|adjusted| {
            let person = people.get(&adjusted.person);
            AdjustmentRow {
                person: adjusted.person,
                full_name: person.map(|person| person.name.clone()).unwrap_or_default(),
                village_name: person.and_then(|person| person.village.clone()).unwrap_or_default(),
                months: adjusted.months.clone(),
                back_pay: adjusted.back_pay(),
                recovery: adjusted.recovery(),
            }
        });
        Ok(Adjustments {
            rows: rows.collect(),
            total: u32::try_from(found.len()).unwrap_or(u32::MAX),
            back_pay: sum(&Adjusted::back_pay),
            recovery: sum(&Adjusted::recovery),
        })
    })?)
}

struct Adjusted {
    person: RecordId,
    months: Vec<AdjustmentMonth>,
}

impl Adjusted {
    fn differences(&self) -> impl Iterator<Item = i64> + '_ {
        self.months.iter().map(|month| month.due - month.received)
    }

    fn back_pay(&self) -> i64 {
        self.differences().filter(|difference| *difference > 0).sum()
    }

    fn recovery(&self) -> i64 {
        self.differences().filter(|difference| *difference < 0).map(|difference| -difference).sum()
    }
}

fn adjustments(case: &Case<'_>, span: &[Month]) -> Vec<Adjusted> {
    let people = case.register.people().iter().enumerate().filter(|(_, person)| !person.allowances.is_empty());
    let adjusted = people.map(|(at, person)| {
        let months = span.iter().filter_map(|month| {
            if all_received(case, at, *month).is_empty() {
                return None;
            }
            let (due, received) = difference(case, at, &case.due(at, *month, &as_is))?;
            (due != received).then(|| AdjustmentMonth { month: month.to_string(), due, received })
        });
        Adjusted { person: person.id, months: months.collect() }
    });
    adjusted.filter(|adjusted| !adjusted.months.is_empty()).collect()
}
