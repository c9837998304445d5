//! One person, one entry: hints while typing, people taken in, pairs told apart, merged, and taken apart again.

use casework::Code;
use serde_json::{Value as Json, json};

use crate::office::{Office, five, is, member};

fn similar(office: &Office, typed: Json) -> Vec<Json> {
    office.call("find_similar_people", typed)["people"].as_array().unwrap().clone()
}

fn pairs(office: &Office, mut filter: Json) -> Vec<Json> {
    filter["limit"] = json!(100);
    office.call("list_duplicates", filter)["pairs"].as_array().unwrap().clone()
}

#[test]
fn every_pair_comes_on_one_of_the_pages() {
    let Twice { office, .. } = entered_twice();
    office.household(&office.village("Lũy"), five().clone());
    let page = |offset: u32, limit: u32| office.call("list_duplicates", json!({ "offset": offset, "limit": limit }));
    let all = page(0, 100);
    let total = all["total"].as_u64().unwrap();
    assert!(total >= 5, "all five once more: {total}");
    let one_by_one: Vec<Json> = (0..u32::try_from(total).unwrap()).map(|at| page(at, 1)["pairs"][0].clone()).collect();
    assert_eq!(Json::Array(one_by_one), all["pairs"]);
    assert_eq!(page(u32::try_from(total).unwrap(), 10)["pairs"], json!([]));
}

fn person(office: &Office, id: &Json) -> Json {
    office.call("get_person", json!({ "id": id }))
}

fn present(office: &Office, household: &Json) -> Vec<String> {
    let view = office.call("get_household", json!({ "id": household, "on": null }));
    let roster = view["roster"].as_array().unwrap().iter().filter(|row| row["present"] == true);
    roster.map(|row| row["person"]["opened"]["values"]["full_name"].as_str().unwrap().to_owned()).collect()
}

/// One person entered in two households.
struct Twice {
    office: Office,
    first: Json,
    second: Json,
    one: Json,
    other: Json,
}

fn entered_twice() -> Twice {
    let office = Office::open();
    let village = office.village("Mu");
    let first = office.household(&village, five().clone());
    let hau = member("Quách Thị Hâu", "1984-04-02", "female", "017184000191", "head");
    let second = office.household(&village, json!([hau, member("Hà Văn Tư", "1980", "male", "", "spouse")]));
    let (one, other) = (first["member_ids"][2].clone(), second["member_ids"][0].clone());
    Twice { office, first: first["id"].clone(), second: second["id"].clone(), one, other }
}

fn merge(twice: &Twice, take: &[u16], household: &Json) -> Json {
    let request = json!({ "survivor": twice.one, "given_up": twice.other, "take": take, "household": household });
    twice.office.call("merge_people", request)
}

#[test]
fn somebody_of_the_register_is_hinted_while_they_are_typed() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let found =
        similar(&office, json!({ "full_name": "quach thi hau", "birth_date": "1984", "sex": "female", "village": village }));
    assert_eq!(found[0]["person"]["id"], saved["member_ids"][2]);
    assert_eq!(found[0]["evidence"], json!(["name_marks", "birth_year", "village_same"]));
    assert_eq!(found[0]["level"], "likely");
    assert!(found[0]["person"]["masked_citizen_id"].as_str().unwrap().contains('•'));
    let by_id = similar(&office, json!({ "full_name": "", "citizen_id": "017184 000 119" }));
    assert_eq!(by_id[0]["evidence"], json!(["id_same"]));
    assert!(similar(&office, json!({ "full_name": "Quách Thị Hậu" })).is_empty(), "a name alone is no evidence");
    assert!(similar(&office, json!({ "full_name": "Q", "birth_date": "31/02/2012" })).is_empty());
}

#[test]
fn the_same_person_is_taken_in_and_leaves_where_they_were() {
    let Twice { office, first, second, one, .. } = entered_twice();
    let mut form = office.call("open_household_form", json!({ "id": second }));
    let taken = office.call("open_record", json!({ "id": one, "kind": "person" }));
    let line = json!({ "person": taken, "membership": { "values": { "relationship_to_head": "other" } } });
    form["members"].as_array_mut().unwrap().push(line);
    office.call("save_household", json!({ "form": form }));
    assert!(present(&office, &second).contains(&"Quách Thị Hậu".to_owned()));
    assert!(!present(&office, &first).contains(&"Quách Thị Hậu".to_owned()));
    let memberships = person(&office, &one)["memberships"].clone();
    assert_eq!(memberships.as_array().unwrap().len(), 2, "where they were stays in the history");
    assert_eq!(memberships[0]["membership"]["opened"]["values"]["from_on"], "2026-11-23");
    assert_eq!(memberships[1]["membership"]["opened"]["values"]["to_on"], "2026-11-22");
    office.call("undo", json!({ "act": null }));
    assert!(present(&office, &first).contains(&"Quách Thị Hậu".to_owned()));
}

