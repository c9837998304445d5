//! What a device is sent: receipts it lacks, and the next ops of each of its scopes from one snapshot of the database.

use std::sync::Arc;

use sync::enrolment::Grant;
use sync::line::Epoch;
use sync::wire::{At, Blocks, Caller, Frame, Hello, SyncRequest, WIRE};
use sync::{Dot, Receipt, ScopeDigest};

use crate::db::ops::Entry;
use crate::db::scopes::Scope;
use crate::db::{Tx, batches, devices, ops, scopes};
use crate::error::{Error, Result};
use crate::sealing::Sealer;

/// A block is closed at this size, unpacked, where a group ends.
const BLOCK_BYTES: usize = 8 * 1024;
/// Packed ops of one answer, if the device leaves it to us, and at most.
const BUDGET: u64 = 512 * 1024;
/// Entries read at once; more than the largest group.
const PAGE: usize = 1024;
/// Receipts of one answer; the rest follows with the next.
const RECEIPTS: usize = 1000;
/// Why a cursor cannot go on: it is older than the log.
const OLDER_THAN_LOG: u64 = 1;

/// Who asks, and for what.
pub struct Pull {
    /// The device.
    pub dno: u32,
    /// Its request.
    pub request: SyncRequest,
    /// The first batch in the request, if there is one: its receipts are given even where the device did not ask.
    pub first_bno: Option<u64>,
    /// The server's clock.
    pub now_ms: u64,
    /// Opens protected values.
    pub sealer: Arc<Sealer>,
}

/// What an answer holds, for the log.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Receipts.
    pub receipts: usize,
    /// Ops sent.
    pub ops: u64,
    /// Whether there is more.
    pub more: bool,
}

/// Writes the whole answer: hello, receipts, ops and digests a scope, end. Everything is of one moment.
pub fn answer(tx: &mut dyn Tx, pull: &Pull) -> Result<(Vec<u8>, Counts)> {
    let device = devices::find(tx, pull.dno)?.ok_or(Error::Stored("the device is missing"))?;
    let grants = devices::list_grants(tx, pull.dno, pull.now_ms)?;
    let plans = grants.iter().map(|grant| Plan::new(tx, grant, &pull.request.at)).collect::<Result<Vec<_>>>()?;
    let mut out = Answer { bytes: Vec::new(), counts: Counts::default() };
    out.frame(&Frame::Hello(Hello {
        server_ms: i64::try_from(pull.now_ms).unwrap_or(i64::MAX),
        last_bno: device.last_bno,
        last_dseq: device.last_dseq,
        min_wire: WIRE,
        grants,
        lines: plans.iter().filter(|plan| plan.line_differs).map(|plan| (plan.scope.id, plan.line.clone())).collect(),
    }));
    out.receipts(tx, pull)?;
    let mut blocks = Blocks::new().map_err(Error::io("packing"))?;
    let mut left = if pull.request.budget == 0 { BUDGET } else { pull.request.budget.min(BUDGET) };
    for plan in &plans {
        out.scope(tx, pull, plan, &mut blocks, &mut left)?;
    }
    for at in pull.request.at.iter().filter(|at| !plans.iter().any(|plan| plan.scope.id == at.scope)) {
        out.frame(&Frame::Drop { scope: at.scope });
    }
    out.frame(&Frame::End { more: out.counts.more });
    Ok((out.bytes, out.counts))
}

/// Where a device stands in one scope.
struct Plan {
    scope: Scope,
    line: Vec<Epoch>,
    line_differs: bool,
    /// The cursor after it met our line; `None` where the device does not follow the scope yet, or knows an epoch that we do
    /// not: it hears our line now and asks again.
    seq: Option<u64>,
}

impl Plan {
    fn new(tx: &mut dyn Tx, grant: &Grant, at: &[At]) -> Result<Plan> {
        let scope = scopes::find(tx, grant.scope)?.ok_or(Error::Stored("a grant names a scope that is missing"))?;
        let line = scopes::epoch_line(tx, grant.scope)?;
        let Some(at) = at.iter().find(|at| at.scope == grant.scope) else {
            return Ok(Plan { scope, line, line_differs: true, seq: None });
        };
        let known = line.iter().position(|epoch| epoch.id == at.epoch);
        let line_differs = known != line.len().checked_sub(1);
        let seq = match known {
            Some(place) => Some(line.get(place + 1).map_or(at.seq, |next| at.seq.min(next.base))),
            None if at.epoch == 0 => Some(line.first().map_or(at.seq, |first| at.seq.min(first.base))),
            None => None,
        };
        Ok(Plan { scope, line, line_differs, seq })
    }
}

