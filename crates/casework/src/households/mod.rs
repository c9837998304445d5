//! Households: the list, the page, and the form for a whole household.

pub(crate) mod save;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::records::{
    DisabilityCertificate, Household, HouseholdMember, Observation, Person, PovertyClass, RegionStatus, household_code,
};
use domain::registry::Record;
use domain::{PartialDate, RecordId, UnitId, check, citizen_id, places};
use store::{ClassFilter, HouseholdMark, HouseholdOrder, Page, Sight, Stored, View};

use crate::commands::types::{
    FormProblems, GetHousehold, HouseholdForm, HouseholdPage, HouseholdView, ListHouseholds, OpenHouseholdForm,
};
use crate::convert::{form_of, record_view, village_label_on};
use crate::forms::{FieldProblem, FormRecord, RecordView};
use crate::host::{Host, instant, today};
use crate::problem::{Code, Problem, Result};
use crate::views::households::{HouseholdFilter, HouseholdRow, MemberForm, RosterRow};
use crate::{address, conflicts, events};

pub use crate::households::save::save_household;

/// Rows at once.
const LARGEST_PAGE: u32 = 500;

/// A page of the household list.
pub fn list_households(host: &dyn Host, req: ListHouseholds) -> Result<HouseholdPage> {
    let open = host.session().open()?;
    if req.filter.deleted {
        return list_deleted(&open.store);
    }
    let page = Page { offset: u64::from(req.offset), limit: u64::from(req.limit.min(LARGEST_PAGE)) };
    let filter = store_filter(&req.filter)?;
    let listed = open.store.read(|view| view.list_households(&filter, order_named(&req.sort), req.descending, page))?;
    Ok(HouseholdPage {
        rows: listed.rows.into_iter().map(household_row).collect(),
        total: u32::try_from(listed.total).unwrap_or(u32::MAX),
    })
}

/// An order by its name; an unknown one is that of the heads' names.
pub(crate) fn order_named(sort: &str) -> HouseholdOrder {
    match sort {
        "code" => HouseholdOrder::Code,
        "village" => HouseholdOrder::Village,
        "members" => HouseholdOrder::Members,
        "changed" => HouseholdOrder::Changed,
        _ => HouseholdOrder::Head,
    }
}

/// A row of the list as it crosses.
pub(crate) fn household_row(row: store::HouseholdRow) -> HouseholdRow {
    HouseholdRow {
        id: row.id,
        code: row.code,
        head_name: row.head.unwrap_or_default(),
        village_name: row.village.unwrap_or_default(),
        members: row.members,
        poverty_class: row.class,
        pending: row.pending,
        conflict: row.conflict,
        changed_at: instant(row.changed_at_ms),
    }
}

/// Deleted households: they can be looked at and restored.
fn list_deleted(store: &store::Store) -> Result<HouseholdPage> {
    let deleted = store.read(|view| {
        let mut rows = Vec::new();
        for (id, household) in view.list_deleted_households()? {
            let village = household.village.map(|village| crate::convert::label(view, village)).transpose()?;
            let members = view.list_children(id, HouseholdMember::KIND, Sight::Plain)?;
            let head = members
                .iter()
                .map(Stored::record::<HouseholdMember>)
                .find_map(|member| member.person.filter(|_| member.relationship_to_head.as_deref() == Some("head")));
            rows.push(HouseholdRow {
                id,
                code: household.code.unwrap_or_default(),
                head_name: head.map(|head| crate::convert::label(view, head)).transpose()?.unwrap_or_default(),
                village_name: village.unwrap_or_default(),
                members: u32::try_from(members.len()).unwrap_or(u32::MAX),
                poverty_class: None,
                pending: false,
                conflict: false,
                changed_at: String::new(),
            });
        }
        Ok(rows)
    })?;
    let total = u32::try_from(deleted.len()).unwrap_or(u32::MAX);
    Ok(HouseholdPage { rows: deleted, total })
}

