//! Sealing of restricted values and of batches before they reach the database (XChaCha20-Poly1305, key of the key file).
//!
//! A sealed value is `1 ∥ nonce (24) ∥ ciphertext` (no CBOR array begins with a 1). It is bound to its place (`what` and the row's key), so that a sealed value
//! moved to another row does not open.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use domain::registry;

use crate::error::{Error, Result};
use crate::key_file::{KeyFile, Purpose, fill_random};

const VERSION: u8 = 1;
const NONCE: usize = 24;

/// Seals and opens with the key file's sealing key.
pub struct Sealer(XChaCha20Poly1305);

impl Sealer {
    /// The sealer of this key file.
    pub fn new(key_file: &KeyFile) -> Sealer {
        Sealer(XChaCha20Poly1305::new((&*key_file.derive(Purpose::Sealing)).into()))
    }

    /// Seals `plain` for the row `key` of `what`.
    pub fn seal(&self, what: &str, key: &[&[u8]], plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0u8; NONCE];
        fill_random(&mut nonce)?;
        let payload = Payload { msg: plain, aad: &place(what, key) };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::Sealed)?;
        let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what `seal` made for the same row.
    pub fn open(&self, what: &str, key: &[&[u8]], sealed: &[u8]) -> Result<Vec<u8>> {
        let (&version, rest) = sealed.split_first().ok_or(Error::Sealed)?;
        let (nonce, ciphertext) = rest.split_at_checked(NONCE).ok_or(Error::Sealed)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Error::Sealed)?;
        if version != VERSION {
            return Err(Error::Sealed);
        }
        self.0.decrypt(&XNonce::from(nonce), Payload { msg: ciphertext, aad: &place(what, key) }).map_err(|_| Error::Sealed)
    }

    /// Seals `plain` where values of the kind are protected; leaves it as it is otherwise. Plain bytes begin with a CBOR array.
    pub fn seal_if_protected(&self, kind: u16, what: &str, key: &[&[u8]], plain: Vec<u8>) -> Result<Vec<u8>> {
        if is_protected(kind) { self.seal(what, key, &plain) } else { Ok(plain) }
    }

    /// Opens what [`Sealer::seal_if_protected`] gave.
    pub fn open_if_sealed(&self, what: &str, key: &[&[u8]], bytes: Vec<u8>) -> Result<Vec<u8>> {
        if bytes.first() == Some(&VERSION) { self.open(what, key, &bytes) } else { Ok(bytes) }
    }
}

/// Whether records of a kind are sealed in the database: restricted health; `parent_link`, because one of its statuses is
/// protected; and kinds of a newer program, of which nothing is known.
fn is_protected(kind: u16) -> bool {
    registry::kind(kind).is_none_or(|kind| kind.restricted || kind.name == "parent_link")
}

fn place(what: &str, key: &[&[u8]]) -> Vec<u8> {
    let mut place = what.as_bytes().to_vec();
    for part in key {
        place.push(0);
        place.extend_from_slice(&(part.len() as u64).to_be_bytes());
        place.extend_from_slice(part);
    }
    place
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_in_its_own_row() {
        let dir = tempfile::tempdir().unwrap();
        let sealer = Sealer::new(&KeyFile::open_or_make(&dir.path().join("key")).unwrap());
        let sealed = sealer.seal("op", &[b"1", b"2"], b"plain words").unwrap();
        assert_eq!(sealer.open("op", &[b"1", b"2"], &sealed).unwrap(), b"plain words");
        assert!(sealer.open("op", &[b"1", b"3"], &sealed).is_err());
        assert!(sealer.open("op", &[b"12", b""], &sealed).is_err());
        assert!(sealer.open("op", &[b"1", b"2"], &sealed[..10]).is_err());
        assert!(!sealed.windows(5).any(|w| w == b"plain"));
    }
}