struct Answer {
    bytes: Vec<u8>,
    counts: Counts,
}

impl Answer {
    fn frame(&mut self, frame: &Frame) {
        self.bytes.extend(frame.encode());
    }

    fn receipts(&mut self, tx: &mut dyn Tx, pull: &Pull) -> Result<()> {
        let asked = Some(pull.request.receipts_from).filter(|from| *from > 0);
        let Some(from) = asked.into_iter().chain(pull.first_bno).min() else { return Ok(()) };
        let stored = batches::list_receipts(tx, pull.dno, from, RECEIPTS)?;
        self.counts.receipts = stored.len();
        self.counts.more |= stored.len() == RECEIPTS;
        for receipt in stored {
            let receipt = Receipt::decode(&receipt).map_err(|_| Error::Stored("a receipt is not readable"))?;
            self.frame(&Frame::Receipt(receipt));
        }
        Ok(())
    }

    fn scope(&mut self, tx: &mut dyn Tx, pull: &Pull, plan: &Plan, blocks: &mut Blocks, left: &mut u64) -> Result<()> {
        let Some(from) = plan.seq else {
            self.counts.more = true;
            return Ok(());
        };
        if from.saturating_add(1) < plan.scope.log_from {
            self.frame(&Frame::Reset { scope: plan.scope.id, why: OLDER_THAN_LOG });
            return Ok(());
        }
        let mut sent = from;
        while sent < plan.scope.seq {
            if *left == 0 {
                self.counts.more = true;
                return Ok(());
            }
            let page = whole_groups(ops::list_after(tx, plan.scope.id, sent, PAGE)?);
            if page.first().map(|entry| entry.seq) != Some(sent + 1) {
                return Err(Error::Stored("the log of a scope has a gap"));
            }
            let mut entries = page.iter().peekable();
            let mut seq_from = sent + 1;
            while let Some(entry) = entries.next() {
                push(blocks, pull, plan, entry)?;
                self.counts.ops += 1;
                let group_ends = entries.peek().is_none_or(|next| next.group != entry.group);
                let full = blocks.open_bytes() >= BLOCK_BYTES || entries.peek().is_none();
                if group_ends && full {
                    let packed = blocks.close().map_err(Error::io("packing"))?;
                    *left = left.saturating_sub(packed.len() as u64);
                    self.frame(&Frame::Ops { scope: plan.scope.id, seq_from, seq_to: entry.seq, packed });
                    (sent, seq_from) = (entry.seq, entry.seq + 1);
                    if *left == 0 {
                        break;
                    }
                }
            }
        }
        if sent == plan.scope.seq {
            let digest = ScopeDigest::from_parts(plan.scope.digest, plan.scope.n);
            self.frame(&Frame::Digest { scope: plan.scope.id, seq: sent, digest });
        }
        Ok(())
    }
}

/// Leaves out the last group of a full page, which may go on in the next. A page is larger than any group.
fn whole_groups(mut page: Vec<Entry>) -> Vec<Entry> {
    if page.len() == PAGE {
        let last = page.last().map(|entry| entry.group);
        let whole = page.iter().take_while(|entry| Some(entry.group) != last).count();
        page.truncate(if whole == 0 { PAGE } else { whole });
    }
    page
}

/// Adds an entry, or counts it where it is the device's own and in its state already.
fn push(blocks: &mut Blocks, pull: &Pull, plan: &Plan, entry: &Entry) -> Result<()> {
    let dead: Vec<u16> = entry.dead.iter().flatten().copied().collect::<Vec<u8>>().chunks_exact(2).map(fid).collect();
    let caller = Caller { dno: pull.dno, next_dseq: pull.request.next_dseq, full: pull.request.full };
    if caller.has(Dot::new(entry.dno, entry.dseq), &dead, plan.line.len()) {
        blocks.skip_own();
        return Ok(());
    }
    let key: [&[u8]; 2] = [&plan.scope.id.to_be_bytes(), &entry.seq.to_be_bytes()];
    let body = pull.sealer.open_if_sealed("op", &key, entry.body.clone())?;
    blocks.push(&body, (entry.eff != entry.at).then_some(entry.eff), &dead);
    Ok(())
}

fn fid(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |number, byte| (number << 8) | u16::from(*byte))
}
