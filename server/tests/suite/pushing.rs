//! Batches arrive once, in order, whatever the road does; what devices wrote meets by the merge rule.

use domain::registry::SCOPE;
use server::admin::{AdminCommand, DeviceCommand};
use server::db::{audit_heads, quarantine, records};
use sync::audit::AuditHead;
use sync::receipt::Reason;
use sync::wire::Refusal;
use sync::{Dot, FieldWrite};

use crate::device::{Device, HOUSEHOLD, PERSON, id, text, write};
use crate::on_both_storages;
use crate::world::{MUONG_BI_UNIT, NOW_MS, World};

on_both_storages!(
    push_twice_stores_once,
    a_lost_acknowledgement_is_given_again_without_a_second_upload,
    a_fork_is_detected_and_changes_nothing,
    a_missing_batch_is_asked_for,
    a_replayed_request_is_refused_by_its_counter,
    a_request_changed_on_the_way_is_refused,
    a_revoked_device_gets_a_signed_notice,
    an_op_without_grant_goes_to_quarantine_with_a_receipt,
    an_op_of_another_kind_under_the_same_id_goes_to_quarantine,
    different_fields_merge_and_the_same_field_keeps_both,
    a_clock_in_2090_syncs_and_its_stamp_is_bounded,
    a_move_is_kept_as_a_field_and_nothing_is_lost,
    own_ops_are_left_out_unless_asked_for,
    a_child_follows_its_parent,
    audit_heads_are_kept_for_each_life_of_a_store,
    a_long_log_comes_in_several_answers,
    a_body_that_is_not_cbor_is_refused,
    what_no_text_column_can_hold_syncs_all_the_same,
    a_cursor_beyond_every_number_gets_nothing,
);

async fn push_twice_stores_once(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let op = device.create_household(id(1), "MB-001");
    let batch = device.seal(&[op]);
    let first = device.call(&world, vec![batch.clone()]).await.unwrap();
    device.receipted_bno = 0;
    let second = device.call(&world, vec![batch]).await.unwrap();
    assert_eq!(first.receipts, second.receipts, "the same batch has the same receipt for ever");
    assert_eq!(first.receipts[0].numbered[0].first_seq, 1);
    assert_eq!(second.digests[&MUONG_BI_UNIT].0, 1, "the scope has one op");
    assert_eq!(second.digests[&MUONG_BI_UNIT].1, device.digest(MUONG_BI_UNIT));
}

async fn a_lost_acknowledgement_is_given_again_without_a_second_upload(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let op = device.create_household(id(1), "MB-001");
    let batch = device.seal(&[op]);
    let body = device.request(vec![batch]).encode();
    let authorization = device.authorization(&body);
    let (status, _lost) = world.post(sync::wire::SYNC_PATH, Some(&authorization), &body).await;
    assert_eq!(status, 200);
    let next = device.call(&world, vec![]).await.unwrap();
    assert_eq!(next.receipts.len(), 1, "the device asked from the first batch without a receipt");
    assert_eq!(next.receipts[0].bno, 1);
    assert_eq!(next.last_dseq, 1);
}

async fn a_fork_is_detected_and_changes_nothing(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let clone_slot = device.slot();
    let op = device.create_household(id(1), "MB-001");
    let batch = device.seal(std::slice::from_ref(&op));
    device.call(&world, vec![batch]).await.unwrap();
    let mut other = op;
    other.writes[1].value = text("MB-002");
    let forked = sync::batch::seal(&clone_slot, &[other], &device.key).unwrap().bytes;
    let before = device.pull_all(&world).await.digests;
    assert_eq!(device.call(&world, vec![forked]).await.unwrap_err(), (409, Refusal::Fork(1)));
    assert_eq!(device.pull_all(&world).await.digests, before);
}

async fn a_missing_batch_is_asked_for(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let first = device.create_household(id(1), "MB-001");
    let first = device.seal(&[first]);
    let second = device.create_household(id(2), "MB-002");
    let second = device.seal(&[second]);
    assert_eq!(device.call(&world, vec![second.clone()]).await.unwrap_err(), (409, Refusal::Gap(1)));
    assert_eq!(device.call(&world, vec![first, second]).await.unwrap().receipts.len(), 2);
}

