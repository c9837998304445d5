//! Records (bản ghi) of any kind: the one engine that every capability writes and reads through.
//!
//! Owes its callers: a save is row, clocks, history, search index, lists and op for the outbox in the caller's one
//! transaction; the SQL of a kind's table is made from the registry, so a new kind needs no code here.
//! Leaves to others: what is allowed ([`domain::check`]) and to whom (the command door).
//! Would surprise: what is specially protected is not there for [`Sight::Plain`], so a record may be hidden, not missing.

pub(crate) mod merged;
pub(crate) mod state;
pub(crate) mod table;
pub(crate) mod view;
mod write;
pub(crate) mod writing;

use std::collections::BTreeMap;

use domain::{Field, Kind, RecordId, Row, UnitId, Value};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sync::Dot;

/// Whether specially protected data may be seen. The door grants [`Sight::Restricted`] on an explicit, logged act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Without what is specially protected.
    Plain,
    /// With it.
    Restricted,
}

/// How a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// In use.
    Live,
    /// Deleted by somebody who had seen everything in it.
    Deleted,
    /// Moved to another commune.
    Moved,
    /// Given up for another record of the same thing.
    Merged,
}

impl Life {
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Live => 0,
            Self::Deleted => 1,
            Self::Moved => 2,
            Self::Merged => 3,
        }
    }

    pub(crate) fn of_number(number: i64) -> Self {
        match number {
            1 => Self::Deleted,
            2 => Self::Moved,
            3 => Self::Merged,
            _ => Self::Live,
        }
    }
}

/// The values that a form showed, by field: the dots of their heads. A save names them as what it replaces.
/// As text: `{"16":["3.120"]}`, device number and counter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads(pub BTreeMap<u16, Vec<Dot>>);

impl Heads {
    /// The heads of a field; none when it was never written.
    pub fn of(&self, fid: u16) -> &[Dot] {
        self.0.get(&fid).map_or(&[], Vec::as_slice)
    }
}

impl Serialize for Heads {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(fid, dots)| {
            let dots: Vec<String> = dots.iter().map(|dot| format!("{}.{}", dot.dno, dot.dseq)).collect();
            (fid.to_string(), dots)
        }))
    }
}

impl<'de> Deserialize<'de> for Heads {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: BTreeMap<String, Vec<String>> = Deserialize::deserialize(deserializer)?;
        let dot = |text: &String| {
            let (dno, dseq) = text.split_once('.')?;
            Some(Dot::new(dno.parse().ok()?, dseq.parse().ok()?))
        };
        let field =
            |(fid, dots): (&String, &Vec<String>)| Some((fid.parse().ok()?, dots.iter().map(dot).collect::<Option<Vec<Dot>>>()?));
        let heads: Option<BTreeMap<u16, Vec<Dot>>> = text.iter().map(field).collect();
        heads.map(Heads).ok_or_else(|| D::Error::custom("not the heads of a record"))
    }
}

/// A field's new values: one, or every member of its group.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The field.
    pub fid: u16,
    /// As many values as it has columns.
    pub values: Vec<Option<Value>>,
}

impl FieldChange {
    /// The fields in which two rows of one kind differ, with the values of `after`.
    pub fn between(before: &Row, after: &Row) -> Vec<Self> {
        let fields = after.kind.fields.iter();
        let changed = fields.filter(|field| before.field_values(field.fid) != after.field_values(field.fid));
        changed.map(|field| Self { fid: field.fid, values: after.field_values(field.fid).to_vec() }).collect()
    }
}

/// Where a new record belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A root record of a commune (or of the province, [`UnitId::PROVINCE`]).
    Root(UnitId),
    /// A child of a record, whose commune it follows.
    Child(RecordId),
}

/// A record as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Its id.
    pub id: RecordId,
    /// The record it is a child of.
    pub parent: Option<RecordId>,
    /// The commune it belongs to.
    pub scope: UnitId,
    /// The values shown; of fields in conflict the provisional winner.
    pub row: Row,
    /// What a form opened on it has seen.
    pub heads: Heads,
    /// How it stands.
    pub life: Life,
    /// Has changes that the province has not receipted.
    pub pending: bool,
    /// Fields with values that contradict each other; `life` among them: deleted here, edited there.
    pub conflicts: Vec<u16>,
    /// Fields whose values are withheld from this sight.
    pub hidden: Vec<u16>,
}

impl Stored {
    /// Its kind.
    pub fn kind(&self) -> &'static Kind {
        self.row.kind
    }

    /// As a typed record; a default one where the kind is another.
    pub fn record<R: domain::registry::Record>(&self) -> R {
        if R::KIND.number == self.row.kind.number { R::from_row(&self.row) } else { R::default() }
    }
}

/// Whether the values of a field are specially protected within a kind that is not: the status `serving` of a parent,
/// with its paper.
pub(crate) fn is_protected(kind: &Kind, field: &Field, values: &[Option<Value>]) -> bool {
    kind.restricted
        || (kind.name == "parent_link"
            && field.name == "status"
            && matches!(values.first(), Some(Some(Value::Code(status))) if status == "serving"))
}
