//! The references: the same people in a plain encrypted database, without clocks, history and ops.
//!
//! It writes what no register can do without that answers the same questions: typed rows with their ids and links, a full-text
//! index of names, years of birth and villages, and the order that the list of households is paged by. What is written is worked
//! out beforehand, so that its time is the database's alone.

use std::path::Path;

use domain::text;
use rusqlite::{Connection, params};

use crate::people;

/// A household with what is written of it.
pub struct RawHousehold {
    code: String,
    village: i64,
    head_sort: String,
    people: Vec<RawPerson>,
}

struct RawPerson {
    full_name: String,
    birth: Option<String>,
    sex: Option<String>,
    ethnic: Option<String>,
    words: String,
}

/// The households of the bulk load, ready to be written.
pub fn households(count: usize) -> Vec<RawHousehold> {
    let household = |number: usize| {
        let village = number % people::VILLAGES.len();
        let person = |one: domain::records::Person| {
            let full_name = one.full_name.unwrap_or_default();
            let year = one.birth_date.map_or(0, |birth| birth.year());
            RawPerson {
                words: format!("{} {year} {}", text::fold(&full_name), text::fold(people::VILLAGES[village])),
                birth: one.birth_date.map(|birth| birth.to_string()),
                sex: one.sex,
                ethnic: one.ethnic_code,
                full_name,
            }
        };
        let people: Vec<RawPerson> = people::household(number).into_iter().map(person).collect();
        RawHousehold {
            code: format!("MB-{number:05}"),
            village: i64::try_from(village).unwrap(),
            head_sort: people.first().map(|head| text::name_sort_key(&head.full_name)).unwrap_or_default(),
            people,
        }
    };
    (0..count).map(household).collect()
}

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
                 CREATE TABLE household(id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, village INTEGER NOT NULL,
                   head_sort TEXT NOT NULL) STRICT;
                 CREATE INDEX household_head ON household(head_sort);
                 CREATE TABLE person(id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE, full_name TEXT NOT NULL, birth TEXT NOT NULL,
                   sex TEXT NOT NULL, ethnic TEXT NOT NULL) STRICT;
                 CREATE TABLE member(id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE,
                   household INTEGER NOT NULL REFERENCES household(id), person INTEGER NOT NULL REFERENCES person(id),
                   relationship TEXT NOT NULL) STRICT;
                 CREATE INDEX member_household ON member(household);
                 CREATE INDEX member_person ON member(person);
                 CREATE VIRTUAL TABLE name_fts USING fts5(folded, content='', contentless_delete=1, prefix='1 2 3');",
            )
            .unwrap();
        Self { connection }
    }

    /// The households of the bulk load, one transaction, prepared statements.
    pub fn load(&self, households: &[RawHousehold]) {
        let transaction = self.connection.unchecked_transaction().unwrap();
        {
            let mut household =
                transaction.prepare("INSERT INTO household(rid, code, village, head_sort) VALUES (?1, ?2, ?3, ?4)").unwrap();
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
            for one in households {
                household.execute(params![rid(), one.code, one.village, one.head_sort]).unwrap();
                let house = transaction.last_insert_rowid();
                for (place, one) in one.people.iter().enumerate() {
                    person.execute(params![rid(), one.full_name, one.birth, one.sex, one.ethnic]).unwrap();
                    let id = transaction.last_insert_rowid();
                    member.execute(params![rid(), house, id, if place == 0 { "head" } else { "child" }]).unwrap();
                    words.execute(params![id, one.words]).unwrap();
                }
            }
        }
        transaction.commit().unwrap();
    }

    /// The first page of the list of households by their heads.
    pub fn first_page(&self, rows: i64) {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT h.id, h.code, h.village, p.full_name, (SELECT count(*) FROM member AS c WHERE c.household = h.id)
                 FROM household AS h CROSS JOIN member AS m ON m.household = h.id AND m.relationship = 'head'
                 CROSS JOIN person AS p ON p.id = m.person ORDER BY h.head_sort LIMIT ?1",
            )
            .unwrap();
        let total: i64 = self.connection.query_row("SELECT count(*) FROM household", [], |row| row.get(0)).unwrap();
        let mut rows = statement.query([rows]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let _: String = row.get(3).unwrap();
        }
        assert!(total > 0);
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
