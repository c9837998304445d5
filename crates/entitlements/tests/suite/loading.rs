//! A bad set is refused with every fault at once, each with its row.

use entitlements::{Documents, Fact, Facts, Fault, List, PolicySet};
use serde_json::{Value as Json, json};

use crate::world::{day, documents, facts, paid};

fn benefit<'d>(documents: &'d mut Documents, code: &str) -> &'d mut Json {
    documents.benefits.iter_mut().find(|row| row["code"] == code).unwrap()
}

fn figure<'d>(documents: &'d mut Documents, code: &str, from: &str) -> &'d mut Json {
    documents.parameters.iter_mut().find(|row| row["code"] == code && row["effective_from"] == from).unwrap()
}

/// Every fault as a line of text.
fn refused(documents: &Documents) -> Vec<String> {
    PolicySet::load(documents).unwrap_err().findings.iter().map(ToString::to_string).collect()
}

fn provincial(code: &str, value: Json, from: &str, to: Json) -> Json {
    json!({ "code": code, "scope": "province:25", "value": value, "unit": "VND", "effective_from": from, "effective_to": to,
        "legal_basis": [{ "source": "nd335-2026", "article": "4", "clause": "3" }], "confidence": "found" })
}

#[test]
fn every_fault_is_named_at_once_with_its_row() {
    let mut bad = documents();
    benefit(&mut bad, "N335-7")["conditions"][1]["value"] = json!(["poor", "hungry"]);
    benefit(&mut bad, "N335-8")["conditions"][0]["field"] = json!("has_luck");
    benefit(&mut bad, "N335-6-SV")["conditions"][0]["op"] = json!("<");
    benefit(&mut bad, "N335-4")["legal_basis"] = json!([{ "source": "nd999" }]);
    benefit(&mut bad, "N335-5B")["legal_basis"] = json!([]);
    benefit(&mut bad, "N335-1-U4")["amount"]["parameter"] = json!("base_rate");
    benefit(&mut bad, "N335-2")["colour"] = json!("red");
    benefit(&mut bad, "N335-F-A")["effective_to"] = json!("2026-10-04");
    assert_eq!(
        refused(&bad),
        [
            "N335-2: unknown field `colour`, expected one of `code`, `scope`, `family`, `title_en`, `title_vi`, `legal_basis`, `effective_from`, \
         `effective_to`, `conditions`, `ends_at_birthday`, `amount`, `period`, `paid_for`, `stacking_group`, `confidence`, `clause_group`, \
         `forms`, `decree_in_force_from`, `new_case_note`, `new_case_note_vi`, `notes`, `notes_vi`",
            "N335-6-SV: bad operator for disability_severity: <",
            "N335-7: unknown code of household_poverty: \"hungry\"",
            "N335-8: unknown fact: has_luck",
            "N335-1-U4: unknown parameter: base_rate",
            "N335-4: unknown source: nd999",
            "N335-5B: no legal basis",
            "N335-F-A: ends before it begins",
        ]
    );
}

#[test]
fn overlaps_and_gaps_of_a_figure_are_refused() {
    let mut gap = documents();
    figure(&mut gap, "base_rate_monthly", "2021-07-01")["effective_to"] = json!("2024-06-29");
    assert_eq!(
        refused(&gap),
        ["base_rate_monthly (national, 2024-07-01): gap: no national value of base_rate_monthly on 2024-06-30"]
    );

    let mut overlap = documents();
    figure(&mut overlap, "base_rate_monthly", "2021-07-01")["effective_to"] = json!("2024-07-01");
    let named = "base_rate_monthly (national, 2024-07-01): overlaps another row of base_rate_monthly on 2024-07-01";
    assert_eq!(refused(&overlap), [named]);

    let mut ended = documents();
    figure(&mut ended, "social_pension_rate", "2026-07-01")["effective_to"] = json!("2030-12-31");
    assert_eq!(
        refused(&ended),
        ["social_pension_rate (national, 2026-07-01): gap: no national value of social_pension_rate on 2031-01-01"]
    );

    let mut late = documents();
    late.parameters.retain(|row| row["effective_from"] != "2010-04-13" && row["effective_from"] != "2015-01-01");
    let faults = refused(&late);
    assert!(faults.contains(&"N136-6-SV: base_rate_monthly has no national value on 2015-01-01".to_owned()), "{faults:?}");
}

fn target(value: u32, from: &str, to: Json) -> Json {
    json!({ "code": "helped_in_time", "scope": "province:25", "kind": "target", "title_en": "", "title_vi": "", "value": value,
        "unit": "percent", "effective_from": from, "effective_to": to, "legal_basis": [{ "source": "nd335-2026" }], "confidence": "found" })
}

