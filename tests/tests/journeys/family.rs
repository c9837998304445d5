//! Acts of family life on two machines that had not heard of each other: nothing is lost, what contradicts is told.

use casework::family::perform;
use casework::views::family::ActForm;
use domain::records::{Household, HouseholdMember};
use domain::registry::Record;
use domain::{RecordId, registry};
use serde_json::{Value as Json, json};
use store::{HouseholdFilter, HouseholdOrder, Page, Sight};

use crate::world::{Office, Province, UNIT, assert_whole, now, text};

/// Does an act as the door does it.
fn act(office: &Office, on: &str, act: Json) -> Option<RecordId> {
    let form: ActForm = serde_json::from_value(json!({ "on": on, "reason": "", "act": act })).unwrap();
    let written = office.store.write(office.author(), |tx| perform(tx, &form, UNIT, now().date_naive())).unwrap();
    written.value.unwrap_or_else(|problem| panic!("{problem:?}")).id
}

/// Who has an open row in a household.
fn members(office: &Office, household: RecordId) -> Vec<RecordId> {
    let rows = office.store.read(|view| view.list_children(household, HouseholdMember::KIND, Sight::Plain)).unwrap();
    let open = rows.iter().map(|row| row.record::<HouseholdMember>()).filter(|row| row.to_on.is_none());
    let mut people: Vec<RecordId> = open.filter_map(|row| row.person).collect();
    people.sort_unstable();
    people
}

struct Pair {
    province: Province,
    first: Office,
    second: Office,
    household: RecordId,
    head: RecordId,
    child: RecordId,
}

/// Two machines that both know a household of two.
fn pair() -> Pair {
    let province = Province::plain();
    let (first, second) = (Office::enrolled(&province, &province.url()), Office::enrolled(&province, &province.url()));
    let (household, head) = first.register("H0001", "Bùi Thị Mừng");
    first.sync();
    second.sync();
    let child = members(&first, household).into_iter().find(|person| *person != head).unwrap();
    Pair { province, first, second, household, head, child }
}

impl Pair {
    /// Until both have heard everything.
    fn meet(&self) {
        for office in [&self.first, &self.second, &self.first] {
            office.sync();
        }
        let made = self.first.ops_made() + self.second.ops_made();
        assert_whole(&self.province, &[&self.first, &self.second], made);
    }

    fn split(&self, office: &Office) -> RecordId {
        let leaving = json!([{ "person": self.child, "relationship": "head" }]);
        let split = json!({ "what": "split", "household": self.household, "leaving": leaving });
        act(office, "2026-06-01", split).unwrap()
    }
}

#[test]
fn a_household_split_on_one_machine_and_edited_on_the_other_keeps_both() {
    let pair = pair();
    let new = pair.split(&pair.first);
    pair.second.set(pair.child, "full_name", text("Bùi Văn Năm"));
    pair.second.set(pair.household, "note", text("nhà dột"));
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!(members(office, pair.household), [pair.head]);
        assert_eq!(members(office, new), [pair.child]);
        assert_eq!(office.text(pair.child, "full_name").as_deref(), Some("Bùi Văn Năm"));
        assert_eq!(office.text(pair.household, "note").as_deref(), Some("nhà dột"));
        assert!(office.get(pair.household).conflicts.is_empty() && office.get(pair.child).conflicts.is_empty());
    }
}

#[test]
fn a_split_taken_back_after_both_met_leaves_what_the_other_wrote() {
    let pair = pair();
    let new = pair.split(&pair.first);
    pair.meet();
    pair.second.set(new, "note", text("nhà mới ở đầu xóm"));
    pair.meet();
    let last = pair.first.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
    pair.first.store.write(pair.first.author(), |tx| tx.undo_act(last.id)).unwrap();
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!(members(office, pair.household).len(), 2, "they live together again");
        assert_eq!(office.text(new, "note").as_deref(), Some("nhà mới ở đầu xóm"), "what the other wrote is kept");
    }
}

