//! The merged state of every record, and where each record is.
//!
//! `rec.heads` holds all heads of all fields in one piece (ADR 0031), sealed where the kind is protected:
//! ```text
//! heads = [created, {fid: [head…]}]     created = [dno, dseq, uid, eff]     head = [dno, dseq, uid, eff, value | null, ctx | null]
//! ```

use std::collections::{BTreeMap, BTreeSet};

use domain::RecordId;
use sync::cbor::{MAX_DEPTH, Malformed, NULL, Reader, Writer};
use sync::{Context, Dot, Head, RecordDigest, RecordState, Stamp};

use super::rows::{self, places};
use super::{Tx, Value};
use crate::error::{Error, Result};
use crate::sealing::Sealer;

const CHUNK: usize = 128;

/// A record with what the merge needs beside its state.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its state.
    pub state: RecordState,
    /// Its digest as counted in the scope's digest; `None` before it is stored the first time.
    pub counted: Option<RecordDigest>,
    /// Writes that were named as a base before they arrived.
    pub superseded: BTreeSet<(u16, Dot)>,
    /// The same as they are stored.
    pub superseded_before: BTreeSet<(u16, Dot)>,
}

/// Where records are; those that the province does not have are left out.
pub fn scopes_of(tx: &mut dyn Tx, rids: &BTreeSet<RecordId>) -> Result<BTreeMap<RecordId, u32>> {
    let mut found = BTreeMap::new();
    for chunk in chunks(rids) {
        let sql = format!("SELECT rid, scope FROM rid_scope WHERE rid IN ({})", places(1, chunk.len()));
        let args: Vec<Value> = chunk.iter().map(|rid| rid.0.into()).collect();
        for row in tx.query(&sql, &args)? {
            found.insert(RecordId(row.array(0)?), row.number(1)?);
        }
    }
    Ok(found)
}

/// The kind and parent of records, which never change.
pub fn kinds_of(tx: &mut dyn Tx, rids: &BTreeSet<RecordId>) -> Result<BTreeMap<RecordId, (u16, Option<RecordId>)>> {
    let mut found = BTreeMap::new();
    for chunk in chunks(rids) {
        let sql = format!(
            "SELECT rec.rid, rec.kind, rec.parent FROM rid_scope JOIN rec ON rec.scope = rid_scope.scope AND rec.rid = rid_scope.rid \
             WHERE rid_scope.rid IN ({})",
            places(1, chunk.len())
        );
        let args: Vec<Value> = chunk.iter().map(|rid| rid.0.into()).collect();
        for row in tx.query(&sql, &args)? {
            let parent = row.opt_blob(2)?.map(to_id).transpose()?;
            found.insert(RecordId(row.array(0)?), (row.number(1)?, parent));
        }
    }
    Ok(found)
}

/// The states of records of a scope; those that it does not have are left out.
pub fn load(tx: &mut dyn Tx, sealer: &Sealer, scope: u32, rids: &BTreeSet<RecordId>) -> Result<BTreeMap<RecordId, Loaded>> {
    let mut found = BTreeMap::new();
    for chunk in chunks(rids) {
        let args: Vec<Value> = std::iter::once(scope.into()).chain(chunk.iter().map(|rid| rid.0.into())).collect();
        let list = places(2, chunk.len());
        let sql = format!("SELECT rid, kind, parent, heads, h FROM rec WHERE scope = $1 AND rid IN ({list})");
        for row in tx.query(&sql, &args)? {
            let rid = RecordId(row.array(0)?);
            let parent = row.opt_blob(2)?.map(to_id).transpose()?;
            let heads = sealer.open_if_sealed("rec", &[&rid.0], row.blob(3)?)?;
            let (created, heads) = decode_heads(&heads).map_err(|_| Error::Stored("the heads of a record are not readable"))?;
            let state = RecordState { rid, kind: row.number(1)?, parent, scope, created, heads };
            let counted = Some(RecordDigest(row.array(4)?));
            found.insert(rid, Loaded { state, counted, superseded: BTreeSet::new(), superseded_before: BTreeSet::new() });
        }
        let sql = format!("SELECT rid, fid, dno, dseq FROM sup WHERE scope = $1 AND rid IN ({list})");
        for row in tx.query(&sql, &args)? {
            if let Some(loaded) = found.get_mut(&RecordId(row.array(0)?)) {
                loaded.superseded.insert((row.number(1)?, Dot::new(row.number(2)?, row.number(3)?)));
            }
        }
    }
    for loaded in found.values_mut() {
        loaded.superseded_before.clone_from(&loaded.superseded);
    }
    Ok(found)
}

