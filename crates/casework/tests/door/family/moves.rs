//! Members and whole households that move, and come back.

use serde_json::json;

use super::{Family, codes, relation, text};
use crate::office::five;

#[test]
fn a_member_moves_to_another_household() {
    let family = Family::new();
    let (neighbour, _) = family.neighbour();
    let leave = json!({
        "what": "leave", "household": family.household, "leaving": [relation(&family.people[3], "niece_nephew")],
        "destination": { "to": "household", "household": neighbour }, "why": "move",
    });
    family.is_taken_back("2026-09-01", leave.clone());
    family.act("2026-09-01", leave);
    assert_eq!(family.names(&family.household, "2026-08-31").len(), 5);
    assert_eq!(family.names(&neighbour, "2026-09-01"), ["Đinh Thị Ước", "Bùi Thị Ngọc Ánh"]);
    let page = family.person(&family.people[3]);
    assert_eq!(page["memberships"].as_array().unwrap().len(), 2);
    assert_eq!(page["memberships"][0]["household_id"], neighbour);
}

#[test]
fn a_member_lives_in_another_village_and_comes_back() {
    let family = Family::new();
    let stay = json!({
        "what": "leave", "household": family.household, "leaving": [{ "person": family.people[0] }],
        "destination": { "to": "village", "village": family.chieng, "address_detail": "nhà con gái" }, "why": "move",
    });
    family.is_taken_back("2026-02-01", stay.clone());
    family.act("2026-02-01", stay);
    let page = family.person(&family.people[0]);
    assert_eq!(page["address"], "nhà con gái, xóm Chiềng, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(family.names(&family.household, "2026-11-23").len(), 5, "she stays a member");
    let back = json!({ "what": "come_back", "household": family.household, "person": family.people[0] });
    family.is_taken_back("2026-10-01", back.clone());
    family.act("2026-10-01", back.clone());
    assert_eq!(family.person(&family.people[0])["address"], "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(family.refused("2026-10-02", back), ["person act_lives_here"]);
}

#[test]
fn a_member_leaves_the_commune_and_comes_back() {
    let family = Family::new();
    let leave = json!({
        "what": "leave", "household": family.household, "leaving": [{ "person": family.people[1] }],
        "destination": { "to": "out", "place": "TP Hà Nội" }, "why": "move",
    });
    family.is_taken_back("2025-09-01", leave.clone());
    family.act("2025-09-01", leave);
    assert_eq!(family.people(json!({}))["total"], 4, "who lives elsewhere is not listed among those who are here");
    assert_eq!(family.people(json!({ "standing": "everyone" }))["total"], 5);
    let found = family.office.call("search", json!({ "text": "bui van thin", "limit": 5 }));
    assert_eq!(found["results"][0]["id"], family.people[1], "and is found all the same");
    let row = family.person(&family.people[1])["memberships"][0]["membership"]["opened"]["values"].clone();
    assert_eq!((&row["to_on"], &row["went_to"]), (&json!("2025-08-31"), &json!("TP Hà Nội")));

    let back = json!({
        "what": "arrive", "household": family.household, "person": family.people[1], "relationship": "child", "why": "move",
        "came_from": "TP Hà Nội",
    });
    family.is_taken_back("2026-02-10", back.clone());
    family.act("2026-02-10", back);
    let thin = "Bùi Văn Thìn".to_owned();
    assert!(family.names(&family.household, "2025-08-31").contains(&thin));
    assert!(!family.names(&family.household, "2026-02-09").contains(&thin));
    assert!(family.names(&family.household, "2026-02-10").contains(&thin));
    assert_eq!(family.people(json!({}))["total"], 5);
}

#[test]
fn the_others_get_a_head_where_the_head_leaves() {
    let family = Family::new();
    let leave = |staying: serde_json::Value| {
        json!({
            "what": "leave", "household": family.household, "leaving": [{ "person": family.people[0] }], "staying": staying,
            "destination": { "to": "out", "place": "TP Hà Nội" }, "why": "move",
        })
    };
    assert_eq!(family.refused("2026-03-01", leave(json!([]))), ["staying act_head_missing"]);
    let staying = json!([relation(&family.people[1], "head"), relation(&family.people[2], "spouse")]);
    family.is_taken_back("2026-03-01", leave(staying.clone()));
    family.act("2026-03-01", leave(staying));
    let view = |on: &str| family.view(&family.household, Some(on))["head_name"].clone();
    assert_eq!((view("2026-02-28"), view("2026-03-01")), (json!("Bùi Thị Nhợi"), json!("Bùi Văn Thìn")));
}

#[test]
fn a_household_moves_to_another_village_and_its_old_address_stays_true() {
    let family = Family::new();
    let to = json!({ "to": "village", "village": family.chieng, "address_detail": "gần trạm" });
    let move_there = json!({ "what": "move_household", "household": family.household, "destination": to });
    family.is_taken_back("2026-05-01", move_there.clone());
    family.act("2026-05-01", move_there.clone());
    let address = |on: &str| text(&family.view(&family.household, Some(on))["address"]);
    assert_eq!(address("2026-04-30"), "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(address("2026-05-01"), "gần trạm, xóm Chiềng, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(family.refused("2026-05-02", move_there), ["destination act_nothing_changes"]);

    let back = json!({ "to": "village", "village": family.mu });
    let move_back = json!({ "what": "move_household", "household": family.household, "destination": back });
    assert_eq!(family.refused("2026-04-01", move_back.clone()), ["on act_before_last_move"]);
    family.is_taken_back("2026-08-01", move_back.clone());
    family.act("2026-08-01", move_back);
    assert_eq!(address("2026-07-31"), "gần trạm, xóm Chiềng, Xã Mường Bi, Tỉnh Phú Thọ");
    assert_eq!(address("2026-08-01"), "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ");
}

#[test]
fn a_household_leaves_the_commune_and_comes_back() {
    let family = Family::new();
    let out = json!({ "to": "out", "place": "xã Tân Lạc, tỉnh Phú Thọ" });
    let leave = json!({ "what": "move_household", "household": family.household, "destination": out });
    family.is_taken_back("2025-10-01", leave.clone());
    family.act("2025-10-01", leave);
    assert_eq!((&family.households(false)["total"], &family.households(true)["total"]), (&json!(0), &json!(1)));
    assert_eq!(family.people(json!({}))["total"], 0);
    assert_eq!(family.view(&family.household, None)["head_name"], "Bùi Thị Nhợi");

    let members = json!([relation(&family.people[1], "head"), relation(&family.people[2], "spouse")]);
    let back = json!({
        "what": "return_household", "household": family.household, "village": family.chieng, "members": members,
    });
    assert_eq!(family.refused("2025-09-01", back.clone()), ["on act_before_last_move"]);
    family.is_taken_back("2026-04-01", back.clone());
    family.act("2026-04-01", back);
    let on = |day: &str| {
        let view = family.view(&family.household, Some(day));
        (family.names(&family.household, day).len(), text(&view["address"]))
    };
    assert_eq!(on("2025-09-30"), (5, "xóm Mu, Xã Mường Bi, Tỉnh Phú Thọ".to_owned()));
    assert_eq!(on("2025-10-01"), (0, "xã Tân Lạc, tỉnh Phú Thọ".to_owned()));
    assert_eq!(on("2026-03-31"), (0, "xã Tân Lạc, tỉnh Phú Thọ".to_owned()));
    assert_eq!(on("2026-04-01"), (2, "xóm Chiềng, Xã Mường Bi, Tỉnh Phú Thọ".to_owned()));
}

#[test]
fn somebody_of_another_household_marries_in() {
    let family = Family::new();
    let (neighbour, woman) = family.neighbour();
    let marry = json!({
        "what": "arrive", "household": family.household, "person": woman, "relationship": "child_in_law", "why": "marriage",
        "spouse": family.people[1],
    });
    family.is_taken_back("2026-07-07", marry.clone());
    family.act("2026-07-07", marry);
    assert_eq!(family.names(&neighbour, "2026-07-06"), ["Đinh Thị Ước"]);
    assert_eq!(family.names(&family.household, "2026-07-07").len(), 6);
    for person in [&woman, &family.people[1]] {
        let values = family.person(person)["person"]["opened"]["values"].clone();
        assert_eq!((&values["marital_status"], &values["marital_since"]), (&json!("married"), &json!("2026-07-07")));
    }
}

#[test]
fn somebody_new_marries_in_without_an_id_and_is_found() {
    let family = Family::new();
    let new = json!({ "full_name": "Lò Thị Mây", "birth_date": "1999", "sex": "female" });
    let marry = json!({
        "what": "arrive", "household": family.household, "new": new, "relationship": "grandchild_in_law", "why": "marriage",
        "came_from": "xã Mai Hạ",
    });
    family.is_taken_back("2026-07-07", marry.clone());
    family.act("2026-07-07", marry);
    let found = family.people(json!({ "text": "lo thi may", "marks": ["no_citizen_id"] }));
    assert_eq!(found["rows"][0]["full_name"], "Lò Thị Mây");
    let without_name = json!({
        "what": "arrive", "household": family.household, "new": { "birth_date": "31/02/1999" }, "why": "move",
    });
    let errors = family.refused("2026-07-08", without_name);
    assert_eq!(errors, ["new.birth_date date_unreadable", "relationship relation_missing"]);
}

#[test]
fn a_daughter_marries_out_of_the_commune() {
    let family = Family::new();
    let marry = json!({
        "what": "leave", "household": family.household, "leaving": [{ "person": family.people[3] }],
        "destination": { "to": "out", "place": "" }, "why": "marriage",
    });
    family.is_taken_back("2026-10-10", marry.clone());
    let done = family.act("2026-10-10", marry);
    assert_eq!(codes(&done["problems"]), ["place_missing"], "where to is not always known");
    let page = family.person(&family.people[3]);
    assert_eq!(page["person"]["opened"]["values"]["marital_status"], "married");
    assert_eq!(page["memberships"][0]["membership"]["opened"]["values"]["reason_out"], "marriage");
    assert_eq!(family.view(&family.household, None)["events"][0]["what"], "marriage_out");
    assert_eq!(five().as_array().unwrap().len() - 1, family.names(&family.household, "2026-10-10").len());
}
