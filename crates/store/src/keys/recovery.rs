//! The recovery key (khóa khôi phục): 24 symbols on paper, the last a check.
//!
//! Owes its callers: it is shown once, by [`RecoveryKey::reveal`], and is neither printable by `{:?}` nor serialisable, so
//! that no log and no answer can carry it by accident.

use std::fmt;

use sync::crockford;
use zeroize::Zeroizing;

use super::secrets::{Pair, Wrapped, expand, random};
use crate::error::{Error, Result};

/// 115 random bits and a check symbol. It resets one worker's password.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey {
    /// Values 0–31 of the symbols that carry the secret.
    symbols: Zeroizing<[u8; crockford::PAYLOAD]>,
}

impl RecoveryKey {
    pub(crate) fn generate() -> Result<Self> {
        let mut symbols = Zeroizing::new(random()?);
        for symbol in symbols.iter_mut() {
            *symbol &= 31;
        }
        Ok(Self { symbols })
    }

    /// Reads a key as a person types it: any case, spaces and hyphens ignored, O as 0, I and L as 1.
    pub fn parse(text: &str) -> Result<Self> {
        let symbols = crockford::decode(crockford::RECOVERY, text).map_err(|_| Error::WrongRecoveryKey)?;
        Ok(Self { symbols: Zeroizing::new(symbols) })
    }

    /// The 24 symbols in groups of four, for the paper.
    pub fn reveal(&self) -> Zeroizing<String> {
        Zeroizing::new(crockford::encode(crockford::RECOVERY, &self.symbols))
    }

    pub(crate) fn wrap(&self, pair: &Pair, store_id: &[u8; 16]) -> Result<Wrapped> {
        Wrapped::new(pair, &whose(store_id), |salt| Ok(self.derive(salt)))
    }

    pub(crate) fn unwrap(&self, wrapped: &Wrapped, store_id: &[u8; 16]) -> Result<Pair> {
        wrapped.open(&whose(store_id), |salt| Ok(self.derive(salt)))?.ok_or(Error::WrongRecoveryKey)
    }

    fn derive(&self, salt: &[u8; 16]) -> Zeroizing<[u8; 32]> {
        expand(&*self.symbols, salt, b"ansinh/recovery/1")
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryKey(…)")
    }
}

fn whose(store_id: &[u8; 16]) -> Vec<u8> {
    [b"ansinh/recovery/1".as_slice(), store_id].concat()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_paper_reads_back_whatever_the_typing() {
        let key = RecoveryKey::generate().unwrap();
        let paper = key.reveal();
        assert_eq!(paper.chars().filter(|symbol| *symbol != '-').count(), 24);
        let typed = paper.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert!(RecoveryKey::parse(&typed).unwrap() == key);
    }

    #[test]
    fn a_wrong_length_or_letter_is_refused() {
        for text in ["", "0123", "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU", "0000-0000-0000-0000-0000-0000-0", "ếếếế"] {
            assert!(matches!(RecoveryKey::parse(text), Err(Error::WrongRecoveryKey)));
        }
    }

    #[test]
    fn it_cannot_be_printed_by_accident() {
        assert_eq!(format!("{:?}", RecoveryKey::generate().unwrap()), "RecoveryKey(…)");
    }
}
