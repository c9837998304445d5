//! A stopwatch for machines that do other things meanwhile.

use std::time::Instant;

/// Measures a piece of work on this thread without the time in which it could have run and another had the core: what it takes
/// where nothing else runs. Waiting for the disk counts.
#[derive(Debug)]
pub struct Watch {
    waited: u64,
    begun: Instant,
}

impl Watch {
    /// Begins now.
    #[must_use]
    pub fn start() -> Self {
        Self { waited: waited(), begun: Instant::now() }
    }

    /// Seconds since.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        let passed = self.begun.elapsed().as_secs_f64();
        let waited = waited().saturating_sub(self.waited);
        (passed - waited as f64 / 1e9).max(0.0)
    }
}

/// Nanoseconds for which this thread has waited for a core; 0 where the system does not say.
fn waited() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().nth(1).and_then(|waited| waited.parse().ok()).unwrap_or(0)
}
