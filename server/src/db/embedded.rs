//! The embedded storage: one SQLCipher file, one writer at a time (`BEGIN IMMEDIATE`), readers beside it (WAL).
//!
//! For a pilot or a small province without a database administrator. The file's key comes from the key file; a program that
//! administers while another serves waits for its turn.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, TransactionBehavior, params_from_iter};
use zeroize::Zeroizing;

use super::{Access, Row, Running, Storage, Tx, Value, Work};
use crate::error::{Error, Result};
use crate::key_file::{KeyFile, Purpose, hex};

const STEPS: &[(u32, &str, &str)] = &[
    (1, "province", include_str!("../../migrations/embedded/0001_province.sql")),
    (2, "merged_people", include_str!("../../migrations/embedded/0002_merged_people.sql")),
];

const WAIT: Duration = Duration::from_secs(30);

/// The embedded storage.
pub struct Embedded(Arc<Files>);

struct Files {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Embedded {
    /// Opens the file, or makes it where there is none.
    pub fn open(path: &Path, key_file: &KeyFile) -> Result<Embedded> {
        let key = key_file.derive(Purpose::Database);
        let writer = connect(path, &key)?;
        Ok(Embedded(Arc::new(Files { path: path.to_owned(), key, writer: Mutex::new(writer), readers: Mutex::default() })))
    }
}

impl Storage for Embedded {
    fn migrate(&self) -> Pin<Box<dyn Future<Output = Result<usize>> + Send + '_>> {
        let files = Arc::clone(&self.0);
        Box::pin(on_a_blocking_thread(move || migrate(&mut files.writer.lock().unwrap_or_else(PoisonError::into_inner))))
    }

    fn run(&self, access: Access, work: Work) -> Running<'_> {
        let files = Arc::clone(&self.0);
        Box::pin(on_a_blocking_thread(move || match access {
            Access::Write => {
                let mut writer = files.writer.lock().unwrap_or_else(PoisonError::into_inner);
                transact(&mut writer, TransactionBehavior::Immediate, work)
            }
            Access::Read => {
                let spare = files.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let mut reader = match spare {
                    Some(reader) => reader,
                    None => connect(&files.path, &files.key)?,
                };
                let result = transact(&mut reader, TransactionBehavior::Deferred, work);
                files.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
                result
            }
        }))
    }

    fn backup(&self, to: PathBuf) -> Running<'_> {
        let files = Arc::clone(&self.0);
        Box::pin(on_a_blocking_thread(move || backup(&files, &to)))
    }

    fn name(&self) -> &'static str {
        "embedded"
    }
}

async fn on_a_blocking_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Error::Unexpected("work on the database ended abnormally")))
}

/// SQLCipher sets itself up with the first key it is given, and two threads that do so at once may have a key refused: keys are
/// given one after the other.
static KEYING: Mutex<()> = Mutex::new(());

fn set_key(connection: &Connection, key: &Zeroizing<[u8; 32]>) -> Result<()> {
    let _one = KEYING.lock().unwrap_or_else(PoisonError::into_inner);
    let pragma = Zeroizing::new(format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\";", hex(key.as_slice())));
    connection.execute_batch(&pragma).map_err(database)
}

fn connect(path: &Path, key: &Zeroizing<[u8; 32]>) -> Result<Connection> {
    let connection = Connection::open(path).map_err(database)?;
    connection.busy_timeout(WAIT).map_err(database)?;
    set_key(&connection, key)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(|error| {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => {
                Error::KeyFile("this key file does not open the database file, or the file is damaged".to_owned())
            }
            _ => database(error),
        }
    })?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(database)?;
    connection
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")
        .map_err(database)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// The copy has the same key. It is written beside its place and takes its name once it has been opened and checked.
