//! An office: a real folder, a clock that can be moved, and no road.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use casework::desk::Desk;
use casework::{Code, Problem, Session};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};
use store::{Contact, Road, RoadError, RoadState, Store};

pub const PASSWORD: &str = "mat khau thu nghiem";

/// No network: our normal state.
struct NoRoad;

impl Road for NoRoad {
    fn enrol(&self, _: &Store, _: &str, _: &str) -> Result<(), RoadError> {
        Err(RoadError::Offline)
    }
    fn sync_now(&self, _: &Store) -> Result<Contact, RoadError> {
        Err(RoadError::NotEnrolled)
    }
    fn state(&self) -> RoadState {
        RoadState::default()
    }
}

pub struct Office {
    pub desk: Desk,
    now: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Office {
    /// A folder without a register.
    pub fn empty(sample: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let begin = "2026-11-23T01:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let now = Arc::new(AtomicI64::new(begin.timestamp_millis()));
        let clock = Arc::clone(&now);
        let tell = move || DateTime::from_timestamp_millis(clock.load(Ordering::SeqCst)).unwrap();
        let session = Session::new(folder.path().join("commune"), sample, tell());
        let desk = Desk::new(session, tell, Arc::new(NoRoad), "0.1.0", |_| {});
        Self { desk, now, _folder: folder }
    }

    /// A register of Xã Mường Bi with its first worker signed in.
    pub fn open() -> Self {
        let office = Self::empty(false);
        office.call("set_up", json!({ "unit": 51582, "name": "Quách Thị Huyền", "password": PASSWORD }));
        office
    }

    pub fn later(&self, by: TimeDelta) {
        self.now.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// A command that must succeed.
    pub fn call(&self, name: &str, payload: Json) -> Json {
        match self.desk.call(name, payload) {
            Ok(answer) => answer,
            Err(problem) => panic!("{name} was refused: {problem:?}"),
        }
    }

    /// A command that must be refused.
    pub fn refused(&self, name: &str, payload: Json) -> Problem {
        match self.desk.call(name, payload) {
            Ok(answer) => panic!("{name} was not refused: {answer}"),
            Err(problem) => problem,
        }
    }

    /// Adds a worker and signs them in.
    pub fn work_as(&self, role: &str) {
        self.call("add_worker", json!({ "name": "Bùi Văn Chiến", "role": role, "admin": false, "password": PASSWORD }));
        let workers = self.call("list_workers", Json::Null);
        let uid = workers["workers"].as_array().unwrap().last().unwrap()["uid"].clone();
        self.call("sign_in", json!({ "uid": uid, "password": PASSWORD }));
    }

    /// A village to live in.
    pub fn village(&self, name: &str) -> String {
        let values = json!({ "name": name, "village_type": "xom" });
        let saved = self.call("save_record", json!({ "kind": "village", "record": { "values": values } }));
        saved["id"].as_str().unwrap().to_owned()
    }

    /// Saves a new household and gives the answer.
    pub fn household(&self, village: &str, members: Json) -> Json {
        let form = json!({ "household": { "values": { "village": village } }, "members": members, "poverty": { "values": { "class": "poor" } } });
        self.call("save_household", json!({ "form": form }))
    }
}

/// Five people as they live together.
pub fn five() -> &'static Json {
    static FIVE: OnceLock<Json> = OnceLock::new();
    FIVE.get_or_init(|| {
        json!([
            member("Bùi Thị Nhợi", "1950-03-12", "female", "017150000127", "head"),
            member("Bùi Văn Thìn", "1978", "male", "017078000452", "child"),
            member("Quách Thị Hậu", "1984-04", "female", "017184000119", "child_in_law"),
            member("Bùi Thị Ngọc Ánh", "2012-09-15", "female", "", "grandchild"),
            member("Bùi Gia Bảo", "2024-02-20", "male", "", "grandchild"),
        ])
    })
}

pub fn member(name: &str, birth: &str, sex: &str, id: &str, relationship: &str) -> Json {
    json!({
        "person": { "values": { "full_name": name, "birth_date": birth, "sex": sex, "citizen_id": id, "ethnic_code": "06" } },
        "membership": { "values": { "relationship_to_head": relationship } },
    })
}

pub fn is(problem: &Problem, code: Code) {
    assert_eq!(problem.code, code, "{problem:?}");
}
