//! Enrolment: the code that a commune gets on paper, and the two messages of `/v1/enrol`.
//!
//! ```text
//! code   = 24 Crockford symbols: 15 = first 75 bits of blake3-256 of the province's CA public key (SubjectPublicKeyInfo,
//!          DER), 8 = a 40-bit secret, 1 = check
//! ```
//! The device takes the CA of the server's chain as its only root if the hash fits, before it sends anything. The same code
//! with the same device key gives the same answer again, so a lost reply burns nothing.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::cbor::{MAX_DEPTH, Malformed, Reader, Writer};
use crate::crockford::{self, Mistyped, PAYLOAD};

const CA_SYMBOLS: usize = 15;
const SECRET_SYMBOLS: usize = 8;
const VOUCHED: &[u8] = b"hsync/renew/1";

/// An enrolment code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EnrolmentCode {
    ca: [u8; CA_SYMBOLS],
    /// What the server knows by its HMAC.
    pub secret: [u8; 5],
}

impl EnrolmentCode {
    /// The code of a secret under a CA, named by its public key (SubjectPublicKeyInfo, DER).
    pub fn new(ca_public_key: &[u8], secret: [u8; 5]) -> Self {
        Self { ca: ca_symbols(ca_public_key), secret }
    }

    /// Reads what a person typed.
    pub fn read(typed: &str) -> Result<Self, Mistyped> {
        let symbols = crockford::decode(crockford::ENROLMENT, typed)?;
        let (ca, secret) = symbols.split_first_chunk::<CA_SYMBOLS>().ok_or(Mistyped::Length)?;
        Ok(Self { ca: *ca, secret: crockford::bytes_of(secret) })
    }

    /// The code as it is shown, in six groups of four.
    pub fn text(&self) -> String {
        let mut symbols = [0; PAYLOAD];
        let secret = crockford::symbols_of::<SECRET_SYMBOLS>(&self.secret);
        for (place, symbol) in symbols.iter_mut().zip(self.ca.iter().chain(&secret)) {
            *place = *symbol;
        }
        crockford::encode(crockford::ENROLMENT, &symbols)
    }

    /// Whether the code was made under this CA.
    pub fn names_ca(&self, ca_public_key: &[u8]) -> bool {
        self.ca == ca_symbols(ca_public_key)
    }
}

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnrolmentCode(..)")
    }
}

fn ca_symbols(public_key: &[u8]) -> [u8; CA_SYMBOLS] {
    crockford::symbols_of(blake3::hash(public_key).as_bytes())
}

/// What entitles a device to a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The secret of an enrolment code.
    Code([u8; 5]),
    /// A restored store: its old number, and the old key's signature over the new ones ([`vouch`]).
    Replaces {
        /// The old number, which the server closes.
        dno: u32,
        /// The signature.
        signature: [u8; 64],
    },
}

/// Signs a restored store's new keys with its old one.
pub fn vouch(old: &SigningKey, old_dno: u32, sign_key: &[u8; 32], seal_key: &[u8; 32]) -> Claim {
    Claim::Replaces { dno: old_dno, signature: old.sign(&vouched(old_dno, sign_key, seal_key)).to_bytes() }
}

/// Whether the old key vouches for the new ones.
pub fn is_vouched(old: &VerifyingKey, old_dno: u32, request: &EnrolRequest, signature: &[u8; 64]) -> bool {
    let message = vouched(old_dno, &request.sign_key, &request.seal_key);
    old.verify_strict(&message, &Signature::from_bytes(signature)).is_ok()
}

fn vouched(dno: u32, sign_key: &[u8; 32], seal_key: &[u8; 32]) -> Vec<u8> {
    [VOUCHED, &dno.to_be_bytes(), sign_key, seal_key].concat()
}

/// The body of `POST /v1/enrol`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolRequest {
    /// The wire version.
    pub wire: u64,
    /// The registry version.
    pub schema: u64,
    /// The program's version.
    pub app: String,
    /// What entitles the device.
    pub claim: Claim,
    /// The device's Ed25519 public key.
    pub sign_key: [u8; 32],
    /// The device's X25519 public key, for what is sealed to it.
    pub seal_key: [u8; 32],
    /// The commune that the store belongs to; a code of another is refused and changes nothing.
    pub unit: u32,
}

