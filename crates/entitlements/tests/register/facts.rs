//! Each fact of §14.2: recorded, nothing recorded, and the days on which it turns.

use domain::records::{
    CarerLink, DisabilityCertificate, Household, HouseholdMember, HouseholdPlace, Observation, ParentLink, Person, PovertyClass,
    RegionStatus, Residence, SupportObligor, Village, WrittenRequest,
};
use domain::{PartialDate, RecordId};
use entitlements::Fact;
use entitlements::register::{AssumedBirth, Options, When, facts_of};

use crate::world::{NO, World, YES, book, code, count, day, partial, table};

#[test]
fn age_is_in_completed_months_and_says_what_was_assumed() {
    let mut world = World::default();
    let leap = world.person("2024-02-29");
    table(&world, leap, Fact::AgeMonths, &[("2025-02-27", count(11)), ("2025-02-28", count(12)), ("2024-02-28", None)]);
    let year = world.person("1950");
    table(&world, year, Fact::AgeMonths, &[("2024-12-31", count(899)), ("2025-01-01", count(900))]);
    assert_eq!(world.rule(year, "2025-01-01", Fact::AgeMonths), "birth_assumed");
    let unknown = world.person("");
    assert_eq!(world.rule(unknown, "2025-01-01", Fact::AgeMonths), "no_birth_date");
    let (register, book) = (world.register(), book());
    let options = Options { birth: AssumedBirth::Last, ..Options::default() };
    let sheet = facts_of(&register, book.law(), register.find(year).unwrap(), When::On(day("2025-12-30")), options);
    assert_eq!(sheet.facts.get(Fact::AgeMonths), count(899), "the other assumption takes the last day of the year");
}

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

#[test]
fn marital_status_holds_from_its_day_and_a_child_has_never_married() {
    let mut world = World::default();
    let person = world.person("2000-05-01");
    world.change(person, |person: &mut Person| {
        person.marital_status = Some("widowed".into());
        person.marital_since = partial("2024-08");
    });
    table(
        &world,
        person,
        Fact::MaritalStatus,
        &[("2016-04-30", code("never_married")), ("2016-05-01", None), ("2024-07-31", None), ("2024-08-01", code("widowed"))],
    );
}

#[test]
fn obligors_are_counted_while_they_live() {
    let mut world = World::default();
    let (old, son, daughter) = (world.person("1945-01-01"), world.person("1970-01-01"), world.person("1975-01-01"));
    table(&world, old, Fact::SupportObligor, &[("2026-01-01", None)]);
    let obligor = |person: Option<RecordId>, receives: Option<bool>, from: &str| SupportObligor {
        state: Some("person".into()),
        obligor: person,
        obligor_name: Some("Bùi Văn Xa".into()),
        receives_monthly: receives,
        from_on: partial(from),
        ..SupportObligor::default()
    };
    world.child(old, obligor(Some(son), None, ""));
    world.allowance(son, "monthly", "N335-6-SV", 810_000, "2026-03", "");
    table(
        &world,
        old,
        Fact::SupportObligor,
        &[("2026-02-28", code("other")), ("2026-03-01", code("receiving_monthly_allowance"))],
    );
    world.child(old, obligor(Some(daughter), None, "2026-05"));
    table(&world, old, Fact::SupportObligor, &[("2026-05-01", code("other"))]);
    world.died(daughter, "2026-06-10");
    table(
        &world,
        old,
        Fact::SupportObligor,
        &[("2026-06-09", code("other")), ("2026-06-10", code("receiving_monthly_allowance"))],
    );
    world.child(old, obligor(None, None, "2026-07"));
    table(&world, old, Fact::SupportObligor, &[("2026-07-01", None)]);
    world.child(old, SupportObligor { state: Some("none".into()), from_on: partial("2026-09"), ..SupportObligor::default() });
    table(&world, old, Fact::SupportObligor, &[("2026-08-31", None), ("2026-09-01", code("none"))]);
}

