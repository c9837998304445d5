//! Why each field is kept (mục đích xử lý), and the rules around consent that are data: `assets/privacy/`.
//!
//! Owes its callers: every field of the registry has a purpose, a basis in law and a note on how long it is kept; a test
//! finds one without. Words are in the assets, in both languages; here are codes and ages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::records::Consent;
use crate::registry::Kind;
use crate::{AssumedBirth, PartialDate};

/// Why a field is kept.
#[derive(Clone, Debug, Deserialize)]
pub struct FieldPurpose {
    /// `kind.field`.
    pub field: String,
    /// Code of the purpose.
    pub purpose: String,
    /// Code of the basis in law.
    pub basis: String,
    /// Code of how long it is kept.
    pub retention: String,
    /// Columns that tell of somebody else than the person.
    #[serde(default)]
    pub others: Vec<String>,
}

#[derive(Deserialize)]
struct Purposes {
    fields: Vec<FieldPurpose>,
}

static PURPOSES: LazyLock<BTreeMap<String, FieldPurpose>> = LazyLock::new(|| {
    let all: Option<Purposes> = serde_json::from_str(include_str!("../../../assets/privacy/purposes.json")).ok();
    all.into_iter().flat_map(|all| all.fields).map(|purpose| (purpose.field.clone(), purpose)).collect()
});

/// Why a field is kept; `None` for one that nobody wrote down.
#[must_use]
pub fn purpose_of(kind: &str, field: &str) -> Option<&'static FieldPurpose> {
    PURPOSES.get(&format!("{kind}.{field}"))
}

/// Whether a column tells of somebody else than the person whose record it is: such a one is not on the sheet that the
/// person is given.
#[must_use]
pub fn is_of_others(kind: &Kind, column: &str) -> bool {
    let field = kind.field_of(column).and_then(|field| purpose_of(kind.name, field.name));
    field.is_some_and(|purpose| purpose.others.iter().any(|other| other == column))
}

#[derive(Deserialize)]
struct Years {
    value: u32,
}

#[derive(Deserialize)]
struct ConsentText {
    purpose: String,
    #[serde(default)]
    child_agrees: bool,
}

#[derive(Deserialize)]
struct Consents {
    child_under_years: Years,
    child_agrees_from_years: Years,
    texts: Vec<ConsentText>,
}

static CONSENTS: LazyLock<Option<Consents>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../assets/privacy/consents.json")).ok());

/// What a consent lacks to count, given when the person was born: codes of problems. A withdrawn one lacks nothing.
#[must_use]
pub fn lacks(consent: &Consent, born: Option<PartialDate>) -> Vec<&'static str> {
    let Some(rules) = CONSENTS.as_ref() else { return vec!["consent_rules_missing"] };
    if consent.withdrawn_on.is_some() {
        return Vec::new();
    }
    let mut lacking = Vec::new();
    if consent.purpose.is_none() || consent.given_on.is_none() || consent.given_by.is_none() {
        lacking.push("consent_incomplete");
    }
    let years =
        consent.given_on.and_then(|on| born.and_then(|born| born.age_months(on, AssumedBirth::First))).map(|months| months / 12);
    let Some(years) = years.filter(|years| *years < rules.child_under_years.value) else { return lacking };
    if consent.given_by.as_deref() == Some("self") {
        lacking.push("consent_needs_guardian");
    }
    let asks_child = rules.texts.iter().any(|text| text.child_agrees && Some(&text.purpose) == consent.purpose.as_ref());
    if asks_child && years >= rules.child_agrees_from_years.value && consent.child_agrees != Some(true) {
        lacking.push("consent_needs_child");
    }
    lacking
}

