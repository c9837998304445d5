//! The road of every program: enrol, one contact, how it stands.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use reqwest::Client;
use store::{Author, Contact, Refusal, Road, RoadError, RoadState, Store};
use sync::session::{Pace, stall_limit_ms};
use tokio::runtime::Runtime;

use crate::address::Address;
use crate::client::{self, StallLimit};
use crate::contact;
use crate::enrol;
use crate::facts::{self, Province};

/// What the road takes from this machine.
#[derive(Clone)]
pub(crate) struct Local {
    /// The program's version.
    pub(crate) app: String,
    clock: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// How long the other side may be silent.
    pub(crate) stall_limit: StallLimit,
}

impl Local {
    /// This machine's own clock in milliseconds.
    pub(crate) fn wall_ms(&self) -> i64 {
        (self.clock)()
    }

    /// The program itself as author, at trusted time.
    pub(crate) fn author(&self, store: &Store) -> Result<Author, RoadError> {
        let offset = store.read(|view| view.clock_offset_ms())?;
        Ok(Author::program(self.wall_ms().saturating_add(offset)))
    }
}

/// What is kept between contacts: the client with its open connection, for the address and CA that it was made for.
struct Open {
    address: Address,
    ca: Option<Vec<u8>>,
    client: Client,
}

type Listener = Box<dyn Fn() + Send + Sync>;

struct Shared {
    local: Local,
    open: Mutex<Option<Open>>,
    pace: Mutex<Pace>,
    state: Mutex<RoadState>,
    listeners: Mutex<Vec<Listener>>,
}

/// The road over HTTP. One contact at a time; a second caller waits for the first.
pub struct HttpRoad {
    shared: Arc<Shared>,
    contact: Mutex<()>,
    runtime: Option<Runtime>,
}

impl HttpRoad {
    /// A road for a program of version `app`, with this machine's own clock in milliseconds since 1970.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn new(app: impl Into<String>, clock: impl Fn() -> i64 + Send + Sync + 'static) -> std::io::Result<Self> {
        Self::with_stall_limit(app, clock, stall_limit_ms)
    }

    /// The same with another limit on silence: milliseconds, by the bytes that were handed to the socket. For tests, which
    /// do not wait a minute.
    #[doc(hidden)]
    pub fn with_stall_limit(
        app: impl Into<String>,
        clock: impl Fn() -> i64 + Send + Sync + 'static,
        stall_limit: fn(u64) -> u64,
    ) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_name("road").enable_all().build()?;
        let local = Local { app: app.into(), clock: Arc::new(clock), stall_limit };
        let (open, pace, state) = (Mutex::default(), Mutex::default(), Mutex::default());
        let shared = Shared { local, open, pace, state, listeners: Mutex::default() };
        Ok(Self { shared: Arc::new(shared), contact: Mutex::default(), runtime: Some(runtime) })
    }

    /// Runs work on the road's own thread and waits for it, from any thread whatever.
    fn wait<T: Send + 'static>(&self, work: impl Future<Output = Result<T, RoadError>> + Send + 'static) -> Result<T, RoadError> {
        let (done, result) = mpsc::channel();
        let runtime = self.runtime.as_ref().ok_or(RoadError::Offline)?;
        runtime.spawn(async move {
            // Nobody listens any more where the waiting thread was ended.
            let _ = done.send(work.await);
        });
        result.recv().unwrap_or(Err(RoadError::Offline))
    }

    /// Calls `listener` whenever [`Road::state`] changes: a contact began or ended, the network went or came back.
    /// Changes of data are told by the store.
    pub fn listen(&self, listener: impl Fn() + Send + Sync + 'static) {
        lock(&self.shared.listeners).push(Box::new(listener));
    }

    fn change(&self, change: impl FnOnce(&mut RoadState)) {
        let changed = {
            let mut state = lock(&self.shared.state);
            let before = *state;
            change(&mut state);
            before != *state
        };
        if changed {
            lock(&self.shared.listeners).iter().for_each(|listener| listener());
        }
    }

    fn begin(&self) {
        self.change(|state| state.running = true);
    }

    /// Notes how a contact ended, and hands it on.
    fn end<T>(&self, result: Result<T, RoadError>) -> Result<T, RoadError> {
        self.change(|state| {
            state.running = false;
            state.offline = matches!(result, Err(RoadError::Offline));
            state.refusal = match &result {
                Err(RoadError::Refused(refusal)) => Some(*refusal),
                _ => None,
            };
        });
        result
    }

    /// This machine's own clock in milliseconds.
    pub(crate) fn wall_ms(&self) -> i64 {
        self.shared.local.wall_ms()
    }

    /// Says when the loop tries next.
    pub(crate) fn set_next_try(&self, at_ms: Option<i64>) {
        self.change(|state| state.next_try_at_ms = at_ms);
    }
}

