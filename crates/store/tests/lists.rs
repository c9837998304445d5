//! Lists are paged, sorted in Vietnamese order, filtered, and found by an index.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::registry::Record;
use domain::{RecordId, records};
use register::{Register, UNIT, a_class, a_person, author, household_of, register};
use store::{
    Author, ClassFilter, DisabilityFilter, FieldChange, HouseholdFilter, HouseholdOrder, Page, PersonFilter, PersonOrder, Place,
};

const PAGE: Page = Page { offset: 0, limit: 50 };

fn heads(register: &Register, filter: &HouseholdFilter, order: HouseholdOrder) -> Vec<String> {
    let list = register.store.read(|view| view.list_households(filter, order, false, PAGE)).unwrap();
    assert_eq!(list.total, list.rows.len() as u64);
    list.rows.into_iter().map(|row| row.head.unwrap_or_default()).collect()
}

fn people(register: &Register, filter: &PersonFilter) -> Vec<String> {
    let list = register.store.read(|view| view.list_people(filter, PersonOrder::Name, false, PAGE)).unwrap();
    assert_eq!(list.total, list.rows.len() as u64);
    list.rows.into_iter().map(|row| row.name).collect()
}

fn three(register: &Register) -> Vec<RecordId> {
    let village = register.village("Mu");
    let other = register.village("Lũy");
    register.write(|tx| {
        let mut ids = Vec::new();
        for (code, village, names) in [
            ("MB-3", village, ["Bùi Văn Ấn", "Bùi Thị Lan"].as_slice()),
            ("MB-1", other, ["Đinh Văn Đạt"].as_slice()),
            ("MB-2", village, ["Quách Thị An", "Bùi Văn Bảy", "Bùi Thị Dung"].as_slice()),
        ] {
            let people: Vec<_> = names.iter().map(|name| a_person(name, "1960")).collect();
            let (household, _) = household_of(tx, code, Some(village), &people)?;
            ids.push(household);
            tx.end_act()?;
        }
        tx.create(&a_class("poor").to_row(), Place::Child(ids[0]))?;
        Ok(ids)
    })
}

#[test]
fn households_are_sorted_and_filtered() {
    let register = register();
    let ids = three(&register);
    let all = HouseholdFilter::default();
    assert_eq!(heads(&register, &all, HouseholdOrder::Head), ["Quách Thị An", "Bùi Văn Ấn", "Đinh Văn Đạt"]);
    assert_eq!(heads(&register, &all, HouseholdOrder::Code), ["Đinh Văn Đạt", "Quách Thị An", "Bùi Văn Ấn"]);
    assert_eq!(heads(&register, &all, HouseholdOrder::Village), ["Đinh Văn Đạt", "Quách Thị An", "Bùi Văn Ấn"]);
    assert_eq!(heads(&register, &all, HouseholdOrder::Members), ["Đinh Văn Đạt", "Bùi Văn Ấn", "Quách Thị An"]);
    let poor = HouseholdFilter { class: Some(ClassFilter::PoorOrNearPoor), ..all.clone() };
    assert_eq!(heads(&register, &poor, HouseholdOrder::Head), ["Bùi Văn Ấn"]);
    let other = HouseholdFilter { class: Some(ClassFilter::NotReviewed), ..all.clone() };
    assert_eq!(heads(&register, &other, HouseholdOrder::Head).len(), 2);
    let page = Page { offset: 1, limit: 1 };
    let list = register.store.read(|view| view.list_households(&all, HouseholdOrder::Head, false, page)).unwrap();
    assert_eq!((list.total, list.rows.len()), (3, 1));
    let row = &list.rows[0];
    assert_eq!((row.id, row.members, row.class.as_deref(), row.village.as_deref()), (ids[0], 2, Some("poor"), Some("Mu")));
    assert!(row.pending && !row.conflict);
    let pending = HouseholdFilter { pending: true, ..all.clone() };
    assert_eq!(heads(&register, &pending, HouseholdOrder::Head).len(), 3);
    let conflict = HouseholdFilter { conflict: true, ..all };
    assert!(heads(&register, &conflict, HouseholdOrder::Head).is_empty());
}

