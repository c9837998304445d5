//! Workers (cán bộ) of a store and their passwords: what changes the account table and the key file together.
//!
//! Owes its callers: the database changes first, then the key file, so that an act is in the audit before it has effect; a
//! power cut between the two is mended at the next sign-in.
//! Leaves to others: asking for [`Right::Accounts`](crate::Right) (the command door).

use chrono::{DateTime, Utc};

use crate::account::{Account, Role, tidy_name};
use crate::audit::act;
use crate::error::{Error, Result};
use crate::folder::Folder;
use crate::keys::{KeyFile, Pair, RecoveryEntry, RecoveryKey, WorkerEntry, check_new_password};
use crate::meta;
use crate::open::{Author, Store};

/// A worker to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewWorker<'a> {
    /// Display name.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Administrator.
    pub admin: bool,
    /// First password.
    pub password: &'a str,
}

/// What may change of a worker.
#[derive(Debug, Clone, Copy)]
pub struct WorkerChange<'a> {
    /// Display name.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Administrator.
    pub admin: bool,
}

impl Folder {
    /// Adds a worker, who can sign in at once.
    pub fn add_worker(&self, store: &Store, author: Author, new: NewWorker<'_>) -> Result<Account> {
        check_new_password(new.password)?;
        let name = tidy_name(new.name)?;
        let _held = self.hold_keys();
        let mut keys = self.load_keys()?;
        let store_id = store.identity().store_id;
        // Only this function gives numbers, and it holds the key file: the number is still free below.
        let uid = store.read(|view| view.next_uid())?;
        let shown = (uid, name.as_str(), new.role, new.admin);
        let entry = store.with_open(|open| WorkerEntry::new(&store_id, shown, new.password, self.cost, &[open.key()]))?;
        let account = store.write(author, |tx| {
            tx.insert_account(uid, &name, new.role, new.admin, &entry.wrapped.public.0)?;
            tx.record_worker_act(act::WORKER_ADD, uid)?;
            tx.name_workers()?;
            tx.get_account(uid)
        })?;
        keys.workers.push(entry);
        keys.save(self.path())?;
        Ok(account.value)
    }

    /// Changes a worker's name, role or flag.
    pub fn change_worker(&self, store: &Store, author: Author, uid: u32, change: WorkerChange<'_>) -> Result<Account> {
        let name = tidy_name(change.name)?;
        let _held = self.hold_keys();
        let mut keys = self.load_keys()?;
        let account = store.write(author, |tx| {
            let account = Account { name, role: change.role, admin: change.admin, ..tx.get_account(uid)? };
            tx.update_account(&account)?;
            tx.record_worker_act(act::WORKER_CHANGE, uid)?;
            tx.name_workers()?;
            Ok(account)
        })?;
        let entry = keys.worker_mut(uid)?;
        entry.name.clone_from(&account.value.name);
        entry.role = account.value.role;
        entry.admin = account.value.admin;
        keys.save(self.path())?;
        Ok(account.value)
    }

    /// Closes a worker's account and changes the store's key, so that what the worker knows opens nothing new. Backups
    /// from before still open with the passwords of before.
    pub fn remove_worker(&self, store: &Store, author: Author, uid: u32) -> Result<()> {
        let _held = self.hold_keys();
        store.write(author, |tx| {
            let account = Account { active: false, ..tx.get_account(uid)? };
            tx.update_account(&account)?;
            tx.record_worker_act(act::WORKER_REMOVE, uid)?;
            meta::set(tx.connection(), meta::REKEYING, true)
        })?;
        self.rekey(store, author)
    }

    /// A worker changes the own password.
    pub fn change_password(&self, store: &Store, author: Author, old: &str, new: &str) -> Result<()> {
        check_new_password(new)?;
        let _held = self.hold_keys();
        let mut keys = self.load_keys()?;
        let pair = keys.unwrap(author.uid, old)?;
        let store_id = keys.store_id.0;
        keys.worker_mut(author.uid)?.rewrap(&pair, &store_id, new, self.cost)?;
        store.write(author, |tx| tx.record_worker_act(act::PASSWORD_CHANGE, author.uid))?;
        keys.save(self.path())
    }

    /// Gives worker `uid` a new password by the recovery key; it is written into the audit. The store is open afterwards,
    /// as after [`Folder::sign_in`].
    pub fn reset_password(&self, uid: u32, recovery: &RecoveryKey, new: &str, now: DateTime<Utc>) -> Result<Store> {
        check_new_password(new)?;
        let keys = self.load_keys()?;
        let recovery_pair = keys.unwrap_recovery(recovery)?;
        let store = self.open_store(&keys, &recovery_pair, now)?;
        let account = store.read(|view| view.get_account(uid))?;
        if !account.active {
            return Err(Error::AccountClosed);
        }
        self.replace_pair(&store, keys, &account, new, Author { uid, at_ms: now.timestamp_millis() })?;
        self.finish_rekeying(&store, now)?;
        Ok(store)
    }

    /// Makes a new recovery key; the paper with the old one is worthless from then on, except for older backups.
    pub fn renew_recovery_key(&self, store: &Store, author: Author) -> Result<RecoveryKey> {
        let _held = self.hold_keys();
        let mut keys = self.load_keys()?;
        let recovery_key = RecoveryKey::generate()?;
        let store_id = keys.store_id.0;
        keys.recovery = store.with_open(|open| RecoveryEntry::new(&store_id, &recovery_key, &[open.key()]))?;
        let public = keys.recovery.wrapped.public.0;
        store.write(author, |tx| {
            meta::set(tx.connection(), meta::RECOVERY_PUBLIC, public)?;
            tx.record_worker_act(act::RECOVERY_RENEW, author.uid)
        })?;
        keys.save(self.path())?;
        Ok(recovery_key)
    }

    /// A new pair for a worker whose private half nobody can unwrap any more.
    fn replace_pair(&self, store: &Store, mut keys: KeyFile, account: &Account, password: &str, author: Author) -> Result<()> {
        let _held = self.hold_keys();
        let store_id = keys.store_id.0;
        let shown = (account.uid, account.name.as_str(), account.role, account.admin);
        let entry = store.with_open(|open| WorkerEntry::new(&store_id, shown, password, self.cost, &[open.key()]))?;
        store.write(author, |tx| {
            tx.set_public_key(account.uid, &entry.wrapped.public.0)?;
            tx.record_worker_act(act::PASSWORD_RESET, account.uid)
        })?;
        match keys.worker_mut(account.uid) {
            Ok(known) => *known = entry,
            Err(_) => keys.workers.push(entry),
        }
        keys.save(self.path())
    }

    /// After a cut between database and key file: the pair that opened the store is the worker's.
    pub(crate) fn remember_public_key(&self, store: &Store, uid: u32, pair: &Pair, now: DateTime<Utc>) -> Result<()> {
        if store.read(|view| view.public_key_of(uid))? != pair.public() {
            store.write(Author::program(now.timestamp_millis()), |tx| tx.set_public_key(uid, &pair.public()))?;
        }
        Ok(())
    }
}
