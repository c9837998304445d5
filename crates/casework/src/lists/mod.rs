//! What lists have in common: counts beside filters, filters kept under a name, rows chosen to print.

mod export;

use store::{HouseholdFacet, HouseholdMark, NewAuditEntry, NewSavedFilter, PersonFacet, PersonMark, View};

use crate::commands::types::{
    CountHouseholds, CountPeople, Counts, DeleteFilter, Nothing, PrintList, PrintedList, SaveFilter, SavedFilters,
};
use crate::forms::FieldProblem;
use crate::host::{Host, author, instant, today};
use crate::limits::{hide_heads, leave_out_of_roster, list_unlimited};
use crate::lists::export::{MOST_PRINTED, chosen_households, chosen_people};
use crate::problem::{Code, Problem, Result};
use crate::records::unit_of;
use crate::views::lists::{ChoiceCount, ListRows, SavedFilter};
use crate::views::people::{PersonFilter, Standing};
use crate::{households, people, roster};

pub use crate::lists::export::export_list;

/// Longest name of a filter.
const LONGEST_NAME: usize = 60;

/// How many people each choice of one filter would leave, under the other filters.
pub fn count_people(host: &dyn Host, req: CountPeople) -> Result<Counts> {
    let open = host.session().open()?;
    let today = today(host);
    let mut filter = req.filter;
    let facet = match req.by.as_str() {
        "village" => Some(PersonFacet::Village),
        "sex" => Some(PersonFacet::Sex),
        "ethnic_code" => Some(PersonFacet::Ethnic),
        "poverty_class" => Some(PersonFacet::Class),
        "disability" => Some(PersonFacet::Severity),
        _ => None,
    };
    match facet {
        Some(PersonFacet::Village) => filter.village = None,
        Some(PersonFacet::Sex) => filter.sex = None,
        Some(PersonFacet::Ethnic) => filter.ethnic_code = None,
        Some(PersonFacet::Class) => filter.poverty_class = None,
        Some(PersonFacet::Severity) => filter.disability = None,
        None => {}
    }
    if let Some(facet) = facet {
        let filter = people::store_filter(&filter, today)?;
        return Ok(open.store.read(|view| {
            let counts = view.count_people_by(&filter, facet)?;
            Ok(Counts { counts: counts.into_iter().map(choice).collect(), total: rows(view.count_people(&filter)?) })
        })?);
    }
    // The rest has few choices: each is a filter of its own.
    let mut choices: Vec<(String, PersonFilter)> = Vec::new();
    match req.by.as_str() {
        "disability_type" => {
            filter.disability_type = None;
            for code in domain::codes::list("disability_type") {
                choices.push((code.code.clone(), PersonFilter { disability_type: Some(code.code.clone()), ..filter.clone() }));
            }
        }
        "age" => {
            (filter.age_from, filter.age_to) = (None, None);
            for age in &req.ages {
                let value = age.from.map_or_else(String::new, |from| from.to_string());
                choices.push((value, PersonFilter { age_from: age.from, age_to: age.to, ..filter.clone() }));
            }
        }
        "standing" => {
            filter.standing = Standing::Everyone;
            for (value, standing) in
                [("here", Standing::Here), ("dead", Standing::Dead), ("gone", Standing::Gone), ("everyone", Standing::Everyone)]
            {
                choices.push((value.to_owned(), PersonFilter { standing, ..filter.clone() }));
            }
        }
        "mark" => {
            for mark in PersonMark::ALL {
                let mut marked = filter.clone();
                marked.marks.push(mark.code().to_owned());
                choices.push((mark.code().to_owned(), marked));
            }
        }
        _ => return Err(Code::BadRequest.into()),
    }
    let choices = choices
        .into_iter()
        .map(|(value, filter)| Ok((value, people::store_filter(&filter, today)?)))
        .collect::<Result<Vec<_>>>()?;
    let all = people::store_filter(&filter, today)?;
    Ok(open.store.read(|view| {
        let count = |(value, filter): &(String, store::PersonFilter)| {
            Ok(ChoiceCount { value: value.clone(), count: rows(view.count_people(filter)?) })
        };
        Ok(Counts { counts: choices.iter().map(count).collect::<store::Result<_>>()?, total: rows(view.count_people(&all)?) })
    })?)
}

