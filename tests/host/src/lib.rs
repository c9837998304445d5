//! The development host: the real UI and the real commands on a loopback address, for a browser.
//!
//! Owes its callers the same answers as the desktop's one door. It is never part of a package.

mod clock;
mod door;
mod routes;

use std::sync::Arc;

use casework::Desk;
use tokio::sync::broadcast;

pub use clock::Clock;
pub use door::Door;
pub use routes::routes;

/// What every route holds on to.
#[derive(Clone)]
pub struct Running {
    /// The commands.
    pub desk: Arc<Desk>,
    /// Who may enter.
    pub door: Arc<Door>,
    /// The clock of the commands, which tests may move.
    pub clock: Clock,
    /// Capabilities touched, as the JSON of one event.
    pub touched: broadcast::Sender<String>,
}
