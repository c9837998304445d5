//! Adjustment runs (truy lĩnh, thu hồi): the differences between what is due and what was received in a span of months, for
//! everybody who receives something. A draft for those who decide.
//!
//! Owes its callers that nothing here rests on a restricted fact, neither on the screen nor on paper nor in a file; and that paper
//! and file name nobody who asked for a limit, but say how many were left out.

use std::collections::{BTreeMap, BTreeSet};

use documents::export::{Table, TableCell, TableColumn, write_xlsx};
use domain::{Month, RecordId};
use entitlements::register::{Adjustment, Case, Compared, Sight, later};
use serde::Deserialize;
use serde_json::Value as Json;
use store::{NewAuditEntry, View};

use super::views::Shower;
use super::{as_is, shower, span};
use crate::commands::types::{Adjustments, ExportAdjustments, FileMade, ListAdjustments};
use crate::commune;
use crate::exports::{expect_reason, hand_over, watermark};
use crate::host::{Host, author, local};
use crate::law;
use crate::outreach::people_by_id;
use crate::problem::Result;
use crate::register::{case, whole};
use crate::views::adjustments::{AdjustmentRow, AdjustmentSpan, WhyView};
use crate::views::entitlements::LegalBasisView;

/// Most months of the commune at once.
const LONGEST_RUN: usize = 25;
/// Rows at once.
const LARGEST_PAGE: u32 = 500;
/// Rows on paper: some hundred sheets.
const MOST_PRINTED: usize = 5_000;

/// A page of the run, by village and name.
pub fn list_adjustments(host: &dyn Host, req: ListAdjustments) -> Result<Adjustments> {
    let open = host.session().open()?;
    let span = span(&req.from, &req.to, LONGEST_RUN)?;
    let (offset, limit) = (req.offset as usize, req.limit.min(LARGEST_PAGE) as usize);
    Ok(open.store.read(|view| run(view, &span, &BTreeSet::new(), offset, limit))?)
}

/// The whole run, to be printed. The audit keeps that.
pub fn print_adjustments(host: &dyn Host, req: ListAdjustments) -> Result<Adjustments> {
    let open = host.session().open()?;
    let months = span(&req.from, &req.to, LONGEST_RUN)?;
    if !open.store.is_read_only()? {
        let about = format!("{} – {}", req.from, req.to);
        open.store.write(author(host, open.account.uid), |tx| {
            tx.record_audit(NewAuditEntry { act: "adjustments.print", record: None, reason: Some(&about) })
        })?;
    }
    Ok(open.store.read(|view| run(view, &months, &view.list_limited()?, 0, MOST_PRINTED))?)
}

/// The whole run as a workbook, one row for each stretch of months that are alike.
pub fn export_adjustments(host: &dyn Host, req: ExportAdjustments) -> Result<FileMade> {
    let open = host.session().open()?;
    let reason = expect_reason(&req.reason)?;
    let months = span(&req.from, &req.to, LONGEST_RUN)?;
    let now = local(host.now());
    let words: Words = serde_json::from_str(include_str!("../../../../assets/imports/adjustments.json"))
        .map_err(|_| crate::door::unexpected("words of adjustments"))?;
    let run = open.store.read(|view| run(view, &months, &view.list_limited()?, 0, usize::MAX))?;
    let table = Table {
        sheet: words.sheet.clone(),
        title: words.title.replace("{from}", &shown(&req.from)).replace("{to}", &shown(&req.to)),
        watermark: watermark(&open.account.name, now)?,
        made_on: Some(now.date_naive()),
        columns: words.columns.iter().map(|heading| TableColumn { heading: heading.clone(), width: 0 }).collect(),
        rows: run.rows.iter().flat_map(|row| row.spans.iter().map(|span| words.cells(row, span))).collect(),
    };
    let bytes = write_xlsx(&table).map_err(|_| crate::door::unexpected("xlsx"))?;
    // The audit first: a file that was made is always in it. What a newer program wrote is only read, its audit too.
    if !open.store.is_read_only()? {
        open.store.write(author(host, open.account.uid), |tx| {
            tx.record_audit(NewAuditEntry { act: "export.adjustments", record: None, reason: Some(&reason) })
        })?;
    }
    Ok(FileMade {
        left_out: run.left_out,
        ..hand_over(&format!("truy-linh-thu-hoi-{}-{}.xlsx", req.from, req.to), bytes, req.path)?
    })
}

/// One person's run, while names are not looked up yet.
struct Adjusted {
    at: usize,
    spans: Vec<AdjustmentSpan>,
}

