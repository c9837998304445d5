//! Facts of the store about itself (table `meta`): its number, its incarnation, counters of the outbox.

use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::open::Identity;

/// Random number of the store.
pub(crate) const STORE_ID: &str = "store_id";
/// The commune's list.
pub(crate) const UNIT: &str = "unit";
/// Whether the store holds invented people only.
pub(crate) const SAMPLE: &str = "sample";
/// Random number of this life of the store; every restore gives a new one.
pub(crate) const INCARNATION: &str = "incarnation";
/// Public half of the recovery key's pair.
pub(crate) const RECOVERY_PUBLIC: &str = "recovery_public";
/// Present while the store's key is being changed.
pub(crate) const REKEYING: &str = "rekeying";

/// The value of a fact, where there is one.
pub(crate) fn find<T: FromSql>(connection: &Connection, name: &str) -> Result<Option<T>> {
    let mut statement = connection.prepare_cached("SELECT v FROM meta WHERE k = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Sets a fact.
pub(crate) fn set(connection: &Connection, name: &str, value: impl ToSql) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO meta(k, v) VALUES (:k, :v) ON CONFLICT(k) DO UPDATE SET v = excluded.v")?
        .execute(named_params! { ":k": name, ":v": value })?;
    Ok(())
}

/// Forgets a fact.
pub(crate) fn clear(connection: &Connection, name: &str) -> Result<()> {
    connection.prepare_cached("DELETE FROM meta WHERE k = ?1")?.execute([name])?;
    Ok(())
}

/// The store's number.
pub(crate) fn find_store_id(connection: &Connection) -> Result<Option<[u8; 16]>> {
    Ok(find_identity(connection)?.map(|identity| identity.store_id))
}

/// What the store says that it is; nothing where the file is none of ours.
pub(crate) fn find_identity(connection: &Connection) -> Result<Option<Identity>> {
    if !connection.table_exists(None, "meta")? {
        return Ok(None);
    }
    let (store_id, unit) = (find(connection, STORE_ID)?, find(connection, UNIT)?);
    let sample = find(connection, SAMPLE)?.unwrap_or(false);
    Ok(store_id.zip(unit).map(|(store_id, unit)| Identity { store_id, unit, sample }))
}
