//! What happens to the invented people of a sample: families, school, pensions, allowances paid and not paid, deaths.
//!
//! Has its own source of chance, so that names, villages and births of a sample stay as they are. Amounts and rows come from the law
//! engine, from the facts just written: who is entitled mostly receives it, some receive another amount, some nothing, some too long.

use chrono::{Datelike, NaiveDate, TimeDelta};
use domain::records::{Allowance, Observation, ParentLink, Person, Study, SupportObligor, WrittenRequest};
use domain::registry::Record;
use domain::{AssumedBirth, Month, PartialDate, RecordId};
use entitlements::outreach::request_given;
use entitlements::register::{Case, Options, Register, Sight};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use store::{FieldChange, Place, Tx};

use crate::law::book;
use crate::register::whole;

/// Told apart from the seed of names.
const OWN: u64 = 0x11FE5;
/// First month of decisions made before the levels of today.
const LONG_AGO: Month = Month { year: 2025, month: 7 };

/// A member as made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub(crate) id: RecordId,
    pub(crate) birth: PartialDate,
    pub(crate) female: bool,
    pub(crate) relationship: &'static str,
}

/// The maker of what happens.
pub(crate) struct Lives<'a, 'tx> {
    random: StdRng,
    tx: &'a Tx<'tx>,
    today: NaiveDate,
}

