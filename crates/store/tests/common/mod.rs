//! What the tests of a data folder share: a temporary folder, a fixed day, cheap passwords, a mount of one's own.
#![allow(dead_code, missing_docs, clippy::unwrap_used, reason = "shared by several test programs, each using a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, Utc};
use store::{Author, Cost, Folder, NewStore, NewWorker, RecoveryKey, Role, Store};
use tempfile::TempDir;

pub const PASSWORD: &str = "Mường Bi 2026";
pub const OTHER_PASSWORD: &str = "suối chảy đêm";
/// One derivation of a password in a millisecond instead of a fifth of a second.
pub const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
pub const MUONG_BI: u32 = 51582;

pub fn now() -> DateTime<Utc> {
    "2026-11-23T01:00:00Z".parse().unwrap()
}

pub fn by(uid: u32) -> Author {
    Author { uid, at_ms: now().timestamp_millis() }
}

pub fn open(path: &Path) -> Folder {
    Folder::open_with_cost(path, CHEAP).unwrap()
}

pub fn new_store(password: &str) -> NewStore<'_> {
    NewStore { unit: MUONG_BI, sample: false, worker: "Bùi Thị Mừng", role: Role::Officer, password }
}

/// A store of one worker, `uid` 1, in a folder that goes with the test.
pub struct Office {
    pub place: TempDir,
    pub folder: Folder,
    pub store: Store,
    pub recovery: RecoveryKey,
}

impl Office {
    pub fn new() -> Self {
        let place = TempDir::new().unwrap();
        let folder = open(&place.path().join("data"));
        let (store, recovery) = folder.create(new_store(PASSWORD), now()).unwrap();
        Self { place, folder, store, recovery }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// A second worker with [`OTHER_PASSWORD`].
    pub fn add(&self, name: &str, role: Role, admin: bool) -> u32 {
        let new = NewWorker { name, role, admin, password: OTHER_PASSWORD };
        self.folder.add_worker(&self.store, by(1), new).unwrap().uid
    }

    pub fn sign_in(&self) -> Store {
        self.folder.sign_in(1, PASSWORD, now()).unwrap()
    }
}

/// An office whose process has let go of the folder.
pub fn left_office() -> TempDir {
    let Office { place, folder, store, .. } = Office::new();
    store.close();
    drop((folder, store));
    place
}

/// A fact that a test can write and find again.
pub fn write_mark(store: &Store, value: &str) {
    store.write(by(1), |tx| tx.set_setting("mark", Some(value))).unwrap();
}

pub fn read_mark(store: &Store) -> Option<String> {
    store.read(|view| view.find_setting("mark")).unwrap()
}

/// Every file below `folder` with its bytes, the lock left out.
pub fn all_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(all_files(&path));
        } else if !path.ends_with("lock") {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

/// Whether this process may mount.
pub enum Mounts {
    /// Yes: it was started for that, and its mounts end with it.
    Here,
    /// The test ran in such a process of its own and passed.
    Passed,
    /// The system gives none.
    Refused,
}

const OWN_MOUNTS: &str = "ANSINH_TEST_OWN_MOUNTS";

/// Runs the test named `test` again in a process with mounts of its own, as root or by a user name space.
pub fn in_own_mounts(test: &str) -> Mounts {
    if std::env::var_os(OWN_MOUNTS).is_some() {
        return Mounts::Here;
    }
    let ways: [&[&str]; 2] = [&["-m"], &["-m", "--user", "--map-root-user"]];
    for way in ways {
        let mut probe = Command::new("unshare");
        probe.args(way).args(["mount", "-t", "tmpfs", "none", "/mnt"]).stdout(Stdio::null()).stderr(Stdio::null());
        if !probe.status().is_ok_and(|status| status.success()) {
            continue;
        }
        let again = Command::new("unshare")
            .args(way)
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", test, "--test-threads=1", "--nocapture"])
            .env(OWN_MOUNTS, "1")
            .status()
            .unwrap();
        assert!(again.success(), "{test} failed in a process with mounts of its own");
        return Mounts::Passed;
    }
    Mounts::Refused
}

pub fn mount(arguments: &[&str], at: &Path) {
    let status = Command::new("mount").args(arguments).arg(at).status().unwrap();
    assert!(status.success(), "mount {arguments:?} failed");
}
