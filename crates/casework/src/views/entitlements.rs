//! What a person is entitled to, why, what it rests on, and month by month. Codes and values, never sentences.

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

/// What a person is entitled to on a day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonEntitlements {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The day; null = today.
    #[serde(default)]
    pub on: Option<String>,
}

/// The same with what rests on restricted facts; the reason stands in the audit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonEntitlementsRestricted {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The day; null = today.
    #[serde(default)]
    pub on: Option<String>,
    /// Why; at least five characters.
    pub reason: String,
}

/// A place in the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LegalBasisView {
    /// Code of the document.
    pub source: String,
    /// Its number as cited: `335/2026/NĐ-CP`.
    pub number: String,
    /// Article (Điều).
    pub article: Option<String>,
    /// Clause (khoản).
    pub clause: Option<String>,
    /// Point (điểm).
    pub point: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
    /// The same in Vietnamese.
    pub note_vi: Option<String>,
}

/// A condition with what came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReasonView {
    /// `test`, `any`, `all`, `not`.
    pub kind: String,
    /// Of a test: name of the fact.
    pub fact: Option<String>,
    /// Of a test: `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not_in`.
    pub op: Option<String>,
    /// Of a test: what the fact is compared with.
    #[ts(type = "FieldValue")]
    pub value: Json,
    /// True, false, or null: not known.
    pub result: Option<bool>,
    /// The value that was tested; null for an unknown or masked one, and for "none".
    #[ts(type = "FieldValue")]
    pub told: Json,
    /// The value is there and not shown: it needs the right.
    pub masked: bool,
    /// The conditions inside `any`, `all`, `not`.
    pub parts: Vec<ReasonView>,
}

/// A row of the law as it stands to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BenefitLine {
    /// Code of the row.
    pub code: String,
    /// Family: `monthly_allowance`, `social_pension`, `carer_support`, `funeral`, `emergency`, `facility_care`.
    pub family: String,
    /// Clause of Điều 5, of a monthly allowance.
    pub clause_group: Option<String>,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// `entitled`, `undetermined`, `not_entitled`.
    pub status: String,
    /// Amount, in whole units; null where not entitled or not known.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// `VND` or `kg`.
    pub unit: String,
    /// A floor of the law: more may be paid.
    pub is_minimum: bool,
    /// `month`, `once`, `day`.
    pub period: String,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasisView>,
    /// How sure the row is: `found`, `known_sure`, `known_verify`, `interpretation`, `unknown`.
    pub confidence: String,
    /// What a reader should know.
    pub notes: Option<String>,
    /// The same in Vietnamese.
    pub notes_vi: Option<String>,
    /// Facts to ask for.
    pub missing: Vec<String>,
    /// Every condition, in the order of the row.
    pub reasons: Vec<ReasonView>,
}

/// A fact used, and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FactView {
    /// Name.
    pub fact: String,
    /// Value; null for unknown, masked and "none".
    #[ts(type = "FieldValue")]
    pub value: Json,
    /// False: nobody knows, somebody has to ask.
    pub known: bool,
    /// The value is there and not shown.
    pub masked: bool,
    /// `recorded`, or the rule that holds where nothing is recorded: key `fact_rule.<rule>`.
    pub rule: String,
    /// The record it comes from, to be opened.
    #[ts(type = "string | null")]
    pub record: Option<RecordId>,
    /// Kind of that record.
    pub record_kind: Option<String>,
    /// The person or household whose page shows the record.
    #[ts(type = "string | null")]
    pub page: Option<RecordId>,
    /// From when the record counts.
    pub since: Option<String>,
    /// Two records that count on the day disagree; the later one was taken.
    pub disputed: bool,
}

/// A row that is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaymentView {
    /// Code of the row.
    pub code: String,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// Amount.
    #[ts(type = "number")]
    pub amount: i64,
    /// For whose care.
    #[ts(type = "string | null")]
    pub cared: Option<RecordId>,
}

/// What is paid; a list is null while it cannot be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaidView {
    /// Monthly allowance and social pension.
    pub regular: Option<Vec<PaymentView>>,
    /// Their sum.
    #[ts(type = "number | null")]
    pub regular_total: Option<i64>,
    /// Carer support, for everybody cared for.
    pub carer_support: Option<Vec<PaymentView>>,
    /// Funeral support.
    pub funeral: Option<Vec<PaymentView>>,
    /// Emergency relief.
    pub emergency: Option<Vec<PaymentView>>,
    /// Care in a facility.
    pub facility_care: Option<Vec<PaymentView>>,
    /// Whether a health-insurance card is due.
    pub health_card: Option<bool>,
    /// By list: the facts that decide it.
    pub missing: BTreeMap<String, Vec<String>>,
    /// Lists of which the rows say nothing on the day.
    pub no_rows: Vec<String>,
}

