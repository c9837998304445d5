//! The outbox (hộp chờ gửi): what waits for the province, sealed into batches whose bytes never change.
//!
//! Owes its callers: an op leaves only on a receipt that names its batch's hash; receipted batches stay for at least
//! [`SENT_LOG_DAYS`], so that a province restored from a backup gets them again.
//! Leaves to others: moving the bytes (`transport`).

use domain::RecordId;
use ed25519_dalek::SigningKey;
use rusqlite::{OptionalExtension, named_params};
use sync::batch::{self, NO_BATCH, Slot};
use sync::session::Unsent;
use sync::{BatchHash, Op, Receipt, UNENROLLED, limits};

use crate::error::{Error, Result};
use crate::meta;
use crate::open::{Tx, View};
use crate::records::state::{self, signed};
use crate::records::writing::DNO;

/// The registry's version: raised with every kind or field that is added.
pub const SCHEMA: u64 = 6;
/// Days that a receipted batch is kept, longer than the province's backup interval.
pub const SENT_LOG_DAYS: i64 = 90;
/// Ops read at once for sealing, at least: more than a batch and a group.
const WINDOW: usize = limits::BATCH_OPS + limits::GROUP_OPS as usize;

/// What waits for the province.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Ops.
    pub changes: u64,
    /// Acts of workers.
    pub acts: u64,
    /// When the oldest act was done.
    pub oldest_at_ms: Option<i64>,
}

