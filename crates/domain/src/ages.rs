//! Ages that do not go together in a household (tuổi không khớp quan hệ): a child older than the head, a spouse of eight.
//!
//! Owes its callers: whether the two birth dates speak against the relationship, nothing more. What is odd may still be
//! true (a step-parent, a late marriage), so it is shown to be looked at and never refused.

use chrono::NaiveDate;

use crate::PartialDate;

/// Youngest parent thought likely, in years.
const PARENT: i32 = 13;
/// Youngest head of a household thought likely, in years.
const HEAD: i32 = 15;
/// Youngest spouse thought likely, in years.
const SPOUSE: i32 = 16;
/// Widest gap between husband and wife thought likely, in years.
const COUPLE: i32 = 40;

/// Whether the ages of a member and of the head speak against the member's relationship to the head. Years alone are
/// compared, since many dates are known to the year only; what is not known speaks against nothing.
#[must_use]
pub fn is_age_odd(relationship: &str, born: Option<PartialDate>, head_born: Option<PartialDate>, on: NaiveDate) -> bool {
    let Some(born) = born else { return false };
    let age = chrono::Datelike::year(&on) - born.year();
    if relationship == "head" {
        return age < HEAD;
    }
    let Some(head_born) = head_born else { return relationship == "spouse" && age < SPOUSE };
    let younger = born.year() - head_born.year();
    match relationship {
        "spouse" => age < SPOUSE || younger.abs() > COUPLE,
        "child" => younger < PARENT,
        "grandchild" => younger < 2 * PARENT,
        "great_grandchild" => younger < 3 * PARENT,
        "parent" => younger > -PARENT,
        "grandparent" => younger > -2 * PARENT,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_that_do_not_go_together_are_odd() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
        let year = |year: i32| Some(PartialDate::Year(year));
        for (relationship, born, head, odd) in [
            ("child", 1980, 1950, false),
            ("child", 1949, 1950, true),
            ("adopted_child", 1949, 1950, false),
            ("grandchild", 1974, 1950, true),
            ("parent", 1930, 1950, false),
            ("parent", 1945, 1950, true),
            ("spouse", 2016, 1990, true),
            ("spouse", 1952, 1950, false),
            ("head", 2014, 2014, true),
            ("sibling", 1900, 1950, false),
        ] {
            assert_eq!(is_age_odd(relationship, year(born), year(head), on), odd, "{relationship} of {born}, head of {head}");
        }
        assert!(!is_age_odd("child", None, year(1950), on));
        assert!(!is_age_odd("child", year(1949), None, on));
    }
}
