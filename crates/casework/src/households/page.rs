//! A household's page on a date: who lives in it, and what is odd about it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::records::{Household, HouseholdMember, Observation, Person, PovertyClass};
use domain::registry::Record;
use domain::{RecordId, check, citizen_id};
use store::{Sight, Stored, View};

use super::{class_on, is_in_force, region_status, severity, text_of};
use crate::commands::types::{GetHousehold, HouseholdView};
use crate::convert::{record_view, village_label_on};
use crate::forms::{FieldProblem, RecordView};
use crate::host::{Host, instant, today};
use crate::problem::{Code, Problem, Result};
use crate::views::households::RosterRow;
use crate::{address, conflicts, events};

/// A household on a date.
pub fn get_household(host: &dyn Host, req: GetHousehold) -> Result<HouseholdView> {
    let open = host.session().open()?;
    let today = today(host);
    let on = match &req.on {
        Some(text) => text.parse().map_err(|_| Problem::new(Code::BadRequest))?,
        None => today,
    };
    open.store.read(|view| household_view(view, req.id, on, today)).map_err(Into::into)
}

fn household_view(view: &View<'_>, id: RecordId, on: NaiveDate, today: NaiveDate) -> store::Result<HouseholdView> {
    let stored = view.get_record(view.resolve(id)?, Sight::Plain)?;
    let household: Household = stored.record();
    let roster = roster(view, stored.id, on, today)?;
    let heads: Vec<&RosterRow> = roster.iter().filter(|row| row.present && is_head(row)).collect();
    let head_name = match heads.as_slice() {
        [only] => text_of(&only.person.opened.values, "full_name"),
        // Of a household that nobody lives in any more the last head is named.
        [] if roster.iter().all(|row| !row.present) => view.head_name(stored.id)?.unwrap_or_default(),
        _ => String::new(),
    };
    let home = view.home_on(stored.id, on)?;
    let mut poverty = Vec::new();
    for class in view.list_children(stored.id, PovertyClass::KIND, Sight::Plain)? {
        poverty.push(record_view(view, &class, today)?);
    }
    poverty.sort_by_key(|class| class.opened.values.get("year").and_then(serde_json::Value::as_i64));
    let last = view.find_last_change(stored.id)?;
    Ok(HouseholdView {
        region_status: region_status(view, home.village, on)?,
        address: address::of_home(view, &home, stored.scope, on)?,
        village_name: village_label_on(view, home.village, on)?,
        poverty_on: class_on(view, stored.id, on)?,
        head_name,
        findings: findings(view, stored.id, &household, &roster, on)?,
        observations: children(view, stored.id, Observation::KIND, today)?,
        events: events::of_household(view, stored.id)?,
        linked: events::linked(view, &stored)?,
        conflicts: conflicts::of_page(view, stored.id)?,
        household: record_view(view, &stored, today)?,
        roster,
        poverty,
        changed_at: last.as_ref().map(|change| instant(change.at_ms)),
        changed_by: last.and_then(|change| change.author.name),
    })
}

fn is_head(row: &RosterRow) -> bool {
    text_of(&row.membership.opened.values, "relationship_to_head") == "head"
}

/// Members of a household, present ones first, the head first among them, then by birth.
pub(super) fn roster(view: &View<'_>, household: RecordId, on: NaiveDate, today: NaiveDate) -> store::Result<Vec<RosterRow>> {
    let mut rows = Vec::new();
    for stored in view.list_children(household, HouseholdMember::KIND, Sight::Plain)? {
        let member: HouseholdMember = stored.record();
        let Some(person_id) = member.person else { continue };
        let Some(person) = view.find_record(view.resolve(person_id)?, Sight::Plain)? else { continue };
        // Most rows say no day of arrival: on a past day a child is not there before it is born.
        if on < today && person.record::<Person>().birth_date.is_some_and(|birth| birth.first_day() > on) {
            continue;
        }
        rows.push(roster_row(view, &stored, &member, &person, on, today)?);
    }
    only_last_spells(&mut rows);
    rows.sort_by_cached_key(|row| (!row.present, !is_head(row), text_of(&row.person.opened.values, "birth_date"), row.person.id));
    Ok(rows)
}

