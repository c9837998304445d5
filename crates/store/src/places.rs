//! Villages (thôn, xóm, bản) of the commune with how many live in them, and where a household lived on a day.
//!
//! Would surprise: a record keeps the village of its day. Villages that were renamed or merged name their successor, and
//! whoever asks about a day follows the successors up to it; nothing is rewritten.

use std::collections::HashMap;

use chrono::NaiveDate;
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

/// Where a household lived on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Home {
    /// The village as it was then.
    pub village: Option<RecordId>,
    /// House number, place in the village.
    pub address_detail: Option<String>,
    /// The place in words, outside the commune.
    pub elsewhere: Option<String>,
}

/// Successors are followed at most this far.
const LONGEST_CHAIN: usize = 16;

/// What a village had become by a day: the end of its chain of successors, each taking over on the day after the end.
pub(crate) fn follow(
    id: RecordId,
    on: NaiveDate,
    village: impl Fn(RecordId) -> Result<Option<records::Village>>,
) -> Result<RecordId> {
    let mut at = id;
    for _ in 0..LONGEST_CHAIN {
        match village(at)? {
            Some(records::Village { valid_to: Some(last), successor: Some(next), .. }) if last < on => at = next,
            _ => break,
        }
    }
    Ok(at)
}

/// All live villages by id, to follow many chains in.
pub(crate) struct Villages(HashMap<RecordId, records::Village>);

impl Villages {
    pub(crate) fn on(&self, id: RecordId, on: NaiveDate) -> Result<RecordId> {
        follow(id, on, |id| Ok(self.0.get(&id).cloned()))
    }

    pub(crate) fn get(&self, id: RecordId) -> Option<&records::Village> {
        self.0.get(&id)
    }

    /// The villages that a question about `id` on a day means: what it was or had become by then; of a village that was
    /// made later, all that went into it.
    pub(crate) fn meant_by(&self, id: RecordId, on: NaiveDate) -> Result<Vec<RecordId>> {
        let is_later = self.get(id).and_then(|village| village.valid_from).is_some_and(|from| from > on);
        let wanted = self.on(id, on)?;
        let mut meant = Vec::new();
        for other in self.0.keys() {
            let reached = if is_later {
                self.on(*other, NaiveDate::MAX)? == self.on(id, NaiveDate::MAX)?
            } else {
                self.on(*other, on)? == wanted
            };
            if reached {
                meant.push(*other);
            }
        }
        Ok(meant)
    }
}

impl View<'_> {
    /// What a village had become by a day; the village itself where nothing took its place before.
    pub fn village_on(&self, id: RecordId, on: NaiveDate) -> Result<RecordId> {
        follow(self.resolve(id)?, on, |id| {
            Ok(self.find_record(id, Sight::Plain)?.map(|stored| stored.record::<records::Village>()))
        })
    }

    /// Where a household lived on a day: a place it has since left, the place outside the commune, or its present one.
    pub fn home_on(&self, household: RecordId, on: NaiveDate) -> Result<Home> {
        for stored in self.list_children(household, records::HouseholdPlace::KIND, Sight::Plain)? {
            let place: records::HouseholdPlace = stored.record();
            let is_past =
                place.from_on.is_none_or(|from| from.first_day() <= on) && place.to_on.is_none_or(|to| to.last_day() >= on);
            if is_past {
                let village = place.village.map(|village| self.village_on(village, on)).transpose()?;
                return Ok(Home { village, address_detail: place.address_detail, elsewhere: place.elsewhere });
            }
        }
        let household: records::Household = self.get_record(household, Sight::Plain)?.record();
        if household.left_on.is_some_and(|left| left <= on) {
            return Ok(Home { elsewhere: Some(household.left_to.unwrap_or_default()), ..Home::default() });
        }
        let village = household.village.map(|village| self.village_on(village, on)).transpose()?;
        Ok(Home { village, address_detail: household.address_detail, elsewhere: None })
    }

    /// The live villages, for following the chains of many.
    pub(crate) fn villages(&self) -> Result<Villages> {
        let all = self.list_kind(records::Village::KIND, Sight::Plain)?;
        Ok(Villages(all.into_iter().map(|stored| (stored.id, stored.record())).collect()))
    }

    /// All live villages in the order of their place in lists, then of their names.
    pub fn list_villages(&self) -> Result<Vec<VillageRow>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT (SELECT count(*) FROM household_list AS l WHERE l.village = r.lid AND l.gone = 0) AS households, \
             (SELECT count(*) FROM person_list AS l WHERE l.village = r.lid AND l.died = 0 AND l.away = 0) AS people \
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
