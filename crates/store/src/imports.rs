//! Imports (lần nhập danh sách): many acts of one transaction that belong together, and are taken back together.
//!
//! Beside the register, and on this machine only, an import keeps where in its list each person stood, how the name was
//! written there, and every cell that was not taken as it stood. What an undo takes away loses this too.

use domain::RecordId;
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

/// Columns of a layout as a worker corrected them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLayout {
    /// What tells this layout from others.
    pub layout: String,
    /// The columns, as the importer's JSON.
    pub columns: String,
}

/// A cell or a row that was not taken as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportTrouble {
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Heading of the column.
    pub heading: String,
    /// What stood there.
    pub read: String,
    /// The importer's code for what is the matter.
    pub kind: String,
    /// `error`, `warning` or `info`.
    pub level: String,
    /// Values of its sentence, as JSON.
    pub params: String,
}

/// Where in a list a person stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSource {
    /// The import.
    pub import: i64,
    /// When.
    pub at_ms: i64,
    /// The importer's report as JSON.
    pub report: String,
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// The name as written there, where it was changed.
    pub name: Option<String>,
}

impl View<'_> {
    /// All layouts that were corrected, the newest first.
    pub fn list_import_layouts(&self) -> Result<Vec<ImportLayout>> {
        let mut statement =
            self.connection().prepare_cached("SELECT layout, columns FROM import_layout ORDER BY at DESC, layout")?;
        let rows =
            statement.query_map([], |row| Ok(ImportLayout { layout: row.get("layout")?, columns: row.get("columns")? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The lists a person stood in, the newest first.
    pub fn list_import_sources(&self, person: RecordId) -> Result<Vec<ImportSource>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT p.import, i.at, i.report, p.sheet, p.row, p.name FROM import_person AS p JOIN import AS i ON i.id = p.import \
             WHERE p.person = ?1 ORDER BY p.import DESC, p.sheet, p.row",
        )?;
        let rows = statement.query_map([person.0], |row| {
            Ok(ImportSource {
                import: row.get("import")?,
                at_ms: row.get("at")?,
                report: row.get("report")?,
                sheet: row.get("sheet")?,
                row: row.get("row")?,
                name: row.get("name")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What was not taken as it stood in an import, in the order of the list; of one row where `place` names it.
    pub fn list_import_troubles(&self, import: i64, place: Option<(&str, u32)>) -> Result<Vec<ImportTrouble>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT sheet, row, heading, read, kind, level, params FROM import_problem \
             WHERE import = :import AND (:sheet IS NULL OR sheet = :sheet AND row = :row) ORDER BY id",
        )?;
        let (sheet, row) = place.unzip();
        let rows = statement.query_map(named_params! { ":import": import, ":sheet": sheet, ":row": row }, |row| {
            Ok(ImportTrouble {
                sheet: row.get("sheet")?,
                row: row.get("row")?,
                heading: row.get("heading")?,
                read: row.get("read")?,
                kind: row.get("kind")?,
                level: row.get("level")?,
                params: row.get("params")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

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

    /// Keeps the columns of a layout for later files.
    pub fn remember_layout(&self, layout: &ImportLayout) -> Result<()> {
        self.connection()
            .prepare_cached(
                "INSERT INTO import_layout(layout, columns, uid, at) VALUES (:layout, :columns, :uid, :at) \
                 ON CONFLICT(layout) DO UPDATE SET columns = excluded.columns, uid = excluded.uid, at = excluded.at",
            )?
            .execute(named_params! {
                ":layout": layout.layout, ":columns": layout.columns, ":uid": self.author().uid, ":at": self.author().at_ms,
            })?;
        Ok(())
    }

    /// Keeps where in the list of an import a person stood; `name` is how it was written there, where it was changed.
    pub fn note_import_person(&self, import: i64, person: RecordId, sheet: &str, row: u32, name: Option<&str>) -> Result<()> {
        self.connection()
            .prepare_cached(
                "INSERT INTO import_person(person, import, sheet, row, name) VALUES (:person, :import, :sheet, :row, :name) \
                 ON CONFLICT(person, import, sheet, row) DO NOTHING",
            )?
            .execute(named_params! { ":person": person.0, ":import": import, ":sheet": sheet, ":row": row, ":name": name })?;
        Ok(())
    }

    /// Keeps what was not taken as it stood.
    pub fn note_import_trouble(&self, import: i64, trouble: &ImportTrouble) -> Result<()> {
        self.connection()
            .prepare_cached(
                "INSERT INTO import_problem(import, sheet, row, heading, read, kind, level, params) \
                 VALUES (:import, :sheet, :row, :heading, :read, :kind, :level, :params)",
            )?
            .execute(named_params! {
                ":import": import, ":sheet": trouble.sheet, ":row": trouble.row, ":heading": trouble.heading,
                ":read": trouble.read, ":kind": trouble.kind, ":level": trouble.level, ":params": trouble.params,
            })?;
        Ok(())
    }

    /// What was kept of people who went with an undo goes too.
    fn forget_import(&self, id: i64) -> Result<()> {
        for sql in [
            "DELETE FROM import_person WHERE import = ?1 AND person NOT IN (SELECT rid FROM rec WHERE life = 0)",
            "DELETE FROM import_problem WHERE import = ?1 AND NOT EXISTS (SELECT 1 FROM import_person AS p \
             WHERE p.import = import_problem.import AND p.sheet = import_problem.sheet AND p.row = import_problem.row)",
        ] {
            self.connection().prepare_cached(sql)?.execute([id])?;
        }
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
        self.forget_import(id)?;
        self.touch("imports");
        Ok(all)
    }
}
