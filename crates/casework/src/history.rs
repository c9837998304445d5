//! Who changed what, act by act, and undo.

use std::collections::BTreeMap;

use domain::records::{FamilyEvent, HouseholdMember, OutreachMark};
use domain::registry::Record;
use domain::{RecordId, Value};
use store::{ActPlace, Change, ChangeKind, Error, Sight, View};

use crate::commands::types::{HistoryPage, ListHistory, Undo, Undone};
use crate::convert::label;
use crate::host::{Host, author, instant};
use crate::problem::{Code, Problem, Result};
use crate::views::history::{ActView, ChangeView};

/// Acts at once.
const LARGEST_PAGE: usize = 100;

/// Acts on a household or person, newest first. A household's page shows its members' changes too.
pub fn list_history(host: &dyn Host, req: ListHistory) -> Result<HistoryPage> {
    let open = host.session().open()?;
    let limit = (req.limit as usize).min(LARGEST_PAGE);
    Ok(open.store.read(|view| {
        let mut changes = view.list_history(req.id, Sight::Plain)?;
        for member in view.list_children(req.id, HouseholdMember::KIND, Sight::Plain)? {
            if let Some(person) = member.record::<HouseholdMember>().person {
                changes.extend(view.list_history(person, Sight::Plain)?);
            }
        }
        changes.extend(elsewhere(view, req.id)?);
        // Marks of outreach are work about a person, not what is recorded about them.
        changes.retain(|change| change.kind.number != OutreachMark::KIND.number);
        let acts = acts(view, changes, open.account.uid)?;
        let more = acts.len() > req.offset as usize + limit;
        Ok(HistoryPage { acts: acts.into_iter().skip(req.offset as usize).take(limit).collect(), more })
    })?)
}

/// What stands under another record and belongs to this page too: memberships of a person, events that name it.
fn elsewhere(view: &View<'_>, id: RecordId) -> store::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (kind, column) in [(HouseholdMember::KIND, "person"), (FamilyEvent::KIND, "person"), (FamilyEvent::KIND, "other")] {
        for stored in view.list_referring(kind, column, id, Sight::Plain)? {
            changes.extend(view.list_history(stored.id, Sight::Plain)?);
        }
    }
    Ok(changes)
}

/// The event that an act wrote down, where it was one of family life.
fn event_of(view: &View<'_>, changes: &[Change]) -> store::Result<Option<FamilyEvent>> {
    let made = changes.iter().find(|change| change.what == ChangeKind::Made && is_event(change));
    let stored = made.map(|change| view.find_record(change.record, Sight::Plain)).transpose()?.flatten();
    Ok(stored.map(|stored| stored.record()))
}

fn is_event(change: &Change) -> bool {
    change.kind.number == FamilyEvent::KIND.number
}

/// What one save wrote, with its act where it was made on this machine.
struct Save {
    act: Option<ActPlace>,
    changes: Vec<Change>,
}

/// Changes put together by what one save wrote: this machine's by their act, others' by author and instant.
fn acts(view: &View<'_>, changes: Vec<Change>, me: u32) -> store::Result<Vec<ActView>> {
    let mut saves: BTreeMap<(i64, i64, u32, u32), Save> = BTreeMap::new();
    for change in changes {
        let act = if change.author.is_here { view.find_act_of(change.dot)? } else { None };
        let key = (change.at_ms, act.map_or(0, |act| act.id), change.author.dno, change.author.uid);
        saves.entry(key).or_insert_with(|| Save { act, changes: Vec::new() }).changes.push(change);
    }
    let mut acts = Vec::new();
    for ((at_ms, _, dno, uid), Save { act, changes }) in saves.into_iter().rev() {
        let Some(first) = changes.first() else { continue };
        let event = event_of(view, &changes)?;
        acts.push(ActView {
            act: act.map_or_else(|| format!("{dno}.{}", first.dot.dseq), |act| act.id.to_string()),
            at: instant(at_ms),
            worker: first.author.name.clone().unwrap_or_default(),
            device: (!first.author.is_here).then(|| format!("{dno:03}")),
            what: event.as_ref().and_then(|event| event.what.clone()).unwrap_or_else(|| what(&changes).to_owned()),
            on: event.as_ref().and_then(|event| event.happened_on).map(|on| on.to_string()),
            reason: event.and_then(|event| event.reason),
            can_undo: act.is_some_and(|act| uid == me && act.undoable),
            changes: lines(view, &changes)?,
        });
    }
    Ok(acts)
}

