//! Migration steps (bước nâng cấp) of the database file: append-only, all or nothing, after a verified backup.
//!
//! Two numbers: *which step* (table `schema_step`, name and checksum) and *the oldest program that may still open the
//! file* (`PRAGMA user_version`, raised rarely). A released step is frozen: `migrations.sums` beside it holds its checksum.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior, named_params};

use crate::error::{Error, Result};

/// This program's number: a file that asks for a higher one is not opened.
pub const PROGRAM: u32 = 2;

/// One step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// File name without its ending.
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
    /// Oldest program that may open the file from this step on.
    pub(crate) oldest_program: u32,
}

macro_rules! step {
    ($name:literal, $oldest:literal) => {
        Step { name: $name, sql: include_str!(concat!("../migrations/", $name, ".sql")), oldest_program: $oldest }
    };
}

/// Every step in the order of running. Only ever appended to.
pub(crate) const STEPS: &[Step] = &[
    step!("0001_accounts_audit_meta", 1),
    step!("0002_records", 1),
    step!("0003_family", 1),
    step!("0004_duplicates", 1),
    step!("0005_lists", 1),
    step!("0006_imports", 1),
    step!("0007_policies", 1),
    step!("0008_outreach", 1),
    step!("0009_privacy", 1),
    step!("0010_finding_faster", 1),
    step!("0011_limits", 1),
    step!("0012_commune_settings", 1),
    step!("0013_outbox_of_acts", 2),
];

impl Step {
    pub(crate) fn checksum(&self) -> [u8; 32] {
        *blake3::hash(self.sql.as_bytes()).as_bytes()
    }
}

/// Brings the file up to `steps`. `backup` runs before the first step that a file with data gets, and its failure stops
/// everything; a new file has nothing to back up.
pub(crate) fn run(
    connection: &mut Connection,
    steps: &[Step],
    at_ms: i64,
    backup: impl FnOnce(&Connection) -> Result<()>,
) -> Result<()> {
    check_program(connection)?;
    let done = steps_done(connection)?;
    for step in steps {
        if done.get(step.name).is_some_and(|checksum| checksum.as_slice() != step.checksum()) {
            return Err(Error::StepChanged { name: step.name.to_owned() });
        }
    }
    let pending: Vec<&Step> = steps.iter().filter(|step| !done.contains_key(step.name)).collect();
    let Some(oldest_program) = pending.iter().map(|step| step.oldest_program).max() else { return Ok(()) };
    if !done.is_empty() {
        backup(connection)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS schema_step(
           name TEXT PRIMARY KEY, checksum BLOB NOT NULL, applied_at INTEGER NOT NULL
         ) STRICT, WITHOUT ROWID;
         PRAGMA defer_foreign_keys = ON;",
    )?;
    for step in pending {
        transaction.execute_batch(step.sql)?;
        transaction.execute(
            "INSERT INTO schema_step(name, checksum, applied_at) VALUES (:name, :checksum, :at)",
            named_params! { ":name": step.name, ":checksum": step.checksum(), ":at": at_ms },
        )?;
    }
    if user_version(&transaction)? < oldest_program {
        transaction.pragma_update(None, "user_version", oldest_program)?;
    }
    Ok(transaction.commit()?)
}

/// Refuses a file that says this program is too old for it.
pub(crate) fn check_program(connection: &Connection) -> Result<()> {
    let file = user_version(connection)?;
    if file > PROGRAM {
        return Err(Error::NewerSchema { file, program: PROGRAM });
    }
    Ok(())
}

