//! Digests that prove two replicas equal: one a record, and their sum a scope.
//!
//! The sum modulo 2^128 costs one addition a change, whatever the size of the scope.

use crate::cbor::{Malformed, Reader, Writer};

/// The 128-bit blake3 of a record's canonical state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordDigest(pub [u8; 16]);

impl RecordDigest {
    /// The digest of canonical bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut digest = [0; 16];
        blake3::Hasher::new().update(bytes).finalize_xof().fill(&mut digest);
        Self(digest)
    }
}

/// The digest of a scope: the sum of its records' digests as big-endian numbers modulo 2^128, and their count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScopeDigest {
    /// The sum.
    pub sum: u128,
    /// How many records it covers.
    pub count: u64,
}

impl ScopeDigest {
    /// Counts a record in.
    pub fn add(&mut self, record: RecordDigest) {
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(record.0));
        self.count = self.count.wrapping_add(1);
    }

    /// Takes a record out as it was counted in.
    pub fn sub(&mut self, record: RecordDigest) {
        self.sum = self.sum.wrapping_sub(u128::from_be_bytes(record.0));
        self.count = self.count.wrapping_sub(1);
    }

    /// Puts a record's new digest in the place of the old one, if there was one.
    pub fn replace(&mut self, old: Option<RecordDigest>, new: RecordDigest) {
        if let Some(old) = old {
            self.sub(old);
        }
        self.add(new);
    }

    /// The sum as it is stored and as it travels.
    pub fn bytes(&self) -> [u8; 16] {
        self.sum.to_be_bytes()
    }

    /// From its stored parts.
    pub fn from_parts(sum: [u8; 16], count: u64) -> Self {
        Self { sum: u128::from_be_bytes(sum), count }
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.bytes(&self.bytes()).uint(self.count);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self::from_parts(reader.array_of()?, reader.uint()?))
    }
}
