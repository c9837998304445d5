//! Children counted for clause 4, and those under 36 months.

use domain::Month;

use super::day::{Day, SIXTEEN};
use super::file::At;
use super::law::ChildRule;
use super::stated::{Stated, Value};

/// Under so many months a child counts for the support of a disabled parent (Điều 17).
const SMALL: u32 = 36;
/// The last age at which a student counts under NĐ 20/2021, months.
const TWENTY_TWO: u32 = 264;

impl Day<'_> {
    /// `fact qualifying_children`: living children raised by the person, by age on the last day of the month.
    pub fn qualifying_children(&self, at: At) -> Stated {
        self.counted(at, SIXTEEN, |child| self.qualifies(at, child))
    }

    /// `fact children_under_36m`.
    pub fn children_under_36m(&self, at: At) -> Stated {
        self.counted(at, SMALL, |child| self.age_at_month_end(child).map(|age| age < SMALL))
    }

    /// Counts children of whom `counts` says yes; one of whom it cannot be said makes the count unknown.
    fn counted(&self, at: At, limit: u32, counts: impl Fn(At) -> Option<bool>) -> Stated {
        let children = self.children_raised(at);
        if children.is_empty() {
            return match self.may_have_unlinked_child(at, limit) {
                true => Stated::unknown("unlinked_child_at_home"),
                false => Stated::by_rule(Value::Count(0), "no_child_at_home"),
            };
        }
        let record = self.person(children[0]).id;
        let mut count = 0_u32;
        for child in children {
            match counts(child) {
                Some(true) => count += 1,
                Some(false) => {}
                None => return Stated::unknown("child_not_known").from_record(self.person(child).id, None),
            }
        }
        Stated::by_rule(Value::Count(count), "recorded").from_record(record, None)
    }

    /// Whether a child counts for clause 4 under the decree of the day.
    fn qualifies(&self, parent: At, child: At) -> Option<bool> {
        let age = self.age_at_month_end(child)?;
        if age < SIXTEEN {
            return Some(true);
        }
        match self.law.child_rule(self.on) {
            ChildRule::StudyingToTwentyTwo if age > TWENTY_TWO => Some(false),
            ChildRule::StudyingToTwentyTwo => self.studying(child).yes(),
            ChildRule::CountedBefore if self.was_counted_before_sixteen(parent, child) => self.study_uninterrupted(child).yes(),
            ChildRule::CountedBefore => Some(false),
        }
    }

    /// Whether the parent was paid clause 4 in the month before the child's 16th birthday.
    fn was_counted_before_sixteen(&self, parent: At, child: At) -> bool {
        let Some(birthday) = self.birthday(child, SIXTEEN) else { return false };
        let Some(before) = Month::of(birthday).first_day().pred_opt() else { return false };
        self.was_paid(parent, before, |code| self.law.clause_group(code) == Some("4"))
    }

    /// Whether a monthly allowance under a row that `matches` was paid in the month of a day.
    pub fn was_paid(&self, at: At, on: chrono::NaiveDate, matches: impl Fn(&str) -> bool) -> bool {
        self.person(at).allowances.iter().any(|entry| {
            entry.record.kind.as_deref() == Some("monthly")
                && entry.span.holds(on)
                && entry.record.benefit_code.as_deref().is_some_and(&matches)
        })
    }
}
