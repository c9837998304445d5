//! Every field of every kind, written differently by two offices: shown with both values, and settled by choosing one.

use std::collections::BTreeSet;
use std::sync::Arc;

use casework::{Desk, Host as _, Session};
use chrono::NaiveDate;
use domain::registry::{Field, KINDS};
use domain::{Decimal, Kind, PartialDate, RecordId, Row, Value, ValueType, codes};
use serde_json::{Value as Json, json};
use store::{Author, FieldChange, Place, Sight, Store};
use tempfile::TempDir;
use transport::HttpRoad;

use crate::world::{CODE, Province, UNIT, now};

const PASSWORD: &str = "Mường Bi 2026";

/// A machine of the commune with the door that its window has.
struct Window {
    desk: Desk,
    _place: TempDir,
}

impl Window {
    fn enrolled(province: &Province) -> Self {
        let place = tempfile::tempdir().unwrap();
        let session = Session::new(place.path().join("data"), false, now());
        let road = Arc::new(HttpRoad::new("0.1.0", || now().timestamp_millis()).unwrap());
        let window = Self { desk: Desk::new(session, now, road, "0.1.0", |_| {}), _place: place };
        window.call("set_up", json!({ "unit": UNIT.0, "name": "Bùi Thị Mừng", "password": PASSWORD }));
        window.call("enrol", json!({ "server": province.url(), "code": province.new_code(CODE) }));
        window
    }

    fn call(&self, name: &str, payload: Json) -> Json {
        self.desk.call(name, payload).unwrap_or_else(|problem| panic!("{name} was refused: {problem:?}"))
    }

    fn sync(&self) {
        self.call("sync_now", Json::Null);
    }

    fn store(&self) -> Store {
        self.desk.session().open().unwrap().store
    }

    fn conflicts(&self) -> Vec<Json> {
        self.call("list_conflicts", Json::Null)["conflicts"].as_array().unwrap().clone()
    }
}

/// A value of a column: three different ones, by `turn`.
fn value(ty: ValueType, column: &str, turn: usize, records: &Records) -> Value {
    let number = i64::try_from(turn).unwrap() + 1;
    match ty {
        ValueType::Int => Value::Int(number),
        ValueType::Bool => Value::Bool(turn == 1),
        ValueType::Text { .. } => Value::Text(format!("chữ {turn}")),
        ValueType::Date => Value::Date(NaiveDate::from_ymd_opt(2020, 1, u32::try_from(turn).unwrap() + 1).unwrap()),
        ValueType::PartialDate => Value::PartialDate(format!("200{turn}").parse::<PartialDate>().unwrap()),
        ValueType::Month => Value::Month(format!("2020-0{number}").parse().unwrap()),
        ValueType::Decimal => Value::Decimal(Decimal::parse(&format!("{number}.5")).unwrap()),
        ValueType::Ref if column == "village" => Value::Ref(records.villages[turn]),
        ValueType::Ref => Value::Ref(records.people[turn]),
        ValueType::Code(list) | ValueType::Set(list) => {
            let rows = codes::list(list);
            let code = rows[turn % rows.len()].code.clone();
            if matches!(ty, ValueType::Set(_)) { Value::Set([code].into()) } else { Value::Code(code) }
        }
    }
}

/// What every other record hangs on or points to.
struct Records {
    villages: Vec<RecordId>,
    people: Vec<RecordId>,
    household: RecordId,
}

fn filled(kind: &'static Kind, turn: usize, records: &Records) -> Row {
    let mut row = Row::new(kind);
    for column in kind.columns() {
        row.set(column.name, Some(value(column.ty, column.name, turn, records)));
    }
    row
}

fn author() -> Author {
    Author { uid: 1, at_ms: now().timestamp_millis() }
}

fn kind(name: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.name == name).unwrap()
}

