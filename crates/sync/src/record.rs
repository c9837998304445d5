//! The state of a record: for each field the writes that nobody has replaced (its heads), and the merge rules.
//!
//! `heads(S) = { w in S : w.dot not in any base of S }` for a set S of writes: order, path and number of deliveries do not
//! matter. One head is normal; two with different values are a conflict, both kept. A value leaves the heads only when a
//! write that names it arrives, so its author had seen it. Clocks decide only which of two conflicting values is shown.

use std::collections::{BTreeMap, BTreeSet};

use domain::RecordId;
use domain::registry::{LIFE, SCOPE};

use crate::cbor::{Reader, Writer};
use crate::digest::RecordDigest;
use crate::op::{Context, Dot, Op};
use crate::value;

/// A value that nobody has replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The op that wrote it.
    pub dot: Dot,
    /// The stamp for ties in milliseconds: the author's clock, or the server's bound on it once receipted.
    pub eff: i64,
    /// The worker on the device of the dot.
    pub uid: u32,
    /// Canonical CBOR; `None` is null.
    pub value: Option<Vec<u8>>,
    /// Only on a deletion: what its author had seen.
    pub ctx: Option<Context>,
}

impl Head {
    /// What decides which of several values is shown.
    fn rank(&self) -> (i64, Dot) {
        (self.eff, self.dot)
    }
}

/// Who wrote a value and when, without the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The op.
    pub dot: Dot,
    /// Its stamp for ties.
    pub eff: i64,
    /// The worker on the device of the dot.
    pub uid: u32,
}

impl From<&Head> for Stamp {
    fn from(head: &Head) -> Self {
        Self { dot: head.dot, eff: head.eff, uid: head.uid }
    }
}

/// How an op stands to the state of a device that it is applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not in the state yet: another device's op, or a save being made now.
    New,
    /// The device's own op, in the state since it was saved.
    Known,
}

/// What applying an op did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Heads that the op replaced, for the history.
    pub replaced: Vec<(u16, Head)>,
    /// Fields whose write had been replaced before it arrived.
    pub dead: Vec<u16>,
}

/// Everything a record is, on any replica. Replicas that received the same ops hold the same state and digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordState {
    /// The record.
    pub rid: RecordId,
    /// Its kind.
    pub kind: u16,
    /// The record it is a child of.
    pub parent: Option<RecordId>,
    /// The unit it belongs to now; a child follows its parent.
    pub scope: u32,
    /// The first op this replica applied: normally the one that created the record.
    pub created: Stamp,
    /// The heads of each field that was ever written, ascending by dot; never empty.
    pub heads: BTreeMap<u16, Vec<Head>>,
}

impl RecordState {
    /// The state before the record's first op, which the caller applies next.
    pub fn new(op: &Op, eff: i64, scope: u32) -> Self {
        let created = Stamp { dot: op.dot, eff, uid: op.uid };
        Self { rid: op.rid, kind: op.kind, parent: op.parent, scope, created, heads: BTreeMap::new() }
    }

    /// The device's rule, for a save and for each pulled entry in the server's order: bases are removed always, even for a
    /// known op; a field named in `dead` was replaced before it arrived; anything else becomes a head unless it is known.
    pub fn apply(&mut self, op: &Op, eff: i64, dead: &[u16], standing: Standing) -> Applied {
        let mut applied = Applied::default();
        for write in &op.writes {
            self.remove(write.fid, &write.base, &mut applied);
            if dead.contains(&write.fid) {
                self.remove(write.fid, &[op.dot], &mut applied);
                applied.dead.push(write.fid);
            } else if standing == Standing::New {
                self.insert(op, write.fid, eff, write.value.clone());
            }
        }
        // The head may be here already under the author's own clock: known, or brought by a backup.
        self.set_eff(op.dot, eff);
        applied
    }

    /// The server's rule. `has_arrived` says whether an op is in its log (a device's ops arrive gapless); `superseded` is
    /// the record's set of writes that were named as a base before they arrived, which happens only after the server was
    /// restored from a backup. A write in it is dead: history only.
    pub fn apply_at_server(
        &mut self,
        op: &Op,
        eff: i64,
        has_arrived: impl Fn(Dot) -> bool,
        superseded: &mut BTreeSet<(u16, Dot)>,
    ) -> Applied {
        let mut applied = Applied::default();
        for write in &op.writes {
            for base in &write.base {
                let known = self.heads.get(&write.fid).is_some_and(|heads| heads.iter().any(|head| head.dot == *base));
                if !known && !has_arrived(*base) {
                    superseded.insert((write.fid, *base));
                }
            }
            self.remove(write.fid, &write.base, &mut applied);
            if superseded.remove(&(write.fid, op.dot)) {
                applied.dead.push(write.fid);
            } else {
                self.insert(op, write.fid, eff, write.value.clone());
            }
        }
        applied
    }

    fn remove(&mut self, fid: u16, dots: &[Dot], applied: &mut Applied) {
        let Some(heads) = self.heads.get_mut(&fid) else { return };
        let (gone, kept) = std::mem::take(heads).into_iter().partition(|head| dots.contains(&head.dot));
        *heads = kept;
        if heads.is_empty() {
            self.heads.remove(&fid);
        }
        let gone: Vec<Head> = gone;
        applied.replaced.extend(gone.into_iter().map(|head| (fid, head)));
    }

