//! Who wrote something: the name behind a device's number and a worker's number on it.

use std::collections::BTreeMap;

use domain::registry::Record;
use domain::{UnitId, records};
use rusqlite::Connection;
use sync::UNENROLLED;

use crate::error::{Error, Result};
use crate::meta;
use crate::open::{Tx, View};
use crate::records::state::Envelope;
use crate::records::writing::DNO;
use crate::records::{FieldChange, Place, Sight};

/// The field of a worker record that holds the number.
const UID: u16 = 16;

/// An author as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorName {
    /// The device's number; [`UNENROLLED`] is this one before it has any, 0 the province.
    pub dno: u32,
    /// The worker's number on it; 0 is the program itself.
    pub uid: u32,
    /// Name, where a worker record or an account of this machine tells it.
    pub name: Option<String>,
    /// Whether it is this device.
    pub is_here: bool,
}

/// The names of all authors known.
pub(crate) struct Authors {
    names: BTreeMap<(u32, u32), String>,
    here: u32,
}

impl Authors {
    pub(crate) fn name(&self, dno: u32, uid: u32) -> AuthorName {
        AuthorName { dno, uid, name: self.names.get(&(dno, uid)).cloned(), is_here: dno == self.here }
    }
}

impl View<'_> {
    pub(crate) fn authors(&self) -> Result<Authors> {
        let connection = self.connection();
        let here = meta::find(connection, DNO)?.unwrap_or(UNENROLLED);
        let mut names = numbered(connection)?;
        let mut statement = connection.prepare_cached("SELECT uid, name FROM account ORDER BY uid")?;
        let accounts = statement.query_map([], |row| Ok((row.get("uid")?, row.get("name")?)))?;
        for account in accounts {
            let (uid, name): (u32, String) = account?;
            names.insert((here, uid), name);
        }
        Ok(Authors { names, here })
    }
}

impl Tx<'_> {
    /// Names this machine's accounts to everybody: a worker record each under the device's number, made once and kept up to
    /// date. Nothing before enrolment, since only then is there a number.
    pub(crate) fn name_workers(&self) -> Result<()> {
        let Some(dno) = self.device_number()? else { return Ok(()) };
        let unit: u32 = meta::find(self.connection(), meta::UNIT)?.ok_or(Error::Damaged(None))?;
        let known = self.list_kind(records::Worker::KIND, Sight::Plain)?;
        for account in self.list_accounts()? {
            let worker = records::Worker {
                uid: Some(account.uid.into()),
                name: Some(account.name),
                role: Some(account.role.code().to_owned()),
                ..records::Worker::default()
            };
            // The number is written once, by the creating op: its head tells whose record it is.
            let own = known.iter().find(|stored| {
                stored.record::<records::Worker>().uid == worker.uid && stored.heads.of(UID).iter().any(|dot| dot.dno == dno)
            });
            match own {
                Some(stored) => {
                    let mut row = stored.row.clone();
                    for column in ["name", "role"] {
                        row.set(column, worker.to_row().get(column).cloned());
                    }
                    self.change_now(stored.id, &FieldChange::between(&stored.row, &row))?;
                }
                None => {
                    self.create(&worker.to_row(), Place::Root(UnitId(unit)))?;
                }
            }
        }
        Ok(())
    }
}

/// Names by device and worker, from the worker records; the device is that of the record's creating op.
pub(crate) fn numbered(connection: &Connection) -> Result<BTreeMap<(u32, u32), String>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.lid, r.rid, r.kind, r.scope, r.parent, r.life, r.nconf, r.pend, r.clk, r.ext, r.h, w.uid, w.name \
         FROM worker AS w CROSS JOIN rec AS r ON r.lid = w.lid WHERE r.kind = ?1 ORDER BY w.lid",
    )?;
    let mut rows = statement.query([records::Worker::KIND.number])?;
    let mut names = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let dno = Envelope::from_row(row)?.clk.created.dot.dno;
        if let (Some(uid), Some(name)) = (row.get::<_, Option<u32>>("uid")?, row.get::<_, Option<String>>("name")?) {
            names.insert((dno, uid), name);
        }
    }
    Ok(names)
}