fn observe(world: &mut World, parent: RecordId, topic: &str, answer: &str, found: &str, from: &str, to: &str) -> RecordId {
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
fn a_community_carer_is_a_foster_link_to_the_person() {
    let mut world = World::default();
    let (old, carer) = (world.person("1945-01-01"), world.person("1980-01-01"));
    table(&world, old, Fact::HasCommunityCarer, &[("2026-01-01", NO)]);
    let link = CarerLink {
        carer: Some(carer),
        kind: Some("foster".into()),
        from_on: partial("2026-02-10"),
        to_on: partial("2026-05"),
        ..CarerLink::default()
    };
    world.child(old, link);
    table(
        &world,
        old,
        Fact::HasCommunityCarer,
        &[("2026-02-09", NO), ("2026-02-10", YES), ("2026-05-31", YES), ("2026-06-01", NO)],
    );
}

#[test]
fn the_certificate_that_began_last_counts_unless_revoked() {
    let mut world = World::default();
    let person = world.person("2015-01-01");
    world.certificate(person, "severe", "2020-05-10");
    let later = world.certificate(person, "extremely_severe", "2024-03-01");
    table(
        &world,
        person,
        Fact::DisabilitySeverity,
        &[
            ("2020-05-09", code("none")),
            ("2020-05-10", code("severe")),
            ("2024-02-29", code("severe")),
            ("2024-03-01", code("extremely_severe")),
        ],
    );
    world.change(later, |certificate: &mut DisabilityCertificate| certificate.reassess_at = Some(day("2025-01-01")));
    table(&world, person, Fact::DisabilitySeverity, &[("2026-01-01", code("extremely_severe"))]);
    assert_eq!(world.rule(person, "2025-01-01", Fact::DisabilitySeverity), "recorded");
    assert_eq!(world.rule(person, "2025-01-02", Fact::DisabilitySeverity), "past_reassessment", "it counts, with a warning");
    world.change(later, |certificate: &mut DisabilityCertificate| certificate.status = Some("revoked".into()));
    table(&world, person, Fact::DisabilitySeverity, &[("2026-01-01", code("severe"))]);
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
fn an_allowance_of_social_insurance_is_weighed_against_the_pension_of_the_day() {
    let mut world = World::default();
    let old = world.alone("1945-01-01", "");
    table(&world, old, Fact::SiAllowanceBelowSocialPension, &[("2026-01-01", None)]);
    let row = world.allowance(old, "si", "", 500_000, "2020-01", "");
    table(&world, old, Fact::HasPensionOrSiAllowance, &[("2026-01-01", YES)]);
    table(
        &world,
        old,
        Fact::SiAllowanceBelowSocialPension,
        &[("2025-06-30", None), ("2025-07-01", NO), ("2026-06-30", NO), ("2026-07-01", YES)],
    );
    world.change(row, |row: &mut domain::records::Allowance| row.si_kind = Some("pension".into()));
    table(&world, old, Fact::SiAllowanceBelowSocialPension, &[("2026-07-01", NO)]);
    world.change(row, |row: &mut domain::records::Allowance| (row.si_kind, row.amount) = (Some("survivor".into()), None));
    table(&world, old, Fact::SiAllowanceBelowSocialPension, &[("2026-07-01", None)]);
    let without = world.alone("1945-01-01", "");
    observe(&mut world, without, "pension_or_si", "no", "2026-01-01", "", "");
    table(&world, without, Fact::SiAllowanceBelowSocialPension, &[("2026-07-01", NO)]);
}

#[test]
fn a_monthly_allowance_on_the_asking_ground_itself_is_no_other() {
    for (kind, code, wanted) in
        [("monthly", "N20-6-SV", YES), ("monthly", "", YES), ("monthly", "N20-5C", NO), ("social_pension", "", NO)]
    {
        let mut world = World::default();
        let old = world.alone("1940-01-01", "");
        world.allowance(old, kind, code, 500_000, "2025-01", "2025-06");
        table(&world, old, Fact::HasMonthlySocialAllowance, &[("2024-12-31", NO), ("2025-01-01", wanted), ("2025-07-01", NO)]);
    }
}

#[test]
fn a_request_counts_from_the_day_it_was_filed() {
    let mut world = World::default();
    let old = world.alone("1945-01-01", "");
    let request =
        WrittenRequest { family: Some("social_pension".into()), filed_on: Some(day("2026-03-02")), ..WrittenRequest::default() };
    world.child(old, request);
    table(&world, old, Fact::RequestedInWriting, &[("2026-03-01", NO), ("2026-03-02", YES)]);
    let paid = world.alone("1945-01-01", "");
    world.allowance(paid, "social_pension", "", 500_000, "2025-07", "");
    table(&world, paid, Fact::RequestedInWriting, &[("2025-06-30", NO), ("2025-07-01", YES)]);
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

#[test]
fn without_an_emergency_case_there_is_no_emergency() {
    let mut world = World::default();
    let person = world.alone("1960-01-01", "");
    for (fact, wanted) in [
        (Fact::EmergencyCause, Some(entitlements::Told::None)),
        (Fact::SeriousInjury, NO),
        (Fact::TreatmentDays, count(0)),
        (Fact::HouseDamage, code("none")),
        (Fact::BuriedByOtherParty, NO),
        (Fact::HouseholdShortOfFood, NO),
        (Fact::UrgentProtection, NO),
        (Fact::Days, None),
    ] {
        table(&world, person, fact, &[("2026-01-01", wanted)]);
    }
}

#[test]
fn of_two_rows_the_later_begun_counts_then_the_later_entered_with_a_warning() {
    let mut world = World::default();
    let (household, person) = (world.household(), world.person("1960-01-01"));
    world.member(household, person, "head");
    world.class(household, 2026, "poor");
    let second = world.class(household, 2026, "near_poor");
    let sheet = world.sheet(person, When::On(day("2026-05-01")));
    assert_eq!(sheet.facts.get(Fact::HouseholdPoverty), code("near_poor"), "the later entry");
    let origin = sheet.origin(Fact::HouseholdPoverty).unwrap();
    assert!(origin.disputed);
    assert_eq!((origin.record, origin.since), (Some(second), Some(day("2026-01-01"))));
    world.change(second, |class: &mut PovertyClass| class.valid_from = Some(day("2025-12-01")));
    assert_eq!(world.fact(person, "2026-05-01", Fact::HouseholdPoverty), code("poor"), "the later begun");
}

#[test]
fn a_partial_from_begins_on_its_first_day_and_a_partial_to_ends_on_its_last() {
    let spans = [("2026", "2026-01-01"), ("2026-02", "2026-02-01"), ("2026-02-10", "2026-02-10")];
    for (from, first) in spans {
        assert_eq!(from.parse::<PartialDate>().unwrap().first_day(), day(first));
        let mut world = World::default();
        let person = world.person("1960-01-01");
        let stay = Residence { kind: Some("facility".into()), from_on: partial(from), ..Residence::default() };
        world.child(person, stay);
        let eve = day(first).pred_opt().unwrap().to_string();
        table(&world, person, Fact::InFacility, &[(&eve, NO), (first, YES)]);
    }
}
