//! Where somebody lives and with whom, and the class of the household on the day (§14.2).

use domain::RecordId;
use domain::records::{Household, HouseholdMember, HouseholdPlace, Observation, PovertyClass, RegionStatus, Residence, Village};
use entitlements::Fact;

use crate::world::{NO, World, YES, code, count, day, partial, table};

#[test]
fn poverty_is_the_class_of_the_year_of_the_household_that_was_reviewed() {
    let mut world = World::default();
    let (household, person) = (world.household(), world.person("1960-01-01"));
    let membership = world.member(household, person, "head");
    world.class(household, 2025, "poor");
    let shorter = PovertyClass {
        year: Some(2026),
        class: Some("just_escaped".into()),
        valid_from: Some(day("2026-02-01")),
        valid_to: Some(day("2026-11-30")),
        ..PovertyClass::default()
    };
    world.child(household, shorter);
    table(
        &world,
        person,
        Fact::HouseholdPoverty,
        &[
            ("2024-12-31", None),
            ("2025-01-01", code("poor")),
            ("2025-12-31", code("poor")),
            ("2026-01-31", None),
            ("2026-02-01", code("none")),
            ("2026-12-01", None),
        ],
    );
    assert_eq!(world.rule(person, "2026-12-01", Fact::HouseholdPoverty), "not_reviewed");
    world.change(membership, |member: &mut HouseholdMember| member.to_on = partial("2025-06"));
    table(&world, person, Fact::HouseholdPoverty, &[("2025-06-30", code("poor")), ("2025-07-01", None)]);
    assert_eq!(world.rule(person, "2025-07-01", Fact::HouseholdPoverty), "no_household");
}

#[test]
fn the_household_of_the_review_goes_before_that_of_the_residence_register() {
    let mut world = World::default();
    let (residence, review, person) = (world.household(), world.household(), world.person("1960-01-01"));
    world.change(residence, |household: &mut Household| {
        household.is_residence_household = Some(true);
        household.linked_household = Some(review);
    });
    world.member(residence, person, "head");
    world.class(residence, 2026, "none");
    world.class(review, 2026, "near_poor");
    table(&world, person, Fact::HouseholdPoverty, &[("2026-05-01", code("near_poor"))]);
}

pub fn observe(world: &mut World, parent: RecordId, topic: &str, answer: &str, found: &str, from: &str, to: &str) -> RecordId {
    world.child(
        parent,
        Observation {
            topic: Some(topic.into()),
            answer: Some(answer.into()),
            found_on: Some(day(found)),
            from_on: partial(from),
            to_on: partial(to),
            ..Observation::default()
        },
    )
}

#[test]
fn living_in_the_community_is_asked_only_of_old_people_alone() {
    let mut world = World::default();
    let old = world.alone("1950-01-01", "poor");
    table(&world, old, Fact::CanLiveInCommunity, &[("2009-12-31", YES), ("2010-01-01", None), ("2026-01-01", None)]);
    table(&world, old, Fact::EligibleForFacility, &[("2009-12-31", NO), ("2010-01-01", None)]);
    observe(&mut world, old, "can_live_in_community", "no", "2026-02-01", "", "");
    observe(&mut world, old, "eligible_for_facility", "yes", "2026-02-01", "2026-02", "");
    table(&world, old, Fact::CanLiveInCommunity, &[("2026-01-01", NO)]);
    table(&world, old, Fact::EligibleForFacility, &[("2026-01-31", None), ("2026-02-01", YES)]);

    let mut world = World::default();
    let (household, old, young) = (world.household(), world.person("1950-01-01"), world.person("2008-02-01"));
    world.member(household, old, "head");
    world.member(household, young, "grandchild");
    table(&world, old, Fact::CanLiveInCommunity, &[("2026-01-31", None), ("2026-02-01", YES)]);
}

#[test]
fn the_newest_answer_of_a_topic_counts() {
    let mut world = World::default();
    let old = world.alone("1950-01-01", "");
    observe(&mut world, old, "pension_or_si", "no", "2025-03-01", "", "");
    observe(&mut world, old, "pension_or_si", "yes", "2026-03-01", "2026-01-01", "");
    table(&world, old, Fact::HasPensionOrSiAllowance, &[("2025-12-31", NO), ("2026-01-01", YES)]);
}