#[test]
fn deadlines_and_targets_are_judged_like_other_rows() {
    let with = |rows: &[Json]| {
        let mut bad = documents();
        bad.duties.extend_from_slice(rows);
        bad
    };
    assert!(
        PolicySet::load(&with(&[target(90, "2026-01-01", json!("2026-12-31")), target(95, "2027-01-01", Json::Null)])).is_ok()
    );
    let mut days = target(3, "2026-01-01", Json::Null);
    days["unit"] = json!("working_day");
    let mut uncited = target(90, "2028-01-01", json!("2027-01-01"));
    uncited["legal_basis"] = json!([]);
    let mut undated = target(90, "2026-01-01", Json::Null);
    undated["effective_from"] = Json::Null;
    for (rows, faults) in [
        (vec![target(101, "2026-01-01", Json::Null)], vec!["unit and value do not go with the kind"]),
        (vec![days], vec!["unit and value do not go with the kind"]),
        (vec![uncited], vec!["no legal basis", "ends before it begins"]),
        (vec![undated], vec!["no first day"]),
        (
            vec![target(90, "2026-01-01", Json::Null), target(95, "2027-01-01", Json::Null)],
            vec!["overlaps another row of helped_in_time on 2027-01-01"],
        ),
    ] {
        let found = refused(&with(&rows));
        assert_eq!(found.len(), faults.len(), "{found:?}");
        for (found, fault) in found.iter().zip(faults) {
            assert!(found.starts_with("helped_in_time (province:25, ") && found.ends_with(fault), "{found}");
        }
    }
}

#[test]
fn a_code_names_one_row_on_a_day() {
    let mut twice = documents();
    let again = benefit(&mut twice, "N335-7").clone();
    twice.benefits.push(again.clone());
    assert_eq!(refused(&twice), ["N335-7: overlaps another row of N335-7 on 2026-07-01"]);

    let mut after = documents();
    benefit(&mut after, "N335-7")["effective_to"] = json!("2026-12-31");
    let mut next = again;
    next["effective_from"] = json!("2027-01-01");
    after.benefits.push(next);
    assert!(PolicySet::load(&after).is_ok(), "one after the other is no overlap");
}

#[test]
fn a_row_that_ends_at_a_birthday_has_one_upper_age_bound() {
    for (code, conditions) in [
        ("N335-8", json!([{ "field": "age_months", "op": ">=", "value": 192 }])),
        (
            "N335-7",
            json!([{ "field": "age_months", "op": "<", "value": 36 }, { "field": "age_months", "op": "<=", "value": 40 }]),
        ),
        ("N335-7", json!([{ "any": [{ "field": "age_months", "op": "<", "value": 36 }] }])),
    ] {
        let mut bad = documents();
        let row = benefit(&mut bad, code);
        row["ends_at_birthday"] = json!(true);
        row["conditions"] = conditions;
        let error = PolicySet::load(&bad).unwrap_err();
        assert_eq!(error.findings.iter().map(|finding| &finding.fault).collect::<Vec<_>>(), [&Fault::NoBirthdayBound]);
    }
}

#[test]
fn shapes_that_say_nothing_are_refused() {
    for (key, value) in [
        ("conditions", json!([{ "any": [] }])),
        ("conditions", json!([{ "field": "age_months", "op": "in", "value": [] }])),
        ("conditions", json!([{ "field": "age_months", "op": "<" }])),
        ("conditions", json!([{ "field": "age_months", "op": "<", "value": 0 }])),
        ("conditions", json!([{ "field": "age_months", "op": "~", "value": 3 }])),
        ("conditions", json!([{ "field": "age_months", "op": "==", "value": "3" }])),
        ("conditions", json!([{ "field": "household_poverty", "op": "in", "value": "poor" }])),
        ("conditions", json!([{ "all": [], "any": [] }])),
        ("scope", json!("province:Hoa Binh")),
        ("family", json!("charity")),
        ("effective_from", json!("2026-13-01")),
        ("clause_group", json!(null)),
        ("amount", json!({ "type": "fixed" })),
        ("amount", json!({ "type": "coefficient", "parameter": "base_rate_monthly", "coefficient": -1 })),
        ("amount", json!({ "type": "fixed", "value": 5, "multiply_by": "died" })),
        ("amount", json!({ "type": "fixed", "value": 5, "multiply_by": "luck" })),
        ("amount", json!({ "type": "parameter", "parameter": "emergency_meal_per_day", "coefficient": 2 })),
    ] {
        let mut bad = documents();
        benefit(&mut bad, "N335-6-SV")[key] = value.clone();
        let faults = refused(&bad);
        assert!(faults.len() == 1 && faults[0].starts_with("N335-6-SV: "), "{key} {value}: {faults:?}");
    }
}

