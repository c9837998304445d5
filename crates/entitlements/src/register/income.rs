//! Pensions, allowances of social insurance, monthly social allowances and steady income.

use super::day::{Day, Sight};
use super::file::At;
use super::stated::{Stated, Value};

impl Day<'_> {
    /// `fact has_pension_or_si_allowance`; a survivor's allowance too [interpretation].
    pub fn has_pension_or_si_allowance(&self, at: At) -> Stated {
        if let Some(entry) = self.allowance_of(at, "si") {
            return Stated::of_entry(Some(Value::YesNo(true)), entry);
        }
        self.observed(&self.person(at).observations, "pension_or_si").unwrap_or(Stated::unknown("not_asked"))
    }

    /// `fact si_allowance_below_social_pension`: their sum below the rate of the day, no pension among them.
    pub fn si_allowance_below_social_pension(&self, at: At) -> Stated {
        let has = self.has_pension_or_si_allowance(at);
        match has.yes() {
            None => return Stated::unknown("not_asked"),
            Some(false) => return has,
            Some(true) => {}
        }
        let rows: Vec<_> = self.allowances(at).filter(|entry| entry.record.kind.as_deref() == Some("si")).collect();
        if let Some(pension) = rows.iter().find(|entry| entry.record.si_kind.as_deref() == Some("pension")) {
            return Stated::of_entry(Some(Value::YesNo(false)), pension);
        }
        let sum: Option<i64> = rows.iter().map(|entry| entry.record.amount).sum();
        match (rows.first(), sum, self.law.social_pension_rate(self.on)) {
            (Some(first), Some(sum), Some(rate)) => Stated::of_entry(Some(Value::YesNo(sum < rate)), first),
            (Some(_), Some(_), None) => Stated::unknown("rate_not_known"),
            _ => Stated::unknown("amount_not_recorded"),
        }
    }

    /// `fact has_monthly_social_allowance`: on another ground than those that ask for it.
    pub fn has_monthly_social_allowance(&self, at: At) -> Stated {
        let mut monthly = self.allowances(at).filter(|entry| entry.record.kind.as_deref() == Some("monthly"));
        let other_ground = monthly.find(|entry| {
            let code = entry.record.benefit_code.clone().or_else(|| self.kept_apart_code(at, entry.id));
            !code.is_some_and(|code| self.law.asks_for_other_allowance(&code))
        });
        match other_ground {
            Some(entry) => Stated::of_entry(Some(Value::YesNo(true)), entry),
            None => Stated::by_rule(Value::YesNo(false), "not_paid"),
        }
    }

    /// The code of an allowance that stands with what is specially protected.
    pub fn kept_apart_code(&self, at: At, allowance: domain::RecordId) -> Option<String> {
        if self.options.sight == Sight::Plain {
            return None;
        }
        let mut rows = self.person(at).restricted.iter().filter(|entry| entry.record.matter.as_deref() == Some("allowance_code"));
        rows.find(|entry| entry.record.allowance == Some(allowance)).and_then(|entry| entry.record.benefit_code.clone())
    }

    /// `fact has_stable_income`: only clauses that rest on what is specially protected ask it.
    pub fn has_stable_income(&self, at: At) -> Stated {
        let pension = self.has_pension_or_si_allowance(at);
        let income = self.protected(at, "income");
        let social = self.law.counts_allowance_as_income(self.on).then(|| self.has_monthly_social_allowance(at));
        let all = [Some(pension), Some(income.unwrap_or(Stated::unknown("not_asked"))), social];
        let known: Vec<Stated> = all.into_iter().flatten().collect();
        if let Some(yes) = known.iter().find(|told| told.yes() == Some(true)) {
            return *yes;
        }
        match known.iter().find(|told| told.yes().is_none()) {
            Some(_) => Stated::unknown("not_asked"),
            None => pension,
        }
    }

    /// A specially protected answer in force; none without the right to see it.
    pub fn protected(&self, at: At, matter: &str) -> Option<Stated> {
        if self.options.sight == Sight::Plain {
            return None;
        }
        let rows = self.person(at).restricted.iter().filter(|entry| entry.record.matter.as_deref() == Some(matter));
        let picked = super::span::pick(rows, self.on, |row| row.answer.clone())?;
        let answer = super::day::yes_or_no(picked.entry.record.answer.as_deref());
        Some(Stated::recorded(answer.map(Value::YesNo), &picked))
    }

    /// `fact had_monthly_survivor_or_other_allowance`, in the month of death.
    pub fn had_survivor_or_other_allowance(&self, at: At) -> Stated {
        let counts = self.allowances(at).find(|entry| {
            let kind = entry.record.kind.as_deref();
            matches!(kind, Some("merit" | "other")) || (kind == Some("si") && entry.record.si_kind.as_deref() == Some("survivor"))
        });
        match counts {
            Some(entry) => Stated::of_entry(Some(Value::YesNo(true)), entry),
            None if self.has_pension_or_si_allowance(at).yes() == Some(false) => {
                Stated::by_rule(Value::YesNo(false), "no_allowance")
            }
            None => Stated::unknown("not_asked"),
        }
    }

    /// `fact had_monthly_survivor_allowance`, in the month of death.
    pub fn had_survivor_allowance(&self, at: At) -> Stated {
        let rows: Vec<_> = self.allowances(at).filter(|entry| entry.record.kind.as_deref() == Some("si")).collect();
        if let Some(entry) = rows.iter().find(|entry| entry.record.si_kind.as_deref() == Some("survivor")) {
            return Stated::of_entry(Some(Value::YesNo(true)), entry);
        }
        let all_of_another_kind = !rows.is_empty() && rows.iter().all(|entry| entry.record.si_kind.is_some());
        match rows.first() {
            Some(entry) if all_of_another_kind => Stated::of_entry(Some(Value::YesNo(false)), entry),
            None if self.has_pension_or_si_allowance(at).yes() == Some(false) => {
                Stated::by_rule(Value::YesNo(false), "no_allowance")
            }
            _ => Stated::unknown("not_asked"),
        }
    }
}
