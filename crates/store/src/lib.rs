//! The encrypted file: a commune's register on one machine.
//!
//! A [`Folder`] is a data folder; signing in gives a [`Store`]; [`Store::read`] and [`Store::write`] give a [`View`] and a
//! [`Tx`], to which each capability adds its methods. The only client SQL lives here.

mod account;
mod after_restore;
mod audit;
mod backup;
mod error;
mod files;
mod folder;
mod integrity;
mod keys;
mod meta;
mod migrate;
mod open;
mod rekey;
mod restore;
mod second_place;
mod setting;
mod status;
mod workers;

pub use account::{Account, Right, Role};
pub use audit::{AuditEntry, AuditPage, AuditPlace, NewAuditEntry};
pub use backup::{Backup, Reason};
pub use error::{Cause, Error, Result};
pub use folder::{Folder, FolderState, NewStore, PublicFacts, PublicWorker};
pub use integrity::Integrity;
pub use keys::{Cost, RecoveryKey};
pub use migrate::PROGRAM;
pub use open::{Author, Identity, Store, Touched, Tx, View, Written};
pub use restore::{Passwords, Proof, Restored};
pub use second_place::list_backups_in;
pub use status::Status;
pub use workers::{NewWorker, WorkerChange};
