//! The log: every applied op in the sequence of its scope. Written only while the scope's row is locked.

use super::{Row, Tx, rows};
use crate::error::Result;

/// One entry of a scope's log. `body` is sealed where `kind` is restricted.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number in the scope.
    pub seq: u64,
    /// Device that wrote it.
    pub dno: u32,
    /// The device's counter.
    pub dseq: u64,
    /// The record.
    pub rid: [u8; 16],
    /// The record's kind.
    pub kind: u16,
    /// The author's clock.
    pub at: i64,
    /// The stamp for ties.
    pub eff: i64,
    /// The worker on that device.
    pub uid: u32,
    /// Number of the first op of its group.
    pub group: u64,
    /// Fids whose write was replaced before it arrived, two bytes each; none as a rule.
    pub dead: Option<Vec<u8>>,
    /// The op in full form.
    pub body: Vec<u8>,
}

/// Appends entries to the log of a locked scope.
pub fn insert(tx: &mut dyn Tx, scope: u32, entries: Vec<Entry>) -> Result<()> {
    let rows = entries.into_iter().map(|entry| {
        [
            scope.into(),
            entry.seq.into(),
            entry.dno.into(),
            entry.dseq.into(),
            entry.rid.into(),
            entry.kind.into(),
            entry.at.into(),
            entry.eff.into(),
            entry.uid.into(),
            entry.group.into(),
            entry.dead.into(),
            entry.body.into(),
        ]
    });
    rows::insert(tx, "INSERT INTO op(scope, seq, dno, dseq, rid, kind, at, eff, uid, grp, dead, body)", rows.collect(), "")
}

fn from_row(row: &Row) -> Result<Entry> {
    Ok(Entry {
        seq: row.number(0)?,
        dno: row.number(1)?,
        dseq: row.number(2)?,
        rid: row.array(3)?,
        kind: row.number(4)?,
        at: row.int(5)?,
        eff: row.int(6)?,
        uid: row.number(7)?,
        group: row.number(8)?,
        dead: row.opt_blob(9)?,
        body: row.blob(10)?,
    })
}

/// The next entries after `after`, at most `limit`, in order.
pub fn list_after(tx: &mut dyn Tx, scope: u32, after: u64, limit: usize) -> Result<Vec<Entry>> {
    tx.query(
        "SELECT seq, dno, dseq, rid, kind, at, eff, uid, grp, dead, body FROM op WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        &[scope.into(), after.into(), (limit as u64).into()],
    )?
    .iter()
    .map(from_row)
    .collect()
}
