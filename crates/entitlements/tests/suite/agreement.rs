//! The evaluator agrees with the naive reading, on the law as it stands and on invented laws full of ties and pairs.

use entitlements::{AnswerJson, Documents, Facts, PolicySet};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::{reference, world};

/// The answer in the shape of the reference.
fn shaped(answer: &Json) -> Json {
    let benefits = answer["benefits"].as_array().unwrap().iter().map(|line| {
        let results: Vec<&Json> = line["reasons"].as_array().unwrap().iter().map(|reason| &reason["result"]).collect();
        json!({ "code": line["code"], "status": line["status"], "amount": line["amount"], "missing": line["missing"], "results": results })
    });
    json!({ "benefits": benefits.collect::<Vec<_>>(), "paid": answer["paid"] })
}

fn both(documents: &Documents, set: &PolicySet, on: chrono::NaiveDate, told: &Map<String, Json>) -> (Json, Json) {
    let answer = json!(AnswerJson::new(&set.on(on), &Facts::from_json(told).unwrap()));
    (shaped(&answer), reference::answer(documents, &on.to_string(), told))
}

/// Facts that are yes or no and drive one invented rule each.
const SWITCHES: [&str; 9] = [
    "died",
    "studying",
    "in_facility",
    "serious_injury",
    "urgent_protection",
    "has_stable_income",
    "requested_in_writing",
    "was_monthly_recipient",
    "eligible_for_facility",
];

/// A law of nine rules with random families, clauses, groups and amounts; ties are frequent.
fn invented_law() -> impl Strategy<Value = Documents> {
    let rule = (0..8_usize, 0..4_usize, 1..4_u32, any::<bool>(), any::<bool>());
    prop::collection::vec(rule, SWITCHES.len()).prop_map(|rules| {
        let mut documents = world::documents();
        documents.benefits = rules
            .into_iter()
            .enumerate()
            .map(|(at, (kind, other, coefficient, is_counted, has_second))| {
                let (family, clause, group) = [
                    ("monthly_allowance", Some("4"), "monthly_allowance"),
                    ("monthly_allowance", Some("5"), "monthly_allowance"),
                    ("monthly_allowance", Some("7"), "monthly_allowance"),
                    ("social_pension", None, "social_pension"),
                    ("carer_support", None, ["carer_support_household", "carer_support_foster", "carer_support_parent", "carer_support_foster"][other]),
                    ("funeral", None, ["funeral", "other"][other % 2]),
                    ("emergency", None, ["a", "b"][other % 2]),
                    ("facility_care", None, "facility_care"),
                ][kind];
                let mut conditions = vec![json!({ "field": SWITCHES[at], "op": "==", "value": true })];
                if has_second {
                    conditions.push(json!({ "any": [
                        { "field": SWITCHES[(at + 1) % 9], "op": "==", "value": true },
                        { "not": { "field": "age_months", "op": "<", "value": 200 } },
                    ] }));
                }
                let mut row = json!({
                    "code": format!("X-{at}"), "scope": "national", "family": family, "title_en": "", "title_vi": "",
                    "legal_basis": [{ "source": "nd335-2026" }], "effective_from": "2024-07-01", "effective_to": null,
                    "conditions": conditions, "period": "month", "paid_for": "person", "stacking_group": group,
                    "confidence": "interpretation",
                    "amount": { "type": "coefficient", "parameter": "base_rate_monthly", "coefficient": f64::from(coefficient) / 2.0 },
                });
                if let Some(clause) = clause {
                    row["clause_group"] = json!(clause);
                }
                if is_counted && other == 0 {
                    row["amount"]["multiply_by"] = json!("household_members");
                }
                row
            })
            .collect();
        documents
    })
}

fn switched() -> impl Strategy<Value = Map<String, Json>> {
    let numbers = (prop::option::of(0..3_u32), prop::option::of(150..250_u32));
    (prop::collection::vec(0..5_u32, SWITCHES.len()), numbers).prop_map(|(luck, (members, age))| {
        let mut facts = Map::new();
        for (name, luck) in SWITCHES.iter().zip(luck).filter(|(_, luck)| *luck > 0) {
            facts.insert((*name).to_owned(), json!(luck > 1));
        }
        facts.extend(members.map(|members| ("household_members".to_owned(), json!(members))));
        facts.extend(age.map(|age| ("age_months".to_owned(), json!(age))));
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_law_as_it_stands_is_read_as_it_is_defined(on in world::any_day(), told in world::anybody()) {
        let (answer, reference) = both(&world::documents(), PolicySet::embedded(), on, &told);
        prop_assert_eq!(answer, reference);
    }

    #[test]
    fn an_invented_law_is_read_as_it_is_defined(documents in invented_law(), told in switched()) {
        let set = PolicySet::load(&documents).unwrap();
        let (answer, reference) = both(&documents, &set, world::day("2026-11-01"), &told);
        prop_assert_eq!(answer, reference);
    }
}

/// The invented laws are only worth their name if they reach what is rare: pairs, open lists, ties.
#[test]
fn invented_laws_reach_pairs_and_open_lists() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut pairs, mut open, mut cards) = (0, 0, 0);
    for _ in 0..400 {
        let documents = invented_law().new_tree(&mut runner).unwrap().current();
        let told = switched().new_tree(&mut runner).unwrap().current();
        let paid = &reference::answer(&documents, "2026-11-01", &told)["paid"];
        pairs += usize::from(paid["regular"].as_array().is_some_and(|regular| regular.len() == 2));
        open += usize::from(!paid["missing"].as_object().unwrap().is_empty());
        cards += usize::from(paid["health_card"] == true && paid["regular"].is_null());
    }
    assert!(pairs > 10 && open > 40 && cards > 5, "{pairs} pairs, {open} open, {cards} cards while open");
}
