//! Households with coordinates (hộ có tọa độ), for the map of the commune.

use domain::{Decimal, RecordId};

use crate::error::Result;
use crate::open::View;

/// A household on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseholdPoint {
    /// The household.
    pub id: RecordId,
    /// Name of its head.
    pub head: Option<String>,
    /// Its label.
    pub code: String,
    /// Its village.
    pub village: Option<RecordId>,
    /// Class of this year's review; none = not reviewed.
    pub class: Option<String>,
    /// Degrees north.
    pub latitude: Decimal,
    /// Degrees east.
    pub longitude: Decimal,
}

impl View<'_> {
    /// Live households that have both coordinates, in the order of their making.
    pub fn list_household_points(&self) -> Result<Vec<HouseholdPoint>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.rid, p.full_name, l.code, v.rid AS village, l.class, h.latitude, h.longitude \
             FROM household_list AS l JOIN household AS h ON h.lid = l.lid JOIN rec AS r ON r.lid = l.lid \
             LEFT JOIN person AS p ON p.lid = l.head LEFT JOIN rec AS v ON v.lid = l.village \
             WHERE l.gone = 0 AND h.latitude IS NOT NULL AND h.longitude IS NOT NULL ORDER BY l.lid",
        )?;
        let mut rows = statement.query([])?;
        let mut points = Vec::new();
        while let Some(row) = rows.next()? {
            let number =
                |column: &str| -> rusqlite::Result<Option<Decimal>> { Ok(Decimal::parse(&row.get::<_, String>(column)?)) };
            let (Some(latitude), Some(longitude)) = (number("latitude")?, number("longitude")?) else { continue };
            points.push(HouseholdPoint {
                id: RecordId(row.get("rid")?),
                head: row.get("full_name")?,
                code: row.get("code")?,
                village: row.get::<_, Option<[u8; 16]>>("village")?.map(RecordId),
                class: row.get("class")?,
                latitude,
                longitude,
            });
        }
        Ok(points)
    }
}
