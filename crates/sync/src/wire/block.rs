//! Blocks of pulled ops. All blocks of one answer are one zstd stream, flushed after each, so they compress like one piece
//! and yet each can be applied as it arrives.
//!
//! ```text
//! block = entry…            one for each number of the scope from seq_from to seq_to
//! entry = [op in full form as bytes, eff if the server clamped it | null, [fid…] whose write is dead]
//!       | n                 n of the device's own live ops, which it has
//! ```

use std::io::Write;

use zstd::stream::write::{Decoder, Encoder};

use crate::cbor::{Malformed, Reader, Writer};
use crate::limits;
use crate::op::{Dot, Op};

const LEVEL: i32 = 9;
/// How far back the compressor may look: 1 MiB on both sides, so that no answer makes a device allocate more.
const WINDOW_LOG: u32 = 20;

/// One op of a scope's sequence as a device receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// Its number in the scope.
    pub seq: u64,
    /// The op.
    pub op: Op,
    /// The stamp for ties that everyone uses.
    pub eff: i64,
    /// Fields whose write had been replaced before it arrived.
    pub dead: Vec<u16>,
}

/// The device that asks, as far as it decides which of its own ops are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Its number.
    pub dno: u32,
    /// The counter of its next op.
    pub next_dseq: u64,
    /// Whether its cursor went back and has not caught up.
    pub full: bool,
}

impl Caller {
    /// Whether the device has an op and all it did, so that the op can be left out ([`Blocks::skip_own`]).
    ///
    /// `epochs` is the length of the scope's line. Once the server was restored nothing is left out any more: an op that it
    /// lost may come back after the device has replaced it, and only the device's own op takes it away again.
    pub fn has(&self, dot: Dot, dead: &[u16], epochs: usize) -> bool {
        let own = dot.dno == self.dno && dot.dseq < self.next_dseq;
        own && dead.is_empty() && !self.full && epochs <= 1
    }
}

/// The server's side: packs entries into the blocks of one answer.
pub struct Blocks {
    stream: Encoder<'static, Vec<u8>>,
    block: Writer,
    own: u64,
}

impl Blocks {
    /// The start of an answer.
    pub fn new() -> std::io::Result<Self> {
        let mut stream = Encoder::new(Vec::new(), LEVEL)?;
        stream.window_log(WINDOW_LOG)?;
        Ok(Self { stream, block: Writer::new(), own: 0 })
    }

    /// Adds an op by its stored full form. `eff` is given if it is not the op's own `at`.
    pub fn push(&mut self, op: &[u8], eff: Option<i64>, dead: &[u16]) {
        self.close_own();
        self.block.array(3).bytes(op);
        match eff {
            Some(eff) => self.block.int(eff),
            None => self.block.null(),
        };
        self.block.array(dead.len());
        for fid in dead {
            self.block.uint(u64::from(*fid));
        }
    }

    /// Adds one of the device's own live ops, which it has.
    pub fn skip_own(&mut self) {
        self.own += 1;
    }

    fn close_own(&mut self) {
        if self.own > 0 {
            self.block.uint(self.own);
            self.own = 0;
        }
    }

    /// How large the open block is, unpacked. It should be closed at about 8 KiB, but only where a group ends.
    pub fn open_bytes(&self) -> usize {
        self.block.len()
    }

    /// Closes the block: the bytes of its frame.
    pub fn close(&mut self) -> std::io::Result<Vec<u8>> {
        self.close_own();
        self.stream.write_all(&std::mem::take(&mut self.block).into_bytes())?;
        self.stream.flush()?;
        Ok(std::mem::take(self.stream.get_mut()))
    }
}

/// The device's side: unpacks the blocks of one answer in order.
pub struct Unblocks {
    stream: Decoder<'static, Bounded>,
}

impl Unblocks {
    /// The start of an answer.
    pub fn new() -> std::io::Result<Self> {
        let mut stream = Decoder::new(Bounded::default())?;
        stream.window_log_max(WINDOW_LOG)?;
        Ok(Self { stream })
    }

    /// The entries of the next block; own ops that were left out are not among them.
    pub fn open(&mut self, packed: &[u8], seq_from: u64, seq_to: u64) -> Result<Vec<Pulled>, Malformed> {
        self.stream.write_all(packed).and_then(|()| self.stream.flush()).map_err(|_| Malformed::Unexpected)?;
        let raw = std::mem::take(&mut self.stream.get_mut().bytes);
        let mut reader = Reader::new(&raw);
        let mut pulled = Vec::new();
        let mut next = seq_from;
        while !reader.is_at_end() {
            if reader.is_uint() {
                next = next.checked_add(reader.uint()?).ok_or(Malformed::Unexpected)?;
                continue;
            }
            reader.array_len(3)?;
            let op = Op::decode(reader.bytes()?)?;
            let eff = reader.optional(Reader::int)?.unwrap_or(op.at);
            let dead = (0..reader.array()?).map(|_| reader.number()).collect::<Result<_, _>>()?;
            pulled.push(Pulled { seq: next, op, eff, dead });
            next = next.checked_add(1).ok_or(Malformed::Unexpected)?;
        }
        if Some(next) == seq_to.checked_add(1) { Ok(pulled) } else { Err(Malformed::Unexpected) }
    }
}

/// Refuses to grow beyond the limit of one block, whatever the compressed bytes promise.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > limits::BLOCK_BYTES {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
