//! The rows of the law (chính sách) to be read beside the law, and a coming set tried on the whole commune.

mod preview;

use chrono::NaiveDate;
use entitlements::register::Lawbook;
use entitlements::{Amount, BenefitRow, Condition, Confidence, Fact, Facts, LegalBasis, ParameterRow, PolicySet, StackingRule};
use serde_json::Value as Json;

use crate::commands::types::{ListPolicies, Policies};
use crate::entitlements::views::{code, legal_basis};
use crate::host::{Host, today};
use crate::law;
use crate::problem::Result;
use crate::register::day;
use crate::views::policies::{
    AmountView, ConditionView, ConfidenceWords, DutyRow, FactValueWords, FactWords, FigureRow, PolicyRow, SourceRow, StackingRow,
};

pub(crate) use preview::Kept;
pub use preview::preview_policy;

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
        duties: set
            .duties()
            .iter()
            .filter(|row| on.is_none_or(|on| row.is_in_force(on)))
            .map(|row| duty_row(book, row))
            .collect(),
        sources: set.sources().iter().map(|(name, source)| source_row(name, source)).collect(),
        stacking: set.stacking_rules().iter().map(|rule| stacking_row(book, rule)).collect(),
        facts: Fact::ALL.iter().map(|fact| fact_words(*fact)).collect(),
        confidence: LEVELS.iter().map(|level| confidence_words(set, *level)).collect(),
    })
}

/// From sure to unsure.
const LEVELS: [Confidence; 5] =
    [Confidence::Found, Confidence::KnownSure, Confidence::KnownVerify, Confidence::Interpretation, Confidence::Unknown];

fn confidence_words(set: &PolicySet, level: Confidence) -> ConfidenceWords {
    let code = code(&level);
    let (vi, en) = set.confidence_words(&code);
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    ConfidenceWords { vi: word(vi), en: word(en), code }
}

fn duty_row(book: &Lawbook<'_>, row: &entitlements::DutyRow) -> DutyRow {
    DutyRow {
        code: row.code.clone(),
        scope: String::from(row.scope.clone()),
        kind: code(&row.kind),
        title_vi: row.title_vi.clone(),
        title_en: row.title_en.clone(),
        value: row.value,
        unit: code(&row.unit),
        effective_from: row.effective_from.map(|day| day.to_string()),
        effective_to: row.effective_to.map(|day| day.to_string()),
        legal_basis: basis(book, &row.legal_basis),
        confidence: code(&row.confidence),
        note: row.note.clone(),
        note_vi: row.note_vi.clone(),
    }
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
        notes_vi: row.notes_vi.clone(),
        new_case_note: row.new_case_note.clone(),
        new_case_note_vi: row.new_case_note_vi.clone(),
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
        note_vi: row.note_vi.clone(),
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
        note_vi: source.note_vi.clone(),
    }
}

fn stacking_row(book: &Lawbook<'_>, rule: &StackingRule) -> StackingRow {
    StackingRow {
        id: rule.id.clone(),
        rule: code(&rule.rule),
        applies_to: rule.applies_to.as_slice().to_vec(),
        legal_basis: basis(book, &rule.legal_basis),
        desc: rule.desc.clone(),
        desc_vi: rule.desc_vi.clone(),
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
        note_vi: words.note_vi.clone(),
    }
}