async fn a_replayed_request_is_refused_by_its_counter(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let body = device.request(vec![]).encode();
    let authorization = device.authorization(&body);
    assert_eq!(world.post(sync::wire::SYNC_PATH, Some(&authorization), &body).await.0, 200);
    let (status, answer) = world.post(sync::wire::SYNC_PATH, Some(&authorization), &body).await;
    assert_eq!((status, Refusal::decode(&answer).unwrap()), (409, Refusal::Replayed(2)));
}

async fn a_request_changed_on_the_way_is_refused(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let mut body = device.request(vec![]).encode();
    let authorization = device.authorization(&body);
    *body.last_mut().unwrap() ^= 1;
    let (status, answer) = world.post(sync::wire::SYNC_PATH, Some(&authorization), &body).await;
    assert_eq!((status, Refusal::decode(&answer).unwrap()), (401, Refusal::BadSignature));
    assert_eq!(world.post(sync::wire::SYNC_PATH, None, &body).await.0, 401);
    device.dno = 999;
    assert_eq!(device.call(&world, vec![]).await.unwrap_err(), (401, Refusal::UnknownDevice));
}

async fn a_revoked_device_gets_a_signed_notice(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let revoked = world.admin(AdminCommand::Device(DeviceCommand::Revoke { dno: device.dno })).await;
    assert_eq!(revoked["state"], "revoked");
    let op = device.create_household(id(1), "MB-001");
    let batch = device.seal(&[op]);
    let Err((403, Refusal::Revoked(notice))) = device.call(&world, vec![batch]).await else {
        panic!("a revoked device is refused")
    };
    assert!(!notice.is_empty());
    let listed = world.admin(AdminCommand::Device(DeviceCommand::List)).await;
    assert_eq!(listed["devices"][0]["batches"], 0, "nothing of it was applied");
}

async fn an_op_without_grant_goes_to_quarantine_with_a_receipt(world: World) {
    let mut mine = Device::enrolled(&world, 1).await;
    let elsewhere = world.add_commune("04792").await;
    let mut theirs = Device::enrolled_in(&world, 2, "04792", elsewhere).await;
    let op = theirs.create_household(id(1), "KX-001");
    let batch = theirs.seal(&[op]);
    theirs.call(&world, vec![batch]).await.unwrap();
    let before = theirs.pull_all(&world).await.digests;

    let foreign = mine.save(HOUSEHOLD, id(1), None, vec![write(16, text("KX-999"), &[Dot::new(theirs.dno, 1)])]);
    let own = mine.create_household(id(2), "MB-001");
    let batch = mine.seal(&[foreign.clone(), own]);
    let receipt = mine.call(&world, vec![batch]).await.unwrap().receipts.remove(0);
    assert_eq!(receipt.quarantined, vec![(1, Reason::NoGrant)]);
    assert_eq!(receipt.numbered.len(), 1, "the op beside it is applied");
    assert_eq!(theirs.pull_all(&world).await.digests, before, "their record is as it was");
    let dno = mine.dno;
    assert_eq!(world.province.db.read(move |tx| quarantine::count_waiting(tx, dno)).await.unwrap(), 1);
    let kept = world.province.db.read(|tx| tx.get("SELECT op FROM quarantine", &[])?.blob(0)).await.unwrap();
    assert_eq!(kept, foreign.encode(), "it is kept whole");
}

async fn an_op_of_another_kind_under_the_same_id_goes_to_quarantine(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let household = device.create_household(id(1), "MB-001");
    let person = device.save(PERSON, id(1), None, vec![write(16, text("A"), &[])]);
    let batch = device.seal(&[household, person]);
    let receipt = device.call(&world, vec![batch]).await.unwrap().receipts.remove(0);
    assert_eq!(receipt.quarantined, vec![(2, Reason::Mismatch)]);
}

