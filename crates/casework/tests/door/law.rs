//! What the province has published is what every page computes with, from the moment it is here whole.

use casework::Host as _;
use domain::registry::{Record, Row, SCOPE};
use domain::{RecordId, records};
use entitlements::PolicySet;
use serde_json::json;
use store::Author;
use sync::session::Effect;
use sync::wire::Pulled;
use sync::{Dot, FieldWrite, Op};

use crate::entitlements::{line, record};
use crate::office::{Office, five};

const AT: i64 = 1_795_399_200_000;

fn pulled(n: u64, rid: RecordId, parent: Option<RecordId>, row: &Row) -> Pulled {
    let write = |fid, value| FieldWrite { fid, value: Some(value), base: Vec::new() };
    let scope = parent.is_none().then(|| write(SCOPE, sync::value::encode_scope(0)));
    let fields = row.kind.fields.iter();
    let fields = fields.filter_map(|field| Some(write(field.fid, sync::value::encode_field(row.field_values(field.fid))?)));
    let writes = scope.into_iter().chain(fields).collect();
    let op =
        Op { dot: Dot::new(0, n), at: AT, uid: 0, kind: row.kind.number, rid, parent, group_len: 1, writes, ctx: None, sv: None };
    Pulled { seq: n, op, eff: AT, dead: Vec::new() }
}

/// The ops of a published set, as a device pulls them.
fn published(texts: &[String]) -> Vec<Pulled> {
    let id = |n: usize| {
        RecordId::from_parts(
            AT.unsigned_abs(),
            [7, 7, 7, 7, 7, 7, 7, 7, u8::try_from(n / 256).unwrap(), u8::try_from(n % 256).unwrap()],
        )
    };
    let head = records::PolicySet {
        version: Some(1),
        row_count: i64::try_from(texts.len()).ok(),
        hash: Some(sync::published::hash(texts)),
    };
    let rows = texts.iter().enumerate().map(|(at, text)| {
        let row = records::PolicyRow { body: Some(text.clone()) };
        pulled(at as u64 + 2, id(at + 1), Some(id(0)), &row.to_row())
    });
    std::iter::once(pulled(1, id(0), None, &head.to_row())).chain(rows).collect()
}

fn take_in(office: &Office, entries: Vec<Pulled>) {
    let seq = entries.last().unwrap().seq;
    let open = office.desk.session().open().unwrap();
    open.store.write(Author { uid: 1, at_ms: AT }, |tx| tx.take_in(&Effect::Pulled { scope: 0, entries, seq }, AT)).unwrap();
}

#[test]
fn a_published_base_counts_on_every_page_once_it_is_here_whole() {
    let office = Office::open();
    let village = office.village("Mu");
    let person = office.household(&village, five().clone())["member_ids"][1].clone();
    record(
        &office,
        "disability_certificate",
        &person,
        json!({ "severity": "severe", "valid_from": "2020-01-05", "types": ["vision"] }),
    );
    let seen = || {
        let view = office.call("person_entitlements", json!({ "person": person, "on": "2026-11-23" }));
        (line(&view, "N335-6-SV")["amount"].clone(), office.call("list_policies", json!({ "on": null }))["version"].clone())
    };
    let before = (json!(810_000), json!("2026-11-23"));
    assert_eq!(seen(), before);

    let base = json!({ "code": "base_rate_monthly", "scope": "province:25", "value": 600_000, "unit": "VND", "effective_from": "2026-08-01",
        "effective_to": null, "legal_basis": [{ "source": "nd335-2026", "article": "4", "clause": "3" }], "confidence": "found" });
    let set = PolicySet::embedded().with_additions(&json!({ "parameters": [base] })).unwrap();
    let mut entries = published(&set.to_texts());
    let last = entries.pop().unwrap();
    take_in(&office, entries);
    assert_eq!(seen(), before, "a set of which a row is missing is no law");
    take_in(&office, vec![last]);
    assert_eq!(seen(), (json!(900_000), json!("2026-11-23+1")));
    let page = office.call("list_outreach", json!({ "on": "2026-11-23", "offset": 0, "limit": 10 }));
    assert_eq!(page["policy_version"], "2026-11-23+1");
}