fn user_version(connection: &Connection) -> Result<u32> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Names and checksums of the steps that the file has run.
fn steps_done(connection: &Connection) -> Result<BTreeMap<String, Vec<u8>>> {
    if !connection.table_exists(None, "schema_step")? {
        return Ok(BTreeMap::new());
    }
    let mut statement = connection.prepare("SELECT name, checksum FROM schema_step ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get("name")?, row.get("checksum")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const ONE: Step = Step { name: "0001_one", sql: "CREATE TABLE one(a INTEGER) STRICT;", oldest_program: 1 };
    const TWO: Step = Step { name: "0002_two", sql: "CREATE TABLE two(a INTEGER) STRICT;", oldest_program: 1 };
    const BAD: Step = Step { name: "0003_bad", sql: "CREATE TABLE three(a INTEGER) STRICT; NONSENSE;", oldest_program: 1 };

    fn file_with(steps: &[Step]) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, steps, 1, |_| panic!("a new file has nothing to back up")).unwrap();
        connection
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    #[test]
    fn only_missing_steps_run_and_after_a_backup() {
        let mut connection = file_with(&[ONE]);
        let backed_up = Cell::new(0);
        let backup = |_: &Connection| {
            backed_up.set(backed_up.get() + 1);
            Ok(())
        };
        run(&mut connection, &[ONE, TWO], 2, backup).unwrap();
        run(&mut connection, &[ONE, TWO], 3, backup).unwrap();
        assert_eq!(tables(&connection), ["one", "schema_step", "two"]);
        assert_eq!(backed_up.get(), 1, "a file that needs nothing needs no backup");
    }

    #[test]
    fn a_failing_step_undoes_the_steps_before_it() {
        let mut connection = file_with(&[ONE]);
        run(&mut connection, &[ONE, TWO, BAD], 2, |_| Ok(())).unwrap_err();
        assert_eq!(tables(&connection), ["one", "schema_step"]);
        assert_eq!(steps_done(&connection).unwrap().len(), 1);
    }

    #[test]
    fn no_backup_no_migration() {
        let mut connection = file_with(&[ONE]);
        let refused = run(&mut connection, &[ONE, TWO], 2, |_| Err(Error::DiskFull(None)));
        assert!(matches!(refused, Err(Error::DiskFull(_))));
        assert_eq!(tables(&connection), ["one", "schema_step"]);
    }

    #[test]
    fn a_step_that_reads_differently_is_refused() {
        let mut connection = file_with(&[ONE]);
        let other = Step { sql: "CREATE TABLE other(a INTEGER) STRICT;", ..ONE };
        let refused = run(&mut connection, &[other], 2, |_| Ok(()));
        assert!(matches!(refused, Err(Error::StepChanged { name }) if name == "0001_one"));
    }

    #[test]
    fn a_file_for_a_newer_program_is_refused() {
        let newer = Step { oldest_program: PROGRAM + 1, ..ONE };
        let mut connection = file_with(&[newer]);
        let refused = run(&mut connection, &[newer], 2, |_| Ok(()));
        assert!(matches!(refused, Err(Error::NewerSchema { file, program: PROGRAM }) if file == PROGRAM + 1));
    }

    #[test]
    fn a_newer_step_that_this_program_may_live_with_is_kept() {
        let mut connection = file_with(&[ONE, TWO]);
        run(&mut connection, &[ONE], 2, |_| Ok(())).unwrap();
        assert_eq!(tables(&connection), ["one", "schema_step", "two"]);
    }

    #[test]
    fn steps_stand_in_order_and_are_named_once() {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
    }

    /// Type, name and text of everything in a schema, the text without comments and spacing.
    fn schema(connection: &Connection) -> BTreeMap<(String, String), String> {
        let mut statement =
            connection.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name").unwrap();
        let rows =
            statement.query_map([], |row| Ok(((row.get("type")?, row.get("name")?), row.get::<_, String>("sql")?))).unwrap();
        rows.map(|row| {
            let (what, sql) = row.unwrap();
            let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
            let text: String = lines.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            (what, text.replace("( ", "(").replace(" )", ")").replace(" (", "(").replace(" ,", ","))
        })
        .collect()
    }

    #[test]
    fn the_described_schema_is_that_of_a_migrated_file() {
        let described = include_str!("../../../docs/schema.sql");
        let written = Connection::open_in_memory().unwrap();
        written.execute_batch(described).unwrap();
        let (described, migrated) = (schema(&written), schema(&file_with(STEPS)));
        for (what, text) in &migrated {
            assert_eq!(described.get(what), Some(text), "docs/schema.sql does not describe {what:?} as it is");
        }
        for what in described.keys() {
            assert!(migrated.contains_key(what), "docs/schema.sql describes {what:?}, which no migration makes");
        }
    }

    #[test]
    fn every_described_table_says_what_it_is_for() {
        let lines: Vec<&str> = include_str!("../../../docs/schema.sql").lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[1].starts_with("CREATE TABLE") || pair[1].starts_with("CREATE VIRTUAL")) {
            assert!(pair[0].starts_with("-- "), "{} needs a line above it that says what it is for", pair[1]);
        }
    }

    #[test]
    fn every_released_file_becomes_one_of_today_and_loses_no_row() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/released");
        let today = schema(&file_with(STEPS));
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.extension().is_none_or(|ending| ending != "sql") {
                continue;
            }
            let mut file = Connection::open_in_memory().unwrap();
            file.execute_batch(&std::fs::read_to_string(&entry).unwrap()).unwrap();
            let rows = |file: &Connection, table: &str| -> i64 {
                file.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0)).unwrap()
            };
            let before: Vec<(String, i64)> =
                tables(&file).into_iter().map(|table| (table.clone(), rows(&file, &table))).collect();
            run(&mut file, STEPS, 2, |_| Ok(())).unwrap();
            assert_eq!(schema(&file), today, "{} has another schema than a new file", entry.display());
            crate::integrity::full_check(&file).unwrap();
            for (table, count) in before.iter().filter(|(table, _)| !table.starts_with("sqlite_") && table != "schema_step") {
                assert!(rows(&file, table) >= *count, "{} lost rows of {table}", entry.display());
            }
        }
    }
}
