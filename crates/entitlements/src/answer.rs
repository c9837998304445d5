//! An answer as the command line prints it (policies.md §13; `docs/ansinh.md`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::fact::FactSet;
use crate::facts::Facts;
use crate::paid::{Due, List};
use crate::row::{Family, LegalBasis, Period, Scope};
use crate::rules::{Answer, Reason, Rules, Status};

/// One person's answer on one date.
#[derive(Debug, Serialize)]
pub struct AnswerJson<'p> {
    on: NaiveDate,
    policy_version: String,
    benefits: Vec<BenefitJson<'p>>,
    paid: PaidJson<'p>,
}

#[derive(Debug, Serialize)]
struct BenefitJson<'p> {
    code: &'p str,
    family: Family,
    status: Status,
    amount: Option<i64>,
    unit: &'p str,
    is_minimum: bool,
    period: Period,
    legal_basis: &'p [LegalBasis],
    missing: FactSet,
    reasons: Vec<Reason<'p>>,
    parameter: Option<ParameterJson<'p>>,
}

/// The figure that the amount was made with.
#[derive(Debug, Serialize)]
struct ParameterJson<'p> {
    code: &'p str,
    scope: &'p Scope,
    value: Option<u32>,
    effective_from: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct PaidJson<'p> {
    regular: Option<Vec<PaymentJson<'p>>>,
    regular_total: Option<i64>,
    carer_support: Option<Vec<PaymentJson<'p>>>,
    funeral: Option<Vec<PaymentJson<'p>>>,
    emergency: Option<Vec<PaymentJson<'p>>>,
    facility_care: Option<Vec<PaymentJson<'p>>>,
    health_card: Option<bool>,
    missing: BTreeMap<List, FactSet>,
    no_rows: Vec<List>,
}

#[derive(Debug, Serialize)]
struct PaymentJson<'p> {
    code: &'p str,
    amount: i64,
}

impl<'p> AnswerJson<'p> {
    /// The answer with every reason.
    #[must_use]
    pub fn new(rules: &Rules<'p>, facts: &Facts) -> Self {
        let answer = rules.answer(facts);
        let benefits = rules.rules().iter().zip(&answer.lines).enumerate().map(|(at, (rule, line))| {
            let row = rule.row();
            BenefitJson {
                code: &row.code,
                family: row.family,
                status: line.status,
                amount: line.amount,
                unit: row.amount.unit(),
                is_minimum: row.amount.is_floor(),
                period: row.period,
                legal_basis: &row.legal_basis,
                missing: line.missing,
                reasons: rules.reasons(at, facts),
                parameter: rule.parameter().map(|figure| ParameterJson {
                    code: &figure.code,
                    scope: &figure.scope,
                    value: figure.value,
                    effective_from: figure.effective_from,
                }),
            }
        });
        let benefits = benefits.collect();
        Self { on: rules.date(), policy_version: rules.set().version(), benefits, paid: paid(rules, &answer) }
    }

    /// Adds it as one line of JSON, without a line break.
    pub fn write(&self, out: &mut Vec<u8>) {
        serde_json::to_writer(out, self).expect("its keys are texts, and memory takes every byte");
    }
}

fn paid<'p>(rules: &Rules<'p>, answer: &Answer) -> PaidJson<'p> {
    let list = |list| {
        let payments = answer.paid.list(list).payments()?.iter();
        Some(payments.map(|paid| PaymentJson { code: &rules.rules()[paid.at].row().code, amount: paid.amount }).collect())
    };
    let open = |list| match answer.paid.list(list) {
        Due::Open(missing) => Some((list, *missing)),
        Due::Paid(_) | Due::NoRows => None,
    };
    PaidJson {
        regular: list(List::Regular),
        regular_total: answer.paid.regular_total(),
        carer_support: list(List::CarerSupport),
        funeral: list(List::Funeral),
        emergency: list(List::Emergency),
        facility_care: list(List::FacilityCare),
        health_card: answer.paid.health_card,
        missing: List::ALL.into_iter().filter_map(open).collect(),
        no_rows: List::ALL.into_iter().filter(|list| *answer.paid.list(*list) == Due::NoRows).collect(),
    }
}
