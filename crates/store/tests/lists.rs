//! Lists are paged, sorted in Vietnamese order, filtered, and found by an index.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::records::CommuneSetting;
use domain::registry::Record;
use domain::{RecordId, records};
use register::{Register, UNIT, a_class, a_person, author, household_of, register};
use store::{
    Author, ClassFilter, DisabilityFilter, FieldChange, HouseholdFilter, HouseholdMark, HouseholdOrder, Page, PersonFacet,
    PersonFilter, PersonMark, PersonOrder, Place, SexFilter, Sight, Standing,
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
    let pending = HouseholdFilter { marks: [HouseholdMark::Pending].into(), ..all.clone() };
    assert_eq!(heads(&register, &pending, HouseholdOrder::Head).len(), 3);
    let conflict = HouseholdFilter { marks: [HouseholdMark::Conflict].into(), ..all };
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
            types: Some(["movement".to_owned(), "vision".to_owned()].into()),
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
    let marked = |mark: PersonMark| one(PersonFilter { marks: [mark].into(), ..all.clone() });
    assert_eq!(marked(PersonMark::NoBirthDate), ["Bùi Thị Ản"]);
    assert_eq!(one(PersonFilter { sex: Some(SexFilter::Is("male".to_owned())), ..all.clone() }), ["Hà Văn Ửng"]);
    assert_eq!(one(PersonFilter { disability: Some(DisabilityFilter::Any), ..all.clone() }), ["Hà Văn Ửng"]);
    let with_type = |kind: &str| one(PersonFilter { disability_type: Some(kind.to_owned()), ..all.clone() });
    assert_eq!((with_type("vision").len(), with_type("intellectual").len()), (1, 0));
    assert_eq!(one(PersonFilter { text: "dung".to_owned(), ..all.clone() }), ["Bùi Thị Dung"]);
    assert_eq!(one(PersonFilter { born_from: "2010-11-24".parse().ok(), ..all.clone() }), ["Hà Văn Ửng"]);
    assert_eq!(marked(PersonMark::NoHousehold).len(), 2);
    assert_eq!(marked(PersonMark::NoCitizenId).len(), 7);
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

/// A head born in 1950 with a wife, a child older than her, and somebody who has moved away.
fn family(register: &Register, village: Option<RecordId>) -> (RecordId, Vec<RecordId>) {
    register.write(|tx| {
        let mut head = a_person("Bùi Thị Nhợi", "1950-03-12");
        head.citizen_id = Some("017150000127".to_owned());
        let mut child = a_person("Bùi Văn Thìn", "1949");
        child.citizen_id = Some("017150000127".to_owned());
        let mut odd = a_person("Bùi Văn Ửng", "1980-01-01");
        odd.citizen_id = Some("17180000001".to_owned());
        let (household, mut people) = household_of(tx, "MB-9", village, &[head, child, odd])?;
        let gone = tx.create(&a_person("Bùi Thị Xa", "1990-02-02").to_row(), Place::Root(UNIT))?;
        let mut member = register::a_member(gone, "child");
        member.to_on = "2025-05-01".parse().ok();
        tx.create(&member.to_row(), Place::Child(household))?;
        people.push(gone);
        Ok((household, people))
    })
}

#[test]
fn what_is_missing_or_odd_is_marked_with_the_write() {
    let register = register();
    let (_, people) = family(&register, None);
    let marked = |mark: PersonMark| self::people(&register, &PersonFilter { marks: [mark].into(), ..PersonFilter::default() });
    assert_eq!(marked(PersonMark::AgeOdd), ["Bùi Văn Thìn"], "a child older than the head");
    assert_eq!(marked(PersonMark::YearOnly), ["Bùi Văn Thìn"]);
    assert_eq!(marked(PersonMark::OddCitizenId), ["Bùi Văn Ửng"], "eleven digits");
    assert_eq!(marked(PersonMark::IdYear), ["Bùi Văn Thìn"], "the id says 1950");
    assert_eq!(marked(PersonMark::SameCitizenId), ["Bùi Thị Nhợi", "Bùi Văn Thìn"]);
    assert_eq!(marked(PersonMark::NoVillage).len(), 3);
    let gone = PersonFilter { standing: Standing::Gone, ..PersonFilter::default() };
    assert_eq!(self::people(&register, &gone), ["Bùi Thị Xa"]);

    // The head's birth is corrected: the child's age is odd no longer, though nobody wrote to the child.
    let born = FieldChange { fid: 18, values: vec![Some(domain::Value::PartialDate("1920".parse().unwrap()))] };
    register.write(|tx| tx.change_now(people[0], &[born]));
    assert!(marked(PersonMark::AgeOdd).is_empty());
    register.write(|tx| tx.delete(people[1], None));
    assert!(marked(PersonMark::SameCitizenId).is_empty(), "one of two with the same id is deleted");
}

#[test]
fn the_dead_and_the_moved_away_stand_apart() {
    let register = register();
    let (_, people) = family(&register, None);
    let died = FieldChange { fid: 29, values: vec![Some(domain::Value::PartialDate("2026-10-01".parse().unwrap())), None] };
    register.write(|tx| tx.change_now(people[2], &[died]));
    let standing = |standing: Standing| self::people(&register, &PersonFilter { standing, ..PersonFilter::default() }).len();
    assert_eq!([Standing::Here, Standing::Dead, Standing::Gone, Standing::Everyone].map(standing), [2, 1, 1, 4]);
}

#[test]
fn lists_are_sorted_by_village_and_by_the_last_change() {
    let register = register();
    let ids = three(&register);
    let order = |order: PersonOrder, descending: bool| {
        let list = register.store.read(|view| view.list_people(&PersonFilter::default(), order, descending, PAGE)).unwrap();
        list.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(order(PersonOrder::Village, false)[0], "Đinh Văn Đạt", "xóm Lũy comes before xóm Mu");
    let head =
        register.store.read(|view| view.list_people(&PersonFilter::default(), PersonOrder::Name, false, PAGE)).unwrap().rows;
    let lan = head.iter().find(|row| row.name == "Bùi Thị Lan").unwrap().id;
    // The telephone is no column of the list, but to have written it is a change.
    let phone = FieldChange { fid: 24, values: vec![Some(domain::Value::Text("0368000127".to_owned())), None] };
    register.write_at(register::later(5), |tx| tx.change_now(lan, &[phone]));
    assert_eq!(order(PersonOrder::Changed, true)[0], "Bùi Thị Lan");
    let class = records::PovertyClass { year: Some(2025), ..a_class("near_poor") };
    register.write_at(register::later(9), |tx| tx.create(&class.to_row(), Place::Child(ids[1])));
    let newest = register
        .store
        .read(|view| view.list_households(&HouseholdFilter::default(), HouseholdOrder::Changed, true, PAGE))
        .unwrap()
        .rows;
    assert_eq!((newest[0].id, newest[0].changed_at_ms), (ids[1], register::later(9).at_ms));
    let restricted = records::RestrictedHealth { matter: Some("hiv".to_owned()), ..records::RestrictedHealth::default() };
    let an = head[0].id;
    register.write_at(register::later(12), |tx| tx.create(&restricted.to_row(), Place::Child(an)));
    assert_eq!(order(PersonOrder::Changed, true)[0], "Bùi Thị Lan", "what is specially protected moves nobody in a list");
    register.write(|tx| tx.rebuild_derived());
    assert_eq!(order(PersonOrder::Changed, true)[0], "Bùi Thị Lan", "made anew, the list is the same");
}

#[test]
fn households_without_a_head_or_with_two_are_found() {
    let register = register();
    let ids = three(&register);
    register.write(|tx| {
        let second = tx.create(&a_person("Bùi Văn Tám", "1970").to_row(), Place::Root(UNIT))?;
        tx.create(&register::a_member(second, "head").to_row(), Place::Child(ids[0]))?;
        let lonely = tx.create(&register::a_household("MB-8", None).to_row(), Place::Root(UNIT))?;
        let child = tx.create(&a_person("Hà Văn Út", "2015").to_row(), Place::Root(UNIT))?;
        tx.create(&register::a_member(child, "child").to_row(), Place::Child(lonely))?;
        tx.create(&register::a_household("MB-7", None).to_row(), Place::Root(UNIT))
    });
    let marked = |mark: HouseholdMark| {
        let filter = HouseholdFilter { marks: [mark].into(), ..HouseholdFilter::default() };
        let list = register.store.read(|view| view.list_households(&filter, HouseholdOrder::Code, false, PAGE)).unwrap();
        list.rows.into_iter().map(|row| row.code).collect::<Vec<_>>()
    };
    assert_eq!(marked(HouseholdMark::TwoHeads), ["MB-3"]);
    assert_eq!(marked(HouseholdMark::NoHead), ["MB-8"]);
    assert_eq!(marked(HouseholdMark::Empty), ["MB-7"]);
    assert_eq!(marked(HouseholdMark::NoVillage), ["MB-7", "MB-8"]);
    assert_eq!(marked(HouseholdMark::NotReviewed).len(), 4);
}

#[test]
fn a_selection_is_some_of_a_list_or_all_but_some() {
    let register = register();
    three(&register);
    let all =
        register.store.read(|view| view.list_people(&PersonFilter::default(), PersonOrder::Name, false, PAGE)).unwrap().rows;
    let two = vec![all[0].id, all[3].id];
    let among = people(&register, &PersonFilter { among: Some(two.clone()), ..PersonFilter::default() });
    assert_eq!(among, [all[0].name.clone(), all[3].name.clone()]);
    let except = people(&register, &PersonFilter { except: two, ..PersonFilter::default() });
    assert_eq!(except.len(), all.len() - 2);
    assert!(people(&register, &PersonFilter { among: Some(Vec::new()), ..PersonFilter::default() }).is_empty());
}

#[test]
fn people_are_counted_by_what_a_filter_asks_for() {
    let register = register();
    three(&register);
    let counts = |facet: PersonFacet| register.store.read(|view| view.count_people_by(&PersonFilter::default(), facet)).unwrap();
    let villages = register.store.read(|view| view.list_villages()).unwrap();
    let by_village = counts(PersonFacet::Village);
    let of = |name: &str| {
        let id = villages.iter().find(|row| row.village.name.as_deref() == Some(name)).unwrap().id.to_string();
        by_village.iter().find(|(village, _)| village.as_deref() == Some(id.as_str())).unwrap().1
    };
    assert_eq!((of("Mu"), of("Lũy")), (5, 1));
    assert_eq!(counts(PersonFacet::Class), [(None, 4), (Some("poor".to_owned()), 2)]);
    assert_eq!(counts(PersonFacet::Sex), [(Some("female".to_owned()), 6)]);
}

#[test]
fn the_quality_of_the_register_is_that_of_its_lists() {
    let register = register();
    let village = register.village("Mu");
    family(&register, Some(village));
    three(&register);
    let rows = register.store.read(|view| view.count_quality()).unwrap();
    let mut people = 0;
    for (village, row) in &rows {
        people += row.people;
        for mark in PersonMark::ALL.into_iter().filter(|mark| *mark != PersonMark::Pending) {
            let mut filter = PersonFilter { village: *village, marks: [mark].into(), ..PersonFilter::default() };
            if village.is_none() {
                filter.marks.insert(PersonMark::NoVillage);
            }
            let listed = register.store.read(|view| view.count_people(&filter)).unwrap();
            assert_eq!(row.person_marks.get(&mark).copied().unwrap_or(0), listed, "{mark:?}");
        }
        for mark in HouseholdMark::ALL.into_iter().filter(|mark| *mark != HouseholdMark::Pending) {
            let filter = HouseholdFilter { village: *village, marks: [mark].into(), ..HouseholdFilter::default() };
            let listed = register.store.read(|view| view.count_households(&filter)).unwrap();
            assert_eq!(row.household_marks.get(&mark).copied().unwrap_or(0), listed, "{mark:?}");
        }
    }
    assert_eq!(people, 9, "the one who moved away is not counted");
    let mu = &rows[&Some(village)];
    assert_eq!((mu.people, mu.complete), (3, 1), "one has an id of twelve digits, a whole birth date and a village");
}

#[test]
fn whose_turn_comes_is_found_by_the_day() {
    let register = register();
    register.write(|tx| {
        for (name, birth) in [
            ("Đinh Thị Mến", "1951-11-23"),
            ("Bùi Thị Mai", "1952-01-22"),
            ("Bùi Thị Muộn", "1952-01-23"),
            ("Bùi Thị Qua", "1951-11-22"),
            ("Hà Thị Năm", "1951"),
        ] {
            tx.create(&a_person(name, birth).to_row(), Place::Root(UNIT))?;
        }
        Ok(())
    });
    let turns = |from: &str, days: u32, ages: &[u32]| {
        let list = register.store.read(|view| view.list_birthdays(ages, from.parse().unwrap(), days)).unwrap();
        list.into_iter().map(|birthday| format!("{} {} {}", birthday.name, birthday.turns, birthday.on)).collect::<Vec<_>>()
    };
    let whole = ["Đinh Thị Mến 75 2026-11-23", "Bùi Thị Mai 75 2027-01-22"];
    assert_eq!(turns("2026-11-23", 60, &[75]), whole);
    assert_eq!(turns("2025-12-20", 60, &[75]), ["Hà Thị Năm 75 2026-01-01"], "of a year its first day, unless decided otherwise");
    let decide = |day: &str| {
        let setting = CommuneSetting { assumed_birth: Some(day.to_owned()) }.to_row();
        let id = CommuneSetting::id(UNIT);
        register.write(|tx| match tx.find_record(id, Sight::Plain)? {
            Some(stored) => tx.change(id, &FieldChange::between(&stored.row, &setting), &stored.heads).map(drop),
            None => tx.create_as(id, &setting, Place::Root(UNIT)),
        });
    };
    decide("last");
    assert_eq!(turns("2026-11-23", 60, &[75]), [whole[0], "Hà Thị Năm 75 2026-12-31", whole[1]]);
    register.write(|tx| tx.create(&a_person("Hà Văn Sáu", "1951-12").to_row(), Place::Root(UNIT)));
    assert_eq!(
        turns("2026-12-31", 0, &[75]),
        ["Hà Thị Năm 75 2026-12-31", "Hà Văn Sáu 75 2026-12-31"],
        "of one written after, too"
    );
    let born_by = |day: &str| {
        let filter = PersonFilter { born_to: Some(day.parse().unwrap()), text: "ha".to_owned(), ..PersonFilter::default() };
        register.store.read(|view| view.count_people(&filter)).unwrap()
    };
    assert_eq!((born_by("1951-12-30"), born_by("1951-12-31")), (0, 2));
    decide("first");
    assert_eq!((born_by("1951-01-01"), born_by("1951-12-01")), (1, 2));
    assert_eq!(turns("2026-12-31", 0, &[75]), [""; 0]);
    decide("last");
    register.write(|tx| tx.rebuild_derived());
    assert_eq!((born_by("1951-12-30"), born_by("1951-12-31")), (0, 2), "and when everything is made anew");
    register.write(|tx| tx.create(&a_person("Bùi Văn Nhuận", "2012-02-29").to_row(), Place::Root(UNIT)));
    assert_eq!(turns("2015-02-01", 27, &[3, 16]), ["Bùi Văn Nhuận 3 2015-02-28"]);
    assert_eq!(turns("2028-02-20", 20, &[3, 16]), ["Bùi Văn Nhuận 16 2028-02-29"]);
}

#[test]
fn filters_are_kept_under_a_name_each_workers_own() {
    let register = register();
    let keep = |name: &str, body: &str| register.write(|tx| tx.save_filter(store::NewSavedFilter { list: "people", name, body }));
    let id = keep("Trên 80", "{\"a\":1}");
    assert_eq!(keep("Trên 80", "{\"a\":2}"), id, "the same name again replaces what it stood for");
    keep("Chưa có số", "{}");
    let names = |uid: u32| {
        let list = register.store.read(|view| view.list_saved_filters(uid)).unwrap();
        list.into_iter().map(|filter| format!("{} {}", filter.name, filter.body)).collect::<Vec<_>>()
    };
    assert_eq!(names(1), ["Trên 80 {\"a\":2}", "Chưa có số {}"]);
    assert!(names(2).is_empty());
    register.write_at(Author { uid: 2, ..author() }, |tx| tx.delete_filter(id));
    assert_eq!(names(1).len(), 2, "nobody throws away another's filter");
    register.write(|tx| tx.delete_filter(id));
    assert_eq!(names(1).len(), 1);
}

#[test]
fn households_with_coordinates_are_points() {
    let register = register();
    let village = register.village("Mu");
    register.write(|tx| {
        let household = records::Household {
            latitude: domain::Decimal::parse("20.61234"),
            longitude: domain::Decimal::parse("105.32111"),
            ..register::a_household("MB-1", Some(village))
        };
        tx.create(&household.to_row(), Place::Root(UNIT))?;
        tx.create(&register::a_household("MB-2", Some(village)).to_row(), Place::Root(UNIT))
    });
    let points = register.store.read(|view| view.list_household_points()).unwrap();
    assert_eq!(points.len(), 1);
    assert_eq!(
        (points[0].code.as_str(), points[0].village, points[0].latitude.to_string()),
        ("MB-1", Some(village), "20.61234".to_owned())
    );
}
