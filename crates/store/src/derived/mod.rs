//! What is derived from records for finding them: the search index and the two lists. It can be made anew at any time.
//!
//! Owes its callers: at the end of every act the index and the lists agree with the records, for own and pulled writes.
//! Leaves to others: [`crate::search`], [`crate::households`] and [`crate::people`] read it.
//! Would surprise: who is present depends on the day, so rows carry the day on which they are due to be made anew.

mod births;
mod bulk;
mod changes;
mod household;
mod marks;
mod names;
mod person;
mod rebuild;
pub(crate) mod words;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta};
use domain::registry::{FIRST_OWN_FIELD, LIFE, MERGED_INTO, Record};
use domain::{RecordId, Row, Value, records};
use rusqlite::Connection;
use sync::{Head, Op, RecordState};

use crate::error::Result;
use crate::open::Tx;
use crate::places;
use crate::records::state::Saved;
use crate::records::writing::Writing;
use crate::records::{Life, merged, table};
pub(crate) use bulk::Bulk;
pub(crate) use names::Names;
use names::VillageName;
pub(crate) use rebuild::after_upgrade;

const HOUSEHOLD: u16 = records::Household::KIND.number;
const PERSON: u16 = records::Person::KIND.number;
const MEMBER: u16 = records::HouseholdMember::KIND.number;
const POVERTY_CLASS: u16 = records::PovertyClass::KIND.number;
const CERTIFICATE: u16 = records::DisabilityCertificate::KIND.number;
const VILLAGE: u16 = records::Village::KIND.number;
const PLACE: u16 = records::HouseholdPlace::KIND.number;
const EVENT: u16 = records::FamilyEvent::KIND.number;
const SETTING: u16 = records::CommuneSetting::KIND.number;
/// The field of a member's row that names the person.
const MEMBER_PERSON: u16 = 16;
/// The field of a household that names its village.
const HOUSEHOLD_VILLAGE: u16 = 18;
/// The field of a person's full name.
const PERSON_NAME: u16 = 16;
/// The field of a person's birth.
const PERSON_BIRTH: u16 = 18;

/// The capabilities that show records of a kind, as they are called in `touched`.
pub(crate) fn capabilities(kind: u16) -> &'static [&'static str] {
    match kind {
        HOUSEHOLD | POVERTY_CLASS => &["households"],
        MEMBER | PERSON | PLACE | EVENT => &["households", "people"],
        VILLAGE => &["places", "households"],
        14 => &["places"],
        15 => &["workers"],
        20 | 21 => &["policies"],
        SETTING => &["settings", "people"],
        32 => &["outreach"],
        _ => &["people"],
    }
}

/// A record made in the act being written, so that nothing needs to be read back.
pub(crate) struct Fresh {
    lid: i64,
    parent: Option<RecordId>,
    row: Row,
}

/// What the act being written has changed.
#[derive(Default)]
pub(crate) struct Dirty {
    fresh: HashMap<RecordId, Fresh>,
    households: BTreeSet<RecordId>,
    persons: BTreeSet<RecordId>,
    villages: BTreeSet<RecordId>,
    /// People and households of which only the time of change may be another.
    written: BTreeSet<RecordId>,
    /// The commune has decided anew about births that are not known to the day.
    births: bool,
}

impl Dirty {
    /// Takes note of a new record.
    pub(crate) fn created(&mut self, lid: i64, id: RecordId, parent: Option<RecordId>, row: Row) {
        self.written.extend(changes::of(row.kind.number, id, parent));
        match row.kind.number {
            HOUSEHOLD => drop(self.households.insert(id)),
            PERSON => drop(self.persons.insert(id)),
            MEMBER => {
                self.households.extend(parent);
                self.persons.extend(reference(&row, "person"));
            }
            POVERTY_CLASS => self.households.extend(parent),
            CERTIFICATE => self.persons.extend(parent),
            VILLAGE => drop(self.villages.insert(id)),
            SETTING => self.births = true,
            _ => return,
        }
        self.fresh.insert(id, Fresh { lid, parent, row });
    }
}

