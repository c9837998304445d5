//! The state of sync and enrolment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the status line and the sync page show.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct SyncStatus {
    /// True once the province has given this machine a number.
    pub enrolled: bool,
    /// The machine's number.
    pub device: Option<u32>,
    /// Address of the province's server.
    pub server: Option<String>,
    /// Changes waiting.
    pub waiting: u32,
    /// Since when the oldest waits (RFC 3339).
    pub waiting_since: Option<String>,
    /// Last contact (RFC 3339).
    pub last_contact_at: Option<String>,
    /// When both sides last agreed by digest (RFC 3339).
    pub verified_at: Option<String>,
    /// Open conflicts.
    pub conflicts: u32,
    /// True while a contact is going on.
    pub running: bool,
    /// Why the last contact failed: a code of `Code`; offline is none of these.
    pub refusal: Option<crate::problem::Code>,
    /// True when the last try found no way to the province.
    pub offline: bool,
    /// Next try (RFC 3339).
    pub next_try_at: Option<String>,
    /// Clock of this machine differs from the province's by so many seconds, where that matters.
    #[ts(type = "number | null")]
    pub clock_off_seconds: Option<i64>,
}

/// Enrols this machine.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// `https://…`; plain HTTP only on loopback.
    pub server: String,
    /// 24 symbols.
    pub code: String,
}

/// What one contact did.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct SyncDone {
    /// Changes with a receipt now.
    pub sent: u32,
    /// Changes of others received.
    pub received: u32,
    /// Changes still waiting.
    pub waiting: u32,
    /// When both sides last agreed by digest (RFC 3339).
    pub verified_at: Option<String>,
}
