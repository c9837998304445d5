//! Addresses as valid on a day (data dictionary §9): before 2025-07-01 with district and old province, from then on without.
//!
//! Would surprise: an old commune is told only where it is known: by the village, or because only one went into the present
//! commune. A part that nobody knows is left out, never guessed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::places::{self, Commune};
use domain::records::Village;
use domain::{RecordId, UnitId};
use store::{Home, Sight, View};

use crate::convert::village_name;

/// The address of a household on a day.
pub(crate) fn of_household(view: &View<'_>, household: RecordId, unit: UnitId, on: NaiveDate) -> store::Result<String> {
    of_home(view, &view.home_on(household, on)?, unit, on)
}

/// Detail, village, commune, (district,) province; of a place outside the commune its words.
pub(crate) fn of_home(view: &View<'_>, home: &Home, unit: UnitId, on: NaiveDate) -> store::Result<String> {
    if let Some(words) = &home.elsewhere {
        return Ok(words.clone());
    }
    let mut parts: Vec<String> = home.address_detail.iter().cloned().collect();
    let mut former = None;
    if let Some(stored) = home.village.map(|village| view.find_record(village, Sight::Plain)).transpose()?.flatten() {
        let village: Village = stored.record();
        former = village.former_unit.and_then(|unit| u32::try_from(unit).ok()).map(UnitId);
        parts.push(village_name(&village));
    }
    if on < places::merger_day() {
        before_the_merger(&mut parts, unit, former)
    } else {
        named(&mut parts, places::find(unit))
    }
    Ok(parts.join(", "))
}

fn named(parts: &mut Vec<String>, commune: Option<&Commune>) {
    let Some(commune) = commune else { return };
    parts.push(commune.name.clone());
    parts.extend(commune.district.clone());
    parts.push(commune.province.clone());
}

fn before_the_merger(parts: &mut Vec<String>, unit: UnitId, former: Option<UnitId>) {
    let old: Vec<&Commune> = places::predecessors(unit).filter_map(|row| places::find(row.old)).collect();
    match (former.and_then(places::find), old.as_slice()) {
        (Some(known), _) => named(parts, Some(known)),
        (None, [only]) => named(parts, Some(only)),
        // The commune did not exist then under any other name that we know.
        (None, []) => named(parts, places::find(unit)),
        (None, several) => {
            let districts: BTreeSet<_> = several.iter().map(|commune| commune.district.as_deref()).collect();
            if districts.len() == 1 {
                parts.extend(districts.into_iter().flatten().map(str::to_owned));
            }
            let provinces: BTreeSet<_> = several.iter().map(|commune| commune.province.as_str()).collect();
            parts.extend(provinces.into_iter().map(str::to_owned));
        }
    }
}
