//! The months of policies.md §4: birthdays, the month in which something is lost, births and deaths, partial dates.

use domain::RecordId;
use domain::records::{Household, HouseholdMember, Observation, ParentLink, Residence, SupportObligor};
use entitlements::Fact;
use entitlements::register::{Case, Cause, months};

use crate::world::{World, book, code, day, partial};

fn orphan(world: &mut World, birth: &str) -> RecordId {
    let child = world.person(birth);
    for side in ["mother", "father"] {
        let link = ParentLink { side: Some(side.into()), status: Some("dead".into()), ..ParentLink::default() };
        world.child(child, link);
    }
    child
}

/// Code and amount due, or "-" for nothing and "?" for what cannot be said.
fn due(world: &World, person: RecordId, month: &str) -> String {
    match world.due(person, month) {
        Ok(rows) if rows.is_empty() => "-".to_owned(),
        Ok(rows) => rows.iter().map(|(code, amount)| format!("{code} {amount}")).collect::<Vec<_>>().join(", "),
        Err(missing) => format!("? {}", missing.join(" ")),
    }
}

fn check(world: &World, person: RecordId, rows: &[(&str, &str)]) {
    for (month, wanted) in rows {
        assert_eq!(due(world, person, month), *wanted, "{month}");
    }
}

#[test]
fn turning_four_changes_the_amount_in_the_month_of_the_birthday() {
    let mut world = World::default();
    let child = orphan(&mut world, "2022-08-31");
    check(&world, child, &[("2026-07", "N335-1-U4 1350000"), ("2026-08", "N335-1-4P 810000"), ("2026-09", "N335-1-4P 810000")]);
}

#[test]
fn turning_sixteen_ends_after_the_month_of_the_birthday() {
    for birth in ["2010-08-01", "2010-08-31"] {
        let mut world = World::default();
        let child = orphan(&mut world, birth);
        world.study(child, "upper_secondary", "stopped", "2025", "");
        check(&world, child, &[("2026-08", "N335-1-4P 810000"), ("2026-09", "-")]);
    }
}

#[test]
fn who_studies_goes_on_past_sixteen_without_a_gap() {
    let mut world = World::default();
    let child = orphan(&mut world, "2010-08-14");
    world.allowance(child, "monthly", "N335-1-4P", 810_000, "2020-01", "2026-08");
    world.study(child, "upper_secondary", "studying", "2025-09", "");
    check(&world, child, &[("2026-08", "N335-1-4P 810000"), ("2026-09", "N335-2 810000")]);
}

#[test]
fn twenty_two_was_the_last_month_under_the_old_decree_and_is_no_end_under_the_new() {
    let mut world = World::default();
    let student = world.person("2003-04-20");
    world.allowance(student, "monthly", "N20-2", 540_000, "2021-07", "");
    world.study(student, "university_first", "studying", "2018-09", "");
    check(&world, student, &[("2025-04", "N20-2 750000"), ("2025-05", "-"), ("2026-06", "-"), ("2026-07", "N335-2 810000")]);
}

/// A child of a household in an area of special difficulty.
fn small_child(world: &mut World, birth: &str) -> (RecordId, RecordId) {
    let village = world.village("special_village", "");
    let (household, mother, child) = (world.household(), world.person("1995-01-01"), world.person(birth));
    world.change(household, |household: &mut Household| household.village = Some(village));
    world.member(household, mother, "head");
    world.member(household, child, "child");
    world.class(household, 2026, "near_poor");
    world.class(household, 2027, "near_poor");
    (household, child)
}

#[test]
fn turning_three_ends_after_the_month_of_the_birthday_and_leap_days_too() {
    for (birth, last, next) in
        [("2023-10-01", "2026-10", "2026-11"), ("2023-10-31", "2026-10", "2026-11"), ("2024-02-29", "2027-02", "2027-03")]
    {
        let mut world = World::default();
        let (_, child) = small_child(&mut world, birth);
        check(&world, child, &[(last, "N335-7 810000"), (next, "-")]);
    }
}

#[test]
fn the_month_of_birth_counts_and_none_before() {
    let mut world = World::default();
    let (_, child) = small_child(&mut world, "2026-09-30");
    check(&world, child, &[("2026-08", "-"), ("2026-09", "N335-7 810000"), ("2026-10", "N335-7 810000")]);
}

fn old(world: &mut World, birth: &str, class: &str, obligor: &str) -> RecordId {
    let (household, person) = (world.household(), world.person(birth));
    world.member(household, person, "head");
    for year in [2024, 2025, 2026] {
        world.class(household, year, class);
    }
    if !obligor.is_empty() {
        let row = SupportObligor {
            state: Some(obligor.into()),
            obligor_name: Some("Bùi Văn Xa".into()),
            receives_monthly: Some(false),
            ..SupportObligor::default()
        };
        world.child(person, row);
    }
    let answer = |topic: &str, answer: &str| Observation {
        topic: Some(topic.into()),
        answer: Some(answer.into()),
        found_on: Some(day("2024-01-05")),
        ..Observation::default()
    };
    world.child(person, answer("pension_or_si", "no"));
    world.child(person, answer("can_live_in_community", "yes"));
    person
}

#[test]
fn sixty_and_seventy_five_begin_in_the_month_of_the_birthday() {
    let mut world = World::default();
    let sixty = old(&mut world, "1966-08-31", "poor", "none");
    check(&world, sixty, &[("2026-07", "-"), ("2026-08", "N335-5A-LO 810000")]);
    let of_seventy_five = old(&mut world, "1951-08-31", "poor", "none");
    check(&world, of_seventy_five, &[("2026-07", "N335-5A-LO 810000"), ("2026-08", "N335-5A-HI 1080000")]);
    let of_eighty = old(&mut world, "1944-08-31", "poor", "none");
    check(&world, of_eighty, &[("2024-07", "N20-5A-LO 750000"), ("2024-08", "N20-5A-HI 1000000")]);
}

