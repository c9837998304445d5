//! A store that was restored from a backup, or cloned, speaks under a new number that its old key vouches for.

use ed25519_dalek::SigningKey;
use server::admin::{AdminCommand, DeviceCommand};
use sync::enrolment::{Claim, vouch};
use sync::wire::Refusal;

use crate::device::{Device, claim, id, text};
use crate::on_both_storages;
use crate::world::{MUONG_BI_UNIT, World};

on_both_storages!(
    a_restored_store_gets_a_new_number_and_its_old_one_is_closed,
    a_clone_and_its_original_each_get_a_number,
    another_key_cannot_vouch,
    a_revoked_device_gets_no_new_number,
    a_new_epoch_sets_cursors_back_to_where_the_lines_part,
);

fn renewal(old: &Device, seed: u8) -> (SigningKey, sync::enrolment::EnrolRequest) {
    let key = SigningKey::from_bytes(&[seed; 32]);
    let mut request = claim(&key, Claim::Code([0; 5]), MUONG_BI_UNIT);
    request.claim = vouch(&old.key, old.dno, &request.sign_key, &request.seal_key);
    (key, request)
}

async fn a_restored_store_gets_a_new_number_and_its_old_one_is_closed(world: World) {
    let mut old = Device::enrolled(&world, 1).await;
    let ops = [old.create_household(id(1), "MB-001"), old.create_household(id(2), "MB-002")];
    let batch = old.seal(&ops);
    old.call(&world, vec![batch]).await.unwrap();

    let (key, request) = renewal(&old, 2);
    let answer = world.post_enrol(&request).await.unwrap();
    assert_eq!(answer.dno, old.dno + 1);
    assert_eq!(answer.replaced_last_dseq, Some(2), "it learns which of its old ops have arrived");
    assert_eq!(world.post_enrol(&request).await.unwrap(), answer, "a lost reply costs no further number");

    let mut restored = Device::of(key, &answer);
    let seen = restored.pull_all(&world).await;
    assert_eq!(seen.digests[&MUONG_BI_UNIT].1, restored.digest(MUONG_BI_UNIT));
    let op = restored.edit(id(1), 16, "MB-100");
    let batch = restored.seal(&[op]);
    assert!(restored.call(&world, vec![batch]).await.unwrap().receipts[0].quarantined.is_empty());
    assert_eq!(old.call(&world, vec![]).await.unwrap_err(), (409, Refusal::Fork(1)), "the old number is closed");
    let listed = world.admin(AdminCommand::Device(DeviceCommand::List)).await;
    assert_eq!((&listed["devices"][0]["state"], &listed["devices"][0]["replaced_by"]), (&"replaced".into(), &2.into()));
}

async fn a_clone_and_its_original_each_get_a_number(world: World) {
    let old = Device::enrolled(&world, 1).await;
    let one = world.post_enrol(&renewal(&old, 2).1).await.unwrap();
    let two = world.post_enrol(&renewal(&old, 3).1).await.unwrap();
    assert_ne!(one.dno, two.dno);
    assert_eq!(one.grants, two.grants);
}

async fn another_key_cannot_vouch(world: World) {
    let mut old = Device::enrolled(&world, 1).await;
    old.key = SigningKey::from_bytes(&[99; 32]);
    assert_eq!(world.post_enrol(&renewal(&old, 2).1).await.unwrap_err(), (401, Refusal::BadSignature));
}

async fn a_revoked_device_gets_no_new_number(world: World) {
    let old = Device::enrolled(&world, 1).await;
    world.admin(AdminCommand::Device(DeviceCommand::Revoke { dno: old.dno })).await;
    assert!(matches!(world.post_enrol(&renewal(&old, 2).1).await.unwrap_err(), (403, Refusal::Revoked(_))));
}

/// A cursor that was set before the restore may name a number that was used again since.
async fn a_new_epoch_sets_cursors_back_to_where_the_lines_part(world: World) {
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    for n in 1..=3 {
        let op = one.create_household(id(n), "MB");
        let batch = one.seal(&[op]);
        one.call(&world, vec![batch]).await.unwrap();
    }
    two.pull_all(&world).await;
    world.admin(AdminCommand::Restored).await;
    let op = one.create_household(id(4), "MB");
    let batch = one.seal(&[op]);
    one.call(&world, vec![batch]).await.unwrap();
    two.cursors.get_mut(&MUONG_BI_UNIT).unwrap().0 = 4;
    let brought = two.pull_all(&world).await;
    assert_eq!(
        brought.ops.iter().map(|(_, seq, _)| *seq).collect::<Vec<_>>(),
        vec![4],
        "a number from before the restore says nothing"
    );
    assert_eq!(brought.digests[&MUONG_BI_UNIT].1, two.digest(MUONG_BI_UNIT));
    assert!(two.pull_all(&world).await.ops.is_empty(), "once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_put_back_from_its_backup_loses_nothing() {
    let world = World::embedded().await;
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    let op = one.create_household(id(1), "MB-001");
    let batch = one.seal(&[op]);
    one.call(&world, vec![batch]).await.unwrap();

    let folder = world.folder.path().join("put-back");
    std::fs::create_dir(&folder).unwrap();
    world.admin(AdminCommand::Backup { to: folder.join("province.db") }).await;
    std::fs::copy(world.folder.path().join("key"), folder.join("key")).unwrap();
    let op = one.edit(id(1), 16, "MB-002");
    let after_the_backup = one.seal(&[op]);
    one.call(&world, vec![after_the_backup.clone()]).await.unwrap();
    two.pull_all(&world).await;

    let world = World::opened_again(world, &folder).await;
    world.admin(AdminCommand::Restored).await;
    let op = two.edit(id(1), 16, "MB-003");
    let batch = two.seal(&[op]);
    two.call(&world, vec![batch]).await.unwrap();
    let heard = one.call(&world, vec![]).await.unwrap();
    assert_eq!(heard.last_dseq, 1, "the device hears that its second batch is gone");
    one.call(&world, vec![after_the_backup]).await.unwrap();
    let (seen_by_one, seen_by_two) = (one.pull_all(&world).await, two.pull_all(&world).await);
    assert_eq!(one.replica, two.replica);
    assert_eq!(
        one.replica[&id(1)].shown(16).unwrap().value,
        text("MB-003"),
        "what was replaced before it came back stays replaced"
    );
    assert!(one.replica[&id(1)].conflicts().is_empty());
    assert_eq!(seen_by_one.digests[&MUONG_BI_UNIT].1, one.digest(MUONG_BI_UNIT));
    assert_eq!(seen_by_two.digests[&MUONG_BI_UNIT].1, two.digest(MUONG_BI_UNIT));
}
