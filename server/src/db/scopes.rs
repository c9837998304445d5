//! Scopes: their sequence, digest and epoch line.
//!
//! The sequence is a counter *row*. Whoever takes numbers holds the row's lock until commit, so a later number can only be taken
//! after the earlier transaction has become visible: no gaps, no late arrivals. Never replace it by a database sequence.

use sync::line::{Epoch, Line};

use super::{Row, Tx};
use crate::error::Result;

/// The province's own scope: reference data that every device reads.
pub const PROVINCE: u32 = 0;

/// A scope as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The unit's permanent number; 0 for the province.
    pub id: u32,
    /// Commune code on the day it was added.
    pub code: Option<String>,
    /// Name on that day.
    pub name: String,
    /// Last number given.
    pub seq: u64,
    /// Sum of the digests of its records.
    pub digest: [u8; 16],
    /// How many records the digest covers.
    pub n: u64,
    /// First number still in the log.
    pub log_from: u64,
}

const COLUMNS: &str = "id, code, name, seq, digest, n, log_from";

fn from_row(row: &Row) -> Result<Scope> {
    Ok(Scope {
        id: row.number(0)?,
        code: row.opt_text(1)?,
        name: row.text(2)?,
        seq: row.number(3)?,
        digest: row.array(4)?,
        n: row.number(5)?,
        log_from: row.number(6)?,
    })
}

/// Adds a scope with its first epoch; answers false where it is there already.
pub fn insert(tx: &mut dyn Tx, id: u32, code: Option<&str>, name: &str, epoch_id: u64) -> Result<bool> {
    let parent = (id != PROVINCE).then_some(PROVINCE);
    let added = tx.execute(
        "INSERT INTO scope(id, kind, parent, code, name, digest) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
        &[id.into(), parent.is_some().into(), parent.into(), code.into(), name.into(), [0u8; 16].into()],
    )?;
    if added == 1 {
        tx.execute("INSERT INTO epoch(scope, n, id, base_seq) VALUES ($1, 0, $2, 0)", &[id.into(), epoch_id.into()])?;
    }
    Ok(added == 1)
}

/// One scope.
pub fn find(tx: &mut dyn Tx, id: u32) -> Result<Option<Scope>> {
    let sql = format!("SELECT {COLUMNS} FROM scope WHERE id = $1");
    tx.find(&sql, &[id.into()])?.map(|row| from_row(&row)).transpose()
}

/// All scopes by number.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<Scope>> {
    let sql = format!("SELECT {COLUMNS} FROM scope ORDER BY id");
    tx.query(&sql, &[])?.iter().map(from_row).collect()
}

/// Locks a scope to the end of the transaction. Several are locked in ascending order, or two writers meet in a deadlock.
pub fn lock(tx: &mut dyn Tx, id: u32) -> Result<Option<Scope>> {
    let sql = format!("SELECT {COLUMNS} FROM scope WHERE id = $1 FOR UPDATE");
    tx.find(&sql, &[id.into()])?.map(|row| from_row(&row)).transpose()
}

/// Takes the next `count` numbers of a scope in one range; answers the last of them.
pub fn take_numbers(tx: &mut dyn Tx, id: u32, count: u64) -> Result<u64> {
    tx.get("UPDATE scope SET seq = seq + $1 WHERE id = $2 RETURNING seq", &[count.into(), id.into()])?.number(0)
}

/// Stores the digest of a locked scope.
pub fn update_digest(tx: &mut dyn Tx, id: u32, digest: &[u8; 16], n: u64) -> Result<()> {
    tx.execute("UPDATE scope SET digest = $1, n = $2 WHERE id = $3", &[(*digest).into(), n.into(), id.into()])?;
    Ok(())
}

/// Begins a new epoch at the scope's present number: what a restored database has to do before it serves, because the numbers
/// after this one were given to other ops before.
pub fn append_epoch(tx: &mut dyn Tx, id: u32, epoch_id: u64) -> Result<()> {
    tx.execute(
        "INSERT INTO epoch(scope, n, id, base_seq) \
         SELECT id, (SELECT count(*) FROM epoch WHERE scope = scope.id), $1, seq FROM scope WHERE id = $2",
        &[epoch_id.into(), id.into()],
    )?;
    Ok(())
}

/// The epoch line of a scope, oldest first.
pub fn epoch_line(tx: &mut dyn Tx, id: u32) -> Result<Line> {
    tx.query("SELECT id, base_seq FROM epoch WHERE scope = $1 ORDER BY n", &[id.into()])?
        .iter()
        .map(|row| Ok(Epoch { id: row.number(0)?, base: row.number(1)? }))
        .collect()
}
