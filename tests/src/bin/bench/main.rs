//! `bench OUT.json`: what the store costs at 10,000 households and the law engine for 50,000 people, each measure beside a
//! reference taken in the same run.
//!
//! The references do the least that could do the job on the same disk: plain SQLCipher inserts of the same people, a plain FTS query,
//! an append with one fsync. They say how much of a time is ours. Time that the machine gave to other programs is left out
//! ([`tests::watch`]).

#![allow(clippy::unwrap_used, reason = "a program for developers: it stops where something is wrong")]

mod duplicates;
mod import;
mod law;
mod outreach;
mod people;
mod raw;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use tests::watch::Watch;

use domain::registry::Record;
use domain::{RecordId, UnitId, records};
use serde_json::{Value, json};
use store::{Author, Cost, FieldChange, Folder, HouseholdFilter, HouseholdOrder, NewStore, Page, Place, Role, Sight, Store};

use people::Village;
use raw::Raw;

const HOUSEHOLDS: usize = 10_000;
/// Loads, of which the fastest counts.
const LOADS: usize = 3;
const SAVES: usize = 300;
const UNIT: UnitId = UnitId(51582);
const AUTHOR: Author = Author { uid: 1, at_ms: 1_795_399_200_000 };
/// What people type while they look for somebody.
const TYPED: &[&str] = &[
    "b",
    "bu",
    "bui",
    "bui t",
    "bui thi",
    "bui thi l",
    "dinh",
    "dinh v",
    "quach",
    "nguyen van",
    "thi hoa",
    "van an",
    "ha cong",
    "xa thi",
    "lo van",
    "1950",
    "bui 1948",
    "uoc",
    "thuong",
    "nga",
];

fn main() {
    let out = std::env::args().nth(1).expect("bench OUT.json");
    // Beside the answer, on a real disk: /tmp may lie in memory, where an fsync costs nothing.
    let place = tempfile::TempDir::new_in(Path::new(&out).parent().unwrap()).unwrap();
    let mut measures = Vec::new();
    let Loaded { folder, store, raw, households } = bulk_load(place.path(), &mut measures);
    saves(&store, place.path(), &households, &mut measures);
    searches(&store, &raw, &mut measures);
    first_page(&store, &raw, &mut measures);
    quality(&store, &mut measures);
    rosters(&store, &raw, &mut measures);
    let (known, newcomers) = (new_store(&place.path().join("known")), new_store(&place.path().join("newcomers")));
    duplicates::run(&known.1, &newcomers.1, &raw, &mut measures);
    import::import(place.path(), &mut measures);
    let (commune, half) = (new_store(&place.path().join("commune")), new_store(&place.path().join("half")));
    outreach::run(&commune.1, &half.1, &mut measures);
    drop((store, folder));
    law::measure(&mut measures);
    std::fs::write(out, serde_json::to_string_pretty(&json!({ "measures": measures })).unwrap()).unwrap();
}

fn new_store(path: &Path) -> (Folder, Store) {
    let folder = Folder::open_with_cost(path, Cost { memory_kib: 64, passes: 1, lanes: 1 }).unwrap();
    let new =
        NewStore { unit: UNIT.0, sample: true, worker: "Bùi Thị Mừng", role: Role::Officer, password: "mau mat khau 2026" };
    let now = "2026-11-23T01:00:00Z".parse().unwrap();
    let (store, _) = folder.create(new, now).unwrap();
    (folder, store)
}

/// What the bulk load leaves for the measures after it.
struct Loaded {
    folder: Folder,
    store: Store,
    raw: Raw,
    households: Vec<RecordId>,
}

/// The fastest of a few loads, each into a new file: what else runs on the machine only ever adds.
fn bulk_load(place: &Path, measures: &mut Vec<Value>) -> Loaded {
    let people: Vec<Vec<records::Person>> = (0..HOUSEHOLDS).map(people::household).collect();
    let plain = raw::households(HOUSEHOLDS);
    let (mut ours, mut floor, mut last) = (f64::INFINITY, f64::INFINITY, None);
    for round in 0..LOADS {
        let (folder, store) = new_store(&place.join(format!("data-{round}")));
        let begun = Watch::start();
        let households = load(&store, &people);
        ours = ours.min(begun.seconds());
        let raw = Raw::new(&place.join(format!("raw-{round}.db")));
        let begun = Watch::start();
        raw.load(&plain);
        floor = floor.min(begun.seconds());
        last = Some(Loaded { folder, store, raw, households });
    }
    measures.push(json!({
        "name": "bulk load of 10,000 households", "value": ours, "unit": "s", "wanted": "3.5 x raw",
        "reference": { "name": "raw SQLCipher insert", "value": floor },
    }));
    last.unwrap()
}

