//! Small questions that screens ask of the register: who else has this id, who is the head, what changed last.
//!
//! Live records only, nothing that is specially protected.

use std::collections::BTreeMap;

use domain::registry::Record;
use domain::{PartialDate, RecordId, records, text};
use rusqlite::OptionalExtension;
use sync::Dot;

use crate::acts::Act;
use crate::error::Result;
use crate::history::{Change, ChangeKind};
use crate::open::View;
use crate::records::Sight;
use crate::records::state::signed;

/// What tells one person from another in a list from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityKey {
    /// The person.
    pub id: RecordId,
    /// Folded full name.
    pub folded_name: String,
    /// Full name, other name, and those of entries given up for this one.
    pub names: Vec<String>,
    /// Birth.
    pub birth: Option<PartialDate>,
    /// Sex.
    pub sex: Option<String>,
    /// Citizen id.
    pub citizen_id: Option<String>,
    /// Citizen ids of entries given up for this one.
    pub former_ids: Vec<String>,
    /// Old id of 9 digits.
    pub old_id: Option<String>,
    /// The household the person lives in.
    pub household: Option<RecordId>,
    /// Name of the village of the household.
    pub village: Option<String>,
}

/// An act by the number of a write of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActPlace {
    /// The act.
    pub id: i64,
    /// Whether it can be taken back: it was not yet, and is no taking back itself.
    pub undoable: bool,
}

/// Names and citizen ids of entries given up for somebody.
type GivenUp = (Vec<String>, Vec<String>);

impl View<'_> {
    /// Living records of people with this citizen id, in the order of their making.
    pub fn list_people_with_citizen_id(&self, citizen_id: &str) -> Result<Vec<RecordId>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.rid FROM person AS p JOIN rec AS r ON r.lid = p.lid \
             WHERE p.citizen_id = ?1 AND r.life = 0 ORDER BY r.lid",
        )?;
        let rows = statement.query_map([citizen_id], |row| row.get(0).map(RecordId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Name of the head of a household, as the list shows it.
    pub fn head_name(&self, household: RecordId) -> Result<Option<String>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT p.full_name FROM rec AS r JOIN household_list AS l ON l.lid = r.lid JOIN person AS p ON p.lid = l.head \
             WHERE r.rid = ?1",
        )?;
        Ok(statement.query_row([household.0], |row| row.get(0)).optional()?.flatten())
    }

    /// The newest change of a record or its children that a plain sight may see.
    pub fn find_last_change(&self, id: RecordId) -> Result<Option<Change>> {
        Ok(self.list_history(id, Sight::Plain)?.into_iter().next())
    }

    /// The write by which a record was given up for another.
    pub fn find_merge(&self, id: RecordId) -> Result<Option<Change>> {
        let changes = self.list_history(id, Sight::Plain)?;
        Ok(changes.into_iter().find(|change| change.record == id && change.what == ChangeKind::Merged))
    }

    /// What tells all people of the register apart, for comparing a list from outside with it.
    pub fn list_identity_keys(&self) -> Result<Vec<IdentityKey>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.rid, p.full_name, p.other_name, p.birth_date, p.sex, p.citizen_id, p.old_id, h.rid AS household, v.name AS village \
             FROM person AS p JOIN rec AS r ON r.lid = p.lid JOIN person_list AS l ON l.lid = p.lid \
             LEFT JOIN rec AS h ON h.lid = l.household \
             LEFT JOIN village AS v ON v.lid = l.village WHERE r.life = 0 ORDER BY r.lid",
        )?;
        let mut given_up = self.given_up_keys()?;
        let rows = statement.query_map([], |row| {
            let id = RecordId(row.get("rid")?);
            let name: Option<String> = row.get("full_name")?;
            let (former_names, former_ids) = given_up.remove(&id).unwrap_or_default();
            let own_names = [name.clone(), row.get("other_name")?];
            let birth: Option<String> = row.get("birth_date")?;
            Ok(IdentityKey {
                id,
                folded_name: text::fold(&name.unwrap_or_default()),
                names: own_names.into_iter().flatten().chain(former_names).collect(),
                former_ids,
                birth: birth.and_then(|birth| birth.parse().ok()),
                sex: row.get("sex")?,
                citizen_id: row.get("citizen_id")?,
                old_id: row.get("old_id")?,
                household: row.get::<_, Option<_>>("household")?.map(RecordId),
                village: row.get("village")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Names and citizen ids of entries given up, by who stands for them.
    fn given_up_keys(&self) -> Result<BTreeMap<RecordId, GivenUp>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT m.survivor, p.full_name, p.other_name, p.citizen_id FROM merged AS m JOIN rec AS r ON r.rid = m.rid \
             JOIN person AS p ON p.lid = r.lid WHERE m.rid <> m.survivor ORDER BY r.lid",
        )?;
        let mut rows = statement.query([])?;
        let mut keys: BTreeMap<RecordId, GivenUp> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (names, ids) = keys.entry(RecordId(row.get("survivor")?)).or_default();
            names.extend([row.get::<_, Option<String>>("full_name")?, row.get("other_name")?].into_iter().flatten());
            ids.extend(row.get::<_, Option<String>>("citizen_id")?);
        }
        Ok(keys)
    }

    /// The act of this machine that made a write.
    pub fn find_act_of(&self, dot: Dot) -> Result<Option<ActPlace>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT id, undone_by IS NULL AND undoes IS NULL AND import IS NULL AS undoable FROM act \
             WHERE dno = ?1 AND first_dseq <= ?2 AND last_dseq >= ?2 ORDER BY id DESC LIMIT 1",
        )?;
        let place = |row: &rusqlite::Row<'_>| Ok(ActPlace { id: row.get("id")?, undoable: row.get("undoable")? });
        Ok(statement.query_row(rusqlite::params![dot.dno, signed(dot.dseq)], place).optional()?)
    }

    /// An act that can be taken back, by its number.
    pub fn find_act(&self, id: i64) -> Result<Option<Act>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT uid, at FROM act WHERE id = ?1 AND undone_by IS NULL AND undoes IS NULL AND import IS NULL",
        )?;
        let found: Option<(u32, i64)> = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match found {
            Some((uid, at_ms)) => self.describe_act(id, uid, at_ms),
            None => Ok(None),
        }
    }

    /// Deleted households, the newest first.
    pub fn list_deleted_households(&self) -> Result<Vec<(RecordId, records::Household)>> {
        let order = "WHERE r.kind = ?1 AND r.life = 1 ORDER BY r.lid DESC LIMIT 500";
        let kind = records::Household::KIND;
        let stored = self.list_where(kind, order, [kind.number], Sight::Plain)?;
        Ok(stored.into_iter().map(|stored| (stored.id, stored.record())).collect())
    }
}
