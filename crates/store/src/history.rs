//! History (lịch sử) of fields: what each write replaced, by whom and when.
//!
//! Owes its callers: one row a write (several where it replaced several heads), for own and for pulled writes alike; the
//! creating writes have none, as nothing was there before. What nobody replaced is in the record itself.

use rusqlite::{Connection, named_params};
use sync::{Applied, Op};

use super::records::state::signed;
use crate::error::Result;

/// Notes what an op did to a record.
pub(crate) fn record(connection: &Connection, lid: i64, op: &Op, eff: i64, applied: &Applied) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO history(lid, fid, dno, dseq, at, uid, old_dno, old_dseq, old_eff, old_uid, old_value, dead) \
         VALUES (:lid, :fid, :dno, :dseq, :at, :uid, :old_dno, :old_dseq, :old_eff, :old_uid, :old_value, :dead)",
    )?;
    for write in &op.writes {
        let replaced = applied.replaced.iter().filter(|(fid, _)| *fid == write.fid).map(|(_, head)| Some(head));
        let dead = applied.dead.contains(&write.fid);
        let mut replaced: Vec<_> = replaced.collect();
        if replaced.is_empty() {
            replaced.push(None);
        }
        for old in replaced {
            statement.execute(named_params! {
                ":lid": lid, ":fid": write.fid, ":dno": op.dot.dno, ":dseq": signed(op.dot.dseq), ":at": eff,
                ":uid": op.uid, ":old_dno": old.map(|old| old.dot.dno),
                ":old_dseq": old.map(|old| signed(old.dot.dseq)), ":old_eff": old.map(|old| old.eff),
                ":old_uid": old.map(|old| old.uid), ":old_value": old.and_then(|old| old.value.as_deref()),
                ":dead": dead,
            })?;
        }
    }
    Ok(())
}
