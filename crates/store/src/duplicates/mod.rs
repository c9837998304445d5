//! Duplicates (trùng lặp): people of the register who may be one, found by what they are looked up by, never by comparing all
//! with all.
//!
//! Owes its callers: the likeliest first, ties in the order of ids; live people only; nobody of a pair that somebody said
//! are two; nothing that is specially protected.
//! Leaves to others: what likeness is ([`domain::likeness`]), and merging, which is an ordinary act of the worker.
//! Would surprise: the people beside somebody are read only for the few who would be shown with them or without.

mod different;
mod pairs;

use std::collections::BTreeSet;

use domain::likeness::{self, HINT, Keys, Likeness, Name, Traits};
use domain::{PartialDate, RecordId};
use rusqlite::named_params;

use crate::error::Result;
use crate::open::View;
use crate::records::merged::{given_up_for, resolve};

/// Points that the people beside somebody can add.
const MOST_BY_KIN: i32 = 12;
/// Of how many the people beside them are read.
const MOST_WITH_KIN: usize = 24;
/// From this many points on a pair of the register is listed: an equal name and year of birth are not enough where the days
/// contradict each other and the villages differ.
pub const LISTED: i32 = 30;

/// One person as they are compared.
const TRAITS_OF: &str = concat!(include_str!("traits.sql"), " WHERE r.lid = ?1 AND r.life = 0");

/// Who has a citizen id, or stands for an entry that had it.
const BY_CITIZEN_ID: &str = "SELECT coalesce(s.lid, p.lid) FROM person AS p JOIN rec AS r ON r.lid = p.lid \
     LEFT JOIN merged AS m ON m.rid = r.rid LEFT JOIN rec AS s ON s.rid = m.survivor WHERE p.citizen_id = ?1 ORDER BY p.lid";

/// Somebody as they are being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The person, where they are in the register.
    pub id: Option<RecordId>,
    /// Full name first, then other names.
    pub names: Vec<String>,
    /// Birth.
    pub birth: Option<PartialDate>,
    /// Sex.
    pub sex: Option<String>,
    /// Citizen id.
    pub citizen_id: Option<String>,
    /// Nine-digit identity card.
    pub old_id: Option<String>,
    /// Village.
    pub village: Option<RecordId>,
    /// Names of parents and of the people typed beside them.
    pub kin: Vec<String>,
    /// People who are not meant: of the same form, or known to be others.
    pub without: BTreeSet<RecordId>,
}

/// Somebody of the register who may be the one that is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Who.
    pub person: RecordId,
    /// How alike.
    pub likeness: Likeness,
}

/// Two people of the register who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The one entered first.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
    /// How alike.
    pub likeness: Likeness,
}

/// A live person as they are compared.
struct Known {
    id: RecordId,
    traits: Traits,
}

