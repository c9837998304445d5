//! The SQL of the kinds' tables, made once from the registry, and the way of a value into a column and back.
//!
//! Would surprise: bytes from elsewhere that no column can give back exactly (an unusual form of a number, a value of
//! another type) do not go into the column; they stay bytes in `rec.ext`, because digests are over bytes.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::{Field, Kind, RecordId, Row, Value, ValueType, registry};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use rusqlite::{Connection, Statement};

use crate::error::Result;
use crate::statements::Statements;

/// The statements of one kind.
pub(crate) struct Table {
    pub(crate) kind: &'static Kind,
    insert: String,
    update: String,
    select: String,
    /// The columns with the alias `t`, for joins with `rec`.
    pub(crate) columns: String,
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| registry::KINDS.iter().map(|kind| Table::new(kind)).collect());

/// The table of a kind.
pub(crate) fn of(kind: &Kind) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.kind.number == kind.number)
}

impl Table {
    fn new(kind: &'static Kind) -> Self {
        let names: Vec<&str> = kind.columns().map(|column| column.name).collect();
        let places: Vec<String> = (0..names.len()).map(|place| format!("?{}", place + 2)).collect();
        let pairs: Vec<String> = names.iter().zip(&places).map(|(name, place)| format!("{name} = {place}")).collect();
        let aliased: Vec<String> = names.iter().map(|name| format!("t.{name}")).collect();
        let table = kind.name;
        Self {
            kind,
            insert: format!("INSERT INTO {table}(lid, {}) VALUES (?1, {})", names.join(", "), places.join(", ")),
            update: format!("UPDATE {table} SET {} WHERE lid = ?1", pairs.join(", ")),
            select: format!("SELECT {} FROM {table} AS t WHERE t.lid = ?1", aliased.join(", ")),
            columns: aliased.join(", "),
        }
    }

    pub(crate) fn insert(&self, connection: &Connection, lid: i64, row: &Row) -> Result<()> {
        write(connection, &self.insert, lid, row)
    }

    /// The same for one record after the other.
    pub(crate) fn insert_next(&'static self, statements: &Statements<'_>, lid: i64, row: &Row) -> Result<()> {
        statements.with(&self.insert, |statement| bind(statement, lid, row))
    }

    pub(crate) fn update(&self, connection: &Connection, lid: i64, row: &Row) -> Result<()> {
        write(connection, &self.update, lid, row)
    }

    /// The row of a record, which must be there.
    pub(crate) fn get(&self, connection: &Connection, lid: i64) -> Result<Row> {
        let mut statement = connection.prepare_cached(&self.select)?;
        Ok(statement.query_row([lid], |found| Ok(self.row(found, 0)))?)
    }

    /// The row from a result whose columns of this table begin at `first`.
    pub(crate) fn row(&self, found: &rusqlite::Row<'_>, first: usize) -> Row {
        let values = self
            .kind
            .columns()
            .enumerate()
            .map(|(place, column)| found.get_ref(first + place).ok().and_then(|value| from_column(column.ty, value)));
        Row { kind: self.kind, values: values.collect() }
    }
}

fn write(connection: &Connection, sql: &str, lid: i64, row: &Row) -> Result<()> {
    Ok(bind(&mut *connection.prepare_cached(sql)?, lid, row)?)
}

fn bind(statement: &mut Statement<'_>, lid: i64, row: &Row) -> rusqlite::Result<()> {
    // Most columns of most records are empty.
    statement.clear_bindings();
    statement.raw_bind_parameter(1, lid)?;
    for (place, value) in row.values.iter().enumerate() {
        if let Some(value) = value {
            statement.raw_bind_parameter(place + 2, InColumn(value))?;
        }
    }
    statement.raw_execute().map(drop)
}

/// A value as its column holds it.
struct InColumn<'a>(&'a Value);

impl ToSql for InColumn<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Int(number) => ToSqlOutput::from(*number),
            Value::Bool(yes) => ToSqlOutput::from(*yes),
            Value::Text(text) | Value::Code(text) => ToSqlOutput::from(text.as_str()),
            Value::Ref(id) => ToSqlOutput::from(id.0.as_slice()),
            Value::Set(codes) => ToSqlOutput::from(serde_json::to_string(codes).unwrap_or_default()),
            Value::Date(_) | Value::PartialDate(_) | Value::Month(_) | Value::Decimal(_) => ToSqlOutput::from(self.0.to_text()),
        })
    }
}

pub(crate) fn from_column(ty: ValueType, value: ValueRef<'_>) -> Option<Value> {
    let text = || value.as_str().ok();
    match ty {
        ValueType::Int => value.as_i64().ok().map(Value::Int),
        ValueType::Bool => value.as_i64().ok().map(|yes| Value::Bool(yes != 0)),
        ValueType::Text { .. } => text().map(|text| Value::Text(text.to_owned())),
        ValueType::Code(_) => text().map(|text| Value::Code(text.to_owned())),
        ValueType::Ref => value.as_blob().ok().and_then(RecordId::from_slice).map(Value::Ref),
        ValueType::Set(_) => text().and_then(|text| serde_json::from_str(text).ok()).map(Value::Set),
        ValueType::Date | ValueType::PartialDate | ValueType::Month | ValueType::Decimal => Value::from_text(ty, text()?),
    }
}

/// The values of a field from its wire bytes, if the columns give exactly these bytes back.
pub(crate) fn columns_hold(field: &Field, bytes: &[u8]) -> Option<Vec<Option<Value>>> {
    let values = sync::value::decode_field(field, Some(bytes)).ok()?;
    let exact = field.columns.iter().zip(&values).all(|(column, value)| match value {
        Some(value @ Value::Decimal(_)) => Value::from_text(column.ty, &value.to_text()).as_ref() == Some(value),
        _ => true,
    });
    exact.then_some(values)
}

/// A value in the one form that its column gives back; a text where codes are wanted becomes a code.
pub(crate) fn in_form(ty: ValueType, value: &Value) -> Cow<'_, Value> {
    match (ty, value) {
        (ValueType::Code(_), Value::Text(code)) => Cow::Owned(Value::Code(code.clone())),
        (ValueType::Text { .. }, Value::Code(text)) => Cow::Owned(Value::Text(text.clone())),
        (ValueType::Decimal, Value::Decimal(_)) => {
            Value::from_text(ty, &value.to_text()).map_or(Cow::Borrowed(value), Cow::Owned)
        }
        _ => Cow::Borrowed(value),
    }
}

/// Whether a value is of a column's type and within its length.
pub(crate) fn fits(ty: ValueType, value: &Value) -> bool {
    match (ty, value) {
        (ValueType::Text { max }, Value::Text(text)) => text.chars().count() <= max,
        (ValueType::Int, Value::Int(_))
        | (ValueType::Bool, Value::Bool(_))
        | (ValueType::Date, Value::Date(_))
        | (ValueType::PartialDate, Value::PartialDate(_))
        | (ValueType::Month, Value::Month(_))
        | (ValueType::Decimal, Value::Decimal(_))
        | (ValueType::Ref, Value::Ref(_)) => true,
        (ValueType::Code(_), Value::Code(code)) => code.len() <= 100,
        (ValueType::Set(_), Value::Set(codes)) => {
            codes.len() <= 100 && codes.iter().map(String::len).sum::<usize>() <= 4000 && codes != &BTreeSet::new()
        }
        _ => false,
    }
}
