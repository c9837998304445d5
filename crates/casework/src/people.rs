//! People: the list, the page, and what is specially protected behind its own right.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use domain::records::{
    Allowance, DataRequest, Household, HouseholdMember, IdCheck, OutreachMark, ParentLink, Person, Residence, RestrictedHealth,
};
use domain::registry::{self, Record};
use domain::{RecordId, citizen_id};
use store::{DisabilityFilter, Home, NewAuditEntry, Page, PersonMark, PersonOrder, Right, SexFilter, Sight, Stored, View};

use crate::address;
use crate::commands::types::{
    Birthdays, CitizenIdShown, ListPeople, Nothing, OpenRestricted, PersonPage, PersonView, RecordRequest, RestrictedView,
    SaveRecord, SavedRecord,
};
use crate::commune;
use crate::conflicts;
use crate::convert::{kind_named, record_view, village_label_on};
use crate::forms::FieldProblem;
use crate::host::{Host, author, instant, today};
use crate::households::{class_named, is_in_force};
use crate::limits;
use crate::problem::{Code, Problem, Result};
use crate::records::{save, unit_of};
use crate::views::people::{Birthday, KindRecords, MembershipView, PersonFilter, PersonRow, Standing};
use crate::views::privacy::LimitView;

/// Rows at once.
const LARGEST_PAGE: u32 = 500;
/// A reason shorter than this is none.
const SHORTEST_REASON: usize = 5;

/// A page of the people list.
pub fn list_people(host: &dyn Host, req: ListPeople) -> Result<PersonPage> {
    let open = host.session().open()?;
    let page = Page { offset: u64::from(req.offset), limit: u64::from(req.limit.min(LARGEST_PAGE)) };
    let filter = store_filter(&req.filter, today(host))?;
    let (order, descending) = order_named(&req.sort, req.descending);
    let listed = open.store.read(|view| view.list_people(&filter, order, descending, page))?;
    Ok(PersonPage {
        rows: listed.rows.into_iter().map(person_row).collect(),
        total: u32::try_from(listed.total).unwrap_or(u32::MAX),
    })
}

/// An order by its name, and whether it is gone through from its end; an unknown one is that of names. Ages are births
/// the other way round.
pub(crate) fn order_named(sort: &str, descending: bool) -> (PersonOrder, bool) {
    match sort {
        "birth" => (PersonOrder::Birth, descending),
        "age" => (PersonOrder::Birth, !descending),
        "village" => (PersonOrder::Village, descending),
        "changed" => (PersonOrder::Changed, descending),
        _ => (PersonOrder::Name, descending),
    }
}

/// The store's filter. A mark that nobody knows is refused: to leave it out would show more than was asked for.
pub(crate) fn store_filter(filter: &PersonFilter, today: NaiveDate) -> Result<store::PersonFilter> {
    let years_ago = |years: u32| years.checked_mul(12).and_then(|months| today.checked_sub_months(Months::new(months)));
    let marks = filter.marks.iter().map(|code| PersonMark::from_code(code)).collect::<Option<BTreeSet<_>>>();
    Ok(store::PersonFilter {
        text: filter.text.clone(),
        village: filter.village,
        class: filter.poverty_class.as_deref().map(class_named),
        sex: filter.sex.as_deref().map(|sex| match sex {
            "unknown" => SexFilter::Unknown,
            sex => SexFilter::Is(sex.to_owned()),
        }),
        ethnic: filter.ethnic_code.clone(),
        // At least so many completed years: born on this day so many years ago, or earlier.
        born_to: filter.age_from.and_then(years_ago),
        born_from: filter.age_to.and_then(|years| years_ago(years.saturating_add(1))).and_then(|day| day.succ_opt()),
        disability: filter.disability.as_deref().map(|severity| match severity {
            "any" => DisabilityFilter::Any,
            severity => DisabilityFilter::Is(severity.to_owned()),
        }),
        disability_type: filter.disability_type.clone(),
        standing: match filter.standing {
            Standing::Here => store::Standing::Here,
            Standing::Dead => store::Standing::Dead,
            Standing::Gone => store::Standing::Gone,
            Standing::Everyone => store::Standing::Everyone,
        },
        marks: marks.ok_or(Problem::new(Code::BadRequest))?,
        ..store::PersonFilter::default()
    })
}

