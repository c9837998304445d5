//! Families as they are, before anybody writes them down.

use super::Dice;

#[derive(Clone, Debug)]
pub struct Household {
    pub code: String,
    pub village: &'static str,
    pub class: &'static str,
    pub members: Vec<Person>,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub birth: Option<String>,
    pub sex: &'static str,
    pub id: Option<String>,
    pub old_id: Option<String>,
    pub ethnic: &'static str,
    pub relationship: &'static str,
    pub phone: Option<String>,
}

const SURNAMES: [&str; 10] = ["Bùi", "Đinh", "Quách", "Bạch", "Hà", "Nguyễn", "Xa", "Lò", "Bàn", "Tống"];
const MALE: [&str; 9] =
    ["Văn Ửng", "Công Lượng", "Văn Thưởng", "Đức Huỳnh", "Văn Tuất", "Văn Hòa", "Xuân Ngỗi", "Văn Ẩn", "Khắc Nghiêm"];
const FEMALE: [&str; 9] =
    ["Thị Hiền", "Thị Mừng", "Thị Thúy", "Thị Ước", "Thị Phượng", "Thị Nguyệt", "Thị Ỷ", "Thị Lý", "Thị Huyền Trang"];
pub const VILLAGES: [&str; 4] = ["Xóm Bưng", "Xóm Lũy Ải", "Bản Dao 2", "Xóm Chiềng Khến"];

/// Invented families; ids have serials below 1000 in each year and province.
pub fn families(dice: &mut Dice, count: usize) -> Vec<Household> {
    let mut serial = 0;
    let mut person = |dice: &mut Dice, surname: &str, sex: &'static str, years: std::ops::Range<i32>, relationship| {
        serial += 1;
        let given = if sex == "male" { dice.pick(&MALE) } else { dice.pick(&FEMALE) };
        let year = years.start + i32::try_from(dice.roll(usize::try_from(years.end - years.start).unwrap())).unwrap();
        let (month, day) = (dice.roll(12) + 1, dice.roll(28) + 1);
        let birth = match dice.roll(8) {
            0 => Some(format!("{year}")),
            1 => Some(format!("{year}-{month:02}")),
            2 => None,
            _ => Some(format!("{year}-{month:02}-{day:02}")),
        };
        let century = if year < 2000 { 0 } else { 2 } + usize::from(sex == "female");
        let id = format!("{}{century}{:02}{:06}", dice.pick(&["017", "025", "001"]), year % 100, serial % 1000);
        Person {
            name: format!("{surname} {given}"),
            birth,
            sex,
            id: (!dice.once_in(6)).then_some(id),
            old_id: (year < 1990 && dice.once_in(4)).then(|| format!("113{:06}", serial % 1000)),
            ethnic: dice.pick(&["06", "06", "06", "01", "08", "09", "03"]),
            relationship,
            phone: dice.once_in(3).then(|| format!("09120{:05}", serial % 1000)),
        }
    };
    (0..count)
        .map(|number| {
            let surname = dice.pick(&SURNAMES);
            let sex = dice.pick(&["male", "female"]);
            let mut members = vec![person(dice, surname, sex, 1940..1985, "head")];
            if !dice.once_in(4) {
                let other = if sex == "male" { "female" } else { "male" };
                let surname = dice.pick(&SURNAMES);
                members.push(person(dice, surname, other, 1940..1985, "spouse"));
            }
            for _ in 0..dice.roll(4) {
                let (sex, relationship) = (
                    dice.pick(&["male", "female"]),
                    dice.pick(&["child", "child", "child", "grandchild", "child_in_law", "parent"]),
                );
                members.push(person(dice, surname, sex, 1986..2026, relationship));
            }
            Household {
                code: format!("MB-{:03}", number + 1),
                village: VILLAGES[number * VILLAGES.len() / count],
                class: dice.pick(&["poor", "near_poor", "none", "none", "just_escaped"]),
                members,
            }
        })
        .collect()
}