async fn different_fields_merge_and_the_same_field_keeps_both(world: World) {
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    let op = one.create_household(id(1), "MB-001");
    let batch = one.seal(&[op]);
    one.call(&world, vec![batch]).await.unwrap();
    two.pull_all(&world).await;

    let ops = [one.edit(id(1), 16, "MB-100"), one.edit(id(1), 24, "nhà cuối xóm")];
    let batch = one.seal(&ops);
    one.call(&world, vec![batch]).await.unwrap();
    let ops = [two.edit(id(1), 16, "MB-200"), two.edit(id(1), 19, "gần cầu")];
    let batch = two.seal(&ops);
    two.call(&world, vec![batch]).await.unwrap();

    let seen_by_one = one.pull_all(&world).await;
    let seen_by_two = two.pull_all(&world).await;
    assert_eq!(one.replica, two.replica);
    let state = &one.replica[&id(1)];
    assert_eq!(state.conflicts(), vec![16], "the same field keeps both values, different fields merge");
    assert_eq!(seen_by_one.digests, seen_by_two.digests);
    assert_eq!(seen_by_one.digests[&MUONG_BI_UNIT].1, one.digest(MUONG_BI_UNIT), "device and province hold the same");

    let both = state.base(16);
    let resolve: Vec<FieldWrite> = vec![write(16, text("MB-100"), &both)];
    let op = one.save(HOUSEHOLD, id(1), None, resolve);
    let batch = one.seal(&[op]);
    one.call(&world, vec![batch]).await.unwrap();
    let seen = two.pull_all(&world).await;
    assert!(two.replica[&id(1)].conflicts().is_empty());
    assert_eq!(seen.digests[&MUONG_BI_UNIT].1, two.digest(MUONG_BI_UNIT));
}

async fn a_clock_in_2090_syncs_and_its_stamp_is_bounded(world: World) {
    let mut fast = Device::enrolled(&world, 1).await;
    let mut other = Device::enrolled(&world, 2).await;
    fast.at = 3_786_912_000_000;
    let op = fast.create_household(id(1), "MB-001");
    let batch = fast.seal(&[op]);
    let brought = fast.call(&world, vec![batch]).await.unwrap();
    let bound = i64::try_from(NOW_MS).unwrap() + 5 * 60 * 1000;
    assert_eq!(brought.receipts[0].clamped, vec![(1, bound)]);
    let seen = other.pull_all(&world).await;
    assert_eq!(other.replica, fast.replica);
    assert_eq!(seen.digests[&MUONG_BI_UNIT].1, fast.digest(MUONG_BI_UNIT));
}

async fn a_move_is_kept_as_a_field_and_nothing_is_lost(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let elsewhere = world.add_commune("04792").await;
    let create = device.create_household(id(1), "MB-001");
    let base = device.replica[&id(1)].base(SCOPE);
    let moved = device.save(HOUSEHOLD, id(1), None, vec![write(SCOPE, Some(sync::value::encode_scope(elsewhere)), &base)]);
    let dot = moved.dot;
    let batch = device.seal(&[create, moved]);
    let brought = device.call(&world, vec![batch]).await.unwrap();
    assert!(brought.receipts[0].quarantined.is_empty());
    let history = world.province.db.read(move |tx| records::find_scope_head(tx, id(1), dot)).await.unwrap();
    assert_eq!(history, Some((elsewhere, NOW_MS)), "the head is remembered for later writes that name it");
    let late = device.edit(id(1), 16, "MB-002");
    let batch = device.seal(&[late]);
    let brought = device.call(&world, vec![batch]).await.unwrap();
    assert_eq!(brought.receipts[0].numbered[0].scope, MUONG_BI_UNIT);
    assert_eq!(brought.digests[&MUONG_BI_UNIT].1, device.digest(MUONG_BI_UNIT));
}

async fn own_ops_are_left_out_unless_asked_for(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let ops = [device.create_household(id(1), "MB-001"), device.create_household(id(2), "MB-002")];
    let batch = device.seal(&ops);
    assert!(device.call(&world, vec![batch]).await.unwrap().ops.is_empty());
    device.pull_all(&world).await;
    assert_eq!(device.cursors[&MUONG_BI_UNIT].0, 2, "the cursor passes them all the same");
    device.cursors.get_mut(&MUONG_BI_UNIT).unwrap().0 = 0;
    let mut request = device.request(vec![]);
    request.full = true;
    let brought = device.call_with(&world, request).await.unwrap();
    assert_eq!(brought.ops.len(), 2);
}

