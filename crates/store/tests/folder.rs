//! A folder that is there already, damaged or not ours: each is said, nothing is overwritten.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{CHEAP, Office, PASSWORD, left_office, new_store, now, open, read_mark, write_mark};
use store::{Error, Folder, FolderState};
use tempfile::TempDir;

#[test]
fn one_process_holds_a_folder_once() {
    let office = Office::new();
    assert!(matches!(Folder::open_with_cost(office.path(), CHEAP), Err(Error::InUse)));
}

#[test]
fn looking_at_a_folder_makes_nothing() {
    let place = TempDir::new().unwrap();
    let folder = open(&place.path().join("none"));
    assert_eq!(folder.state().unwrap(), FolderState::Absent);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_store_is_not_made_over_another() {
    let office = Office::new();
    write_mark(&office.store, "first");
    assert!(matches!(office.folder.create(new_store(PASSWORD), now()), Err(Error::AlreadyAStore)));
    assert_eq!(read_mark(&office.store).as_deref(), Some("first"));
}

#[test]
fn a_file_is_no_folder() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(matches!(Folder::open(&file), Err(Error::NotAStore)));
}

#[test]
fn a_folder_without_a_store_cannot_be_signed_in_to() {
    let place = TempDir::new().unwrap();
    assert!(matches!(open(place.path()).sign_in(1, PASSWORD, now()), Err(Error::NotAStore)));
}

#[test]
fn a_set_up_that_was_cut_begins_anew() {
    let place = left_office();
    let path = place.path().join("data");
    fs::rename(path.join("store.db"), path.join("store.db.new")).unwrap();
    let folder = open(&path);
    assert_eq!(folder.state().unwrap(), FolderState::Absent);
    folder.create(new_store("một mật khẩu khác"), now()).unwrap();
    assert!(matches!(folder.sign_in(1, PASSWORD, now()), Err(Error::WrongPassword)));
}

#[test]
fn a_missing_database_is_said_and_not_made() {
    let place = left_office();
    let path = place.path().join("data");
    fs::remove_file(path.join("store.db")).unwrap();
    let folder = open(&path);
    assert!(matches!(folder.state().unwrap(), FolderState::StoreMissing(_)));
    assert!(matches!(folder.sign_in(1, PASSWORD, now()), Err(Error::StoreMissing)));
    assert!(matches!(folder.create(new_store(PASSWORD), now()), Err(Error::AlreadyAStore)));
    assert!(!path.join("store.db").exists());
}

#[test]
fn a_damaged_database_is_said_and_kept_as_it_is() {
    for damage in [damage_first_page as fn(&Path), empty] {
        let place = left_office();
        let path = place.path().join("data");
        damage(&path.join("store.db"));
        let before = common::all_files(&path);
        assert!(matches!(open(&path).sign_in(1, PASSWORD, now()), Err(Error::Damaged(_))));
        assert!(common::all_files(&path) == before, "a damaged file is not touched");
    }
}

fn damage_first_page(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes[100] ^= 1;
    fs::write(path, bytes).unwrap();
}

fn empty(path: &Path) {
    fs::write(path, "").unwrap();
}
