//! Restricted facts (§14.3): with the right and without it.

use domain::RecordId;
use domain::records::RestrictedHealth;
use entitlements::register::{Lawbook, Sight, When, facts_of, shown};
use entitlements::{Fact, PolicySet};

use crate::world::{NO, World, YES, day, partial, table};

fn matter(matter: &str, answer: &str, from: &str, to: &str) -> RestrictedHealth {
    RestrictedHealth {
        matter: Some(matter.into()),
        answer: Some(answer.into()),
        from_on: partial(from),
        to_on: partial(to),
        ..RestrictedHealth::default()
    }
}

#[test]
fn without_the_right_nobody_has_hiv_and_nobody_is_pregnant() {
    let mut world = World::default();
    let woman = world.alone("1990-01-01", "poor");
    world.child(woman, matter("hiv", "yes", "2020-05", ""));
    let due = RestrictedHealth { due_on: Some(day("2026-09-10")), ..matter("pregnancy", "yes", "2026-01-15", "") };
    world.child(woman, due);
    for fact in [Fact::HivPositive, Fact::Pregnant] {
        table(&world, woman, fact, &[("2020-05-01", NO), ("2026-03-01", NO)]);
    }
    world.sight = Sight::Restricted;
    table(&world, woman, Fact::HivPositive, &[("2020-04-30", NO), ("2020-05-01", YES)]);
    table(&world, woman, Fact::Pregnant, &[("2026-01-14", NO), ("2026-01-15", YES), ("2026-09-10", YES), ("2026-09-11", NO)]);
}

#[test]
fn steady_income_is_true_by_one_and_false_only_by_all() {
    let mut world = World::with_right();
    let man = world.alone("1990-01-01", "poor");
    table(&world, man, Fact::HasStableIncome, &[("2026-08-01", None)]);
    world.child(man, matter("income", "no", "2026-01", ""));
    let answer = domain::records::Observation {
        topic: Some("pension_or_si".into()),
        answer: Some("no".into()),
        found_on: Some(day("2026-01-05")),
        ..domain::records::Observation::default()
    };
    table(&world, man, Fact::HasStableIncome, &[("2026-08-01", None)]);
    world.child(man, answer);
    table(&world, man, Fact::HasStableIncome, &[("2026-08-01", NO)]);
    world.allowance(man, "monthly", "N20-6-SV", 750_000, "2025-01", "");
    table(&world, man, Fact::HasStableIncome, &[("2026-06-30", YES), ("2026-07-01", NO)]);
    world.child(man, matter("income", "yes", "2026-07-15", ""));
    table(&world, man, Fact::HasStableIncome, &[("2026-07-14", NO), ("2026-07-15", YES)]);
}

#[test]
fn an_allowance_under_clause_eight_is_none_of_another_ground_for_who_may_know_it() {
    let mut world = World::with_right();
    let man = world.alone("1990-01-01", "poor");
    let allowance = world.allowance(man, "monthly", "", 750_000, "2025-01", "");
    table(&world, man, Fact::HasMonthlySocialAllowance, &[("2026-01-01", YES)]);
    let code = RestrictedHealth {
        matter: Some("allowance_code".into()),
        allowance: Some(allowance),
        benefit_code: Some("N20-8".into()),
        ..RestrictedHealth::default()
    };
    world.child(man, code);
    table(&world, man, Fact::HasMonthlySocialAllowance, &[("2026-01-01", NO)]);
    world.sight = Sight::Plain;
    table(&world, man, Fact::HasMonthlySocialAllowance, &[("2026-01-01", YES)]);
}

/// Every row in force, as it is shown of a person without the right: codes of those left, with the text of the conditions.
fn shown_lines(world: &World, person: RecordId, on: &str) -> Vec<(String, String)> {
    let (register, book) = (world.register(), Lawbook::new(PolicySet::embedded()));
    let sheet = facts_of(&register, book.law(), register.find(person).unwrap(), When::On(day(on)), world.options());
    let rules = book.on(day(on));
    let rows = rules.rules().iter().enumerate();
    rows.filter_map(|(at, rule)| {
        let reasons = shown::plain(&rules.reasons(at, &sheet.facts))?;
        Some((rule.row().code.clone(), format!("{reasons:?}")))
    })
    .collect()
}

#[test]
fn lines_and_reasons_are_the_same_for_everybody_whatever_is_restricted() {
    for on in ["2025-01-01", "2026-11-01"] {
        let mut world = World::default();
        let (with, without) = (world.alone("1990-01-01", ""), world.alone("1990-01-01", ""));
        world.child(with, matter("hiv", "yes", "2020", ""));
        world.child(with, matter("pregnancy", "yes", "2024-06", "2026-12"));
        let lines = shown_lines(&world, with, on);
        assert_eq!(lines, shown_lines(&world, without, on));
        for (code, reasons) in &lines {
            assert!(!reasons.contains("hiv") && !reasons.contains("pregnant"), "{code} speaks of what is restricted: {reasons}");
        }
        let codes: Vec<&str> = lines.iter().map(|(code, _)| code.as_str()).collect();
        for gone in ["N20-3-U4", "N20-3-4P", "N20-8", "N335-3-U4", "N335-3-4P", "N335-8"] {
            assert!(!codes.contains(&gone), "{gone} can be met by nobody without the right");
        }
        let kept =
            if on < "2026-07-01" { ["N20-7", "N20-C-DIS-1", "N20-C-DIS-2"] } else { ["N335-7", "N335-C-DIS-1", "N335-C-DIS-2"] };
        for kept in kept {
            assert!(codes.contains(&kept), "{kept} is met by others");
        }
    }
}

#[test]
fn restricted_facts_are_never_missing() {
    for sight in [Sight::Plain, Sight::Restricted] {
        let mut world = World::default();
        world.sight = sight;
        let person = world.alone("", "");
        let sheet = world.sheet(person, When::On(day("2026-11-01")));
        for fact in [Fact::HivPositive, Fact::Pregnant] {
            assert!(sheet.facts.get(fact).is_some(), "{fact} is known without a paper: false");
        }
    }
}
