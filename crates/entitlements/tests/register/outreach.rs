//! Outreach over small communes: what is found, why, and what is never said.

use domain::RecordId;
use domain::records::{HouseholdMember, Observation, PovertyClass, RestrictedHealth};
use entitlements::Fact;
use entitlements::outreach::{Kind, OutreachLine};

use crate::world::{World, day, partial};

fn of(lines: &[OutreachLine], person: RecordId, kind: Kind) -> Option<&OutreachLine> {
    lines.iter().find(|line| line.person == person && line.kind == kind)
}

fn kinds(lines: &[OutreachLine], person: RecordId) -> Vec<Kind> {
    lines.iter().filter(|line| line.person == person).map(|line| line.kind).collect()
}

fn answer(world: &mut World, person: RecordId, topic: &str, answer: &str) {
    let row = Observation {
        topic: Some(topic.into()),
        answer: Some(answer.into()),
        found_on: Some(day("2024-01-05")),
        ..Observation::default()
    };
    world.child(person, row);
}

#[test]
fn who_is_entitled_and_receives_nothing_is_found_with_the_request_that_is_needed() {
    let mut world = World::default();
    let old = world.alone("1948-01-01", "none");
    answer(&mut world, old, "pension_or_si", "no");
    let lines = world.scan("2026-11", 0);
    let line = of(&lines, old, Kind::NotReceiving).unwrap();
    assert_eq!((line.due.as_slice(), line.amount, line.needs_request), (&["N176-75".to_owned()][..], Some(540_000), true));
    assert_eq!(line.key(), "not_receiving|regular|N176-75");
}

#[test]
fn who_asked_already_needs_no_request() {
    let mut world = World::default();
    let old = world.alone("1948-01-01", "none");
    answer(&mut world, old, "pension_or_si", "no");
    world.child(
        old,
        domain::records::WrittenRequest {
            family: Some("social_pension".into()),
            filed_on: Some(day("2026-10-05")),
            ..Default::default()
        },
    );
    assert!(!of(&world.scan("2026-11", 0), old, Kind::NotReceiving).unwrap().needs_request);
}

#[test]
fn who_is_no_longer_entitled_is_found_with_the_reason() {
    let mut world = World::default();
    let aged = world.person("2010-06-20");
    for side in ["mother", "father"] {
        world.child(
            aged,
            domain::records::ParentLink { side: Some(side.into()), status: Some("dead".into()), ..Default::default() },
        );
    }
    world.allowance(aged, "monthly", "N20-1-4P", 750_000, "2021-07", "");
    world.study(aged, "upper_secondary", "stopped", "2026-05", "");
    let left = world.person("2006-06-20");
    world.allowance(left, "monthly", "N335-2", 810_000, "2022-07", "");
    world.study(left, "university_first", "studying", "2021-09", "2026-06");
    world.study(left, "university_first", "stopped", "2026-07", "");
    let revoked = world.person("1980-01-01");
    world.allowance(revoked, "monthly", "N20-6-SV", 750_000, "2021-07", "");
    let escaped = world.alone("1960-01-01", "none");
    world.allowance(escaped, "monthly", "N335-5A-LO", 810_000, "2021-07", "");
    world.child(escaped, domain::records::SupportObligor { state: Some("none".into()), ..Default::default() });
    answer(&mut world, escaped, "can_live_in_community", "yes");
    let dead = world.person("1940-01-01");
    world.allowance(dead, "social_pension", "", 540_000, "2025-07", "");
    world.died(dead, "2026-09-01");
    let moved = world.person("1940-01-01");
    world.allowance(moved, "social_pension", "N176-75", 540_000, "2025-07", "");
    world.moved(moved);
    let lines = world.scan("2026-11", 0);
    for (person, reasons) in [
        (aged, &["aged_out"][..]),
        (left, &["left_school"]),
        (revoked, &["certificate_ended"]),
        (escaped, &["poverty_ended"]),
        (dead, &["dead"]),
        (moved, &["moved"]),
    ] {
        assert_eq!(of(&lines, person, Kind::NoLonger).unwrap().reasons, reasons);
    }
}

