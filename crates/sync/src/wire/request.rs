//! `POST /v1/sync`, upwards: where the device stands and what it has to send.

use crate::audit::AuditHead;
use crate::cbor::{MAX_DEPTH, Malformed, Reader, Writer};
use crate::digest::ScopeDigest;
use crate::limits;

/// How far a device has come in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The scope.
    pub scope: u32,
    /// The last number it has applied.
    pub seq: u64,
    /// The id of the last epoch it knows; 0 if it knows none.
    pub epoch: u64,
    /// Its digest of the scope.
    pub digest: ScopeDigest,
}

/// The body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRequest {
    /// 1: the wire version.
    pub wire: u64,
    /// 2: the registry version.
    pub schema: u64,
    /// 3: the program's version.
    pub app: String,
    /// 4: where it stands in each scope.
    pub at: Vec<At>,
    /// 5: how many bytes of ops the answer may have; 0 leaves it to the server.
    pub budget: u64,
    /// 6: sealed batches in order.
    pub batches: Vec<Vec<u8>>,
    /// 7: the head of the audit chain.
    pub audit: AuditHead,
    /// 8: the counter of the device's next op.
    pub next_dseq: u64,
    /// 10: whether the device wants its own ops too: after its cursor went back, until it has caught up.
    pub full: bool,
    /// 11: the first batch that it has no receipt for. The server gives the receipts of those that it has, first of all,
    /// so that a lost acknowledgement costs no second upload.
    pub receipts_from: u64,
}

impl SyncRequest {
    /// The body.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(10).uint(1).uint(self.wire).uint(2).uint(self.schema).uint(3).text(&self.app);
        writer.uint(4).array(self.at.len());
        for at in &self.at {
            writer.array(5).uint(u64::from(at.scope)).uint(at.seq).uint(at.epoch);
            at.digest.write(&mut writer);
        }
        writer.uint(5).uint(self.budget).uint(6).array(self.batches.len());
        for batch in &self.batches {
            writer.bytes(batch);
        }
        writer.uint(7).array(3).bytes(&self.audit.incarnation).uint(self.audit.n).bytes(&self.audit.hash);
        writer.uint(8).uint(self.next_dseq).uint(10).bool(self.full).uint(11).uint(self.receipts_from);
        writer.into_bytes()
    }

    /// Reads the body.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > limits::REQUEST_BYTES {
            return Err(Malformed::TooLarge);
        }
        let mut reader = Reader::new(bytes);
        let (mut wire, mut schema, mut app, mut audit) = (None, None, None, None);
        let (mut at, mut batches, mut budget, mut next_dseq) = (Vec::new(), Vec::new(), 0, 1);
        let (mut full, mut receipts_from, mut before) = (false, 0, None);
        for _ in 0..reader.map()? {
            match reader.key(&mut before)? {
                1 => wire = Some(reader.uint()?),
                2 => schema = Some(reader.uint()?),
                3 => app = Some(reader.text()?.to_owned()),
                4 => {
                    for _ in 0..reader.array()? {
                        reader.array_len(5)?;
                        let (scope, seq, epoch) = (reader.number()?, reader.uint()?, reader.uint()?);
                        at.push(At { scope, seq, epoch, digest: ScopeDigest::read(&mut reader)? });
                    }
                }
                5 => budget = reader.uint()?,
                6 => {
                    for _ in 0..reader.array()? {
                        batches.push(reader.bytes()?.to_vec());
                    }
                }
                7 => {
                    reader.array_len(3)?;
                    audit = Some(AuditHead { incarnation: reader.array_of()?, n: reader.uint()?, hash: reader.array_of()? });
                }
                8 => next_dseq = reader.uint()?,
                10 => full = reader.bool()?,
                11 => receipts_from = reader.uint()?,
                _ => reader.item(MAX_DEPTH).map(drop)?,
            }
        }
        reader.finish()?;
        let (wire, schema) = (wire.ok_or(Malformed::Unexpected)?, schema.ok_or(Malformed::Unexpected)?);
        let (app, audit) = (app.ok_or(Malformed::Unexpected)?, audit.ok_or(Malformed::Unexpected)?);
        Ok(Self { wire, schema, app, at, budget, batches, audit, next_dseq, full, receipts_from })
    }
}
