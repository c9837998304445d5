//! A host that stays open while people work: what the desktop shell and the development host have in common.
//!
//! Owes its owner that whatever changes is told once, whoever changed it and whichever store is open by then, and that
//! a door which locks by itself is told as `session`. Leaves the window and the wire to its owner.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use store::{Road, Store};

use crate::door::dispatch;
use crate::host::Host;
use crate::problem::Result;
use crate::session::Session;

/// Told as touched when the session itself changed.
const SESSION: &str = "session";
/// Told as touched when the road stands otherwise than it did.
const SYNC: &str = "sync";

type Told = Arc<dyn Fn(&BTreeSet<&'static str>) + Send + Sync>;
type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The session, the clock, the road and the listener of one program.
pub struct Desk {
    session: Session,
    clock: Clock,
    road: Arc<dyn Road>,
    version: &'static str,
    told: Told,
    heard: Mutex<Option<Store>>,
}

impl Desk {
    /// `told` hears which capabilities were touched, after each commit; it must not write to the store.
    pub fn new(
        session: Session,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        road: Arc<dyn Road>,
        version: &'static str,
        told: impl Fn(&BTreeSet<&'static str>) + Send + Sync + 'static,
    ) -> Self {
        Self { session, clock: Box::new(clock), road, version, told: Arc::new(told), heard: Mutex::default() }
    }

    /// Runs a command.
    ///
    /// # Errors
    /// As [`dispatch`].
    pub fn call(&self, name: &str, payload: Json) -> Result<Json> {
        let answer = dispatch(self, name, payload);
        self.hear();
        answer
    }

    /// Signs the first worker in, in a folder of invented people only: elsewhere a password stands in no file.
    ///
    /// # Errors
    /// As the commands it calls.
    pub fn sign_in_to_sample(&self, password: &str) -> Result<()> {
        let state = self.call("app_state", Json::Null)?;
        let uid = &state["workers"][0]["uid"];
        if state["sample"] == true && state["phase"] == "locked" && uid.is_number() {
            self.call("sign_in", json!({ "uid": uid, "password": password }))?;
        }
        Ok(())
    }

    /// One beat of the owner's clock: locks and closes when it is time, and tells it.
    pub fn tick(&self) {
        let was_open = self.session.open().is_ok();
        self.session.tick(self.now());
        if was_open && self.session.open().is_err() {
            (self.told)(&BTreeSet::from([SESSION]));
        }
    }

    /// The road stands otherwise than it did: what shows it asks again.
    pub fn note_road(&self) {
        (self.told)(&BTreeSet::from([SYNC]));
    }

    /// The open store for the loop that syncs; none while nobody is signed in.
    pub fn store_for_sync(&self) -> Option<Store> {
        self.session.store_for_sync()
    }

    /// Wipes the key and closes the files at once, and tells it.
    pub fn close(&self) {
        self.session.close();
        (self.told)(&BTreeSet::from([SESSION]));
    }

    /// Listens to the store that is open now, once.
    fn hear(&self) {
        let Some(store) = self.session.store_for_sync() else { return };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.as_ref().is_none_or(Store::is_closed) {
            let told = Arc::clone(&self.told);
            store.listen(move |touched| told(touched));
            *heard = Some(store);
        }
    }
}

impl Host for Desk {
    fn session(&self) -> &Session {
        &self.session
    }

    fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    fn version(&self) -> &str {
        self.version
    }

    fn road(&self) -> &dyn Road {
        self.road.as_ref()
    }
}
