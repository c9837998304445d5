//! Who lived where on a day (danh sách nhân khẩu tại một ngày): households of a village or the commune with their members.
//!
//! Owes its callers: people present on the day by the dates of their rows, of their birth and of their death, each household in the village
//! it was in then. Would surprise: the derived lists know today only, so this reads the records themselves.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::RecordId;

use crate::error::Result;
use crate::listing::{Listed, Page};
use crate::open::View;

/// A household on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterHousehold {
    /// The household.
    pub id: RecordId,
    /// Where it was, as the village was called then.
    pub village: Option<RecordId>,
    /// How many were present.
    pub members: u32,
}

/// The households of a roster and how many people they had together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Households of the page, by village, then by the head's given name.
    pub households: Listed<RosterHousehold>,
    /// People present in all of them.
    pub people: u64,
}

/// Every household with where it was, who was its head, how many were present. A partial date counts from its first day and
/// until its last, which comparing its text with as much of the day's gives.
const PRESENT: &str = "SELECT hr.rid, h.village, p.lid AS moved, p.village AS past_village, \
     h.left_on IS NOT NULL AND h.left_on <= :on AS is_out, \
     count(DISTINCT m.person) AS members, min(CASE WHEN m.relationship_to_head = 'head' THEN m.person END) AS head \
     FROM household AS h JOIN rec AS hr ON hr.lid = h.lid \
     CROSS JOIN rec AS r ON r.parent = hr.rid AND r.kind = 3 \
     CROSS JOIN household_member AS m ON m.lid = r.lid \
     LEFT JOIN (SELECT pr.parent, pl.lid, pl.village FROM household_place AS pl JOIN rec AS pr ON pr.lid = pl.lid \
       WHERE pr.life = 0 AND (pl.from_on IS NULL OR pl.from_on <= :on) \
       AND (pl.to_on IS NULL OR substr(:on, 1, length(pl.to_on)) <= pl.to_on)) AS p ON p.parent = hr.rid \
     WHERE hr.life = 0 AND r.life = 0 AND m.person IS NOT NULL \
     AND (m.from_on IS NULL OR m.from_on <= :on) \
     AND (m.to_on IS NULL OR substr(:on, 1, length(m.to_on)) <= m.to_on) \
     AND m.person NOT IN (SELECT dr.rid FROM person AS d JOIN rec AS dr ON dr.lid = d.lid \
       WHERE d.birth_date > :on \
       OR d.death_date IS NOT NULL AND substr(:on, 1, length(d.death_date)) > d.death_date) \
     GROUP BY h.lid";

impl View<'_> {
    /// The households in which somebody was present on a day; of one village, or of the commune.
    pub fn roster_on(&self, village: Option<RecordId>, on: NaiveDate, page: Page) -> Result<Roster> {
        let villages = self.villages()?;
        let wanted: Option<HashSet<RecordId>> = match village {
            Some(id) => Some(villages.meant_by(self.resolve(id)?, on)?.into_iter().collect()),
            None => None,
        };
        let mut statement = self.connection().prepare_cached(PRESENT)?;
        let mut rows = statement.query(rusqlite::named_params! { ":on": on.to_string() })?;
        let (mut found, mut people) = (Vec::new(), 0_u64);
        while let Some(row) = rows.next()? {
            let moved: Option<i64> = row.get("moved")?;
            let is_out: bool = row.get("is_out")?;
            let named: Option<[u8; 16]> = match moved {
                Some(_) => row.get("past_village")?,
                None if is_out => None,
                None => row.get("village")?,
            };
            let named = named.map(RecordId);
            if wanted.as_ref().is_some_and(|wanted| named.is_none_or(|named| !wanted.contains(&named))) {
                continue;
            }
            let members: u32 = row.get("members")?;
            people += u64::from(members);
            let village = named.map(|named| villages.on(named, on)).transpose()?;
            let head: Option<[u8; 16]> = row.get("head")?;
            found.push((head, RosterHousehold { id: RecordId(row.get("rid")?), village, members }));
        }
        let total = found.len() as u64;
        let mut sort = self
            .connection()
            .prepare_cached("SELECT l.sort FROM rec AS r JOIN person_list AS l ON l.lid = r.lid WHERE r.rid = ?1")?;
        let mut keyed = Vec::with_capacity(found.len());
        for (head, household) in found {
            let place = household.village.and_then(|id| villages.get(id));
            let position = place.and_then(|village| village.position).unwrap_or(i64::MAX);
            let name: Option<String> = match head {
                Some(head) => sort.query_map([head], |row| row.get(0))?.next().transpose()?,
                None => None,
            };
            keyed.push(((position, household.village, name.unwrap_or_default(), household.id), household));
        }
        keyed.sort_by(|left, right| left.0.cmp(&right.0));
        let (offset, limit) =
            (usize::try_from(page.offset).unwrap_or(usize::MAX), usize::try_from(page.limit).unwrap_or(usize::MAX));
        let rows = keyed.into_iter().map(|(_, household)| household).skip(offset).take(limit).collect();
        Ok(Roster { households: Listed { rows, total }, people })
    }
}
