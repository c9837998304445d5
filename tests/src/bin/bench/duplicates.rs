//! Hints among twenty thousand people: how many of those entered a second time are found, how many others are shown, and how
//! long one hint takes beside a plain FTS query.

use tests::watch::Watch;

use chrono::NaiveDate;
use domain::text;
use serde_json::{Value, json};
use store::Store;
use tests::duplicates::{commune, measure, newcomers, second_entries};

use crate::raw::Raw;
use crate::{AUTHOR, UNIT, pair, times};

/// Households of 4 to 5: twenty thousand people.
const HOUSEHOLDS: usize = 4_500;
const SECONDS: usize = 2_000;
const STRANGERS: usize = 1_000;

/// Measures on `store`, which becomes the commune; newcomers come from `other`.
pub fn run(store: &Store, other: &Store, raw: &Raw, measures: &mut Vec<Value>) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    commune(store, AUTHOR, UNIT, HOUSEHOLDS, 20_261_123, today);
    commune(other, AUTHOR, UNIT, 300, 2, today);
    let seconds = second_entries(store, SECONDS, 3);
    let strangers = newcomers(store, other, STRANGERS, 4);
    let (found, mut ours) = measure(store, &seconds, &strangers);
    ours.sort_by(f64::total_cmp);
    let name = |measured: &str| format!("{measured}, among {} people", found.people);
    for (name, value, unit, wanted) in [
        (name("second entries found in the first five"), found.recall * 100.0, "%", "95 %"),
        (name("others hinted beside a second entry"), found.false_beside, "", "at most 2"),
        (name("hints at a newcomer"), found.false_alone, "", "at most 2"),
    ] {
        measures.push(json!({ "name": name, "value": value, "unit": unit, "wanted": wanted }));
    }
    let names: Vec<String> =
        seconds.iter().map(|(_, sketch)| text::fold(sketch.names.first().map_or("", String::as_str))).collect();
    let floor = times(names.len(), |round| {
        let begun = Watch::start();
        raw.search(&names[round]);
        begun.seconds()
    });
    pair("hints while typing", ["2 ms", "5 ms"], &ours, "raw FTS query", &floor, measures);
    let ours = times(9, |_| {
        let begun = Watch::start();
        store.read(|view| view.list_alike()).unwrap();
        begun.seconds()
    });
    let floor = times(9, |_| {
        let begun = Watch::start();
        store.read(|view| view.list_identity_keys()).unwrap();
        begun.seconds()
    });
    pair("all pairs of the register", ["200 ms", "300 ms"], &ours, "the people read once", &floor, measures);
}
