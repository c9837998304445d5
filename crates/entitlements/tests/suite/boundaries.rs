//! The day before, the day on and the day after each bound: of age, of each clause, of each decree. Ages are counted
//! from birth dates by `domain`, leap days and ends of months among them.

use entitlements::{Fact, PolicySet};
use serde_json::{Value as Json, json};

use crate::world::{age, day, facts, paid};

/// Who is asked about: what is special about an ordinary person, of what age, and in which list.
struct Case {
    told: Json,
    list: &'static str,
    /// Whose age it is about.
    age: &'static str,
}

fn regular(told: Json) -> Case {
    Case { told, list: "regular", age: "age_months" }
}

fn carer(told: Json) -> Case {
    Case { told, list: "carer_support", age: "cared_age_months" }
}

/// `dates`: `DATE CODE AMOUNT`, or `DATE` alone for nothing.
fn check(case: &Case, born: &str, dates: &[&str]) {
    for line in dates {
        let (on, wanted) = line.split_once(' ').unwrap_or((line, ""));
        let mut told = case.told.clone();
        told[case.age] = json!(age(born, on));
        let found = paid(PolicySet::embedded(), on, case.list, &facts(&told)).join(" + ");
        assert_eq!(found, wanted, "born {born}, on {on}: {}", case.told);
    }
}

#[test]
fn child_without_support_turns_4_and_16() {
    let child = regular(json!({ "no_support_case": "b" }));
    check(&child, "2019-03-15", &["2023-03-14 N20-1-U4 900000", "2023-03-15 N20-1-4P 540000", "2023-03-16 N20-1-4P 540000"]);
    check(&child, "2022-10-31", &["2026-10-30 N335-1-U4 1350000", "2026-10-31 N335-1-4P 810000", "2026-11-01 N335-1-4P 810000"]);
    check(&child, "2020-02-29", &["2024-02-28 N20-1-U4 900000", "2024-02-29 N20-1-4P 540000", "2024-03-01 N20-1-4P 540000"]);
    check(&child, "2014-02-28", &["2018-02-27 N136-1-U4 675000", "2018-02-28 N136-1-4P 405000"]);
    check(&child, "2010-11-20", &["2026-11-19 N335-1-4P 810000", "2026-11-20", "2026-11-21"]);
    check(&child, "2008-02-29", &["2024-02-28 N20-1-4P 540000", "2024-02-29", "2024-03-01"]);
    check(&child, "2004-12-31", &["2020-12-30 N136-1-4P 405000", "2020-12-31"]);
}

#[test]
fn former_child_without_support_studies_until_22_or_until_the_end() {
    let pupil = regular(json!({ "was_no_support_recipient_at_16": true, "studying": true, "study_uninterrupted": true }));
    check(&pupil, "2008-03-31", &["2024-03-30", "2024-03-31 N20-2 540000", "2024-04-01 N20-2 540000"]);
    // "Not past 22": the month of the 22nd birthday is the last one.
    check(&pupil, "2003-05-10", &["2025-05-09 N20-2 750000", "2025-05-10 N20-2 750000", "2025-06-09 N20-2 750000", "2025-06-10"]);
    check(&pupil, "1997-08-31", &["2019-08-31 N136-2 405000", "2019-09-29 N136-2 405000", "2019-09-30"]);
    // No age cap any more.
    check(&pupil, "2003-05-10", &["2026-06-30", "2026-07-01 N335-2 810000", "2030-01-01 N335-2 810000"]);
    let paused = regular(json!({ "was_no_support_recipient_at_16": true, "studying": true, "study_uninterrupted": false }));
    check(&paused, "2009-01-01", &["2026-06-30 N20-2 750000", "2026-07-01"]);
}

#[test]
fn child_with_hiv_turns_4_and_16_and_becomes_clause_8() {
    let child = regular(json!({ "hiv_positive": true, "household_poverty": "poor", "has_stable_income": false }));
    check(
        &child,
        "2022-11-02",
        &["2026-11-01 N335-3-U4 1350000", "2026-11-02 N335-3-4P 1080000", "2026-11-03 N335-3-4P 1080000"],
    );
    check(&child, "2010-11-02", &["2026-11-01 N335-3-4P 1080000", "2026-11-02 N335-8 810000", "2026-11-03 N335-8 810000"]);
    check(&child, "2007-07-01", &["2023-06-30 N20-3-4P 720000", "2023-07-01 N20-8 540000"]);
    check(&child, "2004-01-15", &["2020-01-14 N136-3-4P 540000", "2020-01-15 N136-3-AD 405000"]);
    let near_poor = regular(json!({ "hiv_positive": true, "household_poverty": "near_poor", "has_stable_income": false }));
    check(&near_poor, "2022-11-02", &["2026-11-02"]);
}

