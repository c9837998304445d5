//! What a row pays: parameter, coefficient and number, multiplied exactly and rounded once, half up.

use domain::Decimal;
use serde_json::Number;

use crate::fact::Fact;
use crate::facts::Facts;
use crate::row::{Amount, AmountType, ParameterRow};

/// A coefficient: above 0, below a million, at most six decimals.
pub(crate) fn decimal(number: &Number) -> Option<Decimal> {
    let decimal = Decimal::parse(&number.to_string())?;
    (decimal.mantissa > 0 && decimal.mantissa < 1_000_000_000 && (-6..=0).contains(&decimal.exponent)).then_some(decimal)
}

/// An amount with its figures looked up, waiting for the number of the person.
#[derive(Clone, Debug)]
pub(crate) struct Rate<'p> {
    /// The row of the parameter, where there is one.
    pub parameter: Option<&'p ParameterRow>,
    /// The amount is this,
    numerator: i64,
    /// divided by this,
    denominator: i64,
    /// times this fact.
    pub times: Option<Fact>,
}

impl<'p> Rate<'p> {
    /// Looks the figures up; `None` where the parameter has no value.
    pub fn of(amount: &Amount, find: &dyn Fn(&str) -> Option<&'p ParameterRow>) -> Option<Self> {
        if let (AmountType::ActualCost, Some(minimum)) = (amount.ty, &amount.minimum) {
            return Self::of(minimum, find);
        }
        let parameter = match &amount.parameter {
            Some(code) => Some(find(code)?),
            None => None,
        };
        let figure = parameter.map_or(amount.value, |row| row.value)?;
        let coefficient = match &amount.coefficient {
            Some(number) => decimal(number)?,
            None => Decimal { exponent: 0, mantissa: 1 },
        };
        let times = amount.multiply_by.as_deref().and_then(Fact::named);
        let numerator = i64::from(figure) * coefficient.mantissa;
        let denominator = 10_i64.pow(u32::from(coefficient.exponent.unsigned_abs()));
        let common = common_divisor(numerator, denominator);
        Some(Self { parameter, numerator: numerator / common, denominator: denominator / common, times })
    }

    /// Whole units; `None` while the number is unknown.
    pub fn amount(&self, facts: &Facts) -> Option<i64> {
        let times = match self.times {
            Some(fact) => facts.raw(fact as u8)?,
            None => 1,
        };
        // Nearly every amount of the law is whole; the long division is for the few that a province may make otherwise.
        if self.denominator == 1 {
            return self.numerator.checked_mul(i64::from(times));
        }
        let (exact, denominator) = (i128::from(self.numerator) * i128::from(times), i128::from(self.denominator));
        i64::try_from((2 * exact + denominator) / (2 * denominator)).ok()
    }
}

/// At least 1, for a denominator above 0.
fn common_divisor(a: i64, b: i64) -> i64 {
    if a == 0 { b } else { common_divisor(b % a, a) }
}
