//! Communes, villages, region status.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::forms::RecordView;
use crate::views::accounts::CommuneName;

/// Places on a date.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetPlaces {
    /// The date; null = today.
    pub on: Option<String>,
}

/// An old commune that went into this one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Predecessor {
    /// Unit id.
    pub unit: u32,
    /// Name with its word.
    pub name: String,
    /// District it belonged to.
    pub district: Option<String>,
    /// Divided between several: the village decides.
    pub is_split: bool,
}

/// A village with its region status.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VillageView {
    /// The village.
    pub village: RecordView,
    /// Name with its word: `xóm Mu`.
    pub full_name: String,
    /// Region status on the date.
    pub region_status: Option<String>,
    /// All rows, newest first.
    pub region_rows: Vec<RecordView>,
    /// Households there.
    pub households: u32,
    /// People there.
    pub people: u32,
    /// In force on the date.
    pub in_force: bool,
}

/// The commune and its villages.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlacesView {
    /// The commune as named on the date.
    pub commune: CommuneName,
    /// What it was made of.
    pub predecessors: Vec<Predecessor>,
    /// Region status rows of the commune itself, newest first.
    pub region_rows: Vec<RecordView>,
    /// Villages in their order.
    pub villages: Vec<VillageView>,
}

/// A village to choose from.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VillageChoice {
    /// The village.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Name with its word.
    pub label: String,
    /// Region status today.
    pub region_status: Option<String>,
}

/// Villages in force.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VillageChoices {
    /// In their order.
    pub villages: Vec<VillageChoice>,
}

/// A village on the map.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VillagePoint {
    /// The village.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Name with its word.
    pub name: String,
    /// Degrees north and east; null = not recorded.
    pub at: Option<Coordinates>,
    /// Households there.
    pub households: u32,
    /// People there.
    pub people: u32,
}

/// A place on the earth, degrees.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct Coordinates {
    /// North.
    pub latitude: f64,
    /// East.
    pub longitude: f64,
}

/// A household on the map.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HouseholdPoint {
    /// The household.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Its head; empty where none is recorded.
    pub head_name: String,
    /// Its code.
    pub code: String,
    /// Its village.
    #[ts(type = "string | null")]
    pub village: Option<RecordId>,
    /// Class of this year; null = not reviewed.
    pub poverty_class: Option<String>,
    /// Where.
    pub at: Coordinates,
}

/// The commune as points.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MapView {
    /// Villages in force, in their order, also those without coordinates.
    pub villages: Vec<VillagePoint>,
    /// Households with coordinates.
    pub households: Vec<HouseholdPoint>,
}
