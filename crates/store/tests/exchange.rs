//! What is saved reaches the province, what others saved comes back, and both sides end up equal.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod province;
mod register;

use domain::registry::Record;
use domain::{RecordId, Value, records};
use ed25519_dalek::SigningKey;
use province::{Cut, Province, SCOPE, WHOLE, call, is_equal, seal};
use register::{NOW_MS, PASSWORD, Register, UNIT, a_person, author, household_of, later, now, register};
use store::{Author, Error, FieldChange, Heads, NewDraft, Opened, Place, Proof, Sight, Store};
use sync::session::Effect;
use sync::wire::Pulled;
use sync::{Dot, FieldWrite, Op, RecordState, Standing, UNENROLLED};

fn key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

fn enrol(store: &Store, province: &mut Province) -> u32 {
    let replaces = store.read(|view| view.number_to_replace()).unwrap();
    let answer = province.enrol(replaces);
    store.write(author(), |tx| tx.take_number(&answer)).unwrap();
    answer.dno
}

fn text(fid: u16, text: &str) -> FieldChange {
    FieldChange { fid, values: vec![Some(Value::Text(text.to_owned()))] }
}

fn record(store: &Store, id: RecordId) -> store::Stored {
    store.read(|view| view.get_record(id, Sight::Plain)).unwrap()
}

fn one_household(register: &Register) -> (RecordId, Vec<RecordId>) {
    let people = [a_person("Bùi Thị Mừng", "1948"), a_person("Bùi Văn An", "1970")];
    register.write(|tx| household_of(tx, "MB-111-111", None, &people))
}

/// Two offices of one commune, the second having what the first has registered.
fn two_offices() -> (Province, Register, Register, RecordId, Vec<RecordId>) {
    let mut province = Province::new(NOW_MS);
    let (a, b) = (register(), register());
    let (household, people) = one_household(&a);
    enrol(&a.store, &mut province);
    enrol(&b.store, &mut province);
    call(&a.store, author(), &key(1), &mut province, WHOLE);
    call(&b.store, author(), &key(2), &mut province, WHOLE);
    call(&a.store, author(), &key(1), &mut province, WHOLE);
    (province, a, b, household, people)
}

#[test]
fn a_household_arrives_and_nothing_waits() {
    let (province, a, b, household, people) = two_offices();
    for store in [&a.store, &b.store] {
        assert!(is_equal(store, &province));
        assert_eq!(store.read(|view| view.waiting()).unwrap().changes, 0);
        assert!(!record(store, household).pending);
        assert_eq!(record(store, people[0]).row.text("full_name").as_deref(), Some("Bùi Thị Mừng"));
        let found = store.read(|view| view.search("bui thi mung", 5)).unwrap();
        assert_eq!(found[0].household, Some(household), "what was pulled is found like what was typed");
    }
}

#[test]
fn nothing_is_sealed_before_the_device_has_a_number() {
    let register = register();
    one_household(&register);
    assert!(!register.write(|tx| tx.seal_next_batch(&key(1))));
    assert!(register.store.read(|view| view.list_unsent_batches()).unwrap().is_empty());
    assert_eq!(register.store.read(|view| view.waiting()).unwrap().acts, 1);
}

