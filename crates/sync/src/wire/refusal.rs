//! Refusals: the body `{1: code, 2: data}` of every answer that is not 200. The sentence is the device's.

use crate::cbor::{MAX_DEPTH, Malformed, Reader, Writer};

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such device.
    #[error("unknown device")]
    UnknownDevice,
    /// The signature does not fit.
    #[error("bad signature")]
    BadSignature,
    /// The request counter was used; the next one to use.
    #[error("request counter used")]
    Replayed(u64),
    /// The device was revoked; the server's signed notice.
    #[error("revoked")]
    Revoked(Vec<u8>),
    /// Another batch stands under this number: the disk was cloned or restored.
    #[error("fork")]
    Fork(u64),
    /// A batch is missing before this one; the number expected.
    #[error("gap")]
    Gap(u64),
    /// The body is larger than allowed.
    #[error("too large")]
    TooLarge,
    /// The wire version is too old; the oldest spoken.
    #[error("wire too old")]
    WireTooOld(u64),
    /// Try again after this many seconds.
    #[error("busy")]
    Busy(u64),
    /// No such code, or it is used or out of date.
    #[error("wrong code")]
    WrongCode,
    /// The code is for another commune; its unit.
    #[error("code of another commune")]
    WrongCommune(u64),
    /// Too many wrong codes; seconds to wait.
    #[error("too many wrong codes")]
    TooManyCodes(u64),
    /// The body is not what it should be.
    #[error("malformed")]
    Malformed,
    /// The server failed; its incident number.
    #[error("unexpected")]
    Unexpected(u64),
}

impl Refusal {
    /// The HTTP status it comes with.
    pub fn status(&self) -> u16 {
        match self {
            Self::UnknownDevice | Self::BadSignature => 401,
            Self::WrongCode | Self::WrongCommune(_) | Self::Revoked(_) => 403,
            Self::Replayed(_) | Self::Fork(_) | Self::Gap(_) => 409,
            Self::TooLarge => 413,
            Self::WireTooOld(_) => 426,
            Self::TooManyCodes(_) => 429,
            Self::Busy(_) => 503,
            Self::Malformed => 400,
            Self::Unexpected(_) => 500,
        }
    }

    fn parts(&self) -> (u64, Option<u64>) {
        match self {
            Self::UnknownDevice => (1, None),
            Self::BadSignature => (2, None),
            Self::Replayed(expected) => (3, Some(*expected)),
            Self::Revoked(_) => (4, None),
            Self::Fork(bno) => (5, Some(*bno)),
            Self::Gap(expected) => (6, Some(*expected)),
            Self::TooLarge => (7, None),
            Self::WireTooOld(oldest) => (8, Some(*oldest)),
            Self::Busy(seconds) => (9, Some(*seconds)),
            Self::WrongCode => (10, None),
            Self::WrongCommune(unit) => (11, Some(*unit)),
            Self::TooManyCodes(seconds) => (12, Some(*seconds)),
            Self::Malformed => (13, None),
            Self::Unexpected(incident) => (14, Some(*incident)),
        }
    }

    /// The body.
    pub fn encode(&self) -> Vec<u8> {
        let (code, data) = self.parts();
        let mut writer = Writer::new();
        writer.map(2).uint(1).uint(code).uint(2);
        match (self, data) {
            (Self::Revoked(notice), _) => writer.bytes(notice),
            (_, Some(data)) => writer.uint(data),
            (_, None) => writer.null(),
        };
        writer.into_bytes()
    }

    /// Reads the body. A code of a newer server is [`Refusal::Unexpected`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let (mut code, mut number, mut notice, mut before) = (None, 0, Vec::new(), None);
        for _ in 0..reader.map()? {
            match reader.key(&mut before)? {
                1 => code = Some(reader.uint()?),
                2 if reader.is_uint() => number = reader.uint()?,
                2 if reader.is_bytes() => notice = reader.bytes()?.to_vec(),
                _ => reader.item(MAX_DEPTH).map(drop)?,
            }
        }
        reader.finish()?;
        Ok(match code.ok_or(Malformed::Unexpected)? {
            1 => Self::UnknownDevice,
            2 => Self::BadSignature,
            3 => Self::Replayed(number),
            4 => Self::Revoked(notice),
            5 => Self::Fork(number),
            6 => Self::Gap(number),
            7 => Self::TooLarge,
            8 => Self::WireTooOld(number),
            9 => Self::Busy(number),
            10 => Self::WrongCode,
            11 => Self::WrongCommune(number),
            12 => Self::TooManyCodes(number),
            13 => Self::Malformed,
            _ => Self::Unexpected(number),
        })
    }
}
