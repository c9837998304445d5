//! A province that really serves, and offices with real stores on temporary folders.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::registry::Record;
use domain::{RecordId, UnitId, Value, records};
use server::admin::{self, AdminCommand, CodeCommand, CommuneCommand};
use server::config::{DataConfig, ListenConfig};
use server::db::scopes;
use server::serve::{self, Running};
use store::{Author, Contact, Cost, FieldChange, Folder, NewStore, Place, Proof, Road, RoadError, Role, Sight, Store, Stored};
use sync::ScopeDigest;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use transport::HttpRoad;

pub const UNIT: UnitId = UnitId(51582);
pub const CODE: &str = "05158";
pub const OTHER_CODE: &str = "05152";
const PASSWORD: &str = "Mường Bi 2026";
const ADMIN: Proof<'static> = Proof::Password { uid: 1, password: PASSWORD };
/// One derivation of a password in a millisecond.
const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

pub fn now() -> DateTime<Utc> {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

/// The province and its server.
pub struct Province {
    runtime: Runtime,
    opened: Arc<server::Province>,
    running: Running,
    _folder: TempDir,
}

impl Province {
    /// Serving TLS under the name `localhost`.
    pub fn sealed() -> Self {
        Self::on(&ListenConfig::loopback_tls("localhost"))
    }

    /// Serving plain HTTP on this machine.
    pub fn plain() -> Self {
        Self::on(&ListenConfig::loopback())
    }

    fn on(listen: &ListenConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let data = DataConfig::embedded(folder.path());
        let opened = runtime.block_on(server::Province::open(&data)).unwrap();
        let running = runtime.block_on(async { serve::start(Arc::clone(&opened), listen) }).unwrap();
        let province = Self { runtime, opened, running, _folder: folder };
        for code in [CODE, OTHER_CODE] {
            province.admin(AdminCommand::Commune(CommuneCommand::Add { code: code.to_owned() }));
        }
        province
    }

    pub fn url(&self) -> String {
        self.running.url().to_owned()
    }

    pub fn port(&self) -> u16 {
        self.running.address().port()
    }

    pub fn admin(&self, command: AdminCommand) -> serde_json::Value {
        self.runtime.block_on(admin::execute(&self.opened, command)).unwrap().json
    }

    /// What is said of a command that is refused.
    pub fn refused(&self, command: AdminCommand) -> String {
        self.runtime.block_on(admin::execute(&self.opened, command)).unwrap_err().to_string()
    }

    pub fn new_code(&self, commune: &str) -> String {
        let made = self.admin(AdminCommand::Code(CodeCommand::New { commune: commune.to_owned(), name: "may".to_owned() }));
        made["code"].as_str().unwrap().to_owned()
    }

    /// How many ops the commune's sequence holds, and the province's digest of it.
    pub fn scope(&self) -> (u64, ScopeDigest) {
        let find = self.opened.db.read(|tx| scopes::find(tx, UNIT.0));
        let scope = self.runtime.block_on(find).unwrap().unwrap();
        (scope.seq, ScopeDigest::from_parts(scope.digest, scope.n))
    }
}

/// One machine of the commune.
pub struct Office {
    pub store: Store,
    pub road: Arc<HttpRoad>,
    folder: Folder,
    _place: TempDir,
}

impl Office {
    pub fn new() -> Self {
        Self::of("Bùi Thị Mừng")
    }

    /// An office of one worker, number 1 on this machine as on every other.
    pub fn of(worker: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open_with_cost(place.path().join("data"), CHEAP).unwrap();
        let new = NewStore { unit: UNIT.0, sample: false, worker, role: Role::Officer, password: PASSWORD };
        let (store, _) = folder.create(new, now()).unwrap();
        let road = Arc::new(HttpRoad::new("0.1.0", || now().timestamp_millis()).unwrap());
        Self { store, road, folder, _place: place }
    }

    /// The disk is cloned: two machines with the same store go on from here.
    pub fn cloned(self) -> (Self, Self) {
        self.store.close();
        let copy = tempfile::tempdir().unwrap();
        std::fs::create_dir(copy.path().join("data")).unwrap();
        for name in ["store.db", "keys.json", "keys.json.bak"] {
            std::fs::copy(self.folder.path().join(name), copy.path().join("data").join(name)).unwrap();
        }
        let store = self.folder.sign_in(1, PASSWORD, now()).unwrap();
        (Self { store, ..self }, Self::at(copy))
    }

    fn at(place: TempDir) -> Self {
        let folder = Folder::open_with_cost(place.path().join("data"), CHEAP).unwrap();
        let store = folder.sign_in(1, PASSWORD, now()).unwrap();
        let road = Arc::new(HttpRoad::new("0.1.0", || now().timestamp_millis()).unwrap());
        Self { store, road, folder, _place: place }
    }

    /// An office with a number, that reaches the province at `url`.
    pub fn enrolled(province: &Province, url: &str) -> Self {
        let office = Self::new();
        office.enrol(province, url);
        office
    }

    /// The same office by a road that gives a silent province up after so many milliseconds.
    pub fn patient_for_ms(mut self, limit: fn(u64) -> u64) -> Self {
        self.road = Arc::new(HttpRoad::with_stall_limit("0.1.0", || now().timestamp_millis(), limit).unwrap());
        self
    }

    pub fn enrol(&self, province: &Province, url: &str) {
        self.road.enrol(&self.store, url, &province.new_code(CODE)).unwrap();
    }

    pub fn sync(&self) -> Contact {
        self.road.sync_now(&self.store).unwrap()
    }

    /// Tries until it succeeds: what the loop in the background does, without its waits.
    pub fn sync_somehow(&self) -> Contact {
        for _ in 0..1_000 {
            match self.road.sync_now(&self.store) {
                Ok(contact) => return contact,
                Err(RoadError::Offline) => {}
                Err(other) => panic!("a cut is no reason for this: {other:?}"),
            }
        }
        panic!("a thousand contacts brought nothing to an end");
    }

    pub fn back_up(&self) -> PathBuf {
        self.folder.back_up(&self.store, now()).unwrap().path
    }

    pub fn restore(&mut self, backup: &std::path::Path) {
        self.folder.restore(backup, ADMIN, None, now()).unwrap();
        self.store = self.folder.sign_in(1, PASSWORD, now()).unwrap();
    }

    /// This office's number at the province.
    pub fn number(&self) -> u32 {
        self.store.read(|view| view.device_number()).unwrap().unwrap()
    }

    pub fn author(&self) -> Author {
        Author { uid: 1, at_ms: now().timestamp_millis() }
    }

    /// A household of its head and one child.
    pub fn register(&self, code: &str, head: &str) -> (RecordId, RecordId) {
        let written = self.store.write(self.author(), |tx| {
            let household = records::Household { code: Some(code.to_owned()), ..records::Household::default() };
            let household = tx.create(&household.to_row(), Place::Root(UNIT))?;
            let mut people = Vec::new();
            for (name, relationship) in [(head, "head"), ("Bùi Văn Nam", "child")] {
                let person = records::Person { full_name: Some(name.to_owned()), ..records::Person::default() };
                let person = tx.create(&person.to_row(), Place::Root(UNIT))?;
                let member = records::HouseholdMember {
                    person: Some(person),
                    relationship_to_head: Some(relationship.to_owned()),
                    ..records::HouseholdMember::default()
                };
                tx.create(&member.to_row(), Place::Child(household))?;
                people.push(person);
            }
            Ok((household, people[0]))
        });
        written.unwrap().value
    }

    pub fn register_many(&self, count: usize) {
        for number in 0..count {
            self.register(&format!("H{number:04}"), &format!("Đinh Thị Nhung {number}"));
        }
    }

    /// Writes one column as somebody who sees the record as it is now.
    pub fn set(&self, id: RecordId, column: &str, value: Value) {
        let stored = self.get(id);
        let mut row = stored.row.clone();
        row.set(column, Some(value));
        let changes = FieldChange::between(&stored.row, &row);
        self.store.write(self.author(), |tx| tx.change(id, &changes, &stored.heads)).unwrap();
    }

    pub fn find(&self, id: RecordId) -> Option<Stored> {
        self.store.read(|view| view.find_record(id, Sight::Plain)).unwrap()
    }

    pub fn get(&self, id: RecordId) -> Stored {
        self.find(id).expect("the record is here")
    }

    pub fn text(&self, id: RecordId, column: &str) -> Option<String> {
        self.get(id).row.text(column)
    }

    /// People who are present in several households.
    pub fn two_homes(&self) -> Vec<RecordId> {
        let filter = store::PersonFilter { marks: [store::PersonMark::TwoHomes].into(), ..store::PersonFilter::default() };
        let page = store::Page { offset: 0, limit: 10 };
        let listed = self.store.read(|view| view.list_people(&filter, store::PersonOrder::Name, false, page)).unwrap();
        listed.rows.iter().map(|row| row.id).collect()
    }

    pub fn waiting(&self) -> u64 {
        self.store.read(|view| Ok(view.waiting()?.changes)).unwrap()
    }

    pub fn digest(&self) -> ScopeDigest {
        self.store.read(|view| view.scope_digest(UNIT.0)).unwrap()
    }

    /// How many ops this office has made under its number.
    pub fn ops_made(&self) -> u64 {
        self.store.read(|view| Ok(view.standing("", view.audit_head()?)?.next_dseq - 1)).unwrap()
    }

    /// Whether both sides said that they are equal, and since then nothing contradicted it.
    pub fn is_verified(&self) -> bool {
        let scopes = self.store.read(|view| view.list_scopes()).unwrap();
        let scope = scopes.iter().find(|scope| scope.scope == UNIT.0).unwrap();
        scope.verified_at_ms.is_some() && scope.mismatch_at_ms.is_none()
    }
}

/// Nothing is lost, nothing doubled: the sequence holds the ops that were made, and everyone's digest is the province's.
pub fn assert_whole(province: &Province, offices: &[&Office], ops: u64) {
    let (in_sequence, digest) = province.scope();
    assert_eq!(in_sequence, ops, "the province holds each op once");
    for office in offices {
        assert_eq!(office.waiting(), 0, "nothing waits after a whole contact");
        assert_eq!(office.digest(), digest, "both sides hold the same state");
        assert!(office.is_verified());
    }
}

pub fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}
