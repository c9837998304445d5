//! A list of 5,000 people brought in as a worker does it: read, mapped, compared with the register, written.

use std::path::Path;
use std::sync::Arc;
use tests::watch::Watch;

use casework::{Desk, Session};
use documents::export::{Table, TableCell, TableColumn, write_xlsx};
use documents::{lists, sheet};
use domain::records::Person;
use serde_json::{Value, json};
use store::{Contact, Road, RoadError, RoadState, Store};

use crate::people;
use crate::raw::{self, Raw};

/// Of 4 to 5 people: 5,003 rows.
const HOUSEHOLDS: usize = 1112;
const HEADINGS: [&str; 7] = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Dân tộc", "Xóm"];

/// No network.
struct NoRoad;

impl Road for NoRoad {
    fn enrol(&self, _: &Store, _: &str, _: &str) -> Result<(), RoadError> {
        Err(RoadError::Offline)
    }
    fn sync_now(&self, _: &Store) -> Result<Contact, RoadError> {
        Err(RoadError::NotEnrolled)
    }
    fn state(&self) -> RoadState {
        RoadState::default()
    }
}

/// Measures the whole way, beside reading the sheet alone and a plain insert of as many people.
pub fn import(place: &Path, measures: &mut Vec<Value>) {
    let file = place.join("list.xlsx");
    let bytes = write_xlsx(&list()).unwrap();
    std::fs::write(&file, &bytes).unwrap();

    let begun = Watch::start();
    let book = sheet::read(&bytes, "list.xlsx").unwrap();
    let read = lists::read(&book, &lists::propose(&book), now().date_naive());
    let reading = begun.seconds();
    let rows: usize = read.households.iter().map(|household| household.members.len()).sum();

    let session = Session::new(place.join("imported"), true, now());
    let desk = Desk::new(session, now, Arc::new(NoRoad), "0.1.0", |_| {});
    let call = |name: &str, payload: Value| desk.call(name, payload).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
    call("set_up", json!({ "unit": 51582, "name": "Bùi Thị Mừng", "password": "mau mat khau 2026" }));
    let begun = Watch::start();
    let read = call("read_sheet", json!({ "path": file, "name": null, "bytes": null }));
    let done = call("apply_import", json!({ "file": read["file"], "mappings": [] }));
    let ours = begun.seconds();
    assert_eq!(done["people"], rows);

    let begun = Watch::start();
    let again = call("read_sheet", json!({ "path": file, "name": null, "bytes": null }));
    let plan = call("plan_import", json!({ "file": again["file"], "mappings": [] }));
    let matching = begun.seconds();
    assert_eq!(plan["known"], rows);

    let raw = Raw::new(&place.join("raw-import.db"));
    let households = raw::households(HOUSEHOLDS);
    let begun = Watch::start();
    raw.load(&households);
    let floor = begun.seconds();
    measures.push(json!({
        "name": "import of a list of 5,000 rows", "value": ours, "unit": "s", "wanted": "5 s",
        "reference": { "name": "raw SQLCipher insert", "value": floor },
    }));
    measures.push(json!({
        "name": "dry run of the same list against the register", "value": matching, "unit": "s", "wanted": "2 s",
        "reference": { "name": "reading the sheet alone", "value": reading },
    }));
}

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-23T01:00:00Z".parse().unwrap_or_default()
}

fn list() -> Table {
    let text = |text: &str| TableCell::Text(text.to_owned());
    let row = |(number, place, person): (usize, usize, Person)| {
        vec![
            text(&format!("H-{number:04}")),
            // Each name once: the people of the benches share a few hundred, and nobody here has an id.
            text(&format!("{} {}", person.full_name.unwrap_or_default(), people::name(number / 4 + place))),
            text(if place == 0 { "Chủ hộ" } else { "Con" }),
            person.birth_date.map_or(TableCell::Empty, TableCell::Date),
            text(if person.sex.as_deref() == Some("male") { "Nam" } else { "Nữ" }),
            text("Mường"),
            text(["Xóm Mu", "Xóm Lũy", "Xóm Bưng", "Xóm Chiềng"][number % 4]),
        ]
    };
    let members = (0..HOUSEHOLDS)
        .flat_map(|number| people::household(number).into_iter().enumerate().map(move |(place, one)| (number, place, one)));
    Table {
        sheet: "DS".to_owned(),
        title: "DANH SÁCH HỘ GIA ĐÌNH".to_owned(),
        columns: HEADINGS.map(|heading| TableColumn { heading: heading.to_owned(), width: 0 }).to_vec(),
        rows: members.map(row).collect(),
        ..Table::default()
    }
}
