//! The storage for a province in earnest: PostgreSQL through a pool.
//!
//! A transaction keeps one pooled connection and one blocking thread for its length. Writing transactions are READ COMMITTED with
//! explicit row locks and `synchronous_commit` on, whatever the cluster says; reading ones are REPEATABLE READ.

use std::path::PathBuf;
use std::pin::Pin;

use bytes::BytesMut;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime};
use tokio::runtime::Handle;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Config, NoTls};

use super::{Access, Row, Running, Storage, Tx, Value, Work};
use crate::error::{Error, Result};

mod embedded_migrations {
    refinery::embed_migrations!("migrations/postgres");
}

/// Any number that no other program uses for an advisory lock in this database.
const MIGRATION_LOCK: i64 = 0x616e_7369_6e68;

/// The PostgreSQL storage.
pub struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// A pool of at most `size` connections; nothing is connected yet.
    pub fn new(config: Config, size: usize) -> Result<Postgres> {
        let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(std::time::Duration::from_secs(30)))
            .build()
            .map_err(|_| Error::Configuration("the pool of connections cannot be made".to_owned()))?;
        Ok(Postgres { pool })
    }

    /// The same from a `postgres://…` address.
    pub fn from_url(url: &str, size: usize) -> Result<Postgres> {
        let config = url.parse().map_err(|_| Error::Configuration("--database-url is not a PostgreSQL address".to_owned()))?;
        Postgres::new(config, size)
    }

    async fn connection(&self) -> Result<Object> {
        self.pool.get().await.map_err(|error| match error {
            // PostgreSQL answered and refused: a wrong password, no such database.
            PoolError::Backend(cause) if cause.code().is_some() => database(cause),
            _ => Error::Unavailable,
        })
    }
}

impl Storage for Postgres {
    fn migrate(&self) -> Pin<Box<dyn Future<Output = Result<usize>> + Send + '_>> {
        Box::pin(async move {
            let mut connection = self.connection().await?;
            connection.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await.map_err(database)?;
            let report = embedded_migrations::migrations::runner().run_async(&mut **connection).await;
            connection.execute("SELECT pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).await.map_err(database)?;
            let report = report.map_err(|error| match error.kind() {
                refinery::error::Kind::DivergentVersion(ours, _) | refinery::error::Kind::MissingVersion(ours) => {
                    Error::Schema(format!("step {} ({}) is not the one we know", ours.version(), ours.name()))
                }
                _ => Error::Database { sqlstate: "migration".to_owned(), cause: Box::new(error) },
            })?;
            Ok(report.applied_migrations().len())
        })
    }

    fn run(&self, access: Access, work: Work) -> Running<'_> {
        Box::pin(async move {
            let connection = self.connection().await?;
            let handle = Handle::current();
            tokio::task::spawn_blocking(move || transact(connection, &handle, access, work))
                .await
                .unwrap_or(Err(Error::Unexpected("work on the database ended abnormally")))
        })
    }

    fn backup(&self, _to: PathBuf) -> Running<'_> {
        Box::pin(async {
            Err(Error::Configuration(
                "PostgreSQL is backed up by its own tools: pg_dump, or pg_basebackup with WAL archiving".to_owned(),
            ))
        })
    }

    fn name(&self) -> &'static str {
        "postgresql"
    }
}

/// Keeps a connection out of the pool unless its transaction was ended properly.
struct Lease(Option<Object>);

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(Object::take(connection));
        }
    }
}

fn transact(connection: Object, handle: &Handle, access: Access, work: Work) -> Result<()> {
    let begin = match access {
        Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        Access::Write => "BEGIN; SET LOCAL synchronous_commit = on",
    };
    let mut lease = Lease(Some(connection));
    let client = lease.0.as_ref().ok_or(Error::Unexpected("a lease without a connection"))?;
    handle.block_on(client.batch_execute(begin)).map_err(database)?;
    let worked = work(&mut PostgresTx { client, handle });
    let end = if worked.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = handle.block_on(client.batch_execute(end)).map_err(database);
    if ended.is_ok() {
        drop(lease.0.take());
    }
    worked.and(ended)
}

struct PostgresTx<'a> {
    client: &'a Object,
    handle: &'a Handle,
}

impl Tx for PostgresTx<'_> {
    fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        self.handle.block_on(async {
            let statement = self.client.prepare_cached(sql).await.map_err(database)?;
            self.client.execute_raw(&statement, args).await.map_err(database)
        })
    }

    fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        self.handle.block_on(async {
            let statement = self.client.prepare_cached(sql).await.map_err(database)?;
            let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
            let rows = self.client.query(&statement, &args).await.map_err(database)?;
            rows.iter().map(row_of).collect()
        })
    }
}

fn row_of(row: &tokio_postgres::Row) -> Result<Row> {
    let mut values = Vec::with_capacity(row.len());
    for (i, column) in row.columns().iter().enumerate() {
        let value: Option<Value> = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(i).map_err(database)?.map(Value::Int),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(i).map_err(database)?.map(Value::Blob),
            Type::TEXT => row.try_get::<_, Option<String>>(i).map_err(database)?.map(Value::Text),
            _ => return Err(Error::Stored("a column of a type that is never made")),
        };
        values.push(value.unwrap_or(Value::Null));
    }
    Ok(Row(values))
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(v) => v.to_sql(ty, out),
            Value::Blob(v) => v.to_sql(ty, out),
            Value::Text(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::BYTEA | Type::TEXT)
    }

    to_sql_checked!();
}

/// Deadlocks, serialisation failures and two writers of one new row are asked again; everything else keeps its SQLSTATE.
fn database(cause: tokio_postgres::Error) -> Error {
    use tokio_postgres::error::SqlState;
    match cause.code() {
        Some(&(SqlState::T_R_DEADLOCK_DETECTED | SqlState::T_R_SERIALIZATION_FAILURE | SqlState::UNIQUE_VIOLATION)) => {
            Error::Again
        }
        None if cause.is_closed() => Error::Unavailable,
        code => {
            let sqlstate = code.map_or_else(|| "no answer".to_owned(), |code| code.code().to_owned());
            Error::Database { sqlstate, cause: Box::new(cause) }
        }
    }
}
