//! Batches: ops sealed for the road, signed by the device and chained by hash.
//!
//! ```text
//! batch  = "HSB1" ∥ header ∥ frame ∥ blake3-256 of all before ∥ Ed25519 signature over "hsync/batch/1" ∥ that hash
//! header = {1:version, 2:dno, 3:bno, 4:first_dseq, 5:n_ops, 6:prev_batch_hash, 7:at_base, 8:schema, 9:incarnation, 10:dict_id=0}
//! frame  = type u8 ∥ varint raw_len ∥ varint z_len ∥ zstd                    type 0 = packed ops, row by row
//! ```
//! The packed form leaves out what the header or the op before says; full → packed → full gives the same bytes. A batch
//! never splits a group. Once sealed its bytes are frozen: every re-send is byte-identical, and the hash names it.

use std::collections::BTreeMap;

use domain::RecordId;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::cbor::{Malformed, Reader, Writer};
use crate::op::{Dot, Op, UNENROLLED, read_tail};
use crate::{limits, varint};

const MAGIC: &[u8; 4] = b"HSB1";
const VERSION: u64 = 1;
const SIGNED: &[u8] = b"hsync/batch/1";
const ROW_OPS: u8 = 0;
const HASH: usize = 32;
const SIGNATURE: usize = 64;
const LEVEL: i32 = 19;
/// A first guess at how many packed bytes fit the target; ids compress badly, everything else well.
const RAW_GUESS: usize = 4 * limits::BATCH_TARGET_BYTES;

/// The blake3-256 that names a batch.
pub type BatchHash = [u8; HASH];

/// The hash before a device's first batch.
pub const NO_BATCH: BatchHash = [0; HASH];

/// Where a batch stands in its device's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The device.
    pub dno: u32,
    /// Its batch counter, gapless from 1.
    pub bno: u64,
    /// The counter of the first op.
    pub first_dseq: u64,
    /// How many ops, gapless.
    pub ops: u64,
    /// The hash of the batch before, or [`NO_BATCH`].
    pub prev: BatchHash,
    /// The clock of the first op; the others are relative to it.
    pub at_base: i64,
    /// The registry version of the program that wrote the ops.
    pub schema: u64,
    /// The life of the store since it was created or restored.
    pub incarnation: [u8; 16],
}

impl Header {
    /// The counter of the last op.
    pub fn last_dseq(&self) -> u64 {
        self.first_dseq.saturating_add(self.ops).saturating_sub(1)
    }
}

/// What the sealer knows before it looks at ops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The number of this batch.
    pub bno: u64,
    /// The hash of the batch before, or [`NO_BATCH`].
    pub prev: BatchHash,
    /// The registry version of this program.
    pub schema: u64,
    /// The life of this store.
    pub incarnation: [u8; 16],
}

/// A sealed batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Where it stands.
    pub header: Header,
    /// Its name.
    pub hash: BatchHash,
    /// The frozen bytes.
    pub bytes: Vec<u8>,
}

/// A batch that was opened: verified, decoded, its groups whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Where it stands.
    pub header: Header,
    /// Its name.
    pub hash: BatchHash,
    /// Its ops in order.
    pub ops: Vec<Op>,
}

/// Why ops cannot be sealed: a fault of this program, never of the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotSeal {
    /// There is nothing to seal.
    #[error("there are no ops")]
    Empty,
    /// The device has no number yet.
    #[error("the device is not enrolled")]
    Unenrolled,
    /// The ops are not one device's gapless sequence of whole groups within the limits.
    #[error("the ops are not a sequence of whole groups")]
    Broken,
    /// The compressor failed.
    #[error("compression failed")]
    Compression,
}

