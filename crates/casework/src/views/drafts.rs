//! Drafts: what is typed and not yet saved, kept through a crash.

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Keeps a draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepDraft {
    /// Its key; null = a new one.
    pub key: Option<String>,
    /// Screen it belongs to: `household`, or `record.<kind>` for the form of one record.
    pub screen: String,
    /// What a person would call it: the head's name.
    pub label: String,
    /// The form. Restricted values never stand in drafts.
    #[ts(type = "unknown")]
    pub form: serde_json::Value,
}

/// A kept draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DraftKept {
    /// Its key.
    pub key: String,
    /// When (RFC 3339).
    pub at: String,
}

/// A draft to go on with.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Its key.
    pub key: String,
    /// Screen.
    pub screen: String,
    /// What the record is called whose page it belongs to; else what it was called when it was kept.
    pub label: String,
    /// The household or person on whose page a form of one record goes on.
    #[ts(type = "string | null")]
    pub page: Option<RecordId>,
    /// Kind of that page.
    pub page_kind: Option<String>,
    /// Names of the records that the references of a form of one record point to, by column.
    pub names: BTreeMap<String, String>,
    /// When (RFC 3339).
    pub at: String,
    /// The form.
    #[ts(type = "unknown")]
    pub form: serde_json::Value,
}

/// This worker's drafts, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Drafts {
    /// Drafts.
    pub drafts: Vec<Draft>,
}

/// Names a draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftRequest {
    /// Its key.
    pub key: String,
}
