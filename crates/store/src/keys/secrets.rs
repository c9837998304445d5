//! The arithmetic of the keys: Argon2id for passwords, X25519 and ChaCha20-Poly1305 for sealing.
//!
//! Owes its callers: every secret is wiped when dropped; a wrong password and a damaged wrap are told apart by the
//! checksum of the key file, so here a wrap that does not open means a wrong password.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::hex::{self, Hex};
use crate::error::{Error, Result};

/// Characters that a password needs, counted after NFC.
const SHORTEST_PASSWORD: usize = 10;

/// `N` bytes from the system's generator.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// What one try of a password costs (Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// 64 MiB, three passes, one lane: about 0.2 s on a commune's machine.
    pub const STANDARD: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// A key file is readable and writable to whoever holds the folder: it must not make us take all memory.
    fn is_sane(self) -> bool {
        self.memory_kib <= 1024 * 1024 && (1..=16).contains(&self.passes) && (1..=8).contains(&self.lanes)
    }
}

/// The key of a store's database file.
#[derive(Clone)]
pub(crate) struct StoreKey(Zeroizing<[u8; 32]>);

impl StoreKey {
    pub(crate) fn generate() -> Result<Self> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The statement that gives SQLCipher this key as it is, without deriving anything.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(&*self.0));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", &*digits))
    }
}

/// An X25519 pair with its private half in the clear.
pub(crate) struct Pair {
    secret: StaticSecret,
}

impl Pair {
    pub(crate) fn generate() -> Result<Self> {
        Ok(Self { secret: StaticSecret::from(*Zeroizing::new(random()?)) })
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        PublicKey::from(&self.secret).to_bytes()
    }
}

/// A private half under a key made from a password or from the recovery key, with its public half beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrapped {
    pub(crate) public: Hex<32>,
    salt: Hex<16>,
    nonce: Hex<24>,
    wrapped: Hex<48>,
}

impl Wrapped {
    /// Wraps the private half of `pair` under `derive(salt)`. `whose` binds the wrap to its store and worker.
    pub(crate) fn new(pair: &Pair, whose: &[u8], derive: impl FnOnce(&[u8; 16]) -> Result<Zeroizing<[u8; 32]>>) -> Result<Self> {
        let salt = random()?;
        let nonce = random()?;
        let cipher = XChaCha20Poly1305::new((&*derive(&salt)?).into());
        let secret = Zeroizing::new(pair.secret.to_bytes());
        let wrapped = cipher
            .encrypt((&nonce).into(), Payload { msg: &*secret, aad: whose })
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(Error::NoRandomness)?;
        Ok(Self { public: Hex(pair.public()), salt: Hex(salt), nonce: Hex(nonce), wrapped: Hex(wrapped) })
    }

    /// The pair, or nothing where the derived key does not open the wrap.
    pub(crate) fn open(
        &self,
        whose: &[u8],
        derive: impl FnOnce(&[u8; 16]) -> Result<Zeroizing<[u8; 32]>>,
    ) -> Result<Option<Pair>> {
        let cipher = XChaCha20Poly1305::new((&*derive(&self.salt.0)?).into());
        let Ok(bytes) = cipher.decrypt((&self.nonce.0).into(), Payload { msg: &self.wrapped.0, aad: whose }) else {
            return Ok(None);
        };
        let bytes = Zeroizing::new(bytes);
        let Ok(secret) = <[u8; 32]>::try_from(bytes.as_slice()) else {
            return Ok(None);
        };
        Ok(Some(Pair { secret: StaticSecret::from(*Zeroizing::new(secret)) }))
    }
}

/// The store's key sealed to one public half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    ephemeral: Hex<32>,
    sealed: Hex<48>,
}

/// Seals the store's key so that only the holder of `public`'s private half gets it back.
pub(crate) fn seal(key: &StoreKey, public: &[u8; 32], store_id: &[u8; 16]) -> Result<Sealed> {
    let ephemeral = Pair::generate()?;
    let shared = ephemeral.secret.diffie_hellman(&PublicKey::from(*public));
    if !shared.was_contributory() {
        return Err(Error::DamagedKeys);
    }
    let cipher = sealing_cipher(shared.as_bytes(), &ephemeral.public(), public);
    // The cipher's key is used once, since the ephemeral pair is: a fixed nonce is safe.
    let sealed = cipher
        .encrypt((&[0; 12]).into(), Payload { msg: &*key.0, aad: store_id })
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(Error::NoRandomness)?;
    Ok(Sealed { ephemeral: Hex(ephemeral.public()), sealed: Hex(sealed) })
}

