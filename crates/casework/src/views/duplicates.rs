//! People who may be one: hints while typing, pairs of the register, two people side by side, merging.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::people::{MembershipView, PersonRow};
use crate::forms::RecordView;

/// Somebody as they are being typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[serde(deny_unknown_fields)]
pub struct FindSimilar {
    /// The person, where they are in the register.
    #[ts(type = "string | null")]
    pub id: Option<RecordId>,
    /// Full name.
    pub full_name: String,
    /// Birth as known; what is no date yet is left out.
    pub birth_date: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Citizen id.
    pub citizen_id: Option<String>,
    /// Nine-digit identity card.
    pub old_id: Option<String>,
    /// Village of the household.
    #[ts(type = "string | null")]
    pub village: Option<RecordId>,
    /// Names of the people typed beside them.
    pub kin: Vec<String>,
    /// People who are not meant: of the same form, or told to be others.
    #[ts(type = "string[]")]
    pub without: Vec<RecordId>,
}

/// Somebody of the register who may be the one that is typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SimilarPerson {
    /// Who.
    pub person: PersonRow,
    /// `likely` or `possible`.
    pub level: String,
    /// Why, as codes of `evidence.<code>`: number, name, birth, sex, place, people.
    pub evidence: Vec<String>,
}

/// At most five, the likeliest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SimilarPeople {
    /// People.
    pub people: Vec<SimilarPerson>,
}

/// Which pairs.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[serde(deny_unknown_fields)]
pub struct ListDuplicates {
    /// Words of either's name, folded as in the search.
    pub text: String,
    /// Where either lives.
    #[ts(type = "string | null")]
    pub village: Option<RecordId>,
    /// Only pairs with the same number.
    pub same_id: bool,
    /// Only likely pairs.
    pub likely: bool,
    /// Pairs to leave out at the beginning.
    pub offset: u32,
    /// At most so many, and no more than 500.
    pub limit: u32,
}

/// Two people who may be one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DuplicatePair {
    /// The one entered first.
    pub one: PersonRow,
    /// The other.
    pub other: PersonRow,
    /// `likely` or `possible`.
    pub level: String,
    /// Why, as codes of `evidence.<code>`.
    pub evidence: Vec<String>,
}

/// Pairs, the likeliest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DuplicatePairs {
    /// Those of the page.
    pub pairs: Vec<DuplicatePair>,
    /// How many match.
    pub total: u32,
}

/// Names two people.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairRequest {
    /// One.
    #[ts(type = "string")]
    pub one: RecordId,
    /// The other.
    #[ts(type = "string")]
    pub other: RecordId,
}

/// How many records of a kind a person has.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KindCount {
    /// Kind; never a restricted one.
    pub kind: String,
    /// How many.
    pub count: u32,
}

/// One of two people side by side.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ComparedPerson {
    /// The person; the citizen id is masked in `masked_citizen_id` and absent here.
    pub person: RecordView,
    /// Citizen id as lists show it.
    pub masked_citizen_id: Option<String>,
    /// Households, present first.
    pub memberships: Vec<MembershipView>,
    /// What else is kept about them.
    pub records: Vec<KindCount>,
    /// When the entry was made (RFC 3339), and by whom.
    pub made_at: Option<String>,
    /// By whom.
    pub made_by: Option<String>,
}

/// Two people side by side.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// The one asked for first.
    pub one: ComparedPerson,
    /// The other.
    pub other: ComparedPerson,
    /// `likely`, `possible`, or `unlikely`.
    pub level: String,
    /// Why, as codes of `evidence.<code>`.
    pub evidence: Vec<String>,
    /// Numbers of the fields in which both have a value, and not the same one.
    pub differing: Vec<u16>,
    /// Said to be two people.
    pub different: bool,
}

/// Merges two entries of one person.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergePeople {
    /// The entry that stays.
    #[ts(type = "string")]
    pub survivor: RecordId,
    /// The entry that is given up for it.
    #[ts(type = "string")]
    pub given_up: RecordId,
    /// Numbers of the fields whose values come from the entry given up.
    pub take: Vec<u16>,
    /// Where the person lives, where the two are in different households.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub household: Option<RecordId>,
}

/// An entry that was given up for the person shown.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GivenUp {
    /// The entry.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Its name.
    pub full_name: String,
    /// Its birth.
    pub birth: Option<String>,
    /// When it was given up (RFC 3339).
    pub at: Option<String>,
    /// By whom.
    pub by: Option<String>,
}
