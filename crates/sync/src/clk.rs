//! A record's field clocks as the store keeps them beside typed columns (`rec.clk`).
//!
//! An untouched record has one author for all its fields, so the blob is the stamp of the creating op and the list of
//! fields that differ: about a dozen bytes. Values are not in it. A field with one head has its value in its column; a
//! field with several heads is marked, and all of them lie in the `head` table.
//!
//! ```text
//! clk       = stamp ∥ count ∥ exception… ∥ count ∥ context…           numbers are unsigned varints, eff is zigzag
//! stamp     = dno ∥ dseq ∥ uid ∥ eff
//! exception = fid·2 ∥ stamp    one head, not written by the creating op, or written null
//!           | fid·2+1          several heads
//! context   = dno ∥ dseq ∥ count ∥ (dno ∥ dseq)…                      what the author of a deletion had seen
//! ```
//! A field without an exception has the stamp of the creating op if its value is not null, and was never written if it is.

use std::collections::BTreeMap;

use domain::RecordId;
use domain::registry::LIFE;

use crate::cbor::Malformed;
use crate::op::{Context, Dot};
use crate::record::{Head, RecordState, Stamp};
use crate::varint;

/// How a field that differs from the creating op stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// One head with its own stamp.
    One(Stamp),
    /// Several heads; they are in the `head` table.
    Several,
}

/// The clocks of a record without its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The creating op.
    pub created: Stamp,
    /// The fields that differ.
    pub marks: BTreeMap<u16, Mark>,
    /// What the authors of deletions among the heads had seen.
    pub contexts: BTreeMap<Dot, Context>,
}

impl Clocks {
    /// The clocks of a state.
    pub fn of(state: &RecordState) -> Self {
        let mut marks = BTreeMap::new();
        let mut contexts = BTreeMap::new();
        for (fid, heads) in &state.heads {
            match heads.as_slice() {
                [head] if Stamp::from(head) == state.created && head.value.is_some() => {}
                [head] => {
                    marks.insert(*fid, Mark::One(head.into()));
                }
                _ => {
                    marks.insert(*fid, Mark::Several);
                }
            }
            contexts.extend(heads.iter().filter_map(|head| Some((head.dot, head.ctx.clone()?))));
        }
        Self { created: state.created, marks, contexts }
    }

    /// The blob.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(16);
        put_stamp(&mut out, &self.created);
        varint::put(&mut out, self.marks.len() as u64);
        for (fid, mark) in &self.marks {
            match mark {
                Mark::One(stamp) => {
                    varint::put(&mut out, u64::from(*fid) * 2);
                    put_stamp(&mut out, stamp);
                }
                Mark::Several => varint::put(&mut out, u64::from(*fid) * 2 + 1),
            }
        }
        varint::put(&mut out, self.contexts.len() as u64);
        for (dot, context) in &self.contexts {
            put_dot(&mut out, *dot);
            varint::put(&mut out, context.len() as u64);
            for (dno, dseq) in context {
                put_dot(&mut out, Dot::new(*dno, *dseq));
            }
        }
        out
    }

    /// Reads the blob.
    pub fn decode(blob: &[u8]) -> Result<Self, Malformed> {
        let input = &mut &*blob;
        let created = take_stamp(input)?;
        let mut marks = BTreeMap::new();
        for _ in 0..take_count(input)? {
            let tagged = varint::take(input)?;
            let fid = u16::try_from(tagged / 2).map_err(|_| Malformed::Unexpected)?;
            let mark = if tagged % 2 == 0 { Mark::One(take_stamp(input)?) } else { Mark::Several };
            marks.insert(fid, mark);
        }
        let mut contexts = BTreeMap::new();
        for _ in 0..take_count(input)? {
            let dot = take_dot(input)?;
            let mut context = Context::new();
            for _ in 0..take_count(input)? {
                let seen = take_dot(input)?;
                context.insert(seen.dno, seen.dseq);
            }
            contexts.insert(dot, context);
        }
        if input.is_empty() { Ok(Self { created, marks, contexts }) } else { Err(Malformed::Trailing) }
    }

    /// The fields whose heads lie in the `head` table.
    pub fn several(&self) -> impl Iterator<Item = u16> {
        self.marks.iter().filter(|(_, mark)| **mark == Mark::Several).map(|(fid, _)| *fid)
    }

    /// Puts the state together again. `values` gives every field whose value is not null (those of columns, those of
    /// `ext`, life, scope and merged_into); `several` the rows of the `head` table in any order (their `ctx` is filled in
    /// here). Values of fields that are marked as having several heads are ignored: only one of them is shown.
    pub fn state(
        &self,
        rid: RecordId,
        kind: u16,
        parent: Option<RecordId>,
        scope: u32,
        values: impl IntoIterator<Item = (u16, Vec<u8>)>,
        several: impl IntoIterator<Item = (u16, Head)>,
    ) -> RecordState {
        let mut heads: BTreeMap<u16, Vec<Head>> = BTreeMap::new();
        for (fid, value) in values {
            let stamp = match self.marks.get(&fid) {
                Some(Mark::Several) => continue,
                Some(Mark::One(stamp)) => *stamp,
                None => self.created,
            };
            heads.insert(fid, vec![self.head(fid, stamp, Some(value))]);
        }
        for (fid, mark) in &self.marks {
            if let Mark::One(stamp) = mark {
                heads.entry(*fid).or_insert_with(|| vec![self.head(*fid, *stamp, None)]);
            }
        }
        for (fid, mut head) in several {
            head.ctx = self.context_of(fid, head.dot);
            heads.entry(fid).or_default().push(head);
        }
        for field in heads.values_mut() {
            field.sort_by_key(|head| head.dot);
        }
        RecordState { rid, kind, parent, scope, created: self.created, heads }
    }

    fn head(&self, fid: u16, stamp: Stamp, value: Option<Vec<u8>>) -> Head {
        Head { dot: stamp.dot, eff: stamp.eff, uid: stamp.uid, value, ctx: self.context_of(fid, stamp.dot) }
    }

    fn context_of(&self, fid: u16, dot: Dot) -> Option<Context> {
        if fid == LIFE { self.contexts.get(&dot).cloned() } else { None }
    }
}

fn put_dot(out: &mut Vec<u8>, dot: Dot) {
    varint::put(out, u64::from(dot.dno));
    varint::put(out, dot.dseq);
}

fn take_dot(input: &mut &[u8]) -> Result<Dot, Malformed> {
    let dno = u32::try_from(varint::take(input)?).map_err(|_| Malformed::Unexpected)?;
    Ok(Dot::new(dno, varint::take(input)?))
}

fn put_stamp(out: &mut Vec<u8>, stamp: &Stamp) {
    put_dot(out, stamp.dot);
    varint::put(out, u64::from(stamp.uid));
    varint::put_signed(out, stamp.eff);
}

fn take_stamp(input: &mut &[u8]) -> Result<Stamp, Malformed> {
    let dot = take_dot(input)?;
    let uid = u32::try_from(varint::take(input)?).map_err(|_| Malformed::Unexpected)?;
    Ok(Stamp { dot, uid, eff: varint::take_signed(input)? })
}

/// A count of things that take at least one byte each.
fn take_count(input: &mut &[u8]) -> Result<usize, Malformed> {
    let count = usize::try_from(varint::take(input)?).map_err(|_| Malformed::Truncated)?;
    if count > input.len() { Err(Malformed::Truncated) } else { Ok(count) }
}
