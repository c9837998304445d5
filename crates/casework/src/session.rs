//! The session of one program on one data folder: the folder, the open store, the worker, the time of the last act.
//!
//! Owes its callers that a locked session gives nobody the store: after ten minutes without a command the door refuses
//! all but the sign-in, sync may go on for an hour, and a wake-up wipes the key at once (house rules §5).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use chrono::{DateTime, TimeDelta, Utc};
use domain::RecordId;
use store::{Account, Folder, Store};

use crate::duplicates::KeptPairs;
use crate::imports::SheetFile;
use crate::outreach::Kept;
use crate::policies;
use crate::problem::{Code, Problem, Result};

/// Without a command for so long, the door locks.
pub const LOCK_AFTER: TimeDelta = TimeDelta::minutes(10);
/// Locked for so long, the key is wiped and sync ends.
pub const CLOSE_AFTER: TimeDelta = TimeDelta::hours(1);
/// Between two ticks of the loop; more means that the machine slept.
pub const WOKEN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// Who works, in which store.
#[derive(Clone)]
pub struct Open {
    /// The store.
    pub store: Store,
    /// The worker.
    pub account: Account,
}

/// How much of how much is done; read while it is written.
#[derive(Default)]
pub(crate) struct Progress(AtomicU64);

impl Progress {
    pub(crate) fn set(&self, done: u32, total: u32) {
        self.0.store(u64::from(done) << 32 | u64::from(total), Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> (u32, u32) {
        let both = self.0.load(Ordering::Relaxed);
        (u32::try_from(both >> 32).unwrap_or(u32::MAX), u32::try_from(both & u64::from(u32::MAX)).unwrap_or(u32::MAX))
    }
}

struct State {
    folder: Option<Arc<Folder>>,
    refusal: Option<Code>,
    open: Option<Open>,
    locked: bool,
    last_act: DateTime<Utc>,
    last_tick: DateTime<Utc>,
}

/// The session.
pub struct Session {
    path: PathBuf,
    make_sample: bool,
    state: Mutex<State>,
    pub(crate) sheets: Mutex<BTreeMap<String, SheetFile>>,
    /// How far the import is that is being written.
    pub(crate) import_progress: Progress,
    /// Third group of a recovery key that was shown and not yet typed back.
    pub(crate) pending_recovery: Mutex<Option<String>>,
    /// Lines of outreach as last computed; they go with the key.
    pub(crate) outreach: Kept,
    /// Pairs of people who may be one, as last found; they go with the key.
    pub(crate) alike: KeptPairs,
    /// The last preview of a coming law; it goes with the key.
    pub(crate) preview: policies::Kept,
    /// People with a limit whom somebody gave a reason to change; forgotten when the session is locked.
    pub(crate) limited_opened: Mutex<BTreeSet<RecordId>>,
    /// Held while a backup is made: one at a time.
    pub(crate) backing_up: Arc<Mutex<()>>,
    /// Work in the background that a program waits for before it ends.
    background: Mutex<Vec<JoinHandle<()>>>,
}

impl Session {
    /// Takes hold of a data folder. Where that is refused, the session says why and can be asked again.
    /// A store made here is marked as a sample when `make_sample` says so.
    #[must_use]
    pub fn new(path: PathBuf, make_sample: bool, now: DateTime<Utc>) -> Self {
        let state = State { folder: None, refusal: None, open: None, locked: false, last_act: now, last_tick: now };
        let session = Self {
            path,
            make_sample,
            state: Mutex::new(state),
            sheets: Mutex::default(),
            import_progress: Progress::default(),
            pending_recovery: Mutex::default(),
            outreach: Kept::default(),
            alike: KeptPairs::default(),
            preview: policies::Kept::default(),
            limited_opened: Mutex::default(),
            backing_up: Arc::default(),
            background: Mutex::default(),
        };
        session.hold_folder();
        session
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold_folder(&self) {
        let mut state = self.state();
        match Folder::open(&self.path) {
            Ok(folder) => (state.folder, state.refusal) = (Some(Arc::new(folder)), None),
            Err(error) => (state.folder, state.refusal) = (None, Some(Problem::from(error).code)),
        }
    }

    /// Where the folder is.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// True where a store made here is one of invented people.
    #[must_use]
    pub fn makes_samples(&self) -> bool {
        self.make_sample
    }

    /// The folder, taken hold of anew where it was refused before.
    ///
    /// # Errors
    /// The reason why the folder cannot be used.
    pub fn folder(&self) -> Result<Arc<Folder>> {
        if self.state().folder.is_none() {
            self.hold_folder();
        }
        let state = self.state();
        state.folder.clone().ok_or_else(|| Problem::new(state.refusal.unwrap_or(Code::NotAStore)))
    }

    /// The open store and its worker.
    ///
    /// # Errors
    /// [`Code::Locked`] where nobody is signed in or the time ran out.
    pub fn open(&self) -> Result<Open> {
        let state = self.state();
        state.open.clone().filter(|_| !state.locked).ok_or_else(|| Problem::new(Code::Locked))
    }

    /// The open store for the background, also while the door is locked.
    #[must_use]
    pub fn store_for_sync(&self) -> Option<Store> {
        self.state().open.as_ref().map(|open| open.store.clone())
    }

    /// Somebody signed in.
    pub fn begin(&self, store: Store, account: Account, now: DateTime<Utc>) {
        self.limited_opened.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let mut state = self.state();
        state.open = Some(Open { store, account });
        state.locked = false;
        state.last_act = now;
        state.last_tick = now;
    }

    /// Opens a file that a newer program wrote, only to read: its lists can still be given out. Nothing is written, so no
    /// audit entry can be either.
    ///
    /// # Errors
    /// A wrong password, a closed account, a damaged file.
    pub fn begin_to_read(&self, uid: u32, password: &str, now: DateTime<Utc>) -> Result<()> {
        let store = self.folder()?.sign_in_to_read(uid, password)?;
        let account = store.read(|view| view.get_account(uid))?;
        self.begin(store, account, now);
        Ok(())
    }

    /// The worker's account was changed: rights bind from now on.
    pub fn renew(&self, account: Account) {
        if let Some(open) = self.state().open.as_mut().filter(|open| open.account.uid == account.uid) {
            open.account = account;
        }
    }

    /// Locks the door; sync may go on.
    pub fn lock(&self) {
        self.note_waiting();
        self.state().locked = true;
        self.sheets.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.limited_opened.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Keeps how much waits, for the sign-in. It may be lost: the next sign-in counts anew.
    fn note_waiting(&self) {
        let (folder, store) = {
            let state = self.state();
            (state.folder.clone(), state.open.as_ref().map(|open| open.store.clone()))
        };
        if let (Some(folder), Some(store)) = (folder, store)
            && let Ok(waiting) = store.read(|view| view.waiting())
            && folder.status().waiting != waiting.changes
            && folder.note_status(|status| status.waiting = waiting.changes).is_err()
        {
            tracing::warn!("status was not kept");
        }
    }

    /// Wipes the key and closes the files.
    pub fn close(&self) {
        self.note_waiting();
        let open = {
            let mut state = self.state();
            state.locked = true;
            state.open.take()
        };
        if let Some(open) = open {
            open.store.close();
        }
        self.sheets.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.limited_opened.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.outreach.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.alike.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.preview.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// A command came: the time to the lock begins anew. Locks first where it had run out.
    pub fn note_act(&self, now: DateTime<Utc>) {
        let mut state = self.state();
        if state.open.is_some() && now - state.last_act > LOCK_AFTER {
            state.locked = true;
            self.limited_opened.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        if !state.locked {
            state.last_act = now;
        }
    }

    /// Runs work beside the screens. [`Session::finish`] waits for it.
    pub(crate) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        background.retain(|thread| !thread.is_finished());
        background.push(std::thread::spawn(work));
    }

    /// Waits for the work in the background.
    pub fn wait_for_background(&self) {
        let background = std::mem::take(&mut *self.background.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in background {
            // A panic of the thread has been told already.
            let _ = thread.join();
        }
    }

    /// Waits for the work in the background, then closes: for a program that is about to end. Ending in the middle of it
    /// would pull the libraries away from under a running thread.
    pub fn finish(&self) {
        self.wait_for_background();
        self.close();
    }

    /// One tick of the background loop: locks after ten minutes, closes after an hour more or after a sleep.
    pub fn tick(&self, now: DateTime<Utc>) {
        let (woken, lock, close) = {
            let mut state = self.state();
            let woken = now - state.last_tick > WOKEN_AFTER;
            state.last_tick = now;
            let idle = now - state.last_act;
            let open = state.open.is_some();
            (woken && open, open && !state.locked && idle > LOCK_AFTER, open && state.locked && idle > LOCK_AFTER + CLOSE_AFTER)
        };
        if woken || close {
            self.close();
        } else if lock {
            self.lock();
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.finish();
    }
}
