//! Notices that the province signs: so far, that a device was revoked.
//!
//! ```text
//! notice = [body, signature]      body = bytes of ["revoked", dno, ms]      signature = Ed25519 over "hsync/notice/1" ∥ body
//! ```
//! The device checks it with the server key it got at enrolment before it believes it.

use ed25519_dalek::{Signer as _, SigningKey};
use sync::cbor::Writer;

const SIGNED: &[u8] = b"hsync/notice/1";

/// The notice that device `dno` was revoked, made at `now_ms`.
pub fn revoked(key: &SigningKey, dno: u32, now_ms: u64) -> Vec<u8> {
    let mut body = Writer::new();
    body.array(3).text("revoked").uint(u64::from(dno)).uint(now_ms);
    let body = body.into_bytes();
    let signature = key.sign(&[SIGNED, &body].concat());
    let mut notice = Writer::new();
    notice.array(2).bytes(&body).bytes(&signature.to_bytes());
    notice.into_bytes()
}