#[test]
fn who_left_the_last_household_by_moving_away_has_moved() {
    let mut world = World::default();
    let (household, person) = (world.household(), world.person("1940-01-01"));
    let membership = world.member(household, person, "head");
    world.allowance(person, "monthly", "", 540_000, "2025-07", "");
    assert!(world.scan("2026-11", 0).iter().all(|line| line.kind != Kind::NoLonger));
    world.change(membership, |member: &mut HouseholdMember| {
        (member.to_on, member.reason_out) = (partial("2026-10"), Some("move".into()));
    });
    assert_eq!(of(&world.scan("2026-11", 0), person, Kind::NoLonger).unwrap().reasons, ["moved"]);
    assert!(of(&world.scan("2026-10", 0), person, Kind::NoLonger).is_none(), "there until the end of the month");
}

#[test]
fn another_amount_is_found_and_a_floor_may_be_exceeded() {
    let mut world = World::default();
    let person = world.person("1980-01-01");
    world.certificate(person, "severe", "2020-01-01");
    world.allowance(person, "monthly", "N20-6-SV", 750_000, "2024-07", "");
    let line = world.scan("2026-11", 0);
    let line = of(&line, person, Kind::OtherAmount).unwrap();
    assert_eq!((line.amount, line.received_amount), (Some(810_000), Some(750_000)));

    for (amount, wanted) in [(500_000, true), (540_000, false), (700_000, false)] {
        let mut world = World::default();
        let (household, head, ill) = (world.household(), world.person("1980-01-01"), world.person("2000-01-01"));
        world.member(household, head, "head");
        world.member(household, ill, "child");
        world.certificate(ill, "extremely_severe", "2020-01-01");
        let allowance = world.allowance(head, "carer", "N335-C-HH", amount, "2026-07", "");
        world.change(allowance, |row: &mut domain::records::Allowance| row.cared = Some(ill));
        let found = of(&world.scan("2026-11", 0), head, Kind::OtherAmount).is_some();
        assert_eq!(found, wanted, "{amount} for a floor of 540,000");
    }
}

#[test]
fn an_allowance_whose_row_is_not_told_is_compared_with_nothing() {
    for code in ["", "N335-8", "N335-3-4P"] {
        let mut world = World::default();
        let person = world.alone("1980-01-01", "none");
        world.allowance(person, "monthly", code, 810_000, "2024-07", "");
        let lines = world.scan("2026-11", 6);
        assert!(lines.iter().all(|line| line.person != person || line.kind == Kind::Ask), "{code}: {lines:?}");
        world.died(person, "2026-10-01");
        let lines = world.scan("2026-11", 6);
        let line = of(&lines, person, Kind::NoLonger).unwrap();
        assert_eq!((line.reasons.as_slice(), line.received.len()), (&["dead"][..], 0), "a death is told, the row is not");
    }
}

#[test]
fn what_is_restricted_changes_no_line() {
    let mut plain = World::default();
    let mut restricted = World::with_right();
    for world in [&mut plain, &mut restricted] {
        let woman = world.alone("1990-01-01", "poor");
        world.certificate(woman, "severe", "2020-01-01");
        let child = world.alone("2024-06-01", "poor");
        assert_ne!(woman, child);
    }
    let woman = restricted.register().people()[0].id;
    for matter in ["hiv", "pregnancy"] {
        let row = RestrictedHealth { matter: Some(matter.into()), answer: Some("yes".into()), ..RestrictedHealth::default() };
        restricted.child(woman, row);
    }
    assert_eq!(plain.scan("2026-11", 3), restricted.scan("2026-11", 3));
}

#[test]
fn what_lies_ahead_is_found_with_its_month() {
    let mut world = World::default();
    let begins = world.alone("1952-01-20", "none");
    answer(&mut world, begins, "pension_or_si", "no");
    let ceases = world.person("2011-01-20");
    for side in ["mother", "father"] {
        world.child(
            ceases,
            domain::records::ParentLink { side: Some(side.into()), status: Some("dead".into()), ..Default::default() },
        );
    }
    world.allowance(ceases, "monthly", "N335-1-4P", 810_000, "2021-07", "");
    world.study(ceases, "lower_secondary", "stopped", "2026-05", "");
    let changes = world.person("1967-01-20");
    world.certificate(changes, "severe", "2020-01-01");
    world.allowance(changes, "monthly", "N335-6-SV", 810_000, "2026-07", "");
    let lines = world.scan("2026-11", 3);
    for (person, kind, month) in
        [(begins, Kind::WillBegin, "2027-01"), (ceases, Kind::WillCease, "2027-02"), (changes, Kind::WillChange, "2027-01")]
    {
        assert_eq!(of(&lines, person, kind).unwrap().month.to_string(), month, "{kind:?} though next year's class is not known");
    }
    assert_eq!(of(&lines, ceases, Kind::WillCease).unwrap().reasons, ["aged_out"]);
    assert!(of(&world.scan("2026-11", 1), begins, Kind::WillBegin).is_none(), "beyond what was looked ahead");
}