#[test]
fn single_parent_is_paid_per_child_and_divorced_is_not_named() {
    let parent = |class: &str, status: &str, children: u32| {
        regular(json!({ "household_poverty": class, "marital_status": status, "qualifying_children": children }))
    };
    check(&parent("poor", "widowed", 0), "1990-01-01", &["2026-11-01"]);
    check(&parent("near_poor", "widowed", 1), "1990-01-01", &["2026-06-30 N20-4 500000", "2026-07-01 N335-4 540000"]);
    check(&parent("poor", "never_married", 3), "1990-01-01", &["2024-06-30 N20-4 1080000", "2024-07-01 N20-4 1500000"]);
    check(&parent("poor", "spouse_missing", 2), "1990-01-01", &["2021-06-30 N136-4-2 540000", "2021-07-01 N20-4 720000"]);
    check(&parent("poor", "widowed", 1), "1980-01-01", &["2015-01-01 N136-4-1 270000"]);
    check(&parent("poor", "divorced", 2), "1990-01-01", &["2026-11-01"]);
    check(&parent("none", "widowed", 2), "1990-01-01", &["2026-11-01"]);
}

#[test]
fn single_parent_in_clause_5_6_or_8_gets_both() {
    let both = |more: Json| {
        let mut told = json!({ "household_poverty": "poor", "marital_status": "widowed", "qualifying_children": 1 });
        told.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        regular(told)
    };
    let severe = both(json!({ "disability_severity": "severe" }));
    check(&severe, "1986-01-01", &["2026-11-01 N335-4 540000 + N335-6-SV 810000", "2023-05-01 N20-4 360000 + N20-6-SV 540000"]);
    let alone = both(json!({ "support_obligor": "none" }));
    check(&alone, "1960-01-01", &["2026-11-01 N335-4 540000 + N335-5A-LO 810000"]);
    let hiv = both(json!({ "hiv_positive": true, "has_stable_income": false }));
    check(&hiv, "1986-01-01", &["2026-11-01 N335-4 540000 + N335-8 810000", "2018-01-01 N136-3-AD 405000 + N136-4-1 270000"]);
    // The pension is compared with the sum, and clause 2 is not among those that are added.
    check(
        &both(json!({ "disability_severity": "severe", "has_pension_or_si_allowance": false })),
        "1950-01-01",
        &["2026-11-01 N335-4 540000 + N335-6-SV-CE 1080000"],
    );
}

#[test]
fn elderly_without_support_turn_60_75_and_80() {
    let alone = regular(json!({ "household_poverty": "poor", "support_obligor": "none", "has_pension_or_si_allowance": true }));
    check(&alone, "1966-11-15", &["2026-11-14", "2026-11-15 N335-5A-LO 810000", "2026-11-16 N335-5A-LO 810000"]);
    check(&alone, "1964-02-29", &["2024-02-28", "2024-02-29 N20-5A-LO 540000"]);
    check(&alone, "1963-02-28", &["2023-02-27", "2023-02-28 N20-5A-LO 540000"]);
    check(&alone, "1951-11-15", &["2026-11-14 N335-5A-LO 810000", "2026-11-15 N335-5A-HI 1080000"]);
    check(&alone, "1952-02-29", &["2027-02-27 N335-5A-LO 810000", "2027-02-28 N335-5A-HI 1080000"]);
    check(&alone, "1945-04-30", &["2025-04-29 N20-5A-LO 750000", "2025-04-30 N20-5A-HI 1000000"]);
    check(&alone, "1938-04-30", &["2018-04-29 N136-5A-LO 405000", "2018-04-30 N136-5A-HI 540000"]);
    // Between 75 and 80 the level rises with the decree, not with the birthday.
    check(&alone, "1950-01-01", &["2026-06-30 N20-5A-LO 750000", "2026-07-01 N335-5A-HI 1080000"]);
    let helped = regular(json!({ "household_poverty": "poor", "support_obligor": "other", "has_pension_or_si_allowance": true }));
    check(&helped, "1960-01-01", &["2026-11-01"]);
    let by_recipient = regular(json!({ "household_poverty": "poor", "support_obligor": "receiving_monthly_allowance" }));
    check(&by_recipient, "1960-01-01", &["2026-11-01 N335-5A-LO 810000"]);
}

