//! The rows of the law as they stand in `assets/policies/` and in a published set. What each key means: `docs/policies.md`.
//!
//! Reading refuses unknown keys; what the values mean is judged in [`crate::check`]. A row writes itself out as it was
//! read, so that its text can be published and compared.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value as Json};

use crate::condition::Condition;

/// Where the law says it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Code of a [`Source`].
    pub source: String,
    /// Article (Điều).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Clause (khoản).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Point (điểm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note_vi: Option<String>,
}

/// A legal document.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Number as it is cited.
    pub number: String,
    /// Its title.
    pub title_vi: String,
    /// Day of signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<NaiveDate>,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; `None` = open.
    pub effective_to: Option<NaiveDate>,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note_vi: Option<String>,
}

/// How sure we are of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in a stored copy of the text, or of a detailed extract.
    Found,
    /// From general knowledge, high certainty.
    KnownSure,
    /// From general knowledge, must be checked.
    KnownVerify,
    /// A reading of the text, not its words.
    Interpretation,
    /// Not found.
    Unknown,
}

/// For whom a row holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// The whole country.
    National,
    /// One province, by its two-digit code.
    Province(String),
}

impl TryFrom<String> for Scope {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.strip_prefix("province:") {
            Some(code) if code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit()) => Ok(Self::Province(code.to_owned())),
            None if text == "national" => Ok(Self::National),
            _ => Err("scope must be national or province:NN".to_owned()),
        }
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::National => "national".to_owned(),
            Scope::Province(code) => format!("province:{code}"),
        }
    }
}

/// A dated figure of the law, such as the base rate.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterRow {
    /// What it is the figure of.
    pub code: String,
    /// For whom.
    pub scope: Scope,
    /// The figure, whole; `None` = no value, the row is ignored.
    pub value: Option<u32>,
    /// `VND` or `kg`.
    pub unit: String,
    /// First day; `None` only where there is no value.
    pub effective_from: Option<NaiveDate>,
    /// Last day; `None` = open.
    pub effective_to: Option<NaiveDate>,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasis>,
    /// How sure we are.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note_vi: Option<String>,
}

impl ParameterRow {
    /// True on both ends and between; never without a value.
    #[must_use]
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        self.value.is_some() && within(on, self.effective_from, self.effective_to)
    }
}

/// Both ends belong to the time; `None` = open.
pub(crate) fn within(on: NaiveDate, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

/// What kind of benefit a row grants; decides the list it is paid in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Monthly social allowance (trợ cấp xã hội hàng tháng).
    MonthlyAllowance,
    /// Social pension (trợ cấp hưu trí xã hội).
    SocialPension,
    /// Carer support (hỗ trợ kinh phí chăm sóc, nuôi dưỡng).
    CarerSupport,
    /// Funeral support (hỗ trợ chi phí mai táng).
    Funeral,
    /// Emergency relief (trợ giúp khẩn cấp).
    Emergency,
    /// Care in a facility.
    FacilityCare,
}

/// Per what the amount is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A month.
    Month,
    /// Once.
    Once,
    /// The days told.
    Day,
}

/// How an amount is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountType {
    /// Parameter times coefficient.
    Coefficient,
    /// The value.
    Fixed,
    /// The parameter.
    Parameter,
    /// The parameter, in kind.
    InKind,
    /// What it cost; at least the minimum.
    ActualCost,
}

/// What a row pays.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How it is made.
    #[serde(rename = "type")]
    pub ty: AmountType,
    /// Code of the parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Times the parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coefficient: Option<Number>,
    /// The value of a fixed amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u32>,
    /// Unit, where it is not `VND`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The fact, a number, that it is multiplied by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiply_by: Option<String>,
    /// True where the law only sets a floor.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_minimum: bool,
    /// The floor of an actual cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Box<Amount>>,
    /// Most months it is given; not applied here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months_max: Option<u32>,
    /// Most months whose days are given; not applied here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_max_months: Option<u32>,
}

impl Amount {
    /// The unit of the amount.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or("VND")
    }

    /// True where more than the amount may be paid.
    #[must_use]
    pub fn is_floor(&self) -> bool {
        self.is_minimum || self.ty == AmountType::ActualCost
    }
}

