//! The files agree with the schema beside them, and a row is written out as it was read.

use entitlements::PolicySet;
use serde_json::{Value as Json, json};

use crate::world::documents;

/// What this little of JSON Schema that `schema.json` uses says against a value.
fn faults(schema: &Json, root: &Json, value: &Json, path: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return faults(root.pointer(&name[1..]).unwrap(), root, value, path, out);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Json| {
            let mut inner = Vec::new();
            faults(choice, root, value, path, &mut inner);
            inner.is_empty()
        };
        if choices.iter().filter(fits).count() != 1 {
            out.push(format!("{path}: fits not exactly one shape"));
        }
        return;
    }
    if let Some(listed) = schema["enum"].as_array().filter(|listed| !listed.contains(value)) {
        out.push(format!("{path}: {value} is not in {listed:?}"));
    }
    let types = match &schema["type"] {
        Json::Array(types) => types.clone(),
        Json::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let is = |ty: &Json| match ty.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    if !types.is_empty() && !types.iter().any(is) {
        return out.push(format!("{path}: {value} is not {types:?}"));
    }
    if let Some(items) = value.as_array() {
        items.iter().enumerate().for_each(|(at, item)| faults(&schema["items"], root, item, &format!("{path}/{at}"), out));
    }
    let Some(object) = value.as_object() else { return };
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        if !object.contains_key(key) {
            out.push(format!("{path}: {key} is absent"));
        }
    }
    for (key, value) in object {
        let inner = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        if inner == false {
            out.push(format!("{path}: {key} is unknown"));
        } else {
            faults(inner, root, value, &format!("{path}/{key}"), out);
        }
    }
}

#[test]
fn every_file_is_as_the_schema_says() {
    let schema: Json = serde_json::from_str(include_str!("../../../../assets/policies/schema.json")).unwrap();
    let documents = documents();
    let facts: Json = serde_json::from_str(include_str!("../../../../assets/policies/facts.json")).unwrap();
    let files = [
        ("set.json", documents.set),
        ("parameters.json", json!(documents.parameters)),
        ("benefits.json", json!(documents.benefits)),
        ("duties.json", json!(documents.duties)),
        ("facts.json", facts),
    ];
    for (name, file) in files {
        let mut out = Vec::new();
        faults(&schema["$defs"][name], &schema, &file, name, &mut out);
        assert_eq!(out, Vec::<String>::new());
    }
}

#[test]
fn a_wrong_file_is_not_as_the_schema_says() {
    let schema: Json = serde_json::from_str(include_str!("../../../../assets/policies/schema.json")).unwrap();
    for (key, value) in
        [("scope", json!(7)), ("conditions", json!([{ "field": "died" }])), ("colour", json!("red")), ("family", json!("x"))]
    {
        let mut rows = documents().benefits;
        rows[0][key] = value;
        let mut out = Vec::new();
        faults(&schema["$defs"]["benefits.json"], &schema, &json!(rows), "benefits.json", &mut out);
        assert!(!out.is_empty(), "{key}");
    }
}

#[test]
fn a_row_is_written_as_it_was_read() {
    let (set, documents) = (PolicySet::embedded(), documents());
    assert_eq!(json!(set.benefits()), json!(documents.benefits));
    assert_eq!(json!(set.parameters()), json!(documents.parameters));
    assert_eq!(json!(set.duties()), json!(documents.duties));
    assert_eq!(json!(set.stacking_rules()), documents.set["stacking_rules"]);
    assert_eq!(json!(set.sources()), documents.set["sources"]);
}

/// Every note with the Vietnamese text that must stand beside it.
fn notes(value: &Json, path: &str, out: &mut Vec<String>) {
    match value {
        Json::Array(items) => items.iter().enumerate().for_each(|(at, item)| notes(item, &format!("{path}/{at}"), out)),
        Json::Object(object) => {
            for (key, inner) in object {
                let is_note = matches!(key.as_str(), "note" | "notes" | "new_case_note" | "desc");
                if is_note && object.get(&format!("{key}_vi")).and_then(Json::as_str).is_none_or(str::is_empty) {
                    out.push(format!("{path}/{key}"));
                }
                notes(inner, &format!("{path}/{key}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn every_note_stands_in_both_languages() {
    let documents = documents();
    let facts: Json = serde_json::from_str(include_str!("../../../../assets/policies/facts.json")).unwrap();
    let files = json!([documents.set, documents.parameters, documents.benefits, documents.duties, facts]);
    let mut lacking = Vec::new();
    notes(&files, "", &mut lacking);
    assert_eq!(lacking, Vec::<String>::new());
    for level in documents.set["confidence_values"].as_object().unwrap().keys() {
        let (vi, en) = PolicySet::embedded().confidence_words(level);
        assert!(vi.is_some() && en.is_some(), "{level}");
    }
}
