//! Applying a batch: the one way by which ops enter the log.
//!
//! One transaction: lock the device (order, once), find each op's scope, lock the scopes in ascending order, merge, number, store
//! the batch with its receipt. The receipt goes out only after the commit. Nothing authentic is refused for what it says: an op
//! that its device may not write goes to quarantine, with a receipt that names the reason.

use std::collections::{BTreeMap, BTreeSet};

use domain::RecordId;
use domain::registry::SCOPE;
use sync::batch::Opened;
use sync::receipt::{Numbered, Reason};
use sync::wire::Refusal;
use sync::{Dot, Op, Receipt, RecordState, ScopeDigest};

use crate::db::devices::{Device, State};
use crate::db::ops::Entry;
use crate::db::records::Loaded;
use crate::db::{Tx, batches, devices, lines, ops, quarantine, records, scopes};
use crate::error::{Error, Result};
use crate::sealing::Sealer;

/// How far ahead of the server's clock a stamp for ties may be.
const AHEAD_MS: i64 = 5 * 60 * 1000;
/// How long after a move its former commune may still write what it saw there.
const FORMER_SCOPE_MS: u64 = 400 * 24 * 3600 * 1000;

/// A batch as it arrived, verified and opened.
pub struct Arrived {
    /// Its header, name and ops.
    pub opened: Opened,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When, by the server's clock.
    pub recv_ms: u64,
}

/// Applies a batch, or does nothing where it was applied before. The receipt is stored with it.
pub fn apply(tx: &mut dyn Tx, sealer: &Sealer, arrived: &Arrived) -> Result<()> {
    let (header, hash) = (&arrived.opened.header, arrived.opened.hash);
    let device = devices::lock(tx, header.dno)?.ok_or(Refusal::UnknownDevice)?;
    if device.state != State::Active {
        // It was revoked or replaced since the request was let in; the next request is told the whole story.
        return Err(Refusal::Busy(1).into());
    }
    if header.bno <= device.last_bno {
        return match batches::find(tx, header.dno, header.bno)? {
            Some(stored) if stored.hash == hash => Ok(()),
            _ => Err(Refusal::Fork(header.bno).into()),
        };
    }
    if header.bno != device.last_bno + 1 {
        return Err(Refusal::Gap(device.last_bno + 1).into());
    }
    if header.prev != device.last_hash || header.first_dseq != device.last_dseq + 1 {
        return Err(Refusal::Fork(device.last_bno).into());
    }
    let receipt = Application::new(tx, sealer, arrived, &device)?.run(tx)?;
    let sealed = sealer.seal("batch", &[&header.dno.to_be_bytes(), &header.bno.to_be_bytes()], &arrived.bytes)?;
    batches::insert(tx, header.dno, header.bno, &hash, arrived.recv_ms, sealed, receipt.encode())?;
    devices::update_applied(tx, header, &hash)
}

/// Where an op goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Scope(u32),
    Quarantine(Reason),
}

struct Application<'a> {
    sealer: &'a Sealer,
    arrived: &'a Arrived,
    device: &'a Device,
    targets: Vec<Target>,
}

impl<'a> Application<'a> {
    /// Routes the ops and locks the scopes they go to. Routes again under the locks: a record may have been made or moved
    /// while we waited; if that leads to a scope that is not locked, everything starts anew.
    fn new(tx: &mut dyn Tx, sealer: &'a Sealer, arrived: &'a Arrived, device: &'a Device) -> Result<Self> {
        let before = route(tx, arrived, device)?;
        let locked = scopes_in(&before);
        for scope in &locked {
            scopes::lock(tx, *scope)?.ok_or(Error::Stored("a grant names a scope that is missing"))?;
        }
        let targets = route(tx, arrived, device)?;
        if !scopes_in(&targets).is_subset(&locked) {
            return Err(Error::Again);
        }
        Ok(Application { sealer, arrived, device, targets })
    }

