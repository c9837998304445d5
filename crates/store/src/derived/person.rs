//! A person's row in the list, and the words and numbers they are found by.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use domain::likeness::{Keys, Name};
use domain::registry::Record;
use domain::{PartialDate, RecordId, Row, Value, records};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::household::{children, is_present, text_of};
use super::marks::{self, Home, Seen};
use super::{CERTIFICATE, Dirty, HOUSEHOLD, Names, PERSON, changes, forget, index, live_row, reference, sooner, village, words};
use crate::error::Result;
use crate::records::merged::{all_of, given_up_for};
use crate::records::state::find_lid;
use crate::records::table;

const INSERT: &str = "INSERT INTO person_list(lid, sort, household, village, village_sort, sex, ethnic, born, severity, types, marks, died, \
     changed, due_on, away) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
const OR_UPDATE: &str = " ON CONFLICT(lid) DO UPDATE SET sort = excluded.sort, household = excluded.household, village = excluded.village, \
     village_sort = excluded.village_sort, sex = excluded.sex, ethnic = excluded.ethnic, born = excluded.born, \
     severity = excluded.severity, types = excluded.types, marks = excluded.marks, died = excluded.died, \
     changed = excluded.changed, due_on = excluded.due_on, away = excluded.away";

pub(super) fn write(connection: &Connection, dirty: &Dirty, names: &mut Names, id: RecordId, at_ms: i64) -> Result<()> {
    let today = super::today(at_ms);
    let is_new = dirty.fresh.contains_key(&id);
    let Some((lid, row)) = live_row(connection, dirty, id, PERSON)? else { return forget(connection, id) };

    let mut due = None;
    let (mut home, mut is_home) = (None, false);
    for (parent, member) in memberships(connection, dirty, id)? {
        let present = is_present(&member, today, &mut due);
        if present || !is_home {
            home = Some((parent, member.relationship_to_head));
            is_home |= present;
        }
    }
    // Lived in a household of the commune and lives in none now.
    let away = home.is_some() && !is_home;
    let (home, relationship) = match home {
        Some((home, relationship)) => (live_row(connection, dirty, home, HOUSEHOLD)?, relationship),
        None => (None, None),
    };
    let village = match home.as_ref().and_then(|(_, row)| reference(row, "village")) {
        Some(id) => village(connection, dirty, names, id, today)?,
        None => None,
    };
    let (severity, types) = disability(connection, dirty, id, today, &mut due)?;
    let name = text_of(&row, "full_name").unwrap_or_default();
    let birth = match row.get("birth_date") {
        Some(Value::PartialDate(date)) => Some(*date),
        _ => None,
    };
    let born = birth.map(|date| date.assumed());
    let head_born = match &home {
        Some((household, _)) if is_home => head_born(connection, *household)?,
        _ => None,
    };
    let is_dead = row.get("death_date").is_some();
    let marks = marks::of(&Seen {
        birth,
        sex: text_of(&row, "sex"),
        citizen_id: text_of(&row, "citizen_id"),
        relationship: relationship.as_deref().filter(|_| is_home && !is_dead),
        head_born,
        home: match (&home, is_home) {
            (Some(_), true) => Home::In { has_village: village.is_some() },
            _ if away => Home::Left,
            _ => Home::None,
        },
        today,
    });

    // A row that is new needs no look for an old one.
    let sql = if is_new { Cow::Borrowed(INSERT) } else { Cow::Owned([INSERT, OR_UPDATE].concat()) };
    connection.prepare_cached(&sql)?.execute(rusqlite::params![
        lid,
        names.sort_key(name),
        home.map(|(lid, _)| lid),
        village.as_ref().map(|village| village.lid),
        village.as_ref().map(|village| village.sort.as_str()).unwrap_or_default(),
        text_of(&row, "sex"),
        text_of(&row, "ethnic_code"),
        born.map(|born| born.to_string()),
        severity,
        types,
        marks,
        is_dead,
        changes::changed_at(connection, id, is_new, at_ms)?,
        due.map(|due| due.to_string()),
        away,
    ])?;

    // What was given up for this person is found by its old names and numbers, and leads here.
    let given_up = if is_new { Vec::new() } else { rows_given_up_for(connection, id)? };
    let entries: Vec<&Row> = std::iter::once(&*row).chain(&given_up).collect();
    let (mut folded, mut exact) = (String::with_capacity(64), String::with_capacity(160));
    for line in names_in(&entries) {
        names.push(line, &mut folded, &mut exact);
    }
    if let Some(born) = born {
        let year = format!("{:04}", born.year());
        words::push(&year, &mut folded);
        words::push(&year, &mut exact);
    }
    if let Some(village) = &village {
        words::push(&village.words, &mut folded);
    }
    for entry in &entries {
        for number in ["citizen_id", "old_id"].into_iter().filter_map(|column| text_of(entry, column)) {
            words::push_endings(number, &mut exact);
        }
    }
    write_match(connection, lid, &entries, village.as_ref().map(|village| village.lid), is_new)?;
    index(connection, lid, &folded, &exact, is_new)
}

