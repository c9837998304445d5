//! A device's side of the conversation as a state machine: what to send, and what each piece of the answer means.
//!
//! `transport` moves the bytes and the store applies the effects, so nothing here waits or fails half-way. The caller
//! starts a [`Call`] from the store's [`Standing`], sends its body, feeds what arrives in any pieces, and hands the effects
//! to the store in order, each at once: an effect that was applied stands, wherever the answer is cut. [`Pace`] says when
//! the next call is due and how much it may carry.

use crate::audit::AuditHead;
use crate::batch::BatchHash;
use crate::cbor::Malformed;
use crate::digest::ScopeDigest;
use crate::enrolment::Grant;
use crate::limits;
use crate::line::{self, Line};
use crate::receipt::Receipt;
use crate::wire::{At, Frame, Frames, Pulled, SyncRequest, Unblocks, WIRE};

/// How far the device has come in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The scope.
    pub scope: u32,
    /// The last number applied.
    pub seq: u64,
    /// The server's line when it was set.
    pub line: Line,
    /// Whether the cursor went back and has not caught up: the device's own ops are wanted again.
    pub full: bool,
    /// The device's digest of the scope.
    pub digest: ScopeDigest,
}

/// A sealed batch without a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Its number.
    pub bno: u64,
    /// Its name.
    pub hash: BatchHash,
    /// Its frozen bytes.
    pub bytes: Vec<u8>,
}

/// What the store says before a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The registry version.
    pub schema: u64,
    /// The program's version.
    pub app: String,
    /// The cursors, one for each granted scope.
    pub cursors: Vec<Cursor>,
    /// The head of the audit chain.
    pub audit: AuditHead,
    /// The counter of the next op.
    pub next_dseq: u64,
    /// The greatest batch number with a receipt; 0 if there is none.
    pub receipted_bno: u64,
    /// Sealed batches without a receipt, in order, from the first.
    pub unsent: Vec<Unsent>,
}

/// What the store is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The server answered: take its clock, and its grants as they are now.
    Greeted {
        /// The server's clock in milliseconds.
        server_ms: i64,
        /// Every scope the device may read.
        grants: Vec<Grant>,
    },
    /// The server was restored and lacks batches after this one: send them again from the sent log.
    Rewound {
        /// The last batch it has.
        last_bno: u64,
    },
    /// The server's line differs: keep it, and set the cursor back if it says so.
    Relined {
        /// The scope.
        scope: u32,
        /// The line to keep.
        line: Line,
        /// Where the cursor stands now.
        seq: u64,
        /// Whether it went back.
        back: bool,
    },
    /// A batch is in the server's log: its ops leave the outbox.
    Receipted(Receipt),
    /// Apply these and move the cursor in one transaction.
    Pulled {
        /// The scope.
        scope: u32,
        /// The entries in order; own ops that were left out are not among them.
        entries: Vec<Pulled>,
        /// Where the cursor stands afterwards.
        seq: u64,
    },
    /// Everything up to a number was sent: compare if the outbox is empty, and stop asking for own ops.
    CaughtUp {
        /// The scope.
        scope: u32,
        /// The number.
        seq: u64,
        /// The server's digest there.
        digest: ScopeDigest,
    },
    /// The cursor is older than the server's log.
    Reset {
        /// The scope.
        scope: u32,
    },
    /// The scope is no longer granted.
    Dropped {
        /// The scope.
        scope: u32,
    },
    /// A notice signed by the server.
    Noticed(Vec<u8>),
}

/// One request and its answer.
pub struct Call {
    body: Vec<u8>,
    sent: Vec<u64>,
    cursors: Vec<Cursor>,
    receipted_bno: u64,
    next_dseq: u64,
    frames: Frames,
    blocks: Unblocks,
    greeted: bool,
    ended: Option<bool>,
    moved: bool,
}

