//! Split, merge, change of head.

use casework::Code;
use serde_json::{Value as Json, json};

use super::{Family, codes, relation, text};
use crate::office::is;

/// The son founds a household with his wife and their child.
fn split(family: &Family) -> Json {
    json!({
        "what": "split", "household": family.household, "village": family.chieng, "address_detail": "đầu xóm",
        "leaving": [relation(&family.people[1], "head"), relation(&family.people[2], "spouse"), relation(&family.people[4], "child")],
    })
}

#[test]
fn a_split_household_lives_apart_from_its_day_on_and_the_past_stays() {
    let family = Family::new();
    let done = family.act("2026-06-01", split(&family));
    let new = text(&done["id"]);
    assert_eq!(codes(&done["problems"]), ["split_class_stays"]);
    assert_eq!(family.names(&family.household, "2026-05-31").len(), 5);
    assert_eq!(family.names(&family.household, "2026-06-01"), ["Bùi Thị Nhợi", "Bùi Thị Ngọc Ánh"]);
    assert_eq!(family.names(&new, "2026-05-31"), Vec::<String>::new());
    let one = |name: &str, relation: &str| (name.to_owned(), relation.to_owned());
    assert_eq!(
        family.roster(&new, "2026-06-01"),
        [one("Bùi Văn Thìn", "head"), one("Quách Thị Hậu", "spouse"), one("Bùi Gia Bảo", "child")]
    );
    let view = family.view(&new, None);
    assert_eq!(view["address"], "đầu xóm, xóm Chiềng, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(view["household"]["opened"]["values"]["split_from"], family.household);
    for household in [&family.household, &new] {
        let view = family.view(household, None);
        assert_eq!(view["events"][0]["what"], "split");
        assert_eq!(view["events"][0]["people"].as_array().unwrap().len(), 3);
        assert_eq!(view["findings"], json!([]));
    }
    for page in [&family.household, &new, &family.people[4]] {
        let history = family.office.call("list_history", json!({ "id": page, "offset": 0, "limit": 5 }));
        let act = &history["acts"][0];
        assert_eq!(
            (&act["what"], &act["on"], &act["reason"]),
            (&json!("split"), &json!("2026-06-01"), &json!("Theo đơn của hộ"))
        );
        assert_eq!(act["can_undo"], true);
    }
}

#[test]
fn a_split_is_taken_back_whole() {
    let family = Family::new();
    family.is_taken_back("2026-06-01", split(&family));
}

#[test]
fn what_was_edited_since_a_split_stays_when_it_is_taken_back() {
    let family = Family::new();
    let done = family.act("2026-06-01", split(&family));
    let new = text(&done["id"]);
    let mut form = family.office.call("open_record", json!({ "kind": "household", "id": new }));
    form["values"]["phone"] = json!("0368000127");
    family.office.call("save_record", json!({ "kind": "household", "record": form }));
    family.undo(&done);
    assert_eq!(family.names(&family.household, "2026-11-23").len(), 5, "all live together again");
    assert_eq!(family.view(&new, None)["household"]["opened"]["values"]["phone"], "0368000127", "what was typed is kept");
}

#[test]
fn all_that_is_wrong_with_a_split_is_told_at_once() {
    let family = Family::new();
    let (_, stranger) = family.neighbour();
    let leaving = json!([relation(&family.people[0], "spouse"), relation(&stranger, "child")]);
    let errors = family.refused("2026-12-01", json!({ "what": "split", "household": family.household, "leaving": leaving }));
    assert_eq!(errors, ["on date_in_future", "leaving act_not_a_member", "leaving act_head_missing", "staying act_head_missing"]);
    let errors = family.refused("2026-11", json!({ "what": "split", "household": family.household, "leaving": [] }));
    assert_eq!(errors, ["on date_not_whole", "leaving act_nobody_chosen"]);
}

#[test]
fn an_act_that_would_do_something_else_than_was_shown_is_not_done() {
    let family = Family::new();
    let mut form = json!({ "on": "2026-06-01", "reason": "", "act": split(&family) });
    form["seen"] = family.office.call("check_act", form.clone())["lines"].clone();
    let mut person = family.office.call("open_record", json!({ "kind": "person", "id": family.people[1] }));
    person["values"]["full_name"] = json!("Bùi Văn Thiện");
    family.office.call("save_record", json!({ "kind": "person", "record": person }));
    is(&family.office.refused("do_act", form), Code::PreviewOutdated);
}

#[test]
fn a_merged_household_ends_in_the_other_and_is_taken_back_whole() {
    let family = Family::new();
    let (neighbour, woman) = family.neighbour();
    let merge = json!({
        "what": "merge", "household": neighbour, "into": family.household, "joining": [relation(&woman, "sibling")],
    });
    family.is_taken_back("2026-03-15", merge.clone());
    let done = family.act("2026-03-15", merge);
    assert_eq!(done["id"], family.household);
    assert_eq!(family.names(&family.household, "2026-03-15").len(), 6);
    assert_eq!(family.names(&neighbour, "2026-03-14"), ["Đinh Thị Ước"]);
    assert_eq!(family.households(false)["total"], 1, "the household that ended is not listed");
    assert_eq!(family.households(true)["rows"][0]["head_name"], "Đinh Thị Ước", "it is found among those that are gone");
    let view = family.view(&neighbour, None);
    assert_eq!(view["household"]["opened"]["values"]["joined_into"], family.household);
    assert_eq!(view["findings"], json!([]));

    let again = json!({ "what": "merge", "household": family.household, "into": neighbour, "joining": [] });
    let errors = family.refused("2026-03-20", again);
    assert!(
        errors.contains(&"into act_household_gone".to_owned()) && errors.contains(&"joining relation_missing".to_owned()),
        "{errors:?}"
    );
}

#[test]
fn a_new_head_changes_the_relations_from_the_day_on_only() {
    let family = Family::new();
    let relations = json!([
        relation(&family.people[0], "parent"),
        relation(&family.people[1], "head"),
        relation(&family.people[2], "spouse"),
        relation(&family.people[3], "child"),
        relation(&family.people[4], "child"),
    ]);
    let change = json!({ "what": "change_head", "household": family.household, "relations": relations });
    family.is_taken_back("2026-01-10", change.clone());
    family.act("2026-01-10", change);
    let head = |on: &str| family.view(&family.household, Some(on))["head_name"].clone();
    assert_eq!((head("2026-01-09"), head("2026-01-10")), (json!("Bùi Thị Nhợi"), json!("Bùi Văn Thìn")));
    assert_eq!(family.roster(&family.household, "2026-01-09")[0], ("Bùi Thị Nhợi".to_owned(), "head".to_owned()));
    let view = family.view(&family.household, None);
    assert_eq!(
        view["roster"].as_array().unwrap().len(),
        5,
        "a row that ended because the relation changed is not shown as a departure"
    );
    assert_eq!(family.households(false)["rows"][0]["members"], 5);
}