/// How many households each choice of one filter would leave, under the other filters.
pub fn count_households(host: &dyn Host, req: CountHouseholds) -> Result<Counts> {
    let open = host.session().open()?;
    let mut filter = req.filter;
    let facet = match req.by.as_str() {
        "village" => Some(HouseholdFacet::Village),
        "poverty_class" => Some(HouseholdFacet::Class),
        "ethnic_code" => Some(HouseholdFacet::Ethnic),
        "mark" => None,
        _ => return Err(Code::BadRequest.into()),
    };
    match facet {
        Some(HouseholdFacet::Village) => filter.village = None,
        Some(HouseholdFacet::Class) => filter.poverty_class = None,
        Some(HouseholdFacet::Ethnic) => filter.ethnic_code = None,
        None => {}
    }
    let filter = households::store_filter(&filter)?;
    let counts = |view: &View<'_>| -> store::Result<Vec<ChoiceCount>> {
        if let Some(facet) = facet {
            return Ok(view.count_households_by(&filter, facet)?.into_iter().map(choice).collect());
        }
        let each = HouseholdMark::ALL.into_iter().map(|mark| {
            let mut marked = filter.clone();
            marked.marks.insert(mark);
            Ok(ChoiceCount { value: mark.code().to_owned(), count: rows(view.count_households(&marked)?) })
        });
        each.collect()
    };
    Ok(open.store.read(|view| Ok(Counts { counts: counts(view)?, total: rows(view.count_households(&filter)?) }))?)
}

fn choice((value, count): (Option<String>, u64)) -> ChoiceCount {
    ChoiceCount { value: value.unwrap_or_default(), count: rows(count) }
}

fn rows(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The worker's filters of all lists.
pub fn list_filters(host: &dyn Host, _: Nothing) -> Result<SavedFilters> {
    let open = host.session().open()?;
    let filters = open.store.read(|view| view.list_saved_filters(open.account.uid))?;
    let filter =
        |kept: store::SavedFilter| SavedFilter { id: kept.id.to_string(), list: kept.list, name: kept.name, body: kept.body };
    Ok(SavedFilters { filters: filters.into_iter().map(filter).collect() })
}

/// Keeps a filter under a name, for this worker on this machine.
pub fn save_filter(host: &dyn Host, req: SaveFilter) -> Result<SavedFilters> {
    let open = host.session().open()?;
    let name = domain::text::tidy(&req.name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let field: FieldProblem = domain::Problem::error("name", "filter_name").with("max", LONGEST_NAME).into();
        return Err(Problem::invalid(vec![field]));
    }
    let is_known = matches!(req.list.as_str(), "people" | "households");
    if !is_known || serde_json::from_str::<serde_json::Value>(&req.body).is_err() {
        return Err(Code::BadRequest.into());
    }
    let filter = NewSavedFilter { list: &req.list, name: &name, body: &req.body };
    open.store.write(author(host, open.account.uid), |tx| tx.save_filter(filter))?;
    list_filters(host, Nothing {})
}

/// Throws one of the worker's filters away.
pub fn delete_filter(host: &dyn Host, req: DeleteFilter) -> Result<SavedFilters> {
    let open = host.session().open()?;
    let id = req.id.parse().map_err(|_| Problem::new(Code::BadRequest))?;
    open.store.write(author(host, open.account.uid), |tx| tx.delete_filter(id))?;
    list_filters(host, Nothing {})
}

/// The chosen rows, to be printed as the screen shows them. The audit keeps that and what was printed, first.
pub fn print_list(host: &dyn Host, req: PrintList) -> Result<PrintedList> {
    let open = host.session().open()?;
    let author = author(host, open.account.uid);
    let title = domain::text::tidy(&req.title);
    if !open.store.is_read_only()? {
        open.store
            .write(author, |tx| tx.record_audit(NewAuditEntry { act: "list.print", record: None, reason: Some(&title) }))?;
    }
    let mut printed = PrintedList {
        people: Vec::new(),
        households: Vec::new(),
        roster: Vec::new(),
        left_out: 0,
        total: 0,
        at: instant(author.at_ms),
    };
    let limited = open.store.read(|view| view.list_limited())?;
    match &req.rows {
        ListRows::People { filter, sort, descending, only, except } => {
            let filter = chosen_people(people::store_filter(filter, today(host))?, only, except);
            let (order, descending) = people::order_named(sort, *descending);
            let order = (order, descending);
            let listed = open.store.read(|view| list_unlimited(view, filter, order, MOST_PRINTED, &limited));
            let (listed, left_out) = listed?;
            printed.left_out = left_out;
            printed.total = rows(listed.total);
            printed.people = listed.rows.into_iter().map(people::person_row).collect();
        }
        ListRows::Households { filter, sort, descending, only, except } => {
            let filter = chosen_households(households::store_filter(filter)?, only, except);
            let order = households::order_named(sort);
            let mut listed = open.store.read(|view| view.list_households(&filter, order, *descending, MOST_PRINTED))?;
            printed.left_out = hide_heads(&mut listed.rows, &limited);
            printed.total = rows(listed.total);
            printed.households = listed.rows.into_iter().map(households::household_row).collect();
        }
        ListRows::Roster { on, village } => {
            let (on, unit) = (roster::day(on)?, unit_of(&open.store));
            let mut roster = open.store.read(|view| roster::of_day(view, *village, on, unit, MOST_PRINTED))?;
            printed.left_out = leave_out_of_roster(&mut roster.rows, &limited);
            printed.total = roster.people.saturating_sub(printed.left_out);
            printed.roster = roster.rows;
        }
    }
    Ok(printed)
}
