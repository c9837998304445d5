//! How a run ends: the exit code and what is said.

use casework::{Code, Problem};

/// Something nobody foresaw.
pub const UNEXPECTED: u8 = 1;
/// What was asked cannot be.
pub const BAD_INPUT: u8 = 2;
/// Done, and something was not taken as it stood.
pub const WITH_PROBLEMS: u8 = 3;
/// Wrong password, or no right.
pub const REFUSED: u8 = 4;
/// The register cannot be opened.
pub const NOT_OPENED: u8 = 5;
/// No network, or no number from the province.
pub const NO_ROAD: u8 = 6;

/// Why a run did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// Exit code.
    pub exit: u8,
    /// Key of the sentence in `ansinh.vi.json`, with values; or the door's refusal.
    pub why: Why,
}

/// What is said.
#[derive(Debug)]
pub enum Why {
    /// A sentence of this tool.
    Said(&'static str, Vec<(&'static str, String)>),
    /// A refusal of the door.
    Refusal(Box<Problem>),
}

impl Failure {
    /// Bad input, with a sentence.
    pub fn bad_input(key: &'static str, params: Vec<(&'static str, String)>) -> Self {
        Self { exit: BAD_INPUT, why: Why::Said(key, params) }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let exit = match problem.code {
            Code::WrongPassword
            | Code::WrongRecoveryKey
            | Code::AccountClosed
            | Code::NoRight
            | Code::LastAdmin
            | Code::BackupNeedsOwnPassword
            | Code::Locked => REFUSED,
            Code::Invalid
            | Code::WeakPassword
            | Code::NotFound
            | Code::AlreadyAStore
            | Code::UnreadableFile
            | Code::Limited
            | Code::NothingToUndo
            | Code::ChangedSince
            | Code::PreviewOutdated
            | Code::SampleStaysHere
            | Code::BadAddress
            | Code::WrongCode
            | Code::OtherCommune
            | Code::SecondPlaceAbsent
            | Code::BadBackup
            | Code::UnknownCommand
            | Code::BadRequest => BAD_INPUT,
            Code::NoStore
            | Code::DamagedKeys
            | Code::DamagedStore
            | Code::StoreMissing
            | Code::NewerSchema
            | Code::DiskFull
            | Code::ReadOnly
            | Code::InUse
            | Code::NotAStore
            | Code::Busy => NOT_OPENED,
            Code::Offline | Code::NotEnrolled | Code::Revoked | Code::ServerRefused => NO_ROAD,
            Code::Unexpected => UNEXPECTED,
        };
        Self { exit, why: Why::Refusal(Box::new(problem)) }
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Problem::new(code).into()
    }
}
