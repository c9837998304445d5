//! Sign-in, rights, the lock.

use base64::Engine as _;
use casework::{Code, Host as _};
use chrono::TimeDelta;
use serde_json::{Value as Json, json};

use crate::office::{Office, PASSWORD, five, is};

#[test]
fn first_run_goes_on_where_it_was_left() {
    let office = Office::empty(false);
    assert_eq!(office.call("app_state", Json::Null)["phase"], "absent");
    let shown = office.call("set_up", json!({ "unit": 51582, "name": "Quách Thị Huyền", "password": PASSWORD }));
    assert_eq!(shown["groups"].as_array().unwrap().len(), 6);
    assert_eq!(office.call("app_state", Json::Null)["set_up"], "recovery_key");
    is(&office.refused("confirm_recovery_key", json!({ "group": "0000" })), Code::Invalid);
    office.call("confirm_recovery_key", json!({ "group": shown["groups"][2].as_str().unwrap().to_lowercase() }));
    assert_eq!(office.call("app_state", Json::Null)["set_up"], "enrolment");
    is(&office.refused("set_up", json!({ "unit": 51582, "name": "Ai", "password": PASSWORD })), Code::AlreadyAStore);
}

#[test]
fn a_forgotten_password_is_set_anew_by_the_recovery_key() {
    let office = Office::empty(false);
    let shown = office.call("set_up", json!({ "unit": 51582, "name": "Quách Thị Huyền", "password": PASSWORD }));
    let key: Vec<&str> = shown["groups"].as_array().unwrap().iter().map(|group| group.as_str().unwrap()).collect();
    office.call("lock", Json::Null);
    is(&office.refused("sign_in", json!({ "uid": 1, "password": "sai mat khau roi" })), Code::WrongPassword);
    let again = json!({ "uid": 1, "recovery_key": key.join(" "), "password": "mat khau moi hon" });
    assert_eq!(office.call("reset_password", again)["phase"], "open");
    office.call("lock", Json::Null);
    office.call("sign_in", json!({ "uid": 1, "password": "mat khau moi hon" }));
    let acts: Vec<Json> = office.call("list_audit", json!({ "offset": 0, "limit": 50 }))["rows"].as_array().unwrap().clone();
    assert!(acts.iter().any(|row| row["act"] == "password.reset"), "the audit keeps a reset: {acts:?}");
}

#[test]
fn rights_bind_at_the_door() {
    let office = Office::open();
    let village = office.village("Mu");
    let saved = office.household(&village, five().clone());
    let person = saved["member_ids"][0].clone();
    office.work_as("one_stop");
    office.call("get_person", json!({ "id": person }));
    for (name, payload) in [
        ("export_register", json!({ "format": "json", "path": null, "reason": "báo cáo", "filter": {} })),
        ("open_restricted", json!({ "person": person, "reason": "kiểm tra hồ sơ" })),
        ("list_audit", json!({ "offset": 0, "limit": 10 })),
        ("add_worker", json!({ "name": "X Y", "role": "officer", "admin": true, "password": PASSWORD })),
        ("save_record", json!({ "kind": "village", "record": { "values": { "name": "Lũy" } } })),
    ] {
        is(&office.refused(name, payload), Code::NoRight);
    }
}

