//! Acts of family life: each done, seen in the rosters of its days, and taken back whole.

mod moves;
mod registers;
mod rosters;
mod splits;
mod villages;
mod vital;

use serde_json::{Value as Json, json};

use crate::office::{Office, five};

/// An office with a household of five in xóm Mu and another village.
pub struct Family {
    pub office: Office,
    pub mu: String,
    pub chieng: String,
    pub household: String,
    /// Bùi Thị Nhợi (head), Bùi Văn Thìn, Quách Thị Hậu, Bùi Thị Ngọc Ánh, Bùi Gia Bảo.
    pub people: Vec<String>,
}

impl Family {
    pub fn new() -> Self {
        let office = Office::open();
        let (mu, chieng) = (office.village("Mu"), office.village("Chiềng"));
        let saved = office.household(&mu, five().clone());
        let people = saved["member_ids"].as_array().unwrap().iter().map(id).collect();
        Self { household: id(&saved["id"]), office, mu, chieng, people }
    }

    /// Another household of one woman, in xóm Chiềng.
    pub fn neighbour(&self) -> (String, String) {
        let members = json!([crate::office::member("Đinh Thị Ước", "1960", "female", "", "head")]);
        let saved = self.office.household(&self.chieng, members);
        (id(&saved["id"]), id(&saved["member_ids"][0]))
    }

    /// Previews an act, does what was previewed, gives the answer.
    pub fn act(&self, on: &str, act: Json) -> Json {
        let mut form = json!({ "on": on, "reason": "Theo đơn của hộ", "act": act });
        form["seen"] = self.office.call("check_act", form.clone())["lines"].clone();
        self.office.call("do_act", form)
    }

    /// The codes of the problems of an act that must be refused.
    pub fn refused(&self, on: &str, act: Json) -> Vec<String> {
        let form = json!({ "on": on, "act": act });
        let told = self.office.call("check_act", form.clone());
        let problem = self.office.refused("do_act", form);
        assert_eq!(serde_json::to_value(&problem.fields).unwrap(), told["problems"], "the preview tells what the door says");
        let errors = problem.fields.iter().filter(|field| field.level == domain::Level::Error);
        errors.map(|field| format!("{} {}", field.path, field.code)).collect()
    }

    pub fn undo(&self, done: &Json) {
        self.office.call("undo", json!({ "act": done["act"] }));
    }

    /// Does an act and takes it back: everything is as it was before.
    pub fn is_taken_back(&self, on: &str, act: Json) {
        let before = self.everything();
        let done = self.act(on, act);
        assert_ne!(before, self.everything(), "the act changed something");
        self.undo(&done);
        assert_eq!(before, self.everything(), "undo restores everything");
    }

    pub fn view(&self, household: &str, on: Option<&str>) -> Json {
        self.office.call("get_household", json!({ "id": household, "on": on }))
    }

    pub fn person(&self, person: &str) -> Json {
        self.office.call("get_person", json!({ "id": person }))
    }

    /// Who was present on a day, with the relation to the head.
    pub fn roster(&self, household: &str, on: &str) -> Vec<(String, String)> {
        let page = self.office.call("roster_on", json!({ "household": household, "on": on, "offset": 0, "limit": 1 }));
        let members = page["rows"][0]["members"].as_array().unwrap();
        let one = |member: &Json| (text(&member["full_name"]), text(&member["relationship"]));
        members.iter().map(one).collect()
    }

    pub fn names(&self, household: &str, on: &str) -> Vec<String> {
        self.roster(household, on).into_iter().map(|(name, _)| name).collect()
    }

    pub fn households(&self, gone: bool) -> Json {
        let filter = json!({ "gone": gone });
        self.office
            .call("list_households", json!({ "filter": filter, "sort": "name", "descending": false, "offset": 0, "limit": 50 }))
    }

    pub fn people(&self, filter: Json) -> Json {
        self.office
            .call("list_people", json!({ "filter": filter, "sort": "name", "descending": false, "offset": 0, "limit": 50 }))
    }

    /// All pages of the register, without what only tells that something was written.
    pub fn everything(&self) -> Json {
        let mut pages = Vec::new();
        for gone in [false, true] {
            let listed = self.households(gone);
            for row in listed["rows"].as_array().unwrap() {
                pages.push(self.view(&text(&row["id"]), None));
            }
            pages.push(listed);
        }
        let listed = self.people(json!({ "standing": "everyone" }));
        for row in listed["rows"].as_array().unwrap() {
            pages.push(self.person(&text(&row["id"])));
        }
        pages.push(self.people(json!({})));
        pages.push(self.office.call("get_places", json!({ "on": null })));
        let mut all = Json::Array(pages);
        without_traces(&mut all);
        all
    }
}

fn without_traces(json: &mut Json) {
    match json {
        Json::Object(map) => {
            for trace in ["heads", "pending", "changed_at", "changed_by"] {
                map.remove(trace);
            }
            map.values_mut().for_each(without_traces);
        }
        Json::Array(list) => list.iter_mut().for_each(without_traces),
        _ => {}
    }
}

pub fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

fn id(json: &Json) -> String {
    json.as_str().unwrap().to_owned()
}

pub fn relation(person: &str, relationship: &str) -> Json {
    json!({ "person": person, "relationship": relationship })
}

pub fn codes(problems: &Json) -> Vec<String> {
    problems.as_array().unwrap().iter().map(|problem| text(&problem["code"])).collect()
}
