//! Adjustments: what was received beside what was due, and why the two differ.

use domain::RecordId;
use entitlements::Fact;
use entitlements::register::{Case, Compared, Why};

use crate::world::{World, book};

/// What a month says: before, after and why, each cause as a short text.
fn adjusted(world: &World, person: RecordId, month: &str) -> Option<(i64, i64, Vec<String>)> {
    let (register, book) = (world.register(), book());
    let case = Case { register: &register, book: &book, options: world.options() };
    let at = register.find(person).unwrap();
    let due = case.due(at, month.parse().unwrap(), &|_| {});
    let Compared::Differs(adjustment) = case.compare(at, &due) else { return None };
    let why = adjustment.why.iter().map(|why| match why {
        Why::Ended(row) => format!("ended {}", row.code),
        Why::Due(row) => format!("due {}", row.code),
        Why::Figure(row) => format!("figure {}", row.value.unwrap()),
        Why::Fact { fact, origin, .. } => format!("fact {fact} {}", origin.unwrap().rule),
        Why::Recorded(_) => "recorded".to_owned(),
        Why::Life => "life".to_owned(),
    });
    Some((adjustment.before, adjustment.after, why.collect()))
}

fn severe(world: &mut World) -> RecordId {
    let person = world.alone("1980-01-01", "none");
    world.certificate(person, "severe", "2020-01-01");
    person
}

fn of(before: i64, after: i64, why: &[&str]) -> Option<(i64, i64, Vec<String>)> {
    Some((before, after, why.iter().map(|why| (*why).to_owned()).collect()))
}

#[test]
fn a_figure_and_a_decree_that_change_backwards_are_named() {
    let mut world = World::default();
    let person = severe(&mut world);
    world.allowance(person, "monthly", "N20-6-SV", 540_000, "2021-07", "");
    assert_eq!(adjusted(&world, person, "2024-06"), None, "1.5 times 360,000 was right then");
    assert_eq!(adjusted(&world, person, "2024-07"), of(540_000, 750_000, &["figure 500000"]));
    let later = of(540_000, 810_000, &["ended N20-6-SV", "due N335-6-SV", "figure 540000"]);
    assert_eq!(adjusted(&world, person, "2026-07"), later);
}

#[test]
fn a_fact_that_changed_is_named_with_its_record() {
    let mut world = World::default();
    let person = world.alone("1980-01-01", "none");
    world.certificate(person, "severe", "2020-01-01");
    world.certificate(person, "extremely_severe", "2026-09-01");
    world.allowance(person, "monthly", "N335-6-SV", 810_000, "2026-07", "");
    assert_eq!(adjusted(&world, person, "2026-08"), None);
    let found = of(810_000, 1_080_000, &["fact disability_severity recorded", "due N335-6-EX"]);
    assert_eq!(adjusted(&world, person, "2026-09"), found);
}

#[test]
fn after_a_death_all_of_it_is_recovered_and_a_slip_is_called_one() {
    let mut world = World::default();
    let person = severe(&mut world);
    world.allowance(person, "monthly", "N335-6-SV", 801_000, "2026-07", "");
    assert_eq!(adjusted(&world, person, "2026-08"), of(801_000, 810_000, &["recorded"]));
    world.died(person, "2026-09-10");
    assert_eq!(adjusted(&world, person, "2026-10"), of(801_000, 0, &["life"]));
}

#[test]
fn more_than_a_floor_is_no_difference() {
    let mut world = World::default();
    let (household, head, ill) = (world.household(), world.person("1980-01-01"), world.person("2000-01-01"));
    world.member(household, head, "head");
    world.member(household, ill, "child");
    world.certificate(ill, "extremely_severe", "2020-01-01");
    world.allowance(head, "carer", "N335-C-HH", 600_000, "2026-07", "");
    assert_eq!(adjusted(&world, head, "2026-08"), None, "the law sets a floor of 540,000");
}

#[test]
fn what_is_not_known_or_rests_on_something_restricted_is_no_adjustment() {
    let mut world = World::default();
    let person = world.person("1980-01-01");
    world.allowance(person, "monthly", "N335-8", 400_000, "2026-07", "");
    assert_eq!(adjusted(&world, person, "2026-08"), None);
    let mut world = World::default();
    let parent = world.alone("1980-01-01", "");
    world.certificate(parent, "severe", "2020-01-01");
    world.allowance(parent, "monthly", "N335-6-SV", 700_000, "2026-07", "");
    let (register, book) = (world.register(), book());
    let case = Case { register: &register, book: &book, options: world.options() };
    let at = register.find(parent).unwrap();
    let due = case.due(at, "2026-08".parse().unwrap(), &|_| {});
    match case.compare(at, &due) {
        Compared::Same | Compared::Nothing => panic!("810,000 are due at least"),
        Compared::Open(missing) => assert!(missing.contains(Fact::HouseholdPoverty) || missing.contains(Fact::MaritalStatus)),
        Compared::Differs(adjustment) => assert_eq!(adjustment.difference(), 110_000),
    }
}
