//! The register read in bulk (đọc cả sổ): the columns that facts of the law rest on, of the whole commune or of one
//! person's surroundings.
//!
//! Owes its callers one moment, roots before their children, rows in the order of their entry, and a cost linear in rows.
//! Would surprise: it gives no heads, conflicts or names. The status of a parent comes whole for both sights, since an amount rests
//! on it; who shows it must mask it. Kinds that are restricted come for [`Sight::Restricted`] only.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::registry::Record;
use domain::{Kind, RecordId, Row, UnitId, records, registry};
use rusqlite::types::Value as Bound;
use sync::RecordDigest;
use sync::clk::{Clocks, Mark};

use crate::derived::today;
use crate::error::{Error, Result};
use crate::open::View;
use crate::records::{Life, Sight, table};

/// Links are followed so far from a person: to the people facts of theirs rest on, and to those that these rest on.
const STEPS: usize = 3;
/// The field of a person's death.
const DEATH: u16 = 29;

/// Kinds and columns, roots first.
const WANTED: &[(&str, &[&str])] = &[
    ("village", &["unit", "valid_to", "successor"]),
    ("region_status", &["unit", "kind", "valid_from", "valid_to"]),
    ("household", &["village", "is_residence_household", "linked_household", "left_on"]),
    ("household_place", &["village", "from_on", "to_on"]),
    ("person", &["birth_date", "marital_status", "marital_since", "death_date"]),
    ("household_member", &["person", "relationship_to_head", "from_on", "to_on", "reason_out"]),
    ("poverty_class", &["year", "class", "valid_from", "valid_to"]),
    ("disability_certificate", &["issued_on", "severity", "valid_from", "reassess_at", "status"]),
    ("allowance", &["kind", "si_kind", "benefit_code", "cared", "coefficient", "amount", "from_month", "to_month"]),
    ("carer_link", &["carer", "kind", "from_on", "to_on"]),
    ("parent_link", &["parent", "side", "adoptive", "status", "from_on", "to_on"]),
    ("study", &["level", "status", "from_on", "to_on"]),
    ("residence", &["kind", "village", "from_on", "to_on"]),
    ("support_obligor", &["state", "obligor", "receives_monthly", "from_on", "to_on"]),
    ("written_request", &["family", "filed_on"]),
    ("observation", &["topic", "answer", "found_on", "from_on", "to_on"]),
    ("restricted_health", &["matter", "answer", "allowance", "benefit_code", "from_on", "due_on", "to_on"]),
];

/// A record as the bulk read gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkRow {
    /// Its id.
    pub id: RecordId,
    /// The record it is a child of.
    pub parent: Option<RecordId>,
    /// The commune it belongs to.
    pub scope: UnitId,
    /// Rises with each entry.
    pub order: i64,
    /// Moved to another commune.
    pub moved: bool,
    /// Of a person whose day of death is not wholly known: the day on which the death was entered.
    pub entered: Option<NaiveDate>,
    /// The columns read; the others are empty.
    pub row: Row,
}

