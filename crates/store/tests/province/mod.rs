//! A province in memory with the rules of `sync`, for one scope, and offices that talk to it through their stores.
#![allow(dead_code, missing_docs, clippy::unwrap_used, reason = "each test file uses a part of it")]

use std::collections::{BTreeMap, BTreeSet};

use domain::RecordId;
use ed25519_dalek::SigningKey;
use store::{Author, Store};
use sync::audit::AuditHead;
use sync::enrolment::{EnrolAnswer, Grant};
use sync::line::{Epoch, Line};
use sync::receipt::Numbered;
use sync::session::{Effect, Standing};
use sync::wire::{Caller, Pulled};
use sync::{Dot, Receipt, RecordState, ScopeDigest, batch, line};

pub const SCOPE: u32 = 51582;
const AHEAD_MS: i64 = 5 * 60_000;

#[derive(Default, Clone)]
struct Device {
    bno: u64,
    dseq: u64,
    receipts: BTreeMap<u64, Receipt>,
}

/// The province's side.
#[derive(Clone)]
pub struct Province {
    pub log: Vec<Pulled>,
    pub states: BTreeMap<RecordId, RecordState>,
    sup: BTreeMap<RecordId, BTreeSet<(u16, Dot)>>,
    devices: BTreeMap<u32, Device>,
    pub line: Line,
    next_dno: u32,
    next_epoch: u64,
    pub now_ms: i64,
}

impl Province {
    pub fn new(now_ms: i64) -> Self {
        Self {
            log: Vec::new(),
            states: BTreeMap::new(),
            sup: BTreeMap::new(),
            devices: BTreeMap::new(),
            line: vec![Epoch { id: 1, base: 0 }],
            next_dno: 1,
            next_epoch: 2,
            now_ms,
        }
    }

    /// Gives a number; for a restored store a new one, with what is known of the old.
    pub fn enrol(&mut self, replaces: Option<u32>) -> EnrolAnswer {
        let dno = self.next_dno;
        self.next_dno += 1;
        self.devices.insert(dno, Device::default());
        EnrolAnswer {
            dno,
            grants: vec![Grant { scope: SCOPE, may_write: true }],
            ca: Vec::new(),
            server_key: [0; 32],
            province_key: [0; 32],
            recovery_key: [0; 32],
            unit: SCOPE,
            server_ms: self.now_ms,
            replaced_last_dseq: replaces.map(|old| self.devices.get(&old).map_or(0, |device| device.dseq)),
        }
    }

    fn push(&mut self, bytes: &[u8], key: &SigningKey) -> Receipt {
        let opened = batch::open(bytes, &key.verifying_key()).unwrap();
        let device = self.devices.get(&opened.header.dno).unwrap();
        if opened.header.bno <= device.bno {
            let stored = device.receipts.get(&opened.header.bno).unwrap();
            assert_eq!(stored.hash, opened.hash, "a batch that is sent again is byte-identical");
            return stored.clone();
        }
        assert_eq!((opened.header.bno, opened.header.first_dseq), (device.bno + 1, device.dseq + 1), "gapless");
        let first_seq = self.log.len() as u64 + 1;
        let mut clamped = Vec::new();
        for op in opened.ops {
            let eff = op.at.min(self.now_ms + AHEAD_MS);
            if eff != op.at {
                clamped.push((op.dot.dseq, eff));
            }
            let mut state = match self.states.remove(&op.rid) {
                Some(state) => state,
                None => RecordState::new(&op, eff, SCOPE),
            };
            let devices = &self.devices;
            let arrived = |dot: Dot| devices.get(&dot.dno).is_some_and(|device| dot.dseq <= device.dseq);
            let applied = state.apply_at_server(&op, eff, arrived, self.sup.entry(op.rid).or_default());
            self.states.insert(op.rid, state);
            self.devices.get_mut(&op.dot.dno).unwrap().dseq = op.dot.dseq;
            let seq = self.log.len() as u64 + 1;
            self.log.push(Pulled { seq, op, eff, dead: applied.dead });
        }
        let numbered = vec![Numbered { first_dseq: opened.header.first_dseq, ops: opened.header.ops, scope: SCOPE, first_seq }];
        let receipt = Receipt { bno: opened.header.bno, hash: opened.hash, numbered, clamped, quarantined: Vec::new() };
        let device = self.devices.get_mut(&opened.header.dno).unwrap();
        device.bno = opened.header.bno;
        device.receipts.insert(opened.header.bno, receipt.clone());
        receipt
    }

