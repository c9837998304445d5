//! Ops of the province itself, under number 0: new records in its own scope, numbered and merged like those of any device.

use std::collections::BTreeSet;

use domain::RecordId;
use domain::registry::{Row, SCOPE};
use sync::op::FieldWrite;
use sync::{Dot, Op, RecordState, ScopeDigest};

use crate::db::ops::Entry;
use crate::db::records::Loaded;
use crate::db::{Tx, lines, ops, records, scopes, settings};
use crate::error::{Error, Result};
use crate::key_file::fill_random;
use crate::sealing::Sealer;

/// The province's device number.
const PROVINCE_NUMBER: u32 = 0;
/// Its counter of ops.
const COUNTER: &str = "province_op";

/// A record to be made.
pub struct NewRecord {
    /// Its id; see [`new_id`].
    pub id: RecordId,
    /// What it is a child of.
    pub parent: Option<RecordId>,
    /// Its values.
    pub row: Row,
}

/// An id that nobody has.
pub fn new_id(now_ms: u64) -> Result<RecordId> {
    let mut random = [0; 10];
    fill_random(&mut random)?;
    Ok(RecordId::from_parts(now_ms, random))
}

/// Makes records in a scope as one group: devices see all of them at once, or none yet.
pub fn create(tx: &mut dyn Tx, sealer: &Sealer, scope: u32, new: &[NewRecord], now_ms: u64) -> Result<()> {
    if new.len() > sync::limits::GROUP_OPS as usize {
        return Err(Error::Admin { code: "too_many_rows", message: "more records than one group may hold".to_owned() });
    }
    let stored = scopes::lock(tx, scope)?.ok_or(Error::Stored("the province's scope is missing"))?;
    let count = u64::try_from(new.len()).unwrap_or(u64::MAX);
    let first = scopes::take_numbers(tx, scope, count)? - count + 1;
    let eff = i64::try_from(now_ms).unwrap_or(i64::MAX);
    let (mut entries, mut loaded) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
    for (seq, record) in (first..).zip(new) {
        let dot = Dot::new(PROVINCE_NUMBER, u64::from(settings::next_number(tx, COUNTER)?));
        let op = op(dot, record, scope, if seq == first { new.len() } else { 0 }, eff);
        let mut state = RecordState::new(&op, eff, scope);
        state.apply_at_server(&op, eff, |_| true, &mut BTreeSet::new());
        if record.parent.is_none() {
            records::record_scope_head(tx, op.rid, op.dot, scope, now_ms)?;
        }
        let key: [&[u8]; 2] = [&scope.to_be_bytes(), &seq.to_be_bytes()];
        entries.push(Entry {
            seq,
            dno: dot.dno,
            dseq: dot.dseq,
            rid: op.rid.0,
            kind: op.kind,
            at: op.at,
            eff,
            uid: op.uid,
            group: first,
            dead: None,
            body: sealer.seal_if_protected(op.kind, "op", &key, op.encode())?,
        });
        loaded.push(Loaded { state, counted: None, superseded: BTreeSet::new(), superseded_before: BTreeSet::new() });
    }
    ops::insert(tx, scope, entries)?;
    let mut digest = ScopeDigest::from_parts(stored.digest, stored.n);
    for saved in records::save(tx, sealer, loaded.iter())? {
        digest.add(saved);
    }
    lines::update(tx, loaded.iter().map(|record| &record.state))?;
    scopes::update_digest(tx, scope, &digest.bytes(), digest.count)
}

fn op(dot: Dot, record: &NewRecord, scope: u32, group: usize, at: i64) -> Op {
    let write = |fid, value| FieldWrite { fid, value: Some(value), base: Vec::new() };
    let own_scope = record.parent.is_none().then(|| write(SCOPE, sync::value::encode_scope(scope)));
    let fields = record.row.kind.fields.iter();
    let fields =
        fields.filter_map(|field| Some(write(field.fid, sync::value::encode_field(record.row.field_values(field.fid))?)));
    Op {
        dot,
        at,
        uid: 0,
        kind: record.row.kind.number,
        rid: record.id,
        parent: record.parent,
        group_len: u32::try_from(group).unwrap_or(0),
        writes: own_scope.into_iter().chain(fields).collect(),
        ctx: None,
        sv: None,
    }
}
