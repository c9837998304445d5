//! What a transaction remembers until it ends: its counter, the group being made, the digests it changes.
//!
//! Would surprise: a group's ops are written to the outbox when the group ends, because the first of them says how many
//! they are; the commit ends the last group.

use std::collections::{BTreeMap, HashMap};

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, named_params};
use sync::cbor::Writer;
use sync::{Dot, Op, RecordDigest, ScopeDigest, UNENROLLED, limits};

use super::state::signed;
use crate::error::{Error, Result};
use crate::open::Tx;
use crate::{derived, meta};

/// Number of this device.
pub(crate) const DNO: &str = "dno";
/// Counter of the next op.
pub(crate) const NEXT_DSEQ: &str = "next_dseq";

/// Where a root lies, for the children written under it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root {
    pub(crate) scope: u32,
    /// The scope head, unless the creating op wrote it.
    pub(crate) scope_dot: Option<Dot>,
}

/// State of a transaction that writes records.
#[derive(Default)]
pub(crate) struct Writing {
    device: Option<(u32, u64)>,
    first_dseq: u64,
    group: Vec<(i64, Op)>,
    /// Place of the next op in the outbox.
    next_place: Option<i64>,
    new_lids: Option<(i64, i64)>,
    digests: BTreeMap<u32, ScopeDigest>,
    ids: Ids,
    pub(crate) roots: HashMap<RecordId, Root>,
    pub(crate) derived: derived::Dirty,
    pub(crate) names: derived::Names,
    pub(crate) bulk: derived::Bulk,
    pub(crate) import: Option<i64>,
    pub(crate) undoes: Option<i64>,
    pub(crate) last_act: Option<i64>,
}

impl Writing {
    /// The identity of the op that is written next.
    pub(crate) fn next_dot(&mut self, connection: &Connection) -> Result<Dot> {
        let (dno, next) = match self.device {
            Some(device) => device,
            None => {
                let dno = meta::find(connection, DNO)?.unwrap_or(UNENROLLED);
                let next: i64 = meta::find(connection, NEXT_DSEQ)?.unwrap_or(1);
                self.first_dseq = next.unsigned_abs();
                (dno, next.unsigned_abs())
            }
        };
        self.device = Some((dno, next + 1));
        Ok(Dot::new(dno, next))
    }

    /// The number has changed: it is read anew.
    pub(crate) fn forget_device(&mut self) {
        self.device = None;
    }

    /// Takes an op into the group being made.
    pub(crate) fn push(&mut self, lid: i64, op: Op, is_new: bool) -> Result<()> {
        if self.group.len() >= limits::GROUP_OPS as usize {
            return Err(Error::TooMuchAtOnce);
        }
        op.check()?;
        self.group.push((lid, op));
        if is_new {
            self.new_lids = Some((self.new_lids.map_or(lid, |(first, _)| first), lid));
        }
        Ok(())
    }

    /// What was written in the group being made: number, kind, record, parent.
    pub(crate) fn group(&self) -> Vec<(i64, u16, RecordId, Option<RecordId>)> {
        self.group.iter().map(|(lid, op)| (*lid, op.kind, op.rid, op.parent)).collect()
    }

    /// Counts a record's change into its scope's digest.
    pub(crate) fn count(
        &mut self,
        connection: &Connection,
        scope: u32,
        old: Option<RecordDigest>,
        new: Option<RecordDigest>,
    ) -> Result<()> {
        let digest = match self.digests.entry(scope) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(scope_digest(connection, scope)?),
        };
        if let Some(old) = old {
            digest.sub(old);
        }
        if let Some(new) = new {
            digest.add(new);
        }
        Ok(())
    }

    /// A new id: ids of one transaction ascend, so that thousands of them append to the indexes.
    pub(crate) fn new_id(&mut self, at_ms: i64) -> Result<RecordId> {
        self.ids.next(at_ms)
    }
}

#[derive(Default)]
struct Ids {
    last: Option<(u64, u16)>,
    random: Vec<u8>,
}

/// Random bytes fetched at once.
const POOL: usize = 4096;