/// The records that the reading is of.
enum Of<'a> {
    All,
    Ids(&'a BTreeSet<RecordId>),
    Parents(&'a BTreeSet<RecordId>),
}

impl View<'_> {
    /// Reads the whole register.
    pub fn load_register(&self, sight: Sight, each: &mut dyn FnMut(BulkRow)) -> Result<()> {
        for (kind, columns) in wanted(sight) {
            self.load_kind(kind, columns, &Of::All, each)?;
        }
        Ok(())
    }

    /// Reads a person and everybody whose records facts about that person may rest on: their household, parents, children,
    /// carers, people cared for and obligors, and those of these.
    pub fn load_surroundings(&self, person: RecordId, sight: Sight, each: &mut dyn FnMut(BulkRow)) -> Result<()> {
        let (people, households) = self.surroundings(person)?;
        let parents: BTreeSet<RecordId> = people.union(&households).copied().collect();
        for (kind, columns) in wanted(sight) {
            let of = match kind.name {
                "village" | "region_status" => Of::All,
                "household" => Of::Ids(&households),
                "person" => Of::Ids(&people),
                _ => Of::Parents(&parents),
            };
            self.load_kind(kind, columns, &of, each)?;
        }
        Ok(())
    }

    /// People and households that were found to be the same as others: the old id, and the one that is kept.
    pub fn list_aliases(&self) -> Result<Vec<(RecordId, RecordId)>> {
        let sql = "SELECT r.rid FROM rec AS r WHERE r.kind IN (?1, ?2, ?3) AND r.life = 3 ORDER BY r.kind, r.lid";
        let mut statement = self.connection().prepare_cached(sql)?;
        let kinds = [records::Household::KIND, records::Person::KIND, records::Village::KIND].map(|kind| kind.number);
        let ids = statement.query_map(kinds, |row| row.get::<_, [u8; 16]>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        ids.into_iter().map(|id| Ok((RecordId(id), self.resolve(RecordId(id))?))).collect()
    }

    /// Changes with every change of a commune's register, but not with marks of outreach: what was computed from the register
    /// holds while it is the same.
    pub fn register_digest(&self, unit: u32) -> Result<u128> {
        let mut digest = self.scope_digest(unit)?;
        let sql = "SELECT r.h FROM outreach_mark AS m CROSS JOIN rec AS r ON r.lid = m.lid WHERE r.scope = ?1 ORDER BY m.lid";
        let mut statement = self.connection().prepare_cached(sql)?;
        for mark in statement.query_map([unit], |row| row.get::<_, [u8; 16]>(0))? {
            digest.sub(RecordDigest(mark?));
        }
        Ok(digest.sum)
    }

    /// Everybody in the order of the list of people: by given name.
    pub fn list_person_order(&self) -> Result<Vec<RecordId>> {
        let sql = "SELECT r.rid FROM person_list AS l JOIN rec AS r ON r.lid = l.lid ORDER BY l.sort, l.lid";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        Ok(rows.map(|id| id.map(RecordId)).collect::<rusqlite::Result<_>>()?)
    }

    fn load_kind(&self, kind: &'static Kind, columns: &[&str], of: &Of<'_>, each: &mut dyn FnMut(BulkRow)) -> Result<()> {
        let is_person = kind.number == records::Person::KIND.number;
        let clocks = if is_person { "CASE WHEN length(t.death_date) < 10 THEN r.clk END" } else { "NULL" };
        let life = if is_person { "r.life IN (0, 2)" } else { "r.life = 0" };
        let listed: Vec<String> = columns.iter().map(|column| format!("t.{column}")).collect();
        let head = format!("SELECT r.rid, r.parent, r.scope, r.lid, r.life, {clocks}, {}", listed.join(", "));
        let places: Vec<_> = columns.iter().filter_map(|name| Some((kind.position(name)?, column(kind, name)?))).collect();
        // Alone the table of the kind is read from end to end; the order of the join must not be turned round.
        let (from, ids) = match of {
            Of::All => {
                (format!("FROM {} AS t CROSS JOIN rec AS r ON r.lid = t.lid WHERE {life} ORDER BY t.lid", kind.name), None)
            }
            Of::Ids(ids) => {
                (format!("FROM rec AS r CROSS JOIN {} AS t ON t.lid = r.lid WHERE r.rid = ?1 AND {life}", kind.name), Some(*ids))
            }
            Of::Parents(ids) => (
                format!(
                    "FROM rec AS r CROSS JOIN {} AS t ON t.lid = r.lid WHERE r.parent = ?1 AND r.kind = {} AND {life} ORDER BY r.lid",
                    kind.name, kind.number
                ),
                Some(*ids),
            ),
        };
        let mut statement = self.connection().prepare_cached(&format!("{head} {from}"))?;
        let keys: Vec<Vec<Bound>> = match ids {
            None => vec![Vec::new()],
            Some(ids) => ids.iter().map(|id| vec![Bound::Blob(id.0.to_vec())]).collect(),
        };
        for key in keys {
            let mut rows = statement.query(rusqlite::params_from_iter(key))?;
            while let Some(found) = rows.next()? {
                each(read(kind, &places, found)?);
            }
        }
        Ok(())
    }

    fn surroundings(&self, person: RecordId) -> Result<(BTreeSet<RecordId>, BTreeSet<RecordId>)> {
        let mut names: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for (old, new) in self.list_aliases()? {
            names.entry(new).or_default().push(old);
        }
        let all_names = |id: RecordId| std::iter::once(id).chain(names.get(&id).cloned().unwrap_or_default()).collect::<Vec<_>>();
        let (mut people, mut households) = (BTreeSet::new(), BTreeSet::new());
        let mut fresh = vec![self.resolve(person)?];
        for step in 0..=STEPS {
            let mut found = BTreeSet::new();
            for id in std::mem::take(&mut fresh) {
                if !people.insert(id) {
                    continue;
                }
                for name in all_names(id) {
                    people.insert(name);
                    for household in self.linked(HOUSEHOLDS_OF, name)? {
                        households.insert(household);
                        households.extend(self.linked(REVIEWED_AS, household)?);
                        found.extend(self.linked(MEMBERS_OF, household)?);
                    }
                    for sql in [PARENTS_OF, CHILDREN_OF, CARER_OF, CARED_BY, OBLIGORS_OF] {
                        found.extend(self.linked(sql, name)?);
                    }
                }
            }
            if step < STEPS {
                let resolved = found.into_iter().map(|id| self.resolve(id)).collect::<Result<BTreeSet<_>>>()?;
                fresh = resolved.into_iter().filter(|id| !people.contains(id)).collect();
            }
        }
        Ok((people, households))
    }

    fn linked(&self, sql: &str, id: RecordId) -> Result<Vec<RecordId>> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| row.get::<_, [u8; 16]>(0))?;
        Ok(rows.map(|id| id.map(RecordId)).collect::<rusqlite::Result<_>>()?)
    }
}

