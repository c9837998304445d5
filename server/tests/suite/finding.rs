//! The province finds a household as a person types.

use server::admin::{AdminCommand, HouseholdCommand};

use crate::device::{Device, MEMBER, PERSON, id, text, write};
use crate::on_both_storages;
use crate::world::{MUONG_BI_UNIT, World};

on_both_storages!(
    a_household_is_found_without_diacritics,
    a_deleted_person_is_not_found,
    a_merged_person_is_found_once_by_either_name
);

async fn find(world: &World, text: &str) -> Vec<serde_json::Value> {
    let found = world.admin(AdminCommand::Household(HouseholdCommand::Find { text: text.to_owned() })).await;
    found["results"].as_array().unwrap().clone()
}

async fn a_registered_household(world: &World) -> Device {
    let mut device = Device::enrolled(world, 1).await;
    let scope = || write(2, Some(sync::value::encode_scope(MUONG_BI_UNIT)), &[]);
    let reference = |n| Some(sync::value::encode(&domain::Value::Ref(id(n))));
    let ops = [
        device.save(13, id(9), None, vec![scope(), write(16, Some(village("Mường Lầm")), &[])]),
        device.save(1, id(1), None, vec![scope(), write(16, text("MB-7K3-QT9"), &[]), write(18, reference(9), &[])]),
        device.save(PERSON, id(2), None, vec![scope(), write(16, text("Bùi Thị Ước"), &[]), write(18, text("1948-03"), &[])]),
        device.save(MEMBER, id(3), Some(id(1)), vec![write(16, reference(2), &[]), write(17, text("head"), &[])]),
    ];
    let batch = device.seal(&ops);
    let receipt = device.call(world, vec![batch]).await.unwrap().receipts.remove(0);
    assert!(receipt.quarantined.is_empty());
    device
}

/// The group `name` of a village: its name, and no word for village.
fn village(name: &str) -> Vec<u8> {
    let mut writer = sync::cbor::Writer::new();
    writer.array(2).text(name).null();
    writer.into_bytes()
}

async fn a_household_is_found_without_diacritics(world: World) {
    a_registered_household(&world).await;
    for typed in ["uoc bui", "BÙI THỊ ƯỚC", "bu\u{300}i u"] {
        let found = find(&world, typed).await;
        assert_eq!(found.len(), 1, "{typed} finds her");
        assert_eq!(found[0]["full_name"], "Bùi Thị Ước");
        assert_eq!(found[0]["household_id"], id(1).to_string());
        assert_eq!((&found[0]["code"], &found[0]["village"]), (&"MB-7K3-QT9".into(), &"Mường Lầm".into()));
        assert_eq!((&found[0]["birth"], &found[0]["relationship"]), (&"1948-03".into(), &"head".into()));
        assert_eq!((&found[0]["commune_code"], &found[0]["commune"]), (&"05158".into(), &"Xã Mường Bi".into()));
    }
    let found = find(&world, "7k3").await;
    assert_eq!((found.len(), &found[0]["household_id"]), (1, &id(1).to_string().into()));
    assert!(find(&world, "coc").await.is_empty());
    assert!(find(&world, " %_ ").await.is_empty(), "a text without letters finds nothing");
}

async fn a_deleted_person_is_not_found(world: World) {
    let mut device = a_registered_household(&world).await;
    let context = device.replica[&id(2)].context();
    let mut gone = device.save(PERSON, id(2), None, vec![write(1, Some(sync::value::encode_life("deleted", None)), &[])]);
    gone.ctx = Some(context);
    let batch = device.seal(&[gone]);
    device.call(&world, vec![batch]).await.unwrap();
    assert!(find(&world, "uoc").await.is_empty());
}

async fn a_merged_person_is_found_once_by_either_name(world: World) {
    let mut device = a_registered_household(&world).await;
    let scope = || write(2, Some(sync::value::encode_scope(MUONG_BI_UNIT)), &[]);
    let reference = |n| Some(sync::value::encode(&domain::Value::Ref(id(n))));
    let ops = [
        device.save(1, id(4), None, vec![scope(), write(16, text("MB-222-222"), &[])]),
        device.save(PERSON, id(5), None, vec![scope(), write(16, text("Bùi Thị Ướt"), &[])]),
        device.save(MEMBER, id(6), Some(id(4)), vec![write(16, reference(5), &[]), write(17, text("head"), &[])]),
    ];
    let batch = device.seal(&ops);
    device.call(&world, vec![batch]).await.unwrap();
    assert_eq!(find(&world, "bui thi").await.len(), 2, "two entries");

    let merged = device.save(PERSON, id(5), None, vec![write(3, reference(2), &[])]);
    let batch = device.seal(&[merged]);
    device.call(&world, vec![batch]).await.unwrap();
    for typed in ["bui thi", "uot", "uoc"] {
        let found = find(&world, typed).await;
        let homes: Vec<_> = found.iter().map(|one| one["household_id"].clone()).collect();
        assert_eq!(homes, [id(1).to_string(), id(4).to_string()], "{typed}: in both households until somebody says which");
        assert!(found.iter().all(|one| one["full_name"] == "Bùi Thị Ước"), "{typed}: by the name that stands");
    }

    let left = device.save(MEMBER, id(6), Some(id(4)), vec![write(19, departure("2026-11-22"), &[])]);
    let back = device.save(PERSON, id(2), None, vec![write(3, reference(5), &[])]);
    let batch = device.seal(&[left, back]);
    device.call(&world, vec![batch]).await.unwrap();
    let found = find(&world, "bui thi").await;
    assert_eq!((found.len(), &found[0]["person_id"]), (1, &id(2).to_string().into()), "of a ring the smallest id stands");
}

/// The group `departure` of a membership: the last day, and no reason.
fn departure(day: &str) -> Option<Vec<u8>> {
    let values = [Some(domain::Value::PartialDate(day.parse().unwrap())), None];
    sync::value::encode_field(&values)
}
