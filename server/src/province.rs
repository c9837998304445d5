//! A province, opened: its storage, keys and clock. Everything that serves or administers works through one of these.

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::attempts::Attempts;
use crate::authority::Authority;
use crate::clock::{Clock, SystemClock};
use crate::config::DataConfig;
use crate::db::{Db, scopes};
use crate::error::{Error, Result};
use crate::key_file::{KeyFile, Purpose, fill_random};
use crate::sealing::Sealer;

/// The opened province.
pub struct Province {
    /// Its storage.
    pub db: Db,
    /// Its certificate authority and keys.
    pub authority: Authority,
    /// Seals what must not be readable in the database.
    pub sealer: Arc<Sealer>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Counts wrong enrolment secrets.
    pub(crate) attempts: Attempts,
    enrolment_key: Zeroizing<[u8; 32]>,
}

impl Province {
    /// Opens a province with the machine's clock. See [`Province::open_with`].
    pub async fn open(data: &DataConfig) -> Result<Arc<Province>> {
        Province::open_with(data, Arc::new(SystemClock), None).await
    }

    /// Opens a province: migrates its storage and makes its keys where there are none. The private half of the offline recovery
    /// key is written to `recovery_file` when the keys are made, by default `recovery-key` beside the key file; it is for a safe.
    pub async fn open_with(data: &DataConfig, clock: Arc<dyn Clock>, recovery_file: Option<&Path>) -> Result<Arc<Province>> {
        let (key_file, db) = data.open()?;
        let beside = data.key_path().with_file_name("recovery-key");
        Province::assemble(&key_file, db, clock, recovery_file.unwrap_or(&beside)).await
    }

    /// The same from parts, for tests on a storage of their own.
    pub async fn assemble(key_file: &KeyFile, db: Db, clock: Arc<dyn Clock>, recovery_file: &Path) -> Result<Arc<Province>> {
        let applied = db.migrate().await?;
        let authority = Authority::open_or_make(&db, key_file, recovery_file).await?;
        let epoch = random_u63()?;
        db.write(move |tx| scopes::insert(tx, scopes::PROVINCE, None, "province", epoch)).await?;
        tracing::info!(storage = db.name(), applied, "province open");
        Ok(Arc::new(Province {
            db,
            authority,
            sealer: Arc::new(Sealer::new(key_file)),
            clock,
            attempts: Attempts::default(),
            enrolment_key: key_file.derive(Purpose::Enrolment),
        }))
    }

    /// The HMAC under which an enrolment secret is kept.
    pub fn secret_hmac(&self, secret: &[u8]) -> Result<[u8; 32]> {
        use hmac::{Hmac, KeyInit as _, Mac as _};
        let mut mac = <Hmac<sha2::Sha256>>::new_from_slice(self.enrolment_key.as_slice())
            .map_err(|_| Error::Unexpected("an HMAC takes keys of any length"))?;
        mac.update(secret);
        Ok(mac.finalize().into_bytes().into())
    }
}

/// A random number that both databases can hold.
pub(crate) fn random_u63() -> Result<u64> {
    let mut bytes = [0u8; 8];
    fill_random(&mut bytes)?;
    Ok(u64::from_be_bytes(bytes) >> 1)
}