#[test]
fn a_death_told_on_both_machines_is_one_death() {
    let pair = pair();
    for office in [&pair.first, &pair.second] {
        act(office, "2026-10-02", json!({ "what": "death", "person": pair.child, "certificate_no": "12" }));
    }
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!(members(office, pair.household), [pair.head]);
        assert_eq!(office.text(pair.child, "death_date").as_deref(), Some("2026-10-02"));
        assert!(office.get(pair.child).conflicts.is_empty(), "the same was said twice");
    }
}

#[test]
fn two_days_of_death_are_both_kept_until_a_person_chooses() {
    let pair = pair();
    for (office, day) in [(&pair.first, "2026-10-02"), (&pair.second, "2026-10-03")] {
        act(office, day, json!({ "what": "death", "person": pair.child, "certificate_no": "12" }));
    }
    pair.meet();
    let death = registry::kind_named("person").unwrap().field_of("death_date").unwrap().fid;
    for office in [&pair.first, &pair.second] {
        let person = office.get(pair.child);
        assert_eq!((person.conflicts.as_slice(), person.heads.of(death).len()), ([death].as_slice(), 2));
    }
}

#[test]
fn a_member_whom_both_machines_split_off_stands_in_both_until_a_person_decides() {
    let pair = pair();
    let news = [pair.split(&pair.first), pair.split(&pair.second)];
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!(members(office, pair.household), [pair.head]);
        for new in news {
            assert_eq!(members(office, new), [pair.child], "neither household is lost");
        }
    }
}

#[test]
fn of_two_homes_told_on_two_machines_one_key_keeps_one() {
    let pair = pair();
    let news = [pair.split(&pair.first), pair.split(&pair.second)];
    pair.meet();
    act(&pair.second, "2026-11-22", json!({ "what": "keep_home", "household": news[0], "person": pair.child }));
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!((members(office, news[0]), members(office, news[1])), (vec![pair.child], vec![]));
        assert_eq!(office.two_homes(), [] as [RecordId; 0]);
    }
    undo_last(&pair.second);
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!((members(office, news[0]), members(office, news[1])), (vec![pair.child], vec![pair.child]));
        assert_eq!(office.two_homes(), [pair.child], "taken back, both homes wait again");
    }
}

fn undo_last(office: &Office) {
    let last = office.store.read(|view| view.find_last_act(1)).unwrap().unwrap();
    office.store.write(office.author(), |tx| tx.undo_act(last.id)).unwrap();
}

/// The relations of those with an open row in a household.
fn relations(office: &Office, household: RecordId) -> Vec<(RecordId, Option<String>)> {
    let rows = office.store.read(|view| view.list_children(household, HouseholdMember::KIND, Sight::Plain)).unwrap();
    let open = rows.iter().map(|row| row.record::<HouseholdMember>()).filter(|row| row.to_on.is_none());
    let mut relations: Vec<(RecordId, Option<String>)> =
        open.filter_map(|row| Some((row.person?, row.relationship_to_head))).collect();
    relations.sort_unstable();
    relations
}

fn with_two_heads(office: &Office) -> Vec<RecordId> {
    let filter = HouseholdFilter { marks: [store::HouseholdMark::TwoHeads].into(), ..HouseholdFilter::default() };
    let page = Page { offset: 0, limit: 10 };
    let listed = office.store.read(|view| view.list_households(&filter, HouseholdOrder::Head, false, page)).unwrap();
    listed.rows.iter().map(|row| row.id).collect()
}

/// A second child, whom both machines know.
fn with_sister(pair: &Pair) -> RecordId {
    let birth = json!({
        "what": "birth", "household": pair.household, "relationship": "child", "child": { "full_name": "Bùi Thị Hằng" },
    });
    act(&pair.first, "1999-05-02", birth);
    pair.meet();
    members(&pair.first, pair.household).into_iter().find(|id| ![pair.head, pair.child].contains(id)).unwrap()
}

