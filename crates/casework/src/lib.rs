//! What a worker can ask for: one list of commands and their handlers, over a small [`Host`].
//!
//! Owes its callers one door, [`dispatch`], that checks rights, catches panics and answers with a value or a
//! [`Problem`]. Leaves the window, the terminal and the network to its hosts.

pub mod accounts;
mod address;
pub mod audit;
pub mod backups;
pub mod bindings;
pub mod commands;
pub mod commune;
pub mod conflicts;
pub mod convert;
pub mod desk;
pub mod door;
pub mod drafts;
pub mod duplicates;
pub mod entitlements;
mod events;
pub mod exchange;
pub mod exports;
pub mod family;
pub mod forms;
pub mod history;
pub mod host;
pub mod households;
pub mod imports;
pub mod law;
pub mod limits;
pub mod lists;
mod memberships;
pub mod merging;
pub mod outreach;
pub mod people;
pub mod places;
pub mod policies;
pub mod privacy;
pub mod problem;
pub mod quality;
pub mod records;
mod register;
pub mod roster;
pub mod search;
pub mod seed;
pub mod session;
pub mod settings;
pub mod sync;
pub mod views;

pub use desk::Desk;
pub use door::dispatch;
pub use host::Host;
pub use problem::{Code, Problem, Result};
pub use session::Session;
