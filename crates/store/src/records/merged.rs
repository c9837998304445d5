//! Records given up for another (bản ghi đã gộp): which one stands for which.
//!
//! Owes its callers: the table `merged` agrees with the values of `merged_into` after every write, own or pulled, and of
//! every ring exactly one record is live on every device: two offices may merge a pair in opposite directions (ADR 0077).
//! Would surprise: references and children of what was given up stay as they are. They are read through [`ALL_OF`].

use std::collections::BTreeSet;

use domain::registry::MERGED_INTO;
use domain::{RecordId, Value, ValueType};
use rusqlite::{Connection, OptionalExtension};
use sync::RecordState;

use super::Life;
use crate::error::Result;

/// A subquery for the ids of a record (`?1`) and of all that were given up for it.
macro_rules! all_of {
    () => {
        "(SELECT ?1 UNION ALL SELECT m.rid FROM merged AS m WHERE m.survivor = ?1 AND m.rid <> ?1)"
    };
}
pub(crate) use all_of;

/// The record that an id stands for.
pub(crate) fn resolve(connection: &Connection, id: RecordId) -> Result<RecordId> {
    let mut statement = connection.prepare_cached("SELECT survivor FROM merged WHERE rid = ?1")?;
    let survivor: Option<[u8; 16]> = statement.query_row([id.0], |row| row.get(0)).optional()?;
    Ok(survivor.map_or(id, RecordId))
}

/// Records that were given up for this one, in the order of their ids.
pub(crate) fn given_up_for(connection: &Connection, id: RecordId) -> Result<Vec<RecordId>> {
    ids(connection, "SELECT rid FROM merged WHERE survivor = ?1 AND rid <> ?1 ORDER BY rid", id)
}

/// Whether a record that names another stands all the same, as the one of its ring.
pub(crate) fn stands(connection: &Connection, id: RecordId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM merged WHERE rid = ?1 AND survivor = ?1)")?;
    Ok(statement.query_row([id.0], |row| row.get(0))?)
}

/// Takes note of what a record names now. Gives all records that this concerns.
pub(crate) fn settle(connection: &Connection, state: &RecordState) -> Result<BTreeSet<RecordId>> {
    let id = state.rid;
    let named = match state.shown(MERGED_INTO).and_then(|head| head.value.as_deref()) {
        Some(bytes) if !state.effectively_deleted() => sync::value::decode(ValueType::Ref, bytes).ok(),
        _ => None,
    };
    let mut concerned = connected(connection, id)?;
    match named {
        Some(Value::Ref(target)) => connection
            .prepare_cached(
                "INSERT INTO merged(rid, target, survivor) VALUES (?1, ?2, ?2) \
                 ON CONFLICT(rid) DO UPDATE SET target = excluded.target",
            )?
            .execute([id.0, target.0])?,
        _ => connection.prepare_cached("DELETE FROM merged WHERE rid = ?1")?.execute([id.0])?,
    };
    concerned.extend(connected(connection, id)?);
    for one in &concerned {
        if target_of(connection, *one)?.is_none() {
            continue;
        }
        let survivor = end_of(connection, *one)?;
        connection.prepare_cached("UPDATE merged SET survivor = ?2 WHERE rid = ?1")?.execute([one.0, survivor.0])?;
        let life = if survivor == *one { Life::Live } else { Life::Merged };
        connection
            .prepare_cached("UPDATE rec SET life = ?2 WHERE rid = ?1 AND life IN (0, 3)")?
            .execute(rusqlite::params![one.0, life.number()])?;
    }
    Ok(concerned)
}

/// All records that are linked with one by naming or being named.
fn connected(connection: &Connection, id: RecordId) -> Result<BTreeSet<RecordId>> {
    let mut found = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(one) = open.pop() {
        let named = target_of(connection, one)?;
        let naming = ids(connection, "SELECT rid FROM merged WHERE target = ?1 ORDER BY rid", one)?;
        open.extend(named.into_iter().chain(naming).filter(|other| found.insert(*other)));
    }
    Ok(found)
}

/// Where naming leads from a record: its end, or the smallest id of the ring.
fn end_of(connection: &Connection, id: RecordId) -> Result<RecordId> {
    let mut path = vec![id];
    let mut at = id;
    while let Some(next) = target_of(connection, at)? {
        if let Some(begin) = path.iter().position(|seen| *seen == next) {
            return Ok(path.iter().skip(begin).min().copied().unwrap_or(next));
        }
        path.push(next);
        at = next;
    }
    Ok(at)
}

fn target_of(connection: &Connection, id: RecordId) -> Result<Option<RecordId>> {
    let mut statement = connection.prepare_cached("SELECT target FROM merged WHERE rid = ?1")?;
    let target: Option<[u8; 16]> = statement.query_row([id.0], |row| row.get(0)).optional()?;
    Ok(target.map(RecordId))
}

fn ids(connection: &Connection, sql: &str, id: RecordId) -> Result<Vec<RecordId>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id.0], |row| row.get::<_, [u8; 16]>(0))?;
    Ok(rows.map(|id| id.map(RecordId)).collect::<rusqlite::Result<_>>()?)
}
