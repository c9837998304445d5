//! Drafts: what is typed and not yet saved, kept inside the encrypted store, offered again after a crash or a lock.
//!
//! Two shapes of form: that of a whole household, and `{"kind","parent","page","record"}` of one record, kept under the
//! screen `record.<kind>` and shown again on `page`. What is specially protected is refused: it is typed behind its own door
//! and nowhere else.
//!
//! The heads that a form was opened on are kept beside the form, so that an enrolment can rewrite them; they are put back
//! into the form when it is offered again.

use std::collections::BTreeMap;

use domain::{Kind, RecordId, ValueType, registry};
use serde_json::{Value as Json, json};
use store::{Heads, NewDraft, Opened, Sight, Tx, View};

use crate::commands::types::{DraftKept, DraftRequest, Drafts, KeepDraft, Nothing};
use crate::convert::{kind_named, label, label_of};
use crate::forms::FormRecord;
use crate::host::{Host, author, instant};
use crate::problem::{Code, Problem, Result};
use crate::records::is_protected;
use crate::views::drafts::Draft;

/// Keeps a draft. A worker has one of each screen and subject.
pub fn keep_draft(host: &dyn Host, req: KeepDraft) -> Result<DraftKept> {
    let open = host.session().open()?;
    expect_unprotected(&req.form)?;
    let mut opened = BTreeMap::new();
    collect(&req.form, &mut opened);
    let subject = subject(&req.form);
    let body = json!({ "label": req.label, "form": req.form }).to_string();
    let author = author(host, open.account.uid);
    let opened = Opened(opened);
    let draft = NewDraft { form: &req.screen, subject, body: &body, opened: &opened };
    let written = open.store.write(author, |tx| tx.save_draft(&draft))?;
    Ok(DraftKept { key: written.value.to_string(), at: instant(author.at_ms) })
}

/// A form of one record must not be of a kind that is specially protected, nor hold a value that is.
fn expect_unprotected(form: &Json) -> Result<()> {
    let Some(kind) = form.get("kind").and_then(Json::as_str) else { return Ok(()) };
    let record: FormRecord =
        form.get("record").cloned().map(serde_json::from_value).transpose().map_err(|_| Code::BadRequest)?.unwrap_or_default();
    if is_protected(kind_named(kind)?, &record) { Err(Code::NoRight.into()) } else { Ok(()) }
}

/// The record a form is about: that of its household, its own, or for a new one the page it belongs to.
fn subject(form: &Json) -> Option<RecordId> {
    ["/household/id", "/record/id", "/id", "/page"].iter().find_map(|path| id_at(form, path))
}

fn id_at(form: &Json, path: &str) -> Option<RecordId> {
    form.pointer(path)?.as_str()?.parse().ok()
}

/// The heads of every form record within a form.
fn collect(form: &Json, opened: &mut BTreeMap<RecordId, Heads>) {
    match form {
        Json::Object(fields) => {
            let id = fields.get("id").and_then(Json::as_str).and_then(|id| id.parse().ok());
            let heads = form.pointer("/opened/heads").and_then(|heads| serde_json::from_value(heads.clone()).ok());
            if let (Some(id), Some(heads)) = (id, heads) {
                opened.insert(id, heads);
            }
            fields.values().for_each(|field| collect(field, opened));
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, opened)),
        _ => {}
    }
}

/// The other way: heads as they are now called.
fn put_back(form: &mut Json, opened: &Opened) {
    match form {
        Json::Object(fields) => {
            let id: Option<RecordId> = fields.get("id").and_then(Json::as_str).and_then(|id| id.parse().ok());
            if let Some(heads) = id.and_then(|id| opened.0.get(&id))
                && let Some(place) = fields.get_mut("opened").and_then(|opened| opened.get_mut("heads"))
                && let Ok(heads) = serde_json::to_value(heads)
            {
                *place = heads;
            }
            fields.values_mut().for_each(|field| put_back(field, opened));
        }
        Json::Array(items) => items.iter_mut().for_each(|item| put_back(item, opened)),
        _ => {}
    }
}

/// This worker's drafts, newest first.
pub fn list_drafts(host: &dyn Host, _: Nothing) -> Result<Drafts> {
    let open = host.session().open()?;
    Ok(open.store.read(|view| {
        let kept = view.list_drafts(open.account.uid)?;
        let drafts = kept.into_iter().map(|kept| shown(view, kept)).collect::<store::Result<_>>()?;
        Ok(Drafts { drafts })
    })?)
}

fn shown(view: &View<'_>, kept: store::Draft) -> store::Result<Draft> {
    let mut body: Json = serde_json::from_str(&kept.body).unwrap_or_default();
    let mut form = body.get_mut("form").map(Json::take).unwrap_or_default();
    put_back(&mut form, &kept.opened);
    let page = match id_at(&form, "/page") {
        Some(id) => view.find_record(view.resolve(id)?, Sight::Plain)?,
        None => None,
    };
    let label = match &page {
        Some(page) if page.kind().name == "household" => view.head_name(page.id)?.unwrap_or_default(),
        Some(page) => label_of(page),
        None => body.get("label").and_then(Json::as_str).unwrap_or_default().to_owned(),
    };
    Ok(Draft {
        key: kept.id.to_string(),
        screen: kept.form,
        label,
        at: instant(kept.saved_at_ms),
        page: page.as_ref().map(|page| page.id),
        page_kind: page.map(|page| page.kind().name.to_owned()),
        names: names(view, &form)?,
        form,
    })
}

/// What the references in a form of one record are called now.
fn names(view: &View<'_>, form: &Json) -> store::Result<BTreeMap<String, String>> {
    let kind = form.get("kind").and_then(Json::as_str).and_then(registry::kind_named);
    let mut names = BTreeMap::new();
    for column in kind.into_iter().flat_map(Kind::columns).filter(|column| column.ty == ValueType::Ref) {
        if let Some(id) = id_at(form, &format!("/record/values/{}", column.name)) {
            names.insert(column.name.to_owned(), label(view, id)?);
        }
    }
    Ok(names)
}

/// Throws a draft away.
pub fn discard_draft(host: &dyn Host, req: DraftRequest) -> Result<Nothing> {
    let open = host.session().open()?;
    let id = req.key.parse().map_err(|_| Problem::new(Code::BadRequest))?;
    open.store.write(author(host, open.account.uid), |tx| tx.delete_draft(id))?;
    Ok(Nothing {})
}

/// Throws away the draft that a save came from, in the save's transaction.
pub(crate) fn discard_in(tx: &Tx<'_>, key: Option<&str>) -> store::Result<()> {
    if let Some(id) = key.and_then(|key| key.parse().ok()) {
        tx.delete_draft(id)?;
    }
    Ok(())
}
