//! Batches as they came, sealed, and the receipts as they were given.

use super::Tx;
use crate::error::Result;

/// What the server remembers of a batch.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Hash of its bytes.
    pub hash: [u8; 32],
    /// The receipt, as given the first time.
    pub receipt: Vec<u8>,
}

/// A batch by its device and number.
pub fn find(tx: &mut dyn Tx, dno: u32, bno: u64) -> Result<Option<Stored>> {
    tx.find("SELECT hash, receipt FROM batch WHERE dno = $1 AND bno = $2", &[dno.into(), bno.into()])?
        .map(|row| Ok(Stored { hash: row.array(0)?, receipt: row.blob(1)? }))
        .transpose()
}

/// Stores a batch with its receipt. `sealed` is never plain.
pub fn insert(
    tx: &mut dyn Tx,
    dno: u32,
    bno: u64,
    hash: &[u8; 32],
    recv_ms: u64,
    sealed: Vec<u8>,
    receipt: Vec<u8>,
) -> Result<()> {
    tx.execute(
        "INSERT INTO batch(dno, bno, hash, via, recv_ms, bytes, receipt) VALUES ($1, $2, $3, 0, $4, $5, $6)",
        &[dno.into(), bno.into(), (*hash).into(), recv_ms.into(), sealed.into(), receipt.into()],
    )?;
    Ok(())
}

/// Receipts of a device's batches from number `from` on, in order, at most `limit`.
pub fn list_receipts(tx: &mut dyn Tx, dno: u32, from: u64, limit: usize) -> Result<Vec<Vec<u8>>> {
    tx.query(
        "SELECT receipt FROM batch WHERE dno = $1 AND bno >= $2 ORDER BY bno LIMIT $3",
        &[dno.into(), from.into(), (limit as u64).into()],
    )?
    .iter()
    .map(|row| row.blob(0))
    .collect()
}
