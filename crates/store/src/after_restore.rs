//! What a restored store must change before anybody writes to it: it is an unenrolled one from then on (`sync-design.md` §9).

use rusqlite::Connection;

use crate::error::Result;

/// Called once on the restored database, in the transaction that gives it its new incarnation.
pub(crate) fn after_restore(connection: &Connection) -> Result<()> {
    crate::enrol::give_up_number(connection)
}