#[test]
fn the_area_is_that_of_the_village_lived_in_and_of_its_commune() {
    let cases = [
        ("special_village", "", YES),
        ("special_village", "kv1", YES),
        ("not_special", "kv3", YES),
        ("", "kv3", YES),
        ("not_special", "kv1", NO),
        ("not_special", "", NO),
        ("", "none", NO),
        ("", "kv1", None),
        ("", "", None),
    ];
    for (village, commune, wanted) in cases {
        let mut world = World::default();
        let village = world.village(village, commune);
        let person = world.alone("2024-01-01", "poor");
        let register = world.register();
        let household = register.household(register.person(register.find(person).unwrap()).homes[0].household).id;
        world.change(household, |household: &mut Household| household.village = Some(village));
        table(&world, person, Fact::LivesInSpecialDifficultyArea, &[("2026-01-01", wanted)]);
    }
}

#[test]
fn where_somebody_lives_now_goes_before_the_household_and_marks_have_their_time() {
    let mut world = World::default();
    let (home, away) = (world.village("", ""), world.village("", ""));
    for (village, kind, from) in [(home, "special_village", "2026-01-01"), (away, "not_special", "2021-06-04")] {
        let status = RegionStatus { kind: Some(kind.into()), valid_from: Some(day(from)), ..RegionStatus::default() };
        world.child(village, status);
    }
    let (household, person) = (world.household(), world.person("2024-01-01"));
    world.change(household, |household: &mut Household| household.village = Some(home));
    world.member(household, person, "head");
    table(&world, person, Fact::LivesInSpecialDifficultyArea, &[("2025-12-31", None), ("2026-01-01", YES)]);
    let residence = Residence {
        kind: Some("current".into()),
        village: Some(away),
        from_on: partial("2026-03"),
        to_on: partial("2026-05-15"),
        ..Residence::default()
    };
    world.child(person, residence);
    table(
        &world,
        person,
        Fact::LivesInSpecialDifficultyArea,
        &[("2026-02-28", YES), ("2026-03-01", NO), ("2026-05-15", NO), ("2026-05-16", YES)],
    );
    let stay = Residence { kind: Some("facility".into()), from_on: partial("2026-07-02"), ..Residence::default() };
    world.child(person, stay);
    table(&world, person, Fact::InFacility, &[("2026-07-01", NO), ("2026-07-02", YES)]);
}

#[test]
fn the_area_is_that_of_the_place_and_the_name_of_its_day() {
    let mut world = World::default();
    let (left, now) = (world.village("special_village", ""), world.village("not_special", ""));
    let renamed = world.village("special_village", "");
    world.change(now, |village: &mut Village| {
        (village.valid_to, village.successor) = (Some(day("2026-08-31")), Some(renamed));
    });
    let (household, person) = (world.household(), world.person("2024-01-01"));
    world.change(household, |household: &mut Household| household.village = Some(now));
    let place = HouseholdPlace { village: Some(left), to_on: partial("2026-04-30"), ..HouseholdPlace::default() };
    world.child(household, place);
    world.member(household, person, "head");
    table(
        &world,
        person,
        Fact::LivesInSpecialDifficultyArea,
        &[("2026-04-30", YES), ("2026-05-01", NO), ("2026-08-31", NO), ("2026-09-01", YES)],
    );
    world.change(household, |household: &mut Household| household.left_on = Some(day("2026-10-01")));
    table(&world, person, Fact::LivesInSpecialDifficultyArea, &[("2026-09-30", YES), ("2026-10-01", None)]);
}

#[test]
fn difficulty_is_poverty_or_what_was_found_about_the_household() {
    let mut world = World::default();
    let (household, person) = (world.household(), world.person("1960-01-01"));
    world.member(household, person, "head");
    table(&world, person, Fact::HouseholdInDifficulty, &[("2026-01-01", None)]);
    observe(&mut world, household, "household_in_difficulty", "yes", "2026-02-01", "2026-02-01", "");
    table(&world, person, Fact::HouseholdInDifficulty, &[("2026-01-31", None), ("2026-02-01", YES)]);
    world.class(household, 2026, "near_poor");
    table(&world, person, Fact::HouseholdInDifficulty, &[("2026-01-31", YES)]);
}

#[test]
fn members_are_counted_as_present_on_the_day() {
    let mut world = World::default();
    let (household, head, born, gone) =
        (world.household(), world.person("1960-01-01"), world.person("2026-03-05"), world.person("1990-01-01"));
    world.member(household, head, "head");
    for (person, from, to) in [(born, "2026-03-05", ""), (gone, "", "2026-04")] {
        let member = world.member(household, person, "child");
        world.change(member, |member: &mut HouseholdMember| (member.from_on, member.to_on) = (partial(from), partial(to)));
    }
    table(
        &world,
        head,
        Fact::HouseholdMembers,
        &[("2026-03-04", count(2)), ("2026-03-05", count(3)), ("2026-04-30", count(3)), ("2026-05-01", count(2))],
    );
    let nobody = world.person("1960-01-01");
    table(&world, nobody, Fact::HouseholdMembers, &[("2026-01-01", count(1))]);
}
