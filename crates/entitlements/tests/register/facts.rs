//! Facts of the person alone (§14.2): recorded, nothing recorded, and the days on which they turn.

use domain::records::{CarerLink, DisabilityCertificate, Person, PovertyClass, Residence, SupportObligor, WrittenRequest};
use domain::{AssumedBirth, PartialDate, RecordId};
use entitlements::Fact;
use entitlements::register::{Options, When, facts_of};

use crate::home::observe;
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
