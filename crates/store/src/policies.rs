//! Policy sets (bộ chính sách) that the province has published, as they lie here. What the rows mean is the law engine's.
//!
//! Would surprise: only what lies in the province's own scope counts, which no device may write; a set of which a row is
//! still missing is left out. The joins begin with the few sets, not with all records.

use domain::RecordId;

use crate::error::{Error, Result};
use crate::open::View;

/// The scope that only the province writes.
const PROVINCE: u32 = 0;

/// A published set that is here whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedSet {
    /// Its record.
    pub id: RecordId,
    /// Its number.
    pub version: u32,
    /// Its rows as canonical JSON, in no order.
    pub rows: Vec<String>,
}

impl View<'_> {
    /// The published sets, newest first: version, then record. Whether one is here whole, [`View::find_policy_set`] says.
    pub fn list_policy_sets(&self) -> Result<Vec<(RecordId, u32)>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.rid, s.version FROM policy_set AS s CROSS JOIN rec AS r ON r.lid = s.lid \
             WHERE r.scope = ?1 AND r.life = 0 AND s.version IS NOT NULL ORDER BY s.version DESC, r.rid DESC",
        )?;
        let rows = statement.query_map([PROVINCE], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| {
            let (rid, version) = row?;
            Ok((RecordId(rid), u32::try_from(version).map_err(|_| Error::Damaged(None))?))
        })
        .collect()
    }

    /// A set with its rows; `None` while it is not here whole.
    pub fn find_policy_set(&self, id: RecordId) -> Result<Option<PublishedSet>> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT s.version, s.row_count, s.hash FROM policy_set AS s CROSS JOIN rec AS r ON r.lid = s.lid \
             WHERE r.rid = ?1 AND r.scope = ?2 AND r.life = 0",
        )?;
        let mut sets = statement.query(rusqlite::params![id.0, PROVINCE])?;
        let Some(set) = sets.next()? else { return Ok(None) };
        let (version, count, hash): (Option<u32>, Option<u32>, Option<String>) = (set.get(0)?, set.get(1)?, set.get(2)?);
        let (Some(version), Some(count), Some(hash)) = (version, count, hash) else { return Ok(None) };
        let mut statement = connection.prepare_cached(
            "SELECT p.body FROM policy_row AS p JOIN rec AS r ON r.lid = p.lid \
             WHERE r.parent = ?1 AND r.scope = ?2 AND r.life = 0 AND p.body IS NOT NULL ORDER BY p.body",
        )?;
        let rows = statement.query_map(rusqlite::params![id.0, PROVINCE], |row| row.get(0))?;
        let rows = rows.collect::<rusqlite::Result<Vec<String>>>()?;
        let is_whole = u32::try_from(rows.len()) == Ok(count) && sync::published::hash(&rows) == hash;
        Ok(is_whole.then_some(PublishedSet { id, version, rows }))
    }
}
