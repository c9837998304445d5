//! The beat beside the window: by it the door locks when it is time.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use casework::Desk;

/// Well under the gap that tells a sleep (60 s).
const BEAT: Duration = Duration::from_secs(5);

/// Beats for as long as the program runs.
pub fn begin(desk: Arc<Desk>) {
    thread::spawn(move || {
        loop {
            thread::sleep(BEAT);
            desk.tick();
        }
    });
}
