//! Settings and counters of the province: its sealed keys, the key check, the next device number, its policy rows.

use super::Tx;
use crate::error::Result;

/// The value under `key`, if there is one.
pub fn find(tx: &mut dyn Tx, key: &str) -> Result<Option<Vec<u8>>> {
    tx.find("SELECT v FROM setting WHERE k = $1", &[key.into()])?.map(|row| row.blob(0)).transpose()
}

/// Writes a value unless there is one; answers the one that stands. Two programs starting together get the same.
pub fn get_or_insert(tx: &mut dyn Tx, key: &str, value: &[u8]) -> Result<Vec<u8>> {
    tx.execute("INSERT INTO setting(k, v) VALUES ($1, $2) ON CONFLICT (k) DO NOTHING", &[key.into(), value.into()])?;
    tx.get("SELECT v FROM setting WHERE k = $1", &[key.into()])?.blob(0)
}

/// Writes a value in the place of the one that stands.
pub fn set(tx: &mut dyn Tx, key: &str, value: &[u8]) -> Result<()> {
    tx.execute(
        "INSERT INTO setting(k, v) VALUES ($1, $2) ON CONFLICT (k) DO UPDATE SET v = excluded.v",
        &[key.into(), value.into()],
    )?;
    Ok(())
}

/// Gives out the next number of a counter, from 1. The counter stays locked to the end of the transaction.
pub fn next_number(tx: &mut dyn Tx, counter: &str) -> Result<u32> {
    tx.get(
        "INSERT INTO counter(k, n) VALUES ($1, 1) ON CONFLICT (k) DO UPDATE SET n = counter.n + 1 RETURNING n",
        &[counter.into()],
    )?
    .number(0)
}
