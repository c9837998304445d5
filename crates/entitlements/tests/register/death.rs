//! After a death every fact but `died` is taken on the day of death.

use domain::records::{Allowance, Observation, ParentLink, Person, WrittenRequest};
use entitlements::Fact;
use entitlements::register::When;

use crate::world::{NO, World, YES, count, day, partial, table};

#[test]
fn facts_stand_still_on_the_day_of_death() {
    let mut world = World::default();
    let old = world.alone("1946-10-20", "poor");
    world.allowance(old, "monthly", "N335-5A-HI", 1_080_000, "2025-07", "2026-09");
    world.died(old, "2026-09-10");
    table(&world, old, Fact::Died, &[("2026-09-09", NO), ("2026-09-10", YES), ("2027-05-01", YES)]);
    table(&world, old, Fact::AgeMonths, &[("2026-09-09", count(958)), ("2027-05-01", count(958))]);
    table(&world, old, Fact::WasMonthlyRecipient, &[("2026-09-09", NO), ("2027-05-01", YES)]);
    table(&world, old, Fact::WasSocialPensionRecipient, &[("2027-05-01", NO)]);
    assert_eq!(world.sheet(old, When::On(day("2027-05-01"))).on, day("2026-09-10"));
}

#[test]
fn of_a_partial_death_the_last_day_counts_but_none_after_the_entry() {
    let mut world = World::default();
    let old = world.alone("1946-10-20", "poor");
    world.died(old, "2026-08");
    table(&world, old, Fact::Died, &[("2026-08-30", NO), ("2026-08-31", YES)]);
    world.entered(old, "2026-08-12");
    table(&world, old, Fact::Died, &[("2026-08-11", NO), ("2026-08-12", YES)]);
}

#[test]
fn who_had_applied_and_met_the_row_died_before_the_decision() {
    let mut world = World::default();
    let old = world.alone("1946-10-20", "none");
    let answer = Observation {
        topic: Some("pension_or_si".into()),
        answer: Some("no".into()),
        found_on: Some(day("2026-10-01")),
        ..Observation::default()
    };
    world.child(old, answer);
    world.died(old, "2026-11-02");
    table(&world, old, Fact::AppliedAndEligibleNoDecision, &[("2026-11-03", NO)]);
    let request =
        WrittenRequest { family: Some("social_pension".into()), filed_on: Some(day("2026-11-02")), ..WrittenRequest::default() };
    world.child(old, request);
    table(&world, old, Fact::AppliedAndEligibleNoDecision, &[("2026-11-01", NO), ("2026-11-03", YES)]);
    world.allowance(old, "social_pension", "N176-75", 540_000, "2026-11", "");
    table(&world, old, Fact::AppliedAndEligibleNoDecision, &[("2026-11-03", NO)]);
    table(&world, old, Fact::WasSocialPensionRecipient, &[("2026-11-03", YES)]);
}

#[test]
fn a_child_of_a_poor_single_parent_is_counted_on_its_day_of_death() {
    let mut world = World::default();
    let (household, mother, child) = (world.household(), world.person("1985-01-01"), world.person("2020-03-01"));
    world.member(household, mother, "head");
    world.member(household, child, "child");
    world.class(household, 2026, "poor");
    world.died(child, "2026-11-02");
    table(&world, child, Fact::ChildOfPoorSingleParent, &[("2026-11-01", NO), ("2026-11-02", None)]);
    world.change(mother, |person: &mut Person| person.marital_status = Some("widowed".into()));
    table(&world, child, Fact::ChildOfPoorSingleParent, &[("2026-11-02", YES)]);
    world.change(mother, |person: &mut Person| person.marital_status = Some("divorced".into()));
    table(&world, child, Fact::ChildOfPoorSingleParent, &[("2026-11-02", NO)]);
    world.allowance(mother, "monthly", "N335-4", 540_000, "2026-01", "2026-11");
    table(&world, child, Fact::ChildOfPoorSingleParent, &[("2026-11-02", YES)]);
}

#[test]
fn survivors_and_other_allowances_are_those_of_the_month_of_death() {
    let (other, survivor) = (Fact::HadMonthlySurvivorOrOtherAllowance, Fact::HadMonthlySurvivorAllowance);
    let allowance = |kind: &str, si: Option<&str>| Allowance {
        kind: Some(kind.into()),
        si_kind: si.map(Into::into),
        from_month: Some("2020-01".parse().unwrap()),
        ..Allowance::default()
    };
    let cases = [
        (Some(allowance("si", Some("survivor"))), YES, YES),
        (Some(allowance("si", Some("pension"))), None, NO),
        (Some(allowance("si", None)), None, None),
        (Some(allowance("merit", None)), YES, None),
        (Some(allowance("other", None)), YES, None),
        (None, None, None),
    ];
    for (row, of_other, of_survivor) in cases {
        let mut world = World::default();
        let old = world.alone("1946-10-20", "none");
        if let Some(row) = row {
            world.child(old, row);
        }
        world.died(old, "2026-11-02");
        table(&world, old, other, &[("2026-11-02", of_other)]);
        table(&world, old, survivor, &[("2026-11-02", of_survivor)]);
    }
    let mut world = World::default();
    let old = world.alone("1946-10-20", "none");
    let answer = Observation {
        topic: Some("pension_or_si".into()),
        answer: Some("no".into()),
        found_on: Some(day("2026-10-01")),
        ..Observation::default()
    };
    world.child(old, answer);
    table(&world, old, other, &[("2026-11-02", NO)]);
    table(&world, old, survivor, &[("2026-11-02", NO)]);
}

#[test]
fn a_dead_parent_is_still_a_parent_by_link_only() {
    let mut world = World::default();
    let (household, head, child) = (world.household(), world.person("1985-01-01"), world.person("2020-03-01"));
    world.member(household, head, "head");
    world.member(household, child, "child");
    world.died(head, "2026-05-01");
    assert_eq!(world.fact(child, "2026-05-02", Fact::NoSupportCase), None, "somebody has to say what became of the parents");
    for side in ["mother", "father"] {
        let link = ParentLink {
            side: Some(side.into()),
            status: Some("dead".into()),
            from_on: partial("2026-05-01"),
            ..ParentLink::default()
        };
        world.child(child, link);
    }
    assert_eq!(world.fact(child, "2026-05-02", Fact::NoSupportCase), Some(entitlements::Told::Code("b")));
}
