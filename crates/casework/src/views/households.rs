//! The household list, a household's page, and the form for a whole household.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::forms::{FieldProblem, FormRecord, RecordView};

/// Filters of the household list; an absent one lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[serde(deny_unknown_fields)]
pub struct HouseholdFilter {
    /// Folded words as in the search.
    pub text: String,
    /// Village.
    #[ts(type = "string | null")]
    pub village: Option<RecordId>,
    /// Class of the year of the program's clock: a code, or `not_reviewed`.
    pub poverty_class: Option<String>,
    /// Ethnic group most of the members share.
    pub ethnic_code: Option<String>,
    /// With all of these marks: `no_head`, `two_heads`, `empty`, `no_village`, `not_reviewed`, `conflict`, `finding`, `pending`.
    pub marks: Vec<String>,
    /// Deleted ones instead of the living.
    pub deleted: bool,
    /// Those that joined another household or left the commune, instead of those that are here.
    pub gone: bool,
}

/// A page of the household list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListHouseholds {
    /// Filters.
    pub filter: HouseholdFilter,
    /// `name` (given name of the head), `code`, `village`, `members`, `changed`.
    pub sort: String,
    /// From the end.
    pub descending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// One row of the household list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HouseholdRow {
    /// The household.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Its code.
    pub code: String,
    /// Name of its head; empty where none is recorded.
    pub head_name: String,
    /// Name of its village.
    pub village_name: String,
    /// Present members.
    pub members: u32,
    /// Class of this year; null = not reviewed.
    pub poverty_class: Option<String>,
    /// A change of it or its members waits.
    pub pending: bool,
    /// Two values disagree.
    pub conflict: bool,
    /// When it or a row of it was last written (RFC 3339).
    pub changed_at: String,
}

/// A page of the household list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HouseholdPage {
    /// Rows.
    pub rows: Vec<HouseholdRow>,
    /// How many match.
    pub total: u32,
}

/// A household on a date.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetHousehold {
    /// Which.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Roster on this date; null = today.
    pub on: Option<String>,
}

/// A member in the roster.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RosterRow {
    /// The membership.
    pub membership: RecordView,
    /// The person; their citizen id is masked in `masked_citizen_id` and absent from `person`.
    pub person: RecordView,
    /// Citizen id for lists: `017150•••127`.
    pub masked_citizen_id: Option<String>,
    /// Age in completed months on the date; null = birth unknown.
    pub age_months: Option<u32>,
    /// Present on the date.
    pub present: bool,
    /// Severity of the disability certificate in force.
    pub disability: Option<String>,
}

/// Everything the household page shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HouseholdView {
    /// The household.
    pub household: RecordView,
    /// Name of its village with its word, commune and province as valid on the date.
    pub address: String,
    /// The village as it was called on the date.
    pub village_name: String,
    /// The class in force on the date; null = not reviewed.
    pub poverty_on: Option<String>,
    /// Name of the head; empty where none or two; of an empty household the last one.
    pub head_name: String,
    /// Region status of the village on the date (code of `region_type`).
    pub region_status: Option<String>,
    /// Members, present ones first, head first.
    pub roster: Vec<RosterRow>,
    /// Classes by year, oldest first.
    pub poverty: Vec<RecordView>,
    /// What was asked and found about the household, newest first.
    pub observations: Vec<RecordView>,
    /// What happened to it and its people, newest first.
    pub events: Vec<super::family::EventView>,
    /// The household of the other register, where the two differ.
    pub linked: Option<LinkedView>,
    /// Findings: no head, two heads, same id …
    pub findings: Vec<FieldProblem>,
    /// Conflicts of the household, its members and their records.
    pub conflicts: Vec<super::conflicts::ConflictView>,
    /// Author and time of the last change (RFC 3339).
    pub changed_at: Option<String>,
    /// Author of the last change.
    pub changed_by: Option<String>,
}

/// The household of the other register (residence, poverty review), where the two differ.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LinkedView {
    /// The household.
    pub household: super::family::NamedRecord,
    /// True where the other one is that of the residence register; false where this one is.
    pub other_is_residence: bool,
    /// Why they differ.
    pub note: Option<String>,
    /// Since when this is known.
    pub on: Option<String>,
}

/// One person's line in the form.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberForm {
    /// The person.
    pub person: FormRecord,
    /// Their membership in this household.
    pub membership: FormRecord,
    /// Disability certificate, where severity is given in the grid.
    #[serde(default)]
    pub disability: Option<FormRecord>,
    /// True for a line taken out of an existing household: the membership ends.
    #[serde(default)]
    pub removed: bool,
    /// People of the register of whom the worker said that this is somebody else.
    #[ts(type = "string[]")]
    #[serde(default)]
    pub different_from: Vec<RecordId>,
}

/// A whole household in a form.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdForm {
    /// The household.
    pub household: FormRecord,
    /// Its members; the first is the head unless one says otherwise.
    pub members: Vec<MemberForm>,
    /// Class of the present year.
    #[serde(default)]
    pub poverty: Option<FormRecord>,
}

/// Opens the form: an existing household, or an empty one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenHouseholdForm {
    /// Which; null = a new one.
    #[ts(type = "string | null")]
    pub id: Option<RecordId>,
}

/// Problems of a form while it is typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FormProblems {
    /// All at once.
    pub problems: Vec<FieldProblem>,
}

/// Saves a form.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveHousehold {
    /// The form.
    pub form: HouseholdForm,
    /// The draft it came from, discarded with the save.
    #[serde(default)]
    pub draft: Option<String>,
}

/// A saved household.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SavedHousehold {
    /// The household.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Its members' persons, in the order of the form.
    #[ts(type = "string[]")]
    pub member_ids: Vec<RecordId>,
    /// Warnings that were saved with it.
    pub problems: Vec<FieldProblem>,
    /// The act, for undo.
    pub act: Option<String>,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// Deletes a household or another record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeleteRecord {
    /// Which.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Why: `entered_twice`, `entered_by_mistake`, `other`.
    pub reason: String,
}

/// Names one record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: RecordId,
}
