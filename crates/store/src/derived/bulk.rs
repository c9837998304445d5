//! Thousands of new people in one transaction: the lists' indexes are made once at its end instead of row by row.
//!
//! Owes its callers: the commit sees every index again, by the very statement that made it, or nothing at all.
//! Would surprise: until then the lists are searched without their indexes, so it begins only where most rows are new.

use rusqlite::Connection;

use crate::error::Result;

/// New people in one transaction from which on it pays.
const FROM: usize = 2_000;

/// What a transaction knows of it.
#[derive(Debug, Default)]
pub(crate) struct Bulk {
    people: usize,
    /// Statements of the indexes that were taken away.
    indexes: Option<Vec<String>>,
}

impl Bulk {
    /// Counts new people in; takes the indexes away once they are many and more than half of all.
    pub(super) fn count(&mut self, connection: &Connection, people: usize) -> Result<()> {
        self.people += people;
        if self.people < FROM || self.indexes.is_some() {
            return Ok(());
        }
        let all: i64 = connection.query_row("SELECT count(*) FROM person_list", [], |row| row.get(0))?;
        if self.people.saturating_mul(2) < usize::try_from(all).unwrap_or(usize::MAX) {
            // Asked again only after as many more.
            self.people = 0;
            return Ok(());
        }
        let mut statement = connection.prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL \
             AND tbl_name IN ('household_list', 'person_list', 'person_match') ORDER BY rowid",
        )?;
        let indexes: Vec<(String, String)> =
            statement.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?.collect::<rusqlite::Result<_>>()?;
        drop(statement);
        for (name, _) in &indexes {
            connection.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        self.indexes = Some(indexes.into_iter().map(|(_, sql)| sql).collect());
        Ok(())
    }

    /// Makes the indexes again.
    pub(crate) fn finish(&mut self, connection: &Connection) -> Result<()> {
        for sql in self.indexes.take().into_iter().flatten() {
            connection.execute_batch(&sql)?;
        }
        self.people = 0;
        Ok(())
    }
}
