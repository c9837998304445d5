//! Births, of which often only the year is known.

use chrono::Datelike;

use super::Evidence;
use crate::PartialDate;

/// Month and day as `100 × month + day`, where both are known.
pub(super) fn day(birth: &PartialDate) -> Option<i32> {
    let full = birth.is_full().then(|| birth.first_day())?;
    i32::try_from(full.month() * 100 + full.day()).ok()
}

fn month(birth: &PartialDate) -> Option<u32> {
    (!matches!(birth, PartialDate::Year(_))).then(|| birth.first_day().month())
}

pub(super) fn compare(one: Option<&PartialDate>, other: Option<&PartialDate>) -> Option<(Evidence, i32)> {
    let (one, other) = (one?, other?);
    let days = day(one).zip(day(other));
    Some(if one.year() == other.year() {
        match days {
            Some((one, other)) if one == other => (Evidence::BirthSame, 22),
            Some((one, other)) if one % 100 == other / 100 && one / 100 == other % 100 => (Evidence::BirthSwapped, 16),
            Some((one, other)) if one % 100 == other % 100 || one / 100 == other / 100 => (Evidence::BirthPart, 10),
            Some(_) => (Evidence::BirthYear, 6),
            None => match month(one).zip(month(other)) {
                Some((one, other)) if one == other => (Evidence::BirthYear, 15),
                Some(_) => (Evidence::BirthYear, 6),
                None => (Evidence::BirthYear, 12),
            },
        }
    } else if is_near(one.year(), other.year()) {
        match days {
            Some((one, other)) if one == other => (Evidence::BirthDigit, 14),
            Some(_) => (Evidence::BirthDiffers, -8),
            None => (Evidence::BirthDigit, 0),
        }
    } else {
        (Evidence::BirthDiffers, -15)
    })
}

/// One digit other, the last two swapped, or a year apart as ages are counted.
fn is_near(one: i32, other: i32) -> bool {
    let digits = |year: i32| [year / 1000, year / 100 % 10, year / 10 % 10, year % 10];
    let (left, right) = (digits(one), digits(other));
    let other_digits = left.iter().zip(&right).filter(|(one, other)| one != other).count();
    let swapped = left[..2] == right[..2] && left[2] == right[3] && left[3] == right[2];
    other_digits == 1 || swapped || (one - other).abs() == 1
}
