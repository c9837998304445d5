//! A person's row in the list, and the words and numbers they are found by.

use chrono::{Datelike, NaiveDate};
use domain::registry::Record;
use domain::{PartialDate, RecordId, Row, records};
use rusqlite::{Connection, OptionalExtension};

use super::household::{birth_of, children, is_present, text_of};
use super::marks::{self, Home, Seen};
use super::names::Line;
use super::{
    CERTIFICATE, Dirty, HOUSEHOLD, MEMBER, Names, PERSON, changes, forget, index, live_row, reference, sooner, village, words,
};
use crate::commune::assumed_birth;
use crate::error::Result;
use crate::open::Tx;
use crate::records::merged::{all_of, given_up_for};
use crate::records::state::find_lid;
use crate::records::table;

const INSERT: &str = "INSERT INTO person_list(lid, sort, household, village, village_sort, sex, ethnic, born, severity, types, marks, died, \
     changed, due_on, away, given, sound, year, day) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
const OR_UPDATE: &str = " ON CONFLICT(lid) DO UPDATE SET sort = excluded.sort, household = excluded.household, village = excluded.village, \
     village_sort = excluded.village_sort, sex = excluded.sex, ethnic = excluded.ethnic, born = excluded.born, \
     severity = excluded.severity, types = excluded.types, marks = excluded.marks, died = excluded.died, \
     changed = excluded.changed, due_on = excluded.due_on, away = excluded.away, given = excluded.given, \
     sound = excluded.sound, year = excluded.year, day = excluded.day";

pub(super) fn write(tx: &Tx<'_>, dirty: &Dirty, names: &mut Names, id: RecordId) -> Result<()> {
    let (connection, at_ms) = (tx.connection(), tx.author().at_ms);
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
    let birth = birth_of(&row);
    let assumed = match names.births {
        Some(assumed) => assumed,
        None => *names.births.insert(assumed_birth(connection)?),
    };
    let born = birth.map(|date| date.assumed(assumed));
    let head_born = match &home {
        Some((household, _)) if is_home => match names.heads.get(household) {
            Some(born) => *born,
            None => head_born(connection, *household)?,
        },
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

    // What was given up for this person is found by its old names and numbers, and leads here.
    let given_up = if is_new { Vec::new() } else { rows_given_up_for(connection, id)? };
    let entries: Vec<&Row> = std::iter::once(&*row).chain(&given_up).collect();
    let lines: Vec<Line> = names_in(&entries).into_iter().map(|name| names.learn(name)).collect();
    let sort = match (name, lines.first()) {
        ("", _) | (_, None) => names.sort_key(&Line::default()),
        (_, Some(first)) => names.sort_key(first),
    };
    let mut keys = lines.iter().filter_map(|line| names.keys(line, birth.as_ref()));
    let first = keys.next();
    let changed = changes::changed_at(connection, id, is_new, at_ms)?;
    let values = rusqlite::params![
        lid,
        sort,
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
        changed,
        due.map(|due| due.to_string()),
        away,
        first.map(|keys| keys.given),
        first.map(|keys| keys.sound),
        birth.map(|birth| birth.year()),
        first.and_then(|keys| keys.day),
    ];
    // A row that is new needs no look for an old one.
    if is_new {
        tx.statements.run(INSERT, values)?;
    } else {
        connection.prepare_cached(&[INSERT, OR_UPDATE].concat())?.execute(values)?;
        connection.prepare_cached("DELETE FROM person_match WHERE lid = ?1")?.execute([lid])?;
    }
    for (n, keys) in (1_i64..).zip(keys) {
        tx.statements.run(
            "INSERT INTO person_match(lid, n, given, sound, year, day) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            rusqlite::params![lid, n, keys.given, keys.sound, keys.year, keys.day],
        )?;
    }

    let (mut found_by, mut numbers) = (String::with_capacity(96), String::new());
    for line in &lines {
        names.push(line, &mut found_by);
    }
    if let Some(born) = born {
        words::push(&format!("{:04}", born.year()), &mut found_by);
    }
    if let Some(village) = &village {
        words::push(&village.words, &mut found_by);
    }
    for entry in &entries {
        for number in ["citizen_id", "old_id"].into_iter().filter_map(|column| text_of(entry, column)) {
            words::push_endings(number, &mut numbers);
        }
    }
    index(tx, lid, &found_by, &numbers, is_new)
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

/// Rows that name a person, or somebody found to be the same, with their households; in the order of their making.
fn memberships(connection: &Connection, dirty: &Dirty, id: RecordId) -> Result<Vec<(RecordId, records::HouseholdMember)>> {
    if dirty.fresh.contains_key(&id) {
        let made =
            dirty.fresh.values().filter(|made| made.row.kind.number == MEMBER && reference(&made.row, "person") == Some(id));
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
