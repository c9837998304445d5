//! A folder in use by another process, on a read-only mount, on a full disk: each is said, nothing is overwritten.
//!
//! These tests start processes, one test at a time: between `fork` and `exec` a child of one test would hold another's lock.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use common::{
    CHEAP, MUONG_BI, Mounts, OTHER_PASSWORD, Office, PASSWORD, by, in_own_mounts, left_office, mount, new_store, now, open,
    read_mark, write_mark,
};
use domain::registry::Record;
use domain::{RecordId, UnitId, records};
use store::{Error, Folder, FolderState, NewWorker, Place, Role, Sight};
use tempfile::TempDir;

fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

const SAVING_CHILD: &str = "ANSINH_TEST_SAVE";
const HELD_BY_CHILD: &str = "ANSINH_TEST_HOLD";

/// Not a test of its own: the process that holds a folder for the tests below.
#[test]
fn child_that_holds_a_folder() {
    let Some(path) = std::env::var_os(HELD_BY_CHILD) else { return };
    let folder = Folder::open_with_cost(Path::new(&path), CHEAP).unwrap();
    let _store = folder.sign_in(1, PASSWORD, now()).unwrap();
    println!("\nheld");
    std::io::stdout().flush().unwrap();
    let _ = std::io::stdin().read(&mut [0]);
}

fn start_holder(path: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_holds_a_folder", "--nocapture", "--test-threads=1"])
        .env(HELD_BY_CHILD, path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.by_ref().map_while(Result::ok).any(|line| line == "held"), "the other process has no folder");
    (child, lines)
}

#[test]
fn a_folder_has_one_process_and_its_end_frees_it() {
    let _alone = alone();
    let place = left_office();
    let path = place.path().join("data");
    let (mut child, _lines) = start_holder(&path);
    assert!(matches!(Folder::open_with_cost(&path, CHEAP), Err(Error::InUse)));
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    open(&path).sign_in(1, PASSWORD, now()).unwrap();
}

#[test]
fn a_killed_process_frees_its_folder() {
    let _alone = alone();
    let place = left_office();
    let path = place.path().join("data");
    let (mut child, _lines) = start_holder(&path);
    child.kill().unwrap();
    child.wait().unwrap();
    open(&path).sign_in(1, PASSWORD, now()).unwrap();
}

