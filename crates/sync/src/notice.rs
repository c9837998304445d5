//! Notices that the province signs: so far, that a device was revoked.
//!
//! ```text
//! notice = [body, signature]      body = bytes of ["revoked", dno, ms]      signature = Ed25519 over "hsync/notice/1" ∥ body
//! ```
//! Owes its callers: what [`read`] gives back was signed by the server key that the device got at enrolment. Whoever stands
//! between the two can make up a refusal; only the province can make up this.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::cbor::{Malformed, Reader, Writer};

const SIGNED: &[u8] = b"hsync/notice/1";
const REVOKED: &str = "revoked";

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The device of this number was revoked at this instant, milliseconds since 1970.
    Revoked {
        /// The device.
        dno: u32,
        /// When the notice was made.
        at_ms: u64,
    },
    /// Something that a newer server says.
    Unknown,
}

/// The notice that device `dno` was revoked, made at `now_ms`.
pub fn revoked(key: &SigningKey, dno: u32, now_ms: u64) -> Vec<u8> {
    let mut body = Writer::new();
    body.array(3).text(REVOKED).uint(u64::from(dno)).uint(now_ms);
    let body = body.into_bytes();
    let signature = key.sign(&[SIGNED, &body].concat());
    let mut notice = Writer::new();
    notice.array(2).bytes(&body).bytes(&signature.to_bytes());
    notice.into_bytes()
}

/// Reads a notice that the holder of `server_key` signed; [`Malformed`] for any other.
pub fn read(notice: &[u8], server_key: &[u8; 32]) -> Result<Notice, Malformed> {
    let mut reader = Reader::new(notice);
    reader.array_len(2)?;
    let body = reader.bytes()?;
    let signature = Signature::from_bytes(&reader.array_of()?);
    reader.finish()?;
    let key = VerifyingKey::from_bytes(server_key).map_err(|_| Malformed::Unexpected)?;
    key.verify_strict(&[SIGNED, body].concat(), &signature).map_err(|_| Malformed::Unexpected)?;
    let mut reader = Reader::new(body);
    let items = reader.array()?;
    if reader.text()? != REVOKED || items != 3 {
        return Ok(Notice::Unknown);
    }
    let said = Notice::Revoked { dno: reader.number()?, at_ms: reader.uint()? };
    reader.finish()?;
    Ok(said)
}

/// Whether `notice` is the word of `server_key` that device `dno` was revoked.
pub fn revokes(notice: &[u8], server_key: &[u8; 32], dno: u32) -> bool {
    matches!(read(notice, server_key), Ok(Notice::Revoked { dno: named, .. }) if named == dno)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> (SigningKey, [u8; 32]) {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let public = key.verifying_key().to_bytes();
        (key, public)
    }

    #[test]
    fn only_the_provinces_own_word_about_this_device_revokes_it() {
        let ((province, public), (forger, _)) = (key(1), key(2));
        let notice = revoked(&province, 7, 1_000);
        assert_eq!(read(&notice, &public), Ok(Notice::Revoked { dno: 7, at_ms: 1_000 }));
        assert!(revokes(&notice, &public, 7));
        assert!(!revokes(&notice, &public, 8), "the notice names another device");
        assert!(!revokes(&revoked(&forger, 7, 1_000), &public, 7), "another key signed it");
        assert!(!revokes(&[], &public, 7));
    }

    #[test]
    fn a_notice_changed_anywhere_is_none() {
        let (province, public) = key(1);
        let notice = revoked(&province, 7, 1_000);
        for at in 0..notice.len() {
            let mut changed = notice.clone();
            changed[at] ^= 1;
            assert!(!revokes(&changed, &public, 7), "byte {at}");
        }
    }
}
