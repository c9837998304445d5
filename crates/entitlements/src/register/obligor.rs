//! Who is obliged to support somebody (người có nghĩa vụ và quyền phụng dưỡng).

use domain::records::SupportObligor;

use super::day::Day;
use super::file::At;
use super::span::{Entry, pick};
use super::stated::{Stated, Value};

impl Day<'_> {
    /// `fact support_obligor`.
    pub fn support_obligor(&self, at: At) -> Stated {
        let rows = &self.person(at).obligors;
        let Some(latest) = pick(rows, self.on, |row| row.state.clone()) else { return Stated::unknown("not_asked") };
        if latest.entry.record.state.as_deref() == Some("none") {
            return Stated::recorded(Some(Value::Code("none")), &latest);
        }
        let people = rows.iter().filter(|row| row.span.holds(self.on) && row.record.state.as_deref() != Some("none"));
        let living: Vec<(&Entry<SupportObligor>, Option<bool>)> =
            people.filter_map(|row| self.is_receiving(&row.record).map(|receives| (row, receives))).collect();
        if living.is_empty() {
            return Stated::unknown("obligors_dead");
        }
        if let Some((row, _)) = living.iter().find(|(_, receives)| *receives == Some(false)) {
            return Stated::of_entry(Some(Value::Code("other")), row);
        }
        match living.iter().find(|(_, receives)| receives.is_none()) {
            Some((row, _)) => Stated::of_entry(None, row),
            None => Stated::recorded(Some(Value::Code("receiving_monthly_allowance")), &latest),
        }
    }

    /// Whether an obligor has a monthly allowance; the outer `None` is one who is dead.
    fn is_receiving(&self, row: &SupportObligor) -> Option<Option<bool>> {
        match row.obligor {
            Some(id) => match self.register.find(id) {
                Some(at) if !self.is_living(at) => None,
                Some(at) => Some(Some(self.allowance_of(at, "monthly").is_some())),
                None => Some(row.receives_monthly),
            },
            None => Some(row.receives_monthly),
        }
    }
}