/// Full and other names of a person's entries.
fn names_in<'a>(entries: &[&'a Row]) -> Vec<&'a str> {
    let mut all = Vec::new();
    for name in
        entries.iter().flat_map(|entry| ["full_name", "other_name"].into_iter().filter_map(|column| text_of(entry, column)))
    {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn rows_given_up_for(connection: &Connection, id: RecordId) -> Result<Vec<Row>> {
    let Some(table) = table::of(records::Person::KIND) else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for other in given_up_for(connection, id)? {
        if let Some(lid) = find_lid(connection, other)? {
            rows.push(table.get(connection, lid)?);
        }
    }
    Ok(rows)
}

/// What the person is looked up by where somebody may be entered twice ([`crate::duplicates`]).
fn write_match(connection: &Connection, lid: i64, entries: &[&Row], village: Option<i64>, is_new: bool) -> Result<()> {
    if !is_new {
        connection.prepare_cached("DELETE FROM person_match WHERE lid = ?1")?.execute([lid])?;
    }
    let birth = entries.first().and_then(|row| match row.get("birth_date") {
        Some(Value::PartialDate(date)) => Some(*date),
        _ => None,
    });
    let mut statement = connection.prepare_cached(
        "INSERT INTO person_match(lid, n, sound, given, year, day, village) \
         VALUES (:lid, :n, :sound, :given, :year, :day, :village)",
    )?;
    let keys = names_in(entries).into_iter().filter_map(|name| Keys::of(&Name::new(name), birth.as_ref()));
    for (n, keys) in (0_i64..).zip(keys) {
        statement.execute(named_params! {
            ":lid": lid, ":n": n, ":sound": keys.sound, ":given": keys.given, ":year": keys.year, ":day": keys.day,
            ":village": village,
        })?;
    }
    Ok(())
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
         WHERE t.person IN {} AND r.life = 0 AND r.parent IS NOT NULL ORDER BY r.lid",
        table.columns,
        all_of!()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([id.0])?;
    let mut list = Vec::new();
    while let Some(found) = rows.next()? {
        let parent: [u8; 16] = found.get(0)?;
        list.push((RecordId(parent), records::HouseholdMember::from_row(&table.row(found, 1))));
    }
    Ok(list)
}

/// Birth of the head, as the list of households names them. Households are written before their people.
fn head_born(connection: &Connection, household: i64) -> Result<Option<PartialDate>> {
    let sql = "SELECT p.birth_date FROM household_list AS l JOIN person AS p ON p.lid = l.head WHERE l.lid = ?1";
    let born: Option<Option<String>> = connection.prepare_cached(sql)?.query_row([household], |row| row.get(0)).optional()?;
    Ok(born.flatten().and_then(|born| born.parse().ok()))
}

/// Severity and types on the day: of the newest certificate in force that was not revoked.
fn disability(
    connection: &Connection,
    dirty: &Dirty,
    id: RecordId,
    today: NaiveDate,
    due: &mut Option<NaiveDate>,
) -> Result<(Option<String>, Option<String>)> {
    let mut newest: Option<(Option<NaiveDate>, String, Option<String>)> = None;
    for certificate in children(connection, dirty, id, CERTIFICATE)? {
        let certificate = records::DisabilityCertificate::from_row(&certificate);
        if certificate.status.as_deref() == Some("revoked") {
            continue;
        }
        if let Some(from) = certificate.valid_from {
            sooner(due, from, today);
        }
        let is_newer = newest.as_ref().is_none_or(|(from, ..)| certificate.valid_from >= *from);
        if let Some(severity) = certificate.severity
            && certificate.valid_from.is_none_or(|from| from <= today)
            && is_newer
        {
            let types = certificate.types.map(|types| types.iter().fold(" ".to_owned(), |all, kind| all + kind + " "));
            newest = Some((certificate.valid_from, severity, types));
        }
    }
    Ok(newest.map_or((None, None), |(_, severity, types)| (Some(severity), types)))
}
