//! Lines for reports and for finding a household: the shown values of a few fields, generated from the records and never the
//! other way. They can be thrown away and made again.

use std::collections::BTreeSet;

use domain::registry::{self, Row as Values};
use domain::{Value as Shown, ValueType, text};
use sync::RecordState;

use super::{Row, Tx, Value, rows};
use crate::error::Result;

/// Brings the lines of records up to date; records of kinds that have no lines change nothing.
pub fn update<'a>(tx: &mut dyn Tx, states: impl Iterator<Item = &'a RecordState>) -> Result<()> {
    let (mut households, mut people, mut members, mut villages) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for state in states {
        let Some(kind) = registry::kind(state.kind) else { continue };
        let Some(table) = table(kind) else { continue };
        let (rid, scope): (Value, Value) = (state.rid.0.into(), state.scope.into());
        if state.effectively_deleted() {
            tx.execute(&format!("DELETE FROM {table} WHERE rid = $1"), &[rid])?;
            continue;
        }
        let values = shown_values(kind, state);
        let text = |column: &str| values.text(column);
        match table {
            HOUSEHOLDS => {
                let (code, source_code) = (text("code"), text("source_code"));
                let folded = words_of(&[code.as_deref(), source_code.as_deref()]);
                households.push([rid, scope, code.into(), source_code.into(), reference(&values, "village"), folded.into()]);
            }
            PEOPLE => {
                let folded = words_of(&[text("full_name").as_deref()]);
                people.push([rid, scope, text("full_name").into(), text("birth_date").into(), merged_into(state), folded.into()]);
            }
            MEMBERS => {
                let household = state.parent.map(|parent| parent.0).into();
                let (relationship, to_on) = (text("relationship_to_head").into(), text("to_on").into());
                members.push([rid, household, reference(&values, "person"), relationship, to_on]);
            }
            _ => villages.push([rid, scope, text("name").into()]),
        }
    }
    rows::insert(
        tx,
        "INSERT INTO household_line(rid, scope, code, source_code, village, folded)",
        households,
        "ON CONFLICT (rid) DO UPDATE SET scope = excluded.scope, code = excluded.code, source_code = excluded.source_code, \
         village = excluded.village, folded = excluded.folded",
    )?;
    rows::insert(
        tx,
        "INSERT INTO person_line(rid, scope, full_name, birth, merged_into, folded)",
        people,
        "ON CONFLICT (rid) DO UPDATE SET scope = excluded.scope, full_name = excluded.full_name, birth = excluded.birth, \
         merged_into = excluded.merged_into, folded = excluded.folded",
    )?;
    rows::insert(
        tx,
        "INSERT INTO member_line(rid, household, person, relationship, to_on)",
        members,
        "ON CONFLICT (rid) DO UPDATE SET household = excluded.household, person = excluded.person, \
         relationship = excluded.relationship, to_on = excluded.to_on",
    )?;
    rows::insert(
        tx,
        "INSERT INTO village_line(rid, scope, name)",
        villages,
        "ON CONFLICT (rid) DO UPDATE SET scope = excluded.scope, name = excluded.name",
    )
}

const HOUSEHOLDS: &str = "household_line";
const PEOPLE: &str = "person_line";
const MEMBERS: &str = "member_line";
const VILLAGES: &str = "village_line";

/// The table of a kind's lines.
fn table(kind: &registry::Kind) -> Option<&'static str> {
    match kind.name {
        "household" => Some(HOUSEHOLDS),
        "person" => Some(PEOPLE),
        "household_member" => Some(MEMBERS),
        "village" => Some(VILLAGES),
        _ => None,
    }
}

/// The shown values of a record as far as this program understands them.
fn shown_values(kind: &'static registry::Kind, state: &RecordState) -> Values {
    let mut row = Values::new(kind);
    for field in kind.fields {
        let shown = state.shown(field.fid).and_then(|head| head.value.as_deref());
        if let Ok(values) = sync::value::decode_field(field, shown) {
            for (column, value) in field.columns.iter().zip(values) {
                row.set(column.name, value);
            }
        }
    }
    row
}

/// Who an entry was given up for.
fn merged_into(state: &RecordState) -> Value {
    let shown = state.shown(registry::MERGED_INTO).and_then(|head| head.value.as_deref());
    match shown.and_then(|bytes| sync::value::decode(ValueType::Ref, bytes).ok()) {
        Some(Shown::Ref(id)) => id.0.into(),
        _ => Value::Null,
    }
}

fn reference(values: &Values, column: &str) -> Value {
    match values.get(column) {
        Some(Shown::Ref(id)) => id.0.into(),
        _ => Value::Null,
    }
}

/// Folded words with a space before each, so that a prefix of a word is found by `% prefix%`.
fn words_of(texts: &[Option<&str>]) -> String {
    let words: Vec<String> = texts.iter().flatten().map(|line| text::fold(line)).collect();
    format!(" {}", words.join(" "))
}

/// A household that was found, by its own codes or by one of its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The household's id; none where the person is in no household.
    pub household: Option<Vec<u8>>,
    /// The household's code.
    pub code: Option<String>,
    /// Its code in the list it came from.
    pub source_code: Option<String>,
    /// Name of its village.
    pub village: Option<String>,
    /// Name of the commune.
    pub commune: String,
    /// The commune's code.
    pub commune_code: Option<String>,
    /// The person's id; none where the household's own codes fit.
    pub person: Option<Vec<u8>>,
    /// The person's name.
    pub full_name: Option<String>,
    /// The person's birth, as precisely as known.
    pub birth: Option<String>,
    /// The person's relation to the head.
    pub relationship: Option<String>,
}

