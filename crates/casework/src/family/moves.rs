//! Who moves: a member or a whole household, to another household, another village, out of the commune, and back.

use chrono::NaiveDate;
use domain::records::{Household, HouseholdMember, HouseholdPlace, Person, Residence};
use domain::registry::Record;
use domain::{PartialDate, Problem, RecordId, Value, check};
use store::{Place, Sight, Stored};

use super::households::others;
use super::plan::{Member, Plan, names, text, told};
use crate::convert::{row_of, village_label_on};
use crate::forms::Values;
use crate::views::family::{Destination, MemberRelation, Why};

fn reason(why: Why) -> &'static str {
    match why {
        Why::Move => "move",
        Why::Marriage => "marriage",
    }
}

pub(super) fn leave(
    plan: &mut Plan<'_>,
    household: RecordId,
    leaving: &[MemberRelation],
    staying: &[MemberRelation],
    destination: &Destination,
    why: Why,
) -> store::Result<()> {
    let day = plan.day();
    let (old, members) = plan.household(household)?;
    let going = plan.named("leaving", &members, leaving);
    if going.is_empty() {
        plan.error("leaving", "act_nobody_chosen");
    }
    let (old_name, who) = (plan.household_name(&old, &members), names(going.iter().map(|(member, _)| *member)));
    let mut other = None;
    match destination {
        Destination::Village { village, address_detail } => {
            let place = village_label_on(plan.view, Some(*village), day)?;
            plan.line("lives_in", [("name", who), ("place", place), ("household", old_name), ("date", day.to_string())]);
            for (member, _) in &going {
                end_stays(plan, member.person.id, day)?;
                let stay = Residence {
                    kind: Some("current".to_owned()),
                    village: Some(*village),
                    detail: told(address_detail),
                    from_on: Some(PartialDate::Day(day)),
                    ..Residence::default()
                };
                plan.make(&stay, Place::Child(member.person.id))?;
            }
        }
        Destination::Household { household: to } => {
            let (new, hosts) = plan.household(*to)?;
            let facts: Household = new.record();
            if new.id == old.id {
                plan.error("destination", "act_same_household");
            } else if facts.joined_into.is_some() || facts.left_on.is_some() {
                plan.error("destination", "act_household_gone");
            }
            let name = plan.household_name(&new, &hosts);
            plan.line("leaves", [("name", who), ("household", old_name)]);
            for (member, relationship) in &going {
                check_relation(plan, "leaving", &member.name(), *relationship, &hosts);
                plan.end("on", member, day, reason(why));
                plan.line(
                    "joins",
                    [
                        ("name", member.name()),
                        ("household", name.clone()),
                        ("relationship", relationship.unwrap_or_default().to_owned()),
                    ],
                );
                plan.join(new.id, member.person.id, *relationship, PartialDate::Day(day), reason(why), None)?;
            }
            other = Some(new.id);
        }
        Destination::Out { place } => {
            if told(place).is_none() {
                plan.problems.push(Problem::warning("destination", "place_missing"));
            }
            plan.line("goes_out", [("name", who), ("place", told(place).unwrap_or_default()), ("date", day.to_string())]);
            for (member, _) in &going {
                plan.end("on", member, day, reason(why));
                plan.set(&member.stored, "went_to", text(place));
            }
        }
    }
    if !matches!(destination, Destination::Village { .. }) {
        let stayers = others(&members, &going);
        if stayers.is_empty() && !going.is_empty() {
            plan.line("household_empty", [("household", plan.household_name(&old, &members))]);
        }
        let head_leaves = going.iter().any(|(member, _)| member.is_head());
        plan.relate_stayers("staying", old.id, &stayers, staying, day, head_leaves)?;
    }
    if why == Why::Marriage {
        for (member, _) in &going {
            marry(plan, &member.person, &member.facts, day);
        }
    }
    let people: Vec<RecordId> = going.iter().map(|(member, _)| member.person.id).collect();
    plan.event(if why == Why::Marriage { "marriage_out" } else { "leave" }, old.id, PartialDate::Day(day), &people, other)?;
    Ok(())
}

/// Who comes, as the form tells it.
pub(super) struct Who<'f> {
    pub(super) person: Option<RecordId>,
    pub(super) new: Option<&'f Values>,
    pub(super) relationship: Option<&'f str>,
    pub(super) spouse: Option<RecordId>,
}

