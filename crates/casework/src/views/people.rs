//! The people list, a person's page, and the records kept about a person.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::forms::{FormRecord, RecordView};

/// Filters of the people list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[serde(deny_unknown_fields)]
pub struct PersonFilter {
    /// Folded words as in the search.
    pub text: String,
    /// Village of the household.
    #[ts(type = "string | null")]
    pub village: Option<RecordId>,
    /// `male`, `female` or `unknown`.
    pub sex: Option<String>,
    /// Ethnic group.
    pub ethnic_code: Option<String>,
    /// Class of the household in the year of the program's clock: a code, or `not_reviewed`.
    pub poverty_class: Option<String>,
    /// Completed years, at least.
    pub age_from: Option<u32>,
    /// Completed years, at most.
    pub age_to: Option<u32>,
    /// With a disability certificate in force: a severity, or `any`.
    pub disability: Option<String>,
    /// Whose certificate names this type of disability.
    pub disability_type: Option<String>,
    /// How they stand.
    pub standing: Standing,
    /// With all of these marks: `no_citizen_id`, `odd_citizen_id`, `id_sex`, `id_year`, `id_province`, `no_birth_date`,
    /// `year_only`, `no_household`, `no_village`, `age_odd`, `same_citizen_id`, `two_homes`, `conflict`, `finding`,
    /// `pending`.
    pub marks: Vec<String>,
}

/// How a person stands in the commune.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Living, and not moved away.
    #[default]
    Here,
    /// Dead.
    Dead,
    /// Living, and every membership has ended.
    Gone,
    /// Everybody.
    Everyone,
}

/// A page of the people list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListPeople {
    /// Filters.
    pub filter: PersonFilter,
    /// `name`, `birth`, `village`, `changed`.
    pub sort: String,
    /// From the end.
    pub descending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// One row of the people list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonRow {
    /// The person.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Full name.
    pub full_name: String,
    /// Birth as known.
    pub birth: Option<String>,
    /// Of a partial date of birth: the day that was taken.
    pub birth_assumed: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Masked citizen id.
    pub masked_citizen_id: Option<String>,
    /// Village.
    pub village_name: String,
    /// Household.
    #[ts(type = "string | null")]
    pub household_id: Option<RecordId>,
    /// Head of the household.
    pub head_name: String,
    /// Ethnic group.
    pub ethnic_code: Option<String>,
    /// Class of the household this year.
    pub poverty_class: Option<String>,
    /// Disability severity in force.
    pub disability: Option<String>,
    /// Types of disability of the certificate in force.
    pub disability_types: Vec<String>,
    /// When the person or a record about them was last written (RFC 3339).
    pub changed_at: String,
    /// A change waits.
    pub pending: bool,
    /// Two values disagree.
    pub conflict: bool,
    /// Not living.
    pub dead: bool,
    /// Living, and moved away.
    pub gone: bool,
}

/// A page of the people list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonPage {
    /// Rows.
    pub rows: Vec<PersonRow>,
    /// How many match.
    pub total: u32,
}

/// Records of one kind about a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KindRecords {
    /// Kind.
    pub kind: String,
    /// Newest first. The restricted parts of a parent link are left out.
    pub records: Vec<RecordView>,
}

/// A membership of the person, with its household.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MembershipView {
    /// The membership.
    pub membership: RecordView,
    /// The household.
    #[ts(type = "string")]
    pub household_id: RecordId,
    /// Its code.
    pub household_code: String,
    /// Its head.
    pub head_name: String,
    /// Its village.
    pub village_name: String,
    /// In force today.
    pub present: bool,
}

/// Everything the person page shows without a special right.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonView {
    /// The person; the citizen id is masked in `masked_citizen_id` and absent here.
    pub person: RecordView,
    /// Citizen id as lists show it.
    pub masked_citizen_id: Option<String>,
    /// Age in completed months today (or at death).
    pub age_months: Option<u32>,
    /// Of a partial date of birth: the day that ages are counted from, as the commune has decided.
    pub birth_assumed: Option<String>,
    /// Households, present first.
    pub memberships: Vec<MembershipView>,
    /// Records by kind, all kinds that are not restricted, empty ones too.
    pub records: Vec<KindRecords>,
    /// Conflicts of the person and their records.
    pub conflicts: Vec<super::conflicts::ConflictView>,
    /// True when the worker may open what is specially protected.
    pub may_open_restricted: bool,
    /// Others with the same citizen id.
    pub same_citizen_id: Vec<PersonRow>,
    /// Where the person asked that their data be limited and it holds.
    pub limited: Option<super::privacy::LimitView>,
    /// True where the papers of all of them were compared: each has just this id.
    pub same_id_checked: bool,
    /// Entries that were given up for this one.
    pub given_up: Vec<super::duplicates::GivenUp>,
    /// The address in words: where they live now, else the household's.
    pub address: String,
    /// What is odd about the person as a whole: dead and still a member or paid.
    pub findings: Vec<crate::forms::FieldProblem>,
}

/// Opens a record in a form.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenRecord {
    /// Which; null = a new one.
    #[ts(type = "string | null")]
    pub id: Option<RecordId>,
    /// Kind of a new one.
    pub kind: String,
}

/// Checks or saves one record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveRecord {
    /// Kind.
    pub kind: String,
    /// Parent of a new child record.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub parent: Option<RecordId>,
    /// The record.
    pub record: FormRecord,
    /// The draft it came from, discarded with the save.
    #[serde(default)]
    pub draft: Option<String>,
}

/// The whole citizen id of a person: an act that the audit keeps.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CitizenIdShown {
    /// 12 digits, or what is recorded.
    pub citizen_id: Option<String>,
}

/// Opens what is specially protected, with the reason for doing so.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenRestricted {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Why; at least five characters; kept in the audit.
    pub reason: String,
}

/// What is specially protected about a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RestrictedView {
    /// `restricted_health` rows.
    pub records: Vec<RecordView>,
    /// Parent links of status `serving`, whole.
    pub parent_links: Vec<RecordView>,
    /// Conflicts of these records.
    pub conflicts: Vec<super::conflicts::ConflictView>,
}

/// A person to choose from (parents, carers).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonChoice {
    /// The person.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Name, birth year, village: enough to tell same names apart.
    pub label: String,
}

/// Whose turn comes in the next weeks.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Birthdays {
    /// The soonest first.
    pub birthdays: Vec<Birthday>,
}

/// Somebody who reaches an age at which the law gives or takes something.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Birthday {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Full name.
    pub full_name: String,
    /// Village.
    pub village_name: String,
    /// Years completed on the day.
    pub turns: u32,
    /// The day.
    pub on: String,
    /// Birth as known, where that is not to the day: the day is one that is taken.
    pub known: Option<String>,
}
