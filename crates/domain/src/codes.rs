//! Code lists: the words of the law as stable codes, read from `assets/codes/codes.json`.
//!
//! Lists are open: a code nobody here knows is kept and shown as such, never refused.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// One row of a code list.
#[derive(Clone, Debug, Deserialize)]
pub struct Code {
    /// The stable code.
    pub code: String,
    /// Vietnamese word.
    pub vi: String,
    /// English word; official lists that have none repeat the Vietnamese one.
    #[serde(default)]
    pub en: String,
    /// Other spellings people use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// For region types: `commune` or `village`.
    #[serde(default)]
    pub unit: Option<String>,
}

#[derive(Deserialize)]
struct List {
    rows: Vec<serde_json::Value>,
}

static LISTS: LazyLock<BTreeMap<String, Vec<Code>>> = LazyLock::new(|| {
    let text = include_str!("../../../assets/codes/codes.json");
    let all: BTreeMap<String, serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
    all.into_iter()
        .filter_map(|(name, list)| {
            let list: List = serde_json::from_value(list).ok()?;
            let rows: Vec<Code> = list.rows.into_iter().filter_map(|row| serde_json::from_value(row).ok()).collect();
            (!rows.is_empty()).then_some((name, rows))
        })
        .collect()
});

/// The rows of a list in their official order; empty for an unknown list.
#[must_use]
pub fn list(name: &str) -> &'static [Code] {
    LISTS.get(name).map_or(&[], Vec::as_slice)
}

/// Names of all lists.
pub fn names() -> impl Iterator<Item = &'static str> {
    LISTS.keys().map(String::as_str)
}

/// A row by its code.
#[must_use]
pub fn find(list_name: &str, code: &str) -> Option<&'static Code> {
    list(list_name).iter().find(|row| row.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_a_field_names_exists() {
        for kind in crate::registry::KINDS {
            for column in kind.columns() {
                if let crate::ValueType::Code(name) | crate::ValueType::Set(name) = column.ty {
                    assert!(!list(name).is_empty(), "{}.{} names the list {name}", kind.name, column.name);
                }
            }
        }
    }

    #[test]
    fn muong_is_06() {
        assert_eq!(find("ethnic_group", "06").map(|row| row.vi.as_str()), Some("Mường"));
    }
}
