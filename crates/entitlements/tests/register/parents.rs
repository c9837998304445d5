//! Parents of a child on the day (§14.2): dead, gone, adoptive, or not told.

use domain::RecordId;
use domain::records::ParentLink;
use entitlements::Fact;

use crate::world::{NO, World, YES, code, partial, table};

fn parent(world: &mut World, child: RecordId, side: &str, status: &str, from: &str, adoptive: bool) {
    world.child(
        child,
        ParentLink {
            side: Some(side.into()),
            status: Some(status.into()),
            from_on: partial(from),
            adoptive: Some(adoptive),
            ..ParentLink::default()
        },
    );
}

#[test]
fn the_case_of_a_child_follows_both_parents_on_the_day() {
    let letters = [
        ("unidentified", "unidentified", "a"),
        ("dead", "unidentified", "b"),
        ("dead", "missing", "c"),
        ("in_facility", "dead", "d"),
        ("dead", "serving", "dd"),
        ("missing", "missing", "e"),
        ("in_facility", "in_facility", "g"),
        ("serving", "serving", "h"),
        ("missing", "in_facility", "i"),
        ("serving", "missing", "k"),
        ("serving", "in_facility", "l"),
        ("present", "dead", "none"),
        ("left", "serving", "none"),
    ];
    for (mother, father, wanted) in letters {
        let mut world = World::default();
        let child = world.person("2018-05-01");
        parent(&mut world, child, "mother", mother, "2019", false);
        parent(&mut world, child, "father", father, "2020-03-10", false);
        table(&world, child, Fact::NoSupportCase, &[("2020-03-10", code(wanted))]);
    }
}

#[test]
fn one_parent_alone_tells_nothing_unless_present_or_gone_off() {
    let mut world = World::default();
    let child = world.person("2018-05-01");
    parent(&mut world, child, "mother", "dead", "", false);
    table(&world, child, Fact::NoSupportCase, &[("2026-01-01", None), ("2034-05-01", code("none"))]);
    parent(&mut world, child, "mother", "left", "2026-02", false);
    table(&world, child, Fact::NoSupportCase, &[("2026-01-31", None), ("2026-02-01", code("none"))]);
    let unnamed = world.person("2018-05-01");
    parent(&mut world, unnamed, "mother", "unidentified", "", false);
    parent(&mut world, unnamed, "father", "serving", "", false);
    table(&world, unnamed, Fact::NoSupportCase, &[("2026-01-01", None)]);
}

#[test]
fn an_adoptive_parent_in_force_goes_before_that_of_birth() {
    let mut world = World::default();
    let child = world.person("2018-05-01");
    for side in ["mother", "father"] {
        parent(&mut world, child, side, "unidentified", "", false);
    }
    parent(&mut world, child, "mother", "present", "2025-04-01", true);
    table(&world, child, Fact::NoSupportCase, &[("2025-03-31", code("a")), ("2025-04-01", code("none"))]);
}

#[test]
fn a_child_without_links_lives_with_a_parent_only_as_the_heads_own() {
    let mut world = World::default();
    let (household, head, child, grandchild) =
        (world.household(), world.person("1985-01-01"), world.person("2018-05-01"), world.person("2020-05-01"));
    world.member(household, head, "head");
    world.member(household, child, "child");
    world.member(household, grandchild, "grandchild");
    table(&world, child, Fact::NoSupportCase, &[("2026-01-01", code("none"))]);
    table(&world, grandchild, Fact::NoSupportCase, &[("2026-01-01", None), ("2036-04-30", None), ("2036-05-01", code("none"))]);
    assert_eq!(world.rule(child, "2026-01-01", Fact::NoSupportCase), "lives_with_parent");
}

#[test]
fn clause_one_at_sixteen_is_what_was_paid_then() {
    let mut world = World::default();
    let paid = world.person("2008-06-15");
    world.allowance(paid, "monthly", "N20-1-4P", 750_000, "2021-07", "2024-05");
    table(&world, paid, Fact::WasNoSupportRecipientAt16, &[("2024-06-14", NO), ("2024-06-15", YES), ("2026-01-01", YES)]);
    let earlier = world.person("2008-06-15");
    world.allowance(earlier, "monthly", "N20-1-4P", 750_000, "2021-07", "2024-04");
    table(&world, earlier, Fact::WasNoSupportRecipientAt16, &[("2024-06-15", NO)]);
    let by_clause_two = world.person("2004-06-15");
    world.allowance(by_clause_two, "monthly", "N20-2", 540_000, "2022-01", "2022-12");
    table(&world, by_clause_two, Fact::WasNoSupportRecipientAt16, &[("2021-12-31", NO), ("2026-01-01", YES)]);
    let orphan = world.person("2008-06-15");
    parent(&mut world, orphan, "mother", "dead", "2015", false);
    parent(&mut world, orphan, "father", "dead", "2016", false);
    table(&world, orphan, Fact::WasNoSupportRecipientAt16, &[("2024-06-15", None)]);
    assert_eq!(world.rule(orphan, "2024-06-15", Fact::WasNoSupportRecipientAt16), "no_support_child_at_sixteen");
}

#[test]
fn study_is_the_row_in_force_and_age_says_who_need_not_be_asked() {
    let mut world = World::default();
    let student = world.person("2008-03-10");
    world.study(student, "upper_secondary", "studying", "2023-09", "2026-05");
    world.study(student, "preschool", "studying", "2012-09", "2014-05");
    table(
        &world,
        student,
        Fact::Studying,
        &[
            ("2014-03-09", NO),
            ("2023-08-31", None),
            ("2023-09-01", YES),
            ("2026-05-31", YES),
            ("2026-06-01", None),
            ("2031-03-09", None),
            ("2031-03-10", NO),
        ],
    );
    world.study(student, "upper_secondary", "stopped", "2026-02-10", "");
    table(&world, student, Fact::Studying, &[("2026-02-09", YES), ("2026-02-10", NO)]);
    let paused = world.person("2008-03-10");
    world.study(paused, "vocational", "paused", "2026-01", "");
    table(&world, paused, Fact::Studying, &[("2026-01-01", YES)]);
    let small = world.person("2019-03-10");
    table(&world, small, Fact::Studying, &[("2025-03-09", NO), ("2025-03-10", None)]);
}

#[test]
fn a_hole_of_six_months_is_no_break_and_a_longer_one_is() {
    for (resumed, wanted) in [("2024-12-01", YES), ("2024-12-02", NO)] {
        let mut world = World::default();
        let student = world.person("2007-03-10");
        world.study(student, "upper_secondary", "studying", "2021-09", "2024-05");
        world.study(student, "university_first", "studying", resumed, "");
        table(&world, student, Fact::StudyUninterrupted, &[("2025-01-15", wanted)]);
    }
    let mut world = World::default();
    let student = world.person("2007-03-10");
    world.study(student, "university_first", "studying", "2024-09", "");
    table(&world, student, Fact::StudyUninterrupted, &[("2024-08-31", None), ("2025-01-15", None)]);
    assert_eq!(world.rule(student, "2025-01-15", Fact::StudyUninterrupted), "study_does_not_reach_back");
    world.study(student, "upper_secondary", "paused", "2023-03", "2024-08");
    table(&world, student, Fact::StudyUninterrupted, &[("2025-01-15", YES)]);
}