fn load(store: &Store, people: &[Vec<records::Person>]) -> Vec<RecordId> {
    let villages = store.write(AUTHOR, |tx| {
        Village::all()
            .iter()
            .map(|village| tx.create(&village.record(UNIT).to_row(), Place::Root(UNIT)))
            .collect::<store::Result<Vec<_>>>()
    });
    let villages = villages.unwrap().value;
    let written = store.write(AUTHOR, |tx| {
        let mut households = Vec::new();
        for (at, people) in people.iter().enumerate() {
            let household = records::Household {
                code: Some(format!("MB-{at:05}")),
                village: Some(villages[at % villages.len()]),
                ..records::Household::default()
            };
            let household = tx.create(&household.to_row(), Place::Root(UNIT))?;
            for (place, person) in people.iter().enumerate() {
                let person = tx.create(&person.to_row(), Place::Root(UNIT))?;
                tx.create(&people::membership(person, place).to_row(), Place::Child(household))?;
            }
            tx.end_act()?;
            households.push(household);
        }
        Ok(households)
    });
    written.unwrap().value
}

/// One field of one household changed and on the disk, as a form does it.
fn saves(store: &Store, place: &Path, households: &[RecordId], measures: &mut Vec<Value>) {
    let ours = times(SAVES, |round| {
        let id = households[round * 31 % households.len()];
        let opened = store.read(|view| view.get_record(id, Sight::Plain)).unwrap();
        let mut after = opened.row.clone();
        after.set("note", Some(domain::Value::Text(format!("{round}"))));
        let changes = FieldChange::between(&opened.row, &after);
        let begun = Watch::start();
        store.write(AUTHOR, |tx| tx.change(id, &changes, &opened.heads)).unwrap();
        begun.seconds()
    });
    let mut file = File::create(place.join("floor")).unwrap();
    let floor = times(SAVES, |_| {
        let begun = Watch::start();
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        begun.seconds()
    });
    pair("one durable save", ["", "3 ms"], &ours, "write and fsync of 4 KiB", &floor, measures);
}

fn searches(store: &Store, raw: &Raw, measures: &mut Vec<Value>) {
    let rounds = TYPED.len() * 25;
    let ours = times(rounds, |round| {
        let begun = Watch::start();
        store.read(|view| view.search(TYPED[round % TYPED.len()], 30)).unwrap();
        begun.seconds()
    });
    let floor = times(rounds, |round| {
        let begun = Watch::start();
        raw.search(TYPED[round % TYPED.len()]);
        begun.seconds()
    });
    pair("search by folded prefix", ["1 ms", "3 ms"], &ours, "raw FTS query", &floor, measures);
}

fn first_page(store: &Store, raw: &Raw, measures: &mut Vec<Value>) {
    let page = Page { offset: 0, limit: 100 };
    let ours = times(50, |_| {
        let begun = Watch::start();
        store.read(|view| view.list_households(&HouseholdFilter::default(), HouseholdOrder::Head, false, page)).unwrap();
        begun.seconds()
    });
    let floor = times(50, |_| {
        let begun = Watch::start();
        raw.first_page(100);
        begun.seconds()
    });
    pair("first page of the list", ["5 ms", "20 ms"], &ours, "raw join of the same rows", &floor, measures);
}

/// What is missing in the register, counted by village.
fn quality(store: &Store, measures: &mut Vec<Value>) {
    let ours = times(20, |_| {
        let begun = Watch::start();
        store.read(|view| view.count_quality()).unwrap();
        begun.seconds()
    });
    let floor = times(20, |_| {
        let begun = Watch::start();
        store.read(|view| view.list_person_order()).unwrap();
        begun.seconds()
    });
    pair("what is missing, by village", ["100 ms", "200 ms"], &ours, "the list read once", &floor, measures);
}

/// Who lived where on a day, of the whole commune: the first fifty households with their members, and how many there are in all.
fn rosters(store: &Store, raw: &Raw, measures: &mut Vec<Value>) {
    let page = Page { offset: 0, limit: 50 };
    let day = "2026-06-30".parse().unwrap();
    let ours = times(30, |_| {
        let begun = Watch::start();
        let members = store.read(|view| {
            let roster = view.roster_on(None, day, page)?;
            let members = roster.households.rows.iter().map(|row| {
                let rows = view.list_children(row.id, records::HouseholdMember::KIND, Sight::Plain)?;
                let people = rows.iter().filter_map(|row| row.record::<records::HouseholdMember>().person);
                people.map(|person| view.get_record(person, Sight::Plain)).collect::<store::Result<Vec<_>>>()
            });
            members.collect::<store::Result<Vec<_>>>()
        });
        assert_eq!(members.unwrap().len(), 50);
        begun.seconds()
    });
    let floor = times(30, |_| {
        let begun = Watch::start();
        raw.roster(50);
        begun.seconds()
    });
    pair("roster on a date", ["200 ms", "300 ms"], &ours, "raw join of the same rows", &floor, measures);
}

/// Milliseconds of each round, sorted.
fn times(rounds: usize, mut round: impl FnMut(usize) -> f64) -> Vec<f64> {
    let mut all: Vec<f64> = (0..rounds).map(|at| round(at) * 1e3).collect();
    all.sort_by(f64::total_cmp);
    all
}

fn at(sorted: &[f64], part: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

fn pair(name: &str, wanted: [&str; 2], ours: &[f64], reference: &str, floor: &[f64], measures: &mut Vec<Value>) {
    for ((label, part), wanted) in [("p50", 0.5), ("p95", 0.95)].into_iter().zip(wanted) {
        measures.push(json!({
            "name": format!("{name}, {label}"), "value": at(ours, part), "unit": "ms", "wanted": wanted,
            "reference": { "name": reference, "value": at(floor, part) },
        }));
    }
}
