//! One key for what two machines told differently: which of two heads stays, in which of two households somebody lives.
//!
//! What is not kept is taken back as never told where it began on the day of the other or later, and ended the day before where
//! it was there first: rosters of the days before stay as they were.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::records::HouseholdMember;
use domain::registry::Record;
use domain::{PartialDate, RecordId, Value};
use store::{FieldChange, Sight, Stored};

use super::plan::{Member, Plan};

/// Why a row that is not kept is deleted.
const MISTAKE: &str = "entered_by_mistake";

/// Of several heads of a household one stays: what was told with that head stands, what was told with another is taken back.
pub(super) fn keep_head(plan: &mut Plan<'_>, household: RecordId, person: RecordId) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let person = plan.view.resolve(person)?;
    let heads = members.iter().filter(|member| member.is_head());
    let Some(kept) = members.iter().find(|member| member.is_head() && member.person.id == person) else {
        plan.error("person", "act_not_a_member");
        return Ok(());
    };
    if heads.count() == 1 {
        plan.error("", "act_nothing_changes");
        return Ok(());
    }
    let name = plan.household_name(&stored, &[]);
    plan.line("keeps_head", [("name", kept.name()), ("household", name)]);
    let mut by_person: BTreeMap<RecordId, Vec<&Member>> = BTreeMap::new();
    for member in &members {
        by_person.entry(member.person.id).or_default().push(member);
    }
    for rows in by_person.into_values() {
        let stays = if rows.iter().any(|row| row.stored.id == kept.stored.id) {
            Some(kept)
        } else {
            // Of several relations the one told on the same day as the head that stays, else the one told last.
            let told_with = |row: &&&Member| (row.row.from_on == kept.row.from_on, row.stored.id);
            rows.iter().filter(|row| !row.is_head()).max_by_key(told_with).copied()
        };
        for row in rows.iter().filter(|row| stays.is_none_or(|stays| stays.stored.id != row.stored.id)) {
            match stays {
                Some(_) => plan.remove(&row.stored, MISTAKE),
                None => step_down(plan, stored.id, row)?,
            }
        }
        if let Some(stays) = stays {
            settle_former(plan, stored.id, stays)?;
        }
    }
    plan.event("keep_head", stored.id, PartialDate::Day(day), &[kept.person.id], None)
}

/// A head who is none: the row before counts again; without one, the relation that stood in the row before, if any.
fn step_down(plan: &mut Plan<'_>, household: RecordId, row: &Member) -> store::Result<()> {
    let begins = row.row.from_on.map(|from| from.first_day());
    let former = rows_of(plan, household, row.person.id)?.into_iter().find(|(_, other)| {
        let follows = other.to_on.zip(begins).is_some_and(|(to, begins)| to.last_day().succ_opt() == Some(begins));
        follows && other.reason_out.as_deref() == Some("relation") && other.relationship_to_head.as_deref() != Some("head")
    });
    let after = match &former {
        Some((former, facts)) => {
            plan.remove(&row.stored, MISTAKE);
            plan.settle(former, departure(None));
            facts.relationship_to_head.clone()
        }
        None => {
            let before = relation_before(plan, &row.stored)?;
            plan.set(&row.stored, "relationship_to_head", before.clone().map(Value::Code));
            before
        }
    };
    let relation = [("name", row.name()), ("before", "head".to_owned()), ("after", after.unwrap_or_default())];
    plan.line("relation", relation);
    Ok(())
}

/// The relation that a row had before somebody wrote `head` into it.
fn relation_before(plan: &Plan<'_>, row: &Stored) -> store::Result<Option<String>> {
    let changes = plan.view.list_history(row.id, Sight::Plain)?;
    let relations = changes.iter().filter(|change| change.record == row.id && change.fid == Some(HouseholdMember::RELATIONSHIP));
    let before = relations.filter_map(|change| match change.old.first() {
        Some(Some(value)) => Some(value.to_text()),
        _ => None,
    });
    Ok(before.into_iter().find(|code| code != "head"))
}

