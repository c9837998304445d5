//! What tests and bench share.

#![allow(clippy::unwrap_used, reason = "a program for developers: it stops where something is wrong")]

pub mod duplicates;
pub mod watch;
