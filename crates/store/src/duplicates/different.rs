//! Pairs of whom somebody said that they are two people (hai người khác nhau).

use std::collections::BTreeSet;

use domain::registry::Record;
use domain::{RecordId, records};

use super::in_order;
use crate::error::Result;
use crate::open::{Tx, View};
use crate::records::merged::{all_of, resolve};
use crate::records::{Place, Sight};

impl View<'_> {
    /// People who are known to be others than this one, however the pair was named and whoever was given up since.
    pub fn list_different(&self, person: RecordId) -> Result<BTreeSet<RecordId>> {
        let person = self.resolve(person)?;
        let sql = concat!(
            "SELECT t.other FROM rec AS r JOIN different_person AS t ON t.lid = r.lid WHERE r.parent IN ",
            all_of!(),
            " AND r.kind = 26 AND r.life = 0 AND t.other IS NOT NULL \
             UNION SELECT r.parent FROM different_person AS t JOIN rec AS r ON r.lid = t.lid WHERE t.other IN ",
            all_of!(),
            " AND r.life = 0 AND r.parent IS NOT NULL ORDER BY 1"
        );
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([person.0], |row| row.get::<_, [u8; 16]>(0))?;
        let mut others = BTreeSet::new();
        for other in rows {
            others.insert(resolve(self.connection(), RecordId(other?))?);
        }
        others.remove(&person);
        Ok(others)
    }

    /// All pairs that are known to be two people.
    pub(super) fn different_pairs(&self) -> Result<BTreeSet<(RecordId, RecordId)>> {
        let mut pairs = BTreeSet::new();
        for stored in self.list_kind(records::DifferentPerson::KIND, Sight::Plain)? {
            let other = stored.record::<records::DifferentPerson>().other;
            if let (Some(one), Some(other)) = (stored.parent, other) {
                pairs.insert(in_order(resolve(self.connection(), one)?, resolve(self.connection(), other)?));
            }
        }
        Ok(pairs)
    }
}

impl Tx<'_> {
    /// Says that two people are two. Said already, it is not said again.
    pub fn mark_different(&self, one: RecordId, other: RecordId) -> Result<()> {
        let (one, other) = in_order(self.resolve(one)?, self.resolve(other)?);
        if one == other || self.list_different(one)?.contains(&other) {
            return Ok(());
        }
        let row = records::DifferentPerson { other: Some(other) }.to_row();
        self.create(&row, Place::Child(one)).map(drop)
    }
}
