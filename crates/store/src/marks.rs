//! Marks (điều cần xem): what is missing, odd or waiting about a person or a household, by which lists are filtered and
//! the quality of the register is counted (operational indicator O6).
//!
//! Would surprise: most marks of people are bits of `person_list.marks`, written with the row; those that depend on other
//! records or change without the row (same id, waiting, in conflict) are asked for when the list is.

/// What there is to look at about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonMark {
    /// No citizen id.
    NoCitizenId,
    /// A citizen id that is not twelve digits.
    OddCitizenId,
    /// The id says another sex.
    IdSex,
    /// The id says another year of birth.
    IdYear,
    /// The id names no province there is.
    IdProvince,
    /// No date of birth.
    NoBirthDate,
    /// Of the birth only the year or the month is known.
    YearOnly,
    /// Present in no household.
    NoHousehold,
    /// In no village: the household has none, or there is no household.
    NoVillage,
    /// An age that does not go with the relationship to the head.
    AgeOdd,
    /// Another living record has the same citizen id.
    SameCitizenId,
    /// Present in several households.
    TwoHomes,
    /// Two values disagree.
    Conflict,
    /// A finding of the program is open.
    Finding,
    /// Has changes that wait for the province.
    Pending,
}

impl PersonMark {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::NoCitizenId,
        Self::OddCitizenId,
        Self::IdSex,
        Self::IdYear,
        Self::IdProvince,
        Self::NoBirthDate,
        Self::YearOnly,
        Self::NoHousehold,
        Self::NoVillage,
        Self::AgeOdd,
        Self::SameCitizenId,
        Self::TwoHomes,
        Self::Conflict,
        Self::Finding,
        Self::Pending,
    ];

    /// Its name across the door and in saved filters; permanent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoCitizenId => "no_citizen_id",
            Self::OddCitizenId => "odd_citizen_id",
            Self::IdSex => "id_sex",
            Self::IdYear => "id_year",
            Self::IdProvince => "id_province",
            Self::NoBirthDate => "no_birth_date",
            Self::YearOnly => "year_only",
            Self::NoHousehold => "no_household",
            Self::NoVillage => "no_village",
            Self::AgeOdd => "age_odd",
            Self::SameCitizenId => "same_citizen_id",
            Self::TwoHomes => "two_homes",
            Self::Conflict => "conflict",
            Self::Finding => "finding",
            Self::Pending => "pending",
        }
    }

    /// The mark of a name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }

    /// Its bit in `person_list.marks`; none where it is asked for with the list.
    pub(crate) const fn bit(self) -> Option<i64> {
        match self {
            Self::NoCitizenId => Some(1),
            Self::OddCitizenId => Some(1 << 1),
            Self::IdSex => Some(1 << 2),
            Self::IdYear => Some(1 << 3),
            Self::IdProvince => Some(1 << 4),
            Self::NoBirthDate => Some(1 << 5),
            Self::YearOnly => Some(1 << 6),
            Self::NoHousehold => Some(1 << 7),
            Self::NoVillage => Some(1 << 8),
            Self::AgeOdd => Some(1 << 9),
            Self::SameCitizenId | Self::TwoHomes | Self::Conflict | Self::Finding | Self::Pending => None,
        }
    }

    /// As a condition on a row `l` of `person_list`.
    pub(crate) fn condition(self) -> String {
        match self {
            Self::SameCitizenId => SAME_ID.to_owned(),
            Self::TwoHomes => TWO_HOMES.to_owned(),
            Self::Conflict => CONFLICT.to_owned(),
            Self::Finding => FINDING.to_owned(),
            Self::Pending => PENDING.to_owned(),
            other => format!("l.marks & {} <> 0", other.bit().unwrap_or_default()),
        }
    }
}

/// Another live record has the same citizen id, and of one of them nobody has compared it with the paper. Numbers borne twice
/// are found along their index, then their bearers.
const SAME_ID: &str = "l.lid IN (SELECT p.lid FROM person AS p WHERE p.citizen_id IN \
    (SELECT q.citizen_id FROM person AS q JOIN rec AS o ON o.lid = q.lid WHERE o.life = 0 AND q.citizen_id IN \
    (SELECT citizen_id FROM person WHERE citizen_id IS NOT NULL GROUP BY citizen_id HAVING count(*) > 1) \
    GROUP BY q.citizen_id HAVING count(*) > 1 AND sum(NOT EXISTS (SELECT 1 FROM rec AS c JOIN id_check AS i ON i.lid = c.lid \
    WHERE c.parent = o.rid AND c.life = 0 AND i.citizen_id = q.citizen_id)) > 0))";
