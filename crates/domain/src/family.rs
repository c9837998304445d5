//! What must hold of an act of family life (tách hộ, nhập hộ, khai sinh, khai tử …), told all at once with the fields it is about.
//!
//! An act is refused only where what it leaves behind would contradict itself: a day that has not come, a household of two heads
//! made on purpose. What is merely odd is a warning and is saved.

use chrono::NaiveDate;

use crate::{AssumedBirth, PartialDate, Problem};

/// A mother or father younger than this is a mistake of typing more often than not.
const YOUNGEST_PARENT: u32 = 12 * 12;
/// A mother older than this is asked about.
const OLDEST_MOTHER: u32 = 12 * 60;

/// The day of an act: told, readable, whole where the rosters before and after depend on it, and not in the future.
pub fn day(text: Option<&str>, whole: bool, today: NaiveDate) -> Result<PartialDate, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty()).ok_or_else(|| Problem::error("on", "date_missing"))?;
    let on: PartialDate = text.parse().map_err(|_| Problem::error("on", "date_unreadable").with("read", text))?;
    if whole && !on.is_full() {
        return Err(Problem::error("on", "date_not_whole"));
    }
    if on.first_day() > today {
        return Err(Problem::error("on", "date_in_future"));
    }
    Ok(on)
}

/// The relations of those who will live together: one of them is the head.
#[must_use]
pub fn one_head<'a>(path: &str, relationships: impl IntoIterator<Item = Option<&'a str>>) -> Option<Problem> {
    match relationships.into_iter().filter(|relationship| *relationship == Some("head")).count() {
        1 => None,
        0 => Some(Problem::error(path, "act_head_missing")),
        _ => Some(Problem::error(path, "act_head_twice")),
    }
}

/// What is odd about a child's mother or father.
#[must_use]
pub fn parent(path: &str, side: &str, sex: Option<&str>, born: Option<PartialDate>, child: PartialDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    let expected = if side == "mother" { "female" } else { "male" };
    if sex.is_some_and(|sex| sex != expected) {
        problems.push(Problem::warning(path, "parent_sex_odd"));
    }
    let Some(born) = born else { return problems };
    let is_odd = match born.age_months(child.last_day(), AssumedBirth::First) {
        None => true,
        Some(age) => age < YOUNGEST_PARENT || (side == "mother" && age > OLDEST_MOTHER),
    };
    if is_odd {
        problems.push(Problem::warning(path, "parent_age_odd").with("year", born.year()));
    }
    problems
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn the_day_of_an_act_is_told_whole_and_past() {
        let code = |text, whole| day(text, whole, today()).map_err(|problem| problem.code);
        assert_eq!(code(None, true), Err("date_missing".to_owned()));
        assert_eq!(code(Some("31/02/2026"), true), Err("date_unreadable".to_owned()));
        assert_eq!(code(Some("2026-11"), true), Err("date_not_whole".to_owned()));
        assert_eq!(code(Some("2026-11-24"), true), Err("date_in_future".to_owned()));
        assert!(code(Some("2026-11"), false).is_ok() && code(Some("2026-11-23"), true).is_ok());
    }

    #[test]
    fn those_who_live_together_have_one_head() {
        assert!(one_head("leaving", [Some("head"), Some("child"), None]).is_none());
        assert_eq!(one_head("leaving", [Some("child")]).unwrap().code, "act_head_missing");
        assert_eq!(one_head("leaving", [Some("head"), Some("head")]).unwrap().code, "act_head_twice");
    }

    #[test]
    fn a_mother_of_eleven_and_a_father_born_later_are_odd() {
        let child = "2026-03-01".parse().unwrap();
        let odd = |side, sex, born: &str| parent("mother", side, Some(sex), born.parse().ok(), child).len();
        assert_eq!(odd("mother", "female", "1998"), 0);
        assert_eq!(odd("mother", "female", "2015-03-02"), 1);
        assert_eq!(odd("mother", "female", "1960"), 1);
        assert_eq!(odd("father", "male", "1950"), 0);
        assert_eq!(odd("father", "female", "2027"), 2);
    }
}