/// Stores records of a locked scope; answers their new digests in the same order.
pub fn save<'a>(tx: &mut dyn Tx, sealer: &Sealer, records: impl Iterator<Item = &'a Loaded>) -> Result<Vec<RecordDigest>> {
    let (mut digests, mut recs, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for loaded in records {
        let state = &loaded.state;
        let (rid, digest) = (state.rid, state.digest());
        let heads = sealer.seal_if_protected(state.kind, "rec", &[&rid.0], encode_heads(state))?;
        recs.push([
            state.scope.into(),
            rid.0.into(),
            state.kind.into(),
            state.parent.map(|parent| parent.0).into(),
            state.effectively_deleted().into(),
            heads.into(),
            digest.0.into(),
        ]);
        if loaded.counted.is_none() {
            places.push([rid.0.into(), state.scope.into()]);
        }
        digests.push(digest);
    }
    rows::insert(
        tx,
        "INSERT INTO rec(scope, rid, kind, parent, life, heads, h)",
        recs,
        "ON CONFLICT (scope, rid) DO UPDATE SET life = excluded.life, heads = excluded.heads, h = excluded.h",
    )?;
    rows::insert(tx, "INSERT INTO rid_scope(rid, scope)", places, "")?;
    Ok(digests)
}

/// Stores which writes of a record were superseded before they arrived.
pub fn save_superseded(tx: &mut dyn Tx, scope: u32, rid: RecordId, superseded: &BTreeSet<(u16, Dot)>) -> Result<()> {
    tx.execute("DELETE FROM sup WHERE scope = $1 AND rid = $2", &[scope.into(), rid.0.into()])?;
    for (fid, dot) in superseded {
        tx.execute(
            "INSERT INTO sup(scope, rid, fid, dno, dseq) VALUES ($1, $2, $3, $4, $5)",
            &[scope.into(), rid.0.into(), (*fid).into(), dot.dno.into(), dot.dseq.into()],
        )?;
    }
    Ok(())
}

/// Remembers a scope head that a record had, so that ops which name it as what their author saw can be judged later.
pub fn record_scope_head(tx: &mut dyn Tx, rid: RecordId, dot: Dot, scope: u32, now_ms: u64) -> Result<()> {
    tx.execute(
        "INSERT INTO scope_hist(rid, dno, dseq, scope, moved_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (rid, dno, dseq) DO NOTHING",
        &[rid.0.into(), dot.dno.into(), dot.dseq.into(), scope.into(), now_ms.into()],
    )?;
    Ok(())
}

/// The scope that a record's head `dot` named, and when that head arrived.
pub fn find_scope_head(tx: &mut dyn Tx, rid: RecordId, dot: Dot) -> Result<Option<(u32, u64)>> {
    tx.find(
        "SELECT scope, moved_ms FROM scope_hist WHERE rid = $1 AND dno = $2 AND dseq = $3",
        &[rid.0.into(), dot.dno.into(), dot.dseq.into()],
    )?
    .map(|row| Ok((row.number(0)?, row.number(1)?)))
    .transpose()
}

fn to_id(bytes: Vec<u8>) -> Result<RecordId> {
    RecordId::from_slice(&bytes).ok_or(Error::Stored("an id has the wrong length"))
}

/// Chunks of one size, so that few statements are prepared; the last is filled up with its own last id.
fn chunks(rids: &BTreeSet<RecordId>) -> Vec<Vec<RecordId>> {
    let all: Vec<RecordId> = rids.iter().copied().collect();
    all.chunks(CHUNK)
        .map(|chunk| {
            let width = if chunk.len() <= 8 { 8 } else { CHUNK };
            let last = chunk.last().copied();
            chunk.iter().copied().chain(last.into_iter().cycle()).take(width).collect()
        })
        .collect()
}

fn encode_heads(state: &RecordState) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(2).array(4);
    write_stamp(&mut writer, state.created);
    writer.map(state.heads.len());
    for (fid, heads) in &state.heads {
        writer.uint(u64::from(*fid)).array(heads.len());
        for head in heads {
            writer.array(6);
            write_stamp(&mut writer, head.into());
            writer.raw_or_null(head.value.as_deref());
            match &head.ctx {
                Some(ctx) => {
                    writer.map(ctx.len());
                    for (dno, dseq) in ctx {
                        writer.uint(u64::from(*dno)).uint(*dseq);
                    }
                }
                None => {
                    writer.null();
                }
            }
        }
    }
    writer.into_bytes()
}

