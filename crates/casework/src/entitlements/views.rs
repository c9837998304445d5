//! From the engine's answers to what crosses to a screen. What the sight may not see is masked or left out here.

use std::collections::BTreeMap;

use domain::RecordId;
use entitlements::register::shown::{self, Shown};
use entitlements::register::{
    CaredSheet, Case, Cause, DueRow, Lawbook, Origin, Received, Sheet, Sight, When, Why, facts_of, is_masked,
};
use entitlements::{BenefitRow, Due, DutyRow, Fact, FactSet, Facts, LegalBasis, Line, List, Rules, Status, Told};
use serde::Serialize;
use serde_json::Value as Json;
use store::View;

use crate::commune::assumed_day;
use crate::convert::label;
use crate::outreach::benefit_names;
use crate::views::adjustments::WhyView;
use crate::views::entitlements::{
    BenefitLine, CaredView, CauseView, EntitlementWarning, EntitlementsView, FactView, LegalBasisView, PaidView, PaymentView,
    ReasonView, ReceivedView,
};
use crate::views::outreach::BenefitName;

/// The duty whose clause says from which month money changes, stops or ends.
const CHANGE_OR_STOP: &str = "change_or_stop";

/// What a view is made with.
pub(crate) struct Shower<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) case: Case<'a>,
}