#[test]
fn elderly_of_special_areas_and_of_80_move_to_the_social_pension() {
    let area = regular(json!({ "household_poverty": "near_poor", "lives_in_special_difficulty_area": true }));
    check(
        &area,
        "1950-05-20",
        &["2025-05-19", "2025-05-20 N20-5B 500000", "2025-06-30 N20-5B 500000", "2025-07-01 N176-75 500000"],
    );
    check(&area, "1945-03-01", &["2025-02-28 N20-5B 500000", "2025-03-01 N20-5C 500000"]);
    let old = regular(json!({}));
    check(
        &old,
        "1944-02-29",
        &["2024-02-28", "2024-02-29 N20-5C 360000", "2024-07-01 N20-5C 500000", "2025-07-01 N176-75 500000"],
    );
    check(&old, "1938-10-31", &["2018-10-30", "2018-10-31 N136-5B 270000"]);
}

#[test]
fn social_pension_begins_at_70_for_the_poor_and_at_75_for_all() {
    let anybody = regular(json!({}));
    check(&anybody, "1951-12-31", &["2026-12-30", "2026-12-31 N176-75 540000", "2027-01-01 N176-75 540000"]);
    let near_poor = regular(json!({ "household_poverty": "near_poor" }));
    check(&near_poor, "1956-12-31", &["2026-12-30", "2026-12-31 N176-70 540000"]);
    check(&near_poor, "1951-12-31", &["2026-12-30 N176-70 540000", "2026-12-31 N176-75 540000"]);
    check(
        &near_poor,
        "1956-02-29",
        &["2026-02-27", "2026-02-28 N176-70 500000", "2026-06-30 N176-70 500000", "2026-07-01 N176-70 540000"],
    );
    check(&near_poor, "1954-01-01", &["2025-06-30", "2025-07-01 N176-70 500000"]);
    check(&regular(json!({ "has_pension_or_si_allowance": true })), "1950-01-01", &["2026-11-01"]);
    let low = regular(json!({ "has_pension_or_si_allowance": true, "si_allowance_below_social_pension": true }));
    check(&low, "1950-01-01", &["2026-11-01 N176-75 540000"]);
    check(&regular(json!({ "requested_in_writing": false })), "1950-01-01", &["2026-11-01"]);
    // In both schemes: the higher one; the monthly allowance where it is higher.
    let both = regular(json!({ "household_poverty": "poor", "support_obligor": "none" }));
    check(&both, "1956-01-01", &["2026-11-01 N335-5A-LO 810000"]);
}

#[test]
fn elderly_kept_in_the_community_count_three_times() {
    let kept = json!({ "household_poverty": "poor", "support_obligor": "none", "can_live_in_community": false,
        "eligible_for_facility": true, "has_community_carer": true });
    check(&regular(kept.clone()), "1966-11-15", &["2026-11-14", "2026-11-15 N335-5B 1620000"]);
    check(&regular(kept.clone()), "1950-01-01", &["2026-06-30 N20-5D 1500000", "2020-05-05 N136-5C 810000"]);
    let mut alone = kept;
    alone["has_community_carer"] = json!(false);
    check(&regular(alone), "1966-11-15", &["2026-11-15 N335-5A-LO 810000"]);
}

