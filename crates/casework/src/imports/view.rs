//! A plan as the screen shows it: households with their people, what would be written, what is asked.

use documents::lists::{self, Mapping, ReadHousehold, ReadMember};
use domain::citizen_id;

use crate::imports::change::Change;
use crate::imports::file::{named, number, questions};
use crate::imports::matching::{Plan, household_key, member_key};
use crate::views::imports::{ImportChange, ImportPlan, ImportProblem, PlannedHousehold, PlannedMember};

/// The dry run of a plan.
pub(crate) fn plan_view(file: String, plan: &Plan, mapping: &Mapping) -> ImportPlan {
    let people: usize = plan.list.households.iter().map(|household| household.members.len()).sum();
    let preview: Vec<PlannedHousehold> =
        plan.list.households.iter().enumerate().map(|(at, household)| planned(plan, at, household)).collect();
    let changes = || {
        let of_people = plan.known.values().flat_map(|known| &known.changes);
        of_people.chain(plan.homes.values().flat_map(|home| &home.changes))
    };
    let made = |household: &&PlannedHousehold| {
        !household.known && household.members.iter().any(|member| matches!(member.match_state.as_str(), "new" | "maybe"))
    };
    ImportPlan {
        file,
        households: number(preview.iter().filter(made).count()),
        people: number(people - plan.known.len() - plan.twins.len()),
        known: number(plan.known.len()),
        written: number(changes().filter(|change| change.take).count()),
        kept: number(changes().filter(|change| !change.take).count()),
        new_villages: plan.new_villages.values().cloned().collect(),
        preview,
        questions: questions(mapping, &plan.list.problems),
        problems: plan.list.problems.iter().map(problem).collect(),
    }
}

fn planned(plan: &Plan, at: usize, household: &ReadHousehold) -> PlannedHousehold {
    let member = |(place, read): (usize, &ReadMember)| {
        let known = plan.known.get(&(at, place));
        let maybe = plan.maybe.get(&(at, place));
        let state = match (known, maybe) {
            (Some(known), _) if known.changes.is_empty() => "same",
            (Some(_), _) => "changed",
            (None, _) if plan.twins.contains_key(&(at, place)) => "double",
            (None, Some(_)) => "maybe",
            (None, None) => "new",
        };
        PlannedMember {
            key: member_key(household, place),
            row: read.row,
            full_name: read.full_name.clone(),
            original_name: read.original_name.clone(),
            birth: read.birth.map(|birth| birth.to_string()),
            sex: read.sex.clone(),
            masked_citizen_id: read.citizen_id.as_deref().map(citizen_id::mask),
            relationship: read.relationship.clone(),
            match_state: state.to_owned(),
            person: known.map(|known| known.person).or(maybe.map(|maybe| maybe.person)),
            evidence: maybe.map(|maybe| maybe.evidence.clone()).unwrap_or_default(),
            changes: known.map(|known| known.changes.iter().map(change).collect()).unwrap_or_default(),
        }
    };
    let home = plan.homes.get(&at);
    PlannedHousehold {
        key: household.key.clone(),
        choice: household_key(household),
        sheet: household.sheet.clone(),
        row: household.first_row,
        village: household.village.clone(),
        poverty_class: household.poverty_class.clone(),
        members: household.members.iter().enumerate().map(member).collect(),
        known: home.is_some(),
        changes: home.map(|home| home.changes.iter().map(change).collect()).unwrap_or_default(),
    }
}

fn change(change: &Change) -> ImportChange {
    ImportChange {
        kind: change.kind.to_owned(),
        column: change.column.to_owned(),
        before: change.before.clone(),
        after: change.after.to_text(),
        take: change.take,
    }
}

fn problem(problem: &lists::ImportProblem) -> ImportProblem {
    ImportProblem {
        sheet: problem.sheet.clone(),
        row: problem.row,
        column: if problem.heading.is_empty() { problem.column.clone() } else { problem.heading.clone() },
        letter: problem.column.clone(),
        read: problem.read.clone(),
        kind: named(problem.kind),
        level: problem.level,
        params: problem.params.clone(),
    }
}
