//! Heads of the devices' audit chains. Every head that was ever reported is kept: a chain that was shortened or rewritten shows
//! itself by two hashes for one number, or by a number that went back.

use sync::audit::AuditHead;

use super::Tx;
use crate::error::Result;

/// Keeps a head; one that is known already changes nothing.
pub fn record(tx: &mut dyn Tx, dno: u32, head: &AuditHead, recv_ms: u64) -> Result<()> {
    tx.execute(
        "INSERT INTO audit_head(dno, incarnation, n, hash, recv_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        &[dno.into(), head.incarnation.into(), head.n.into(), head.hash.into(), recv_ms.into()],
    )?;
    Ok(())
}

/// All heads of a device, in the order of their arrival.
pub fn list(tx: &mut dyn Tx, dno: u32) -> Result<Vec<AuditHead>> {
    tx.query("SELECT incarnation, n, hash FROM audit_head WHERE dno = $1 ORDER BY recv_ms, n, hash", &[dno.into()])?
        .iter()
        .map(|row| Ok(AuditHead { incarnation: row.array(0)?, n: row.number(1)?, hash: row.array(2)? }))
        .collect()
}