#[test]
fn disability_counts_more_for_children_and_elderly() {
    let severe = regular(json!({ "disability_severity": "severe", "has_pension_or_si_allowance": true }));
    check(
        &severe,
        "2010-11-20",
        &["2026-11-19 N335-6-SV-CE 1080000", "2026-11-20 N335-6-SV 810000", "2026-11-21 N335-6-SV 810000"],
    );
    check(&severe, "1966-11-20", &["2026-11-19 N335-6-SV 810000", "2026-11-20 N335-6-SV-CE 1080000"]);
    check(&severe, "1964-02-29", &["2024-02-28 N20-6-SV 540000", "2024-02-29 N20-6-SV-CE 720000"]);
    check(&severe, "1959-06-30", &["2019-06-29 N136-6-SV 405000", "2019-06-30 N136-6-SV-CE 540000"]);
    let extreme = regular(json!({ "disability_severity": "extremely_severe", "has_pension_or_si_allowance": true }));
    check(&extreme, "2010-11-20", &["2026-11-19 N335-6-EX-CE 1350000", "2026-11-20 N335-6-EX 1080000"]);
    check(&extreme, "1965-01-31", &["2025-01-30 N20-6-EX 1000000", "2025-01-31 N20-6-EX-CE 1250000"]);
    check(&extreme, "1957-01-31", &["2017-01-30 N136-6-EX 540000", "2017-01-31 N136-6-EX-CE 675000"]);
    check(&regular(json!({ "disability_severity": "mild" })), "1990-01-01", &["2026-11-01"]);
    check(&regular(json!({ "disability_severity": "severe", "in_facility": true })), "1990-01-01", &["2026-11-01"]);
}

#[test]
fn child_of_a_special_area_turns_3() {
    let child = regular(json!({ "household_poverty": "poor", "lives_in_special_difficulty_area": true }));
    check(&child, "2023-11-30", &["2026-11-29 N335-7 810000", "2026-11-30", "2026-12-01"]);
    check(&child, "2024-02-29", &["2027-02-27 N335-7 810000", "2027-02-28", "2027-03-01"]);
    check(&child, "2020-07-31", &["2023-07-30 N20-7 540000", "2023-07-31"]);
    // There was no such clause before.
    check(&child, "2020-07-31", &["2021-06-30", "2021-07-01 N20-7 540000"]);
    let disabled = regular(
        json!({ "household_poverty": "poor", "lives_in_special_difficulty_area": true, "disability_severity": "severe" }),
    );
    check(&disabled, "2024-11-30", &["2026-11-29 N335-6-SV-CE 1080000"]);
}

#[test]
fn every_decree_holds_from_its_first_to_its_last_day() {
    let severe = regular(json!({ "disability_severity": "severe" }));
    check(
        &severe,
        "1980-01-01",
        &[
            "2015-01-01 N136-6-SV 405000",
            "2021-06-30 N136-6-SV 405000",
            "2021-07-01 N20-6-SV 540000",
            "2024-06-30 N20-6-SV 540000",
            "2024-07-01 N20-6-SV 750000",
            "2026-06-30 N20-6-SV 750000",
            "2026-07-01 N335-6-SV 810000",
            "2026-10-05 N335-6-SV 810000",
        ],
    );
    let answer = PolicySet::embedded().on(day("2014-12-31")).answer(&facts(&json!({ "disability_severity": "severe" })));
    assert_eq!(answer.paid.regular_total(), None, "before the first row it is not known, which is not nothing");
}

#[test]
fn carers_of_children_are_paid_by_the_age_of_the_child() {
    let foster = carer(json!({ "age_months": 600, "carer_relation": "foster", "cared_no_support_child": true }));
    check(
        &foster,
        "2022-11-10",
        &["2026-11-09 N335-C-CH-U4 1350000", "2026-11-10 N335-C-CH-4P 810000", "2026-11-11 N335-C-CH-4P 810000"],
    );
    check(&foster, "2010-11-10", &["2026-11-09 N335-C-CH-4P 810000", "2026-11-10", "2026-11-11"]);
    check(&foster, "2008-02-29", &["2024-02-28 N20-C-CH-4P 540000", "2024-02-29"]);
    let extreme =
        carer(json!({ "age_months": 600, "carer_relation": "foster", "cared_disability_severity": "extremely_severe" }));
    check(&extreme, "2010-11-10", &["2026-11-09 N335-C-FDC 1350000", "2026-11-10 N335-C-FD 810000"]);
    let own =
        carer(json!({ "age_months": 600, "carer_relation": "own_household", "cared_disability_severity": "extremely_severe" }));
    check(&own, "2010-11-10", &["2026-06-30 N20-C-HH 500000", "2026-07-01 N335-C-HH 540000"]);
    let elderly = carer(json!({ "age_months": 600, "carer_relation": "foster", "cared_elderly_facility_eligible": true }));
    check(&elderly, "1940-01-01", &["2026-11-01 N335-C-EL 810000"]);
    // One for the person cared for, and one for her own pregnancy or child, besides.
    let two = carer(
        json!({ "age_months": 400, "carer_relation": "foster", "cared_no_support_child": true, "disability_severity": "severe", "pregnant": true }),
    );
    check(&two, "2024-01-01", &["2026-11-01 N335-C-CH-U4 1350000 + N335-C-DIS-1 810000"]);
}