/// The store's filter. A mark that nobody knows is refused: to leave it out would show more than was asked for.
pub(crate) fn store_filter(filter: &HouseholdFilter) -> Result<store::HouseholdFilter> {
    let marks = filter.marks.iter().map(|code| HouseholdMark::from_code(code)).collect::<Option<BTreeSet<_>>>();
    Ok(store::HouseholdFilter {
        text: filter.text.clone(),
        village: filter.village,
        class: filter.poverty_class.as_deref().map(class_named),
        ethnic: filter.ethnic_code.clone(),
        marks: marks.ok_or(Problem::new(Code::BadRequest))?,
        gone: filter.gone,
        ..store::HouseholdFilter::default()
    })
}

/// A class by its code; `not_reviewed` is none.
pub(crate) fn class_named(class: &str) -> ClassFilter {
    match class {
        "not_reviewed" => ClassFilter::NotReviewed,
        class => ClassFilter::Is(class.to_owned()),
    }
}

/// A household on a date.
pub fn get_household(host: &dyn Host, req: GetHousehold) -> Result<HouseholdView> {
    let open = host.session().open()?;
    let today = today(host);
    let on = match &req.on {
        Some(text) => text.parse().map_err(|_| Problem::new(Code::BadRequest))?,
        None => today,
    };
    open.store.read(|view| household_view(view, req.id, on, today)).map_err(Into::into)
}

fn household_view(view: &View<'_>, id: RecordId, on: NaiveDate, today: NaiveDate) -> store::Result<HouseholdView> {
    let stored = view.get_record(view.resolve(id)?, Sight::Plain)?;
    let household: Household = stored.record();
    let roster = roster(view, stored.id, on, today)?;
    let heads: Vec<&RosterRow> = roster.iter().filter(|row| row.present && is_head(row)).collect();
    let head_name = match heads.as_slice() {
        [only] => text_of(&only.person.opened.values, "full_name"),
        // Of a household that nobody lives in any more the last head is named.
        [] if roster.iter().all(|row| !row.present) => view.head_name(stored.id)?.unwrap_or_default(),
        _ => String::new(),
    };
    let home = view.home_on(stored.id, on)?;
    let mut poverty = Vec::new();
    for class in view.list_children(stored.id, PovertyClass::KIND, Sight::Plain)? {
        poverty.push(record_view(view, &class, today)?);
    }
    poverty.sort_by_key(|class| class.opened.values.get("year").and_then(serde_json::Value::as_i64));
    let last = view.find_last_change(stored.id)?;
    Ok(HouseholdView {
        region_status: region_status(view, home.village, on)?,
        address: address::of_home(view, &home, stored.scope, on)?,
        village_name: village_label_on(view, home.village, on)?,
        poverty_on: class_on(view, stored.id, on)?,
        head_name,
        findings: findings(view, stored.id, &household, &roster, on)?,
        observations: children(view, stored.id, Observation::KIND, today)?,
        events: events::of_household(view, stored.id)?,
        linked: events::linked(view, &stored)?,
        conflicts: conflicts::of_page(view, stored.id)?,
        household: record_view(view, &stored, today)?,
        roster,
        poverty,
        changed_at: last.as_ref().map(|change| instant(change.at_ms)),
        changed_by: last.and_then(|change| change.author.name),
    })
}