/// One record of each kind, and what they point to.
fn one_of_each(store: &Store) -> (Vec<RecordId>, Records) {
    let written = store.write(author(), |tx| {
        let named = |name: &str, column: &str, turn: usize| {
            let mut row = Row::new(kind(name));
            row.set(column, Some(Value::Text(format!("gốc {turn}"))));
            tx.create(&row, Place::Root(UNIT))
        };
        let three = |name: &str, column: &str| (0..3).map(|turn| named(name, column, turn)).collect::<store::Result<Vec<_>>>();
        let records = Records {
            villages: three("village", "name")?,
            people: three("person", "full_name")?,
            household: named("household", "code", 0)?,
        };
        let mut made = Vec::new();
        for kind in KINDS.iter().filter(|kind| kind.name != "worker") {
            let place = match kind.parent {
                Some("household") => Place::Child(records.household),
                Some("village") => Place::Child(records.villages[0]),
                Some(_) => Place::Child(records.people[0]),
                None => Place::Root(UNIT),
            };
            made.push(tx.create(&filled(kind, 0, &records), place)?);
        }
        Ok((made, records))
    });
    written.unwrap().value
}

/// Writes every field of the records anew, each office in a turn of its own.
fn write_all(store: &Store, made: &[RecordId], records: &Records, turn: usize) {
    let written = store.write(author(), |tx| {
        for id in made {
            let stored = tx.get_record(*id, Sight::Restricted)?;
            let changes = FieldChange::between(&stored.row, &filled(stored.kind(), turn, records));
            tx.change(*id, &changes, &stored.heads)?;
        }
        Ok(())
    });
    written.unwrap();
}

/// The fields that three different turns leave with three different values: those are in conflict.
fn disputed(kind: &'static Kind, records: &Records) -> Vec<u16> {
    let rows: Vec<Row> = (0..3).map(|turn| filled(kind, turn, records)).collect();
    let values = |row: &Row, field: &Field| field.columns.iter().map(|column| row.get(column.name).cloned()).collect::<Vec<_>>();
    let differs = |field: &&Field| {
        let [a, b, c] = [0, 1, 2].map(|turn: usize| values(&rows[turn], field));
        a != b && a != c && b != c
    };
    kind.fields.iter().filter(differs).map(|field| field.fid).collect()
}

#[test]
fn every_field_of_every_kind_shows_both_values_and_is_settled_by_choosing_one() {
    let province = Province::plain();
    let (first, second) = (Window::enrolled(&province), Window::enrolled(&province));
    let (made, records) = one_of_each(&first.store());
    first.sync();
    second.sync();
    write_all(&first.store(), &made, &records, 1);
    write_all(&second.store(), &made, &records, 2);
    first.sync();
    second.sync();
    first.sync();

    let listed = first.conflicts();
    let shown: BTreeSet<(String, u64)> = listed
        .iter()
        .filter(|conflict| conflict["restricted"] == false)
        .map(|conflict| (conflict["kind"].as_str().unwrap().to_owned(), conflict["fid"].as_u64().unwrap()))
        .collect();
    for id in &made {
        let kind = first.store().read(|view| Ok(view.get_record(*id, Sight::Restricted)?.kind())).unwrap();
        let open = !kind.restricted && kind.name != "parent_link";
        for fid in disputed(kind, &records) {
            let is_shown = shown.contains(&(kind.name.to_owned(), u64::from(fid)));
            assert!(is_shown || !open, "{} {fid} is in conflict and not shown", kind.name);
            assert!(!is_shown || !kind.restricted, "{} {fid} is specially protected and shown", kind.name);
        }
    }
    for conflict in listed.iter().filter(|conflict| conflict["restricted"] == false) {
        assert_eq!(conflict["sides"].as_array().unwrap().len(), 2, "{conflict}");
        assert!(conflict["page"].is_string() && !conflict["columns"].as_array().unwrap().is_empty(), "{conflict}");
    }
    let protected: Vec<&Json> = listed.iter().filter(|conflict| conflict["restricted"] == true).collect();
    assert_eq!(protected.len(), 1, "one person has them, and that is all that is told");
    assert_eq!((&protected[0]["sides"], &protected[0]["label"]), (&json!([]), &json!("")));

    let opened = first.call("open_restricted", json!({ "person": records.people[0], "reason": "xem mâu thuẫn" }));
    let restricted = opened["conflicts"].as_array().unwrap();
    assert!(!restricted.is_empty());
    let open = listed.iter().filter(|conflict| conflict["restricted"] == false);
    for conflict in open.chain(restricted) {
        let keep = conflict["sides"].as_array().unwrap().iter().find(|side| side["shown"] == false).unwrap();
        first.call("resolve_conflict", json!({ "record": conflict["record"], "fid": conflict["fid"], "keep": keep["dot"] }));
    }
    first.sync();
    second.sync();
    assert_eq!((first.conflicts(), second.conflicts()), (Vec::new(), Vec::new()));
    for id in &made {
        let row = |window: &Window| window.store().read(|view| Ok(view.get_record(*id, Sight::Restricted)?.row)).unwrap();
        assert_eq!(row(&first), row(&second), "both offices have what was chosen");
    }
}