async fn a_child_follows_its_parent(world: World) {
    let elsewhere = world.add_commune("04792").await;
    let mut device = Device::enrolled_in(&world, 1, "04792", elsewhere).await;
    let household = device.create_household(id(1), "KX-001");
    let member = device.save(crate::device::MEMBER, id(2), Some(id(1)), vec![write(17, text("head"), &[])]);
    let batch = device.seal(&[household, member]);
    let receipt = device.call(&world, vec![batch]).await.unwrap().receipts.remove(0);
    assert_eq!(receipt.numbered.len(), 1, "one range in one scope");
    assert_eq!((receipt.numbered[0].scope, receipt.numbered[0].ops), (elsewhere, 2));
}

async fn audit_heads_are_kept_for_each_life_of_a_store(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    for (incarnation, n) in [(7, 3), (7, 4), (7, 4), (8, 1)] {
        device.audit = AuditHead { incarnation: [incarnation; 16], n, hash: [u8::try_from(n).unwrap(); 32] };
        device.call(&world, vec![]).await.unwrap();
    }
    let dno = device.dno;
    let heads = world.province.db.read(move |tx| audit_heads::list(tx, dno)).await.unwrap();
    let kept: Vec<_> = heads.iter().map(|head| (head.incarnation[0], head.n)).collect();
    assert_eq!(kept.len(), 3);
    assert!(kept.contains(&(7, 3)) && kept.contains(&(7, 4)) && kept.contains(&(8, 1)));
}

async fn a_long_log_comes_in_several_answers(world: World) {
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    for round in 0..6u8 {
        let ops: Vec<_> = (0..40u8).map(|n| one.create_household(id(round * 40 + n + 1), &format!("MB-{round}-{n}"))).collect();
        let batch = one.seal(&ops);
        one.call(&world, vec![batch]).await.unwrap();
    }
    let mut answers = 0;
    loop {
        let mut request = two.request(vec![]);
        request.budget = 512;
        let brought = two.call_with(&world, request).await.unwrap();
        answers += 1;
        if !brought.more {
            assert_eq!(brought.digests[&MUONG_BI_UNIT].1, one.digest(MUONG_BI_UNIT));
            break;
        }
    }
    assert!(answers > 1, "the budget cut the log into {answers} answers");
    assert_eq!(one.replica, two.replica);
}

async fn a_body_that_is_not_cbor_is_refused(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    let body = b"{}".to_vec();
    let authorization = device.authorization(&body);
    let (status, answer) = world.post(sync::wire::SYNC_PATH, Some(&authorization), &body).await;
    assert_eq!((status, Refusal::decode(&answer).unwrap()), (400, Refusal::Malformed));
    let (status, answer) = world.post(sync::wire::ENROL_PATH, None, &vec![0; 5000]).await;
    assert_eq!((status, Refusal::decode(&answer).unwrap()), (413, Refusal::TooLarge));
}

async fn what_no_text_column_can_hold_syncs_all_the_same(world: World) {
    let mut one = Device::enrolled(&world, 1).await;
    let mut two = Device::enrolled(&world, 2).await;
    let op = one.create_household(id(1), "MB\0 001");
    let batch = one.seal(&[op]);
    one.call(&world, vec![batch]).await.unwrap();
    two.pull_all(&world).await;
    assert_eq!(two.replica, one.replica, "the bytes are kept as they came");
}

async fn a_cursor_beyond_every_number_gets_nothing(world: World) {
    let mut device = Device::enrolled(&world, 1).await;
    device.pull_all(&world).await;
    device.cursors.get_mut(&MUONG_BI_UNIT).unwrap().0 = u64::MAX;
    let brought = device.call(&world, vec![]).await.unwrap();
    assert!(!brought.digests.contains_key(&MUONG_BI_UNIT));
    assert_eq!(world.post("/v1/digest", None, b"").await.0, 404, "reserved");
}
