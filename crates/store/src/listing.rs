//! What the lists share: pages, conditions with their values, and how a statement finds its rows.
//!
//! Owes its callers: a page costs one pass along an index of the list and the rows it shows; how many rows the whole list
//! has costs one more. Pages are counted by offset: measured on 20,000 people, the last is as near as the first.

use std::fmt::Write as _;

use domain::RecordId;
use rusqlite::types::ToSql;

use crate::error::Result;
use crate::open::View;

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Rows before it.
    pub offset: u64,
    /// Most rows in it.
    pub limit: u64,
}

impl Page {
    pub(crate) fn bounds(self) -> (i64, i64) {
        (i64::try_from(self.limit).unwrap_or(i64::MAX), i64::try_from(self.offset).unwrap_or(i64::MAX))
    }
}

/// Rows of a list and how many the whole list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Rows of the page.
    pub rows: Vec<T>,
    /// Rows of the list.
    pub total: u64,
}

/// By poverty class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassFilter {
    /// Given this class.
    Is(String),
    /// Given any class that means poor or near-poor.
    PoorOrNearPoor,
    /// Not reviewed this year.
    NotReviewed,
}

/// Conditions on a list `l`, with their values.
#[derive(Default)]
pub(crate) struct Conditions {
    text: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
}

impl Conditions {
    /// Adds a condition without a parameter.
    pub(crate) fn add(&mut self, text: &str) {
        self.text.push(text.to_owned());
    }

    /// Adds a condition in which `?` stands for the value.
    pub(crate) fn with(&mut self, text: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.text.push(text.replace('?', &format!("?{}", self.values.len())));
    }

    /// Adds a condition that the row is one of these records, or none of them.
    pub(crate) fn records(&mut self, ids: &[RecordId], is_among: bool) {
        let not = if is_among { "" } else { "NOT " };
        self.with(
            &format!("l.lid {not}IN (SELECT lid FROM rec WHERE rid IN (SELECT unhex(value) FROM json_each(?)))"),
            list_of(ids.iter().map(|id| format!("\"{}\"", crate::keys::hex::encode(&id.0)))),
        );
    }

    /// Adds a condition that one of these expressions is one of these local numbers.
    pub(crate) fn numbers(&mut self, columns: &[&str], lids: &[i64]) {
        let each = columns.iter().map(|column| format!("{column} IN (SELECT value FROM json_each(?))"));
        self.with(&format!("({})", each.collect::<Vec<_>>().join(" OR ")), list_of(lids.iter().map(ToString::to_string)));
    }

    /// The clause, empty where there are no conditions.
    pub(crate) fn clause(&self) -> String {
        if self.text.is_empty() { String::new() } else { format!("WHERE {}", self.text.join(" AND ")) }
    }

    /// A statement that finds the rows of a page; its last two parameters are how many, and how many before.
    pub(crate) fn page(&self, table: &str, order: &str) -> String {
        let (limit, offset) = (self.values.len() + 1, self.values.len() + 2);
        format!("SELECT l.lid FROM {table} AS l {} ORDER BY {order} LIMIT ?{limit} OFFSET ?{offset}", self.clause())
    }

    pub(crate) fn parameters(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(|value| &**value).collect()
    }
}

/// A JSON array, the one parameter that holds many values.
fn list_of(items: impl Iterator<Item = String>) -> String {
    let mut list = String::from("[");
    for (place, item) in items.enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let _ = write!(list, "{comma}{item}");
    }
    list + "]"
}

/// Columns of an order, from its beginning or its end.
pub(crate) fn in_order(columns: &[&str], descending: bool) -> String {
    columns.join(if descending { " DESC, " } else { ", " }) + if descending { " DESC" } else { "" }
}

impl View<'_> {
    /// The rows of a page: found by one statement, read by another.
    pub(crate) fn page_rows<T>(
        &self,
        sql: &str,
        conditions: &Conditions,
        page: Page,
        row_sql: &str,
        read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut parameters = conditions.parameters();
        let (limit, offset) = page.bounds();
        parameters.push(&limit);
        parameters.push(&offset);
        let lids = statement.query_map(parameters.as_slice(), |row| row.get::<_, i64>(0))?;
        let mut one = self.connection().prepare_cached(row_sql)?;
        lids.map(|lid| Ok(one.query_row([lid?], &read)?)).collect()
    }

    /// How many rows a list has.
    pub(crate) fn count_rows(&self, table: &str, conditions: &Conditions) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM {table} AS l {}", conditions.clause());
        let mut statement = self.connection().prepare_cached(&sql)?;
        let total: i64 = statement.query_row(conditions.parameters().as_slice(), |row| row.get(0))?;
        Ok(total.unsigned_abs())
    }

    /// How many rows a list has by the value of an expression.
    pub(crate) fn count_by(&self, what: &str, from: &str, conditions: &Conditions) -> Result<Vec<(Option<String>, u64)>> {
        let sql = format!("SELECT {what} AS value, count(*) AS n FROM {from} {} GROUP BY 1 ORDER BY 1", conditions.clause());
        let mut statement = self.connection().prepare_cached(&sql)?;
        let rows = statement.query_map(conditions.parameters().as_slice(), |row| {
            Ok((row.get("value")?, row.get::<_, i64>("n")?.unsigned_abs()))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Counts by village as SQL names them, with the ids as text.
pub(crate) fn by_village(counts: Vec<(Option<String>, u64)>) -> Vec<(Option<String>, u64)> {
    let id = |hex: String| crate::keys::hex::decode(&hex).map(|bytes| RecordId(bytes).to_string());
    counts.into_iter().map(|(hex, n)| (hex.and_then(id), n)).collect()
}

/// The steps of a statement's plan, for the test that an index is used.
pub(crate) fn plan(view: &View<'_>, sql: &str, conditions: &Conditions) -> Result<String> {
    let mut statement = view.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut parameters = conditions.parameters();
    let (limit, offset) = Page { offset: 0, limit: 50 }.bounds();
    parameters.push(&limit);
    parameters.push(&offset);
    let steps = statement.query_map(parameters.as_slice(), |row| row.get::<_, String>("detail"))?;
    Ok(steps.collect::<rusqlite::Result<Vec<_>>>()?.join("\n"))
}
