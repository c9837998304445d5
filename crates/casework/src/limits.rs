//! Limits (hạn chế sử dụng) that people asked for, at the door: nothing of theirs is given out, and nothing changed before somebody
//! has said why (ADR 0089).
//!
//! A reason opens one person for the worker until the session is locked; the audit keeps it before anything is changed.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use domain::RecordId;
use domain::records::HouseholdMember;
use domain::registry::Record;
use store::{Listed, NewAuditEntry, Page, PersonOrder, Sight, Tx, View, Written};

use crate::commands::types::{Nothing, OpenLimited};
use crate::host::{Host, author};
use crate::people::reason_of;
use crate::problem::Result;
use crate::session::Open;
use crate::views::family::{RosterHousehold, RosterPerson};

/// Says why somebody with a limit must be changed.
pub fn open_limited(host: &dyn Host, req: OpenLimited) -> Result<Nothing> {
    let open = host.session().open()?;
    let reason = reason_of(&req.reason)?;
    let written = open.store.write(author(host, open.account.uid), |tx| {
        let person = tx.get_record(tx.resolve(req.person)?, Sight::Plain)?;
        let record = Some((person.kind().number, person.id));
        tx.record_audit(NewAuditEntry { act: "limited.open", record, reason: Some(&reason) })?;
        Ok(person.id)
    })?;
    host.session().limited_opened.lock().unwrap_or_else(PoisonError::into_inner).insert(written.value);
    Ok(Nothing {})
}

/// People with a limit whom somebody gave a reason to change.
pub(crate) fn opened(host: &dyn Host) -> BTreeSet<RecordId> {
    host.session().limited_opened.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// A worker's write that changes nobody with a limit unless a reason was given.
pub(crate) fn write<T>(host: &dyn Host, open: &Open, act: impl FnOnce(&Tx<'_>) -> store::Result<T>) -> store::Result<Written<T>> {
    let opened = opened(host);
    open.store.write(author(host, open.account.uid), |tx| {
        let value = act(tx)?;
        tx.expect_unlimited(&opened)?;
        Ok(value)
    })
}

/// The filter without those who asked that their data be limited, and how many of it they are.
fn without_limited(
    view: &View<'_>,
    filter: store::PersonFilter,
    limited: &BTreeSet<RecordId>,
) -> store::Result<(store::PersonFilter, u32)> {
    if limited.is_empty() {
        return Ok((filter, 0));
    }
    let mut without = filter.clone();
    without.except.extend(limited);
    let left_out = view.count_people(&filter)?.saturating_sub(view.count_people(&without)?);
    Ok((without, u32::try_from(left_out).unwrap_or(u32::MAX)))
}

/// A list of people without those who asked that their data be limited, whom it names as nobody's head either; and how many they are.
pub(crate) fn list_unlimited(
    view: &View<'_>,
    filter: store::PersonFilter,
    order: (PersonOrder, bool),
    page: Page,
    limited: &BTreeSet<RecordId>,
) -> store::Result<(Listed<store::PersonRow>, u32)> {
    let (filter, left_out) = without_limited(view, filter, limited)?;
    let mut listed = view.list_people(&filter, order.0, order.1, page)?;
    let mut homes = BTreeSet::new();
    for person in limited {
        for row in view.list_referring(HouseholdMember::KIND, "person", *person, Sight::Plain)? {
            let member: HouseholdMember = row.record();
            homes.extend(row.parent.filter(|_| member.relationship_to_head.as_deref() == Some("head") && member.to_on.is_none()));
        }
    }
    let headed = listed.rows.iter_mut().filter(|row| row.household.is_some_and(|household| homes.contains(&household)));
    headed.for_each(|row| row.head = None);
    Ok((listed, left_out))
}

/// Households whose head asked to be limited are given out without the head's name; gives how many.
pub(crate) fn hide_heads(rows: &mut [store::HouseholdRow], limited: &BTreeSet<RecordId>) -> u32 {
    let hidden = rows.iter_mut().filter(|row| row.head_id.is_some_and(|head| limited.contains(&head)));
    hidden.map(|row| row.head = None).count().try_into().unwrap_or(u32::MAX)
}

/// The people of a roster without those who asked to be limited, who are no heads either; gives how many.
pub(crate) fn leave_out_of_roster(rows: &mut Vec<RosterHousehold>, limited: &BTreeSet<RecordId>) -> u32 {
    let mut left_out = 0;
    for household in rows.iter_mut() {
        let is_head = |person: &RosterPerson| person.relationship.as_deref() == Some("head");
        if household.members.iter().any(|person| is_head(person) && limited.contains(&person.id)) {
            household.head_name = String::new();
        }
        let before = household.members.len();
        household.members.retain(|person| !limited.contains(&person.id));
        left_out += before - household.members.len();
    }
    rows.retain(|household| !household.members.is_empty());
    u32::try_from(left_out).unwrap_or(u32::MAX)
}
