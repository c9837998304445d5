//! Whose child somebody is, who raises whom, and which children are counted.

use domain::RecordId;
use domain::records::{HouseholdMember, ParentLink};
use entitlements::Fact;

use crate::world::{World, count, partial, table};

struct Family {
    world: World,
    household: RecordId,
    mother: RecordId,
}

fn family() -> Family {
    let mut world = World::default();
    let (household, mother) = (world.household(), world.person("1985-01-01"));
    world.member(household, mother, "head");
    Family { world, household, mother }
}

impl Family {
    fn child(&mut self, birth: &str) -> RecordId {
        let child = self.world.person(birth);
        self.world.member(self.household, child, "child");
        child
    }
}

#[test]
fn children_count_to_the_month_before_their_sixteenth_birthday() {
    let mut family = family();
    family.child("2010-08-20");
    family.child("2022-01-01");
    table(
        &family.world,
        family.mother,
        Fact::QualifyingChildren,
        &[("2026-07-31", count(2)), ("2026-08-01", count(1)), ("2026-08-19", count(1))],
    );
    table(&family.world, family.mother, Fact::ChildrenUnder36m, &[("2024-12-31", count(1)), ("2025-01-01", count(0))]);
}

#[test]
fn a_student_counts_to_twenty_two_before_the_new_decree_and_after_it_only_if_counted_before() {
    let mut family = family();
    let student = family.child("2004-06-10");
    table(&family.world, family.mother, Fact::QualifyingChildren, &[("2026-05-31", None)]);
    family.world.study(student, "university_first", "studying", "2018-09", "");
    table(&family.world, family.mother, Fact::QualifyingChildren, &[("2026-06-30", count(1)), ("2026-07-01", count(0))]);
    let mut younger = self::family();
    let student = younger.child("2010-06-10");
    younger.world.study(student, "upper_secondary", "studying", "2022-09", "");
    younger.world.allowance(younger.mother, "monthly", "N20-4", 500_000, "2024-07", "2026-05");
    table(&younger.world, younger.mother, Fact::QualifyingChildren, &[("2026-09-01", count(1))]);
    let mut never_paid = self::family();
    let student = never_paid.child("2010-06-10");
    never_paid.world.study(student, "upper_secondary", "studying", "2022-09", "");
    table(&never_paid.world, never_paid.mother, Fact::QualifyingChildren, &[("2026-09-01", count(0))]);
}

#[test]
fn a_link_goes_before_the_relationship_to_the_head() {
    let mut family = family();
    let child = family.child("2020-01-01");
    let aunt = family.world.person("1980-01-01");
    family.world.member(family.household, aunt, "sibling");
    let link = ParentLink {
        parent: Some(aunt),
        side: Some("mother".into()),
        status: Some("present".into()),
        from_on: partial("2025"),
        ..ParentLink::default()
    };
    family.world.child(child, link);
    table(&family.world, family.mother, Fact::QualifyingChildren, &[("2026-01-01", count(0))]);
    table(&family.world, aunt, Fact::QualifyingChildren, &[("2024-12-31", count(0)), ("2025-01-01", count(1))]);
}

#[test]
fn a_child_who_moved_out_or_died_is_not_raised() {
    let mut family = family();
    let gone = family.world.person("2020-01-01");
    let membership = family.world.member(family.household, gone, "child");
    family.world.change(membership, |member: &mut HouseholdMember| member.to_on = partial("2026-03-10"));
    let dead = family.child("2021-01-01");
    family.world.died(dead, "2026-05-01");
    table(
        &family.world,
        family.mother,
        Fact::QualifyingChildren,
        &[("2026-03-10", count(2)), ("2026-03-11", count(1)), ("2026-04-30", count(1)), ("2026-05-01", count(0))],
    );
}

#[test]
fn a_grown_member_may_have_a_child_nobody_has_linked() {
    let mut family = family();
    let (daughter, sister, grandchild) =
        (family.world.person("2001-01-01"), family.world.person("2012-01-01"), family.world.person("2019-06-01"));
    family.world.member(family.household, daughter, "child");
    family.world.member(family.household, sister, "child");
    family.world.member(family.household, grandchild, "grandchild");
    table(&family.world, daughter, Fact::QualifyingChildren, &[("2026-01-01", None)]);
    table(&family.world, daughter, Fact::ChildrenUnder36m, &[("2022-05-31", None), ("2026-01-01", count(0))]);
    table(&family.world, sister, Fact::QualifyingChildren, &[("2026-01-01", count(0))]);
    table(&family.world, family.mother, Fact::QualifyingChildren, &[("2026-01-01", count(1))]);
    assert_eq!(family.world.rule(daughter, "2026-01-01", Fact::QualifyingChildren), "unlinked_child_at_home");
}