/// The store's key, or nothing where it was sealed to somebody else.
pub(crate) fn unseal(sealed: &Sealed, pair: &Pair, store_id: &[u8; 16]) -> Option<StoreKey> {
    let shared = pair.secret.diffie_hellman(&PublicKey::from(sealed.ephemeral.0));
    let cipher = sealing_cipher(shared.as_bytes(), &sealed.ephemeral.0, &pair.public());
    let payload = Payload { msg: &sealed.sealed.0, aad: store_id };
    let bytes = Zeroizing::new(cipher.decrypt((&[0; 12]).into(), payload).ok()?);
    Some(StoreKey(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
}

fn sealing_cipher(shared: &[u8; 32], ephemeral: &[u8; 32], public: &[u8; 32]) -> ChaCha20Poly1305 {
    let mut salt = [0; 64];
    salt[..32].copy_from_slice(ephemeral);
    salt[32..].copy_from_slice(public);
    ChaCha20Poly1305::new((&*expand(shared, &salt, b"ansinh/seal/1")).into())
}

/// HKDF-SHA256 to 32 bytes.
pub(crate) fn expand(secret: &[u8], salt: &[u8], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), secret).expand(purpose, &mut *key).expect("32 bytes are within what HKDF can give");
    key
}

/// The form in which a password is counted and derived: NFC, so that two keyboards give one password.
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(domain::text::nfc(password))
}

/// Refuses a new password that is too short.
pub(crate) fn check_new_password(password: &str) -> Result<()> {
    if normal(password).chars().count() < SHORTEST_PASSWORD {
        return Err(Error::WeakPassword { minimum: SHORTEST_PASSWORD });
    }
    Ok(())
}

/// Wraps the private half under a password.
pub(crate) fn wrap_with_password(pair: &Pair, password: &str, whose: &[u8], cost: Cost) -> Result<Wrapped> {
    Wrapped::new(pair, whose, |salt| derive(password, salt, cost))
}

/// The pair that the password opens, or [`Error::WrongPassword`].
pub(crate) fn unwrap_with_password(wrapped: &Wrapped, password: &str, whose: &[u8], cost: Cost) -> Result<Pair> {
    wrapped.open(whose, |salt| derive(password, salt, cost))?.ok_or(Error::WrongPassword)
}

fn derive(password: &str, salt: &[u8; 16], cost: Cost) -> Result<Zeroizing<[u8; 32]>> {
    if !cost.is_sane() {
        return Err(Error::DamagedKeys);
    }
    let mut key = Zeroizing::new([0; 32]);
    Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(key.len()))
        .and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                normal(password).as_bytes(),
                salt,
                &mut *key,
            )
        })
        .map_err(|_| Error::DamagedKeys)?;
    Ok(key)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    #[test]
    fn composed_and_decomposed_input_is_one_password() {
        let pair = Pair::generate().unwrap();
        let wrapped = wrap_with_password(&pair, "Mường Bi ấm áp", b"one", CHEAP).unwrap();
        let decomposed = "Mu\u{31b}o\u{31b}\u{300}ng Bi a\u{302}\u{301}m a\u{301}p";
        let opened = unwrap_with_password(&wrapped, decomposed, b"one", CHEAP).unwrap();
        assert_eq!(opened.public(), pair.public());
    }

    #[test]
    fn a_short_password_is_refused_by_characters_not_bytes() {
        assert!(matches!(check_new_password("ếếếếếếếếế"), Err(Error::WeakPassword { minimum: 10 })));
        check_new_password("ếếếếếếếếếế").unwrap();
    }

    #[test]
    fn a_wrap_belongs_to_one_worker() {
        let pair = Pair::generate().unwrap();
        let wrapped = wrap_with_password(&pair, "mat khau dai", b"one", CHEAP).unwrap();
        assert!(matches!(unwrap_with_password(&wrapped, "mat khau dai", b"two", CHEAP), Err(Error::WrongPassword)));
    }

    #[test]
    fn only_the_addressee_unseals_the_key() {
        let key = StoreKey::generate().unwrap();
        let (mine, other) = (Pair::generate().unwrap(), Pair::generate().unwrap());
        let sealed = seal(&key, &mine.public(), &[7; 16]).unwrap();
        assert_eq!(*unseal(&sealed, &mine, &[7; 16]).unwrap().pragma(), *key.pragma());
        assert!(unseal(&sealed, &other, &[7; 16]).is_none());
        assert!(unseal(&sealed, &mine, &[8; 16]).is_none());
    }

    #[test]
    fn a_key_file_cannot_ask_for_all_memory() {
        let greedy = Cost { memory_kib: u32::MAX, passes: 1, lanes: 1 };
        assert!(matches!(derive("mat khau dai", &[0; 16], greedy), Err(Error::DamagedKeys)));
    }
}
