//! How a set travels: one text a row; and how a province's own rows join the national ones.
//!
//! A published set holds all rows, national ones too, so that a new decree can reach devices before a new program does. Where the
//! program's own national rows are newer, they go before those of the published set ([`PolicySet::in_force`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::check::{Fault, Finding};
use crate::row::{BenefitRow, Documents, ParameterRow, Scope};
use crate::set::{LoadError, PolicySet};

/// What a province adds: its legal documents, figures, rules, deadlines and targets. A row takes the place of one with the same code and first day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Additions {
    sources: BTreeMap<String, Json>,
    parameters: Vec<Json>,
    benefits: Vec<Json>,
    duties: Vec<Json>,
}

impl PolicySet {
    /// Every row as canonical JSON text; the order is part of the text.
    #[must_use]
    pub fn to_texts(&self) -> Vec<String> {
        let documents = self.documents();
        let rows = |part: &'static str, rows: Vec<Json>| {
            rows.into_iter().enumerate().map(move |(at, row)| json!({ "part": part, "at": at, "row": row }).to_string())
        };
        let all = rows("set", vec![documents.set]).chain(rows("parameter", documents.parameters));
        all.chain(rows("benefit", documents.benefits)).chain(rows("duty", documents.duties)).collect()
    }

    /// A published set from its texts, in any order.
    ///
    /// # Errors
    /// As [`PolicySet::load`]: the set may have been published for a newer program.
    pub fn from_texts(version: u32, texts: &[String]) -> Result<Self, LoadError> {
        let mut parts: BTreeMap<(String, u64), Json> = BTreeMap::new();
        for text in texts {
            let row: Option<Json> = serde_json::from_str(text).ok();
            let placed = row.and_then(|mut row| {
                let part = row["part"].as_str()?.to_owned();
                let at = row["at"].as_u64()?;
                Some(((part, at), row["row"].take()))
            });
            let (place, row) =
                placed.ok_or_else(|| refusal("policy_row", Fault::Malformed("no part, place and row".to_owned())))?;
            parts.insert(place, row);
        }
        let mut documents = Documents::default();
        for ((part, _), row) in parts {
            match part.as_str() {
                "set" => documents.set = row,
                "parameter" => documents.parameters.push(row),
                "benefit" => documents.benefits.push(row),
                "duty" => documents.duties.push(row),
                _ => return Err(refusal("policy_row", Fault::Malformed("an unknown part of a set".to_owned()))),
            }
        }
        let mut set = Self::load(&documents)?;
        set.published = Some(version);
        Ok(set)
    }

    /// This set and what a province adds: `{sources, parameters, benefits, duties}`, each of its rows in the scope of the province.
    ///
    /// # Errors
    /// Every fault at once, each with its row, as [`PolicySet::load`].
    pub fn with_additions(&self, additions: &Json) -> Result<Self, LoadError> {
        if !additions.is_object() {
            return Err(refusal("file", Fault::Malformed("sources, parameters, benefits and duties are expected".to_owned())));
        }
        let read = Additions::deserialize(additions);
        let additions = read.map_err(|error| refusal("file", Fault::Malformed(error.to_string())))?;
        let mut documents = self.documents();
        let mut findings = Vec::new();
        for (code, source) in additions.sources {
            let place = &mut documents.set["sources"][&code];
            if !place.is_null() && *place != source && is_national(self, &code) {
                findings.push(Finding { row: code, fault: Fault::NationalSource });
            } else {
                *place = source;
            }
        }
        for row in additions.parameters.iter().chain(&additions.benefits).chain(&additions.duties) {
            if !row["scope"].as_str().is_some_and(|scope| scope.starts_with("province:")) {
                findings.push(Finding { row: row["code"].as_str().unwrap_or("file").to_owned(), fault: Fault::NotProvincial });
            }
        }
        if !findings.is_empty() {
            return Err(LoadError { findings });
        }
        join(&mut documents.parameters, additions.parameters);
        join(&mut documents.benefits, additions.benefits);
        join(&mut documents.duties, additions.duties);
        Self::load(&documents)
    }

    /// What the province has added to the national rows, in the form of [`PolicySet::with_additions`].
    #[must_use]
    pub fn additions(&self) -> Json {
        let documents = self.documents();
        // A row without a value is no addition: the national set has such rows to say what a province may do.
        let own = |rows: Vec<Json>| -> Vec<Json> {
            rows.into_iter().filter(|row| row["scope"] != "national" && row.get("value") != Some(&Json::Null)).collect()
        };
        let (parameters, benefits, duties) = (own(documents.parameters), own(documents.benefits), own(documents.duties));
        let cited: BTreeSet<&str> = parameters
            .iter()
            .chain(&benefits)
            .chain(&duties)
            .filter_map(|row| row["legal_basis"].as_array())
            .flatten()
            .filter_map(|basis| basis["source"].as_str())
            .collect();
        let sources = cited.into_iter().filter(|code| !is_national(self, code));
        let sources: BTreeMap<&str, &Json> = sources.map(|code| (code, &documents.set["sources"][code])).collect();
        json!({ "sources": sources, "parameters": parameters, "benefits": benefits, "duties": duties })
    }

    /// The set to compute with, where this one was published and `own` is the program's: the newer national rows, and the rows of
    /// the province.
    ///
    /// # Errors
    /// The province's rows do not go with the newer national ones.
    pub fn in_force(self, own: &Self) -> Result<Self, LoadError> {
        if self.as_of() >= own.as_of() {
            return Ok(self);
        }
        let mut joined = own.with_additions(&self.additions())?;
        joined.published = self.published;
        Ok(joined)
    }
}

fn refusal(row: &str, fault: Fault) -> LoadError {
    LoadError { findings: vec![Finding { row: row.to_owned(), fault }] }
}

/// A source that a national row rests on.
fn is_national(set: &PolicySet, code: &str) -> bool {
    let figures =
        set.parameters().iter().filter(|row| row.scope == Scope::National).flat_map(|row: &ParameterRow| &row.legal_basis);
    let rules = set.benefits().iter().filter(|row| row.scope == Scope::National).flat_map(|row: &BenefitRow| &row.legal_basis);
    let duties = set.duties().iter().filter(|row| row.scope == Scope::National).flat_map(|row| &row.legal_basis);
    let stacking = set.stacking_rules().iter().flat_map(|rule| &rule.legal_basis);
    figures.chain(rules).chain(duties).chain(stacking).any(|basis| basis.source == code)
}

fn join(rows: &mut Vec<Json>, additions: Vec<Json>) {
    let key = |row: &Json| (row["code"].clone(), row["scope"].clone(), row["effective_from"].clone());
    for row in additions {
        match rows.iter_mut().find(|old| key(old) == key(&row)) {
            Some(old) => *old = row,
            None => rows.push(row),
        }
    }
}
