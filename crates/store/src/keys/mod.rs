//! The keys (khóa) of a store: who can open it, and with what.
//!
//! The store's key is random. Each worker, and the recovery key, has an X25519 pair: its private half wrapped by the
//! password, the store's key sealed to its public half. So the store's key can change without anybody's password, and a
//! password can change without touching the store.
//! Leaves to others: what a worker may do (the account table inside the store).

pub(crate) mod file;
pub(crate) mod hex;
pub(crate) mod recovery;
mod secrets;

pub(crate) use file::{COPIES, KeyFile, RecoveryEntry, WorkerEntry, seal_each};
pub use recovery::RecoveryKey;
pub use secrets::Cost;
pub(crate) use secrets::{Pair, StoreKey, check_new_password, random};
