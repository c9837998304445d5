//! Seeded lives of three offices: saves on stale forms and wrong clocks, deletions, links that cut and lose, restores from
//! backups. Afterwards the link heals, and everyone must hold the same.
//!
//! `ANSINH_SIM_SEEDS=200 cargo test -p tests --test journeys simulation` runs more of them.

use std::path::PathBuf;

use domain::{RecordId, Value};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::{Author, FieldChange, Road, Stored};

use crate::link::Link;
use crate::world::{Office, Province, now, text};

const SEEDS: u64 = 6;
const EVENTS: usize = 60;

struct Life {
    random: ChaCha8Rng,
    province: Province,
    link: Link,
    offices: Vec<Office>,
    backups: Vec<Option<PathBuf>>,
    /// Forms that stand open, perhaps for long: what their author sees.
    forms: Vec<Vec<Stored>>,
    people: Vec<RecordId>,
    made: usize,
}

impl Life {
    fn new(seed: u64) -> Self {
        let province = Province::plain();
        let link = Link::to(province.port());
        let url = format!("http://127.0.0.1:{}", link.port());
        let offices: Vec<Office> = (0..3).map(|_| Office::enrolled(&province, &url)).collect();
        let random = ChaCha8Rng::seed_from_u64(seed);
        Self {
            random,
            province,
            link,
            backups: offices.iter().map(|_| None).collect(),
            forms: offices.iter().map(|_| Vec::new()).collect(),
            offices,
            people: Vec::new(),
            made: 0,
        }
    }

    /// An author whose clock is right, or years off either way.
    fn author(&mut self) -> Author {
        let year = 365 * 24 * 3_600_000;
        let off = if self.random.random_bool(0.2) { self.random.random_range(-60 * year..60 * year) } else { 0 };
        Author { uid: 1, at_ms: now().timestamp_millis() + off }
    }

    fn step(&mut self) {
        let who = self.random.random_range(0..self.offices.len());
        match self.random.random_range(0..100) {
            0..20 => {
                self.made += 1;
                let (_, head) = self.offices[who].register(&format!("H{:04}", self.made), "Bùi Thị Mừng");
                self.people.push(head);
            }
            20..35 => self.open_form(who),
            35..60 => self.save(who),
            60..66 => self.delete_or_restore(who),
            66..88 => drop(self.offices[who].road.sync_now(&self.offices[who].store)),
            88..92 => self.link.cut_after(self.random.random_range(2_000..40_000)),
            92..94 => self.link.lose_answers(true),
            94..97 => self.backups[who] = Some(self.offices[who].back_up()),
            _ => self.break_machine(who),
        }
    }

    fn known(&mut self, who: usize) -> Option<Stored> {
        if self.people.is_empty() {
            return None;
        }
        let id = self.people[self.random.random_range(0..self.people.len())];
        self.offices[who].find(id)
    }

    fn open_form(&mut self, who: usize) {
        if let Some(stored) = self.known(who) {
            self.forms[who].push(stored);
        }
    }

    fn save(&mut self, who: usize) {
        let stale = self.forms[who].pop();
        let Some(opened) = stale.or_else(|| self.known(who)) else { return };
        let (column, value): (_, Value) = match self.random.random_range(0..3) {
            0 => ("full_name", text(&format!("Hà Văn Tư {}", self.random.random_range(0..5)))),
            1 => ("note", text(&format!("ghi chú {}", self.random.random_range(0..5)))),
            _ => ("sex", Value::Code(if self.random.random_bool(0.5) { "male" } else { "female" }.to_owned())),
        };
        let mut row = opened.row.clone();
        row.set(column, Some(value));
        let changes = FieldChange::between(&opened.row, &row);
        let author = self.author();
        // A record deleted meanwhile takes no edit; that is the store's word and fine.
        let _ = self.offices[who].store.write(author, |tx| tx.change(opened.id, &changes, &opened.heads));
    }

    fn delete_or_restore(&mut self, who: usize) {
        let Some(stored) = self.known(who) else { return };
        let (author, delete) = (self.author(), self.random.random_bool(0.6));
        let id = stored.id;
        let done =
            self.offices[who].store.write(author, |tx| if delete { tx.delete(id, Some("mistake")) } else { tx.restore(id) });
        done.unwrap();
    }

    /// The disk dies after everything was sent; the store comes back from an older backup.
    fn break_machine(&mut self, who: usize) {
        // One of several backups of a day is kept.
        let Some(backup) = self.backups[who].take().filter(|backup| backup.is_dir()) else { return };
        self.heal();
        self.offices[who].sync_somehow();
        self.offices[who].restore(&backup);
        self.forms[who].clear();
    }

    fn heal(&self) {
        self.link.cut_after(0);
        self.link.lose_answers(false);
    }

    fn end(mut self, seed: u64) {
        self.heal();
        for _ in 0..2 {
            for office in &self.offices {
                office.sync_somehow();
            }
        }
        let (_, digest) = self.province.scope();
        for office in &self.offices {
            assert_eq!(office.waiting(), 0, "seed {seed}: something still waits");
            assert_eq!(office.digest(), digest, "seed {seed}: an office differs from the province");
            assert!(office.is_verified(), "seed {seed}: the office did not see that both are equal");
        }
        let first = self.offices.remove(0);
        for id in &self.people {
            let want = first.get(*id);
            for office in &self.offices {
                let got = office.get(*id);
                assert_eq!(got.row, want.row, "seed {seed}: values");
                assert_eq!(got.heads, want.heads, "seed {seed}: heads");
                assert_eq!((got.life, &got.conflicts), (want.life, &want.conflicts), "seed {seed}: what people are told");
            }
        }
    }
}

#[test]
fn every_life_ends_with_equal_stores() {
    let seeds = std::env::var("ANSINH_SIM_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    for seed in 0..seeds {
        let mut life = Life::new(seed);
        for _ in 0..EVENTS {
            life.step();
        }
        life.end(seed);
    }
}
