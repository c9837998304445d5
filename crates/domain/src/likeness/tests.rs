//! What likeness is meant to see through, and what it must not take for likeness.

use proptest::prelude::*;

use super::*;
use crate::text;

fn person(name: &str, birth: &str) -> Traits {
    Traits { names: vec![Name::new(name)], birth: birth.parse().ok(), sex: Some("female".to_owned()), ..Traits::default() }
}

fn with_id(name: &str, birth: &str, id: &str) -> Traits {
    Traits { citizen_ids: vec![id.to_owned()], ..person(name, birth) }
}

fn evidence(one: &Traits, other: &Traits) -> Vec<Evidence> {
    compare(one, other).evidence
}

fn points(one: &Traits, other: &Traits) -> i32 {
    compare(one, other).points
}

#[test]
fn what_a_second_entry_gets_wrong_is_seen_through() {
    let known = person("Bùi Thị Hiền", "1948-03-17");
    for (name, birth, expected) in [
        ("Bùi Thị Hiền", "1948-03-17", [Evidence::NameSame, Evidence::BirthSame]),
        ("BÙI THỊ HIẾN", "1948-03-17", [Evidence::NameMarks, Evidence::BirthSame]),
        ("Bui thi hien", "1948", [Evidence::NameMarks, Evidence::BirthYear]),
        ("Bùi Hiền", "1948-03-17", [Evidence::NameMiddle, Evidence::BirthSame]),
        ("Bùi Thị Hièn", "1948-03-07", [Evidence::NameMarks, Evidence::BirthPart]),
        ("Bùi Thị Hein", "1948-03-17", [Evidence::NameTypo, Evidence::BirthSame]),
        ("Bùi Thu Hiền", "1948-03-17", [Evidence::NamePart, Evidence::BirthSame]),
        ("Bùi Thị Hiền", "1984-03-17", [Evidence::NameSame, Evidence::BirthDigit]),
        ("Bùi Thị Hiền", "1949-03-17", [Evidence::NameSame, Evidence::BirthDigit]),
    ] {
        let typed = person(name, birth);
        assert_eq!(evidence(&known, &typed), expected, "{name} {birth}");
        assert!(points(&known, &typed) >= HINT, "{name} {birth}: {}", points(&known, &typed));
    }
    let known = person("Lý Thị Xuân", "1960-05-12");
    let typed = person("Lí Thị Suân", "1960-12-05");
    assert_eq!(evidence(&known, &typed), [Evidence::NameSound, Evidence::BirthSwapped]);
    assert!(points(&known, &typed) >= HINT);
}

#[test]
fn short_names_that_lie_near_each_other_are_different_names() {
    for (one, other) in [("Bùi Thị Lan", "Bùi Thị Loan"), ("Hà Văn An", "Hà Văn Ánh"), ("Xa Thị Hoa", "Xa Thị Hà")]
    {
        let (one, other) = (person(one, "1950-01-02"), person(other, "1950-01-02"));
        assert!(evidence(&one, &other).contains(&Evidence::NameDiffers));
        assert!(points(&one, &other) < HINT);
    }
}

#[test]
fn a_common_name_alone_is_no_evidence() {
    assert!(points(&person("Bùi Thị Hiền", ""), &person("Bùi Thị Hiền", "")) < HINT);
    assert!(points(&person("Bùi Thị Hiền", "1948"), &person("Bùi Thị Hiền", "1971")) < HINT);
}

#[test]
fn the_same_id_is_told_whatever_else_is_written() {
    let (one, other) = (with_id("Bùi Thị Hiền", "1948", "017148000127"), with_id("Quách Văn Đạt", "1990", "017148000127"));
    assert_eq!(evidence(&one, &other).first(), Some(&Evidence::IdSame));
    assert!(points(&one, &other) >= HINT);
}

#[test]
fn two_ids_that_differ_speak_against_it() {
    let one = with_id("Bùi Thị Hiền", "1948", "017148000127");
    let near = with_id("Bùi Thị Hiền", "1948", "017148000217");
    let other = with_id("Bùi Thị Hiền", "1948", "017148000955");
    assert_eq!(evidence(&one, &near).first(), Some(&Evidence::IdNear));
    assert!(points(&one, &near) >= LIKELY && points(&one, &other) < HINT);
}

#[test]
fn twins_are_two() {
    let one = with_id("Bùi Văn Mạnh", "2012-09-15", "017212000127");
    let other = with_id("Bùi Văn Tiến", "2012-09-15", "017212000128");
    let both = |traits: Traits| Traits { household: Some(RecordId([1; 16])), village: Some(RecordId([2; 16])), ..traits };
    assert!(points(&both(one), &both(other)) < HINT);
}