#[test]
fn people_are_sorted_and_filtered() {
    let register = register();
    three(&register);
    register.write(|tx| {
        let mut person = a_person("Hà Văn Ửng", "2019-05-01");
        person.sex = Some("male".to_owned());
        person.citizen_id = Some("017219000127".to_owned());
        let id = tx.create(&person.to_row(), Place::Root(UNIT))?;
        let certificate = records::DisabilityCertificate {
            severity: Some("severe".to_owned()),
            valid_from: "2020-01-01".parse().ok(),
            ..records::DisabilityCertificate::default()
        };
        tx.create(&certificate.to_row(), Place::Child(id))?;
        let mut unknown = a_person("Bùi Thị Ản", "");
        unknown.birth_date = None;
        tx.create(&unknown.to_row(), Place::Root(UNIT))
    });
    let all = PersonFilter::default();
    assert_eq!(people(&register, &all)[..3], ["Quách Thị An", "Bùi Thị Ản", "Bùi Văn Ấn"]);
    let one = |filter: PersonFilter| people(&register, &filter);
    assert_eq!(one(PersonFilter { without_birth: true, ..all.clone() }), ["Bùi Thị Ản"]);
    assert_eq!(one(PersonFilter { sex: Some("male".to_owned()), ..all.clone() }), ["Hà Văn Ửng"]);
    assert_eq!(one(PersonFilter { disability: Some(DisabilityFilter::Any), ..all.clone() }), ["Hà Văn Ửng"]);
    assert_eq!(one(PersonFilter { born_from: "2010-11-24".parse().ok(), ..all.clone() }), ["Hà Văn Ửng"]);
    assert_eq!(one(PersonFilter { without_household: true, ..all.clone() }).len(), 2);
    assert_eq!(one(PersonFilter { without_id: true, ..all.clone() }).len(), 7);
    assert_eq!(one(PersonFilter { class: Some(ClassFilter::Is("poor".to_owned())), ..all.clone() }).len(), 2);
    let list = register.store.read(|view| view.list_people(&all, PersonOrder::Name, false, PAGE)).unwrap();
    let row = list.rows.iter().find(|row| row.name == "Hà Văn Ửng").unwrap();
    assert_eq!(row.masked_id.as_deref(), Some("017219•••127"), "a whole id is not for a list");
    assert_eq!(row.severity.as_deref(), Some("severe"));
}

#[test]
fn who_is_present_follows_the_day() {
    let register = register();
    let (household, member) = register.write(|tx| {
        let (household, _) = household_of(tx, "MB-1", None, &[a_person("Bùi Văn An", "1950")])?;
        let child = tx.create(&a_person("Bùi Thị Ba", "1990").to_row(), Place::Root(UNIT))?;
        let mut member = register::a_member(child, "child");
        member.to_on = "2026-12-31".parse().ok();
        Ok((household, tx.create(&member.to_row(), Place::Child(household))?))
    });
    let members = |register: &Register| {
        let list = register
            .store
            .read(|view| view.list_households(&HouseholdFilter::default(), HouseholdOrder::Head, false, PAGE))
            .unwrap();
        list.rows[0].members
    };
    assert_eq!(members(&register), 2);
    let january = Author { at_ms: author().at_ms + 45 * 86_400_000, ..author() };
    assert!(!register.store.read(|view| view.is_list_due(author().at_ms)).unwrap());
    assert!(register.store.read(|view| view.is_list_due(january.at_ms)).unwrap());
    register.write_at(january, |tx| tx.refresh_lists());
    assert_eq!(members(&register), 1, "she moved out at the end of the year");
    let stays = FieldChange { fid: 19, values: vec![None, None] };
    register.write_at(january, |tx| tx.change_now(member, &[stays]));
    assert_eq!(members(&register), 2);
    register.write(|tx| tx.delete(household, None));
    let list = register.store.read(|view| view.list_people(&PersonFilter::default(), PersonOrder::Name, false, PAGE)).unwrap();
    assert!(list.rows.iter().all(|row| row.household_code.is_none()), "a deleted household is nobody's home");
}

#[test]
fn villages_say_how_many_live_in_them() {
    let register = register();
    three(&register);
    let villages = register.store.read(|view| view.list_villages()).unwrap();
    let counts: Vec<_> = villages.iter().map(|row| (row.village.name.as_deref().unwrap(), row.households, row.people)).collect();
    assert_eq!(counts, [("Lũy", 1, 1), ("Mu", 2, 5)]);
}
