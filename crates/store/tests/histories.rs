//! Random histories of offices, a province, cuts, restores of both: nothing is lost, and all are equal in the end.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod province;
mod register;

use chrono::DateTime;
use domain::registry::Record;
use domain::{RecordId, Value};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use province::{Cut, Province, WHOLE, call, is_equal};
use register::{NOW_MS, PASSWORD, Register, UNIT, a_person, now, register};
use store::{Author, FieldChange, Heads, Place, Proof, Sight};

/// The fields that the offices edit: other name, note, a group of two.
const FIELDS: [u16; 3] = [17, 30, 24];

#[derive(Debug, Clone)]
enum Event {
    /// An office writes a field; with a form that was opened then or just now.
    Write {
        office: usize,
        record: usize,
        field: usize,
        stale: bool,
    },
    Delete {
        office: usize,
        record: usize,
    },
    Create {
        office: usize,
    },
    Call {
        office: usize,
        batches: usize,
        receipts: bool,
        ops: usize,
    },
    BackUp {
        office: usize,
    },
    Restore {
        office: usize,
    },
    BackUpProvince,
    RestoreProvince,
}

fn event() -> impl Strategy<Value = Event> {
    let office = 0..2usize;
    prop_oneof![
        8 => (office.clone(), 0..4usize, 0..3usize, any::<bool>())
            .prop_map(|(office, record, field, stale)| Event::Write { office, record, field, stale }),
        1 => (office.clone(), 0..4usize).prop_map(|(office, record)| Event::Delete { office, record }),
        1 => office.clone().prop_map(|office| Event::Create { office }),
        6 => (office.clone(), 0..3usize, any::<bool>(), 0..8usize)
            .prop_map(|(office, batches, receipts, ops)| Event::Call { office, batches, receipts, ops }),
        1 => office.clone().prop_map(|office| Event::BackUp { office }),
        1 => office.prop_map(|office| Event::Restore { office }),
        1 => Just(Event::BackUpProvince),
        1 => Just(Event::RestoreProvince),
    ]
}

struct Office {
    register: Register,
    key: SigningKey,
    opened: Option<(RecordId, Heads)>,
    backup: Option<std::path::PathBuf>,
}

struct World {
    province: Province,
    backup: Option<Province>,
    offices: Vec<Office>,
    records: Vec<RecordId>,
    tick: i64,
}

impl World {
    fn new() -> Self {
        let mut world = Self { province: Province::new(NOW_MS), backup: None, offices: vec![], records: vec![], tick: 0 };
        for n in 0..2 {
            let key = SigningKey::from_bytes(&[n + 1; 32]);
            world.offices.push(Office { register: register(), key, opened: None, backup: None });
            world.enrol(usize::from(n));
        }
        for office in [0, 1, 0, 1] {
            world.create(office);
        }
        for office in [0, 1, 0] {
            world.call(office, WHOLE);
        }
        world
    }

    /// Clocks go their own way: one is a day ahead.
    fn author(&mut self, office: usize) -> Author {
        self.tick += 1;
        let ahead = if office == 1 { 86_400_000 } else { 0 };
        Author { uid: 1, at_ms: NOW_MS + self.tick * 1000 + ahead }
    }

    fn enrol(&mut self, office: usize) {
        let author = self.author(office);
        let store = &self.offices[office].register.store;
        let replaces = store.read(|view| view.number_to_replace()).unwrap();
        let answer = self.province.enrol(replaces);
        store.write(author, |tx| tx.take_number(&answer)).unwrap();
    }

    fn create(&mut self, office: usize) {
        let author = self.author(office);
        let row = a_person("Bùi Thị Mừng", "1948").to_row();
        let store = &self.offices[office].register.store;
        self.records.push(store.write(author, |tx| tx.create(&row, Place::Root(UNIT))).unwrap().value);
    }

    fn call(&mut self, office: usize, cut: Cut) {
        let author = self.author(office);
        let office = &self.offices[office];
        call(&office.register.store, author, &office.key, &mut self.province, cut);
    }

