//! The loop in the background: it sends soon after a save, listens now and then, and backs off while there is no network.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use store::{Road, Store};
use sync::session::{LONGEST_WAIT_MS, Outcome, Pace};

use crate::road::{HttpRoad, is_lasting, lock};

/// How often it looks whether anything waits.
const TICK: Duration = Duration::from_secs(1);
/// After a save: a worker's next saves go in the same request.
const AFTER_SAVE: Duration = Duration::from_secs(2);
/// With nothing to send: how often others' changes are asked for. An empty round costs about half a kilobyte.
const LISTEN: Duration = Duration::from_secs(5 * 60);

/// The running loop. It ends when this is dropped, after the contact that may be going on.
pub struct Background {
    signal: Arc<Signal>,
}

#[derive(Default)]
struct Signal {
    told: Mutex<Told>,
    changed: Condvar,
}

#[derive(Default)]
struct Told {
    stop: bool,
    soon: bool,
}

impl Background {
    /// Starts the loop over whatever store is open; `store` answers none while nobody is signed in.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn start(road: Arc<HttpRoad>, store: impl Fn() -> Option<Store> + Send + 'static) -> std::io::Result<Self> {
        let signal = Arc::new(Signal::default());
        let told = Arc::clone(&signal);
        std::thread::Builder::new().name("sync".to_owned()).spawn(move || Loop::new(road).run(&told, &store))?;
        Ok(Self { signal })
    }

    /// Tries now, whatever wait was going on: the network came back, or somebody enrolled.
    pub fn try_soon(&self) {
        lock(&self.signal.told).soon = true;
        self.signal.changed.notify_all();
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        lock(&self.signal.told).stop = true;
        self.signal.changed.notify_all();
    }
}

struct Loop {
    road: Arc<HttpRoad>,
    pace: Pace,
    due: Instant,
    waiting: u64,
    failing: bool,
}

impl Loop {
    fn new(road: Arc<HttpRoad>) -> Self {
        Self { road, pace: Pace::default(), due: Instant::now(), waiting: 0, failing: false }
    }

    fn run(mut self, signal: &Signal, store: &impl Fn() -> Option<Store>) {
        while let Some(soon) = wait(signal) {
            if soon {
                self.set_due(Duration::ZERO);
            }
            let Some(store) = store() else { continue };
            let Ok((ready, waiting)) = store.read(|view| {
                let ready = view.device_number()?.is_some() || view.number_to_replace()?.is_some();
                Ok((ready, view.waiting()?.changes))
            }) else {
                continue;
            };
            if !ready {
                continue;
            }
            if waiting > self.waiting && !self.failing {
                self.set_due(self.due.saturating_duration_since(Instant::now()).min(AFTER_SAVE));
            }
            self.waiting = waiting;
            if Instant::now() >= self.due {
                self.contact(&store);
            }
        }
    }

    fn contact(&mut self, store: &Store) {
        let result = self.road.sync_now(store);
        self.failing = result.is_err();
        let wait = match &result {
            Ok(contact) => {
                self.waiting = contact.waiting;
                self.pace.after(Outcome::Whole { more: false }, 0);
                LISTEN
            }
            Err(error) if is_lasting(error) => Duration::from_millis(LONGEST_WAIT_MS),
            Err(error) => {
                tracing::debug!(reason = %error, "no contact");
                let wait = self.pace.after(Outcome::Cut { moved: false }, getrandom::u64().unwrap_or(0));
                Duration::from_millis(wait.unwrap_or(LONGEST_WAIT_MS))
            }
        };
        self.set_due(wait);
    }

    fn set_due(&mut self, wait: Duration) {
        self.due = Instant::now() + wait;
        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        self.road.set_next_try(Some(self.road.wall_ms().saturating_add(wait)));
    }
}

/// Waits a tick; `None` to stop, else whether somebody asked for a try.
fn wait(signal: &Signal) -> Option<bool> {
    let told = lock(&signal.told);
    let (mut told, _) =
        signal.changed.wait_timeout_while(told, TICK, |told| !told.stop && !told.soon).unwrap_or_else(PoisonError::into_inner);
    if told.stop { None } else { Some(std::mem::take(&mut told.soon)) }
}