#[test]
fn disabled_parents_are_paid_once_for_the_higher_case() {
    let parent = |pregnant: bool, children: u32, spouse: bool| {
        let told = json!({ "disability_severity": "severe", "pregnant": pregnant, "children_under_36m": children,
            "spouse_gets_disability_carer_support": spouse, "has_pension_or_si_allowance": true });
        Case { told, list: "carer_support", age: "age_months" }
    };
    for (pregnant, children, wanted) in [
        (false, 0, "2026-11-01"),
        (true, 0, "2026-11-01 N335-C-DIS-1 810000"),
        (false, 1, "2026-11-01 N335-C-DIS-1 810000"),
        (true, 1, "2026-11-01 N335-C-DIS-2 1080000"),
        (false, 2, "2026-11-01 N335-C-DIS-2 1080000"),
        (true, 2, "2026-11-01 N335-C-DIS-2 1080000"),
    ] {
        check(&parent(pregnant, children, false), "1995-01-01", &[wanted]);
        check(&parent(pregnant, children, true), "1995-01-01", &["2026-11-01"]);
    }
}

#[test]
fn funeral_support_follows_the_decree_of_the_day_of_death() {
    let dead = |more: Json| {
        let mut told = json!({ "died": true });
        told.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Case { told, list: "funeral", age: "age_months" }
    };
    let recipient = dead(json!({ "was_monthly_recipient": true }));
    check(
        &recipient,
        "1950-01-01",
        &[
            "2026-10-04 N20-F-A 10000000",
            "2026-10-05 N335-F-A 10800000",
            "2024-06-30 N20-F-A 7200000",
            "2024-07-01 N20-F-A 10000000",
        ],
    );
    let applied = dead(json!({ "applied_and_eligible_no_decision": true }));
    check(&applied, "1950-01-01", &["2026-10-04", "2026-10-05 N335-F-A 10800000"]);
    let survivor = dead(json!({ "had_monthly_survivor_or_other_allowance": true }));
    check(&survivor, "1945-05-05", &["2025-05-04", "2025-05-05 N20-F-C 10000000"]);
    check(&survivor, "1951-11-05", &["2026-11-04", "2026-11-05 N335-F-C 10800000"]);
    let young = dead(
        json!({ "had_monthly_survivor_or_other_allowance": true, "had_monthly_survivor_allowance": true, "household_poverty": "near_poor" }),
    );
    check(&young, "1956-11-05", &["2026-11-04", "2026-11-05 N335-F-D 10800000"]);
    check(&young, "1951-11-05", &["2026-11-04 N335-F-D 10800000", "2026-11-05 N335-F-C 10800000"]);
    let pensioner = dead(json!({ "was_social_pension_recipient": true }));
    check(
        &pensioner,
        "1950-01-01",
        &["2025-07-01 N176-F 10000000", "2026-10-04 N176-F 10000000", "2026-10-05 N335-F-SP 10800000"],
    );
    let child = dead(json!({ "child_of_poor_single_parent": true }));
    check(&child, "2015-01-01", &["2026-10-04 N20-F-B 10000000", "2026-10-05 N335-F-B 10800000"]);
}

