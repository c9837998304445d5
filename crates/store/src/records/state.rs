//! The full state of a record, put together from its columns, clocks and heads, and taken apart again.
//!
//! Would surprise: `rec.ext` holds, besides fields that this program does not know, the values of the common fields life
//! and merged_into and whatever a column cannot give back exactly. The scope of a root is not in it unless it differs from
//! `rec.scope`; a null there says that the root never named one.

use std::collections::BTreeMap;

use domain::registry::{self, FIRST_OWN_FIELD, MERGED_INTO, SCOPE};
use domain::{RecordId, Row};
use rusqlite::{Connection, OptionalExtension, named_params};
use sync::cbor::{Reader, Writer};
use sync::{Clocks, Dot, Head, Op, RecordDigest, RecordState, Stamp};

use super::{Life, merged, table};
use crate::error::{Error, Result};
use crate::open::Tx;

/// What `ext` holds: null is a field that is known not to have been written.
pub(crate) type Extra = BTreeMap<u16, Option<Vec<u8>>>;

/// A record as loaded, to be changed and saved.
pub(crate) struct Loaded {
    pub(crate) lid: i64,
    pub(crate) state: RecordState,
    pub(crate) digest: RecordDigest,
    pub(crate) life: Life,
}

/// The row of `rec`.
pub(crate) struct Envelope {
    pub(crate) lid: i64,
    pub(crate) rid: RecordId,
    pub(crate) kind: u16,
    pub(crate) scope: u32,
    pub(crate) parent: Option<RecordId>,
    pub(crate) life: Life,
    pub(crate) nconf: i64,
    pub(crate) pend: i64,
    pub(crate) clk: Clocks,
    pub(crate) ext: Extra,
    pub(crate) digest: RecordDigest,
}

/// Columns of `rec` in the order of [`Envelope::from_row`].
pub(crate) const ENVELOPE: &str = "r.lid, r.rid, r.kind, r.scope, r.parent, r.life, r.nconf, r.pend, r.clk, r.ext, r.h";
/// How many they are.
pub(crate) const ENVELOPE_COLUMNS: usize = 11;

impl Envelope {
    pub(crate) fn from_row(row: &rusqlite::Row<'_>) -> Result<Self> {
        let rid: [u8; 16] = row.get("rid")?;
        let parent: Option<[u8; 16]> = row.get("parent")?;
        let ext = match row.get_ref("ext")?.as_blob_or_null().map_err(|_| Error::Damaged(None))? {
            Some(bytes) => decode_extra(bytes)?,
            None => Extra::new(),
        };
        Ok(Self {
            lid: row.get("lid")?,
            rid: RecordId(rid),
            kind: row.get("kind")?,
            scope: row.get("scope")?,
            parent: parent.map(RecordId),
            life: Life::of_number(row.get("life")?),
            nconf: row.get("nconf")?,
            pend: row.get("pend")?,
            clk: Clocks::decode(row.get_ref("clk")?.as_blob().map_err(|_| Error::Damaged(None))?)?,
            ext,
            digest: RecordDigest(row.get("h")?),
        })
    }

    pub(crate) fn find(connection: &Connection, id: RecordId) -> Result<Option<Self>> {
        let mut statement = connection.prepare_cached(
            "SELECT r.lid, r.rid, r.kind, r.scope, r.parent, r.life, r.nconf, r.pend, r.clk, r.ext, r.h \
             FROM rec AS r WHERE r.rid = ?1",
        )?;
        let mut rows = statement.query([id.0])?;
        rows.next()?.map(Self::from_row).transpose()
    }
}

/// A record's full state; `None` where there is no such record.
pub(crate) fn find(connection: &Connection, id: RecordId) -> Result<Option<Loaded>> {
    let Some(envelope) = Envelope::find(connection, id)? else { return Ok(None) };
    let mut values: Vec<(u16, Vec<u8>)> = Vec::new();
    if let Some(table) = registry::kind(envelope.kind).and_then(table::of) {
        let row = table.get(connection, envelope.lid)?;
        for (field, held) in row.fields() {
            if let Some(value) = sync::value::encode_field(held) {
                values.push((field.fid, value));
            }
        }
    }
    if envelope.parent.is_none() && !envelope.ext.contains_key(&SCOPE) {
        values.push((SCOPE, sync::value::encode_scope(envelope.scope)));
    }
    values.extend(envelope.ext.into_iter().filter_map(|(fid, value)| Some((fid, value?))));
    let several = match envelope.clk.several().next() {
        Some(_) => heads(connection, envelope.lid)?,
        None => Vec::new(),
    };
    let state = envelope.clk.state(envelope.rid, envelope.kind, envelope.parent, envelope.scope, values, several);
    Ok(Some(Loaded { lid: envelope.lid, state, digest: envelope.digest, life: envelope.life }))
}