impl Road for HttpRoad {
    fn enrol(&self, store: &Store, server: &str, code: &str) -> Result<(), RoadError> {
        let _one = lock(&self.contact);
        // A store that has a number, or had one before a restore, needs no code: its own key speaks for it.
        if store.read(|view| Ok(view.device_number()?.is_some() || view.number_to_replace()?.is_some()))? {
            return Err(RoadError::Store(store::Error::AlreadyEnrolled));
        }
        self.begin();
        let (shared, store, server, code) = (Arc::clone(&self.shared), store.clone(), server.to_owned(), code.to_owned());
        let result = self.wait(async move { enrol::by_code(&shared.local, &store, &server, &code).await });
        self.end(result)
    }

    fn sync_now(&self, store: &Store) -> Result<Contact, RoadError> {
        let _one = lock(&self.contact);
        let Some(province) = facts::find_province(store)? else { return Err(RoadError::NotEnrolled) };
        self.begin();
        let (shared, store) = (Arc::clone(&self.shared), store.clone());
        let result = self.wait(async move { shared.sync(&store, province).await });
        self.end(result)
    }

    fn state(&self) -> RoadState {
        *lock(&self.shared.state)
    }
}

impl Shared {
    async fn sync(&self, store: &Store, province: Province) -> Result<Contact, RoadError> {
        match self.contact(store, province).await {
            // The province has batches under our number that are not ours: another copy of this store lives.
            Err(RoadError::Store(store::Error::ForeignReceipt)) => {
                tracing::warn!("another copy of this store has written under its number");
                store.write(self.local.author(store)?, |tx| tx.leave_forked_number())?;
                let province = facts::find_province(store)?.ok_or(RoadError::NotEnrolled)?;
                self.contact(store, province).await
            }
            other => other,
        }
    }

    async fn contact(&self, store: &Store, mut province: Province) -> Result<Contact, RoadError> {
        if contact::ensure_number(&self.local, store, &province).await? {
            province = facts::find_province(store)?.ok_or(RoadError::NotEnrolled)?;
        }
        let client = self.client(&province)?;
        let mut pace = lock(&self.pace).clone();
        let result = contact::run(&self.local, store, &client, &province, &mut pace).await;
        *lock(&self.pace) = pace;
        result
    }

    fn client(&self, province: &Province) -> Result<Client, RoadError> {
        let mut open = lock(&self.open);
        let known = open.as_ref().filter(|open| open.address == province.address && open.ca == province.ca);
        if let Some(known) = known {
            return Ok(known.client.clone());
        }
        let client = client::pinned(&province.address, province.ca.as_deref())?;
        *open = Some(Open { address: province.address.clone(), ca: province.ca.clone(), client: client.clone() });
        Ok(client)
    }
}

impl Drop for HttpRoad {
    fn drop(&mut self) {
        // A runtime must not be waited for inside another one, where a program may drop this.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Whether trying again without a person makes sense.
pub(crate) fn is_lasting(error: &RoadError) -> bool {
    matches!(error, RoadError::BadAddress | RoadError::Refused(Refusal::Revoked | Refusal::WrongCode | Refusal::OtherCommune))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
