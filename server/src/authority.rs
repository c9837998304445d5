//! The province's own certificate authority and keys.
//!
//! Made once, by the first `migrate` or `serve`, and kept in the database sealed with the key file's key, so that several servers
//! of one province share them. Devices pin the authority, never a public one. Certificates are valid from 1975 to 4096, because
//! a device's clock may be wrong by years and the authority is pinned anyway; a lost device is stopped by its own number.

use std::path::Path;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PublicKeyData as _,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::db::{Db, settings};
use crate::error::{Error, Result};
use crate::key_file::{KeyFile, Purpose, fill_random, hex};
use crate::sealing::Sealer;

const CA_CERTIFICATE: &str = "ca_certificate";
const CA_KEY: &str = "ca_key";
const SIGNING_KEY: &str = "signing_key";
const SEALING_KEY: &str = "sealing_key";
const RECOVERY_PUBLIC: &str = "recovery_public";
const KEY_CHECK: &str = "key_check";
const KEYS: [&str; 5] = [CA_CERTIFICATE, CA_KEY, SIGNING_KEY, SEALING_KEY, RECOVERY_PUBLIC];

/// The province's keys, opened.
pub struct Authority {
    /// The authority's certificate (DER).
    pub ca_certificate: Vec<u8>,
    /// Its public key (DER of SubjectPublicKeyInfo): enrolment codes begin with its hash.
    pub ca_public_key: Vec<u8>,
    ca_key: Zeroizing<Vec<u8>>,
    /// Signs receipts and notices.
    pub signing: SigningKey,
    /// X25519: files for the province are sealed to it.
    pub sealing_public: [u8; 32],
    /// X25519: the offline recovery key, whose private half the province keeps on paper or in a safe.
    pub recovery_public: [u8; 32],
}

impl Authority {
    /// Opens the province's keys, making them where there are none. Of the two private halves that sealed files need later, the
    /// province's own stays sealed in the database; the offline one is written to `recovery_file` when it is made, and nowhere else.
    pub async fn open_or_make(db: &Db, key_file: &KeyFile, recovery_file: &Path) -> Result<Authority> {
        let sealer = Arc::new(Sealer::new(key_file));
        check_key_file(db, key_file).await?;
        if db.read(|tx| settings::find(tx, CA_CERTIFICATE)).await?.is_none() {
            return Authority::make(db, &sealer, recovery_file).await;
        }
        let missing = Error::Stored("a key of the province is missing");
        let found = db.read(|tx| KEYS.iter().map(|key| settings::find(tx, key)).collect::<Result<Option<Vec<_>>>>()).await?;
        let found = found.ok_or(missing)?;
        Authority::from_settings(&sealer, found)
    }

    /// Of several servers that start together the first makes the keys, and the others, who wait for its commit, take them.
    async fn make(db: &Db, sealer: &Sealer, recovery_file: &Path) -> Result<Authority> {
        let fresh = Fresh::make(sealer)?;
        // Written before the keys are: a province whose recovery key nobody has must not come to be.
        write_recovery(recovery_file, &fresh.recovery_secret)?;
        let values = fresh.values.clone();
        let stored = db
            .write(move |tx| {
                KEYS.iter().zip(&values).map(|(key, value)| settings::get_or_insert(tx, key, value)).collect::<Result<Vec<_>>>()
            })
            .await?;
        if stored != fresh.values {
            std::fs::remove_file(recovery_file).map_err(Error::io("removing an offline recovery key that was not needed"))?;
        }
        Authority::from_settings(sealer, stored)
    }

    fn from_settings(sealer: &Sealer, found: Vec<Vec<u8>>) -> Result<Authority> {
        let [ca_certificate, ca_key, signing, sealing, recovery_public]: [Vec<u8>; 5] =
            found.try_into().map_err(|_| Error::Stored("the keys of the province are incomplete"))?;
        let ca_key = Zeroizing::new(open(sealer, CA_KEY, &ca_key)?);
        let pair = key_pair(&ca_key)?;
        let signing = Zeroizing::new(secret32(open(sealer, SIGNING_KEY, &signing)?)?);
        let sealing = x25519_dalek::StaticSecret::from(secret32(open(sealer, SEALING_KEY, &sealing)?)?);
        Ok(Authority {
            ca_certificate,
            ca_public_key: pair.subject_public_key_info(),
            ca_key,
            signing: SigningKey::from_bytes(&signing),
            sealing_public: x25519_dalek::PublicKey::from(&sealing).to_bytes(),
            recovery_public: secret32(recovery_public)?,
        })
    }

