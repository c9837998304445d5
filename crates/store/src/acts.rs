//! Acts (việc đã làm) and their undoing: what a worker did in one go, taken back by writing again.
//!
//! Owes its callers: an undo is an ordinary act that travels like any other, and touches nothing that was edited since.
//! Would surprise: a household made by the act stays as a whole part around a person who was edited since: with the row
//! that says who lives there, and with what else is needed to make sense of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::registry::{self, LIFE, MERGED_INTO, SCOPE};
use domain::{RecordId, ValueType};
use rusqlite::{OptionalExtension, named_params};
use sync::{Dot, FieldWrite};

use crate::error::{Error, Result};
use crate::open::{Tx, View};
use crate::records::state::{Envelope, Loaded, signed};

/// An act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its number.
    pub id: i64,
    /// The worker.
    pub uid: u32,
    /// When.
    pub at_ms: i64,
    /// Records it made.
    pub made: Vec<RecordId>,
    /// Records it changed or deleted.
    pub changed: Vec<RecordId>,
}

/// What an undo did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Records taken back.
    pub undone: u64,
    /// Records left as they are, because they were edited or built upon since.
    pub kept: Vec<RecordId>,
}

/// An act's row.
struct Span {
    dno: u32,
    first_dseq: i64,
    last_dseq: i64,
    lids: Option<(i64, i64)>,
}

impl Span {
    fn holds(&self, dot: Dot) -> bool {
        dot.dno == self.dno && (self.first_dseq..=self.last_dseq).contains(&signed(dot.dseq))
    }
}

/// A record that the act made.
struct Made {
    loaded: Loaded,
    keep: bool,
}