    fn run(&self, tx: &mut dyn Tx) -> Result<Receipt> {
        let mut receipt = Receipt {
            bno: self.arrived.opened.header.bno,
            hash: self.arrived.opened.hash,
            numbered: Vec::new(),
            clamped: Vec::new(),
            quarantined: Vec::new(),
        };
        let has_arrived = self.arrived_before(tx)?;
        for scope in scopes_in(&self.targets) {
            self.apply_scope(tx, scope, &has_arrived, &mut receipt)?;
        }
        receipt.numbered.sort_by_key(|range| range.first_dseq);
        receipt.clamped.sort_unstable();
        for (op, target) in self.ops() {
            if let Target::Quarantine(reason) = target {
                let key: [&[u8]; 2] = [&op.dot.dno.to_be_bytes(), &op.dot.dseq.to_be_bytes()];
                let body = self.sealer.seal_if_protected(op.kind, "quarantine", &key, op.encode())?;
                quarantine::insert(tx, op.dot.dno, op.dot.dseq, receipt.bno, reason as u16, body)?;
                receipt.quarantined.push((op.dot.dseq, reason));
            }
        }
        Ok(receipt)
    }

    fn ops(&self) -> impl Iterator<Item = (&Op, Target)> {
        self.arrived.opened.ops.iter().zip(self.targets.iter().copied())
    }

    /// The ops with the counter of the first op of their group, which may itself have gone elsewhere.
    fn groups(&self) -> impl Iterator<Item = (&Op, Target, u64)> {
        self.ops().scan(0, |first, (op, target)| {
            if op.group_len > 0 {
                *first = op.dot.dseq;
            }
            Some((op, target, *first))
        })
    }

    /// How far each device that is named in a base has come: what says whether a base has arrived.
    fn arrived_before(&self, tx: &mut dyn Tx) -> Result<BTreeMap<u32, u64>> {
        let bases = self.arrived.opened.ops.iter().flat_map(|op| &op.writes).flat_map(|write| &write.base);
        let numbers: BTreeSet<u32> = bases.map(|dot| dot.dno).collect();
        let mut arrived = BTreeMap::from([(0, u64::MAX), (self.device.dno, u64::MAX)]);
        for dno in numbers.into_iter().filter(|dno| *dno != 0 && *dno != self.device.dno) {
            arrived.insert(dno, devices::find(tx, dno)?.map_or(0, |device| device.last_dseq));
        }
        Ok(arrived)
    }

    fn apply_scope(&self, tx: &mut dyn Tx, scope: u32, has_arrived: &BTreeMap<u32, u64>, receipt: &mut Receipt) -> Result<()> {
        let mine: Vec<(&Op, u64)> =
            self.groups().filter(|(_, target, _)| *target == Target::Scope(scope)).map(|(op, _, first)| (op, first)).collect();
        let last = scopes::take_numbers(tx, scope, mine.len() as u64)?;
        let stored = scopes::find(tx, scope)?.ok_or(Error::Stored("a locked scope is missing"))?;
        let mut seq = last - mine.len() as u64;
        let (mut group, mut group_first) = (seq + 1, 0);
        let mut loaded = records::load(tx, self.sealer, scope, &mine.iter().map(|(op, _)| op.rid).collect())?;
        let mut entries = Vec::with_capacity(mine.len());
        for (op, first) in mine {
            seq += 1;
            if first != group_first {
                (group, group_first) = (seq, first);
            }
            // An own base always has a lower counter than the op, so it has arrived: earlier, or earlier in this batch.
            let arrived = |dot: Dot| has_arrived.get(&dot.dno).is_some_and(|last| dot.dseq <= *last);
            let recv = i64::try_from(self.arrived.recv_ms).unwrap_or(i64::MAX);
            let eff = op.at.min(recv.saturating_add(AHEAD_MS));
            let record = loaded.entry(op.rid).or_insert_with(|| Loaded {
                state: RecordState::new(op, eff, scope),
                counted: None,
                superseded: BTreeSet::new(),
                superseded_before: BTreeSet::new(),
            });
            let applied = record.state.apply_at_server(op, eff, arrived, &mut record.superseded);
            self.record_scope_heads(tx, op)?;
            let key: [&[u8]; 2] = [&scope.to_be_bytes(), &seq.to_be_bytes()];
            entries.push(Entry {
                seq,
                dno: op.dot.dno,
                dseq: op.dot.dseq,
                rid: op.rid.0,
                kind: op.kind,
                at: op.at,
                eff,
                uid: op.uid,
                group,
                dead: (!applied.dead.is_empty()).then(|| applied.dead.iter().flat_map(|fid| fid.to_be_bytes()).collect()),
                body: self.sealer.seal_if_protected(op.kind, "op", &key, op.encode())?,
            });
            number(&mut receipt.numbered, op.dot.dseq, scope, seq);
            if eff != op.at {
                receipt.clamped.push((op.dot.dseq, eff));
            }
        }
        ops::insert(tx, scope, entries)?;
        let mut digest = ScopeDigest::from_parts(stored.digest, stored.n);
        let saved = records::save(tx, self.sealer, loaded.values())?;
        for (record, saved) in loaded.values().zip(saved) {
            digest.replace(record.counted, saved);
            if record.superseded != record.superseded_before {
                records::save_superseded(tx, scope, record.state.rid, &record.superseded)?;
            }
        }
        lines::update(tx, loaded.values().map(|record| &record.state))?;
        scopes::update_digest(tx, scope, &digest.bytes(), digest.count)
    }

