//! The host of this tool: one folder, one worker, one run.

use std::sync::Arc;

use casework::commands::types::AppState;
use casework::desk::Desk;
use casework::views::accounts::Phase;
use casework::{Code, Host as _, Session};
use serde_json::{Value as Json, json};
use transport::HttpRoad;
use zeroize::Zeroizing;

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::{Failure, UNEXPECTED, Why};
use crate::password;

/// Opens the folder without signing in.
pub fn open(arguments: &Arguments, make_sample: bool) -> Result<Desk, Failure> {
    let path = arguments.data.clone().ok_or_else(|| Failure::bad_input("no_data", Vec::new()))?;
    let road = HttpRoad::new(env!("CARGO_PKG_VERSION"), || clock::now().timestamp_millis());
    let road =
        road.map_err(|_| Failure { exit: UNEXPECTED, why: Why::Refusal(Box::new(casework::Problem::new(Code::Unexpected))) })?;
    let session = Session::new(path, make_sample, clock::now());
    Ok(Desk::new(session, clock::now, Arc::new(road), env!("CARGO_PKG_VERSION"), |_| {}))
}

/// Opens the folder and signs the worker in.
pub fn sign_in(arguments: &Arguments) -> Result<Desk, Failure> {
    let (desk, uid, password) = ready(arguments)?;
    desk.call("sign_in", json!({ "uid": uid, "password": password.as_str() }))?;
    Ok(desk)
}

/// The same for work that only reads: it can also be done on a register that a newer program wrote.
pub fn sign_in_to_read(arguments: &Arguments) -> Result<Desk, Failure> {
    let (desk, uid, password) = ready(arguments)?;
    match desk.call("sign_in", json!({ "uid": uid, "password": password.as_str() })) {
        Err(problem) if problem.code == Code::NewerSchema => {
            desk.session().begin_to_read(uid, &password, clock::now())?;
            Ok(desk)
        }
        Err(problem) => Err(problem.into()),
        Ok(_) => Ok(desk),
    }
}

/// The folder, who is asked for a password, and what they typed.
fn ready(arguments: &Arguments) -> Result<(Desk, u32, Zeroizing<String>), Failure> {
    let desk = open(arguments, false)?;
    let state = state(&desk)?;
    match (state.phase, state.refusal) {
        (Phase::Absent, _) => return Err(Code::NoStore.into()),
        (_, Some(refusal)) => return Err(refusal.into()),
        _ => {}
    }
    let uid = arguments.worker.or_else(|| state.workers.first().map(|worker| worker.uid)).unwrap_or(1);
    if !state.workers.iter().any(|worker| worker.uid == uid) {
        return Err(Failure::bad_input("worker_unknown", vec![("uid", uid.to_string())]));
    }
    Ok((desk, uid, password::ask(arguments)?))
}

/// Where the folder stands.
pub fn state(desk: &Desk) -> Result<AppState, Failure> {
    read(desk.call("app_state", Json::Null)?)
}

/// An answer in its type.
pub fn read<T: serde::de::DeserializeOwned>(answer: Json) -> Result<T, Failure> {
    serde_json::from_value(answer).map_err(|_| Code::Unexpected.into())
}