pub(super) fn arrive(plan: &mut Plan<'_>, household: RecordId, who: &Who<'_>, why: Why, came_from: &str) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let relationship = who.relationship.filter(|code| !code.is_empty());
    let name = plan.household_name(&stored, &members);
    let (id, person, moved_from) = match (who.person, who.new) {
        (Some(id), _) => {
            let (id, label, from) = registered(plan, &stored, id, day, why)?;
            (Some(id), label, from)
        }
        (None, Some(values)) => {
            let (id, label) = new_person(plan, "new", values, why == Why::Marriage, day)?;
            (id, label, None)
        }
        (None, None) => {
            plan.error("person", "act_nobody_chosen");
            (None, String::new(), None)
        }
    };
    check_relation(plan, "relationship", &person, relationship, &members);
    let Some(id) = id else { return Ok(()) };
    plan.line("joins", [("name", person), ("household", name), ("relationship", relationship.unwrap_or_default().to_owned())]);
    plan.join(stored.id, id, relationship, PartialDate::Day(day), reason(why), told(came_from))?;
    if let Some(spouse) = who.spouse.filter(|_| why == Why::Marriage) {
        match members.iter().find(|member| member.person.id == spouse) {
            Some(member) => marry(plan, &member.person.clone(), &member.facts.clone(), day),
            None => plan.error("spouse", "act_not_a_member"),
        }
    }
    let what = if why == Why::Marriage { "marriage_in" } else { "arrive" };
    plan.event(what, stored.id, PartialDate::Day(day), &[id], moved_from)
}

/// Somebody of the register who comes: leaves the household they were in.
fn registered(
    plan: &mut Plan<'_>,
    household: &Stored,
    id: RecordId,
    day: NaiveDate,
    why: Why,
) -> store::Result<(RecordId, String, Option<RecordId>)> {
    let (person, facts) = plan.person(id)?;
    let name = facts.full_name.clone().unwrap_or_default();
    if facts.death_date.is_some() {
        plan.error("person", "act_person_dead");
    }
    let mut from = None;
    for membership in plan.open_memberships(&person)? {
        if membership.stored.parent == Some(household.id) {
            plan.error("person", "act_already_member");
            continue;
        }
        from = membership.stored.parent;
        if let Some(other) = membership.stored.parent {
            let (other, members) = plan.household(other)?;
            plan.page = Some(household.id);
            plan.line("leaves", [("name", name.clone()), ("household", plan.household_name(&other, &members))]);
            if membership.is_head() && members.len() > 1 {
                plan.problems.push(Problem::warning("person", "act_leaves_no_head").with("name", name.clone()));
            }
        }
        plan.end("on", &membership, day, reason(why));
    }
    end_stays(plan, person.id, day)?;
    if why == Why::Marriage {
        marry(plan, &person, &facts, day);
    }
    Ok((person.id, name, from))
}

/// Somebody who was not in the register yet; their fields are checked like any person's.
pub(super) fn new_person(
    plan: &mut Plan<'_>,
    path: &str,
    values: &Values,
    married: bool,
    day: NaiveDate,
) -> store::Result<(Option<RecordId>, String)> {
    let mut row = match row_of(Person::KIND, values) {
        Ok(row) => row,
        Err(unreadable) => {
            let problem = |told: crate::forms::FieldProblem| {
                let mut problem = Problem::error(told.path, &told.code).under(path);
                problem.params = told.params;
                problem
            };
            plan.problems.extend(unreadable.into_iter().map(problem));
            return Ok((None, String::new()));
        }
    };
    if married && row.get("marital_status").is_none() {
        row.set("marital_status", Some(Value::Code("married".to_owned())));
        row.set("marital_since", Some(Value::PartialDate(PartialDate::Day(day))));
    }
    plan.problems.extend(check::row(&row, plan.today).into_iter().map(|problem| problem.under(path)));
    if let Some(number) = row.text("citizen_id") {
        for other in plan.view.list_people_with_citizen_id(&number)? {
            let name = plan.label(other)?;
            let same = Problem::warning(format!("{path}.citizen_id"), "citizen_id_same").with("name", name).with("id", other);
            plan.problems.push(same);
        }
    }
    let name = row.text("full_name").unwrap_or_default();
    let id = plan.new_id()?;
    plan.make_as(id, row, Place::Root(plan.unit));
    plan.line("new_person", [("name", name.clone())]);
    Ok((Some(id), name))
}