/// All rows of a record in the table `head`.
pub(crate) fn heads(connection: &Connection, lid: i64) -> Result<Vec<(u16, Head)>> {
    let mut statement =
        connection.prepare_cached("SELECT fid, dno, dseq, eff, uid, value FROM head WHERE lid = ?1 ORDER BY fid, dno, dseq")?;
    let rows = statement.query_map([lid], |row| {
        let dot = Dot::new(row.get("dno")?, row.get::<_, i64>("dseq")?.unsigned_abs());
        let head = Head { dot, eff: row.get("eff")?, uid: row.get("uid")?, value: row.get("value")?, ctx: None };
        Ok((row.get("fid")?, head))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes a record that this device makes now: what [`save`] would write of the state after its only op.
pub(crate) fn insert(tx: &Tx<'_>, op: &Op, scope: u32, row: &Row) -> Result<Saved> {
    let created = Stamp { dot: op.dot, eff: op.at, uid: op.uid };
    let clk = Clocks { created, marks: BTreeMap::new(), contexts: BTreeMap::new() };
    let digest = RecordState::created_digest(op, op.at, scope);
    let parent = op.parent.as_ref().map(|parent| parent.0.as_slice());
    tx.statements.run(
        "INSERT INTO rec(rid, kind, scope, parent, life, nconf, pend, clk, ext, h) \
         VALUES (?1, ?2, ?3, ?4, 0, 0, 1, ?5, NULL, ?6)",
        rusqlite::params![op.rid.0.as_slice(), op.kind, scope, parent, clk.encode(), digest.0.as_slice()],
    )?;
    let lid = tx.connection().last_insert_rowid();
    let table = table::of(row.kind).ok_or(Error::UnknownKind)?;
    table.insert_next(&tx.statements, lid, row)?;
    Ok(Saved { lid, digest, life: Life::Live })
}

/// Writes a state down: a new record where `lid` is `None`. `sent` adds to the ops that wait (−1, 0, 1).
pub(crate) fn save(connection: &Connection, lid: Option<i64>, state: &RecordState, waits: i64) -> Result<Saved> {
    let (row, ext) = shown(state);
    let clk = Clocks::of(state);
    let life = match life(state) {
        Life::Merged if merged::stands(connection, state.rid)? => Life::Live,
        life => life,
    };
    let conflicts = state.conflicts().len() + usize::from(is_half_deleted(state));
    let digest = state.digest();
    let ext = (!ext.is_empty()).then(|| encode_extra(&ext));
    let values = named_params! {
        ":scope": state.scope,
        ":life": life.number(),
        ":nconf": i64::try_from(conflicts).unwrap_or(i64::MAX),
        ":clk": clk.encode(),
        ":ext": ext,
        ":h": digest.0,
        ":waits": waits,
    };
    let table = row.as_ref().and_then(|row| table::of(row.kind));
    let lid = match lid {
        None => {
            let mut statement = connection.prepare_cached(
                "INSERT INTO rec(rid, kind, scope, parent, life, nconf, pend, clk, ext, h) \
                 VALUES (:rid, :kind, :scope, :parent, :life, :nconf, :waits, :clk, :ext, :h)",
            )?;
            let parent = state.parent.map(|parent| parent.0);
            let own = named_params! { ":rid": state.rid.0, ":kind": state.kind, ":parent": parent };
            statement.execute([own, values].concat().as_slice())?;
            let lid = connection.last_insert_rowid();
            if let (Some(table), Some(row)) = (table, &row) {
                table.insert(connection, lid, row)?;
            }
            lid
        }
        Some(lid) => {
            let mut statement = connection.prepare_cached(
                "UPDATE rec SET scope = :scope, life = :life, nconf = :nconf, pend = max(pend + :waits, 0), \
                 clk = :clk, ext = :ext, h = :h WHERE lid = :lid",
            )?;
            statement.execute([named_params! { ":lid": lid }, values].concat().as_slice())?;
            if let (Some(table), Some(row)) = (table, &row) {
                table.update(connection, lid, row)?;
            }
            connection.prepare_cached("DELETE FROM head WHERE lid = ?1")?.execute([lid])?;
            lid
        }
    };
    write_heads(connection, lid, state, &clk)?;
    Ok(Saved { lid, digest, life })
}

/// Writes only the clocks, heads and digest of a record whose values are as they were.
pub(crate) fn rewrite(connection: &Connection, lid: i64, state: &RecordState) -> Result<RecordDigest> {
    let clk = Clocks::of(state);
    let digest = state.digest();
    connection.prepare_cached("UPDATE rec SET clk = ?1, h = ?2 WHERE lid = ?3")?.execute(rusqlite::params![
        clk.encode(),
        digest.0,
        lid
    ])?;
    connection.prepare_cached("DELETE FROM head WHERE lid = ?1")?.execute([lid])?;
    write_heads(connection, lid, state, &clk)?;
    Ok(digest)
}

fn write_heads(connection: &Connection, lid: i64, state: &RecordState, clk: &Clocks) -> Result<()> {
    for fid in clk.several() {
        for head in state.heads_of(fid) {
            connection
                .prepare_cached(
                    "INSERT INTO head(lid, fid, dno, dseq, eff, uid, value) \
                     VALUES (:lid, :fid, :dno, :dseq, :eff, :uid, :value)",
                )?
                .execute(named_params! {
                    ":lid": lid, ":fid": fid, ":dno": head.dot.dno, ":dseq": signed(head.dot.dseq),
                    ":eff": head.eff, ":uid": head.uid, ":value": head.value,
                })?;
        }
    }
    Ok(())
}

/// What [`save`] wrote.
pub(crate) struct Saved {
    pub(crate) lid: i64,
    pub(crate) digest: RecordDigest,
    pub(crate) life: Life,
}

/// A counter as SQLite holds it. Counters are bounded by 2^63 where they enter.
pub(crate) fn signed(counter: u64) -> i64 {
    i64::try_from(counter).unwrap_or(i64::MAX)
}

/// Whether somebody deleted what somebody else edited.
pub(crate) fn is_half_deleted(state: &RecordState) -> bool {
    state.is_marked_deleted() && !state.effectively_deleted()
}

/// How a record of this state stands, but for the one of a ring ([`merged::stands`]).
fn life(state: &RecordState) -> Life {
    if state.effectively_deleted() {
        Life::Deleted
    } else if state.shown(MERGED_INTO).is_some_and(|head| head.value.is_some()) {
        Life::Merged
    } else {
        Life::Live
    }
}

/// The values shown in columns, and what is left for `ext`.
fn shown(state: &RecordState) -> (Option<Row>, Extra) {
    let mut extra = Extra::new();
    let mut row = registry::kind(state.kind).map(Row::new);
    for (fid, heads) in &state.heads {
        let Some(bytes) = state.shown(*fid).and_then(|head| head.value.as_deref()) else { continue };
        let held = row.as_mut().is_some_and(|row| put(row, *fid, bytes));
        if !held && heads.len() == 1 {
            extra.insert(*fid, Some(bytes.to_vec()));
        }
    }
    if state.parent.is_none() {
        let derived = sync::value::encode_scope(state.scope);
        match state.heads_of(SCOPE) {
            [] => drop(extra.insert(SCOPE, None)),
            _ if extra.get(&SCOPE) == Some(&Some(derived)) => drop(extra.remove(&SCOPE)),
            [head] if head.value.is_none() => drop(extra.insert(SCOPE, None)),
            _ => {}
        }
    }
    (row, extra)
}

/// Puts a field's bytes into its columns, where they hold them exactly.
fn put(row: &mut Row, fid: u16, bytes: &[u8]) -> bool {
    if fid < FIRST_OWN_FIELD {
        return false;
    }
    let Some(field) = row.kind.field(fid) else { return false };
    let Some(values) = table::columns_hold(field, bytes) else { return false };
    let Some(first) = row.kind.first_position(fid) else { return false };
    for (place, value) in row.values.iter_mut().skip(first).zip(values) {
        *place = value;
    }
    true
}

fn encode_extra(extra: &Extra) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.map(extra.len());
    for (fid, value) in extra {
        writer.uint(u64::from(*fid)).raw_or_null(value.as_deref());
    }
    writer.into_bytes()
}

fn decode_extra(bytes: &[u8]) -> Result<Extra> {
    let mut reader = Reader::new(bytes);
    let mut before = None;
    let mut extra = Extra::new();
    for _ in 0..reader.map()? {
        let fid = u16::try_from(reader.key(&mut before)?).map_err(|_| Error::Damaged(None))?;
        let value = reader.item(sync::cbor::MAX_DEPTH)?;
        extra.insert(fid, (value != [sync::cbor::NULL]).then(|| value.to_vec()));
    }
    Ok(extra)
}

/// The local number and digest of a record by its id.
pub(crate) fn find_lid(connection: &Connection, id: RecordId) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT lid FROM rec WHERE rid = ?1")?;
    Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
}
