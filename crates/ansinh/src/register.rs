//! Looking up and adding single households.

use std::io::Read as _;
use std::path::Path;

use casework::Host as _;
use casework::commands::types::{SavedHousehold, SearchResults};
use casework::exchange::{self, ExchangeHousehold};
use casework::host::today;
use domain::RecordId;
use serde_json::{Value as Json, json};

use crate::arguments::{Arguments, Household};
use crate::desk;
use crate::exit::Failure;
use crate::say::{Say, own};

/// Finds people, households and villages.
pub fn search(arguments: &Arguments, say: &Say, text: &str, limit: u32) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    let answer = desk.call("search", json!({ "text": text, "limit": limit }))?;
    say.json(&answer);
    let found: SearchResults = desk::read(answer)?;
    for result in &found.results {
        let birth = result.birth.as_deref().unwrap_or("-");
        say.line(&format!("{:10} {:32} {:12} {:20} {}", result.kind, result.full_name, birth, result.village, result.id));
    }
    if found.results.is_empty() {
        say.line(&own("none_found", &[]));
    }
    Ok(0)
}

/// Shows or adds one household.
pub fn household(arguments: &Arguments, say: &Say, what: &Household) -> Result<u8, Failure> {
    match what {
        Household::Show { id } => show(arguments, say, id),
        Household::Add { file } => add(arguments, say, file),
    }
}

fn show(arguments: &Arguments, say: &Say, id: &str) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    let id: RecordId = id.parse().map_err(|_| casework::Problem::new(casework::Code::NotFound))?;
    // The door checks the right to read before the same record is written out.
    desk.call("get_household", json!({ "id": id, "on": null }))?;
    let open = desk.session().open()?;
    let household = open.store.read(|view| exchange::household(view, id, today(&desk))).map_err(casework::Problem::from)?;
    let mut value = json!(household);
    value["id"] = json!(id);
    say.value(&value);
    Ok(0)
}

fn add(arguments: &Arguments, say: &Say, file: &Path) -> Result<u8, Failure> {
    let household: ExchangeHousehold = read_household(file)?;
    let desk = desk::sign_in(arguments)?;
    let open = desk.session().open()?;
    let village = match household.village.as_deref() {
        Some(name) => open.store.read(|view| exchange::find_village(view, name)).map_err(casework::Problem::from)?,
        None => None,
    };
    let village = match (village, household.village.as_deref()) {
        (None, Some(name)) if open.account.may(store::Right::Places) => Some(make_village(&desk, name)?),
        (found, _) => found,
    };
    let form = exchange::form_of(&household, village);
    let saved: SavedHousehold = desk::read(desk.call("save_household", json!({ "form": form, "draft": null }))?)?;
    let value = json!({ "id": saved.id, "member_ids": saved.member_ids, "problems": saved.problems });
    say.done(&value, "added", &[("id", saved.id.to_string()), ("people", saved.member_ids.len().to_string())]);
    Ok(0)
}

fn make_village(desk: &casework::desk::Desk, written: &str) -> Result<RecordId, Failure> {
    let (village_type, name) = casework::imports::split_village(written);
    let values = json!({ "name": name, "village_type": village_type });
    let answer = desk.call("save_record", json!({ "kind": "village", "record": { "values": values } }))?;
    desk::read(answer["id"].clone())
}

fn read_household(file: &Path) -> Result<ExchangeHousehold, Failure> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(drop)
    } else {
        std::fs::read_to_string(file).map(|read| text = read)
    };
    read.map_err(|_| Failure::bad_input("bad_file", vec![("path", file.display().to_string())]))?;
    let value: Json = serde_json::from_str(&text).map_err(|_| Failure::bad_input("bad_household", Vec::new()))?;
    serde_json::from_value(value).map_err(|_| Failure::bad_input("bad_household", Vec::new()))
}