impl Adjusted {
    fn back_pay(&self) -> i64 {
        self.spans.iter().map(|span| span.total.max(0)).sum()
    }

    fn recovery(&self) -> i64 {
        self.spans.iter().map(|span| (-span.total).max(0)).sum()
    }
}

/// The run without these people: neither their names nor their money are in it.
fn run(view: &View<'_>, span: &[Month], without: &BTreeSet<RecordId>, offset: usize, limit: usize) -> store::Result<Adjustments> {
    let register = whole(view, Sight::Plain)?;
    let case = case(view, law::book(view)?, &register, Sight::Plain)?;
    let shower = shower(view, case);
    let (mut open, mut left_out) = (0, 0);
    let mut found: Vec<Adjusted> = Vec::new();
    let people = register.people().iter().enumerate().filter(|(_, person)| !person.allowances.is_empty());
    for (at, person) in people {
        let (spans, is_open) = spans(&shower, at, span)?;
        if without.contains(&person.id) {
            left_out += u32::from(!spans.is_empty());
            continue;
        }
        open += u32::from(is_open);
        if !spans.is_empty() {
            found.push(Adjusted { at, spans });
        }
    }
    let last = span.last().map(|month| month.last_day());
    let names: BTreeMap<RecordId, usize> = ranks(view.list_person_order()?);
    let villages: BTreeMap<RecordId, usize> = ranks(view.list_villages()?.into_iter().map(|village| village.id));
    let rank = |ranks: &BTreeMap<RecordId, usize>, id: Option<RecordId>| id.and_then(|id| ranks.get(&id).copied());
    found.sort_by_cached_key(|adjusted| {
        let person = register.person(adjusted.at).id;
        let village = last.and_then(|last| register.village_of(person, last));
        (rank(&villages, village).unwrap_or(usize::MAX), rank(&names, Some(person)).unwrap_or(usize::MAX))
    });
    let sum = |of: fn(&Adjusted) -> i64| found.iter().map(of).sum();
    let (total, back_pay, recovery) =
        (u32::try_from(found.len()).unwrap_or(u32::MAX), sum(Adjusted::back_pay), sum(Adjusted::recovery));
    let page: Vec<Adjusted> = found.into_iter().skip(offset).take(limit).collect();
    let people = people_by_id(view, page.iter().map(|adjusted| register.person(adjusted.at).id).collect())?;
    let rows = page.into_iter().map(|adjusted| {
        let person = register.person(adjusted.at);
        let listed = people.get(&person.id);
        AdjustmentRow {
            person: person.id,
            full_name: listed.map(|row| row.name.clone()).unwrap_or_default(),
            birth: listed.and_then(|row| row.birth).map(|birth| birth.to_string()),
            birth_assumed: person.birth.and_then(|birth| commune::assumed_day(birth, case.options.birth)),
            village_name: listed.and_then(|row| row.village.clone()).unwrap_or_default(),
            back_pay: adjusted.back_pay(),
            recovery: adjusted.recovery(),
            spans: adjusted.spans,
        }
    });
    let policy_version = case.book.set().version();
    Ok(Adjustments { rows: rows.collect(), total, back_pay, recovery, open, left_out, policy_version })
}

fn ranks(ids: impl IntoIterator<Item = RecordId>) -> BTreeMap<RecordId, usize> {
    ids.into_iter().zip(0..).collect()
}

/// The months of a person that differ, those alike joined; and whether a month cannot be said.
fn spans(shower: &Shower<'_>, at: usize, months: &[Month]) -> store::Result<(Vec<AdjustmentSpan>, bool)> {
    let case: &Case<'_> = &shower.case;
    let (mut made, mut is_open) = (Vec::<AdjustmentSpan>::new(), false);
    for month in months {
        // Most people receive nothing: that is told without computing.
        if case.all_received(at, *month).is_empty() {
            continue;
        }
        match case.compare(at, &case.due(at, *month, &as_is)) {
            Compared::Differs(adjustment) => put(&mut made, *month, one(shower, &adjustment)?),
            Compared::Open(_) => is_open = true,
            Compared::Nothing | Compared::Same => {}
        }
    }
    Ok((made, is_open))
}

fn one(shower: &Shower<'_>, adjustment: &Adjustment<'_>) -> store::Result<AdjustmentSpan> {
    let month = adjustment.month.to_string();
    Ok(AdjustmentSpan {
        from: month.clone(),
        to: month,
        count: 1,
        received: shower.received_names(&adjustment.received),
        due: shower.payments(&adjustment.due),
        before: adjustment.before,
        after: adjustment.after,
        difference: adjustment.difference(),
        total: adjustment.difference(),
        why: adjustment.why.iter().map(|why| shower.why(why, adjustment.month)).collect::<store::Result<_>>()?,
    })
}

