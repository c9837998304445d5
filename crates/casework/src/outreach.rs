//! Outreach: people for whom something should be done, found in the whole register; and what was decided about each line.
//!
//! The lines are computed, and kept in memory while the register, the day and the rows of the law stay the same. The marks on
//! them are records and travel, so that a line dismissed on one machine does not come back on another.
//! Restricted facts are false for everybody here (data dictionary §14.3).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use domain::records::OutreachMark;
use domain::registry::Record;
use domain::{Month, RecordId};
use entitlements::List;
use entitlements::outreach::{Kind, OutreachLine, scan};
use entitlements::register::{Lawbook, Sight};
use store::{FieldChange, Page, PersonFilter, PersonOrder, PersonRow, Place, Store, View};

use crate::commands::types::{
    AssignOutreach, DismissOutreach, ListOutreach, Nothing, OutreachDesk, OutreachMarked, OutreachPage, TakeUpOutreach,
};
use crate::commune::assumed_day;
use crate::convert::label;
use crate::entitlements::views::{code, names};
use crate::host::{Host, author, instant, local, today};
use crate::law;
use crate::people::reason_of;
use crate::problem::Result;
use crate::register::{case, day, whole};
use crate::views::outreach::{BenefitName, OutreachGroup, OutreachKind, OutreachRow};

/// Rows at once.
const LARGEST_PAGE: u32 = 500;
/// Months looked ahead where nobody says how many.
const AHEAD: u32 = 3;
/// At most so many.
const FARTHEST: u32 = 12;
/// Lines of each kind on the work desk.
const FIRST: usize = 3;
/// What they are about, so many times.
const GROUPS: usize = 3;

/// A computed line with where it stands in the list.
struct Placed {
    line: OutreachLine,
    key: String,
    village: Option<RecordId>,
    birth_assumed: Option<String>,
}

/// All lines of a register on a day.
pub(crate) struct Scan {
    of: ScanOf,
    lines: Vec<Placed>,
    /// How many people were looked at.
    people: usize,
    /// When, in the clock of this machine.
    at: DateTime<Utc>,
}

/// What a scan holds for: it is made anew where one of these is another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ScanOf {
    month: Month,
    ahead: u32,
    register: u128,
    policies: String,
}

/// A page of what is to be done.
pub fn list_outreach(host: &dyn Host, req: ListOutreach) -> Result<OutreachPage> {
    let open = host.session().open()?;
    let on = day(req.on.as_deref(), today(host), "on")?;
    let ahead = req.ahead.unwrap_or(AHEAD).min(FARTHEST);
    let scan = scanned(&host.session().outreach, &open.store, on, ahead, host.now())?;
    Ok(open.store.read(|view| page(view, &scan, on, &req))?)
}

/// What the work desk shows of it: by kind how many, what they are about, and the first lines.
pub fn desk_outreach(host: &dyn Host, _: Nothing) -> Result<OutreachDesk> {
    let open = host.session().open()?;
    let on = today(host);
    let scan = scanned(&host.session().outreach, &open.store, on, AHEAD, host.now())?;
    Ok(open.store.read(|view| {
        let marks = marks(view)?;
        let book = law::book(view)?;
        let mut kinds = Vec::new();
        for kind in Kind::ALL {
            let is_open = |placed: &&Placed| placed.line.kind == kind && is_to_do(&state_of(&marks, placed));
            let lines: Vec<&Placed> = scan.lines.iter().filter(is_open).collect();
            if lines.is_empty() {
                continue;
            }
            let first = &lines[..lines.len().min(FIRST)];
            let people = people_by_id(view, first.iter().map(|placed| placed.line.person).collect())?;
            let rows = first.iter().map(|placed| row(view, placed, people.get(&placed.line.person), mark_of(&marks, placed)));
            kinds.push(OutreachKind {
                kind: kind.code().to_owned(),
                count: u32::try_from(lines.len()).unwrap_or(u32::MAX),
                groups: groups(book, &lines),
                first: rows.collect::<store::Result<_>>()?,
            });
        }
        Ok(OutreachDesk {
            on: on.to_string(),
            computed_at: instant(scan.at.timestamp_millis()),
            people: u32::try_from(scan.people).unwrap_or(u32::MAX),
            kinds,
        })
    })?)
}

