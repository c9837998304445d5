//! The bits of `person_list.marks`: what is missing or odd about a person, seen when the row is written.

use chrono::NaiveDate;
use domain::{PartialDate, ages, citizen_id};

use crate::marks::PersonMark;

/// Where a person lives.
pub(super) enum Home {
    /// Present in a household.
    In { has_village: bool },
    /// Every membership has ended.
    Left,
    /// In no household, never or no longer.
    None,
}

/// What the marks are read from.
pub(super) struct Seen<'a> {
    pub(super) birth: Option<PartialDate>,
    pub(super) sex: Option<&'a str>,
    pub(super) citizen_id: Option<&'a str>,
    /// Relationship to the head, of somebody present.
    pub(super) relationship: Option<&'a str>,
    pub(super) head_born: Option<PartialDate>,
    pub(super) home: Home,
    pub(super) today: NaiveDate,
}

/// All bits of a person.
pub(super) fn of(seen: &Seen<'_>) -> i64 {
    let mut marks = 0;
    let mut mark = |mark: PersonMark, holds: bool| {
        if holds {
            marks |= mark.bit().unwrap_or_default();
        }
    };
    mark(PersonMark::NoBirthDate, seen.birth.is_none());
    mark(PersonMark::YearOnly, seen.birth.is_some_and(|birth| !birth.is_full()));
    mark(PersonMark::NoCitizenId, seen.citizen_id.is_none());
    if let Some(id) = seen.citizen_id {
        match citizen_id::read(id) {
            None => mark(PersonMark::OddCitizenId, true),
            Some(says) => {
                mark(PersonMark::IdProvince, !says.province_known);
                mark(PersonMark::IdSex, seen.sex.is_some_and(|sex| sex != says.sex));
                mark(PersonMark::IdYear, seen.birth.is_some_and(|birth| !citizen_id::agrees_with_birth(&says, &birth)));
            }
        }
    }
    if let Some(relationship) = seen.relationship {
        mark(PersonMark::AgeOdd, ages::is_age_odd(relationship, seen.birth, seen.head_born, seen.today));
    }
    match seen.home {
        Home::In { has_village } => mark(PersonMark::NoVillage, !has_village),
        Home::Left => {}
        Home::None => {
            mark(PersonMark::NoHousehold, true);
            mark(PersonMark::NoVillage, true);
        }
    }
    marks
}
