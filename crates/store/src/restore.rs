//! Restore (khôi phục): a backup takes the place of the present store, which is set aside and kept.
//!
//! Owes its callers: an administrator's password or the recovery key of the *present* store is asked; that of the backup
//! only where the present store cannot be opened. Where it can, the accounts and passwords of today stay: a worker removed
//! since the backup does not come back with it.
//! Would surprise: the restored store writes as an unenrolled one, under a new incarnation, until the province gives it a
//! new number.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, named_params};

use crate::after_restore::after_restore;
use crate::backup::{check_database, copy_database, remove_database};
use crate::error::{Error, Result};
use crate::folder::{DATABASE, Folder, PublicFacts, open_database, public_facts};
use crate::integrity::expect_sealed;
use crate::keys::{COPIES, KeyFile, Pair, RecoveryKey, StoreKey, random};
use crate::open::{Access, Author, View, connect, write_on};
use crate::{derived, files, meta, migrate};

const RESTORED: &str = "store.db.restored";

/// What shows that somebody may restore.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// An administrator's password.
    Password {
        /// The administrator.
        uid: u32,
        /// The password.
        password: &'a str,
    },
    /// The recovery key.
    Recovery(&'a RecoveryKey),
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the store that was here before is kept; `None` where there was none.
    pub set_aside: Option<PathBuf>,
    /// Which passwords open the restored store.
    pub passwords: Passwords,
}

/// Whose passwords count after a restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passwords {
    /// Those of today.
    Present,
    /// Those of the backup's time, since the present store could not be opened or was another one.
    Backup,
}

/// The present store, as far as it could be opened.
enum Present {
    Open {
        connection: Connection,
        key: StoreKey,
        pair: Pair,
        store_id: [u8; 16],
    },
    /// Its keys may still open with the proof, its database does not.
    Unreadable {
        pair: Option<Pair>,
    },
}

/// Whose passwords open a backup: what stands readable in its key file.
///
/// # Errors
/// [`Error::NotABackup`] where there is no backup; [`Error::DamagedKeys`] where its key file is none.
pub fn read_backup_facts(backup: &Path) -> Result<PublicFacts> {
    if !backup.join(DATABASE).is_file() {
        return Err(Error::NotABackup);
    }
    KeyFile::load(backup)?.map(|keys| public_facts(&keys)).ok_or(Error::NotABackup)
}

impl Folder {
    /// Puts the backup at `backup` in the place of the present store, which is closed first if it is open.
    /// `own_proof` is a proof of the backup's own time, for one whose keys the present proof does not open
    /// ([`Error::BackupNeedsItsOwnPassword`]). Sign in afterwards.
    pub fn restore(&self, backup: &Path, proof: Proof<'_>, own_proof: Option<Proof<'_>>, now: DateTime<Utc>) -> Result<Restored> {
        if !backup.join(DATABASE).is_file() {
            return Err(Error::NotABackup);
        }
        let source_keys = KeyFile::load(backup)?.ok_or(Error::NotABackup)?;
        files::make_folder(self.path())?;
        let _lock = self.take_lock()?;
        let _held = self.hold_keys();
        files::probe_writable(self.path())?;
        if let Some(store) = self.opened() {
            store.close();
        }

        let present = self.open_present(proof)?;
        let (source, source_key) = open_backup(backup, &source_keys, &present, proof, own_proof)?;
        if matches!(present, Present::Unreadable { .. }) {
            expect_admin(&View::new(&source), own_proof.unwrap_or(proof))?;
        }
        // Today's accounts and key go on where the backup is an earlier state of the same store.
        let (key, passwords) = match &present {
            Present::Open { key, store_id, .. } if *store_id == source_keys.store_id.0 => (key, Passwords::Present),
            _ => (&source_key, Passwords::Backup),
        };
        let restored = self.path().join(RESTORED);
        remove_database(&restored);
        let made = expect_sealed(&source)
            .and_then(|()| copy_database(&source, &restored, key))
            .and_then(|()| check_database(&restored, key, &source_keys.store_id.0))
            .and_then(|()| make_new_life(&restored, key, &present, passwords, proof, now));
        if let Err(error) = made {
            remove_database(&restored);
            return Err(match error {
                Error::Damaged(cause) => Error::UnsoundBackup(cause),
                other => other,
            });
        }
        close_present(present)?;
        let set_aside = self.swap_in(&restored, (passwords == Passwords::Backup).then_some(source_keys))?;
        Ok(Restored { set_aside, passwords })
    }