    pub fn digest(&self) -> ScopeDigest {
        let mut digest = ScopeDigest::default();
        for state in self.states.values() {
            digest.add(state.digest());
        }
        digest
    }

    /// The restore of a province: what was since then is gone, and the line says so.
    pub fn restored_from(&self, backup: &Self) -> Self {
        let mut restored = backup.clone();
        // An epoch's id is random: never that of another restore.
        restored.line.push(Epoch { id: self.next_epoch, base: restored.log.len() as u64 });
        (restored.next_dno, restored.next_epoch) = (self.next_dno, self.next_epoch + 1);
        for dno in self.devices.keys() {
            restored.devices.entry(*dno).or_default();
        }
        restored
    }
}

/// How much of a call arrives.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// Batches that reach the province.
    pub batches: usize,
    /// Whether their receipts come back.
    pub receipts: bool,
    /// Ops that come down.
    pub ops: usize,
}

pub const WHOLE: Cut = Cut { batches: usize::MAX, receipts: true, ops: usize::MAX };

/// Seals all that waits.
pub fn seal(store: &Store, author: Author, key: &SigningKey) {
    while store.write(author, |tx| tx.seal_next_batch(key)).unwrap().value {}
}

pub fn standing(store: &Store) -> Standing {
    let audit = AuditHead { incarnation: [0; 16], n: 0, hash: [0; 32] };
    store.read(|view| view.standing("test", audit)).unwrap()
}

/// One call of a store to the province, as `sync::session` plans it.
pub fn call(store: &Store, author: Author, key: &SigningKey, province: &mut Province, cut: Cut) {
    seal(store, author, key);
    let standing = standing(store);
    let dno = store.read(|view| view.device_number()).unwrap().unwrap();
    let take = |effect: &Effect| {
        store.write(author, |tx| tx.take_in(effect, author.at_ms)).unwrap();
    };
    let grants = vec![Grant { scope: SCOPE, may_write: true }];
    take(&Effect::Greeted { server_ms: province.now_ms, grants });
    let last_bno = province.devices.get(&dno).unwrap().bno;
    if last_bno < standing.receipted_bno {
        take(&Effect::Rewound { last_bno });
    }
    let cursor = standing.cursors.iter().find(|cursor| cursor.scope == SCOPE).unwrap();
    let (mut seq, mut full) = (cursor.seq, cursor.full);
    if cursor.line != province.line {
        let met = line::meet(&cursor.line, &province.line, seq);
        full |= met < seq;
        take(&Effect::Relined { scope: SCOPE, line: province.line.clone(), seq: met, back: met < seq });
        seq = met;
    }
    let unsent = store.read(|view| view.list_unsent_batches()).unwrap();
    for unsent in unsent.iter().take(cut.batches) {
        let receipt = province.push(&unsent.bytes, key);
        if cut.receipts {
            take(&Effect::Receipted(receipt));
        }
    }
    let entries: Vec<Pulled> = province.log.iter().skip(seq as usize).take(cut.ops).cloned().collect();
    if let Some(last) = entries.last() {
        let end = last.seq;
        let caller = Caller { dno, next_dseq: standing.next_dseq, full };
        let epochs = province.line.len();
        let entries = entries.into_iter().filter(|entry| !caller.has(entry.op.dot, &entry.dead, epochs)).collect();
        take(&Effect::Pulled { scope: SCOPE, entries, seq: end });
        seq = end;
    }
    if seq == province.log.len() as u64 {
        take(&Effect::CaughtUp { scope: SCOPE, seq, digest: province.digest() });
    }
}

/// Whether the store was last found equal to the province, and by now is.
pub fn is_equal(store: &Store, province: &Province) -> bool {
    store
        .read(|view| {
            let scope = view.list_scopes()?.into_iter().find(|scope| scope.scope == SCOPE).unwrap();
            let verified = scope.verified_at_ms.is_some() && scope.mismatch_at_ms.is_none();
            Ok(verified && view.scope_digest(SCOPE)? == province.digest())
        })
        .unwrap()
}
