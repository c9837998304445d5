//! The audit, for those who may read it: searched, checked row by row, given out as a file, which it keeps as well.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use documents::export::{Table, TableCell, TableColumn, write_xlsx};
use domain::RecordId;
use domain::registry;
use serde::Deserialize;
use serde_json::json;
use store::{AuditEntry, AuditFilter, AuditVerdict, NewAuditEntry, Right, Sight, View};

use crate::commands::types::{AuditChecked, AuditPage, ExportAudit, FileMade, ListAudit, Nothing};
use crate::convert::label_of;
use crate::exports::{expect_reason, hand_over};
use crate::host::{Host, author, instant, local};
use crate::problem::{Code, Result};
use crate::views::audit::{AuditRow, AuditSearch, AuditWorker};

/// Rows at once.
const LARGEST_PAGE: u32 = 200;
/// Rows of a file at most: ten years of a busy commune.
const LARGEST_FILE: u64 = 200_000;
/// Hours that Viet Nam is ahead of UTC, in milliseconds.
const AHEAD_MS: i64 = 7 * 3_600_000;

/// A page of the rows that pass a search, newest first, and whether the whole chain is unbroken.
pub fn list_audit(host: &dyn Host, req: ListAudit) -> Result<AuditPage> {
    let open = host.session().open()?;
    let limit = req.limit.min(LARGEST_PAGE);
    let filter = filter(&req.search)?;
    let may_know_whose = open.account.may(Right::RestrictedRead);
    Ok(open.store.read(|view| {
        let (page, total) = view.find_audit(&filter, u64::from(req.offset), u64::from(limit))?;
        let names = names(view)?;
        let rows = page.into_iter().map(|entry| row(view, &names, entry, may_know_whose)).collect::<store::Result<_>>()?;
        Ok(AuditPage {
            rows,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            chain_sound: view.verify_audit().is_ok(),
            acts: view.list_audit_acts()?,
            workers: names.into_iter().map(|(uid, name)| AuditWorker { uid, name }).collect(),
        })
    })?)
}

fn names(view: &View<'_>) -> store::Result<BTreeMap<u32, String>> {
    Ok(view.list_accounts()?.into_iter().map(|account| (account.uid, account.name)).collect())
}

fn filter(search: &AuditSearch) -> Result<AuditFilter> {
    let day = |text: &Option<String>| -> Result<Option<NaiveDate>> {
        text.as_deref().map(str::parse).transpose().map_err(|_| Code::BadRequest.into())
    };
    let start = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc().timestamp_millis() - AHEAD_MS;
    Ok(AuditFilter {
        uid: search.worker,
        act: search.act.clone(),
        person: search.person,
        from_ms: day(&search.from)?.map(start),
        before_ms: day(&search.to)?.and_then(|day| day.checked_add_days(Days::new(1))).map(start),
    })
}

fn row(view: &View<'_>, names: &BTreeMap<u32, String>, entry: AuditEntry, may_know_whose: bool) -> store::Result<AuditRow> {
    Ok(AuditRow {
        n: u32::try_from(entry.n).unwrap_or(u32::MAX),
        at: instant(entry.at_ms),
        worker: names.get(&entry.uid).cloned().unwrap_or_default(),
        act: entry.act,
        kind: entry.kind.and_then(registry::kind).map(|kind| kind.name.to_owned()),
        record: entry.rid.map(|id| id.to_string()),
        person: entry.rid.map(|id| person_of(view, id, may_know_whose)).transpose()?.flatten(),
        reason: entry.reason,
    })
}

/// Name of the person a row is about. That somebody has a specially protected record at all is told only with the right.
fn person_of(view: &View<'_>, id: RecordId, may_know_whose: bool) -> store::Result<Option<String>> {
    let sight = if may_know_whose { Sight::Restricted } else { Sight::Plain };
    let Some(stored) = view.find_record(view.resolve(id)?, sight)? else { return Ok(None) };
    let person = match stored.parent {
        Some(parent) => view.find_record(view.resolve(parent)?, Sight::Plain)?,
        None => Some(stored),
    };
    Ok(person.filter(|record| record.kind().name == "person").map(|person| label_of(&person)))
}

/// Walks along the chain and says that it is whole, or where it breaks.
pub fn check_audit(host: &dyn Host, _: Nothing) -> Result<AuditChecked> {
    let open = host.session().open()?;
    Ok(open.store.read(|view| Ok(checked(&view.check_audit()?)))?)
}