#[test]
fn the_old_clauses_for_eighty_end_where_the_social_pension_begins() {
    let mut world = World::default();
    let person = old(&mut world, "1944-08-31", "none", "person");
    world.allowance(person, "social_pension", "N176-75", 500_000, "2025-07", "");
    check(
        &world,
        person,
        &[
            ("2024-07", "-"),
            ("2024-08", "N20-5C 500000"),
            ("2025-06", "N20-5C 500000"),
            ("2025-07", "N176-75 500000"),
            ("2026-06", "N176-75 500000"),
            ("2026-07", "N176-75 540000"),
        ],
    );
}

#[test]
fn a_partial_birth_counts_from_its_first_day() {
    let mut world = World::default();
    let year = old(&mut world, "1951", "poor", "none");
    check(&world, year, &[("2025-12", "N20-5A-LO 750000"), ("2026-07", "N335-5A-HI 1080000")]);
    let month = old(&mut world, "1951-09", "poor", "none");
    check(&world, month, &[("2026-08", "N335-5A-LO 810000"), ("2026-09", "N335-5A-HI 1080000")]);
}

#[test]
fn what_is_lost_during_a_month_is_still_due_for_it() {
    let mut world = World::default();
    let person = world.person("1980-01-01");
    world.certificate(person, "severe", "2024-01-01");
    let stay = Residence { kind: Some("facility".into()), from_on: partial("2026-08-02"), ..Residence::default() };
    world.child(person, stay);
    check(&world, person, &[("2026-07", "N335-6-SV 810000"), ("2026-08", "N335-6-SV 810000"), ("2026-09", "-")]);
    let at_once = world.person("1980-01-01");
    world.certificate(at_once, "severe", "2024-01-01");
    let stay = Residence { kind: Some("facility".into()), from_on: partial("2026-08-01"), ..Residence::default() };
    world.child(at_once, stay);
    check(&world, at_once, &[("2026-07", "N335-6-SV 810000"), ("2026-08", "-")]);
}

#[test]
fn a_higher_grade_pays_from_the_month_of_the_certificate() {
    let mut world = World::default();
    let person = world.person("1980-01-01");
    world.certificate(person, "severe", "2024-01-01");
    world.certificate(person, "extremely_severe", "2026-08-31");
    check(&world, person, &[("2026-07", "N335-6-SV 810000"), ("2026-08", "N335-6-EX 1080000")]);
}

#[test]
fn nothing_is_due_after_the_month_of_death() {
    for died in ["2026-08-01", "2026-08-31"] {
        let mut world = World::default();
        let person = world.person("1980-01-01");
        world.certificate(person, "severe", "2024-01-01");
        world.died(person, died);
        check(&world, person, &[("2026-08", "N335-6-SV 810000"), ("2026-09", "-")]);
    }
}

#[test]
fn a_class_that_nobody_renewed_leaves_the_month_open() {
    let mut world = World::default();
    let person = old(&mut world, "1960-01-01", "poor", "none");
    check(&world, person, &[("2026-12", "N335-5A-LO 810000"), ("2027-01", "? household_poverty")]);
}

#[test]
fn a_person_who_leaves_the_household_loses_its_class_after_the_month() {
    let mut world = World::default();
    let (household, child) = small_child(&mut world, "2025-01-01");
    let link = ParentLink { side: Some("mother".into()), status: Some("present".into()), ..ParentLink::default() };
    world.child(child, link);
    let register = world.register();
    let membership = register.person(register.find(child).unwrap()).homes[0].member.id;
    world.change(membership, |member: &mut HouseholdMember| member.to_on = partial("2026-08-15"));
    let other = world.household();
    let moved = world.member(other, child, "grandchild");
    world.change(moved, |member: &mut HouseholdMember| member.from_on = partial("2026-08-16"));
    world.class(other, 2026, "none");
    let village = world.village("not_special", "");
    world.change(other, |household: &mut Household| household.village = Some(village));
    assert_ne!(household, other);
    check(&world, child, &[("2026-08", "N335-7 810000"), ("2026-09", "-")]);
}

#[test]
fn changes_say_what_turned() {
    let mut world = World::default();
    let person = world.person("1966-08-20");
    world.certificate(person, "severe", "2024-01-01");
    let (register, book) = (world.register(), book());
    let case = Case { register: &register, book: &book, options: world.options() };
    let at = register.find(person).unwrap();
    let due: Vec<_> =
        months("2026-05".parse().unwrap(), "2026-09".parse().unwrap()).map(|month| case.due(at, month, &|_| {})).collect();
    let causes: Vec<_> = due.windows(2).map(|pair| case.causes(&pair[0], &pair[1])).collect();
    assert!(causes[0].is_empty() && causes[3].is_empty(), "{causes:?}");
    assert_eq!(causes[1], [Cause::Law], "another decree's row");
    assert!(matches!(causes[2].as_slice(), [Cause::Fact { fact: Fact::AgeMonths, .. }]), "{:?}", causes[2]);
    let pensioner = old(&mut world, "1944-08-31", "none", "person");
    world.allowance(pensioner, "social_pension", "N176-75", 500_000, "2025-07", "");
    let register = world.register();
    let case = Case { register: &register, ..case };
    let at = register.find(pensioner).unwrap();
    let of = |month: &str| case.due(at, month.parse().unwrap(), &|_| {});
    assert_eq!(case.causes(&of("2026-06"), &of("2026-07")), [Cause::Rate]);
    assert_eq!(world.fact(pensioner, "2026-07-01", Fact::HouseholdPoverty), code("none"));
}
