//! Making index and lists anew: what is due today, or everything.

use domain::RecordId;
use rusqlite::Connection;

use super::{HOUSEHOLD, PERSON, VILLAGE, today, write};
use crate::error::Result;
use crate::meta;
use crate::open::{Author, Tx, View, write_on};

/// Set by a migration step that leaves what is derived to be made anew.
const ALL_DUE: &str = "derived_due";

/// After the steps of an upgrade, before anybody reads: makes everything derived anew where a step has left it so.
pub(crate) fn after_upgrade(writer: &mut Connection, at_ms: i64) -> Result<()> {
    if meta::find::<i64>(writer, ALL_DUE)?.is_some() {
        write_on(writer, Author::program(at_ms), |tx| tx.rebuild_derived())?;
    }
    Ok(())
}

impl View<'_> {
    /// Whether rows of the lists depend on a day that has come since they were made.
    pub fn is_list_due(&self, at_ms: i64) -> Result<bool> {
        let day = today(at_ms).to_string();
        let mut statement = self.connection().prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM household_list WHERE due_on <= ?1) \
             OR EXISTS (SELECT 1 FROM person_list WHERE due_on <= ?1)",
        )?;
        Ok(statement.query_row([day], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Makes anew the rows of the lists that depend on a day that has come: somebody moves in or out, a year begins.
    /// For the first sign-in of a day.
    pub fn refresh_lists(&self) -> Result<()> {
        let day = today(self.author().at_ms).to_string();
        let households = self.ids_of(
            "SELECT r.rid FROM household_list AS l JOIN rec AS r ON r.lid = l.lid WHERE l.due_on <= ?1 ORDER BY l.lid",
            &day,
        )?;
        let persons = self.ids_of(
            "SELECT r.rid FROM person_list AS l JOIN rec AS r ON r.lid = l.lid WHERE l.due_on <= ?1 ORDER BY l.lid",
            &day,
        )?;
        {
            let dirty = &mut self.writing.borrow_mut().derived;
            dirty.households.extend(households);
            dirty.persons.extend(persons);
        }
        self.touch("households");
        self.touch("people");
        write(self)
    }

    /// Makes the search index and the lists anew from the records.
    pub fn rebuild_derived(&self) -> Result<()> {
        meta::clear(self.connection(), ALL_DUE)?;
        self.connection().execute_batch(
            "DELETE FROM household_list; DELETE FROM person_list; DELETE FROM person_match;
             INSERT INTO name_fts(name_fts) VALUES ('delete-all'); INSERT INTO code_fts(code_fts) VALUES ('delete-all');",
        )?;
        let sql = "SELECT rid FROM rec WHERE kind = ?1 AND life = 0 ORDER BY lid";
        let villages = self.ids_of(sql, &VILLAGE)?;
        let households = self.ids_of(sql, &HOUSEHOLD)?;
        let persons = self.ids_of(sql, &PERSON)?;
        {
            let mut writing = self.writing.borrow_mut();
            writing.names = super::Names::default();
            let dirty = &mut writing.derived;
            dirty.villages.extend(villages);
            dirty.households.extend(households);
            dirty.persons.extend(persons);
        }
        write(self)
    }

    fn ids_of(&self, sql: &str, value: &dyn rusqlite::ToSql) -> Result<Vec<RecordId>> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([value], |row| row.get::<_, [u8; 16]>(0))?;
        Ok(rows.map(|id| id.map(RecordId)).collect::<rusqlite::Result<_>>()?)
    }
}
