//! A household's row in the list, and the parts of its codes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::registry::Record;
use domain::{PartialDate, RecordId, Row, Value, records};
use rusqlite::Connection;

use super::{
    Dirty, HOUSEHOLD, MEMBER, Names, PERSON, POVERTY_CLASS, changes, forget, index, live_row, next_year, reference, sooner,
    village, words,
};
use crate::error::Result;
use crate::open::Tx;
use crate::records::merged::{all_of, resolve};
use crate::records::table;

const INSERT: &str = "INSERT INTO household_list(lid, head, head_sort, code, village, village_sort, ethnic, members, class, due_on, gone, \
     heads, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
const OR_UPDATE: &str = " ON CONFLICT(lid) DO UPDATE SET head = excluded.head, head_sort = excluded.head_sort, code = excluded.code, village = excluded.village, \
     village_sort = excluded.village_sort, ethnic = excluded.ethnic, members = excluded.members, class = excluded.class, \
     due_on = excluded.due_on, gone = excluded.gone, heads = excluded.heads, changed = excluded.changed";

pub(super) fn write(tx: &Tx<'_>, dirty: &Dirty, names: &mut Names, id: RecordId) -> Result<()> {
    let (connection, at_ms) = (tx.connection(), tx.author().at_ms);
    let today = super::today(at_ms);
    let is_new = dirty.fresh.contains_key(&id);
    let Some((lid, row)) = live_row(connection, dirty, id, HOUSEHOLD)? else { return forget(connection, id) };

    let mut due = Some(next_year(today));
    // Somebody whom two offices put in twice is one; of a household that nobody lives in any more the last head is named.
    let (mut members, mut heads, mut head, mut last_head) = (BTreeSet::new(), BTreeSet::new(), None, None);
    for member in children(connection, dirty, id, MEMBER)? {
        let member = records::HouseholdMember::from_row(&member);
        let is_head = member.relationship_to_head.as_deref() == Some("head");
        if is_present(&member, today, &mut due) {
            members.insert(member.person);
            heads.extend(member.person.filter(|_| is_head));
            head = head.or(member.person.filter(|_| is_head));
        } else if is_head {
            last_head = member.person.or(last_head);
        }
    }
    if members.is_empty() {
        head = last_head;
    }
    // Where somebody lives all the same (another machine put them there), the household is not hidden.
    let gone = members.is_empty() && ["joined_into", "left_on"].iter().any(|column| row.get(column).is_some());
    let head = match head {
        Some(person) if !dirty.fresh.contains_key(&person) => Some(resolve(connection, person)?),
        head => head,
    };
    let head = match head {
        Some(person) => live_row(connection, dirty, person, PERSON)?,
        None => None,
    };
    let head_sort = head.as_ref().and_then(|(_, row)| text_of(row, "full_name")).map(|name| {
        let name = names.learn(name);
        names.sort_key(&name)
    });
    names.heads.insert(lid, head.as_ref().and_then(|(_, row)| birth_of(row)));
    let class = children(connection, dirty, id, POVERTY_CLASS)?
        .iter()
        .map(|row| records::PovertyClass::from_row(row))
        .filter(|class| class.year == Some(i64::from(today.year())))
        .filter_map(|class| class.class)
        .next_back();
    let village = match reference(&row, "village") {
        Some(id) => village(connection, dirty, names, id, today)?,
        None => None,
    };

    let changed = changes::changed_at(connection, id, is_new, at_ms)?;
    let values = rusqlite::params![
        lid,
        head.map(|(lid, _)| lid),
        head_sort.unwrap_or_default(),
        text_of(&row, "code").unwrap_or_default(),
        village.as_ref().map(|village| village.lid),
        village.as_ref().map(|village| village.sort.as_str()).unwrap_or_default(),
        text_of(&row, "ethnic_code"),
        i64::try_from(members.len()).unwrap_or(i64::MAX),
        class,
        due.unwrap_or(NaiveDate::MAX).to_string(),
        gone,
        i64::try_from(heads.len()).unwrap_or(i64::MAX),
        changed,
    ];
    // A row that is new needs no look for an old one.
    if is_new {
        tx.statements.run(INSERT, values)?;
    } else {
        connection.prepare_cached(&[INSERT, OR_UPDATE].concat())?.execute(values)?;
    }
    index(tx, lid, "", &codes(&row), is_new)
}

/// A person's birth.
pub(super) fn birth_of(row: &Row) -> Option<PartialDate> {
    match row.get("birth_date") {
        Some(Value::PartialDate(date)) => Some(*date),
        _ => None,
    }
}

/// The text of a column, without a copy.
pub(super) fn text_of<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    match row.get(column) {
        Some(Value::Text(text) | Value::Code(text)) => Some(text),
        _ => None,
    }
}

/// Parts of the label and of the code in the list it came from.
fn codes(row: &Row) -> String {
    let mut parts = String::new();
    for column in ["code", "source_code"] {
        if let Some(code) = text_of(row, column) {
            for word in words::folded(code) {
                words::push(&word, &mut parts);
            }
            words::push_endings(code, &mut parts);
        }
    }
    parts
}

/// Live children of one kind, also of what was given up for their parent; from memory where the act has just made their parent.
pub(super) fn children<'a>(connection: &Connection, dirty: &'a Dirty, parent: RecordId, kind: u16) -> Result<Vec<Cow<'a, Row>>> {
    if dirty.fresh.contains_key(&parent) {
        let mut children: Vec<_> =
            dirty.fresh.values().filter(|made| made.row.kind.number == kind && made.parent == Some(parent)).collect();
        children.sort_by_key(|made| made.lid);
        return Ok(children.into_iter().map(|made| Cow::Borrowed(&made.row)).collect());
    }
    let Some(table) = domain::registry::kind(kind).and_then(table::of) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {} FROM rec AS r JOIN {} AS t ON t.lid = r.lid \
         WHERE r.parent IN {} AND r.kind = ?2 AND r.life = 0 ORDER BY r.lid",
        table.columns,
        table.kind.name,
        all_of!()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params![parent.0, kind])?;
    let mut children = Vec::new();
    while let Some(found) = rows.next()? {
        children.push(Cow::Owned(table.row(found, 0)));
    }
    Ok(children)
}

/// Whether a member is there on the day; notes the day on which that changes.
pub(super) fn is_present(member: &records::HouseholdMember, today: NaiveDate, due: &mut Option<NaiveDate>) -> bool {
    let from = member.from_on.map(|date| date.first_day());
    let after = member.to_on.map(|date| date.last_day()).and_then(|last| last.succ_opt());
    for day in [from, after].into_iter().flatten() {
        sooner(due, day, today);
    }
    from.is_none_or(|from| from <= today) && after.is_none_or(|after| today < after)
}
