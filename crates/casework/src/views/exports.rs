//! Export of the register: needs its right, leaves an audit entry.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes the register to a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRegister {
    /// `xlsx` or `json`.
    pub format: String,
    /// Where to write; null = hand over.
    pub path: Option<String>,
    /// Why; kept in the audit.
    pub reason: String,
    /// Only households that pass.
    pub filter: super::households::HouseholdFilter,
}