#[test]
fn somebody_who_is_a_member_already_is_not_made_one_again() {
    let Twice { office, first, one, .. } = entered_twice();
    let mut form = office.call("open_household_form", json!({ "id": first }));
    let taken = office.call("open_record", json!({ "id": one, "kind": "person" }));
    form["members"].as_array_mut().unwrap().push(json!({ "person": taken, "membership": { "values": {} } }));
    office.call("save_household", json!({ "form": form }));
    assert_eq!(present(&office, &first).len(), 5);
}

#[test]
fn a_different_person_is_remembered_with_the_save_and_on_the_page() {
    let Twice { office, one, .. } = entered_twice();
    let village = office.call("list_villages", Json::Null)["villages"][0]["id"].clone();
    let mut line = member("Quách Thị Hậu", "1984", "female", "", "head");
    line["different_from"] = json!([one]);
    let saved = office.household(village.as_str().unwrap(), json!([line]));
    let third = &saved["member_ids"][0];
    let typed = json!({ "id": third, "full_name": "Quách Thị Hậu", "birth_date": "1984", "village": village });
    assert!(similar(&office, typed).iter().all(|found| found["person"]["id"] != one));
    let names_both = |pair: &Json, one: &Json, other: &Json| {
        [[&pair["one"]["id"], &pair["other"]["id"]], [&pair["other"]["id"], &pair["one"]["id"]]].contains(&[one, other])
    };
    assert!(!pairs(&office, json!({})).iter().any(|pair| names_both(pair, &one, third)));
    assert_eq!(office.call("compare_people", json!({ "one": third, "other": one }))["different"], true);
}

#[test]
fn pairs_of_the_register_are_listed_filtered_and_told_apart() {
    let Twice { office, one, other, .. } = entered_twice();
    let listed = pairs(&office, json!({ "likely": true }));
    assert_eq!((&listed[0]["one"]["id"], &listed[0]["other"]["id"]), (&one, &other));
    assert_eq!(listed[0]["evidence"][0], "id_near");
    assert!(pairs(&office, json!({ "same_id": true })).is_empty());
    assert_eq!(pairs(&office, json!({ "text": "hau" })).len(), 1);
    assert!(pairs(&office, json!({ "text": "thin" })).is_empty());
    let elsewhere = office.village("Bưng");
    assert!(pairs(&office, json!({ "village": elsewhere })).is_empty());
    office.call("mark_different", json!({ "one": one, "other": other }));
    assert!(pairs(&office, json!({})).is_empty());
    office.call("undo", json!({ "act": null }));
    assert_eq!(pairs(&office, json!({})).len(), 1);
}

#[test]
fn two_people_side_by_side_show_what_differs_and_no_whole_id() {
    let Twice { office, one, other, first, .. } = entered_twice();
    let seen = office.call("compare_people", json!({ "one": one, "other": other }));
    assert_eq!(seen["differing"], json!([16, 18, 21]));
    assert_eq!(seen["one"]["memberships"][0]["household_id"], first);
    assert_eq!(seen["one"]["made_by"], "Quách Thị Huyền");
    assert!(!seen.to_string().contains("017184000119"), "a whole id is shown on an explicit act only");
}

