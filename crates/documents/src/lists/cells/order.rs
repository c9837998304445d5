//! Whether a column of dates puts the day or the month first.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::date::parts;
use crate::sheet::{Cell, Shown};

/// Which comes first in a date of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `17/3/1948`, as everywhere here.
    DayFirst,
    /// `3/17/1948`.
    MonthFirst,
}

/// What a whole column tells about the order of day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Order {
    /// Texts whose first number can only be the day.
    day_first: usize,
    /// Texts whose second number can only be the day.
    month_first: usize,
    /// Texts that go either way.
    either: usize,
    /// Real dates with a day up to 12 other than the month.
    real_either: usize,
    /// Real dates with a day over 12.
    real_plain: usize,
    /// What a worker said, which goes before all evidence.
    pub chosen: Option<DateOrder>,
    /// What a worker said of an earlier file of this layout, which holds where nothing tells.
    pub usual: Option<DateOrder>,
}

impl Order {
    /// Looks at the cells of a column.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Self {
        let mut order = Self::default();
        for cell in cells {
            match cell {
                Cell::Date(date, Shown::Day) if date.day() > 12 => order.real_plain += 1,
                Cell::Date(date, Shown::Day) if date.day() != date.month() => order.real_either += 1,
                Cell::Text(text) => {
                    if let Some([first, second, _]) = three_numbers(text) {
                        match (first > 12, second > 12) {
                            (true, false) => order.day_first += 1,
                            (false, true) => order.month_first += 1,
                            (false, false) if goes_either_way(first, second) => order.either += 1,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        order
    }

    /// With what a worker said of the column, in this file or an earlier one.
    pub fn said(self, chosen: Option<DateOrder>, usual: Option<DateOrder>) -> Self {
        Self { chosen, usual, ..self }
    }

    /// What several columns tell together.
    pub fn and(self, other: Self) -> Self {
        Self { day_first: self.day_first + other.day_first, month_first: self.month_first + other.month_first, ..self }
    }

    /// A column of texts that tells nothing goes by the other columns of its file.
    pub fn beside(self, file: Self) -> Self {
        if self.undecided() { Self { day_first: file.day_first, month_first: file.month_first, ..self } } else { self }
    }

    /// Some texts go either way, and nothing tells which.
    fn undecided(self) -> bool {
        self.either > 0 && self.day_first == 0 && self.month_first == 0
    }

    /// The order taken for texts of which nobody knows: that of an earlier file, else the one of the country.
    pub fn assumed(self) -> Option<DateOrder> {
        let unknown = self.chosen.is_none() && self.undecided();
        unknown.then(|| self.usual.unwrap_or(DateOrder::DayFirst))
    }

    /// How many texts go either way.
    pub fn either(self) -> usize {
        self.either
    }

    /// The texts of this column put the month first, or too many do for slips of the hand.
    pub fn texts_turned(self) -> bool {
        self.month_first * 3 > self.day_first
    }

    /// A spreadsheet of another country takes `3/4/1948` for the 4th of March and leaves `17/3/1948` a text: many real
    /// dates, none with a day over 12, beside texts that only we can read.
    pub fn real_dates_turned(self) -> bool {
        self.real_plain == 0 && self.real_either >= 4 && self.day_first >= 2 && self.either == 0
    }
}

fn goes_either_way(first: u32, second: u32) -> bool {
    (1..=12).contains(&first) && (1..=12).contains(&second) && first != second
}

/// The two readings of a text that goes either way: its first number, its second, and the year.
pub(crate) fn ambiguous(cell: &Cell) -> Option<[u32; 3]> {
    match cell {
        Cell::Text(text) => three_numbers(text).filter(|[first, second, _]| goes_either_way(*first, *second)),
        _ => None,
    }
}

fn three_numbers(text: &str) -> Option<[u32; 3]> {
    let parts = parts(text)?;
    match parts.as_slice() {
        [first, second, third] if third.len() == 4 && first.len() <= 2 && second.len() <= 2 => {
            Some([first.parse().ok()?, second.parse().ok()?, third.parse().ok()?])
        }
        _ => None,
    }
}
