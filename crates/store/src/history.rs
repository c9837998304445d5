//! History (lịch sử) of fields: what each write replaced, by whom and when.
//!
//! Owes its callers: one row a write (several where it replaced several heads), for own and for pulled writes alike; the
//! creating writes have none, as nothing was there before. What nobody replaced is in the record itself.
//! Would surprise: the value that a write brought stands in the row of the write that replaced it, or in the record.

use std::collections::BTreeMap;

use domain::registry::{self, LIFE, MERGED_INTO, SCOPE};
use domain::{Kind, RecordId, Value};
use rusqlite::{Connection, named_params};
use sync::{Applied, Dot, Op, RecordState};

use crate::authors::{AuthorName, Authors};
use crate::error::Result;
use crate::open::View;
use crate::records::merged::{self, all_of};
use crate::records::state::{self, signed};
use crate::records::{Sight, is_protected};

/// What a change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The record was made.
    Made,
    /// A field was written.
    Written,
    /// A field was written, but somebody had replaced it before it arrived.
    Superseded,
    /// The record was deleted.
    Deleted,
    /// The record was brought back.
    Restored,
    /// The record was given up for another, or taken back.
    Merged,
    /// The record moved to another commune.
    Moved,
}

/// One change of one field.
#[derive(Debug, Clone)]
pub struct Change {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: &'static Kind,
    /// What was done.
    pub what: ChangeKind,
    /// The field, with [`ChangeKind::Written`] and [`ChangeKind::Superseded`].
    pub fid: Option<u16>,
    /// Values before, of the field's columns; empty where they are not known.
    pub old: Vec<Option<Value>>,
    /// Values written.
    pub new: Vec<Option<Value>>,
    /// Who.
    pub author: AuthorName,
    /// When, by the author's clock as far as the province believes it.
    pub at_ms: i64,
    /// The op: what an undo names.
    pub dot: Dot,
    /// Whether the value stands, so that it can be undone.
    pub stands: bool,
}

impl View<'_> {
    /// The changes of a record, of those given up for it, and of their children, the newest first. What is specially protected is left out of a plain
    /// sight, as if it had never been written.
    pub fn list_history(&self, id: RecordId, sight: Sight) -> Result<Vec<Change>> {
        let authors = self.authors()?;
        let connection = self.connection();
        let mut changes = record_history(connection, &authors, id, sight)?;
        for other in merged::given_up_for(connection, id)? {
            changes.extend(record_history(connection, &authors, other, sight)?);
        }
        let children: Vec<[u8; 16]> = connection
            .prepare_cached(concat!("SELECT rid FROM rec WHERE parent IN ", all_of!(), " ORDER BY lid"))?
            .query_map([id.0], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for child in children {
            changes.extend(record_history(connection, &authors, RecordId(child), sight)?);
        }
        changes.sort_by_key(|change| std::cmp::Reverse(change.at_ms));
        Ok(changes)
    }
}

/// What decides which of several heads is shown.
type Rank = (i64, Dot);

/// A row of the table, with its write's rows put together.
struct Write {
    fid: u16,
    dot: Dot,
    at_ms: i64,
    uid: u32,
    /// Heads replaced: stamp for ties, and value.
    old: Vec<(Rank, Option<Vec<u8>>)>,
    dead: Option<Option<Vec<u8>>>,
}

/// The newest change first.
fn record_history(connection: &Connection, authors: &Authors, id: RecordId, sight: Sight) -> Result<Vec<Change>> {
    let Some(loaded) = state::find(connection, id)? else { return Ok(Vec::new()) };
    let Some(kind) = registry::kind(loaded.state.kind) else { return Ok(Vec::new()) };
    if kind.restricted && sight == Sight::Plain {
        return Ok(Vec::new());
    }
    let state = &loaded.state;
    let writes = writes(connection, loaded.lid)?;
    let mut values: BTreeMap<(u16, Dot), Option<Vec<u8>>> = BTreeMap::new();
    for write in &writes {
        values.extend(write.old.iter().map(|((_, dot), value)| ((write.fid, *dot), value.clone())));
        values.extend(write.dead.iter().map(|value| ((write.fid, write.dot), value.clone())));
    }
    for (fid, heads) in &state.heads {
        values.extend(heads.iter().map(|head| ((*fid, head.dot), head.value.clone())));
    }
    let mut changes: Vec<Change> = Vec::new();
    for write in writes.iter().rev() {
        let new = values.get(&(write.fid, write.dot)).cloned().flatten();
        changes.extend(change(kind, state, authors, write, new, sight));
    }
    let created = state.created;
    changes.push(Change {
        record: id,
        kind,
        what: ChangeKind::Made,
        fid: None,
        old: Vec::new(),
        new: Vec::new(),
        author: authors.name(created.dot.dno, created.uid),
        at_ms: created.eff,
        dot: created.dot,
        stands: true,
    });
    Ok(changes)
}