impl View<'_> {
    /// What waits for the province. Costs the same however much it is.
    pub fn waiting(&self) -> Result<Waiting> {
        let mut statement = self.connection().prepare_cached(
            "SELECT f.n AS first_n, l.last_n, f.grp AS first_grp, l.grp AS last_grp, a.at \
             FROM outbox AS f JOIN outbox AS l LEFT JOIN act AS a ON a.id = f.grp \
             WHERE f.n = (SELECT min(n) FROM outbox) AND l.n = (SELECT max(n) FROM outbox)",
        )?;
        let found = statement.query_row([], |row| {
            let count = |first: &str, last: &str| -> rusqlite::Result<u64> {
                Ok((row.get::<_, i64>(last)? - row.get::<_, i64>(first)? + 1).unsigned_abs())
            };
            Ok(Waiting {
                changes: count("first_n", "last_n")?,
                acts: count("first_grp", "last_grp")?,
                oldest_at_ms: row.get("at")?,
            })
        });
        Ok(found.optional()?.unwrap_or_default())
    }

    /// The device's number; none until it is enrolled.
    pub fn device_number(&self) -> Result<Option<u32>> {
        Ok(meta::find(self.connection(), DNO)?.filter(|dno| *dno != UNENROLLED))
    }

    /// Sealed batches without a receipt, in order.
    pub fn list_unsent_batches(&self) -> Result<Vec<Unsent>> {
        let Some(dno) = self.device_number()? else { return Ok(Vec::new()) };
        let mut statement = self
            .connection()
            .prepare_cached("SELECT bno, hash, bytes FROM batch WHERE dno = ?1 AND receipt IS NULL ORDER BY bno")?;
        let rows = statement.query_map([dno], |row| {
            let bno: i64 = row.get("bno")?;
            Ok(Unsent { bno: bno.unsigned_abs(), hash: row.get("hash")?, bytes: row.get("bytes")? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The greatest batch number before the first without a receipt; 0 where there is none.
    pub fn receipted_batches(&self) -> Result<u64> {
        let Some(dno) = self.device_number()? else { return Ok(0) };
        let mut statement = self.connection().prepare_cached(
            "SELECT coalesce((SELECT min(bno) - 1 FROM batch WHERE dno = ?1 AND receipt IS NULL), \
             (SELECT max(bno) FROM batch WHERE dno = ?1), 0)",
        )?;
        let bno: i64 = statement.query_row([dno], |row| row.get(0))?;
        Ok(bno.unsigned_abs())
    }
}

impl Tx<'_> {
    /// Seals the next batch of what waits, at most 16 KiB unless a single group is larger. False when all is sealed, or
    /// the device has no number yet. Costs some 20 ms, so the caller takes a transaction for each.
    pub fn seal_next_batch(&self, key: &SigningKey) -> Result<bool> {
        let connection = self.connection();
        let Some(dno) = self.device_number()? else { return Ok(false) };
        let incarnation: Option<[u8; 16]> = meta::find(connection, meta::INCARNATION)?;
        let last: Option<(i64, BatchHash, i64)> = connection
            .prepare_cached("SELECT bno, hash, last_n FROM batch WHERE dno = ?1 ORDER BY bno DESC LIMIT 1")?
            .query_row([dno], |row| Ok((row.get("bno")?, row.get("hash")?, row.get("last_n")?)))
            .optional()?;
        let sealed_to: Option<i64> = connection
            .prepare_cached("SELECT max(last_n) FROM batch WHERE dno = ?1 AND receipt IS NULL")?
            .query_row([dno], |row| row.get(0))?;
        let ops = self.unsealed(sealed_to.unwrap_or(0))?;
        let Some(first_n) = ops.first().map(|(n, _)| *n) else { return Ok(false) };
        let slot = Slot {
            bno: last.map_or(1, |(bno, ..)| bno.unsigned_abs() + 1),
            prev: last.map_or(NO_BATCH, |(_, hash, _)| hash),
            schema: SCHEMA,
            incarnation: incarnation.unwrap_or_default(),
        };
        let (numbers, ops): (Vec<i64>, Vec<Op>) = ops.into_iter().unzip();
        let sealed = batch::seal(&slot, &ops, key)?;
        let taken = usize::try_from(sealed.header.ops).unwrap_or(usize::MAX);
        let last_n = taken.checked_sub(1).and_then(|last| numbers.get(last)).copied().ok_or(Error::Damaged(None))?;
        connection
            .prepare_cached(
                "INSERT INTO batch(dno, bno, first_n, last_n, last_dseq, hash, bytes) \
                 VALUES (:dno, :bno, :first_n, :last_n, :last_dseq, :hash, :bytes)",
            )?
            .execute(named_params! {
                ":dno": dno, ":bno": signed(sealed.header.bno), ":first_n": first_n, ":last_n": last_n,
                ":last_dseq": signed(sealed.header.last_dseq()), ":hash": sealed.hash, ":bytes": sealed.bytes,
            })?;
        Ok(true)
    }

    /// Ops after a number of the outbox, whole groups only.
    fn unsealed(&self, after: i64) -> Result<Vec<(i64, Op)>> {
        let mut statement = self.connection().prepare_cached("SELECT n, grp, ops FROM outbox WHERE n > ?1 ORDER BY n")?;
        let mut rows = statement.query([after])?;
        let (mut ops, mut groups) = (Vec::new(), Vec::new());
        while ops.len() < WINDOW
            && let Some(row) = rows.next()?
        {
            let (first, grp): (i64, i64) = (row.get("n")?, row.get("grp")?);
            for (n, op) in (first..).zip(Op::decode_all(row.get_ref("ops")?.as_blob().map_err(|_| Error::Damaged(None))?)?) {
                groups.push(grp);
                ops.push((n, op));
            }
        }
        if ops.len() >= WINDOW {
            // The last group may go on behind the window, where it was written op by op.
            let whole = groups.iter().rposition(|grp| Some(grp) != groups.last()).map_or(0, |last| last + 1);
            ops.truncate(whole);
        }
        Ok(ops)
    }

    /// Takes a receipt: the ops of its batch leave the outbox. A receipt of another batch is refused; one that is known
    /// changes nothing.
    pub fn accept_receipt(&self, receipt: &Receipt) -> Result<()> {
        let connection = self.connection();
        let dno = self.device_number()?.ok_or(Error::ForeignReceipt)?;
        let found: Option<(BatchHash, bool, i64, i64, i64)> = connection
            .prepare_cached(
                "SELECT hash, receipt IS NOT NULL AS known, first_n, last_n, last_dseq FROM batch \
                 WHERE dno = ?1 AND bno = ?2",
            )?
            .query_row(rusqlite::params![dno, signed(receipt.bno)], |row| {
                let known = row.get("known")?;
                Ok((row.get("hash")?, known, row.get("first_n")?, row.get("last_n")?, row.get("last_dseq")?))
            })
            .optional()?;
        let (hash, known, first_n, last_n, last_dseq) = found.ok_or(Error::ForeignReceipt)?;
        if hash != receipt.hash {
            return Err(Error::ForeignReceipt);
        }
        if known {
            return Ok(());
        }
        connection
            .prepare_cached("UPDATE batch SET receipt = :receipt, receipted_at = :at WHERE dno = :dno AND bno = :bno")?
            .execute(named_params! {
                ":receipt": receipt.encode(), ":at": self.author().at_ms, ":dno": dno, ":bno": signed(receipt.bno),
            })?;
        // Counters of one batch are gapless, and so are its numbers in the outbox.
        let place = |dseq: u64| signed(dseq) - last_dseq + last_n;
        for (dseq, eff) in &receipt.clamped {
            self.take_over_stamp(place(*dseq), sync::Dot::new(dno, *dseq), *eff)?;
        }
        for (dseq, reason) in &receipt.quarantined {
            self.note_quarantine(place(*dseq), *reason)?;
        }
        self.take_out(first_n, last_n)?;
        self.touch("sync");
        self.touch("households");
        self.touch("people");
        Ok(())
    }

    /// Removes a range of the outbox, whole acts, and counts it off the records it waited for.
    pub(crate) fn take_out(&self, first_n: i64, last_n: i64) -> Result<()> {
        let connection = self.connection();
        let mut read = connection.prepare_cached("SELECT ops FROM outbox WHERE n >= ?1 AND last_n <= ?2 AND n <= ?2")?;
        let mut count = connection.prepare_cached("UPDATE rec SET pend = max(pend - 1, 0) WHERE rid = ?1")?;
        let mut rows = read.query([first_n, last_n])?;
        while let Some(row) = rows.next()? {
            for op in Op::decode_all(row.get_ref("ops")?.as_blob().map_err(|_| Error::Damaged(None))?)? {
                count.execute([op.rid.0])?;
            }
        }
        let sql = "DELETE FROM outbox WHERE n >= ?1 AND last_n <= ?2 AND n <= ?2";
        connection.prepare_cached(sql)?.execute([first_n, last_n])?;
        Ok(())
    }

    /// Gives an op of this device the stamp that the province set for everyone.
    fn take_over_stamp(&self, place: i64, dot: sync::Dot, eff: i64) -> Result<()> {
        let connection = self.connection();
        let waiting = self.waiting_record(place)?.map(|rid| state::find(connection, rid)).transpose()?.flatten();
        if let Some(state::Loaded { lid, mut state, digest, .. }) = waiting
            && state.set_eff(dot, eff)
        {
            let saved = state::save(connection, Some(lid), &state, 0)?;
            let mut writing = self.writing.borrow_mut();
            writing.count(connection, state.scope, Some(digest), Some(saved.digest))?;
        }
        let parameters = named_params! { ":eff": eff, ":dno": dot.dno, ":dseq": signed(dot.dseq) };
        connection.prepare_cached("UPDATE history SET at = :eff WHERE dno = :dno AND dseq = :dseq")?.execute(parameters)?;
        connection
            .prepare_cached("UPDATE history SET old_eff = :eff WHERE old_dno = :dno AND old_dseq = :dseq")?
            .execute(parameters)?;
        Ok(())
    }

    /// The record that an op of the outbox is about.
    fn waiting_record(&self, place: i64) -> Result<Option<RecordId>> {
        let sql = "SELECT n, ops FROM outbox WHERE n <= ?1 ORDER BY n DESC LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found: Option<(i64, Vec<u8>)> =
            statement.query_row([place], |row| Ok((row.get("n")?, row.get("ops")?))).optional()?;
        let Some((first, ops)) = found else { return Ok(None) };
        let ops = Op::decode_all(&ops)?;
        Ok((first..).zip(&ops).find(|(n, _)| *n == place).map(|(_, op)| op.rid))
    }

    fn note_quarantine(&self, place: i64, reason: sync::receipt::Reason) -> Result<()> {
        let lid = self.waiting_record(place)?.map(|rid| state::find_lid(self.connection(), rid)).transpose()?.flatten();
        let params = format!("{{\"reason\":{}}}", reason as u16);
        self.connection()
            .prepare_cached("INSERT INTO finding(code, lid, params, at) VALUES ('quarantined', :lid, :params, :at)")?
            .execute(named_params! { ":lid": lid, ":params": params, ":at": self.author().at_ms })?;
        Ok(())
    }

    /// Forgets batches that were receipted before the instant; the caller keeps [`SENT_LOG_DAYS`].
    pub fn prune_sent_log(&self, before_ms: i64) -> Result<usize> {
        // The last batch stays: its hash begins the next one.
        let mut statement = self.connection().prepare_cached(
            "DELETE FROM batch WHERE receipt IS NOT NULL AND receipted_at < ?1 \
             AND bno < (SELECT max(b.bno) FROM batch AS b WHERE b.dno = batch.dno)",
        )?;
        Ok(statement.execute([before_ms])?)
    }
}