/// One who joins has a relation to the head, and is no second head.
pub(super) fn check_relation(plan: &mut Plan<'_>, path: &str, name: &str, relationship: Option<&str>, hosts: &[Member]) {
    match relationship {
        None => plan.problems.push(Problem::error(path, "relation_missing").with("name", name)),
        Some("head") if hosts.iter().any(Member::is_head) => plan.error(path, "act_head_twice"),
        Some(_) => {}
    }
}

fn marry(plan: &mut Plan<'_>, person: &Stored, facts: &Person, day: NaiveDate) {
    if facts.marital_status.as_deref() == Some("married") {
        return;
    }
    plan.set(person, "marital_status", Some(Value::Code("married".to_owned())));
    plan.set(person, "marital_since", Some(Value::PartialDate(PartialDate::Day(day))));
    plan.line("married", [("name", facts.full_name.clone().unwrap_or_default()), ("date", day.to_string())]);
}

/// Ends stays in another village; says whether there was one.
fn end_stays(plan: &mut Plan<'_>, person: RecordId, day: NaiveDate) -> store::Result<bool> {
    let mut ended = false;
    for stored in plan.view.list_children(person, Residence::KIND, Sight::Plain)? {
        let stay: Residence = stored.record();
        if stay.kind.as_deref() != Some("current") || stay.to_on.is_some() {
            continue;
        }
        let last = day.pred_opt().unwrap_or(day);
        if let Some(from) = stay.from_on.filter(|from| from.first_day() > last) {
            plan.problems.push(Problem::error("on", "act_before_last_move").with("date", from));
            continue;
        }
        plan.set(&stored, "to_on", Some(Value::PartialDate(PartialDate::Day(last))));
        ended = true;
    }
    Ok(ended)
}

pub(super) fn come_back(plan: &mut Plan<'_>, household: RecordId, person: RecordId) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let Some(member) = members.iter().find(|member| member.person.id == person) else {
        plan.error("person", "act_not_a_member");
        return Ok(());
    };
    if !end_stays(plan, person, day)? {
        plan.error("person", "act_lives_here");
    }
    plan.line(
        "comes_back",
        [("name", member.name()), ("household", plan.household_name(&stored, &members)), ("date", day.to_string())],
    );
    plan.event("come_back", stored.id, PartialDate::Day(day), &[member.person.id], None)
}

pub(super) fn move_household(plan: &mut Plan<'_>, household: RecordId, destination: &Destination) -> store::Result<()> {
    let day = plan.day();
    let (stored, members) = plan.household(household)?;
    let facts: Household = stored.record();
    if facts.joined_into.is_some() || facts.left_on.is_some() {
        plan.error("", "act_household_gone");
    }
    let name = plan.household_name(&stored, &members);
    match destination {
        Destination::Household { .. } => return Err(store::Error::BadValue),
        Destination::Village { village, address_detail } => {
            let detail = told(address_detail);
            if plan.view.village_on(*village, day)? == present_village(plan, &facts, day)? && detail == facts.address_detail {
                plan.error("destination", "act_nothing_changes");
            }
            let (before, after) =
                (village_label_on(plan.view, facts.village, day)?, village_label_on(plan.view, Some(*village), day)?);
            plan.line("moves_village", [("household", name), ("before", before), ("after", after), ("date", day.to_string())]);
            keep_place(plan, &stored, &facts, day)?;
            plan.set(&stored, "village", Some(Value::Ref(*village)));
            plan.set(&stored, "address_detail", detail.map(Value::Text));
            drop_location(plan, &stored, &facts);
        }
        Destination::Out { place } => {
            if told(place).is_none() {
                plan.problems.push(Problem::warning("destination", "place_missing"));
            }
            plan.line("moves_out", [("household", name), ("place", told(place).unwrap_or_default()), ("date", day.to_string())]);
            for member in &members {
                plan.end("on", member, day, "move");
                plan.set(&member.stored, "went_to", text(place));
            }
            plan.set(&stored, "left_on", Some(Value::Date(day)));
            plan.set(&stored, "left_to", text(place));
        }
    }
    plan.event("move_household", stored.id, PartialDate::Day(day), &[], None)
}

fn present_village(plan: &Plan<'_>, facts: &Household, day: NaiveDate) -> store::Result<RecordId> {
    facts.village.map_or(Ok(RecordId([0; 16])), |village| plan.view.village_on(village, day))
}

/// Coordinates are those of the place left.
fn drop_location(plan: &mut Plan<'_>, stored: &Stored, facts: &Household) {
    if facts.latitude.is_some() || facts.longitude.is_some() {
        plan.set(stored, "latitude", None);
        plan.set(stored, "longitude", None);
        plan.line("location_dropped", []);
    }
}

