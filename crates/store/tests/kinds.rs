//! The hand-written tables of the kinds are those of the registry.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use domain::{ValueType, registry};

/// The column names and types of a table of the described schema.
fn columns(schema: &str, table: &str) -> Vec<(String, String)> {
    let start = format!("CREATE TABLE {table}(\n  lid INTEGER PRIMARY KEY REFERENCES rec(lid),\n");
    let text = schema.split_once(&start).unwrap_or_else(|| panic!("no table of kind {table}")).1;
    let text = text.split_once("\n) STRICT;").unwrap().0;
    text.lines()
        .map(|line| {
            let (name, ty) = line.trim().trim_end_matches(',').split_once(' ').unwrap();
            (name.to_owned(), ty.to_owned())
        })
        .collect()
}

#[test]
fn each_kind_has_its_table_and_each_reference_its_index() {
    let schema = include_str!("../../../docs/schema.sql");
    for kind in registry::KINDS {
        let wanted: Vec<(String, String)> = kind
            .columns()
            .map(|column| {
                let ty = match column.ty {
                    ValueType::Int | ValueType::Bool => "INTEGER",
                    ValueType::Ref => "BLOB",
                    _ => "TEXT",
                };
                (column.name.to_owned(), ty.to_owned())
            })
            .collect();
        assert_eq!(columns(schema, kind.name), wanted, "{}", kind.name);
        for column in kind.columns().filter(|column| column.ty == ValueType::Ref) {
            let index = format!("CREATE INDEX {0}_{1} ON {0}({1})", kind.name, column.name);
            assert!(schema.contains(&index), "{index}");
        }
    }
}