impl<'a, 'tx> Lives<'a, 'tx> {
    pub(crate) fn new(tx: &'a Tx<'tx>, seed: u64, today: NaiveDate) -> Self {
        Self { random: StdRng::seed_from_u64(seed ^ OWN), tx, today }
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    fn years(&self, made: &Made) -> i32 {
        made.birth.age_months(self.today, AssumedBirth::First).map_or(0, |months| i32::try_from(months / 12).unwrap_or(0))
    }

    fn add<R: Record>(&self, parent: RecordId, record: &R) -> store::Result<()> {
        self.tx.create(&record.to_row(), Place::Child(parent)).map(drop)
    }

    /// Families, school and answers of one household.
    pub(crate) fn household(&mut self, members: &[Made]) -> store::Result<()> {
        let find = |relationship: &str| members.iter().find(|made| made.relationship == relationship).copied();
        let (head, spouse) = (find("head"), find("spouse"));
        let (Some(head), Some(spouse)) = (head, spouse) else { return Ok(()) };
        let widowed = self.chance(4);
        if widowed {
            let since = self.today - TimeDelta::days(self.random.random_range(400..2500));
            self.dies(spouse.id, since)?;
            self.marry(head.id, "widowed", Some(since))?;
        } else {
            self.marry(head.id, "married", None)?;
            self.marry(spouse.id, "married", None)?;
        }
        let (son, wife) = (find("child"), find("child_in_law"));
        if let (Some(son), Some(wife)) = (son, wife)
            && self.chance(85)
        {
            self.marry(son.id, "married", None)?;
            self.marry(wife.id, "married", None)?;
        }
        let orphaned = wife.is_some() && self.chance(5);
        for made in members {
            if self.years(made) >= 16 {
                continue;
            }
            let parents = if made.relationship == "child" { [Some(head), Some(spouse)] } else { [son, wife] };
            if made.relationship == "grandchild" && orphaned {
                self.parents(made, [None, None], "dead")?;
            } else if self.chance(80) {
                let status = if widowed && made.relationship == "child" { "dead" } else { "present" };
                self.parents(made, parents, status)?;
            }
        }
        for made in members {
            self.school(made)?;
            self.old_age(made, head)?;
        }
        Ok(())
    }

    fn marry(&mut self, person: RecordId, status: &str, since: Option<NaiveDate>) -> store::Result<()> {
        self.change(person, |person| {
            person.marital_status = Some(status.to_owned());
            person.marital_since = since.map(PartialDate::Day);
        })
    }

    fn dies(&mut self, person: RecordId, on: NaiveDate) -> store::Result<()> {
        self.change(person, |person| person.death_date = Some(PartialDate::Day(on)))
    }

    fn change(&self, id: RecordId, change: impl FnOnce(&mut Person)) -> store::Result<()> {
        let stored = self.tx.get_record(id, store::Sight::Plain)?;
        let mut person: Person = stored.record();
        change(&mut person);
        self.tx.change(id, &FieldChange::between(&stored.row, &person.to_row()), &stored.heads).map(drop)
    }

    /// Both parents of a child: the first as recorded here, the second with `status`; of an orphan both.
    fn parents(&mut self, child: &Made, parents: [Option<Made>; 2], status: &str) -> store::Result<()> {
        for (at, side) in ["father", "mother"].into_iter().enumerate() {
            let parent = parents.iter().flatten().find(|parent| parent.female == (side == "mother"));
            let is_first = parent.is_some_and(|parent| parents[0].is_some_and(|first| first.id == parent.id));
            let link = ParentLink {
                parent: parent.map(|parent| parent.id),
                side: Some(side.to_owned()),
                status: Some(if is_first { "present" } else { status }.to_owned()),
                from_on: (status == "dead" && !is_first)
                    .then(|| PartialDate::Year(self.today.year() - 1 - i32::try_from(at).unwrap_or(0))),
                ..ParentLink::default()
            };
            self.add(child.id, &link)?;
        }
        Ok(())
    }

    fn school(&mut self, made: &Made) -> store::Result<()> {
        let years = self.years(made);
        if !(6..20).contains(&years) || !self.chance(85) {
            return Ok(());
        }
        let level = match years {
            6..11 => "primary",
            11..15 => "lower_secondary",
            15..18 => "upper_secondary",
            _ => "vocational",
        };
        let stopped = years >= 15 && self.chance(15);
        if stopped && years >= 16 && self.chance(30) {
            self.still_paid(made.id)?;
        }
        let autumn = self.today.year() - i32::from(self.today.month() < 9);
        let study = Study {
            level: Some(level.to_owned()),
            status: Some(if stopped { "stopped" } else { "studying" }.to_owned()),
            from_on: Some(PartialDate::Month(Month { year: autumn, month: 9 })),
            to_on: (!stopped).then_some(PartialDate::Month(Month { year: autumn + 1, month: 8 })),
            ..Study::default()
        };
        self.add(made.id, &study)
    }

    /// The allowance of a child, paid on past the sixteenth birthday.
    fn still_paid(&mut self, person: RecordId) -> store::Result<()> {
        let rules = book(self.tx)?.on(self.today);
        let ends = rules
            .rules()
            .iter()
            .map(|rule| rule.row())
            .find(|row| row.clause_group.as_deref() == Some("1") && row.ends_at_birthday);
        let Some(row) = ends else { return Ok(()) };
        let at = rules.rules().iter().position(|rule| rule.row().code == row.code);
        let line = at.and_then(|at| rules.lines(&entitlements::Facts::default()).into_iter().nth(at));
        let allowance = Allowance {
            kind: Some("monthly".to_owned()),
            benefit_code: Some(row.code.clone()),
            amount: line.and_then(|line| line.amount),
            from_month: Some(LONG_AGO),
            ..Allowance::default()
        };
        self.add(person, &allowance)
    }

    /// What old people were asked: pension, who supports them, whether they have applied.
    fn old_age(&mut self, made: &Made, head: Made) -> store::Result<()> {
        let years = self.years(made);
        if years < 60 {
            return Ok(());
        }
        if self.chance(75) {
            let has_pension = self.chance(15);
            let found = self.today - TimeDelta::days(self.random.random_range(30..400));
            let answer = Observation {
                topic: Some("pension_or_si".to_owned()),
                answer: Some(if has_pension { "yes" } else { "no" }.to_owned()),
                found_on: Some(found),
                ..Observation::default()
            };
            self.add(made.id, &answer)?;
            if has_pension {
                let amount = self.random.random_range(18..60) * 100_000;
                let row = Allowance {
                    kind: Some("si".to_owned()),
                    si_kind: Some("pension".to_owned()),
                    amount: Some(amount),
                    from_month: Some(Month { year: 2012, month: 1 }),
                    ..Allowance::default()
                };
                self.add(made.id, &row)?;
            }
        }
        if self.chance(60) {
            let alone = self.chance(25) || head.id == made.id;
            let row = SupportObligor {
                state: Some(if alone { "none" } else { "person" }.to_owned()),
                obligor: (!alone).then_some(head.id),
                ..SupportObligor::default()
            };
            self.add(made.id, &row)?;
        }
        if years >= 75 && self.chance(20) {
            let filed = self.today - TimeDelta::days(self.random.random_range(3..60));
            let row =
                WrittenRequest { family: Some("social_pension".to_owned()), filed_on: Some(filed), ..WrittenRequest::default() };
            self.add(made.id, &row)?;
        }
        Ok(())
    }

    /// Allowances as the law has them for the month, given to most; then some deaths that nobody has followed up.
    pub(crate) fn allowances(&mut self) -> store::Result<()> {
        let register = whole(self.tx, Sight::Plain)?;
        for at in 0..register.people().len() {
            self.receives(&register, at)?;
        }
        Ok(())
    }

    fn receives(&mut self, register: &Register, at: usize) -> store::Result<()> {
        let month = Month::of(self.today);
        let book = book(self.tx)?;
        let due = Case { register, book, options: Options::default() }.due(at, month, &request_given);
        let rows: Vec<_> = [&due.regular, &due.carer].into_iter().filter_map(|dues| dues.rows()).flatten().copied().collect();
        if rows.is_empty() || !self.chance(75) {
            return Ok(());
        }
        let person = register.person(at);
        let stale = self.chance(12);
        for row in rows {
            let family = book.row(row.code).map(|row| row.family);
            let kind = match family {
                Some(entitlements::Family::SocialPension) => "social_pension",
                Some(entitlements::Family::CarerSupport) => "carer",
                _ => "monthly",
            };
            // A decision of before the new level: 500,000 where 540,000 is due, in the same proportion.
            let amount = if stale { row.amount * 25 / 27 } else { row.amount };
            let allowance = Allowance {
                kind: Some(kind.to_owned()),
                benefit_code: Some(row.code.to_owned()),
                cared: row.cared,
                amount: Some(amount),
                from_month: Some(if stale { LONG_AGO } else { Month { year: self.today.year(), month: 7 } }),
                ..Allowance::default()
            };
            self.add(person.id, &allowance)?;
        }
        let is_old =
            person.birth.and_then(|birth| birth.age_months(self.today, AssumedBirth::First)).is_some_and(|age| age >= 660);
        if is_old && self.chance(10) {
            let on = self.today - TimeDelta::days(self.random.random_range(20..120));
            self.dies(person.id, on)?;
        }
        self.tx.end_act()
    }
}
