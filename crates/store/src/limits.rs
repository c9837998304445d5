//! Limits (hạn chế sử dụng) that people asked for: whose data are left out of what is given out and not changed without a reason.
//!
//! Owes its callers: the people who stand, whoever of their entries the request was filed for. A limit holds from the day it was
//! filed, unless it was refused, until it is lifted (ADR 0089).

use std::collections::BTreeSet;

use domain::RecordId;
use domain::records::{Consent, DataRequest, HouseholdMember, Person};
use domain::registry::Record;
use rusqlite::OptionalExtension;

use crate::error::{Error, Result};
use crate::open::{Tx, View};
use crate::records::merged::resolve;

impl View<'_> {
    /// People with a limit in force.
    pub fn list_limited(&self) -> Result<BTreeSet<RecordId>> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT r.parent FROM data_request AS d JOIN rec AS r ON r.lid = d.lid \
             WHERE d.matter = 'limit' AND r.life = 0 AND r.parent IS NOT NULL AND d.lifted_on IS NULL \
             AND (d.outcome IS NULL OR d.outcome <> 'refused') ORDER BY d.lid",
        )?;
        let mut rows = statement.query([])?;
        let mut limited = BTreeSet::new();
        while let Some(row) = rows.next()? {
            limited.insert(resolve(connection, RecordId(row.get(0)?))?);
        }
        Ok(limited)
    }
}

impl Tx<'_> {
    /// Refuses the act being made where it changes somebody with a limit who is not among `opened`. Their requests and consents
    /// are no use of their data.
    pub fn expect_unlimited(&self, opened: &BTreeSet<RecordId>) -> Result<()> {
        let limited = self.list_limited()?;
        if limited.is_empty() {
            return Ok(());
        }
        let written = self.people_written()?;
        if written.iter().any(|person| limited.contains(person) && !opened.contains(person)) {
            Err(Error::Limited)
        } else {
            Ok(())
        }
    }

    /// The people whom the act being made is about so far: themselves, their rows, their memberships.
    fn people_written(&self) -> Result<BTreeSet<RecordId>> {
        let connection = self.connection();
        let mut people = BTreeSet::new();
        for (lid, kind, rid, parent) in self.writing.borrow().group() {
            if kind == Consent::KIND.number || kind == DataRequest::KIND.number {
                continue;
            }
            if kind == Person::KIND.number {
                people.insert(resolve(connection, rid)?);
            } else if kind == HouseholdMember::KIND.number {
                let mut statement = connection.prepare_cached("SELECT person FROM household_member WHERE lid = ?1")?;
                let person: Option<Option<[u8; 16]>> = statement.query_row([lid], |row| row.get(0)).optional()?;
                if let Some(person) = person.flatten() {
                    people.insert(resolve(connection, RecordId(person))?);
                }
            } else if let Some(parent) = parent {
                let mut statement =
                    connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM rec WHERE rid = ?1 AND kind = ?2)")?;
                if statement.query_row(rusqlite::params![parent.0, Person::KIND.number], |row| row.get(0))? {
                    people.insert(resolve(connection, parent)?);
                }
            }
        }
        Ok(people)
    }
}
