//! Arbitrary ops, values and messages.

use std::collections::BTreeMap;

use domain::RecordId;
use domain::{Decimal, Value, ValueType};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use sync::cbor::Writer;
use sync::{Dot, FieldWrite, Op};

pub fn rid() -> impl Strategy<Value = RecordId> {
    // Few ids, so that the packed form's table is used.
    (0u8..12).prop_map(|n| RecordId([n; 16]))
}

pub fn dot() -> impl Strategy<Value = Dot> {
    (0u32..6, 1u64..2_000).prop_map(|(dno, dseq)| Dot::new(dno, dseq))
}

pub fn value() -> impl Strategy<Value = Option<Vec<u8>>> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(|number| item(|writer| writer.int(number))),
        any::<bool>().prop_map(|yes| item(|writer| writer.bool(yes))),
        ".{0,12}".prop_map(|text| item(|writer| writer.text(&text))),
        vec(any::<u8>(), 0..20).prop_map(|bytes| item(|writer| writer.bytes(&bytes))),
    ];
    let group = vec(option::of(leaf.clone()), 0..4).prop_map(|members| {
        let mut writer = Writer::new();
        writer.array(members.len());
        for member in &members {
            writer.raw_or_null(member.as_deref());
        }
        writer.into_bytes()
    });
    prop_oneof![3 => leaf.prop_map(Some), 1 => group.prop_map(Some), 1 => Just(None)]
}

fn item(write: impl Fn(&mut Writer) -> &mut Writer) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.into_bytes()
}

/// An op of device 9, so that no base is from its own future.
pub fn op() -> impl Strategy<Value = Op> {
    let writes = btree_map(1u16..40, (value(), btree_set(dot(), 0..4)), 1..5);
    let head = (1u64..1 << 40, any::<i64>(), 0u32..5, 1u16..30, rid(), option::weighted(0.4, rid()));
    let tail = (0u32..=500, writes, option::weighted(0.1, btree_map(any::<u32>(), 1u64..99, 0..4)), option::weighted(0.1, dot()));
    (head, tail).prop_map(|((dseq, at, uid, kind, rid, parent), (group_len, writes, ctx, sv))| Op {
        dot: Dot::new(9, dseq),
        at,
        uid,
        kind,
        rid,
        parent,
        group_len,
        writes: field_writes(writes),
        ctx,
        sv,
    })
}

fn field_writes(writes: BTreeMap<u16, (Option<Vec<u8>>, std::collections::BTreeSet<Dot>)>) -> Vec<FieldWrite> {
    let write = |(fid, (value, base)): (u16, (_, std::collections::BTreeSet<Dot>))| FieldWrite {
        fid,
        value,
        base: base.into_iter().collect(),
    };
    writes.into_iter().map(write).collect()
}

/// What an outbox holds: a gapless sequence of whole groups.
pub fn outbox() -> impl Strategy<Value = Vec<Op>> {
    (1u64..9_999, vec(vec(op(), 1..6), 1..30)).prop_map(|(first, groups)| {
        let mut dseqs = first..;
        let mut ops = Vec::new();
        for group in groups {
            let len = u32::try_from(group.len()).unwrap();
            for (place, mut op) in group.into_iter().enumerate() {
                op.dot.dseq = dseqs.next().unwrap();
                op.group_len = if place == 0 { len } else { 0 };
                ops.push(op);
            }
        }
        ops
    })
}

/// A value with its type.
pub fn typed() -> impl Strategy<Value = (ValueType, Value)> {
    let date = (1_000i32..2_100, 1u32..=12, 1u32..=28).prop_map(|(y, m, d)| chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap());
    let partial = (1900u32..2026, 1u32..=12, 1u32..=28, 0u8..3).prop_map(|(y, m, d, precision)| match precision {
        0 => format!("{y}"),
        1 => format!("{y}-{m:02}"),
        _ => format!("{y}-{m:02}-{d:02}"),
    });
    prop_oneof![
        any::<i64>().prop_map(|number| (ValueType::Int, Value::Int(number))),
        any::<bool>().prop_map(|yes| (ValueType::Bool, Value::Bool(yes))),
        ".{0,20}".prop_map(|text| (ValueType::Text { max: 200 }, Value::Text(text))),
        date.prop_map(|date| (ValueType::Date, Value::Date(date))),
        partial.prop_map(|text| (ValueType::PartialDate, Value::PartialDate(text.parse().unwrap()))),
        (1900u32..2100, 1u32..=12).prop_map(|(y, m)| (ValueType::Month, Value::Month(format!("{y}-{m:02}").parse().unwrap()))),
        (-18i8..=18, any::<i64>())
            .prop_map(|(exponent, mantissa)| (ValueType::Decimal, Value::Decimal(Decimal { exponent, mantissa }))),
        rid().prop_map(|id| (ValueType::Ref, Value::Ref(id))),
        "[a-z_]{1,12}".prop_map(|code| (ValueType::Code("sex"), Value::Code(code))),
        btree_set("[a-z]{1,6}", 0..5).prop_map(|codes| (ValueType::Set("x"), Value::Set(codes))),
    ]
}
