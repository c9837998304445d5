//! Villages renamed and merged (đổi tên, sáp nhập xóm): the old one ends, the new one begins, records keep the village of their day.

use std::collections::BTreeSet;

use domain::records::{RegionStatus, Village};
use domain::registry::Record;
use domain::{Problem, RecordId, Value};
use store::{Place, Sight};

use super::plan::{Plan, told};
use crate::convert::village_name;

pub(super) fn merge(
    plan: &mut Plan<'_>,
    villages: &[RecordId],
    name: &str,
    village_type: &str,
    decision_no: &str,
) -> store::Result<()> {
    let distinct: BTreeSet<RecordId> = villages.iter().copied().collect();
    if distinct.len() < 2 {
        plan.error("villages", "merge_needs_two");
    }
    let distinct: Vec<RecordId> = distinct.into_iter().collect();
    become_one(plan, &distinct, name, village_type, decision_no)
}

/// Ends each village on the day before and makes the one that they are from the day on.
pub(super) fn become_one(
    plan: &mut Plan<'_>,
    villages: &[RecordId],
    name: &str,
    village_type: &str,
    decision_no: &str,
) -> store::Result<()> {
    let day = plan.day();
    let last = day.pred_opt().unwrap_or(day);
    let mut old = Vec::new();
    for id in villages {
        let stored = plan.view.get_record(plan.view.resolve(*id)?, Sight::Plain)?;
        if stored.kind().number != Village::KIND.number {
            return Err(store::Error::BadValue);
        }
        old.push(stored);
    }
    let facts: Vec<Village> = old.iter().map(store::Stored::record).collect();
    let Some(first) = facts.first() else { return Ok(()) };
    for village in &facts {
        if let Some(end) = village.valid_to {
            let problem = Problem::error("villages", "village_ended").with("name", village_name(village)).with("date", end);
            plan.problems.push(problem);
        } else if let Some(from) = village.valid_from.filter(|from| *from > last) {
            plan.problems.push(Problem::error("on", "act_before_last_move").with("date", from));
        }
    }
    let id = plan.new_id()?;
    let former: BTreeSet<Option<i64>> = facts.iter().map(|village| village.former_unit).collect();
    let new = Village {
        name: told(name),
        village_type: told(village_type),
        unit: Some(i64::from(plan.unit.0)),
        valid_from: Some(day),
        position: facts.iter().filter_map(|village| village.position).min(),
        latitude: first.latitude.filter(|_| facts.len() == 1),
        longitude: first.longitude.filter(|_| facts.len() == 1),
        former_unit: former.first().copied().flatten().filter(|_| former.len() == 1),
        decision_no: told(decision_no),
        ..Village::default()
    };
    let name = village_name(&new);
    if new.name.is_none() {
        plan.error("name", "name_missing");
    } else if facts.len() == 1 && new.name == first.name && new.village_type == first.village_type {
        plan.error("name", "act_nothing_changes");
    }
    plan.make_as(id, new.to_row(), Place::Root(plan.unit));
    for (stored, village) in old.iter().zip(&facts) {
        plan.set(stored, "valid_to", Some(Value::Date(last)));
        plan.set(stored, "successor", Some(Value::Ref(id)));
        plan.line("village_ends", [("name", village_name(village)), ("date", last.to_string())]);
    }
    plan.line("village_begins", [("name", name), ("date", day.to_string())]);
    carry_region_status(plan, &old, id, day)?;
    plan.page = Some(id);
    Ok(())
}

/// A status that all of them had goes on; where they differ it must be decided anew.
fn carry_region_status(plan: &mut Plan<'_>, old: &[store::Stored], new: RecordId, day: chrono::NaiveDate) -> store::Result<()> {
    let mut in_force = Vec::new();
    for village in old {
        let rows = plan.view.list_children(village.id, RegionStatus::KIND, Sight::Plain)?;
        let rows = rows.iter().map(store::Stored::record::<RegionStatus>);
        let rows = rows.filter(|row| row.valid_from.is_none_or(|from| from < day) && row.valid_to.is_none_or(|to| to >= day));
        in_force.push(rows.max_by_key(|row| row.valid_from));
    }
    let kinds: BTreeSet<Option<&str>> = in_force.iter().map(|row| row.as_ref().and_then(|row| row.kind.as_deref())).collect();
    match (kinds.len(), in_force.first().cloned().flatten()) {
        (1, Some(row)) => {
            let row = RegionStatus { valid_from: Some(day), unit: None, ..row };
            plan.make(&row, Place::Child(new)).map(drop)
        }
        (1, None) => Ok(()),
        _ => {
            plan.problems.push(Problem::warning("", "village_region_differs"));
            Ok(())
        }
    }
}
