//! Whatever is written reads back equal, and whatever reads writes the same bytes.

use domain::{Column, Field, Value, ValueType};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use sync::batch::{NO_BATCH, Slot, open, peek, seal};
use sync::cbor::{Reader, Writer};
use sync::clk::Clocks;
use sync::enrolment::{Claim, EnrolAnswer, EnrolRequest, Grant, is_vouched, vouch};
use sync::receipt::{Numbered, Reason, Receipt};
use sync::record::{Head, RecordState};
use sync::{Op, Standing, limits, value};

use crate::any;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_op_reads_back_as_it_was_written(op in any::op()) {
        let bytes = op.encode();
        let read = Op::decode(&bytes);
        prop_assert_eq!(read.as_ref(), Ok(&op));
        prop_assert_eq!(read.unwrap().encode(), bytes);
    }

    #[test]
    fn ops_written_one_after_the_other_read_back_as_they_were(ops in proptest::collection::vec(any::op(), 0..6)) {
        let mut writer = Writer::new();
        ops.iter().for_each(|op| op.write(&mut writer));
        let bytes = writer.into_bytes();
        prop_assert_eq!(Op::decode_all(&bytes), Ok(ops.clone()));
        if let Some(cut) = bytes.len().checked_sub(1) {
            prop_assert!(Op::decode_all(&bytes[..cut]).is_err());
        }
    }

    #[test]
    fn a_value_reads_back_by_its_type((ty, written) in any::typed()) {
        let bytes = value::encode(&written);
        prop_assert_eq!(value::decode(ty, &bytes), Ok(written));
        prop_assert!(Reader::new(&bytes).item(2).is_ok(), "a value nests at most two levels");
    }

    #[test]
    fn written_bytes_are_read_alike_by_another_library(op in any::op()) {
        let bytes = op.encode();
        let mut decoder = minicbor::Decoder::new(&bytes);
        prop_assert!(decoder.skip().is_ok());
        prop_assert_eq!(decoder.position(), bytes.len());
        let mut decoder = minicbor::Decoder::new(&bytes);
        prop_assert_eq!(decoder.array().unwrap(), Some(11));
        prop_assert_eq!(decoder.u32().unwrap(), op.dot.dno);
        prop_assert_eq!(decoder.u64().unwrap(), op.dot.dseq);
        prop_assert_eq!(decoder.i64().unwrap(), op.at);
    }

    /// A store keeps `clk`, the values of columns and the rows of `head`: together they are the state.
    #[test]
    fn clocks_and_values_make_the_state_again(ops in proptest::collection::vec(any::op(), 1..12)) {
        let mut state = RecordState::new(&ops[0], ops[0].at, 51582);
        for op in &ops {
            state.apply(op, op.at, &[], Standing::New);
        }
        let clk = Clocks::of(&state).encode();
        let clocks = Clocks::decode(&clk).unwrap();
        prop_assert_eq!(clocks.encode(), clk);
        let shown = |(fid, heads): (&u16, &Vec<Head>)| Some((*fid, heads.last()?.value.clone()?));
        let values: Vec<_> = state.heads.iter().filter_map(shown).collect();
        let several: Vec<(u16, Head)> = clocks
            .several()
            .flat_map(|fid| state.heads_of(fid).iter().rev().map(move |head| (fid, Head { ctx: None, ..head.clone() })))
            .collect();
        let again = clocks.state(state.rid, state.kind, state.parent, state.scope, values, several);
        prop_assert_eq!(again, state);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_hold_the_outbox_in_order_and_split_no_group(ops in any::outbox(), seed in any::<[u8; 32]>()) {
        let key = SigningKey::from_bytes(&seed);
        let (mut rest, mut slot) = (ops.as_slice(), Slot { bno: 1, prev: NO_BATCH, schema: 1, incarnation: [3; 16] });
        let mut carried = Vec::new();
        while !rest.is_empty() {
            let sealed = seal(&slot, rest, &key).unwrap();
            prop_assert_eq!(&sealed.bytes, &seal(&slot, rest, &key).unwrap().bytes, "the same arguments give the same bytes");
            let opened = open(&sealed.bytes, &key.verifying_key()).unwrap();
            prop_assert_eq!(peek(&sealed.bytes), Ok((sealed.header.clone(), sealed.hash)));
            prop_assert_eq!(&opened.header, &sealed.header);
            let taken = opened.ops.len();
            prop_assert!(sealed.bytes.len() <= limits::BATCH_TARGET_BYTES || opened.ops[0].group_len as usize == taken);
            prop_assert!(rest.get(taken).is_none_or(|op| op.group_len > 0), "a group was split");
            slot = Slot { bno: slot.bno + 1, prev: sealed.hash, ..slot };
            carried.extend(opened.ops);
            rest = &rest[taken..];
        }
        prop_assert_eq!(carried, ops);
    }

    #[test]
    fn a_receipt_reads_back(
        bno in 1u64..99,
        numbered in proptest::collection::vec((1u64..9, 1u64..9, 0u32..9, 1u64..9), 0..4),
        clamped in proptest::collection::vec((1u64..9, any::<i64>()), 0..4),
        quarantined in proptest::collection::vec(1u64..9, 0..4),
    ) {
        let numbered = numbered.into_iter();
        let receipt = Receipt {
            bno,
            hash: [7; 32],
            numbered: numbered.map(|(first_dseq, ops, scope, first_seq)| Numbered { first_dseq, ops, scope, first_seq }).collect(),
            clamped,
            quarantined: quarantined.into_iter().map(|dseq| (dseq, Reason::NoGrant)).collect(),
        };
        prop_assert_eq!(Receipt::decode(&receipt.encode()), Ok(receipt));
    }
}

