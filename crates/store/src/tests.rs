//! What only a test inside the crate can bring about: a file of a newer program, a re-keying that was cut, an upgrade.
#![allow(clippy::unwrap_used, reason = "a test says by a panic what failed")]

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use domain::registry::Record;
use rusqlite::named_params;
use tempfile::TempDir;

use crate::keys::StoreKey;
use crate::{Author, Cost, Error, Folder, NewStore, NewWorker, PROGRAM, Reason, Role, Sight, Store, WorkerChange, meta};

const PASSWORD: &str = "Mường Bi 2026";
const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

fn now() -> DateTime<Utc> {
    "2026-11-23T01:00:00Z".parse().unwrap()
}

fn program() -> Author {
    Author::program(now().timestamp_millis())
}

fn make(path: &Path) -> (Folder, Store) {
    let folder = Folder::open_with_cost(path, CHEAP).unwrap();
    let new = NewStore { unit: 51582, sample: false, worker: "Bùi Thị Mừng", role: Role::Officer, password: PASSWORD };
    let (store, _) = folder.create(new, now()).unwrap();
    (folder, store)
}

fn mark(store: &Store) -> Option<String> {
    store.read(|view| view.find_setting("mark")).unwrap()
}

fn set_mark(store: &Store, value: &str) {
    store.write(program(), |tx| tx.set_setting("mark", Some(value))).unwrap();
}

#[test]
fn a_file_of_a_newer_program_is_refused_but_can_be_read() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    set_mark(&store, "kept");
    store.with_open(|open| Ok(open.writer().pragma_update(None, "user_version", PROGRAM + 1)?)).unwrap();
    store.close();
    let before = fs::read(place.path().join("store.db")).unwrap();

    let refused = folder.sign_in(1, PASSWORD, now());
    assert!(matches!(refused, Err(Error::NewerSchema { file, program: PROGRAM }) if file == PROGRAM + 1));
    let reading = folder.sign_in_to_read(1, PASSWORD).unwrap();
    assert_eq!(mark(&reading).as_deref(), Some("kept"));
    assert!(matches!(reading.write(program(), |tx| tx.set_setting("mark", None)), Err(Error::ReadOnly(_))));
    assert!(matches!(folder.sign_in_to_read(1, "khong phai the"), Err(Error::WrongPassword)));
    reading.close();
    assert!(fs::read(place.path().join("store.db")).unwrap() == before, "the newer program's file is left as it is");
}

#[test]
fn a_re_keying_that_was_cut_is_finished_at_the_next_sign_in() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let new = NewWorker { name: "Đinh Văn Ước", role: Role::Officer, admin: false, password: PASSWORD };
    folder.add_worker(&store, program(), new).unwrap();
    set_mark(&store, "kept");
    let old_key = store.with_open(|open| Ok(open.key().clone())).unwrap();
    store
        .write(program(), |tx| {
            tx.update_account(&crate::Account { active: false, ..tx.get_account(2)? })?;
            meta::set(tx.connection(), meta::REKEYING, true)
        })
        .unwrap();
    store.close();
    fs::write(place.path().join("store.db.rekeyed"), "half a copy").unwrap();

    assert!(matches!(folder.sign_in(2, PASSWORD, now()), Err(Error::AccountClosed)));
    let store = folder.sign_in(1, PASSWORD, now()).unwrap();
    assert_eq!(mark(&store).as_deref(), Some("kept"));
    assert!(store.read(|view| meta::find::<bool>(view.connection(), meta::REKEYING)).unwrap().is_none());
    assert!(!opens_with(place.path(), &old_key), "the removed worker's key opens nothing any more");
    assert!(!place.path().join("store.db.rekeyed").exists());
    store.close();
    assert!(matches!(folder.sign_in(2, PASSWORD, now()), Err(Error::UnknownWorker)));
    folder.sign_in(1, PASSWORD, now()).unwrap().full_check().unwrap();
}

fn opens_with(folder: &Path, key: &StoreKey) -> bool {
    crate::open::connect(&folder.join("store.db"), key, crate::open::Access::Read).is_ok()
}

#[test]
fn a_key_file_cut_off_from_the_database_still_opens_it() {
    // Cut after the new keys were added beside the old and before the files were swapped, or just after the swap.
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    set_mark(&store, "kept");
    let (old, new) = (store.with_open(|open| Ok(open.key().clone())).unwrap(), StoreKey::generate().unwrap());
    let mut keys = folder.load_keys().unwrap();
    let (public, store_id) = (keys.workers[0].wrapped.public.0, keys.store_id.0);
    keys.workers[0].keys = crate::keys::seal_each(&[&new, &old], &public, &store_id).unwrap();
    keys.save(place.path()).unwrap();
    store.close();
    assert_eq!(mark(&folder.sign_in(1, PASSWORD, now()).unwrap()).as_deref(), Some("kept"));
}

