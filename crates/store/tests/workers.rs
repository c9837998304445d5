//! Workers: adding, changing, removing with a new key, and the last administrator.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;

use common::{OTHER_PASSWORD, Office, PASSWORD, by, now, open, read_mark, write_mark};
use store::{Error, NewWorker, Proof, Right, Role, WorkerChange};
use tempfile::TempDir;

#[test]
fn a_new_worker_signs_in_with_the_own_password() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::OneStop, false);
    office.store.close();
    let store = office.folder.sign_in(second, OTHER_PASSWORD, now()).unwrap();
    let account = store.read(|view| view.get_account(second)).unwrap();
    assert!(account.may(Right::RegisterWrite) && !account.may(Right::Export));
}

#[test]
fn a_worker_without_a_name_is_refused() {
    let office = Office::new();
    let new = NewWorker { name: "  ", role: Role::Officer, admin: false, password: OTHER_PASSWORD };
    assert!(matches!(office.folder.add_worker(&office.store, by(1), new), Err(Error::BadName)));
}

#[test]
fn a_change_of_role_shows_inside_and_outside() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::OneStop, false);
    let change = WorkerChange { name: "Đinh Văn Ước", role: Role::Chairman, admin: true };
    office.folder.change_worker(&office.store, by(1), second, change).unwrap();
    let account = office.store.read(|view| view.get_account(second)).unwrap();
    assert!(account.may(Right::Audit) && account.may(Right::Accounts) && !account.may(Right::RegisterWrite));
    let store::FolderState::Locked(facts) = office.folder.state().unwrap() else { panic!("the store is there") };
    assert_eq!((facts.workers[1].role, facts.workers[1].admin), (Role::Chairman, true));
}

#[test]
fn the_last_administrator_stays() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::Officer, false);
    assert!(matches!(office.folder.remove_worker(&office.store, by(1), 1), Err(Error::LastAdmin)));
    let change = WorkerChange { name: "Bùi Thị Mừng", role: Role::Officer, admin: false };
    assert!(matches!(office.folder.change_worker(&office.store, by(1), 1, change), Err(Error::LastAdmin)));
    office.folder.remove_worker(&office.store, by(1), second).unwrap();
    assert!(matches!(office.folder.remove_worker(&office.store, by(1), 1), Err(Error::LastAdmin)));
    office.store.close();
    office.sign_in();
}

#[test]
fn removing_a_worker_changes_the_key_and_nobodys_password() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::Officer, false);
    let third = office.add("Hà Thị Vân", Role::Accountant, false);
    write_mark(&office.store, "before");
    let old_keys = fs::read(office.path().join("keys.json")).unwrap();
    let old_backup = office.folder.back_up(&office.store, now()).unwrap();
    office.folder.remove_worker(&office.store, by(1), second).unwrap();
    write_mark(&office.store, "after");
    office.store.close();

    assert!(matches!(office.folder.sign_in(second, OTHER_PASSWORD, now()), Err(Error::UnknownWorker)));
    for (uid, password) in [(1, PASSWORD), (third, OTHER_PASSWORD)] {
        let store = office.folder.sign_in(uid, password, now()).unwrap();
        assert_eq!(read_mark(&store).as_deref(), Some("after"));
        store.full_check().unwrap();
        store.close();
    }
    let store = office.folder.reset_password(1, &office.recovery, "mật khẩu mới", now()).unwrap();
    assert_eq!(read_mark(&store).as_deref(), Some("after"));
    store.close();

    // The removed worker kept the key file of before: it opens the backup of before, not the store of today.
    for name in ["keys.json", "keys.json.bak"] {
        fs::write(office.path().join(name), &old_keys).unwrap();
    }
    assert!(matches!(office.folder.sign_in(second, OTHER_PASSWORD, now()), Err(Error::Damaged(_))));
    let elsewhere = TempDir::new().unwrap();
    let folder = open(&elsewhere.path().join("data"));
    folder.restore(&old_backup.path, Proof::Password { uid: 1, password: PASSWORD }, None, now()).unwrap();
    let store = folder.sign_in(second, OTHER_PASSWORD, now()).unwrap();
    assert_eq!(read_mark(&store).as_deref(), Some("before"));
}

#[test]
fn numbers_are_never_given_twice() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::Officer, false);
    office.folder.remove_worker(&office.store, by(1), second).unwrap();
    assert_eq!(office.add("Hà Thị Vân", Role::Officer, false), second + 1);
}
