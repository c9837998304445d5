//! Enrolment codes: of each only the HMAC of its secret.

use super::Tx;
use crate::error::Result;

/// A code as stored.
#[derive(Debug, Clone)]
pub struct Code {
    /// The commune it enrols for.
    pub scope: u32,
    /// What the operator called the machine.
    pub name: String,
    /// When it ends.
    pub until_ms: u64,
    /// The device that used it.
    pub dno: Option<u32>,
}

/// Adds a code.
pub fn insert(tx: &mut dyn Tx, hmac: &[u8; 32], scope: u32, name: &str, made_ms: u64, until_ms: u64) -> Result<()> {
    tx.execute(
        "INSERT INTO enrol_code(hmac, scope, name, made_ms, until_ms) VALUES ($1, $2, $3, $4, $5)",
        &[(*hmac).into(), scope.into(), name.into(), made_ms.into(), until_ms.into()],
    )?;
    Ok(())
}

/// Locks a code, so that two devices cannot use it together.
pub fn lock(tx: &mut dyn Tx, hmac: &[u8; 32]) -> Result<Option<Code>> {
    tx.find("SELECT scope, name, until_ms, dno FROM enrol_code WHERE hmac = $1 FOR UPDATE", &[(*hmac).into()])?
        .map(|row| Ok(Code { scope: row.number(0)?, name: row.text(1)?, until_ms: row.number(2)?, dno: row.opt_number(3)? }))
        .transpose()
}

/// Marks a code as used by a device.
pub fn update_used(tx: &mut dyn Tx, hmac: &[u8; 32], dno: u32) -> Result<()> {
    tx.execute("UPDATE enrol_code SET dno = $1 WHERE hmac = $2", &[dno.into(), (*hmac).into()])?;
    Ok(())
}