#[test]
fn an_upgrade_that_fails_leaves_a_checked_backup_and_the_store_as_it_was() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    set_mark(&store, "kept");
    // The file now says that a step is missing whose table is there: running it fails.
    store
        .write(program(), |tx| {
            tx.connection().execute("UPDATE schema_step SET name = '0000_earlier' WHERE name LIKE '0001%'", [])?;
            Ok(())
        })
        .unwrap();
    store.close();
    folder.sign_in(1, PASSWORD, now()).err().expect("a failing step is an error");
    let backups = folder.list_backups().unwrap();
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].reason, Reason::Migration);
    let reading = folder.sign_in_to_read(1, PASSWORD).unwrap();
    assert_eq!(mark(&reading).as_deref(), Some("kept"));
}

#[test]
fn the_audit_refuses_to_be_changed_and_shows_what_was() {
    let place = TempDir::new().unwrap();
    let (_folder, store) = make(place.path());
    for sql in ["UPDATE audit SET act = 'nothing'", "DELETE FROM audit"] {
        let refused = store.write(program(), |tx| Ok(tx.connection().execute(sql, [])?));
        assert!(refused.is_err(), "{sql} must be refused");
    }
    store
        .write(program(), |tx| {
            tx.connection().execute_batch("DROP TRIGGER audit_is_never_changed")?;
            tx.connection()
                .execute("UPDATE audit SET reason = :reason WHERE n = 1", named_params! { ":reason": "something else" })?;
            Ok(())
        })
        .unwrap();
    assert!(matches!(store.read(|view| view.verify_audit()), Err(Error::BrokenAudit)));
    let verdict = store.read(|view| view.check_audit()).unwrap();
    assert_eq!(verdict.broken.map(|broken| broken.n), Some(1), "the check says where");
}

#[test]
fn a_row_cut_out_of_the_audit_is_told_by_the_row_after_it() {
    let place = TempDir::new().unwrap();
    let (_folder, store) = make(place.path());
    for act in ["one", "two", "three"] {
        store.write(program(), |tx| tx.record_audit(crate::NewAuditEntry { act, ..Default::default() })).unwrap();
    }
    let whole = store.read(|view| view.check_audit()).unwrap();
    assert_eq!((whole.broken, whole.rows), (None, whole.head.n));
    store
        .write(program(), |tx| {
            tx.connection().execute_batch("DROP TRIGGER audit_is_never_deleted")?;
            Ok(tx.connection().execute("DELETE FROM audit WHERE act = 'two'", [])?)
        })
        .unwrap();
    let verdict = store.read(|view| view.check_audit()).unwrap();
    assert_eq!(verdict.broken.map(|broken| broken.n), Some(whole.head.n), "the row after the gap does not follow");
}

#[test]
fn the_background_check_finds_a_damaged_page() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let check = |store: &Store| {
        let (sender, receiver) = std::sync::mpsc::channel();
        store.check_in_background(move |found| sender.send(found).unwrap());
        let found = receiver.recv().unwrap();
        assert_eq!(store.integrity(), found);
        found
    };
    assert_eq!(check(&store), crate::Integrity::Sound);
    let text = "x".repeat(50_000);
    set_mark(&store, &text);
    store.close();
    let path = place.path().join("store.db");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    let store = folder.sign_in(1, PASSWORD, now()).unwrap();
    assert_eq!(check(&store), crate::Integrity::Damaged);
    assert!(folder.back_up(&store, now()).is_err(), "a damaged file gives no backup");
    assert_eq!(folder.list_backups().unwrap(), []);
}

#[test]
fn an_enrolled_machine_names_its_workers_to_everybody() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let names = || {
        let stored = store.read(|view| view.list_kind(domain::records::Worker::KIND, Sight::Plain)).unwrap();
        let worker = |stored: &crate::Stored| stored.record::<domain::records::Worker>();
        stored.iter().map(worker).map(|worker| (worker.uid.unwrap(), worker.name.unwrap())).collect::<Vec<_>>()
    };
    let new = NewWorker { name: "Đinh Văn Ước", role: Role::Officer, admin: false, password: PASSWORD };
    folder.add_worker(&store, program(), new).unwrap();
    assert_eq!(names(), [], "without a number there is nobody to name them to");

    store.write(program(), |tx| meta::set(tx.connection(), crate::records::writing::DNO, 5)).unwrap();
    folder.add_worker(&store, program(), NewWorker { name: "Hà Thị Vân", ..new }).unwrap();
    let change = WorkerChange { name: "Hà Thị Vân Anh", role: Role::Officer, admin: false };
    folder.change_worker(&store, program(), 3, change).unwrap();
    let mut named = names();
    named.sort();
    let expected = [(1, "Bùi Thị Mừng"), (2, "Đinh Văn Ước"), (3, "Hà Thị Vân Anh")];
    assert_eq!(named, expected.map(|(uid, name)| (uid, name.to_owned())), "one record each, with the name of today");
}