#[test]
fn different_fields_merge_and_one_field_keeps_both_values() {
    let (mut province, a, b, _, people) = two_offices();
    let id = people[0];
    a.write_at(later(1), |tx| tx.change_now(id, &[text(17, "Mỷ")]));
    b.write_at(later(1), |tx| tx.change_now(id, &[text(30, "yếu")]));
    a.write_at(later(2), |tx| tx.change_now(id, &[text(16, "Bùi Thị Mưng")]));
    b.write_at(later(3), |tx| tx.change_now(id, &[text(16, "Bùi Thị Mứng")]));
    for _ in 0..2 {
        call(&a.store, later(4), &key(1), &mut province, WHOLE);
        call(&b.store, later(4), &key(2), &mut province, WHOLE);
    }
    for store in [&a.store, &b.store] {
        assert!(is_equal(store, &province));
        let stored = record(store, id);
        assert_eq!(stored.row.text("other_name").as_deref(), Some("Mỷ"));
        assert_eq!(stored.row.text("note").as_deref(), Some("yếu"));
        assert_eq!((stored.conflicts.as_slice(), stored.heads.of(16).len()), (&[16u16][..], 2));
        let conflicts = store.read(|view| view.list_conflicts(Sight::Plain)).unwrap().conflicts;
        assert_eq!(conflicts[0].sides.len(), 2);
        assert_eq!(conflicts[0].sides.iter().filter(|side| side.author.is_here).count(), 1);
    }
    b.write_at(later(5), |tx| tx.change_now(id, &[text(16, "Bùi Thị Mưng")]));
    call(&b.store, later(6), &key(2), &mut province, WHOLE);
    call(&a.store, later(6), &key(1), &mut province, WHOLE);
    call(&b.store, later(6), &key(2), &mut province, WHOLE);
    for store in [&a.store, &b.store] {
        assert!(is_equal(store, &province));
        assert!(record(store, id).conflicts.is_empty(), "a choice by somebody who saw both settles it");
    }
}

#[test]
fn deleted_here_and_edited_there_stays_and_says_so() {
    let (mut province, a, b, _, people) = two_offices();
    a.write_at(later(1), |tx| tx.delete(people[1], Some("entered_twice")));
    b.write_at(later(2), |tx| tx.change_now(people[1], &[text(30, "mới về")]));
    for _ in 0..2 {
        call(&a.store, later(4), &key(1), &mut province, WHOLE);
        call(&b.store, later(4), &key(2), &mut province, WHOLE);
    }
    for store in [&a.store, &b.store] {
        assert!(is_equal(store, &province));
        let stored = record(store, people[1]);
        assert_eq!((stored.life, stored.conflicts.as_slice()), (store::Life::Live, &[1u16][..]));
        let conflict = &store.read(|view| view.list_conflicts(Sight::Plain)).unwrap().conflicts[0];
        assert_eq!((conflict.fid, conflict.sides.len(), conflict.sides[0].is_deletion), (1, 2, true));
    }
    a.write_at(later(5), |tx| tx.restore(people[1]));
    assert!(record(&a.store, people[1]).conflicts.is_empty());
}

#[test]
fn only_the_receipt_of_its_batch_takes_an_op_out() {
    let mut province = Province::new(NOW_MS);
    let a = register();
    one_household(&a);
    enrol(&a.store, &mut province);
    seal(&a.store, author(), &key(1));
    let before = a.store.read(|view| view.waiting()).unwrap();
    let batch = a.store.read(|view| view.list_unsent_batches()).unwrap().remove(0);
    let receipt = |bno, hash| sync::Receipt { bno, hash, numbered: vec![], clamped: vec![], quarantined: vec![] };
    for foreign in [receipt(batch.bno, [9; 32]), receipt(batch.bno + 7, batch.hash)] {
        let refused = a.store.write(author(), |tx| tx.accept_receipt(&foreign));
        assert!(matches!(refused, Err(Error::ForeignReceipt)));
    }
    assert_eq!(a.store.read(|view| view.waiting()).unwrap(), before);
    for _ in 0..2 {
        a.write(|tx| tx.accept_receipt(&receipt(batch.bno, batch.hash)));
    }
    assert_eq!(a.store.read(|view| view.waiting()).unwrap().changes, 0);
}

#[test]
fn a_lost_receipt_costs_nothing() {
    let mut province = Province::new(NOW_MS);
    let a = register();
    let (household, _) = one_household(&a);
    enrol(&a.store, &mut province);
    for _ in 0..3 {
        call(&a.store, author(), &key(1), &mut province, Cut { receipts: false, ..WHOLE });
    }
    assert!(record(&a.store, household).pending);
    call(&a.store, author(), &key(1), &mut province, WHOLE);
    assert!(!record(&a.store, household).pending);
    assert!(is_equal(&a.store, &province));
}

