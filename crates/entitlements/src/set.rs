//! A set of rows: loading, judging, and the rules in force on a date.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::check::{self, Fault, Finding, Parts};
use crate::condition::{self, Check};
use crate::row::{BenefitRow, Documents, DutyRow, ParameterRow, Scope, Source, StackingRule};
use crate::rules::Rules;

/// The only shape of `set.json` that this program reads.
const SCHEMA: u32 = 1;

/// Dated rows that passed every check. Never changed; another set follows it.
#[derive(Clone, Debug)]
pub struct PolicySet {
    head: Head,
    parameters: Vec<ParameterRow>,
    benefits: Vec<BenefitRow>,
    duties: Vec<DutyRow>,
    compiled: Vec<Vec<Check>>,
    /// Its number, where the province has published it.
    pub(crate) published: Option<u32>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Head {
    schema_version: u32,
    as_of: NaiveDate,
    note: String,
    #[serde(default)]
    note_vi: String,
    confidence_values: BTreeMap<String, String>,
    #[serde(default)]
    confidence_values_vi: BTreeMap<String, String>,
    sources: BTreeMap<String, Source>,
    stacking_rules: Vec<StackingRule>,
}

/// A set that may not be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LoadError {
    /// Everything that is wrong, in the order of the rows.
    pub findings: Vec<Finding>,
}

static EMBEDDED: LazyLock<PolicySet> = LazyLock::new(|| {
    let documents = Documents {
        set: part(include_str!("../../../assets/policies/set.json")),
        parameters: part(include_str!("../../../assets/policies/parameters.json")),
        benefits: part(include_str!("../../../assets/policies/benefits.json")),
        duties: part(include_str!("../../../assets/policies/duties.json")),
    };
    PolicySet::load(&documents).unwrap_or_else(|error| panic!("assets/policies: {error}"))
});

fn part<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("assets/policies is part of the program and is JSON")
}

impl PolicySet {
    /// The set of `assets/policies/`, which is part of the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads and judges a set.
    ///
    /// # Errors
    /// Every fault at once, each with its row.
    pub fn load(documents: &Documents) -> Result<Self, LoadError> {
        let mut findings = Vec::new();
        let head = read::<Head>(&documents.set, "set.json", &mut findings);
        let parameters: Vec<ParameterRow> = read_all(&documents.parameters, "parameters.json", &mut findings);
        let benefits: Vec<BenefitRow> = read_all(&documents.benefits, "benefits.json", &mut findings);
        let duties: Vec<DutyRow> = read_all(&documents.duties, "duties.json", &mut findings);
        let compiled = benefits.iter().map(|row| compile(row, &mut findings)).collect();
        if let Some(head) = &head {
            if head.schema_version != SCHEMA {
                let fault = Fault::Malformed(format!("schema_version must be {SCHEMA}"));
                findings.push(Finding { row: "set.json".to_owned(), fault });
            }
            let parts = Parts {
                sources: &head.sources,
                parameters: &parameters,
                benefits: &benefits,
                duties: &duties,
                stacking: &head.stacking_rules,
            };
            findings.extend(check::findings(&parts));
        }
        match head {
            Some(head) if findings.is_empty() => Ok(Self { head, parameters, benefits, duties, compiled, published: None }),
            _ => Err(LoadError { findings }),
        }
    }