#[test]
fn a_provincial_figure_counts_where_it_is_higher() {
    let mut set = documents();
    set.parameters.push(provincial("base_rate_monthly", json!(600_000), "2026-11-01", json!("2026-12-31")));
    set.parameters.push(provincial("base_rate_monthly", json!(500_000), "2027-01-01", json!(null)));
    set.parameters.push(provincial("base_rate_monthly", json!(null), "2026-11-01", json!(null)));
    let set = PolicySet::load(&set).unwrap();
    let severe = facts(&json!({ "age_months": 400, "disability_severity": "severe" }));
    for (on, wanted) in [("2026-10-31", 810_000), ("2026-11-01", 900_000), ("2026-12-31", 900_000), ("2027-01-01", 810_000)] {
        assert_eq!(paid(&set, on, "regular", &severe), [format!("N335-6-SV {wanted}")], "{on}");
    }
    let rules = set.on(day("2026-11-01"));
    let rule = rules.rules().iter().find(|rule| rule.row().code == "N335-6-SV").unwrap();
    assert_eq!(
        rule.parameter().map(|row| (row.value, String::from(row.scope.clone()))),
        Some((Some(600_000), "province:25".to_owned()))
    );
}

#[test]
fn a_province_adds_groups_and_speaks_for_itself_only() {
    let mut set = documents();
    let mut wider = benefit(&mut set, "N335-7").clone();
    wider["code"] = json!("P25-7");
    wider["scope"] = json!("province:25");
    wider["conditions"][0]["value"] = json!(60);
    set.benefits.push(wider.clone());
    let loaded = PolicySet::load(&set).unwrap();
    let child = facts(&json!({ "age_months": 40, "household_poverty": "poor", "lives_in_special_difficulty_area": true }));
    assert_eq!(paid(&loaded, "2026-11-01", "regular", &child), ["P25-7 810000"]);
    assert_eq!(paid(PolicySet::embedded(), "2026-11-01", "regular", &child), Vec::<String>::new());

    wider["code"] = json!("P17-7");
    wider["scope"] = json!("province:17");
    set.benefits.push(wider);
    assert_eq!(refused(&set), ["P17-7: a set speaks for one province only"]);
}

#[test]
fn amounts_are_rounded_half_up() {
    let with = |coefficient: f64, base: u32| {
        let mut set = documents();
        set.parameters.push(provincial("base_rate_monthly", json!(base), "2026-11-01", json!(null)));
        benefit(&mut set, "N335-6-SV")["amount"]["coefficient"] = json!(coefficient);
        let set = PolicySet::load(&set).unwrap();
        let rules = set.on(day("2026-11-01"));
        let answer = rules.answer(&facts(&json!({ "age_months": 400, "disability_severity": "severe" })));
        answer.paid.list(List::Regular).payments().unwrap()[0].amount
    };
    assert_eq!(with(1.5, 600_001), 900_002);
    assert_eq!(with(1.25, 600_001), 750_001);
    assert_eq!(with(1.25, 600_002), 750_003);
    assert_eq!(with(1.1, 600_004), 660_004);
}

#[test]
fn is_set_and_numbers_in_a_list_are_tested() {
    let mut set = documents();
    let row = benefit(&mut set, "N335-6-SV");
    row["conditions"] = json!([
        { "field": "marital_status", "op": "!=", "value": null },
        { "field": "household_members", "op": "not_in", "value": [2, 3] },
        { "field": "carer_relation", "op": "!=", "value": null },
    ]);
    let set = PolicySet::load(&set).unwrap();
    let rules = set.on(day("2026-11-01"));
    let at = rules.rules().iter().position(|rule| rule.row().code == "N335-6-SV").unwrap();
    let results = |told: Json| -> Vec<Option<bool>> {
        let facts = Facts::from_json(told.as_object().unwrap()).unwrap();
        rules.reasons(at, &facts).iter().map(|reason| reason.result).collect()
    };
    assert_eq!(results(json!({})), [None, None, None]);
    let married = json!({ "marital_status": "married", "household_members": 2, "carer_relation": null });
    assert_eq!(results(married), [Some(true), Some(false), Some(false)]);
    assert_eq!(results(json!({ "household_members": 4, "carer_relation": "foster" })), [None, Some(true), Some(true)]);
}

#[test]
fn rows_that_rest_on_a_restricted_fact_say_so() {
    let mut resting: Vec<&str> = Vec::new();
    for on in ["2018-01-01", "2025-01-01", "2026-11-01"] {
        let rules = PolicySet::embedded().on(day(on));
        resting.extend(rules.rules().iter().filter(|rule| rule.rests_on_restricted()).map(|rule| rule.row().code.as_str()));
        for rule in rules.rules() {
            assert_eq!(
                rule.rests_on_restricted(),
                rule.tested().contains(Fact::HivPositive) || rule.tested().contains(Fact::Pregnant)
            );
        }
    }
    assert_eq!(
        resting,
        [
            "N136-3-U4",
            "N136-3-4P",
            "N136-3-AD",
            "N20-3-U4",
            "N20-3-4P",
            "N20-7",
            "N20-8",
            "N20-C-DIS-1",
            "N20-C-DIS-2",
            "N335-3-U4",
            "N335-3-4P",
            "N335-7",
            "N335-8",
            "N335-C-DIS-1",
            "N335-C-DIS-2",
        ]
    );
}
