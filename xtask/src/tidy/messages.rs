//! Texts for people: the same keys in Vietnamese and English, the same placeholders, nothing empty; a sentence for every
//! code that a worker may be told.

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

/// Every code of a refusal or of a problem with a value has its sentence.
pub fn check_codes(findings: &mut Findings) {
    let Some(texts) = read("vi", findings) else { return };
    let refusals = std::fs::read_to_string(tree::root().join("crates/casework/src/problem.rs")).unwrap_or_default();
    let mut keys: Vec<String> =
        variants(&refusals, "pub enum Code {").iter().map(|name| format!("refusal.{}", snake(name))).collect();
    for folder in ["crates/domain/src", "crates/casework/src"] {
        for path in tree::files(&tree::root().join(folder), &[".rs"]) {
            let source = std::fs::read_to_string(path).unwrap_or_default();
            keys.extend(problem_codes(&source).into_iter().map(|code| format!("problem.{code}")));
        }
    }
    for key in keys.into_iter().collect::<BTreeSet<_>>() {
        if !texts.contains_key(&key) {
            findings.broken(format!("assets/messages: {key} has no sentence"));
        }
    }
}

/// Names of an enum's variants without values.
fn variants<'a>(source: &'a str, head: &str) -> Vec<&'a str> {
    let body = source.split_once(head).and_then(|(_, rest)| rest.split_once("\n}")).map_or("", |(body, _)| body);
    let lines = body.lines().map(str::trim);
    lines.filter_map(|line| line.strip_suffix(',')).filter(|name| name.chars().all(char::is_alphanumeric)).collect()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// The code in each `Problem::error(place, "code")` and its sisters, where it is written out.
fn problem_codes(source: &str) -> Vec<&str> {
    let calls = ["Problem::error(", "Problem::warning(", "Problem::info("];
    let starts = calls.iter().flat_map(|call| source.match_indices(call).map(|(at, call)| at + call.len()));
    let code = |at: usize| {
        let quoted = source[at..].split_once(',')?.1.trim_start().strip_prefix('"')?;
        let code = quoted.split('"').next()?;
        code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_').then_some(code)
    };
    starts.filter_map(code).collect()
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

#[cfg(test)]
mod tests {
    use super::{problem_codes, snake, variants};

    #[test]
    fn codes_are_found_where_they_are_written() {
        let source = "pub enum Code {\n    /// One.\n    NotFound,\n    /// Two.\n    DiskFull,\n}\n";
        assert_eq!(variants(source, "pub enum Code {"), ["NotFound", "DiskFull"]);
        assert_eq!(snake("NotFound"), "not_found");
        let source =
            "Problem::error(path, \"date_in_future\"); Problem::info(\"x\", code); Problem::warning(\n  \"y\",\n  \"odd\")";
        assert_eq!(problem_codes(source), ["date_in_future", "odd"]);
    }
}
