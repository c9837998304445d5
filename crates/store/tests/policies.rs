//! A published policy set counts once it is here whole, and only where the province wrote it.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::registry::{Record, Row, SCOPE};
use domain::{RecordId, records};
use register::{NOW_MS, Register, author, register};
use store::Place;
use sync::session::Effect;
use sync::wire::Pulled;
use sync::{Dot, FieldWrite, Op};

fn rows() -> Vec<String> {
    vec![r#"{"at":0}"#.to_owned(), r#"{"at":1}"#.to_owned()]
}

fn id(n: u8) -> RecordId {
    RecordId::from_parts(NOW_MS.unsigned_abs(), [n; 10])
}

/// What the province has written as its `n`th op.
fn pulled(n: u64, rid: RecordId, parent: Option<RecordId>, row: &Row) -> Pulled {
    let write = |fid, value| FieldWrite { fid, value: Some(value), base: Vec::new() };
    let scope = parent.is_none().then(|| write(SCOPE, sync::value::encode_scope(0)));
    let fields = row.kind.fields.iter();
    let fields = fields.filter_map(|field| Some(write(field.fid, sync::value::encode_field(row.field_values(field.fid))?)));
    let writes = scope.into_iter().chain(fields).collect();
    let op = Op {
        dot: Dot::new(0, n),
        at: NOW_MS,
        uid: 0,
        kind: row.kind.number,
        rid,
        parent,
        group_len: 1,
        writes,
        ctx: None,
        sv: None,
    };
    Pulled { seq: n, op, eff: NOW_MS, dead: Vec::new() }
}

fn set(version: i64, count: i64) -> Row {
    records::PolicySet { version: Some(version), row_count: Some(count), hash: Some(sync::published::hash(&rows())) }.to_row()
}

fn row(text: &str) -> Row {
    records::PolicyRow { body: Some(text.to_owned()) }.to_row()
}

fn take_in(register: &Register, entries: Vec<Pulled>) {
    let seq = entries.last().unwrap().seq;
    let effect = Effect::Pulled { scope: 0, entries, seq };
    register.store.write(author(), |tx| tx.take_in(&effect, NOW_MS)).unwrap();
}

#[test]
fn a_set_counts_once_all_its_rows_are_here() {
    let register = register();
    let find = || register.store.read(|view| view.find_policy_set(id(1))).unwrap();
    take_in(&register, vec![pulled(1, id(1), None, &set(1, 2)), pulled(2, id(2), Some(id(1)), &row(&rows()[1]))]);
    assert_eq!(find(), None, "a row is still missing");
    assert_eq!(register.store.read(|view| view.list_policy_sets()).unwrap(), [(id(1), 1)]);
    take_in(&register, vec![pulled(3, id(3), Some(id(1)), &row(&rows()[0]))]);
    assert_eq!(find().map(|set| (set.version, set.rows)), Some((1, rows())));
    take_in(&register, vec![pulled(4, id(4), Some(id(1)), &row(r#"{"at":2}"#))]);
    assert_eq!(find(), None, "more rows than the set says are not the set");
}

#[test]
fn other_rows_than_the_set_names_do_not_make_it_whole() {
    let register = register();
    take_in(
        &register,
        vec![
            pulled(1, id(1), None, &set(1, 2)),
            pulled(2, id(2), Some(id(1)), &row(&rows()[0])),
            pulled(3, id(3), Some(id(1)), &row(r#"{"at":7}"#)),
        ],
    );
    assert_eq!(register.store.read(|view| view.find_policy_set(id(1))).unwrap(), None);
}

#[test]
fn a_set_written_on_a_device_is_no_law() {
    let register = register();
    let own = register.write(|tx| {
        let own = tx.create(&set(9, 2), Place::Root(register::UNIT))?;
        for text in rows() {
            tx.create(&row(&text), Place::Child(own))?;
        }
        Ok(own)
    });
    assert_eq!(register.store.read(|view| view.list_policy_sets()).unwrap(), []);
    assert_eq!(register.store.read(|view| view.find_policy_set(own)).unwrap(), None);
}

#[test]
fn the_newest_set_stands_first() {
    let register = register();
    take_in(
        &register,
        vec![pulled(1, id(1), None, &set(1, 2)), pulled(2, id(2), None, &set(3, 2)), pulled(3, id(3), None, &set(2, 2))],
    );
    let versions: Vec<u32> =
        register.store.read(|view| view.list_policy_sets()).unwrap().into_iter().map(|(_, version)| version).collect();
    assert_eq!(versions, [3, 2, 1]);
}
