//! What some facts ask of the law itself: which clause an allowance was paid under, the rate of the day, the rule of the day.
//!
//! Owes its callers that no amount and no date of the law stands in code: rows are told by what they test and where they
//! come from. Rules are looked up once for each stretch of days between two changes of the law.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{BenefitRow, Condition, Fact, Facts, Family, PolicySet, Rules, Status};

/// The parameter of the social pension.
const SOCIAL_PENSION_RATE: &str = "social_pension_rate";
/// The stacking group of the support for disabled parents.
const PARENT_SUPPORT: &str = "carer_support_parent";

/// A set of rows, opened at every stretch of days.
#[derive(Debug)]
pub struct Lawbook<'p> {
    set: &'p PolicySet,
    /// Rules by the first day of their stretch, sorted; the first begins with time.
    stretches: Vec<(NaiveDate, Rules<'p>)>,
    rows: BTreeMap<&'p str, &'p BenefitRow>,
}

impl<'p> Lawbook<'p> {
    /// Opens a set. Costs about a millisecond: keep it for everybody asked about at once.
    #[must_use]
    pub fn new(set: &'p PolicySet) -> Self {
        let days = std::iter::once(NaiveDate::MIN).chain(set.turning_days());
        Self {
            set,
            stretches: days.map(|day| (day, set.on(day))).collect(),
            rows: set.benefits().iter().map(|row| (row.code.as_str(), row)).collect(),
        }
    }

    /// The set.
    #[must_use]
    pub fn set(&self) -> &'p PolicySet {
        self.set
    }

    /// The rules in force on a day.
    #[must_use]
    pub fn on(&self, on: NaiveDate) -> &Rules<'p> {
        let after = self.stretches.partition_point(|(from, _)| *from <= on);
        &self.stretches[after.saturating_sub(1)].1
    }

    /// A row by its code.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&'p BenefitRow> {
        self.rows.get(code).copied()
    }

    /// Whether a row is met by nobody without a restricted fact (clauses 3 and 8): its code tells that fact.
    #[must_use]
    pub fn tells_restricted(&self, code: &str) -> bool {
        let is_restricted = |field: &str| Fact::named(field).is_some_and(Fact::is_restricted);
        self.row(code).is_some_and(|row| {
            row.conditions.iter().any(|condition| matches!(condition, Condition::Test { field, .. } if is_restricted(field)))
        })
    }

    /// The law as facts ask for it.
    #[must_use]
    pub fn law(&self) -> Law<'_> {
        Law { book: self }
    }
}

/// How children are counted for clause 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildRule {
    /// Under 16, or 16 to 22 and studying (NĐ 20/2021 and before).
    StudyingToTwentyTwo,
    /// Under 16, or counted before and studying without a break (NĐ 335/2026).
    CountedBefore,
}

/// See [`Lawbook::law`].
#[derive(Clone, Copy, Debug)]
pub struct Law<'a> {
    book: &'a Lawbook<'a>,
}

impl<'a> Law<'a> {
    fn in_force(&self, on: NaiveDate) -> impl Iterator<Item = &'a BenefitRow> + use<'a> {
        self.book.on(on).rules().iter().map(|rule| rule.row())
    }

    /// The clause of a row.
    #[must_use]
    pub fn clause_group(&self, code: &str) -> Option<&'a str> {
        self.book.row(code).and_then(|row| row.clause_group.as_deref())
    }

    /// Whether a row is the support for a disabled parent.
    #[must_use]
    pub fn is_parent_support(&self, code: &str) -> bool {
        self.book.row(code).is_some_and(|row| row.stacking_group == PARENT_SUPPORT)
    }

    /// Whether a row is one of those that ask for another allowance, and so is none itself: clause 8, and 5 b and c of the
    /// decrees before the social pension.
    #[must_use]
    pub fn asks_for_other_allowance(&self, code: &str) -> bool {
        let Some(row) = self.book.row(code) else { return false };
        let Some(basis) = row.legal_basis.first() else { return false };
        let is_old_point = matches!(basis.source.as_str(), "nd20-2021" | "nd136-2013")
            && basis.clause.as_deref() == Some("5")
            && matches!(basis.point.as_deref(), Some("b" | "c"));
        row.clause_group.as_deref() == Some("8") || is_old_point
    }

    /// The social pension of a day, đồng a month; `None` before there was one.
    #[must_use]
    pub fn social_pension_rate(&self, on: NaiveDate) -> Option<i64> {
        self.book.set.parameter(SOCIAL_PENSION_RATE, on).and_then(|row| row.value).map(i64::from)
    }

    fn is_of_decree_335(&self, on: NaiveDate, clause: &str) -> bool {
        let mut rows = self.in_force(on).filter(|row| row.clause_group.as_deref() == Some(clause));
        rows.any(|row| row.legal_basis.first().is_some_and(|basis| basis.source == "nd335-2026"))
    }

    /// How children are counted on a day.
    #[must_use]
    pub fn child_rule(&self, on: NaiveDate) -> ChildRule {
        match self.is_of_decree_335(on, "4") {
            true => ChildRule::CountedBefore,
            false => ChildRule::StudyingToTwentyTwo,
        }
    }

    /// Whether a monthly social allowance is an income for clause 8: NĐ 20/2021 says so, NĐ 335/2026 no longer.
    #[must_use]
    pub fn counts_allowance_as_income(&self, on: NaiveDate) -> bool {
        !self.is_of_decree_335(on, "8")
    }

    /// Whether the row for elderly people cared for instead of a facility is met; `None`: open.
    #[must_use]
    pub fn is_elderly_care_met(&self, facts: &Facts, on: NaiveDate) -> Option<bool> {
        self.is_met(facts, on, |rule| {
            rule.row().family == Family::MonthlyAllowance && rule.tested().contains(Fact::HasCommunityCarer)
        })
    }

    /// Whether a row of a clause is met; `None`: open.
    #[must_use]
    pub fn is_clause_met(&self, clause: &str, facts: &Facts, on: NaiveDate) -> Option<bool> {
        self.is_met(facts, on, |rule| rule.row().clause_group.as_deref() == Some(clause))
    }

    /// Whether a row of a family, by its name in the rows, is met; `None`: open.
    #[must_use]
    pub fn is_family_met(&self, family: &str, facts: &Facts, on: NaiveDate) -> Option<bool> {
        let family = family_named(family)?;
        self.is_met(facts, on, |rule| rule.row().family == family)
    }

    fn is_met(&self, facts: &Facts, on: NaiveDate, wanted: impl Fn(&crate::Rule<'_>) -> bool) -> Option<bool> {
        let rules = self.book.on(on);
        let lines = rules.lines(facts);
        let mut open = false;
        for (_, line) in rules.rules().iter().zip(&lines).filter(|(rule, _)| wanted(rule)) {
            match line.status {
                Status::Entitled => return Some(true),
                Status::Undetermined => open = true,
                Status::NotEntitled => {}
            }
        }
        if open { None } else { Some(false) }
    }
}

fn family_named(name: &str) -> Option<Family> {
    match name {
        "monthly_allowance" => Some(Family::MonthlyAllowance),
        "social_pension" => Some(Family::SocialPension),
        "carer_support" => Some(Family::CarerSupport),
        _ => None,
    }
}