/// Seals as many of `ops` as fit one batch, from the first; [`Header::ops`] says how many. The same arguments give the
/// same bytes. A group larger than the target goes alone.
pub fn seal(slot: &Slot, ops: &[Op], key: &SigningKey) -> Result<Sealed, CannotSeal> {
    let mut take = plan(ops)?;
    loop {
        let chosen = ops.get(..take).ok_or(CannotSeal::Broken)?;
        let sealed = seal_exactly(slot, chosen, key)?;
        if sealed.bytes.len() <= limits::BATCH_TARGET_BYTES {
            return Ok(sealed);
        }
        let fitting = take * limits::BATCH_TARGET_BYTES / sealed.bytes.len();
        let smaller = last_group_end(ops, fitting.min(take - 1));
        if smaller == 0 {
            let first = group_end(ops, 0).ok_or(CannotSeal::Broken)?;
            return if first == take { Ok(sealed) } else { seal_exactly(slot, &ops[..first], key) };
        }
        take = smaller;
    }
}

/// How many ops make a batch by their count and raw size: whole groups, at least one.
fn plan(ops: &[Op]) -> Result<usize, CannotSeal> {
    let (mut end, mut raw, mut packer) = (0, 0, Packer::default());
    let first = ops.first().ok_or(CannotSeal::Empty)?;
    if first.dot.dno == UNENROLLED {
        return Err(CannotSeal::Unenrolled);
    }
    while end < ops.len() {
        let next = group_end(ops, end).ok_or(CannotSeal::Broken)?;
        let mut writer = Writer::new();
        for op in &ops[end..next] {
            packer.pack(op, &mut writer);
        }
        if writer.len() > limits::GROUP_BYTES {
            return Err(CannotSeal::Broken);
        }
        if end > 0 && (raw + writer.len() > RAW_GUESS || next > limits::BATCH_OPS) {
            break;
        }
        raw += writer.len();
        end = next;
    }
    Ok(end)
}

/// Where the group that starts at `start` ends; `None` if no whole group starts there.
fn group_end(ops: &[Op], start: usize) -> Option<usize> {
    let len = ops.get(start)?.group_len;
    let end = start.checked_add(usize::try_from(len).ok()?)?;
    let rest = ops.get(start + 1..end)?;
    (len <= limits::GROUP_OPS && rest.iter().all(|op| op.group_len == 0)).then_some(end)
}

/// The end of the last whole group that ends at or before `most`.
fn last_group_end(ops: &[Op], most: usize) -> usize {
    let mut end = 0;
    while let Some(next) = group_end(ops, end).filter(|next| *next <= most) {
        end = next;
    }
    end
}

fn seal_exactly(slot: &Slot, ops: &[Op], key: &SigningKey) -> Result<Sealed, CannotSeal> {
    let first = ops.first().ok_or(CannotSeal::Empty)?;
    let gapless = ops.iter().zip(first.dot.dseq..).all(|(op, dseq)| op.dot == Dot::new(first.dot.dno, dseq));
    if !gapless || ops.iter().any(|op| op.check().is_err()) {
        return Err(CannotSeal::Broken);
    }
    let header = Header {
        dno: first.dot.dno,
        bno: slot.bno,
        first_dseq: first.dot.dseq,
        ops: ops.len() as u64,
        prev: slot.prev,
        at_base: first.at,
        schema: slot.schema,
        incarnation: slot.incarnation,
    };
    let mut raw = Writer::new();
    let mut packer = Packer::new(&header);
    for op in ops {
        packer.pack(op, &mut raw);
    }
    let raw = raw.into_bytes();
    let packed = zstd::bulk::compress(&raw, LEVEL).map_err(|_| CannotSeal::Compression)?;

    let mut bytes = MAGIC.to_vec();
    bytes.extend(write_header(&header));
    bytes.push(ROW_OPS);
    varint::put(&mut bytes, raw.len() as u64);
    varint::put(&mut bytes, packed.len() as u64);
    bytes.extend(packed);
    let hash = *blake3::hash(&bytes).as_bytes();
    bytes.extend(hash);
    bytes.extend(key.sign(&signed(&hash)).to_bytes());
    Ok(Sealed { header, hash, bytes })
}