impl View<'_> {
    /// At most `most` people who may be the one that is typed, the likeliest first.
    pub fn find_similar(&self, sketch: &Sketch, most: usize) -> Result<Vec<Similar>> {
        let typed = traits_of(sketch);
        let mut without = sketch.without.clone();
        if let Some(id) = sketch.id {
            without.insert(resolve(self.connection(), id)?);
            without.extend(self.list_different(id)?);
        }
        let mut found = Vec::new();
        for lid in self.look_up(sketch, &typed)? {
            let Some(known) = self.known(lid)?.filter(|known| !without.contains(&known.id)) else { continue };
            let likeness = likeness::compare(&typed, &known.traits);
            if likeness.points >= HINT - MOST_BY_KIN {
                found.push((known, likeness));
            }
        }
        let order = |points: i32, id: RecordId| (std::cmp::Reverse(points), id);
        found.sort_by_key(|(known, likeness)| order(likeness.points, known.id));
        found.truncate(MOST_WITH_KIN);
        let mut similar = Vec::new();
        for (mut known, mut likeness) in found {
            if !typed.kin.is_empty() {
                self.read_kin(&mut known)?;
                likeness = likeness::compare(&typed, &known.traits);
            }
            if likeness.points >= HINT {
                similar.push(Similar { person: known.id, likeness });
            }
        }
        similar.sort_by_key(|one| order(one.likeness.points, one.person));
        similar.truncate(most);
        Ok(similar)
    }

    /// Compares two people of the register.
    pub fn compare_people(&self, one: RecordId, other: RecordId) -> Result<Likeness> {
        let mut both = Vec::new();
        for id in [one, other] {
            let lid = crate::records::state::find_lid(self.connection(), id)?;
            let known = lid.map(|lid| self.known(lid)).transpose()?.flatten();
            let Some(mut known) = known else { return Ok(Likeness::default()) };
            self.read_kin(&mut known)?;
            both.push(known.traits);
        }
        Ok(match both.as_slice() {
            [one, other] => likeness::compare(one, other),
            _ => Likeness::default(),
        })
    }

    /// How candidates are found. For tests.
    #[doc(hidden)]
    pub fn explain_similar(&self) -> Result<String> {
        let mut plans = String::new();
        for sql in [include_str!("candidates.sql"), BY_CITIZEN_ID, TRAITS_OF, include_str!("kin.sql")] {
            let mut statement = self.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                plans.push_str(&row.get::<_, String>("detail")?);
                plans.push('\n');
            }
        }
        Ok(plans)
    }

    fn look_up(&self, sketch: &Sketch, typed: &Traits) -> Result<BTreeSet<i64>> {
        let mut lids = BTreeSet::new();
        let mut statement = self.connection().prepare_cached(include_str!("candidates.sql"))?;
        for keys in typed.names.iter().filter_map(|name| Keys::of(name, typed.birth.as_ref())) {
            let rows = statement.query_map(
                named_params! {
                    ":sound": keys.sound, ":given": keys.given, ":year": keys.year, ":day": keys.day,
                    ":born": keys.born(keys.day), ":swapped": keys.born(keys.swapped_day()), ":village": sketch.village.map(|village| village.0), ":old_id": typed.old_id,
                },
                |row| row.get(0),
            )?;
            lids.extend(rows.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
        // Also by the id of an entry that was given up.
        let mut statement = self.connection().prepare_cached(BY_CITIZEN_ID)?;
        for id in typed.citizen_ids.iter().flat_map(|id| likeness::id_variants(id)) {
            let rows = statement.query_map([id], |row| row.get(0))?;
            lids.extend(rows.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
        Ok(lids)
    }

    /// A live person, with the names and ids of the entries given up for them.
    fn known(&self, lid: i64) -> Result<Option<Known>> {
        let mut statement = self.connection().prepare_cached(TRAITS_OF)?;
        let mut rows = statement.query([lid])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let mut traits = traits_in(row)?;
        let id = RecordId(row.get("rid")?);
        add_names(&mut traits, row, Name::new)?;
        for other in given_up_for(self.connection(), id)? {
            let mut statement = self.connection().prepare_cached(
                "SELECT p.full_name, p.other_name, p.citizen_id FROM rec AS r JOIN person AS p ON p.lid = r.lid WHERE r.rid = ?1",
            )?;
            let mut rows = statement.query([other.0])?;
            if let Some(row) = rows.next()? {
                add_names(&mut traits, row, Name::new)?;
            }
        }
        Ok(Some(Known { id, traits }))
    }

    fn read_kin(&self, known: &mut Known) -> Result<()> {
        let mut statement = self.connection().prepare_cached(include_str!("kin.sql"))?;
        let household = known.traits.household.map(|household| household.0);
        let mut rows = statement.query(named_params! { ":household": household, ":person": known.id.0 })?;
        while let Some(row) = rows.next()? {
            if let Some(name) = row.get::<_, Option<String>>("name")? {
                known.traits.kin.insert(Name::new(&name).sound());
            }
        }
        Ok(())
    }
}

/// What of a row of `traits.sql` is compared, without names and ids.
fn traits_in(row: &rusqlite::Row<'_>) -> rusqlite::Result<Traits> {
    let reference =
        |column: &str| Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(RecordId)) as rusqlite::Result<Option<RecordId>>;
    let birth: Option<String> = row.get("birth_date")?;
    Ok(Traits {
        birth: birth.and_then(|birth| birth.parse().ok()),
        sex: row.get("sex")?,
        old_id: row.get("old_id")?,
        village: reference("village")?,
        household: reference("household")?,
        ..Traits::default()
    })
}

fn add_names(traits: &mut Traits, row: &rusqlite::Row<'_>, mut name: impl FnMut(&str) -> Name) -> rusqlite::Result<()> {
    for column in ["full_name", "other_name"] {
        traits.names.extend(row.get_ref(column)?.as_str_or_null()?.map(&mut name));
    }
    traits.citizen_ids.extend(row.get::<_, Option<String>>("citizen_id")?);
    Ok(())
}

fn traits_of(sketch: &Sketch) -> Traits {
    Traits {
        names: sketch.names.iter().map(|name| Name::new(name)).collect(),
        birth: sketch.birth,
        sex: sketch.sex.clone(),
        citizen_ids: sketch.citizen_id.iter().cloned().collect(),
        old_id: sketch.old_id.clone(),
        village: sketch.village,
        household: None,
        kin: sketch.kin.iter().map(|name| Name::new(name).sound()).filter(|sound| !sound.is_empty()).collect(),
    }
}

/// A pair whichever way round it is named.
fn in_order(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    if one <= other { (one, other) } else { (other, one) }
}
