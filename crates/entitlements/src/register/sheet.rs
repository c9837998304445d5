//! All facts of one person on one day, each with its origin: what the engine is told, and what a screen opens.
//!
//! Owes its callers the table of data dictionary §14.2, line by line, in one order. After a death every fact but `died` is
//! taken on the day of death. Carer facts are told once per person cared for, beside the person's own (S6).

use chrono::NaiveDate;
use domain::{Month, RecordId};

use super::carers::Cared;
use super::day::{Day, ELDERLY, Options, Sight};
use super::file::{At, Register};
use super::law::Law;
use super::stated::{Origin, Stated, Value};
use crate::{Fact, Facts};

/// Facts with the origin of each.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What the engine is told.
    pub facts: Facts,
    origins: Vec<Option<Origin>>,
    /// The same with the facts about one person cared for each; empty for who cares for nobody.
    pub cared: Vec<CaredSheet>,
    /// The day the facts were taken on: that of death after it.
    pub on: NaiveDate,
}

/// The facts of a carer with regard to one person cared for.
#[derive(Clone, Debug)]
pub struct CaredSheet {
    /// Who is cared for.
    pub person: RecordId,
    /// What the engine is told.
    pub facts: Facts,
    /// Origins of the facts that differ.
    pub origins: Vec<(Fact, Origin)>,
}

impl Sheet {
    /// Where a fact comes from; `None` for one that nothing was told about.
    #[must_use]
    pub fn origin(&self, fact: Fact) -> Option<Origin> {
        self.origins.get(fact as usize).copied().flatten()
    }

    /// Tells a fact that is not the register's: a what-if, or a request taken as given.
    pub fn assume(&mut self, fact: Fact, value: Option<Value>, rule: &'static str) {
        let stated = Stated::by_rule(Value::None, rule).with(value);
        self.put(fact, stated);
        for cared in &mut self.cared {
            if !is_of_cared(fact) {
                tell(&mut cared.facts, fact, value);
            }
        }
    }

    fn put(&mut self, fact: Fact, stated: Stated) {
        tell(&mut self.facts, fact, stated.value);
        if let Some(place) = self.origins.get_mut(fact as usize) {
            *place = Some(stated.origin);
        }
    }
}

/// Facts about the person cared for, told anew for each.
fn is_of_cared(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::CarerRelation
            | Fact::CaredNoSupportChild
            | Fact::CaredElderlyFacilityEligible
            | Fact::CaredDisabilitySeverity
            | Fact::CaredAgeMonths
    )
}

fn tell(facts: &mut Facts, fact: Fact, value: Option<Value>) {
    let told = value.is_some_and(|value| facts.tell(fact, value).is_ok());
    if !told {
        facts.forget(fact);
    }
}

/// Which day of what the facts are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// One day, ages on it.
    On(NaiveDate),
    /// The first day of a month, ages on its last.
    FirstOf(Month),
    /// The last day of a month.
    LastOf(Month),
}

impl When {
    /// The day of the facts, and that of the ages.
    fn days(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::On(day) => (day, day),
            Self::FirstOf(month) => (month.first_day(), month.last_day()),
            Self::LastOf(month) => (month.last_day(), month.last_day()),
        }
    }
}

/// The facts of a person as the register tells them.
#[must_use]
pub fn facts_of<'a>(register: &'a Register, law: Law<'a>, at: At, when: When, options: Options) -> Sheet {
    let (asked_on, ages_on) = when.days();
    let death = register.person(at).death;
    let on = death.map_or(asked_on, |death| death.min(asked_on));
    let day = Day { register, law, on, ages_on, options, kept: at };
    let mut sheet = own_facts(&day, at);
    let died = day.died(at, asked_on);
    sheet.put(Fact::Died, died);
    if !matches!(when, When::On(_)) {
        tell_age_before(&day, at, Fact::AgeMonths, &mut sheet.facts);
    }
    if died.yes() == Some(true) {
        at_death(&day, at, &mut sheet);
    }
    sheet.cared = day.cared_for(at).iter().map(|one| cared_sheet(&day, &sheet, one, when)).collect();
    sheet
}

