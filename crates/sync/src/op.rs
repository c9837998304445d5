//! Ops: what a save writes and what travels, one per changed record.
//!
//! An op never changes after it was written (enrolment and restore excepted, which nobody else has seen). The full form
//! encoded here is what outbox, server log and pulled entries hold; [`crate::batch`] holds the packed form. Decoding is
//! strict: what decodes encodes to the same bytes.

use std::collections::BTreeMap;

use domain::RecordId;

use crate::cbor::{MAX_DEPTH, Malformed, NULL, Reader, Writer};
use crate::limits;

/// The device number of a store that the province does not know yet; nothing under it is ever sealed.
pub const UNENROLLED: u32 = 0xFFFF_FFFF;

/// The identity of an op: device number and the device's own gapless counter from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// The device's number; 0 is the server.
    pub dno: u32,
    /// The device's op counter.
    pub dseq: u64,
}

impl Dot {
    /// The op `dseq` of device `dno`.
    pub const fn new(dno: u32, dseq: u64) -> Self {
        Self { dno, dseq }
    }

    pub(crate) fn write(self, writer: &mut Writer) {
        writer.array(2).uint(u64::from(self.dno)).uint(self.dseq);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        reader.array_len(2)?;
        let dot = Self { dno: reader.number()?, dseq: reader.uint()? };
        // Both sides keep the counter in a signed 64-bit column.
        if dot.dseq == 0 || i64::try_from(dot.dseq).is_err() { Err(Malformed::Unexpected) } else { Ok(dot) }
    }
}

/// What the author of a deletion had seen: for each device the highest counter among the record's heads.
pub type Context = BTreeMap<u32, u64>;

/// One field's new value and the values it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWrite {
    /// The field or field group.
    pub fid: u16,
    /// Canonical CBOR; `None` is null.
    pub value: Option<Vec<u8>>,
    /// The dots of the heads that the author had seen, ascending.
    pub base: Vec<Dot>,
}

/// One change to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// Its identity.
    pub dot: Dot,
    /// The author's clock in milliseconds; it orders nothing.
    pub at: i64,
    /// The worker on that device.
    pub uid: u32,
    /// The record's kind.
    pub kind: u16,
    /// The record.
    pub rid: RecordId,
    /// The record it is a child of.
    pub parent: Option<RecordId>,
    /// On the first op of a group its number of ops, 0 on the rest.
    pub group_len: u32,
    /// At least one write, ascending by field.
    pub writes: Vec<FieldWrite>,
    /// Only on a deletion.
    pub ctx: Option<Context>,
    /// The dot of the scope head that the author saw, unless it is the creating op.
    pub sv: Option<Dot>,
}