const GROUP: Field = Field {
    fid: 20,
    name: "poverty",
    columns: &[
        Column { name: "class", ty: ValueType::Code("poverty_class") },
        Column { name: "number", ty: ValueType::Text { max: 50 } },
        Column { name: "date", ty: ValueType::Date },
    ],
};

#[test]
fn a_group_is_the_array_of_its_members_and_absent_when_all_are() {
    let values = [Some(Value::Code("poor".into())), None, None];
    let bytes = value::encode_field(&values).unwrap();
    assert_eq!(bytes, [0x83, 0x64, b'p', b'o', b'o', b'r', 0xf6, 0xf6]);
    assert_eq!(value::decode_field(&GROUP, Some(&bytes)).unwrap(), values);
    assert_eq!(value::encode_field(&[None, None, None]), None);
    assert_eq!(value::decode_field(&GROUP, None).unwrap(), [None, None, None]);
}

#[test]
fn bytes_that_columns_would_not_give_back_are_refused() {
    assert!(value::decode_field(&GROUP, Some(&[0x83, 0xf6, 0xf6, 0xf6])).is_err(), "an empty group has another form: absence");
    assert!(value::decode_field(&GROUP, Some(&[0x81, 0xf6])).is_err());
    assert!(value::decode(ValueType::Set("x"), &[0x82, 0x61, b'b', 0x61, b'a']).is_err(), "a set is sorted");
    assert!(value::decode(ValueType::PartialDate, &[0x64, b'a', b'b', b'c', b'd']).is_err());
    assert!(value::decode(ValueType::Int, &[0x01, 0x01]).is_err());
}

#[test]
fn an_untouched_record_has_clocks_of_about_a_dozen_bytes() {
    let mut writer = Writer::new();
    writer.text("x");
    let write = |fid| sync::FieldWrite { fid, value: Some(writer.clone().into_bytes()), base: vec![] };
    let op = Op {
        dot: sync::Dot::new(12, 3_456),
        at: 1_764_000_000_000,
        uid: 1,
        kind: 2,
        rid: domain::RecordId([1; 16]),
        parent: None,
        group_len: 1,
        writes: (16..30).map(write).collect(),
        ctx: None,
        sv: None,
    };
    let mut state = RecordState::new(&op, op.at, 51582);
    state.apply(&op, op.at, &[], Standing::New);
    assert!(Clocks::of(&state).encode().len() <= 14);
}

#[test]
fn the_messages_of_enrolment_read_back() {
    let old = SigningKey::from_bytes(&[1; 32]);
    let request = |claim| EnrolRequest {
        wire: 1,
        schema: 1,
        app: "0.1.0".into(),
        claim,
        sign_key: [2; 32],
        seal_key: [3; 32],
        unit: 51582,
    };
    let by_code = request(Claim::Code([1, 2, 3, 4, 5]));
    assert_eq!(EnrolRequest::decode(&by_code.encode()), Ok(by_code));

    let vouched = request(vouch(&old, 7, &[2; 32], &[3; 32]));
    assert_eq!(EnrolRequest::decode(&vouched.encode()).as_ref(), Ok(&vouched));
    let Claim::Replaces { dno, signature } = &vouched.claim else { panic!("the old number is named") };
    assert!(is_vouched(&old.verifying_key(), *dno, &vouched, signature));
    assert!(!is_vouched(&old.verifying_key(), 8, &vouched, signature), "for another number");
    let other = EnrolRequest { sign_key: [4; 32], ..vouched.clone() };
    assert!(!is_vouched(&old.verifying_key(), *dno, &other, signature), "for another key");

    for replaced_last_dseq in [None, Some(0), Some(300)] {
        let answer = EnrolAnswer {
            dno: 12,
            grants: vec![Grant { scope: 0, may_write: false }, Grant { scope: 51582, may_write: true }],
            ca: vec![0x30; 400],
            server_key: [5; 32],
            province_key: [6; 32],
            recovery_key: [7; 32],
            unit: 51582,
            server_ms: 1_795_478_400_000,
            replaced_last_dseq,
        };
        assert_eq!(EnrolAnswer::decode(&answer.encode()), Ok(answer));
    }
}

/// I11: a peer that is a year older passes over what it does not know.
#[test]
fn keys_of_a_newer_peer_are_passed_over() {
    let refusal = sync::wire::Refusal::Gap(9).encode();
    let mut newer = vec![refusal[0] + 1];
    newer.extend(&refusal[1..]);
    newer.extend([0x18, 99, 0x82, 0x01, 0x61, b'x']);
    assert_eq!(sync::wire::Refusal::decode(&newer), Ok(sync::wire::Refusal::Gap(9)));
}
