//! What facts and outreach of a whole commune cost, from the encrypted file to the lines, on one core.
//!
//! The reference reads the same columns of the same rows and does nothing with them. A commune of half the size in the same run says
//! whether the cost is linear.

use tests::watch::Watch;

use casework::seed::{Size, seed};
use entitlements::PolicySet;
use entitlements::outreach::scan;
use entitlements::register::{Case, Lawbook, Loaded, Options, Register};
use serde_json::{Value, json};
use store::{Sight, Store};

use crate::{AUTHOR, UNIT, at, times};

/// About 20,000 people.
const HOUSEHOLDS: usize = 4_480;
const ROUNDS: usize = 5;

/// The measures: `store` gets the commune, `half` one of half the size.
pub fn run(store: &Store, half: &Store, measures: &mut Vec<Value>) {
    let (people, small) = (fill(store, HOUSEHOLDS), fill(half, HOUSEHOLDS / 2));
    let ours = times(ROUNDS, |_| seconds(|| lines(store)));
    let floor = times(ROUNDS, |_| seconds(|| store.read(|view| view.load_register(Sight::Plain, &mut |_| {})).unwrap()));
    let of_half = times(ROUNDS, |_| seconds(|| lines(half)));
    measures.push(json!({
        "name": format!("facts and outreach of {people} people"), "value": at(&ours, 0.5), "unit": "ms", "wanted": "1000 ms",
        "reference": { "name": "the same rows read", "value": at(&floor, 0.5) },
    }));
    let each = |total: f64, people: usize| total * 1e3 / people as f64;
    measures.push(json!({
        "name": "facts and outreach, a person", "value": each(at(&ours, 0.5), people), "unit": "us", "wanted": "linear",
        "reference": { "name": format!("of {small} people"), "value": each(at(&of_half, 0.5), small) },
    }));
}

fn fill(store: &Store, households: usize) -> usize {
    let today = "2026-11-23".parse().unwrap();
    let size = Size { villages: 12, households };
    store.write(AUTHOR, |tx| seed(tx, UNIT, size, 1, today, &|_| {})).unwrap().value.people
}

fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let begun = Watch::start();
    let done = work();
    let took = begun.seconds();
    drop(done);
    took
}

/// As the program does it at the first sign-in of a day: everything read, every fact told, three months looked ahead.
fn lines(store: &Store) -> usize {
    let mut register = Register::new();
    store
        .read(|view| {
            view.load_register(Sight::Plain, &mut |row| {
                register.add(Loaded {
                    id: row.id,
                    parent: row.parent,
                    scope: row.scope,
                    order: row.order,
                    moved: row.moved,
                    entered: row.entered,
                    row: &row.row,
                });
            })
        })
        .unwrap();
    let (register, book) = (register.join(), Lawbook::new(PolicySet::embedded()));
    let case = Case { register: &register, book: &book, options: Options::default() };
    scan(&case, "2026-11".parse().unwrap(), 3).len()
}
