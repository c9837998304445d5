//! Administrative units with validity and successors: the communes before and after 2025-07-01.
//!
//! A code alone does not name a commune: new units kept the code of one of the old ones. Key by [`UnitId`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::UnitId;

/// First day of the units without districts (Nghị quyết 1676/NQ-UBTVQH15, Nghị quyết 202/2025/QH15).
#[must_use]
pub fn merger_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 7, 1).unwrap_or_default()
}

/// A commune (xã, phường, thị trấn) as it was in one list.
#[derive(Clone, Debug)]
pub struct Commune {
    /// Permanent number.
    pub unit: UnitId,
    /// Five-digit code.
    pub code: String,
    /// Name with its word: `Xã Mường Bi`.
    pub name: String,
    /// District with its word, before 2025-07-01.
    pub district: Option<String>,
    /// Province with its word.
    pub province: String,
    /// True for units of the former province Hòa Bình.
    pub of_hoa_binh: bool,
    /// First day; `None` = before this list begins.
    pub valid_from: Option<NaiveDate>,
    /// Last day; `None` = in force.
    pub valid_to: Option<NaiveDate>,
    /// Approximate centre, degrees: latitude, longitude. For map defaults only.
    pub centre: Option<(f64, f64)>,
}

/// An old commune's way into a new one.
#[derive(Clone, Debug)]
pub struct Succession {
    /// The old unit.
    pub old: UnitId,
    /// The new unit.
    pub new: UnitId,
    /// True where the old unit was divided and the village decides.
    pub is_split: bool,
    /// True for the larger part.
    pub is_default: bool,
}

struct Units {
    communes: BTreeMap<UnitId, Commune>,
    successions: Vec<Succession>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut communes = BTreeMap::new();
    let old = table(include_str!("../../../assets/places/communes_hoa_binh_before_2025-07-01.csv"));
    for row in &old {
        insert(&mut communes, row, 1);
    }
    let new = table(include_str!("../../../assets/places/communes_phu_tho_from_2025-07-01.csv"));
    for row in &new {
        insert(&mut communes, row, 2);
    }
    let successions = table(include_str!("../../../assets/places/commune_mapping_hoa_binh_old_to_new.csv"))
        .iter()
        .filter_map(|row| {
            Some(Succession {
                old: UnitId::of(row.get("old_commune_code")?, 1)?,
                new: UnitId::of(row.get("new_commune_code")?, 2)?,
                is_split: row.get("is_split").is_some_and(|yes| yes == "true"),
                is_default: row.get("is_default_target").is_some_and(|yes| yes == "true"),
            })
        })
        .collect();
    Units { communes, successions }
});

fn insert(communes: &mut BTreeMap<UnitId, Commune>, row: &BTreeMap<&str, String>, list: u32) {
    let text = |name: &str| row.get(name).filter(|value| !value.is_empty()).cloned();
    let (Some(code), Some(name), Some(province)) = (text("commune_code"), text("commune_name"), text("province_name")) else {
        return;
    };
    let Some(unit) = UnitId::of(&code, list) else { return };
    let date = |name: &str| text(name).and_then(|value| value.parse().ok());
    let degrees = |name: &str| text(name).and_then(|value| value.parse().ok());
    let commune = Commune {
        unit,
        code,
        name,
        district: text("district_name"),
        province,
        of_hoa_binh: list == 1 || text("in_former_hoa_binh").is_some_and(|yes| yes == "true"),
        valid_from: date("valid_from"),
        valid_to: date("valid_to"),
        centre: degrees("lat").zip(degrees("lon")),
    };
    communes.insert(unit, commune);
}

/// Reads the embedded comma-separated tables: a header line, quotes where a value holds commas.
fn table(text: &'static str) -> Vec<BTreeMap<&'static str, String>> {
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    lines.map(|line| header.iter().copied().zip(cells(line)).collect()).collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    cells
}

/// A unit by its number.
#[must_use]
pub fn find(unit: UnitId) -> Option<&'static Commune> {
    UNITS.communes.get(&unit)
}

/// The commune a code names on a date.
#[must_use]
pub fn find_by_code(code: &str, on: NaiveDate) -> Option<&'static Commune> {
    find(UnitId::of(code, if on < merger_day() { 1 } else { 2 })?)
}

/// All units in force on a date, in the order of their codes.
pub fn list_on(on: NaiveDate) -> impl Iterator<Item = &'static Commune> {
    let list = if on < merger_day() { 1 } else { 2 };
    UNITS.communes.values().filter(move |commune| commune.unit.list() == list)
}

/// Where an old unit went; more than one entry where it was divided.
pub fn successors(old: UnitId) -> impl Iterator<Item = &'static Succession> {
    UNITS.successions.iter().filter(move |row| row.old == old)
}

/// Which old units a new one was made of.
pub fn predecessors(new: UnitId) -> impl Iterator<Item = &'static Succession> {
    UNITS.successions.iter().filter(move |row| row.new == new)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_names_different_communes_before_and_after_the_merger() {
        let before = find_by_code("05158", NaiveDate::from_ymd_opt(2025, 6, 30).unwrap()).unwrap();
        let after = find_by_code("05158", NaiveDate::from_ymd_opt(2025, 7, 1).unwrap()).unwrap();
        assert_eq!((before.name.as_str(), before.district.as_deref()), ("Xã Phong Phú", Some("Huyện Tân Lạc")));
        assert_eq!((after.name.as_str(), after.province.as_str()), ("Xã Mường Bi", "Tỉnh Phú Thọ"));
        assert_eq!(predecessors(after.unit).count(), 3);
    }

    #[test]
    fn all_units_are_read() {
        assert_eq!(UNITS.communes.keys().filter(|unit| unit.list() == 1).count(), 151);
        assert_eq!(UNITS.communes.keys().filter(|unit| unit.list() == 2).count(), 148);
        assert_eq!(UNITS.successions.len(), 154);
        let divided: Vec<_> = UNITS.successions.iter().filter(|row| row.is_split).map(|row| row.old).collect();
        assert_eq!(divided.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    }
}
