//! The worked examples of the policy data: facts, a date, and what is paid.

use entitlements::{AnswerJson, PolicySet};
use serde_json::json;

use crate::world::{self, EXAMPLES};

#[test]
fn every_worked_example_pays_what_it_says() {
    let examples = EXAMPLES["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 21);
    for example in examples {
        let title = &example["title"];
        let on = world::day(example["date"].as_str().unwrap());
        let answer = json!(AnswerJson::new(&PolicySet::embedded().on(on), &world::facts(&example["facts"])));
        let paid = &answer["paid"];
        assert_eq!(paid["missing"], json!({}), "{title}: everything is known");
        for list in ["regular", "carer_support", "funeral", "emergency", "facility_care"] {
            let wanted = example["expected"].get(list).cloned().unwrap_or(json!([]));
            let no_rows = paid["no_rows"].as_array().unwrap().contains(&json!(list));
            assert!(
                paid[list] == wanted || (no_rows && paid[list].is_null() && wanted == json!([])),
                "{title}: {list}: {}",
                paid[list]
            );
        }
        assert_eq!(paid["regular_total"], example["expected"]["regular_total"], "{title}");
    }
}
