//! `status.json`: what the sign-in screen shows before a password, and nothing that identifies a person.
//!
//! It may be lost: everything in it is learnt anew by the next backup or sync.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::files;
use crate::folder::Folder;

const FILE: &str = "status.json";
/// Days after which a second place without a new backup is worth a reminder.
const REMIND_AFTER_DAYS: i64 = 7;

/// What is known without a password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Status {
    /// When the store was made, as far as is known.
    pub created_at: Option<DateTime<Utc>>,
    /// When the last sound backup was made in the folder.
    pub last_backup_at: Option<DateTime<Utc>>,
    /// The second place for backups.
    pub second_place: Option<PathBuf>,
    /// When the last sound backup was made at the second place.
    pub second_backup_at: Option<DateTime<Utc>>,
    /// Changes that wait for the province.
    pub waiting: u64,
    /// When the province last had everything.
    pub last_sync_at: Option<DateTime<Utc>>,
}

impl Status {
    /// Whether the worker should be reminded to plug in the second place, or to choose one: seven days after the last
    /// backup there, or after the store was made.
    pub fn second_place_is_due(&self, now: DateTime<Utc>) -> bool {
        let since = self.second_backup_at.or(self.created_at);
        since.is_none_or(|since| now - since >= TimeDelta::days(REMIND_AFTER_DAYS))
    }
}

impl Folder {
    /// The status; an empty one where the file is lost or damaged.
    pub fn status(&self) -> Status {
        let bytes = files::read_if_there(&self.path().join(FILE)).ok().flatten().unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Changes the status. A failure loses nothing that matters.
    pub fn note_status(&self, change: impl FnOnce(&mut Status)) -> Result<()> {
        let _keys = self.hold_keys();
        let mut status = self.status();
        change(&mut status);
        let bytes = serde_json::to_vec_pretty(&status).map_err(|error| Error::Io(error.into()))?;
        files::write_whole(&self.path().join(FILE), &bytes)
    }
}
