//! A data folder (thư mục dữ liệu): the lock, what may be known without a password, making a store, signing in.
//!
//! ```text
//! lock            held by the one process that has the folder open
//! store.db        the encrypted database (with -wal and -shm while open)
//! keys.json(.bak) who can open it; readable
//! status.json     last backup, count waiting; readable, may be lost
//! backups/  set-aside/
//! ```
//! Owes its callers: nothing that is here is ever overwritten by [`Folder::create`]; a folder has one process at a time.
//! Would surprise: [`Folder::open`] makes nothing, so the lock of a folder that is not there yet is taken by `create`.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::account::{Role, tidy_name};
use crate::audit::act;
use crate::error::{Error, Result};
use crate::keys::{Cost, KeyFile, Pair, RecoveryEntry, RecoveryKey, StoreKey, WorkerEntry, check_new_password, random};
use crate::open::{Access, Author, Identity, Inner, Open, Store, connect, write_on};
use crate::{backup, derived, files, meta, migrate};

/// The database file.
pub(crate) const DATABASE: &str = "store.db";
/// The database file of a store that is being made.
const UNFINISHED: &str = "store.db.new";
const LOCK: &str = "lock";

/// What a folder is before anybody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderState {
    /// No store yet; [`Folder::create`] makes one.
    Absent,
    /// A store that waits for a password.
    Locked(PublicFacts),
    /// The key file is whole but the database is gone; a backup can be restored.
    StoreMissing(PublicFacts),
    /// Both copies of the key file are missing or damaged; a backup can be restored.
    DamagedKeys,
    /// The key file was written by a newer program.
    Newer,
}

/// What stands readable in the key file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFacts {
    /// Number, commune, sample mark.
    pub identity: Identity,
    /// Who can sign in, by number.
    pub workers: Vec<PublicWorker>,
}

/// A worker as shown at the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicWorker {
    /// Number on this device.
    pub uid: u32,
    /// Display name.
    pub name: String,
    /// Role, for show: rights come from inside the store.
    pub role: Role,
    /// Administrator, for show.
    pub admin: bool,
}

/// A store to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewStore<'a> {
    /// The commune's list (`domain::UnitId`).
    pub unit: u32,
    /// Holds invented people only, for ever.
    pub sample: bool,
    /// The first worker, who is an administrator.
    pub worker: &'a str,
    /// The first worker's role.
    pub role: Role,
    /// The first worker's password.
    pub password: &'a str,
}

/// A data folder that this process holds.
pub struct Folder {
    path: PathBuf,
    lock: Mutex<Option<Arc<File>>>,
    /// Held while the key file is read, changed and written.
    keys: Mutex<()>,
    /// The store that was opened last: there is one at a time.
    opened: Mutex<Weak<Inner>>,
    pub(crate) cost: Cost,
}

