//! Enrolment and one contact with the province.

use casework::commands::types::{SyncDone, SyncStatus};
use serde_json::{Value as Json, json};

use crate::arguments::Arguments;
use crate::desk;
use crate::exit::Failure;
use crate::say::Say;

/// Gets this machine its number.
pub fn enrol(arguments: &Arguments, say: &Say, server: &str, code: &str) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    let status: SyncStatus = desk::read(desk.call("enrol", json!({ "server": server, "code": code }))?)?;
    let device = status.device.map_or_else(String::new, |device| device.to_string());
    say.done(&json!({ "device": status.device, "server": status.server }), "enrolled", &[("device", device)]);
    Ok(0)
}

/// Sends what waits and takes what others wrote.
pub fn sync(arguments: &Arguments, say: &Say) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    let busy = say.busy("syncing");
    let answer = desk.call("sync_now", Json::Null)?;
    drop(busy);
    let done: SyncDone = desk::read(answer.clone())?;
    let said = [("sent", done.sent.to_string()), ("received", done.received.to_string()), ("waiting", done.waiting.to_string())];
    say.done(&answer, "synced", &said);
    Ok(0)
}