fn text_of(values: &crate::forms::Values, column: &str) -> String {
    values.get(column).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn is_head(row: &RosterRow) -> bool {
    text_of(&row.membership.opened.values, "relationship_to_head") == "head"
}

/// Members of a household, present ones first, the head first among them, then by birth.
fn roster(view: &View<'_>, household: RecordId, on: NaiveDate, today: NaiveDate) -> store::Result<Vec<RosterRow>> {
    let mut rows = Vec::new();
    for stored in view.list_children(household, HouseholdMember::KIND, Sight::Plain)? {
        let member: HouseholdMember = stored.record();
        let Some(person_id) = member.person else { continue };
        let Some(person) = view.find_record(view.resolve(person_id)?, Sight::Plain)? else { continue };
        rows.push(roster_row(view, &stored, &member, &person, on, today)?);
    }
    only_last_spells(&mut rows);
    rows.sort_by_cached_key(|row| (!row.present, !is_head(row), text_of(&row.person.opened.values, "birth_date"), row.person.id));
    Ok(rows)
}

/// Of somebody who is not there on the day only the last row is shown, and none where another of theirs counts: a row that
/// ended because the relation changed is no departure.
fn only_last_spells(rows: &mut Vec<RosterRow>) {
    let ended = |row: &RosterRow| text_of(&row.membership.opened.values, "to_on");
    let shown: Vec<bool> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            row.present
                || !rows.iter().enumerate().any(|(other_at, other)| {
                    other.person.id == row.person.id
                        && at != other_at
                        && (other.present || (ended(other), other_at) > (ended(row), at))
                })
        })
        .collect();
    let mut shown = shown.into_iter();
    rows.retain(|_| shown.next().unwrap_or(true));
}

fn roster_row(
    view: &View<'_>,
    stored: &Stored,
    member: &HouseholdMember,
    person: &Stored,
    on: NaiveDate,
    today: NaiveDate,
) -> store::Result<RosterRow> {
    let facts: Person = person.record();
    let at = facts.death_date.map_or(on, |death| death.last_day().min(on));
    let mut shown = record_view(view, person, today)?;
    shown.opened.values.remove("citizen_id");
    Ok(RosterRow {
        membership: record_view(view, stored, today)?,
        person: shown,
        masked_citizen_id: facts.citizen_id.as_deref().map(citizen_id::mask),
        age_months: facts.birth_date.and_then(|birth| birth.age_months(at)),
        present: is_in_force(member.from_on.as_ref(), member.to_on.as_ref(), on)
            && facts.death_date.is_none_or(|death| death.last_day() >= on),
        disability: severity(view, person.id, on)?,
    })
}

/// True when a span holds on a date: `from` by its first day, `to` by its last, absent = open.
pub(crate) fn is_in_force(from: Option<&PartialDate>, to: Option<&PartialDate>, on: NaiveDate) -> bool {
    from.is_none_or(|from| from.first_day() <= on) && to.is_none_or(|to| to.last_day() >= on)
}

/// Severity of the certificate in force on a date: the latest `valid_from` that is not revoked.
pub(crate) fn severity(view: &View<'_>, person: RecordId, on: NaiveDate) -> store::Result<Option<String>> {
    let certificates = view.list_children(person, DisabilityCertificate::KIND, Sight::Plain)?;
    let in_force = certificates
        .iter()
        .map(Stored::record::<DisabilityCertificate>)
        .filter(|paper| paper.status.as_deref() != Some("revoked") && paper.valid_from.is_none_or(|from| from <= on));
    Ok(in_force.max_by_key(|paper| paper.valid_from).and_then(|paper| paper.severity))
}

/// Region status of a village on a date.
pub(crate) fn region_status(view: &View<'_>, village: Option<RecordId>, on: NaiveDate) -> store::Result<Option<String>> {
    let Some(village) = village else { return Ok(None) };
    let rows = view.list_children(view.village_on(village, on)?, RegionStatus::KIND, Sight::Plain)?;
    let in_force = rows
        .iter()
        .map(Stored::record::<RegionStatus>)
        .filter(|row| row.valid_from.is_none_or(|from| from <= on) && row.valid_to.is_none_or(|to| to >= on));
    Ok(in_force.max_by_key(|row| row.valid_from).and_then(|row| row.kind))
}