const GET_PERSON: &str =
    "SELECT s.name, s.code, p.rid, p.full_name, p.birth FROM person_line p JOIN scope s ON s.id = p.scope WHERE p.rid = $1";
const HOMES: &str = "SELECT h.rid, h.code, h.source_code, v.name, m.relationship \
     FROM member_line m JOIN household_line h ON h.rid = m.household LEFT JOIN village_line v ON v.rid = h.village \
     WHERE m.person = $1 AND m.to_on IS NULL ORDER BY h.rid";
const FIND_HOUSEHOLDS: &str = "SELECT h.rid, h.code, h.source_code, v.name, s.name, s.code \
     FROM household_line h JOIN scope s ON s.id = h.scope LEFT JOIN village_line v ON v.rid = h.village";

/// Finds households of the whole province as a person types: words in any order, beginnings of words, marks and case do not
/// matter. People come first, by name; who was merged is found by either name, once. A text without letters or digits finds nothing.
pub fn find_households(tx: &mut dyn Tx, typed: &str, limit: usize) -> Result<Vec<Found>> {
    let folded = text::fold(typed);
    let words: Vec<Value> = folded.split_whitespace().map(|word| format!("% {word}%").into()).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let all = |column: &str| (1..=words.len()).map(|i| format!("{column} LIKE ${i}")).collect::<Vec<_>>().join(" AND ");
    let args: Vec<Value> = words.iter().cloned().chain([(limit as u64).into()]).collect();
    let last = args.len();
    let people = format!("SELECT p.rid FROM person_line p WHERE {} ORDER BY p.folded, p.rid LIMIT ${last}", all("p.folded"));
    let households = format!("{FIND_HOUSEHOLDS} WHERE {} ORDER BY h.code, h.rid LIMIT ${last}", all("h.folded"));
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for row in tx.query(&people, &args)? {
        let person = standing(tx, row.blob(0)?)?;
        if told.insert(person.clone()) {
            found.extend(person_in_homes(tx, &person)?);
        }
    }
    for row in tx.query(&households, &args)? {
        found.push(found_household(&row)?);
    }
    found.truncate(limit);
    Ok(found)
}

fn found_household(row: &Row) -> Result<Found> {
    Ok(Found {
        household: row.opt_blob(0)?,
        code: row.opt_text(1)?,
        source_code: row.opt_text(2)?,
        village: row.opt_text(3)?,
        commune: row.text(4)?,
        commune_code: row.opt_text(5)?,
        person: None,
        full_name: None,
        birth: None,
        relationship: None,
    })
}

/// The entry that stands for one: where giving up leads, or the smallest id of a ring, as on every device.
fn standing(tx: &mut dyn Tx, person: Vec<u8>) -> Result<Vec<u8>> {
    let mut path = vec![person];
    loop {
        let Some(at) = path.last().cloned() else { return Ok(Vec::new()) };
        let rows = tx.query("SELECT merged_into FROM person_line WHERE rid = $1", &[at.clone().into()])?;
        let Some(next) = rows.first().map(|row| row.opt_blob(0)).transpose()?.flatten() else {
            // An entry given up for somebody who is not here stands for itself.
            return Ok(if rows.is_empty() { path.iter().rev().nth(1).cloned().unwrap_or(at) } else { at });
        };
        if let Some(begin) = path.iter().position(|seen| *seen == next) {
            return Ok(path.iter().skip(begin).min().cloned().unwrap_or(next));
        }
        path.push(next);
    }
}

/// A person in each household they are in, by a membership of theirs or of an entry given up for them; once without one.
fn person_in_homes(tx: &mut dyn Tx, person: &[u8]) -> Result<Vec<Found>> {
    let mut entries = vec![person.to_vec()];
    let mut at = 0;
    while let Some(entry) = entries.get(at).cloned() {
        for row in tx.query("SELECT rid FROM person_line WHERE merged_into = $1 ORDER BY rid", &[entry.into()])? {
            let other = row.blob(0)?;
            if !entries.contains(&other) {
                entries.push(other);
            }
        }
        at += 1;
    }
    let rows = tx.query(GET_PERSON, &[person.to_vec().into()])?;
    let Some(row) = rows.first() else { return Ok(Vec::new()) };
    let alone = Found {
        household: None,
        code: None,
        source_code: None,
        village: None,
        commune: row.text(0)?,
        commune_code: row.opt_text(1)?,
        person: row.opt_blob(2)?,
        full_name: row.opt_text(3)?,
        birth: row.opt_text(4)?,
        relationship: None,
    };
    let mut homes: Vec<Found> = Vec::new();
    for entry in entries {
        for home in tx.query(HOMES, &[entry.into()])? {
            let household = home.opt_blob(0)?;
            if homes.iter().all(|known| known.household != household) {
                homes.push(Found {
                    household,
                    code: home.opt_text(1)?,
                    source_code: home.opt_text(2)?,
                    village: home.opt_text(3)?,
                    relationship: home.opt_text(4)?,
                    ..alone.clone()
                });
            }
        }
    }
    Ok(if homes.is_empty() { vec![alone] } else { homes })
}