#[test]
fn an_accountant_reads_and_writes_nothing() {
    let office = Office::open();
    let village = office.village("Mu");
    office.work_as("accountant");
    office.call("list_households", json!({ "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 10 }));
    let form = json!({ "household": { "values": { "village": village } }, "members": five() });
    is(&office.refused("save_household", json!({ "form": form })), Code::NoRight);
}

#[test]
fn the_door_locks_after_ten_minutes_and_the_draft_stays() {
    let office = Office::open();
    let form = json!({ "household": { "id": null, "values": {}, "opened": null }, "members": five(), "poverty": null });
    office.call("keep_draft", json!({ "key": null, "screen": "household", "label": "Bùi Thị Nhợi", "form": form }));
    office.later(TimeDelta::minutes(11));
    is(&office.refused("list_drafts", Json::Null), Code::Locked);
    assert_eq!(office.call("app_state", Json::Null)["phase"], "locked");
    office.call("sign_in", json!({ "uid": 1, "password": PASSWORD }));
    let drafts = office.call("list_drafts", Json::Null);
    assert_eq!(drafts["drafts"][0]["label"], "Bùi Thị Nhợi");
    assert_eq!(drafts["drafts"][0]["form"]["members"][4]["person"]["values"]["full_name"], "Bùi Gia Bảo");
}

#[test]
fn waking_up_wipes_the_key() {
    let office = Office::open();
    office.desk.tick();
    office.later(TimeDelta::minutes(3));
    office.desk.tick();
    assert!(office.desk.store_for_sync().is_none(), "a machine that slept keeps no key");
}

#[test]
fn the_last_administrator_stays() {
    let office = Office::open();
    is(&office.refused("update_worker", json!({ "uid": 1, "role": "officer", "admin": false })), Code::LastAdmin);
    is(&office.refused("remove_worker", json!({ "uid": 1 })), Code::LastAdmin);
}

#[test]
fn a_folder_of_invented_people_talks_to_this_machine_only() {
    let office = Office::empty(true);
    office.call("set_up", json!({ "unit": 51582, "name": "Quách Thị Huyền", "password": PASSWORD }));
    is(&office.refused("enrol", json!({ "server": "https://tinh.example.vn", "code": "X" })), Code::SampleStaysHere);
    is(&office.refused("enrol", json!({ "server": "http://127.0.0.1:1", "code": "X" })), Code::Offline);
}

#[test]
fn what_no_command_is_called_is_refused() {
    let office = Office::open();
    is(&office.refused("drop_everything", Json::Null), Code::UnknownCommand);
    is(&office.refused("get_household", json!({ "id": 5 })), Code::BadRequest);
}

#[test]
fn a_backup_of_another_register_is_restored_with_its_own_password_as_well() {
    let (office, other) = (Office::open(), Office::empty(false));
    other.call("set_up", json!({ "unit": 51522, "name": "Đinh Văn Ước", "password": "mat khau cua so kia" }));
    other.village("Lũy");
    let made = other.call("back_up", Json::Null);
    let name = made["backups"][0]["name"].as_str().unwrap().to_owned();
    let backup = other.desk.session().path().join("backups").join(name);

    let facts = office.call("look_at_backup", json!({ "backup": backup }));
    assert_eq!(facts["workers"][0]["name"], "Đinh Văn Ước");
    assert!(!facts.to_string().contains("Lũy"), "nothing of the register is told");

    let request = |own: Json| json!({ "backup": backup, "uid": 1, "password": PASSWORD, "recovery_key": null, "own": own });
    is(&office.refused("restore_backup", request(Json::Null)), Code::BackupNeedsOwnPassword);
    let wrong = json!({ "uid": 1, "password": "khong phai the dau", "recovery_key": null });
    is(&office.refused("restore_backup", request(wrong)), Code::WrongPassword);
    office.call("sign_in", json!({ "uid": 1, "password": PASSWORD }));
    assert!(office.call("list_villages", Json::Null)["villages"].as_array().unwrap().is_empty(), "a refusal changes nothing");

    let own = json!({ "uid": 1, "password": "mat khau cua so kia", "recovery_key": null });
    office.call("restore_backup", request(own));
    office.call("sign_in", json!({ "uid": 1, "password": "mat khau cua so kia" }));
    assert!(office.call("list_villages", Json::Null).to_string().contains("Lũy"));
}

#[test]
fn a_register_that_a_newer_program_wrote_can_still_be_exported() {
    let office = Office::open();
    let village = office.village("Mu");
    office.household(&village, five().clone());
    office.desk.session().open().unwrap().store.pretend_newer().unwrap();
    office.desk.session().close();
    is(&office.refused("sign_in", json!({ "uid": 1, "password": PASSWORD })), Code::NewerSchema);
    office.desk.session().begin_to_read(1, PASSWORD, office.desk.now()).unwrap();
    let made = office.call("export_register", json!({ "format": "json", "path": null, "reason": "chuyển máy", "filter": {} }));
    let bytes = base64::engine::general_purpose::STANDARD.decode(made["bytes"].as_str().unwrap()).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("Bùi Thị Nhợi"));
    let refused = office.refused("save_record", json!({ "kind": "village", "record": { "values": { "name": "Lũy" } } }));
    is(&refused, Code::ReadOnly);
}