/// What is odd about a household as a whole: heads, people whom two offices put in two places, the dead who are still members.
fn findings(
    view: &View<'_>,
    id: RecordId,
    household: &Household,
    roster: &[RosterRow],
    on: NaiveDate,
) -> store::Result<Vec<FieldProblem>> {
    let present: Vec<&RosterRow> = roster.iter().filter(|row| row.present).collect();
    let mut problems = check::row(&household.to_row(), NaiveDate::MAX);
    let is_gone = household.joined_into.is_some() || household.left_on.is_some();
    let code = match present.iter().filter(|row| is_head(row)).count() {
        1 => None,
        0 if present.is_empty() => (!is_gone).then_some("household_empty"),
        0 => Some("head_missing"),
        _ => Some("head_twice"),
    };
    problems.extend(code.map(|code| domain::Problem::warning("members", code)));
    if is_gone && !present.is_empty() {
        problems.push(domain::Problem::warning("members", "household_gone_with_members"));
    }
    let mut seen = BTreeSet::new();
    for row in &present {
        let named = |code: &str| {
            let path = format!("members.{}", row.person.id);
            domain::Problem::warning(path, code).with("name", text_of(&row.person.opened.values, "full_name"))
        };
        if !seen.insert(row.person.id) {
            problems.push(named("member_twice"));
        }
        for other in view.list_referring(HouseholdMember::KIND, "person", row.person.id, Sight::Plain)? {
            let facts: HouseholdMember = other.record();
            if let Some(elsewhere) = other.parent.filter(|parent| *parent != id)
                && is_in_force(facts.from_on.as_ref(), facts.to_on.as_ref(), on)
                && view.find_record(elsewhere, Sight::Plain)?.is_some_and(|found| found.life == store::Life::Live)
            {
                problems.push(named("member_elsewhere").with("household", crate::convert::label(view, elsewhere)?));
            }
        }
    }
    let still = |row: &&RosterRow| {
        !text_of(&row.person.opened.values, "death_date").is_empty() && text_of(&row.membership.opened.values, "to_on").is_empty()
    };
    for row in roster.iter().filter(still) {
        let name = text_of(&row.person.opened.values, "full_name");
        problems.push(domain::Problem::warning(format!("members.{}", row.person.id), "dead_member_open").with("name", name));
    }
    Ok(problems.into_iter().map(Into::into).collect())
}

/// The class in force on a day: by its dates, else by its year.
pub(crate) fn class_on(view: &View<'_>, household: RecordId, on: NaiveDate) -> store::Result<Option<String>> {
    let classes = view.list_children(household, PovertyClass::KIND, Sight::Plain)?;
    let in_force = classes.iter().map(Stored::record::<PovertyClass>).filter(|class| match (class.valid_from, class.valid_to) {
        (None, None) => class.year == Some(i64::from(chrono::Datelike::year(&on))),
        (from, to) => from.is_none_or(|from| from <= on) && to.is_none_or(|to| to >= on),
    });
    Ok(in_force.max_by_key(|class| (class.valid_from, class.year)).and_then(|class| class.class))
}

/// A household's records of one kind, newest first.
fn children(view: &View<'_>, id: RecordId, kind: &'static domain::Kind, today: NaiveDate) -> store::Result<Vec<RecordView>> {
    let mut stored = view.list_children(id, kind, Sight::Plain)?;
    stored.reverse();
    stored.iter().map(|stored| record_view(view, stored, today)).collect()
}

/// Opens the form: an existing household with its present members, or an empty one.
pub fn open_household_form(host: &dyn Host, req: OpenHouseholdForm) -> Result<HouseholdForm> {
    let open = host.session().open()?;
    let today = today(host);
    let Some(id) = req.id else { return Ok(HouseholdForm::default()) };
    let form = open.store.read(|view| {
        let stored = view.get_record(view.resolve(id)?, Sight::Plain)?;
        let mut members = Vec::new();
        for row in roster(view, stored.id, today, today)?.into_iter().filter(|row| row.present) {
            let person = view.get_record(row.person.id, Sight::Plain)?;
            let membership = view.get_record(row.membership.id, Sight::Plain)?;
            let papers = view.list_children(person.id, DisabilityCertificate::KIND, Sight::Plain)?;
            members.push(MemberForm {
                disability: papers.iter().max_by_key(|paper| paper.record::<DisabilityCertificate>().valid_from).map(form_of),
                person: form_of(&person),
                membership: form_of(&membership),
                ..MemberForm::default()
            });
        }
        let year = i64::from(chrono::Datelike::year(&today));
        let classes = view.list_children(stored.id, PovertyClass::KIND, Sight::Plain)?;
        let class = classes.iter().find(|class| class.record::<PovertyClass>().year == Some(year));
        Ok(HouseholdForm { household: household_form(view, &stored, today)?, members, poverty: class.map(form_of) })
    })?;
    Ok(form)
}

