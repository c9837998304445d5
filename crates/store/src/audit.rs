//! The audit (nhật ký truy cập): who saw what is protected, exported, changed rights. Append-only and hash-chained.
//!
//! Owes its callers: a row once written is never changed or deleted (the table's triggers refuse), and a row that was
//! changed behind the program's back breaks the chain. Rows are numbered from 1 in each incarnation of the store; the
//! first row after a restore names the head that was before.
//! Leaves to others: carrying the head to the province (the head is what makes a cut tail visible).

use domain::RecordId;
use rusqlite::{OptionalExtension, Row, named_params};
use sync::audit::{AuditHead, AuditRow, START, hash};

use crate::error::{Error, Result};
use crate::keys::hex;
use crate::meta;
use crate::open::{Tx, View};

/// A row of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Number, from 1 in each incarnation.
    pub n: u64,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// The worker; 0 is the program itself.
    pub uid: u32,
    /// Code of the act, such as `export` or `worker.remove`.
    pub act: String,
    /// Kind of the record concerned.
    pub kind: Option<u16>,
    /// The record concerned.
    pub rid: Option<RecordId>,
    /// The reason given.
    pub reason: Option<String>,
}

/// What is written into the audit.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewAuditEntry<'a> {
    /// Code of the act.
    pub act: &'a str,
    /// Kind and id of the record concerned.
    pub record: Option<(u16, RecordId)>,
    /// The reason given.
    pub reason: Option<&'a str>,
}

/// Where a page of the audit begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPlace {
    incarnation: Vec<u8>,
    at_ms: i64,
    n: u64,
}

/// A page of the audit, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The rows.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins; absent at the end.
    pub next: Option<AuditPlace>,
}

/// Which rows are looked for; an absent one lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// The worker; 0 is the program itself.
    pub uid: Option<u32>,
    /// Code of the act.
    pub act: Option<String>,
    /// Whose record, or whose children's.
    pub person: Option<RecordId>,
    /// From this instant on, milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Before this instant.
    pub before_ms: Option<i64>,
}

/// What a walk along the chains found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditVerdict {
    /// Rows that were looked at: all of them, or those up to the break.
    pub rows: u64,
    /// The first row that is not as it was written, or before which one is missing; none where all are whole.
    pub broken: Option<AuditBreak>,
    /// Head of the present chain, to compare with what the province has received.
    pub head: AuditHead,
}

/// Where a chain breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditBreak {
    /// Number of the row.
    pub n: u64,
    /// Its instant as it now stands.
    pub at_ms: i64,
}

/// The acts that the store itself writes down.
pub(crate) mod act {
    pub(crate) const CREATE: &str = "store.create";
    pub(crate) const RESTORE: &str = "store.restore";
    pub(crate) const REKEY: &str = "store.rekey";
    pub(crate) const WORKER_ADD: &str = "worker.add";
    pub(crate) const WORKER_CHANGE: &str = "worker.change";
    pub(crate) const WORKER_REMOVE: &str = "worker.remove";
    pub(crate) const PASSWORD_CHANGE: &str = "password.change";
    pub(crate) const PASSWORD_RESET: &str = "password.reset";
    pub(crate) const RECOVERY_RENEW: &str = "recovery.renew";
}

