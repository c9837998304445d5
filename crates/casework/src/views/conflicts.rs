//! Two values that disagree.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One of the values.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConflictSide {
    /// Its dot.
    pub dot: (u32, u64),
    /// Values by column, as text; null = empty.
    pub values: Vec<(String, Option<String>)>,
    /// Names of what references point to, by column.
    pub names: std::collections::BTreeMap<String, String>,
    /// Who.
    pub worker: String,
    /// On which device.
    pub device: String,
    /// When (RFC 3339).
    pub at: String,
    /// True for the one shown for now.
    pub shown: bool,
}

/// One conflict of one field.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConflictView {
    /// The record.
    #[ts(type = "string")]
    pub record: RecordId,
    /// Kind.
    pub kind: String,
    /// What the record is called.
    pub label: String,
    /// The household or person whose page shows it.
    #[ts(type = "string | null")]
    pub page: Option<RecordId>,
    /// Kind of that page.
    pub page_kind: Option<String>,
    /// Field number.
    pub fid: u16,
    /// Columns of the field; `life` for deleted here and edited there.
    pub columns: Vec<String>,
    /// True where only the existence may be told: no sides.
    pub restricted: bool,
    /// The values.
    pub sides: Vec<ConflictSide>,
}

/// All conflicts of the store.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Conflicts {
    /// Newest first.
    pub conflicts: Vec<ConflictView>,
}

/// Keeps one of the values.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResolveConflict {
    /// The record.
    #[ts(type = "string")]
    pub record: RecordId,
    /// Field number.
    pub fid: u16,
    /// The value to keep.
    pub keep: (u32, u64),
}
