//! What can go wrong in a store, each thing by its own name.
//!
//! Owes its callers: a variant says what happened in words of the store, so that the screen can say whether the data is
//! safe and what to do. The foreign error is kept as the source, never quoted in the text: it may hold a person's name.

use std::io;

/// What a store's function gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The foreign error behind one of ours.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Everything that a store, its folder or its backups may refuse.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The password does not open this worker's key.
    #[error("wrong password")]
    WrongPassword,
    /// The recovery key is mistyped (its check symbol does not fit) or belongs to another store.
    #[error("wrong recovery key")]
    WrongRecoveryKey,
    /// A new password has fewer characters than the minimum.
    #[error("a password needs {minimum} characters")]
    WeakPassword {
        /// Characters that a password needs.
        minimum: usize,
    },
    /// No worker of this number has a key here.
    #[error("no such worker")]
    UnknownWorker,
    /// The worker's account is closed.
    #[error("the account is closed")]
    AccountClosed,
    /// The act needs an active worker who is an administrator.
    #[error("this worker is not an administrator")]
    NotAdmin,
    /// The change would leave the store without an active administrator.
    #[error("the last administrator stays")]
    LastAdmin,
    /// A display name is empty or longer than 100 characters.
    #[error("a worker needs a name")]
    BadName,

    /// Both copies of the key file are missing or damaged.
    #[error("both copies of the key file are damaged")]
    DamagedKeys,
    /// The file was written by a newer program that says this one may not open it.
    #[error("the file needs program {file}, this is {program}")]
    NewerSchema {
        /// The oldest program that may open the file.
        file: u32,
        /// This program.
        program: u32,
    },
    /// A migration step that the file has run reads differently in this program.
    #[error("migration step {name} is not the one that was run")]
    StepChanged {
        /// Name of the step.
        name: String,
    },
    /// No space left where the store lives.
    #[error("the disk is full")]
    DiskFull(#[source] Option<Cause>),
    /// The folder or its disk cannot be written.
    #[error("the folder is read-only")]
    ReadOnly(#[source] Option<Cause>),
    /// Another process has this folder open.
    #[error("the folder is in use by another process")]
    InUse,
    /// The path is not a data folder.
    #[error("not a data folder")]
    NotAStore,
    /// A store lives here already: nothing is overwritten.
    #[error("a store is here already")]
    AlreadyAStore,
    /// The key file is whole but the database beside it is gone.
    #[error("the database file is missing")]
    StoreMissing,
    /// The database file is damaged.
    #[error("the database file is damaged")]
    Damaged(#[source] Option<Cause>),
    /// A row of the audit was changed, cut out or put in behind the program's back.
    #[error("the audit's chain is broken")]
    BrokenAudit,
    /// Another writer holds the database for too long; trying again may help.
    #[error("the database is busy")]
    Busy(#[source] Option<Cause>),
    /// The store was closed (locked) while the call waited.
    #[error("the store is closed")]
    Closed,

    /// The path holds no backup of ours.
    #[error("not a backup")]
    NotABackup,
    /// A backup was made or found that does not pass its checks.
    #[error("the backup is unsound")]
    UnsoundBackup(#[source] Option<Cause>),
    /// The backup opens only with a password or recovery key of its own time.
    #[error("the backup needs a password of its own")]
    BackupNeedsItsOwnPassword,
    /// The second place for backups is not there (a stick pulled out).
    #[error("the second place is not there")]
    SecondPlaceAbsent,

    /// The second place lies inside the data folder: it would be lost together with it.
    #[error("the second place lies inside the data folder")]
    SecondPlaceInside,

    /// No record has this id, or none that may be seen.
    #[error("no such record")]
    NoSuchRecord,
    /// The record is deleted: it can be restored, not changed.
    #[error("the record is deleted")]
    Deleted,
    /// A record without a single value.
    #[error("the record is empty")]
    EmptyRecord,
    /// A value does not fit its column, or a column its kind.
    #[error("the value does not fit its column")]
    BadValue,
    /// The record is of a kind that a newer program knows.
    #[error("the kind is not known here")]
    UnknownKind,
    /// The act changes somebody who asked that their data be limited, and nobody said why.
    #[error("a person's data are limited on request")]
    Limited,
    /// One act writes more than can travel together.
    #[error("too much in one act")]
    TooMuchAtOnce,
    /// The act was undone already, or there is no such act.
    #[error("nothing to undo")]
    NothingToUndo,
    /// The store has a number already.
    #[error("the store is enrolled already")]
    AlreadyEnrolled,
    /// What is specially protected may not be kept here.
    #[error("specially protected data may not be kept here")]
    Protected,
    /// A receipt names no batch of this device.
    #[error("the receipt is of another batch")]
    ForeignReceipt,
    /// What waits cannot be sealed.
    #[error("what waits cannot be sealed")]
    CannotSeal(#[from] sync::batch::CannotSeal),
    /// Bytes that should be canonical are not.
    #[error("the bytes are malformed")]
    Malformed(#[from] sync::Malformed),

    /// Any other failure of the file system.
    #[error("file system failure")]
    Io(#[source] io::Error),
    /// Any other failure of the database.
    #[error("database failure")]
    Sql(#[source] rusqlite::Error),
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoRandomness,
}

impl Error {
    /// The name of the variant, for logs: it says nothing of anybody.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::Sql(_) => "sql",
            Self::NoRandomness => "no_randomness",
            Self::BadValue => "bad_value",
            Self::TooMuchAtOnce => "too_much_at_once",
            _ => "store",
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::InUse)
    }

    /// Whether the present database file cannot be read any more, so that a backup should be offered.
    pub fn offers_a_backup(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::DamagedKeys | Self::StoreMissing)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(Some(error.into())),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly(Some(error.into())),
            _ => Self::Io(error),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::{ErrorCode, ffi};
        let (code, extended) = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => (failure.code, failure.extended_code),
            _ => return Self::Sql(error),
        };
        match code {
            ErrorCode::DiskFull => Self::DiskFull(Some(error.into())),
            // The shared memory beside a WAL file could not grow: the same full disk under another name.
            ErrorCode::SystemIoFailure if extended == ffi::SQLITE_IOERR_SHMSIZE => Self::DiskFull(Some(error.into())),
            ErrorCode::ReadOnly => Self::ReadOnly(Some(error.into())),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy(Some(error.into())),
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged(Some(error.into())),
            _ => Self::Sql(error),
        }
    }
}

impl From<getrandom::Error> for Error {
    fn from(_: getrandom::Error) -> Self {
        Self::NoRandomness
    }
}
