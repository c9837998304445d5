//! Who changed what, and undo.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// History of a record and its children.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListHistory {
    /// The household or person.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Acts to skip.
    pub offset: u32,
    /// Acts wanted, at most 100.
    pub limit: u32,
}

/// One change of one field.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChangeView {
    /// Kind of the record.
    pub kind: String,
    /// The record.
    #[ts(type = "string")]
    pub record: RecordId,
    /// What the record is called: a person's name, a year.
    pub label: String,
    /// Column; `life` for creation, deletion and restoring.
    pub column: String,
    /// Before, as text; null = empty.
    pub before: Option<String>,
    /// After, as text; null = empty.
    pub after: Option<String>,
}

/// One act: everything one save changed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ActView {
    /// The act.
    pub act: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub worker: String,
    /// On which device, where not this one.
    pub device: Option<String>,
    /// `created`, `changed`, `deleted`, `restored`, `imported`, `undone`, or the name of an act of family life.
    pub what: String,
    /// The day it happened, of an act of family life.
    pub on: Option<String>,
    /// Why, of an act of family life.
    pub reason: Option<String>,
    /// What changed; restricted fields are left out.
    pub changes: Vec<ChangeView>,
    /// True when this worker may undo it here.
    pub can_undo: bool,
}

/// Acts, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HistoryPage {
    /// Acts.
    pub acts: Vec<ActView>,
    /// True when there are more.
    pub more: bool,
}

/// Undoes an act; without one, this worker's last.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The act.
    pub act: Option<String>,
}

/// What was undone.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Undone {
    /// A household or person to go to.
    #[ts(type = "string | null")]
    pub id: Option<RecordId>,
    /// What the act had been.
    pub what: String,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}
