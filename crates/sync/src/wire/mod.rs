//! The messages of `/v1/sync`: one request, and an answer that is a stream of frames.
//!
//! Maps have integer keys and a reader skips those it does not know, so both sides may be a year apart.

mod block;
mod refusal;
mod request;
mod response;

pub use block::{Blocks, Caller, Pulled, Unblocks};
pub use refusal::Refusal;
pub use request::{At, SyncRequest};
pub use response::{Frame, Frames, Hello};

/// The version of these messages.
pub const WIRE: u64 = 1;
/// The media type of every body.
pub const MEDIA_TYPE: &str = "application/cbor";
/// Enrolment.
pub const ENROL_PATH: &str = "/v1/enrol";
/// Everything normal.
pub const SYNC_PATH: &str = "/v1/sync";
