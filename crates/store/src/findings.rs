//! Findings (vấn đề cần xử lý): what the store noticed and people must look at, such as an op that the province set aside.

use domain::{RecordId, registry};
use rusqlite::OptionalExtension;

use crate::error::Result;
use crate::open::{Tx, View};
use crate::records::Sight;

/// One finding that nobody has closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its number.
    pub id: i64,
    /// Which: the key of its sentence. `quarantined`, `scope_dropped`.
    pub code: String,
    /// The record it is about.
    pub record: Option<RecordId>,
    /// Values the sentence names, as a JSON object.
    pub params: String,
    /// When it was noticed.
    pub at_ms: i64,
}

impl View<'_> {
    /// Open findings, the oldest first; without those about what is specially protected for a plain sight.
    pub fn list_findings(&self, sight: Sight) -> Result<Vec<Finding>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT f.id, f.code, r.rid, r.kind, f.params, f.at FROM finding AS f LEFT JOIN rec AS r ON r.lid = f.lid \
             WHERE f.closed_at IS NULL ORDER BY f.id",
        )?;
        let mut rows = statement.query([])?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: Option<u16> = row.get("kind")?;
            let is_restricted = kind.and_then(registry::kind).is_some_and(|kind| kind.restricted);
            if is_restricted && sight == Sight::Plain {
                continue;
            }
            list.push(Finding {
                id: row.get("id")?,
                code: row.get("code")?,
                record: row.get::<_, Option<[u8; 16]>>("rid")?.map(RecordId),
                params: row.get("params")?,
                at_ms: row.get("at")?,
            });
        }
        Ok(list)
    }
}

impl Tx<'_> {
    /// Closes a finding that somebody has looked at. Says whether it was open.
    pub fn close_finding(&self, id: i64) -> Result<bool> {
        let closed: Option<i64> = self
            .connection()
            .prepare_cached("UPDATE finding SET closed_at = ?1 WHERE id = ?2 AND closed_at IS NULL RETURNING id")?
            .query_row(rusqlite::params![self.author().at_ms, id], |row| row.get(0))
            .optional()?;
        self.touch("sync");
        Ok(closed.is_some())
    }
}
