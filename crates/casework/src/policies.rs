//! The rows of the law (chính sách) to be read beside the law, and a coming set tried on the whole commune.
//!
//! Restricted facts are false for everybody in a preview, so that no count rests on them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{Month, RecordId};
use entitlements::outreach::{hold, request_given};
use entitlements::register::{Case, DueRow, Lawbook, MonthDue, Options, Sheet};
use entitlements::{Amount, BenefitRow, Condition, Documents, Fact, Facts, LegalBasis, ParameterRow, PolicySet, StackingRule};
use serde_json::Value as Json;

use crate::commands::types::{ListPolicies, Policies, PolicyPreview, PreviewPolicy};
use crate::entitlements::views::{code, legal_basis};
use crate::forms::FieldProblem;
use crate::host::{Host, today};
use crate::law;
use crate::outreach::people_by_id;
use crate::problem::{Problem, Result};
use crate::register::{day, month, whole};
use crate::views::policies::{
    AmountView, ConditionView, FactValueWords, FactWords, FigureRow, PeopleAndMoney, PolicyDocuments, PolicyRow, PreviewBenefit,
    PreviewRow, SourceRow, StackingRow,
};

/// Rows at once.
const LARGEST_PAGE: u32 = 500;

/// Every row of the set in use, or those of a day.
pub fn list_policies(host: &dyn Host, req: ListPolicies) -> Result<Policies> {
    let open = host.session().open()?;
    let now = today(host);
    let on = req.on.as_deref().map(|text| day(Some(text), now, "on")).transpose()?;
    let book = open.store.read(law::book)?;
    let set = book.set();
    let rows = set.benefits().iter().filter(|row| on.is_none_or(|on| row.is_in_force(on)));
    let figures = set.parameters().iter().filter(|row| on.is_none_or(|on| row.value.is_none() || row.is_in_force(on)));
    Ok(Policies {
        version: set.version(),
        benefits: rows.map(|row| policy_row(book, row, on.unwrap_or(now))).collect(),
        figures: figures.map(|row| figure_row(book, row)).collect(),
        sources: set.sources().iter().map(|(name, source)| source_row(name, source)).collect(),
        stacking: set.stacking_rules().iter().map(|rule| stacking_row(book, rule)).collect(),
        facts: Fact::ALL.iter().map(|fact| fact_words(*fact)).collect(),
    })
}

fn policy_row(book: &Lawbook<'_>, row: &BenefitRow, on: NaiveDate) -> PolicyRow {
    PolicyRow {
        code: row.code.clone(),
        scope: String::from(row.scope.clone()),
        family: code(&row.family),
        clause_group: row.clause_group.clone(),
        title_vi: row.title_vi.clone(),
        title_en: row.title_en.clone(),
        legal_basis: basis(book, &row.legal_basis),
        effective_from: row.effective_from.to_string(),
        effective_to: row.effective_to.map(|day| day.to_string()),
        decree_in_force_from: row.decree_in_force_from.map(|day| day.to_string()),
        confidence: code(&row.confidence),
        conditions: row.conditions.iter().map(condition).collect(),
        ends_at_birthday: row.ends_at_birthday,
        amount: amount(&row.amount),
        example: example(book, row, on),
        period: code(&row.period),
        paid_for: row.paid_for.clone(),
        stacking_group: row.stacking_group.clone(),
        forms: row.forms.clone(),
        notes: row.notes.clone(),
        new_case_note: row.new_case_note.clone(),
    }
}

fn basis(book: &Lawbook<'_>, basis: &[LegalBasis]) -> Vec<crate::views::entitlements::LegalBasisView> {
    legal_basis(book, basis)
}

/// What a row pays one person on a day within its time, where no fact is needed for it.
fn example(book: &Lawbook<'_>, row: &BenefitRow, on: NaiveDate) -> Option<i64> {
    let last = row.effective_to.unwrap_or(on);
    let rules = book.on(on.clamp(row.effective_from, last.max(row.effective_from)));
    let at = rules.rules().iter().position(|rule| rule.row().code == row.code)?;
    let line = rules.lines(&Facts::default()).into_iter().nth(at)?;
    line.amount
}