/// Where two machines ended the row before on two days, it ends with the day before the one that stays.
fn settle_former(plan: &mut Plan<'_>, household: RecordId, stays: &Member) -> store::Result<()> {
    let Some(last) = stays.row.from_on.and_then(|from| from.first_day().pred_opt()) else { return Ok(()) };
    for (former, _) in rows_of(plan, household, stays.person.id)? {
        if former.id != stays.stored.id && former.conflicts.contains(&HouseholdMember::DEPARTURE) {
            plan.settle(&former, departure(Some((last, "relation"))));
        }
    }
    Ok(())
}

/// A person's rows in a household.
fn rows_of(plan: &Plan<'_>, household: RecordId, person: RecordId) -> store::Result<Vec<(Stored, HouseholdMember)>> {
    let mut rows = memberships(plan, person)?;
    rows.retain(|(stored, _)| stored.parent == Some(household));
    Ok(rows)
}

fn memberships(plan: &Plan<'_>, person: RecordId) -> store::Result<Vec<(Stored, HouseholdMember)>> {
    let rows = plan.view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)?;
    Ok(rows.into_iter().map(|stored| (stored.record(), stored)).map(|(row, stored)| (stored, row)).collect())
}

fn departure(last: Option<(NaiveDate, &str)>) -> FieldChange {
    let values = match last {
        Some((day, reason)) => vec![Some(Value::PartialDate(PartialDate::Day(day))), Some(Value::Text(reason.to_owned()))],
        None => vec![None, None],
    };
    FieldChange { fid: HouseholdMember::DEPARTURE, values }
}

/// Of several households somebody lives in one: the membership there holds, the others end or were a mistake.
pub(super) fn keep_home(plan: &mut Plan<'_>, household: RecordId, person: RecordId) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let (person, facts) = plan.person(person)?;
    let mut rows = memberships(plan, person.id)?;
    // What is disputed may hold, whatever is shown of it.
    rows.retain(|(row, facts)| facts.to_on.is_none() || row.conflicts.contains(&HouseholdMember::DEPARTURE));
    let (here, elsewhere): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(row, _)| row.parent == Some(stored.id));
    let Some(((kept, kept_facts), twice)) = here.split_first() else {
        plan.error("person", "act_not_a_member");
        return Ok(());
    };
    let is_settled = kept_facts.to_on.is_none() && kept.conflicts.is_empty();
    if elsewhere.is_empty() && twice.is_empty() && is_settled {
        plan.error("", "act_nothing_changes");
        return Ok(());
    }
    let name = facts.full_name.unwrap_or_default();
    plan.line("keeps_home", [("name", name.clone()), ("household", plan.household_name(&stored, &members))]);
    plan.settle(kept, departure(None));
    for (row, _) in twice {
        plan.remove(row, MISTAKE);
    }
    for (row, facts) in &elsewhere {
        let label = plan.label(row.parent.unwrap_or(row.id))?;
        plan.line("leaves", [("name", name.clone()), ("household", label)]);
        match (ended(plan, row)?, last_day(facts, kept_facts, day)) {
            (Some(values), _) => plan.settle(row, FieldChange { fid: HouseholdMember::DEPARTURE, values }),
            (None, Some(last)) => plan.settle(row, departure(Some((last, "move")))),
            (None, None) => plan.remove(row, MISTAKE),
        }
    }
    plan.event("keep_home", stored.id, PartialDate::Day(day), &[person.id], None)
}

/// When a row ended, by one of those who dispute it.
fn ended(plan: &Plan<'_>, row: &Stored) -> store::Result<Option<Vec<Option<Value>>>> {
    let conflicts = plan.view.list_conflicts_of(row.id, Sight::Plain)?.conflicts;
    let sides = conflicts.into_iter().filter(|conflict| conflict.record == row.id && conflict.fid == HouseholdMember::DEPARTURE);
    let mut values = sides.flat_map(|conflict| conflict.sides).map(|side| side.values);
    Ok(values.find(|values| matches!(values.first(), Some(Some(_)))))
}

/// The last day in another household; none where it was a mistake, since it began no earlier than the one kept.
fn last_day(other: &HouseholdMember, kept: &HouseholdMember, day: NaiveDate) -> Option<NaiveDate> {
    let first = |row: &HouseholdMember| row.from_on.map(|from| from.first_day());
    match (first(other), first(kept)) {
        (None, None) => day.pred_opt(),
        (None, Some(kept)) => kept.pred_opt(),
        (Some(other), Some(kept)) if other < kept => kept.pred_opt(),
        _ => None,
    }
}