fn checked(verdict: &AuditVerdict) -> AuditChecked {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    AuditChecked {
        sound: verdict.broken.is_none(),
        rows: number(verdict.rows),
        broken_n: verdict.broken.map(|broken| number(broken.n)),
        broken_at: verdict.broken.map(|broken| instant(broken.at_ms)),
        head: format!("{}:{}", verdict.head.n, hex(&verdict.head.hash[..8])),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Headings of the exported audit, from `assets/privacy/audit.json`, and the words of acts, from the messages.
#[derive(Deserialize)]
struct Words {
    sheet: String,
    title: String,
    watermark: String,
    sound: String,
    broken: String,
    columns: Vec<String>,
}

/// Writes the rows that pass a search to a file. That it was made, and why, is a row of the audit itself.
pub fn export_audit(host: &dyn Host, req: ExportAudit) -> Result<FileMade> {
    let open = host.session().open()?;
    let reason = expect_reason(&req.reason)?;
    let filter = filter(&req.search)?;
    let may_know_whose = open.account.may(Right::RestrictedRead);
    let (rows, verdict) = open.store.read(|view| {
        let (page, _) = view.find_audit(&filter, 0, LARGEST_FILE)?;
        let names = names(view)?;
        let rows = page.into_iter().map(|entry| row(view, &names, entry, may_know_whose)).collect::<store::Result<Vec<_>>>()?;
        Ok((rows, checked(&view.check_audit()?)))
    })?;
    let name = format!("nhat-ky-{}", crate::host::today(host).format("%Y%m%d"));
    let (name, bytes) = match req.format.as_str() {
        "json" => {
            let made = json!({ "by": open.account.name, "at": instant(host.now().timestamp_millis()), "reason": reason });
            let all = json!({ "audit": rows, "chain": verdict, "exported": made });
            let bytes = serde_json::to_vec_pretty(&all).map_err(|_| crate::door::unexpected("json"))?;
            (format!("{name}.json"), bytes)
        }
        "xlsx" => (format!("{name}.xlsx"), as_sheet(host, &rows, &verdict, &open.account.name)?),
        _ => return Err(Code::BadRequest.into()),
    };
    open.store.write(author(host, open.account.uid), |tx| {
        tx.record_audit(NewAuditEntry { act: "audit.export", record: None, reason: Some(&reason) })
    })?;
    hand_over(&name, bytes, req.path)
}

fn as_sheet(host: &dyn Host, rows: &[AuditRow], verdict: &AuditChecked, worker: &str) -> Result<Vec<u8>> {
    let words: Words = serde_json::from_str(include_str!("../../../assets/privacy/audit.json"))
        .map_err(|_| crate::door::unexpected("audit words"))?;
    let messages: BTreeMap<String, String> = serde_json::from_str(include_str!("../../../assets/messages/vi.json"))
        .map_err(|_| crate::door::unexpected("messages"))?;
    let now = local(host.now());
    let chain = if verdict.sound { &words.sound } else { &words.broken };
    let mark = words.watermark.replace("{worker}", worker).replace("{at}", &now.format("%d/%m/%Y %H:%M").to_string());
    let text = |value: &str| if value.is_empty() { TableCell::Empty } else { TableCell::Text(value.to_owned()) };
    let cells = |row: &AuditRow| {
        let act = messages.get(&format!("audit.did.{}", row.act)).unwrap_or(&row.act);
        let kind = row.kind.as_ref().and_then(|kind| messages.get(&format!("kind.{kind}"))).cloned().unwrap_or_default();
        vec![
            text(&row.n.to_string()),
            text(&row.at),
            text(&row.worker),
            text(act),
            text(&kind),
            text(row.person.as_deref().unwrap_or_default()),
            text(row.reason.as_deref().unwrap_or_default()),
        ]
    };
    let table = Table {
        sheet: words.sheet.clone(),
        title: words.title.clone(),
        watermark: format!("{mark} {chain} {}", verdict.head),
        made_on: Some(now.date_naive()),
        columns: words.columns.iter().map(|heading| TableColumn { heading: heading.clone(), width: 0 }).collect(),
        rows: rows.iter().map(cells).collect(),
    };
    write_xlsx(&table).map_err(|_| crate::door::unexpected("xlsx"))
}
