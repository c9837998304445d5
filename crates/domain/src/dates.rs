//! Dates as people know them: to the day, the month or only the year.
//!
//! What is unknown is never invented in storage; a computation uses [`PartialDate::assumed`] and shows that it did. The engine, the
//! lists and the work desk all ask it, so that they take the same day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the length of the text is its precision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i32),
    /// Year and month are known.
    Month(Month),
    /// The day is known.
    Day(NaiveDate),
}

/// Which day a computation takes of a birth that is not known to the day: as the commune has decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AssumedBirth {
    /// The first day it may have been, as civil-status practice has it.
    #[default]
    First,
    /// The last day it may have been.
    Last,
}

impl AssumedBirth {
    /// Its code in the list `assumed_birth`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }

    /// The one with that code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        [Self::First, Self::Last].into_iter().find(|assumed| assumed.code() == code)
    }
}

impl PartialDate {
    /// The year, always known.
    #[must_use]
    pub fn year(&self) -> i32 {
        match self {
            Self::Year(year) => *year,
            Self::Month(month) => month.year,
            Self::Day(date) => date.year(),
        }
    }

    /// First day the date may be.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(*year, 1, 1).unwrap_or_default(),
            Self::Month(month) => month.first_day(),
            Self::Day(date) => *date,
        }
    }

    /// Last day the date may be.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(*year, 12, 31).unwrap_or_default(),
            Self::Month(month) => month.last_day(),
            Self::Day(date) => *date,
        }
    }

    /// True when both may be the same day: one as precise as the other, or a part of it.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// The day of a birth that a computation takes (data dictionary §3).
    #[must_use]
    pub fn assumed(&self, birth: AssumedBirth) -> NaiveDate {
        match birth {
            AssumedBirth::First => self.first_day(),
            AssumedBirth::Last => self.last_day(),
        }
    }

    /// True when the day is known.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Day(_))
    }

    /// Completed months of age on a date, from the assumed date. In a month without the day of birth its last day
    /// counts (born 29/02: 28/02). Negative before birth is `None`.
    #[must_use]
    pub fn age_months(&self, on: NaiveDate, birth: AssumedBirth) -> Option<u32> {
        let born = self.assumed(birth);
        if on < born {
            return None;
        }
        let months = (on.year() - born.year()) * 12 + i32::try_from(on.month()).ok()? - i32::try_from(born.month()).ok()?;
        let months = u32::try_from(months).ok()?;
        let reached = born.checked_add_months(Months::new(months)).is_some_and(|day| day <= on);
        Some(if reached { months } else { months.saturating_sub(1) })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(month) => month.fmt(f),
            Self::Day(date) => fmt::Display::fmt(date, f),
        }
    }
}

/// A text is no date of this calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NotADate;

fn year(text: &str) -> Result<i32, NotADate> {
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotADate);
    }
    text.parse().map_err(|_| NotADate)
}

impl FromStr for PartialDate {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        match text.len() {
            4 => year(text).map(Self::Year),
            7 => text.parse().map(Self::Month),
            10 => {
                year(text.get(..4).ok_or(NotADate)?)?;
                NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::Day).map_err(|_| NotADate)
            }
            _ => Err(NotADate),
        }
    }
}

/// A calendar month, text `YYYY-MM`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month {
    /// Calendar year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month a date lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        (self.first_day() + Months::new(1)).pred_opt().unwrap_or_default()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let (left, right) = text.split_once('-').ok_or(NotADate)?;
        if right.len() != 2 || !right.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotADate);
        }
        let month = right.parse().map_err(|_| NotADate)?;
        let year = year(left)?;
        if !(1..=12).contains(&month) || year == 0 {
            return Err(NotADate);
        }
        Ok(Self { year, month })
    }
}

macro_rules! as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
as_text!(PartialDate);
as_text!(Month);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_form_is_frozen() {
        for text in ["1948", "1948-03", "1948-03-17"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["48", "1948-13", "1948-02-30", "1948-3-1", "+948", "1948-00", "0000-01", "năm tư"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text} is no date");
        }
    }

    #[test]
    fn child_born_on_leap_day_turns_one_on_28_february() {
        let born: PartialDate = "2024-02-29".parse().unwrap();
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        let age = |on: &str| born.age_months(day(on), AssumedBirth::First);
        assert_eq!([age("2025-02-27"), age("2025-02-28"), age("2024-02-28")], [Some(11), Some(12), None]);
    }

    #[test]
    fn a_birth_known_in_part_is_taken_as_the_commune_has_decided() {
        let days = |text: &str| {
            let born: PartialDate = text.parse().unwrap();
            [AssumedBirth::First, AssumedBirth::Last].map(|birth| born.assumed(birth).to_string())
        };
        assert_eq!(days("1951"), ["1951-01-01", "1951-12-31"]);
        assert_eq!(days("1952-02"), ["1952-02-01", "1952-02-29"]);
        assert_eq!(days("1951-05-06"), ["1951-05-06", "1951-05-06"]);
        let codes: Vec<&str> = crate::codes::list("assumed_birth").iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, ["first", "last"]);
        assert!(codes.iter().all(|code| AssumedBirth::named(code).is_some_and(|birth| birth.code() == *code)));
    }
}
