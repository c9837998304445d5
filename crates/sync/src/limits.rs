//! What no input may exceed, whoever sends it. Both sides refuse more, and the store refuses to write more.

/// One op in its full form.
pub const OP_BYTES: usize = 64 * 1024;
/// Ops of one group: one act on one household or person.
pub const GROUP_OPS: u32 = 500;
/// All ops of one group together, in the packed form: a group is never split, so this bounds a batch.
pub const GROUP_BYTES: usize = 512 * 1024;
/// Dots that one field write may replace.
pub const BASE_DOTS: usize = 32;
/// One frame, unpacked.
pub const FRAME_BYTES: usize = 1024 * 1024;
/// One batch as sealed.
pub const BATCH_BYTES: usize = 1024 * 1024;
/// Ops of one batch.
pub const BATCH_OPS: usize = 2_000;
/// What a sealed batch should not exceed until uploads can resume in the middle of one; a single larger group still goes.
pub const BATCH_TARGET_BYTES: usize = 16 * 1024;
/// All batches of one request together.
pub const REQUEST_BATCHES_BYTES: usize = 512 * 1024;
/// A whole request body.
pub const REQUEST_BYTES: usize = 2 * 1024 * 1024;
/// One frame of a response.
pub const RESPONSE_FRAME_BYTES: usize = 2 * 1024 * 1024;
/// One unpacked block of ops; it holds at least one whole group in the full form.
pub const BLOCK_BYTES: usize = 2 * 1024 * 1024;
