//! Drafts (bản nháp): what a worker is typing, kept in the encrypted store, with the heads that the form had opened on.
//!
//! Owes its callers: a draft is its worker's alone; it keeps what its author had seen, so that saving it days later still
//! shows what others wrote meanwhile.
//! Leaves to others: what is specially protected must not be in the body; a draft on such a record is refused here.

use std::collections::BTreeMap;

use domain::RecordId;
use rusqlite::{OptionalExtension, named_params};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::open::{Tx, View};
use crate::records::Heads;
use crate::records::state::Envelope;

/// Longest body, in bytes: a household of two hundred.
const LONGEST: usize = 1 << 20;

/// The heads that a form has opened on, by record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened(pub BTreeMap<RecordId, Heads>);

impl Opened {
    pub(crate) fn to_text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::Io(error.into()))
    }

    pub(crate) fn from_text(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|error| Error::Damaged(Some(error.into())))
    }
}

/// What is kept of a form while it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft<'a> {
    /// Which form.
    pub form: &'a str,
    /// The record it is about; none for a new one.
    pub subject: Option<RecordId>,
    /// The form as JSON.
    pub body: &'a str,
    /// What it has opened on.
    pub opened: &'a Opened,
}

/// A draft as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its number.
    pub id: i64,
    /// Which form.
    pub form: String,
    /// The record it is about.
    pub subject: Option<RecordId>,
    /// The form as JSON.
    pub body: String,
    /// What it has opened on.
    pub opened: Opened,
    /// When it was begun.
    pub made_at_ms: i64,
    /// When it was last kept.
    pub saved_at_ms: i64,
}

impl View<'_> {
    /// A worker's drafts, the newest first.
    pub fn list_drafts(&self, uid: u32) -> Result<Vec<Draft>> {
        self.drafts("WHERE uid = ?1 ORDER BY saved_at DESC, id DESC", rusqlite::params![uid])
    }

    /// A worker's draft of a form on a subject.
    pub fn find_draft(&self, uid: u32, form: &str, subject: Option<RecordId>) -> Result<Option<Draft>> {
        let subject = subject.map_or_else(Vec::new, |id| id.0.to_vec());
        let order = "WHERE uid = ?1 AND form = ?2 AND coalesce(subject, x'') = ?3 ORDER BY id";
        Ok(self.drafts(order, rusqlite::params![uid, form, subject])?.into_iter().next())
    }

    fn drafts(&self, order: &str, parameters: impl rusqlite::Params) -> Result<Vec<Draft>> {
        let sql = format!("SELECT id, form, subject, body, opened, made_at, saved_at FROM draft {order}");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            list.push(Draft {
                id: row.get("id")?,
                form: row.get("form")?,
                subject: row.get::<_, Option<[u8; 16]>>("subject")?.map(RecordId),
                body: row.get("body")?,
                opened: Opened::from_text(&row.get::<_, String>("opened")?)?,
                made_at_ms: row.get("made_at")?,
                saved_at_ms: row.get("saved_at")?,
            });
        }
        Ok(list)
    }
}

impl Tx<'_> {
    /// Keeps the author's draft; a worker has one of each form and subject. Gives its number.
    pub fn save_draft(&self, draft: &NewDraft<'_>) -> Result<i64> {
        if draft.body.len() > LONGEST {
            return Err(Error::TooMuchAtOnce);
        }
        for id in draft.opened.0.keys().chain(&draft.subject) {
            let kind = Envelope::find(self.connection(), *id)?.and_then(|found| domain::registry::kind(found.kind));
            if kind.is_some_and(|kind| kind.restricted) {
                return Err(Error::Protected);
            }
        }
        let id = self
            .connection()
            .prepare_cached(
                "INSERT INTO draft(uid, form, subject, body, opened, made_at, saved_at) \
                 VALUES (:uid, :form, :subject, :body, :opened, :at, :at) \
                 ON CONFLICT(uid, form, coalesce(subject, x'')) DO UPDATE SET body = excluded.body, \
                 opened = excluded.opened, saved_at = excluded.saved_at RETURNING id",
            )?
            .query_row(
                named_params! {
                    ":uid": self.author().uid, ":form": draft.form, ":subject": draft.subject.map(|id| id.0),
                    ":body": draft.body, ":opened": draft.opened.to_text()?, ":at": self.author().at_ms,
                },
                |row| row.get(0),
            )?;
        self.touch("drafts");
        Ok(id)
    }

    /// Throws away one of the author's drafts. Says whether there was one.
    pub fn delete_draft(&self, id: i64) -> Result<bool> {
        let gone: Option<i64> = self
            .connection()
            .prepare_cached("DELETE FROM draft WHERE id = ?1 AND uid = ?2 RETURNING id")?
            .query_row(rusqlite::params![id, self.author().uid], |row| row.get(0))
            .optional()?;
        self.touch("drafts");
        Ok(gone.is_some())
    }
}