/// Reads the header and the name of a batch without verifying anything.
pub fn peek(bytes: &[u8]) -> Result<(Header, BatchHash), Malformed> {
    let (covered, hash, _) = split(bytes)?;
    let mut reader = Reader::new(covered.get(MAGIC.len()..).ok_or(Malformed::Truncated)?);
    Ok((read_header(&mut reader)?, hash))
}

/// Opens a batch: the hash, the device's signature, then strictly every op.
pub fn open(bytes: &[u8], key: &VerifyingKey) -> Result<Opened, Malformed> {
    let (covered, hash, signature) = split(bytes)?;
    if *blake3::hash(covered).as_bytes() != hash {
        return Err(Malformed::Unexpected);
    }
    key.verify_strict(&signed(&hash), &signature).map_err(|_| Malformed::Unexpected)?;
    let body = covered.get(MAGIC.len()..).ok_or(Malformed::Truncated)?;
    let mut reader = Reader::new(body);
    let header = read_header(&mut reader)?;
    let raw = read_frame(body.get(reader.position()..).ok_or(Malformed::Truncated)?)?;
    let ops = unpack(&header, &raw)?;
    if last_group_end(&ops, ops.len()) != ops.len() {
        return Err(Malformed::Unexpected);
    }
    Ok(Opened { header, hash, ops })
}

fn signed(hash: &BatchHash) -> Vec<u8> {
    [SIGNED, hash].concat()
}

fn split(bytes: &[u8]) -> Result<(&[u8], BatchHash, Signature), Malformed> {
    if bytes.len() > limits::BATCH_BYTES {
        return Err(Malformed::TooLarge);
    }
    let (rest, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(Malformed::Truncated)?;
    let (covered, hash) = rest.split_last_chunk::<HASH>().ok_or(Malformed::Truncated)?;
    if covered.starts_with(MAGIC) { Ok((covered, *hash, Signature::from_bytes(signature))) } else { Err(Malformed::Unexpected) }
}

fn write_header(header: &Header) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.map(10).uint(1).uint(VERSION).uint(2).uint(u64::from(header.dno)).uint(3).uint(header.bno);
    writer.uint(4).uint(header.first_dseq).uint(5).uint(header.ops).uint(6).bytes(&header.prev);
    writer.uint(7).int(header.at_base).uint(8).uint(header.schema).uint(9).bytes(&header.incarnation).uint(10).uint(0);
    writer.into_bytes()
}

fn read_header(reader: &mut Reader<'_>) -> Result<Header, Malformed> {
    fn key(reader: &mut Reader<'_>, wanted: u64) -> Result<(), Malformed> {
        if reader.uint()? == wanted { Ok(()) } else { Err(Malformed::Unexpected) }
    }
    if reader.map()? != 10 {
        return Err(Malformed::Unexpected);
    }
    key(reader, 1)?;
    if reader.uint()? != VERSION {
        return Err(Malformed::Unexpected);
    }
    key(reader, 2)?;
    let dno = reader.number()?;
    key(reader, 3)?;
    let bno = reader.uint()?;
    key(reader, 4)?;
    let first_dseq = reader.uint()?;
    key(reader, 5)?;
    let ops = reader.uint()?;
    key(reader, 6)?;
    let prev = reader.array_of()?;
    key(reader, 7)?;
    let at_base = reader.int()?;
    key(reader, 8)?;
    let schema = reader.uint()?;
    key(reader, 9)?;
    let incarnation = reader.array_of()?;
    key(reader, 10)?;
    if reader.uint()? != 0 || dno == UNENROLLED || bno == 0 || first_dseq == 0 {
        return Err(Malformed::Unexpected);
    }
    if ops == 0 || ops > limits::BATCH_OPS as u64 || i64::try_from(bno).is_err() || i64::try_from(first_dseq).is_err() {
        return Err(Malformed::TooLarge);
    }
    Ok(Header { dno, bno, first_dseq, ops, prev, at_base, schema, incarnation })
}

