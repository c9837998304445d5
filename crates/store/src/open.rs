//! The open store: one connection that writes, a few that read, and the key that opens them.
//!
//! Owes its callers: [`Store::write`] is one transaction, fsynced before it returns; [`Store::read`] sees one moment;
//! [`Store::close`] waits for both, wipes the key and closes the files.
//! Leaves to others: what is written (a module per capability adds methods to [`View`] and [`Tx`]) and who may (the
//! command door).
//! Would surprise: a call to `read` or `write` from inside another one's closure may wait for ever; a [`Tx`] reads too.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::integrity::Integrity;
use crate::keys::StoreKey;
use crate::records::writing::Writing;
use crate::statements::Statements;

/// Connections kept open for reading; a burst of more opens and closes the rest.
const IDLE_READERS: usize = 4;
/// Page cache of a connection that reads, in KiB: a list of 20,000 people and its index, so that going through it deciphers each
/// page once.
const READ_CACHE: i32 = 12_000;
/// Prepared statements kept on each connection.
const STATEMENTS: usize = 256;

/// Who writes, and when: the author of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The worker's number on this device; 0 is the program itself.
    pub uid: u32,
    /// Trusted time of the save, milliseconds since 1970 (UTC).
    pub at_ms: i64,
}

impl Author {
    /// The program itself, for what no worker asked for.
    pub fn program(at_ms: i64) -> Self {
        Self { uid: 0, at_ms }
    }
}

/// Capabilities (words of the product, such as `households`) whose data a transaction changed.
pub type Touched = BTreeSet<&'static str>;

/// What a transaction gave back, and what it changed.
#[derive(Debug)]
pub struct Written<T> {
    /// The closure's own value.
    pub value: T,
    /// Capabilities whose data changed.
    pub touched: Touched,
    /// The last act of the transaction, which can be taken back by its number.
    pub act: Option<i64>,
}

/// One moment of the store, for reading. Capabilities add their queries as methods.
pub struct View<'a> {
    connection: &'a Connection,
}

impl<'a> View<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// The connection, for the SQL that only this crate may hold.
    pub(crate) fn connection(&self) -> &'a Connection {
        self.connection
    }
}

/// One write transaction. It reads like a [`View`]; capabilities add their writes as methods.
pub struct Tx<'a> {
    view: View<'a>,
    author: Author,
    touched: RefCell<Touched>,
    pub(crate) writing: RefCell<Writing>,
    pub(crate) statements: Statements<'a>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(connection: &'a Connection, author: Author) -> Self {
        Self {
            view: View::new(connection),
            author,
            touched: RefCell::default(),
            writing: RefCell::default(),
            statements: Statements::new(connection),
        }
    }

    /// Who writes, and when.
    pub fn author(&self) -> Author {
        self.author
    }

    /// Says that data of this capability changed: listeners hear it after the commit.
    pub fn touch(&self, capability: &'static str) {
        self.touched.borrow_mut().insert(capability);
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

type Listener = Box<dyn Fn(&Touched) + Send + Sync>;

/// What of the store may be known without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Random number of the store, given when it was made; a restore keeps it.
    pub store_id: [u8; 16],
    /// The commune's list this store belongs to.
    pub unit: u32,
    /// Holds invented people only.
    pub sample: bool,
}

/// An open store. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) identity: Identity,
    /// Held so that the folder stays ours for as long as the store lives.
    _lock: Arc<File>,
    open: RwLock<Option<Open>>,
    listeners: Mutex<Vec<Listener>>,
    pub(crate) integrity: Mutex<Integrity>,
}

/// The part that `close` takes away.
pub(crate) struct Open {
    path: PathBuf,
    key: StoreKey,
    access: Access,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Makes the file.
    Create,
    /// Reads and writes a file that is there.
    Write,
    /// Only reads.
    Read,
}