/// The fields of a kind that a row of a list or the index shows.
fn is_shown(kind: u16, fid: u16) -> bool {
    match kind {
        // Codes, village, ethnic group; joined another, left the commune.
        HOUSEHOLD => matches!(fid, 16 | 17 | HOUSEHOLD_VILLAGE | 21 | 26 | 27),
        // Names, birth, sex, ethnic group, numbers, death.
        PERSON => matches!(fid, PERSON_NAME..=21 | 23 | 29),
        _ => true,
    }
}

/// Takes note of a changed record: the fields that were written, and the heads that the change took away.
pub(crate) fn changed(
    tx: &Tx<'_>,
    state: &RecordState,
    before: Life,
    saved: &Saved,
    op: &Op,
    replaced: &[(u16, Head)],
) -> Result<()> {
    tx.writing.borrow_mut().derived.written.extend(changes::of(state.kind, state.rid, state.parent));
    let wrote = |fid: u16| op.writes.iter().any(|write| write.fid == fid);
    let is_turned = op.writes.iter().any(|write| write.fid < FIRST_OWN_FIELD) || before != saved.life;
    if !is_turned && !op.writes.iter().any(|write| is_shown(state.kind, write.fid)) {
        return Ok(());
    }
    let is_settled = !wrote(MERGED_INTO) && !wrote(LIFE) && before == saved.life;
    let concerned = if is_settled { BTreeSet::from([state.rid]) } else { merged::settle(tx.connection(), state)? };
    let mut writing = tx.writing.borrow_mut();
    let Writing { derived: dirty, names, .. } = &mut *writing;
    let id = state.rid;
    // What was made in this act and changed in it is read like any other record.
    dirty.fresh.remove(&id);
    let connection = tx.connection();
    match state.kind {
        HOUSEHOLD => {
            dirty.households.insert(id);
            if is_turned || wrote(HOUSEHOLD_VILLAGE) {
                dirty.persons.extend(members_of(connection, id)?);
            }
        }
        PERSON => {
            dirty.persons.extend(concerned.iter().copied());
            if is_turned || wrote(PERSON_NAME) || wrote(PERSON_BIRTH) {
                for person in &concerned {
                    dirty.households.extend(households_of(connection, *person)?);
                }
            }
        }
        MEMBER => {
            dirty.households.extend(state.parent);
            // Whom the row names now, and whom it named until now.
            let before = replaced.iter().filter(|(fid, _)| *fid == MEMBER_PERSON).map(|(_, head)| head);
            for head in state.heads_of(MEMBER_PERSON).iter().chain(before) {
                let person = head.value.as_ref().map(|value| sync::value::decode(domain::ValueType::Ref, value));
                if let Some(Ok(Value::Ref(person))) = person {
                    dirty.persons.insert(person);
                }
            }
        }
        POVERTY_CLASS => dirty.households.extend(state.parent),
        CERTIFICATE => dirty.persons.extend(state.parent),
        SETTING => dirty.births = true,
        VILLAGE => {
            // Households name the village of their day: they are of this one through those that it took the place of, too.
            names.villages.clear();
            dirty.villages.insert(id);
            let households = ids(
                connection,
                "WITH RECURSIVE named(rid) AS (SELECT ?1 UNION SELECT r.rid FROM village AS v JOIN rec AS r ON r.lid = v.lid \
                 JOIN named ON v.successor = named.rid) \
                 SELECT r.rid FROM household AS h JOIN rec AS r ON r.lid = h.lid WHERE h.village IN (SELECT rid FROM named) \
                 ORDER BY h.lid",
                id,
            )?;
            for household in households {
                dirty.persons.extend(members_of(connection, household)?);
                dirty.households.insert(household);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Brings index and lists up to date with what the act has changed.
pub(crate) fn write(tx: &Tx<'_>) -> Result<()> {
    let mut writing = tx.writing.borrow_mut();
    // Words and villages stay known for the acts that follow in the same transaction.
    let (mut dirty, mut names) = (std::mem::take(&mut writing.derived), std::mem::take(&mut writing.names));
    drop(writing);
    let at_ms = tx.author().at_ms;
    names.begin_act();
    let connection = tx.connection();
    if dirty.births {
        names.births = None;
        births::write(connection)?;
    }
    let new_people = dirty.fresh.values().filter(|made| made.row.kind.number == PERSON).count();
    tx.writing.borrow_mut().bulk.count(connection, new_people)?;
    // Whether an age is odd depends on who is the head: members are seen again with their household.
    for household in dirty.households.iter().filter(|household| !dirty.fresh.contains_key(*household)) {
        dirty.persons.extend(members_of(connection, *household)?);
    }
    for id in &dirty.villages {
        write_village(tx, &dirty, *id)?;
    }
    for id in &dirty.households {
        household::write(tx, &dirty, &mut names, *id)?;
    }
    let mut persons = dirty.persons.clone();
    for id in dirty.persons.iter().filter(|id| !dirty.fresh.contains_key(id)) {
        persons.insert(merged::resolve(connection, *id)?);
    }
    for id in &persons {
        person::write(tx, &dirty, &mut names, *id)?;
    }
    for id in dirty.written.iter().filter(|id| !dirty.households.contains(*id) && !persons.contains(*id)) {
        changes::write(connection, *id, at_ms)?;
    }
    tx.writing.borrow_mut().names = names;
    Ok(())
}

/// The day of an instant where the commune is (UTC+7).
pub(crate) fn today(at_ms: i64) -> NaiveDate {
    let at = DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
    at.checked_add_signed(TimeDelta::hours(7)).unwrap_or_default().date_naive()
}

fn write_village(tx: &Tx<'_>, dirty: &Dirty, id: RecordId) -> Result<()> {
    let connection = tx.connection();
    let is_new = dirty.fresh.contains_key(&id);
    let Some((lid, row)) = live_row(connection, dirty, id, VILLAGE)? else {
        return forget(connection, id);
    };
    let mut found_by = String::new();
    for column in ["village_type", "name"] {
        let text = row.text(column).unwrap_or_default();
        let text = if column == "village_type" { type_word(&text) } else { text };
        words::push_both(&text, &mut found_by);
    }
    index(tx, lid, &found_by, "", is_new)
}

/// The Vietnamese word of a village type, as people say it.
fn type_word(code: &str) -> String {
    domain::codes::find("village_type", code).map_or_else(|| code.to_owned(), |row| row.vi.clone())
}

/// How lists and index name a village: as it is called on the day, under the name that took its place.
fn village(
    connection: &Connection,
    dirty: &Dirty,
    names: &mut Names,
    id: RecordId,
    today: NaiveDate,
) -> Result<Option<VillageName>> {
    if let Some(known) = names.villages.get(&id) {
        return Ok(known.clone());
    }
    let present = places::follow(id, today, |id| {
        Ok(live_row(connection, dirty, id, VILLAGE)?.map(|(_, row)| records::Village::from_row(&row)))
    })?;
    let found = live_row(connection, dirty, present, VILLAGE)?.map(|(lid, row)| {
        let name = row.text("name").unwrap_or_default();
        let mut found_by = String::new();
        for word in words::folded(&name) {
            words::push(&format!("_{word}"), &mut found_by);
        }
        VillageName { lid, sort: domain::text::name_sort_key(&name), words: found_by }
    });
    names.villages.insert(id, found.clone());
    Ok(found)
}

/// A live record of a kind, from memory where the act has just made it.
fn live_row<'a>(connection: &Connection, dirty: &'a Dirty, id: RecordId, kind: u16) -> Result<Option<(i64, Cow<'a, Row>)>> {
    if let Some(fresh) = dirty.fresh.get(&id) {
        return Ok((fresh.row.kind.number == kind).then_some((fresh.lid, Cow::Borrowed(&fresh.row))));
    }
    let mut statement = connection.prepare_cached("SELECT lid, kind, life FROM rec WHERE rid = ?1")?;
    let mut rows = statement.query([id.0])?;
    let Some(found) = rows.next()? else { return Ok(None) };
    let (lid, life): (i64, i64) = (found.get("lid")?, found.get("life")?);
    if found.get::<_, u16>("kind")? != kind || life != 0 {
        return Ok(None);
    }
    let table = domain::registry::kind(kind).and_then(table::of);
    table.map(|table| Ok((lid, Cow::Owned(table.get(connection, lid)?)))).transpose()
}

fn reference(row: &Row, column: &str) -> Option<RecordId> {
    match row.get(column) {
        Some(Value::Ref(id)) => Some(*id),
        _ => None,
    }
}

/// Persons that a household's rows name, gone ones too.
fn members_of(connection: &Connection, household: RecordId) -> Result<Vec<RecordId>> {
    let sql = "SELECT m.person FROM rec AS r JOIN household_member AS m ON m.lid = r.lid \
               WHERE r.parent = ?1 AND r.kind = 3 AND m.person IS NOT NULL ORDER BY r.lid";
    ids(connection, sql, household)
}

/// Households with a row that names a person or one given up for them, ended rows too.
fn households_of(connection: &Connection, person: RecordId) -> Result<Vec<RecordId>> {
    let sql = "SELECT r.parent FROM household_member AS m JOIN rec AS r ON r.lid = m.lid \
               WHERE m.person IN (SELECT ?1 UNION ALL SELECT rid FROM merged WHERE survivor = ?1) \
               AND r.parent IS NOT NULL ORDER BY r.lid";
    ids(connection, sql, person)
}

fn ids(connection: &Connection, sql: &str, id: RecordId) -> Result<Vec<RecordId>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id.0], |row| row.get::<_, [u8; 16]>(0))?;
    Ok(rows.map(|id| id.map(RecordId)).collect::<rusqlite::Result<_>>()?)
}

