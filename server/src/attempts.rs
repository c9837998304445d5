//! Wrong enrolment secrets in the last minute, over all callers: a secret has 40 bits, and ten tries a minute never find one.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

const ALLOWED: usize = 10;
const MINUTE_MS: u64 = 60_000;

/// A sliding minute of wrong secrets.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<VecDeque<u64>>);

impl Attempts {
    /// Seconds after which to come again, where there were too many wrong secrets.
    pub fn wait_seconds(&self, now_ms: u64) -> Option<u32> {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while wrong.front().is_some_and(|&at| at + MINUTE_MS <= now_ms) {
            wrong.pop_front();
        }
        let oldest = *wrong.front()?;
        let left_ms = (oldest + MINUTE_MS).saturating_sub(now_ms);
        (wrong.len() >= ALLOWED).then(|| u32::try_from(left_ms.div_ceil(1000)).unwrap_or(60))
    }

    /// Notes a wrong secret.
    pub fn record_wrong(&self, now_ms: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_wrong_secret_of_a_minute_waits_until_the_first_is_a_minute_old() {
        let attempts = Attempts::default();
        for second in 0..10 {
            assert_eq!(attempts.wait_seconds(second * 1000), None);
            attempts.record_wrong(second * 1000);
        }
        assert_eq!(attempts.wait_seconds(10_000), Some(50));
        assert_eq!(attempts.wait_seconds(60_000), None);
    }
}
