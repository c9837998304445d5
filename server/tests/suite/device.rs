//! A commune's machine as the province sees it: keys, ops, batches, requests, and a replica built by the device's rule.

use std::collections::BTreeMap;

use domain::registry::SCOPE;
use domain::{RecordId, Value};
use ed25519_dalek::SigningKey;
use sync::audit::AuditHead;
use sync::auth::{Authorization, Signable};
use sync::batch::{self, NO_BATCH, Slot};
use sync::enrolment::{Claim, EnrolAnswer, EnrolRequest};
use sync::line::Line;
use sync::wire::{At, Frame, Frames, Refusal, SYNC_PATH, SyncRequest, Unblocks, WIRE};
use sync::{Dot, FieldWrite, Op, Receipt, RecordState, ScopeDigest, Standing};

use crate::world::{MUONG_BI, MUONG_BI_UNIT, NOW_MS, World};

pub const HOUSEHOLD: u16 = 1;
pub const PERSON: u16 = 2;
pub const MEMBER: u16 = 3;
pub const RESTRICTED: u16 = 12;

pub struct Device {
    pub key: SigningKey,
    pub dno: u32,
    pub unit: u32,
    pub rc: u64,
    pub dseq: u64,
    pub bno: u64,
    pub last_hash: [u8; 32],
    pub receipted_bno: u64,
    pub incarnation: [u8; 16],
    pub at: i64,
    pub audit: AuditHead,
    pub cursors: BTreeMap<u32, (u64, Line)>,
    pub replica: BTreeMap<RecordId, RecordState>,
}

/// What one call brought.
#[derive(Debug, Default)]
pub struct Brought {
    pub receipts: Vec<Receipt>,
    pub ops: Vec<(u32, u64, Op)>,
    pub digests: BTreeMap<u32, (u64, ScopeDigest)>,
    pub last_dseq: u64,
    pub more: bool,
    pub whole: bool,
}

pub fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

pub fn text(text: &str) -> Option<Vec<u8>> {
    Some(sync::value::encode(&Value::Text(text.to_owned())))
}

pub fn write(fid: u16, value: Option<Vec<u8>>, base: &[Dot]) -> FieldWrite {
    FieldWrite { fid, value, base: base.to_vec() }
}

pub fn claim(key: &SigningKey, claim: Claim, unit: u32) -> EnrolRequest {
    EnrolRequest {
        wire: WIRE,
        schema: 1,
        app: "test".to_owned(),
        claim,
        sign_key: key.verifying_key().to_bytes(),
        seal_key: [9; 32],
        unit,
    }
}

impl Device {
    /// A device of Mường Bi.
    pub async fn enrolled(world: &World, seed: u8) -> Device {
        Device::enrolled_in(world, seed, MUONG_BI, MUONG_BI_UNIT).await
    }

    pub async fn enrolled_in(world: &World, seed: u8, commune: &str, unit: u32) -> Device {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let code = world.new_code(commune).await;
        let answer = world.post_enrol(&claim(&key, Claim::Code(code.secret), unit)).await.unwrap();
        Device::of(key, &answer)
    }

    pub fn of(key: SigningKey, answer: &EnrolAnswer) -> Device {
        Device {
            key,
            dno: answer.dno,
            unit: answer.unit,
            rc: 0,
            dseq: 0,
            bno: 0,
            last_hash: NO_BATCH,
            receipted_bno: 0,
            incarnation: [7; 16],
            at: i64::try_from(NOW_MS).unwrap(),
            audit: AuditHead { incarnation: [7; 16], n: 0, hash: [0; 32] },
            cursors: answer.grants.iter().map(|grant| (grant.scope, (0, Line::new()))).collect(),
            replica: BTreeMap::new(),
        }
    }

    /// The device's next op, applied to its own replica as a save does.
    pub fn save(&mut self, kind: u16, rid: RecordId, parent: Option<RecordId>, writes: Vec<FieldWrite>) -> Op {
        self.dseq += 1;
        let dot = Dot::new(self.dno, self.dseq);
        let sv = self.replica.get(&rid).and_then(|state| state.shown(SCOPE)).map(|head| head.dot);
        let op = Op { dot, at: self.at, uid: 1, kind, rid, parent, group_len: 1, writes, ctx: None, sv };
        let scope = self.unit;
        let state = self.replica.entry(rid).or_insert_with(|| RecordState::new(&op, op.at, scope));
        state.apply(&op, op.at, &[], Standing::New);
        op
    }

    pub fn create_household(&mut self, rid: RecordId, code: &str) -> Op {
        let scope = Some(sync::value::encode_scope(self.unit));
        self.save(HOUSEHOLD, rid, None, vec![write(SCOPE, scope, &[]), write(16, text(code), &[])])
    }