    fn insert(&mut self, op: &Op, fid: u16, eff: i64, value: Option<Vec<u8>>) {
        let ctx = if fid == LIFE { op.ctx.clone() } else { None };
        let head = Head { dot: op.dot, eff, uid: op.uid, value, ctx };
        let heads = self.heads.entry(fid).or_default();
        match heads.binary_search_by_key(&op.dot, |head| head.dot) {
            Ok(_) => {}
            Err(place) => heads.insert(place, head),
        }
    }

    /// Takes over the stamp that the server gave to an op (a receipt's `eff` exception). Says whether anything changed.
    pub fn set_eff(&mut self, dot: Dot, eff: i64) -> bool {
        let mut changed = false;
        for head in self.heads.values_mut().flatten().filter(|head| head.dot == dot && head.eff != eff) {
            head.eff = eff;
            changed = true;
        }
        if self.created.dot == dot && self.created.eff != eff {
            self.created.eff = eff;
            changed = true;
        }
        changed
    }

    /// The heads of a field; empty when it was never written.
    pub fn heads_of(&self, fid: u16) -> &[Head] {
        self.heads.get(&fid).map_or(&[], Vec::as_slice)
    }

    /// The head whose value is shown: the greatest `(eff, dno, dseq)`.
    pub fn shown(&self, fid: u16) -> Option<&Head> {
        self.heads_of(fid).iter().max_by_key(|head| head.rank())
    }

    /// The dots of all heads of a field: the base of a write by someone who sees it now.
    pub fn base(&self, fid: u16) -> Vec<Dot> {
        self.heads_of(fid).iter().map(|head| head.dot).collect()
    }

    /// Whether a field has heads with different values.
    pub fn conflict(&self, fid: u16) -> bool {
        self.heads_of(fid).windows(2).any(|pair| pair.first().map(|head| &head.value) != pair.last().map(|head| &head.value))
    }

    /// The fields that have heads with different values.
    pub fn conflicts(&self) -> Vec<u16> {
        self.heads.keys().copied().filter(|fid| self.conflict(*fid)).collect()
    }

    /// What a deletion made now has seen: for each device the highest counter among all heads.
    pub fn context(&self) -> Context {
        let mut context = Context::new();
        for dot in self.heads.values().flatten().map(|head| head.dot) {
            let seen = context.entry(dot.dno).or_default();
            *seen = dot.dseq.max(*seen);
        }
        context
    }

    /// Whether the shown life is a deletion, whatever else was written.
    pub fn is_marked_deleted(&self) -> bool {
        self.shown(LIFE).and_then(|head| head.value.as_deref()).is_some_and(value::is_deletion)
    }

    /// Whether the record is deleted: the shown life says so and its author had seen every other head. Otherwise the
    /// record stays visible, and [`RecordState::is_marked_deleted`] tells that somebody deleted what somebody else edited.
    pub fn effectively_deleted(&self) -> bool {
        let Some(life) = self.shown(LIFE).filter(|_| self.is_marked_deleted()) else { return false };
        let seen = |dot: Dot| life.ctx.as_ref().and_then(|ctx| ctx.get(&dot.dno)).is_some_and(|dseq| dot.dseq <= *dseq);
        self.heads.values().flatten().all(|head| head.dot == life.dot || seen(head.dot))
    }

    /// The scope that the shown head of `fid 2` names; `None` on a child, which follows its parent.
    pub fn own_scope(&self) -> Option<u32> {
        let value = self.shown(SCOPE)?.value.as_deref()?;
        Reader::new(value).number().ok()
    }

    /// The digest of a record whose only op so far is `op`, without putting its state together: an import makes thousands.
    pub fn created_digest(op: &Op, eff: i64, scope: u32) -> RecordDigest {
        let mut writer = Writer::new();
        writer.array(5).bytes(&op.rid.0).uint(u64::from(op.kind)).uint(u64::from(scope));
        match &op.parent {
            Some(parent) => writer.bytes(&parent.0),
            None => writer.null(),
        };
        writer.map(op.writes.len());
        for write in &op.writes {
            writer.uint(u64::from(write.fid)).array(1).array(4);
            writer.uint(u64::from(op.dot.dno)).uint(op.dot.dseq).int(eff).raw_or_null(write.value.as_deref());
        }
        RecordDigest::of(&writer.into_bytes())
    }

    /// The record's digest: over ids, scope and every head; history and everything derived is left out.
    pub fn digest(&self) -> RecordDigest {
        let mut writer = Writer::new();
        writer.array(5).bytes(&self.rid.0).uint(u64::from(self.kind)).uint(u64::from(self.scope));
        match &self.parent {
            Some(parent) => writer.bytes(&parent.0),
            None => writer.null(),
        };
        writer.map(self.heads.len());
        for (fid, heads) in &self.heads {
            writer.uint(u64::from(*fid)).array(heads.len());
            for head in heads {
                writer.array(4).uint(u64::from(head.dot.dno)).uint(head.dot.dseq).int(head.eff);
                writer.raw_or_null(head.value.as_deref());
            }
        }
        RecordDigest::of(&writer.into_bytes())
    }
}
