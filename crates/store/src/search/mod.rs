//! Search (tìm kiếm) as one types: without marks or with, in any order, a year of birth, part of a number, the village.
//!
//! Owes its callers: what fits with its marks comes first, then whole words, then beginnings, then what the village
//! answers for; live records only, nothing that is specially protected.
//! Would surprise: each group is cut at a bounded number of candidates before it is ordered, so that one letter costs as
//! little as a full name.

mod query;

use std::collections::BTreeSet;

use domain::registry::Record;
use domain::{PartialDate, RecordId, records};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::derived::words;
use crate::error::Result;
use crate::open::View;
use query::{Group, Query};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The record.
    pub id: RecordId,
    /// What it is.
    pub kind: FoundKind,
    /// The person's name, the name of the household's head, or the village's name; empty where none is known.
    pub name: String,
    /// A person's birth.
    pub birth: Option<PartialDate>,
    /// A person's sex.
    pub sex: Option<String>,
    /// The village lived in.
    pub village: Option<String>,
    /// The household: a person's, or the one found.
    pub household: Option<RecordId>,
    /// Its label.
    pub household_code: Option<String>,
}

/// The kinds that are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundKind {
    /// A person.
    Person,
    /// A household.
    Household,
    /// A village.
    Village,
}

const NAMES: &str = "SELECT rowid FROM name_fts WHERE name_fts MATCH ?1 ORDER BY rowid LIMIT ?2";
const CODES: &str = "SELECT rowid FROM code_fts WHERE code_fts MATCH ?1 ORDER BY rowid LIMIT ?2";

/// A candidate with what orders it within its group.
struct Candidate {
    order: (bool, String, i64),
    id: RecordId,
    kind: FoundKind,
}

