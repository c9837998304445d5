//! The key file: 32 random bytes outside the database, from which every key of the server is derived.
//!
//! A copy of the database without this file shows no batch and no restricted value, and no code can be tried against it.
//! The file is made once and never overwritten; it must be readable by its owner only.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::{Error, Result};

const PREFIX: &str = "ansinh-server-key-1:";

/// What a derived key is for. Each purpose has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The embedded database file.
    Database,
    /// Sealed values and batches.
    Sealing,
    /// HMAC of enrolment secrets.
    Enrolment,
    /// Recognises a database that belongs to another key file.
    Check,
}

impl Purpose {
    fn context(self) -> &'static str {
        match self {
            Purpose::Database => "ansinh-server 2026-11 embedded database",
            Purpose::Sealing => "ansinh-server 2026-11 sealed values and batches",
            Purpose::Enrolment => "ansinh-server 2026-11 enrolment secrets",
            Purpose::Check => "ansinh-server 2026-11 key check",
        }
    }
}

/// The opened key file.
pub struct KeyFile(Zeroizing<[u8; 32]>);

impl KeyFile {
    /// Reads the key file, or makes one where there is none (mode 0600, written before anything is sealed with it).
    pub fn open_or_make(path: &Path) -> Result<KeyFile> {
        if !path.exists() {
            Self::make(path)?;
        }
        Self::open(path)
    }

    /// Reads an existing key file.
    pub fn open(path: &Path) -> Result<KeyFile> {
        let shown = path.display();
        let text = Zeroizing::new(
            fs::read_to_string(path).map_err(|e| Error::KeyFile(format!("{shown} cannot be read ({})", e.kind())))?,
        );
        refuse_if_others_can_read(path)?;
        let hex = text
            .trim()
            .strip_prefix(PREFIX)
            .ok_or_else(|| Error::KeyFile(format!("{shown} is not a key file of this program")))?;
        let mut key = Zeroizing::new([0u8; 32]);
        let complete = hex.len() == 64 && hex.is_ascii();
        for (i, byte) in key.iter_mut().enumerate() {
            *byte = hex
                .get(2 * i..2 * i + 2)
                .filter(|_| complete)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                .ok_or_else(|| Error::KeyFile(format!("{shown} is damaged; put back its copy")))?;
        }
        Ok(KeyFile(key))
    }

    /// The key for one purpose.
    pub fn derive(&self, purpose: Purpose) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(purpose.context(), self.0.as_slice()))
    }

    fn make(path: &Path) -> Result<()> {
        let mut key = Zeroizing::new([0u8; 32]);
        fill_random(key.as_mut_slice())?;
        let line = Zeroizing::new(format!("{PREFIX}{}\n", hex(key.as_slice())));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(Error::io("making the key file"))?;
        file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::io("writing the key file"))
    }
}

/// Random bytes from the operating system.
pub fn fill_random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|_| Error::Unexpected("the system gives no random numbers"))
}

/// Lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(unix)]
fn refuse_if_others_can_read(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).map_err(Error::io("looking at the key file"))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Error::KeyFile(format!(
            "{} can be read by others (mode {:o}); run chmod 600 on it",
            path.display(),
            mode & 0o777
        )));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_others_can_read(_path: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_made_key_file_opens_again_and_belongs_to_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        let made = KeyFile::open_or_make(&path).unwrap();
        let again = KeyFile::open_or_make(&path).unwrap();
        assert_eq!(made.derive(Purpose::Sealing), again.derive(Purpose::Sealing));
        assert_ne!(made.derive(Purpose::Sealing), made.derive(Purpose::Database), "each purpose has its own key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            assert!(matches!(KeyFile::open(&path), Err(Error::KeyFile(_))), "a key that others can read is refused");
        }
    }

    #[test]
    fn a_cut_key_file_is_refused_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        KeyFile::open_or_make(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..40]).unwrap();
        assert!(matches!(KeyFile::open_or_make(&path), Err(Error::KeyFile(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), text[..40]);
    }
}
