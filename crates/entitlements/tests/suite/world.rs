//! Sets, facts and people for the tests.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::{AssumedBirth, PartialDate};
use entitlements::{AnswerJson, Documents, Facts, PolicySet};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// The examples with the facts they take as given.
pub static EXAMPLES: LazyLock<Json> = LazyLock::new(|| serde_json::from_str(include_str!("examples.json")).unwrap());

/// The rows as they stand in `assets/policies`.
pub fn documents() -> Documents {
    Documents {
        set: serde_json::from_str(include_str!("../../../../assets/policies/set.json")).unwrap(),
        parameters: serde_json::from_str(include_str!("../../../../assets/policies/parameters.json")).unwrap(),
        benefits: serde_json::from_str(include_str!("../../../../assets/policies/benefits.json")).unwrap(),
        duties: serde_json::from_str(include_str!("../../../../assets/policies/duties.json")).unwrap(),
    }
}

/// The vocabulary as it stands in `assets/policies`.
pub static VOCABULARY: LazyLock<Map<String, Json>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../assets/policies/facts.json")).unwrap());

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn age(born: &str, on: &str) -> u32 {
    born.parse::<PartialDate>().unwrap().age_months(day(on), AssumedBirth::First).unwrap()
}

/// An ordinary person: the facts of the examples, and these.
pub fn ordinary(told: &Json) -> Map<String, Json> {
    let mut facts = EXAMPLES["defaults"].as_object().unwrap().clone();
    facts.insert("days".to_owned(), json!(0));
    facts.extend(told.as_object().unwrap().clone());
    facts
}

pub fn facts(told: &Json) -> Facts {
    Facts::from_json(&ordinary(told)).unwrap()
}

/// What is paid in a list, `code amount` each.
pub fn paid(set: &PolicySet, on: &str, list: &str, facts: &Facts) -> Vec<String> {
    let answer = json!(AnswerJson::new(&set.on(day(on)), facts));
    let payments = answer["paid"][list].as_array().unwrap_or_else(|| panic!("{list} on {on} cannot be said"));
    payments.iter().map(|paid| format!("{} {}", paid["code"].as_str().unwrap(), paid["amount"])).collect()
}

/// Values around every bound of the law, so that each test of a row comes out either way.
fn values(fact: &Json) -> Vec<Json> {
    match fact["type"].as_str().unwrap() {
        "boolean" => vec![json!(true), json!(false)],
        "enum" => fact["values"].as_array().unwrap().iter().map(|value| value["code"].clone()).collect(),
        _ => [0, 1, 2, 3, 5, 35, 36, 47, 48, 191, 192, 264, 265, 400, 719, 720, 839, 840, 899, 900, 959, 960, 1000]
            .iter()
            .map(|n| json!(n))
            .collect(),
    }
}

/// Facts of anybody. Half of them are ordinary people of whom a few things are special and a few unknown: else hardly
/// any row would be met.
pub fn anybody() -> impl Strategy<Value = Map<String, Json>> {
    let one = |(name, fact): (&String, &Json)| (Just(name.clone()), prop::sample::select(values(fact)), 0..100_u32);
    let each: Vec<_> = VOCABULARY.iter().map(one).collect();
    (each, 0..50_u32, 0..50_u32, any::<bool>()).prop_map(|(each, special, unknown, is_ordinary)| {
        let mut facts = if is_ordinary { ordinary(&json!({})) } else { Map::new() };
        for (name, value, luck) in each {
            if luck >= 100 - unknown {
                facts.remove(&name);
            } else if !is_ordinary || luck < special {
                facts.insert(name, value);
            }
        }
        facts
    })
}

/// A day of any decree, often a first or a last one.
pub fn any_day() -> impl Strategy<Value = NaiveDate> {
    let turning = PolicySet::embedded().turning_days();
    prop_oneof![
        (0..6000_u64).prop_map(|days| day("2014-06-01") + chrono::Days::new(days)),
        (prop::sample::select(turning), 0..3_u64).prop_map(|(turning, off)| turning.pred_opt().unwrap() + chrono::Days::new(off)),
    ]
}