/// Ages of the benefits: small children, school age, working age, old age.
const AGES: [u32; 8] = [3, 4, 16, 22, 60, 70, 75, 80];
/// How far ahead a desk looks.
const WITHIN_DAYS: u32 = 60;

/// Whose turn comes in the next weeks: the ages at which the law gives or takes something.
pub fn list_birthdays(host: &dyn Host, _: Nothing) -> Result<Birthdays> {
    let open = host.session().open()?;
    let found = open.store.read(|view| view.list_birthdays(&AGES, today(host), WITHIN_DAYS))?;
    let birthday = |found: store::Birthday| Birthday {
        person: found.person,
        full_name: found.name,
        village_name: found.village.unwrap_or_default(),
        turns: found.turns,
        on: found.on.to_string(),
        known: found.known.map(|birth| birth.to_string()),
    };
    Ok(Birthdays { birthdays: found.into_iter().map(birthday).collect() })
}

/// A row of the list as it crosses.
pub(crate) fn person_row(row: store::PersonRow) -> PersonRow {
    PersonRow {
        id: row.id,
        full_name: row.name,
        birth: row.birth.map(|birth| birth.to_string()),
        birth_assumed: row.born.filter(|_| row.birth.is_some_and(|birth| !birth.is_full())).map(|born| born.to_string()),
        sex: row.sex,
        masked_citizen_id: row.masked_id,
        village_name: row.village.unwrap_or_default(),
        household_id: row.household,
        head_name: row.head.unwrap_or_default(),
        ethnic_code: row.ethnic,
        poverty_class: row.class,
        disability: row.severity,
        disability_types: row.types,
        changed_at: instant(row.changed_at_ms),
        pending: row.pending,
        conflict: row.conflict,
        dead: row.died,
        gone: row.gone,
    }
}

/// A person's page, without what is specially protected.
pub fn get_person(host: &dyn Host, req: RecordRequest) -> Result<PersonView> {
    let open = host.session().open()?;
    let may_open = open.account.may(Right::RestrictedRead);
    let today = today(host);
    let unit = unit_of(&open.store);
    let opened = limits::opened(host);
    Ok(open.store.read(|view| {
        let stored = view.get_record(view.resolve(req.id)?, Sight::Plain)?;
        let facts: Person = stored.record();
        let mut person = record_view(view, &stored, today)?;
        person.opened.values.remove("citizen_id");
        let at = facts.death_date.map_or(today, |death| death.last_day().min(today));
        let assumed = view.assumed_birth()?;
        let memberships = memberships(view, stored.id, today)?;
        let home = memberships.iter().find(|membership| membership.present).map(|membership| membership.household_id);
        let address = match (stay(view, stored.id, today)?, home) {
            (Some(stay), _) => address::of_home(view, &stay, unit, today)?,
            (None, Some(household)) => address::of_household(view, household, unit, today)?,
            (None, None) => String::new(),
        };
        Ok(PersonView {
            findings: findings(view, stored.id, &facts)?,
            masked_citizen_id: facts.citizen_id.as_deref().map(citizen_id::mask),
            age_months: facts.birth_date.and_then(|birth| birth.age_months(at, assumed)),
            birth_assumed: facts.birth_date.and_then(|birth| commune::assumed_day(birth, assumed)),
            records: records_by_kind(view, stored.id, today)?,
            conflicts: conflicts::of_page(view, stored.id)?,
            may_open_restricted: may_open,
            same_id_checked: is_same_id_checked(view, facts.citizen_id.as_deref())?,
            same_citizen_id: same_id(view, stored.id, facts.citizen_id.as_deref())?,
            given_up: crate::merging::given_up(view, stored.id)?,
            limited: limit_of(view, stored.id, &opened)?,
            address,
            memberships,
            person,
        })
    })?)
}

