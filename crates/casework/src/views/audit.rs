//! The audit: searched, checked, given out.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which rows of the audit; an absent filter lets everything through.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[serde(deny_unknown_fields)]
pub struct AuditSearch {
    /// Number of the worker.
    pub worker: Option<u32>,
    /// Code of the act.
    pub act: Option<String>,
    /// The person concerned.
    #[ts(type = "string | null")]
    pub person: Option<RecordId>,
    /// From this day on (`YYYY-MM-DD`, in Viet Nam).
    pub from: Option<String>,
    /// To this day, itself included.
    pub to: Option<String>,
}

/// A page of the audit, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListAudit {
    /// Which rows.
    #[serde(default)]
    pub search: AuditSearch,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// One row of the audit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditRow {
    /// Its number.
    pub n: u32,
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub worker: String,
    /// Which act: key `audit.did.<act>`.
    pub act: String,
    /// Kind of record, where one was meant.
    pub kind: Option<String>,
    /// The record.
    pub record: Option<String>,
    /// Name of the person concerned; not where the record itself is specially protected.
    pub person: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
}

/// A page of the audit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditPage {
    /// Rows.
    pub rows: Vec<AuditRow>,
    /// How many pass the search.
    pub total: u32,
    /// True when the chain of hashes is unbroken.
    pub chain_sound: bool,
    /// Acts that the audit holds, to choose from.
    pub acts: Vec<String>,
    /// Workers, removed ones too, to choose from.
    pub workers: Vec<AuditWorker>,
}

/// A worker who may stand in the audit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditWorker {
    /// Number.
    pub uid: u32,
    /// Display name.
    pub name: String,
}

/// What a walk along the chain found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditChecked {
    /// True where every row is as it was written and none is missing.
    pub sound: bool,
    /// Rows that were looked at.
    pub rows: u32,
    /// Number of the first row that is not as it was written.
    pub broken_n: Option<u32>,
    /// Its instant as it now stands (RFC 3339).
    pub broken_at: Option<String>,
    /// Last row of the chain, as the province is told it: `number:hash`.
    pub head: String,
}

/// Writes the audit to a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportAudit {
    /// `xlsx` or `json`.
    pub format: String,
    /// Where to write; null = hand over.
    pub path: Option<String>,
    /// Why; kept in the audit.
    pub reason: String,
    /// Which rows.
    #[serde(default)]
    pub search: AuditSearch,
}