#[test]
fn a_question_is_asked_only_where_its_answer_decides() {
    let mut world = World::default();
    let (old, young) = (world.alone("1948-01-01", "none"), world.alone("1990-01-01", "none"));
    let lines = world.scan("2026-11", 0);
    let line = of(&lines, old, Kind::Ask).unwrap();
    assert_eq!(line.missing.iter().collect::<Vec<_>>(), [Fact::HasPensionOrSiAllowance]);
    assert!(kinds(&lines, young).is_empty(), "nothing hangs on what is not known of a healthy grown person: {lines:?}");
}

#[test]
fn a_certificate_past_its_reassessment_is_to_be_looked_at() {
    let mut world = World::default();
    let child = world.person("2018-01-01");
    let certificate = world.certificate(child, "severe", "2020-01-01");
    world.change(certificate, |row: &mut domain::records::DisabilityCertificate| row.reassess_at = Some(day("2024-01-01")));
    world.allowance(child, "monthly", "N335-6-SV-CE", 1_080_000, "2026-07", "");
    let lines = world.scan("2026-11", 0);
    assert!(lines.iter().any(|line| line.kind == Kind::Ask && line.reasons == ["past_reassessment"]), "{lines:?}");
}

#[test]
fn a_class_of_this_year_only_is_held_for_what_lies_ahead() {
    let mut world = World::default();
    let (household, person) = (world.household(), world.person("1967-02-10"));
    world.member(household, person, "head");
    let class = PovertyClass { year: Some(2026), class: Some("poor".into()), ..PovertyClass::default() };
    world.child(household, class);
    world.child(person, domain::records::SupportObligor { state: Some("none".into()), ..Default::default() });
    answer(&mut world, person, "can_live_in_community", "yes");
    let lines = world.scan("2026-11", 6);
    assert_eq!(of(&lines, person, Kind::WillBegin).unwrap().month.to_string(), "2027-02");
}

#[test]
fn what_begins_and_ends_within_the_months_looked_ahead_is_seen_as_both() {
    let mut world = World::default();
    let person = world.alone("1980-01-01", "none");
    // A certificate that counts from January, and another from March that is mild.
    world.certificate(person, "severe", "2027-01-05");
    world.certificate(person, "mild", "2027-03-05");
    let lines = world.scan("2026-11", 6);
    let begins = of(&lines, person, Kind::WillBegin).expect("nobody may miss three months of an allowance");
    assert_eq!((begins.month.to_string().as_str(), begins.amount), ("2027-01", Some(810_000)));
    let ceases = of(&lines, person, Kind::WillCease).expect("and it must be stopped again");
    assert_eq!((ceases.month.to_string().as_str(), ceases.received_amount), ("2027-04", Some(810_000)));
    assert_eq!((ceases.key().as_str(), ceases.reasons.as_slice()), ("will_cease|regular|N335-6-SV", &["certificate_ended"][..]));

    // Of somebody who receives: it ends and begins again.
    let receives = world.alone("1980-01-01", "none");
    world.certificate(receives, "severe", "2020-01-05");
    world.certificate(receives, "mild", "2026-12-05");
    world.certificate(receives, "severe", "2027-02-05");
    world.allowance(receives, "monthly", "N335-6-SV", 810_000, "2026-07", "");
    let lines = world.scan("2026-11", 6);
    assert_eq!(of(&lines, receives, Kind::WillCease).unwrap().month.to_string(), "2027-01");
    assert_eq!(of(&lines, receives, Kind::WillBegin).unwrap().month.to_string(), "2027-02");
}