/// Has open memberships of several households, those of entries given up among them.
const TWO_HOMES: &str = "l.lid IN (SELECT p.lid FROM (SELECT coalesce(g.survivor, m.person) AS rid \
    FROM household_member AS m JOIN rec AS r ON r.lid = m.lid JOIN rec AS h ON h.rid = r.parent \
    LEFT JOIN merged AS g ON g.rid = m.person WHERE m.person IS NOT NULL AND m.to_on IS NULL AND r.life = 0 AND h.life = 0 \
    GROUP BY 1 HAVING count(DISTINCT r.parent) > 1) AS t JOIN rec AS p ON p.rid = t.rid)";
/// Is in conflict, itself or a row of it. What is specially protected is not told in a list.
pub(crate) const CONFLICT: &str = "l.lid IN (SELECT c.lid FROM rec AS c WHERE c.nconf > 0 UNION \
    SELECT p.lid FROM rec AS c JOIN rec AS p ON p.rid = c.parent WHERE c.nconf > 0 AND c.kind <> 12)";
/// The program noticed something about it or a row of it.
pub(crate) const FINDING: &str = "l.lid IN (SELECT c.lid FROM finding AS f JOIN rec AS c ON c.lid = f.lid \
    WHERE f.closed_at IS NULL UNION SELECT p.lid FROM finding AS f JOIN rec AS c ON c.lid = f.lid \
    JOIN rec AS p ON p.rid = c.parent WHERE f.closed_at IS NULL AND c.kind <> 12)";
/// Waits for the province, itself or a row of it.
pub(crate) const PENDING: &str = "EXISTS (SELECT 1 FROM rec AS r WHERE r.lid = l.lid AND (r.pend > 0 OR EXISTS \
    (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.pend > 0)))";

/// What there is to look at about a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HouseholdMark {
    /// People, and nobody present is the head.
    NoHead,
    /// Several present are the head.
    TwoHeads,
    /// Nobody is present.
    Empty,
    /// In no village.
    NoVillage,
    /// No class of this year's review.
    NotReviewed,
    /// Two values disagree.
    Conflict,
    /// A finding of the program is open.
    Finding,
    /// Has changes that wait for the province.
    Pending,
}

impl HouseholdMark {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NoHead,
        Self::TwoHeads,
        Self::Empty,
        Self::NoVillage,
        Self::NotReviewed,
        Self::Conflict,
        Self::Finding,
        Self::Pending,
    ];

    /// Its name across the door and in saved filters; permanent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoHead => "no_head",
            Self::TwoHeads => "two_heads",
            Self::Empty => "empty",
            Self::NoVillage => "no_village",
            Self::NotReviewed => "not_reviewed",
            Self::Conflict => "conflict",
            Self::Finding => "finding",
            Self::Pending => "pending",
        }
    }

    /// The mark of a name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }

    /// As a condition on a row `l` of `household_list`.
    pub(crate) const fn condition(self) -> &'static str {
        match self {
            Self::NoHead => "(l.heads = 0 AND l.members > 0)",
            Self::TwoHeads => "l.heads > 1",
            Self::Empty => "l.members = 0",
            Self::NoVillage => "l.village IS NULL",
            Self::NotReviewed => "l.class IS NULL",
            Self::Conflict => CONFLICT,
            Self::Finding => FINDING,
            Self::Pending => PENDING,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_mark_has_its_own_name_and_bit() {
        let names: BTreeSet<&str> = PersonMark::ALL.iter().map(|mark| mark.code()).collect();
        assert_eq!(names.len(), PersonMark::ALL.len());
        let bits: Vec<i64> = PersonMark::ALL.iter().filter_map(|mark| mark.bit()).collect();
        let all = bits.iter().fold(0, |all, bit| all | bit);
        assert_eq!(all.count_ones() as usize, bits.len(), "two marks share a bit");
        for mark in HouseholdMark::ALL {
            assert_eq!(HouseholdMark::from_code(mark.code()), Some(mark));
        }
    }
}
