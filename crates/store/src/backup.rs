//! Backups (bản sao lưu): encrypted copies made while the program works, opened and checked before they count.
//!
//! A backup is a folder `20261123T081502Z-regular/` with `store.db` and the `keys.json` of its moment, so that it opens with
//! the passwords of its moment. Seven daily, four weekly ones and every one before a migration are kept.
//! Owes its callers: a backup that is listed was whole when it was made; nothing older is removed before the new one is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use rusqlite::Connection;
use rusqlite::backup::{Backup as Copying, StepResult};

use crate::error::{Error, Result};
use crate::files;
use crate::folder::{DATABASE, Folder};
use crate::integrity::{expect_sealed, full_check};
use crate::keys::{KeyFile, StoreKey};
use crate::meta;
use crate::open::{Access, Store, connect};

/// Where backups lie in a data folder.
pub(crate) const BACKUPS: &str = "backups";
/// A copy that is being made.
pub(crate) const PARTIAL: &str = ".partial";
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// Days of which the newest backup is kept.
const DAILY: usize = 7;
/// Weeks before those days of which the newest backup is kept.
const WEEKLY: usize = 4;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The day's backup, or one asked for.
    Regular,
    /// Before the database was changed by a newer program.
    Migration,
}

impl Reason {
    fn code(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Migration => "migration",
        }
    }
}

/// A backup that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its folder.
    pub path: PathBuf,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Why.
    pub reason: Reason,
}

impl Folder {
    /// Makes and checks a backup, then removes what the rotation no longer keeps.
    pub fn back_up(&self, store: &Store, now: DateTime<Utc>) -> Result<Backup> {
        let keys = self.load_keys()?;
        let backups = self.path().join(BACKUPS);
        let backup = store.with_open(|open| {
            let connection = connect(&self.path().join(DATABASE), open.key(), Access::Read)?;
            {
                let _quiet = open.writer();
                expect_sealed(&connection)?;
            }
            make(&backups, &connection, open.key(), &keys, now, Reason::Regular)
        })?;
        rotate(&backups)?;
        self.note_status(|status| status.last_backup_at = Some(now))?;
        Ok(backup)
    }

    /// The day's backup, where the day (in Viet Nam) has none yet.
    pub fn back_up_once_a_day(&self, store: &Store, now: DateTime<Utc>) -> Result<Option<Backup>> {
        let today = day_of(now);
        if self.list_backups()?.iter().any(|backup| backup.reason == Reason::Regular && day_of(backup.made_at) == today) {
            return Ok(None);
        }
        self.back_up(store, now).map(Some)
    }

    /// The backups in the data folder, newest first.
    pub fn list_backups(&self) -> Result<Vec<Backup>> {
        list(&self.path().join(BACKUPS))
    }
}

/// The backups that lie in `place`, newest first; none where there is no such folder.
pub(crate) fn list(place: &Path) -> Result<Vec<Backup>> {
    let entries = match fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut backups = Vec::new();
    for entry in entries {
        if let Some(backup) = read_name(&entry?.path()) {
            backups.push(backup);
        }
    }
    backups.sort_by(|a, b| (b.made_at, &b.path).cmp(&(a.made_at, &a.path)));
    Ok(backups)
}

/// The backup that `path` is, by its name and its two files.
pub(crate) fn read_name(path: &Path) -> Option<Backup> {
    let name = path.file_name()?.to_str()?;
    let mut parts = name.split('-');
    let made_at = NaiveDateTime::parse_from_str(parts.next()?, STAMP).ok()?.and_utc();
    let reason = match parts.next()? {
        "regular" => Reason::Regular,
        "migration" => Reason::Migration,
        _ => return None,
    };
    let whole = path.join(DATABASE).is_file();
    whole.then(|| Backup { path: path.to_owned(), made_at, reason })
}

/// Copies the open database and the key file into a new backup in `place`, opens it and checks it.
pub(crate) fn make(
    place: &Path,
    source: &Connection,
    key: &StoreKey,
    keys: &KeyFile,
    now: DateTime<Utc>,
    reason: Reason,
) -> Result<Backup> {
    let partial = start_partial(place)?;
    let made = copy_database(source, &partial.join(DATABASE), key)
        .and_then(|()| files::write_whole(&partial.join("keys.json"), &keys.to_bytes()?))
        .and_then(|()| check(&partial, key, &keys.store_id.0))
        .and_then(|()| finish_partial(&partial, place, now, reason));
    if made.is_err() {
        // An unfinished copy is no backup; failing to remove it changes nothing, the next one begins by removing it.
        let _ = fs::remove_dir_all(&partial);
    }
    made
}

/// The backup before a migration: without it the migration does not begin.
pub(crate) fn before_migration(
    folder: &Path,
    source: &Connection,
    key: &StoreKey,
    keys: &KeyFile,
    now: DateTime<Utc>,
) -> Result<()> {
    expect_sealed(source)?;
    make(&folder.join(BACKUPS), source, key, keys, now, Reason::Migration).map(|_| ())
}

/// An empty folder to make a backup in.
pub(crate) fn start_partial(place: &Path) -> Result<PathBuf> {
    let partial = place.join(PARTIAL);
    if partial.try_exists()? {
        fs::remove_dir_all(&partial)?;
    }
    files::make_folder(&partial)?;
    Ok(partial)
}

