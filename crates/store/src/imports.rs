//! Imports (lần nhập danh sách): many acts of one transaction that belong together, and are taken back together.

use rusqlite::named_params;

use crate::acts::Undone;
use crate::error::{Error, Result};
use crate::open::{Tx, View};

/// An import as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// Who.
    pub uid: u32,
    /// When.
    pub at_ms: i64,
    /// What was read: the kind of list, never a file's name, which may name a person.
    pub source: String,
    /// The importer's report as JSON.
    pub report: String,
    /// Acts it consists of.
    pub acts: u64,
    /// When it was taken back.
    pub undone_at_ms: Option<i64>,
}

impl View<'_> {
    /// All imports, the newest first.
    pub fn list_imports(&self) -> Result<Vec<Import>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT i.id, i.uid, i.at, i.source, i.report, i.undone_at, \
             (SELECT count(*) FROM act AS a WHERE a.import = i.id AND a.undoes IS NULL) AS acts \
             FROM import AS i ORDER BY i.id DESC",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Import {
                id: row.get("id")?,
                uid: row.get("uid")?,
                at_ms: row.get("at")?,
                source: row.get("source")?,
                report: row.get("report")?,
                acts: row.get::<_, i64>("acts")?.unsigned_abs(),
                undone_at_ms: row.get("undone_at")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Begins an import: the acts that follow in this transaction belong to it, until [`Tx::end_import`].
    /// [`Tx::end_act`] ends each household's.
    pub fn begin_import(&self, source: &str) -> Result<i64> {
        self.end_act()?;
        self.connection()
            .prepare_cached("INSERT INTO import(uid, at, source, report) VALUES (:uid, :at, :source, '{}')")?
            .execute(named_params! {
                ":uid": self.author().uid, ":at": self.author().at_ms, ":source": source,
            })?;
        let id = self.connection().last_insert_rowid();
        self.writing.borrow_mut().import = Some(id);
        self.touch("imports");
        Ok(id)
    }

    /// Ends an import and keeps its report, as JSON.
    pub fn end_import(&self, id: i64, report: &str) -> Result<()> {
        self.end_act()?;
        self.writing.borrow_mut().import = None;
        let sql = "UPDATE import SET report = ?1 WHERE id = ?2";
        self.connection().prepare_cached(sql)?.execute(rusqlite::params![report, id])?;
        Ok(())
    }

    /// Takes a whole import back, the last act first; what was edited since is kept and named.
    pub fn undo_import(&self, id: i64) -> Result<Undone> {
        self.end_act()?;
        let acts: Vec<i64> = self
            .connection()
            .prepare_cached(
                "SELECT a.id FROM act AS a JOIN import AS i ON i.id = a.import \
                 WHERE a.import = ?1 AND a.undone_by IS NULL AND i.undone_at IS NULL ORDER BY a.id DESC",
            )?
            .query_map([id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if acts.is_empty() {
            return Err(Error::NothingToUndo);
        }
        let mut all = Undone::default();
        for act in acts {
            let undone = self.undo_act(act)?;
            all.undone += undone.undone;
            all.kept.extend(undone.kept);
        }
        let sql = "UPDATE import SET undone_at = ?1 WHERE id = ?2";
        self.connection().prepare_cached(sql)?.execute(rusqlite::params![self.author().at_ms, id])?;
        self.touch("imports");
        Ok(all)
    }
}