impl View<'_> {
    /// Rows newest first, at most `limit`, from the place where the page before ended.
    pub fn list_audit(&self, from: Option<&AuditPlace>, limit: u32) -> Result<AuditPage> {
        let mut statement = self.connection().prepare_cached(
            "SELECT incarnation, n, at, uid, act, kind, rid, reason FROM audit
             WHERE :first OR (at, n, incarnation) < (:at, :n, :incarnation)
             ORDER BY at DESC, n DESC, incarnation DESC LIMIT :limit",
        )?;
        let rows = statement.query_map(
            named_params! {
                ":first": from.is_none(),
                ":at": from.map(|place| place.at_ms),
                ":n": from.map(|place| place.n.cast_signed()),
                ":incarnation": from.map(|place| &place.incarnation),
                ":limit": limit,
            },
            |row| Ok((row.get::<_, Vec<u8>>("incarnation")?, from_row(row)?)),
        )?;
        let rows: Vec<(Vec<u8>, AuditEntry)> = rows.collect::<rusqlite::Result<_>>()?;
        let next = rows.last().filter(|_| rows.len() == limit as usize).map(|(incarnation, entry)| AuditPlace {
            incarnation: incarnation.clone(),
            at_ms: entry.at_ms,
            n: entry.n,
        });
        Ok(AuditPage { entries: rows.into_iter().map(|(_, entry)| entry).collect(), next })
    }

    /// How many rows there are.
    pub fn count_audit(&self) -> Result<u64> {
        let count: i64 = self.connection().prepare_cached("SELECT count(*) FROM audit")?.query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Rows that pass a filter, newest first, at most `limit`, after `offset` of them; and how many pass.
    pub fn find_audit(&self, filter: &AuditFilter, offset: u64, limit: u64) -> Result<(Vec<AuditEntry>, u64)> {
        const PASSES: &str = "(:uid IS NULL OR uid = :uid) AND (:act IS NULL OR act = :act)
            AND (:person IS NULL OR rid = :person OR rid IN (SELECT rid FROM rec WHERE parent = :person))
            AND (:from IS NULL OR at >= :from) AND (:before IS NULL OR at < :before)";
        let person = filter.person.map(|person| person.0);
        let count = format!("SELECT count(*) FROM audit WHERE {PASSES}");
        let total: i64 = self.connection().prepare_cached(&count)?.query_row(
            named_params! {
                ":uid": filter.uid, ":act": filter.act, ":person": person,
                ":from": filter.from_ms, ":before": filter.before_ms,
            },
            |row| row.get(0),
        )?;
        let list = format!(
            "SELECT n, at, uid, act, kind, rid, reason FROM audit WHERE {PASSES}
             ORDER BY at DESC, n DESC, incarnation DESC LIMIT :limit OFFSET :offset"
        );
        let mut statement = self.connection().prepare_cached(&list)?;
        let rows = statement.query_map(
            named_params! {
                ":uid": filter.uid, ":act": filter.act, ":person": person,
                ":from": filter.from_ms, ":before": filter.before_ms,
                ":limit": limit.cast_signed(), ":offset": offset.cast_signed(),
            },
            from_row,
        )?;
        Ok((rows.collect::<rusqlite::Result<_>>()?, total.unsigned_abs()))
    }

    /// The acts that the audit holds, by code.
    pub fn list_audit_acts(&self) -> Result<Vec<String>> {
        let mut statement = self.connection().prepare_cached("SELECT DISTINCT act FROM audit ORDER BY act")?;
        let acts = statement.query_map([], |row| row.get("act"))?;
        Ok(acts.collect::<rusqlite::Result<_>>()?)
    }

    /// The head of the present incarnation's chain, as it travels with each sync.
    pub fn audit_head(&self) -> Result<AuditHead> {
        let incarnation: [u8; 16] = self.incarnation()?;
        let mut statement =
            self.connection().prepare_cached("SELECT n, hash FROM audit WHERE incarnation = ?1 ORDER BY n DESC LIMIT 1")?;
        let last = statement.query_row([incarnation], |row| Ok((row.get("n")?, row.get("hash")?))).optional()?;
        let (n, hash): (i64, _) = last.unwrap_or((0, START));
        Ok(AuditHead { incarnation, n: n.cast_unsigned(), hash })
    }

    /// [`Error::BrokenAudit`] where a row was changed, cut out or put in.
    pub fn verify_audit(&self) -> Result<()> {
        if self.check_audit()?.broken.is_some() { Err(Error::BrokenAudit) } else { Ok(()) }
    }

    /// Goes through every chain and says where the first one breaks.
    pub fn check_audit(&self) -> Result<AuditVerdict> {
        let mut statement = self
            .connection()
            .prepare("SELECT incarnation, n, at, uid, act, kind, rid, reason, hash FROM audit ORDER BY incarnation, n")?;
        let mut rows = statement.query([])?;
        let mut chain: (Vec<u8>, u64, [u8; 32]) = (Vec::new(), 0, START);
        let mut verdict = AuditVerdict { rows: 0, broken: None, head: self.audit_head()? };
        while let Some(row) = rows.next()? {
            let incarnation: Vec<u8> = row.get("incarnation")?;
            if incarnation != chain.0 {
                chain = (incarnation, 0, START);
            }
            let entry = from_row(row)?;
            let expected = hash(&chain.2, &as_hashed(&entry));
            verdict.rows += 1;
            if entry.n != chain.1 + 1 || row.get::<_, [u8; 32]>("hash")? != expected {
                verdict.broken = Some(AuditBreak { n: entry.n, at_ms: entry.at_ms });
                break;
            }
            (chain.1, chain.2) = (entry.n, expected);
        }
        Ok(verdict)
    }

    /// The random number of this life of the store.
    pub fn incarnation(&self) -> Result<[u8; 16]> {
        meta::find(self.connection(), meta::INCARNATION)?.ok_or(Error::Damaged(None))
    }
}