/// What lines of one kind are about, the most frequent first: why something ends, what is asked, or what is due.
fn groups(book: &Lawbook<'_>, lines: &[&Placed]) -> Vec<OutreachGroup> {
    let mut counts: BTreeMap<(Vec<String>, Vec<String>), u32> = BTreeMap::new();
    for placed in lines {
        let line = &placed.line;
        let reasons: Vec<String> = match line.kind {
            Kind::Ask => names(line.missing),
            _ => line.reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        };
        let codes = if reasons.is_empty() { line.due.clone() } else { Vec::new() };
        *counts.entry((reasons, codes)).or_default() += 1;
    }
    let mut groups: Vec<OutreachGroup> = counts
        .into_iter()
        .map(|((reasons, codes), count)| OutreachGroup { reasons, due: benefit_names(book, &codes), count })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups.truncate(GROUPS);
    groups
}

/// Where the lines are kept while nothing changes.
pub(crate) type Kept = Arc<Mutex<Option<Arc<Scan>>>>;

/// The lines of a day, from memory where nothing has changed.
fn scanned(kept: &Kept, store: &Store, on: NaiveDate, ahead: u32, now: DateTime<Utc>) -> store::Result<Arc<Scan>> {
    let unit = store.identity().unit;
    let (register, policies) = store.read(|view| Ok((view.register_digest(unit)?, law::in_force(view)?.version())))?;
    let of = ScanOf { month: Month::of(on), ahead, register, policies };
    let known = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(known) = known.filter(|known| known.of == of) {
        return Ok(known);
    }
    let (lines, people) = store.read(|view| lines(view, &of))?;
    let made = Arc::new(Scan { lines, people, at: now, of });
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
    Ok(made)
}

/// Computes the lines of a day beside the screens, so that the first page of the morning is ready.
pub(crate) fn prepare(kept: &Kept, store: &Store, now: DateTime<Utc>) -> store::Result<()> {
    scanned(kept, store, local(now).date_naive(), AHEAD, now).map(drop)
}

/// The lines, and of how many people.
fn lines(view: &View<'_>, of: &ScanOf) -> store::Result<(Vec<Placed>, usize)> {
    let register = whole(view, Sight::Plain)?;
    let case = case(view, law::book(view)?, &register, Sight::Plain)?;
    let names: BTreeMap<RecordId, usize> =
        view.list_person_order()?.into_iter().enumerate().map(|(rank, person)| (person, rank)).collect();
    let villages: BTreeMap<RecordId, usize> =
        view.list_villages()?.into_iter().enumerate().map(|(rank, village)| (village.id, rank)).collect();
    let found = scan(&case, of.month, of.ahead);
    let mut placed: Vec<Placed> = found
        .into_iter()
        .map(|line| {
            let birth = register.find(line.person).and_then(|at| register.person(at).birth);
            let birth_assumed = birth.and_then(|birth| assumed_day(birth, case.options.birth));
            Placed { key: line.key(), village: register.village_of(line.person, of.month.last_day()), birth_assumed, line }
        })
        .collect();
    let rank =
        |ranks: &BTreeMap<RecordId, usize>, id: Option<RecordId>| id.and_then(|id| ranks.get(&id).copied()).unwrap_or(usize::MAX);
    placed.sort_by_cached_key(|placed| {
        let line = &placed.line;
        (line.kind, rank(&villages, placed.village), rank(&names, Some(line.person)), placed.key.clone())
    });
    Ok((placed, register.people().len()))
}

type Marks = BTreeMap<(RecordId, String), OutreachMark>;

fn mark_of<'m>(marks: &'m Marks, placed: &Placed) -> Option<&'m OutreachMark> {
    marks.get(&(placed.line.person, placed.key.clone()))
}

