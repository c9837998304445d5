//! Devices and what they may reach.

use sync::BatchHash;
use sync::batch::Header;
use sync::enrolment::Grant;

use super::{Row, Tx};
use crate::error::{Error, Result};

/// Whether a device may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It may.
    Active,
    /// The province withdrew it.
    Revoked,
    /// Another number took its place after a restore.
    Replaced,
}

impl State {
    fn number(self) -> i64 {
        match self {
            State::Active => 0,
            State::Revoked => 1,
            State::Replaced => 2,
        }
    }

    fn from_number(number: i64) -> Result<State> {
        match number {
            0 => Ok(State::Active),
            1 => Ok(State::Revoked),
            2 => Ok(State::Replaced),
            _ => Err(Error::Stored("a device has an unknown state")),
        }
    }

    /// The word for `--json`.
    pub fn word(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Revoked => "revoked",
            State::Replaced => "replaced",
        }
    }
}

/// A device as stored.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its number.
    pub dno: u32,
    /// Key that its requests and batches are signed with.
    pub sign_pk: [u8; 32],
    /// Key that files for it are sealed to.
    pub seal_pk: Vec<u8>,
    /// What the operator called it.
    pub name: String,
    /// Scope of records that have no other.
    pub home: u32,
    /// Whether it may speak.
    pub state: State,
    /// Highest request counter seen.
    pub rc: u64,
    /// Number of its last batch.
    pub last_bno: u64,
    /// Counter of its last op.
    pub last_dseq: u64,
    /// Hash of its last batch; zeroes before the first.
    pub last_hash: [u8; 32],
    /// When it was last heard of.
    pub seen_ms: Option<u64>,
    /// The number that it took the place of.
    pub replaces: Option<u32>,
    /// The number that took its place.
    pub replaced_by: Option<u32>,
}

/// What a device needs to exist.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Its number.
    pub dno: u32,
    /// Key of its signatures.
    pub sign_pk: [u8; 32],
    /// Key for files to it.
    pub seal_pk: Vec<u8>,
    /// What the operator called it.
    pub name: String,
    /// Its commune.
    pub home: u32,
    /// The number that it takes the place of, after a restore.
    pub replaces: Option<u32>,
    /// When.
    pub enrolled_ms: u64,
}

const COLUMNS: &str =
    "dno, sign_pk, seal_pk, name, home, state, rc, last_bno, last_dseq, last_hash, seen_ms, replaces, replaced_by";

fn from_row(row: &Row) -> Result<Device> {
    Ok(Device {
        dno: row.number(0)?,
        sign_pk: row.array(1)?,
        seal_pk: row.blob(2)?,
        name: row.text(3)?,
        home: row.number(4)?,
        state: State::from_number(row.int(5)?)?,
        rc: row.number(6)?,
        last_bno: row.number(7)?,
        last_dseq: row.number(8)?,
        last_hash: row.array(9)?,
        seen_ms: row.opt_number(10)?,
        replaces: row.opt_number(11)?,
        replaced_by: row.opt_number(12)?,
    })
}

/// Adds a device.
pub fn insert(tx: &mut dyn Tx, new: &NewDevice) -> Result<()> {
    tx.execute(
        "INSERT INTO device(dno, sign_pk, seal_pk, name, home, last_hash, replaces, enrolled_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            new.dno.into(),
            new.sign_pk.into(),
            new.seal_pk.clone().into(),
            new.name.clone().into(),
            new.home.into(),
            [0u8; 32].into(),
            new.replaces.into(),
            new.enrolled_ms.into(),
        ],
    )?;
    Ok(())
}

/// A device by number.
pub fn find(tx: &mut dyn Tx, dno: u32) -> Result<Option<Device>> {
    let sql = format!("SELECT {COLUMNS} FROM device WHERE dno = $1");
    tx.find(&sql, &[dno.into()])?.map(|row| from_row(&row)).transpose()
}

/// A device by its signing key.
pub fn find_by_key(tx: &mut dyn Tx, sign_pk: &[u8; 32]) -> Result<Option<Device>> {
    let sql = format!("SELECT {COLUMNS} FROM device WHERE sign_pk = $1");
    tx.find(&sql, &[(*sign_pk).into()])?.map(|row| from_row(&row)).transpose()
}

/// Locks a device to the end of the transaction: what it sends is applied one after the other.
pub fn lock(tx: &mut dyn Tx, dno: u32) -> Result<Option<Device>> {
    let sql = format!("SELECT {COLUMNS} FROM device WHERE dno = $1 FOR UPDATE");
    tx.find(&sql, &[dno.into()])?.map(|row| from_row(&row)).transpose()
}

/// All devices by number.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<Device>> {
    let sql = format!("SELECT {COLUMNS} FROM device ORDER BY dno");
    tx.query(&sql, &[])?.iter().map(from_row).collect()
}

/// Stores that a request arrived.
pub fn update_seen(tx: &mut dyn Tx, dno: u32, rc: u64, schema: u64, app: &str, seen_ms: u64) -> Result<()> {
    tx.execute(
        "UPDATE device SET rc = $1, schema = $2, app = $3, seen_ms = $4 WHERE dno = $5",
        &[rc.into(), schema.into(), app.into(), seen_ms.into(), dno.into()],
    )?;
    Ok(())
}

/// Stores how far a device's batches were applied.
pub fn update_applied(tx: &mut dyn Tx, header: &Header, hash: &BatchHash) -> Result<()> {
    tx.execute(
        "UPDATE device SET last_bno = $1, last_dseq = $2, last_hash = $3, incarnation = $4 WHERE dno = $5",
        &[header.bno.into(), header.last_dseq().into(), (*hash).into(), header.incarnation.into(), header.dno.into()],
    )?;
    Ok(())
}

/// Changes whether a device may speak.
pub fn update_state(tx: &mut dyn Tx, dno: u32, state: State, replaced_by: Option<u32>) -> Result<()> {
    tx.execute(
        "UPDATE device SET state = $1, replaced_by = $2 WHERE dno = $3",
        &[state.number().into(), replaced_by.into(), dno.into()],
    )?;
    Ok(())
}

/// Grants of a device that hold at `now_ms`, by scope.
pub fn list_grants(tx: &mut dyn Tx, dno: u32, now_ms: u64) -> Result<Vec<Grant>> {
    tx.query(
        "SELECT scope, role FROM device_grant WHERE dno = $1 AND (until_ms IS NULL OR until_ms > $2) ORDER BY scope",
        &[dno.into(), now_ms.into()],
    )?
    .iter()
    .map(|row| Ok(Grant { scope: row.number(0)?, may_write: row.int(1)? == 1 }))
    .collect()
}

/// Gives a grant.
pub fn insert_grant(tx: &mut dyn Tx, dno: u32, grant: Grant) -> Result<()> {
    tx.execute(
        "INSERT INTO device_grant(dno, scope, role) VALUES ($1, $2, $3) ON CONFLICT (dno, scope) DO UPDATE SET role = excluded.role",
        &[dno.into(), grant.scope.into(), grant.may_write.into()],
    )?;
    Ok(())
}
