//! Changing the store's key (đổi khóa) when a worker is removed.
//!
//! New sealed keys beside the old, a copy under the new key, the copy checked, the files swapped, the old sealed keys
//! dropped: a power cut at any point leaves a file that opens with a key that is in the key file, and the mark in `meta`
//! makes the next sign-in do it again. Nobody's password is needed, since keys are sealed to public halves.
//! Would surprise: the swap replaces the old file by the checked copy of itself; nothing else in this program replaces a
//! database file.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::audit::{NewAuditEntry, act};
use crate::backup::{check_database, copy_database, remove_database};
use crate::error::{Error, Result};
use crate::folder::Folder;
use crate::integrity::expect_sealed;
use crate::keys::{KeyFile, StoreKey, seal_each};
use crate::open::{Access, Author, Open, Store, View, connect};
use crate::{files, meta};

const COPY: &str = "store.db.rekeyed";

impl Folder {
    /// Finishes what a power cut or a full disk stopped. Where it is stopped again the store works on under its old key.
    pub(crate) fn finish_rekeying(&self, store: &Store, now: DateTime<Utc>) -> Result<()> {
        let pending: Option<bool> = store.read(|view| meta::find(view.connection(), meta::REKEYING))?;
        if pending.is_none() {
            return Ok(());
        }
        let _held = self.hold_keys();
        match self.rekey(store, Author::program(now.timestamp_millis())) {
            Err(error) if store.is_closed() => Err(error),
            Err(_) => {
                tracing::warn!("the store's key could not be changed, the next sign-in tries again");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Gives the store a new key. The caller holds the key file.
    pub(crate) fn rekey(&self, store: &Store, author: Author) -> Result<()> {
        let addressees = store.read(Addressees::read)?;
        let store_id = store.identity().store_id;
        let mut keys = self.load_keys()?;
        let new = StoreKey::generate()?;
        store.exchange(|path, old| {
            addressees.seal(&mut keys, &[old, &new])?;
            keys.save(self.path())?;
            let copy = self.path().join(COPY);
            remove_database(&copy);
            let swapped = copy_under(path, old, &copy, &new, &store_id).and_then(|()| swap(&copy, path));
            if let Err(error) = swapped {
                remove_database(&copy);
                return Err(error);
            }
            let writer = connect(path, &new, Access::Write)?;
            Ok(Open::new(path.to_owned(), new.clone(), Access::Write, writer))
        })?;
        addressees.seal(&mut keys, &[&new])?;
        keys.save(self.path())?;
        store.write(author, |tx| {
            meta::clear(tx.connection(), meta::REKEYING)?;
            tx.record_audit(NewAuditEntry { act: act::REKEY, ..NewAuditEntry::default() })
        })?;
        Ok(())
    }
}

/// Whom the key is sealed to: the public halves that the store itself remembers.
struct Addressees {
    workers: Vec<(u32, [u8; 32])>,
    recovery: [u8; 32],
}

impl Addressees {
    fn read(view: &View<'_>) -> Result<Self> {
        let active = view.list_accounts()?.into_iter().filter(|account| account.active);
        let workers = active.map(|account| Ok((account.uid, view.public_key_of(account.uid)?)));
        let recovery = meta::find(view.connection(), meta::RECOVERY_PUBLIC)?.ok_or(Error::Damaged(None))?;
        Ok(Self { workers: workers.collect::<Result<_>>()?, recovery })
    }

    /// Leaves in the key file who may still come in, with these keys sealed to them.
    fn seal(&self, file: &mut KeyFile, keys: &[&StoreKey]) -> Result<()> {
        let store_id = file.store_id.0;
        let mut kept = Vec::new();
        for (uid, public) in &self.workers {
            let mut worker = file.worker(*uid)?.clone();
            worker.keys = seal_each(keys, public, &store_id)?;
            kept.push(worker);
        }
        file.workers = kept;
        file.recovery.keys = seal_each(keys, &self.recovery, &store_id)?;
        Ok(())
    }
}

fn copy_under(path: &Path, old: &StoreKey, copy: &Path, new: &StoreKey, store_id: &[u8; 16]) -> Result<()> {
    let source = connect(path, old, Access::Write)?;
    expect_sealed(&source)?;
    copy_database(&source, copy, new)?;
    source.close().map_err(|(_, error)| Error::from(error))?;
    check_database(copy, new, store_id)
}

fn swap(copy: &Path, path: &Path) -> Result<()> {
    // A WAL left beside the file would be applied to the new one under the wrong key.
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    if fs::metadata(&wal).is_ok_and(|metadata| metadata.len() > 0) {
        return Err(Error::Busy(None));
    }
    fs::rename(copy, path)?;
    files::sync_parent(path)
}