#[test]
fn a_clock_that_is_years_ahead_is_bounded_by_the_province_for_everyone() {
    let (mut province, a, b, _, people) = two_offices();
    let mad = Author { uid: 1, at_ms: NOW_MS + 60 * 365 * 86_400_000 };
    a.write_at(mad, |tx| tx.change_now(people[0], &[text(16, "A")]));
    b.write_at(later(1), |tx| tx.change_now(people[0], &[text(16, "B")]));
    for _ in 0..2 {
        call(&a.store, mad, &key(1), &mut province, WHOLE);
        call(&b.store, later(4), &key(2), &mut province, WHOLE);
    }
    assert!(is_equal(&a.store, &province) && is_equal(&b.store, &province));
    let history = a.store.read(|view| view.list_history(people[0], Sight::Plain)).unwrap();
    assert!(history.iter().all(|change| change.at_ms <= NOW_MS + 6 * 60_000));
}

#[test]
fn the_number_goes_into_everything_that_was_written_before() {
    let mut province = Province::new(NOW_MS);
    let a = register();
    let (household, people) = one_household(&a);
    let opened = record(&a.store, people[0]).heads;
    a.write_at(later(1), |tx| tx.change(people[0], &[text(16, "A")], &opened));
    a.write_at(later(2), |tx| tx.change(people[0], &[text(16, "B")], &opened));
    a.write_at(later(3), |tx| tx.change_now(people[1], &[text(30, "x")]));
    a.write_at(later(4), |tx| tx.delete(household, None));
    let opened = Opened([(people[0], record(&a.store, people[0]).heads)].into());
    a.write(|tx| tx.save_draft(&NewDraft { form: "person", subject: Some(people[0]), body: "{}", opened: &opened }));
    let dno = enrol(&a.store, &mut province);
    let all = a.store.read(|view| {
        let draft = view.find_draft(1, "person", Some(people[0]))?.unwrap();
        let history = view.list_history(people[0], Sight::Plain)?;
        Ok((draft.opened, history))
    });
    let (opened_now, history) = all.unwrap();
    let dots: Vec<Dot> = opened_now.0.values().flat_map(|heads| heads.0.values().flatten()).copied().collect();
    assert!(!dots.is_empty() && dots.iter().all(|dot| dot.dno == dno));
    assert!(history.iter().all(|change| change.dot.dno == dno));
    assert_eq!(opened_now.0[&people[0]], record(&a.store, people[0]).heads);
    // A form that was open all the while still names what it saw.
    let stale: &Heads = &opened.0[&people[0]];
    assert!(stale.0.values().flatten().all(|dot| dot.dno == UNENROLLED));
    a.write_at(later(5), |tx| tx.change(people[0], &[text(16, "C")], stale));
    assert!(record(&a.store, people[0]).conflicts.is_empty());
    call(&a.store, later(6), &key(1), &mut province, WHOLE);
    assert!(is_equal(&a.store, &province));
    let twice = a.store.write(author(), |tx| tx.take_number(&province.enrol(None)));
    assert!(matches!(twice, Err(Error::AlreadyEnrolled)));
    let act = a.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
    let undone = a.write_at(later(7), |tx| tx.undo_act(act.id));
    assert_eq!((undone.undone, undone.kept.len()), (1, 0));
    call(&a.store, later(8), &key(1), &mut province, WHOLE);
    assert!(is_equal(&a.store, &province));
}

