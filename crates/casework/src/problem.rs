//! What the UI is told when a command does not do what was asked: a code, never a sentence.
//!
//! A code exists only where the UI does something with it; everything else is `unexpected` with an incident number
//! that also stands in the log. Sentences are in `assets/messages` under `refusal.<code>`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::forms::FieldProblem;

/// Why a command did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Nobody is signed in, or the store is locked.
    Locked,
    /// The password opens nothing.
    WrongPassword,
    /// The recovery key is mistyped or of another store.
    WrongRecoveryKey,
    /// The new password is too short.
    WeakPassword,
    /// The worker's account is closed or unknown.
    AccountClosed,
    /// The worker has not this right.
    NoRight,
    /// The last administrator stays.
    LastAdmin,
    /// The request has values that cannot be saved; see its fields.
    Invalid,
    /// The record is not there (any more).
    NotFound,
    /// No store here yet.
    NoStore,
    /// A store is here already.
    AlreadyAStore,
    /// Both copies of the key file are damaged.
    DamagedKeys,
    /// The database file is damaged.
    DamagedStore,
    /// The database file is gone.
    StoreMissing,
    /// The file needs a newer program.
    NewerSchema,
    /// The disk is full; nothing was half-saved.
    DiskFull,
    /// The folder cannot be written.
    ReadOnly,
    /// Another process has the folder open.
    InUse,
    /// The path is not a data folder.
    NotAStore,
    /// Another writer was busy; trying again helps.
    Busy,
    /// The backup cannot be used.
    BadBackup,
    /// The backup is of another register or another time, and opens only with a password or recovery key of its own.
    BackupNeedsOwnPassword,
    /// A file from outside cannot be read as a list.
    UnreadableFile,
    /// No way to the province at the moment.
    Offline,
    /// This machine has no number from the province yet.
    NotEnrolled,
    /// The enrolment code is wrong, used or too old.
    WrongCode,
    /// The code is for another commune.
    OtherCommune,
    /// The province has revoked this machine.
    Revoked,
    /// The province's server refused or failed.
    ServerRefused,
    /// The person asked that their data be limited: a change needs a reason first.
    Limited,
    /// Nothing to undo.
    NothingToUndo,
    /// Changed since by somebody; undoing would take that away too.
    ChangedSince,
    /// The register has changed since the preview, so that an act would do something else; nothing was done.
    PreviewOutdated,
    /// A folder of invented people talks to a server on this machine only.
    SampleStaysHere,
    /// The server's address is none, or is plain HTTP beyond this machine.
    BadAddress,
    /// The second place for backups is not there, or lies inside the data folder.
    SecondPlaceAbsent,
    /// No such command.
    UnknownCommand,
    /// The request has another shape than the command's.
    BadRequest,
    /// Something nobody foresaw; the incident number is in the log.
    Unexpected,
}

/// A refusal, as it crosses to the UI.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Problem {
    /// Why.
    pub code: Code,
    /// Values its sentence names; never of a person.
    pub params: BTreeMap<String, String>,
    /// Number that also stands in the log.
    pub incident: Option<String>,
    /// Problems of single fields, all at once.
    pub fields: Vec<FieldProblem>,
}

impl Problem {
    /// A refusal by code alone.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, params: BTreeMap::new(), incident: None, fields: Vec::new() }
    }

    /// With a value its sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The form has values that cannot be saved.
    #[must_use]
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..Self::new(Code::Invalid) }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

/// What a handler gives back.
pub type Result<T> = std::result::Result<T, Problem>;

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        use store::Error;
        let code = match &error {
            Error::WrongPassword => Code::WrongPassword,
            Error::WrongRecoveryKey => Code::WrongRecoveryKey,
            Error::WeakPassword { minimum } => return Self::new(Code::WeakPassword).with("minimum", minimum),
            Error::UnknownWorker | Error::AccountClosed => Code::AccountClosed,
            Error::NotAdmin => Code::NoRight,
            Error::LastAdmin => Code::LastAdmin,
            Error::DamagedKeys => Code::DamagedKeys,
            Error::NewerSchema { .. } | Error::StepChanged { .. } => Code::NewerSchema,
            Error::DiskFull(_) => Code::DiskFull,
            Error::ReadOnly(_) => Code::ReadOnly,
            Error::InUse => Code::InUse,
            Error::NotAStore => Code::NotAStore,
            Error::AlreadyAStore => Code::AlreadyAStore,
            Error::StoreMissing => Code::StoreMissing,
            Error::Damaged(_) | Error::BrokenAudit => Code::DamagedStore,
            Error::Busy(_) => Code::Busy,
            Error::Closed => Code::Locked,
            Error::NotABackup | Error::UnsoundBackup(_) => Code::BadBackup,
            Error::BackupNeedsItsOwnPassword => Code::BackupNeedsOwnPassword,
            Error::NoSuchRecord => Code::NotFound,
            Error::NothingToUndo => Code::NothingToUndo,
            Error::Limited => Code::Limited,
            _ => return crate::door::unexpected(error.kind()),
        };
        Self::new(code)
    }
}

impl From<store::RoadError> for Problem {
    fn from(error: store::RoadError) -> Self {
        use store::{Refusal, RoadError};
        match error {
            RoadError::Offline => Code::Offline.into(),
            RoadError::NotEnrolled => Code::NotEnrolled.into(),
            RoadError::BadAddress => Code::BadAddress.into(),
            RoadError::Refused(Refusal::WrongCode) => Code::WrongCode.into(),
            RoadError::Refused(Refusal::OtherCommune) => Code::OtherCommune.into(),
            RoadError::Refused(Refusal::Revoked) => Code::Revoked.into(),
            RoadError::Refused(Refusal::Server) => Code::ServerRefused.into(),
            RoadError::Store(error) => error.into(),
        }
    }
}