fn what(changes: &[Change]) -> &'static str {
    let has = |kind: ChangeKind| changes.iter().any(|change| change.what == kind);
    if has(ChangeKind::Deleted) {
        "deleted"
    } else if has(ChangeKind::Restored) {
        "restored"
    } else if has(ChangeKind::Made) {
        "created"
    } else {
        "changed"
    }
}

fn lines(view: &View<'_>, changes: &[Change]) -> store::Result<Vec<ChangeView>> {
    let mut lines = Vec::new();
    for change in changes.iter().filter(|change| !is_event(change)) {
        let label_of = label_of(view, change)?;
        let line = |column: &str, before, after| ChangeView {
            kind: change.kind.name.to_owned(),
            record: change.record,
            label: label_of.clone(),
            column: column.to_owned(),
            before,
            after,
        };
        let Some(field) = change.fid.and_then(|fid| change.kind.field(fid)) else {
            let after = match change.what {
                ChangeKind::Made => "created",
                ChangeKind::Deleted => "deleted",
                ChangeKind::Restored => "restored",
                ChangeKind::Merged => "merged",
                ChangeKind::Moved => "moved",
                ChangeKind::Written | ChangeKind::Superseded => continue,
            };
            lines.push(line("life", None, Some(after.to_owned())));
            continue;
        };
        let value = |values: &[Option<Value>], at: usize| values.get(at).and_then(Option::as_ref).cloned();
        for (at, column) in field.columns.iter().enumerate() {
            let (before, after) = (value(&change.old, at), value(&change.new, at));
            if before != after {
                lines.push(line(column.name, shown(view, before.as_ref())?, shown(view, after.as_ref())?));
            }
        }
    }
    Ok(lines)
}

/// What the record of a change is called; a membership by its person.
fn label_of(view: &View<'_>, change: &Change) -> store::Result<String> {
    if change.kind.number != HouseholdMember::KIND.number {
        return label(view, change.record);
    }
    let member = view.find_record(change.record, Sight::Plain)?.and_then(|stored| stored.record::<HouseholdMember>().person);
    member.map_or_else(|| Ok(String::new()), |person| label(view, person))
}

/// A value as text; a reference by what its record is called.
fn shown(view: &View<'_>, value: Option<&Value>) -> store::Result<Option<String>> {
    match value {
        Some(Value::Ref(id)) => label(view, *id).map(Some),
        value => Ok(value.map(Value::to_text)),
    }
}

/// Takes back an act of this worker: the one named, or the last. What was edited since stays.
pub fn undo(host: &dyn Host, req: Undo) -> Result<Undone> {
    let open = host.session().open()?;
    let (act, id, what) = open.store.read(|view| {
        let last = match &req.act {
            Some(act) => act.parse().ok().map(|act: i64| view.find_act(act)).transpose()?.flatten(),
            None => view.find_last_act(open.account.uid)?,
        };
        let last = last.filter(|act| act.uid == open.account.uid).ok_or(Error::NothingToUndo)?;
        let page = last.made.iter().chain(&last.changed).next().copied();
        let mut what = if last.made.is_empty() { "changed" } else { "created" };
        for made in &last.made {
            if view.find_record(*made, Sight::Plain)?.is_some_and(|stored| stored.kind().number == FamilyEvent::KIND.number) {
                what = "event";
                break;
            }
        }
        Ok((last.id, page, what))
    })?;
    let written = open.store.write(author(host, open.account.uid), |tx| tx.undo_act(act))?;
    if written.value.undone == 0 {
        return Err(Problem::new(Code::ChangedSince));
    }
    Ok(Undone {
        id: page_of(host, id)?,
        what: what.to_owned(),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    })
}

/// The household or person whose page shows a record.
fn page_of(host: &dyn Host, id: Option<RecordId>) -> Result<Option<RecordId>> {
    let Some(id) = id else { return Ok(None) };
    let open = host.session().open()?;
    let stored = open.store.read(|view| view.find_record(id, Sight::Plain))?;
    Ok(stored.map(|stored| stored.parent.unwrap_or(stored.id)))
}