#[test]
fn a_restored_store_goes_on_under_a_new_number_and_loses_nothing() {
    let (mut province, mut a, b, _, people) = two_offices();
    // Saved and sent, saved and not sent, then the backup; then again both.
    a.write_at(later(1), |tx| tx.change_now(people[0], &[text(17, "Một")]));
    call(&a.store, later(1), &key(1), &mut province, Cut { receipts: false, ..WHOLE });
    a.write_at(later(2), |tx| tx.change_now(people[0], &[text(17, "Hai")]));
    let backup = a.folder.back_up(&a.store, now()).unwrap();
    a.write_at(later(3), |tx| tx.change_now(people[0], &[text(30, "sau khi sao lưu")]));
    a.store.close();
    a.folder.restore(&backup.path, Proof::Password { uid: 1, password: PASSWORD }, None, now()).unwrap();
    a.store = a.folder.sign_in(1, PASSWORD, now()).unwrap();
    assert_eq!(a.store.read(|view| view.device_number()).unwrap(), None);
    a.write_at(later(4), |tx| tx.change_now(people[0], &[text(16, "Bùi Thị Mưng")]));
    let new = a.write_at(later(4), |tx| tx.create(&a_person("Xa Thị Sâm", "1961").to_row(), Place::Root(UNIT)));
    assert!(!a.write(|tx| tx.seal_next_batch(&key(1))), "nothing is sealed before it has its new number");
    b.write_at(later(5), |tx| tx.change_now(people[1], &[text(17, "Ba")]));
    call(&b.store, later(5), &key(2), &mut province, WHOLE);
    enrol(&a.store, &mut province);
    for _ in 0..3 {
        call(&a.store, later(6), &key(3), &mut province, WHOLE);
        call(&b.store, later(6), &key(2), &mut province, WHOLE);
    }
    for store in [&a.store, &b.store] {
        assert!(is_equal(store, &province));
        let stored = record(store, people[0]);
        assert_eq!(stored.row.text("other_name").as_deref(), Some("Hai"));
        assert_eq!(stored.row.text("full_name").as_deref(), Some("Bùi Thị Mưng"));
        assert!(stored.conflicts.is_empty(), "the store had seen what it replaced: {:?}", stored.conflicts);
        assert_eq!(record(store, people[1]).row.text("other_name").as_deref(), Some("Ba"));
        assert_eq!(record(store, new).row.text("full_name").as_deref(), Some("Xa Thị Sâm"));
    }
}

#[test]
fn what_this_program_does_not_know_passes_through_unchanged() {
    let (mut province, a, _, _, people) = two_offices();
    let far = RecordId([7; 16]);
    let write = |fid, value: Vec<u8>| FieldWrite { fid, value: Some(value), base: vec![] };
    let op = |dseq, kind, rid, writes| Op {
        dot: Dot::new(77, dseq),
        at: NOW_MS,
        uid: 1,
        kind,
        rid,
        parent: None,
        group_len: 1,
        writes,
        ctx: None,
        sv: None,
    };
    // 20.50 has a shorter form, which a careful program would have written: the bytes stay as they are.
    let odd = [0x82, 0x21, 0x19, 0x08, 0x02].to_vec();
    let ops = [
        op(1, 2, people[0], vec![write(99, vec![0x18, 0x2a])]),
        op(2, 999, far, vec![write(2, sync::value::encode_scope(SCOPE)), write(16, vec![0xf5])]),
        op(3, 1, RecordId([8; 16]), vec![write(2, sync::value::encode_scope(SCOPE)), write(16, vec![0x07])]),
        op(4, 6, RecordId([9; 16]), vec![write(18, [[0x82].as_slice(), &odd, &[0xf6]].concat())]),
    ];
    for op in ops {
        let seq = province.log.len() as u64 + 1;
        let mut state = province.states.remove(&op.rid).unwrap_or_else(|| RecordState::new(&op, op.at, SCOPE));
        state.apply(&op, op.at, &[], Standing::New);
        province.states.insert(op.rid, state);
        province.log.push(Pulled { seq, eff: op.at, op, dead: vec![] });
    }
    call(&a.store, later(1), &key(1), &mut province, WHOLE);
    assert!(is_equal(&a.store, &province));
    assert!(a.store.read(|view| view.find_record(far, Sight::Plain)).unwrap().is_none());
    a.write_at(later(2), |tx| tx.change_now(people[0], &[text(30, "x")]));
    call(&a.store, later(3), &key(1), &mut province, WHOLE);
    assert!(is_equal(&a.store, &province), "a change of another field leaves it as it was");
}

