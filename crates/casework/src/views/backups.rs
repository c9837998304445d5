//! Backups, the second place, and restoring.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::accounts::{CommuneName, WorkerCard};

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
#[serde(deny_unknown_fields)]
pub struct SetSecondPlace {
    /// Absolute path; null takes it off.
    pub path: Option<String>,
}

/// Restore, before sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreBackup {
    /// Name of one of the listed backups, or an absolute path of a backup elsewhere.
    pub backup: String,
    /// An administrator of the present store, with `password` …
    pub uid: Option<u32>,
    /// … their password …
    pub password: Option<String>,
    /// … or the recovery key.
    pub recovery_key: Option<String>,
    /// What opens the backup where the proof of the present store does not.
    #[serde(default)]
    pub own: Option<OwnProof>,
}

/// A proof of the backup's own time.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnProof {
    /// A worker of the backup, with `password` …
    pub uid: Option<u32>,
    /// … their password of that time …
    pub password: Option<String>,
    /// … or the recovery key of that time.
    pub recovery_key: Option<String>,
}

/// Names a backup to look at.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LookAtBackup {
    /// Name of one of the listed backups, or an absolute path of a backup elsewhere.
    pub backup: String,
}

/// What stands readable beside a backup: never anything of the register.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BackupFacts {
    /// The commune whose register it is.
    pub commune: Option<CommuneName>,
    /// Who could open the register at that time.
    pub workers: Vec<WorkerCard>,
}
