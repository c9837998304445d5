//! What can go wrong inside the province, and which part of it a device may know.
//!
//! The texts here never quote a foreign error: a database message may hold a person's name. `code` is what logs get.

use std::io;

use sync::Malformed;
use sync::wire::Refusal;

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a piece of work at the province did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The transaction met another one and was rolled back; the same work may be tried again.
    #[error("the transaction has to be tried again")]
    Again,
    /// The database cannot be reached, or is too busy; nothing was changed.
    #[error("the database does not answer")]
    Unavailable,
    /// The database answered with an error. `sqlstate` names the kind, never the content.
    #[error("the database failed ({sqlstate})")]
    Database {
        /// SQLSTATE, or the extended result code of the embedded database.
        sqlstate: String,
        /// The error underneath; not for logs.
        #[source]
        cause: Cause,
    },
    /// A row does not have the form that this program writes.
    #[error("a stored row is not readable: {0}")]
    Stored(&'static str),
    /// The database is newer than this program, or a migration that ran is not the one we know.
    #[error("the database belongs to another version of the program: {0}")]
    Schema(String),
    /// The key file is missing, readable by others, malformed, or belongs to another database.
    #[error("key file: {0}")]
    KeyFile(String),
    /// Sealed bytes could not be opened with this key file.
    #[error("sealed bytes do not open with this key file")]
    Sealed,
    /// A certificate or key could not be made or read.
    #[error("certificate: {0}")]
    Certificate(String),
    /// The command line or the environment asks for something impossible.
    #[error("{0}")]
    Configuration(String),
    /// An operator named something that does not exist or may not be done.
    #[error("{message}")]
    Admin {
        /// A code for scripts.
        code: &'static str,
        /// For the operator.
        message: String,
    },
    /// The request is answered with an error body.
    #[error("request refused: {0}")]
    Refused(Refusal),
    /// The operating system refused something.
    #[error("{what}: {cause}")]
    Io {
        /// What we were doing.
        what: &'static str,
        /// Why not.
        #[source]
        cause: io::Error,
    },
    /// The program itself is at fault.
    #[error("unexpected: {0}")]
    Unexpected(&'static str),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

/// What a device sent is not what it should be. Stored bytes have their own error.
impl From<Malformed> for Error {
    fn from(malformed: Malformed) -> Self {
        let refusal = if malformed == Malformed::TooLarge { Refusal::TooLarge } else { Refusal::Malformed };
        Error::Refused(refusal)
    }
}

impl Error {
    /// Wraps an operating system error with what we were doing.
    pub fn io(what: &'static str) -> impl FnOnce(io::Error) -> Error {
        move |cause| Error::Io { what, cause }
    }

    /// A word for logs and for `--json`: says the kind, quotes nothing.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Again => "again",
            Error::Unavailable => "unavailable",
            Error::Database { .. } => "database",
            Error::Stored(_) => "stored",
            Error::Schema(_) => "schema",
            Error::KeyFile(_) => "key_file",
            Error::Sealed => "sealed",
            Error::Certificate(_) => "certificate",
            Error::Configuration(_) => "configuration",
            Error::Admin { code, .. } => code,
            Error::Refused(_) => "refused",
            Error::Io { .. } => "io",
            Error::Unexpected(_) => "unexpected",
        }
    }

    /// What logs may hold beside the code.
    pub fn detail(&self) -> &str {
        match self {
            Error::Database { sqlstate, .. } => sqlstate,
            Error::Stored(what) | Error::Unexpected(what) => what,
            _ => "",
        }
    }
}