#[test]
fn a_province_restored_from_its_backup_gets_again_what_it_lost() {
    let (mut province, a, b, _, people) = two_offices();
    let backup = province.clone();
    a.write_at(later(1), |tx| tx.change_now(people[0], &[text(16, "A")]));
    call(&a.store, later(1), &key(1), &mut province, WHOLE);
    call(&b.store, later(1), &key(2), &mut province, WHOLE);
    let mut province = province.restored_from(&backup);
    b.write_at(later(2), |tx| tx.change_now(people[0], &[text(16, "B")]));
    call(&a.store, later(2), &key(1), &mut province, Cut { batches: 0, ..WHOLE });
    // Saved while an old batch waits to be sent again: neither takes the other's place.
    a.write_at(later(3), |tx| tx.change_now(people[1], &[text(17, "Ba")]));
    for _ in 0..3 {
        call(&b.store, later(3), &key(2), &mut province, WHOLE);
        call(&a.store, later(3), &key(1), &mut province, WHOLE);
    }
    assert_eq!(record(&b.store, people[1]).row.text("other_name").as_deref(), Some("Ba"));
    for store in [&a.store, &b.store] {
        assert!(is_equal(store, &province));
        assert_eq!(record(store, people[0]).row.text("full_name").as_deref(), Some("B"));
    }
}

#[test]
fn grants_clock_and_notices_are_kept() {
    let register = register();
    let take = |effect: Effect| register.write(|tx| tx.take_in(&effect, NOW_MS));
    take(Effect::Greeted { server_ms: NOW_MS + 90_000, grants: vec![] });
    take(Effect::Noticed(vec![1, 2]));
    register
        .store
        .read(|view| {
            assert_eq!(view.clock_offset_ms()?, 90_000);
            assert_eq!(view.last_contact_ms()?, Some(NOW_MS + 90_000));
            assert_eq!(view.find_notice()?, Some(vec![1, 2]));
            Ok(())
        })
        .unwrap();
    let counters: Vec<u64> = (0..3).map(|_| register.write(|tx| tx.next_request_counter())).collect();
    assert_eq!(counters, [1, 2, 3]);
    register.write(|tx| tx.set_road_fact("url", Some(b"https://tinh")));
    assert_eq!(register.store.read(|view| view.find_road_fact("url")).unwrap().as_deref(), Some(&b"https://tinh"[..]));
}

#[test]
fn the_workers_of_a_device_are_named_under_its_number() {
    let (_, a, b, _, people) = two_offices();
    let history = b.store.read(|view| view.list_history(people[0], Sight::Plain)).unwrap();
    let made = history.last().unwrap();
    assert_eq!(made.author.name.as_deref(), Some("Bùi Thị Lan"));
    assert!(!made.author.is_here);
    assert!(a.store.read(|view| view.list_history(people[0], Sight::Plain)).unwrap()[0].author.is_here);
    let workers = b.store.read(|view| view.list_kind(records::Worker::KIND, Sight::Plain)).unwrap();
    assert_eq!(workers.len(), 2, "one for each device");
}

#[test]
fn an_op_that_the_province_set_aside_is_told_and_can_be_closed() {
    let mut province = Province::new(NOW_MS);
    let a = register();
    let (_, people) = one_household(&a);
    enrol(&a.store, &mut province);
    seal(&a.store, author(), &key(1));
    let batch = a.store.read(|view| view.list_unsent_batches()).unwrap().remove(0);
    let quarantined = vec![(2, sync::receipt::Reason::NoGrant)];
    let receipt = sync::Receipt { bno: batch.bno, hash: batch.hash, numbered: vec![], clamped: vec![], quarantined };
    a.write(|tx| tx.accept_receipt(&receipt));
    let findings = a.store.read(|view| view.list_findings(Sight::Plain)).unwrap();
    assert_eq!((findings.len(), findings[0].code.as_str()), (1, "quarantined"));
    assert_eq!(findings[0].record, Some(people[0]), "the second op of the act made the first person");
    assert!(a.write(|tx| tx.close_finding(findings[0].id)));
    assert!(a.store.read(|view| view.list_findings(Sight::Plain)).unwrap().is_empty());
}