fn state_of(marks: &Marks, placed: &Placed) -> String {
    mark_of(marks, placed).and_then(|mark| mark.handling.clone()).unwrap_or_else(|| "open".to_owned())
}

fn is_to_do(state: &str) -> bool {
    matches!(state, "open" | "assigned")
}

fn page(view: &View<'_>, scan: &Scan, on: NaiveDate, req: &ListOutreach) -> store::Result<OutreachPage> {
    let marks = marks(view)?;
    let mark_of = |placed: &Placed| mark_of(&marks, placed);
    let is_wanted = |placed: &&Placed| {
        let state = state_of(&marks, placed);
        let fits = match &req.state {
            Some(wanted) => *wanted == state,
            None => is_to_do(&state),
        };
        fits && req.village.is_none_or(|village| placed.village == Some(village))
            && req.person.is_none_or(|person| placed.line.person == person)
            && req.worker.as_ref().is_none_or(|worker| mark_of(placed).and_then(|mark| mark.worker.as_ref()) == Some(worker))
    };
    let wanted: Vec<&Placed> = scan.lines.iter().filter(is_wanted).collect();
    let mut counts: BTreeMap<String, u32> = Kind::ALL.iter().map(|kind| (kind.code().to_owned(), 0)).collect();
    for placed in &wanted {
        *counts.entry(placed.line.kind.code().to_owned()).or_default() += 1;
    }
    let listed: Vec<&Placed> = wanted
        .into_iter()
        .filter(|placed| req.kinds.is_empty() || req.kinds.iter().any(|kind| kind == placed.line.kind.code()))
        .collect();
    let total = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    let shown: Vec<&Placed> = listed.into_iter().skip(req.offset as usize).take(req.limit.min(LARGEST_PAGE) as usize).collect();
    let people = people_by_id(view, shown.iter().map(|placed| placed.line.person).collect())?;
    let rows = shown.into_iter().map(|placed| row(view, placed, people.get(&placed.line.person), mark_of(placed)));
    Ok(OutreachPage {
        on: on.to_string(),
        computed_at: instant(scan.at.timestamp_millis()),
        people: u32::try_from(scan.people).unwrap_or(u32::MAX),
        policy_version: scan.of.policies.clone(),
        rows: rows.collect::<store::Result<_>>()?,
        total,
        counts,
    })
}

/// The newest mark of each line.
fn marks(view: &View<'_>) -> store::Result<Marks> {
    let mut marks = Marks::new();
    for stored in view.list_kind(OutreachMark::KIND, store::Sight::Plain)? {
        let mark: OutreachMark = stored.record();
        let (Some(person), Some(line)) = (stored.parent, mark.line.clone()) else { continue };
        let key = (view.resolve(person)?, line);
        if marks.get(&key).is_none_or(|kept| kept.marked_on <= mark.marked_on) {
            marks.insert(key, mark);
        }
    }
    Ok(marks)
}

/// People as lists show them, by id.
pub(crate) fn people_by_id(view: &View<'_>, ids: BTreeSet<RecordId>) -> store::Result<BTreeMap<RecordId, PersonRow>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let limit = ids.len() as u64;
    let filter =
        PersonFilter { among: Some(ids.into_iter().collect()), standing: store::Standing::Everyone, ..PersonFilter::default() };
    let listed = view.list_people(&filter, PersonOrder::Name, false, Page { offset: 0, limit })?;
    Ok(listed.rows.into_iter().map(|row| (row.id, row)).collect())
}