impl Call {
    /// Plans a call: the cursors, and as many batches as the pace allows.
    pub fn new(standing: Standing, pace: &Pace) -> std::io::Result<Self> {
        let (receipted_bno, next_dseq) = (standing.receipted_bno, standing.next_dseq);
        let chosen = standing.unsent.iter().take(pace.batches(&standing.unsent));
        let sent = chosen.clone().map(|batch| batch.bno).collect();
        let request = SyncRequest {
            wire: WIRE,
            schema: standing.schema,
            app: standing.app,
            at: standing.cursors.iter().map(at).collect(),
            budget: 0,
            batches: chosen.map(|batch| batch.bytes.clone()).collect(),
            audit: standing.audit,
            next_dseq,
            full: standing.cursors.iter().any(|cursor| cursor.full),
            receipts_from: receipted_bno + 1,
        };
        Ok(Self {
            body: request.encode(),
            sent,
            cursors: standing.cursors,
            receipted_bno,
            next_dseq,
            frames: Frames::default(),
            blocks: Unblocks::new()?,
            greeted: false,
            ended: None,
            moved: false,
        })
    }

    /// The body to post to [`crate::wire::SYNC_PATH`].
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The numbers of the batches in the body.
    pub fn batches(&self) -> &[u64] {
        &self.sent
    }

    /// The counter of the device's next op when the call was planned: own ops below it are in the state already.
    pub fn next_dseq(&self) -> u64 {
        self.next_dseq
    }

    /// Takes what arrived and says what it means. After an error nothing more is taken; effects given before stand.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Effect>, Malformed> {
        self.frames.push(bytes);
        let mut effects = Vec::new();
        while self.ended.is_none() {
            let Some(frame) = self.frames.next_frame()? else { break };
            self.take_frame(frame, &mut effects)?;
        }
        Ok(effects)
    }

    /// Whether the answer is whole, and if so whether the server has more now.
    pub fn ended(&self) -> Option<bool> {
        self.ended
    }

    /// Whether the call brought anything forward: a receipt or a cursor.
    pub fn moved(&self) -> bool {
        self.moved
    }

    fn take_frame(&mut self, frame: Frame, effects: &mut Vec<Effect>) -> Result<(), Malformed> {
        if !self.greeted && !matches!(frame, Frame::Hello(_)) {
            return Err(Malformed::Unexpected);
        }
        match frame {
            Frame::Hello(hello) => {
                self.greeted = true;
                effects.push(Effect::Greeted { server_ms: hello.server_ms, grants: hello.grants });
                if hello.last_bno < self.receipted_bno {
                    effects.push(Effect::Rewound { last_bno: hello.last_bno });
                }
                for (scope, line) in hello.lines {
                    effects.extend(self.reline(scope, line));
                }
            }
            Frame::Receipt(receipt) => {
                self.moved = true;
                effects.push(Effect::Receipted(receipt));
            }
            Frame::Ops { scope, seq_from, seq_to, packed } => {
                let entries = self.blocks.open(&packed, seq_from, seq_to)?;
                let cursor = self.cursor(scope)?;
                // I7: a scope is seen without gaps.
                if seq_from != cursor.seq + 1 {
                    return Err(Malformed::Unexpected);
                }
                cursor.seq = seq_to;
                self.moved = true;
                effects.push(Effect::Pulled { scope, entries, seq: seq_to });
            }
            Frame::Digest { scope, seq, digest } => {
                if self.cursor(scope)?.seq == seq {
                    effects.push(Effect::CaughtUp { scope, seq, digest });
                }
            }
            Frame::Reset { scope, .. } => effects.push(Effect::Reset { scope }),
            Frame::Drop { scope } => effects.push(Effect::Dropped { scope }),
            Frame::Notice(notice) => effects.push(Effect::Noticed(notice)),
            Frame::End { more } => self.ended = Some(more),
            Frame::Unknown(_) => {}
        }
        Ok(())
    }

    fn reline(&mut self, scope: u32, line: Line) -> Option<Effect> {
        let cursor = self.cursors.iter_mut().find(|cursor| cursor.scope == scope)?;
        let seq = line::meet(&cursor.line, &line, cursor.seq);
        let back = seq < cursor.seq;
        (cursor.seq, cursor.line) = (seq, line.clone());
        Some(Effect::Relined { scope, line, seq, back })
    }

    fn cursor(&mut self, scope: u32) -> Result<&mut Cursor, Malformed> {
        self.cursors.iter_mut().find(|cursor| cursor.scope == scope).ok_or(Malformed::Unexpected)
    }
}