fn write_stamp(writer: &mut Writer, stamp: Stamp) {
    writer.uint(u64::from(stamp.dot.dno)).uint(stamp.dot.dseq).uint(u64::from(stamp.uid)).int(stamp.eff);
}

fn read_stamp(reader: &mut Reader<'_>) -> Result<Stamp, Malformed> {
    Ok(Stamp { dot: Dot::new(reader.number()?, reader.uint()?), uid: reader.number()?, eff: reader.int()? })
}

type Heads = BTreeMap<u16, Vec<Head>>;

fn decode_heads(bytes: &[u8]) -> Result<(Stamp, Heads), Malformed> {
    let mut reader = Reader::new(bytes);
    reader.array_len(2)?;
    reader.array_len(4)?;
    let created = read_stamp(&mut reader)?;
    let (mut heads, mut before) = (Heads::new(), None);
    for _ in 0..reader.map()? {
        let fid = u16::try_from(reader.key(&mut before)?).map_err(|_| Malformed::Unexpected)?;
        let mut field = Vec::new();
        for _ in 0..reader.array()? {
            reader.array_len(6)?;
            let stamp = read_stamp(&mut reader)?;
            let value = reader.item(MAX_DEPTH)?;
            let value = (value != [NULL]).then(|| value.to_vec());
            let ctx = reader.optional(read_context)?;
            field.push(Head { dot: stamp.dot, eff: stamp.eff, uid: stamp.uid, value, ctx });
        }
        heads.insert(fid, field);
    }
    reader.finish()?;
    Ok((created, heads))
}

fn read_context(reader: &mut Reader<'_>) -> Result<Context, Malformed> {
    let (mut ctx, mut before) = (Context::new(), None);
    for _ in 0..reader.map()? {
        let dno = u32::try_from(reader.key(&mut before)?).map_err(|_| Malformed::Unexpected)?;
        ctx.insert(dno, reader.uint()?);
    }
    Ok(ctx)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says by a panic what failed")]
    use super::*;

    #[test]
    fn heads_with_conflicts_nulls_and_deletions_come_back_as_they_were() {
        let head = |dseq, value: Option<&[u8]>, ctx| Head {
            dot: Dot::new(3, dseq),
            eff: -5,
            uid: 7,
            value: value.map(<[u8]>::to_vec),
            ctx,
        };
        let ctx = Context::from([(0, 4), (3, 9)]);
        let state = RecordState {
            rid: RecordId([1; 16]),
            kind: 1,
            parent: None,
            scope: 51_582,
            created: Stamp { dot: Dot::new(3, 1), eff: -5, uid: 7 },
            heads: BTreeMap::from([
                (1, vec![head(1, Some(&[0x80]), Some(ctx))]),
                (16, vec![head(1, Some(&[0x61, 0x61]), None), head(2, None, None)]),
            ]),
        };
        let (created, heads) = decode_heads(&encode_heads(&state)).unwrap();
        assert_eq!((created, heads), (state.created, state.heads));
    }
}