/// The household in a form; its village as it is called today, so that the choices of villages know it.
fn household_form(view: &View<'_>, stored: &Stored, today: NaiveDate) -> store::Result<FormRecord> {
    let mut form = form_of(stored);
    if let Some(village) = stored.record::<Household>().village {
        let present = serde_json::Value::from(view.village_on(village, today)?.to_string());
        form.values.insert("village".to_owned(), present.clone());
        if let Some(opened) = &mut form.opened {
            opened.values.insert("village".to_owned(), present);
        }
    }
    Ok(form)
}

/// Problems of a form while it is typed: of every field, of the household as a whole, and against the register.
pub fn check_household(host: &dyn Host, form: HouseholdForm) -> Result<FormProblems> {
    let open = host.session().open()?;
    let problems = open.store.read(|view| form_problems(view, &form, today(host)))?;
    Ok(FormProblems { problems })
}

/// See [`check_household`].
pub(crate) fn form_problems(view: &View<'_>, form: &HouseholdForm, today: NaiveDate) -> store::Result<Vec<FieldProblem>> {
    use crate::convert::problems_of;
    let mut problems = problems_of(Household::KIND, &form.household, "household", today);
    if let Some(poverty) = form.poverty.as_ref().filter(|poverty| !poverty.values.is_empty()) {
        let mut dated = poverty.clone();
        dated.values.entry("year".into()).or_insert_with(|| chrono::Datelike::year(&today).into());
        problems.extend(problems_of(PovertyClass::KIND, &dated, "poverty", today));
    }
    let mut ids = BTreeSet::new();
    let staying: Vec<(usize, &MemberForm)> = form.members.iter().enumerate().filter(|(_, member)| !member.removed).collect();
    for (index, member) in &staying {
        let prefix = format!("members.{index}");
        problems.extend(problems_of(Person::KIND, &member.person, &format!("{prefix}.person"), today));
        problems.extend(problems_of(HouseholdMember::KIND, &member.membership, &format!("{prefix}.membership"), today));
        let id = text_of(&member.person.values, "citizen_id");
        if id.is_empty() {
            continue;
        }
        let path = format!("{prefix}.person.citizen_id");
        if !ids.insert(id.clone()) {
            problems.push(domain::Problem::warning(&path, "citizen_id_twice_in_form").into());
        }
        for other in view.list_people_with_citizen_id(&id)?.into_iter().filter(|other| Some(*other) != member.person.id) {
            let name = crate::convert::label(view, other)?;
            problems.push(domain::Problem::warning(&path, "citizen_id_same").with("name", name).with("id", other).into());
        }
    }
    let head = |member: &&MemberForm| text_of(&member.membership.values, "relationship_to_head") == "head";
    match staying.iter().map(|(_, member)| *member).filter(head).count() {
        1 => {}
        0 if staying.is_empty() => problems.push(domain::Problem::error("members", "household_empty").into()),
        0 => problems.push(domain::Problem::warning("members", "head_missing").into()),
        _ => problems.push(domain::Problem::warning("members", "head_twice").into()),
    }
    Ok(problems)
}

/// The label of a new household of a commune.
pub(crate) fn code_for(unit: UnitId, id: &RecordId) -> String {
    household_code(places::find(unit).map_or("", |commune| commune.name.as_str()), id)
}

/// True for a form record that holds no value at all.
pub(crate) fn is_empty(form: &FormRecord) -> bool {
    form.values.values().all(|value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()))
}
