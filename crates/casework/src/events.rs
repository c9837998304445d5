//! What happened to a household and its people, as its page tells it.

use std::cmp::Reverse;

use domain::records::{FamilyEvent, Household};
use domain::registry::Record;
use domain::{PartialDate, RecordId};
use store::{Sight, Stored, View};

use crate::convert::label;
use crate::views::family::{EventView, NamedRecord};
use crate::views::households::LinkedView;

/// What happened in a household or brought somebody into it, newest first; people of one act together.
pub(crate) fn of_household(view: &View<'_>, household: RecordId) -> store::Result<Vec<EventView>> {
    let mut rows: Vec<(FamilyEvent, Option<RecordId>)> = Vec::new();
    for stored in view.list_children(household, FamilyEvent::KIND, Sight::Plain)? {
        let event: FamilyEvent = stored.record();
        let other = event.other;
        rows.push((event, other));
    }
    for stored in view.list_referring(FamilyEvent::KIND, "other", household, Sight::Plain)? {
        rows.push((stored.record(), stored.parent));
    }
    let mut events: Vec<(Option<PartialDate>, EventView)> = Vec::new();
    for (event, other) in rows {
        let person = event.person.map(|person| named(view, person)).transpose()?;
        let same = events.iter_mut().find(|(on, known)| {
            *on == event.happened_on
                && Some(&known.what) == event.what.as_ref()
                && known.reason == event.reason
                && known.other.as_ref().map(|other| other.id) == other
        });
        match same {
            Some((_, known)) => known.people.extend(person),
            None => events.push((
                event.happened_on,
                EventView {
                    what: event.what.unwrap_or_default(),
                    on: event.happened_on.map(|on| on.to_string()),
                    reason: event.reason,
                    people: person.into_iter().collect(),
                    other: other.map(|other| named(view, other)).transpose()?,
                },
            )),
        }
    }
    events.reverse();
    events.sort_by_key(|(on, _)| Reverse(on.map(|on| on.last_day())));
    Ok(events.into_iter().map(|(_, event)| event).collect())
}

fn named(view: &View<'_>, id: RecordId) -> store::Result<NamedRecord> {
    let id = view.resolve(id)?;
    let stored = view.find_record(id, Sight::Plain)?;
    let is_household = stored.as_ref().is_some_and(|stored| stored.kind().number == Household::KIND.number);
    let mut words = label(view, id)?;
    if is_household && let Some(head) = view.head_name(id)? {
        words = format!("{head} ({words})");
    }
    Ok(NamedRecord { id, label: words })
}

/// The household of the other register, with what was noted about the difference; also where only the other one names this one.
pub(crate) fn linked(view: &View<'_>, stored: &Stored) -> store::Result<Option<LinkedView>> {
    let facts: Household = stored.record();
    let from_other = || -> store::Result<Option<RecordId>> {
        let others = view.list_referring(Household::KIND, "linked_household", stored.id, Sight::Plain)?;
        Ok(others.first().map(|other| other.id))
    };
    let Some(other) = facts.linked_household.map_or_else(from_other, |other| Ok(Some(other)))? else { return Ok(None) };
    let is_link =
        |event: &EventView| event.what == "link_registers" && event.other.as_ref().is_some_and(|named| named.id == other);
    let event = of_household(view, stored.id)?.into_iter().find(is_link);
    Ok(Some(LinkedView {
        household: named(view, other)?,
        other_is_residence: facts.is_residence_household != Some(true),
        note: event.as_ref().and_then(|event| event.reason.clone()),
        on: event.and_then(|event| event.on),
    }))
}