/// The facts that need nobody else's: all but those of a carer and those asked after a death.
fn own_facts(day: &Day<'_>, at: At) -> Sheet {
    let mut sheet = Sheet { facts: Facts::default(), origins: vec![None; Fact::ALL.len()], cared: Vec::new(), on: day.on };
    for (fact, stated) in [
        (Fact::AgeMonths, day.age_stated(at)),
        (Fact::HouseholdPoverty, day.household_poverty(at)),
        (Fact::NoSupportCase, day.no_support_case(at)),
        (Fact::WasNoSupportRecipientAt16, day.was_no_support_recipient_at_16(at)),
        (Fact::Studying, day.studying(at)),
        (Fact::StudyUninterrupted, day.study_uninterrupted(at)),
        (Fact::HivPositive, restricted(day, at, "hiv")),
        (Fact::Pregnant, restricted(day, at, "pregnancy")),
        (Fact::MaritalStatus, day.marital_status(at)),
        (Fact::QualifyingChildren, day.qualifying_children(at)),
        (Fact::ChildrenUnder36m, day.children_under_36m(at)),
        (Fact::SupportObligor, day.support_obligor(at)),
        (Fact::CanLiveInCommunity, day.can_live_in_community(at)),
        (Fact::EligibleForFacility, day.eligible_for_facility(at)),
        (Fact::HasCommunityCarer, day.has_community_carer(at)),
        (Fact::DisabilitySeverity, day.disability_severity(at)),
        (Fact::LivesInSpecialDifficultyArea, day.lives_in_special_difficulty_area(at)),
        (Fact::HasPensionOrSiAllowance, day.has_pension_or_si_allowance(at)),
        (Fact::SiAllowanceBelowSocialPension, day.si_allowance_below_social_pension(at)),
        (Fact::HasMonthlySocialAllowance, day.has_monthly_social_allowance(at)),
        (Fact::HasStableIncome, day.has_stable_income(at)),
        (Fact::InFacility, day.in_facility(at)),
        (Fact::RequestedInWriting, day.requested_in_writing(at)),
        (Fact::SpouseGetsDisabilityCarerSupport, day.spouse_gets_carer_support(at)),
        (Fact::CarerRelation, Stated::by_rule(Value::None, "cares_for_nobody")),
        (Fact::CaredNoSupportChild, Stated::by_rule(Value::YesNo(false), "cares_for_nobody")),
        (Fact::CaredElderlyFacilityEligible, Stated::by_rule(Value::YesNo(false), "cares_for_nobody")),
        (Fact::CaredDisabilitySeverity, Stated::by_rule(Value::Code("none"), "cares_for_nobody")),
        (Fact::CaredAgeMonths, Stated::unknown("cares_for_nobody")),
        (Fact::WasMonthlyRecipient, Stated::by_rule(Value::YesNo(false), "not_paid")),
        (Fact::AppliedAndEligibleNoDecision, Stated::by_rule(Value::YesNo(false), "no_request")),
        (Fact::WasSocialPensionRecipient, Stated::by_rule(Value::YesNo(false), "not_paid")),
        (Fact::ChildOfPoorSingleParent, Stated::by_rule(Value::YesNo(false), "no_such_parent")),
        (Fact::HadMonthlySurvivorOrOtherAllowance, day.had_survivor_or_other_allowance(at)),
        (Fact::HadMonthlySurvivorAllowance, day.had_survivor_allowance(at)),
        // Until emergency cases are recorded: no emergency (§14.2).
        (Fact::EmergencyCause, Stated::by_rule(Value::None, "no_emergency")),
        (Fact::SeriousInjury, Stated::by_rule(Value::YesNo(false), "no_emergency")),
        (Fact::TreatmentDays, Stated::by_rule(Value::Count(0), "no_emergency")),
        (Fact::HouseDamage, Stated::by_rule(Value::Code("none"), "no_emergency")),
        (Fact::HouseholdInDifficulty, day.household_in_difficulty(at)),
        (Fact::BuriedByOtherParty, Stated::by_rule(Value::YesNo(false), "no_emergency")),
        (Fact::HouseholdShortOfFood, Stated::by_rule(Value::YesNo(false), "no_emergency")),
        (Fact::UrgentProtection, Stated::by_rule(Value::YesNo(false), "no_emergency")),
        (Fact::HouseholdMembers, day.household_members(at)),
        (Fact::Days, Stated::unknown("no_emergency")),
        (Fact::Died, day.died(at, day.on)),
    ] {
        sheet.put(fact, stated);
    }
    sheet
}

/// A restricted fact: without a paper it is false, and never asked for; without the right it is false for everybody.
fn restricted(day: &Day<'_>, at: At, matter: &str) -> Stated {
    let rule = if day.options.sight == Sight::Restricted { "no_paper" } else { "not_shown" };
    day.protected(at, matter).unwrap_or(Stated::by_rule(Value::YesNo(false), rule))
}