/// Writes what a record is found by. A plain INSERT of a row that is there would leave its old words for ever; REPLACE
/// removes them.
fn index(tx: &Tx<'_>, lid: i64, names: &str, codes: &str, is_new: bool) -> Result<()> {
    let (into_names, into_codes) = if is_new {
        ("INSERT INTO name_fts(rowid, words) VALUES (?1, ?2)", "INSERT INTO code_fts(rowid, parts) VALUES (?1, ?2)")
    } else {
        (
            "INSERT OR REPLACE INTO name_fts(rowid, words) VALUES (?1, ?2)",
            "INSERT OR REPLACE INTO code_fts(rowid, parts) VALUES (?1, ?2)",
        )
    };
    for (sql, words) in [(into_names, names), (into_codes, codes)] {
        if !is_new || !words.is_empty() {
            tx.statements.run(sql, rusqlite::params![lid, words])?;
        }
    }
    Ok(())
}

/// Takes a record that is not live out of index and lists.
fn forget(connection: &Connection, id: RecordId) -> Result<()> {
    let Some(lid) = crate::records::state::find_lid(connection, id)? else { return Ok(()) };
    for sql in [
        "DELETE FROM name_fts WHERE rowid = ?1",
        "DELETE FROM code_fts WHERE rowid = ?1",
        "DELETE FROM household_list WHERE lid = ?1",
        "DELETE FROM person_list WHERE lid = ?1",
        "DELETE FROM person_match WHERE lid = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([lid])?;
    }
    Ok(())
}

/// The earlier of the days on which a row must be made anew.
fn sooner(due: &mut Option<NaiveDate>, day: NaiveDate, today: NaiveDate) {
    if day > today && due.is_none_or(|due| day < due) {
        *due = Some(day);
    }
}

/// The first day of the year after.
fn next_year(today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).unwrap_or(NaiveDate::MAX)
}
