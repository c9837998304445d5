//! The clock of the development host: the machine's, or one that starts at a given instant and can be moved on.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Time of day for the commands. Copies share it.
#[derive(Clone, Default)]
pub struct Clock {
    ahead: Arc<Mutex<TimeDelta>>,
}

impl Clock {
    /// The machine's clock, or one that says `start` now and runs on from there.
    pub fn starting(start: Option<DateTime<Utc>>) -> Self {
        let ahead = start.map_or(TimeDelta::zero(), |start| start - Utc::now());
        Self { ahead: Arc::new(Mutex::new(ahead)) }
    }

    /// The instant it says.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + *self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it on.
    pub fn advance(&self, by: TimeDelta) {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}
