//! Rosters: who lived where on a day, of a household, a village or the commune.

use chrono::NaiveDate;
use domain::records::{Household, HouseholdMember, Person};
use domain::registry::Record;
use domain::{RecordId, UnitId, citizen_id};
use store::{Page, Sight, View};

use crate::address;
use crate::commands::types::{RosterOn, RosterPage};
use crate::convert::village_label_on;
use crate::host::Host;
use crate::households::{class_on, is_in_force};
use crate::problem::{Code, Problem, Result};
use crate::records::unit_of;
use crate::views::family::{RosterHousehold, RosterPerson};

/// Households at once.
const LARGEST_PAGE: u32 = 200;

/// A page of the roster of a day.
pub fn roster_on(host: &dyn Host, req: RosterOn) -> Result<RosterPage> {
    let open = host.session().open()?;
    let on = day(&req.on)?;
    let unit = unit_of(&open.store);
    let page = Page { offset: u64::from(req.offset), limit: u64::from(req.limit.min(LARGEST_PAGE)) };
    Ok(open.store.read(|view| match req.household {
        Some(id) => {
            let row = household(view, view.resolve(id)?, unit, on)?;
            Ok(RosterPage { people: count(row.members.len() as u64), rows: vec![row], total: 1 })
        }
        None => of_day(view, req.village, on, unit, page),
    })?)
}

/// A day as it crosses.
pub(crate) fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| Problem::new(Code::BadRequest))
}

/// The roster of a village, or of the commune.
pub(crate) fn of_day(
    view: &View<'_>,
    village: Option<RecordId>,
    on: NaiveDate,
    unit: UnitId,
    page: Page,
) -> store::Result<RosterPage> {
    let roster = view.roster_on(village, on, page)?;
    let rows = roster.households.rows.iter().map(|row| household(view, row.id, unit, on)).collect::<store::Result<_>>()?;
    Ok(RosterPage { rows, total: count(roster.households.total), people: count(roster.people) })
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn household(view: &View<'_>, id: RecordId, unit: UnitId, on: NaiveDate) -> store::Result<RosterHousehold> {
    let facts: Household = view.get_record(id, Sight::Plain)?.record();
    let home = view.home_on(id, on)?;
    let assumed = view.assumed_birth()?;
    let mut members: Vec<RosterPerson> = Vec::new();
    for stored in view.list_children(id, HouseholdMember::KIND, Sight::Plain)? {
        let row: HouseholdMember = stored.record();
        let Some(person) = row.person.filter(|_| is_in_force(row.from_on.as_ref(), row.to_on.as_ref(), on)) else { continue };
        let Some(stored) = view.find_record(view.resolve(person)?, Sight::Plain)? else { continue };
        let person: Person = stored.record();
        let born_later = person.birth_date.is_some_and(|birth| birth.first_day() > on);
        let dead = person.death_date.is_some_and(|death| death.last_day() < on);
        if born_later || dead || members.iter().any(|member| member.id == stored.id) {
            continue;
        }
        members.push(RosterPerson {
            id: stored.id,
            full_name: person.full_name.unwrap_or_default(),
            relationship: row.relationship_to_head,
            birth: person.birth_date.map(|birth| birth.to_string()),
            sex: person.sex,
            age_months: person.birth_date.and_then(|birth| birth.age_months(on, assumed)),
            masked_citizen_id: person.citizen_id.as_deref().map(citizen_id::mask),
        });
    }
    let is_head = |member: &RosterPerson| member.relationship.as_deref() == Some("head");
    members.sort_by_cached_key(|member| (!is_head(member), member.birth.clone(), member.id));
    let heads: Vec<&RosterPerson> = members.iter().filter(|member| is_head(member)).collect();
    Ok(RosterHousehold {
        id,
        code: facts.code.unwrap_or_default(),
        head_name: if let [only] = heads.as_slice() { only.full_name.clone() } else { String::new() },
        village_name: village_label_on(view, home.village, on)?,
        address: address::of_home(view, &home, unit, on)?,
        poverty_class: class_on(view, id, on)?,
        members,
    })
}