fn condition(condition: &Condition) -> ConditionView {
    let (kind, fact, op, value) = match condition {
        Condition::Test { field, op, value } => ("test", Some(field.clone()), Some(op.clone()), value.clone()),
        Condition::Any { .. } => ("any", None, None, Json::Null),
        Condition::All { .. } => ("all", None, None, Json::Null),
        Condition::Not { .. } => ("not", None, None, Json::Null),
    };
    let parts = condition.members().iter().map(self::condition).collect();
    ConditionView { kind: kind.to_owned(), fact, op, value, parts }
}

fn amount(amount: &Amount) -> AmountView {
    let floor = amount.minimum.as_deref();
    let of = floor.unwrap_or(amount);
    AmountView {
        kind: code(&amount.ty),
        parameter: of.parameter.clone(),
        coefficient: of.coefficient.as_ref().map(ToString::to_string),
        value: of.value.map(i64::from),
        unit: amount.unit().to_owned(),
        multiply_by: amount.multiply_by.clone(),
        is_minimum: amount.is_floor(),
        months_max: amount.months_max.or(amount.days_max_months),
    }
}

fn figure_row(book: &Lawbook<'_>, row: &ParameterRow) -> FigureRow {
    FigureRow {
        code: row.code.clone(),
        scope: String::from(row.scope.clone()),
        value: row.value,
        unit: row.unit.clone(),
        effective_from: row.effective_from.map(|day| day.to_string()),
        effective_to: row.effective_to.map(|day| day.to_string()),
        legal_basis: basis(book, &row.legal_basis),
        confidence: code(&row.confidence),
        note: row.note.clone(),
    }
}

fn source_row(name: &str, source: &entitlements::Source) -> SourceRow {
    SourceRow {
        code: name.to_owned(),
        number: source.number.clone(),
        title_vi: source.title_vi.clone(),
        effective_from: source.effective_from.to_string(),
        effective_to: source.effective_to.map(|day| day.to_string()),
        confidence: code(&source.confidence),
        note: source.note.clone(),
    }
}

fn stacking_row(book: &Lawbook<'_>, rule: &StackingRule) -> StackingRow {
    StackingRow {
        id: rule.id.clone(),
        rule: code(&rule.rule),
        applies_to: rule.applies_to.as_slice().to_vec(),
        legal_basis: basis(book, &rule.legal_basis),
        desc: rule.desc.clone(),
        confidence: code(&rule.confidence),
    }
}

fn fact_words(fact: Fact) -> FactWords {
    let words = fact.words();
    let value = |value: &entitlements::ValueWords| FactValueWords {
        code: value.code.clone(),
        vi: value.vi.clone(),
        en: value.en.clone(),
    };
    FactWords {
        fact: fact.name().to_owned(),
        kind: words.ty.clone(),
        vi: words.vi.clone(),
        en: words.en.clone(),
        values: words.values.iter().map(value).collect(),
        restricted: fact.is_restricted(),
        note: words.note.clone(),
    }
}

/// What another month or another set would change for the commune: how many people, how much money, who gains and who loses.
pub fn preview_policy(host: &dyn Host, req: PreviewPolicy) -> Result<PolicyPreview> {
    let open = host.session().open()?;
    let this = Month::of(today(host));
    let before = req.before.as_deref().map_or(Ok(this), |text| month(text, "before"))?;
    let after = req.after.as_deref().map_or(Ok(before), |text| month(text, "after"))?;
    let coming = req.documents.as_ref().map(load).transpose()?;
    let other = coming.as_ref().map(Lawbook::new);
    Ok(open.store.read(|view| {
        let book = law::book(view)?;
        let register = whole(view, entitlements::register::Sight::Plain)?;
        let case = Case { register: &register, book, options: Options::default() };
        let then = Case { book: other.as_ref().unwrap_or(book), ..case };
        let mut preview = Preview::new(&case, &then, before, after);
        for (at, person) in register.people().iter().enumerate().filter(|(_, person)| !person.moved) {
            preview.add(person.id, at);
        }
        let page = preview.page(req.offset as usize, req.limit.min(LARGEST_PAGE) as usize);
        let people = people_by_id(view, page.iter().map(|row| row.person).collect())?;
        Ok(preview.answer(page, &people))
    })?)
}

