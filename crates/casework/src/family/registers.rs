//! Two registers that differ: the household of the poverty review and that of the residence register; two people with one id.

use domain::records::{Household, IdCheck, Person};
use domain::registry::Record;
use domain::{PartialDate, RecordId, Value, citizen_id};
use store::{Place, Sight, Stored};

use super::plan::{Plan, text};

pub(super) fn link(plan: &mut Plan<'_>, household: RecordId, other: Option<RecordId>) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let name = plan.household_name(&stored, &members);
    let facts: Household = stored.record();
    // A link that stood before is taken away from both.
    let mut former: Vec<Stored> = plan.view.list_referring(Household::KIND, "linked_household", stored.id, Sight::Plain)?;
    if let Some(linked) = facts.linked_household
        && !former.iter().any(|known| known.id == linked)
    {
        former.extend(plan.view.find_record(plan.view.resolve(linked)?, Sight::Plain)?);
    }
    let Some(other) = other else {
        if former.is_empty() {
            plan.error("other", "act_nothing_changes");
        }
        unlink(plan, &stored);
        for known in &former {
            unlink(plan, known);
        }
        plan.line("unlinked", [("household", name)]);
        return plan.event("unlink_registers", stored.id, PartialDate::Day(day), &[], former.first().map(|known| known.id));
    };
    let (residence, hosts) = plan.household(other)?;
    if residence.id == stored.id {
        plan.error("other", "act_same_household");
        return Ok(());
    }
    for known in former.iter().filter(|known| known.id != residence.id) {
        unlink(plan, known);
    }
    plan.set(&stored, "is_residence_household", Some(Value::Bool(false)));
    plan.set(&stored, "linked_household", Some(Value::Ref(residence.id)));
    plan.set(&residence, "is_residence_household", Some(Value::Bool(true)));
    plan.set(&residence, "linked_household", Some(Value::Ref(stored.id)));
    let residence_name = plan.household_name(&residence, &hosts);
    plan.line("linked", [("household", name), ("other", residence_name)]);
    plan.event("link_registers", stored.id, PartialDate::Day(day), &[], Some(residence.id))
}

fn unlink(plan: &mut Plan<'_>, household: &Stored) {
    plan.set(household, "is_residence_household", None);
    plan.set(household, "linked_household", None);
}

pub(super) fn check_same_id(plan: &mut Plan<'_>, person: RecordId) -> store::Result<()> {
    let day = plan.day();
    let (stored, facts) = plan.person(person)?;
    plan.page = Some(stored.id);
    let Some(number) = facts.citizen_id else {
        plan.error("person", "citizen_id_missing");
        return Ok(());
    };
    let same = plan.view.list_people_with_citizen_id(&number)?;
    if same.len() < 2 {
        plan.error("person", "act_nothing_changes");
    }
    let note = plan.reason_text();
    for id in same {
        let person = plan.view.get_record(id, Sight::Plain)?;
        let name = person.record::<Person>().full_name.unwrap_or_default();
        plan.line("id_checked", [("name", name), ("number", citizen_id::mask(&number))]);
        let checks = plan.view.list_children(id, IdCheck::KIND, Sight::Plain)?;
        if checks.iter().any(|check| check.record::<IdCheck>().citizen_id.as_deref() == Some(number.as_str())) {
            continue;
        }
        let mut row = IdCheck { citizen_id: Some(number.clone()), checked_on: Some(day), note: None }.to_row();
        row.set("note", text(&note));
        let check = plan.new_id()?;
        plan.make_as(check, row, Place::Child(id));
    }
    Ok(())
}
