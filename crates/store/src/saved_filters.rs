//! Filters that a worker keeps under a name (bộ lọc đã lưu): each worker's own, on this machine only.

use rusqlite::named_params;

use crate::error::{Error, Result};
use crate::open::{Tx, View};

/// Longest body, in bytes.
const LONGEST: usize = 16 << 10;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSavedFilter<'a> {
    /// `people` or `households`.
    pub list: &'a str,
    /// Its name; the same name again replaces what it stood for.
    pub name: &'a str,
    /// The list's state as JSON.
    pub body: &'a str,
}

/// A filter as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its number.
    pub id: i64,
    /// `people` or `households`.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The list's state as JSON.
    pub body: String,
}

impl View<'_> {
    /// A worker's filters of all lists, in the order of their making.
    pub fn list_saved_filters(&self, uid: u32) -> Result<Vec<SavedFilter>> {
        let mut statement =
            self.connection().prepare_cached("SELECT id, list, name, body FROM saved_filter WHERE uid = ?1 ORDER BY id")?;
        let rows = statement.query_map([uid], |row| {
            Ok(SavedFilter { id: row.get("id")?, list: row.get("list")?, name: row.get("name")?, body: row.get("body")? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Keeps a filter of the author's. Gives its number.
    pub fn save_filter(&self, filter: NewSavedFilter<'_>) -> Result<i64> {
        if filter.body.len() > LONGEST {
            return Err(Error::TooMuchAtOnce);
        }
        let id = self
            .connection()
            .prepare_cached(
                "INSERT INTO saved_filter(uid, list, name, body, saved_at) VALUES (:uid, :list, :name, :body, :at) \
                 ON CONFLICT(uid, list, name) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at RETURNING id",
            )?
            .query_row(
                named_params! {
                    ":uid": self.author().uid, ":list": filter.list, ":name": filter.name, ":body": filter.body,
                    ":at": self.author().at_ms,
                },
                |row| row.get(0),
            )?;
        self.touch("filters");
        Ok(id)
    }

    /// Throws away one of the author's filters; one that is not there is gone already.
    pub fn delete_filter(&self, id: i64) -> Result<()> {
        self.connection()
            .prepare_cached("DELETE FROM saved_filter WHERE id = ?1 AND uid = ?2")?
            .execute(rusqlite::params![id, self.author().uid])?;
        self.touch("filters");
        Ok(())
    }
}