    fn run(&mut self, event: &Event) {
        match *event {
            Event::Write { office, record, field, stale } => {
                let author = self.author(office);
                let id = self.records[record % self.records.len()];
                let value = Value::Text(format!("{}", self.tick));
                let fid = FIELDS[field];
                let values = if fid == 24 { vec![Some(value), None] } else { vec![Some(value)] };
                let office = &mut self.offices[office];
                let store = &office.register.store;
                let Some(now) = store.read(|view| view.find_record(id, Sight::Plain)).unwrap() else { return };
                let heads = match &office.opened {
                    Some((opened, heads)) if stale && *opened == id => heads.clone(),
                    _ => now.heads.clone(),
                };
                // A deleted record refuses; everything else is taken.
                let _ = store.write(author, |tx| tx.change(id, &[FieldChange { fid, values }], &heads));
                office.opened = Some((id, now.heads));
            }
            Event::Delete { office, record } => {
                let author = self.author(office);
                let id = self.records[record % self.records.len()];
                let store = &self.offices[office].register.store;
                if store.read(|view| view.find_record(id, Sight::Plain)).unwrap().is_some() {
                    store.write(author, |tx| tx.delete(id, None)).unwrap();
                }
            }
            Event::Create { office } => self.create(office),
            Event::Call { office, batches, receipts, ops } => self.call(office, Cut { batches, receipts, ops }),
            Event::BackUp { office } => {
                let at = DateTime::from_timestamp_millis(self.author(office).at_ms).unwrap();
                let office = &mut self.offices[office];
                let backup = office.register.folder.back_up(&office.register.store, at).unwrap();
                office.backup = Some(backup.path);
            }
            Event::Restore { office } => self.restore(office),
            Event::BackUpProvince => self.backup = Some(self.province.clone()),
            Event::RestoreProvince => {
                if let Some(backup) = &self.backup {
                    self.province = self.province.restored_from(backup);
                }
            }
        }
    }

    /// An office restores its backup. What it had not sent since is gone with the disk: it sends all before, so that the
    /// test may say at the end that nothing is lost.
    fn restore(&mut self, office: usize) {
        let Some(backup) = self.offices[office].backup.take() else { return };
        self.call(office, WHOLE);
        // A province that forgets what only a lost disk still had has lost it.
        self.backup = None;
        let register = &mut self.offices[office].register;
        register.store.close();
        register.folder.restore(&backup, Proof::Password { uid: 1, password: PASSWORD }, None, now()).unwrap();
        register.store = register.folder.sign_in(1, PASSWORD, now()).unwrap();
        self.offices[office].opened = None;
        self.offices[office].key = SigningKey::from_bytes(&[100 + (self.tick % 100) as u8; 32]);
        self.enrol(office);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn offices_and_province_end_equal(events in prop::collection::vec(event(), 10..50)) {
        let mut world = World::new();
        for event in &events {
            world.run(event);
        }
        for _ in 0..4 {
            for office in 0..2 {
                world.call(office, WHOLE);
            }
        }
        for office in &world.offices {
            let store = &office.register.store;
            prop_assert!(is_equal(store, &world.province), "digests differ");
            prop_assert_eq!(store.read(|view| view.waiting()).unwrap().changes, 0);
            for id in &world.records {
                prop_assert!(store.read(|view| view.find_record(*id, Sight::Plain)).unwrap().is_some(), "a record is lost");
            }
        }
    }
}

#[test]
fn a_receipt_lost_with_the_disk_after_the_province_went_back() {
    let mut world = World::new();
    for event in [
        Event::BackUpProvince,
        Event::Write { office: 0, record: 0, field: 0, stale: false },
        Event::Write { office: 1, record: 1, field: 1, stale: true },
        Event::Call { office: 1, batches: 2, receipts: false, ops: 3 },
        Event::RestoreProvince,
        Event::Delete { office: 0, record: 0 },
        Event::Call { office: 0, batches: 2, receipts: true, ops: 6 },
        Event::BackUp { office: 1 },
        Event::Restore { office: 1 },
    ] {
        world.run(&event);
    }
    for _ in 0..4 {
        for office in 0..2 {
            world.call(office, WHOLE);
        }
    }
    for office in &world.offices {
        assert!(is_equal(&office.register.store, &world.province), "behind where the lines part nothing is known");
    }
}