    fn record_scope_heads(&self, tx: &mut dyn Tx, op: &Op) -> Result<()> {
        for write in op.writes.iter().filter(|write| write.fid == SCOPE) {
            let named = write.value.as_deref().and_then(|value| sync::cbor::Reader::new(value).number().ok());
            if let Some(scope) = named {
                records::record_scope_head(tx, op.rid, op.dot, scope, self.arrived.recv_ms)?;
            }
        }
        Ok(())
    }
}

fn scopes_in(targets: &[Target]) -> BTreeSet<u32> {
    targets.iter().filter_map(|target| if let Target::Scope(scope) = target { Some(*scope) } else { None }).collect()
}

/// Puts an op behind the range before it, or begins a new range.
fn number(numbered: &mut Vec<Numbered>, dseq: u64, scope: u32, seq: u64) {
    match numbered.last_mut() {
        Some(range) if range.scope == scope && range.first_dseq + range.ops == dseq && range.first_seq + range.ops == seq => {
            range.ops += 1;
        }
        _ => numbered.push(Numbered { first_dseq: dseq, ops: 1, scope, first_seq: seq }),
    }
}

/// Where each op goes: the scope of its record; else of its parent; else the device's home. Then whether the device may write
/// there, or could when its author saw the record.
fn route(tx: &mut dyn Tx, arrived: &Arrived, device: &Device) -> Result<Vec<Target>> {
    let ops = &arrived.opened.ops;
    let named: BTreeSet<RecordId> = ops.iter().flat_map(|op| [Some(op.rid), op.parent]).flatten().collect();
    let mut places = records::scopes_of(tx, &named)?;
    let mut kinds = records::kinds_of(tx, &ops.iter().map(|op| op.rid).collect())?;
    let writable: BTreeSet<u32> = devices::list_grants(tx, device.dno, arrived.recv_ms)?
        .into_iter()
        .filter(|grant| grant.may_write)
        .map(|grant| grant.scope)
        .collect();
    let mut targets = Vec::with_capacity(ops.len());
    for op in ops {
        let scope = places.get(&op.rid).or_else(|| places.get(&op.parent?)).copied().unwrap_or(device.home);
        let same_kind = kinds.get(&op.rid).is_none_or(|known| *known == (op.kind, op.parent));
        let target = if !same_kind {
            Target::Quarantine(Reason::Mismatch)
        } else if writable.contains(&scope) || saw_it_in_its_own_scope(tx, op, &writable, arrived.recv_ms)? {
            places.insert(op.rid, scope);
            kinds.insert(op.rid, (op.kind, op.parent));
            Target::Scope(scope)
        } else {
            Target::Quarantine(Reason::NoGrant)
        };
        targets.push(target);
    }
    Ok(targets)
}

fn saw_it_in_its_own_scope(tx: &mut dyn Tx, op: &Op, writable: &BTreeSet<u32>, now_ms: u64) -> Result<bool> {
    let Some(seen) = op.sv else { return Ok(false) };
    let head = records::find_scope_head(tx, op.rid, seen)?;
    Ok(head.is_some_and(|(scope, moved_ms)| writable.contains(&scope) && now_ms.saturating_sub(moved_ms) < FORMER_SCOPE_MS))
}