#[test]
fn emergencies_give_one_of_each_kind() {
    let case = |told: Json| Case { told, list: "emergency", age: "age_months" };
    let hurt = |days: u32| case(json!({ "emergency_cause": "fire", "serious_injury": true, "treatment_days": days }));
    check(&hurt(2), "1990-01-01", &["2026-11-01"]);
    check(&hurt(3), "1990-01-01", &["2026-11-01 N335-E-INJ 5400000", "2026-10-04 N20-E-INJ 5000000"]);
    let epidemic = case(json!({ "emergency_cause": "epidemic", "serious_injury": true, "treatment_days": 5 }));
    check(&epidemic, "1990-01-01", &["2026-10-04", "2026-10-05 N335-E-INJ 5400000"]);
    let flood = case(json!({ "emergency_cause": "natural_disaster", "died": true, "house_damage": "heavy_damage_uninhabitable",
        "household_short_of_food": true, "household_members": 4, "household_in_difficulty": true }));
    check(&flood, "1990-01-01", &["2026-11-01 N335-E-RICE 60 + N335-E-BUR 27000000 + N335-E-HOUSE-FIX 20000000"]);
    let buried = case(json!({ "emergency_cause": "fire", "died": true, "buried_by_other_party": true }));
    check(&buried, "1990-01-01", &["2026-11-01 N335-E-BUR-ORG 27000000"]);
    let rich = case(json!({ "emergency_cause": "fire", "house_damage": "destroyed_no_shelter" }));
    check(&rich, "1990-01-01", &["2026-11-01"]);
    let moved = case(json!({ "emergency_cause": "natural_disaster", "house_damage": "ordered_relocation" }));
    check(&moved, "1990-01-01", &["2026-11-01 N335-E-HOUSE-MOVE 30000000"]);
    let kept = case(json!({ "urgent_protection": true, "days": 12 }));
    check(&kept, "2020-01-01", &["2026-10-04 N20-E-MEAL 720000", "2026-10-05 N335-E-MEAL 1200000"]);
    let tet = case(json!({ "emergency_cause": "tet_hunger", "household_short_of_food": true, "household_members": 5 }));
    check(&tet, "1990-01-01", &["2027-02-01 N335-E-RICE-TET 75"]);
}

#[test]
fn facility_care_is_known_under_the_old_decree_only() {
    let resident = Case { told: json!({ "in_facility": true }), list: "facility_care", age: "age_months" };
    check(
        &resident,
        "2020-03-01",
        &["2024-02-29 N20-R-U4 1800000", "2024-03-01 N20-R-4P 1440000", "2026-06-30 N20-R-4P 2000000"],
    );
    let after = PolicySet::embedded().on(day("2026-07-01")).answer(&facts(&json!({ "in_facility": true, "age_months": 60 })));
    assert_eq!(*after.paid.list(entitlements::List::FacilityCare), entitlements::Due::NoRows);
}

/// Months as the register asks them: ages at the end of the month, ends tested with those at the end of the month before.
#[test]
fn an_allowance_that_ends_at_a_birthday_is_paid_for_the_month_of_the_birthday() {
    let month = |told: Json, born: &str, first_day: &str| {
        let last = domain::Month::of(day(first_day)).last_day();
        let before = day(first_day).pred_opt().unwrap();
        let born: domain::PartialDate = born.parse().unwrap();
        let mut told = told;
        told["age_months"] = json!(born.age_months(last, domain::AssumedBirth::First).unwrap());
        let mut facts = facts(&told);
        facts.tell_age_before(Fact::AgeMonths, born.age_months(before, domain::AssumedBirth::First).unwrap_or(0));
        paid(PolicySet::embedded(), &last.to_string(), "regular", &facts).join(" + ")
    };
    let area = json!({ "household_poverty": "poor", "lives_in_special_difficulty_area": true });
    assert_eq!(month(area.clone(), "2023-03-15", "2026-02-01"), "N20-7 750000");
    assert_eq!(month(area.clone(), "2023-03-15", "2026-03-01"), "N20-7 750000");
    assert_eq!(month(area.clone(), "2023-03-15", "2026-04-01"), "");
    assert_eq!(month(area.clone(), "2023-03-31", "2026-03-01"), "N20-7 750000", "turned 3 on the last day");
    assert_eq!(month(area.clone(), "2023-03-31", "2026-04-01"), "");
    assert_eq!(month(area, "2026-03-15", "2026-03-01"), "N20-7 750000", "the month of birth counts");

    let orphan = json!({ "no_support_case": "b" });
    assert_eq!(month(orphan.clone(), "2022-03-15", "2026-02-01"), "N20-1-U4 1250000");
    assert_eq!(
        month(orphan.clone(), "2022-03-15", "2026-03-01"),
        "N20-1-4P 750000",
        "the level changes from the month of the birthday"
    );
    assert_eq!(month(orphan.clone(), "2010-08-15", "2026-08-01"), "N335-1-4P 810000");
    assert_eq!(month(orphan, "2010-08-15", "2026-09-01"), "");

    let pupil = json!({ "was_no_support_recipient_at_16": true, "studying": true, "study_uninterrupted": true });
    assert_eq!(month(pupil.clone(), "2003-05-10", "2025-05-01"), "N20-2 750000", "the month of the 22nd birthday is the last");
    assert_eq!(month(pupil, "2003-05-10", "2025-06-01"), "");
}