impl Shower<'_> {
    fn sight(&self) -> Sight {
        self.case.options.sight
    }

    /// Everything about one person on one day; `assume` tells facts that the register does not.
    pub(crate) fn person(
        &self,
        at: usize,
        on: chrono::NaiveDate,
        may_open_restricted: bool,
        assume: &dyn Fn(&mut Sheet),
    ) -> store::Result<EntitlementsView> {
        let book = self.case.book;
        let person = self.case.register.person(at);
        let mut sheet = facts_of(self.case.register, book.law(), at, When::On(on), self.case.options);
        assume(&mut sheet);
        let rules = book.on(on);
        let lines = self.lines(rules, &sheet.facts, &|_| true);
        let mut tested = FactSet::EMPTY;
        for (rule, _) in rules.rules().iter().zip(0..) {
            if lines.iter().any(|line| line.code == rule.row().code) {
                tested = tested.union(rule.tested());
            }
        }
        let facts = self.facts(tested, &|fact| (sheet.facts.get(fact), sheet.origin(fact)))?;
        let birth_assumed = person.birth.and_then(|birth| assumed_day(birth, self.case.options.birth));
        Ok(EntitlementsView {
            person: person.id,
            on: on.to_string(),
            facts_on: sheet.on.to_string(),
            policy_version: book.set().version(),
            restricted: self.sight() == Sight::Restricted,
            may_open_restricted,
            cared: sheet.cared.iter().map(|cared| self.cared(rules, &sheet, cared)).collect::<store::Result<_>>()?,
            paid: paid(rules, &sheet),
            received: self.received(at, domain::Month::of(on)),
            warnings: warnings(&facts),
            lines,
            facts,
            birth_assumed,
        })
    }

    fn lines(&self, rules: &Rules<'_>, facts: &Facts, wanted: &dyn Fn(&FactSet) -> bool) -> Vec<BenefitLine> {
        let told = rules.lines(facts);
        let rows = rules.rules().iter().zip(&told).enumerate().filter(|(_, (rule, _))| wanted(&rule.tested()));
        rows.filter_map(|(at, (rule, line))| {
            let reasons = rules.reasons(at, facts);
            let shown = match self.sight() {
                Sight::Restricted => reasons.iter().map(shown::whole).collect(),
                Sight::Plain => shown::plain(&reasons)?,
            };
            let reasons = shown.iter().map(|reason| reason_view(reason, self.sight())).collect();
            Some(benefit_line(self.case.book, rule.row(), line, reasons))
        })
        .collect()
    }

    fn facts(
        &self,
        tested: FactSet,
        told: &dyn Fn(Fact) -> (Option<Told<'static>>, Option<Origin>),
    ) -> store::Result<Vec<FactView>> {
        let mut views = Vec::new();
        for fact in tested.iter().filter(|fact| self.sight() == Sight::Restricted || !fact.is_restricted()) {
            let (value, origin) = told(fact);
            let masked = is_hidden(fact, value, self.sight());
            let record = origin.and_then(|origin| origin.record).filter(|_| !masked);
            let (record_kind, page) = self.place(record)?;
            views.push(FactView {
                fact: fact.name().to_owned(),
                value: value.filter(|_| !masked).map_or(Json::Null, Json::from),
                known: value.is_some(),
                masked,
                rule: origin.map_or("not_told", |origin| origin.rule).to_owned(),
                record,
                record_kind,
                page,
                since: origin.and_then(|origin| origin.since).filter(|_| !masked).map(|since| since.to_string()),
                disputed: origin.is_some_and(|origin| origin.disputed),
            });
        }
        Ok(views)
    }

    /// Kind of a record and whose page shows it.
    fn place(&self, record: Option<RecordId>) -> store::Result<(Option<String>, Option<RecordId>)> {
        let sight = match self.sight() {
            Sight::Plain => store::Sight::Plain,
            Sight::Restricted => store::Sight::Restricted,
        };
        let found = record.map(|record| self.view.find_record(record, sight)).transpose()?.flatten();
        Ok(found.map_or((None, None), |found| (Some(found.kind().name.to_owned()), Some(found.parent.unwrap_or(found.id)))))
    }

    fn cared(&self, rules: &Rules<'_>, sheet: &Sheet, cared: &CaredSheet) -> store::Result<CaredView> {
        let told = |fact: Fact| {
            let own = cared.origins.iter().find(|(known, _)| *known == fact).map(|(_, origin)| *origin);
            (cared.facts.get(fact), own.or_else(|| sheet.origin(fact)))
        };
        Ok(CaredView {
            person: cared.person,
            full_name: label(self.view, cared.person)?,
            lines: self.lines(rules, &cared.facts, &|tested| tested.contains(Fact::CarerRelation)),
            facts: self.facts(cared.origins.iter().map(|(fact, _)| *fact).collect(), &told)?,
        })
    }

    /// What is received in a month.
    pub(crate) fn received(&self, at: usize, month: domain::Month) -> Vec<ReceivedView> {
        let of = |list: List| self.case.received(at, month, list).into_iter().map(move |row| received_view(row, list));
        of(List::Regular).chain(of(List::CarerSupport)).collect()
    }

    /// Rows due, with their titles.
    pub(crate) fn payments(&self, rows: &[DueRow<'_>]) -> Vec<PaymentView> {
        rows.iter().filter_map(|row| Some(payment(self.case.book.row(row.code)?, row.amount, row.cared))).collect()
    }

    /// Rows received, with their titles.
    pub(crate) fn received_names(&self, received: &[Received]) -> Vec<BenefitName> {
        let codes: Vec<String> = received.iter().filter_map(|row| row.code.clone()).collect();
        benefit_names(self.case.book, &codes)
    }

    /// Why what is due is not what was received.
    pub(crate) fn why(&self, why: &Why<'_>, month: domain::Month) -> store::Result<WhyView> {
        let book = self.case.book;
        let of_row = |kind: &str, row: &BenefitRow| WhyView {
            code: Some(row.code.clone()),
            title_vi: row.title_vi.clone(),
            title_en: row.title_en.clone(),
            legal_basis: legal_basis(book, &row.legal_basis),
            confidence: Some(code(&row.confidence)),
            since: Some(row.effective_from.to_string()),
            ..WhyView::of(kind)
        };
        let of_record = |kind: &str, record: Option<RecordId>| -> store::Result<WhyView> {
            let (record_kind, page) = self.place(record)?;
            Ok(WhyView { record, record_kind, page, ..WhyView::of(kind) })
        };
        match why {
            Why::Ended(row) => Ok(of_row("ended", row)),
            Why::Due(row) => Ok(of_row("due", row)),
            Why::Figure(figure) => Ok(WhyView {
                code: Some(figure.code.clone()),
                legal_basis: legal_basis(book, &figure.legal_basis),
                confidence: Some(code(&figure.confidence)),
                value: figure.value.map(i64::from),
                since: figure.effective_from.map(|day| day.to_string()),
                ..WhyView::of("figure")
            }),
            Why::Fact { fact, value, origin } => {
                let masked = is_hidden(*fact, *value, self.sight());
                let origin = origin.filter(|_| !masked);
                Ok(WhyView {
                    fact: Some(fact.name().to_owned()),
                    told: value.filter(|_| !masked).map_or(Json::Null, Json::from),
                    masked,
                    since: origin.and_then(|origin| origin.since).map(|day| day.to_string()),
                    ..of_record("fact", origin.and_then(|origin| origin.record))?
                })
            }
            Why::Recorded(record) => of_record("recorded", Some(*record)),
            Why::Life => Ok(self.end_of_life(month)),
        }
    }

    /// Where the law says that money ends, in a month after a death: until a decree says it in words, a doubt to be settled.
    fn end_of_life(&self, month: domain::Month) -> WhyView {
        let book = self.case.book;
        let says = |duty: &&DutyRow| duty.code == CHANGE_OR_STOP && duty.is_in_force(month.last_day());
        match book.set().duties().iter().find(says) {
            Some(duty) => WhyView {
                legal_basis: legal_basis(book, &duty.legal_basis),
                confidence: Some(code(&duty.confidence)),
                ..WhyView::of("life")
            },
            None => WhyView::of("life_unsourced"),
        }
    }

    /// Why an amount changes.
    pub(crate) fn cause(&self, cause: &Cause) -> CauseView {
        let bare = |kind: &str| CauseView {
            kind: kind.to_owned(),
            fact: None,
            before: Json::Null,
            after: Json::Null,
            masked: false,
            record: None,
        };
        match cause {
            Cause::Law => bare("law"),
            Cause::Rate => bare("rate"),
            Cause::Life => bare("life"),
            Cause::Fact { fact, before, after, origin } => {
                let masked = is_hidden(*fact, *before, self.sight()) || is_hidden(*fact, *after, self.sight());
                let shown = |value: &Option<Told<'static>>| value.filter(|_| !masked).map_or(Json::Null, Json::from);
                CauseView {
                    fact: Some(fact.name().to_owned()),
                    before: shown(before),
                    after: shown(after),
                    masked,
                    record: origin.and_then(|origin| origin.record).filter(|_| !masked),
                    ..bare("fact")
                }
            }
        }
    }
}

/// Letters that tell of a parent serving a sentence are not shown without the right.
fn is_hidden(fact: Fact, value: Option<Told<'static>>, sight: Sight) -> bool {
    sight == Sight::Plain && fact == Fact::NoSupportCase && matches!(value, Some(Told::Code(letter)) if is_masked(letter))
}

/// A code as it is written in the rows.
pub(crate) fn code<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The names of facts.
pub(crate) fn names(facts: FactSet) -> Vec<String> {
    facts.iter().map(|fact| fact.name().to_owned()).collect()
}

/// Places in the law with the numbers of the documents.
pub(crate) fn legal_basis(book: &Lawbook<'_>, basis: &[LegalBasis]) -> Vec<LegalBasisView> {
    let view = |basis: &LegalBasis| LegalBasisView {
        number: book.set().sources().get(&basis.source).map(|source| source.number.clone()).unwrap_or_default(),
        source: basis.source.clone(),
        article: basis.article.clone(),
        clause: basis.clause.clone(),
        point: basis.point.clone(),
        note: basis.note.clone(),
        note_vi: basis.note_vi.clone(),
    };
    basis.iter().map(view).collect()
}

fn benefit_line(book: &Lawbook<'_>, row: &BenefitRow, line: &Line, reasons: Vec<ReasonView>) -> BenefitLine {
    BenefitLine {
        code: row.code.clone(),
        family: code(&row.family),
        clause_group: row.clause_group.clone(),
        title_vi: row.title_vi.clone(),
        title_en: row.title_en.clone(),
        status: code(&line.status),
        amount: line.amount.filter(|_| line.status != Status::NotEntitled),
        unit: row.amount.unit().to_owned(),
        is_minimum: row.amount.is_floor(),
        period: code(&row.period),
        legal_basis: legal_basis(book, &row.legal_basis),
        confidence: code(&row.confidence),
        notes: row.notes.clone(),
        notes_vi: row.notes_vi.clone(),
        missing: names(line.missing.without(FactSet::restricted())),
        reasons,
    }
}

fn reason_view(reason: &Shown<'_>, sight: Sight) -> ReasonView {
    let group = |kind: &str, parts: Vec<ReasonView>| ReasonView {
        kind: kind.to_owned(),
        fact: None,
        op: None,
        value: Json::Null,
        result: reason.result(),
        told: Json::Null,
        masked: false,
        parts,
    };
    let views = |parts: &[Shown<'_>]| parts.iter().map(|part| reason_view(part, sight)).collect();
    match reason {
        Shown::Test { fact, op, value, told, .. } => {
            let masked = Fact::named(fact).is_some_and(|fact| is_hidden(fact, *told, sight));
            ReasonView {
                fact: Some((*fact).to_owned()),
                op: Some((*op).to_owned()),
                value: (*value).clone(),
                told: told.filter(|_| !masked).map_or(Json::Null, Json::from),
                masked,
                ..group("test", Vec::new())
            }
        }
        Shown::Any(_, parts) => group("any", views(parts)),
        Shown::All(_, parts) => group("all", views(parts)),
        Shown::Not(_, part) => group("not", vec![reason_view(part, sight)]),
    }
}

fn payment(row: &BenefitRow, amount: i64, cared: Option<RecordId>) -> PaymentView {
    PaymentView { code: row.code.clone(), title_vi: row.title_vi.clone(), title_en: row.title_en.clone(), amount, cared }
}

fn received_view(row: Received, list: List) -> ReceivedView {
    ReceivedView { record: row.record, list: code(&list), code: row.code, amount: row.amount, cared: row.cared }
}

fn paid(rules: &Rules<'_>, sheet: &Sheet) -> PaidView {
    let own = rules.answer(&sheet.facts).paid;
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut no_rows = Vec::new();
    let mut list = |list: List, all: Vec<(Due, Option<RecordId>)>| {
        let mut payments = Some(Vec::new());
        let mut needed = FactSet::EMPTY;
        for (due, cared) in &all {
            match due {
                Due::Paid(rows) => {
                    if let Some(payments) = &mut payments {
                        payments.extend(
                            rows.iter().filter_map(|paid| Some(payment(rules.rules().get(paid.at)?.row(), paid.amount, *cared))),
                        );
                    }
                }
                Due::Open(facts) => {
                    needed = needed.union(*facts);
                    payments = None;
                }
                Due::NoRows => payments = None,
            }
        }
        if !needed.is_empty() {
            missing.insert(code(&list), names(needed.without(FactSet::restricted())));
        } else if payments.is_none() {
            no_rows.push(code(&list));
        }
        payments
    };
    let alone = |of: List| vec![(own.list(of).clone(), None)];
    let cared = sheet.cared.iter().map(|cared| (of_cared(rules, &cared.facts), Some(cared.person)));
    let carers: Vec<_> = alone(List::CarerSupport).into_iter().chain(cared).collect();
    let regular = list(List::Regular, alone(List::Regular));
    let carer_support = list(List::CarerSupport, carers);
    let funeral = list(List::Funeral, alone(List::Funeral));
    let emergency = list(List::Emergency, alone(List::Emergency));
    let facility_care = list(List::FacilityCare, alone(List::FacilityCare));
    PaidView {
        regular_total: regular.as_ref().map(|rows| rows.iter().map(|row| row.amount).sum()),
        regular,
        carer_support,
        funeral,
        emergency,
        facility_care,
        health_card: own.health_card,
        missing,
        no_rows,
    }
}

/// What the care of one person gives.
fn of_cared(rules: &Rules<'_>, facts: &Facts) -> Due {
    let out = Line { status: Status::NotEntitled, amount: None, missing: FactSet::EMPTY };
    let lines: Vec<Line> = rules
        .rules()
        .iter()
        .zip(rules.lines(facts))
        .map(|(rule, line)| if rule.tested().contains(Fact::CarerRelation) { line } else { out })
        .collect();
    rules.paid(&lines).list(List::CarerSupport).clone()
}

fn warnings(facts: &[FactView]) -> Vec<EntitlementWarning> {
    let warning =
        |code: &str, fact: &FactView| EntitlementWarning { code: code.to_owned(), fact: fact.fact.clone(), record: fact.record };
    let mut found = Vec::new();
    for fact in facts {
        if fact.disputed {
            found.push(warning("disputed", fact));
        }
        if matches!(fact.rule.as_str(), "past_reassessment" | "birth_assumed") {
            found.push(warning(&fact.rule, fact));
        }
    }
    found
}