/// Gives a checked copy its name.
pub(crate) fn finish_partial(partial: &Path, place: &Path, now: DateTime<Utc>, reason: Reason) -> Result<Backup> {
    files::sync_folder(partial)?;
    let name = format!("{}-{}", now.format(STAMP), reason.code());
    let mut path = place.join(&name);
    let mut number = 2;
    while path.try_exists()? {
        path = place.join(format!("{name}-{number}"));
        number += 1;
    }
    fs::rename(partial, &path)?;
    files::sync_folder(place)?;
    Ok(Backup { path, made_at: now, reason })
}

/// Copies an open database, whose seals were checked, into a new file under `key`, by SQLite's online backup.
pub(crate) fn copy_database(source: &Connection, path: &Path, key: &StoreKey) -> Result<()> {
    let mut copy = connect(path, key, Access::Create)?;
    // One step copies everything: a copy of one moment, and in WAL mode nobody waits for it.
    match Copying::new(source, &mut copy)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(Error::Busy(None)),
    }
    // A backup is one file: no WAL beside it that a person could forget to carry along.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| Error::from(error))?;
    // Opened for writing, since Windows syncs no other.
    Ok(fs::OpenOptions::new().write(true).open(path)?.sync_all()?)
}

/// Opens the copy in `backup` and checks every page.
pub(crate) fn check(backup: &Path, key: &StoreKey, store_id: &[u8; 16]) -> Result<()> {
    check_database(&backup.join(DATABASE), key, store_id).map_err(|error| match error {
        Error::Damaged(cause) => Error::UnsoundBackup(cause),
        other => other,
    })
}

/// Opens a database file and checks every page.
pub(crate) fn check_database(path: &Path, key: &StoreKey, store_id: &[u8; 16]) -> Result<()> {
    let copy = connect(path, key, Access::Read)?;
    full_check(&copy)?;
    if meta::find_store_id(&copy)?.as_ref() != Some(store_id) {
        return Err(Error::Damaged(None));
    }
    Ok(())
}

/// Removes the regular backups in `place` that are neither among the seven daily nor the four weekly ones.
pub(crate) fn rotate(place: &Path) -> Result<()> {
    let backups = list(place)?;
    let regular: Vec<&Backup> = backups.iter().filter(|backup| backup.reason == Reason::Regular).collect();
    let moments: Vec<DateTime<Utc>> = regular.iter().map(|backup| backup.made_at).collect();
    let kept = plan_rotation(&moments);
    for (backup, _) in regular.iter().zip(kept).filter(|(_, kept)| !kept) {
        fs::remove_dir_all(&backup.path)?;
    }
    Ok(())
}

/// Which of these moments, newest first, are kept.
fn plan_rotation(moments: &[DateTime<Utc>]) -> Vec<bool> {
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let mut keep = |moment: &DateTime<Utc>| {
        let day = day_of(*moment);
        if days.contains(&day) {
            return false;
        }
        if days.len() < DAILY {
            return days.insert(day);
        }
        let week = (day.iso_week().year(), day.iso_week().week());
        weeks.len() < WEEKLY && weeks.insert(week)
    };
    moments.iter().map(&mut keep).collect()
}

/// The calendar day in Viet Nam, which has had one offset since 1975.
fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    let viet_nam = FixedOffset::east_opt(7 * 3600).expect("seven hours are within a day");
    moment.with_timezone(&viet_nam).date_naive()
}

/// Removes an unfinished database of our own making, with what SQLite keeps beside it.
pub(crate) fn remove_database(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        // Most of them are not there; one that stays is set aside by whoever comes next.
        let _ = fs::remove_file(PathBuf::from(name));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn kept_after(days: i64, per_day: i64) -> Vec<DateTime<Utc>> {
        let mut kept: Vec<DateTime<Utc>> = Vec::new();
        let start: DateTime<Utc> = "2026-11-01T01:00:00Z".parse().unwrap();
        for day in 0..days {
            for hour in 0..per_day {
                kept.insert(0, start + TimeDelta::days(day) + TimeDelta::hours(hour));
                let plan = plan_rotation(&kept);
                kept = kept.into_iter().zip(plan).filter_map(|(moment, keep)| keep.then_some(moment)).collect();
            }
        }
        kept
    }

    #[test]
    fn a_year_of_days_leaves_seven_daily_and_four_weekly() {
        let kept = kept_after(365, 1);
        assert_eq!(kept.len(), 11);
        let ages: Vec<i64> = kept.iter().map(|moment| (kept[0] - *moment).num_days()).collect();
        assert_eq!(ages[..7], [0, 1, 2, 3, 4, 5, 6]);
        assert!(ages[10] >= 21, "four weeks back must be reachable, reached {} days", ages[10]);
    }

    #[test]
    fn many_backups_of_one_day_count_once() {
        assert_eq!(kept_after(3, 5).len(), 3);
    }

    #[test]
    fn the_newest_is_always_kept() {
        assert!(plan_rotation(&["2026-11-23T01:00:00Z".parse().unwrap()])[0]);
    }
}
