//! Identities: of a record, and of an administrative unit.
//!
//! A record's id is made on the device and carries no meaning (never a citizen id).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The permanent id of a record: a UUID of version 7 (48 bits of device milliseconds, 74 random bits).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 16]);

impl RecordId {
    /// Makes an id from the device's time in milliseconds and ten random bytes.
    #[must_use]
    pub fn from_parts(at_ms: u64, random: [u8; 10]) -> Self {
        Self(*uuid::Builder::from_unix_timestamp_millis(at_ms, &random).into_uuid().as_bytes())
    }

    /// The 16 bytes as they travel and as they are stored.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 16 bytes; `None` for any other length.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text is not an id.
#[derive(Debug, thiserror::Error)]
#[error("not a record id")]
pub struct NotAnId;

impl FromStr for RecordId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        uuid::Uuid::try_parse(text).map(|id| Self(*id.as_bytes())).map_err(|_| NotAnId)
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The permanent number of an administrative unit and the scope of its records: commune code × 10 + list
/// (list 1 before 2025-07-01, list 2 from then on). Xã Mường Bi, code 05158, is 51582. Scope 0 is the whole province.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub u32);

impl UnitId {
    /// Province-wide reference data.
    pub const PROVINCE: Self = Self(0);

    /// Of a five-digit commune code in a list; `None` when the code is not five digits.
    #[must_use]
    pub fn of(code: &str, list: u32) -> Option<Self> {
        if code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        code.parse::<u32>().ok().map(|number| Self(number * 10 + list))
    }

    /// The five-digit commune code.
    #[must_use]
    pub fn code(self) -> String {
        format!("{:05}", self.0 / 10)
    }

    /// The list the code belongs to.
    #[must_use]
    pub fn list(self) -> u32 {
        self.0 % 10
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_id_of_muong_bi_is_frozen() {
        assert_eq!(UnitId::of("05158", 2), Some(UnitId(51582)), "the number names the scope on every server for ever");
        assert_eq!(UnitId(51582).code(), "05158");
        assert_eq!(UnitId(51582).list(), 2);
    }

    #[test]
    fn record_id_text_round_trips() {
        let id = RecordId::from_parts(1_763_884_800_000, [7; 10]);
        assert_eq!(id.to_string().parse::<RecordId>().ok(), Some(id));
        assert_eq!(id.to_string().len(), 36);
    }
}
