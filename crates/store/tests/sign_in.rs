//! Signing in: passwords, the key file and its second copy, the recovery key.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;

use common::{MUONG_BI, OTHER_PASSWORD, Office, PASSWORD, by, new_store, now, open, read_mark, write_mark};
use store::{Error, Folder, FolderState, NewStore, RecoveryKey, Role};
use tempfile::TempDir;

#[test]
fn a_password_opens_what_was_written() {
    let office = Office::new();
    write_mark(&office.store, "kept");
    office.store.close();
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("kept"));
}

#[test]
fn a_real_folder_asks_the_full_price_of_a_password() {
    let place = TempDir::new().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    let (store, _) = folder.create(new_store(PASSWORD), now()).unwrap();
    store.close();
    let keys: serde_json::Value = serde_json::from_slice(&fs::read(place.path().join("keys.json")).unwrap()).unwrap();
    let price = serde_json::json!({ "memory_kib": 65_536, "passes": 3, "lanes": 1 });
    assert_eq!(keys["keys"]["workers"][0]["cost"], price);
    assert!(matches!(folder.sign_in(1, "khong phai the", now()), Err(Error::WrongPassword)));
    folder.sign_in(1, PASSWORD, now()).unwrap();
}

#[test]
fn an_open_store_is_handed_out_again() {
    let office = Office::new();
    let again = office.sign_in();
    write_mark(&again, "one store");
    assert_eq!(read_mark(&office.store).as_deref(), Some("one store"));
}

#[test]
fn a_closed_store_answers_nothing() {
    let office = Office::new();
    office.store.close();
    assert!(matches!(office.store.read(|view| view.find_setting("mark")), Err(Error::Closed)));
    assert!(matches!(office.store.write(by(1), |tx| tx.set_setting("mark", None)), Err(Error::Closed)));
}

#[test]
fn a_wrong_password_changes_nothing() {
    let office = Office::new();
    office.store.close();
    let before = common::all_files(&office.path());
    assert!(matches!(office.folder.sign_in(1, "sai mật khẩu rồi", now()), Err(Error::WrongPassword)));
    assert!(matches!(office.folder.sign_in(7, PASSWORD, now()), Err(Error::UnknownWorker)));
    assert!(common::all_files(&office.path()) == before, "a refused sign-in must not write");
}

#[test]
fn the_screen_lock_asks_the_same_password() {
    let office = Office::new();
    office.folder.verify_password(&office.store, 1, PASSWORD).unwrap();
    assert!(matches!(office.folder.verify_password(&office.store, 1, "khong phai the"), Err(Error::WrongPassword)));
}

#[test]
fn a_short_password_makes_no_store() {
    let place = TempDir::new().unwrap();
    let folder = open(&place.path().join("data"));
    assert!(matches!(folder.create(new_store("ngắn quá"), now()), Err(Error::WeakPassword { minimum: 10 })));
    assert_eq!(folder.state().unwrap(), FolderState::Absent);
}

#[test]
fn the_state_is_known_without_a_password() {
    let office = Office::new();
    office.add("Đinh Văn Ước", Role::OneStop, false);
    let FolderState::Locked(facts) = office.folder.state().unwrap() else { panic!("the store is there") };
    assert_eq!((facts.identity.unit, facts.identity.sample), (MUONG_BI, false));
    let shown: Vec<_> = facts.workers.iter().map(|worker| (worker.uid, &*worker.name, worker.role, worker.admin)).collect();
    assert_eq!(shown, [(1, "Bùi Thị Mừng", Role::Officer, true), (2, "Đinh Văn Ước", Role::OneStop, false)]);
}

#[test]
fn a_sample_says_so() {
    let place = TempDir::new().unwrap();
    let folder = open(place.path());
    let (store, _) = folder.create(NewStore { sample: true, ..new_store(PASSWORD) }, now()).unwrap();
    assert!(store.identity().sample);
    let FolderState::Locked(facts) = folder.state().unwrap() else { panic!("the store is there") };
    assert!(facts.identity.sample);
}

