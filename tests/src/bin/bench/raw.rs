//! The references: the same people in a plain encrypted database, without clocks, history, ops or lists derived from them.

use std::path::Path;

use domain::text;
use rusqlite::{Connection, params};

use crate::people;

/// A plain database under SQLCipher with the store's settings.
pub struct Raw {
    connection: Connection,
}

impl Raw {
    /// An empty one.
    pub fn new(path: &Path) -> Self {
        let connection = Connection::open(path).unwrap();
        connection
            .execute_batch(
                "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\";
                 PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 CREATE TABLE household(id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE, code TEXT NOT NULL, village INTEGER NOT NULL) STRICT;
                 CREATE TABLE person(id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE, full_name TEXT NOT NULL, birth TEXT NOT NULL,
                   sex TEXT NOT NULL, ethnic TEXT NOT NULL) STRICT;
                 CREATE TABLE member(id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE,
                   household INTEGER NOT NULL REFERENCES household(id), person INTEGER NOT NULL REFERENCES person(id),
                   relationship TEXT NOT NULL) STRICT;
                 CREATE INDEX member_household ON member(household);
                 CREATE INDEX member_person ON member(person);
                 CREATE VIRTUAL TABLE name_fts USING fts5(folded, content='', contentless_delete=1, prefix='2 3');",
            )
            .unwrap();
        Self { connection }
    }

    /// The households of the bulk load, one transaction, prepared statements.
    pub fn load(&self, households: usize) {
        let transaction = self.connection.unchecked_transaction().unwrap();
        {
            let mut household = transaction.prepare("INSERT INTO household(rid, code, village) VALUES (?1, ?2, ?3)").unwrap();
            let mut person = transaction
                .prepare("INSERT INTO person(rid, full_name, birth, sex, ethnic) VALUES (?1, ?2, ?3, ?4, ?5)")
                .unwrap();
            let mut member =
                transaction.prepare("INSERT INTO member(rid, household, person, relationship) VALUES (?1, ?2, ?3, ?4)").unwrap();
            let mut words = transaction.prepare("INSERT INTO name_fts(rowid, folded) VALUES (?1, ?2)").unwrap();
            let mut next = 0_u128;
            let mut rid = || {
                next += 1;
                next.to_be_bytes()
            };
            for number in 0..households {
                household.execute(params![rid(), format!("MB-{number:05}"), (number % 12) as i64]).unwrap();
                let house = transaction.last_insert_rowid();
                for (place, one) in people::household(number).iter().enumerate() {
                    let birth = one.birth_date.map(|birth| birth.to_string());
                    person.execute(params![rid(), one.full_name, birth, one.sex, one.ethnic_code]).unwrap();
                    let id = transaction.last_insert_rowid();
                    member.execute(params![rid(), house, id, if place == 0 { "head" } else { "child" }]).unwrap();
                    words.execute(params![id, text::fold(one.full_name.as_deref().unwrap_or_default())]).unwrap();
                }
            }
        }
        transaction.commit().unwrap();
    }

    /// What a plain program would ask: how many live where, then the members of the first households by village and head.
    pub fn roster(&self, households: i64) {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT h.id, count(*) AS members, min(CASE WHEN m.relationship = 'head' THEN p.full_name END) AS head
                 FROM household AS h JOIN member AS m ON m.household = h.id JOIN person AS p ON p.id = m.person
                 GROUP BY h.id ORDER BY h.village, head",
            )
            .unwrap();
        let ids: Vec<i64> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut members = self
            .connection
            .prepare_cached(
                "SELECT p.full_name, p.birth, p.sex, m.relationship FROM member AS m JOIN person AS p ON p.id = m.person
                 WHERE m.household = ?1",
            )
            .unwrap();
        for id in ids.into_iter().take(usize::try_from(households).unwrap()) {
            let mut rows = members.query([id]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let _: String = row.get(0).unwrap();
            }
        }
    }

    /// What a plain program would ask: every word a prefix, thirty answers with their names.
    pub fn search(&self, typed: &str) {
        let terms: Vec<String> = typed.split_whitespace().map(|word| format!("\"{word}\"*")).collect();
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT p.full_name, p.birth FROM name_fts AS f JOIN person AS p ON p.id = f.rowid
                 WHERE name_fts MATCH ?1 ORDER BY f.rowid LIMIT 30",
            )
            .unwrap();
        let mut rows = statement.query([terms.join(" ")]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let _: String = row.get(0).unwrap();
        }
    }
}
