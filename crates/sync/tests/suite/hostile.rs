//! No bytes, however hostile, make a decoder panic, allocate without bound or accept a second form.

use ed25519_dalek::SigningKey;
use proptest::collection::vec;
use proptest::prelude::*;
use sync::auth::Authorization;
use sync::batch::{NO_BATCH, Slot, open, peek, seal};
use sync::clk::Clocks;
use sync::enrolment::{EnrolAnswer, EnrolRequest, EnrolmentCode};
use sync::wire::{Frames, Refusal, SyncRequest, Unblocks};
use sync::{Op, Receipt, limits, line, value};

use crate::any;

/// Everything that reads bytes from outside.
fn read_all(bytes: &[u8]) {
    if let Ok(op) = Op::decode(bytes) {
        assert_eq!(op.encode(), bytes, "an op has one form");
    }
    if let Ok(receipt) = Receipt::decode(bytes) {
        let again = receipt.encode();
        assert!(again == bytes || receipt.quarantined.iter().any(|(_, reason)| *reason == sync::receipt::Reason::Other));
    }
    if let Ok(clocks) = Clocks::decode(bytes) {
        let _ = clocks.encode();
    }
    let key = SigningKey::from_bytes(&[1; 32]).verifying_key();
    assert!(open(bytes, &key).is_err(), "nobody signed this");
    let _ = (peek(bytes), SyncRequest::decode(bytes), EnrolRequest::decode(bytes), EnrolAnswer::decode(bytes));
    let _ = (Refusal::decode(bytes), line::decode(bytes), value::decode_life(bytes));
    let mut frames = Frames::default();
    frames.push(bytes);
    while let Ok(Some(_)) = frames.next_frame() {}
    let _ = Unblocks::new().unwrap().open(bytes, 1, 3);
    let text = String::from_utf8_lossy(bytes);
    let _ = (Authorization::read(&text), EnrolmentCode::read(&text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered_calmly(bytes in vec(any::<u8>(), 0..300)) {
        read_all(&bytes);
    }

    #[test]
    fn a_changed_op_is_refused_or_has_one_form(op in any::op(), at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
        let mut bytes = op.encode();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        read_all(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        read_all(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_batch_is_refused(ops in any::outbox(), at in any::<prop::sample::Index>(), change in 1u8..) {
        let key = SigningKey::from_bytes(&[5; 32]);
        let slot = Slot { bno: 1, prev: NO_BATCH, schema: 1, incarnation: [3; 16] };
        let mut bytes = seal(&slot, &ops, &key).unwrap().bytes;
        prop_assert!(open(&bytes, &SigningKey::from_bytes(&[6; 32]).verifying_key()).is_err(), "another key");
        let place = at.index(bytes.len());
        bytes[place] ^= change;
        prop_assert!(open(&bytes, &key.verifying_key()).is_err());
        bytes.truncate(place);
        prop_assert!(open(&bytes, &key.verifying_key()).is_err());
    }
}

#[test]
fn a_block_that_unpacks_to_more_than_its_limit_is_refused() {
    let bomb = zstd::bulk::compress(&vec![0; limits::BLOCK_BYTES + 1], 19).unwrap();
    assert!(bomb.len() < 1024);
    assert!(Unblocks::new().unwrap().open(&bomb, 1, 2).is_err());
}

#[test]
fn a_frame_that_announces_too_much_is_refused_before_it_arrives() {
    let mut frames = Frames::default();
    frames.push(&[3, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    assert!(frames.next_frame().is_err());
}

#[test]
fn a_signed_batch_with_a_broken_group_is_refused() {
    let key = SigningKey::from_bytes(&[5; 32]);
    let slot = Slot { bno: 1, prev: NO_BATCH, schema: 1, incarnation: [3; 16] };
    let op = Op {
        dot: sync::Dot::new(1, 1),
        at: 0,
        uid: 1,
        kind: 1,
        rid: domain::RecordId([1; 16]),
        parent: None,
        group_len: 2,
        writes: vec![sync::FieldWrite { fid: 16, value: None, base: vec![] }],
        ctx: None,
        sv: None,
    };
    assert!(seal(&slot, std::slice::from_ref(&op), &key).is_err(), "the second op of the group is missing");
    assert!(seal(&slot, &[Op { group_len: 1, ..op.clone() }], &key).is_ok());
    let unenrolled = Op { dot: sync::Dot::new(sync::UNENROLLED, 1), group_len: 1, ..op };
    assert!(seal(&slot, &[unenrolled], &key).is_err(), "nothing is sealed without a number");
}
