//! The province: takes what communes send, numbers it, keeps it, and hands it on.
//!
//! A library, so that tests and journeys run a real server in their own process on port 0 ([`Province::open`], [`serve::start`]);
//! the executable `ansinh-server` is a thin wrapper. Records, formats and the merge come from `domain` and `sync`, which the
//! devices share; what is here is order (one sequence a scope), durability (a receipt only after the commit) and keeping
//! restricted values sealed. The only SQL is in [`db`].

pub mod admin;
pub mod apply;
mod attempts;
pub mod authority;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod enrolment;
pub mod error;
pub mod key_file;
pub mod logging;
mod own_ops;
mod policies;
mod province;
mod pull;
mod routes;
pub mod sealing;
pub mod serve;

pub use error::{Error, Result};
pub use province::Province;

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
