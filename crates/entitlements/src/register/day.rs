//! One day of the register: who is alive, how old, at home where and with whom.

use chrono::{Days, Months, NaiveDate};
use domain::{AssumedBirth, Month};

use super::file::{At, Home, HouseholdFile, PersonFile, Register};
use super::law::Law;
use super::span::{Entry, Picked, pick};
use super::stated::{Stated, Value};

/// First age at which somebody is no child (Luật Trẻ em 2016, Điều 1), months.
pub const SIXTEEN: u32 = 192;
/// First age of an adult (Bộ luật Dân sự 2015, Điều 20), months.
pub const ADULT: u32 = 216;
/// First age of an elderly person (Luật Người cao tuổi 2009, Điều 2), months.
pub const ELDERLY: u32 = 720;

/// Whether what is specially protected is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// HIV and pregnancy are false for everybody.
    #[default]
    Plain,
    /// As recorded: for a worker with the right, on an act that is logged.
    Restricted,
}

/// How facts are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// For partial dates of birth.
    pub birth: AssumedBirth,
    /// For restricted facts.
    pub sight: Sight,
}

/// The register on one day, with the law of that day.
#[derive(Clone, Copy)]
pub struct Day<'a> {
    /// The records.
    pub register: &'a Register,
    /// The rows of the law that some facts ask for.
    pub law: Law<'a>,
    /// The day of the facts.
    pub on: NaiveDate,
    /// The day of the ages: the last of the month where a month is computed.
    pub ages_on: NaiveDate,
    /// How facts are told.
    pub options: Options,
    /// Counts as living on their day of death: the person whose facts are told.
    pub kept: At,
}

