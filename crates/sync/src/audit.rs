//! The hash chain of the audit: each row is bound to all rows before it, and the head of the chain travels with each sync.

use domain::RecordId;

use crate::cbor::Writer;

const TAG: &[u8] = b"ansinh/audit/1";

/// The hash before the first row of an incarnation.
pub const START: [u8; 32] = [0; 32];

/// One row: who did what to which record and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditRow<'a> {
    /// Its number, from 1 in each incarnation.
    pub n: u64,
    /// When, in milliseconds.
    pub at: i64,
    /// The worker.
    pub uid: u32,
    /// The code of the act.
    pub act: &'a str,
    /// The kind of the record, if one is concerned.
    pub kind: Option<u16>,
    /// The record, if one is concerned.
    pub rid: Option<RecordId>,
    /// The reason given, or on a restore's first row the old head.
    pub reason: Option<&'a str>,
}

/// The head of a chain as it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// The life of the store.
    pub incarnation: [u8; 16],
    /// How many rows.
    pub n: u64,
    /// The hash of the last row, or [`START`].
    pub hash: [u8; 32],
}

/// The hash of a row after the row with the hash `previous`.
pub fn hash(previous: &[u8; 32], row: &AuditRow<'_>) -> [u8; 32] {
    let mut writer = Writer::new();
    writer.array(7).uint(row.n).int(row.at).uint(u64::from(row.uid)).text(row.act);
    match row.kind {
        Some(kind) => writer.uint(u64::from(kind)),
        None => writer.null(),
    };
    match row.rid {
        Some(rid) => writer.bytes(&rid.0),
        None => writer.null(),
    };
    match row.reason {
        Some(reason) => writer.text(reason),
        None => writer.null(),
    };
    let mut hasher = blake3::Hasher::new();
    hasher.update(TAG).update(previous).update(&writer.into_bytes());
    *hasher.finalize().as_bytes()
}