fn read_frame(mut frame: &[u8]) -> Result<Vec<u8>, Malformed> {
    let (kind, rest) = frame.split_first().ok_or(Malformed::Truncated)?;
    if *kind != ROW_OPS {
        return Err(Malformed::Unexpected);
    }
    frame = rest;
    let raw_len = usize::try_from(varint::take(&mut frame)?).map_err(|_| Malformed::TooLarge)?;
    let packed_len = usize::try_from(varint::take(&mut frame)?).map_err(|_| Malformed::TooLarge)?;
    if raw_len > limits::FRAME_BYTES {
        return Err(Malformed::TooLarge);
    }
    if packed_len != frame.len() {
        return Err(Malformed::Trailing);
    }
    let raw = zstd::bulk::decompress(frame, raw_len).map_err(|_| Malformed::Unexpected)?;
    if raw.len() == raw_len { Ok(raw) } else { Err(Malformed::Truncated) }
}

fn unpack(header: &Header, raw: &[u8]) -> Result<Vec<Op>, Malformed> {
    let mut reader = Reader::new(raw);
    let mut packer = Packer::new(header);
    let mut ops = Vec::new();
    for dseq in header.first_dseq..=header.last_dseq() {
        let op = packer.unpack(&mut reader)?;
        if op.dot.dseq != dseq {
            return Err(Malformed::Unexpected);
        }
        op.check()?;
        if op.encode().len() > limits::OP_BYTES {
            return Err(Malformed::TooLarge);
        }
        ops.push(op);
    }
    reader.finish().map(|()| ops)
}

/// The running state of the packed form: what the next op may leave out.
#[derive(Default)]
struct Packer {
    dno: u32,
    dseq: u64,
    at: i64,
    table: Vec<RecordId>,
    places: BTreeMap<RecordId, u64>,
}

impl Packer {
    fn new(header: &Header) -> Self {
        Self { dno: header.dno, dseq: header.first_dseq, at: header.at_base, ..Self::default() }
    }

    fn pack(&mut self, op: &Op, writer: &mut Writer) {
        writer.array(10).int(op.dot.dseq.wrapping_sub(self.dseq) as i64).int(op.at.wrapping_sub(self.at));
        writer.uint(u64::from(op.uid)).uint(u64::from(op.kind));
        self.write_id(op.rid, writer);
        match op.parent {
            Some(parent) => self.write_id(parent, writer),
            None => {
                writer.null();
            }
        }
        writer.uint(u64::from(op.group_len));
        op.write_tail(writer);
        (self.dseq, self.at) = (op.dot.dseq, op.at);
    }

    fn unpack(&mut self, reader: &mut Reader<'_>) -> Result<Op, Malformed> {
        reader.array_len(10)?;
        self.dseq = self.dseq.checked_add_signed(reader.int()?).ok_or(Malformed::Unexpected)?;
        self.at = self.at.wrapping_add(reader.int()?);
        let (uid, kind) = (reader.number()?, reader.number()?);
        let rid = self.read_id(reader)?;
        let parent = reader.optional(|reader| self.read_id(reader))?;
        let group_len = reader.number()?;
        let (writes, ctx, sv) = read_tail(reader)?;
        Ok(Op { dot: Dot::new(self.dno, self.dseq), at: self.at, uid, kind, rid, parent, group_len, writes, ctx, sv })
    }

    fn write_id(&mut self, id: RecordId, writer: &mut Writer) {
        let next = self.table.len() as u64;
        match self.places.get(&id) {
            Some(place) => {
                writer.uint(*place);
            }
            None => {
                self.places.insert(id, next);
                self.table.push(id);
                writer.bytes(&id.0);
            }
        }
    }

    fn read_id(&mut self, reader: &mut Reader<'_>) -> Result<RecordId, Malformed> {
        if reader.is_uint() {
            let place: usize = reader.number()?;
            return self.table.get(place).copied().ok_or(Malformed::Unexpected);
        }
        let id = RecordId(reader.array_of()?);
        if self.places.insert(id, self.table.len() as u64).is_some() {
            return Err(Malformed::NotCanonical);
        }
        self.table.push(id);
        Ok(id)
    }
}
