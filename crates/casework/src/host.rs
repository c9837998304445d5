//! What a handler may ask of the program around it: the session, the clock, the road, the version. Grow it only when a
//! handler needs more.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use store::{Author, Road};

use crate::session::Session;

/// The program around the handlers: the desktop shell, the headless tool, the development host.
pub trait Host: Send + Sync {
    /// The folder, the open store and who is signed in.
    fn session(&self) -> &Session;
    /// This machine's clock; [`author`] adds what the province has taught about it.
    fn now(&self) -> DateTime<Utc>;
    /// Version of the program.
    fn version(&self) -> &str;
    /// The road to the province.
    fn road(&self) -> &dyn Road;
}

/// Vietnam's time all year: UTC+7.
#[must_use]
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(7 * 3600).unwrap_or_else(|| FixedOffset::east_opt(0).unwrap_or(chrono::Offset::fix(&Utc)));
    at.with_timezone(&zone)
}

/// Today in Vietnam.
#[must_use]
pub fn today(host: &dyn Host) -> NaiveDate {
    local(host.now()).date_naive()
}

/// The signed-in worker as the author of a write.
#[must_use]
pub fn author(host: &dyn Host, uid: u32) -> Author {
    // A machine whose clock is off by years has learnt from the province by how much.
    let store = host.session().store_for_sync();
    let offset = store.and_then(|store| store.read(|view| view.clock_offset_ms()).ok()).unwrap_or(0);
    Author { uid, at_ms: host.now().timestamp_millis().saturating_add(offset) }
}

/// An instant as it crosses to the UI.
#[must_use]
pub fn instant(at_ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(at_ms)
        .map_or_else(String::new, |at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}