impl Ids {
    fn next(&mut self, at_ms: i64) -> Result<RecordId> {
        if self.random.len() < 10 {
            self.random.resize(POOL, 0);
            getrandom::fill(&mut self.random)?;
        }
        let mut bytes = [0; 10];
        let rest = self.random.len() - 10;
        bytes.copy_from_slice(self.random.get(rest..).unwrap_or(&[0; 10]));
        self.random.truncate(rest);
        // The 12 bits after the time count within the millisecond; 62 bits stay random.
        let (ms, count) = match self.last {
            Some((ms, 0x0fff)) => (ms + 1, u16::from_be_bytes([bytes[0] & 0x07, bytes[1]])),
            Some((ms, count)) => (ms, count + 1),
            None => (at_ms.unsigned_abs(), u16::from_be_bytes([bytes[0] & 0x07, bytes[1]])),
        };
        self.last = Some((ms, count));
        [bytes[0], bytes[1]] = count.to_be_bytes();
        Ok(RecordId::from_parts(ms, bytes))
    }
}

/// A place in the outbox is never given again: a batch in the sent log names the places of its ops, and a province that was
/// restored gets it once more.
fn next_place(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT max(coalesce((SELECT last_n FROM outbox ORDER BY n DESC LIMIT 1), 0), coalesce((SELECT max(last_n) FROM batch), 0)) + 1",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The digest of a scope as committed.
pub(crate) fn scope_digest(connection: &Connection, scope: u32) -> Result<ScopeDigest> {
    let mut statement = connection.prepare_cached("SELECT sum, n FROM scope_digest WHERE scope = ?1")?;
    let found = statement.query_row([scope], |row| Ok((row.get("sum")?, row.get::<_, i64>("n")?))).optional()?;
    Ok(found.map_or_else(ScopeDigest::default, |(sum, n)| ScopeDigest::from_parts(sum, n.unsigned_abs())))
}

impl Tx<'_> {
    /// Ends the group being made; what follows is another act. The whole of a group travels and becomes visible together.
    pub fn end_act(&self) -> Result<()> {
        let connection = self.connection();
        derived::write(self)?;
        let mut writing = self.writing.borrow_mut();
        writing.roots.clear();
        let mut group = std::mem::take(&mut writing.group);
        let len = u32::try_from(group.len()).map_err(|_| Error::TooMuchAtOnce)?;
        let Some((_, first)) = group.first_mut() else { return Ok(()) };
        first.group_len = len;
        let (dno, first_dseq) = (first.dot.dno, first.dot.dseq);
        let last_dseq = group.last().map_or(first_dseq, |(_, op)| op.dot.dseq);
        let new_lids = writing.new_lids.take();
        connection
            .prepare_cached(
                "INSERT INTO act(uid, at, import, dno, first_dseq, last_dseq, first_lid, last_lid, undoes) \
                 VALUES (:uid, :at, :import, :dno, :first_dseq, :last_dseq, :first_lid, :last_lid, :undoes)",
            )?
            .execute(named_params! {
                ":uid": self.author().uid, ":at": self.author().at_ms, ":import": writing.import,
                ":dno": dno, ":first_dseq": signed(first_dseq), ":last_dseq": signed(last_dseq),
                ":first_lid": new_lids.map(|(first, _)| first), ":last_lid": new_lids.map(|(_, last)| last),
                ":undoes": writing.undoes,
            })?;
        let act = connection.last_insert_rowid();
        writing.last_act = Some(act);
        let place = match writing.next_place {
            Some(place) => place,
            None => next_place(connection)?,
        };
        let mut ops = Writer::new();
        for (_, op) in &group {
            let begin = ops.len();
            op.write(&mut ops);
            if ops.len() - begin > limits::OP_BYTES || ops.len() > limits::GROUP_BYTES {
                return Err(Error::TooMuchAtOnce);
            }
        }
        let next = place + i64::from(len);
        self.statements.run(
            "INSERT INTO outbox(n, last_n, grp, ops) VALUES (?1, ?2, ?3, ?4)",
            rusqlite::params![place, next - 1, act, ops.into_bytes()],
        )?;
        writing.next_place = Some(next);
        Ok(())
    }

    /// What the commit waits for: the last group, the counter, the digests.
    pub(crate) fn finish_records(&self) -> Result<()> {
        self.end_act()?;
        let connection = self.connection();
        let mut writing = self.writing.borrow_mut();
        writing.bulk.finish(connection)?;
        if let Some((_, next)) = writing.device
            && next != writing.first_dseq
        {
            meta::set(connection, NEXT_DSEQ, signed(next))?;
        }
        for (scope, digest) in &writing.digests {
            connection
                .prepare_cached(
                    "INSERT INTO scope_digest(scope, sum, n) VALUES (:scope, :sum, :n) \
                     ON CONFLICT(scope) DO UPDATE SET sum = excluded.sum, n = excluded.n",
                )?
                .execute(named_params! { ":scope": scope, ":sum": digest.bytes(), ":n": signed(digest.count) })?;
        }
        Ok(())
    }
}
