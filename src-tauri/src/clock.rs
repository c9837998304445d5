//! The machine's clock, the only one of the shell.

use chrono::{DateTime, Utc};

/// The present instant.
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
