//! Conflicts: two values of one field, both kept until a person chooses.

use std::collections::{BTreeMap, BTreeSet};

use domain::registry::LIFE;
use domain::{RecordId, Value};
use store::{Conflict, FieldChange, NewAuditEntry, Right, Sight, View};

use crate::commands::types::{Conflicts, Nothing, ResolveConflict, SavedRecord};
use crate::convert::label;
use crate::host::{Host, instant};
use crate::limits;
use crate::problem::{Code, Problem, Result};
use crate::records::saved;
use crate::views::conflicts::{ConflictSide, ConflictView};

/// What a device is called until the province tells its name: its number.
fn device_label(dno: u32) -> String {
    format!("{dno:03}")
}

/// All conflicts of the store. Of what is specially protected one a page, and which page only for those with the right.
pub fn list_conflicts(host: &dyn Host, _: Nothing) -> Result<Conflicts> {
    let open = host.session().open()?;
    let may_know_whose = open.account.may(Right::RestrictedRead);
    Ok(open.store.read(|view| {
        let list = view.list_conflicts(Sight::Plain)?;
        let mut conflicts = list.conflicts.iter().map(|conflict| shown(view, conflict)).collect::<store::Result<Vec<_>>>()?;
        if list.protected > 0 {
            let all = view.list_conflicts(Sight::Restricted)?.conflicts;
            let pages: BTreeSet<RecordId> = protected(&list.conflicts, &all).map(page_of).collect();
            if may_know_whose {
                conflicts.extend(pages.into_iter().map(|page| told_only(page, Some("person"))));
            } else {
                conflicts.push(told_only(RecordId([0; 16]), None));
            }
        }
        Ok(Conflicts { conflicts })
    })?)
}

/// Those of `all` that a plain sight does not show.
fn protected<'a>(plain: &[Conflict], all: &'a [Conflict]) -> impl Iterator<Item = &'a Conflict> {
    let known: BTreeSet<(RecordId, u16)> = plain.iter().map(|conflict| (conflict.record, conflict.fid)).collect();
    all.iter().filter(move |conflict| !known.contains(&(conflict.record, conflict.fid)))
}

fn page_of(conflict: &Conflict) -> RecordId {
    conflict.parent.unwrap_or(conflict.record)
}

/// A conflict of which only the existence is told.
fn told_only(page: RecordId, page_kind: Option<&str>) -> ConflictView {
    ConflictView {
        record: page,
        kind: "restricted_health".to_owned(),
        label: String::new(),
        page: page_kind.map(|_| page),
        page_kind: page_kind.map(str::to_owned),
        fid: 0,
        columns: Vec::new(),
        restricted: true,
        sides: Vec::new(),
    }
}

/// Conflicts of a page: of a household or person, its members or records. Of what is specially protected only that there
/// are some.
pub(crate) fn of_page(view: &View<'_>, id: RecordId) -> store::Result<Vec<ConflictView>> {
    let list = view.list_conflicts_of(id, Sight::Plain)?;
    let mut conflicts = list.conflicts.iter().map(|conflict| shown(view, conflict)).collect::<store::Result<Vec<_>>>()?;
    if list.protected > 0 {
        conflicts.push(told_only(id, None));
    }
    Ok(conflicts)
}

/// The conflicts of what is specially protected, for a sight that the door has granted.
pub(crate) fn restricted_of_page(view: &View<'_>, id: RecordId) -> store::Result<Vec<ConflictView>> {
    let plain = view.list_conflicts_of(id, Sight::Plain)?.conflicts;
    let all = view.list_conflicts_of(id, Sight::Restricted)?.conflicts;
    protected(&plain, &all).map(|conflict| shown(view, conflict)).collect()
}

fn shown(view: &View<'_>, conflict: &Conflict) -> store::Result<ConflictView> {
    let page = page_of(conflict);
    let page_kind = view.find_record(page, Sight::Plain)?.map(|stored| stored.kind().name.to_owned());
    let columns: Vec<String> = match conflict.kind.field(conflict.fid) {
        Some(field) => field.columns.iter().map(|column| column.name.to_owned()).collect(),
        None if conflict.fid == LIFE => vec!["life".to_owned()],
        None => Vec::new(),
    };
    let mut sides = Vec::new();
    for side in &conflict.sides {
        let mut names = BTreeMap::new();
        for (column, value) in columns.iter().zip(&side.values) {
            if let Some(Value::Ref(id)) = value {
                names.insert(column.clone(), label(view, *id)?);
            }
        }
        let mut values: Vec<(String, Option<String>)> =
            columns.iter().cloned().zip(side.values.iter().map(|value| value.as_ref().map(Value::to_text))).collect();
        if conflict.fid == LIFE {
            values = vec![("life".to_owned(), Some(if side.is_deletion { "deleted" } else { "edited" }.to_owned()))];
        }
        sides.push(ConflictSide {
            dot: (side.dot.dno, side.dot.dseq),
            values,
            names,
            worker: side.author.name.clone().unwrap_or_default(),
            device: device_label(side.author.dno),
            at: instant(side.at_ms),
            shown: side.is_shown,
        });
    }
    Ok(ConflictView {
        record: conflict.record,
        kind: conflict.kind.name.to_owned(),
        label: conflict.title.clone(),
        page: Some(page),
        page_kind,
        fid: conflict.fid,
        columns,
        restricted: false,
        sides,
    })
}

/// Keeps one of the values: an ordinary change by somebody who has seen all of them.
pub fn resolve_conflict(host: &dyn Host, req: ResolveConflict) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let may_see = open.account.may(Right::RestrictedWrite);
    let is_meant = |conflict: &Conflict| conflict.record == req.record && conflict.fid == req.fid;
    let (conflict, is_protected) = open.store.read(|view| {
        let plain = view.list_conflicts_of(req.record, Sight::Plain)?.conflicts.into_iter().find(is_meant);
        if plain.is_some() || !may_see {
            return Ok((plain, false));
        }
        Ok((view.list_conflicts_of(req.record, Sight::Restricted)?.conflicts.into_iter().find(is_meant), true))
    })?;
    let conflict = conflict.ok_or_else(|| Problem::new(Code::NotFound))?;
    let kept = conflict.sides.iter().find(|side| (side.dot.dno, side.dot.dseq) == req.keep);
    let kept = kept.ok_or_else(|| Problem::new(Code::NotFound))?;
    let written = limits::write(host, &open, |tx| {
        if is_protected {
            let record = Some((conflict.kind.number, req.record));
            tx.record_audit(NewAuditEntry { act: "restricted.save", record, reason: None })?;
        }
        if req.fid != LIFE {
            let change = FieldChange { fid: req.fid, values: kept.values.clone() };
            return tx.change_now(req.record, &[change]).map(drop);
        }
        if kept.is_deletion { tx.delete(req.record, Some("conflict")) } else { tx.restore(req.record) }
    })?;
    Ok(saved(req.record, written.act, &written.touched))
}
