//! Bytes that stand on servers and sticks already: a change here is a change of the format.

use domain::RecordId;
use ed25519_dalek::SigningKey;
use sync::audit::{AuditRow, START, hash};
use sync::auth::{Authorization, Signable};
use sync::batch::{NO_BATCH, Slot, open, seal};
use sync::crockford;
use sync::enrolment::EnrolmentCode;
use sync::record::RecordState;
use sync::{Clocks, Dot, FieldWrite, Op, ScopeDigest, Standing, value};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sample() -> Op {
    let text = |text: &str| Some(value::encode(&domain::Value::Text(text.into())));
    Op {
        dot: Dot::new(12, 300),
        at: 1_795_478_400_000,
        uid: 1,
        kind: 2,
        rid: RecordId([0x11; 16]),
        parent: Some(RecordId([0x22; 16])),
        group_len: 1,
        writes: vec![
            FieldWrite { fid: 2, value: Some(value::encode_scope(51582)), base: vec![] },
            FieldWrite { fid: 16, value: text("Bùi Thị Mừng"), base: vec![Dot::new(3, 7), Dot::new(12, 299)] },
            FieldWrite { fid: 17, value: None, base: vec![] },
        ],
        ctx: None,
        sv: None,
    }
}

fn state() -> RecordState {
    let op = sample();
    let mut state = RecordState::new(&op, op.at, 51582);
    state.apply(&op, op.at, &[], Standing::New);
    state
}

#[test]
fn an_op_in_full_form() {
    assert_eq!(
        hex(&sample().encode()),
        "8b0c19012c1b000001a20ada2c000102501111111111111111111111111111111150222222222222222222222222222222220183830219c97e8083107142c3b969205468e1bb8b204de1bbab6e6782820307820c19012b8311f680f6f6"
    );
}

#[test]
fn clocks_of_a_record() {
    assert_eq!(hex(&Clocks::of(&state()).encode()), "0cac020180b0d1adc16801220cac020180b0d1adc16800");
}

#[test]
fn digest_of_a_record_and_of_a_scope() {
    let digest = state().digest();
    assert_eq!(hex(&digest.0), "aee808259a43d97df97b7dd1ab98a4f3");
    let mut scope = ScopeDigest::default();
    scope.add(digest);
    scope.add(digest);
    scope.sub(digest);
    assert_eq!((hex(&scope.bytes()), scope.count), (hex(&digest.0), 1));
}

#[test]
fn a_batch_sealed_by_the_first_release_still_opens() {
    let bytes: Vec<u8> = (0..BATCH.len()).step_by(2).map(|at| u8::from_str_radix(&BATCH[at..at + 2], 16).unwrap()).collect();
    let key = SigningKey::from_bytes(&[0x42; 32]);
    let opened = open(&bytes, &key.verifying_key()).unwrap();
    assert_eq!(opened.ops, [sample()]);
    let slot = Slot { bno: 5, prev: NO_BATCH, schema: 1, incarnation: [9; 16] };
    assert_eq!(seal(&slot, &[sample()], &key).unwrap().header, opened.header);
}

const BATCH: &str = concat!(
    "48534231aa0101020c03050419012c05010658200000000000000000000000000000000000000000000000000000000000000000071b000001a20ada",
    "2c0008010950090909090909090909090909090909090a0000524628b52ffd2052ed010044038a00000102501150220183830219c97e8083107142c3",
    "b969205468e1bb8b204de1bbab6e6782820307820c19012b8311f680f6f60200a0c31d3002c3d1410887c08a2c39957bf83e5ce54b5c48d5e6c2d06e",
    "68d403914f9001b4ca6011547ed243c4ea6ae6cb1846854def9d452d56679e025839f68c24cfaca21a442dc2e6dcd3f31c4b2678acca7b3e1d732318",
    "40ca4eadd0314c3a76c1ace909",
);

#[test]
fn the_audit_chain() {
    let row = AuditRow {
        n: 1,
        at: 1_795_478_400_000,
        uid: 1,
        act: "restricted_read",
        kind: Some(12),
        rid: Some(RecordId([0x11; 16])),
        reason: Some("care plan"),
    };
    let first = hash(&START, &row);
    assert_eq!(hex(&first), "41fb86bbab4ea5771f22440195c6ece2232af24304033d8d01d7e39ad91f0975");
    let next = hash(&first, &AuditRow { n: 2, kind: None, rid: None, reason: None, act: "export", ..row });
    assert_eq!(hex(&next), "6da1d21eaf1ce4f365c061c9269205bbfeda4f818e8738cd294ec397a69a559f");
}

#[test]
fn codes_on_paper() {
    assert_eq!(EnrolmentCode::new(b"public key of a test CA", [1, 2, 3, 4, 5]).text(), "K0VQ-1E40-APM0-5400-4106-105R");
    assert_eq!(crockford::encode(crockford::RECOVERY, &[31; 23]), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZC");
}

#[test]
fn a_signed_request() {
    let key = SigningKey::from_bytes(&[0x42; 32]);
    let request = Signable { method: "POST", path: "/v1/sync", body: b"body" };
    assert_eq!(
        Authorization::sign(&key, 12, 34, request).header(),
        "HS1 12,34,cZfaEz2No4JdqUkhBOAKRIdSH-uf64svByaALzKeY--LgNXTO0_OFDZQtWGi3tD0ZaGQXz7hpE0wZR1A5xivBQ"
    );
}
