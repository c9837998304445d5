//! A code is for one machine of one commune, for seven days, and cannot be guessed.

use ed25519_dalek::SigningKey;
use server::admin::{AdminCommand, DeviceCommand};
use sync::enrolment::Claim;
use sync::wire::Refusal;

use crate::device::claim;
use crate::on_both_storages;
use crate::world::{MUONG_BI, MUONG_BI_UNIT, World};

on_both_storages!(
    a_code_gives_a_number_grants_and_the_province_keys,
    the_same_code_with_the_same_key_gives_the_same_answer_again,
    the_same_code_with_another_key_is_refused,
    two_devices_that_use_one_code_together_get_one_number,
    a_code_ends_after_seven_days,
    a_code_of_another_commune_is_refused_and_stays_usable,
    the_eleventh_wrong_secret_of_a_minute_has_to_wait,
    a_commune_is_added_once_and_must_exist,
);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

async fn a_code_gives_a_number_grants_and_the_province_keys(world: World) {
    let code = world.new_code(MUONG_BI).await;
    assert!(code.names_ca(&world.province.authority.ca_public_key), "the code names this province's authority");
    let answer = world.post_enrol(&claim(&key(1), Claim::Code(code.secret), MUONG_BI_UNIT)).await.unwrap();
    assert_eq!(answer.dno, 1);
    let grants: Vec<_> = answer.grants.iter().map(|grant| (grant.scope, grant.may_write)).collect();
    assert_eq!(grants, vec![(0, false), (MUONG_BI_UNIT, true)]);
    assert_eq!(answer.ca, world.province.authority.ca_certificate);
    assert_ne!(answer.province_key, answer.recovery_key);
    let kept = std::fs::read_to_string(world.folder.path().join("recovery-key")).unwrap();
    assert!(kept.starts_with("ansinh-recovery-key-1:"), "the private half went to its file when the keys were made");
}

async fn the_same_code_with_the_same_key_gives_the_same_answer_again(world: World) {
    let code = world.new_code(MUONG_BI).await;
    let request = claim(&key(1), Claim::Code(code.secret), MUONG_BI_UNIT);
    let first = world.post_enrol(&request).await.unwrap();
    world.clock.forward(8 * 24 * 3600 * 1000);
    let mut again = world.post_enrol(&request).await.unwrap();
    again.server_ms = first.server_ms;
    assert_eq!(first, again, "a lost reply burns nothing");
    let listed = world.admin(AdminCommand::Device(DeviceCommand::List)).await;
    assert_eq!(listed["devices"].as_array().unwrap().len(), 1);
}

async fn the_same_code_with_another_key_is_refused(world: World) {
    let code = world.new_code(MUONG_BI).await;
    world.post_enrol(&claim(&key(1), Claim::Code(code.secret), MUONG_BI_UNIT)).await.unwrap();
    let refused = world.post_enrol(&claim(&key(2), Claim::Code(code.secret), MUONG_BI_UNIT)).await.unwrap_err();
    assert_eq!(refused, (403, Refusal::WrongCode));
}

async fn two_devices_that_use_one_code_together_get_one_number(world: World) {
    let code = world.new_code(MUONG_BI).await;
    let (one, two) =
        (claim(&key(1), Claim::Code(code.secret), MUONG_BI_UNIT), claim(&key(2), Claim::Code(code.secret), MUONG_BI_UNIT));
    let (one, two) = tokio::join!(world.post_enrol(&one), world.post_enrol(&two));
    assert!(one.is_ok() != two.is_ok(), "one of them has it");
}

async fn a_code_ends_after_seven_days(world: World) {
    let code = world.new_code(MUONG_BI).await;
    world.clock.forward(7 * 24 * 3600 * 1000);
    let refused = world.post_enrol(&claim(&key(1), Claim::Code(code.secret), MUONG_BI_UNIT)).await.unwrap_err();
    assert_eq!(refused, (403, Refusal::WrongCode));
}

async fn a_code_of_another_commune_is_refused_and_stays_usable(world: World) {
    let code = world.new_code(MUONG_BI).await;
    let refused = world.post_enrol(&claim(&key(1), Claim::Code(code.secret), 47_922)).await.unwrap_err();
    assert_eq!(refused, (403, Refusal::WrongCommune(MUONG_BI_UNIT.into())));
    world.post_enrol(&claim(&key(2), Claim::Code(code.secret), MUONG_BI_UNIT)).await.unwrap();
}

async fn the_eleventh_wrong_secret_of_a_minute_has_to_wait(world: World) {
    let code = world.new_code(MUONG_BI).await;
    for wrong in 0..10u8 {
        let refused = world.post_enrol(&claim(&key(1), Claim::Code([wrong; 5]), MUONG_BI_UNIT)).await.unwrap_err();
        assert_eq!(refused, (403, Refusal::WrongCode));
    }
    let right = claim(&key(1), Claim::Code(code.secret), MUONG_BI_UNIT);
    assert_eq!(world.post_enrol(&right).await.unwrap_err(), (429, Refusal::TooManyCodes(60)), "even a right one waits");
    world.clock.forward(60_000);
    world.post_enrol(&right).await.unwrap();
}

async fn a_commune_is_added_once_and_must_exist(world: World) {
    use server::admin::{CommuneCommand, execute};
    let add = |code: &str| AdminCommand::Commune(CommuneCommand::Add { code: code.to_owned() });
    let again = execute(&world.province, add(MUONG_BI)).await.unwrap().json;
    assert_eq!((again["added"].as_bool(), again["unit"].as_u64()), (Some(false), Some(MUONG_BI_UNIT.into())));
    assert_eq!(again["name"], "Xã Mường Bi");
    assert_eq!(execute(&world.province, add("99999")).await.unwrap_err().code(), "no_such_commune");
}
