//! The audit: append-only, chained, paged.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use common::{Office, by};
use domain::RecordId;
use store::NewAuditEntry;

#[test]
fn rows_are_numbered_chained_and_paged_newest_first() {
    let office = Office::new();
    let rid = RecordId::from_parts(1_795_000_000_000, [7; 10]);
    for n in 0..5 {
        office
            .store
            .write(by(1), |tx| {
                tx.record_audit(NewAuditEntry {
                    act: "restricted.read",
                    record: Some((12, rid)),
                    reason: Some(&format!("visit {n}")),
                })
            })
            .unwrap();
    }
    office
        .store
        .read(|view| {
            view.verify_audit()?;
            assert_eq!(view.audit_head()?.n, 6, "the making of the store is the first row");
            let first = view.list_audit(None, 4)?;
            let second = view.list_audit(first.next.as_ref(), 4)?;
            let numbers: Vec<u64> = first.entries.iter().chain(&second.entries).map(|entry| entry.n).collect();
            assert_eq!(numbers, [6, 5, 4, 3, 2, 1]);
            assert_eq!(second.next, None);
            assert_eq!((first.entries[0].kind, first.entries[0].rid), (Some(12), Some(rid)));
            Ok(())
        })
        .unwrap();
}

#[test]
fn listeners_hear_what_was_touched_after_the_commit() {
    let office = Office::new();
    let (sender, receiver) = std::sync::mpsc::channel();
    office.store.listen(move |touched| sender.send(touched.clone()).unwrap());
    let written = office.store.write(by(1), |tx| tx.set_setting("mark", Some("1"))).unwrap();
    assert!(written.touched.contains("settings"));
    assert_eq!(receiver.try_recv().unwrap(), written.touched);
    office
        .store
        .write(by(1), |tx| {
            tx.set_setting("mark", Some("2"))?;
            Err::<(), _>(store::Error::NotAStore)
        })
        .unwrap_err();
    assert!(receiver.try_recv().is_err(), "what was undone is not told");
}