fn backup(files: &Files, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(Error::Configuration("the file of the backup exists already".to_owned()));
    }
    let mut beside = to.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let source = connect(&files.path, &files.key)?;
    {
        let mut copy = Connection::open(&beside).map_err(database)?;
        set_key(&copy, &files.key)?;
        let running = rusqlite::backup::Backup::new(&source, &mut copy).map_err(database)?;
        running.run_to_completion(1024, Duration::ZERO, None).map_err(database)?;
    }
    let copy = connect(&beside, &files.key)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(database)?;
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(database)?;
    drop(copy);
    if verdict != "ok" {
        return Err(Error::Stored("the backup does not pass its check"));
    }
    std::fs::File::open(&beside).and_then(|file| file.sync_all()).map_err(Error::io("writing the backup"))?;
    std::fs::rename(&beside, to).map_err(Error::io("writing the backup"))
}

/// Applies the steps that are missing, in one transaction: all or nothing.
fn migrate(connection: &mut Connection) -> Result<usize> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(database)?;
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration(step INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum BLOB NOT NULL) STRICT",
    )
    .map_err(database)?;
    let done = {
        let mut statement = tx.prepare("SELECT step, checksum FROM migration ORDER BY step").map_err(database)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(1)?))).map_err(database)?;
        rows.collect::<rusqlite::Result<Vec<_>>>().map_err(database)?
    };
    for (step, checksum) in &done {
        match STEPS.iter().find(|(known, ..)| known == step) {
            None => return Err(Error::Schema(format!("it has step {step}, which this program does not know"))),
            Some((_, name, sql)) if blake3::hash(sql.as_bytes()).as_bytes() != checksum.as_slice() => {
                return Err(Error::Schema(format!("step {step} ({name}) is not the one we know")));
            }
            Some(_) => {}
        }
    }
    let mut applied = 0;
    for (step, name, sql) in STEPS.iter().filter(|(step, ..)| !done.iter().any(|(known, _)| known == step)) {
        tx.execute_batch(sql).map_err(database)?;
        tx.execute(
            "INSERT INTO migration(step, name, checksum) VALUES (?1, ?2, ?3)",
            rusqlite::params![step, name, blake3::hash(sql.as_bytes()).as_bytes()],
        )
        .map_err(database)?;
        applied += 1;
    }
    tx.commit().map_err(database)?;
    Ok(applied)
}

fn transact(connection: &mut Connection, behavior: TransactionBehavior, work: Work) -> Result<()> {
    let transaction = connection.transaction_with_behavior(behavior).map_err(database)?;
    work(&mut EmbeddedTx(&transaction))?;
    transaction.commit().map_err(database)
}

struct EmbeddedTx<'a>(&'a rusqlite::Transaction<'a>);

impl Tx for EmbeddedTx<'_> {
    fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        let mut statement = self.0.prepare_cached(&translate(sql)).map_err(database)?;
        let touched = statement.execute(params_from_iter(args)).map_err(database)?;
        Ok(touched as u64)
    }

    fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.0.prepare_cached(&translate(sql)).map_err(database)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(args)).map_err(database)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(database)? {
            let mut values = Vec::with_capacity(columns);
            for i in 0..columns {
                values.push(match row.get_ref(i).map_err(database)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(v) => Value::Int(v),
                    ValueRef::Blob(v) => Value::Blob(v.to_vec()),
                    ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
                    ValueRef::Real(_) => return Err(Error::Stored("a fraction where none is ever written")),
                });
            }
            out.push(Row(values));
        }
        Ok(out)
    }
}

fn translate(sql: &str) -> String {
    sql.replace('$', "?").replace(" FOR UPDATE", "")
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(v) => ValueRef::Integer(*v),
            Value::Blob(v) => ValueRef::Blob(v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
        }))
    }
}

fn database(cause: rusqlite::Error) -> Error {
    if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) {
        return Error::Unavailable;
    }
    let sqlstate = match &cause {
        rusqlite::Error::SqliteFailure(inner, _) => format!("sqlite {}", inner.extended_code),
        _ => "sqlite".to_owned(),
    };
    Error::Database { sqlstate, cause: Box::new(cause) }
}
