//! Split (tách hộ), merge (nhập hộ), change of head (thay đổi chủ hộ).

use domain::records::Household;
use domain::registry::Record;
use domain::{PartialDate, Problem, RecordId, Value, family};
use store::Place;

use super::plan::{Member, Plan, names, told};
use crate::convert::village_label_on;
use crate::households::code_for;
use crate::views::family::MemberRelation;

pub(super) fn split(
    plan: &mut Plan<'_>,
    household: RecordId,
    leaving: &[MemberRelation],
    staying: &[MemberRelation],
    village: Option<RecordId>,
    address_detail: &str,
) -> store::Result<()> {
    let day = plan.day();
    let (old, members) = plan.household(household)?;
    let facts: Household = old.record();
    let going = plan.named("leaving", &members, leaving);
    let stayers = others(&members, &going);
    if going.is_empty() {
        plan.error("leaving", "act_nobody_chosen");
    } else {
        if stayers.is_empty() {
            plan.error("leaving", "split_nobody_stays");
        }
        plan.problems.extend(family::one_head("leaving", going.iter().map(|(_, relationship)| *relationship)));
    }

    let home = village.or(facts.village);
    let id = plan.new_id()?;
    let new = Household {
        code: Some(code_for(plan.unit, &id)),
        village: home,
        address_detail: told(address_detail).or_else(|| facts.address_detail.clone().filter(|_| home == facts.village)),
        ethnic_code: facts.ethnic_code.clone(),
        split_from: Some(old.id),
        split_on: Some(day),
        ..Household::default()
    };
    plan.make_as(id, new.to_row(), Place::Root(plan.unit));
    let head = going.iter().find(|(_, relationship)| *relationship == Some("head")).map(|(member, _)| member.name());
    let place = village_label_on(plan.view, home, day)?;
    plan.line("new_household", [("head", head.unwrap_or_default()), ("place", place), ("date", day.to_string())]);
    for (member, relationship) in &going {
        plan.end("on", member, day, "split");
        plan.join(id, member.person.id, *relationship, PartialDate::Day(day), "split", None)?;
    }
    plan.line(
        "leaves",
        [("name", names(going.iter().map(|(member, _)| *member))), ("household", plan.household_name(&old, &members))],
    );
    let head_leaves = going.iter().any(|(member, _)| member.is_head());
    plan.relate_stayers("staying", old.id, &stayers, staying, day, head_leaves)?;
    // The class was given to the household that was reviewed.
    plan.problems.push(Problem::warning("", "split_class_stays"));
    let people: Vec<RecordId> = going.iter().map(|(member, _)| member.person.id).collect();
    plan.event("split", old.id, PartialDate::Day(day), &people, Some(id))?;
    plan.page = Some(id);
    Ok(())
}

pub(super) fn merge(plan: &mut Plan<'_>, household: RecordId, into: RecordId, joining: &[MemberRelation]) -> store::Result<()> {
    let day = plan.day();
    let (old, members) = plan.household(household)?;
    let (new, hosts) = plan.household(into)?;
    if old.id == new.id {
        plan.error("into", "act_same_household");
        return Ok(());
    }
    let target: Household = new.record();
    if target.joined_into.is_some() || target.left_on.is_some() {
        plan.error("into", "act_household_gone");
    }
    if old.record::<Household>().joined_into.is_some() {
        plan.error("", "act_household_gone");
    }
    let named = plan.named("joining", &members, joining);
    if named.iter().any(|(_, relationship)| *relationship == Some("head")) {
        plan.error("joining", "act_head_twice");
    }
    let name = plan.household_name(&new, &hosts);
    for member in &members {
        let relationship =
            named.iter().find(|(other, _)| other.stored.id == member.stored.id).and_then(|(_, relationship)| *relationship);
        if relationship.is_none() {
            plan.problems.push(Problem::error("joining", "relation_missing").with("name", member.name()));
        }
        plan.end("on", member, day, "merge");
        plan.line(
            "joins",
            [("name", member.name()), ("household", name.clone()), ("relationship", relationship.unwrap_or_default().to_owned())],
        );
        plan.join(new.id, member.person.id, relationship, PartialDate::Day(day), "merge", None)?;
    }
    plan.set(&old, "joined_into", Some(Value::Ref(new.id)));
    plan.set(&old, "joined_on", Some(Value::Date(day)));
    plan.line("household_ends", [("household", plan.household_name(&old, &members)), ("date", day.to_string())]);
    let people: Vec<RecordId> = members.iter().map(|member| member.person.id).collect();
    plan.event("merge", old.id, PartialDate::Day(day), &people, Some(new.id))?;
    plan.page = Some(new.id);
    Ok(())
}

pub(super) fn change_head(plan: &mut Plan<'_>, household: RecordId, relations: &[MemberRelation]) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let named = plan.named("relations", &members, relations);
    let new_head: Vec<RecordId> =
        named.iter().filter(|(_, relationship)| *relationship == Some("head")).map(|(member, _)| member.person.id).collect();
    if let [only] = new_head.as_slice()
        && members.iter().any(|member| member.is_head() && member.person.id == *only)
        && members.iter().filter(|member| member.is_head()).count() == 1
    {
        plan.error("relations", "act_head_same");
    }
    let all: Vec<&Member> = members.iter().collect();
    plan.relate_stayers("relations", stored.id, &all, relations, day, true)?;
    plan.event("change_head", stored.id, PartialDate::Day(day), &new_head, None)
}

/// The members who are not among those who go.
pub(super) fn others<'m>(members: &'m [Member], going: &[(&'m Member, Option<&'m str>)]) -> Vec<&'m Member> {
    members.iter().filter(|member| !going.iter().any(|(other, _)| other.stored.id == member.stored.id)).collect()
}
