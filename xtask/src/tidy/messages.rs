//! Texts for people: the same keys in Vietnamese and English, the same placeholders, nothing empty.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Findings;
use crate::tree;

/// The two message files against each other.
pub fn check(findings: &mut Findings) {
    let (Some(vietnamese), Some(english)) = (read("vi", findings), read("en", findings)) else {
        return;
    };
    for key in vietnamese.keys().collect::<BTreeSet<_>>().symmetric_difference(&english.keys().collect()) {
        findings.broken(format!("assets/messages: {key} stands in one language only"));
    }
    for (key, text) in &vietnamese {
        if text.trim().is_empty() {
            findings.broken(format!("assets/messages: {key} is empty"));
        }
        if english.get(key).is_some_and(|other| placeholders(other) != placeholders(text)) {
            findings.broken(format!("assets/messages: {key} has other placeholders in English"));
        }
    }
}

fn read(language: &str, findings: &mut Findings) -> Option<BTreeMap<String, String>> {
    let path = tree::root().join(format!("assets/messages/{language}.json"));
    let text = std::fs::read_to_string(path).ok()?;
    match serde_json::from_str::<BTreeMap<String, Value>>(&text) {
        Ok(map) => Some(map.into_iter().map(|(key, value)| (key, value.as_str().unwrap_or_default().to_owned())).collect()),
        Err(error) => {
            findings.broken(format!("assets/messages/{language}.json: {error}"));
            None
        }
    }
}

/// Names in braces; `{count|change|changes}` chooses a word by `count`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    inside.map(|(name, _)| name.split('|').next().unwrap_or(name)).collect()
}
