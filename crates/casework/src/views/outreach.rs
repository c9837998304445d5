//! Outreach: what is to be done about people of the commune, and what was decided about it.

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A page of outreach.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListOutreach {
    /// The day; null = today. Its month is computed.
    #[serde(default)]
    pub on: Option<String>,
    /// How many months to look ahead, at most 12; null = 3.
    #[serde(default)]
    pub ahead: Option<u32>,
    /// Only these kinds; empty = all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Only people of one village.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub village: Option<RecordId>,
    /// Only one person.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub person: Option<RecordId>,
    /// `open`, `assigned`, `taken_up`, `dismissed`; null = open and assigned.
    #[serde(default)]
    pub state: Option<String>,
    /// Only lines assigned to this worker.
    #[serde(default)]
    pub worker: Option<String>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// A row of the law by code and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BenefitName {
    /// Code.
    pub code: String,
    /// Clause of Điều 5, of a monthly allowance.
    pub clause_group: Option<String>,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
}

/// One thing to do about one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutreachRow {
    /// Names the line; given back to assign, dismiss or take it up.
    pub key: String,
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Full name.
    pub full_name: String,
    /// Birth as known.
    pub birth: Option<String>,
    /// Of a partial date of birth: the day that was taken.
    pub birth_assumed: Option<String>,
    /// Village.
    pub village_name: String,
    /// Household.
    #[ts(type = "string | null")]
    pub household_id: Option<RecordId>,
    /// Head of the household.
    pub head_name: String,
    /// `not_receiving`, `no_longer`, `other_amount`, `will_begin`, `will_cease`, `will_change`, `ask`.
    pub kind: String,
    /// `regular` or `carer_support`.
    pub list: String,
    /// For whose care.
    #[ts(type = "string | null")]
    pub cared: Option<RecordId>,
    /// Their name.
    pub cared_name: String,
    /// Rows due; of what lies ahead: then.
    pub due: Vec<BenefitName>,
    /// Their sum a month.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// Rows received, as far as told.
    pub received: Vec<BenefitName>,
    /// Their sum a month.
    #[ts(type = "number | null")]
    pub received_amount: Option<i64>,
    /// From which month on, `YYYY-MM`.
    pub month: String,
    /// Why: keys `outreach_reason.<code>`; a code may be the name of a fact.
    pub reasons: Vec<String>,
    /// Facts to ask for at the next visit.
    pub missing: Vec<String>,
    /// A written request is needed and none is recorded.
    pub needs_request: bool,
    /// `open`, `assigned`, `taken_up`, `dismissed`.
    pub state: String,
    /// To whom assigned, or who took it up.
    pub worker: Option<String>,
    /// Why dismissed.
    pub reason: Option<String>,
    /// Day of the mark.
    pub marked_on: Option<String>,
}

/// A page of outreach.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutreachPage {
    /// The day.
    pub on: String,
    /// When the lines were computed; they are kept while nothing changes.
    pub computed_at: String,
    /// How many people were looked at.
    pub people: u32,
    /// Version of the rows of the law.
    pub policy_version: String,
    /// Rows, by kind, village and name.
    pub rows: Vec<OutreachRow>,
    /// How many match.
    pub total: u32,
    /// By kind: how many lines are open or assigned, whatever the filter of kinds.
    pub counts: BTreeMap<String, u32>,
}

/// What lines of one kind are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutreachGroup {
    /// Why something ends, or the facts to ask for: as `reasons` and `missing` of a row.
    pub reasons: Vec<String>,
    /// Rows due, where nothing ends and nothing is asked.
    pub due: Vec<BenefitName>,
    /// How many lines.
    pub count: u32,
}

/// Lines of one kind that are open or assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutreachKind {
    /// As `kind` of a row.
    pub kind: String,
    /// How many lines.
    pub count: u32,
    /// What they are about, the most frequent first.
    pub groups: Vec<OutreachGroup>,
    /// The first lines.
    pub first: Vec<OutreachRow>,
}

/// Outreach on the work desk: today, looking three months ahead.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutreachDesk {
    /// The day.
    pub on: String,
    /// When the lines were computed.
    pub computed_at: String,
    /// How many people were looked at.
    pub people: u32,
    /// Kinds with lines.
    pub kinds: Vec<OutreachKind>,
}

/// Assigns a line.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssignOutreach {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The line.
    pub key: String,
    /// Name of the worker; null = to nobody: the line is open again.
    pub worker: Option<String>,
}

/// Dismisses a line.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DismissOutreach {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The line.
    pub key: String,
    /// Why; at least five characters.
    pub reason: String,
}

/// Takes a line up: the signed-in worker does it now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeUpOutreach {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The line.
    pub key: String,
}

/// How a line stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutreachMarked {
    /// The line.
    pub key: String,
    /// `open`, `assigned`, `taken_up`, `dismissed`.
    pub state: String,
    /// Worker.
    pub worker: Option<String>,
    /// Why dismissed.
    pub reason: Option<String>,
}
