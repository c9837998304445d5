//! Merge against the set definition: `heads(S) = { w in S : w.dot not in any base of S }`.

use std::collections::{BTreeMap, BTreeSet};

use domain::RecordId;
use domain::registry::LIFE;
use proptest::collection::vec;
use proptest::prelude::*;
use sync::record::RecordState;
use sync::{Dot, FieldWrite, Op, Standing, value};

const FIELDS: [u16; 3] = [16, 17, 18];

pub fn op(dot: Dot, at: i64, writes: Vec<FieldWrite>) -> Op {
    Op { dot, at, uid: 1, kind: 2, rid: RecordId([1; 16]), parent: None, group_len: 1, writes, ctx: None, sv: None }
}

pub fn text(text: &str) -> Option<Vec<u8>> {
    Some(value::encode(&domain::Value::Text(text.to_owned())))
}

/// Ops of up to five devices, each write based on any writes to its field that were made before, on whatever clock.
fn history() -> impl Strategy<Value = Vec<Op>> {
    let write = (0usize..3, 0u8..3, vec(any::<prop::sample::Index>(), 0..4));
    vec((1u32..6, any::<i64>(), vec(write, 1..3)), 1..14).prop_map(|steps| {
        let (mut counters, mut made) = (BTreeMap::<u32, u64>::new(), BTreeMap::<u16, Vec<Dot>>::new());
        let mut ops = Vec::new();
        for (dno, at, chosen) in steps {
            let dseq = counters.entry(dno).or_default();
            *dseq += 1;
            let dot = Dot::new(dno, *dseq);
            let mut writes = BTreeMap::new();
            for (field, content, bases) in chosen {
                let fid = FIELDS[field];
                let known = made.get(&fid).map_or(&[][..], Vec::as_slice);
                let base: BTreeSet<Dot> = bases.iter().filter(|_| !known.is_empty()).map(|index| *index.get(known)).collect();
                writes.insert(fid, FieldWrite { fid, value: text(&format!("v{content}")), base: base.into_iter().collect() });
            }
            for fid in writes.keys() {
                made.entry(*fid).or_default().push(dot);
            }
            ops.push(op(dot, at, writes.into_values().collect()));
        }
        ops
    })
}

fn heads_by_definition(ops: &[Op]) -> BTreeMap<u16, Vec<Dot>> {
    let writes = || ops.iter().flat_map(|op| op.writes.iter().map(move |write| (op.dot, write)));
    let mut heads = BTreeMap::<u16, Vec<Dot>>::new();
    for (dot, write) in writes() {
        if !writes().any(|(_, other)| other.fid == write.fid && other.base.contains(&dot)) {
            heads.entry(write.fid).or_default().push(dot);
        }
    }
    heads.values_mut().for_each(|dots| dots.sort());
    heads
}