#[test]
fn a_read_only_folder_is_said() {
    let _alone = alone();
    let place = left_office();
    let path = place.path().join("data");
    match in_own_mounts("a_read_only_folder_is_said") {
        Mounts::Here => {
            mount(&["--bind", path.to_str().unwrap()], &path);
            mount(&["-o", "remount,bind,ro"], &path);
            read_only_is_said(&path);
        }
        Mounts::Passed => {}
        // Modes do not bind root: the test runs again as nobody.
        Mounts::Refused if fs::metadata("/proc/self").unwrap().uid() == 0 => {
            let again = Command::new("setpriv")
                .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .arg(std::env::current_exe().unwrap())
                .args(["--exact", "a_read_only_folder_is_said", "--test-threads=1"])
                .status();
            assert!(again.unwrap().success(), "the test failed as nobody");
        }
        Mounts::Refused => {
            set_mode(&path, 0o500);
            read_only_is_said(&path);
            set_mode(&path, 0o700);
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn read_only_is_said(path: &Path) {
    let before = common::all_files(path);
    let folder = open(path);
    assert!(matches!(folder.state().unwrap(), FolderState::Locked(_)), "a read-only folder can be looked at");
    assert!(matches!(folder.sign_in(1, PASSWORD, now()), Err(Error::ReadOnly(_))));
    assert!(matches!(open(&path.join("new")).create(new_store(PASSWORD), now()), Err(Error::ReadOnly(_))));
    assert!(common::all_files(path) == before);
}

#[test]
fn a_full_disk_is_said_and_nothing_is_half_saved() {
    let _alone = alone();
    match in_own_mounts("a_full_disk_is_said_and_nothing_is_half_saved") {
        Mounts::Here => {
            let place = TempDir::new().unwrap();
            mount(&["-t", "tmpfs", "-o", "size=16m", "none"], place.path());
            full_disk_is_said(&place.path().join("one"));
            a_full_disk_only_delays_a_new_key(&place.path().join("two"));
        }
        Mounts::Passed => {}
        // No mounts for us: the file itself is kept from growing, which SQLite answers with the same error.
        Mounts::Refused => {
            let office = Office::new();
            write_mark(&office.store, "before");
            office.store.stop_growing().unwrap();
            assert!(matches!(try_much(&office.store), Err(Error::DiskFull(_))));
            assert_eq!(read_mark(&office.store).as_deref(), Some("before"));
        }
    }
}

fn try_much(store: &store::Store) -> store::Result<()> {
    let text = "x".repeat(40_000);
    let write = |n: i32| store.write(by(1), |tx| tx.set_setting(&format!("much {n}"), Some(&text)));
    (0..500).try_for_each(|n| write(n).map(|_| ()))
}

fn full_disk_is_said(disk: &Path) {
    fs::create_dir(disk).unwrap();
    let folder = open(&disk.join("data"));
    let (store, _) = folder.create(new_store(PASSWORD), now()).unwrap();
    write_mark(&store, "before");
    let filler = disk.join("filler");
    let fill = || {
        let mut file = fs::File::create(&filler).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    };

    fill();
    assert!(matches!(try_much(&store), Err(Error::DiskFull(_))));
    assert_eq!(read_mark(&store).as_deref(), Some("before"));
    assert!(matches!(folder.back_up(&store, now()), Err(Error::DiskFull(_))));
    assert_eq!(folder.list_backups().unwrap(), []);
    store.close();
    let keys = fs::read(folder.path().join("keys.json")).unwrap();
    assert!(matches!(folder.sign_in(1, PASSWORD, now()), Ok(_) | Err(Error::DiskFull(_))));
    assert!(matches!(open(&disk.join("second")).create(new_store(PASSWORD), now()), Err(Error::DiskFull(_))));
    assert_eq!(open(&disk.join("second")).state().unwrap(), FolderState::Absent);
    assert_eq!(fs::read(folder.path().join("keys.json")).unwrap(), keys);

    fs::remove_file(&filler).unwrap();
    let store = folder.sign_in(1, PASSWORD, now()).unwrap();
    assert_eq!(read_mark(&store).as_deref(), Some("before"));
    write_mark(&store, "after");
    store.full_check().unwrap();
}

fn a_full_disk_only_delays_a_new_key(disk: &Path) {
    fs::create_dir(disk).unwrap();
    let folder = open(&disk.join("data"));
    let (store, _) = folder.create(new_store(PASSWORD), now()).unwrap();
    let new = NewWorker { name: "Đinh Văn Ước", role: Role::Officer, admin: false, password: OTHER_PASSWORD };
    let second = folder.add_worker(&store, by(1), new).unwrap().uid;
    write_mark(&store, &"x".repeat(1_000_000));
    let old_keys = fs::read(folder.path().join("keys.json")).unwrap();
    let filler = disk.join("filler");
    let mut file = fs::File::create(&filler).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    // Room for the account and the keys, not for a copy of the store.
    file.set_len(fs::metadata(&filler).unwrap().len() - 500_000).unwrap();
    drop(file);

    assert!(matches!(folder.remove_worker(&store, by(1), second), Err(Error::DiskFull(_))));
    assert!(read_mark(&store).is_some(), "the store works on");
    store.close();
    assert!(folder.sign_in(second, OTHER_PASSWORD, now()).is_err());
    let store = folder.sign_in(1, PASSWORD, now()).unwrap();
    store.close();

    fs::remove_file(&filler).unwrap();
    folder.sign_in(1, PASSWORD, now()).unwrap().close();
    for name in ["keys.json", "keys.json.bak"] {
        fs::write(folder.path().join(name), &old_keys).unwrap();
    }
    let refused = folder.sign_in(second, OTHER_PASSWORD, now());
    assert!(matches!(refused, Err(Error::Damaged(_))), "the new key came as soon as there was room");
}

/// Not a test of its own: the process that saves people until it is killed, and reports each save once it is done.
#[test]
fn child_that_saves() {
    let Some(path) = std::env::var_os(SAVING_CHILD) else { return };
    let store = open(Path::new(&path)).sign_in(1, PASSWORD, now()).unwrap();
    let mut out = std::io::stdout();
    loop {
        let person = records::Person { full_name: Some("Bùi Thị Mừng".to_owned()), ..records::Person::default() };
        let id = store.write(by(1), |tx| tx.create(&person.to_row(), Place::Root(UnitId(MUONG_BI)))).unwrap().value;
        writeln!(out, "\nsaved {id}").unwrap();
        out.flush().unwrap();
    }
}

/// Kills a saving process after it has reported `reports` saves; gives the saves it reported until then.
fn kill_while_saving(path: &Path, reports: usize) -> Vec<RecordId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_saves", "--nocapture", "--test-threads=1"])
        .env(SAVING_CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut saved = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("saved ").and_then(|id| id.parse().ok()));
    let mut ids: Vec<RecordId> = saved.by_ref().take(reports).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    ids.extend(saved);
    ids
}

#[test]
fn every_reported_save_survives_two_hundred_kills() {
    let _alone = alone();
    let place = left_office();
    let path = place.path().join("data");
    let mut reported = Vec::new();
    for round in 0..200 {
        // A save takes about a millisecond and the child never pauses: a kill falls anywhere in it.
        let saved = kill_while_saving(&path, 1 + round % 7);
        assert!(!saved.is_empty(), "the process of round {round} saved nothing");
        reported.extend(saved);
    }
    let store = open(&path).sign_in(1, PASSWORD, now()).unwrap();
    store.full_check().unwrap();
    store
        .read(|view| {
            for id in &reported {
                view.get_record(*id, Sight::Plain)?;
            }
            Ok(())
        })
        .unwrap();
}
