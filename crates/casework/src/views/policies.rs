//! The rows of the law to be read, and a coming set tried on the whole commune.

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

use super::entitlements::LegalBasisView;

/// Rows of the law.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListPolicies {
    /// Only rows in force on this day; null = every row.
    #[serde(default)]
    pub on: Option<String>,
}

/// A condition as it stands in the row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConditionView {
    /// `test`, `any`, `all`, `not`.
    pub kind: String,
    /// Of a test: name of the fact.
    pub fact: Option<String>,
    /// Of a test: the operator.
    pub op: Option<String>,
    /// Of a test: what the fact is compared with.
    #[ts(type = "FieldValue")]
    pub value: Json,
    /// The conditions inside.
    pub parts: Vec<ConditionView>,
}

/// What a row pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AmountView {
    /// `coefficient`, `fixed`, `parameter`, `in_kind`, `actual_cost`.
    pub kind: String,
    /// Code of the figure.
    pub parameter: Option<String>,
    /// Times the figure, as a decimal number.
    pub coefficient: Option<String>,
    /// A fixed amount.
    #[ts(type = "number | null")]
    pub value: Option<i64>,
    /// `VND` or `kg`.
    pub unit: String,
    /// The fact it is multiplied by.
    pub multiply_by: Option<String>,
    /// More may be paid.
    pub is_minimum: bool,
    /// Most months it is given.
    pub months_max: Option<u32>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PolicyRow {
    /// Code.
    pub code: String,
    /// `national` or `province:NN`.
    pub scope: String,
    /// Family.
    pub family: String,
    /// Clause of Điều 5, of a monthly allowance.
    pub clause_group: Option<String>,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasisView>,
    /// First day.
    pub effective_from: String,
    /// Last day; null = open.
    pub effective_to: Option<String>,
    /// The day the decree came into force, where the levels reach further back.
    pub decree_in_force_from: Option<String>,
    /// How sure it is.
    pub confidence: String,
    /// What must hold, all of it.
    pub conditions: Vec<ConditionView>,
    /// The upper age bound is tested with the age at the end of the month before.
    pub ends_at_birthday: bool,
    /// What it pays.
    pub amount: AmountView,
    /// Amount today's figures give for one; null where it depends on a fact or a figure is not known.
    #[ts(type = "number | null")]
    pub example: Option<i64>,
    /// `month`, `once`, `day`.
    pub period: String,
    /// To whom.
    pub paid_for: String,
    /// What it competes with.
    pub stacking_group: String,
    /// Forms of the file.
    pub forms: Vec<String>,
    /// What a reader should know.
    pub notes: Option<String>,
    /// The same in Vietnamese.
    pub notes_vi: Option<String>,
    /// What holds for files of the time between.
    pub new_case_note: Option<String>,
    /// The same in Vietnamese.
    pub new_case_note_vi: Option<String>,
}

/// A dated figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FigureRow {
    /// Code.
    pub code: String,
    /// `national` or `province:NN`.
    pub scope: String,
    /// Value; null = none.
    pub value: Option<u32>,
    /// `VND` or `kg`.
    pub unit: String,
    /// First day.
    pub effective_from: Option<String>,
    /// Last day; null = open.
    pub effective_to: Option<String>,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasisView>,
    /// How sure it is.
    pub confidence: String,
    /// What a reader should know.
    pub note: Option<String>,
    /// The same in Vietnamese.
    pub note_vi: Option<String>,
}

/// A dated deadline or target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyRow {
    /// Code.
    pub code: String,
    /// `national` or `province:NN`.
    pub scope: String,
    /// `deadline` or `target`.
    pub kind: String,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// How many of the unit; null = not known.
    pub value: Option<u32>,
    /// `working_day`, `day`, `percent`, `person`, `household`.
    pub unit: String,
    /// First day.
    pub effective_from: Option<String>,
    /// Last day; null = open.
    pub effective_to: Option<String>,
    /// Where it is said.
    pub legal_basis: Vec<LegalBasisView>,
    /// How sure it is.
    pub confidence: String,
    /// What a reader should know.
    pub note: Option<String>,
    /// The same in Vietnamese.
    pub note_vi: Option<String>,
}

/// What a level of certainty means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConfidenceWords {
    /// The level.
    pub code: String,
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A legal document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceRow {
    /// Code.
    pub code: String,
    /// Number as cited.
    pub number: String,
    /// Title.
    pub title_vi: String,
    /// First day in force.
    pub effective_from: String,
    /// Last day; null = open.
    pub effective_to: Option<String>,
    /// How sure we are of it.
    pub confidence: String,
    /// What a reader should know.
    pub note: Option<String>,
    /// The same in Vietnamese.
    pub note_vi: Option<String>,
}