/// Whether a consent counts on a day: whole, given, not yet withdrawn.
#[must_use]
pub fn counts(consent: &Consent, born: Option<PartialDate>, on: NaiveDate) -> bool {
    let given = consent.given_on.is_some_and(|given| given <= on);
    given
        && consent.withdrawn_on.is_none_or(|withdrawn| withdrawn > on)
        && lacks(&Consent { withdrawn_on: None, ..consent.clone() }, born).is_empty()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::codes;
    use crate::registry::KINDS;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn every_field_of_the_registry_has_a_purpose_and_no_purpose_is_stale() {
        let fields: BTreeSet<String> =
            KINDS.iter().flat_map(|kind| kind.fields.iter().map(|field| format!("{}.{}", kind.name, field.name))).collect();
        let told: BTreeSet<String> = PURPOSES.keys().cloned().collect();
        let missing: Vec<_> = fields.difference(&told).collect();
        assert!(missing.is_empty(), "assets/privacy/purposes.json lacks {missing:?}");
        let stale: Vec<_> = told.difference(&fields).collect();
        assert!(stale.is_empty(), "assets/privacy/purposes.json has fields that are gone: {stale:?}");
    }

    /// The data map on screen pairs rows and fields of a kind by their order.
    #[test]
    fn purposes_stand_in_the_order_of_the_registry() {
        let all: Option<Purposes> = serde_json::from_str(include_str!("../../../assets/privacy/purposes.json")).ok();
        let rows: Vec<String> = all.into_iter().flat_map(|all| all.fields).map(|row| row.field).collect();
        for kind in KINDS {
            let fields: Vec<String> = kind.fields.iter().map(|field| format!("{}.{}", kind.name, field.name)).collect();
            let told: Vec<&String> = rows.iter().filter(|row| row.split('.').next() == Some(kind.name)).collect();
            assert_eq!(told, fields.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_code_of_a_purpose_has_its_words() {
        let all: serde_json::Value =
            serde_json::from_str(include_str!("../../../assets/privacy/purposes.json")).unwrap_or_default();
        let codes = |list: &str| -> BTreeSet<String> {
            let rows = all[list].as_array().into_iter().flatten();
            rows.filter(|row| ["vi", "en"].iter().all(|lang| row[*lang].as_str().is_some_and(|text| !text.is_empty())))
                .filter_map(|row| row["code"].as_str().map(str::to_owned))
                .collect()
        };
        let (purposes, bases, retentions) = (codes("purposes"), codes("bases"), codes("retentions"));
        for row in PURPOSES.values() {
            assert!(
                purposes.contains(&row.purpose) && bases.contains(&row.basis) && retentions.contains(&row.retention),
                "{row:?}"
            );
            let (kind, field) = row.field.split_once('.').unwrap_or_default();
            let columns = crate::registry::kind_named(kind).and_then(|kind| kind.fields.iter().find(|known| known.name == field));
            for other in &row.others {
                assert!(columns.is_some_and(|field| field.columns.iter().any(|column| column.name == other)), "{row:?}");
            }
        }
    }

    #[test]
    fn every_purpose_of_consent_has_a_text_in_both_languages() {
        let all: serde_json::Value =
            serde_json::from_str(include_str!("../../../assets/privacy/consents.json")).unwrap_or_default();
        for code in codes::list("consent_purpose").iter().filter(|code| code.code != "other") {
            let text = all["texts"].as_array().into_iter().flatten().find(|text| text["purpose"] == code.code.as_str());
            assert!(
                text.is_some_and(|text| text["vi"].is_string() && text["en"].is_string() && text["version"].is_string()),
                "{code:?}"
            );
        }
    }

    #[test]
    fn a_child_is_asked_from_seven_years_before_anything_is_made_public() {
        let given = |by: &str, purpose: &str, child: Option<bool>| Consent {
            purpose: Some(purpose.to_owned()),
            given_on: Some(day("2026-11-23")),
            given_by: Some(by.to_owned()),
            child_agrees: child,
            ..Consent::default()
        };
        let born = |text: &str| text.parse::<PartialDate>().ok();
        assert_eq!(lacks(&given("guardian", "publication", None), born("2019-11-23")), ["consent_needs_child"]);
        assert_eq!(lacks(&given("guardian", "publication", Some(true)), born("2019-11-23")), [""; 0]);
        assert_eq!(lacks(&given("guardian", "publication", None), born("2019-11-24")), [""; 0], "six years old");
        assert_eq!(lacks(&given("guardian", "photo", None), born("2015-01-01")), [""; 0], "not made public");
        assert_eq!(lacks(&given("self", "photo", None), born("2015-01-01")), ["consent_needs_guardian"]);
        assert_eq!(lacks(&given("self", "publication", None), born("1980-01-01")), [""; 0]);
    }

    #[test]
    fn a_consent_counts_from_the_day_it_is_given_to_the_day_it_is_withdrawn() {
        let consent = Consent {
            purpose: Some("photo".to_owned()),
            given_on: Some(day("2026-01-10")),
            given_by: Some("self".to_owned()),
            withdrawn_on: Some(day("2026-06-01")),
            ..Consent::default()
        };
        let on = |text: &str| counts(&consent, None, day(text));
        assert_eq!([on("2026-01-09"), on("2026-01-10"), on("2026-05-31"), on("2026-06-01")], [false, true, true, false]);
    }
}
