//! Taking in what the province answers: ops of others, its clock, its grants, its digests.
//!
//! Owes its callers: [`Tx::take_in`] applies one effect of a call whole, in the caller's transaction, so that a cursor never
//! stands without the ops before it.
//! Would surprise: ops of a number that this store has had before a restore count as its own; they are in its state.

use domain::RecordId;
use rusqlite::{Connection, OptionalExtension, named_params};
use sync::audit::AuditHead;
use sync::enrolment::Grant;
use sync::session::{Cursor, Effect, Standing};
use sync::wire::Pulled;
use sync::{Dot, RecordState, ScopeDigest, UNENROLLED, line};

use crate::error::{Error, Result};
use crate::open::{Tx, View};
use crate::outbox::SCHEMA;
use crate::records::Life;
use crate::records::state::{self, Loaded, signed};
use crate::records::writing::{DNO, NEXT_DSEQ, scope_digest};
use crate::{derived, history, meta};

/// How far the province's clock is ahead of this machine's, in milliseconds.
const OFFSET: &str = "offset_ms";
/// When the province last answered, by its own clock.
const CONTACT: &str = "contact_ms";
/// Numbers that this store had before it was restored: text `dno:next_dseq,…`.
pub(crate) const FORMER: &str = "former_numbers";
/// What unenrolled counters were raised by when the device got its number.
pub(crate) const SHIFT: &str = "unenrolled_shift";
/// The newest notice of the province.
const NOTICE: &str = "notice";

/// A dot as it is called today: one that a form saw before the device had its number carries the number now.
pub(crate) fn present_dot(connection: &Connection, dot: Dot) -> Result<Dot> {
    if dot.dno != UNENROLLED {
        return Ok(dot);
    }
    let shift: i64 = meta::find(connection, SHIFT)?.unwrap_or(0);
    let dno = meta::find(connection, DNO)?.unwrap_or(UNENROLLED);
    Ok(Dot::new(dno, dot.dseq.saturating_add(shift.unsigned_abs())))
}

/// How the sharing of one commune's records stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeStanding {
    /// The scope.
    pub scope: u32,
    /// The last number applied.
    pub seq: u64,
    /// When both sides were last found equal.
    pub verified_at_ms: Option<i64>,
    /// When they were last found to differ, if that is the newest finding.
    pub mismatch_at_ms: Option<i64>,
}

