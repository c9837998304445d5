//! What a person receives (đang hưởng): the allowances recorded, month by month, beside what is due.
//!
//! Would surprise: an allowance whose row of the law is not told here may rest on something restricted; it is never compared
//! (data dictionary §14.3).

use domain::records::Allowance;
use domain::{Decimal, Month, RecordId};

use super::day::{Options, Sight};
use super::file::{At, PersonFile};
use super::law::Lawbook;
use super::months::Case;
use super::span::Entry;
use crate::List;

/// The parameter that coefficients of the monthly allowance multiply.
const BASE_RATE: &str = "base_rate_monthly";

/// An allowance received in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The record.
    pub record: RecordId,
    /// Its row of the law; `None`: not told, or kept apart.
    pub code: Option<String>,
    /// Đồng a month; `None` where neither amount nor coefficient is recorded.
    pub amount: Option<i64>,
    /// For whose care.
    pub cared: Option<RecordId>,
    /// The first month it is recorded for.
    pub since: Option<Month>,
    /// It is recorded to go on after the month.
    pub goes_on: bool,
}

impl Case<'_> {
    /// What a person receives of a list in a month.
    #[must_use]
    pub fn received(&self, at: At, month: Month, list: List) -> Vec<Received> {
        let person = self.register.person(at);
        let rows = person.allowances.iter().filter(|entry| {
            entry.span.holds(month.first_day()) && entry.record.kind.as_deref().is_some_and(|kind| list_of(kind) == Some(list))
        });
        rows.map(|entry| received(person, entry, self.book, month, self.options)).collect()
    }
}

fn list_of(kind: &str) -> Option<List> {
    match kind {
        "monthly" | "social_pension" => Some(List::Regular),
        "carer" => Some(List::CarerSupport),
        _ => None,
    }
}

fn received(person: &PersonFile, entry: &Entry<Allowance>, book: &Lawbook<'_>, month: Month, options: Options) -> Received {
    let record = &entry.record;
    // A code that tells what is restricted does not belong into an allowance; where it stands there all the same it is not told.
    let is_told = |code: &String| options.sight == Sight::Restricted || !book.tells_restricted(code);
    let code = record.benefit_code.clone().filter(is_told).or_else(|| kept_apart(person, entry.id, options));
    let amount = record.amount.or_else(|| {
        let parameter = code.as_deref().and_then(|code| book.row(code)).and_then(|row| row.amount.parameter.as_deref());
        let rate = book.set().parameter(parameter.unwrap_or(BASE_RATE), month.last_day())?.value?;
        Some(times(rate, record.coefficient?))
    });
    let goes_on = record.to_month.is_none_or(|last| last > month);
    Received { record: entry.id, code, amount, cared: record.cared, since: record.from_month, goes_on }
}

fn kept_apart(person: &PersonFile, allowance: RecordId, options: Options) -> Option<String> {
    if options.sight == Sight::Plain {
        return None;
    }
    let mut rows = person.restricted.iter().filter(|entry| entry.record.matter.as_deref() == Some("allowance_code"));
    rows.find(|entry| entry.record.allowance == Some(allowance)).and_then(|entry| entry.record.benefit_code.clone())
}

/// A rate times a coefficient, half up to whole đồng.
fn times(rate: u32, coefficient: Decimal) -> i64 {
    let product = i128::from(rate) * i128::from(coefficient.mantissa);
    let power = 10_i128.pow(u32::from(coefficient.exponent.unsigned_abs()));
    let amount =
        if coefficient.exponent >= 0 { product.saturating_mul(power) } else { (2 * product + power).div_euclid(2 * power) };
    i64::try_from(amount).unwrap_or(i64::MAX)
}

/// The sum, where every amount is known.
#[must_use]
pub fn total(received: &[Received]) -> Option<i64> {
    received.iter().map(|row| row.amount).sum()
}

/// Whether every row of the law is told, so that what is received may be compared with what is due.
#[must_use]
pub fn may_compare(received: &[Received]) -> bool {
    received.iter().all(|row| row.code.is_some())
}
