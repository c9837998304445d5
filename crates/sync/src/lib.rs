//! How records travel: ops, heads and merge, batches and receipts, digests, and the session as a state machine.
//!
//! Device and server share this code, so they cannot disagree. It owes its callers determinism: the same ops give the
//! same state and the same bytes, in whatever order, by whatever path and however often they arrive, and no input makes a
//! decoder panic or allocate without bound. There is no I/O, clock or randomness here; `transport` moves the bytes,
//! `store` and `server` keep them.

pub mod audit;
pub mod auth;
pub mod batch;
pub mod cbor;
pub mod clk;
pub mod crockford;
pub mod digest;
pub mod enrolment;
pub mod limits;
pub mod line;
pub mod notice;
pub mod op;
pub mod published;
pub mod receipt;
pub mod record;
pub mod session;
pub mod value;
pub mod varint;
pub mod wire;

pub use batch::BatchHash;
pub use cbor::Malformed;
pub use clk::Clocks;
pub use digest::{RecordDigest, ScopeDigest};
pub use op::{Context, Dot, FieldWrite, Op, UNENROLLED};
pub use receipt::Receipt;
pub use record::{Applied, Head, RecordState, Stamp, Standing};
