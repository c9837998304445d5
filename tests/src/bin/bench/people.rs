//! Invented people, the same in every run: names of the region, 4 or 5 a household.

use domain::{PartialDate, RecordId, UnitId, records};

const FAMILIES: &[&str] = &["Bùi", "Đinh", "Quách", "Nguyễn", "Hà", "Xa", "Lò", "Bạch", "Hoàng", "Trần"];
const MIDDLES: &[&str] = &["Văn", "Thị", "Công", "Thị Thu", "Đức", "Thị Ngọc", "Quang"];
const GIVEN: &[&str] = &[
    "An",
    "Ước",
    "Hoà",
    "Thưởng",
    "Lan",
    "Nga",
    "Dũng",
    "Hương",
    "Quyền",
    "Mừng",
    "Ấn",
    "Thắm",
    "Đạt",
    "Kiều",
    "Nhợ",
    "Xiêm",
    "Bảy",
    "Duyên",
    "Tình",
    "Ưởng",
];
/// Villages of the commune.
pub const VILLAGES: &[&str] = &["Mu", "Lũy", "Bưng", "Chiềng", "Đồi", "Khộp", "Lạng", "Mận", "Nghẹ", "Ong", "Pheo", "Rậm"];

/// A village of the commune.
pub struct Village(&'static str);

impl Village {
    /// All twelve.
    pub fn all() -> Vec<Self> {
        VILLAGES.iter().map(|name| Self(name)).collect()
    }

    /// As a record.
    pub fn record(&self, unit: UnitId) -> records::Village {
        records::Village {
            name: Some(self.0.to_owned()),
            village_type: Some("xom".to_owned()),
            unit: Some(i64::from(unit.0)),
            ..records::Village::default()
        }
    }
}

/// The people of the household with this number, its head first.
pub fn household(number: usize) -> Vec<records::Person> {
    (0..4 + number % 2).map(|place| person(number * 5 + place)).collect()
}

/// A person's place in a household.
pub fn membership(person: RecordId, place: usize) -> records::HouseholdMember {
    records::HouseholdMember {
        person: Some(person),
        relationship_to_head: Some(if place == 0 { "head" } else { "child" }.to_owned()),
        ..records::HouseholdMember::default()
    }
}

/// A name of this number.
pub fn name(number: usize) -> String {
    let pick = |list: &[&'static str], step: usize| list[number / step % list.len()];
    format!("{} {} {}", pick(FAMILIES, 7), pick(MIDDLES, 3), pick(GIVEN, 1))
}

fn person(number: usize) -> records::Person {
    let year = 1930 + number * 37 % 95;
    let birth = if number.is_multiple_of(7) {
        format!("{year}")
    } else {
        format!("{year}-{:02}-{:02}", 1 + number % 12, 1 + number % 28)
    };
    records::Person {
        full_name: Some(name(number)),
        birth_date: birth.parse::<PartialDate>().ok(),
        sex: Some(if number.is_multiple_of(2) { "female" } else { "male" }.to_owned()),
        ethnic_code: Some("06".to_owned()),
        ..records::Person::default()
    }
}