impl Folder {
    /// Takes hold of a folder, which need not exist. [`Error::InUse`] where another process has it.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        Self::open_with_cost(path, Cost::STANDARD)
    }

    /// The same with another cost of new passwords. For tests, which make many: tidy refuses it elsewhere.
    #[doc(hidden)]
    pub fn open_with_cost(path: impl Into<PathBuf>, cost: Cost) -> Result<Self> {
        let folder = Self { path: path.into(), lock: Mutex::default(), keys: Mutex::default(), opened: Mutex::default(), cost };
        match fs::metadata(&folder.path) {
            Ok(metadata) if !metadata.is_dir() => return Err(Error::NotAStore),
            Ok(_) => {
                folder.take_lock_where_possible()?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(folder)
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the folder is, without a password. Reads the disk each time.
    pub fn state(&self) -> Result<FolderState> {
        let database = self.path.join(DATABASE).try_exists()?;
        let unfinished = !database && self.path.join(UNFINISHED).try_exists()?;
        match KeyFile::load(&self.path) {
            _ if unfinished => Ok(FolderState::Absent),
            Ok(Some(keys)) if database => Ok(FolderState::Locked(public_facts(&keys))),
            Ok(Some(keys)) => Ok(FolderState::StoreMissing(public_facts(&keys))),
            Ok(None) if database => Ok(FolderState::DamagedKeys),
            Ok(None) => Ok(FolderState::Absent),
            Err(Error::DamagedKeys) => Ok(FolderState::DamagedKeys),
            Err(Error::NewerSchema { .. }) => Ok(FolderState::Newer),
            Err(error) => Err(error),
        }
    }

    /// Makes a store with its first worker. The recovery key is given here and never again.
    pub fn create(&self, new: NewStore<'_>, now: DateTime<Utc>) -> Result<(Store, RecoveryKey)> {
        check_new_password(new.password)?;
        let name = tidy_name(new.worker)?;
        files::make_folder(&self.path)?;
        let lock = self.take_lock()?;
        let held = self.hold_keys();
        if self.state()? != FolderState::Absent {
            return Err(Error::AlreadyAStore);
        }
        self.set_aside_unfinished()?;

        let identity = Identity { store_id: random()?, unit: new.unit, sample: new.sample };
        let key = StoreKey::generate()?;
        let recovery_key = RecoveryKey::generate()?;
        let recovery = RecoveryEntry::new(&identity.store_id, &recovery_key, &[&key])?;
        let mut keys = KeyFile::new(identity.store_id, identity.unit, identity.sample, recovery);
        let worker = (1, name.as_str(), new.role, true);
        keys.workers.push(WorkerEntry::new(&identity.store_id, worker, new.password, self.cost, &[&key])?);

        // The database takes its real name last: a set-up that was cut is no store yet, and begins anew.
        let unfinished = self.path.join(UNFINISHED);
        if let Err(error) = make_database(&unfinished, &key, identity, &keys, now) {
            backup::remove_database(&unfinished);
            return Err(error);
        }
        keys.save(&self.path)?;
        let database = self.path.join(DATABASE);
        fs::rename(&unfinished, &database)?;
        files::sync_folder(&self.path)?;

        let writer = connect(&database, &key, Access::Write)?;
        let store = Store::new(identity, lock, Open::new(database, key, Access::Write, writer));
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&store.inner);
        drop(held);
        self.note_status(|status| status.created_at = Some(now))?;
        Ok((store, recovery_key))
    }

    /// Opens the store with a worker's password, after a backup and the migration steps where there are new ones. Where
    /// the store is open already, it is the same one that comes back.
    pub fn sign_in(&self, uid: u32, password: &str, now: DateTime<Utc>) -> Result<Store> {
        let keys = self.load_keys()?;
        let pair = keys.unwrap(uid, password)?;
        let store = self.open_store(&keys, &pair, now)?;
        let account = store.read(|view| view.get_account(uid))?;
        if !account.active {
            return Err(Error::AccountClosed);
        }
        self.remember_public_key(&store, uid, &pair, now)?;
        self.finish_rekeying(&store, now)?;
        Ok(store)
    }

    /// Opens the store only to read: for a file that a newer program wrote ([`Error::NewerSchema`]), so that its lists can
    /// still be given out. Nothing is backed up, migrated or written; what the newer program added is not seen.
    pub fn sign_in_to_read(&self, uid: u32, password: &str) -> Result<Store> {
        let keys = self.load_keys()?;
        let pair = keys.unwrap(uid, password)?;
        let lock = self.take_lock()?;
        let database = self.path.join(DATABASE);
        let (reader, key) = open_database(&database, &keys.unseal_all(&pair), Access::Read)?;
        let identity = expect_identity(&reader, &keys)?;
        let store = Store::new(identity, lock, Open::new(database, key, Access::Read, reader));
        if store.read(|view| view.get_account(uid))?.active { Ok(store) } else { Err(Error::AccountClosed) }
    }

    /// Checks a worker's password while the store is open, for the lock of the screen or a change of worker.
    pub fn verify_password(&self, store: &Store, uid: u32, password: &str) -> Result<()> {
        self.load_keys()?.unwrap(uid, password)?;
        if store.read(|view| view.get_account(uid))?.active { Ok(()) } else { Err(Error::AccountClosed) }
    }

    /// The key file, or why there is none.
    pub(crate) fn load_keys(&self) -> Result<KeyFile> {
        match KeyFile::load(&self.path)? {
            Some(keys) => Ok(keys),
            None if self.path.join(DATABASE).try_exists()? => Err(Error::DamagedKeys),
            None => Err(Error::NotAStore),
        }
    }

    /// Opens the database with whichever of the store's keys fits; the same store again where it is open.
    pub(crate) fn open_store(&self, keys: &KeyFile, pair: &Pair, now: DateTime<Utc>) -> Result<Store> {
        let lock = self.take_lock()?;
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = living(&opened) {
            return Ok(store);
        }
        files::probe_writable(&self.path)?;
        let database = self.path.join(DATABASE);
        let (mut writer, key) = open_database(&database, &keys.unseal_all(pair), Access::Write)?;
        migrate::check_program(&writer)?;
        let identity = expect_identity(&writer, keys)?;
        migrate::run(&mut writer, migrate::STEPS, now.timestamp_millis(), |connection| {
            backup::before_migration(&self.path, connection, &key, keys, now)
        })?;
        derived::after_upgrade(&mut writer, now.timestamp_millis())?;
        let store = Store::new(identity, lock, Open::new(database, key, Access::Write, writer));
        *opened = Arc::downgrade(&store.inner);
        Ok(store)
    }

    /// The store, where one is open.
    pub(crate) fn opened(&self) -> Option<Store> {
        living(&self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Holds the key file for a change.
    pub(crate) fn hold_keys(&self) -> MutexGuard<'_, ()> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lock, taken now if it was not.
    pub(crate) fn take_lock(&self) -> Result<Arc<File>> {
        let mut slot = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = &*slot {
            return Ok(Arc::clone(lock));
        }
        let path = self.path.join(LOCK);
        // A read-only folder can still be locked by a file that is there.
        let file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                File::options().write(true).create(true).truncate(false).open(&path)?
            }
            result => result?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Arc::clone(slot.insert(Arc::new(file))))
    }

    /// Takes the lock of a folder that holds a store; an empty one is left as it is, and a read-only one may be looked at.
    fn take_lock_where_possible(&self) -> Result<()> {
        if !self.path.join(LOCK).try_exists()? && self.state()? == FolderState::Absent {
            return Ok(());
        }
        match self.take_lock() {
            Ok(_) | Err(Error::ReadOnly(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Moves what a cut set-up left into `set-aside/`.
    fn set_aside_unfinished(&self) -> Result<()> {
        for name in [UNFINISHED, "store.db.new-wal", "store.db.new-shm", "keys.json", "keys.json.bak"] {
            files::set_aside(&self.path, name)?;
        }
        Ok(())
    }
}

/// Writes the database file of a new store and closes it.
fn make_database(path: &Path, key: &StoreKey, identity: Identity, keys: &KeyFile, now: DateTime<Utc>) -> Result<()> {
    let mut connection = connect(path, key, Access::Create)?;
    migrate::run(&mut connection, migrate::STEPS, now.timestamp_millis(), |_| Ok(()))?;
    let incarnation = random::<16>()?;
    write_on(&mut connection, Author { uid: 1, at_ms: now.timestamp_millis() }, |tx| {
        meta::set(tx.connection(), meta::STORE_ID, identity.store_id)?;
        meta::set(tx.connection(), meta::UNIT, identity.unit)?;
        meta::set(tx.connection(), meta::SAMPLE, identity.sample)?;
        meta::set(tx.connection(), meta::INCARNATION, incarnation)?;
        meta::set(tx.connection(), meta::RECOVERY_PUBLIC, keys.recovery.wrapped.public.0)?;
        for worker in &keys.workers {
            tx.insert_account(worker.uid, &worker.name, worker.role, worker.admin, &worker.wrapped.public.0)?;
        }
        tx.record_worker_act(act::CREATE, tx.author().uid)
    })?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Opens an existing database file with the first key that fits.
pub(crate) fn open_database(path: &Path, keys: &[StoreKey], access: Access) -> Result<(Connection, StoreKey)> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::StoreMissing),
        Err(error) => return Err(error.into()),
        // SQLite would take an empty file for a new database, and we would hand out an empty register.
        Ok(metadata) if metadata.len() == 0 => return Err(Error::Damaged(None)),
        Ok(_) => {}
    }
    let mut refusal = Error::DamagedKeys;
    for key in keys {
        match connect(path, key, access) {
            Ok(connection) => return Ok((connection, key.clone())),
            Err(error @ Error::Damaged(_)) => refusal = error,
            Err(error) => return Err(error),
        }
    }
    Err(refusal)
}

fn living(opened: &Weak<Inner>) -> Option<Store> {
    opened.upgrade().map(|inner| Store { inner }).filter(|store| !store.is_closed())
}

/// What the store inside says that it is; the key file, which anybody with the folder can write, only has to be its own.
fn expect_identity(connection: &Connection, keys: &KeyFile) -> Result<Identity> {
    let identity = meta::find_identity(connection)?;
    identity.filter(|identity| identity.store_id == keys.store_id.0).ok_or(Error::Damaged(None))
}

/// What a key file says to anybody who can read it.
pub(crate) fn public_facts(keys: &KeyFile) -> PublicFacts {
    let identity = Identity { store_id: keys.store_id.0, unit: keys.unit, sample: keys.sample };
    let workers = keys.workers.iter().map(|worker| PublicWorker {
        uid: worker.uid,
        name: worker.name.clone(),
        role: worker.role,
        admin: worker.admin,
    });
    PublicFacts { identity, workers: workers.collect() }
}
