//! Settings (cài đặt) of the store: short texts by name, shared by everybody who works with it.

use rusqlite::{OptionalExtension, named_params};

use crate::error::Result;
use crate::open::{Tx, View};

impl View<'_> {
    /// The value of a setting, where it was ever set.
    pub fn find_setting(&self, name: &str) -> Result<Option<String>> {
        let mut statement = self.connection().prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Sets a setting; `None` forgets it.
    pub fn set_setting(&self, name: &str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => self
                .connection()
                .prepare_cached(
                    "INSERT INTO setting(name, value) VALUES (:name, :value)
                     ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                )?
                .execute(named_params! { ":name": name, ":value": value })?,
            None => self.connection().prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])?,
        };
        self.touch("settings");
        Ok(())
    }
}
