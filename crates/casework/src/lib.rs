//! What a worker can ask for: one list of commands and their handlers, generic over a small [`Host`](host).
//!
//! Owes its callers one door, [`dispatch`], that checks rights, catches panics and answers with a value or a
//! [`Problem`]. Leaves the window, the terminal and the network to its hosts.

pub mod bindings;
pub mod commands;
pub mod forms;
pub mod problem;
pub mod views;

pub use problem::{Code, Problem, Result};