/// Whether everybody with this citizen id was compared with their papers.
fn is_same_id_checked(view: &View<'_>, number: Option<&str>) -> store::Result<bool> {
    let Some(number) = number else { return Ok(false) };
    for person in view.list_people_with_citizen_id(number)? {
        let checks = view.list_children(person, IdCheck::KIND, Sight::Plain)?;
        if !checks.iter().any(|check| check.record::<IdCheck>().citizen_id.as_deref() == Some(number)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The limit that a person asked for, where one holds: the one filed first.
fn limit_of(view: &View<'_>, person: RecordId, opened: &BTreeSet<RecordId>) -> store::Result<Option<LimitView>> {
    if !view.list_limited()?.contains(&person) {
        return Ok(None);
    }
    let requests = view.list_children(person, DataRequest::KIND, Sight::Plain)?;
    let mut limits = requests.iter().map(Stored::record::<DataRequest>).filter(|request| {
        request.matter.as_deref() == Some("limit") && request.lifted_on.is_none() && request.outcome.as_deref() != Some("refused")
    });
    Ok(limits.next().map(|request| LimitView {
        since: request.filed_on.map(|day| day.to_string()),
        asked: request.asked.unwrap_or_default(),
        opened: opened.contains(&person),
    }))
}

/// Where a member lives who does not live with the household.
fn stay(view: &View<'_>, person: RecordId, today: NaiveDate) -> store::Result<Option<Home>> {
    let rows = view.list_children(person, Residence::KIND, Sight::Plain)?;
    let now = rows
        .iter()
        .map(Stored::record::<Residence>)
        .filter(|row| row.kind.as_deref() == Some("current") && is_in_force(row.from_on.as_ref(), row.to_on.as_ref(), today));
    let Some(row) = now.max_by_key(|row| row.from_on) else { return Ok(None) };
    let village = row.village.map(|village| view.village_on(village, today)).transpose()?;
    let words: Vec<String> = [row.detail.clone(), row.place].into_iter().flatten().collect();
    let elsewhere = if village.is_none() { Some(words.join(", ")) } else { None };
    Ok(Some(Home { village, address_detail: row.detail, elsewhere }))
}

/// What somebody must decide: where a person lives whom two machines put in two households, what a death leaves open.
fn findings(view: &View<'_>, person: RecordId, facts: &Person) -> store::Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let rows = view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)?;
    let Some(died) = facts.death_date else {
        if lives_twice(view, &rows)? {
            problems.push(domain::Problem::warning("", "lives_twice"));
        }
        return Ok(problems.into_iter().map(Into::into).collect());
    };
    if rows.iter().any(|row| row.record::<HouseholdMember>().to_on.is_none()) {
        let name = facts.full_name.clone().unwrap_or_default();
        problems.push(domain::Problem::warning("", "dead_member_open").with("name", name));
    }
    let month = domain::Month::of(died.last_day());
    for row in view.list_children(person, Allowance::KIND, Sight::Plain)? {
        let allowance: Allowance = row.record();
        if allowance.to_month.is_none_or(|to| to > month) {
            let kind = allowance.kind.unwrap_or_default();
            problems.push(domain::Problem::warning("", "death_allowance_open").with("kind", kind));
        }
    }
    Ok(problems.into_iter().map(Into::into).collect())
}

/// Whether open memberships are of several households, or machines disagree whether one has ended.
fn lives_twice(view: &View<'_>, rows: &[Stored]) -> store::Result<bool> {
    let mut homes = BTreeSet::new();
    for row in rows {
        if row.conflicts.contains(&HouseholdMember::DEPARTURE) {
            let conflicts = view.list_conflicts_of(row.id, Sight::Plain)?.conflicts;
            let sides = conflicts.iter().filter(|conflict| conflict.fid == HouseholdMember::DEPARTURE);
            if sides.flat_map(|conflict| &conflict.sides).any(|side| matches!(side.values.first(), Some(None))) {
                return Ok(true);
            }
        }
        let Some(home) = row.parent.filter(|_| row.record::<HouseholdMember>().to_on.is_none()) else { continue };
        let home = view.resolve(home)?;
        if view.find_record(home, Sight::Plain)?.is_some_and(|found| found.life == store::Life::Live) {
            homes.insert(home);
        }
    }
    Ok(homes.len() > 1)
}

/// Others with the same citizen id.
fn same_id(view: &View<'_>, person: RecordId, id: Option<&str>) -> store::Result<Vec<PersonRow>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let others: Vec<RecordId> = view.list_people_with_citizen_id(id)?.into_iter().filter(|other| *other != person).collect();
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let filter =
        store::PersonFilter { among: Some(others), standing: store::Standing::Everyone, ..store::PersonFilter::default() };
    let listed = view.list_people(&filter, PersonOrder::Name, false, Page { offset: 0, limit: 20 })?;
    Ok(listed.rows.into_iter().map(person_row).collect())
}

pub(crate) fn memberships(view: &View<'_>, person: RecordId, today: NaiveDate) -> store::Result<Vec<MembershipView>> {
    let mut rows = Vec::new();
    for stored in view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)? {
        let member: HouseholdMember = stored.record();
        let Some(household_id) = stored.parent else { continue };
        let Some(found) = view.find_record(view.resolve(household_id)?, Sight::Plain)? else { continue };
        let household: Household = found.record();
        rows.push(MembershipView {
            membership: record_view(view, &stored, today)?,
            household_id: found.id,
            household_code: household.code.unwrap_or_default(),
            head_name: view.head_name(found.id)?.unwrap_or_default(),
            village_name: village_label_on(view, household.village, today)?,
            present: is_in_force(member.from_on.as_ref(), member.to_on.as_ref(), today),
        });
    }
    rows.sort_by_key(|row| !row.present);
    Ok(rows)
}

pub(crate) fn records_by_kind(view: &View<'_>, person: RecordId, today: NaiveDate) -> store::Result<Vec<KindRecords>> {
    let kinds = registry::KINDS.iter().filter(|kind| kind.parent == Some("person") && !kind.restricted);
    // Marks of outreach are work about a person, not what is recorded about them.
    let kinds = kinds.filter(|kind| kind.number != OutreachMark::KIND.number);
    let mut all = Vec::new();
    for kind in kinds {
        let mut stored = view.list_children(person, kind, Sight::Plain)?;
        stored.reverse();
        let records = stored.iter().map(|stored| record_view(view, stored, today)).collect::<store::Result<_>>()?;
        all.push(KindRecords { kind: kind.name.to_owned(), records });
    }
    Ok(all)
}

/// The whole citizen id: shown on an explicit act that the audit keeps.
pub fn show_citizen_id(host: &dyn Host, req: RecordRequest) -> Result<CitizenIdShown> {
    let open = host.session().open()?;
    let written = open.store.write(author(host, open.account.uid), |tx| {
        let stored = tx.get_record(tx.resolve(req.id)?, Sight::Plain)?;
        tx.record_audit(NewAuditEntry { act: "citizen_id.show", record: Some((stored.kind().number, stored.id)), reason: None })?;
        Ok(stored.record::<Person>().citizen_id)
    })?;
    Ok(CitizenIdShown { citizen_id: written.value })
}

/// A reason as the audit keeps it.
///
/// # Errors
/// It is too short to be one.
pub(crate) fn reason_of(written: &str) -> Result<String> {
    let reason = domain::text::tidy(written);
    if reason.chars().count() < SHORTEST_REASON {
        let field: FieldProblem = domain::Problem::error("reason", "reason_missing").into();
        return Err(Problem::invalid(vec![field]));
    }
    Ok(reason)
}

/// Opens what is specially protected about a person. The audit keeps who, when, whose and why, before anything is shown.
pub fn open_restricted(host: &dyn Host, req: OpenRestricted) -> Result<RestrictedView> {
    let open = host.session().open()?;
    let reason = reason_of(&req.reason)?;
    let person = open.store.read(|view| view.get_record(view.resolve(req.person)?, Sight::Plain))?;
    let record = Some((person.kind().number, person.id));
    open.store.write(author(host, open.account.uid), |tx| {
        tx.record_audit(NewAuditEntry { act: "restricted.open", record, reason: Some(&reason) })
    })?;
    let today = today(host);
    Ok(open.store.read(|view| {
        let shown = |stored: &Stored| record_view(view, stored, today);
        let health = view.list_children(person.id, RestrictedHealth::KIND, Sight::Restricted)?;
        let links = view.list_children(person.id, ParentLink::KIND, Sight::Restricted)?;
        let serving = links.iter().filter(|link| link.record::<ParentLink>().status.as_deref() == Some("serving"));
        Ok(RestrictedView {
            records: health.iter().map(shown).collect::<store::Result<_>>()?,
            parent_links: serving.map(shown).collect::<store::Result<_>>()?,
            conflicts: conflicts::restricted_of_page(view, person.id)?,
        })
    })?)
}

/// Saves a specially protected record; kept in the audit.
pub fn save_restricted(host: &dyn Host, req: SaveRecord) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let kind = kind_named(&req.kind)?;
    if !kind.restricted && kind.number != ParentLink::KIND.number {
        return Err(Code::BadRequest.into());
    }
    let saved = save(host, &open, kind, &req, Sight::Restricted)?;
    open.store.write(author(host, open.account.uid), |tx| {
        tx.record_audit(NewAuditEntry { act: "restricted.save", record: Some((kind.number, saved.id)), reason: None })
    })?;
    Ok(saved)
}