impl View<'_> {
    /// The best `limit` answers to what was typed; none to nothing.
    pub fn search(&self, typed: &str, limit: usize) -> Result<Vec<Found>> {
        let query = Query::read(typed);
        let connection = self.connection();
        let mut seen = BTreeSet::new();
        let mut answers = Vec::new();
        let last_resort = query.last_resort().map(|group| (group, 1));
        for (group, wanted) in query.groups().iter().map(|group| (group, limit)).chain(last_resort) {
            if answers.len() >= wanted {
                break;
            }
            let mut candidates = Vec::new();
            for lid in self.candidates(group, limit.saturating_mul(2))? {
                if seen.insert(lid)
                    && let Some(candidate) = candidate(connection, lid, &query)?
                {
                    candidates.push(candidate);
                }
            }
            candidates.sort_by(|a, b| a.order.cmp(&b.order));
            for candidate in candidates.into_iter().take(limit - answers.len()) {
                answers.extend(candidate.found(connection)?);
            }
        }
        Ok(answers)
    }

    /// Local numbers of everything that answers to what was typed, for a list that takes all of it in; `None` where nothing
    /// was typed.
    pub(crate) fn list_answers(&self, typed: &str) -> Result<Option<Vec<i64>>> {
        let query = Query::read(typed);
        if query.groups().is_empty() {
            return Ok(None);
        }
        let mut all = BTreeSet::new();
        for group in query.groups() {
            all.extend(self.candidates(group, usize::MAX)?);
        }
        if let (true, Some(group)) = (all.is_empty(), query.last_resort()) {
            all.extend(self.candidates(group, usize::MAX)?);
        }
        Ok(Some(all.into_iter().collect()))
    }

    /// The numbers themselves with the households of the people among them.
    pub(crate) fn households_of(&self, found: &[i64]) -> Result<Vec<i64>> {
        let mut statement = self.connection().prepare_cached("SELECT household FROM person_list WHERE lid = ?1")?;
        let mut all: BTreeSet<i64> = found.iter().copied().collect();
        for lid in found {
            all.extend(statement.query_row([lid], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten());
        }
        Ok(all.into_iter().collect())
    }

    /// A live person, household or village as a search would show it.
    pub fn find_as_found(&self, id: RecordId) -> Result<Option<Found>> {
        let connection = self.connection();
        let lid: Option<i64> =
            connection.prepare_cached("SELECT lid FROM rec WHERE rid = ?1")?.query_row([id.0], |row| row.get(0)).optional()?;
        match lid {
            Some(lid) => match candidate(connection, lid, &Query::read(""))? {
                Some(candidate) => candidate.found(connection),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    fn candidates(&self, group: &Group, most: usize) -> Result<Vec<i64>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        match group {
            Group::Names(terms) => self.rows(NAMES, terms, most),
            Group::Codes(terms) => self.rows(CODES, terms, most),
            Group::CodesAndNames(codes, names) => self.rows_in_both(codes, names, most),
            Group::Village(words) => {
                let mut of_village = BTreeSet::new();
                for word in words {
                    if !self.rows(NAMES, &query::village_word(word), 1)?.is_empty() {
                        of_village.insert(word.as_str());
                    }
                }
                if of_village.is_empty() {
                    return Ok(Vec::new());
                }
                self.rows(NAMES, &query::in_village(words, |word| of_village.contains(word)), most)
            }
        }
    }

    fn rows(&self, sql: &str, terms: &str, most: i64) -> Result<Vec<i64>> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map(rusqlite::params![terms, most], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Rows that answer to both: one pass over the names, since a part of a number has few rows.
    fn rows_in_both(&self, codes: &str, names: &str, most: i64) -> Result<Vec<i64>> {
        let by_code: BTreeSet<i64> = self.rows(CODES, codes, query::MOST_BY_CODE)?.into_iter().collect();
        let (Some(first), Some(last)) = (by_code.first(), by_code.last()) else { return Ok(Vec::new()) };
        let mut statement = self
            .connection()
            .prepare_cached("SELECT rowid FROM name_fts WHERE name_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid")?;
        let mut rows = statement.query(rusqlite::params![names, first, last])?;
        let mut both = Vec::new();
        while let Some(row) = rows.next()? {
            let lid = row.get(0)?;
            if by_code.contains(&lid) {
                both.push(lid);
                if both.len() as i64 >= most {
                    break;
                }
            }
        }
        Ok(both)
    }
}

/// What orders a row among those of its group; `None` of one that is no answer.
fn candidate(connection: &Connection, lid: i64, query: &Query) -> Result<Option<Candidate>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.kind, r.rid, coalesce(p.full_name, v.name) AS name, l.sort FROM rec AS r \
         LEFT JOIN person AS p ON p.lid = r.lid LEFT JOIN person_list AS l ON l.lid = r.lid \
         LEFT JOIN village AS v ON v.lid = r.lid WHERE r.lid = ?1 AND r.life = 0",
    )?;
    let found = statement.query_row([lid], |row| {
        let kind: u16 = row.get("kind")?;
        let kind = match kind {
            kind if kind == records::Person::KIND.number => FoundKind::Person,
            kind if kind == records::Household::KIND.number => FoundKind::Household,
            kind if kind == records::Village::KIND.number => FoundKind::Village,
            _ => return Ok(None),
        };
        let name: String = row.get::<_, Option<String>>("name")?.unwrap_or_default();
        let sort: Option<String> = row.get("sort")?;
        let is_given_name = query.is_given_name(&words::folded(&name));
        Ok(Some(Candidate { order: (!is_given_name, sort.unwrap_or_default(), lid), id: RecordId(row.get("rid")?), kind }))
    });
    Ok(found.optional()?.flatten())
}

impl Candidate {
    fn found(&self, connection: &Connection) -> Result<Option<Found>> {
        let sql = match self.kind {
            FoundKind::Person => include_str!("person.sql"),
            FoundKind::Household => include_str!("household.sql"),
            FoundKind::Village => include_str!("village.sql"),
        };
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_row([self.order.2], |row| found(row, self.id, self.kind)).optional()?)
    }
}

fn found(row: &Row<'_>, id: RecordId, kind: FoundKind) -> rusqlite::Result<Found> {
    let household: Option<[u8; 16]> = row.get("household")?;
    let birth: Option<String> = row.get("birth_date")?;
    Ok(Found {
        id,
        kind,
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        birth: birth.and_then(|birth| birth.parse().ok()),
        sex: row.get("sex")?,
        village: row.get("village")?,
        household: household.map(RecordId),
        household_code: row.get("code")?,
    })
}
