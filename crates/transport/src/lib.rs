//! The road to the province over HTTP: the only user of `reqwest`.
//!
//! Owes its callers: [`HttpRoad`] is the `store::Road` of every program; nothing is sent to a server whose chain does not
//! end in the province's own CA; a contact that is cut leaves the store where the last whole piece left it.
//! Leaves to others: what to say and what an answer means (`sync::session`), and keeping it (`store`).
//! Would surprise: it never calls the network inside a transaction, and no transaction waits for it.

mod address;
mod background;
mod chain;
mod client;
mod contact;
mod enrol;
mod facts;
mod road;

pub use background::Background;
pub use road::HttpRoad;
