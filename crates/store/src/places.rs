//! Villages (thôn, xóm, bản) of the commune with how many live in them.

use domain::registry::Record;
use domain::{RecordId, records};

use crate::error::Result;
use crate::open::View;
use crate::records::Sight;

/// A village in the list of places.
#[derive(Debug, Clone, PartialEq)]
pub struct VillageRow {
    /// The village.
    pub id: RecordId,
    /// Its values.
    pub village: records::Village,
    /// Households in it.
    pub households: u64,
    /// Living people in them.
    pub people: u64,
    /// Has changes that wait for the province.
    pub pending: bool,
    /// Has a conflict.
    pub conflict: bool,
}

impl View<'_> {
    /// All live villages in the order of their place in lists, then of their names.
    pub fn list_villages(&self) -> Result<Vec<VillageRow>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT (SELECT count(*) FROM household_list AS l WHERE l.village = r.lid) AS households, \
             (SELECT count(*) FROM person_list AS l WHERE l.village = r.lid AND l.died = 0) AS people \
             FROM rec AS r WHERE r.rid = ?1",
        )?;
        let mut list = Vec::new();
        for stored in self.list_kind(records::Village::KIND, Sight::Plain)? {
            let (households, people): (i64, i64) =
                statement.query_row([stored.id.0], |row| Ok((row.get("households")?, row.get("people")?)))?;
            list.push(VillageRow {
                id: stored.id,
                village: stored.record(),
                households: households.unsigned_abs(),
                people: people.unsigned_abs(),
                pending: stored.pending,
                conflict: !stored.conflicts.is_empty(),
            });
        }
        list.sort_by_cached_key(|row| {
            let name = row.village.name.as_deref().unwrap_or_default();
            (row.village.position.unwrap_or(i64::MAX), domain::text::name_sort_key(name), row.id)
        });
        Ok(list)
    }
}