fn row(view: &View<'_>, placed: &Placed, person: Option<&PersonRow>, mark: Option<&OutreachMark>) -> store::Result<OutreachRow> {
    let line = &placed.line;
    let book = law::book(view)?;
    let cared_name = line.cared.map(|cared| label(view, cared)).transpose()?.unwrap_or_default();
    Ok(OutreachRow {
        key: placed.key.clone(),
        person: line.person,
        full_name: match person {
            Some(person) => person.name.clone(),
            None => label(view, line.person)?,
        },
        birth: person.and_then(|person| person.birth).map(|birth| birth.to_string()),
        birth_assumed: placed.birth_assumed.clone(),
        village_name: person.and_then(|person| person.village.clone()).unwrap_or_default(),
        household_id: person.and_then(|person| person.household),
        head_name: person.and_then(|person| person.head.clone()).unwrap_or_default(),
        kind: line.kind.code().to_owned(),
        list: code::<List>(&line.list),
        cared: line.cared,
        cared_name,
        due: benefit_names(book, &line.due),
        amount: line.amount,
        received: benefit_names(book, &line.received),
        received_amount: line.received_amount,
        month: line.month.to_string(),
        reasons: line.reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        missing: names(line.missing),
        needs_request: line.needs_request,
        state: mark.and_then(|mark| mark.handling.clone()).unwrap_or_else(|| "open".to_owned()),
        worker: mark.and_then(|mark| mark.worker.clone()),
        reason: mark.and_then(|mark| mark.reason.clone()),
        marked_on: mark.and_then(|mark| mark.marked_on).map(|day| day.to_string()),
    })
}

/// Codes with the titles of their rows.
pub(crate) fn benefit_names(book: &Lawbook<'_>, codes: &[String]) -> Vec<BenefitName> {
    let name = |code: &String| {
        let row = book.row(code);
        BenefitName {
            code: code.clone(),
            clause_group: row.and_then(|row| row.clause_group.clone()),
            title_vi: row.map(|row| row.title_vi.clone()).unwrap_or_default(),
            title_en: row.map(|row| row.title_en.clone()).unwrap_or_default(),
        }
    };
    codes.iter().map(name).collect()
}

/// Assigns a line to a worker, or to nobody.
pub fn assign_outreach(host: &dyn Host, req: AssignOutreach) -> Result<OutreachMarked> {
    let worker = req.worker.as_deref().map(domain::text::tidy).filter(|name| !name.is_empty());
    let state = if worker.is_some() { "assigned" } else { "open" };
    mark(
        host,
        req.person,
        OutreachMark { line: Some(req.key), handling: Some(state.to_owned()), worker, ..OutreachMark::default() },
    )
}

/// Dismisses a line. It stays away while the same rows are due or received.
pub fn dismiss_outreach(host: &dyn Host, req: DismissOutreach) -> Result<OutreachMarked> {
    let reason = Some(reason_of(&req.reason)?);
    let handling = Some("dismissed".to_owned());
    mark(host, req.person, OutreachMark { line: Some(req.key), handling, reason, ..OutreachMark::default() })
}

/// The signed-in worker takes a line up.
pub fn take_up_outreach(host: &dyn Host, req: TakeUpOutreach) -> Result<OutreachMarked> {
    let worker = Some(host.session().open()?.account.name);
    let handling = Some("taken_up".to_owned());
    mark(host, req.person, OutreachMark { line: Some(req.key), handling, worker, ..OutreachMark::default() })
}

/// Writes a mark: over the line's own, where there is one.
fn mark(host: &dyn Host, person: RecordId, mark: OutreachMark) -> Result<OutreachMarked> {
    let open = host.session().open()?;
    let mark = OutreachMark { marked_on: Some(today(host)), ..mark };
    open.store.write(author(host, open.account.uid), |tx| {
        let person = tx.resolve(person)?;
        tx.get_record(person, store::Sight::Plain)?;
        let known = tx.list_children(person, OutreachMark::KIND, store::Sight::Plain)?;
        match known.iter().rev().find(|stored| stored.record::<OutreachMark>().line == mark.line) {
            Some(stored) => tx.change(stored.id, &FieldChange::between(&stored.row, &mark.to_row()), &stored.heads).map(drop),
            None => tx.create(&mark.to_row(), Place::Child(person)).map(drop),
        }
    })?;
    Ok(OutreachMarked {
        key: mark.line.unwrap_or_default(),
        state: mark.handling.unwrap_or_default(),
        worker: mark.worker,
        reason: mark.reason,
    })
}
