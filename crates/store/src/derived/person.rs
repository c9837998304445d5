//! A person's row in the list, and the words and numbers they are found by.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use domain::registry::Record;
use domain::{RecordId, Value, records};
use rusqlite::Connection;

use super::household::{children, is_present, text_of};
use super::{CERTIFICATE, Dirty, HOUSEHOLD, Names, PERSON, forget, index, live_row, reference, sooner, village, words};
use crate::error::Result;
use crate::records::table;
use crate::records::view::resolve;

const INSERT: &str = "INSERT INTO person_list(lid, sort, household, village, sex, ethnic, born, has_id, severity, died, due_on) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const OR_UPDATE: &str = " ON CONFLICT(lid) DO UPDATE SET sort = excluded.sort, household = excluded.household, village = excluded.village, sex = excluded.sex, \
     ethnic = excluded.ethnic, born = excluded.born, has_id = excluded.has_id, severity = excluded.severity, \
     died = excluded.died, due_on = excluded.due_on";

pub(super) fn write(connection: &Connection, dirty: &Dirty, names: &mut Names, id: RecordId, today: NaiveDate) -> Result<()> {
    let is_new = dirty.fresh.contains_key(&id);
    let Some((lid, row)) = live_row(connection, dirty, id, PERSON)? else { return forget(connection, id) };

    let mut due = None;
    let (mut home, mut is_home) = (None, false);
    for (parent, member) in memberships(connection, dirty, id)? {
        let present = is_present(&member, today, &mut due);
        if present || !is_home {
            home = Some(parent);
            is_home |= present;
        }
    }
    let home = match home {
        Some(home) => live_row(connection, dirty, home, HOUSEHOLD)?,
        None => None,
    };
    let village = match home.as_ref().and_then(|(_, row)| reference(row, "village")) {
        Some(id) => village(connection, dirty, names, id)?,
        None => None,
    };
    let severity = severity(connection, dirty, id, today, &mut due)?;
    let name = text_of(&row, "full_name").unwrap_or_default();
    let born = match row.get("birth_date") {
        Some(Value::PartialDate(date)) => Some(date.assumed()),
        _ => None,
    };

    // A row that is new needs no look for an old one.
    let sql = if is_new { Cow::Borrowed(INSERT) } else { Cow::Owned([INSERT, OR_UPDATE].concat()) };
    connection.prepare_cached(&sql)?.execute(rusqlite::params![
        lid,
        names.sort_key(name),
        home.map(|(lid, _)| lid),
        village.as_ref().map(|village| village.lid),
        text_of(&row, "sex"),
        text_of(&row, "ethnic_code"),
        born.map(|born| born.to_string()),
        row.get("citizen_id").is_some(),
        severity,
        row.get("death_date").is_some(),
        due.map(|due| due.to_string()),
    ])?;

    let (mut folded, mut exact) = (String::with_capacity(64), String::with_capacity(160));
    for line in [Some(name), text_of(&row, "other_name")].into_iter().flatten() {
        names.push(line, &mut folded, &mut exact);
    }
    if let Some(born) = born {
        let year = format!("{:04}", born.year());
        words::push(&year, &mut folded);
        words::push(&year, &mut exact);
    }
    if let Some(village) = village {
        words::push(&village.words, &mut folded);
    }
    for column in ["citizen_id", "old_id"] {
        if let Some(number) = text_of(&row, column) {
            words::push_endings(number, &mut exact);
        }
    }
    index(connection, lid, &folded, &exact, is_new)
}

/// Rows that name a person, or somebody found to be the same, with their households; in the order of their making.
fn memberships(connection: &Connection, dirty: &Dirty, id: RecordId) -> Result<Vec<(RecordId, records::HouseholdMember)>> {
    if dirty.fresh.contains_key(&id) {
        let made = dirty.fresh.values().filter(|made| reference(&made.row, "person") == Some(id));
        let mut made: Vec<_> = made.filter_map(|made| Some((made.lid, made.parent?, &made.row))).collect();
        made.sort_by_key(|(lid, ..)| *lid);
        let typed = |(_, parent, row)| (parent, records::HouseholdMember::from_row(row));
        return Ok(made.into_iter().map(typed).collect());
    }
    let Some(table) = table::of(records::HouseholdMember::KIND) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT r.parent, {} FROM household_member AS t JOIN rec AS r ON r.lid = t.lid \
         WHERE t.person = ?1 AND r.life = 0 AND r.parent IS NOT NULL ORDER BY r.lid",
        table.columns
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut list = Vec::new();
    for name in std::iter::once(id).chain(given_up_for(connection, id)?) {
        let mut rows = statement.query([name.0])?;
        while let Some(found) = rows.next()? {
            let parent: [u8; 16] = found.get(0)?;
            list.push((RecordId(parent), records::HouseholdMember::from_row(&table.row(found, 1))));
        }
    }
    Ok(list)
}

/// Persons that were given up for this one.
fn given_up_for(connection: &Connection, id: RecordId) -> Result<Vec<RecordId>> {
    let mut statement = connection.prepare_cached("SELECT rid FROM rec WHERE life = 3 AND kind = 2 ORDER BY lid")?;
    let merged = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    let mut same = Vec::new();
    for other in merged {
        let other = RecordId(other?);
        if resolve(connection, other)? == id {
            same.push(other);
        }
    }
    Ok(same)
}

/// The severity on the day: of the newest certificate in force that was not revoked.
fn severity(
    connection: &Connection,
    dirty: &Dirty,
    id: RecordId,
    today: NaiveDate,
    due: &mut Option<NaiveDate>,
) -> Result<Option<String>> {
    let mut newest: Option<(Option<NaiveDate>, String)> = None;
    for certificate in children(connection, dirty, id, CERTIFICATE)? {
        let certificate = records::DisabilityCertificate::from_row(&certificate);
        if certificate.status.as_deref() == Some("revoked") {
            continue;
        }
        if let Some(from) = certificate.valid_from {
            sooner(due, from, today);
        }
        let is_newer = newest.as_ref().is_none_or(|(from, _)| certificate.valid_from >= *from);
        if let Some(severity) = certificate.severity
            && certificate.valid_from.is_none_or(|from| from <= today)
            && is_newer
        {
            newest = Some((certificate.valid_from, severity));
        }
    }
    Ok(newest.map(|(_, severity)| severity))
}