/// A rule that grants something.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitRow {
    /// Stable code.
    pub code: String,
    /// For whom.
    pub scope: Scope,
    /// What kind it is.
    pub family: Family,
    /// English title.
    pub title_en: String,
    /// Vietnamese title.
    pub title_vi: String,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasis>,
    /// First day.
    pub effective_from: NaiveDate,
    /// Last day; `None` = open.
    pub effective_to: Option<NaiveDate>,
    /// What must hold, all of it.
    pub conditions: Vec<Condition>,
    /// True where the row's one upper age bound is the end of the allowance: the month rule tests it with the age at the
    /// end of the month before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends_at_birthday: bool,
    /// What it pays.
    pub amount: Amount,
    /// Per what.
    pub period: Period,
    /// To whom.
    pub paid_for: String,
    /// What it competes with.
    pub stacking_group: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Clause of the article on the monthly allowance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause_group: Option<String>,
    /// Forms of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// The day the decree came into force, where the levels reach further back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree_in_force_from: Option<NaiveDate>,
    /// What holds for files of the time between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_case_note: Option<String>,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_case_note_vi: Option<String>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes_vi: Option<String>,
}

impl BenefitRow {
    /// True on both ends and between.
    #[must_use]
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        within(on, Some(self.effective_from), self.effective_to)
    }
}

/// What a duty is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// How long something may take (thời hạn).
    Deadline,
    /// What is to be reached (chỉ tiêu).
    Target,
}

/// What a duty counts in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyUnit {
    /// Working days (ngày làm việc).
    WorkingDay,
    /// Calendar days.
    Day,
    /// A share of a hundred.
    Percent,
    /// A number of people.
    Person,
    /// A number of households.
    Household,
}

impl DutyUnit {
    /// Whether something may be so long, or so much is to be reached.
    #[must_use]
    pub fn goes_with(self, kind: DutyKind) -> bool {
        matches!(self, Self::WorkingDay | Self::Day) == (kind == DutyKind::Deadline)
    }
}

/// A dated deadline or target of those who carry the law out. It decides no amount.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRow {
    /// What it is about.
    pub code: String,
    /// For whom.
    pub scope: Scope,
    /// Deadline or target.
    pub kind: DutyKind,
    /// English title: of a deadline also from when it runs.
    pub title_en: String,
    /// Vietnamese title.
    pub title_vi: String,
    /// How many of the unit; `None` = not known, the row only says so.
    pub value: Option<u32>,
    /// What is counted.
    pub unit: DutyUnit,
    /// First day; `None` only where there is no value.
    pub effective_from: Option<NaiveDate>,
    /// Last day; `None` = open.
    pub effective_to: Option<NaiveDate>,
    /// Where it is said.
    pub legal_basis: Vec<LegalBasis>,
    /// How sure we are.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note_vi: Option<String>,
}

impl DutyRow {
    /// True on both ends and between, also of a row that only says that nothing is known.
    #[must_use]
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        within(on, self.effective_from, self.effective_to)
    }
}

/// How benefits go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StackingKind {
    /// Only the highest is paid.
    HighestOnly,
    /// Both are paid; with `when`, rows of these clauses of one family.
    Add,
    /// One for husband and wife.
    HighestOnlyPerCouple,
    /// The groups compete: one per person cared for.
    OnePerCaredPerson,
    /// Care in a facility excludes the monthly allowance (by the rows' conditions).
    FacilityExcludesMonthly,
    /// One health-insurance card.
    OneCardHighestBenefit,
}

/// Clauses that are paid together.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// One row of this clause,
    pub clause_group_a: String,
    /// and one of these.
    pub clause_group_b_in: Vec<String>,
}

/// One or several names.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Names {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Names {
    /// The names.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// A rule about several benefits at once.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StackingRule {
    /// Its number, `S1` and so on.
    pub id: String,
    /// Families or stacking groups it speaks of.
    pub applies_to: Names,
    /// What it says.
    pub rule: StackingKind,
    /// Which clauses, where it is about clauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Together>,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasis>,
    /// In words.
    pub desc: String,
    /// The same in Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desc_vi: Option<String>,
    /// How sure we are.
    pub confidence: Confidence,
}

/// The rows of one set as read from JSON, not yet judged.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The head: `set.json`.
    pub set: Json,
    /// The figures: `parameters.json`.
    pub parameters: Vec<Json>,
    /// The rules, in file order: `benefits.json`.
    pub benefits: Vec<Json>,
    /// Deadlines and targets: `duties.json`.
    pub duties: Vec<Json>,
}