/// Before birth every upper bound holds: the age is 0.
fn tell_age_before(day: &Day<'_>, at: At, fact: Fact, facts: &mut Facts) {
    if facts.get(fact).is_none() {
        return;
    }
    let before = Month::of(day.ages_on).first_day().pred_opt();
    let age = before.and_then(|before| day.age_on(at, before)).unwrap_or(0);
    facts.tell_age_before(fact, age);
}

/// What is asked once somebody has died, on the day of death.
fn at_death(day: &Day<'_>, at: At, sheet: &mut Sheet) {
    for (fact, kind) in [(Fact::WasMonthlyRecipient, "monthly"), (Fact::WasSocialPensionRecipient, "social_pension")] {
        if let Some(entry) = day.allowance_of(at, kind) {
            sheet.put(fact, Stated::of_entry(Some(Value::YesNo(true)), entry));
        }
    }
    let applied = applied_and_eligible(day, at, &sheet.facts);
    sheet.put(Fact::AppliedAndEligibleNoDecision, applied);
    let of_parent = child_of_poor_single_parent(day, at);
    sheet.put(Fact::ChildOfPoorSingleParent, of_parent);
}

/// A written request before death, the family's row met on that day, nothing decided: no allowance of the family.
fn applied_and_eligible(day: &Day<'_>, at: At, facts: &Facts) -> Stated {
    let mut open = None;
    for request in day.person(at).requests.iter().filter(|request| request.span.holds(day.on)) {
        let Some(family) = request.record.family.as_deref() else { continue };
        let kind = if family == "monthly_allowance" { "monthly" } else { family };
        if day.allowance_of(at, kind).is_some() {
            continue;
        }
        let mut asked = *facts;
        tell(&mut asked, Fact::RequestedInWriting, Some(Value::YesNo(true)));
        match day.law.is_family_met(family, &asked, day.on) {
            Some(true) => return Stated::of_entry(Some(Value::YesNo(true)), request),
            None => open = Some(Stated::of_entry(None, request)),
            Some(false) => {}
        }
    }
    open.unwrap_or(Stated::by_rule(Value::YesNo(false), "no_request"))
}

/// A parent was paid clause 4, or meets it with this child counted, on the day of death.
fn child_of_poor_single_parent(day: &Day<'_>, at: At) -> Stated {
    let mut open = None;
    for parent in day.parents(at) {
        let id = day.person(parent).id;
        if day.was_paid(parent, day.on, |code| day.law.clause_group(code) == Some("4")) {
            return Stated::by_rule(Value::YesNo(true), "parent_paid").from_record(id, None);
        }
        match day.law.is_clause_met("4", &own_facts(day, parent).facts, day.on) {
            Some(true) => return Stated::by_rule(Value::YesNo(true), "parent_meets_clause").from_record(id, None),
            None => open = Some(Stated::unknown("parent_not_known").from_record(id, None)),
            Some(false) => {}
        }
    }
    open.unwrap_or(Stated::by_rule(Value::YesNo(false), "no_such_parent"))
}

fn cared_sheet(day: &Day<'_>, carer: &Sheet, one: &Cared, when: When) -> CaredSheet {
    let cared = one.cared;
    let id = day.person(cared).id;
    let case = day.no_support_case(cared);
    let no_support = case.with(case.code().map(|letter| Value::YesNo(letter != "none")));
    let severity = day.disability_severity(cared);
    let age = day.age_stated(cared);
    let elderly = match age.value {
        Some(Value::Count(months)) if months < ELDERLY => Stated::by_rule(Value::YesNo(false), "not_elderly"),
        _ => Stated::maybe(day.law.is_elderly_care_met(&own_facts(day, cared).facts, day.on), "recorded"),
    };
    let mut sheet = CaredSheet { person: id, facts: carer.facts, origins: Vec::new() };
    for (fact, stated) in [
        (Fact::CarerRelation, one.relation),
        (Fact::CaredNoSupportChild, no_support),
        (Fact::CaredElderlyFacilityEligible, elderly.from_record(id, None)),
        (Fact::CaredDisabilitySeverity, severity),
        (Fact::CaredAgeMonths, age),
    ] {
        tell(&mut sheet.facts, fact, stated.value);
        sheet.origins.push((fact, stated.origin));
    }
    if !matches!(when, When::On(_)) {
        tell_age_before(day, cared, Fact::CaredAgeMonths, &mut sheet.facts);
    }
    sheet
}
