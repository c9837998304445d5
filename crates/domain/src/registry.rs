//! The registry of kinds and fields: one place for numbers, names, types and groups.
//!
//! Tables, TypeScript, the reference page and the wire are tested against it. Numbers are permanent: a field is added,
//! never changed or reused (`sync-design` §10). A **field group** is one field with several columns: its members are
//! written and merged together, so that a merged record is never one that nobody wrote; its members are fixed for ever.

use crate::records;
use crate::value::{Value, ValueType};

/// Field number of a record's life, on every kind.
pub const LIFE: u16 = 1;
/// Field number of the scope, on root kinds.
pub const SCOPE: u16 = 2;
/// Field number of the record that this one was found to be the same as.
pub const MERGED_INTO: u16 = 3;
/// First number of a kind's own fields.
pub const FIRST_OWN_FIELD: u16 = 16;

/// A kind of record.
#[derive(Debug)]
pub struct Kind {
    /// Permanent number.
    pub number: u16,
    /// English name: also the name of its table.
    pub name: &'static str,
    /// Name of the kind its parent is of; `None` for a root, which carries its own scope.
    pub parent: Option<&'static str>,
    /// True where values are specially protected: shown only with the right, on an explicit act that is logged.
    pub restricted: bool,
    /// Its own fields, in order.
    pub fields: &'static [Field],
}

/// A field: the unit of merging.
#[derive(Debug)]
pub struct Field {
    /// Permanent number.
    pub fid: u16,
    /// English name.
    pub name: &'static str,
    /// One column, or the members of a group.
    pub columns: &'static [Column],
}

/// A column of a kind's table.
#[derive(Debug)]
pub struct Column {
    /// English name: also the column of the table and the property in TypeScript.
    pub name: &'static str,
    /// Type of its values.
    pub ty: ValueType,
}

impl Kind {
    /// True when the kind has no parent and so carries its own scope.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// All columns in order.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.fields.iter().flat_map(|field| field.columns)
    }

    /// Position of a column among all columns.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns().position(|known| known.name == column)
    }

    /// The field of a number.
    #[must_use]
    pub fn field(&self, fid: u16) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.fid == fid)
    }

    /// The field a column belongs to, with the position of the field's first column.
    #[must_use]
    pub fn field_of(&self, column: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.columns.iter().any(|known| known.name == column))
    }

    /// Position of a field's first column among all columns.
    #[must_use]
    pub fn first_position(&self, fid: u16) -> Option<usize> {
        let mut position = 0;
        for field in self.fields {
            if field.fid == fid {
                return Some(position);
            }
            position += field.columns.len();
        }
        None
    }
}

impl Field {
    /// True for a group of columns that travel and merge together.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.columns.len() > 1
    }
}

/// A record as data: the values of its columns in the order of the kind.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its kind.
    pub kind: &'static Kind,
    /// One entry a column.
    pub values: Vec<Option<Value>>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.kind.number == other.kind.number && self.values == other.values
    }
}

impl Row {
    /// A row without values.
    #[must_use]
    pub fn new(kind: &'static Kind) -> Self {
        Self { kind, values: vec![None; kind.columns().count()] }
    }

    /// The value of a column; `None` also for a column the kind does not have.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&Value> {
        self.values.get(self.kind.position(column)?)?.as_ref()
    }

    /// The text form of a column's value.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<String> {
        self.get(column).map(Value::to_text)
    }

    /// Sets a column; a column the kind does not have is ignored.
    pub fn set(&mut self, column: &str, value: Option<Value>) {
        if let Some(place) = self.kind.position(column).and_then(|position| self.values.get_mut(position)) {
            *place = value;
        }
    }

    /// Every field with its values: one, or the members of its group.
    pub fn fields(&self) -> impl Iterator<Item = (&'static Field, &[Option<Value>])> {
        let mut rest = self.values.as_slice();
        self.kind.fields.iter().map(move |field| {
            let (values, after) = rest.split_at_checked(field.columns.len()).unwrap_or((&[], &[]));
            rest = after;
            (field, values)
        })
    }

    /// The values of one field: one, or the members of its group.
    #[must_use]
    pub fn field_values(&self, fid: u16) -> &[Option<Value>] {
        let Some(first) = self.kind.first_position(fid) else { return &[] };
        let count = self.kind.field(fid).map_or(0, |field| field.columns.len());
        self.values.get(first..first + count).unwrap_or(&[])
    }
}

