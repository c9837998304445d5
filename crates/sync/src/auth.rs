//! Who sends a request: `Authorization: HS1 dno,rc,sig`.
//!
//! The device signs its number, the method, the path with its query, the body's hash and a request counter that only ever
//! rises, so a replay is refused without any clock. Nobody's password travels.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::cbor::Malformed;

const SIGNED: &[u8] = b"hsync/req/1";
const SCHEME: &str = "HS1 ";

/// What is signed of a request besides the counter.
#[derive(Debug, Clone, Copy)]
pub struct Signable<'a> {
    /// `POST`.
    pub method: &'a str,
    /// The path with its query.
    pub path: &'a str,
    /// The whole body.
    pub body: &'a [u8],
}

/// The header of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The device.
    pub dno: u32,
    /// The request counter; persisted by the device before sending.
    pub rc: u64,
    signature: Signature,
}

impl Authorization {
    /// Signs a request.
    pub fn sign(key: &SigningKey, dno: u32, rc: u64, request: Signable<'_>) -> Self {
        Self { dno, rc, signature: key.sign(&message(dno, rc, request)) }
    }

    /// The header's value.
    pub fn header(&self) -> String {
        format!("{SCHEME}{},{},{}", self.dno, self.rc, BASE64_URL_SAFE_NO_PAD.encode(self.signature.to_bytes()))
    }

    /// Reads the header's value.
    pub fn read(header: &str) -> Result<Self, Malformed> {
        let mut parts = header.strip_prefix(SCHEME).ok_or(Malformed::Unexpected)?.splitn(3, ',');
        let mut next = || parts.next().ok_or(Malformed::Truncated);
        let dno = next()?.parse().map_err(|_| Malformed::Unexpected)?;
        let rc = next()?.parse().map_err(|_| Malformed::Unexpected)?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(next()?).map_err(|_| Malformed::Unexpected)?;
        let signature = Signature::from_slice(&signature).map_err(|_| Malformed::Unexpected)?;
        Ok(Self { dno, rc, signature })
    }

    /// Whether the device's key signed this request. The caller compares the counter with the last one it accepted.
    pub fn is_by(&self, key: &VerifyingKey, request: Signable<'_>) -> bool {
        key.verify_strict(&message(self.dno, self.rc, request), &self.signature).is_ok()
    }
}

fn message(dno: u32, rc: u64, request: Signable<'_>) -> Vec<u8> {
    let body = blake3::hash(request.body);
    let parts: [&[u8]; 5] =
        [&dno.to_be_bytes(), request.method.as_bytes(), request.path.as_bytes(), body.as_bytes(), &rc.to_be_bytes()];
    let mut message = SIGNED.to_vec();
    for part in parts {
        message.extend((part.len() as u64).to_be_bytes());
        message.extend(part);
    }
    message
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says by a panic what failed")]
    use super::*;

    #[test]
    fn a_header_proves_device_counter_path_and_body() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let request = Signable { method: "POST", path: "/v1/sync", body: b"body" };
        let read = Authorization::read(&Authorization::sign(&key, 3, 41, request).header()).unwrap();
        assert_eq!((read.dno, read.rc), (3, 41));
        assert!(read.is_by(&key.verifying_key(), request));
        assert!(!read.is_by(&key.verifying_key(), Signable { body: b"other", ..request }));
        assert!(!read.is_by(&key.verifying_key(), Signable { path: "/v1/digest", ..request }));
        let replayed = Authorization { rc: 42, ..read.clone() };
        assert!(!replayed.is_by(&key.verifying_key(), request));
        assert!(!read.is_by(&SigningKey::from_bytes(&[8; 32]).verifying_key(), request));
    }
}