#[test]
fn what_the_key_file_says_is_for_show() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let new = NewWorker { name: "Đinh Văn Ước", role: Role::OneStop, admin: false, password: PASSWORD };
    folder.add_worker(&store, program(), new).unwrap();
    store.close();
    let mut keys = folder.load_keys().unwrap();
    keys.sample = true;
    keys.workers[1].role = Role::Officer;
    keys.workers[1].admin = true;
    keys.save(place.path()).unwrap();
    let store = folder.sign_in(2, PASSWORD, now()).unwrap();
    assert!(!store.identity().sample, "the sample mark that counts is inside the store");
    let account = store.read(|view| view.get_account(2)).unwrap();
    assert_eq!((account.role, account.admin), (Role::OneStop, false));
}

#[test]
fn a_new_key_is_sealed_to_whom_the_store_remembers() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let new = NewWorker { name: "Đinh Văn Ước", role: Role::Officer, admin: false, password: PASSWORD };
    folder.add_worker(&store, program(), new).unwrap();
    folder.add_worker(&store, program(), NewWorker { name: "Hà Thị Vân", ..new }).unwrap();
    // Somebody with the folder puts the own public half into another worker's entry.
    let stranger = crate::keys::Pair::generate().unwrap();
    let mut keys = folder.load_keys().unwrap();
    keys.workers[2].wrapped.public.0 = stranger.public();
    keys.save(place.path()).unwrap();
    folder.remove_worker(&store, program(), 2).unwrap();
    assert!(folder.load_keys().unwrap().unseal_all(&stranger).is_empty(), "the new key must not reach the stranger");
    store.close();
    folder.sign_in(3, PASSWORD, now()).unwrap();
}