/// A typed record of a kind.
pub trait Record: Sized + Default {
    /// Its kind.
    const KIND: &'static Kind;
    /// As data.
    fn to_row(&self) -> Row;
    /// From data; values of another type than the column's are left out.
    fn from_row(row: &Row) -> Self;
}

/// All kinds this program knows, in the order of their numbers.
pub const KINDS: &[&Kind] = &[
    records::Household::KIND,
    records::Person::KIND,
    records::HouseholdMember::KIND,
    records::PovertyClass::KIND,
    records::DisabilityCertificate::KIND,
    records::Allowance::KIND,
    records::CarerLink::KIND,
    records::ParentLink::KIND,
    records::Study::KIND,
    records::Residence::KIND,
    records::HealthInsurance::KIND,
    records::RestrictedHealth::KIND,
    records::Village::KIND,
    records::RegionStatus::KIND,
    records::Worker::KIND,
    records::SupportObligor::KIND,
    records::WrittenRequest::KIND,
    records::Observation::KIND,
    records::PolicySet::KIND,
    records::PolicyRow::KIND,
    records::HouseholdPlace::KIND,
    records::FamilyEvent::KIND,
    records::IdCheck::KIND,
    records::DifferentPerson::KIND,
    records::Consent::KIND,
    records::DataRequest::KIND,
    records::CommuneSetting::KIND,
    records::OutreachMark::KIND,
];

/// The kind of a number; `None` for one from a newer program.
#[must_use]
pub fn kind(number: u16) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.number == number)
}

/// The kind of a name.
#[must_use]
pub fn kind_named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_and_names_are_used_once() {
        let mut numbers = BTreeSet::new();
        for kind in KINDS {
            assert!(numbers.insert(kind.number), "kind {} is used twice", kind.number);
            let (mut fids, mut columns) = (BTreeSet::new(), BTreeSet::new());
            for field in kind.fields {
                assert!(field.fid >= FIRST_OWN_FIELD, "{}.{} takes a common number", kind.name, field.name);
                assert!(fids.insert(field.fid), "{} uses field {} twice", kind.name, field.fid);
                for column in field.columns {
                    assert!(columns.insert(column.name), "{} has {} twice", kind.name, column.name);
                }
            }
            if let Some(parent) = kind.parent {
                assert!(kind_named(parent).is_some() || parent == "person", "{} has an unknown parent", kind.name);
            }
        }
    }

    /// The registry as text. A difference here is a change of the wire: add lines, never change or remove them.
    #[test]
    fn shipped_kinds_and_fields_are_unchanged() {
        let mut now = String::new();
        for kind in KINDS {
            for field in kind.fields {
                let columns: Vec<String> =
                    field.columns.iter().map(|column| format!("{}:{:?}", column.name, column.ty)).collect();
                now += &format!("{} {} {} {} {}\n", kind.number, kind.name, field.fid, field.name, columns.join(" "));
            }
        }
        let shipped = include_str!("registry.txt");
        if shipped != now {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/registry.txt");
            if std::env::var_os("UPDATE_REGISTRY").is_some() {
                assert!(std::fs::write(path, &now).is_ok());
            }
        }
        for line in shipped.lines() {
            assert!(now.lines().any(|known| known == line), "shipped line is gone or changed: {line}");
        }
        assert_eq!(shipped, now, "add the new lines with UPDATE_REGISTRY=1");
    }
}