/// Of somebody who is not there on the day only the last row is shown, and none where another of theirs counts: a row that
/// ended because the relation changed is no departure.
fn only_last_spells(rows: &mut Vec<RosterRow>) {
    let ended = |row: &RosterRow| text_of(&row.membership.opened.values, "to_on");
    let shown: Vec<bool> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            row.present
                || !rows.iter().enumerate().any(|(other_at, other)| {
                    other.person.id == row.person.id
                        && at != other_at
                        && (other.present || (ended(other), other_at) > (ended(row), at))
                })
        })
        .collect();
    let mut shown = shown.into_iter();
    rows.retain(|_| shown.next().unwrap_or(true));
}

fn roster_row(
    view: &View<'_>,
    stored: &Stored,
    member: &HouseholdMember,
    person: &Stored,
    on: NaiveDate,
    today: NaiveDate,
) -> store::Result<RosterRow> {
    let facts: Person = person.record();
    let at = facts.death_date.map_or(on, |death| death.last_day().min(on));
    let mut shown = record_view(view, person, today)?;
    shown.opened.values.remove("citizen_id");
    let assumed = view.assumed_birth()?;
    Ok(RosterRow {
        membership: record_view(view, stored, today)?,
        person: shown,
        masked_citizen_id: facts.citizen_id.as_deref().map(citizen_id::mask),
        age_months: facts.birth_date.and_then(|birth| birth.age_months(at, assumed)),
        present: is_in_force(member.from_on.as_ref(), member.to_on.as_ref(), on)
            && facts.death_date.is_none_or(|death| death.last_day() >= on),
        disability: severity(view, person.id, on)?,
    })
}

/// What is odd about a household as a whole: heads, people whom two offices put in two places, the dead who are still members.
fn findings(
    view: &View<'_>,
    id: RecordId,
    household: &Household,
    roster: &[RosterRow],
    on: NaiveDate,
) -> store::Result<Vec<FieldProblem>> {
    let present: Vec<&RosterRow> = roster.iter().filter(|row| row.present).collect();
    let mut problems = check::row(&household.to_row(), NaiveDate::MAX);
    let is_gone = household.joined_into.is_some() || household.left_on.is_some();
    let code = match present.iter().filter(|row| is_head(row)).count() {
        1 => None,
        0 if present.is_empty() => (!is_gone).then_some("household_empty"),
        0 => Some("head_missing"),
        _ => Some("head_twice"),
    };
    problems.extend(code.map(|code| domain::Problem::warning("members", code)));
    if is_gone && !present.is_empty() {
        problems.push(domain::Problem::warning("members", "household_gone_with_members"));
    }
    let mut seen = BTreeSet::new();
    for row in &present {
        let named = |code: &str| {
            let path = format!("members.{}", row.person.id);
            domain::Problem::warning(path, code).with("name", text_of(&row.person.opened.values, "full_name"))
        };
        if !seen.insert(row.person.id) {
            problems.push(named("member_twice"));
        }
        for other in view.list_referring(HouseholdMember::KIND, "person", row.person.id, Sight::Plain)? {
            let facts: HouseholdMember = other.record();
            if let Some(elsewhere) = other.parent.filter(|parent| *parent != id)
                && is_in_force(facts.from_on.as_ref(), facts.to_on.as_ref(), on)
                && view.find_record(elsewhere, Sight::Plain)?.is_some_and(|found| found.life == store::Life::Live)
            {
                problems.push(named("member_elsewhere").with("household", crate::convert::label(view, elsewhere)?));
            }
        }
    }
    let still = |row: &&RosterRow| {
        !text_of(&row.person.opened.values, "death_date").is_empty() && text_of(&row.membership.opened.values, "to_on").is_empty()
    };
    for row in roster.iter().filter(still) {
        let name = text_of(&row.person.opened.values, "full_name");
        problems.push(domain::Problem::warning(format!("members.{}", row.person.id), "dead_member_open").with("name", name));
    }
    Ok(problems.into_iter().map(Into::into).collect())
}

/// A household's records of one kind, newest first.
fn children(view: &View<'_>, id: RecordId, kind: &'static domain::Kind, today: NaiveDate) -> store::Result<Vec<RecordView>> {
    let mut stored = view.list_children(id, kind, Sight::Plain)?;
    stored.reverse();
    stored.iter().map(|stored| record_view(view, stored, today)).collect()
}