impl View<'_> {
    /// The newest act of a worker that can be taken back; imports are taken back as a whole.
    pub fn find_last_act(&self, uid: u32) -> Result<Option<Act>> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, at FROM act WHERE uid = ?1 AND undone_by IS NULL AND undoes IS NULL AND import IS NULL \
             ORDER BY id DESC LIMIT 1",
        )?;
        let found: Option<(i64, i64)> = statement.query_row([uid], |row| Ok((row.get("id")?, row.get("at")?))).optional()?;
        let Some((id, at_ms)) = found else { return Ok(None) };
        self.describe_act(id, uid, at_ms)
    }

    /// An act with what it made and changed.
    pub(crate) fn describe_act(&self, id: i64, uid: u32, at_ms: i64) -> Result<Option<Act>> {
        let Some(span) = self.span(id)? else { return Ok(None) };
        let made = self.made_by(&span)?;
        let mut changed = BTreeSet::new();
        for (rid, ..) in self.written_by(&span)? {
            if !made.contains(&rid) {
                changed.insert(rid);
            }
        }
        Ok(Some(Act { id, uid, at_ms, made, changed: changed.into_iter().collect() }))
    }

    fn span(&self, act: i64) -> Result<Option<Span>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT dno, first_dseq, last_dseq, first_lid, last_lid FROM act WHERE id = ?1 AND undone_by IS NULL",
        )?;
        let found = statement.query_row([act], |row| {
            let (first, last): (Option<i64>, Option<i64>) = (row.get("first_lid")?, row.get("last_lid")?);
            Ok(Span {
                dno: row.get("dno")?,
                first_dseq: row.get("first_dseq")?,
                last_dseq: row.get("last_dseq")?,
                lids: first.zip(last),
            })
        });
        Ok(found.optional()?)
    }

    /// Records that an act made, in the order of making.
    fn made_by(&self, span: &Span) -> Result<Vec<RecordId>> {
        let Some((first, last)) = span.lids else { return Ok(Vec::new()) };
        let mut statement = self.connection().prepare_cached(
            "SELECT r.lid, r.rid, r.kind, r.scope, r.parent, r.life, r.nconf, r.pend, r.clk, r.ext, r.h \
             FROM rec AS r WHERE r.lid BETWEEN ?1 AND ?2 ORDER BY r.lid",
        )?;
        let mut rows = statement.query([first, last])?;
        let mut made = Vec::new();
        while let Some(row) = rows.next()? {
            let envelope = Envelope::from_row(row)?;
            if span.holds(envelope.clk.created.dot) {
                made.push(envelope.rid);
            }
        }
        Ok(made)
    }

    /// Writes of an act on records that were there, the newest first.
    fn written_by(&self, span: &Span) -> Result<Vec<(RecordId, u16, Dot)>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT DISTINCT r.rid, h.fid, h.dseq FROM history AS h JOIN rec AS r ON r.lid = h.lid \
             WHERE h.dseq BETWEEN :first AND :last AND h.dno = :dno ORDER BY h.dseq DESC, h.fid DESC",
        )?;
        let span = (span.dno, span.first_dseq, span.last_dseq);
        let rows = statement.query_map(named_params! { ":first": span.1, ":last": span.2, ":dno": span.0 }, |row| {
            let dseq: i64 = row.get("dseq")?;
            Ok((RecordId(row.get("rid")?), row.get("fid")?, Dot::new(span.0, dseq.unsigned_abs())))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Takes an act back, as an act of its own.
    pub fn undo_act(&self, act: i64) -> Result<Undone> {
        self.end_act()?;
        let span = self.span(act)?.ok_or(Error::NothingToUndo)?;
        self.writing.borrow_mut().undoes = Some(act);
        let undone = self.undo_span(&span);
        let ended = undone.and_then(|undone| self.end_act().map(|()| undone));
        let mut writing = self.writing.borrow_mut();
        writing.undoes = None;
        let by = writing.last_act.take();
        drop(writing);
        let undone = ended?;
        if undone.undone > 0 {
            let sql = "UPDATE act SET undone_by = ?1 WHERE id = ?2";
            self.connection().prepare_cached(sql)?.execute(rusqlite::params![by, act])?;
        }
        Ok(undone)
    }

    fn undo_span(&self, span: &Span) -> Result<Undone> {
        let made = self.made_by(span)?;
        let mut undone = Undone::default();
        let (mut touched, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for (rid, fid, dot) in self.written_by(span)? {
            if made.contains(&rid) {
                continue;
            }
            if self.undo_change(rid, fid, dot)? {
                touched.insert(rid);
            } else {
                kept.insert(rid);
            }
        }
        let mut records = BTreeMap::new();
        for rid in made {
            let loaded = self.get_state(rid)?;
            let keep = self.is_built_upon(&loaded, span)?;
            records.insert(loaded.lid, Made { loaded, keep });
        }
        keep_what_belongs_together(&mut records);
        for made in records.into_values().rev() {
            let rid = made.loaded.state.rid;
            if made.keep {
                kept.insert(rid);
            } else {
                self.delete(rid, Some("undone"))?;
                touched.insert(rid);
            }
        }
        undone.undone = touched.len() as u64;
        undone.kept = kept.into_iter().collect();
        Ok(undone)
    }

    /// Takes back the merge by which a record was given up, whoever made it, with all else that was written by it.
    pub fn undo_merge(&self, id: RecordId) -> Result<Undone> {
        self.end_act()?;
        let loaded = self.get_state(id)?;
        let Some(dot) = loaded.state.shown(MERGED_INTO).filter(|head| head.value.is_some()).map(|head| head.dot) else {
            return Err(Error::NothingToUndo);
        };
        let mut undone = match self.find_act_of(dot)?.filter(|act| act.undoable) {
            Some(act) => self.undo_act(act.id)?,
            None => match self.span_around(loaded.lid, dot)? {
                Some(span) => self.undo_span(&span)?,
                None => Undone::default(),
            },
        };
        // Also where the field had a second value, which a plain undo leaves alone.
        if self.get_state(id)?.state.shown(MERGED_INTO).is_some_and(|head| head.value.is_some()) {
            self.merge_into(id, None)?;
            undone.undone += 1;
        }
        Ok(undone)
    }

    /// The writes of a save of another machine: those with the author and instant of one of them.
    fn span_around(&self, lid: i64, dot: Dot) -> Result<Option<Span>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT min(h.dseq) AS first, max(h.dseq) AS last FROM history AS h JOIN history AS w \
             ON w.dno = h.dno AND w.uid = h.uid AND w.at = h.at \
             WHERE w.lid = :lid AND w.fid = :fid AND w.dno = :dno AND w.dseq = :dseq AND h.dseq BETWEEN :from AND :to",
        )?;
        let dseq = signed(dot.dseq);
        let around = i64::from(sync::limits::GROUP_OPS);
        let found = statement.query_row(
            named_params! { ":lid": lid, ":fid": MERGED_INTO, ":dno": dot.dno, ":dseq": dseq, ":from": dseq - around, ":to": dseq + around },
            |row| Ok((row.get::<_, Option<i64>>("first")?, row.get::<_, Option<i64>>("last")?)),
        )?;
        let (Some(first_dseq), Some(last_dseq)) = found else { return Ok(None) };
        Ok(Some(Span { dno: dot.dno, first_dseq, last_dseq, lids: None }))
    }

    /// Takes one write back: the value before it is written again, or the values where several disagreed. False where the
    /// value does not stand any more, or has company. Writes that moved a record are not taken back.
    pub fn undo_change(&self, id: RecordId, fid: u16, dot: Dot) -> Result<bool> {
        let loaded = self.get_state(id)?;
        if !matches!(loaded.state.heads_of(fid), [head] if head.dot == dot) || fid == SCOPE {
            return Ok(false);
        }
        if fid == LIFE {
            return if loaded.state.is_marked_deleted() {
                self.restore(id).map(|()| true)
            } else {
                self.delete(id, Some("undone")).map(|()| true)
            };
        }
        let base = loaded.state.base(fid);
        let mut old = self.list_replaced(loaded.lid, fid, dot)?;
        let Some(shown) = old.pop() else { return Ok(false) };
        old.retain(|value| *value != shown);
        old.dedup();
        if old.is_empty() {
            return self.write_fields(loaded, BTreeMap::from([(fid, (shown, base))]), None);
        }
        // Of values that disagreed each is written again, the one that was shown last: they disagree once more.
        for value in old.into_iter().chain([shown]) {
            self.write_all(self.get_state(id)?, vec![FieldWrite { fid, value, base: base.clone() }], None)?;
        }
        Ok(true)
    }

    /// The values that a write replaced, the one that was shown last.
    fn list_replaced(&self, lid: i64, fid: u16, dot: Dot) -> Result<Vec<Option<Vec<u8>>>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT old_value FROM history WHERE lid = :lid AND fid = :fid AND dno = :dno AND dseq = :dseq \
             ORDER BY old_eff, old_dno, old_dseq",
        )?;
        let written = named_params! { ":lid": lid, ":fid": fid, ":dno": dot.dno, ":dseq": signed(dot.dseq) };
        Ok(statement.query_map(written, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether something was written in, under or towards a record since the act that made it.
    fn is_built_upon(&self, loaded: &Loaded, span: &Span) -> Result<bool> {
        let connection = self.connection();
        let state = &loaded.state;
        if loaded.state.effectively_deleted() || !state.heads.values().flatten().all(|head| span.holds(head.dot)) {
            return Ok(true);
        }
        let (first, last) = span.lids.unwrap_or((0, 0));
        let mut statement = connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM rec WHERE parent = ?1 AND life = 0 AND lid NOT BETWEEN ?2 AND ?3)")?;
        if statement.query_row(rusqlite::params![state.rid.0, first, last], |row| row.get(0))? {
            return Ok(true);
        }
        for kind in registry::KINDS {
            for column in kind.columns().filter(|column| column.ty == ValueType::Ref) {
                let sql = format!(
                    "SELECT EXISTS (SELECT 1 FROM {} AS t JOIN rec AS r ON r.lid = t.lid \
                     WHERE t.{} = ?1 AND r.life = 0 AND r.lid NOT BETWEEN ?2 AND ?3)",
                    kind.name, column.name
                );
                let mut statement = connection.prepare_cached(&sql)?;
                if statement.query_row(rusqlite::params![state.rid.0, first, last], |row| row.get(0))? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// What is kept keeps its parent, what it refers to, and the rows that say where a kept person lives.
fn keep_what_belongs_together(records: &mut BTreeMap<i64, Made>) {
    let links: Vec<(i64, bool, Vec<RecordId>)> = records
        .iter()
        .map(|(lid, made)| {
            let state = &made.loaded.state;
            let refers = registry::kind(state.kind).map_or_else(Vec::new, |kind| {
                let fields = kind.fields.iter().filter(|field| matches!(field.columns, [column] if column.ty == ValueType::Ref));
                let shown = fields.filter_map(|field| state.shown(field.fid)?.value.clone());
                shown.filter_map(|bytes| sync::value::decode(ValueType::Ref, &bytes).ok()).collect()
            });
            let refers = refers.into_iter().filter_map(|value| match value {
                domain::Value::Ref(id) => Some(id),
                _ => None,
            });
            let is_member = registry::kind(state.kind).is_some_and(|kind| kind.name == "household_member");
            (*lid, is_member, refers.chain(state.parent).collect())
        })
        .collect();
    loop {
        let kept: BTreeSet<RecordId> = records.values().filter(|made| made.keep).map(|made| made.loaded.state.rid).collect();
        let mut more = BTreeSet::new();
        for (lid, is_member, others) in &links {
            let Some(made) = records.get(lid) else { continue };
            if made.keep {
                more.extend(others.iter().copied());
            } else if *is_member && others.first().is_some_and(|person| kept.contains(person)) {
                more.insert(made.loaded.state.rid);
            }
        }
        let before = kept.len();
        for made in records.values_mut() {
            made.keep |= more.contains(&made.loaded.state.rid);
        }
        if records.values().filter(|made| made.keep).count() == before {
            return;
        }
    }
}