/// A rule about several benefits at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StackingRow {
    /// `S1` and so on.
    pub id: String,
    /// What it says: `highest_only`, `add`, …
    pub rule: String,
    /// Families or groups it speaks of.
    pub applies_to: Vec<String>,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasisView>,
    /// In words.
    pub desc: String,
    /// The same in Vietnamese.
    pub desc_vi: Option<String>,
    /// How sure it is.
    pub confidence: String,
}

/// Words of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FactValueWords {
    /// Code; null is "none".
    pub code: Option<String>,
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// Words of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FactWords {
    /// Name.
    pub fact: String,
    /// `integer`, `boolean`, `enum`.
    pub kind: String,
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
    /// Values, of an `enum`.
    pub values: Vec<FactValueWords>,
    /// Under special protection.
    pub restricted: bool,
    /// What a reader should know.
    pub note: Option<String>,
    /// The same in Vietnamese.
    pub note_vi: Option<String>,
}

/// The whole set, to be read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Policies {
    /// Version.
    pub version: String,
    /// Rows, in file order.
    pub benefits: Vec<PolicyRow>,
    /// Figures.
    pub figures: Vec<FigureRow>,
    /// Deadlines and targets.
    pub duties: Vec<DutyRow>,
    /// Documents.
    pub sources: Vec<SourceRow>,
    /// How benefits go together.
    pub stacking: Vec<StackingRow>,
    /// Words of every fact.
    pub facts: Vec<FactWords>,
    /// What the levels of certainty mean.
    pub confidence: Vec<ConfidenceWords>,
}

/// A set that is not published yet, as its files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PolicyDocuments {
    /// `set.json`.
    #[ts(type = "unknown")]
    pub set: Json,
    /// `parameters.json`.
    #[ts(type = "unknown[]")]
    pub parameters: Vec<Json>,
    /// `benefits.json`.
    #[ts(type = "unknown[]")]
    pub benefits: Vec<Json>,
    /// `duties.json`; may be left out.
    #[ts(type = "unknown[]")]
    #[serde(default)]
    pub duties: Vec<Json>,
}

/// Two months, or two sets, beside each other for the whole commune.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewPolicy {
    /// Month as it is, `YYYY-MM`; null = this month.
    #[serde(default)]
    pub before: Option<String>,
    /// Month to compare with; null = the same.
    #[serde(default)]
    pub after: Option<String>,
    /// The set to try for the second; null = the present one.
    #[serde(default)]
    pub documents: Option<PolicyDocuments>,
    /// Only those who gain (`gains`) or lose (`loses`); null = both. The sums are of everybody all the same.
    #[serde(default)]
    pub who: Option<String>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// How many people and how much a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeopleAndMoney {
    /// People.
    pub people: u32,
    /// Đồng a month.
    #[ts(type = "number")]
    pub amount: i64,
}

/// One row of the law before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewBenefit {
    /// Code.
    pub code: String,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// Before.
    pub before: PeopleAndMoney,
    /// After.
    pub after: PeopleAndMoney,
}

/// Somebody for whom it makes a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewRow {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Name.
    pub full_name: String,
    /// Village.
    pub village_name: String,
    /// Before, a month.
    #[ts(type = "number")]
    pub before: i64,
    /// After, a month.
    #[ts(type = "number")]
    pub after: i64,
    /// Rows before.
    pub codes_before: Vec<String>,
    /// Rows after.
    pub codes_after: Vec<String>,
}

/// What a set or a month would change. Restricted facts are false for everybody in it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PolicyPreview {
    /// Month as it is.
    pub before_month: String,
    /// Month compared with.
    pub after_month: String,
    /// Versions of both sets.
    pub versions: BTreeMap<String, String>,
    /// Everybody with something due, before.
    pub before: PeopleAndMoney,
    /// After.
    pub after: PeopleAndMoney,
    /// Who gains, and how much.
    pub gains: PeopleAndMoney,
    /// Who loses, and how much.
    pub loses: PeopleAndMoney,
    /// Of these: had nothing before.
    pub begins: u32,
    /// Of these: have nothing after.
    pub ceases: u32,
    /// Of whom it cannot be said, before or after.
    pub undetermined: u32,
    /// By row.
    pub benefits: Vec<PreviewBenefit>,
    /// People for whom it makes a difference, the largest first: a page of them.
    pub rows: Vec<PreviewRow>,
    /// How many there are of those asked for.
    pub total: u32,
}
