//! The device's side of the conversation: blocks apply as they arrive, cuts lose nothing, gaps are refused.

use proptest::prelude::*;
use sync::audit::AuditHead;
use sync::enrolment::Grant;
use sync::line::Epoch;
use sync::session::{Call, Cursor, Effect, Pace, Standing, Unsent};
use sync::wire::{Blocks, Frame, Hello, Refusal, SyncRequest};
use sync::{Dot, FieldWrite, Receipt, ScopeDigest};

use crate::merge::{op, text};

const SCOPE: u32 = 51582;
const FIRST: Epoch = Epoch { id: 7, base: 0 };

fn standing(seq: u64) -> Standing {
    let cursor = Cursor { scope: SCOPE, seq, line: vec![FIRST], full: false, digest: ScopeDigest::default() };
    let unsent = Unsent { bno: 3, hash: [3; 32], bytes: vec![1, 2, 3] };
    let audit = AuditHead { incarnation: [1; 16], n: 5, hash: [2; 32] };
    Standing {
        schema: 1,
        app: "0.1.0".into(),
        cursors: vec![cursor],
        audit,
        next_dseq: 9,
        receipted_bno: 2,
        unsent: vec![unsent],
    }
}

fn hello() -> Frame {
    let grants = vec![Grant { scope: SCOPE, may_write: true }, Grant { scope: 0, may_write: false }];
    Frame::Hello(Hello { server_ms: 77, last_bno: 2, last_dseq: 5, min_wire: 1, grants, lines: vec![] })
}

/// Hello, a receipt, three blocks of two entries, the digest and the end.
fn answer(from: u64) -> Vec<u8> {
    let mut bytes = hello().encode();
    bytes.extend(
        Frame::Receipt(Receipt { bno: 3, hash: [3; 32], numbered: vec![], clamped: vec![(8, 99)], quarantined: vec![] }).encode(),
    );
    let mut blocks = Blocks::new().unwrap();
    for block in 0..3 {
        let first = from + block * 2;
        for seq in first..first + 2 {
            let full = op(Dot::new(4, seq), 5, vec![FieldWrite { fid: 16, value: text("value"), base: vec![] }]).encode();
            if seq == from { blocks.skip_own() } else { blocks.push(&full, (seq == from + 1).then_some(3), &[]) }
        }
        bytes.extend(Frame::Ops { scope: SCOPE, seq_from: first, seq_to: first + 1, packed: blocks.close().unwrap() }.encode());
    }
    bytes.extend(Frame::Unknown(99).encode());
    bytes.extend(Frame::Digest { scope: SCOPE, seq: from + 5, digest: ScopeDigest { sum: 1, count: 6 } }.encode());
    bytes.extend(Frame::End { more: false }.encode());
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_and_cuts_change_nothing_but_how_far_it_came(size in 1usize..200, cut in any::<prop::sample::Index>()) {
        let bytes = answer(11);
        let mut whole = Call::new(standing(10), &Pace::default()).unwrap();
        let want = whole.take(&bytes).unwrap();
        prop_assert_eq!(whole.ended(), Some(false));

        let mut call = Call::new(standing(10), &Pace::default()).unwrap();
        let mut got = Vec::new();
        for piece in bytes.chunks(size) {
            got.extend(call.take(piece).unwrap());
        }
        prop_assert_eq!(&got, &want);

        let mut call = Call::new(standing(10), &Pace::default()).unwrap();
        let got = call.take(&bytes[..cut.index(bytes.len())]).unwrap();
        prop_assert_eq!(call.ended(), None);
        prop_assert_eq!(&got[..], &want[..got.len()]);
    }
}

#[test]
fn an_answer_becomes_effects_in_order() {
    let mut call = Call::new(standing(10), &Pace::default()).unwrap();
    let effects = call.take(&answer(11)).unwrap();
    assert!(matches!(effects[0], Effect::Greeted { server_ms: 77, .. }));
    assert!(matches!(&effects[1], Effect::Receipted(receipt) if receipt.clamped == [(8, 99)]));
    let Effect::Pulled { entries, seq: 12, .. } = &effects[2] else { panic!("a block stands here") };
    assert_eq!((entries.len(), entries[0].seq, entries[0].eff), (1, 12, 3), "the device's own op was left out");
    assert!(matches!(effects.last(), Some(Effect::CaughtUp { seq: 16, .. })));
    assert!(call.moved());
}

#[test]
fn a_gap_or_an_answer_without_greeting_is_refused() {
    assert!(Call::new(standing(9), &Pace::default()).unwrap().take(&answer(11)).is_err());
    assert!(Call::new(standing(9), &Pace::default()).unwrap().take(&Frame::End { more: false }.encode()).is_err());
}

#[test]
fn a_restored_server_sets_cursor_and_batches_back() {
    let mut call = Call::new(standing(10), &Pace::default()).unwrap();
    let line = vec![FIRST, Epoch { id: 8, base: 6 }];
    let hello = Hello { last_bno: 1, lines: vec![(SCOPE, line.clone())], ..Hello::default() };
    let effects = call.take(&Frame::Hello(hello).encode()).unwrap();
    assert_eq!(effects[1], Effect::Rewound { last_bno: 1 });
    assert_eq!(effects[2], Effect::Relined { scope: SCOPE, line, seq: 6, back: true });
}

#[test]
fn the_request_says_where_the_device_stands() {
    let call = Call::new(standing(10), &Pace::default()).unwrap();
    let request = SyncRequest::decode(call.body()).unwrap();
    assert_eq!((request.at[0].seq, request.at[0].epoch, request.receipts_from, request.next_dseq), (10, 7, 3, 9));
    assert_eq!(request.batches, [vec![1, 2, 3]]);
    assert_eq!(request.encode(), call.body());
}

#[test]
fn refusals_read_back() {
    let all = [
        Refusal::UnknownDevice,
        Refusal::BadSignature,
        Refusal::Replayed(9),
        Refusal::Revoked(vec![1]),
        Refusal::Fork(2),
        Refusal::Gap(3),
        Refusal::TooLarge,
        Refusal::WireTooOld(1),
        Refusal::Busy(30),
        Refusal::WrongCode,
        Refusal::WrongCommune(51582),
        Refusal::TooManyCodes(60),
        Refusal::Malformed,
        Refusal::Unexpected(5),
    ];
    for refusal in all {
        assert_eq!(Refusal::decode(&refusal.encode()), Ok(refusal.clone()));
        assert!((400..600).contains(&refusal.status()));
    }
}