#[test]
fn place_and_people_beside_them_add_to_it() {
    let plain = |birth: &str| person("Bùi Thị Hiền", birth);
    let placed = |birth: &str, kin: &[&str]| Traits {
        village: Some(RecordId([2; 16])),
        kin: kin.iter().map(|name| Name::new(name).sound()).collect(),
        ..plain(birth)
    };
    assert!(points(&placed("", &[]), &placed("1948", &[])) >= HINT);
    let (one, other) = (placed("1948", &["Bùi Văn Thìn"]), placed("1948", &["Bùi Văn Thin", "Bùi Gia Bảo"]));
    assert!(evidence(&one, &other).contains(&Evidence::KinSame));
    assert!(points(&one, &other) > points(&plain("1948"), &plain("1948")));
}

#[test]
fn every_slip_in_an_id_is_looked_up() {
    let all = id_variants("017148000127");
    for slip in ["017148000127", "017148000128", "107148000127", "017148000217", "17148000127"] {
        assert!(all.iter().any(|id| id == slip), "{slip}");
    }
    assert!(all.len() < 130);
}

#[test]
fn keys_forget_what_the_comparison_forgives() {
    let keys = |name: &str| Keys::of(&Name::new(name), "1960-05-12".parse().ok().as_ref());
    assert_eq!(keys("Lý Thị Xuân"), keys("lí suan"));
    assert_eq!(keys("Bùi Thị Mỹ Duyên"), keys("BÙI VĂN MĨ DUYÊN"));
    assert_eq!(keys("Xa"), keys("Sa"));
    assert_eq!(keys(" - "), None);
    assert_eq!(keys("Xa").and_then(|keys| keys.swapped_day()), Some(1205));
}

const SYLLABLES: &[&str] = &[
    "Bùi", "Bui", "Đinh", "Quách", "Nguyễn", "Thị", "Văn", "Hiền", "Hien", "Hein", "Lý", "Lí", "Giang", "Dang", "Xuân", "Suân",
    "Lan", "Loan", "Nam", "A", "Páo", "H'Mông",
];

fn any_name() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(SYLLABLES), 0..5).prop_map(|syllables| syllables.join(" "))
}

fn any_traits() -> impl Strategy<Value = Traits> {
    let birth = proptest::sample::select(&["", "1948", "1984", "1948-03", "1948-03-12", "1948-12-03", "1949-03-12"][..]);
    let id = proptest::sample::select(&["", "017148000127", "017148000217", "17148000127", "017148000999"][..]);
    let place = proptest::option::of((0u8..2).prop_map(|n| RecordId([n; 16])));
    let kin = proptest::collection::btree_set(any_name(), 0..3);
    let sex = proptest::sample::select(&["", "male", "female"][..]);
    (any_name(), birth, id, place, kin, sex).prop_map(|(name, birth, id, village, kin, sex)| Traits {
        names: vec![Name::new(&name)],
        birth: birth.parse().ok(),
        sex: (!sex.is_empty()).then(|| sex.to_owned()),
        citizen_ids: Some(id).filter(|id| !id.is_empty()).map(str::to_owned).into_iter().collect(),
        village,
        kin: kin.iter().map(|name| Name::new(name).sound()).collect(),
        ..Traits::default()
    })
}

proptest! {
    #[test]
    fn comparing_is_symmetric_and_deterministic(one in any_traits(), other in any_traits()) {
        prop_assert_eq!(compare(&one, &other), compare(&other, &one));
        prop_assert_eq!(compare(&one, &other), compare(&one, &other));
    }

    #[test]
    fn a_person_is_most_like_themselves(one in any_traits(), other in any_traits()) {
        prop_assert!(compare(&one, &one).points >= compare(&one, &other).points || one.names == [Name::default()]);
    }

    #[test]
    fn case_composition_and_spaces_change_nothing(name in any_name(), birth in "19[0-9]{2}") {
        let other: String = unicode_normalization::UnicodeNormalization::nfd(format!("  {}  ", name.to_uppercase()).as_str()).collect();
        let (one, other) = (person(&name, &birth), person(&other, &birth));
        prop_assert_eq!(&one.names, &other.names);
        prop_assert_eq!(text::fold(&name).replace(' ', ""), text::fold(&name.to_uppercase()).replace(' ', ""));
    }

    #[test]
    fn a_name_without_marks_is_the_same_name(name in any_name()) {
        let plain = person(&text::fold(&name), "1950-01-02");
        let found = compare(&person(&name, "1950-01-02"), &plain);
        let is_empty = Name::new(&name) == Name::default();
        prop_assert!(is_empty || found.points >= HINT, "{:?}", found);
    }
}

proptest! {
    #[test]
    fn a_name_taken_apart_with_a_memory_is_the_same(names in proptest::collection::vec("[ a-zA-ZăâđêôơưĂÂĐÊÔƠƯàảãáạ'\u{200B}-]{0,24}", 1..6)) {
        let mut syllables = Syllables::default();
        for name in names.iter().chain(&names) {
            prop_assert_eq!(syllables.name(name), Name::new(name));
        }
    }
}