/// Reads a set that is not published yet.
///
/// # Errors
/// Everything that is wrong with it, each with its row.
fn load(documents: &PolicyDocuments) -> Result<PolicySet> {
    let PolicyDocuments { set, parameters, benefits } = documents.clone();
    PolicySet::load(&Documents { set, parameters, benefits }).map_err(|error| {
        let field = |finding: &entitlements::Finding| -> FieldProblem {
            domain::Problem::error("documents", "policy_fault")
                .with("row", &finding.row)
                .with("fault", finding.fault.to_string())
                .into()
        };
        Problem::invalid(error.findings.iter().map(field).collect())
    })
}

struct Difference {
    person: RecordId,
    before: i64,
    after: i64,
    codes: [Vec<String>; 2],
}

struct Preview<'a> {
    case: &'a Case<'a>,
    then: &'a Case<'a>,
    months: [Month; 2],
    sums: [PeopleAndMoney; 2],
    by_code: BTreeMap<String, [PeopleAndMoney; 2]>,
    undetermined: u32,
    differences: Vec<Difference>,
}

impl<'a> Preview<'a> {
    fn new(case: &'a Case<'a>, then: &'a Case<'a>, before: Month, after: Month) -> Self {
        Self {
            case,
            then,
            months: [before, after],
            sums: Default::default(),
            by_code: BTreeMap::new(),
            undetermined: 0,
            differences: Vec::new(),
        }
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
            let sum = rows.iter().map(|row| row.amount).sum();
            count(&mut self.sums[side], sum);
            for row in rows {
                count(&mut self.by_code.entry(row.code.to_owned()).or_default()[side], row.amount);
            }
        }
        let [before, after] = [was, is].map(|rows| rows.iter().map(|row| row.amount).sum::<i64>());
        if before != after {
            let codes = [was, is].map(|rows| rows.iter().map(|row| row.code.to_owned()).collect());
            self.differences.push(Difference { person, before, after, codes });
        }
    }

    /// The largest differences first.
    fn page(&mut self, offset: usize, limit: usize) -> Vec<PreviewRow> {
        self.differences.sort_by_key(|row| (std::cmp::Reverse((row.after - row.before).abs()), row.person));
        let page = self.differences.iter().skip(offset).take(limit);
        page.map(|row| PreviewRow {
            person: row.person,
            full_name: String::new(),
            village_name: String::new(),
            before: row.before,
            after: row.after,
            codes_before: row.codes[0].clone(),
            codes_after: row.codes[1].clone(),
        })
        .collect()
    }

    fn answer(self, mut rows: Vec<PreviewRow>, people: &BTreeMap<RecordId, store::PersonRow>) -> PolicyPreview {
        for row in &mut rows {
            if let Some(person) = people.get(&row.person) {
                row.full_name.clone_from(&person.name);
                row.village_name = person.village.clone().unwrap_or_default();
            }
        }
        let (mut gains, mut loses) = (PeopleAndMoney::default(), PeopleAndMoney::default());
        for row in &self.differences {
            let difference = row.after - row.before;
            count(if difference > 0 { &mut gains } else { &mut loses }, difference.abs());
        }
        let people_of = |wanted: &dyn Fn(&Difference) -> bool| {
            u32::try_from(self.differences.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX)
        };
        let title = |code: &str| self.then.book.row(code).or_else(|| self.case.book.row(code));
        let versions = BTreeMap::from([
            ("before".to_owned(), self.case.book.set().version()),
            ("after".to_owned(), self.then.book.set().version()),
        ]);
        PolicyPreview {
            before_month: self.months[0].to_string(),
            after_month: self.months[1].to_string(),
            versions,
            before: self.sums[0],
            after: self.sums[1],
            gains,
            loses,
            begins: people_of(&|row| row.before == 0),
            ceases: people_of(&|row| row.after == 0),
            undetermined: self.undetermined,
            benefits: self
                .by_code
                .iter()
                .map(|(code, sides)| PreviewBenefit {
                    code: code.clone(),
                    title_vi: title(code).map(|row| row.title_vi.clone()).unwrap_or_default(),
                    title_en: title(code).map(|row| row.title_en.clone()).unwrap_or_default(),
                    before: sides[0],
                    after: sides[1],
                })
                .collect(),
            total: people_of(&|_| true),
            rows,
        }
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
