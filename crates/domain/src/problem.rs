//! What is wrong or odd with a value, told as a code beside its place.
//!
//! Sentences are in `assets/messages` under `problem.<code>`. Errors block a save; warnings are saved with the record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How much a problem weighs (data dictionary §13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Cannot be saved: only what cannot be (31/02, an id of 11 digits).
    Error,
    /// Can be saved and is found again.
    Warning,
    /// A mere notice.
    Info,
}

/// One problem of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where: a column of the record checked, or a dotted path in a form (`members.2.person.birth_date`).
    pub path: String,
    /// Its weight.
    pub level: Level,
    /// Which: the key of its sentence.
    pub code: String,
    /// Values the sentence names.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

impl Problem {
    /// An error at a place.
    #[must_use]
    pub fn error(path: impl Into<String>, code: &str) -> Self {
        Self { path: path.into(), level: Level::Error, code: code.to_owned(), params: BTreeMap::new() }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(path: impl Into<String>, code: &str) -> Self {
        Self { level: Level::Warning, ..Self::error(path, code) }
    }

    /// A notice at a place.
    #[must_use]
    pub fn info(path: impl Into<String>, code: &str) -> Self {
        Self { level: Level::Info, ..Self::error(path, code) }
    }

    /// With a value its sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same problem, its place being under `prefix`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.path = if self.path.is_empty() { prefix.to_owned() } else { format!("{prefix}.{}", self.path) };
        self
    }
}
