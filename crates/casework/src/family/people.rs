//! Birth (khai sinh) and death (khai tử).

use domain::records::{Allowance, CarerLink, ParentLink, Person};
use domain::registry::Record;
use domain::{PartialDate, Problem, RecordId, Value, family};
use serde_json::Value as Json;
use store::{Place, Sight, Stored};

use super::moves::{check_relation, new_person};
use super::plan::{Member, Plan, text};
use crate::forms::Values;
use crate::views::family::MemberRelation;

pub(super) fn birth(
    plan: &mut Plan<'_>,
    household: RecordId,
    child: &Values,
    relationship: Option<&str>,
    mother: Option<RecordId>,
    father: Option<RecordId>,
) -> store::Result<()> {
    let born = plan.partial_day();
    let (stored, members) = plan.household(household)?;
    let relationship = relationship.filter(|code| !code.is_empty());
    let mut values = child.clone();
    values.insert("birth_date".to_owned(), Json::from(born.to_string()));
    let (id, name) = new_person(plan, "child", &values, false, plan.today)?;
    check_relation(plan, "relationship", &name, relationship, &members);
    if mother.is_some() && mother == father {
        plan.error("father", "act_same_parent");
    }
    let Some(id) = id else { return Ok(()) };
    plan.line(
        "joins",
        [
            ("name", name),
            ("household", plan.household_name(&stored, &members)),
            ("relationship", relationship.unwrap_or_default().to_owned()),
        ],
    );
    plan.join(stored.id, id, relationship, born, "birth", None)?;
    for (side, parent) in [("mother", mother), ("father", father)] {
        let Some(parent) = parent else { continue };
        let (person, facts) = plan.person(parent)?;
        plan.problems.extend(family::parent(side, side, facts.sex.as_deref(), facts.birth_date, born));
        plan.line(side, [("name", facts.full_name.unwrap_or_default())]);
        let status = if facts.death_date.is_some() { "dead" } else { "present" };
        let link = ParentLink {
            parent: Some(person.id),
            side: Some(side.to_owned()),
            status: Some(status.to_owned()),
            from_on: Some(born),
            ..ParentLink::default()
        };
        plan.make(&link, Place::Child(id))?;
    }
    plan.event("birth", stored.id, born, &[id], None)
}

pub(super) fn death(
    plan: &mut Plan<'_>,
    person: RecordId,
    certificate_no: &str,
    staying: &[MemberRelation],
) -> store::Result<()> {
    let died = plan.partial_day();
    let (person, facts) = plan.person(person)?;
    if let Some(known) = facts.death_date.filter(|known| *known != died) {
        plan.problems.push(Problem::error("on", "act_already_dead").with("date", known));
        return Ok(());
    }
    if facts.birth_date.is_some_and(|born| died.last_day() < born.first_day()) {
        plan.error("on", "death_before_birth");
    }
    plan.set(&person, "death_date", Some(Value::PartialDate(died)));
    if let Some(number) = text(certificate_no) {
        plan.set(&person, "death_cert_no", Some(number));
    } else if facts.death_cert_no.is_none() {
        plan.problems.push(Problem::warning("certificate_no", "paper_no_missing"));
    }
    plan.line("dies", [("name", facts.full_name.clone().unwrap_or_default()), ("date", died.to_string())]);
    for membership in plan.open_memberships(&person)? {
        end_membership(plan, &membership, died, staying)?;
    }
    notice_what_goes_on(plan, &person, &facts, died)?;
    plan.page.get_or_insert(person.id);
    Ok(())
}

/// The row ends with the day of death, on which the person still counts; of a head the others get a new one.
fn end_membership(plan: &mut Plan<'_>, membership: &Member, died: PartialDate, staying: &[MemberRelation]) -> store::Result<()> {
    let Some(household) = membership.stored.parent else { return Ok(()) };
    let (stored, members) = plan.household(household)?;
    if let Some(from) = membership.row.from_on.filter(|from| from.first_day() > died.last_day()) {
        plan.problems.push(Problem::error("on", "act_before_arrival").with("name", membership.name()).with("date", from));
        return Ok(());
    }
    plan.line("leaves", [("name", membership.name()), ("household", plan.household_name(&stored, &members))]);
    // Of a death known to the month or the year the last day counts, but not after the day of entry (data dictionary §14.1).
    let last = died.last_day().min(plan.today);
    plan.end_on(membership, if died.last_day() > last { PartialDate::Day(last) } else { died }, "death");
    let stayers: Vec<&Member> = members.iter().filter(|member| member.person.id != membership.person.id).collect();
    let from = last.succ_opt().unwrap_or(last);
    plan.relate_stayers("staying", stored.id, &stayers, staying, from, membership.is_head())?;
    plan.event("death", stored.id, died, &[membership.person.id], None)
}

/// Allowances, care and parenthood that a death ends are told and left to the worker: they end by decisions of their own.
fn notice_what_goes_on(plan: &mut Plan<'_>, person: &Stored, facts: &Person, died: PartialDate) -> store::Result<()> {
    let month = domain::Month::of(died.last_day());
    for stored in plan.view.list_children(person.id, Allowance::KIND, Sight::Plain)? {
        let allowance: Allowance = stored.record();
        if allowance.to_month.is_none_or(|to| to > month) {
            let kind = allowance.kind.unwrap_or_default();
            plan.problems.push(Problem::warning("", "death_allowance_open").with("kind", kind));
        }
    }
    for link in plan.view.list_referring(CarerLink::KIND, "carer", person.id, Sight::Plain)? {
        if link.record::<CarerLink>().to_on.is_none()
            && let Some(cared) = link.parent
        {
            plan.problems.push(Problem::warning("", "death_carer_open").with("name", plan.label(cared)?));
        }
    }
    for link in plan.view.list_referring(ParentLink::KIND, "parent", person.id, Sight::Plain)? {
        let status = link.record::<ParentLink>().status;
        if status.as_deref() == Some("present")
            && let Some(child) = link.parent
        {
            plan.problems.push(Problem::warning("", "death_parent_open").with("name", plan.label(child)?));
        }
    }
    if facts.marital_status.as_deref() == Some("married") {
        plan.problems.push(Problem::info("", "death_spouse"));
    }
    Ok(())
}
