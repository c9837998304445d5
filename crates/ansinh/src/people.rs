//! Who of the register is entitled to what, and what is to be done about whom: the commands of the screens, on a terminal.
//!
//! Restricted facts are never told here: the terminal asks as a worker without that right.

use casework::commands::types::{EntitlementsView, OutreachPage};
use casework::views::entitlements::{BenefitLine, PaymentView};
use domain::RecordId;
use entitlements::Fact;
use serde_json::json;

use crate::arguments::Arguments;
use crate::desk;
use crate::exit::Failure;
use crate::plain::grouped;
use crate::say::{Say, own};

/// Lines asked for at once.
const PAGE: u32 = 500;

/// What a person is entitled to on a day.
pub fn entitlements(arguments: &Arguments, say: &Say, person: &str, on: Option<&str>) -> Result<u8, Failure> {
    let desk = desk::sign_in_to_read(arguments)?;
    let person: RecordId = person.parse().map_err(|_| casework::Problem::new(casework::Code::NotFound))?;
    let answer = desk.call("person_entitlements", json!({ "person": person, "on": on }))?;
    say.json(&answer);
    let view: EntitlementsView = desk::read(answer)?;
    say.line(&own("answer_head", &[("date", shown(&view.on)), ("version", view.policy_version.clone())]));
    for (heading, status) in [("answer_entitled", "entitled"), ("answer_undetermined", "undetermined")] {
        let cared = view.cared.iter().flat_map(|cared| &cared.lines);
        let lines: Vec<String> = view.lines.iter().chain(cared).filter(|line| line.status == status).map(benefit).collect();
        if !lines.is_empty() {
            say.line(&own(heading, &[]));
            lines.iter().for_each(|line| say.line(line));
        }
    }
    say.line(&own("answer_paid", &[]));
    for (name, list, payments) in [
        ("list_regular", "regular", &view.paid.regular),
        ("list_carer_support", "carer_support", &view.paid.carer_support),
        ("list_funeral", "funeral", &view.paid.funeral),
        ("list_emergency", "emergency", &view.paid.emergency),
    ] {
        let said = match (payments, view.paid.missing.get(list)) {
            (Some(payments), _) if payments.is_empty() => own("list_empty", &[]),
            (Some(payments), _) => payments.iter().map(payment).collect::<Vec<_>>().join(" + "),
            (None, Some(missing)) => need(missing),
            (None, None) => own("list_no_rows", &[]),
        };
        say.line(&format!("  {}: {said}", own(name, &[])));
    }
    Ok(0)
}

/// `2026-11-23` as `23/11/2026`.
fn shown(day: &str) -> String {
    day.split('-').rev().collect::<Vec<_>>().join("/")
}

fn benefit(line: &BenefitLine) -> String {
    let amount = line.amount.map(|amount| format!(": {} {}", grouped(amount), unit(&line.unit))).unwrap_or_default();
    let missing = if line.missing.is_empty() { String::new() } else { format!(". {}", need(&line.missing)) };
    format!("  {} {}{amount}{missing}", line.code, line.title_vi)
}

fn payment(payment: &PaymentView) -> String {
    format!("{} {} {}", payment.code, grouped(payment.amount), own("unit_dong", &[]))
}

fn unit(unit: &str) -> String {
    if unit == "VND" { own("unit_dong", &[]) } else { unit.to_owned() }
}

fn need(missing: &[String]) -> String {
    let words: Vec<&str> = missing.iter().filter_map(|name| Fact::named(name)).map(|fact| fact.words().vi.as_str()).collect();
    own("answer_missing", &[("facts", words.join("; "))])
}

/// Everything to be done in the commune.
pub fn outreach(arguments: &Arguments, say: &Say, on: Option<&str>, ahead: u32) -> Result<u8, Failure> {
    let desk = desk::sign_in_to_read(arguments)?;
    let mut all: Option<OutreachPage> = None;
    loop {
        let offset = all.as_ref().map_or(0, |page| page.rows.len());
        let request = json!({ "on": on, "ahead": ahead, "offset": offset, "limit": PAGE });
        let page: OutreachPage = desk::read(desk.call("list_outreach", request)?)?;
        let is_last = page.rows.is_empty();
        match &mut all {
            None => all = Some(page),
            Some(all) => all.rows.extend(page.rows),
        }
        if is_last || all.as_ref().is_none_or(|all| all.rows.len() >= all.total as usize) {
            break;
        }
    }
    let Some(page) = all else { return Ok(0) };
    say.json(&json!(page));
    say.line(&own("answer_head", &[("date", shown(&page.on)), ("version", page.policy_version.clone())]));
    for row in &page.rows {
        let codes: Vec<&str> = row.due.iter().chain(&row.received).map(|name| name.code.as_str()).collect();
        let amount = row.amount.map(grouped).unwrap_or_default();
        let name = format!("{} {}", row.full_name, row.birth.as_deref().unwrap_or("-"));
        let kind = own(&format!("outreach_{}", row.kind), &[]);
        let about = if row.missing.is_empty() { codes.join(" ") } else { need(&row.missing) };
        say.line(&format!("{kind:24} {name:36} {:16} {amount:>10} {about}", row.village_name));
    }
    if page.rows.is_empty() {
        say.line(&own("outreach_nobody", &[]));
    }
    Ok(0)
}
