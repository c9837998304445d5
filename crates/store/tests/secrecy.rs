//! Nothing about people is readable on disk, whatever is open or half-written.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;

use common::{MUONG_BI, Office, all_files, by, now};
use domain::registry::Record;
use domain::{UnitId, records};
use store::Place;

const NAME: &str = "Quách Thị Thương";

fn is_found(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_registered_name_is_nowhere_in_the_clear() {
    let office = Office::new();
    let person = records::Person { full_name: Some(NAME.to_owned()), ..records::Person::default() };
    office.store.write(by(1), |tx| tx.create(&person.to_row(), Place::Root(UnitId(MUONG_BI)))).unwrap();
    assert!(fs::metadata(office.path().join("store.db-wal")).unwrap().len() > 0, "the WAL is among the files looked at");
    office.folder.back_up(&office.store, now()).unwrap();
    let open = all_files(&office.path());
    office.store.close();
    // Also as the search index folds it.
    let texts = [NAME, "quach", "thuong", "Quach", "Thương"];
    for (path, bytes) in open.into_iter().chain(all_files(&office.path())) {
        for text in texts {
            assert!(!is_found(&bytes, text), "{} shows {text}", path.display());
        }
        assert!(!bytes.starts_with(b"SQLite format 3"), "{} is not encrypted", path.display());
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(&office.path()), 0);
    assert_eq!(mode(&office.path().join("keys.json")), 0);
}

#[test]
fn the_recovery_key_is_not_on_disk() {
    let office = Office::new();
    let paper = office.recovery.reveal();
    for (path, bytes) in all_files(&office.path()) {
        let whole = is_found(&bytes, &paper) || is_found(&bytes, &paper.replace('-', ""));
        assert!(!whole, "{} holds the recovery key", path.display());
    }
}