impl View<'_> {
    /// What the store says before a call to the province.
    pub fn standing(&self, app: &str, audit: AuditHead) -> Result<Standing> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT scope, seq, line, back FROM cursor ORDER BY scope")?;
        let mut rows = statement.query([])?;
        let mut cursors = Vec::new();
        while let Some(row) = rows.next()? {
            let scope: u32 = row.get("scope")?;
            let line = row.get_ref("line")?.as_blob().map_err(|_| Error::Damaged(None))?;
            cursors.push(Cursor {
                scope,
                seq: row.get::<_, i64>("seq")?.unsigned_abs(),
                line: line::decode(line)?,
                full: row.get("back")?,
                digest: scope_digest(connection, scope)?,
            });
        }
        let next: i64 = meta::find(connection, NEXT_DSEQ)?.unwrap_or(1);
        Ok(Standing {
            schema: SCHEMA,
            app: app.to_owned(),
            cursors,
            audit,
            next_dseq: next.unsigned_abs(),
            receipted_bno: self.receipted_batches()?,
            unsent: self.list_unsent_batches()?,
        })
    }

    /// The store's digest of a scope.
    pub fn scope_digest(&self, scope: u32) -> Result<ScopeDigest> {
        scope_digest(self.connection(), scope)
    }

    /// How the sharing of each granted scope stands.
    pub fn list_scopes(&self) -> Result<Vec<ScopeStanding>> {
        let mut statement =
            self.connection().prepare_cached("SELECT scope, seq, verified_at, mismatch_at FROM cursor ORDER BY scope")?;
        let rows = statement.query_map([], |row| {
            Ok(ScopeStanding {
                scope: row.get("scope")?,
                seq: row.get::<_, i64>("seq")?.unsigned_abs(),
                verified_at_ms: row.get("verified_at")?,
                mismatch_at_ms: row.get("mismatch_at")?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How far the province's clock is ahead of this machine's, in milliseconds; 0 before the first contact.
    pub fn clock_offset_ms(&self) -> Result<i64> {
        Ok(meta::find(self.connection(), OFFSET)?.unwrap_or(0))
    }

    /// When the province last answered, by its own clock.
    pub fn last_contact_ms(&self) -> Result<Option<i64>> {
        meta::find(self.connection(), CONTACT)
    }

    /// The newest notice that the province has signed.
    pub fn find_notice(&self) -> Result<Option<Vec<u8>>> {
        meta::find(self.connection(), NOTICE)
    }
}

impl Tx<'_> {
    /// Applies what one piece of the province's answer means. `wall_ms` is this machine's own clock.
    pub fn take_in(&self, effect: &Effect, wall_ms: i64) -> Result<()> {
        let connection = self.connection();
        match effect {
            Effect::Greeted { server_ms, grants } => {
                meta::set(connection, OFFSET, server_ms.saturating_sub(wall_ms))?;
                meta::set(connection, CONTACT, server_ms)?;
                self.note_grants(grants)
            }
            Effect::Rewound { last_bno } => {
                let dno = self.device_number()?.unwrap_or(UNENROLLED);
                connection
                    .prepare_cached("UPDATE batch SET receipt = NULL, receipted_at = NULL WHERE dno = ?1 AND bno > ?2")?
                    .execute(rusqlite::params![dno, signed(*last_bno)])?;
                Ok(())
            }
            Effect::Relined { scope, line, seq, back } => self.take_line(*scope, line, *seq, *back),
            Effect::Receipted(receipt) => self.accept_receipt(receipt),
            Effect::Pulled { scope, entries, seq } => self.apply_pulled(*scope, entries, *seq),
            Effect::CaughtUp { scope, seq, digest } => self.compare(*scope, *seq, *digest),
            Effect::Reset { scope } => {
                // Until snapshots exist the log is whole: it is read again from its beginning.
                let sql = "UPDATE cursor SET known = max(known, seq), seq = 0, back = 1 WHERE scope = ?1";
                connection.prepare_cached(sql)?.execute([scope])?;
                Ok(())
            }
            Effect::Dropped { scope } => {
                connection.prepare_cached("DELETE FROM cursor WHERE scope = ?1")?.execute([scope])?;
                connection
                    .prepare_cached("INSERT INTO finding(code, params, at) VALUES ('scope_dropped', ?1, ?2)")?
                    .execute(rusqlite::params![format!("{{\"scope\":{scope}}}"), self.author().at_ms])?;
                Ok(())
            }
            Effect::Noticed(notice) => meta::set(connection, NOTICE, notice),
        }
    }

    /// Takes a scope's line over. Behind the point where it parts from the old one the numbers mean other ops: what was
    /// known of them is not any more.
    fn take_line(&self, scope: u32, line: &[line::Epoch], seq: u64, back: bool) -> Result<()> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT line FROM cursor WHERE scope = ?1")?;
        let old: Option<Vec<u8>> = statement.query_row([scope], |row| row.get(0)).optional()?;
        let parts_at = line::meet(&line::decode(&old.unwrap_or_default())?, line, u64::MAX);
        connection
            .prepare_cached(
                "UPDATE cursor SET line = :line, seq = :seq, back = max(back, :back), known = min(known, :parts_at) \
                 WHERE scope = :scope",
            )?
            .execute(named_params! {
                ":line": line::encode(line), ":seq": signed(seq), ":back": back, ":parts_at": signed(parts_at), ":scope": scope,
            })?;
        Ok(())
    }

    /// The scopes that the device may read and write from now on; a new one is read from its beginning.
    pub(crate) fn note_grants(&self, grants: &[Grant]) -> Result<()> {
        for grant in grants {
            self.connection()
                .prepare_cached(
                    "INSERT INTO cursor(scope, seq, may_write) VALUES (:scope, 0, :may_write) \
                     ON CONFLICT(scope) DO UPDATE SET may_write = excluded.may_write",
                )?
                .execute(named_params! { ":scope": grant.scope, ":may_write": grant.may_write })?;
        }
        Ok(())
    }

    /// Applies ops of a scope in the province's order and moves the cursor to `seq`.
    pub fn apply_pulled(&self, scope: u32, entries: &[Pulled], seq: u64) -> Result<()> {
        let own = OwnNumbers::load(self.connection())?;
        let mut statement = self.connection().prepare_cached("SELECT known FROM cursor WHERE scope = ?1")?;
        let known: i64 = statement.query_row([scope], |row| row.get(0)).optional()?.unwrap_or(0);
        for entry in entries {
            // What was applied once and is read again is in the state, or was replaced there.
            let is_known = signed(entry.seq) <= known;
            let standing = if is_known { sync::Standing::Known } else { own.standing(entry.op.dot) };
            self.apply_entry(scope, entry, standing)?;
        }
        derived::write(self)?;
        let sql = "UPDATE cursor SET seq = ?1 WHERE scope = ?2";
        self.connection().prepare_cached(sql)?.execute(rusqlite::params![signed(seq), scope])?;
        self.touch("sync");
        Ok(())
    }

    fn apply_entry(&self, scope: u32, entry: &Pulled, standing: sync::Standing) -> Result<()> {
        let connection = self.connection();
        let (op, eff) = (&entry.op, entry.eff);
        let found = state::find(connection, op.rid)?;
        let (lid, mut state, old, before) = match found {
            Some(Loaded { lid, state, digest, life }) => (Some(lid), state, Some(digest), life),
            None => (None, RecordState::new(op, eff, scope), None, Life::Live),
        };
        let scope_before = state.scope;
        // A record that is not here takes everything, whoever wrote it.
        let standing = if lid.is_none() { sync::Standing::New } else { standing };
        let applied = state.apply(op, eff, &entry.dead, standing);
        if state.parent.is_none()
            && let Some(named) = state.own_scope()
        {
            state.scope = named;
        }
        let saved = state::save(connection, lid, &state, 0)?;
        if standing == sync::Standing::New && (lid.is_some() || !applied.dead.is_empty()) {
            history::record(connection, saved.lid, op, eff, &applied)?;
        }
        let mut writing = self.writing.borrow_mut();
        if let Some(old) = old {
            writing.count(connection, scope_before, Some(old), None)?;
        }
        writing.count(connection, state.scope, None, Some(saved.digest))?;
        writing.roots.clear();
        drop(writing);
        if scope_before != state.scope && lid.is_some() {
            self.follow_scope(state.rid, state.scope)?;
        }
        derived::changed(self, &state, before, &saved, op, &applied.replaced)?;
        self.touch_kind(state.kind);
        Ok(())
    }

    /// Children follow their parent to another commune.
    pub(crate) fn follow_scope(&self, parent: RecordId, scope: u32) -> Result<()> {
        let connection = self.connection();
        let children: Vec<[u8; 16]> = connection
            .prepare_cached("SELECT rid FROM rec WHERE parent = ?1 ORDER BY lid")?
            .query_map([parent.0], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for child in children {
            let child = RecordId(child);
            let Some(Loaded { lid, mut state, digest, .. }) = state::find(connection, child)? else { continue };
            let before = std::mem::replace(&mut state.scope, scope);
            let saved = state::save(connection, Some(lid), &state, 0)?;
            let mut writing = self.writing.borrow_mut();
            writing.count(connection, before, Some(digest), None)?;
            writing.count(connection, scope, None, Some(saved.digest))?;
            drop(writing);
            self.follow_scope(child, scope)?;
        }
        Ok(())
    }

    /// Compares both sides' digests: only with nothing waiting and the cursor at the digest's number do they speak of the
    /// same ops.
    fn compare(&self, scope: u32, seq: u64, theirs: ScopeDigest) -> Result<()> {
        let connection = self.connection();
        let sql = "UPDATE cursor SET back = 0 WHERE scope = ?1";
        connection.prepare_cached(sql)?.execute([scope])?;
        let mut statement = connection.prepare_cached("SELECT seq FROM cursor WHERE scope = ?1")?;
        let at: Option<i64> = statement.query_row([scope], |row| row.get(0)).optional()?;
        if at != Some(signed(seq)) || self.waiting()?.changes > 0 || !self.list_unsent_batches()?.is_empty() {
            return Ok(());
        }
        let equal = scope_digest(connection, scope)? == theirs;
        let sql = if equal {
            "UPDATE cursor SET verified_at = ?1, mismatch_at = NULL WHERE scope = ?2"
        } else {
            "UPDATE cursor SET mismatch_at = ?1 WHERE scope = ?2"
        };
        connection.prepare_cached(sql)?.execute(rusqlite::params![self.author().at_ms, scope])?;
        self.touch("sync");
        Ok(())
    }
}

/// The numbers under which this store has written, with the counter that came next.
struct OwnNumbers(Vec<(u32, u64)>);

impl OwnNumbers {
    fn load(connection: &Connection) -> Result<Self> {
        let mut numbers = former(connection)?;
        let next: i64 = meta::find(connection, NEXT_DSEQ)?.unwrap_or(1);
        numbers.extend(meta::find::<u32>(connection, DNO)?.map(|dno| (dno, next.unsigned_abs())));
        Ok(Self(numbers))
    }

    fn standing(&self, dot: Dot) -> sync::Standing {
        let is_own = self.0.iter().any(|(dno, next)| dot.dno == *dno && dot.dseq < *next);
        if is_own { sync::Standing::Known } else { sync::Standing::New }
    }
}

/// The numbers that the store had before it was restored.
pub(crate) fn former(connection: &Connection) -> Result<Vec<(u32, u64)>> {
    let text: String = meta::find(connection, FORMER)?.unwrap_or_default();
    let pair = |pair: &str| {
        let (dno, next) = pair.split_once(':')?;
        Some((dno.parse().ok()?, next.parse().ok()?))
    };
    Ok(text.split(',').filter_map(pair).collect())
}
