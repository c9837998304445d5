//! An answer of the law engine in plain Vietnamese, for a terminal.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};
use entitlements::{BenefitRow, Due, FactSet, Facts, Line, List, Payment, Period, Rules, Status};

use crate::say::own;

/// What is met, what is open, and what is paid.
pub fn answer(rules: &Rules<'_>, facts: &Facts) -> String {
    let answer = rules.answer(facts);
    let mut text = own("answer_head", &[("date", day(rules.date())), ("version", rules.set().version())]);
    for (heading, status) in [("answer_entitled", Status::Entitled), ("answer_undetermined", Status::Undetermined)] {
        let lines = rules.rules().iter().zip(&answer.lines).filter(|(_, line)| line.status == status);
        let lines: Vec<String> = lines.map(|(rule, line)| benefit(rules, rule.row(), line)).collect();
        if !lines.is_empty() {
            let _ = write!(text, "\n{}\n{}", own(heading, &[]), lines.join("\n"));
        }
    }
    let _ = write!(text, "\n{}", own("answer_paid", &[]));
    for list in List::ALL {
        let _ = write!(text, "\n  {}: {}", own(name(list), &[]), due(rules, answer.paid.list(list)));
    }
    let card = match answer.paid.health_card {
        Some(true) => "answer_yes",
        Some(false) => "answer_no",
        None => "answer_unknown",
    };
    let _ = write!(text, "\n  {}: {}", own("list_health_card", &[]), own(card, &[]));
    text
}

fn benefit(rules: &Rules<'_>, row: &BenefitRow, line: &Line) -> String {
    let mut text = format!("  {} {}", row.code, row.title_vi);
    if let Some(amount) = line.amount {
        let floor = if row.amount.is_floor() { own("amount_floor", &[]) } else { String::new() };
        let _ = write!(text, ": {floor}{}", money(amount, row));
    }
    let cited = row.legal_basis.first().map(|basis| {
        let number = rules.set().sources().get(&basis.source).map_or(basis.source.as_str(), |source| source.number.as_str());
        let parts = [("basis_point", &basis.point), ("basis_clause", &basis.clause), ("basis_article", &basis.article)];
        let parts = parts.into_iter().filter_map(|(key, part)| Some(own(key, &[("number", part.clone()?)])));
        parts.chain([number.to_owned()]).collect::<Vec<_>>().join(" ")
    });
    if let Some(cited) = cited {
        let _ = write!(text, " ({cited})");
    }
    if !line.missing.is_empty() {
        let _ = write!(text, ". {}", need(line.missing));
    }
    text
}

fn due(rules: &Rules<'_>, due: &Due) -> String {
    match due {
        Due::NoRows => own("list_no_rows", &[]),
        Due::Open(missing) => need(*missing),
        Due::Paid(payments) if payments.is_empty() => own("list_empty", &[]),
        Due::Paid(payments) => {
            let one = |paid: &Payment| {
                let row = rules.rules()[paid.at].row();
                format!("{} {}", row.code, money(paid.amount, row))
            };
            payments.iter().map(one).collect::<Vec<_>>().join(" + ")
        }
    }
}

fn need(missing: FactSet) -> String {
    let facts: Vec<&str> = missing.iter().map(|fact| fact.words().vi.as_str()).collect();
    own("answer_missing", &[("facts", facts.join("; "))])
}

fn name(list: List) -> &'static str {
    match list {
        List::Regular => "list_regular",
        List::CarerSupport => "list_carer_support",
        List::Funeral => "list_funeral",
        List::Emergency => "list_emergency",
        List::FacilityCare => "list_facility_care",
    }
}

fn money(amount: i64, row: &BenefitRow) -> String {
    let unit = if row.amount.unit() == "VND" { own("unit_dong", &[]) } else { row.amount.unit().to_owned() };
    let per = match row.period {
        Period::Month => own("per_month", &[]),
        Period::Once | Period::Day => String::new(),
    };
    format!("{} {unit}{per}", grouped(amount))
}

/// `1500000` as `1.500.000`.
pub fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(".")
}

fn day(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}
