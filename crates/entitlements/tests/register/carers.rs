//! Who cares for whom, and what it gives: once for each person cared for.

use domain::RecordId;
use domain::records::{CarerLink, Observation, Residence, SupportObligor};
use entitlements::{Fact, Told};

use crate::world::{NO, World, YES, code, day, partial, table};

fn link(carer: RecordId, kind: &str, from: &str, to: &str) -> CarerLink {
    CarerLink { carer: Some(carer), kind: Some(kind.into()), from_on: partial(from), to_on: partial(to), ..CarerLink::default() }
}

#[test]
fn each_person_cared_for_is_paid_once_and_stops_after_the_month() {
    let mut world = World::default();
    let (carer, child, woman) = (world.person("1980-01-01"), world.person("2020-05-10"), world.person("1970-01-01"));
    world.certificate(child, "extremely_severe", "2024-01-01");
    world.certificate(woman, "extremely_severe", "2024-01-01");
    world.child(child, link(carer, "foster", "2024-03", ""));
    world.child(woman, link(carer, "own_household", "2024-03", "2026-09-15"));
    let (of_child, of_woman) =
        (("N335-C-FDC".to_owned(), 1_350_000, Some(child)), ("N335-C-HH".to_owned(), 540_000, Some(woman)));
    assert_eq!(world.carer_due(carer, "2026-08"), [of_child.clone(), of_woman.clone()]);
    assert_eq!(world.carer_due(carer, "2026-09"), [of_child.clone(), of_woman], "lost during the month, still due for it");
    assert_eq!(world.carer_due(carer, "2026-10"), [of_child]);
    let sheet = world.sheet(carer, entitlements::register::When::On(day("2026-08-01")));
    assert_eq!(sheet.facts.get(Fact::CarerRelation), Some(Told::None), "told for each person cared for, not for the carer alone");
    assert_eq!(sheet.cared.len(), 2);
}

#[test]
fn the_head_cares_where_nobody_wrote_a_link() {
    let mut world = World::default();
    let (household, head, wife, ill) =
        (world.household(), world.person("1975-01-01"), world.person("1960-01-01"), world.person("2000-01-01"));
    world.member(household, head, "head");
    world.member(household, wife, "spouse");
    world.member(household, ill, "child");
    world.certificate(ill, "extremely_severe", "2024-01-01");
    assert_eq!(world.carer_due(head, "2026-08"), [("N335-C-HH".to_owned(), 540_000, Some(ill))]);
    world.certificate(head, "extremely_severe", "2024-01-01");
    assert_eq!(world.carer_due(wife, "2026-08"), [("N335-C-HH".to_owned(), 540_000, Some(head))], "the oldest other adult");
    let stay = Residence { kind: Some("facility".into()), from_on: partial("2026-09"), ..Residence::default() };
    world.child(ill, stay);
    assert!(world.carer_due(head, "2026-10").is_empty(), "in a facility nobody cares at home");
}

#[test]
fn foster_care_of_an_old_person_asks_the_row_of_that_person() {
    let mut world = World::default();
    let (carer, old) = (world.person("1980-01-01"), world.alone("1945-01-01", "poor"));
    world.child(old, link(carer, "foster", "2024-03", ""));
    world.child(old, SupportObligor { state: Some("none".into()), ..SupportObligor::default() });
    let cared = |world: &World| {
        let sheet = world.sheet(carer, entitlements::register::When::On(day("2026-08-01")));
        sheet.cared[0].facts.get(Fact::CaredElderlyFacilityEligible)
    };
    assert_eq!(cared(&world), None, "the row of the old person is open");
    for (topic, answer) in [("can_live_in_community", "no"), ("eligible_for_facility", "yes")] {
        let found = Observation {
            topic: Some(topic.into()),
            answer: Some(answer.into()),
            found_on: Some(day("2026-01-05")),
            ..Observation::default()
        };
        world.child(old, found);
    }
    assert_eq!(cared(&world), YES);
    assert_eq!(world.carer_due(carer, "2026-08"), [("N335-C-EL".to_owned(), 810_000, Some(old))]);
    assert_eq!(world.due(old, "2026-08"), Ok(vec![("N335-5B".to_owned(), 1_620_000)]));
}

#[test]
fn a_spouse_who_gets_the_support_of_parents_is_found_by_household_and_by_child() {
    let mut world = World::default();
    let (household, man, woman) = (world.household(), world.person("1985-01-01"), world.person("1987-01-01"));
    world.member(household, man, "head");
    world.member(household, woman, "spouse");
    world.allowance(man, "carer", "N335-C-DIS-1", 810_000, "2026-07", "2026-09");
    table(
        &world,
        woman,
        Fact::SpouseGetsDisabilityCarerSupport,
        &[("2026-06-30", NO), ("2026-07-01", YES), ("2026-09-30", YES), ("2026-10-01", NO)],
    );
    world.allowance(woman, "carer", "N335-C-HH", 540_000, "2026-07", "");
    table(&world, man, Fact::SpouseGetsDisabilityCarerSupport, &[("2026-08-01", NO)]);
}

#[test]
fn nobody_cares_for_the_dead() {
    let mut world = World::default();
    let (carer, ill) = (world.person("1980-01-01"), world.person("2000-01-01"));
    world.certificate(ill, "extremely_severe", "2024-01-01");
    world.child(ill, link(carer, "own_household", "2024-03", ""));
    world.died(ill, "2026-08-10");
    assert_eq!(world.carer_due(carer, "2026-08").len(), 1, "the month of death is paid");
    assert!(world.carer_due(carer, "2026-09").is_empty());
    table(&world, ill, Fact::DisabilitySeverity, &[("2027-01-01", code("extremely_severe"))]);
}