/// Joins a month to the one before it where they say the same.
fn put(spans: &mut Vec<AdjustmentSpan>, month: Month, next: AdjustmentSpan) {
    if let Some(last) = spans.last_mut()
        && last.to.parse().is_ok_and(|to: Month| later(to, 1) == month)
        && (&last.received, &last.due, last.before, &last.why) == (&next.received, &next.due, next.before, &next.why)
    {
        last.to = next.to;
        last.count += 1;
        last.total += next.difference;
    } else {
        spans.push(next);
    }
}

/// Headings and words of the file, from `assets/imports/adjustments.json`.
#[derive(Deserialize)]
struct Words {
    sheet: String,
    title: String,
    columns: Vec<String>,
    why: BTreeMap<String, String>,
    place: String,
    values: BTreeMap<String, String>,
}

impl Words {
    fn cells(&self, row: &AdjustmentRow, span: &AdjustmentSpan) -> Vec<TableCell> {
        let text = |value: String| if value.is_empty() { TableCell::Empty } else { TableCell::Text(value) };
        // Exact up to 2^53 đồng.
        #[expect(clippy::cast_precision_loss, reason = "a cell of a workbook holds a float")]
        let number = |value: i64| TableCell::Number(value as f64);
        let titles = |titles: Vec<&str>| text(titles.join(" + "));
        vec![
            text(row.full_name.clone()),
            row.birth.as_deref().and_then(|birth| birth.parse().ok()).map_or(TableCell::Empty, TableCell::Date),
            text(row.village_name.clone()),
            text(shown(&span.from)),
            text(shown(&span.to)),
            number(i64::from(span.count)),
            titles(span.received.iter().map(|name| name.title_vi.as_str()).collect()),
            number(span.before),
            titles(span.due.iter().map(|payment| payment.title_vi.as_str()).collect()),
            number(span.after),
            number(span.difference),
            number(span.total),
            text(span.why.iter().map(|why| self.why(why)).collect::<Vec<_>>().join("; ")),
            text(self.places(span.why.iter().flat_map(|why| &why.legal_basis))),
        ]
    }

    fn why(&self, why: &WhyView) -> String {
        let words = self.why.get(&why.kind).map_or(why.kind.as_str(), String::as_str);
        let fact = why.fact.as_deref().and_then(entitlements::Fact::named);
        let value = match fact {
            Some(_) if why.masked => String::new(),
            Some(fact) => self.value(fact, &why.told),
            None => why.value.map(|value| value.to_string()).unwrap_or_default(),
        };
        let name = fact.map_or(why.title_vi.as_str(), |fact| fact.words().vi.as_str());
        words
            .replace("{name}", name)
            .replace("{value}", &value)
            .replace("{from}", &why.since.as_deref().map(shown).unwrap_or_default())
    }

    fn value(&self, fact: entitlements::Fact, told: &Json) -> String {
        let named = fact.words().values.iter().find(|value| value.code.as_deref() == told.as_str());
        let word = |key: &str| self.values.get(key).cloned().unwrap_or_default();
        match told {
            Json::Bool(yes) => word(if *yes { "yes" } else { "no" }),
            Json::Number(number) => number.to_string(),
            _ => named.map_or_else(|| word("unknown"), |value| value.vi.clone()),
        }
    }

    fn places<'v>(&self, basis: impl Iterator<Item = &'v LegalBasisView>) -> String {
        let mut places: Vec<String> = Vec::new();
        for one in basis {
            let parts = [&one.article, &one.clause, &one.point];
            let at: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
            let number = cited(&one.number);
            let place =
                if at.is_empty() { number } else { self.place.replace("{number}", &number).replace("{where}", &at.join(".")) };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.join("; ")
    }
}

/// A document as it is cited in speech: of `a/b/KIND-X` it is `KIND a/b`.
fn cited(number: &str) -> String {
    match number.splitn(3, '/').collect::<Vec<_>>().as_slice() {
        [number, year, kind] => format!("{} {number}/{year}", kind.split('-').next().unwrap_or_default()),
        _ => number.to_owned(),
    }
}

/// `2026-07` as `07/2026`, `2026-07-01` as `01/07/2026`.
fn shown(date: &str) -> String {
    date.split('-').rev().collect::<Vec<_>>().join("/")
}