#[test]
fn a_merge_keeps_the_chosen_values_and_every_reference_and_is_undone() {
    let twice = entered_twice();
    let Twice { office, first, second, one, other } = &twice;
    let allowance = json!({ "values": { "kind": "monthly", "amount": 540_000 } });
    office.call("save_record", json!({ "kind": "allowance", "parent": other, "record": allowance }));
    let secret = json!({ "values": { "matter": "hiv", "answer": "yes" } });
    office.call("save_restricted", json!({ "kind": "restricted_health", "parent": other, "record": secret }));
    let child = office.call("get_household", json!({ "id": second, "on": null }))["roster"][1]["person"]["id"].clone();
    let mother = json!({ "values": { "parent": other, "side": "mother" } });
    office.call("save_record", json!({ "kind": "parent_link", "parent": child, "record": mother }));

    let merged = merge(&twice, &[18], first);
    assert!(merged["act"].is_string() && !merged.to_string().contains("hiv"));
    let view = person(office, other);
    assert_eq!(view["person"]["id"], *one, "the old entry leads to the one that stays");
    let values = &view["person"]["opened"]["values"];
    assert_eq!((&values["full_name"], &values["birth_date"]), (&json!("Quách Thị Hậu"), &json!("1984-04-02")));
    let allowances = view["records"].as_array().unwrap().iter().find(|group| group["kind"] == "allowance").unwrap();
    assert_eq!(allowances["records"][0]["opened"]["values"]["amount"], 540_000);
    assert!(!view.to_string().contains("hiv"), "what is specially protected is not shown by a merge");
    let restricted = office.call("open_restricted", json!({ "person": one, "reason": "kiểm tra sau khi gộp" }));
    assert_eq!(restricted["records"][0]["opened"]["values"]["matter"], "hiv", "and not lost by it");
    assert_eq!(
        person(office, &child)["records"].to_string().matches("Quách Thị Hậu").count(),
        1,
        "who names her names the survivor"
    );
    assert!(present(office, first).contains(&"Quách Thị Hậu".to_owned()));
    assert_eq!(present(office, second), ["Hà Văn Tư"]);
    let found = office.call("search", json!({ "text": "000191", "limit": 5 }));
    assert_eq!(found["results"][0]["id"], *one, "found by the number that was given up");
    assert_eq!(view["given_up"][0]["full_name"], "Quách Thị Hâu");
    let history = office.call("list_history", json!({ "id": one, "offset": 0, "limit": 50 })).to_string();
    assert!(history.contains("Quách Thị Hâu") || history.matches("created").count() >= 2, "both histories are kept");
    assert!(pairs(office, json!({})).is_empty());

    office.call("unmerge_people", json!({ "id": other }));
    assert_eq!(person(office, other)["person"]["opened"]["values"]["full_name"], "Quách Thị Hâu");
    assert_eq!(person(office, one)["person"]["opened"]["values"]["birth_date"], "1984-04");
    assert!(present(office, second).contains(&"Quách Thị Hâu".to_owned()));
    assert_eq!(person(office, one)["given_up"], json!([]));
    is(&office.refused("unmerge_people", json!({ "id": other })), Code::NothingToUndo);
}

#[test]
fn the_last_merge_is_undone_like_any_other_act() {
    let twice = entered_twice();
    merge(&twice, &[], &twice.second);
    let Twice { office, first, second, other, .. } = &twice;
    assert!(!present(office, first).contains(&"Quách Thị Hậu".to_owned()), "the home chosen was the second");
    office.call("undo", json!({ "act": null }));
    assert!(present(office, first).contains(&"Quách Thị Hậu".to_owned()));
    assert_eq!(person(office, other)["person"]["id"], *other);
    assert_eq!(present(office, second).len(), 2);
}

#[test]
fn two_entries_in_one_household_become_one_member() {
    let office = Office::open();
    let village = office.village("Mu");
    let twice = json!([
        member("Bùi Thị Nhợi", "1950-03-12", "female", "", "head"),
        member("Bùi Thị Hiền", "1978", "female", "", "child"),
        member("Bùi Thị Hiển", "1978-05-02", "female", "", "other"),
    ]);
    let saved = office.household(&village, twice);
    let (survivor, given_up) = (&saved["member_ids"][2], &saved["member_ids"][1]);
    office.call("merge_people", json!({ "survivor": survivor, "given_up": given_up, "take": [] }));
    assert_eq!(present(&office, &saved["id"]).len(), 2);
    let view = office.call("get_household", json!({ "id": saved["id"], "on": null }));
    let kept = view["roster"].as_array().unwrap().iter().find(|row| row["person"]["id"] == *survivor).unwrap();
    assert_eq!(kept["membership"]["opened"]["values"]["relationship_to_head"], "other", "the survivor's relationship stays");
    office.call("undo", json!({ "act": null }));
    assert_eq!(present(&office, &saved["id"]).len(), 3);
}

#[test]
fn only_two_people_of_the_register_are_merged() {
    let Twice { office, first, one, .. } = entered_twice();
    is(&office.refused("merge_people", json!({ "survivor": one, "given_up": one, "take": [] })), Code::BadRequest);
    is(&office.refused("merge_people", json!({ "survivor": one, "given_up": first, "take": [] })), Code::NotFound);
    office.work_as("accountant");
    is(&office.refused("merge_people", json!({ "survivor": one, "given_up": first, "take": [] })), Code::NoRight);
}
