//! A folder that is in use, read-only, on a full disk, damaged or not ours: each is said, nothing is overwritten.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::{CHEAP, Mounts, Office, PASSWORD, by, in_own_mounts, mount, new_store, now, open, read_mark, write_mark};
use store::{Error, Folder, FolderState};
use tempfile::TempDir;

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

fn start_holder(path: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_holds_a_folder", "--nocapture", "--test-threads=1"])
        .env(HELD_BY_CHILD, path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "held"), "the other process could not open the folder");
    child
}

/// An office whose process has let go of the folder.
fn left_office() -> TempDir {
    let Office { place, folder, store, .. } = Office::new();
    store.close();
    drop((folder, store));
    place
}

#[test]
fn a_folder_has_one_process_and_its_end_frees_it() {
    let place = left_office();
    let path = place.path().join("data");
    let mut child = start_holder(&path);
    assert!(matches!(Folder::open_with_cost(&path, CHEAP), Err(Error::InUse)));
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    open(&path).sign_in(1, PASSWORD, now()).unwrap();
}

#[test]
fn a_killed_process_frees_its_folder() {
    let place = left_office();
    let path = place.path().join("data");
    let mut child = start_holder(&path);
    child.kill().unwrap();
    child.wait().unwrap();
    open(&path).sign_in(1, PASSWORD, now()).unwrap();
}

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

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder_is_said() {
    let place = left_office();
    let path = place.path().join("data");
    match in_own_mounts("a_read_only_folder_is_said") {
        Mounts::Here => {
            mount(&["--bind", path.to_str().unwrap()], &path);
            mount(&["-o", "remount,bind,ro"], &path);
            read_only_is_said(&path);
        }
        Mounts::Passed => {}
        // Neither root with mounts nor user name spaces: then modes bind us.
        Mounts::Refused => {
            set_mode(&path, 0o500);
            read_only_is_said(&path);
            set_mode(&path, 0o700);
        }
    }
}

#[cfg(target_os = "linux")]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(target_os = "linux")]
fn read_only_is_said(path: &Path) {
    let before = common::all_files(path);
    let folder = open(path);
    assert!(matches!(folder.state().unwrap(), FolderState::Locked(_)), "a read-only folder can be looked at");
    assert!(matches!(folder.sign_in(1, PASSWORD, now()), Err(Error::ReadOnly(_))));
    assert!(matches!(open(&path.join("new")).create(new_store(PASSWORD), now()), Err(Error::ReadOnly(_))));
    assert!(common::all_files(path) == before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_half_saved() {
    match in_own_mounts("a_full_disk_is_said_and_nothing_is_half_saved") {
        Mounts::Here => {
            let place = TempDir::new().unwrap();
            mount(&["-t", "tmpfs", "-o", "size=16m", "none"], place.path());
            full_disk_is_said(place.path());
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

#[cfg(target_os = "linux")]
fn full_disk_is_said(disk: &Path) {
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
