//! A coming month or a coming set tried on the whole commune: how many people, how much money, who gains and who loses.
//!
//! Restricted facts are false for everybody here, so that no count rests on them. What was computed last stays in memory while
//! register, months and sets are the same: its people are paged through, and each page would compute everybody again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Month, RecordId};
use entitlements::outreach::{hold, request_given};
use entitlements::register::{Case, DueRow, Lawbook, MonthDue, Sheet, Sight};
use entitlements::{Documents, Finding, PolicySet};
use store::{Store, View};

use crate::commands::types::{PolicyPreview, PreviewPolicy};
use crate::forms::FieldProblem;
use crate::host::{Host, today};
use crate::law;
use crate::outreach::people_by_id;
use crate::problem::{Problem, Result};
use crate::register::{case, month, unreadable, whole};
use crate::views::policies::{PeopleAndMoney, PolicyDocuments, PreviewBenefit, PreviewRow};

/// Rows at once.
const LARGEST_PAGE: u32 = 500;

/// What a preview holds for.
#[derive(Clone, PartialEq)]
struct PreviewOf {
    register: u128,
    policies: String,
    months: [Month; 2],
    documents: Option<PolicyDocuments>,
}

/// A preview with everybody for whom it makes a difference, the largest first, without names.
pub(crate) struct Preview {
    of: PreviewOf,
    sums: PolicyPreview,
    rows: Vec<PreviewRow>,
}

/// Where the last preview is kept.
pub(crate) type Kept = Arc<Mutex<Option<Arc<Preview>>>>;

/// What another month or another set would change for the commune.
pub fn preview_policy(host: &dyn Host, req: PreviewPolicy) -> Result<PolicyPreview> {
    let open = host.session().open()?;
    let this = Month::of(today(host));
    let before = req.before.as_deref().map_or(Ok(this), |text| month(text, "before"))?;
    let after = req.after.as_deref().map_or(Ok(before), |text| month(text, "after"))?;
    let is_wanted: fn(&PreviewRow) -> bool = match req.who.as_deref() {
        None => |_| true,
        Some("gains") => |row| row.after > row.before,
        Some("loses") => |row| row.after < row.before,
        Some(other) => return Err(unreadable("who", "value_unreadable", other)),
    };
    let preview = previewed(&host.session().preview, &open.store, [before, after], req.documents)?;
    let wanted: Vec<&PreviewRow> = preview.rows.iter().filter(|row| is_wanted(row)).collect();
    let total = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
    let page = wanted.into_iter().skip(req.offset as usize).take(req.limit.min(LARGEST_PAGE) as usize);
    let mut rows: Vec<PreviewRow> = page.cloned().collect();
    open.store.read(|view| name(view, &mut rows))?;
    Ok(PolicyPreview { rows, total, ..preview.sums.clone() })
}

fn name(view: &View<'_>, rows: &mut [PreviewRow]) -> store::Result<()> {
    let people = people_by_id(view, rows.iter().map(|row| row.person).collect())?;
    for row in rows {
        if let Some(person) = people.get(&row.person) {
            row.full_name.clone_from(&person.name);
            row.village_name = person.village.clone().unwrap_or_default();
        }
    }
    Ok(())
}

fn previewed(kept: &Kept, store: &Store, months: [Month; 2], documents: Option<PolicyDocuments>) -> Result<Arc<Preview>> {
    let coming = documents.as_ref().map(load).transpose()?;
    let unit = store.identity().unit;
    let (register, policies) = store.read(|view| Ok((view.register_digest(unit)?, law::in_force(view)?.version())))?;
    let of = PreviewOf { register, policies, months, documents };
    let known = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(known) = known.filter(|known| known.of == of) {
        return Ok(known);
    }
    let other = coming.as_ref().map(Lawbook::new);
    let made = Arc::new(store.read(|view| {
        let book = law::book(view)?;
        let register = whole(view, Sight::Plain)?;
        let case = case(view, book, &register, Sight::Plain)?;
        let then = Case { book: other.as_ref().unwrap_or(book), ..case };
        let mut sums = Sums::new(&case, &then, months);
        for (at, person) in register.people().iter().enumerate().filter(|(_, person)| !person.moved) {
            sums.add(person.id, at);
        }
        Ok(sums.preview(of))
    })?);
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
    Ok(made)
}

