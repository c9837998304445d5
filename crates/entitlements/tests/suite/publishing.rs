//! A set travels as texts and comes back the same; a province's rows outlive a newer national law.

use entitlements::{Documents, PolicySet};
use serde_json::{Value as Json, json};

use crate::world::{day, documents, facts, paid};

fn additions(value: u32) -> Json {
    let basis = json!([{ "source": "nq-25", "article": "1" }]);
    let mut wider = documents().benefits.into_iter().find(|row| row["code"] == "N335-7").unwrap();
    wider["code"] = json!("P25-7");
    wider["scope"] = json!("province:25");
    wider["legal_basis"] = basis.clone();
    wider["conditions"][0]["value"] = json!(60);
    json!({
        "sources": { "nq-25": { "number": "01/2026/NQ-HDND", "title_vi": "", "effective_from": "2026-08-01", "effective_to": null, "confidence": "found" } },
        "parameters": [{ "code": "base_rate_monthly", "scope": "province:25", "value": value, "unit": "VND", "effective_from": "2026-08-01",
            "effective_to": null, "legal_basis": basis, "confidence": "found" }],
        "benefits": [wider],
        "duties": [
            { "code": "helped_in_time", "scope": "province:25", "kind": "target", "title_en": "", "title_vi": "", "value": 95, "unit": "percent",
              "effective_from": "2026-08-01", "effective_to": "2026-12-31", "legal_basis": basis, "confidence": "found" },
            { "code": "decide_monthly_allowance", "scope": "province:25", "kind": "deadline", "title_en": "", "title_vi": "", "value": 5,
              "unit": "working_day", "effective_from": "2026-10-05", "effective_to": null, "legal_basis": basis, "confidence": "found" },
        ],
    })
}

fn child(set: &PolicySet) -> Vec<String> {
    let told = json!({ "age_months": 40, "household_poverty": "poor", "lives_in_special_difficulty_area": true });
    paid(set, "2026-11-01", "regular", &facts(&told))
}

fn same(a: &Documents, b: &Documents) -> bool {
    a.set == b.set && a.parameters == b.parameters && a.benefits == b.benefits && a.duties == b.duties
}

#[test]
fn a_set_comes_back_from_its_texts_in_any_order() {
    let set = PolicySet::embedded().with_additions(&additions(600_000)).unwrap();
    let mut texts = set.to_texts();
    assert!(texts.len() < 500 && texts.iter().all(|text| text.len() < 32_000), "it travels as one group of rows");
    texts.reverse();
    let back = PolicySet::from_texts(7, &texts).unwrap();
    assert!(same(&back.documents(), &set.documents()));
    assert_eq!(back.version(), "2026-11-23+7");
    assert_eq!(child(&back), ["P25-7 900000"]);
    assert_eq!(back.to_texts(), set.to_texts());
}

#[test]
fn what_a_province_added_can_be_taken_out_and_added_again() {
    let set = PolicySet::embedded().with_additions(&additions(600_000)).unwrap();
    assert_eq!(set.additions(), additions(600_000));
    assert_eq!(PolicySet::embedded().additions(), json!({ "sources": {}, "parameters": [], "benefits": [], "duties": [] }));
    let changed = set.with_additions(&json!({ "parameters": additions(700_000)["parameters"] })).unwrap();
    assert_eq!(child(&changed), ["P25-7 1050000"], "a row takes the place of the one with its code and first day");
}

#[test]
fn newer_national_rows_of_the_program_go_before_published_ones() {
    let older = {
        let mut older = documents();
        older.set["as_of"] = json!("2026-07-01");
        older.benefits.retain(|row| row["code"] != "N335-F-SP");
        PolicySet::load(&older).unwrap().with_additions(&additions(600_000)).unwrap()
    };
    let published = PolicySet::from_texts(3, &older.to_texts()).unwrap();
    let joined = published.in_force(PolicySet::embedded()).unwrap();
    assert_eq!(joined.version(), "2026-11-23+3");
    assert!(joined.benefits().iter().any(|row| row.code == "N335-F-SP"), "the nation's newer rows");
    assert_eq!(child(&joined), ["P25-7 900000"], "the province's own rows");
    assert_eq!(joined.duties().len(), PolicySet::embedded().duties().len() + 2, "its deadline and its target too");
    assert_eq!(joined.on(day("2026-11-01")).rules().len(), PolicySet::embedded().on(day("2026-11-01")).rules().len() + 1);

    let newer = {
        let mut newer = documents();
        newer.set["as_of"] = json!("2027-03-01");
        PolicySet::load(&newer).unwrap()
    };
    let published = PolicySet::from_texts(4, &newer.to_texts()).unwrap();
    assert_eq!(published.in_force(PolicySet::embedded()).unwrap().version(), "2027-03-01+4");
}

#[test]
fn a_set_for_a_newer_program_and_damaged_texts_are_refused() {
    let mut newer = documents();
    newer.benefits[0]["conditions"][0]["field"] = json!("has_a_fact_of_tomorrow");
    let texts = |documents: &Documents| {
        let part = |name: &'static str, rows: &[Json]| {
            rows.iter().enumerate().map(|(at, row)| json!({ "part": name, "at": at, "row": row }).to_string()).collect::<Vec<_>>()
        };
        [
            part("set", std::slice::from_ref(&documents.set)),
            part("parameter", &documents.parameters),
            part("benefit", &documents.benefits),
        ]
        .concat()
    };
    assert!(PolicySet::from_texts(1, &texts(&documents())).is_ok());
    let error = PolicySet::from_texts(1, &texts(&newer)).unwrap_err().to_string();
    assert_eq!(error, "N20-1-U4: unknown fact: has_a_fact_of_tomorrow");
    assert!(PolicySet::from_texts(1, &["nothing".to_owned()]).is_err());
    assert!(PolicySet::from_texts(1, &[]).is_err());
    assert!(
        PolicySet::from_texts(1, &[texts(&documents()), vec![json!({ "part": "x", "at": 1, "row": {} }).to_string()]].concat())
            .is_err()
    );
}

#[test]
fn a_province_rewrites_neither_rows_nor_documents_of_the_nation() {
    let refused = |additions: Json| PolicySet::embedded().with_additions(&additions).unwrap_err().to_string();
    let mut national = additions(1);
    national["parameters"][0]["scope"] = json!("national");
    assert_eq!(refused(national), "base_rate_monthly: scope must be province:NN");
    let source =
        json!({ "number": "x", "title_vi": "", "effective_from": "2026-08-01", "effective_to": null, "confidence": "found" });
    assert_eq!(refused(json!({ "sources": { "nd335-2026": source } })), "nd335-2026: this source is of the national law");
    assert!(refused(json!({ "rows": [] })).starts_with("file: unknown field"));
    assert!(refused(json!([])).starts_with("file: "));
}