const HOUSEHOLDS_OF: &str = "SELECT r.parent FROM household_member AS m JOIN rec AS r ON r.lid = m.lid \
     WHERE m.person = ?1 AND r.life = 0 AND r.parent IS NOT NULL ORDER BY r.lid";
const MEMBERS_OF: &str = "SELECT m.person FROM rec AS r JOIN household_member AS m ON m.lid = r.lid \
     WHERE r.parent = ?1 AND r.kind = 3 AND r.life = 0 AND m.person IS NOT NULL ORDER BY r.lid";
const REVIEWED_AS: &str = "SELECT h.linked_household FROM rec AS r JOIN household AS h ON h.lid = r.lid \
     WHERE r.rid = ?1 AND h.linked_household IS NOT NULL";
const PARENTS_OF: &str = "SELECT t.parent FROM rec AS r JOIN parent_link AS t ON t.lid = r.lid \
     WHERE r.parent = ?1 AND r.kind = 8 AND r.life = 0 AND t.parent IS NOT NULL ORDER BY r.lid";
const CHILDREN_OF: &str = "SELECT r.parent FROM parent_link AS t JOIN rec AS r ON r.lid = t.lid \
     WHERE t.parent = ?1 AND r.life = 0 AND r.parent IS NOT NULL ORDER BY r.lid";
const CARER_OF: &str = "SELECT t.carer FROM rec AS r JOIN carer_link AS t ON t.lid = r.lid \
     WHERE r.parent = ?1 AND r.kind = 7 AND r.life = 0 AND t.carer IS NOT NULL ORDER BY r.lid";
const CARED_BY: &str = "SELECT r.parent FROM carer_link AS t JOIN rec AS r ON r.lid = t.lid \
     WHERE t.carer = ?1 AND r.life = 0 AND r.parent IS NOT NULL ORDER BY r.lid";
const OBLIGORS_OF: &str = "SELECT t.obligor FROM rec AS r JOIN support_obligor AS t ON t.lid = r.lid \
     WHERE r.parent = ?1 AND r.kind = 17 AND r.life = 0 AND t.obligor IS NOT NULL ORDER BY r.lid";

fn wanted(sight: Sight) -> impl Iterator<Item = (&'static Kind, &'static [&'static str])> {
    let kinds = WANTED.iter().filter_map(|(name, columns)| Some((registry::kind_named(name)?, *columns)));
    kinds.filter(move |(kind, _)| sight == Sight::Restricted || !kind.restricted)
}

fn column(kind: &'static Kind, name: &str) -> Option<domain::ValueType> {
    kind.columns().find(|known| known.name == name).map(|known| known.ty)
}

/// Columns before those of the kind.
const BEFORE: usize = 6;

fn read(kind: &'static Kind, places: &[(usize, domain::ValueType)], found: &rusqlite::Row<'_>) -> Result<BulkRow> {
    let mut row = Row::new(kind);
    for (at, (place, ty)) in places.iter().enumerate() {
        if let Some(value) = row.values.get_mut(*place) {
            *value = table::from_column(*ty, found.get_ref(BEFORE + at)?);
        }
    }
    let clocks = found.get_ref(5)?.as_blob_or_null().map_err(|_| Error::Damaged(None))?;
    let entered = clocks.map(Clocks::decode).transpose()?.map(|clocks| {
        let eff = match clocks.marks.get(&DEATH) {
            Some(Mark::One(stamp)) => stamp.eff,
            _ => clocks.created.eff,
        };
        today(eff)
    });
    Ok(BulkRow {
        id: RecordId(found.get(0)?),
        parent: found.get::<_, Option<[u8; 16]>>(1)?.map(RecordId),
        scope: UnitId(found.get(2)?),
        order: found.get(3)?,
        moved: Life::of_number(found.get(4)?) == Life::Moved,
        entered,
        row,
    })
}
