//! The second place (nơi lưu thứ hai) for backups: a stick or another disk, so that one broken disk does not take
//! everything.
//!
//! Owes its callers: a copy there was opened and checked there; a stick that is not plugged in is
//! [`Error::SecondPlaceAbsent`], never a copy on the empty mount point.
//! Would surprise: what is copied is sealed under the store's key with the key file beside it, so a lost stick gives
//! nothing without a password.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::backup::{Backup, check, finish_partial, list, rotate, start_partial};
use crate::error::{Error, Result};
use crate::files;
use crate::folder::{DATABASE, Folder};
use crate::keys::{COPIES, hex};
use crate::open::{Author, Store};

const SETTING: &str = "backup.second_place";

impl Folder {
    /// Chooses the second place (`None`: there is none) and makes this store's folder there.
    pub fn set_second_place(&self, store: &Store, author: Author, place: Option<&Path>) -> Result<()> {
        if let Some(place) = place {
            if !place.is_dir() {
                return Err(Error::SecondPlaceAbsent);
            }
            if fs::canonicalize(place)?.starts_with(fs::canonicalize(self.path())?) {
                return Err(Error::SecondPlaceInside);
            }
            files::make_folder(&own_folder(place, store))?;
        }
        let text = place.map(|place| place.to_str().ok_or(Error::SecondPlaceAbsent)).transpose()?;
        store.write(author, |tx| tx.set_setting(SETTING, text))?;
        self.note_status(|status| status.second_place = place.map(Path::to_owned))
    }

    /// The chosen second place.
    pub fn find_second_place(&self, store: &Store) -> Result<Option<PathBuf>> {
        Ok(store.read(|view| view.find_setting(SETTING))?.map(PathBuf::from))
    }

    /// Makes a backup here, copies it to the second place, opens it there and checks it.
    pub fn back_up_to_second_place(&self, store: &Store, now: DateTime<Utc>) -> Result<Backup> {
        let place = self.find_second_place(store)?.ok_or(Error::SecondPlaceAbsent)?;
        let place = own_folder(&place, store);
        if !place.is_dir() {
            return Err(Error::SecondPlaceAbsent);
        }
        let backup = self.back_up(store, now)?;
        let copy = copy_backup(&backup, &place, store);
        if copy.is_err() {
            // An unfinished copy is no backup; the next one begins by removing it.
            let _ = fs::remove_dir_all(place.join(crate::backup::PARTIAL));
        }
        let copy = copy?;
        rotate(&place)?;
        self.note_status(|status| status.second_backup_at = Some(now))?;
        Ok(copy)
    }
}

/// The backups that lie in a folder a person chose, newest first: in it, or in the folders of stores in it.
pub fn list_backups_in(place: &Path) -> Result<Vec<Backup>> {
    let mut backups = list(place)?;
    if let Ok(entries) = fs::read_dir(place) {
        for entry in entries.flatten() {
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(FOLDER)) {
                backups.extend(list(&entry.path())?);
            }
        }
    }
    backups.sort_by(|a, b| (b.made_at, &b.path).cmp(&(a.made_at, &a.path)));
    Ok(backups)
}

const FOLDER: &str = "so-an-sinh-";

/// A folder of its own for each store, so that two communes can share a stick. Its name says nothing about anybody.
fn own_folder(place: &Path, store: &Store) -> PathBuf {
    place.join(format!("{FOLDER}{}", hex::encode(&store.identity().store_id[..4])))
}

fn copy_backup(backup: &Backup, place: &Path, store: &Store) -> Result<Backup> {
    let partial = start_partial(place)?;
    for name in [DATABASE, COPIES[0]] {
        let copied = partial.join(name);
        let mut from = fs::File::open(backup.path.join(name))?;
        let mut to = fs::File::create(&copied)?;
        io::copy(&mut from, &mut to)?;
        to.sync_all()?;
    }
    store.with_open(|open| check(&partial, open.key(), &store.identity().store_id))?;
    finish_partial(&partial, place, backup.made_at, backup.reason)
}