    /// Opens the present store by `proof`, or finds that it cannot be opened by anybody.
    fn open_present(&self, proof: Proof<'_>) -> Result<Present> {
        let database = self.path().join(DATABASE);
        let keys = match KeyFile::load(self.path()) {
            Ok(Some(keys)) => keys,
            Ok(None) | Err(Error::DamagedKeys) => return Ok(Present::Unreadable { pair: None }),
            Err(error) => return Err(error),
        };
        if fs::metadata(&database).is_ok_and(|metadata| metadata.len() > 0) {
            let pair = unwrap(&keys, proof)?;
            let opened = open_database(&database, &keys.unseal_all(&pair), Access::Write).and_then(|(connection, key)| {
                expect_admin(&View::new(&connection), proof)?;
                Ok((connection, key))
            });
            return match opened {
                Ok((connection, key)) => Ok(Present::Open { connection, key, pair, store_id: keys.store_id.0 }),
                Err(error) if error.offers_a_backup() => Ok(Present::Unreadable { pair: Some(pair) }),
                Err(error) => Err(error),
            };
        }
        Ok(Present::Unreadable { pair: unwrap(&keys, proof).ok() })
    }

    /// Sets the present files aside and gives the restored ones their names. Cut anywhere, the store is missing and the
    /// restore can be made again.
    fn swap_in(&self, restored: &Path, keys: Option<KeyFile>) -> Result<Option<PathBuf>> {
        let present = self.path().join(DATABASE);
        let mut set_aside = None;
        if present.try_exists()? || keys.is_some() && COPIES.iter().any(|name| self.path().join(name).exists()) {
            let place = files::free_place_aside(self.path(), "store")?;
            files::make_folder(&place)?;
            for name in COPIES {
                if let Some(bytes) = files::read_if_there(&self.path().join(name))? {
                    files::write_whole(&place.join(name), &bytes)?;
                }
            }
            for name in [DATABASE, "store.db-wal", "store.db-shm"] {
                let file = self.path().join(name);
                if file.try_exists()? {
                    fs::rename(&file, place.join(name))?;
                }
            }
            files::sync_folder(&place)?;
            set_aside = Some(place);
        }
        if let Some(mut keys) = keys {
            keys.save(self.path())?;
        }
        fs::rename(restored, &present)?;
        files::sync_folder(self.path())?;
        Ok(set_aside)
    }
}

fn unwrap(keys: &KeyFile, proof: Proof<'_>) -> Result<Pair> {
    match proof {
        Proof::Password { uid, password } => keys.unwrap(uid, password),
        Proof::Recovery(key) => keys.unwrap_recovery(key),
    }
}

/// A password proves an administrator only where the account table says so; the paper is the administrators' own.
fn expect_admin(view: &View<'_>, proof: Proof<'_>) -> Result<()> {
    match proof {
        Proof::Recovery(_) => Ok(()),
        Proof::Password { uid, .. } => match view.get_account(uid)? {
            account if account.active && account.admin => Ok(()),
            _ => Err(Error::NotAdmin),
        },
    }
}