pub fn dots(state: &RecordState) -> BTreeMap<u16, Vec<Dot>> {
    state.heads.iter().map(|(fid, heads)| (*fid, heads.iter().map(|head| head.dot).collect())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// I3, I4, I5: any order and any repetition gives the heads of the definition, and the same digest on every replica.
    #[test]
    fn order_and_repetition_of_delivery_do_not_matter(
        ops in history(),
        order in vec(any::<prop::sample::Index>(), 0..30),
        back in any::<prop::sample::Index>(),
    ) {
        let mut deliveries: Vec<usize> = order.iter().map(|index| index.index(ops.len())).collect();
        deliveries.extend((0..ops.len()).rev());

        let mut server = RecordState::new(&ops[0], 0, 1);
        let (mut arrived, mut superseded, mut log) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for op in deliveries.iter().map(|place| &ops[*place]) {
            if arrived.insert(op.dot) {
                let applied = server.apply_at_server(op, op.at, |dot| arrived.contains(&dot), &mut superseded);
                log.push((op, applied.dead));
            }
        }
        let want = heads_by_definition(&ops);
        prop_assert_eq!(&dots(&server), &want);
        prop_assert!(superseded.is_empty());

        let mut device = RecordState::new(&ops[0], 0, 1);
        let again = back.index(log.len());
        for (op, dead) in log.iter().chain(&log[again..]) {
            let known = arrived.remove(&op.dot);
            let standing = if known { Standing::New } else { Standing::Known };
            device.apply(op, op.at, dead, standing);
        }
        prop_assert_eq!(&dots(&device), &want);
        prop_assert_eq!(device.digest(), server.digest());
    }

    /// I9: clocks change which value is shown, never which values there are.
    #[test]
    fn clocks_decide_only_what_is_shown(ops in history(), clocks in vec(any::<i64>(), 14)) {
        let state = |at: &dyn Fn(usize) -> i64| {
            let mut state = RecordState::new(&ops[0], 0, 1);
            for (place, op) in ops.iter().enumerate() {
                state.apply(op, at(place), &[], Standing::New);
            }
            state
        };
        let (one, other) = (state(&|_| 0), state(&|place| clocks[place]));
        prop_assert_eq!(dots(&one), dots(&other));
        prop_assert_eq!(one.conflicts(), other.conflicts());
    }
}

fn saved(state: &mut RecordState, dot: Dot, at: i64, fid: u16, content: &str) -> Op {
    let base = state.base(fid);
    let op = op(dot, at, vec![FieldWrite { fid, value: text(content), base }]);
    state.apply(&op, at, &[], Standing::New);
    op
}

fn created() -> RecordState {
    let create =
        op(Dot::new(1, 1), 10, FIELDS.iter().map(|fid| FieldWrite { fid: *fid, value: text("a"), base: vec![] }).collect());
    let mut state = RecordState::new(&create, 10, 1);
    state.apply(&create, 10, &[], Standing::New);
    state
}

#[test]
fn edits_of_different_fields_merge_without_a_conflict() {
    let (mut a, mut b) = (created(), created());
    let from_a = saved(&mut a, Dot::new(1, 2), 20, 16, "new name");
    let from_b = saved(&mut b, Dot::new(2, 1), 21, 17, "new date");
    a.apply(&from_b, 21, &[], Standing::New);
    b.apply(&from_a, 20, &[], Standing::New);
    assert_eq!(a, b);
    assert!(a.conflicts().is_empty());
}

#[test]
fn two_values_of_one_field_are_both_kept_until_a_person_chooses() {
    let (mut a, mut b) = (created(), created());
    let from_a = saved(&mut a, Dot::new(1, 2), 20, 16, "from a");
    let from_b = saved(&mut b, Dot::new(2, 1), 30, 16, "from b");
    a.apply(&from_b, 30, &[], Standing::New);
    b.apply(&from_a, 20, &[], Standing::New);
    assert_eq!(a.conflicts(), [16]);
    assert_eq!(a.shown(16).map(|head| head.dot), Some(Dot::new(2, 1)), "the later stamp is shown");
    let choice = saved(&mut a, Dot::new(1, 3), 5, 16, "from a");
    b.apply(&choice, 5, &[], Standing::New);
    assert!(a.conflicts().is_empty() && a.digest() == b.digest());
    assert_eq!(b.shown(16).and_then(|head| head.value.clone()), text("from a"));
}

#[test]
fn equal_values_are_no_conflict() {
    let (mut a, mut b) = (created(), created());
    saved(&mut a, Dot::new(1, 2), 20, 16, "same");
    let from_b = saved(&mut b, Dot::new(2, 1), 30, 16, "same");
    a.apply(&from_b, 30, &[], Standing::New);
    assert_eq!(a.heads_of(16).len(), 2);
    assert!(!a.conflict(16));
}

fn delete(state: &mut RecordState, dot: Dot) -> Op {
    let write =
        FieldWrite { fid: LIFE, value: Some(value::encode_life(value::DELETED, Some("mistake"))), base: state.base(LIFE) };
    let op = Op { ctx: Some(state.context()), ..op(dot, 50, vec![write]) };
    state.apply(&op, 50, &[], Standing::New);
    op
}

#[test]
fn a_deletion_counts_only_over_what_its_author_had_seen() {
    let (mut a, mut b) = (created(), created());
    let deletion = delete(&mut a, Dot::new(1, 2));
    assert!(a.effectively_deleted());
    let edit = saved(&mut b, Dot::new(2, 1), 30, 16, "edited meanwhile");
    a.apply(&edit, 30, &[], Standing::New);
    b.apply(&deletion, 50, &[], Standing::New);
    assert_eq!(a, b);
    assert!(a.is_marked_deleted() && !a.effectively_deleted(), "deleted by one, edited by the other: it stays visible");
    delete(&mut a, Dot::new(1, 3));
    assert!(a.effectively_deleted());
}

#[test]
fn a_restored_record_is_live_again() {
    let mut a = created();
    delete(&mut a, Dot::new(1, 2));
    let write = FieldWrite { fid: LIFE, value: Some(value::encode_life(value::LIVE, None)), base: a.base(LIFE) };
    a.apply(&op(Dot::new(1, 3), 60, vec![write]), 60, &[], Standing::New);
    assert!(!a.is_marked_deleted() && !a.effectively_deleted());
}

#[test]
fn the_stamp_of_a_receipt_replaces_the_device_clock() {
    let mut a = created();
    let before = a.digest();
    assert!(a.set_eff(Dot::new(1, 1), 7));
    assert_ne!(a.digest(), before);
    assert!(a.heads.values().flatten().all(|head| head.eff == 7) && a.created.eff == 7);
    assert!(!a.set_eff(Dot::new(9, 9), 7));
}
