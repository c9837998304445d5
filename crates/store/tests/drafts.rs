//! Drafts stay with their worker, keep what they had seen, and hold nothing that is specially protected.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::records;
use domain::registry::Record;
use register::{UNIT, a_person, author, later, register};
use store::{Author, Error, NewDraft, Opened, Place, Sight};

#[test]
fn a_worker_has_one_draft_of_a_form_on_a_subject() {
    let register = register();
    let id = register.write(|tx| tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT)));
    let heads = register.store.read(|view| view.get_record(id, Sight::Plain)).unwrap().heads;
    let opened = Opened([(id, heads)].into());
    let draft = |body| NewDraft { form: "person", subject: Some(id), body, opened: &opened };
    let first = register.write(|tx| tx.save_draft(&draft("{\"a\":1}")));
    let second = register.write_at(later(1), |tx| tx.save_draft(&draft("{\"a\":2}")));
    assert_eq!(first, second);
    register.write(|tx| tx.save_draft(&NewDraft { form: "household", subject: None, ..draft("{}") }));
    let drafts = register.store.read(|view| view.list_drafts(1)).unwrap();
    assert_eq!(drafts.len(), 2);
    let kept = &drafts[0];
    assert_eq!((kept.body.as_str(), kept.saved_at_ms), ("{\"a\":2}", later(1).at_ms));
    assert_eq!(kept.opened, opened, "it knows what it had seen");
    assert!(register.store.read(|view| view.list_drafts(2)).unwrap().is_empty());
    let other = Author { uid: 2, ..author() };
    assert!(!register.write_at(other, |tx| tx.delete_draft(first)), "nobody else throws it away");
    assert!(register.write(|tx| tx.delete_draft(first)));
    assert!(register.store.read(|view| view.find_draft(1, "person", Some(id))).unwrap().is_none());
}

#[test]
fn a_draft_on_what_is_specially_protected_is_refused() {
    let register = register();
    let id = register.write(|tx| {
        let person = tx.create(&a_person("Bùi Thị Mừng", "1948").to_row(), Place::Root(UNIT))?;
        let health = records::RestrictedHealth { matter: Some("hiv".to_owned()), ..records::RestrictedHealth::default() };
        tx.create(&health.to_row(), Place::Child(person))
    });
    let opened = Opened::default();
    let draft = NewDraft { form: "restricted_health", subject: Some(id), body: "{}", opened: &opened };
    assert!(matches!(register.store.write(author(), |tx| tx.save_draft(&draft)), Err(Error::Protected)));
}
