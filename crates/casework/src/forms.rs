//! A record on its way through a form: what was opened, what is there now.
//!
//! A save compares the two and writes only the fields the person changed, with the heads that the form was opened on
//! as their base: what somebody else wrote meanwhile is never overwritten unseen (`sync-design` §3).

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::Heads;
use ts_rs::TS;

/// Values of a record's columns by name: numbers, booleans, texts, arrays of codes; an absent column is empty.
pub type Values = BTreeMap<String, Json>;

/// What a form was opened on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Values at that moment.
    #[ts(type = "Record<string, FieldValue>")]
    pub values: Values,
    /// Heads at that moment.
    #[ts(type = "Record<string, string[]>")]
    pub heads: Heads,
}

/// One record in a form. Without `id` it is a new one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FormRecord {
    /// The record, once it exists.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub id: Option<RecordId>,
    /// Values as they are in the form.
    #[ts(type = "Record<string, FieldValue>")]
    #[serde(default)]
    pub values: Values,
    /// What the form was opened on; null for a new record.
    #[serde(default)]
    pub opened: Option<Opened>,
}

/// A record as a page shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecordView {
    /// Its id.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Name of its kind.
    pub kind: String,
    /// Values and heads, ready for a form.
    pub opened: Opened,
    /// Names of the records that its references point to, by column.
    pub names: BTreeMap<String, String>,
    /// Columns whose field has two values that disagree.
    pub conflicts: Vec<String>,
    /// True while a change of it has no receipt from the province.
    pub pending: bool,
    /// True for a deleted record.
    pub deleted: bool,
    /// Warnings that its values give.
    pub problems: Vec<FieldProblem>,
}

/// A problem of a field, as the UI shows it beside the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// Dotted path in the form: `members.2.person.birth_date`.
    pub path: String,
    /// `error`, `warning` or `info`.
    #[ts(type = "\"error\" | \"warning\" | \"info\"")]
    pub level: domain::Level,
    /// Key of its sentence: `problem.<code>`.
    pub code: String,
    /// Values the sentence names.
    pub params: BTreeMap<String, String>,
}

impl From<domain::Problem> for FieldProblem {
    fn from(problem: domain::Problem) -> Self {
        Self { path: problem.path, level: problem.level, code: problem.code, params: problem.params }
    }
}

/// The ids a write made or changed and the capabilities whose data changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct Touched {
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// An answer that names one record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SavedRecord {
    /// The record.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Problems that were saved with it.
    pub problems: Vec<FieldProblem>,
    /// The act, for undo.
    pub act: Option<String>,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// No values.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
