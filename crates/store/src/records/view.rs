//! Reading records: one by its id, the children of one, all of a kind.

use std::collections::BTreeMap;

use domain::registry;
use domain::{Kind, RecordId, Row, UnitId, ValueType};
use rusqlite::Connection;
use sync::Dot;
use sync::clk::Mark;

use super::merged::{self, all_of};
use super::state::{self, ENVELOPE, ENVELOPE_COLUMNS, Envelope};
use super::{Heads, Sight, Stored, is_protected, table};
use crate::error::{Error, Result};
use crate::open::View;

impl View<'_> {
    /// A record, deleted ones too; `None` where there is none, or none for this sight, or of a kind this program does not know.
    pub fn find_record(&self, id: RecordId, sight: Sight) -> Result<Option<Stored>> {
        let connection = self.connection();
        let Some(envelope) = Envelope::find(connection, id)? else { return Ok(None) };
        let Some(table) = registry::kind(envelope.kind).and_then(table::of) else { return Ok(None) };
        let row = table.get(connection, envelope.lid)?;
        stored(connection, envelope, row, sight)
    }

    /// A record that must be there.
    pub fn get_record(&self, id: RecordId, sight: Sight) -> Result<Stored> {
        self.find_record(id, sight)?.ok_or(Error::NoSuchRecord)
    }

    /// The live children of a record, and of those given up for it, of one kind, in the order of their making.
    pub fn list_children(&self, parent: RecordId, kind: &'static Kind, sight: Sight) -> Result<Vec<Stored>> {
        let order = concat!("WHERE r.parent IN ", all_of!(), " AND r.kind = ?2 AND r.life = 0 ORDER BY r.lid");
        let from = format!("rec AS r CROSS JOIN {} AS t ON t.lid = r.lid", kind.name);
        self.list_from(kind, &from, order, rusqlite::params![parent.0, kind.number], sight)
    }

    /// All live records of a kind, in the order of their making.
    pub fn list_kind(&self, kind: &'static Kind, sight: Sight) -> Result<Vec<Stored>> {
        self.list_where(kind, "WHERE r.kind = ?1 AND r.life = 0 ORDER BY t.lid", [kind.number], sight)
    }

    /// Live records of a kind that refer in a column to another, or to one given up for it, in the order of their making.
    pub fn list_referring(&self, kind: &'static Kind, column: &str, to: RecordId, sight: Sight) -> Result<Vec<Stored>> {
        let column = kind.columns().find(|known| known.name == column && known.ty == ValueType::Ref);
        let Some(column) = column else { return Err(Error::BadValue) };
        let order = format!("WHERE t.{} IN {} AND r.life = 0 ORDER BY r.lid", column.name, all_of!());
        self.list_where(kind, &order, [to.0], sight)
    }

    /// Records of a kind that are told by what their own table holds: of a kind with few records few rows are read.
    pub(crate) fn list_where(
        &self,
        kind: &'static Kind,
        order: &str,
        parameters: impl rusqlite::Params,
        sight: Sight,
    ) -> Result<Vec<Stored>> {
        self.list_from(kind, &format!("{} AS t CROSS JOIN rec AS r ON r.lid = t.lid", kind.name), order, parameters, sight)
    }

    fn list_from(
        &self,
        kind: &'static Kind,
        from: &str,
        order: &str,
        parameters: impl rusqlite::Params,
        sight: Sight,
    ) -> Result<Vec<Stored>> {
        let Some(table) = table::of(kind) else { return Ok(Vec::new()) };
        let sql = format!("SELECT {ENVELOPE}, {} FROM {from} {order}", table.columns);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut list = Vec::new();
        while let Some(found) = rows.next()? {
            let envelope = Envelope::from_row(found)?;
            list.extend(stored(self.connection(), envelope, table.row(found, ENVELOPE_COLUMNS), sight)?);
        }
        Ok(list)
    }

    /// The record that an id stands for: the end of the chain of `merged_into`, of a ring its smallest id.
    pub fn resolve(&self, id: RecordId) -> Result<RecordId> {
        merged::resolve(self.connection(), id)
    }

    /// Records that were given up for this one, in the order of their ids.
    pub fn list_given_up_for(&self, id: RecordId) -> Result<Vec<RecordId>> {
        merged::given_up_for(self.connection(), id)
    }
}

/// What a sight may see of a record.
fn stored(connection: &Connection, envelope: Envelope, mut row: Row, sight: Sight) -> Result<Option<Stored>> {
    let kind = row.kind;
    if kind.restricted && sight == Sight::Plain {
        return Ok(None);
    }
    let several = match envelope.clk.several().next() {
        Some(_) => state::heads(connection, envelope.lid)?,
        None => Vec::new(),
    };
    let mut hidden = Vec::new();
    if sight == Sight::Plain {
        for field in kind.fields {
            let protected_head = several.iter().filter(|(fid, _)| *fid == field.fid).any(|(_, head)| {
                let values = sync::value::decode_field(field, head.value.as_deref()).unwrap_or_default();
                is_protected(kind, field, &values)
            });
            if protected_head || is_protected(kind, field, row.field_values(field.fid)) {
                hidden.push(field.fid);
                for column in field.columns {
                    row.set(column.name, None);
                }
            }
        }
    }
    let mut conflicts = if envelope.nconf > 0 { conflicts(&several) } else { Vec::new() };
    if envelope.nconf > i64::try_from(conflicts.len()).unwrap_or(0) && !conflicts.contains(&registry::LIFE) {
        conflicts.insert(0, registry::LIFE);
    }
    let heads = heads_of(&envelope, &row, &hidden, &several);
    Ok(Some(Stored {
        id: envelope.rid,
        parent: envelope.parent,
        scope: UnitId(envelope.scope),
        row,
        heads,
        life: envelope.life,
        pending: envelope.pend > 0,
        conflicts,
        hidden,
    }))
}

/// The heads of every field that was ever written.
fn heads_of(envelope: &Envelope, row: &Row, hidden: &[u16], several: &[(u16, sync::Head)]) -> Heads {
    let mut heads: BTreeMap<u16, Vec<Dot>> = BTreeMap::new();
    let created = envelope.clk.created.dot;
    for field in row.kind.fields {
        let has_value = row.field_values(field.fid).iter().any(Option::is_some)
            || hidden.contains(&field.fid)
            || envelope.ext.contains_key(&field.fid);
        if has_value {
            heads.insert(field.fid, vec![created]);
        }
    }
    for (fid, mark) in &envelope.clk.marks {
        if let Mark::One(stamp) = mark {
            heads.insert(*fid, vec![stamp.dot]);
        } else {
            heads.remove(fid);
        }
    }
    for (fid, head) in several {
        heads.entry(*fid).or_default().push(head.dot);
    }
    Heads(heads)
}

/// Fields whose heads hold different values.
fn conflicts(several: &[(u16, sync::Head)]) -> Vec<u16> {
    let mut values: BTreeMap<u16, Vec<&Option<Vec<u8>>>> = BTreeMap::new();
    for (fid, head) in several {
        values.entry(*fid).or_default().push(&head.value);
    }
    let differ = |values: &Vec<&Option<Vec<u8>>>| values.iter().any(|value| Some(value) != values.first());
    values.into_iter().filter(|(_, values)| differ(values)).map(|(fid, _)| fid).collect()
}
