//! Places: the commune on a date, what it was made of, its villages and their region status.

use chrono::NaiveDate;
use domain::records::RegionStatus;
use domain::registry::Record;
use domain::{Decimal, UnitId, places};
use store::{Sight, Stored, View};

use crate::accounts::commune_name;
use crate::commands::types::{GetPlaces, MapView, Nothing, PlacesView, VillageChoices};
use crate::convert::{record_view, village_name};
use crate::host::{Host, today};
use crate::households::region_status;
use crate::problem::{Code, Problem, Result};
use crate::records::unit_of;
use crate::views::places::{Coordinates, HouseholdPoint, Predecessor, VillageChoice, VillagePoint, VillageView};

/// The commune and its villages on a date.
pub fn get_places(host: &dyn Host, req: GetPlaces) -> Result<PlacesView> {
    let open = host.session().open()?;
    let today = today(host);
    let on = match &req.on {
        Some(text) => text.parse().map_err(|_| Problem::new(Code::BadRequest))?,
        None => today,
    };
    let unit = unit_of(&open.store);
    let commune = commune_name(unit).ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(open.store.read(|view| {
        let mut villages = Vec::new();
        for row in view.list_villages()? {
            let stored = view.get_record(row.id, Sight::Plain)?;
            let rows = view.list_children(row.id, RegionStatus::KIND, Sight::Plain)?;
            villages.push(VillageView {
                full_name: village_name(&row.village),
                region_status: region_status(view, Some(row.id), on)?,
                region_rows: newest_first(view, &rows, today)?,
                households: u32::try_from(row.households).unwrap_or(u32::MAX),
                people: u32::try_from(row.people).unwrap_or(u32::MAX),
                in_force: row.village.valid_from.is_none_or(|from| from <= on) && row.village.valid_to.is_none_or(|to| to >= on),
                village: record_view(view, &stored, today)?,
            });
        }
        let own: Vec<Stored> =
            view.list_kind(RegionStatus::KIND, Sight::Plain)?.into_iter().filter(|row| row.parent.is_none()).collect();
        Ok(PlacesView { commune, predecessors: predecessors(unit), region_rows: newest_first(view, &own, today)?, villages })
    })?)
}

fn newest_first(view: &View<'_>, rows: &[Stored], today: NaiveDate) -> store::Result<Vec<crate::forms::RecordView>> {
    let mut rows: Vec<&Stored> = rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.record::<RegionStatus>().valid_from));
    rows.into_iter().map(|row| record_view(view, row, today)).collect()
}

fn predecessors(unit: UnitId) -> Vec<Predecessor> {
    let rows = places::predecessors(unit).filter_map(|row| {
        let old = places::find(row.old)?;
        Some(Predecessor { unit: old.unit.0, name: old.name.clone(), district: old.district.clone(), is_split: row.is_split })
    });
    rows.collect()
}

/// Villages in force today, to choose from.
pub fn list_villages(host: &dyn Host, _: Nothing) -> Result<VillageChoices> {
    let open = host.session().open()?;
    let today = today(host);
    Ok(open.store.read(|view| {
        let mut villages = Vec::new();
        for row in view.list_villages()? {
            if row.village.valid_to.is_some_and(|to| to < today) {
                continue;
            }
            villages.push(VillageChoice {
                id: row.id,
                label: village_name(&row.village),
                region_status: region_status(view, Some(row.id), today)?,
            });
        }
        Ok(VillageChoices { villages })
    })?)
}

/// The commune as points: villages in force, and the households that have coordinates.
pub fn get_map(host: &dyn Host, _: Nothing) -> Result<MapView> {
    let open = host.session().open()?;
    let today = today(host);
    Ok(open.store.read(|view| {
        let in_force = |row: &store::VillageRow| row.village.valid_to.is_none_or(|to| to >= today);
        let village = |row: store::VillageRow| VillagePoint {
            id: row.id,
            name: village_name(&row.village),
            at: coordinates(row.village.latitude, row.village.longitude),
            households: u32::try_from(row.households).unwrap_or(u32::MAX),
            people: u32::try_from(row.people).unwrap_or(u32::MAX),
        };
        let household = |point: store::HouseholdPoint| {
            Some(HouseholdPoint {
                id: point.id,
                head_name: point.head.unwrap_or_default(),
                code: point.code,
                village: point.village,
                poverty_class: point.class,
                at: coordinates(Some(point.latitude), Some(point.longitude))?,
            })
        };
        Ok(MapView {
            villages: view.list_villages()?.into_iter().filter(in_force).map(village).collect(),
            households: view.list_household_points()?.into_iter().filter_map(household).collect(),
        })
    })?)
}

/// Both numbers, where they lie on the earth.
fn coordinates(latitude: Option<Decimal>, longitude: Option<Decimal>) -> Option<Coordinates> {
    let at = Coordinates { latitude: latitude?.to_f64(), longitude: longitude?.to_f64() };
    (at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0).then_some(at)
}