/// Writes down the present place as a past one, up to the day before; gives the day after the last place that was left.
fn keep_place(plan: &mut Plan<'_>, stored: &Stored, facts: &Household, day: NaiveDate) -> store::Result<()> {
    let from = first_day_here(plan, stored)?;
    if let Some(from) = from.filter(|from| *from >= day) {
        plan.problems.push(Problem::error("on", "act_before_last_move").with("date", from));
        return Ok(());
    }
    let place = HouseholdPlace {
        village: facts.village,
        address_detail: facts.address_detail.clone(),
        elsewhere: None,
        from_on: from.map(PartialDate::Day),
        to_on: day.pred_opt().map(PartialDate::Day),
    };
    plan.make(&place, Place::Child(stored.id)).map(drop)
}

/// The day after the end of the last place that the household left; none where it has not moved yet.
fn first_day_here(plan: &Plan<'_>, stored: &Stored) -> store::Result<Option<NaiveDate>> {
    let places = plan.view.list_children(stored.id, HouseholdPlace::KIND, Sight::Plain)?;
    let ends = places.iter().filter_map(|place| place.record::<HouseholdPlace>().to_on).map(|to| to.last_day());
    Ok(ends.max().and_then(|last| last.succ_opt()))
}

pub(super) fn return_household(
    plan: &mut Plan<'_>,
    household: RecordId,
    village: Option<RecordId>,
    address_detail: &str,
    coming: &[MemberRelation],
) -> store::Result<()> {
    let day = plan.day();
    let (stored, _) = plan.household(household)?;
    let facts: Household = stored.record();
    let Some(left) = facts.left_on else {
        plan.error("", "act_lives_here");
        return Ok(());
    };
    if day <= left {
        plan.problems.push(Problem::error("on", "act_before_last_move").with("date", left));
        return Ok(());
    }
    let former = former_members(plan, &stored)?;
    let named = plan.named("members", &former, coming);
    if named.is_empty() {
        plan.error("members", "act_nobody_chosen");
    } else {
        plan.problems.extend(domain::family::one_head("members", named.iter().map(|(_, relationship)| *relationship)));
    }
    keep_place(plan, &stored, &facts, left)?;
    let away = HouseholdPlace {
        elsewhere: facts.left_to.clone(),
        from_on: Some(PartialDate::Day(left)),
        to_on: day.pred_opt().map(PartialDate::Day),
        ..HouseholdPlace::default()
    };
    plan.make(&away, Place::Child(stored.id))?;
    let home = village.or(facts.village);
    plan.set(&stored, "village", home.map(Value::Ref));
    plan.set(&stored, "address_detail", told(address_detail).or_else(|| facts.address_detail.clone()).map(Value::Text));
    plan.set(&stored, "left_on", None);
    plan.set(&stored, "left_to", None);
    let place = village_label_on(plan.view, home, day)?;
    plan.line("returns", [("household", facts.code.clone().unwrap_or_default()), ("place", place), ("date", day.to_string())]);
    for (member, relationship) in &named {
        if !plan.open_memberships(&member.person)?.is_empty() {
            plan.problems.push(Problem::error("members", "act_lives_elsewhere").with("name", member.name()));
        }
        plan.line(
            "joins",
            [
                ("name", member.name()),
                ("household", facts.code.clone().unwrap_or_default()),
                ("relationship", relationship.unwrap_or_default().to_owned()),
            ],
        );
        plan.join(stored.id, member.person.id, *relationship, PartialDate::Day(day), "move", facts.left_to.clone())?;
    }
    let people: Vec<RecordId> = named.iter().map(|(member, _)| member.person.id).collect();
    plan.event("return_household", stored.id, PartialDate::Day(day), &people, None)
}

/// The living people who were members of a household at any time, each once with their last row.
fn former_members(plan: &Plan<'_>, household: &Stored) -> store::Result<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for stored in plan.view.list_children(household.id, HouseholdMember::KIND, Sight::Plain)? {
        let row: HouseholdMember = stored.record();
        let Some(person) = row.person else { continue };
        let Some(person) = plan.view.find_record(plan.view.resolve(person)?, Sight::Plain)? else { continue };
        let facts: Person = person.record();
        if facts.death_date.is_some() {
            continue;
        }
        members.retain(|member| member.person.id != person.id);
        members.push(Member { stored, row, person, facts });
    }
    Ok(members)
}