/// What somebody with a severe disability born in 2010 gets on 23/11/2026: as a child if born late in the year.
fn amount(window: &Window, person: &Json) -> i64 {
    let view = window.call("person_entitlements", json!({ "person": person, "on": "2026-11-23" }));
    let met = |line: &&Json| line["clause_group"] == "6" && line["status"] == "entitled";
    view["lines"].as_array().unwrap().iter().find(met).unwrap()["amount"].as_i64().unwrap()
}

#[test]
fn two_offices_that_decide_differently_about_partial_births_agree_after_a_contact_and_again_after_a_choice() {
    let province = Province::plain();
    let (first, second) = (Window::enrolled(&province), Window::enrolled(&province));
    let mut row = Row::new(kind("person"));
    row.set("full_name", Some(Value::Text("Bùi Văn Thìn".to_owned())));
    row.set("birth_date", Some(Value::PartialDate("2010".parse().unwrap())));
    let mut certificate = Row::new(kind("disability_certificate"));
    certificate.set("severity", Some(Value::Code("severe".to_owned())));
    certificate.set("valid_from", Some(Value::Date(NaiveDate::from_ymd_opt(2020, 1, 5).unwrap())));
    let written = first.store().write(author(), |tx| {
        let person = tx.create(&row, Place::Root(UNIT))?;
        tx.create(&certificate, Place::Child(person))?;
        Ok(person)
    });
    let person = json!(written.unwrap().value);
    first.sync();
    second.sync();

    let windows = [&first, &second];
    let amounts = || windows.map(|window| amount(window, &person));
    let decided = || windows.map(|window| window.call("get_commune_settings", Json::Null)["assumed_birth"].clone());
    for (window, day) in [(&first, "first"), (&second, "last")] {
        window.call("change_commune_settings", json!({ "assumed_birth": day }));
    }
    assert_eq!(amounts(), [810_000, 1_080_000], "each office computes by what it has decided");
    first.sync();
    second.sync();
    first.sync();
    let [one, other] = decided();
    assert_eq!(one, other, "both show the same one for now");
    let [one, other] = amounts();
    assert_eq!(one, other, "and compute by it");
    let listed = first.conflicts();
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!((&listed[0]["kind"], &listed[0]["columns"]), (&json!("commune_setting"), &json!(["assumed_birth"])));
    assert_eq!(listed[0]["sides"], second.conflicts()[0]["sides"], "both offices are asked the same");

    for day in ["last", "first"] {
        if let Some(conflict) = second.conflicts().first() {
            let sides = conflict["sides"].as_array().unwrap();
            let keep = sides.iter().find(|side| side["values"] == json!([["assumed_birth", day]])).unwrap();
            let choice = json!({ "record": conflict["record"], "fid": conflict["fid"], "keep": keep["dot"] });
            second.call("resolve_conflict", choice);
        } else {
            second.call("change_commune_settings", json!({ "assumed_birth": day }));
        }
        second.sync();
        first.sync();
        assert_eq!(decided(), [json!(day), json!(day)]);
        assert_eq!(amounts(), if day == "last" { [1_080_000; 2] } else { [810_000; 2] });
        assert_eq!((first.conflicts(), second.conflicts()), (Vec::new(), Vec::new()));
    }
}
