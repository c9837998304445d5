//! The one place where this program asks the machine for the time.

use chrono::{DateTime, Utc};

/// Now, by this machine.
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
