//! Receipts: the server's word that a batch is in its log, stored there and given again for every re-send.
//!
//! Only a receipt that names a batch's hash takes its ops out of a device's outbox.

use crate::batch::BatchHash;
use crate::cbor::{Malformed, Reader, Writer};

/// Why an op was set aside for people to decide on. The op is kept by the server, whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u16)]
pub enum Reason {
    /// The device may not write to the record's scope.
    NoGrant = 1,
    /// The device was revoked.
    Revoked = 2,
    /// The record was erased for ever.
    Erased = 3,
    /// The record's kind or parent differs from what the server has under its id.
    Mismatch = 4,
    /// A reason from a newer server.
    Other = 0,
}

impl Reason {
    /// From its number; unknown ones are [`Reason::Other`].
    pub fn from_number(number: u16) -> Self {
        match number {
            1 => Self::NoGrant,
            2 => Self::Revoked,
            3 => Self::Erased,
            4 => Self::Mismatch,
            _ => Self::Other,
        }
    }
}

/// Ops that were numbered one after the other in one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    /// The first op's counter.
    pub first_dseq: u64,
    /// How many.
    pub ops: u64,
    /// The scope.
    pub scope: u32,
    /// The number of the first.
    pub first_seq: u64,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The batch's number.
    pub bno: u64,
    /// The batch's name.
    pub hash: BatchHash,
    /// Where its ops stand.
    pub numbered: Vec<Numbered>,
    /// Ops whose clock was too far ahead: counter and the stamp for ties that everyone uses.
    pub clamped: Vec<(u64, i64)>,
    /// Ops that were set aside.
    pub quarantined: Vec<(u64, Reason)>,
}

impl Receipt {
    /// The bytes that the server stores and sends.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.array(5).uint(self.bno).bytes(&self.hash).array(self.numbered.len());
        for range in &self.numbered {
            writer.array(4).uint(range.first_dseq).uint(range.ops).uint(u64::from(range.scope)).uint(range.first_seq);
        }
        writer.array(self.clamped.len());
        for (dseq, eff) in &self.clamped {
            writer.array(2).uint(*dseq).int(*eff);
        }
        writer.array(self.quarantined.len());
        for (dseq, reason) in &self.quarantined {
            writer.array(2).uint(*dseq).uint(u64::from(*reason as u16));
        }
        writer.into_bytes()
    }

    /// Reads a receipt.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.array_len(5)?;
        let (bno, hash) = (reader.uint()?, reader.array_of()?);
        let mut numbered = Vec::new();
        for _ in 0..reader.array()? {
            reader.array_len(4)?;
            let (first_dseq, ops) = (reader.uint()?, reader.uint()?);
            numbered.push(Numbered { first_dseq, ops, scope: reader.number()?, first_seq: reader.uint()? });
        }
        let mut clamped = Vec::new();
        for _ in 0..reader.array()? {
            reader.array_len(2)?;
            clamped.push((reader.uint()?, reader.int()?));
        }
        let mut quarantined = Vec::new();
        for _ in 0..reader.array()? {
            reader.array_len(2)?;
            quarantined.push((reader.uint()?, Reason::from_number(reader.number()?)));
        }
        reader.finish()?;
        Ok(Self { bno, hash, numbered, clamped, quarantined })
    }
}