    /// The day on which the rows were last compared with the law.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.head.as_of
    }

    /// What an answer says it was computed with: the day of the rows, and `+N` for the province's Nth published set.
    #[must_use]
    pub fn version(&self) -> String {
        match self.published {
            Some(number) => format!("{}+{number}", self.head.as_of),
            None => self.head.as_of.to_string(),
        }
    }

    /// The set as it was read.
    #[must_use]
    pub fn documents(&self) -> Documents {
        let rows = |rows: Json| rows.as_array().cloned().unwrap_or_default();
        Documents {
            set: json!(self.head),
            parameters: rows(json!(self.parameters)),
            benefits: rows(json!(self.benefits)),
            duties: rows(json!(self.duties)),
        }
    }

    /// The legal documents by code.
    #[must_use]
    pub fn sources(&self) -> &BTreeMap<String, Source> {
        &self.head.sources
    }

    /// How benefits go together.
    #[must_use]
    pub fn stacking_rules(&self) -> &[StackingRule] {
        &self.head.stacking_rules
    }

    /// Every dated figure.
    #[must_use]
    pub fn parameters(&self) -> &[ParameterRow] {
        &self.parameters
    }

    /// Every rule, in file order.
    #[must_use]
    pub fn benefits(&self) -> &[BenefitRow] {
        &self.benefits
    }

    /// Every dated deadline and target.
    #[must_use]
    pub fn duties(&self) -> &[DutyRow] {
        &self.duties
    }

    /// What a level of certainty means, in Vietnamese and in English.
    #[must_use]
    pub fn confidence_words(&self, level: &str) -> (Option<&str>, Option<&str>) {
        let Head { confidence_values, confidence_values_vi, .. } = &self.head;
        (confidence_values_vi.get(level).map(String::as_str), confidence_values.get(level).map(String::as_str))
    }

    /// The row of a parameter on a date: the national one, or a provincial one if higher. `None`: not known.
    #[must_use]
    pub fn parameter(&self, code: &str, on: NaiveDate) -> Option<&ParameterRow> {
        let in_force = || self.parameters.iter().filter(|row| row.code == code && row.is_in_force(on));
        let national = in_force().find(|row| row.scope == Scope::National)?;
        let provincial = in_force().filter(|row| row.scope != Scope::National).max_by_key(|row| row.value);
        Some(provincial.filter(|row| row.value > national.value).unwrap_or(national))
    }

    /// The rules in force on a date, their figures looked up. Costs some ten microseconds: keep it for all people of a date.
    #[must_use]
    pub fn on(&self, on: NaiveDate) -> Rules<'_> {
        let rows = self.benefits.iter().zip(&self.compiled);
        Rules::new(self, on, rows.filter(|(row, _)| row.is_in_force(on)).map(|(row, checks)| (row, checks.as_slice())))
    }

    /// The days on which a rule or a figure begins, or is the first without one that ended; sorted. Between two of them
    /// [`PolicySet::on`] gives the same rules.
    #[must_use]
    pub fn turning_days(&self) -> Vec<NaiveDate> {
        let figures = self.parameters.iter().filter(|row| row.value.is_some()).map(|row| (row.effective_from, row.effective_to));
        let rules = self.benefits.iter().map(|row| (Some(row.effective_from), row.effective_to));
        let ends = figures.chain(rules).flat_map(|(from, to)| [from, to.and_then(|to| to.succ_opt())]);
        let mut days: Vec<NaiveDate> = ends.flatten().collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn compile(row: &BenefitRow, findings: &mut Vec<Finding>) -> Vec<Check> {
    let mut fault = |fault| findings.push(Finding { row: row.code.clone(), fault });
    row.conditions.iter().filter_map(|condition| condition::compile(condition, row.ends_at_birthday, &mut fault)).collect()
}

/// What a row that cannot be read is called.
fn called(row: &Json, file: &str) -> String {
    row.get("code").and_then(Json::as_str).map_or_else(|| file.to_owned(), str::to_owned)
}

fn read<T: DeserializeOwned>(value: &Json, name: &str, findings: &mut Vec<Finding>) -> Option<T> {
    let read = T::deserialize(value);
    read.map_err(|error| findings.push(Finding { row: name.to_owned(), fault: Fault::Malformed(error.to_string()) })).ok()
}

fn read_all<T: DeserializeOwned>(rows: &[Json], file: &str, findings: &mut Vec<Finding>) -> Vec<T> {
    rows.iter().filter_map(|row| read(row, &called(row, file), findings)).collect()
}
