//! `POST /v1/sync`, downwards: a stream of `type u8 ∥ varint len ∥ payload`, cut anywhere.
//!
//! Order: hello, receipts, blocks of ops, digests (or reset, drop), notices, end. A frame counts only when it is whole; an
//! answer without its end was cut, and what came before it stands.

use crate::cbor::{MAX_DEPTH, Malformed, Reader, Writer};
use crate::digest::ScopeDigest;
use crate::enrolment::Grant;
use crate::line::{self, Line};
use crate::receipt::Receipt;
use crate::{limits, varint};

const HELLO: u8 = 1;
const RECEIPT: u8 = 2;
const OPS: u8 = 3;
const DIGEST: u8 = 4;
const RESET: u8 = 5;
const DROP: u8 = 6;
const NOTICE: u8 = 7;
const END: u8 = 8;

/// The server's greeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hello {
    /// 1: its clock in milliseconds.
    pub server_ms: i64,
    /// 2: the last batch of this device in its log. Lower than the device's receipts: the server was restored.
    pub last_bno: u64,
    /// 3: the last op of this device in its log.
    pub last_dseq: u64,
    /// 4: the oldest wire version it speaks.
    pub min_wire: u64,
    /// 6: what the device may do, complete.
    pub grants: Vec<Grant>,
    /// 7: the lines of scopes whose last epoch differs from what the device said.
    pub lines: Vec<(u32, Line)>,
}

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// The greeting, first.
    Hello(Hello),
    /// A batch is in the log.
    Receipt(Receipt),
    /// The next ops of a scope.
    Ops {
        /// The scope.
        scope: u32,
        /// The number of the first entry: the cursor and one.
        seq_from: u64,
        /// The number of the last entry: the cursor from now on.
        seq_to: u64,
        /// The next piece of the answer's zstd stream.
        packed: Vec<u8>,
    },
    /// The server's digest of a scope at a number.
    Digest {
        /// The scope.
        scope: u32,
        /// The number.
        seq: u64,
        /// The digest.
        digest: ScopeDigest,
    },
    /// The cursor is older than the log: a snapshot is needed.
    Reset {
        /// The scope.
        scope: u32,
        /// Why, by number.
        why: u64,
    },
    /// The device holds no grant for the scope any more.
    Drop {
        /// The scope.
        scope: u32,
    },
    /// A notice, signed by the server.
    Notice(Vec<u8>),
    /// The answer is whole.
    End {
        /// Whether the server has more for the device now.
        more: bool,
    },
    /// A frame of a newer server, to be passed over.
    Unknown(u8),
}

impl Frame {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        let kind = match self {
            Self::Hello(hello) => {
                hello.write(&mut writer);
                HELLO
            }
            Self::Receipt(receipt) => {
                writer.raw(&receipt.encode());
                RECEIPT
            }
            Self::Ops { scope, seq_from, seq_to, packed } => {
                writer.array(4).uint(u64::from(*scope)).uint(*seq_from).uint(*seq_to).bytes(packed);
                OPS
            }
            Self::Digest { scope, seq, digest } => {
                writer.array(4).uint(u64::from(*scope)).uint(*seq);
                digest.write(&mut writer);
                DIGEST
            }
            Self::Reset { scope, why } => {
                writer.array(2).uint(u64::from(*scope)).uint(*why);
                RESET
            }
            Self::Drop { scope } => {
                writer.array(1).uint(u64::from(*scope));
                DROP
            }
            Self::Notice(notice) => {
                writer.bytes(notice);
                NOTICE
            }
            Self::End { more } => {
                writer.array(1).bool(*more);
                END
            }
            Self::Unknown(kind) => *kind,
        };
        let payload = writer.into_bytes();
        let mut bytes = vec![kind];
        varint::put(&mut bytes, payload.len() as u64);
        bytes.extend(payload);
        bytes
    }

    fn decode(kind: u8, payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        let frame = match kind {
            HELLO => Self::Hello(Hello::read(&mut reader)?),
            RECEIPT => return Receipt::decode(payload).map(Self::Receipt),
            OPS => {
                reader.array_len(4)?;
                let (scope, seq_from, seq_to) = (reader.number()?, reader.uint()?, reader.uint()?);
                Self::Ops { scope, seq_from, seq_to, packed: reader.bytes()?.to_vec() }
            }
            DIGEST => {
                reader.array_len(4)?;
                let (scope, seq) = (reader.number()?, reader.uint()?);
                Self::Digest { scope, seq, digest: ScopeDigest::read(&mut reader)? }
            }
            RESET => {
                reader.array_len(2)?;
                Self::Reset { scope: reader.number()?, why: reader.uint()? }
            }
            DROP => {
                reader.array_len(1)?;
                Self::Drop { scope: reader.number()? }
            }
            NOTICE => Self::Notice(reader.bytes()?.to_vec()),
            END => {
                reader.array_len(1)?;
                Self::End { more: reader.bool()? }
            }
            other => return Ok(Self::Unknown(other)),
        };
        reader.finish().map(|()| frame)
    }
}

impl Hello {
    fn write(&self, writer: &mut Writer) {
        writer.map(6).uint(1).int(self.server_ms).uint(2).uint(self.last_bno).uint(3).uint(self.last_dseq);
        writer.uint(4).uint(self.min_wire).uint(6);
        Grant::write_all(&self.grants, writer);
        writer.uint(7).array(self.lines.len());
        for (scope, line) in &self.lines {
            writer.array(2).uint(u64::from(*scope));
            line::write(line, writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut hello = Self::default();
        let mut before = None;
        for _ in 0..reader.map()? {
            match reader.key(&mut before)? {
                1 => hello.server_ms = reader.int()?,
                2 => hello.last_bno = reader.uint()?,
                3 => hello.last_dseq = reader.uint()?,
                4 => hello.min_wire = reader.uint()?,
                6 => hello.grants = Grant::read_all(reader)?,
                7 => {
                    for _ in 0..reader.array()? {
                        reader.array_len(2)?;
                        hello.lines.push((reader.number()?, line::read(reader)?));
                    }
                }
                _ => reader.item(MAX_DEPTH).map(drop)?,
            }
        }
        Ok(hello)
    }
}

/// Puts frames together from bytes that arrive in any pieces.
#[derive(Debug, Default)]
pub struct Frames {
    pending: Vec<u8>,
}

impl Frames {
    /// Adds what arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// The next whole frame, if it has arrived.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, Malformed> {
        let Some((kind, rest)) = self.pending.split_first() else { return Ok(None) };
        let mut rest = rest;
        let len = match varint::take(&mut rest) {
            Ok(len) => usize::try_from(len).map_err(|_| Malformed::TooLarge)?,
            Err(Malformed::Truncated) => return Ok(None),
            Err(other) => return Err(other),
        };
        if len > limits::RESPONSE_FRAME_BYTES {
            return Err(Malformed::TooLarge);
        }
        let Some(payload) = rest.get(..len) else { return Ok(None) };
        let frame = Frame::decode(*kind, payload)?;
        let used = self.pending.len() - rest.len() + len;
        self.pending.drain(..used);
        Ok(Some(frame))
    }
}
