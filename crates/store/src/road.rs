//! What a store asks of the road to the province: enrol, one contact, how it stands. `transport` builds it.
//!
//! No call here happens inside a transaction, and no screen waits for one: a contact that fails changes nothing.

use crate::Store;
use crate::error::Error;

/// The road to the province.
pub trait Road: Send + Sync {
    /// Gets this machine its number from the server at `server` with a one-time code.
    ///
    /// # Errors
    /// See [`RoadError`]; nothing is changed then.
    fn enrol(&self, store: &Store, server: &str, code: &str) -> Result<(), RoadError>;

    /// One contact: sends what waits, takes what others wrote.
    ///
    /// # Errors
    /// See [`RoadError`]; what arrived before the cut is kept.
    fn sync_now(&self, store: &Store) -> Result<Contact, RoadError>;

    /// How the road stands at this moment.
    fn state(&self) -> RoadState;
}

/// What one contact did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contact {
    /// Changes with a receipt now.
    pub sent: u64,
    /// Changes of others taken in.
    pub received: u64,
    /// Changes that still wait.
    pub waiting: u64,
    /// When both sides last agreed by digest, milliseconds since 1970.
    pub verified_at_ms: Option<i64>,
}

/// How the road stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoadState {
    /// A contact is going on.
    pub running: bool,
    /// The last try found no way to the province.
    pub offline: bool,
    /// Why the province refused the last contact.
    pub refusal: Option<Refusal>,
    /// When the loop tries next, milliseconds since 1970.
    pub next_try_at_ms: Option<i64>,
}

/// Why the province refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The enrolment code is wrong, used by another machine, or too old.
    WrongCode,
    /// The code is for another commune than the store's.
    OtherCommune,
    /// This machine was revoked.
    Revoked,
    /// The server failed or speaks a newer language.
    Server,
}

/// Why a contact did not come about.
#[derive(Debug, thiserror::Error)]
pub enum RoadError {
    /// No network, no server, or the link broke.
    #[error("no way to the province")]
    Offline,
    /// This machine has no number yet.
    #[error("not enrolled")]
    NotEnrolled,
    /// The address is none, or is plain HTTP beyond this machine.
    #[error("not an address of a province's server")]
    BadAddress,
    /// The province refused.
    #[error("the province refused")]
    Refused(Refusal),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] Error),
}