/// What a carer is entitled to for one person cared for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CaredView {
    /// Who is cared for.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Name.
    pub full_name: String,
    /// The rows that ask about the care.
    pub lines: Vec<BenefitLine>,
    /// The facts about the care.
    pub facts: Vec<FactView>,
}

/// An allowance received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceivedView {
    /// The record.
    #[ts(type = "string")]
    pub record: RecordId,
    /// `regular` or `carer_support`.
    pub list: String,
    /// Row of the law, where it is told.
    pub code: Option<String>,
    /// Đồng a month.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// For whose care.
    #[ts(type = "string | null")]
    pub cared: Option<RecordId>,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EntitlementWarning {
    /// `disputed`, `past_reassessment`, `birth_assumed`: key `entitlement_warning.<code>`.
    pub code: String,
    /// The fact.
    pub fact: String,
    /// The record.
    #[ts(type = "string | null")]
    pub record: Option<RecordId>,
}

/// Everything the page shows about a person's entitlements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EntitlementsView {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The day asked about.
    pub on: String,
    /// The day the facts were taken on: that of death after it.
    pub facts_on: String,
    /// Version of the rows.
    pub policy_version: String,
    /// With restricted facts.
    pub restricted: bool,
    /// True when the worker may open the restricted variant.
    pub may_open_restricted: bool,
    /// Rows in force, in file order: entitled, undetermined and not.
    pub lines: Vec<BenefitLine>,
    /// One for each person cared for.
    pub cared: Vec<CaredView>,
    /// What comes out.
    pub paid: PaidView,
    /// What is received in the month of the day.
    pub received: Vec<ReceivedView>,
    /// Facts that the lines test, sorted by name.
    pub facts: Vec<FactView>,
    /// Of a partial date of birth: the day that was taken.
    pub birth_assumed: Option<String>,
    /// What to look at.
    pub warnings: Vec<EntitlementWarning>,
}

/// The months of a span.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonMonths {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// First month, `YYYY-MM`.
    pub from: String,
    /// Last month; at most 120 after the first.
    pub to: String,
}

/// The months of a span with what rests on restricted facts; the reason stands in the audit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonMonthsRestricted {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// First month, `YYYY-MM`.
    pub from: String,
    /// Last month; at most 120 after the first.
    pub to: String,
    /// Why; at least five characters.
    pub reason: String,
}

/// Why an amount changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CauseView {
    /// `law`: another row; `rate`: another figure; `life`: born or died; `fact`.
    pub kind: String,
    /// The fact.
    pub fact: Option<String>,
    /// Its value before.
    #[ts(type = "FieldValue")]
    pub before: Json,
    /// Its value now.
    #[ts(type = "FieldValue")]
    pub after: Json,
    /// The value is there and not shown.
    pub masked: bool,
    /// The record it comes from.
    #[ts(type = "string | null")]
    pub record: Option<RecordId>,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MonthView {
    /// `YYYY-MM`.
    pub month: String,
    /// Regular benefits due; null while it cannot be said.
    pub regular: Option<Vec<PaymentView>>,
    /// Carer support due.
    pub carer_support: Option<Vec<PaymentView>>,
    /// Sum of both; null while one cannot be said.
    #[ts(type = "number | null")]
    pub total: Option<i64>,
    /// Facts that decide.
    pub missing: Vec<String>,
    /// What is recorded as received; null where an amount is not recorded.
    #[ts(type = "number | null")]
    pub received: Option<i64>,
    /// Due less received; null where it cannot be said or may not be compared.
    #[ts(type = "number | null")]
    pub difference: Option<i64>,
    /// Why it differs from the month before; empty where it does not, and for the first.
    pub causes: Vec<CauseView>,
}

/// The months of a person, with what was paid too little or too much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MonthsView {
    /// The months.
    pub months: Vec<MonthView>,
    /// With restricted facts.
    pub restricted: bool,
    /// Of a partial date of birth: the day that was taken.
    pub birth_assumed: Option<String>,
    /// Sum of what is still due (truy lĩnh).
    #[ts(type = "number")]
    pub back_pay: i64,
    /// Sum of what was received beyond what was due (thu hồi).
    #[ts(type = "number")]
    pub recovery: i64,
}

/// A fact as it might be.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SupposedFact {
    /// Name; restricted ones are refused.
    pub fact: String,
    /// Value; null = "none" where the fact has it, else unknown.
    #[ts(type = "FieldValue")]
    pub value: Json,
}

/// What if facts or the day were others.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// The day; null = today.
    #[serde(default)]
    pub on: Option<String>,
    /// The other day; null = the same.
    #[serde(default)]
    pub then: Option<String>,
    /// `first` or `last`: which day a partial date of birth is taken as; null = as the commune has decided.
    #[serde(default)]
    pub birth: Option<String>,
    /// The other facts.
    pub facts: Vec<SupposedFact>,
}

/// As it is, and as it would be.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WhatIfView {
    /// As it is.
    pub now: EntitlementsView,
    /// As it would be.
    pub then: EntitlementsView,
}
