//! From when until when a row counts, and which of several counts on a date.
//!
//! A row counts if from ≤ date ≤ to; a partial `from` begins on its first day, a partial `to` ends on its last, months are
//! whole, null is open (data dictionary §14.1). Of two that count the later `from` wins, then the later entry.

use chrono::NaiveDate;
use domain::records::{
    Allowance, CarerLink, DisabilityCertificate, HouseholdMember, HouseholdPlace, Observation, ParentLink, PovertyClass,
    RegionStatus, Residence, RestrictedHealth, Study, SupportObligor, WrittenRequest,
};
use domain::{PartialDate, RecordId};

/// A spell of days, both ends inclusive; `None` is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Span {
    fn partial(from: Option<PartialDate>, to: Option<PartialDate>) -> Self {
        Self { from: from.map(|date| date.first_day()), to: to.map(|date| date.last_day()) }
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// A record that counts for a time.
pub trait Spanned {
    /// From when until when.
    fn span(&self) -> Span;
}

macro_rules! partial_spans {
    ($($record:ty),+) => {
        $(impl Spanned for $record {
            fn span(&self) -> Span {
                Span::partial(self.from_on, self.to_on)
            }
        })+
    };
}
partial_spans!(HouseholdMember, HouseholdPlace, CarerLink, ParentLink, Study, Residence, SupportObligor, Observation);

impl Spanned for Allowance {
    fn span(&self) -> Span {
        Span { from: self.from_month.map(|month| month.first_day()), to: self.to_month.map(|month| month.last_day()) }
    }
}

impl Spanned for PovertyClass {
    /// The class of a year holds for that year where the decision says nothing else.
    fn span(&self) -> Span {
        let year = self.year.and_then(|year| i32::try_from(year).ok()).map(PartialDate::Year);
        Span {
            from: self.valid_from.or_else(|| year.map(|year| year.first_day())),
            to: self.valid_to.or_else(|| year.map(|year| year.last_day())),
        }
    }
}

impl Spanned for DisabilityCertificate {
    /// A certificate counts until a later one does; a date of reassessment that has passed ends nothing.
    fn span(&self) -> Span {
        Span { from: self.valid_from.or(self.issued_on), to: None }
    }
}

impl Spanned for RegionStatus {
    fn span(&self) -> Span {
        Span { from: self.valid_from, to: self.valid_to }
    }
}

impl Spanned for RestrictedHealth {
    /// A pregnancy without an end lasts until the child is due.
    fn span(&self) -> Span {
        let Span { from, to } = Span::partial(self.from_on, self.to_on);
        Span { from, to: to.or(self.due_on) }
    }
}

impl Spanned for WrittenRequest {
    fn span(&self) -> Span {
        Span { from: self.filed_on, to: None }
    }
}

/// A record with its place in the order of entry.
#[derive(Clone, Debug)]
pub struct Entry<R> {
    /// Its id.
    pub id: RecordId,
    /// Rises with each entry.
    pub order: i64,
    /// What it says.
    pub record: R,
    /// When it counts.
    pub span: Span,
}

impl<R: Spanned> Entry<R> {
    /// A record as it was entered.
    pub fn new(id: RecordId, order: i64, record: R) -> Self {
        Self { id, order, span: record.span(), record }
    }
}

/// What counts on a date.
#[derive(Debug)]
pub struct Picked<'a, R> {
    /// The row that counts.
    pub entry: &'a Entry<R>,
    /// Another counts as well and says something else.
    pub disputed: bool,
}

/// The row that counts on a date, told apart by what `says` gives.
pub fn pick<'a, R: 'a, S: PartialEq>(
    entries: impl IntoIterator<Item = &'a Entry<R>>,
    on: NaiveDate,
    says: impl Fn(&'a R) -> S,
) -> Option<Picked<'a, R>> {
    let mut best: Option<&Entry<R>> = None;
    let mut disputed = false;
    for entry in entries.into_iter().filter(|entry| entry.span.holds(on)) {
        best = match best {
            None => Some(entry),
            Some(other) => {
                disputed |= says(&other.record) != says(&entry.record);
                if (entry.span.from, entry.order) > (other.span.from, other.order) { Some(entry) } else { Some(other) }
            }
        };
    }
    best.map(|entry| Picked { entry, disputed })
}
