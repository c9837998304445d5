//! Backups, the second place, and restoring.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One backup.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BackupRow {
    /// File name: how it is chosen for restoring.
    pub name: String,
    /// When it was made (RFC 3339).
    pub at: String,
    /// Why: `daily`, `weekly`, `migration`, `manual`.
    pub why: String,
    /// Size in bytes.
    pub size: f64,
    /// True when it lies on the second place.
    pub second_place: bool,
}

/// All backups and the second place.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Backups {
    /// Newest first.
    pub backups: Vec<BackupRow>,
    /// Path of the second place.
    pub second_place: Option<String>,
    /// Last copy there (RFC 3339).
    pub second_place_at: Option<String>,
    /// True when the copy is older than seven days or none exists.
    pub second_place_due: bool,
}

/// The second place: a folder on a USB stick or another disk.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetSecondPlace {
    /// Absolute path; null takes it off.
    pub path: Option<String>,
}

/// Restore, before sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RestoreBackup {
    /// Name of one of the listed backups, or an absolute path of a backup elsewhere.
    pub backup: String,
    /// An administrator of the present store, with `password` …
    pub uid: Option<u32>,
    /// … their password …
    pub password: Option<String>,
    /// … or the recovery key.
    pub recovery_key: Option<String>,
}
