//! The worked examples of the policy data: facts, a date, and what is paid.

use entitlements::{AnswerJson, Facts, PolicySet};
use serde_json::{Map, Value as Json, json};

fn object(value: &Json) -> &Map<String, Json> {
    value.as_object().expect("an object")
}

#[test]
fn every_worked_example_pays_what_it_says() {
    let file: Json = serde_json::from_str(include_str!("examples.json")).expect("examples.json is JSON");
    let examples = file["examples"].as_array().expect("a list");
    assert_eq!(examples.len(), 21);
    for example in examples {
        let title = &example["title"];
        let mut told = object(&file["defaults"]).clone();
        told.extend(object(&example["facts"]).clone());
        let facts = Facts::from_json(&told).expect("the facts are of the vocabulary");
        let on = example["date"].as_str().and_then(|date| date.parse().ok()).expect("a date");
        let answer = json!(AnswerJson::new(&PolicySet::embedded().on(on), &facts));
        let paid = object(&answer["paid"]);
        assert_eq!(paid["missing"], json!({}), "{title}: everything is known");
        for list in ["regular", "carer_support", "funeral", "emergency", "facility_care"] {
            let wanted = example["expected"].get(list).cloned().unwrap_or(json!([]));
            let no_rows = paid["no_rows"].as_array().expect("a list").contains(&json!(list));
            assert!(
                paid[list] == wanted || (no_rows && paid[list].is_null() && wanted == json!([])),
                "{title}: {list}: {}",
                paid[list]
            );
        }
        assert_eq!(paid["regular_total"], example["expected"]["regular_total"], "{title}");
    }
}