impl<'a> Day<'a> {
    /// A person.
    pub fn person(&self, at: At) -> &'a PersonFile {
        self.register.person(at)
    }

    /// The month of the day.
    pub fn month(&self) -> Month {
        Month::of(self.on)
    }

    /// Whether somebody lives on the day; the person told about does on the day of their death.
    pub fn is_living(&self, at: At) -> bool {
        at == self.kept || self.person(at).death.is_none_or(|death| death > self.on)
    }

    /// The day of birth that computations take.
    pub fn born(&self, at: At) -> Option<NaiveDate> {
        Some(self.person(at).birth?.assumed(self.options.birth))
    }

    /// Completed months of age on a day; `None` where no birth is known or before it.
    pub fn age_on(&self, at: At, on: NaiveDate) -> Option<u32> {
        self.person(at).birth?.age_months(on, self.options.birth)
    }

    /// Completed months of age on the day of the ages; of the dead on their day of death.
    pub fn age(&self, at: At) -> Option<u32> {
        let on = self.person(at).death.map_or(self.ages_on, |death| death.min(self.ages_on));
        self.age_on(at, on)
    }

    /// Completed months of age on the last day of the month: children are counted by it.
    pub fn age_at_month_end(&self, at: At) -> Option<u32> {
        self.age_on(at, Month::of(self.ages_on).last_day())
    }

    /// The day on which somebody completes so many months; in a month without the day of birth its last day.
    pub fn birthday(&self, at: At, months: u32) -> Option<NaiveDate> {
        self.born(at)?.checked_add_months(Months::new(months))
    }

    /// The household somebody is in.
    pub fn home(&self, at: At) -> Option<&'a Home> {
        self.home_on(at, self.on)
    }

    fn home_on(&self, at: At, on: NaiveDate) -> Option<&'a Home> {
        let homes = &self.person(at).homes;
        let counting = homes.iter().filter(|home| home.member.span.holds(on));
        counting.max_by_key(|home| (home.member.span.from, home.member.order))
    }

    /// The household's records.
    pub fn household(&self, at: At) -> Option<&'a HouseholdFile> {
        self.home(at).map(|home| self.register.household(home.household))
    }

    /// Everybody present in the household of somebody, themselves among them, with relationships.
    pub fn housemates(&self, at: At) -> impl Iterator<Item = (At, Option<&'a str>)> + use<'a> {
        let day = *self;
        let home = self.home(at).map(|home| home.household);
        let members = home.map_or(&[][..], |home| &day.register.household(home).members);
        members.iter().filter_map(move |(other, place)| {
            let member = &day.person(*other).homes[*place].member;
            let lives_here = member.span.holds(day.on)
                && day.is_living(*other)
                && day.home(*other).is_some_and(|theirs| theirs.member.id == member.id);
            lives_here.then_some((*other, member.record.relationship_to_head.as_deref()))
        })
    }

    /// How somebody is related to the head of their household.
    pub fn relationship(&self, at: At) -> Option<&'a str> {
        self.home(at)?.member.record.relationship_to_head.as_deref()
    }

    /// The allowances in force in the month of the day.
    pub fn allowances(&self, at: At) -> impl Iterator<Item = &'a Entry<domain::records::Allowance>> + use<'a> {
        let on = self.on;
        self.person(at).allowances.iter().filter(move |allowance| allowance.span.holds(on))
    }

    /// An allowance of a kind in force.
    pub fn allowance_of(&self, at: At, kind: &str) -> Option<&'a Entry<domain::records::Allowance>> {
        self.allowances(at).find(|allowance| allowance.record.kind.as_deref() == Some(kind))
    }

    /// The newest observation of a topic that holds on the day, as yes or no.
    pub fn observed(&self, observations: &'a [Entry<domain::records::Observation>], topic: &str) -> Option<Stated> {
        let of_topic =
            observations.iter().filter(|entry| entry.record.topic.as_deref() == Some(topic) && entry.span.holds(self.on));
        let newest = of_topic.max_by_key(|entry| (entry.record.found_on, entry.order))?;
        let mut told = Stated::of_entry(yes_or_no(newest.record.answer.as_deref()).map(Value::YesNo), newest);
        told.origin.since = newest.record.found_on;
        Some(told)
    }

    /// `fact age_months`: from the date of birth, with the assumption where it is partial.
    pub fn age_stated(&self, at: At) -> Stated {
        let person = self.person(at);
        let told = match (person.birth, self.age(at)) {
            (None, _) => return Stated::unknown("no_birth_date"),
            (Some(_), None) => Stated::unknown("not_born"),
            (Some(birth), Some(age)) if birth.is_full() => Stated::by_rule(Value::Count(age), "recorded"),
            (Some(_), Some(age)) => Stated::by_rule(Value::Count(age), "birth_assumed"),
        };
        told.from_record(person.id, self.born(at))
    }

    /// `fact marital_status`.
    pub fn marital_status(&self, at: At) -> Stated {
        let person = self.person(at);
        let young = || self.age(at).is_some_and(|age| age < SIXTEEN);
        if let Some((status, since)) = &person.marital {
            let since = since.map(|since| since.first_day());
            if since.is_none_or(|since| since <= self.on) {
                let value = code_of(status, &["never_married", "married", "widowed", "spouse_missing", "divorced", "separated"]);
                return Stated::by_rule(Value::None, "recorded").from_record(person.id, since).with(value);
            }
        }
        if young() { Stated::by_rule(Value::Code("never_married"), "too_young") } else { Stated::unknown("not_recorded") }
    }

    /// `fact household_poverty`: the class in force of the household that the poverty review knows.
    pub fn household_poverty(&self, at: At) -> Stated {
        let Some(household) = self.household(at) else { return Stated::unknown("no_household") };
        let reviewed = household.reviewed_as.and_then(|other| self.register.find_household(other)).unwrap_or(household);
        let Some(picked) = pick(&reviewed.classes, self.on, |class| class.class.clone()) else {
            return Stated::unknown("not_reviewed");
        };
        let class = picked.entry.record.class.as_deref();
        let value = class.map(|class| code_of(class, &["poor", "near_poor"]).unwrap_or(Value::Code("none")));
        Stated::recorded(value, &picked)
    }

    /// `fact household_members`.
    pub fn household_members(&self, at: At) -> Stated {
        let count = self.housemates(at).count();
        match (self.home(at), u32::try_from(count)) {
            (Some(home), Ok(count)) if count > 0 => {
                Stated::by_rule(Value::Count(count), "recorded").from_record(self.register.household(home.household).id, None)
            }
            _ => Stated::by_rule(Value::Count(1), "alone"),
        }
    }

    /// `fact household_in_difficulty`: poor or near-poor, else the answer about the household.
    pub fn household_in_difficulty(&self, at: At) -> Stated {
        let poverty = self.household_poverty(at);
        if matches!(poverty.code(), Some("poor" | "near_poor")) {
            return poverty.with(Some(Value::YesNo(true)));
        }
        let observed = self.household(at).and_then(|household| self.observed(&household.observations, "household_in_difficulty"));
        observed.unwrap_or(Stated::unknown("not_asked"))
    }

    /// `fact died`.
    pub fn died(&self, at: At, asked_on: NaiveDate) -> Stated {
        let person = self.person(at);
        match person.death {
            Some(death) => Stated::by_rule(Value::YesNo(death <= asked_on), "recorded").from_record(person.id, Some(death)),
            None => Stated::by_rule(Value::YesNo(false), "no_death"),
        }
    }

    /// `fact disability_severity`: the latest certificate that is not revoked. One due for reassessment still counts.
    pub fn disability_severity(&self, at: At) -> Stated {
        let certificates = &self.person(at).certificates;
        let counting = certificates.iter().filter(|entry| entry.record.status.as_deref() != Some("revoked"));
        let picked: Option<Picked<'_, _>> =
            pick(counting, self.on, |certificate| (certificate.severity.clone(), certificate.valid_from));
        let Some(Picked { entry, .. }) = picked else { return Stated::by_rule(Value::Code("none"), "no_certificate") };
        let severity = entry.record.severity.as_deref();
        let mut told = Stated::of_entry(severity.and_then(|code| code_of(code, &["mild", "severe", "extremely_severe"])), entry);
        if entry.record.reassess_at.is_some_and(|due| due < self.on) {
            told.origin.rule = "past_reassessment";
        }
        told
    }
}

/// The day after; the last day there is has none.
pub fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// `yes` or `no`.
pub fn yes_or_no(answer: Option<&str>) -> Option<bool> {
    match answer {
        Some("yes") => Some(true),
        Some("no") => Some(false),
        _ => None,
    }
}

/// A code if it is one of the listed.
pub fn code_of(code: &str, listed: &[&'static str]) -> Option<Value> {
    listed.iter().find(|known| **known == code).map(|known| Value::Code(known))
}
