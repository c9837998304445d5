//! When a person or a household was last written (lần sửa cuối), by which lists can be sorted.
//!
//! Would surprise: what may be specially protected (kind 12, and links to parents) changes without moving anybody in a list.

use domain::RecordId;
use domain::registry::Record;
use rusqlite::Connection;
use sync::Clocks;

use super::{HOUSEHOLD, PERSON};
use crate::error::{Error, Result};

const PARENT_LINK: u16 = domain::records::ParentLink::KIND.number;

/// The record of a list whose time of change a record of a kind carries: itself or its parent.
pub(super) fn of(kind: u16, id: RecordId, parent: Option<RecordId>) -> Option<RecordId> {
    match kind {
        HOUSEHOLD | PERSON => Some(id),
        PARENT_LINK => None,
        kind => parent.filter(|_| domain::registry::kind(kind).is_some_and(|kind| !kind.restricted)),
    }
}

/// Milliseconds since 1970 of the newest write to a record or its plain children; of one made now, the act's own time.
pub(super) fn changed_at(connection: &Connection, id: RecordId, is_new: bool, at_ms: i64) -> Result<i64> {
    if is_new {
        return Ok(at_ms);
    }
    let mut statement = connection.prepare_cached(
        "SELECT r.rid, r.kind, r.parent, r.clk, (SELECT max(h.at) FROM history AS h WHERE h.lid = r.lid) AS last \
         FROM rec AS r WHERE r.rid = ?1 OR r.parent = ?1",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut newest = 0;
    while let Some(row) = rows.next()? {
        let (rid, parent): ([u8; 16], Option<[u8; 16]>) = (row.get("rid")?, row.get("parent")?);
        if of(row.get("kind")?, RecordId(rid), parent.map(RecordId)) != Some(id) {
            continue;
        }
        let made = Clocks::decode(row.get_ref("clk")?.as_blob().map_err(|_| Error::Damaged(None))?)?.created.eff;
        newest = newest.max(made).max(row.get::<_, Option<i64>>("last")?.unwrap_or_default());
    }
    Ok(newest)
}

/// Writes the time into the row of the list, where nothing else of the row has changed.
pub(super) fn write(connection: &Connection, id: RecordId, at_ms: i64) -> Result<()> {
    let changed = changed_at(connection, id, false, at_ms)?;
    for sql in [
        "UPDATE household_list SET changed = ?2 WHERE lid = (SELECT lid FROM rec WHERE rid = ?1)",
        "UPDATE person_list SET changed = ?2 WHERE lid = (SELECT lid FROM rec WHERE rid = ?1)",
    ] {
        connection.prepare_cached(sql)?.execute(rusqlite::params![id.0, changed])?;
    }
    Ok(())
}
