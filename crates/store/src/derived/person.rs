//! A person's row in the list, and the words and numbers they are found by.

use chrono::NaiveDate;
use domain::registry::Record;
use domain::{RecordId, records, text};
use rusqlite::{Connection, named_params};

use super::household::{children, is_present};
use super::{
    CERTIFICATE, Dirty, HOUSEHOLD, PERSON, forget, index_codes, index_names, live_row, reference, sooner, village, words,
};
use crate::error::Result;
use crate::records::table;
use crate::records::view::resolve;

pub(super) fn write(connection: &Connection, dirty: &mut Dirty, id: RecordId, today: NaiveDate) -> Result<()> {
    let is_new = dirty.fresh.contains_key(&id);
    let Some((lid, row)) = live_row(connection, dirty, id, PERSON)? else { return forget(connection, id) };
    let person = records::Person::from_row(&row);

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
        Some(id) => village(connection, dirty, id)?,
        None => None,
    };
    let severity = severity(connection, dirty, id, today, &mut due)?;
    let name = person.full_name.as_deref().unwrap_or_default();

    connection
        .prepare_cached(
            "INSERT INTO person_list(lid, sort, household, village, sex, ethnic, born, has_id, severity, died, due_on) \
             VALUES (:lid, :sort, :household, :village, :sex, :ethnic, :born, :has_id, :severity, :died, :due_on) \
             ON CONFLICT(lid) DO UPDATE SET sort = excluded.sort, household = excluded.household, \
             village = excluded.village, sex = excluded.sex, ethnic = excluded.ethnic, born = excluded.born, \
             has_id = excluded.has_id, severity = excluded.severity, died = excluded.died, due_on = excluded.due_on",
        )?
        .execute(named_params! {
            ":lid": lid, ":sort": text::name_sort_key(name), ":household": home.map(|(lid, _)| lid),
            ":village": village.as_ref().map(|village| village.lid), ":sex": person.sex, ":ethnic": person.ethnic_code,
            ":born": person.birth_date.map(|date| date.assumed().to_string()),
            ":has_id": person.citizen_id.is_some(), ":severity": severity, ":died": person.death_date.is_some(),
            ":due_on": due.map(|due| due.to_string()),
        })?;

    let mut found_by = String::new();
    for line in [Some(name), person.other_name.as_deref()].into_iter().flatten() {
        for word in words::folded(line).iter().chain(&words::marked(line)) {
            words::push(word, &mut found_by);
        }
    }
    if let Some(born) = person.birth_date {
        words::push(&format!("{:04}", born.year()), &mut found_by);
    }
    if let Some(village) = village {
        words::push(&village.words, &mut found_by);
    }
    index_names(connection, lid, &found_by, is_new)?;
    let mut parts = String::new();
    for number in [&person.citizen_id, &person.old_id].into_iter().flatten() {
        words::push_endings(number, &mut parts);
    }
    index_codes(connection, lid, &parts, is_new)
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
