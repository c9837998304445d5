//! Statements that a transaction runs for one record after the other, kept at hand until it ends.
//!
//! Would surprise: they are told apart by the place of their text in the program, not by the text, so that finding one costs
//! less than running it; the same text twice is only prepared twice.

use std::cell::RefCell;

use rusqlite::{CachedStatement, Connection, Params, Statement};

use crate::error::Result;

/// The statements of one transaction.
pub(crate) struct Statements<'a> {
    connection: &'a Connection,
    kept: RefCell<Vec<(&'static str, CachedStatement<'a>)>>,
}

impl<'a> Statements<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection, kept: RefCell::default() }
    }

    /// Lets `f` run a statement; it must not ask for another.
    pub(crate) fn with<T>(&self, sql: &'static str, f: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<T>) -> Result<T> {
        let mut kept = self.kept.borrow_mut();
        if let Some((_, statement)) = kept.iter_mut().find(|(known, _)| std::ptr::eq(*known, sql)) {
            return Ok(f(statement)?);
        }
        let mut statement = self.connection.prepare_cached(sql)?;
        let done = f(&mut statement)?;
        kept.push((sql, statement));
        Ok(done)
    }

    /// Runs a statement that gives no rows.
    pub(crate) fn run(&self, sql: &'static str, parameters: impl Params) -> Result<()> {
        self.with(sql, |statement| statement.execute(parameters)).map(drop)
    }
}
