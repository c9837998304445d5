//! Drafts: what is typed and not yet saved, kept inside the encrypted store, offered again after a crash or a lock.
//!
//! The heads that a form was opened on are kept beside the form, so that an enrolment can rewrite them; they are put back
//! into the form when it is offered again.

use std::collections::BTreeMap;

use domain::RecordId;
use serde_json::{Value as Json, json};
use store::{Heads, NewDraft, Opened, Tx};

use crate::commands::types::{DraftKept, DraftRequest, Drafts, KeepDraft, Nothing};
use crate::host::{Host, author, instant};
use crate::problem::{Code, Problem, Result};
use crate::views::drafts::Draft;

/// Keeps a draft. A worker has one of each screen and subject.
pub fn keep_draft(host: &dyn Host, req: KeepDraft) -> Result<DraftKept> {
    let open = host.session().open()?;
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

/// The record a form is about: that of its household, or its own.
fn subject(form: &Json) -> Option<RecordId> {
    let id = form.pointer("/household/id").or_else(|| form.pointer("/record/id")).or_else(|| form.get("id"))?;
    id.as_str()?.parse().ok()
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
    let kept = open.store.read(|view| view.list_drafts(open.account.uid))?;
    let draft = |kept: store::Draft| {
        let mut body: Json = serde_json::from_str(&kept.body).unwrap_or_default();
        let mut form = body.get_mut("form").map(Json::take).unwrap_or_default();
        put_back(&mut form, &kept.opened);
        Draft {
            key: kept.id.to_string(),
            screen: kept.form,
            label: body.get("label").and_then(Json::as_str).unwrap_or_default().to_owned(),
            at: instant(kept.saved_at_ms),
            form,
        }
    };
    Ok(Drafts { drafts: kept.into_iter().map(draft).collect() })
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
