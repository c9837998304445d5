//! Backups, restoring, checking.

use std::path::Path;

use casework::commands::types::Backups;
use casework::views::accounts::Phase;
use casework::{Code, Host as _, Problem};
use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use crate::arguments::Arguments;
use crate::desk;
use crate::exit::Failure;
use crate::password;
use crate::say::Say;

/// Makes and checks a backup.
pub fn backup(arguments: &Arguments, say: &Say) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    let made: Backups = desk::read(desk.call("back_up", Json::Null)?)?;
    let newest = made.backups.first().map(|backup| backup.name.clone()).unwrap_or_default();
    let path = desk.session().path().join("backups").join(&newest).display().to_string();
    say.done(&json!({ "name": newest, "path": path }), "backup_done", &[("path", path.clone())]);
    Ok(0)
}

/// Puts a backup in the place of the register, which is kept. An administrator's password or the recovery key opens; a
/// backup of another register needs `own`, a worker of it and the file with their password, as well.
pub fn restore(
    arguments: &Arguments,
    say: &Say,
    backup: &str,
    recovery_key_file: Option<&Path>,
    own: Option<(u32, &Path)>,
) -> Result<u8, Failure> {
    let desk = desk::open(arguments, false)?;
    let state = desk::state(&desk)?;
    if state.phase == Phase::Refused && state.refusal.is_some_and(|refusal| matches!(refusal, Code::InUse | Code::NotAStore)) {
        return Err(state.refusal.unwrap_or(Code::NotAStore).into());
    }
    let path = Path::new(backup);
    let backup = match path.canonicalize() {
        Ok(absolute) if path.components().count() > 1 || path.is_dir() => absolute.display().to_string(),
        _ => backup.to_owned(),
    };
    let mut request = match recovery_key_file {
        Some(file) => {
            let key = read_secret(file)?;
            json!({ "backup": backup, "uid": null, "password": null, "recovery_key": key.trim() })
        }
        None => {
            let uid = arguments.worker.or_else(|| state.workers.first().map(|worker| worker.uid)).unwrap_or(1);
            let password = password::ask(arguments)?;
            json!({ "backup": backup, "uid": uid, "password": password.as_str(), "recovery_key": null })
        }
    };
    if let Some((uid, file)) = own {
        request["own"] = json!({ "uid": uid, "password": read_secret(file)?.trim_end(), "recovery_key": null });
    }
    desk.call("restore_backup", request)?;
    say.done(&json!({ "restored": backup }), "restored", &[]);
    Ok(0)
}

fn read_secret(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let read = std::fs::read_to_string(file).map(Zeroizing::new);
    read.map_err(|_| Failure::bad_input("bad_file", vec![("path", file.display().to_string())]))
}

/// Checks every page of the file, the audit's chain, and counts the backups.
pub fn verify(arguments: &Arguments, say: &Say) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    let open = desk.session().open()?;
    let checked = open.store.full_check().and_then(|()| open.store.read(|view| view.verify_audit()));
    checked.map_err(Problem::from)?;
    let backups: Backups = desk::read(desk.call("list_backups", Json::Null)?)?;
    let count = backups.backups.len();
    let value = json!({ "store": "sound", "audit": "sound", "backups": count });
    say.done(&value, "verified", &[("backups", count.to_string())]);
    Ok(0)
}
