//! Making a register: a real one with its recovery key, or a sample of invented people.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use casework::commands::types::RecoveryKeyShown;
use casework::views::accounts::Phase;
use casework::{Host, seed as commune};
use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use domain::places;
use indicatif::ProgressBar;
use serde_json::json;
use store::Author;
use zeroize::Zeroizing;

use crate::arguments::Arguments;
use crate::clock;
use crate::desk;
use crate::exit::Failure;
use crate::password;
use crate::say::{Say, own};

/// The commune of samples: Xã Mường Bi.
const SAMPLE_COMMUNE: &str = "05158";

/// Makes a register. The recovery key goes to a terminal or a file that only its owner reads; with neither nothing is made.
pub fn init(arguments: &Arguments, say: &Say, code: &str, user: &str, recovery_file: Option<&Path>) -> Result<u8, Failure> {
    let today = clock::now().date_naive();
    let unit = places::find_by_code(code, today).map(|commune| commune.unit);
    let unit = unit.ok_or_else(|| Failure::bad_input("commune_unknown", vec![("code", code.to_owned())]))?;
    let shows = std::io::stdout().is_terminal() && !arguments.json;
    if recovery_file.is_none() && !shows {
        return Err(Failure::bad_input("no_recovery_place", Vec::new()));
    }
    let password = password::ask_new(arguments)?;
    // The file is opened first: a place that cannot be written must not cost the only copy of the key.
    let file = recovery_file.map(|path| new_secret_file(path).map_err(|_| bad_file(path))).transpose()?;
    let desk = desk::open(arguments, false)?;
    let made = desk.call("set_up", json!({ "unit": unit.0, "name": user, "password": password.as_str() }));
    let shown: RecoveryKeyShown = match made {
        Ok(answer) => desk::read(answer)?,
        Err(problem) => {
            if let Some(path) = recovery_file {
                let _ = std::fs::remove_file(path);
            }
            return Err(problem.into());
        }
    };
    let key = Zeroizing::new(shown.groups.join(" - "));
    match (file, recovery_file) {
        (Some(mut file), Some(path)) => {
            writeln!(file, "{}", key.as_str()).and_then(|()| file.sync_all()).map_err(|_| bad_file(path))?;
        }
        _ => say.line(&format!("{}\n\n    {}\n", own("recovery_key", &[]), key.as_str())),
    }
    desk.call("confirm_recovery_key", json!({ "group": shown.groups.get(2).cloned().unwrap_or_default() }))?;
    desk.call("finish_set_up_step", json!({ "step": "data" }))?;
    let path = desk.session().path().display().to_string();
    say.done(&json!({ "data": path, "commune": code, "unit": unit.0 }), "initialised", &[("path", path.clone())]);
    Ok(0)
}

fn new_secret_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn bad_file(path: &Path) -> Failure {
    Failure::bad_input("bad_file", vec![("path", path.display().to_string())])
}

/// The day on which samples stand still: Monday 23/11/2026, eight in the morning in Vietnam.
fn sample_day() -> (NaiveDate, DateTime<Utc>) {
    let at = Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).single().unwrap_or_default();
    (at.date_naive(), at)
}

/// Makes a commune of invented people. A folder with a real register is never mixed with them.
pub fn seed(arguments: &Arguments, say: &Say, households: usize, villages: usize, seed: u64) -> Result<u8, Failure> {
    let desk = desk::open(arguments, true)?;
    let state = desk::state(&desk)?;
    let (today, at) = sample_day();
    match (state.phase, state.refusal) {
        (Phase::Absent, _) => {
            let unit = places::find_by_code(SAMPLE_COMMUNE, today).map_or(0, |commune| commune.unit.0);
            let password = password::ask_new(arguments)?;
            let name = own("worker_name", &[]);
            desk.call("set_up", json!({ "unit": unit, "name": name, "password": password.as_str() }))?;
            desk.call("finish_set_up_step", json!({ "step": "data" }))?;
        }
        (_, Some(refusal)) => return Err(refusal.into()),
        _ if !state.sample => return Err(Failure::bad_input("not_a_sample", Vec::new())),
        _ => {
            let uid = state.workers.first().map_or(1, |worker| worker.uid);
            let password = password::ask(arguments)?;
            desk.call("sign_in", json!({ "uid": uid, "password": password.as_str() }))?;
        }
    }
    let open = desk.session().open()?;
    let bar = if say.draws() { ProgressBar::new(households as u64) } else { ProgressBar::hidden() };
    bar.set_message(own("seeding", &[]));
    let size = commune::Size { villages, households };
    let unit = domain::UnitId(open.store.identity().unit);
    let author = Author { uid: open.account.uid, at_ms: at.timestamp_millis() };
    let progress = |made: usize| bar.set_position(made as u64);
    let written = open.store.write(author, |tx| commune::seed(tx, unit, size, seed, today, &progress));
    let seeded = written.map_err(casework::Problem::from)?.value;
    bar.finish_and_clear();
    let value = json!({ "villages": seeded.villages, "households": seeded.households, "people": seeded.people });
    let number = |count: usize| count.to_string();
    let said =
        [("villages", number(seeded.villages)), ("households", number(seeded.households)), ("people", number(seeded.people))];
    say.done(&value, "seeded", &said);
    Ok(0)
}
