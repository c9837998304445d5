//! Households, who lives in them, and the class of each yearly poverty review.

use chrono::NaiveDate;

use super::define::record;
use crate::ValueType::{Bool, Code, Date, Decimal as Number, Int, PartialDate as Partial, Ref, Text};
use crate::{Decimal, PartialDate, RecordId};

record! {
    /// A household (hộ gia đình). Its head is not stored: it is the present member whose relationship is `head`.
    Household = 1 "household", parent None, restricted false;
    16 code {
        /// Label such as `MB-7K3-QT9`; kept after a move; a double is reported, never refused.
        code: String = Text { max: 20 },
    }
    17 source_code {
        /// Code in the list the household came from.
        source_code: String = Text { max: 60 },
    }
    18 village {
        /// The village (xóm, bản) it lives in.
        village: RecordId = Ref,
    }
    19 address_detail {
        /// House number, place in the village.
        address_detail: String = Text { max: 200 },
    }
    20 phone {
        /// Telephone, ten digits.
        phone: String = Text { max: 20 },
        /// Whose telephone it is: often a neighbour's or a child's.
        phone_owner: String = Text { max: 100 },
    }
    21 ethnic_code {
        /// Ethnic group most members share; each person has their own.
        ethnic_code: String = Code("ethnic_group"),
    }
    22 location {
        /// Latitude, degrees north.
        latitude: Decimal = Number,
        /// Longitude, degrees east.
        longitude: Decimal = Number,
    }
    23 residence_household {
        /// True where this is the household of the residence register.
        is_residence_household: bool = Bool,
        /// The household of the other register, where the two differ.
        linked_household: RecordId = Ref,
    }
    24 note {
        /// Free note.
        note: String = Text { max: 2000 },
    }
    25 split_from {
        /// The household this one was split from.
        split_from: RecordId = Ref,
        /// When.
        split_on: NaiveDate = Date,
    }
    26 joined_into {
        /// The household this one joined.
        joined_into: RecordId = Ref,
        /// When.
        joined_on: NaiveDate = Date,
    }
    27 departure {
        /// First day on which the whole household lives outside the commune; null = it lives here.
        left_on: NaiveDate = Date,
        /// Where to, in words.
        left_to: String = Text { max: 200 },
    }
}

record! {
    /// A member of a household (thành viên hộ): a child record of the household that refers to the person.
    HouseholdMember = 3 "household_member", parent Some("household"), restricted false;
    16 person {
        /// Who.
        person: RecordId = Ref,
    }
    17 relationship_to_head {
        /// Relation to the head of household.
        relationship_to_head: String = Code("relationship_to_head"),
    }
    18 arrival {
        /// From when; null = as far back as known.
        from_on: PartialDate = Partial,
        /// Why in: birth, marriage, move, split, merge, relation (only the relation to the head changed).
        reason_in: String = Text { max: 40 },
    }
    19 departure {
        /// Until when; null = still present.
        to_on: PartialDate = Partial,
        /// Why out: marriage, move, death, split, merge, relation.
        reason_out: String = Text { max: 40 },
    }
    20 came_from {
        /// Where from, in words, for one who came from outside the commune.
        came_from: String = Text { max: 200 },
    }
    21 went_to {
        /// Where to, in words, for one who left the commune.
        went_to: String = Text { max: 200 },
    }
}

impl HouseholdMember {
    /// The field of the relation to the head.
    pub const RELATIONSHIP: u16 = 17;
    /// The field that says until when, and why no longer.
    pub const DEPARTURE: u16 = 19;
}

record! {
    /// The class a household was given by one year's poverty review (rà soát hộ nghèo); no row = not reviewed that year.
    PovertyClass = 4 "poverty_class", parent Some("household"), restricted false;
    16 year {
        /// Year of the review's class.
        year: i64 = Int,
    }
    17 class {
        /// Class given.
        class: String = Code("poverty_class"),
        /// Number of the decision.
        decision_no: String = Text { max: 60 },
        /// Date of the decision.
        decision_on: NaiveDate = Date,
    }
    18 certificate_no {
        /// Number of the household's certificate.
        certificate_no: String = Text { max: 60 },
    }
    19 scores {
        /// Score B1 (income).
        score_b1: i64 = Int,
        /// Score B2 (deprivation).
        score_b2: i64 = Int,
    }
    20 validity {
        /// First day in force, usually 01/01.
        valid_from: NaiveDate = Date,
        /// Last day in force, usually 31/12.
        valid_to: NaiveDate = Date,
    }
}

record! {
    /// Where a household lived until it moved (nơi ở trước đây của hộ): one row a spell that is over. The present place stands in
    /// the household itself.
    HouseholdPlace = 22 "household_place", parent Some("household"), restricted false;
    16 place {
        /// The village.
        village: RecordId = Ref,
        /// House number, place in the village.
        address_detail: String = Text { max: 200 },
        /// The place in words, outside the commune.
        elsewhere: String = Text { max: 200 },
    }
    17 span {
        /// From when; null = as far back as known.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
}

record! {
    /// Something that happened to a household or one of its people (biến động): written once by the act that did it, with its date and
    /// reason. A child of the household it happened in; one row a person concerned.
    FamilyEvent = 23 "family_event", parent Some("household"), restricted false;
    16 what {
        /// `split`, `merge`, `leave`, `arrive`, `move_household` …: the name of the act.
        what: String = Text { max: 40 },
    }
    17 happened_on {
        /// When it happened.
        happened_on: PartialDate = Partial,
    }
    18 reason {
        /// Why, as told; number of the paper.
        reason: String = Text { max: 500 },
    }
    19 person {
        /// The person concerned; null = the household as a whole.
        person: RecordId = Ref,
    }
    20 other {
        /// The other household concerned.
        other: RecordId = Ref,
    }
}

/// Symbols of Crockford's base 32: no I, L, O, U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The label of a new household: two letters of the commune and six symbols from the id's random bits, `MB-7K3-QT9`.
/// No counter, so that two offices never give the same one by counting; a double is reported, never refused.
#[must_use]
pub fn household_code(commune_name: &str, id: &RecordId) -> String {
    let folded = crate::text::fold(commune_name).to_uppercase();
    let words: Vec<&str> = folded.split(' ').skip(1).collect();
    let letters: String = match words.as_slice() {
        [] => "XX".to_owned(),
        [only] => only.chars().take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    let random = id.bytes().iter().skip(10).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let symbol = |place: u32| char::from(SYMBOLS[usize::try_from((random >> (5 * place)) & 31).unwrap_or(0)]);
    let (left, right): (String, String) = ((3..6).rev().map(symbol).collect(), (0..3).rev().map(symbol).collect());
    format!("{letters}-{left}-{right}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_a_name_are_those_of_the_registry() {
        let fid = |column: &str| <HouseholdMember as crate::registry::Record>::KIND.field_of(column).map(|field| field.fid);
        assert_eq!(fid("relationship_to_head"), Some(HouseholdMember::RELATIONSHIP));
        assert_eq!(fid("to_on"), Some(HouseholdMember::DEPARTURE));
    }

    #[test]
    fn household_code_has_the_letters_of_the_commune() {
        let id = RecordId::from_parts(1_763_884_800_000, [9; 10]);
        let code = household_code("Xã Mường Bi", &id);
        assert!(code.starts_with("MB-"), "{code}");
        assert_eq!(code.len(), 10);
        assert_ne!(code, household_code("Xã Mường Bi", &RecordId::from_parts(1_763_884_800_000, [8; 10])));
    }
}
