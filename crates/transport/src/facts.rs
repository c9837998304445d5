//! What the store knows of the road: address, CA, keys. Secret keys lie inside the encrypted file and nowhere else.

use ed25519_dalek::SigningKey;
use store::{Error, RoadError, Store, Tx, View};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::address::Address;

const SERVER: &str = "server";
const CA: &str = "ca";
const SIGN: &str = "sign_key";
const SEAL: &str = "seal_key";
const NEXT_SIGN: &str = "next_sign_key";
const NEXT_SEAL: &str = "next_seal_key";
const SERVER_KEY: &str = "server_key";
const PROVINCE_KEY: &str = "province_key";
const RECOVERY_KEY: &str = "recovery_key";

type Result<T> = std::result::Result<T, RoadError>;

/// A device's key pairs.
pub(crate) struct Keys {
    sign: Zeroizing<[u8; 32]>,
    seal: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// The pair that signs.
    pub(crate) fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&self.sign)
    }

    /// The public key that things are sealed to.
    pub(crate) fn seal_public(&self) -> [u8; 32] {
        PublicKey::from(&StaticSecret::from(*self.seal)).to_bytes()
    }
}

/// The province as this store knows it.
pub(crate) struct Province {
    pub(crate) address: Address,
    pub(crate) ca: Option<Vec<u8>>,
    /// Checks what the province signs.
    pub(crate) server_key: [u8; 32],
    pub(crate) keys: Keys,
}

/// What enrolment taught.
pub(crate) struct Learnt<'a> {
    pub(crate) address: &'a Address,
    pub(crate) ca: Option<&'a [u8]>,
    pub(crate) server_key: &'a [u8; 32],
    pub(crate) province_key: &'a [u8; 32],
    pub(crate) recovery_key: &'a [u8; 32],
}

/// The province, if the store was ever enrolled.
pub(crate) fn find_province(store: &Store) -> Result<Option<Province>> {
    let facts = store.read(|view| {
        let server = view.find_road_fact(SERVER)?;
        let ca = view.find_road_fact(CA)?;
        let server_key = view.find_road_fact(SERVER_KEY)?.and_then(|key| key.as_slice().try_into().ok());
        let keys = find_keys(view, SIGN, SEAL)?;
        Ok(server.zip(keys).zip(server_key).map(|((server, keys), server_key)| (server, ca, server_key, keys)))
    })?;
    let Some((server, ca, server_key, keys)) = facts else { return Ok(None) };
    let address = Address::read(&String::from_utf8_lossy(&server))?;
    Ok(Some(Province { address, ca, server_key, keys }))
}

/// The keys that the device asks a number for; made and kept before they are shown to anybody, so that a lost reply is
/// answered again.
pub(crate) fn next_keys(store: &Store, author: store::Author) -> Result<Keys> {
    if let Some(keys) = store.read(|view| find_keys(view, NEXT_SIGN, NEXT_SEAL))? {
        return Ok(keys);
    }
    let keys = Keys { sign: random()?, seal: random()? };
    store.write(author, |tx| {
        tx.set_road_fact(NEXT_SIGN, Some(keys.sign.as_slice()))?;
        tx.set_road_fact(NEXT_SEAL, Some(keys.seal.as_slice()))
    })?;
    Ok(keys)
}

/// Keeps what enrolment taught; the next keys become the present ones.
pub(crate) fn keep(tx: &Tx<'_>, keys: &Keys, learnt: &Learnt<'_>) -> std::result::Result<(), Error> {
    tx.set_road_fact(SERVER, Some(learnt.address.as_str().as_bytes()))?;
    tx.set_road_fact(CA, learnt.ca)?;
    tx.set_road_fact(SIGN, Some(keys.sign.as_slice()))?;
    tx.set_road_fact(SEAL, Some(keys.seal.as_slice()))?;
    tx.set_road_fact(SERVER_KEY, Some(learnt.server_key.as_slice()))?;
    tx.set_road_fact(PROVINCE_KEY, Some(learnt.province_key.as_slice()))?;
    tx.set_road_fact(RECOVERY_KEY, Some(learnt.recovery_key.as_slice()))?;
    tx.set_road_fact(NEXT_SIGN, None)?;
    tx.set_road_fact(NEXT_SEAL, None)
}

fn find_keys(view: &View<'_>, sign: &str, seal: &str) -> std::result::Result<Option<Keys>, Error> {
    let key = |name: &str| -> std::result::Result<Option<Zeroizing<[u8; 32]>>, Error> {
        let bytes = view.find_road_fact(name)?.map(Zeroizing::new);
        Ok(bytes.and_then(|bytes| bytes.as_slice().try_into().ok()).map(Zeroizing::new))
    };
    Ok(key(sign)?.zip(key(seal)?).map(|(sign, seal)| Keys { sign, seal }))
}

fn random() -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(|error| RoadError::Store(Error::Io(std::io::Error::other(error))))?;
    Ok(key)
}