/// Opens the backup: with the present key, with what the present pair unseals in it, else with a proof of its own.
fn open_backup(
    backup: &Path,
    keys: &KeyFile,
    present: &Present,
    proof: Proof<'_>,
    own_proof: Option<Proof<'_>>,
) -> Result<(Connection, StoreKey)> {
    let database = backup.join(DATABASE);
    let (mut candidates, pair) = match present {
        Present::Open { key, pair, .. } => (vec![key.clone()], Some(pair)),
        Present::Unreadable { pair } => (Vec::new(), pair.as_ref()),
    };
    candidates.extend(pair.into_iter().flat_map(|pair| keys.unseal_all(pair)));
    if let Ok(opened) = open_database(&database, &candidates, Access::Read) {
        return Ok(opened);
    }
    let own = match unwrap(keys, own_proof.unwrap_or(proof)) {
        Ok(pair) => pair,
        // The present proof was right for the present store: it is the backup that asks for something else.
        Err(Error::WrongPassword | Error::WrongRecoveryKey | Error::UnknownWorker) if own_proof.is_none() && pair.is_some() => {
            return Err(Error::BackupNeedsItsOwnPassword);
        }
        Err(error) => return Err(error),
    };
    open_database(&database, &keys.unseal_all(&own), Access::Read).map_err(|error| match error {
        Error::Damaged(cause) => Error::UnsoundBackup(cause),
        other => other,
    })
}

/// Brings the copy up to date, carries today's accounts over, and makes it a store that nobody has enrolled.
fn make_new_life(
    path: &Path,
    key: &StoreKey,
    present: &Present,
    passwords: Passwords,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut copy = connect(path, key, Access::Write)?;
    migrate::run(&mut copy, migrate::STEPS, now.timestamp_millis(), |_| Ok(()))?;
    derived::after_upgrade(&mut copy, now.timestamp_millis())?;
    let uid = match proof {
        Proof::Password { uid, .. } => uid,
        Proof::Recovery(_) => 0,
    };
    let incarnation = random()?;
    write_on(&mut copy, Author { uid, at_ms: now.timestamp_millis() }, |tx| {
        if let (Present::Open { connection, .. }, Passwords::Present) = (present, passwords) {
            carry_accounts_over(connection, tx.connection())?;
        }
        meta::clear(tx.connection(), meta::REKEYING)?;
        tx.begin_incarnation(incarnation)?;
        after_restore(tx.connection())
    })?;
    copy.close().map_err(|(_, error)| error.into())
}

/// The account table and the recovery key's public half of today, instead of the backup's.
fn carry_accounts_over(present: &Connection, restored: &Connection) -> Result<()> {
    let mut read = present.prepare("SELECT uid, name, role, admin, active, public_key, created_at FROM account")?;
    let mut rows = read.query([])?;
    let mut write = restored.prepare(
        "INSERT INTO account(uid, name, role, admin, active, public_key, created_at)
         VALUES (:uid, :name, :role, :admin, :active, :public_key, :created_at)
         ON CONFLICT(uid) DO UPDATE SET name = excluded.name, role = excluded.role, admin = excluded.admin,
           active = excluded.active, public_key = excluded.public_key, created_at = excluded.created_at",
    )?;
    while let Some(row) = rows.next()? {
        write.execute(named_params! {
            ":uid": row.get::<_, u32>("uid")?,
            ":name": row.get::<_, String>("name")?,
            ":role": row.get::<_, String>("role")?,
            ":admin": row.get::<_, bool>("admin")?,
            ":active": row.get::<_, bool>("active")?,
            ":public_key": row.get::<_, Vec<u8>>("public_key")?,
            ":created_at": row.get::<_, i64>("created_at")?,
        })?;
    }
    if let Some(public) = meta::find::<[u8; 32]>(present, meta::RECOVERY_PUBLIC)? {
        meta::set(restored, meta::RECOVERY_PUBLIC, public)?;
    }
    Ok(())
}

fn close_present(present: Present) -> Result<()> {
    match present {
        Present::Open { connection, .. } => connection.close().map_err(|(_, error)| error.into()),
        Present::Unreadable { .. } => Ok(()),
    }
}