fn at(cursor: &Cursor) -> At {
    let epoch = cursor.line.last().map_or(0, |epoch| epoch.id);
    At { scope: cursor.scope, seq: cursor.seq, epoch, digest: cursor.digest }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answer was whole.
    Whole {
        /// Whether anything is left to send or to fetch.
        more: bool,
    },
    /// It was cut.
    Cut {
        /// Whether anything was brought forward before.
        moved: bool,
    },
    /// The server asked to wait, in seconds.
    Busy(u64),
}

/// When the next call is due and how much it may carry: from 2 s to 15 min, reset by progress; one batch a call from a cut
/// until all is sent, so that a link that dies early still carries something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    failures: u32,
    was_cut: bool,
}

/// The shortest wait after a failure, in milliseconds.
pub const FIRST_WAIT_MS: u64 = 2_000;
/// The longest wait, and the wait when all is done.
pub const LONGEST_WAIT_MS: u64 = 15 * 60 * 1_000;

impl Pace {
    /// How many of the batches the next call carries.
    pub fn batches(&self, unsent: &[Unsent]) -> usize {
        if self.was_cut {
            return unsent.len().min(1);
        }
        let mut total = 0;
        let fitting = unsent.iter().take_while(|batch| {
            total += batch.bytes.len();
            total <= limits::REQUEST_BATCHES_BYTES
        });
        // A group that is larger than a request's share still has to go.
        fitting.count().max(unsent.len().min(1))
    }

    /// Notes how a call ended: how long to wait before the next one, in milliseconds; `None` when all is done.
    /// `random` spreads the devices of a province over the wait.
    pub fn after(&mut self, outcome: Outcome, random: u64) -> Option<u64> {
        match outcome {
            Outcome::Whole { more } => {
                self.failures = 0;
                self.was_cut &= more;
                more.then_some(0)
            }
            Outcome::Cut { moved: true } => {
                (self.failures, self.was_cut) = (0, true);
                Some(jittered(FIRST_WAIT_MS, random))
            }
            Outcome::Cut { moved: false } => {
                let wait = FIRST_WAIT_MS.saturating_mul(1 << self.failures.min(20)).min(LONGEST_WAIT_MS);
                (self.failures, self.was_cut) = (self.failures.saturating_add(1), true);
                Some(jittered(wait, random))
            }
            Outcome::Busy(seconds) => {
                self.failures = self.failures.saturating_add(1);
                Some(seconds.saturating_mul(1_000).clamp(FIRST_WAIT_MS, LONGEST_WAIT_MS) + random % FIRST_WAIT_MS)
            }
        }
    }
}

/// Between half the wait and the whole of it.
fn jittered(wait: u64, random: u64) -> u64 {
    wait / 2 + random % (wait / 2 + 1)
}

/// For how long no byte may arrive before a call counts as stalled, in milliseconds: 60 s, and the time that what was handed
/// to the socket needs at 1 kB/s. Written is not sent: kernel buffers swallow a whole upload at once.
pub fn stall_limit_ms(handed_over: u64) -> u64 {
    60_000 + handed_over
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour_and_progress_resets_them() {
        let mut pace = Pace::default();
        let waits: Vec<_> = (0..12).map(|_| pace.after(Outcome::Cut { moved: false }, u64::MAX)).collect();
        assert!(waits.iter().flatten().all(|wait| *wait <= LONGEST_WAIT_MS));
        assert!(waits.last().copied().flatten().is_some_and(|wait| wait >= LONGEST_WAIT_MS / 2));
        assert!(pace.after(Outcome::Cut { moved: true }, 0).is_some_and(|wait| wait <= FIRST_WAIT_MS));
        assert_eq!(pace.after(Outcome::Whole { more: false }, 0), None);
        assert_eq!(pace.after(Outcome::Whole { more: true }, 0), Some(0));
    }

    #[test]
    fn after_a_cut_one_batch_goes_at_a_time() {
        let unsent: Vec<_> = (1..=40).map(|bno| Unsent { bno, hash: [0; 32], bytes: vec![0; 16 * 1024] }).collect();
        let mut pace = Pace::default();
        assert_eq!(pace.batches(&unsent), 32);
        pace.after(Outcome::Cut { moved: true }, 0);
        assert_eq!(pace.batches(&unsent), 1);
        pace.after(Outcome::Whole { more: true }, 0);
        assert_eq!(pace.batches(&unsent), 1);
        pace.after(Outcome::Whole { more: false }, 0);
        assert_eq!(pace.batches(&unsent), 32);
    }
}
