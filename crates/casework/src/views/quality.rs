//! The quality of the register: what is missing or odd, counted by village.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many have a mark.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MarkCount {
    /// The mark, as in the filters of the lists.
    pub mark: String,
    /// Rows.
    pub count: u32,
}

/// The numbers of one village.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct QualityRow {
    /// The village; null = in none.
    #[ts(type = "string | null")]
    pub village: Option<RecordId>,
    /// Its name with its word; empty for none.
    pub village_name: String,
    /// People who live here.
    pub people: u32,
    /// Of them with an id of twelve digits.
    pub with_id: u32,
    /// Of them with a birth known to the day.
    pub with_birth: u32,
    /// Of them with a village.
    pub with_village: u32,
    /// Of them with all three.
    pub complete: u32,
    /// Households.
    pub households: u32,
    /// People by mark; a mark that nobody has is absent.
    pub person_marks: Vec<MarkCount>,
    /// Households by mark.
    pub household_marks: Vec<MarkCount>,
}

/// The quality of the register today.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Quality {
    /// Villages in their order, then what is in none.
    pub rows: Vec<QualityRow>,
}
