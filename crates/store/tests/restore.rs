//! Restore: whose password is asked, what is set aside, and that the restored store begins a new life.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;

use common::{OTHER_PASSWORD, Office, PASSWORD, by, now, open, read_mark, write_mark};
use store::{Backup, Error, FolderState, Passwords, Proof, Role};

const ADMIN: Proof<'_> = Proof::Password { uid: 1, password: PASSWORD };

/// An office with a backup that says "then" and a present store that says "now".
fn with_backup() -> (Office, Backup) {
    let office = Office::new();
    write_mark(&office.store, "then");
    let backup = office.folder.back_up(&office.store, now()).unwrap();
    write_mark(&office.store, "now");
    (office, backup)
}

fn damage_database(office: &Office) {
    office.store.close();
    let path = office.path().join("store.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, bytes).unwrap();
}

#[test]
fn an_administrator_restores_and_the_present_store_is_kept() {
    let (office, backup) = with_backup();
    let restored = office.folder.restore(&backup.path, ADMIN, None, now()).unwrap();
    assert_eq!(restored.passwords, Passwords::Present);
    assert!(office.store.is_closed(), "the open store is closed before its file is moved");
    let store = office.sign_in();
    assert_eq!(read_mark(&store).as_deref(), Some("then"));
    store.full_check().unwrap();

    let kept = open(&restored.set_aside.unwrap());
    assert_eq!(read_mark(&kept.sign_in(1, PASSWORD, now()).unwrap()).as_deref(), Some("now"));
}

#[test]
fn the_recovery_key_restores_too() {
    let (office, backup) = with_backup();
    office.folder.restore(&backup.path, Proof::Recovery(&office.recovery), None, now()).unwrap();
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("then"));
}

#[test]
fn nobody_else_restores() {
    let (office, backup) = with_backup();
    let second = office.add("Đinh Văn Ước", Role::Officer, false);
    let stranger = Office::new();
    let cases = [
        (Proof::Password { uid: 1, password: "khong phai the" }, "a wrong password"),
        (Proof::Password { uid: second, password: OTHER_PASSWORD }, "a worker who is no administrator"),
        (Proof::Recovery(&stranger.recovery), "another store's recovery key"),
    ];
    for (proof, who) in cases {
        let refused = office.folder.restore(&backup.path, proof, None, now());
        assert!(
            matches!(refused, Err(Error::WrongPassword | Error::NotAdmin | Error::WrongRecoveryKey)),
            "{who} must not restore"
        );
    }
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("now"));
}

#[test]
fn a_restored_store_has_a_new_incarnation_that_names_the_old_head() {
    let (office, backup) = with_backup();
    office.folder.restore(&backup.path, ADMIN, None, now()).unwrap();
    let store = office.sign_in();
    store
        .read(|view| {
            let head = view.audit_head()?;
            assert_eq!(head.n, 1, "rows count from 1 in each incarnation");
            let page = view.list_audit(None, 10)?;
            let first = page.entries.iter().find(|entry| entry.act == "store.restore").unwrap();
            assert!(first.reason.as_deref().unwrap().contains(":1:"), "it names the number and hash of the old head");
            view.verify_audit()
        })
        .unwrap();
}

#[test]
fn the_password_of_today_restores_a_backup_of_an_older_password() {
    let (office, backup) = with_backup();
    office.folder.change_password(&office.store, by(1), PASSWORD, OTHER_PASSWORD).unwrap();
    let old = office.folder.restore(&backup.path, ADMIN, None, now());
    assert!(matches!(old, Err(Error::WrongPassword)), "the password of the present store is asked");
    let new = Proof::Password { uid: 1, password: OTHER_PASSWORD };
    office.folder.restore(&backup.path, new, None, now()).unwrap();
    let store = office.folder.sign_in(1, OTHER_PASSWORD, now()).unwrap();
    assert_eq!(read_mark(&store).as_deref(), Some("then"));
}

#[test]
fn a_worker_removed_since_does_not_come_back() {
    let office = Office::new();
    let second = office.add("Đinh Văn Ước", Role::Officer, true);
    let backup = office.folder.back_up(&office.store, now()).unwrap();
    office.folder.remove_worker(&office.store, by(1), second).unwrap();
    office.folder.restore(&backup.path, ADMIN, None, now()).unwrap();
    let store = office.sign_in();
    assert!(!store.read(|view| view.get_account(second)).unwrap().active);
    let refused = office.folder.sign_in(second, OTHER_PASSWORD, now());
    assert!(matches!(refused, Err(Error::UnknownWorker)));
}

#[test]
fn a_damaged_store_is_restored_with_the_same_password_and_kept() {
    let (office, backup) = with_backup();
    damage_database(&office);
    let damaged = fs::read(office.path().join("store.db")).unwrap();
    let restored = office.folder.restore(&backup.path, ADMIN, None, now()).unwrap();
    assert_eq!(restored.passwords, Passwords::Backup);
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("then"));
    assert_eq!(fs::read(restored.set_aside.unwrap().join("store.db")).unwrap(), damaged);
}

#[test]
fn lost_keys_leave_the_backup_with_its_own_password() {
    let (office, backup) = with_backup();
    office.store.close();
    for name in ["keys.json", "keys.json.bak"] {
        fs::write(office.path().join(name), "damaged").unwrap();
    }
    let restored = office.folder.restore(&backup.path, ADMIN, None, now()).unwrap();
    assert_eq!(restored.passwords, Passwords::Backup);
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("then"));
    let kept = common::all_files(&restored.set_aside.unwrap());
    assert!(kept.iter().any(|(path, bytes)| path.ends_with("keys.json") && bytes == b"damaged"));
}

#[test]
fn a_lost_database_is_restored() {
    let (office, backup) = with_backup();
    office.store.close();
    for name in ["store.db", "store.db-wal", "store.db-shm"] {
        let _ = fs::remove_file(office.path().join(name));
    }
    assert!(matches!(office.folder.state().unwrap(), FolderState::StoreMissing(_)));
    office.folder.restore(&backup.path, ADMIN, None, now()).unwrap();
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("then"));
}

#[test]
fn a_foreign_backup_needs_both_passwords_and_brings_its_own() {
    let office = Office::new();
    let other = Office::new();
    write_mark(&other.store, "other");
    other.folder.change_password(&other.store, by(1), PASSWORD, OTHER_PASSWORD).unwrap();
    let backup = other.folder.back_up(&other.store, now()).unwrap();
    let refused = office.folder.restore(&backup.path, ADMIN, None, now());
    assert!(matches!(refused, Err(Error::BackupNeedsItsOwnPassword)));
    let own = Proof::Password { uid: 1, password: OTHER_PASSWORD };
    let restored = office.folder.restore(&backup.path, ADMIN, Some(own), now()).unwrap();
    assert_eq!(restored.passwords, Passwords::Backup);
    let store = office.folder.sign_in(1, OTHER_PASSWORD, now()).unwrap();
    assert_eq!(read_mark(&store).as_deref(), Some("other"));
}

#[test]
fn an_unsound_backup_changes_nothing() {
    let (office, backup) = with_backup();
    let path = backup.path.join("store.db");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    let refused = office.folder.restore(&backup.path, ADMIN, None, now());
    assert!(matches!(refused, Err(Error::UnsoundBackup(_))), "{refused:?}");
    assert!(!office.path().join("store.db.restored").exists());
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("now"));
}

#[test]
fn what_is_no_backup_is_said() {
    let office = Office::new();
    let refused = office.folder.restore(office.place.path(), ADMIN, None, now());
    assert!(matches!(refused, Err(Error::NotABackup)));
}
