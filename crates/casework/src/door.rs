//! The one door: every command comes in here, from whatever host.
//!
//! Checks the lock and the right, runs the handler, catches panics, notes the duration with the command's name only.
//! Would surprise: a key that a request does not know is refused, since what is misspelt would silently do something else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use store::Right;

use crate::commands::{self, Need};
use crate::host::Host;
use crate::problem::{Code, Problem, Result};
use crate::with_commands;

/// Runs a command: name and JSON in, JSON or a refusal out.
///
/// # Errors
/// The handler's refusal, or that of the door: unknown command, other shape, locked, no right, unexpected.
pub fn dispatch(host: &dyn Host, name: &str, payload: Json) -> Result<Json> {
    let command = commands::find(name).ok_or(Code::UnknownCommand)?;
    let begun = Instant::now();
    let admitted = || admit(host, command.need).and_then(|()| run(host, name, payload));
    let answer = catch_unwind(AssertUnwindSafe(admitted)).unwrap_or_else(|_| Err(unexpected("panic")));
    tracing::debug!(command = name, micros = begun.elapsed().as_micros(), ok = answer.is_ok(), "command");
    answer
}

/// Whether the signed-in worker may do what needs `need`.
///
/// # Errors
/// [`Code::Locked`] or [`Code::NoRight`].
pub fn admit(host: &dyn Host, need: Need) -> Result<()> {
    host.session().note_act(host.now());
    let rights: &[Right] = match need {
        Need::Anyone => return Ok(()),
        Need::SignedIn => &[],
        Need::Read => &[Right::RegisterRead],
        Need::Write => &[Right::RegisterRead, Right::RegisterWrite],
        Need::Import => &[Right::Import],
        Need::Export => &[Right::Export],
        Need::RestrictedRead => &[Right::RestrictedRead],
        Need::RestrictedWrite => &[Right::RestrictedRead, Right::RestrictedWrite],
        Need::Admin => &[Right::Accounts],
        Need::Audit => &[Right::Audit],
    };
    let open = host.session().open()?;
    if rights.iter().all(|right| open.account.may(*right)) { Ok(()) } else { Err(Code::NoRight.into()) }
}

/// Something nobody foresaw. The incident number also stands in the log; the cause is named by kind only, since a
/// foreign text may quote a person.
pub(crate) fn unexpected(kind: &str) -> Problem {
    let mut bytes = [0_u8; 4];
    let incident = match getrandom::fill(&mut bytes) {
        Ok(()) => format!("{:08X}", u32::from_be_bytes(bytes)),
        Err(_) => "00000000".to_owned(),
    };
    tracing::error!(incident, kind, "unexpected");
    Problem { incident: Some(incident), ..Problem::new(Code::Unexpected) }
}

fn call<Request: DeserializeOwned, Answer: Serialize>(
    host: &dyn Host,
    payload: Json,
    handler: fn(&dyn Host, Request) -> Result<Answer>,
) -> Result<Json> {
    let payload = if payload.is_null() { Json::Object(serde_json::Map::new()) } else { payload };
    let request = serde_json::from_value(payload).map_err(|_| Problem::new(Code::BadRequest))?;
    let answer = handler(host, request)?;
    serde_json::to_value(answer).map_err(|_| unexpected("answer"))
}

macro_rules! dispatch_table {
    ($($name:ident($request:ident) -> $answer:ident, $need:ident, $capability:ident;)+) => {
        fn run(host: &dyn Host, name: &str, payload: Json) -> Result<Json> {
            match name {
                $(stringify!($name) => call::<commands::types::$request, commands::types::$answer>(
                    host, payload, crate::$capability::$name,
                ),)+
                _ => Err(Code::UnknownCommand.into()),
            }
        }
    };
}
with_commands!(dispatch_table);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What a program of later may have written into the same file is no mistake.
    const LENIENT: [&str; 1] = ["Settings"];

    fn knows_every_key<Request: DeserializeOwned>() -> bool {
        let misspelt = serde_json::json!({ "no_such_key": 1 });
        serde_json::from_value::<Request>(misspelt)
            .is_err_and(|error| error.to_string().starts_with("unknown field `no_such_key`"))
    }

    macro_rules! requests {
        ($($name:ident($request:ident) -> $answer:ident, $need:ident, $capability:ident;)+) => {
            fn lenient() -> Vec<&'static str> {
                let mut lenient = Vec::new();
                $(if !knows_every_key::<commands::types::$request>() {
                    lenient.push(stringify!($request));
                })+
                lenient.dedup();
                lenient
            }
        };
    }
    with_commands!(requests);

    #[test]
    fn every_request_refuses_a_key_it_does_not_know() {
        assert_eq!(lenient(), LENIENT);
    }
}
