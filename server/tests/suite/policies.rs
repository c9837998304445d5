//! What the province publishes lies in its own scope under number 0, whole, and every device pulls it.

use domain::RecordId;
use serde_json::{Value, json};
use server::admin::{self, AdminCommand, PolicyCommand};
use sync::receipt::Reason;

use crate::device::{Device, id, text, write};
use crate::on_both_storages;
use crate::world::World;

on_both_storages!(
    a_published_set_reaches_a_device_whole_and_both_sides_are_equal,
    a_set_is_not_published_twice_and_a_bad_row_changes_nothing,
    a_device_adds_no_row_to_what_the_province_published,
    a_deadline_and_a_target_of_the_province_are_published_with_the_rest,
);

const PROVINCE: u32 = 0;
const SET: u16 = 20;
const ROW: u16 = 21;

fn add(world: &World, value: u32, scope: &str) -> AdminCommand {
    let file = world.folder.path().join("rows.json");
    let row = json!({ "code": "base_rate_monthly", "scope": scope, "value": value, "unit": "VND", "effective_from": "2026-08-01",
        "effective_to": null, "legal_basis": [{ "source": "nd335-2026", "article": "4", "clause": "3" }], "confidence": "found" });
    std::fs::write(&file, json!({ "parameters": [row] }).to_string()).unwrap();
    AdminCommand::Policy(PolicyCommand::Add { file })
}

async fn publish(world: &World) -> Value {
    world.admin(AdminCommand::Policy(PolicyCommand::Publish)).await
}

async fn refused(world: &World, command: AdminCommand) -> String {
    admin::execute(&world.province, command).await.unwrap_err().to_string()
}

fn of_kind(device: &Device, kind: u16) -> Vec<RecordId> {
    device.replica.values().filter(|state| state.kind == kind).map(|state| state.rid).collect()
}

async fn a_published_set_reaches_a_device_whole_and_both_sides_are_equal(world: World) {
    let mut early = Device::enrolled(&world, 1).await;
    early.pull_all(&world).await;
    world.admin(add(&world, 600_000, "province:25")).await;
    let published = publish(&world).await;
    let rows = usize::try_from(published["rows"].as_u64().unwrap()).unwrap();

    let mut late = Device::enrolled(&world, 2).await;
    for device in [&mut early, &mut late] {
        let brought = device.pull_all(&world).await;
        assert_eq!(brought.digests[&PROVINCE].1, device.digest(PROVINCE));
        assert_eq!((of_kind(device, SET).len(), of_kind(device, ROW).len()), (1, rows));
        let parents = device.replica.values().filter(|state| state.kind == ROW).map(|state| state.parent);
        assert!(parents.eq(std::iter::repeat_n(Some(of_kind(device, SET)[0]), rows)));
    }
}

async fn a_set_is_not_published_twice_and_a_bad_row_changes_nothing(world: World) {
    assert_eq!(publish(&world).await["version"], 1, "the national rows alone may be published");
    let again = refused(&world, AdminCommand::Policy(PolicyCommand::Publish)).await;
    assert_eq!(again, "the last published set has these rows");
    let bad = add(&world, 600_000, "province:Hoa Binh");
    let named = refused(&world, bad).await;
    assert!(named.starts_with("base_rate_monthly: scope must be"), "{named}");
    let still = refused(&world, AdminCommand::Policy(PolicyCommand::Publish)).await;
    assert_eq!(still, again);
    world.admin(add(&world, 600_000, "province:25")).await;
    let waiting = world.admin(AdminCommand::Policy(PolicyCommand::List)).await;
    assert_eq!(waiting["draft"]["parameters"][0]["value"], 600_000);
    let next = publish(&world).await;
    assert_eq!(next["version"], 2);
    let listed = world.admin(AdminCommand::Policy(PolicyCommand::List)).await;
    let numbers: Vec<&Value> = listed["published"].as_array().unwrap().iter().map(|set| &set["version"]).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(listed["draft"], Value::Null, "nothing waits to be published");
}

async fn a_device_adds_no_row_to_what_the_province_published(world: World) {
    publish(&world).await;
    let mut device = Device::enrolled(&world, 1).await;
    device.pull_all(&world).await;
    let (set, rows) = (of_kind(&device, SET)[0], of_kind(&device, ROW).len());
    let op = device.save(ROW, id(9), Some(set), vec![write(16, text("{}"), &[])]);
    let batch = device.seal(&[op]);
    let brought = device.call(&world, vec![batch]).await.unwrap();
    assert_eq!(brought.receipts[0].quarantined, [(1, Reason::NoGrant)]);
    let mut other = Device::enrolled(&world, 2).await;
    other.pull_all(&world).await;
    assert_eq!(of_kind(&other, ROW).len(), rows);
}

async fn a_deadline_and_a_target_of_the_province_are_published_with_the_rest(world: World) {
    let file = world.folder.path().join("duties.json");
    let duty = |code: &str, kind: &str, value: u32, unit: &str| {
        json!({ "code": code, "scope": "province:25", "kind": kind, "title_en": "", "title_vi": "", "value": value, "unit": unit,
            "effective_from": "2026-12-01", "effective_to": null, "legal_basis": [{ "source": "nd335-2026" }], "confidence": "found" })
    };
    let target = duty("helped_in_time", "target", 100, "percent");
    std::fs::write(&file, json!({ "duties": [target, duty("decide_funeral", "target", 2, "working_day")] }).to_string()).unwrap();
    let bad = refused(&world, AdminCommand::Policy(PolicyCommand::Add { file: file.clone() })).await;
    assert_eq!(bad, "decide_funeral (province:25, 2026-12-01): unit and value do not go with the kind");
    std::fs::write(&file, json!({ "duties": [target, duty("decide_funeral", "deadline", 2, "working_day")] }).to_string())
        .unwrap();
    world.admin(AdminCommand::Policy(PolicyCommand::Add { file })).await;
    let waiting = world.admin(AdminCommand::Policy(PolicyCommand::List)).await;
    assert_eq!(waiting["draft"]["duties"].as_array().unwrap().len(), 2);
    publish(&world).await;
    let mut device = Device::enrolled(&world, 1).await;
    device.pull_all(&world).await;
    let bodies = device.replica.values().filter(|state| state.kind == ROW).filter_map(|state| {
        let value = state.shown(16)?.value.as_ref()?;
        Some(String::from_utf8_lossy(value).into_owned())
    });
    assert_eq!(bodies.filter(|body| body.contains("province:25") && body.contains("2026-12-01")).count(), 2);
}
