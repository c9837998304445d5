//! People entered a second time are found among two thousand: the wanted part of them, with few others beside them.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test says by a panic what failed")]

use chrono::NaiveDate;
use domain::UnitId;
use store::{Author, Cost, Folder, NewStore, Role, Store};
use tests::duplicates::{commune, measure, newcomers, second_entries};

const UNIT: UnitId = UnitId(51582);
const AUTHOR: Author = Author { uid: 1, at_ms: 1_795_399_200_000 };

fn store_with(households: usize, number: u64) -> (Store, tempfile::TempDir) {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open_with_cost(place.path().join("data"), Cost { memory_kib: 64, passes: 1, lanes: 1 }).unwrap();
    let new =
        NewStore { unit: UNIT.0, sample: true, worker: "Bùi Thị Mừng", role: Role::Officer, password: "mau mat khau 2026" };
    let (store, _) = folder.create(new, "2026-11-23T01:00:00Z".parse().unwrap()).unwrap();
    commune(&store, AUTHOR, UNIT, households, number, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
    (store, place)
}

#[test]
fn a_second_entry_is_hinted_and_a_newcomer_seldom() {
    let (store, _place) = store_with(450, 1);
    let (other, _elsewhere) = store_with(60, 2);
    let seconds = second_entries(&store, 400, 3);
    let strangers = newcomers(&store, &other, 200, 4);
    let (found, _) = measure(&store, &seconds, &strangers);
    assert!(found.people >= 1_900, "{found:?}");
    assert!(found.recall >= 0.95, "at least 95 % within the first five: {found:?}");
    assert!(found.false_beside <= 2.0 && found.false_alone <= 2.0, "at most two others on average: {found:?}");
}
