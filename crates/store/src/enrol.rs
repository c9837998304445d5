//! Getting a number: the one time that what was written is rewritten, before anybody else has seen it.
//!
//! Owes its callers: outbox, clocks, heads, history, acts and drafts carry the new number after one transaction, or none
//! does. A restored store is an unenrolled one that had a number: what the province has of that number stays under it, all
//! else gets new dots.

use domain::RecordId;
use rusqlite::{Connection, named_params};
use sync::cbor::Writer;
use sync::enrolment::EnrolAnswer;
use sync::{Context, Dot, Op, RecordState, UNENROLLED};

use crate::drafts::Opened;
use crate::error::{Error, Result};
use crate::exchange::{FORMER, SHIFT, former};
use crate::meta;
use crate::open::{Tx, View};
use crate::records::state::{self, Loaded, signed};
use crate::records::writing::{DNO, NEXT_DSEQ};

/// The number that a restored store had, until the province has given it a new one.
const REPLACES: &str = "replaces";
/// Of a number that two copies of the store wrote under: text `last:next`, the last op that the province has from here and
/// the counter that came next here.
const FORKED: &str = "forked";
/// The counter of requests.
const REQUESTS: &str = "request_counter";
/// Facts about the road to the province: address, keys, certificate.
const ROAD: &str = "road.";

/// How dots are called from now on.
struct Renumbering {
    new: u32,
    /// How many ops of the old number come before those without a number.
    shift: u64,
    /// The old number and the last counter that the province has of it.
    old: Option<(u32, u64)>,
}

impl Renumbering {
    fn dot(&self, dot: Dot) -> Dot {
        match self.old {
            _ if dot.dno == UNENROLLED => Dot::new(self.new, dot.dseq.saturating_add(self.shift)),
            Some((old, last)) if dot.dno == old && dot.dseq > last => Dot::new(self.new, dot.dseq - last),
            _ => dot,
        }
    }

    /// What was seen: of a number that is partly renamed both parts.
    fn context(&self, context: &Context) -> Context {
        let mut renamed = Context::new();
        let mut see = |dot: Dot| {
            let seen = renamed.entry(dot.dno).or_default();
            *seen = dot.dseq.max(*seen);
        };
        for (dno, dseq) in context {
            let dot = Dot::new(*dno, *dseq);
            if let Some((old, last)) = self.old
                && dot.dno == old
                && dot.dseq > last
                && last > 0
            {
                see(Dot::new(old, last));
            }
            see(self.dot(dot));
        }
        renamed
    }

    fn op(&self, op: &mut Op) {
        op.dot = self.dot(op.dot);
        op.sv = op.sv.map(|dot| self.dot(dot));
        op.ctx = op.ctx.as_ref().map(|context| self.context(context));
        for write in &mut op.writes {
            for dot in &mut write.base {
                *dot = self.dot(*dot);
            }
            write.base.sort_unstable();
        }
    }

    fn state(&self, state: &mut RecordState) {
        state.created.dot = self.dot(state.created.dot);
        for heads in state.heads.values_mut() {
            for head in heads.iter_mut() {
                head.dot = self.dot(head.dot);
                head.ctx = head.ctx.as_ref().map(|context| self.context(context));
            }
            heads.sort_by_key(|head| head.dot);
        }
    }
}

impl View<'_> {
    /// The number that this restored store had: the province is asked to replace it.
    pub fn number_to_replace(&self) -> Result<Option<u32>> {
        meta::find(self.connection(), REPLACES)
    }

    /// A fact about the road to the province.
    pub fn find_road_fact(&self, name: &str) -> Result<Option<Vec<u8>>> {
        meta::find(self.connection(), &format!("{ROAD}{name}"))
    }
}

