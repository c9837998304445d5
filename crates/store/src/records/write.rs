//! Writing records: create, change, delete, restore. Each is one op of the act being made.

use std::collections::BTreeMap;

use domain::registry::{self, LIFE, MERGED_INTO, SCOPE};
use domain::{RecordId, Row};
use sync::{Context, Dot, FieldWrite, Op, RecordState, Standing};

use super::state::{self, Loaded};
use super::writing::Root;
use super::{FieldChange, Heads, Life, Place, table};
use crate::error::{Error, Result};
use crate::open::Tx;
use crate::{derived, history};

impl Tx<'_> {
    /// Writes a new record and gives its id.
    pub fn create(&self, row: &Row, place: Place) -> Result<RecordId> {
        let id = self.new_id()?;
        self.create_as(id, row, place)?;
        Ok(id)
    }

    /// A new id, for a record whose label is made from it.
    pub fn new_id(&self) -> Result<RecordId> {
        self.writing.borrow_mut().new_id(self.author().at_ms)
    }

    /// Writes a new record under an id that nobody has used.
    pub fn create_as(&self, id: RecordId, row: &Row, place: Place) -> Result<()> {
        let row = in_form(row)?;
        let (parent, root) = match place {
            Place::Root(unit) => (None, Root { scope: unit.0, scope_dot: None }),
            Place::Child(parent) => (Some(parent), self.root_of(parent)?),
        };
        let mut writes = Vec::with_capacity(row.kind.fields.len() + 1);
        if parent.is_none() {
            writes.push(FieldWrite { fid: SCOPE, value: Some(sync::value::encode_scope(root.scope)), base: Vec::new() });
        }
        for (field, values) in row.fields() {
            if let Some(value) = sync::value::encode_field(values) {
                writes.push(FieldWrite { fid: field.fid, value: Some(value), base: Vec::new() });
            }
        }
        let op = self.op(row.kind.number, id, parent, writes, None, root.scope_dot)?;
        let saved = state::insert(self, &op, root.scope, &row)?;
        let mut writing = self.writing.borrow_mut();
        writing.count(self.connection(), root.scope, None, Some(saved.digest))?;
        if parent.is_none() {
            writing.roots.insert(id, root);
        }
        self.touch_kind(op.kind);
        writing.push(saved.lid, op, true)?;
        writing.derived.created(saved.lid, id, parent, row);
        Ok(())
    }

    /// Writes fields of a record. `opened` are the heads that the author had seen: what else was written meanwhile stays,
    /// and shows as a conflict. A field whose value is what stands there already is not written. Says whether anything was.
    pub fn change(&self, id: RecordId, changes: &[FieldChange], opened: &Heads) -> Result<bool> {
        let loaded = self.get_state(id)?;
        if loaded.life == Life::Deleted {
            return Err(Error::Deleted);
        }
        let kind = registry::kind(loaded.state.kind).ok_or(Error::UnknownKind)?;
        let mut writes = BTreeMap::new();
        for change in changes {
            let field = kind.field(change.fid).ok_or(Error::BadValue)?;
            if change.values.len() != field.columns.len() {
                return Err(Error::BadValue);
            }
            let mut values = Vec::with_capacity(change.values.len());
            for (column, value) in field.columns.iter().zip(&change.values) {
                values.push(match value {
                    Some(value) => Some(in_column(column.ty, value)?),
                    None => None,
                });
            }
            let value = sync::value::encode_field(&values);
            writes.insert(change.fid, (value, self.base_of(opened.of(change.fid))?));
        }
        self.write_fields(loaded, writes, None)
    }

    /// The same by an author who has seen the record as it is now.
    pub fn change_now(&self, id: RecordId, changes: &[FieldChange]) -> Result<bool> {
        let loaded = self.get_state(id)?;
        let heads = changes.iter().map(|change| (change.fid, loaded.state.base(change.fid))).collect();
        self.change(id, changes, &Heads(heads))
    }

    /// Writes once more what a field holds, as somebody who has decided that it stays: whoever writes otherwise without having
    /// seen this stands in conflict with it.
    pub fn affirm(&self, id: RecordId, fid: u16) -> Result<()> {
        let loaded = self.get_state(id)?;
        if loaded.life == Life::Deleted {
            return Err(Error::Deleted);
        }
        let value = loaded.state.shown(fid).and_then(|head| head.value.clone());
        let base = loaded.state.base(fid);
        self.write_all(loaded, vec![FieldWrite { fid, value, base }], None)
    }

    /// Deletes a record, with the code of the reason. What others have written meanwhile brings it back, flagged.
    pub fn delete(&self, id: RecordId, reason: Option<&str>) -> Result<()> {
        let loaded = self.get_state(id)?;
        if loaded.life == Life::Deleted {
            return Ok(());
        }
        let ctx = loaded.state.context();
        let life = sync::value::encode_life(sync::value::DELETED, reason);
        let base = loaded.state.base(LIFE);
        self.write_fields(loaded, BTreeMap::from([(LIFE, (Some(life), base))]), Some(ctx)).map(drop)
    }

    /// Brings a deleted record back as it was, or settles that a record somebody deleted and somebody edited stays.
    pub fn restore(&self, id: RecordId) -> Result<()> {
        let loaded = self.get_state(id)?;
        if !loaded.state.is_marked_deleted() {
            return Ok(());
        }
        let life = sync::value::encode_life(sync::value::LIVE, None);
        let base = loaded.state.base(LIFE);
        self.write_fields(loaded, BTreeMap::from([(LIFE, (Some(life), base))]), None).map(drop)
    }

    /// Says that a record is the same thing as another, which stays; `None` takes it back. References are followed.
    pub fn merge_into(&self, id: RecordId, other: Option<RecordId>) -> Result<()> {
        if other == Some(id) {
            return Err(Error::BadValue);
        }
        let loaded = self.get_state(id)?;
        let value = other.map(|other| sync::value::encode(&domain::Value::Ref(other)));
        let base = loaded.state.base(MERGED_INTO);
        self.write_fields(loaded, BTreeMap::from([(MERGED_INTO, (value, base))]), None).map(drop)
    }

    /// Writes fields of a loaded record as one op. Fields that already hold just this value are left out.
    pub(crate) fn write_fields(
        &self,
        loaded: Loaded,
        writes: BTreeMap<u16, (Option<Vec<u8>>, Vec<Dot>)>,
        ctx: Option<Context>,
    ) -> Result<bool> {
        let is_new = |fid: &u16, value: &Option<Vec<u8>>, base: &[Dot]| match loaded.state.heads_of(*fid) {
            [] => value.is_some(),
            [head] => head.value != *value || !base.contains(&head.dot),
            _ => true,
        };
        let writes: Vec<FieldWrite> = writes
            .into_iter()
            .filter(|(fid, (value, base))| is_new(fid, value, base))
            .map(|(fid, (value, base))| FieldWrite { fid, value, base })
            .collect();
        if writes.is_empty() {
            return Ok(false);
        }
        self.write_all(loaded, writes, ctx).map(|()| true)
    }

    /// Writes these fields of a loaded record, whatever they hold.
    pub(crate) fn write_all(&self, loaded: Loaded, writes: Vec<FieldWrite>, ctx: Option<Context>) -> Result<()> {
        let Loaded { lid, mut state, digest, life } = loaded;
        let root = match state.parent {
            Some(parent) => self.root_of(parent)?,
            None => root(&state),
        };
        let op = self.op(state.kind, state.rid, state.parent, writes, ctx, root.scope_dot)?;
        let applied = state.apply(&op, op.at, &[], Standing::New);
        history::record(self.connection(), lid, &op, op.at, &applied)?;
        let saved = state::save(self.connection(), Some(lid), &state, 1)?;
        derived::changed(self, &state, life, &saved, &op, &applied.replaced)?;
        let mut writing = self.writing.borrow_mut();
        writing.count(self.connection(), state.scope, Some(digest), Some(saved.digest))?;
        writing.push(lid, op, false)?;
        writing.roots.remove(&state.rid);
        drop(writing);
        self.touch_kind(state.kind);
        Ok(())
    }

    /// The full state of a record, which must be there.
    pub(crate) fn get_state(&self, id: RecordId) -> Result<Loaded> {
        state::find(self.connection(), id)?.ok_or(Error::NoSuchRecord)
    }

    fn op(
        &self,
        kind: u16,
        rid: RecordId,
        parent: Option<RecordId>,
        writes: Vec<FieldWrite>,
        ctx: Option<Context>,
        sv: Option<Dot>,
    ) -> Result<Op> {
        if writes.is_empty() {
            return Err(Error::EmptyRecord);
        }
        let dot = self.writing.borrow_mut().next_dot(self.connection())?;
        let (at, uid) = (self.author().at_ms, self.author().uid);
        Ok(Op { dot, at, uid, kind, rid, parent, group_len: 0, writes, ctx, sv })
    }

    /// Where the root above a record lies.
    fn root_of(&self, id: RecordId) -> Result<Root> {
        if let Some(root) = self.writing.borrow().roots.get(&id) {
            return Ok(*root);
        }
        let state = self.get_state(id)?.state;
        let found = match state.parent {
            Some(parent) => self.root_of(parent)?,
            None => root(&state),
        };
        self.writing.borrow_mut().roots.insert(id, found);
        Ok(found)
    }

    /// Heads as a base: ascending, each once, under this device's number where they were seen before it had one.
    fn base_of(&self, seen: &[Dot]) -> Result<Vec<Dot>> {
        let mut base = Vec::with_capacity(seen.len());
        for dot in seen {
            base.push(crate::exchange::present_dot(self.connection(), *dot)?);
        }
        base.sort_unstable();
        base.dedup();
        Ok(base)
    }

    /// Tells the capabilities that show a kind.
    pub(crate) fn touch_kind(&self, kind: u16) {
        self.touch("sync");
        for capability in derived::capabilities(kind) {
            self.touch(capability);
        }
    }
}

fn root(state: &RecordState) -> Root {
    let dot = state.shown(SCOPE).map(|head| head.dot).filter(|dot| *dot != state.created.dot);
    Root { scope: state.scope, scope_dot: dot }
}

/// A row whose values are in the form that its columns give back.
fn in_form(row: &Row) -> Result<Row> {
    let mut values = Vec::with_capacity(row.values.len());
    for (column, value) in row.kind.columns().zip(&row.values) {
        values.push(match value {
            Some(value) => Some(in_column(column.ty, value)?),
            None => None,
        });
    }
    Ok(Row { kind: row.kind, values })
}

fn in_column(ty: domain::ValueType, value: &domain::Value) -> Result<domain::Value> {
    let value = table::in_form(ty, value);
    if table::fits(ty, &value) { Ok(value.into_owned()) } else { Err(Error::BadValue) }
}