fn change(
    kind: &'static Kind,
    state: &RecordState,
    authors: &Authors,
    write: &Write,
    new: Option<Vec<u8>>,
    sight: Sight,
) -> Option<Change> {
    let old = write.old.iter().max_by_key(|(rank, _)| *rank).and_then(|(_, value)| value.clone());
    let is_deletion = |value: &Option<Vec<u8>>| value.as_deref().is_some_and(sync::value::is_deletion);
    let (what, field) = match write.fid {
        LIFE if is_deletion(&new) => (ChangeKind::Deleted, None),
        LIFE => (ChangeKind::Restored, None),
        MERGED_INTO => (ChangeKind::Merged, None),
        SCOPE => (ChangeKind::Moved, None),
        fid => match write.dead {
            Some(_) => (ChangeKind::Superseded, Some(kind.field(fid)?)),
            None => (ChangeKind::Written, Some(kind.field(fid)?)),
        },
    };
    let decoded = |value: Option<&[u8]>| match field {
        Some(field) => sync::value::decode_field(field, value).unwrap_or_default(),
        None => Vec::new(),
    };
    let (old, new) = (decoded(old.as_deref()), decoded(new.as_deref()));
    if let Some(field) = field
        && sight == Sight::Plain
        && (is_protected(kind, field, &old) || is_protected(kind, field, &new))
    {
        return None;
    }
    Some(Change {
        record: state.rid,
        kind,
        what,
        fid: field.map(|field| field.fid),
        old,
        new,
        author: authors.name(write.dot.dno, write.uid),
        at_ms: write.at_ms,
        dot: write.dot,
        stands: state.heads_of(write.fid).iter().any(|head| head.dot == write.dot),
    })
}

/// The writes of a record in the order of their arrival.
fn writes(connection: &Connection, lid: i64) -> Result<Vec<Write>> {
    let mut statement = connection.prepare_cached(
        "SELECT fid, dno, dseq, at, uid, old_dno, old_dseq, old_eff, old_value, dead, dead_value \
         FROM history WHERE lid = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([lid])?;
    let mut writes: Vec<Write> = Vec::new();
    while let Some(row) = rows.next()? {
        let (fid, dot) = (row.get("fid")?, Dot::new(row.get("dno")?, row.get::<_, i64>("dseq")?.unsigned_abs()));
        let old = match (row.get("old_dno")?, row.get::<_, Option<i64>>("old_dseq")?) {
            (Some(dno), Some(dseq)) => {
                let rank = (row.get::<_, Option<i64>>("old_eff")?.unwrap_or(0), Dot::new(dno, dseq.unsigned_abs()));
                Some((rank, row.get("old_value")?))
            }
            _ => None,
        };
        match writes.last_mut() {
            Some(last) if (last.fid, last.dot) == (fid, dot) => last.old.extend(old),
            _ => writes.push(Write {
                fid,
                dot,
                at_ms: row.get("at")?,
                uid: row.get("uid")?,
                old: old.into_iter().collect(),
                dead: if row.get("dead")? { Some(row.get("dead_value")?) } else { None },
            }),
        }
    }
    Ok(writes)
}

/// Notes what an op did to a record.
pub(crate) fn record(connection: &Connection, lid: i64, op: &Op, eff: i64, applied: &Applied) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO history(lid, fid, dno, dseq, at, uid, old_dno, old_dseq, old_eff, old_uid, old_value, dead, \
         dead_value) \
         VALUES (:lid, :fid, :dno, :dseq, :at, :uid, :old_dno, :old_dseq, :old_eff, :old_uid, :old_value, :dead, \
         :dead_value)",
    )?;
    for write in &op.writes {
        let replaced = applied.replaced.iter().filter(|(fid, _)| *fid == write.fid).map(|(_, head)| Some(head));
        let dead = applied.dead.contains(&write.fid);
        let mut replaced: Vec<_> = replaced.collect();
        if replaced.is_empty() {
            replaced.push(None);
        }
        for old in replaced {
            statement.execute(named_params! {
                ":lid": lid, ":fid": write.fid, ":dno": op.dot.dno, ":dseq": signed(op.dot.dseq), ":at": eff,
                ":uid": op.uid, ":old_dno": old.map(|old| old.dot.dno),
                ":old_dseq": old.map(|old| signed(old.dot.dseq)), ":old_eff": old.map(|old| old.eff),
                ":old_uid": old.map(|old| old.uid), ":old_value": old.and_then(|old| old.value.as_deref()),
                ":dead": dead, ":dead_value": write.value.as_deref().filter(|_| dead),
            })?;
        }
    }
    Ok(())
}
