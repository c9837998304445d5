//! Export of the register to a file: needs its right and a reason, and leaves an audit entry.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, FixedOffset};
use documents::export::{Table, TableCell, TableColumn, write_xlsx};
use domain::{PartialDate, RecordId, citizen_id, codes};
use serde::Deserialize;
use serde_json::json;
use store::NewAuditEntry;

use crate::commands::types::{ExportRegister, FileMade};
use crate::exchange::{ExchangeHousehold, households};
use crate::forms::FieldProblem;
use crate::host::{Host, author, instant, local, today};
use crate::households::store_filter;
use crate::problem::{Code, Problem, Result};

/// A reason shorter than this is none.
const SHORTEST_REASON: usize = 3;

/// Headings and words of the exported sheet, from `assets/imports/export.json`.
#[derive(Deserialize)]
struct Words {
    sheet: String,
    title: String,
    watermark: String,
    household: String,
    village: String,
    address: String,
    poverty_class: String,
    full_name: String,
    relationship: String,
    sex: String,
    birth: String,
    citizen_id: String,
    ethnic: String,
    phone: String,
    other_name: String,
    old_id: String,
    issued_on: String,
    issued_by: String,
    marital_status: String,
    education: String,
    occupation: String,
}

/// Writes the households that pass the filter.
pub fn export_register(host: &dyn Host, req: ExportRegister) -> Result<FileMade> {
    let open = host.session().open()?;
    let reason = expect_reason(&req.reason)?;
    let today = today(host);
    let filter = store_filter(&req.filter)?;
    let (mut list, limited) = open.store.read(|view| Ok((households(view, &filter, today)?, view.list_limited()?)))?;
    let left_out = leave_out(&mut list, &limited);
    let name = format!("so-an-sinh-{}", today.format("%Y%m%d"));
    let (name, bytes) = match req.format.as_str() {
        "json" => (format!("{name}.json"), as_json(host, &list, &open.account.name, &reason)?),
        "xlsx" => (format!("{name}.xlsx"), as_sheet(host, &list, &open.account.name)?),
        _ => return Err(Code::BadRequest.into()),
    };
    // The audit first: a file that was made is always in it. What a newer program wrote is only read, its audit too.
    if !open.store.is_read_only()? {
        open.store.write(author(host, open.account.uid), |tx| {
            tx.record_audit(NewAuditEntry { act: "export", record: None, reason: Some(&reason) })
        })?;
    }
    Ok(FileMade { left_out, ..hand_over(&name, bytes, req.path)? })
}

/// Takes out who asked that their data be limited, and households in which nobody is left; gives how many people.
fn leave_out(list: &mut Vec<ExchangeHousehold>, limited: &BTreeSet<RecordId>) -> u32 {
    let mut left_out = 0;
    for household in list.iter_mut() {
        household.members.retain(|member| {
            let is_limited = member.id.is_some_and(|id| limited.contains(&id));
            left_out += u32::from(is_limited);
            !is_limited
        });
    }
    if left_out > 0 {
        list.retain(|household| !household.members.is_empty());
    }
    left_out
}

/// The reason why something leaves the store, tidied; none is a refusal.
pub(crate) fn expect_reason(typed: &str) -> Result<String> {
    let reason = domain::text::tidy(typed);
    if reason.chars().count() < SHORTEST_REASON {
        let field: FieldProblem = domain::Problem::error("reason", "reason_missing").into();
        return Err(Problem::invalid(vec![field]));
    }
    Ok(reason)
}

fn words() -> Result<Words> {
    serde_json::from_str(include_str!("../../../assets/imports/export.json")).map_err(|_| crate::door::unexpected("export words"))
}

/// The line that says who took a file out, and when.
pub(crate) fn watermark(worker: &str, at: DateTime<FixedOffset>) -> Result<String> {
    Ok(words()?.watermark.replace("{worker}", worker).replace("{at}", &at.format("%d/%m/%Y %H:%M").to_string()))
}

fn as_json(host: &dyn Host, list: &[ExchangeHousehold], worker: &str, reason: &str) -> Result<Vec<u8>> {
    let exported = json!({ "by": worker, "at": instant(host.now().timestamp_millis()), "reason": reason });
    let all = json!({ "households": list, "problems": [], "exported": exported });
    serde_json::to_vec_pretty(&all).map_err(|_| crate::door::unexpected("json"))
}

fn as_sheet(host: &dyn Host, list: &[ExchangeHousehold], worker: &str) -> Result<Vec<u8>> {
    let words = words()?;
    let now = local(host.now());
    let headings = [
        &words.household,
        &words.village,
        &words.address,
        &words.poverty_class,
        &words.full_name,
        &words.relationship,
        &words.sex,
        &words.birth,
        &words.citizen_id,
        &words.ethnic,
        &words.phone,
        &words.other_name,
        &words.old_id,
        &words.issued_on,
        &words.issued_by,
        &words.marital_status,
        &words.education,
        &words.occupation,
    ];
    let table = Table {
        sheet: words.sheet.clone(),
        title: words.title.clone(),
        watermark: watermark(worker, now)?,
        made_on: Some(now.date_naive()),
        columns: headings.into_iter().map(|heading| TableColumn { heading: heading.clone(), width: 0 }).collect(),
        rows: list.iter().flat_map(rows).collect(),
    };
    write_xlsx(&table).map_err(|_| crate::door::unexpected("xlsx"))
}

/// One row a person; household cells repeated, so that sorting in Excel keeps them together.
fn rows(household: &ExchangeHousehold) -> Vec<Vec<TableCell>> {
    let text = |value: &Option<String>| value.clone().map_or(TableCell::Empty, TableCell::Text);
    let word = |list: &str, code: &Option<String>| {
        let word = code.as_deref().map(|code| codes::find(list, code).map_or_else(|| code.to_owned(), |row| row.vi.clone()));
        word.map_or(TableCell::Empty, TableCell::Text)
    };
    let member = |member: &crate::exchange::ExchangeMember| {
        vec![
            text(&household.key),
            text(&household.village),
            text(&household.address),
            word("poverty_class", &household.poverty_class),
            TableCell::Text(member.full_name.clone()),
            word("relationship_to_head", &member.relationship),
            word("sex", &member.sex.clone().filter(|sex| sex != "unknown")),
            member.birth.as_deref().and_then(|birth| birth.parse().ok()).map_or(TableCell::Empty, TableCell::Date),
            text(&member.citizen_id.as_deref().map(citizen_id::tidy)),
            word("ethnic_group", &member.ethnic_code),
            text(&member.phone),
            text(&member.other_name),
            text(&member.old_id),
            member.citizen_id_issued_on.map_or(TableCell::Empty, |date| TableCell::Date(PartialDate::Day(date))),
            text(&member.citizen_id_issued_by),
            word("marital_status", &member.marital_status),
            word("education_level", &member.education_level),
            text(&member.occupation),
        ]
    };
    household.members.iter().map(member).collect()
}

/// Writes bytes to a path, or hands them over where there is none.
pub(crate) fn hand_over(name: &str, bytes: Vec<u8>, path: Option<String>) -> Result<FileMade> {
    let Some(path) = path else {
        return Ok(FileMade { name: name.to_owned(), path: None, bytes: Some(STANDARD.encode(bytes)), left_out: 0 });
    };
    std::fs::write(&path, bytes).map_err(|error| Problem::from(store::Error::from(error)))?;
    Ok(FileMade { name: name.to_owned(), path: Some(path), bytes: None, left_out: 0 })
}