impl Tx<'_> {
    /// Appends a row in the author's name.
    pub fn record_audit(&self, new: NewAuditEntry<'_>) -> Result<()> {
        let head = self.audit_head()?;
        let author = self.author();
        let row = AuditRow {
            n: head.n + 1,
            at: author.at_ms,
            uid: author.uid,
            act: new.act,
            kind: new.record.map(|(kind, _)| kind),
            rid: new.record.map(|(_, rid)| rid),
            reason: new.reason,
        };
        self.connection()
            .prepare_cached(
                "INSERT INTO audit(incarnation, n, at, uid, act, kind, rid, reason, hash)
                 VALUES (:incarnation, :n, :at, :uid, :act, :kind, :rid, :reason, :hash)",
            )?
            .execute(named_params! {
                ":incarnation": head.incarnation,
                ":n": row.n.cast_signed(),
                ":at": row.at,
                ":uid": row.uid,
                ":act": row.act,
                ":kind": row.kind,
                ":rid": row.rid.map(|rid| rid.0),
                ":reason": row.reason,
                ":hash": hash(&head.hash, &row),
            })?;
        self.touch("audit");
        Ok(())
    }

    /// Begins the chain of a new incarnation with the head of the one before.
    pub(crate) fn begin_incarnation(&self, incarnation: [u8; 16]) -> Result<()> {
        let old = self.audit_head()?;
        meta::set(self.connection(), meta::INCARNATION, incarnation)?;
        self.record_audit(NewAuditEntry {
            act: act::RESTORE,
            record: None,
            reason: Some(&format!("{}:{}:{}", hex::encode(&old.incarnation), old.n, hex::encode(&old.hash))),
        })
    }

    /// Appends a row about a worker.
    pub(crate) fn record_worker_act(&self, act: &str, uid: u32) -> Result<()> {
        self.record_audit(NewAuditEntry { act, record: None, reason: Some(&uid.to_string()) })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        n: row.get::<_, i64>("n")?.cast_unsigned(),
        at_ms: row.get("at")?,
        uid: row.get("uid")?,
        act: row.get("act")?,
        kind: row.get("kind")?,
        rid: row.get::<_, Option<[u8; 16]>>("rid")?.map(RecordId),
        reason: row.get("reason")?,
    })
}

fn as_hashed(entry: &AuditEntry) -> AuditRow<'_> {
    AuditRow {
        n: entry.n,
        at: entry.at_ms,
        uid: entry.uid,
        act: &entry.act,
        kind: entry.kind,
        rid: entry.rid,
        reason: entry.reason.as_deref(),
    }
}
