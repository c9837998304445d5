//! Consents, requests of the person concerned, and the sheet with everything held about them.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::people::KindRecords;
use crate::forms::{FieldProblem, RecordView};

/// One consent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConsentView {
    /// The record.
    pub record: RecordView,
    /// True where it counts today.
    pub counts: bool,
    /// What it lacks to count.
    pub problems: Vec<FieldProblem>,
}

/// A person's consents, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConsentList {
    /// Consents.
    pub consents: Vec<ConsentView>,
}

/// Requests that wait for an answer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListDataRequests {
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// One request that waits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DataRequestRow {
    /// The request.
    #[ts(type = "string")]
    pub id: RecordId,
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Their name.
    pub person_name: String,
    /// Code of `data_request_matter`.
    pub matter: Option<String>,
    /// The day it came.
    pub filed_on: Option<String>,
    /// The day by which an answer is owed.
    pub due_on: Option<String>,
    /// True where that day is past.
    pub overdue: bool,
}

/// A page of requests.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DataRequestPage {
    /// Rows; what is due first comes first.
    pub rows: Vec<DataRequestRow>,
    /// How many wait.
    pub total: u32,
}

/// The sheet that a person is given.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintPersonData {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Why; kept in the audit.
    pub reason: String,
    /// With what is specially protected: needs its right.
    #[serde(default)]
    pub restricted: bool,
}

/// A household the person belonged to, without its other members.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnMembership {
    /// Code of the household.
    pub household_code: String,
    /// Its village.
    pub village_name: String,
    /// Relation, dates, reasons.
    pub membership: RecordView,
}

/// An act on what is held about the person that the audit keeps.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnAct {
    /// When (RFC 3339).
    pub at: String,
    /// Which: key `audit.did.<act>`.
    pub act: String,
}

/// Everything held about a person; nothing that tells of somebody else.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonDataSheet {
    /// The person, the citizen id whole.
    pub person: RecordView,
    /// Where they live.
    pub address: String,
    /// Households.
    pub memberships: Vec<OwnMembership>,
    /// Records by kind; kinds without one are left out.
    pub records: Vec<KindRecords>,
    /// What is specially protected; null where it was not asked for.
    pub restricted: Option<Vec<KindRecords>>,
    /// When somebody looked at what is protected, and when it was given out.
    pub acts: Vec<OwnAct>,
    /// Who made the sheet.
    pub worker: String,
}

/// Says why somebody who asked that their data be limited must be changed; kept in the audit. It counts until the session is locked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenLimited {
    /// Who.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Why; at least five letters.
    pub reason: String,
}

/// A limit in force, as the person's page tells it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LimitView {
    /// The day it was asked for.
    pub since: Option<String>,
    /// In the person's own words.
    pub asked: String,
    /// Whether a reason was given to change the person in this session.
    pub opened: bool,
}