#[test]
fn one_damaged_copy_of_the_key_file_does_no_harm() {
    for name in ["keys.json", "keys.json.bak"] {
        let office = Office::new();
        office.store.close();
        let mut damaged = fs::read(office.path().join(name)).unwrap();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        fs::write(office.path().join(name), &damaged).unwrap();
        let store = office.sign_in();
        office.folder.change_password(&store, by(1), PASSWORD, OTHER_PASSWORD).unwrap();
        let kept = common::all_files(&office.path().join("set-aside"));
        assert!(kept.iter().any(|(_, bytes)| *bytes == damaged), "the damaged copy is kept before it is replaced");
    }
}

#[test]
fn two_damaged_copies_are_said_and_left_alone() {
    let office = Office::new();
    office.store.close();
    for name in ["keys.json", "keys.json.bak"] {
        fs::write(office.path().join(name), "{\"keys\":").unwrap();
    }
    let before = common::all_files(&office.path());
    assert_eq!(office.folder.state().unwrap(), FolderState::DamagedKeys);
    assert!(matches!(office.folder.sign_in(1, PASSWORD, now()), Err(Error::DamagedKeys)));
    assert!(matches!(office.folder.create(new_store(PASSWORD), now()), Err(Error::AlreadyAStore)));
    assert!(common::all_files(&office.path()) == before, "nothing is overwritten");
}

#[test]
fn missing_key_files_are_not_a_new_store() {
    let office = Office::new();
    office.store.close();
    for name in ["keys.json", "keys.json.bak"] {
        fs::remove_file(office.path().join(name)).unwrap();
    }
    assert_eq!(office.folder.state().unwrap(), FolderState::DamagedKeys);
    assert!(matches!(office.folder.create(new_store(PASSWORD), now()), Err(Error::AlreadyAStore)));
}

#[test]
fn a_key_file_of_a_newer_program_is_said() {
    let office = Office::new();
    office.store.close();
    for name in ["keys.json", "keys.json.bak"] {
        let text = fs::read_to_string(office.path().join(name)).unwrap();
        fs::write(office.path().join(name), text.replace("\"version\": 1", "\"version\": 2")).unwrap();
    }
    assert_eq!(office.folder.state().unwrap(), FolderState::Newer);
    assert!(matches!(office.folder.sign_in(1, PASSWORD, now()), Err(Error::NewerSchema { file: 2, .. })));
}

#[test]
fn a_new_password_replaces_the_old_one() {
    let office = Office::new();
    assert!(matches!(
        office.folder.change_password(&office.store, by(1), "khong phai the", OTHER_PASSWORD),
        Err(Error::WrongPassword)
    ));
    office.folder.change_password(&office.store, by(1), PASSWORD, OTHER_PASSWORD).unwrap();
    office.store.close();
    assert!(matches!(office.folder.sign_in(1, PASSWORD, now()), Err(Error::WrongPassword)));
    office.folder.sign_in(1, OTHER_PASSWORD, now()).unwrap();
}

#[test]
fn the_recovery_key_resets_one_password_and_is_in_the_audit() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::Officer, false);
    office.store.close();
    let typed = RecoveryKey::parse(&office.recovery.reveal().to_lowercase()).unwrap();
    let store = office.folder.reset_password(1, &typed, "mật khẩu mới", now()).unwrap();
    let page = store.read(|view| view.list_audit(None, 1)).unwrap();
    assert_eq!((&*page.entries[0].act, page.entries[0].reason.as_deref()), ("password.reset", Some("1")));
    store.close();
    assert!(matches!(office.folder.sign_in(1, PASSWORD, now()), Err(Error::WrongPassword)));
    office.folder.sign_in(1, "mật khẩu mới", now()).unwrap().close();
    office.folder.sign_in(second, OTHER_PASSWORD, now()).unwrap();
}

#[test]
fn a_recovery_key_of_another_store_opens_nothing() {
    let (office, other) = (Office::new(), Office::new());
    office.store.close();
    let refused = office.folder.reset_password(1, &other.recovery, OTHER_PASSWORD, now());
    assert!(matches!(refused, Err(Error::WrongRecoveryKey)));
    office.sign_in();
}

#[test]
fn a_new_recovery_key_makes_the_old_paper_worthless() {
    let office = Office::new();
    let new = office.folder.renew_recovery_key(&office.store, by(1)).unwrap();
    office.store.close();
    let refused = office.folder.reset_password(1, &office.recovery, OTHER_PASSWORD, now());
    assert!(matches!(refused, Err(Error::WrongRecoveryKey)));
    office.folder.reset_password(1, &new, OTHER_PASSWORD, now()).unwrap();
}