impl Open {
    pub(crate) fn new(path: PathBuf, key: StoreKey, access: Access, writer: Connection) -> Self {
        Self { path, key, access, writer: Mutex::new(writer), readers: Mutex::default() }
    }

    pub(crate) fn key(&self) -> &StoreKey {
        &self.key
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_reader(&self) -> Result<Connection> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => connect(&self.path, &self.key, Access::Read),
        }
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
    }
}

impl Store {
    pub(crate) fn new(identity: Identity, lock: Arc<File>, open: Open) -> Self {
        Self {
            inner: Arc::new(Inner {
                identity,
                _lock: lock,
                open: RwLock::new(Some(open)),
                listeners: Mutex::default(),
                integrity: Mutex::new(Integrity::Unknown),
            }),
        }
    }

    /// What the store is: its number, its commune, whether it is a sample.
    pub fn identity(&self) -> Identity {
        self.inner.identity
    }

    /// Runs `f` in one transaction, commits it to disk, then tells the listeners. An error from `f` undoes everything.
    pub fn write<T>(&self, author: Author, f: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Written<T>> {
        let written = self.with_open(|open| {
            if open.access == Access::Read {
                return Err(Error::ReadOnly(None));
            }
            write_on(&mut open.writer(), author, f)
        })?;
        if !written.touched.is_empty() {
            self.tell(&written.touched);
        }
        Ok(written)
    }

    /// Runs `f` on one moment of the store. Reads go beside each other and beside a write.
    pub fn read<T>(&self, f: impl FnOnce(&View<'_>) -> Result<T>) -> Result<T> {
        self.with_open(|open| {
            let connection = open.take_reader()?;
            let moment = connection.unchecked_transaction()?;
            let value = f(&View::new(&moment))?;
            drop(moment);
            open.give_back(connection);
            Ok(value)
        })
    }

    /// Calls `listener` after each commit that touched something, whoever caused it. It must not write to the store.
    pub fn listen(&self, listener: impl Fn(&Touched) + Send + Sync + 'static) {
        self.inner.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// Waits for running calls, closes the files and wipes the key. Every later call answers [`Error::Closed`].
    pub fn close(&self) {
        self.inner.open.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Whether [`Store::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.inner.open.read().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    pub(crate) fn with_open<T>(&self, f: impl FnOnce(&Open) -> Result<T>) -> Result<T> {
        let open = self.inner.open.read().unwrap_or_else(PoisonError::into_inner);
        f(open.as_ref().ok_or(Error::Closed)?)
    }

    /// Closes every connection, lets `f` exchange the file, and goes on with what `f` opened. When `f` fails, the file
    /// that is in place is opened again with the old key; if even that fails the store is closed.
    pub(crate) fn exchange(&self, f: impl FnOnce(&Path, &StoreKey) -> Result<Open>) -> Result<()> {
        let mut slot = self.inner.open.write().unwrap_or_else(PoisonError::into_inner);
        let Open { path, key, access, writer, readers } = slot.take().ok_or(Error::Closed)?;
        drop(readers);
        drop(writer);
        match f(&path, &key) {
            Ok(open) => {
                *slot = Some(open);
                Ok(())
            }
            Err(error) => {
                if let Ok(writer) = connect(&path, &key, access) {
                    *slot = Some(Open::new(path, key, access, writer));
                }
                Err(error)
            }
        }
    }

    /// Whether the store was opened only to read ([`crate::Folder::sign_in_to_read`]).
    pub fn is_read_only(&self) -> Result<bool> {
        self.with_open(|open| Ok(open.access == Access::Read))
    }

    /// Makes the file one that a newer program wrote. For tests, where no newer program is there.
    #[doc(hidden)]
    pub fn pretend_newer(&self) -> Result<()> {
        self.with_open(|open| Ok(open.writer().pragma_update(None, "user_version", crate::PROGRAM + 1)?))
    }

    /// How many thousand steps of the database's machine a read takes. For tests of what must not grow with the register.
    #[doc(hidden)]
    pub fn count_steps<T>(&self, f: impl FnOnce(&View<'_>) -> Result<T>) -> Result<u64> {
        self.with_open(|open| {
            let mut connection = open.take_reader()?;
            let steps = Arc::new(AtomicU64::new(0));
            let counted = Arc::clone(&steps);
            let count = move || {
                counted.fetch_add(1, Ordering::Relaxed);
                false
            };
            connection.progress_handler(1000, Some(count))?;
            f(&View::new(&connection))?;
            Ok(steps.load(Ordering::Relaxed))
        })
    }

    /// Makes every further page a full disk. For tests where no small disk can be mounted.
    #[doc(hidden)]
    pub fn stop_growing(&self) -> Result<()> {
        self.with_open(|open| {
            let writer = open.writer();
            let pages: i64 = writer.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            Ok(writer.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
        })
    }

    fn tell(&self, touched: &Touched) {
        for listener in self.inner.listeners.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(touched);
        }
    }
}

/// One transaction on a connection: what [`Store::write`] does once it has one.
pub(crate) fn write_on<T>(
    connection: &mut Connection,
    author: Author,
    f: impl FnOnce(&Tx<'_>) -> Result<T>,
) -> Result<Written<T>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tx = Tx::new(&transaction, author);
    let value = f(&tx)?;
    tx.finish_records()?;
    let act = tx.writing.borrow().last_act;
    let touched = tx.touched.take();
    drop(tx);
    transaction.commit()?;
    Ok(Written { value, touched, act })
}

/// SQLCipher sets itself up with the first key it is given, and two threads that do so at once may have a key refused: one of
/// forty runs of a test program that opens stores from its first moment. Keys are given one after the other.
static KEYING: Mutex<()> = Mutex::new(());

/// Opens the encrypted file with a raw key. A key that does not fit, or a damaged first page, is [`Error::Damaged`].
pub(crate) fn connect(path: &Path, key: &StoreKey, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Write | Access::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let one = KEYING.lock().unwrap_or_else(PoisonError::into_inner);
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // The log level comes first: a wrong key would otherwise write to standard error.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let statement: Zeroizing<String> = key.pragma();
    connection.execute_batch(&statement)?;
    drop(one);
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;",
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans do not look at bound values: without this a prepared statement is planned anew for each value, at ten times its cost.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if access == Access::Read {
        connection.execute_batch(&format!("PRAGMA query_only = ON; PRAGMA cache_size = -{READ_CACHE};"))?;
    } else {
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -48000;")?;
    }
    Ok(connection)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_connection_is_durable_and_keeps_its_secrets() {
        let place = tempfile::TempDir::new().unwrap();
        let (path, key) = (place.path().join("store.db"), StoreKey::generate().unwrap());
        let writer = connect(&path, &key, Access::Create).unwrap();
        let number = |connection: &Connection, pragma: &str| -> i64 {
            connection.pragma_query_value(None, pragma, |row| row.get(0)).unwrap()
        };
        let settings = |connection: &Connection| {
            ["synchronous", "temp_store", "trusted_schema", "foreign_keys", "query_only"].map(|pragma| number(connection, pragma))
        };
        assert_eq!(settings(&writer), [2, 2, 0, 1, 0]);
        assert_eq!(settings(&connect(&path, &key, Access::Read).unwrap()), [2, 2, 0, 1, 1]);
        let mode: String = writer.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }

    #[test]
    fn another_key_opens_nothing() {
        let place = tempfile::TempDir::new().unwrap();
        let path = place.path().join("store.db");
        connect(&path, &StoreKey::generate().unwrap(), Access::Create).unwrap().execute_batch("CREATE TABLE one(a)").unwrap();
        let refused = connect(&path, &StoreKey::generate().unwrap(), Access::Write);
        assert!(matches!(refused, Err(Error::Damaged(_))));
    }
}
