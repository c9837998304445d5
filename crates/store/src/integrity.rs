//! Whether the file is whole: a quick check in the background after sign-in, the full one on every backup.

use std::sync::PoisonError;
use std::thread;

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::open::Store;

/// What is known about the open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// No check was asked for, or it could not be made.
    Unknown,
    /// A check is running.
    Running,
    /// The last check found nothing.
    Sound,
    /// The last check found damage: the newest backup should be offered.
    Damaged,
}

impl Store {
    /// Starts the quick check on its own thread and connection; ask [`Store::integrity`] for the result. `done` is called
    /// when it is known.
    pub fn check_in_background(&self, done: impl FnOnce(Integrity) + Send + 'static) {
        self.set_integrity(Integrity::Running);
        let store = self.clone();
        thread::spawn(move || {
            let result = match store.quick_check() {
                Ok(()) => Integrity::Sound,
                Err(Error::Damaged(_)) => Integrity::Damaged,
                Err(_) => Integrity::Unknown,
            };
            store.set_integrity(result);
            done(result);
        });
    }

    /// What the last check found.
    pub fn integrity(&self) -> Integrity {
        *self.inner.integrity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The quick check, here and now; [`Error::Damaged`] where it finds something.
    pub fn quick_check(&self) -> Result<()> {
        self.read(|view| expect_ok(view.connection(), "PRAGMA quick_check(1)"))
    }

    /// The full check of every page and index; slower.
    pub fn full_check(&self) -> Result<()> {
        self.with_open(|open| full_check(&open.writer()))
    }

    fn set_integrity(&self, integrity: Integrity) {
        *self.inner.integrity.lock().unwrap_or_else(PoisonError::into_inner) = integrity;
    }
}

/// Every page's seal, every table, every index, every reference.
pub(crate) fn full_check(connection: &Connection) -> Result<()> {
    expect_sealed(connection)?;
    expect_ok(connection, "PRAGMA integrity_check(1)")?;
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    if statement.exists([])? {
        return Err(Error::Damaged(None));
    }
    Ok(())
}

/// Every page's seal in the file itself. Before a copy is made: SQLCipher hands out a damaged last page as zeros and tells
/// only at the next read, so the copy would look sound. Nobody may be writing meanwhile.
pub(crate) fn expect_sealed(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    if statement.exists([])? { Err(Error::Damaged(None)) } else { Ok(()) }
}

fn expect_ok(connection: &Connection, check: &str) -> Result<()> {
    let answer: String = connection.query_row(check, [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(Error::Damaged(None)) }
}