#[test]
fn thousands_of_new_people_leave_the_indexes_as_they_were() {
    let place = TempDir::new().unwrap();
    let (_folder, store) = make(place.path());
    let indexes = || -> Vec<String> {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY sql";
        store
            .read(|view| {
                let mut statement = view.connection().prepare(sql)?;
                let rows = statement.query_map([], |row| row.get(0))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap()
    };
    let before = indexes();
    let fill = |people: usize, is_kept: bool| {
        store.write(program(), |tx| {
            for n in 0..people {
                let person = domain::records::Person { full_name: Some(format!("Bùi Thị {n}")), ..Default::default() };
                tx.create(&person.to_row(), crate::Place::Root(domain::UnitId(51582)))?;
                if n % 500 == 499 {
                    tx.end_act()?;
                }
            }
            if is_kept { Ok(()) } else { Err(Error::BadValue) }
        })
    };
    assert!(fill(2_500, false).is_err());
    assert_eq!(indexes(), before, "what was taken back changed nothing");
    fill(2_500, true).unwrap();
    assert_eq!(indexes(), before);
    let people = store
        .read(|view| view.list_people(&Default::default(), crate::PersonOrder::Name, false, crate::Page { offset: 0, limit: 1 }));
    assert_eq!(people.unwrap().total, 2_500);
}

#[test]
fn what_a_step_leaves_to_be_made_anew_is_there_before_anybody_reads() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let person = domain::records::Person { full_name: Some("Xa Thị Sâm".to_owned()), ..domain::records::Person::default() };
    store.write(program(), |tx| tx.create(&person.to_row(), crate::Place::Root(domain::UnitId(51582)))).unwrap();
    let found = |store: &Store| store.read(|view| view.search("sam", 5)).unwrap().len();
    store
        .write(program(), |tx| {
            tx.connection().execute_batch(
                "DELETE FROM person_list; INSERT INTO name_fts(name_fts) VALUES ('delete-all');
                 INSERT INTO meta(k, v) VALUES ('derived_due', 1);",
            )?;
            Ok(())
        })
        .unwrap();
    assert_eq!(found(&store), 0);
    store.close();
    let store = folder.sign_in(1, PASSWORD, now()).unwrap();
    assert_eq!(found(&store), 1);
    assert_eq!(store.read(|view| meta::find::<i64>(view.connection(), "derived_due")).unwrap(), None);
}

/// The outbox as it was before step 0013: a row an op.
fn write_op_by_op(store: &Store) {
    store
        .write(program(), |tx| {
            let connection = tx.connection();
            let rows: Vec<(i64, i64, Vec<u8>)> = connection
                .prepare("SELECT n, grp, ops FROM outbox ORDER BY n")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            connection.execute_batch(
                "DROP TABLE outbox;
                 CREATE TABLE outbox(n INTEGER PRIMARY KEY, dno INTEGER NOT NULL, dseq INTEGER NOT NULL, lid INTEGER NOT NULL,
                   grp INTEGER NOT NULL, op BLOB NOT NULL) STRICT;
                 DELETE FROM schema_step WHERE name = '0013_outbox_of_acts';
                 PRAGMA user_version = 1;",
            )?;
            for (first, grp, ops) in rows {
                for (n, op) in (first..).zip(sync::Op::decode_all(&ops)?) {
                    connection.execute(
                        "INSERT INTO outbox SELECT :n, :dno, :dseq, lid, :grp, :op FROM rec WHERE rid = :rid",
                        named_params! {
                            ":n": n, ":dno": op.dot.dno, ":dseq": i64::try_from(op.dot.dseq).unwrap(), ":grp": grp,
                            ":op": op.encode(), ":rid": op.rid.0,
                        },
                    )?;
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_waited_op_by_op_leaves_in_the_same_batches_after_the_upgrade() {
    let place = TempDir::new().unwrap();
    let (folder, store) = make(place.path());
    let write_household = |store: &Store, number: u8| {
        let household = domain::records::Household { code: Some(format!("MB-{number}")), ..Default::default() };
        let person = domain::records::Person { full_name: Some("Xa Thị Sâm".to_owned()), ..Default::default() };
        let root = crate::Place::Root(domain::UnitId(51582));
        store
            .write(program(), |tx| {
                let household = tx.create(&household.to_row(), root)?;
                let person = tx.create(&person.to_row(), root)?;
                let member = domain::records::HouseholdMember { person: Some(person), ..Default::default() };
                tx.create(&member.to_row(), crate::Place::Child(household))
            })
            .unwrap();
    };
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let ops = |store: &Store| {
        store.write(program(), |tx| meta::set(tx.connection(), crate::records::writing::DNO, 5)).unwrap();
        while store.write(program(), |tx| tx.seal_next_batch(&key)).unwrap().value {}
        let batches = store.read(|view| view.list_unsent_batches()).unwrap();
        let opened = batches.iter().map(|batch| sync::batch::open(&batch.bytes, &key.verifying_key()).unwrap());
        (
            batches.iter().map(|batch| (batch.bno, batch.hash)).collect::<Vec<_>>(),
            opened.flat_map(|batch| batch.ops).collect::<Vec<_>>(),
        )
    };
    // Under the number of the machine from the first op on, as after its enrolment.
    store.write(program(), |tx| meta::set(tx.connection(), crate::records::writing::DNO, 5)).unwrap();
    (1..=2).for_each(|number| write_household(&store, number));
    write_op_by_op(&store);
    store.close();

    let store = folder.sign_in(1, PASSWORD, now()).unwrap();
    assert_eq!(store.read(|view| view.waiting()).unwrap().changes, 6);
    write_household(&store, 3);
    assert_eq!(store.read(|view| view.waiting()).unwrap().changes, 9);
    let (batches, ops) = ops(&store);
    assert_eq!(ops.iter().map(|op| op.dot.dseq).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
    assert_eq!(ops.iter().map(|op| op.group_len).collect::<Vec<_>>(), [3, 0, 0].repeat(3));

    let [(bno, hash)] = batches[..] else { panic!("nine ops are one batch") };
    let quarantined = vec![(5, sync::receipt::Reason::NoGrant)];
    let receipt = sync::Receipt { bno, hash, numbered: Vec::new(), clamped: Vec::new(), quarantined };
    store.write(program(), |tx| tx.accept_receipt(&receipt)).unwrap();
    let set_aside = "SELECT r.rid FROM finding AS f JOIN rec AS r ON r.lid = f.lid WHERE f.code = 'quarantined'";
    let set_aside: [u8; 16] = store.read(|view| Ok(view.connection().query_row(set_aside, [], |row| row.get(0))?)).unwrap();
    assert_eq!(set_aside, ops[4].rid.0, "the record of the op that was set aside is named");
    assert_eq!(store.read(|view| view.waiting()).unwrap(), crate::Waiting::default());
    let waiting: i64 =
        store.read(|view| Ok(view.connection().query_row("SELECT sum(pend) FROM rec", [], |row| row.get(0))?)).unwrap();
    assert_eq!(waiting, 0, "no record waits any more");
}