    /// Writes one text field over what the device sees.
    pub fn edit(&mut self, rid: RecordId, field: u16, value: &str) -> Op {
        let state = &self.replica[&rid];
        let (kind, parent, base) = (state.kind, state.parent, state.base(field));
        self.save(kind, rid, parent, vec![write(field, text(value), &base)])
    }

    pub fn slot(&self) -> Slot {
        Slot { bno: self.bno + 1, prev: self.last_hash, schema: 1, incarnation: self.incarnation }
    }

    /// Seals ops as the next batch.
    pub fn seal(&mut self, ops: &[Op]) -> Vec<u8> {
        let sealed = batch::seal(&self.slot(), ops, &self.key).unwrap();
        assert_eq!(usize::try_from(sealed.header.ops).unwrap(), ops.len(), "these ops fit one batch");
        self.bno += 1;
        self.last_hash = sealed.hash;
        sealed.bytes
    }

    pub fn request(&self, batches: Vec<Vec<u8>>) -> SyncRequest {
        let at = |(scope, (seq, line)): (&u32, &(u64, Line))| At {
            scope: *scope,
            seq: *seq,
            epoch: line.last().map_or(0, |epoch| epoch.id),
            digest: self.digest(*scope),
        };
        SyncRequest {
            wire: WIRE,
            schema: 1,
            app: "test".to_owned(),
            at: self.cursors.iter().map(at).collect(),
            budget: 0,
            batches,
            audit: self.audit,
            next_dseq: self.dseq + 1,
            full: false,
            receipts_from: self.receipted_bno + 1,
        }
    }

    pub fn authorization(&mut self, body: &[u8]) -> String {
        self.rc += 1;
        let request = Signable { method: "POST", path: SYNC_PATH, body };
        Authorization::sign(&self.key, self.dno, self.rc, request).header()
    }

    /// One call; what it brings is applied to the replica.
    pub async fn call(&mut self, world: &World, batches: Vec<Vec<u8>>) -> Result<Brought, (u16, Refusal)> {
        self.call_with(world, self.request(batches)).await
    }

    pub async fn call_with(&mut self, world: &World, request: SyncRequest) -> Result<Brought, (u16, Refusal)> {
        let body = request.encode();
        let authorization = self.authorization(&body);
        let (status, body) = world.post(SYNC_PATH, Some(&authorization), &body).await;
        if status == 200 { Ok(self.take(&body)) } else { Err((status, Refusal::decode(&body).unwrap())) }
    }

    /// Calls until nothing is left to fetch.
    pub async fn pull_all(&mut self, world: &World) -> Brought {
        loop {
            let brought = self.call(world, vec![]).await.unwrap();
            if !brought.more {
                return brought;
            }
        }
    }

    pub fn take(&mut self, body: &[u8]) -> Brought {
        let mut brought = Brought::default();
        let (mut frames, mut blocks) = (Frames::default(), Unblocks::new().unwrap());
        frames.push(body);
        while let Some(frame) = frames.next_frame().unwrap() {
            match frame {
                Frame::Hello(hello) => {
                    brought.last_dseq = hello.last_dseq;
                    for (scope, line) in hello.lines {
                        let cursor = self.cursors.entry(scope).or_default();
                        cursor.0 = sync::line::meet(&cursor.1, &line, cursor.0);
                        cursor.1 = line;
                    }
                }
                Frame::Receipt(receipt) => {
                    self.receipted_bno = self.receipted_bno.max(receipt.bno);
                    for (dseq, eff) in &receipt.clamped {
                        for state in self.replica.values_mut() {
                            state.set_eff(Dot::new(self.dno, *dseq), *eff);
                        }
                    }
                    brought.receipts.push(receipt);
                }
                Frame::Ops { scope, seq_from, seq_to, packed } => {
                    let cursor = self.cursors.get_mut(&scope).unwrap();
                    assert_eq!(seq_from, cursor.0 + 1, "a scope is seen without gaps");
                    cursor.0 = seq_to;
                    for entry in blocks.open(&packed, seq_from, seq_to).unwrap() {
                        let own = entry.op.dot.dno == self.dno;
                        let standing = if own { Standing::Known } else { Standing::New };
                        let state =
                            self.replica.entry(entry.op.rid).or_insert_with(|| RecordState::new(&entry.op, entry.eff, scope));
                        state.apply(&entry.op, entry.eff, &entry.dead, standing);
                        brought.ops.push((scope, entry.seq, entry.op));
                    }
                }
                Frame::Digest { scope, seq, digest } => {
                    brought.digests.insert(scope, (seq, digest));
                }
                Frame::End { more } => {
                    brought.more = more;
                    brought.whole = true;
                }
                other => panic!("unexpected frame {other:?}"),
            }
        }
        assert!(brought.whole, "the answer has its end");
        brought
    }

    pub fn digest(&self, scope: u32) -> ScopeDigest {
        let mut digest = ScopeDigest::default();
        for state in self.replica.values().filter(|state| state.scope == scope) {
            digest.add(state.digest());
        }
        digest
    }
}
