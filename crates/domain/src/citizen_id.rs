//! The 12-digit citizen id (số định danh cá nhân): structure, and what it says of sex and birth year.
//!
//! `PPP G YY NNNNNN`, no check digit (data dictionary §2). A contradiction is a warning: papers are corrected later.

use crate::PartialDate;
use crate::codes;

/// What a well-formed id says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Structure {
    /// True when the province (or country) of birth registration is a known one.
    pub province_known: bool,
    /// `male` or `female`.
    pub sex: &'static str,
    /// Year of birth.
    pub year: i32,
}

/// Numbers of countries, for births registered abroad (Thông tư 59/2021/TT-BCA) [known: verify the last one].
const COUNTRIES: std::ops::RangeInclusive<i32> = 101..=399;

/// Takes off the spaces, dots and dashes people write between digits.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\'')).collect()
}

/// Reads an id of exactly 12 ASCII digits; `None` otherwise.
#[must_use]
pub fn read(id: &str) -> Option<Structure> {
    let digits = id.as_bytes();
    if digits.len() != 12 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |byte: u8| i32::from(byte - b'0');
    let century = 1900 + 100 * (number(digits[3]) / 2);
    let place = number(digits[0]) * 100 + number(digits[1]) * 10 + number(digits[2]);
    Some(Structure {
        province_known: codes::find("citizen_id_province", &id[..3]).is_some() || COUNTRIES.contains(&place),
        sex: if number(digits[3]) % 2 == 0 { "male" } else { "female" },
        year: century + number(digits[4]) * 10 + number(digits[5]),
    })
}

/// True when the id agrees with a birth date (its year).
#[must_use]
pub fn agrees_with_birth(structure: &Structure, birth: &PartialDate) -> bool {
    structure.year == birth.year()
}

/// As shown in lists: `017150•••127`.
#[must_use]
pub fn mask(id: &str) -> String {
    match (id.get(..6), id.get(9..)) {
        (Some(first), Some(last)) if id.len() == 12 => format!("{first}•••{last}"),
        _ => "•".repeat(id.chars().count().min(12)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_tells_sex_and_year() {
        assert_eq!(read("017150000127"), Some(Structure { province_known: true, sex: "female", year: 1950 }));
        assert_eq!(read("017212000003").map(|id| (id.sex, id.year)), Some(("male", 2012)));
        assert_eq!(
            ["017", "101", "999", "097"].map(|place| read(&format!("{place}150000127")).is_some_and(|id| id.province_known)),
            [true, true, false, false]
        );
        assert_eq!(read("17150000127"), None);
        assert_eq!(read("01715000012x"), None);
    }

    #[test]
    fn mask_hides_the_middle() {
        assert_eq!(mask("017150000127"), "017150•••127");
        assert_eq!(mask("123"), "•••");
    }
}