/// Reads a set that is not published yet.
///
/// # Errors
/// Everything that is wrong with it, each with its row.
fn load(documents: &PolicyDocuments) -> Result<PolicySet> {
    let PolicyDocuments { set, parameters, benefits, duties } = documents.clone();
    PolicySet::load(&Documents { set, parameters, benefits, duties }).map_err(|error| {
        let field = |finding: &Finding| -> FieldProblem {
            domain::Problem::error("documents", "policy_fault")
                .with("row", &finding.row)
                .with("fault", finding.fault.to_string())
                .into()
        };
        Problem::invalid(error.findings.iter().map(field).collect())
    })
}

struct Sums<'a> {
    case: &'a Case<'a>,
    then: &'a Case<'a>,
    months: [Month; 2],
    sums: [PeopleAndMoney; 2],
    by_code: BTreeMap<String, [PeopleAndMoney; 2]>,
    undetermined: u32,
    rows: Vec<PreviewRow>,
}

impl<'a> Sums<'a> {
    fn new(case: &'a Case<'a>, then: &'a Case<'a>, months: [Month; 2]) -> Self {
        Self { case, then, months, sums: Default::default(), by_code: BTreeMap::new(), undetermined: 0, rows: Vec::new() }
    }

    fn add(&mut self, person: RecordId, at: usize) {
        let before = self.case.due(at, self.months[0], &request_given);
        let after = self.then.due(at, self.months[1], &|sheet: &mut Sheet| {
            request_given(sheet);
            if let Some(now) = &before.sheet {
                hold(now, sheet);
            }
        });
        let rows = [rows(&before), rows(&after)];
        let [Some(was), Some(is)] = &rows else {
            self.undetermined += 1;
            return;
        };
        for (side, rows) in [was, is].into_iter().enumerate() {
            count(&mut self.sums[side], rows.iter().map(|row| row.amount).sum());
            for row in rows {
                count(&mut self.by_code.entry(row.code.to_owned()).or_default()[side], row.amount);
            }
        }
        let sum = |rows: &[DueRow<'_>]| rows.iter().map(|row| row.amount).sum::<i64>();
        let codes = |rows: &[DueRow<'_>]| rows.iter().map(|row| row.code.to_owned()).collect();
        if sum(was) != sum(is) {
            self.rows.push(PreviewRow {
                person,
                full_name: String::new(),
                village_name: String::new(),
                before: sum(was),
                after: sum(is),
                codes_before: codes(was),
                codes_after: codes(is),
            });
        }
    }

    fn preview(mut self, of: PreviewOf) -> Preview {
        self.rows.sort_by_key(|row| (std::cmp::Reverse((row.after - row.before).abs()), row.person));
        let (mut gains, mut loses) = (PeopleAndMoney::default(), PeopleAndMoney::default());
        for row in &self.rows {
            let difference = row.after - row.before;
            count(if difference > 0 { &mut gains } else { &mut loses }, difference.abs());
        }
        let people_of = |wanted: fn(&PreviewRow) -> bool| {
            u32::try_from(self.rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX)
        };
        let title = |code: &str| self.then.book.row(code).or_else(|| self.case.book.row(code));
        let versions = BTreeMap::from([
            ("before".to_owned(), self.case.book.set().version()),
            ("after".to_owned(), self.then.book.set().version()),
        ]);
        let benefit = |(code, sides): (&String, &[PeopleAndMoney; 2])| PreviewBenefit {
            code: code.clone(),
            title_vi: title(code).map(|row| row.title_vi.clone()).unwrap_or_default(),
            title_en: title(code).map(|row| row.title_en.clone()).unwrap_or_default(),
            before: sides[0],
            after: sides[1],
        };
        let sums = PolicyPreview {
            before_month: self.months[0].to_string(),
            after_month: self.months[1].to_string(),
            versions,
            before: self.sums[0],
            after: self.sums[1],
            gains,
            loses,
            begins: people_of(|row| row.before == 0),
            ceases: people_of(|row| row.after == 0),
            undetermined: self.undetermined,
            benefits: self.by_code.iter().map(benefit).collect(),
            rows: Vec::new(),
            total: 0,
        };
        Preview { of, sums, rows: self.rows }
    }
}

fn count(sum: &mut PeopleAndMoney, amount: i64) {
    if amount != 0 {
        sum.people += 1;
        sum.amount += amount;
    }
}

/// Everything due in a month; `None` while it cannot be said.
fn rows<'m>(month: &'m MonthDue<'_>) -> Option<Vec<DueRow<'m>>> {
    let (regular, carer) = (month.regular.rows()?, month.carer.rows()?);
    Some(regular.iter().chain(carer).copied().collect())
}