impl Op {
    /// The full form.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_bytes()
    }

    /// The full form, after what is written already.
    pub fn write(&self, writer: &mut Writer) {
        writer.array(11).uint(u64::from(self.dot.dno)).uint(self.dot.dseq).int(self.at).uint(u64::from(self.uid));
        writer.uint(u64::from(self.kind)).bytes(&self.rid.0);
        match &self.parent {
            Some(parent) => writer.bytes(&parent.0),
            None => writer.null(),
        };
        writer.uint(u64::from(self.group_len));
        self.write_tail(writer);
    }

    /// Reads the full form. Refuses what is not canonical, breaks a limit, or names a base that its author cannot have seen.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let op = Self::read(&mut reader)?;
        reader.finish().map(|()| op)
    }

    /// Reads full forms one after the other to the end.
    pub fn decode_all(bytes: &[u8]) -> Result<Vec<Self>, Malformed> {
        let mut reader = Reader::new(bytes);
        let mut ops = Vec::new();
        while !reader.is_at_end() {
            ops.push(Self::read(&mut reader)?);
        }
        Ok(ops)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let begin = reader.position();
        reader.array_len(11)?;
        let dno = reader.number()?;
        let dseq = reader.uint()?;
        let at = reader.int()?;
        let uid = reader.number()?;
        let kind = reader.number()?;
        let rid = RecordId(reader.array_of()?);
        let parent = reader.optional(|reader| reader.array_of().map(RecordId))?;
        let group_len = reader.number()?;
        let (writes, ctx, sv) = read_tail(reader)?;
        if reader.position() - begin > limits::OP_BYTES {
            return Err(Malformed::TooLarge);
        }
        let op = Self { dot: Dot { dno, dseq }, at, uid, kind, rid, parent, group_len, writes, ctx, sv };
        op.check().map(|()| op)
    }

    /// Whether the op may travel: its limits, its order, and no base from its own future.
    pub fn check(&self) -> Result<(), Malformed> {
        if self.dot.dseq == 0 || i64::try_from(self.dot.dseq).is_err() || self.writes.is_empty() {
            return Err(Malformed::Unexpected);
        }
        if self.group_len > limits::GROUP_OPS {
            return Err(Malformed::TooLarge);
        }
        if !self.writes.is_sorted_by(|a, b| a.fid < b.fid) {
            return Err(Malformed::NotCanonical);
        }
        for write in &self.writes {
            if write.base.len() > limits::BASE_DOTS {
                return Err(Malformed::TooLarge);
            }
            if !write.base.is_sorted_by(|a, b| a < b) {
                return Err(Malformed::NotCanonical);
            }
            if write.base.iter().any(|base| base.dno == self.dot.dno && base.dseq >= self.dot.dseq) {
                return Err(Malformed::Unexpected);
            }
        }
        Ok(())
    }

    /// The part that the full and the packed form share: writes, context, scope view.
    pub(crate) fn write_tail(&self, writer: &mut Writer) {
        writer.array(self.writes.len());
        for write in &self.writes {
            writer.array(3).uint(u64::from(write.fid)).raw_or_null(write.value.as_deref());
            writer.array(write.base.len());
            for base in &write.base {
                base.write(writer);
            }
        }
        match &self.ctx {
            Some(ctx) => write_context(ctx, writer),
            None => {
                writer.null();
            }
        }
        match self.sv {
            Some(sv) => sv.write(writer),
            None => {
                writer.null();
            }
        }
    }
}

pub(crate) type Tail = (Vec<FieldWrite>, Option<Context>, Option<Dot>);

pub(crate) fn read_tail(reader: &mut Reader<'_>) -> Result<Tail, Malformed> {
    let count = reader.array()?;
    let mut writes = Vec::new();
    for _ in 0..count {
        reader.array_len(3)?;
        let fid = reader.number()?;
        // The op, its list of writes and the write itself are the first three levels.
        let value = reader.item(MAX_DEPTH - 3)?;
        let value = (value != [NULL]).then(|| value.to_vec());
        let dots = reader.array()?;
        if dots > limits::BASE_DOTS {
            return Err(Malformed::TooLarge);
        }
        let base = (0..dots).map(|_| Dot::read(reader)).collect::<Result<_, _>>()?;
        writes.push(FieldWrite { fid, value, base });
    }
    let ctx = reader.optional(read_context)?;
    let sv = reader.optional(Dot::read)?;
    Ok((writes, ctx, sv))
}

pub(crate) fn write_context(ctx: &Context, writer: &mut Writer) {
    writer.map(ctx.len());
    for (dno, dseq) in ctx {
        writer.uint(u64::from(*dno)).uint(*dseq);
    }
}

pub(crate) fn read_context(reader: &mut Reader<'_>) -> Result<Context, Malformed> {
    let mut before = None;
    let mut ctx = Context::new();
    for _ in 0..reader.map()? {
        let dno = u32::try_from(reader.key(&mut before)?).map_err(|_| Malformed::Unexpected)?;
        ctx.insert(dno, reader.uint()?);
    }
    Ok(ctx)
}
