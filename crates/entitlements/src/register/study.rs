//! Study (quá trình học): whether somebody studies, whether without a break, and whether clause 1 was paid at 16.

use chrono::{Months, NaiveDate};
use domain::Month;
use domain::records::Study;

use super::day::{Day, SIXTEEN, next_day};
use super::file::At;
use super::span::pick;
use super::stated::{Stated, Value};

/// School begins; before it nobody studies.
const SCHOOL_AGE: u32 = 72;
/// From this age on nobody is asked, unless clause 2 hangs on it.
const PAST_STUDY: u32 = 276;
/// A longer hole is a break [interpretation].
const LONGEST_HOLE: Months = Months::new(6);

fn is_study(study: &Study) -> bool {
    let level = matches!(
        study.level.as_deref(),
        Some("primary" | "lower_secondary" | "upper_secondary" | "continuing" | "vocational" | "university_first")
    );
    level && matches!(study.status.as_deref(), Some("studying" | "paused"))
}

impl Day<'_> {
    /// `fact studying`. A lawful pause is study.
    pub fn studying(&self, at: At) -> Stated {
        if let Some(picked) = pick(&self.person(at).studies, self.on, is_study) {
            let value = picked.entry.record.status.as_ref().map(|_| Value::YesNo(is_study(&picked.entry.record)));
            return Stated::recorded(value, &picked);
        }
        match self.age(at) {
            Some(age) if age < SCHOOL_AGE => Stated::by_rule(Value::YesNo(false), "no_school_age"),
            Some(age) if age >= PAST_STUDY && self.was_no_support_recipient_at_16(at).yes() == Some(false) => {
                Stated::by_rule(Value::YesNo(false), "past_study_age")
            }
            _ => Stated::unknown("study_not_recorded"),
        }
    }

    /// `fact study_uninterrupted`: rows from the 16th birthday on without a hole of more than six months.
    pub fn study_uninterrupted(&self, at: At) -> Stated {
        let studying = self.studying(at);
        if studying.yes() != Some(true) {
            return studying;
        }
        let (Some(age), Some(birthday)) = (self.age(at), self.birthday(at, SIXTEEN)) else {
            return Stated::unknown("no_birth_date");
        };
        if age < SIXTEEN || birthday >= self.on {
            return studying;
        }
        match self.is_unbroken(at, birthday) {
            Some(unbroken) => studying.with(Some(Value::YesNo(unbroken))),
            None => Stated::unknown("study_does_not_reach_back"),
        }
    }

    fn is_unbroken(&self, at: At, since: NaiveDate) -> Option<bool> {
        let rows = self.person(at).studies.iter().filter(|entry| is_study(&entry.record));
        let mut spells: Vec<(NaiveDate, NaiveDate)> =
            rows.map(|entry| (entry.span.from.unwrap_or(NaiveDate::MIN), entry.span.to.unwrap_or(NaiveDate::MAX))).collect();
        spells.retain(|(from, to)| *from <= self.on && *to >= since);
        spells.sort_unstable();
        let mut free_from = since;
        let mut first = true;
        for (from, to) in spells {
            let too_late = free_from.checked_add_months(LONGEST_HOLE).is_some_and(|latest| from > latest);
            if too_late {
                return if first { None } else { Some(false) };
            }
            first = false;
            free_from = free_from.max(next_day(to));
        }
        if first { None } else { Some(true) }
    }

    /// `fact was_no_support_recipient_at_16`: clause 1 paid in the month of the 16th birthday or the one before, or clause 2 ever.
    pub fn was_no_support_recipient_at_16(&self, at: At) -> Stated {
        let clause = |group: &'static str| move |code: &str| self.law.clause_group(code) == Some(group);
        let ever = self.person(at).allowances.iter().find(|entry| {
            entry.record.kind.as_deref() == Some("monthly")
                && entry.span.from.is_none_or(|from| from <= self.on)
                && entry.record.benefit_code.as_deref().is_some_and(clause("2"))
        });
        if let Some(entry) = ever {
            return Stated::of_entry(Some(Value::YesNo(true)), entry);
        }
        let (Some(age), Some(birthday)) = (self.age(at), self.birthday(at, SIXTEEN)) else {
            return Stated::unknown("no_birth_date");
        };
        if age < SIXTEEN {
            return Stated::by_rule(Value::YesNo(false), "not_yet_sixteen");
        }
        let month = Month::of(birthday).first_day();
        let months = [Some(month), month.pred_opt()];
        if months.into_iter().flatten().any(|month| self.was_paid(at, month, clause("1"))) {
            return Stated::by_rule(Value::YesNo(true), "paid_at_sixteen");
        }
        let eve = Day { on: birthday.pred_opt().unwrap_or(birthday), ages_on: birthday.pred_opt().unwrap_or(birthday), ..*self };
        match eve.no_support_case(at).code() {
            Some(letter) if letter != "none" => Stated::unknown("no_support_child_at_sixteen"),
            _ => Stated::by_rule(Value::YesNo(false), "no_such_child_at_sixteen"),
        }
    }
}
