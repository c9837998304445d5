//! Adjustment runs (truy lĩnh, thu hồi), as the page asks for them and sees them.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

use super::entitlements::{LegalBasisView, PaymentView};
use super::outreach::BenefitName;

/// Differences between due and received in a span, for the whole commune.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListAdjustments {
    /// First month.
    pub from: String,
    /// Last month; at most 24 after the first.
    pub to: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// Takes an adjustment run out as a workbook.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportAdjustments {
    /// First month.
    pub from: String,
    /// Last month; at most 24 after the first.
    pub to: String,
    /// Where to write; null = hand over.
    pub path: Option<String>,
    /// Why; kept in the audit.
    pub reason: String,
}

/// Why what is due is not what was received.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct WhyView {
    /// `ended`: the row received has ended; `due`: this row is due; `figure`: a figure began after the allowance; `fact`;
    /// `recorded`: another amount was written down; `life`: died or not yet born, `life_unsourced`: the same in a month for
    /// which no row says where the law ends the money.
    pub kind: String,
    /// Code of the row or figure.
    pub code: Option<String>,
    /// Vietnamese title of the row.
    pub title_vi: String,
    /// English title of the row.
    pub title_en: String,
    /// Where the law says it.
    pub legal_basis: Vec<LegalBasisView>,
    /// How sure the row or figure is.
    pub confidence: Option<String>,
    /// Value of the figure.
    #[ts(type = "number | null")]
    pub value: Option<i64>,
    /// From when the row, figure or record counts.
    pub since: Option<String>,
    /// The fact.
    pub fact: Option<String>,
    /// Its value; null for unknown, masked and "none".
    #[ts(type = "FieldValue")]
    pub told: Json,
    /// The value is there and not shown.
    pub masked: bool,
    /// The record it comes from, to be opened.
    #[ts(type = "string | null")]
    pub record: Option<RecordId>,
    /// Kind of that record.
    pub record_kind: Option<String>,
    /// The person or household whose page shows the record.
    #[ts(type = "string | null")]
    pub page: Option<RecordId>,
}

impl WhyView {
    /// One of which only the kind is told so far.
    pub(crate) fn of(kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..Self::default() }
    }
}

/// Months in a row that differ in the same way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AdjustmentSpan {
    /// First month.
    pub from: String,
    /// Last month.
    pub to: String,
    /// How many.
    pub count: u32,
    /// Rows received.
    pub received: Vec<BenefitName>,
    /// Rows due.
    pub due: Vec<PaymentView>,
    /// Received a month.
    #[ts(type = "number")]
    pub before: i64,
    /// Due a month.
    #[ts(type = "number")]
    pub after: i64,
    /// Still due a month; below zero: received beyond what was due.
    #[ts(type = "number")]
    pub difference: i64,
    /// The same for all the months.
    #[ts(type = "number")]
    pub total: i64,
    /// Why.
    pub why: Vec<WhyView>,
}

/// One person's differences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AdjustmentRow {
    /// The person.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Name.
    pub full_name: String,
    /// Birth as known.
    pub birth: Option<String>,
    /// Of a partial date of birth: the day that was taken.
    pub birth_assumed: Option<String>,
    /// Village.
    pub village_name: String,
    /// The months that differ.
    pub spans: Vec<AdjustmentSpan>,
    /// Still due.
    #[ts(type = "number")]
    pub back_pay: i64,
    /// Received beyond what was due.
    #[ts(type = "number")]
    pub recovery: i64,
}

/// An adjustment run: a draft, decided by nobody yet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Adjustments {
    /// Rows, by village and name.
    pub rows: Vec<AdjustmentRow>,
    /// How many people.
    pub total: u32,
    /// Sum still due.
    #[ts(type = "number")]
    pub back_pay: i64,
    /// Sum received beyond what was due.
    #[ts(type = "number")]
    pub recovery: i64,
    /// People of whom a month cannot be said before something is known.
    pub open: u32,
    /// People who asked for a limit and were left out of paper and file; none on the screen.
    pub left_out: u32,
    /// Version of the rows of the law.
    pub policy_version: String,
}
