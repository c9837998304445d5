//! One record of any kind in a form: open, check, save, delete, restore. What is specially protected has its own door.

use domain::registry::Record;
use domain::{Kind, RecordId, UnitId, Value, records};
use store::{Error, Place, Sight, Store};

use crate::commands::types::{DeleteRecord, FormProblems, OpenRecord, RecordRequest, SaveRecord, SavedRecord};
use crate::convert::{can_save, form_of, kind_named, problems_of, row_of};
use crate::drafts;
use crate::forms::{FieldProblem, FormRecord};
use crate::host::{Host, today};
use crate::households::save::change;
use crate::limits;
use crate::problem::{Code, Problem, Result};
use crate::session::Open;

/// Kinds that only an administrator changes: the commune's places.
const PLACES: [&str; 2] = ["village", "region_status"];
/// Written by the province only, or by a command of their own.
const ELSEWHERE: &[&str] = &[records::PolicySet::KIND.name, records::PolicyRow::KIND.name, records::CommuneSetting::KIND.name];

/// Opens a record in a form; without an id an empty one of the kind.
pub fn open_record(host: &dyn Host, req: OpenRecord) -> Result<FormRecord> {
    let open = host.session().open()?;
    let Some(id) = req.id else { return Ok(FormRecord::default()) };
    let stored = open.store.read(|view| view.get_record(id, Sight::Plain))?;
    if !stored.hidden.is_empty() {
        return Err(Code::NoRight.into());
    }
    Ok(form_of(&stored))
}

/// Problems of a record while it is typed.
pub fn check_record(host: &dyn Host, req: SaveRecord) -> Result<FormProblems> {
    let kind = kind_named(&req.kind)?;
    Ok(FormProblems { problems: problems_of(kind, &req.record, "", today(host)) })
}

/// Saves a record: a new one, or the fields that the person changed.
pub fn save_record(host: &dyn Host, req: SaveRecord) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let kind = kind_named(&req.kind)?;
    if is_protected(kind, &req.record) {
        return Err(Code::NoRight.into());
    }
    save(host, &open, kind, &req, Sight::Plain)
}

/// Whether a form is of a kind that is specially protected, or holds a value that is: status `serving` of a parent.
pub(crate) fn is_protected(kind: &'static Kind, form: &FormRecord) -> bool {
    let is_serving = |form: &FormRecord| form.values.get("status").is_some_and(|status| status == "serving");
    kind.restricted || kind.name == records::ParentLink::KIND.name && is_serving(form)
}

/// Saves a record for a sight that the door has granted.
pub(crate) fn save(host: &dyn Host, open: &Open, kind: &'static Kind, req: &SaveRecord, sight: Sight) -> Result<SavedRecord> {
    check_kind(open, kind)?;
    let problems = problems_of(kind, &req.record, "", today(host));
    if !can_save(&problems) {
        return Err(Problem::invalid(problems));
    }
    let unit = UnitId(open.store.identity().unit);
    let written = limits::write(host, open, |tx| {
        let id = match req.record.id {
            Some(id) => {
                // A record that this sight may not see is not there for it.
                if tx.get_record(id, sight)?.kind().number != kind.number {
                    return Err(Error::BadValue);
                }
                change(tx, kind, id, &req.record)?;
                id
            }
            None => {
                let mut row = row_of(kind, &req.record.values).map_err(|_| Error::BadValue)?;
                if kind.number == records::Village::KIND.number {
                    row.set("unit", Some(Value::Int(i64::from(unit.0))));
                }
                tx.create(&row, place(kind, req.parent, unit)?)?
            }
        };
        drafts::discard_in(tx, req.draft.as_deref())?;
        Ok(id)
    })?;
    Ok(SavedRecord {
        id: written.value,
        problems: problems.into_iter().filter(|problem: &FieldProblem| problem.level == domain::Level::Warning).collect(),
        act: written.act.map(|act| act.to_string()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    })
}

/// A commune's own region status is a root; every other child needs its parent.
fn place(kind: &'static Kind, parent: Option<RecordId>, unit: UnitId) -> store::Result<Place> {
    match parent {
        Some(parent) => Ok(Place::Child(parent)),
        None if kind.is_root() || kind.number == records::RegionStatus::KIND.number => Ok(Place::Root(unit)),
        None => Err(Error::BadValue),
    }
}

/// Deletes a record; it can be restored.
pub fn delete_record(host: &dyn Host, req: DeleteRecord) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let stored = open.store.read(|view| view.get_record(req.id, Sight::Plain))?;
    check_kind(&open, stored.kind())?;
    let written = limits::write(host, &open, |tx| tx.delete(req.id, Some(&req.reason)))?;
    Ok(saved(req.id, written.act, &written.touched))
}

/// Brings a deleted record back.
pub fn restore_record(host: &dyn Host, req: RecordRequest) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let stored = open.store.read(|view| view.get_record(req.id, Sight::Plain))?;
    check_kind(&open, stored.kind())?;
    let written = limits::write(host, &open, |tx| tx.restore(req.id))?;
    Ok(saved(req.id, written.act, &written.touched))
}

/// Places need their right; what the province publishes, and what has a command of its own, is not written here.
fn check_kind(open: &Open, kind: &'static Kind) -> Result<()> {
    if ELSEWHERE.contains(&kind.name) {
        return Err(Code::NoRight.into());
    }
    if PLACES.contains(&kind.name) && !open.account.may(store::Right::Places) { Err(Code::NoRight.into()) } else { Ok(()) }
}

/// The answer to a write without problems.
pub(crate) fn saved(id: RecordId, act: Option<i64>, touched: &store::Touched) -> SavedRecord {
    SavedRecord {
        id,
        problems: Vec::new(),
        act: act.map(|act| act.to_string()),
        touched: touched.iter().map(ToString::to_string).collect(),
    }
}

/// The store's commune.
pub(crate) fn unit_of(store: &Store) -> UnitId {
    UnitId(store.identity().unit)
}
