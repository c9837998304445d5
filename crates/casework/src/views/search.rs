//! Search as one types.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Words in any order: names, birth year, village, part of an id or code.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// As typed.
    pub text: String,
    /// Results wanted, at most 100.
    pub limit: u32,
}

/// One result.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchResult {
    /// `person`, `household` or `village`.
    pub kind: String,
    /// The record.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Name of the person, of the head, of the village.
    pub full_name: String,
    /// Birth as known.
    pub birth: Option<String>,
    /// Village.
    pub village: String,
    /// Household.
    #[ts(type = "string | null")]
    pub household_id: Option<RecordId>,
    /// Household code.
    pub code: Option<String>,
}

/// Results, best first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchResults {
    /// Best first: exact marks before folded ones.
    pub results: Vec<SearchResult>,
}

/// What was opened last.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteOpened {
    /// The record.
    #[ts(type = "string")]
    pub id: RecordId,
}
