//! What `sync` owes: merge by the set definition, one encoding for everything, and calm before hostile bytes.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test says by a panic what failed")]

mod any;
mod codecs;
mod golden;
mod histories;
mod hostile;
mod merge;
mod session;