impl EnrolRequest {
    /// The body.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(7).uint(1).uint(self.wire).uint(2).uint(self.schema).uint(3).text(&self.app).uint(4);
        match &self.claim {
            Claim::Code(secret) => writer.bytes(secret),
            Claim::Replaces { dno, signature } => writer.array(2).uint(u64::from(*dno)).bytes(signature),
        };
        writer.uint(5).bytes(&self.sign_key).uint(6).bytes(&self.seal_key).uint(7).uint(u64::from(self.unit));
        writer.into_bytes()
    }

    /// Reads the body.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let (mut wire, mut schema, mut app, mut claim) = (None, None, None, None);
        let (mut sign_key, mut seal_key, mut unit, mut before) = (None, None, None, None);
        for _ in 0..reader.map()? {
            match reader.key(&mut before)? {
                1 => wire = Some(reader.uint()?),
                2 => schema = Some(reader.uint()?),
                3 => app = Some(reader.text()?.to_owned()),
                4 if reader.is_bytes() => claim = Some(Claim::Code(reader.array_of()?)),
                4 => {
                    reader.array_len(2)?;
                    claim = Some(Claim::Replaces { dno: reader.number()?, signature: reader.array_of()? });
                }
                5 => sign_key = Some(reader.array_of()?),
                6 => seal_key = Some(reader.array_of()?),
                7 => unit = Some(reader.number()?),
                _ => reader.item(MAX_DEPTH).map(drop)?,
            }
        }
        reader.finish()?;
        Ok(Self {
            wire: wire.ok_or(Malformed::Unexpected)?,
            schema: schema.ok_or(Malformed::Unexpected)?,
            app: app.ok_or(Malformed::Unexpected)?,
            claim: claim.ok_or(Malformed::Unexpected)?,
            sign_key: sign_key.ok_or(Malformed::Unexpected)?,
            seal_key: seal_key.ok_or(Malformed::Unexpected)?,
            unit: unit.ok_or(Malformed::Unexpected)?,
        })
    }
}

/// What a device may do in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The scope.
    pub scope: u32,
    /// Whether it may write there.
    pub may_write: bool,
}

impl Grant {
    pub(crate) fn write_all(grants: &[Self], writer: &mut Writer) {
        writer.array(grants.len());
        for grant in grants {
            writer.array(2).uint(u64::from(grant.scope)).uint(u64::from(grant.may_write));
        }
    }

    pub(crate) fn read_all(reader: &mut Reader<'_>) -> Result<Vec<Self>, Malformed> {
        let mut grants = Vec::new();
        for _ in 0..reader.array()? {
            reader.array_len(2)?;
            grants.push(Self { scope: reader.number()?, may_write: reader.uint()? != 0 });
        }
        Ok(grants)
    }
}

/// The answer of `POST /v1/enrol`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolAnswer {
    /// The device's number.
    pub dno: u32,
    /// What it may do.
    pub grants: Vec<Grant>,
    /// The province's CA certificate, DER: the only root from now on.
    pub ca: Vec<u8>,
    /// The server's Ed25519 public key, for signed notices.
    pub server_key: [u8; 32],
    /// The province's X25519 public key, for what is sealed to it.
    pub province_key: [u8; 32],
    /// The offline recovery X25519 public key.
    pub recovery_key: [u8; 32],
    /// The commune.
    pub unit: u32,
    /// The server's clock in milliseconds.
    pub server_ms: i64,
    /// For a restored store: the counter up to which the server has the old number's ops. All others get new dots.
    pub replaced_last_dseq: Option<u64>,
}

impl EnrolAnswer {
    /// The body.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(9).uint(1).uint(u64::from(self.dno)).uint(2);
        Grant::write_all(&self.grants, &mut writer);
        writer.uint(3).bytes(&self.ca).uint(4).bytes(&self.server_key).uint(5).bytes(&self.province_key);
        writer.uint(6).bytes(&self.recovery_key).uint(7).uint(u64::from(self.unit)).uint(8).int(self.server_ms).uint(9);
        match self.replaced_last_dseq {
            Some(dseq) => writer.uint(dseq),
            None => writer.null(),
        };
        writer.into_bytes()
    }

    /// Reads the body.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let (mut dno, mut grants, mut ca, mut unit, mut server_ms) = (None, None, None, None, None);
        let (mut server_key, mut province_key, mut recovery_key) = (None, None, None);
        let (mut replaced_last_dseq, mut before) = (None, None);
        for _ in 0..reader.map()? {
            match reader.key(&mut before)? {
                1 => dno = Some(reader.number()?),
                2 => grants = Some(Grant::read_all(&mut reader)?),
                3 => ca = Some(reader.bytes()?.to_vec()),
                4 => server_key = Some(reader.array_of()?),
                5 => province_key = Some(reader.array_of()?),
                6 => recovery_key = Some(reader.array_of()?),
                7 => unit = Some(reader.number()?),
                8 => server_ms = Some(reader.int()?),
                9 => replaced_last_dseq = reader.optional(Reader::uint)?,
                _ => reader.item(MAX_DEPTH).map(drop)?,
            }
        }
        reader.finish()?;
        Ok(Self {
            dno: dno.ok_or(Malformed::Unexpected)?,
            grants: grants.ok_or(Malformed::Unexpected)?,
            ca: ca.ok_or(Malformed::Unexpected)?,
            server_key: server_key.ok_or(Malformed::Unexpected)?,
            province_key: province_key.ok_or(Malformed::Unexpected)?,
            recovery_key: recovery_key.ok_or(Malformed::Unexpected)?,
            unit: unit.ok_or(Malformed::Unexpected)?,
            server_ms: server_ms.ok_or(Malformed::Unexpected)?,
            replaced_last_dseq,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says by a panic what failed")]
    use super::*;

    #[test]
    fn a_code_names_its_ca_and_its_secret() {
        let code = EnrolmentCode::new(b"a public key", [1, 2, 3, 4, 0xff]);
        let read = EnrolmentCode::read(&code.text()).unwrap();
        assert_eq!(read.secret, [1, 2, 3, 4, 0xff]);
        assert!(read.names_ca(b"a public key"));
        assert!(!read.names_ca(b"another public key"));
    }
}
