//! Authentic ops that their device may not apply: kept with the reason until the province decides.

use super::Tx;
use crate::error::Result;

/// Keeps an op. `body` is sealed where its kind is restricted.
pub fn insert(tx: &mut dyn Tx, dno: u32, dseq: u64, bno: u64, reason: u16, body: Vec<u8>) -> Result<()> {
    tx.execute(
        "INSERT INTO quarantine(dno, dseq, bno, reason, op) VALUES ($1, $2, $3, $4, $5)",
        &[dno.into(), dseq.into(), bno.into(), reason.into(), body.into()],
    )?;
    Ok(())
}

/// How many ops of a device wait for a decision.
pub fn count_waiting(tx: &mut dyn Tx, dno: u32) -> Result<u64> {
    tx.get("SELECT count(*) FROM quarantine WHERE dno = $1 AND decided_by IS NULL", &[dno.into()])?.number(0)
}
