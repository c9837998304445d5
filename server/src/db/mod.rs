//! The province's storage: one trait, two implementations (PostgreSQL, and an embedded SQLCipher file), one text of every statement.
//!
//! The only server SQL is in this folder. Statements are written once, in PostgreSQL's words; the embedded implementation turns
//! `$1` into `?1` and leaves out `FOR UPDATE`, because there `BEGIN IMMEDIATE` has locked everything already.
//! Work is a plain function over [`Tx`] and runs on a blocking thread on both, so that the order of locks can be read from top to
//! bottom. What would surprise: work may run more than once (a deadlock or a moved record asks for another try), so it must have no
//! effect outside its transaction.

pub mod audit_heads;
pub mod batches;
pub mod codes;
pub mod devices;
mod embedded;
pub mod lines;
pub mod ops;
mod postgres;
pub mod quarantine;
pub mod records;
mod rows;
pub mod scopes;
pub mod settings;
mod value;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

pub use embedded::Embedded;
pub use postgres::Postgres;
pub use value::{Row, Value};

use crate::error::{Error, Result};

/// How a transaction sees and locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// One snapshot for all statements, nothing written.
    Read,
    /// Committed and durable when `run` returns `Ok`; rolled back otherwise.
    Write,
}

/// A running transaction.
pub trait Tx {
    /// Runs a statement that gives no rows; answers how many rows it touched.
    fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64>;
    /// Runs a statement that gives rows.
    fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>>;
}

impl dyn Tx + '_ {
    /// The first row, where there may be none.
    pub fn find(&mut self, sql: &str, args: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, args)?.into_iter().next())
    }

    /// The first row of a statement that always gives one.
    pub fn get(&mut self, sql: &str, args: &[Value]) -> Result<Row> {
        self.find(sql, args)?.ok_or(Error::Stored("a row that must exist is missing"))
    }
}

/// Work inside one transaction, without its result.
pub type Work = Box<dyn FnOnce(&mut dyn Tx) -> Result<()> + Send>;

/// The future of one transaction.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// One of the two places where the province's data can lie.
pub trait Storage: Send + Sync + 'static {
    /// Brings the schema up to date; answers how many steps were applied. Safe when several programs start together.
    fn migrate(&self) -> Pin<Box<dyn Future<Output = Result<usize>> + Send + '_>>;
    /// Runs `work` in one transaction on a blocking thread.
    fn run(&self, access: Access, work: Work) -> Running<'_>;
    /// Writes a complete copy to a new file while others go on working, and verifies it. PostgreSQL has its own tools for that.
    fn backup(&self, to: PathBuf) -> Running<'_>;
    /// The word for it in `/healthz` and logs.
    fn name(&self) -> &'static str;
}

/// A handle on the storage that everybody shares.
#[derive(Clone)]
pub struct Db(Arc<dyn Storage>);

const TRIES: usize = 8;

/// Work that may run more than once.
type Repeatable<T> = Arc<dyn Fn(&mut dyn Tx) -> Result<T> + Send + Sync>;

impl Db {
    /// A handle on this storage.
    pub fn new(storage: impl Storage) -> Db {
        Db(Arc::new(storage))
    }

    /// See [`Storage::migrate`].
    pub async fn migrate(&self) -> Result<usize> {
        self.0.migrate().await
    }

    /// See [`Storage::backup`].
    pub async fn backup(&self, to: PathBuf) -> Result<()> {
        self.0.backup(to).await
    }

    /// The storage's word for itself.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Reads from one snapshot.
    pub async fn read<T: Send + 'static>(&self, work: impl Fn(&mut dyn Tx) -> Result<T> + Send + Sync + 'static) -> Result<T> {
        self.run(Access::Read, Arc::new(work)).await
    }

    /// Writes: everything or nothing, durable on return. `work` runs again after a deadlock or [`Error::Again`].
    pub async fn write<T: Send + 'static>(&self, work: impl Fn(&mut dyn Tx) -> Result<T> + Send + Sync + 'static) -> Result<T> {
        self.run(Access::Write, Arc::new(work)).await
    }

    async fn run<T: Send + 'static>(&self, access: Access, work: Repeatable<T>) -> Result<T> {
        for _ in 0..TRIES {
            let slot = Arc::new(Mutex::new(None));
            let (work, filled) = (Arc::clone(&work), Arc::clone(&slot));
            let once: Work = Box::new(move |tx| {
                let answer = work(tx)?;
                *filled.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
                Ok(())
            });
            match self.0.run(access, once).await {
                Ok(()) => {
                    let answer = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
                    return answer.ok_or(Error::Unexpected("work ended without an answer"));
                }
                Err(Error::Again) => {}
                Err(other) => return Err(other),
            }
        }
        Err(Error::Unexpected("a transaction met others too often"))
    }
}
