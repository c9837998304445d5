//! Backups, the second place, restoring.

use std::path::{Path, PathBuf};

use domain::UnitId;
use store::{Backup, Folder, Proof, Reason, RecoveryKey};
use zeroize::Zeroizing;

use crate::accounts::{app_state, commune_name, worker_card};
use crate::commands::types::{AppState, BackupFacts, Backups, LookAtBackup, Nothing, RestoreBackup, SetSecondPlace};
use crate::host::{Host, author, instant};
use crate::problem::{Code, Problem, Result};
use crate::views::backups::BackupRow;

/// Backups here and at the second place, newest first. Shown at the sign-in too: names and times say nothing of anybody.
pub fn list_backups(host: &dyn Host, _: Nothing) -> Result<Backups> {
    let folder = host.session().folder()?;
    let status = folder.status();
    let mut rows: Vec<BackupRow> = folder.list_backups()?.iter().map(|backup| row(backup, false)).collect();
    if let Some(place) = status.second_place.as_deref().filter(|place| place.is_dir()) {
        rows.extend(store::list_backups_in(place).unwrap_or_default().iter().map(|backup| row(backup, true)));
    }
    rows.sort_by(|a, b| b.at.cmp(&a.at));
    Ok(Backups {
        backups: rows,
        second_place: status.second_place.as_ref().map(|place| place.display().to_string()),
        second_place_at: status.second_backup_at.map(|at| instant(at.timestamp_millis())),
        second_place_due: status.second_place_is_due(host.now()),
    })
}

fn row(backup: &Backup, second_place: bool) -> BackupRow {
    let name = backup.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    BackupRow {
        name: if second_place { backup.path.display().to_string() } else { name },
        at: instant(backup.made_at.timestamp_millis()),
        why: match backup.reason {
            Reason::Regular => "regular".to_owned(),
            Reason::Migration => "migration".to_owned(),
        },
        size: size_of_folder(&backup.path),
        second_place,
    }
}

fn size_of_folder(path: &Path) -> f64 {
    let Ok(entries) = std::fs::read_dir(path) else { return 0.0 };
    let sizes = entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|file| file.len());
    sizes.map(|size| f64::from(u32::try_from(size).unwrap_or(u32::MAX))).sum()
}

/// Makes and checks a backup now; at the second place too, where one is chosen and there.
pub fn back_up(host: &dyn Host, _: Nothing) -> Result<Backups> {
    let open = host.session().open()?;
    let folder = host.session().folder()?;
    let one = host.session().backing_up.lock();
    match folder.find_second_place(&open.store)? {
        Some(_) => match folder.back_up_to_second_place(&open.store, host.now()) {
            Err(store::Error::SecondPlaceAbsent) => folder.back_up(&open.store, host.now())?,
            made => made?,
        },
        None => folder.back_up(&open.store, host.now())?,
    };
    drop(one);
    list_backups(host, Nothing {})
}

/// Chooses the second place and copies a backup there at once.
pub fn set_second_place(host: &dyn Host, req: SetSecondPlace) -> Result<Backups> {
    let open = host.session().open()?;
    let folder = host.session().folder()?;
    let place = req.path.as_deref().map(str::trim).filter(|path| !path.is_empty()).map(PathBuf::from);
    let _one = host.session().backing_up.lock();
    folder.set_second_place(&open.store, author(host, open.account.uid), place.as_deref())?;
    if place.is_some() {
        folder.back_up_to_second_place(&open.store, host.now())?;
    }
    list_backups(host, Nothing {})
}

/// Whose passwords open a backup, before anybody has typed one.
pub fn look_at_backup(host: &dyn Host, req: LookAtBackup) -> Result<BackupFacts> {
    let folder = host.session().folder()?;
    let facts = store::read_backup_facts(&find(&folder, &req.backup)?)?;
    Ok(BackupFacts {
        commune: commune_name(UnitId(facts.identity.unit)),
        workers: facts.workers.iter().map(worker_card).collect(),
    })
}

/// Puts a backup in the place of the store, which is set aside and kept. Sign in afterwards.
pub fn restore_backup(host: &dyn Host, req: RestoreBackup) -> Result<AppState> {
    let folder = host.session().folder()?;
    let backup = find(&folder, &req.backup)?;
    let typed = Typed::read(req.uid, req.password, req.recovery_key)?;
    let own = req.own.map(|own| Typed::read(own.uid, own.password, own.recovery_key)).transpose()?;
    host.session().close();
    folder.restore(&backup, typed.proof(), own.as_ref().map(Typed::proof), host.now())?;
    app_state(host, Nothing {})
}

/// What somebody typed to show that they may restore.
enum Typed {
    Password(u32, Zeroizing<String>),
    Key(RecoveryKey),
}

impl Typed {
    fn read(uid: Option<u32>, password: Option<String>, recovery_key: Option<String>) -> Result<Self> {
        let password = Zeroizing::new(password.unwrap_or_default());
        match (recovery_key.filter(|key| !key.trim().is_empty()), uid) {
            (Some(key), _) => Ok(Self::Key(RecoveryKey::parse(&key)?)),
            (None, Some(uid)) => Ok(Self::Password(uid, password)),
            (None, None) => Err(Code::WrongPassword.into()),
        }
    }

    fn proof(&self) -> Proof<'_> {
        match self {
            Self::Password(uid, password) => Proof::Password { uid: *uid, password },
            Self::Key(key) => Proof::Recovery(key),
        }
    }
}

fn find(folder: &Folder, name: &str) -> Result<PathBuf> {
    if Path::new(name).is_absolute() {
        return Ok(PathBuf::from(name));
    }
    let known = folder.list_backups()?.into_iter().find(|backup| backup.path.file_name().is_some_and(|known| known == name));
    known.map(|backup| backup.path).ok_or_else(|| Problem::new(Code::BadBackup))
}