#[test]
fn two_heads_told_on_two_machines_are_shown_and_one_key_keeps_one() {
    let pair = pair();
    let sister = with_sister(&pair);
    let relation = |person: RecordId, relationship: &str| json!({ "person": person, "relationship": relationship });
    let first = [relation(pair.head, "parent"), relation(pair.child, "head"), relation(sister, "sibling")];
    act(&pair.first, "2026-10-01", json!({ "what": "change_head", "household": pair.household, "relations": first }));
    let second = [relation(pair.head, "parent"), relation(sister, "head")];
    act(&pair.second, "2026-10-05", json!({ "what": "change_head", "household": pair.household, "relations": second }));
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!(with_two_heads(office), [pair.household], "neither machine's word is silently taken");
    }

    let conflicts = |office: &Office| office.store.read(|view| view.list_conflicts(Sight::Plain)).unwrap().conflicts.len();
    let before = (relations(&pair.first, pair.household), conflicts(&pair.first));
    act(&pair.second, "2026-11-22", json!({ "what": "keep_head", "household": pair.household, "person": pair.child }));
    pair.meet();
    let told = |person: RecordId, relationship: &str| (person, Some(relationship.to_owned()));
    let mut kept = vec![told(pair.head, "parent"), told(pair.child, "head"), told(sister, "sibling")];
    kept.sort_unstable();
    for office in [&pair.first, &pair.second] {
        assert_eq!(relations(office, pair.household), kept, "what was told with the head that stays");
        assert!(with_two_heads(office).is_empty());
        assert_eq!(conflicts(office), 0);
    }

    undo_last(&pair.second);
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert_eq!(with_two_heads(office), [pair.household], "taken back, it waits again");
        assert_eq!((relations(office, pair.household), conflicts(office)), before, "with all that was told on both machines");
    }
}

#[test]
fn a_head_who_is_not_kept_is_again_what_they_were() {
    let pair = pair();
    let sister = with_sister(&pair);
    let relation = |person: RecordId, relationship: &str| json!({ "person": person, "relationship": relationship });
    for (office, head) in [(&pair.first, pair.child), (&pair.second, sister)] {
        let relations = [relation(pair.head, "parent"), relation(head, "head")];
        act(office, "2026-10-01", json!({ "what": "change_head", "household": pair.household, "relations": relations }));
    }
    pair.meet();
    act(&pair.first, "2026-11-22", json!({ "what": "keep_head", "household": pair.household, "person": sister }));
    pair.meet();
    let told = |person: RecordId, relationship: &str| (person, Some(relationship.to_owned()));
    let mut kept = vec![told(pair.head, "parent"), told(pair.child, "child"), told(sister, "head")];
    kept.sort_unstable();
    for office in [&pair.first, &pair.second] {
        assert_eq!(relations(office, pair.household), kept);
    }
}

#[test]
fn a_child_born_on_one_machine_into_a_household_that_the_other_merged_is_still_listed() {
    let pair = pair();
    let (other, _) = pair.second.register("H0002", "Hà Văn Tư");
    pair.meet();
    let joining: Vec<Json> =
        [pair.head, pair.child].iter().map(|person| json!({ "person": person, "relationship": "other_relative" })).collect();
    act(&pair.first, "2026-11-01", json!({ "what": "merge", "household": pair.household, "into": other, "joining": joining }));
    let birth = json!({
        "what": "birth", "household": pair.household, "relationship": "grandchild", "child": { "full_name": "Bùi Thị Sơ Sinh" },
    });
    act(&pair.second, "2026-11-02", birth);
    pair.meet();
    for office in [&pair.first, &pair.second] {
        assert!(office.get(pair.household).record::<Household>().joined_into == Some(other));
        let page = Page { offset: 0, limit: 10 };
        let listed = office
            .store
            .read(|view| view.list_households(&HouseholdFilter::default(), HouseholdOrder::Head, false, page))
            .unwrap();
        assert!(listed.rows.iter().any(|row| row.id == pair.household && row.members == 1), "who lives there is not hidden");
    }
}
