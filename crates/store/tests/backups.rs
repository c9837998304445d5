//! Backups: encrypted, opened before they count, rotated, and at a second place.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test says by a panic what failed")]

mod common;

use std::fs;

use chrono::{DateTime, TimeDelta, Utc};
use common::{OTHER_PASSWORD, Office, PASSWORD, by, now, open, read_mark, write_mark};
use store::{Error, Proof, list_backups_in};
use tempfile::TempDir;

#[test]
fn a_backup_holds_database_and_keys_of_its_moment() {
    let office = Office::new();
    write_mark(&office.store, "then");
    let backup = office.folder.back_up(&office.store, now()).unwrap();
    let names: Vec<_> = fs::read_dir(&backup.path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "one file and its keys, no WAL to forget: {names:?}");
    write_mark(&office.store, "later");

    let elsewhere = TempDir::new().unwrap();
    let folder = open(&elsewhere.path().join("data"));
    folder.restore(&backup.path, Proof::Password { uid: 1, password: PASSWORD }, None, now()).unwrap();
    assert_eq!(read_mark(&folder.sign_in(1, PASSWORD, now()).unwrap()).as_deref(), Some("then"));
}

#[test]
fn what_is_in_the_wal_is_in_the_backup() {
    let office = Office::new();
    write_mark(&office.store, "only in the WAL");
    assert!(fs::metadata(office.path().join("store.db-wal")).unwrap().len() > 0);
    let backup = office.folder.back_up(&office.store, now()).unwrap();
    office.store.close();
    office.folder.restore(&backup.path, Proof::Password { uid: 1, password: PASSWORD }, None, now()).unwrap();
    assert_eq!(read_mark(&office.sign_in()).as_deref(), Some("only in the WAL"));
}

#[test]
fn a_year_of_days_keeps_seven_daily_and_four_weekly() {
    let office = Office::new();
    for day in 0..60 {
        office.folder.back_up_once_a_day(&office.store, now() + TimeDelta::days(day)).unwrap().unwrap();
    }
    let kept: Vec<DateTime<Utc>> = office.folder.list_backups().unwrap().iter().map(|backup| backup.made_at).collect();
    assert_eq!(kept.len(), 11);
    assert_eq!(kept[0], now() + TimeDelta::days(59));
    assert_eq!(fs::read_dir(office.path().join("backups")).unwrap().count(), 11, "nothing else is left behind");
    assert_eq!(office.folder.status().last_backup_at, Some(now() + TimeDelta::days(59)));
}

#[test]
fn a_day_in_viet_nam_gets_one_backup() {
    let office = Office::new();
    let evening: DateTime<Utc> = "2026-11-23T16:59:00Z".parse().unwrap();
    assert!(office.folder.back_up_once_a_day(&office.store, now()).unwrap().is_some());
    assert!(office.folder.back_up_once_a_day(&office.store, evening).unwrap().is_none());
    let midnight = evening + TimeDelta::minutes(1);
    assert!(office.folder.back_up_once_a_day(&office.store, midnight).unwrap().is_some());
}

#[test]
fn the_second_place_gets_its_own_checked_copy() {
    let office = Office::new();
    let stick = TempDir::new().unwrap();
    assert!(matches!(office.folder.back_up_to_second_place(&office.store, now()), Err(Error::SecondPlaceAbsent)));
    office.folder.set_second_place(&office.store, by(1), Some(stick.path())).unwrap();
    write_mark(&office.store, "carried");
    office.folder.back_up_to_second_place(&office.store, now()).unwrap();

    let found = list_backups_in(stick.path()).unwrap();
    assert_eq!(found.len(), 1);
    let elsewhere = TempDir::new().unwrap();
    let folder = open(&elsewhere.path().join("data"));
    folder.restore(&found[0].path, Proof::Recovery(&office.recovery), None, now()).unwrap();
    assert_eq!(read_mark(&folder.sign_in(1, PASSWORD, now()).unwrap()).as_deref(), Some("carried"));
}

#[test]
fn a_stick_that_is_not_plugged_in_gets_nothing_on_its_mount_point() {
    let office = Office::new();
    let stick = TempDir::new().unwrap();
    office.folder.set_second_place(&office.store, by(1), Some(stick.path())).unwrap();
    for entry in fs::read_dir(stick.path()).unwrap() {
        fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    assert!(matches!(office.folder.back_up_to_second_place(&office.store, now()), Err(Error::SecondPlaceAbsent)));
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0);
}

#[test]
fn the_second_place_is_elsewhere() {
    let office = Office::new();
    let inside = office.path().join("backups");
    fs::create_dir_all(&inside).unwrap();
    let refused = office.folder.set_second_place(&office.store, by(1), Some(&inside));
    assert!(matches!(refused, Err(Error::SecondPlaceInside)));
}

#[test]
fn the_reminder_comes_after_seven_days() {
    let office = Office::new();
    let due = |days| office.folder.status().second_place_is_due(now() + TimeDelta::days(days));
    assert_eq!([due(0), due(6), due(7)], [false, false, true], "counted from the day the store was made");
    let stick = TempDir::new().unwrap();
    office.folder.set_second_place(&office.store, by(1), Some(stick.path())).unwrap();
    office.folder.back_up_to_second_place(&office.store, now() + TimeDelta::days(7)).unwrap();
    assert_eq!([due(13), due(14)], [false, true]);
}

#[test]
fn a_lost_status_is_no_loss() {
    let office = Office::new();
    fs::write(office.path().join("status.json"), "not json").unwrap();
    assert_eq!(office.folder.status(), store::Status::default());
    office.folder.back_up(&office.store, now()).unwrap();
    assert_eq!(office.folder.status().last_backup_at, Some(now()));
}

#[test]
fn a_backup_opens_with_the_passwords_of_its_moment() {
    let office = Office::new();
    let backup = office.folder.back_up(&office.store, now()).unwrap();
    office.folder.change_password(&office.store, by(1), PASSWORD, OTHER_PASSWORD).unwrap();
    let elsewhere = TempDir::new().unwrap();
    let folder = open(&elsewhere.path().join("data"));
    let new = Proof::Password { uid: 1, password: OTHER_PASSWORD };
    assert!(matches!(folder.restore(&backup.path, new, None, now()), Err(Error::WrongPassword)));
    folder.restore(&backup.path, Proof::Password { uid: 1, password: PASSWORD }, None, now()).unwrap();
}