impl Tx<'_> {
    /// Keeps a fact about the road to the province; `None` forgets it.
    pub fn set_road_fact(&self, name: &str, value: Option<&[u8]>) -> Result<()> {
        match value {
            Some(value) => meta::set(self.connection(), &format!("{ROAD}{name}"), value),
            None => meta::clear(self.connection(), &format!("{ROAD}{name}")),
        }
    }

    /// The counter of the request that is sent next; each is given once, and kept before it is used.
    pub fn next_request_counter(&self) -> Result<u64> {
        let next: i64 = meta::find(self.connection(), REQUESTS)?.unwrap_or(0) + 1;
        meta::set(self.connection(), REQUESTS, next)?;
        Ok(next.unsigned_abs())
    }

    /// Goes on from the counter that the province expects.
    pub fn set_request_counter(&self, next: u64) -> Result<()> {
        meta::set(self.connection(), REQUESTS, signed(next.saturating_sub(1)))
    }

    /// Takes the number that the province gave. Refused where the store has one already.
    pub fn take_number(&self, answer: &EnrolAnswer) -> Result<()> {
        let connection = self.connection();
        if self.device_number()?.is_some() {
            return Err(Error::AlreadyEnrolled);
        }
        self.finish_records()?;
        let renumbering = self.plan(answer)?;
        self.rewrite_outbox(&renumbering)?;
        self.rewrite_records(&renumbering)?;
        rewrite_rows(connection, &renumbering)?;
        rewrite_drafts(connection, &renumbering)?;

        let next: i64 = meta::find(connection, NEXT_DSEQ)?.unwrap_or(1);
        meta::set(connection, DNO, answer.dno)?;
        meta::set(connection, NEXT_DSEQ, next.saturating_add(signed(renumbering.shift)))?;
        meta::set(connection, SHIFT, signed(renumbering.shift))?;
        meta::clear(connection, REPLACES)?;
        meta::clear(connection, FORKED)?;
        meta::set(connection, REQUESTS, 0i64)?;
        self.writing.borrow_mut().forget_device();
        self.note_grants(&answer.grants)?;
        self.name_workers()?;
        for capability in ["sync", "households", "people", "workers"] {
            self.touch(capability);
        }
        Ok(())
    }

    fn plan(&self, answer: &EnrolAnswer) -> Result<Renumbering> {
        let connection = self.connection();
        let Some(old) = self.number_to_replace()? else {
            return Ok(Renumbering { new: answer.dno, shift: 0, old: None });
        };
        let forked: Option<String> = meta::find(connection, FORKED)?;
        let forked = forked.as_deref().and_then(|text| text.split_once(':'));
        // What the province has of a number that two copies wrote under may be the other copy's.
        let parts = match forked.map(|(last, next)| (last.parse().ok(), next.parse().ok())) {
            Some((last, next)) => last.zip(next),
            None => {
                let next = former(connection)?.into_iter().find(|(dno, _)| *dno == old).map_or(1, |(_, next)| next);
                answer.replaced_last_dseq.map(|last| (last, next))
            }
        };
        let shift = parts.map_or(0, |(last, next): (u64, u64)| next.saturating_sub(1).saturating_sub(last));
        Ok(Renumbering { new: answer.dno, shift, old: parts.map(|(last, _)| (old, last)) })
    }

    /// Another copy of this store writes under the same number: a cloned disk, or a file that was put back by hand. From
    /// here on the store is an unenrolled one, like a restored one; what the province has not receipted to *this* copy
    /// gets dots of the number that it is given next.
    pub fn leave_forked_number(&self) -> Result<()> {
        let connection = self.connection();
        let Some(dno) = self.device_number()? else { return Ok(()) };
        let last: i64 = connection
            .prepare_cached("SELECT coalesce(max(last_dseq), 0) FROM batch WHERE dno = ?1 AND receipt IS NOT NULL")?
            .query_row([dno], |row| row.get(0))?;
        let next: i64 = meta::find(connection, NEXT_DSEQ)?.unwrap_or(1);
        give_up(connection, dno, last + 1)?;
        meta::set(connection, FORKED, format!("{last}:{next}"))?;
        self.writing.borrow_mut().forget_device();
        Ok(())
    }

    fn rewrite_outbox(&self, renumbering: &Renumbering) -> Result<()> {
        let connection = self.connection();
        if let Some((old, last)) = renumbering.old {
            // What the province has of the old number is receipted by that.
            let range: (Option<i64>, Option<i64>) = connection
                .prepare_cached(
                    "SELECT min(o.n), max(o.last_n) FROM outbox AS o JOIN act AS a ON a.id = o.grp \
                     WHERE a.dno = ?1 AND a.last_dseq <= ?2",
                )?
                .query_row(rusqlite::params![old, signed(last)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if let (Some(first), Some(last)) = range {
                self.take_out(first, last)?;
                // Their receipts went to the lost disk, and with them the stamps: the scope is read once more.
                let sql = "UPDATE cursor SET known = max(known, seq), seq = 0, back = 1";
                connection.prepare_cached(sql)?.execute([])?;
            }
        }
        let mut read = connection.prepare_cached("SELECT n, ops FROM outbox WHERE n > ?1 ORDER BY n LIMIT 500")?;
        let mut write = connection.prepare_cached("UPDATE outbox SET ops = ?1 WHERE n = ?2")?;
        let mut after = i64::MIN;
        loop {
            let rows: Vec<(i64, Vec<u8>)> =
                read.query_map([after], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            after = *last;
            for (n, bytes) in rows {
                let mut ops = Writer::new();
                for mut op in Op::decode_all(&bytes)? {
                    renumbering.op(&mut op);
                    op.write(&mut ops);
                }
                write.execute(rusqlite::params![ops.into_bytes(), n])?;
            }
        }
    }

    fn rewrite_records(&self, renumbering: &Renumbering) -> Result<()> {
        let connection = self.connection();
        let mut read = connection.prepare_cached("SELECT lid, rid FROM rec WHERE lid > ?1 ORDER BY lid LIMIT 500")?;
        let mut after = i64::MIN;
        loop {
            let rows: Vec<(i64, [u8; 16])> =
                read.query_map([after], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            after = *last;
            for (_, rid) in rows {
                let Some(Loaded { lid, mut state, digest, .. }) = state::find(connection, RecordId(rid))? else { continue };
                let before = state.clone();
                renumbering.state(&mut state);
                if state != before {
                    let new = state::rewrite(connection, lid, &state)?;
                    self.writing.borrow_mut().count(connection, state.scope, Some(digest), Some(new))?;
                }
            }
        }
    }
}

fn rewrite_rows(connection: &Connection, renumbering: &Renumbering) -> Result<()> {
    const HISTORY: [&str; 2] = [
        "UPDATE history SET dno = :new, dseq = dseq + :by WHERE dno = :old AND dseq > :after",
        "UPDATE history SET old_dno = :new, old_dseq = old_dseq + :by WHERE old_dno = :old AND old_dseq > :after",
    ];
    const ACTS: &str = "UPDATE act SET dno = :new, first_dseq = first_dseq + :by, last_dseq = last_dseq + :by \
                        WHERE dno = :old AND first_dseq > :after";
    let mut parts = Vec::new();
    // The old number first: its ops come before those without a number.
    if let Some((old, last)) = renumbering.old {
        parts.push((old, -signed(last), signed(last)));
    }
    parts.push((UNENROLLED, signed(renumbering.shift), 0));
    for (old, by, after) in parts {
        for sql in HISTORY.into_iter().chain([ACTS]) {
            connection
                .prepare_cached(sql)?
                .execute(named_params! { ":new": renumbering.new, ":by": by, ":old": old, ":after": after })?;
        }
    }
    Ok(())
}

fn rewrite_drafts(connection: &Connection, renumbering: &Renumbering) -> Result<()> {
    let drafts: Vec<(i64, String)> = connection
        .prepare_cached("SELECT id, opened FROM draft ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, text) in drafts {
        let mut opened = Opened::from_text(&text)?;
        for dot in opened.0.values_mut().flat_map(|heads| heads.0.values_mut().flatten()) {
            *dot = renumbering.dot(*dot);
        }
        let sql = "UPDATE draft SET opened = ?1 WHERE id = ?2";
        connection.prepare_cached(sql)?.execute(rusqlite::params![opened.to_text()?, id])?;
    }
    Ok(())
}

/// Makes a restored store an unenrolled one. A store that never had a number has nothing to give up.
pub(crate) fn give_up_number(connection: &Connection) -> Result<()> {
    let number: Option<u32> = meta::find(connection, DNO)?;
    let Some(dno) = number.filter(|dno| *dno != UNENROLLED) else { return Ok(()) };
    let next: i64 = meta::find(connection, NEXT_DSEQ)?.unwrap_or(1);
    give_up(connection, dno, next)
}

/// Gives up a number; its ops below `next` are in the state.
fn give_up(connection: &Connection, dno: u32, next: i64) -> Result<()> {
    let mut numbers: Vec<String> = former(connection)?.into_iter().map(|(dno, next)| format!("{dno}:{next}")).collect();
    numbers.push(format!("{dno}:{next}"));
    meta::set(connection, FORMER, numbers.join(","))?;
    meta::set(connection, REPLACES, dno)?;
    meta::set(connection, DNO, UNENROLLED)?;
    meta::set(connection, NEXT_DSEQ, 1i64)?;
    meta::clear(connection, SHIFT)?;
    // Sealed and not receipted: the ops are in the outbox and will be sealed under the new number.
    connection.execute("DELETE FROM batch WHERE receipt IS NULL", [])?;
    Ok(())
}
