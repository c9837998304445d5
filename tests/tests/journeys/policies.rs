//! The province publishes a higher base; the office gets it with its next contact, and its amounts rise.

use std::path::PathBuf;

use entitlements::{Fact, Facts, List, PolicySet};
use serde_json::{Value as Json, json};
use server::admin::{AdminCommand, PolicyCommand};

use crate::world::{Office, Province};

/// An adult with a severe disability, everything else known and ordinary: clause 6 on 23/11/2026.
fn amount(set: &PolicySet) -> i64 {
    let mut facts = Facts::default();
    for fact in Fact::ALL {
        let ordinary = match fact.ty() {
            entitlements::FactType::Count => facts.tell(*fact, 0),
            entitlements::FactType::YesNo => facts.tell(*fact, false),
            entitlements::FactType::Code(_) if *fact == Fact::MaritalStatus => facts.tell(*fact, "married"),
            entitlements::FactType::Code(_) => facts.tell(*fact, "none"),
            entitlements::FactType::CodeOrNone(_) => facts.tell(*fact, entitlements::Told::None),
        };
        ordinary.unwrap();
    }
    facts.tell(Fact::AgeMonths, 400).unwrap();
    facts.tell(Fact::DisabilitySeverity, "severe").unwrap();
    let answer = set.on("2026-11-23".parse().unwrap()).answer(&facts);
    answer.paid.list(List::Regular).payments().unwrap().iter().map(|paid| paid.amount).sum()
}

fn law(office: &Office) -> &'static PolicySet {
    office.store.read(casework::law::in_force).unwrap()
}

fn base(value: u32, from: &str, to: Option<&str>) -> Json {
    json!({ "code": "base_rate_monthly", "scope": "province:25", "value": value, "unit": "VND", "effective_from": from, "effective_to": to,
        "legal_basis": [{ "source": "nq-25", "article": "1" }], "confidence": "found" })
}

fn rows(figures: &[Json]) -> Json {
    let source = json!({ "number": "01/2026/NQ-HDND", "title_vi": "Mức chuẩn trợ giúp xã hội", "effective_from": "2026-08-01",
        "effective_to": null, "confidence": "found" });
    let target = json!({ "code": "helped_in_time", "scope": "province:25", "kind": "target", "title_en": "Helped in time",
        "title_vi": "", "value": 95, "unit": "percent", "effective_from": "2026-08-01", "effective_to": null,
        "legal_basis": [{ "source": "nq-25" }], "confidence": "found" });
    json!({ "sources": { "nq-25": source }, "parameters": figures, "duties": [target] })
}

fn file(folder: &tempfile::TempDir, rows: &Json) -> PathBuf {
    let path = folder.path().join("rows.json");
    std::fs::write(&path, rows.to_string()).unwrap();
    path
}

fn policy(command: PolicyCommand) -> AdminCommand {
    AdminCommand::Policy(command)
}

#[test]
fn a_higher_base_of_the_province_reaches_the_office_and_raises_the_amount() {
    let province = Province::plain();
    let folder = tempfile::tempdir().unwrap();
    let office = Office::enrolled(&province, &province.url());
    office.sync();
    assert_eq!((law(&office).version().as_str(), amount(law(&office))), ("2026-11-23", 810_000));

    province.admin(policy(PolicyCommand::Add { file: file(&folder, &rows(&[base(600_000, "2026-08-01", None)])) }));
    office.sync();
    assert_eq!(amount(law(&office)), 810_000, "a draft is no law");

    let published = province.admin(policy(PolicyCommand::Publish));
    assert_eq!(published["version"], 1);
    office.sync();
    assert_eq!((law(&office).version().as_str(), amount(law(&office))), ("2026-11-23+1", 900_000));
    let rules = law(&office).on("2026-11-23".parse().unwrap());
    let severe = rules.rules().iter().find(|rule| rule.row().code == "N335-6-SV").unwrap();
    let figure = severe.parameter().unwrap();
    assert_eq!((figure.value, figure.legal_basis[0].source.as_str()), (Some(600_000), "nq-25"), "the amount names its row");
    let is_target = |row: &&entitlements::DutyRow| row.code == "helped_in_time" && row.value == Some(95);
    assert_eq!(law(&office).duties().iter().filter(is_target).count(), 1, "its target came along");

    // The row gets a last day in the set that follows; the first set stays as it was.
    province.admin(policy(PolicyCommand::Add { file: file(&folder, &rows(&[base(600_000, "2026-08-01", Some("2026-10-31"))])) }));
    assert_eq!(province.admin(policy(PolicyCommand::Publish))["version"], 2);
    office.sync();
    assert_eq!((law(&office).version().as_str(), amount(law(&office))), ("2026-11-23+2", 810_000));
    let listed = office.store.read(|view| view.list_policy_sets()).unwrap();
    assert_eq!(listed.iter().map(|(_, version)| *version).collect::<Vec<_>>(), [2, 1]);

    // An office that comes later gets both, and counts by the newer.
    let late = Office::enrolled(&province, &province.url());
    late.sync();
    assert_eq!(law(&late).version(), "2026-11-23+2");
    assert_eq!(late.waiting(), office.waiting(), "what the province wrote waits for nobody");
}

#[test]
fn bad_rows_are_refused_with_their_names_and_change_nothing() {
    let province = Province::plain();
    let folder = tempfile::tempdir().unwrap();
    let mut overlapping = rows(&[base(600_000, "2026-08-01", None), base(650_000, "2026-09-01", None)]);
    overlapping["benefits"] = json!([{ "code": "P25-1", "scope": "province:25", "family": "monthly_allowance" }]);
    let refused = province.refused(policy(PolicyCommand::Add { file: file(&folder, &overlapping) }));
    assert!(refused.contains("base_rate_monthly (province:25, 2026-09-01): overlaps"), "{refused}");
    assert!(refused.contains("P25-1: missing field"), "{refused}");

    let mut national = base(600_000, "2026-08-01", None);
    national["scope"] = json!("national");
    let refused = province.refused(policy(PolicyCommand::Add { file: file(&folder, &rows(&[national])) }));
    assert!(refused.contains("base_rate_monthly: scope must be province:NN"), "{refused}");

    let listed = province.admin(policy(PolicyCommand::List));
    assert_eq!((&listed["draft"], &listed["published"]), (&Json::Null, &json!([])));
    province.admin(policy(PolicyCommand::Publish));
    let again = province.refused(policy(PolicyCommand::Publish));
    assert!(again.contains("last published set"), "a set is not published twice: {again}");
}