    /// A TLS configuration with a fresh certificate for `name` (host name or IP address) and the authority behind it.
    pub fn tls(&self, name: &str) -> Result<ServerConfig> {
        let pair = key_pair(&self.ca_key)?;
        let authority = CertificateDer::from(self.ca_certificate.clone());
        let issuer = Issuer::from_ca_cert_der(&authority, pair).map_err(certificate)?;
        let mut params = CertificateParams::new([name.to_owned()]).map_err(certificate)?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.insert_extended_key_usage(ExtendedKeyUsagePurpose::ServerAuth);
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(certificate)?;
        let leaf = params.signed_by(&key, &issuer).map_err(certificate)?;
        let chain = vec![leaf.der().clone(), authority];
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private))
            .map_err(|error| Error::Certificate(error.to_string()))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // A replayed request would be refused by its counter; early data is simply not offered.
        config.max_early_data_size = 0;
        Ok(config)
    }
}

/// Values that the first server of a province writes.
struct Fresh {
    /// In the order of [`KEYS`].
    values: Vec<Vec<u8>>,
    recovery_secret: Zeroizing<[u8; 32]>,
}

impl Fresh {
    fn make(sealer: &Sealer) -> Result<Fresh> {
        let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(certificate)?;
        let mut params = CertificateParams::new(Vec::<String>::new()).map_err(certificate)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.distinguished_name.push(DnType::CommonName, "So An Sinh province authority");
        let ca = params.self_signed(&pair).map_err(certificate)?;
        let ca_key = Zeroizing::new(pair.serialize_der());
        let [signing, sealing, recovery_secret] = [random32()?, random32()?, random32()?];
        let recovery_public = x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(*recovery_secret));
        let seal = |key: &'static str, plain: &[u8]| sealer.seal("setting", &[key.as_bytes()], plain);
        Ok(Fresh {
            values: vec![
                ca.der().to_vec(),
                seal(CA_KEY, &ca_key)?,
                seal(SIGNING_KEY, signing.as_slice())?,
                seal(SEALING_KEY, sealing.as_slice())?,
                recovery_public.to_bytes().to_vec(),
            ],
            recovery_secret,
        })
    }
}

/// A database and a key file belong together; a wrong key file is told before anything is written.
async fn check_key_file(db: &Db, key_file: &KeyFile) -> Result<()> {
    let check = key_file.derive(Purpose::Check).to_vec();
    let wanted = check.clone();
    let stands = match db.read(|tx| settings::find(tx, KEY_CHECK)).await? {
        Some(stands) => stands,
        None => db.write(move |tx| settings::get_or_insert(tx, KEY_CHECK, &check)).await?,
    };
    if stands != wanted {
        return Err(Error::KeyFile("this key file belongs to another province's database".to_owned()));
    }
    Ok(())
}

fn write_recovery(path: &Path, secret: &[u8; 32]) -> Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let line = Zeroizing::new(format!("ansinh-recovery-key-1:{}\n", hex(secret)));
    let mut file =
        options.open(path).map_err(Error::io("making the file of the offline recovery key (it must not exist yet)"))?;
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::io("writing the offline recovery key"))
}

fn open(sealer: &Sealer, key: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    sealer.open("setting", &[key.as_bytes()], sealed)
}

fn random32() -> Result<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    fill_random(bytes.as_mut_slice())?;
    Ok(bytes)
}

fn secret32(bytes: Vec<u8>) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Error::Stored("a key of the province has the wrong length"))
}

fn key_pair(pkcs8: &[u8]) -> Result<KeyPair> {
    KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(pkcs8), &PKCS_ECDSA_P256_SHA256).map_err(certificate)
}

#[expect(clippy::needless_pass_by_value, reason = "it is used as map_err's argument")]
fn certificate(error: rcgen::Error) -> Error {
    Error::Certificate(error.to_string())
}
