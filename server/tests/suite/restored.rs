//! A store that was restored from a backup, or cloned, speaks under a new number that its old key vouches for.

use ed25519_dalek::SigningKey;
use server::admin::{AdminCommand, DeviceCommand};
use sync::enrolment::{Claim, vouch};
use sync::wire::Refusal;

use crate::device::{Device, claim, id};
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

/// What the restore of a server will do: a new epoch from the number that its backup had.
async fn a_new_epoch_sets_cursors_back_to_where_the_lines_part(world: World) {
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    for n in 1..=3 {
        let op = one.create_household(id(n), "MB");
        let batch = one.seal(&[op]);
        one.call(&world, vec![batch]).await.unwrap();
    }
    two.pull_all(&world).await;
    let append = "INSERT INTO epoch(scope, n, id, base_seq) VALUES ($1, 1, 4711, 2)";
    world.province.db.write(move |tx| tx.execute(append, &[MUONG_BI_UNIT.into()])).await.unwrap();
    let brought = two.pull_all(&world).await;
    assert_eq!(brought.ops.iter().map(|(_, seq, _)| *seq).collect::<Vec<_>>(), vec![3], "what came after the backup comes again");
    assert_eq!(brought.digests[&MUONG_BI_UNIT].1, two.digest(MUONG_BI_UNIT));
    assert!(two.pull_all(&world).await.ops.is_empty(), "once");
}
