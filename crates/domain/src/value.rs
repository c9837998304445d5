//! A value of a field, and the type a field's values must have.
//!
//! The type of a field never changes (`sync-design` §10); the text forms are frozen by tests.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value as Json;

use crate::{Month, PartialDate, RecordId};

/// One value. Absence is `Option::None` around it, never a value of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A whole number; money is whole đồng.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// Text in NFC.
    Text(String),
    /// A full calendar date.
    Date(NaiveDate),
    /// A date known to the year, the month or the day.
    PartialDate(PartialDate),
    /// A calendar month.
    Month(Month),
    /// A decimal number such as a coefficient or a coordinate.
    Decimal(Decimal),
    /// The id of another record.
    Ref(RecordId),
    /// A code of a code list; the set is open, so an unknown code is kept.
    Code(String),
    /// Distinct codes in byte order.
    Set(BTreeSet<String>),
}

/// `mantissa × 10^exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    /// Power of ten, −18 to 18.
    pub exponent: i8,
    /// Digits with their sign.
    pub mantissa: i64,
}

impl Decimal {
    /// Reads `12`, `-0.5` or `2,0`; `None` when it is no decimal number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}");
        let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
        if unsigned.is_empty() || fraction.len() > 18 || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let fraction = fraction.len();
        let mut decimal = Self { exponent: -(i8::try_from(fraction).ok()?), mantissa: digits.parse().ok()? };
        while decimal.exponent < 0 && decimal.mantissa % 10 == 0 {
            decimal.mantissa /= 10;
            decimal.exponent += 1;
        }
        Some(decimal)
    }

    /// As a floating number, for drawing only.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let zeros = usize::from(self.exponent.unsigned_abs());
        if self.exponent >= 0 {
            return write!(f, "{sign}{digits}{}", "0".repeat(if self.mantissa == 0 { 0 } else { zeros }));
        }
        let padded = format!("{digits:0>width$}", width = zeros + 1);
        let point = padded.len() - zeros;
        write!(f, "{sign}{}.{}", &padded[..point], &padded[point..])
    }
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// Whole number.
    Int,
    /// Yes or no.
    Bool,
    /// Text of at most `max` characters.
    Text {
        /// Length limit in characters.
        max: usize,
    },
    /// Full date.
    Date,
    /// Year, month or day.
    PartialDate,
    /// Calendar month.
    Month,
    /// Decimal number.
    Decimal,
    /// Id of another record.
    Ref,
    /// Code of the named list of `assets/codes/codes.json`.
    Code(&'static str),
    /// Set of codes of the named list.
    Set(&'static str),
}

/// A JSON value does not fit the type of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the value does not fit the type of its field")]
pub struct WrongType;

impl Value {
    /// As it crosses to the UI: numbers and booleans as such, sets as arrays, everything else as text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Int(number) => Json::from(*number),
            Self::Bool(yes) => Json::from(*yes),
            Self::Set(codes) => codes.iter().cloned().map(Json::from).collect(),
            other => Json::from(other.to_text()),
        }
    }

    /// The frozen text form: what is stored in a text column, shown in history, written to sheets.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Int(number) => number.to_string(),
            Self::Bool(yes) => yes.to_string(),
            Self::Text(text) | Self::Code(text) => text.clone(),
            Self::Date(date) => date.format("%Y-%m-%d").to_string(),
            Self::PartialDate(date) => date.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Ref(id) => id.to_string(),
            Self::Set(codes) => codes.iter().cloned().collect::<Vec<_>>().join(","),
        }
    }

    /// Reads the JSON form by type. `null`, an empty text and an empty set are absence.
    ///
    /// # Errors
    /// [`WrongType`] when the JSON is of another shape. Text is tidied (NFC, single spaces), never cut.
    pub fn from_json(ty: ValueType, json: &Json) -> Result<Option<Self>, WrongType> {
        if json.is_null() || json.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Ok(None);
        }
        match ty {
            ValueType::Int => json.as_i64().map(Self::Int),
            ValueType::Bool => json.as_bool().map(Self::Bool),
            ValueType::Set(_) => {
                let codes = json.as_array().ok_or(WrongType)?;
                let codes: Option<BTreeSet<String>> = codes.iter().map(|code| code.as_str().map(str::to_owned)).collect();
                let codes = codes.ok_or(WrongType)?;
                return Ok((!codes.is_empty()).then_some(Self::Set(codes)));
            }
            _ => match json {
                Json::String(text) => Self::from_text(ty, text),
                Json::Number(number) if ty == ValueType::Decimal => Self::from_text(ty, &number.to_string()),
                _ => None,
            },
        }
        .map(Some)
        .ok_or(WrongType)
    }

    /// Reads the frozen text form by type; `None` when it does not fit.
    #[must_use]
    pub fn from_text(ty: ValueType, text: &str) -> Option<Self> {
        match ty {
            ValueType::Int => text.parse().ok().map(Self::Int),
            ValueType::Bool => text.parse().ok().map(Self::Bool),
            ValueType::Text { .. } => Some(Self::Text(crate::text::tidy(text))),
            ValueType::Date => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self::Date),
            ValueType::PartialDate => text.parse().ok().map(Self::PartialDate),
            ValueType::Month => text.parse().ok().map(Self::Month),
            ValueType::Decimal => Decimal::parse(text).map(Self::Decimal),
            ValueType::Ref => text.parse().ok().map(Self::Ref),
            ValueType::Code(_) => Some(Self::Code(text.trim().to_owned())),
            ValueType::Set(_) => Some(Self::Set(text.split(',').map(str::to_owned).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_read_and_print_without_floating_point() {
        for (text, shown) in
            [("2,0", "2"), ("1.5", "1.5"), ("-0.05", "-0.05"), ("105.192", "105.192"), ("0", "0"), ("120", "120")]
        {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), Some(shown), "{text}");
        }
        assert_eq!(Decimal::parse("1.2.3"), None);
        assert_eq!(Decimal::parse(""), None);
    }

    #[test]
    fn empty_text_is_absence() {
        assert_eq!(Value::from_json(ValueType::Text { max: 10 }, &Json::from("  ")), Ok(None));
        assert_eq!(Value::from_json(ValueType::Int, &Json::from("x")), Err(WrongType));
    }
}
