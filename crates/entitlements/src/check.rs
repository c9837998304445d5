//! What a set of rows must be before it may decide anything. Every fault is found at once, each with its row.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use crate::condition::{self, Condition};
use crate::fact::{Fact, FactType};
use crate::row::{
    Amount, AmountType, BenefitRow, DutyRow, DutyUnit, Family, LegalBasis, ParameterRow, Scope, Source, StackingRule,
};

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// Not of the documented shape.
    #[error("{0}")]
    Malformed(String),
    /// A condition names no fact.
    #[error("unknown fact: {0}")]
    UnknownFact(String),
    /// A value that the fact cannot have.
    #[error("unknown code of {fact}: {value}")]
    UnknownCode {
        /// The fact.
        fact: Fact,
        /// What was written.
        value: String,
    },
    /// An operator that the fact's type has not.
    #[error("bad operator for {fact}: {op}")]
    BadOperator {
        /// The fact.
        fact: Fact,
        /// What was written.
        op: String,
    },
    /// A list of conditions or values with nothing in it.
    #[error("empty list in a condition")]
    EmptyList,
    /// No legal basis.
    #[error("no legal basis")]
    NoLegalBasis,
    /// A source that the set does not have.
    #[error("unknown source: {0}")]
    UnknownSource(String),
    /// An amount names a figure that the set does not have.
    #[error("unknown parameter: {0}")]
    UnknownParameter(String),
    /// Keys of the amount that do not go with its type, or lack.
    #[error("amount: {0}")]
    Amount(&'static str),
    /// Ends before it begins.
    #[error("ends before it begins")]
    EndsBeforeItBegins,
    /// A row with a value and no first day.
    #[error("no first day")]
    NoFirstDay,
    /// Two rows of one code, or two values of one parameter, on one day.
    #[error("overlaps another row of {code} on {on}")]
    Overlap {
        /// The code.
        code: String,
        /// First day of both.
        on: NaiveDate,
    },
    /// A day without a national value, after the first one.
    #[error("gap: no national value of {code} on {on}")]
    Gap {
        /// The parameter.
        code: String,
        /// First day without one.
        on: NaiveDate,
    },
    /// The row is in force on a day on which its parameter has no value.
    #[error("{code} has no national value on {on}")]
    NoValueYet {
        /// The parameter.
        code: String,
        /// The row's first day.
        on: NaiveDate,
    },
    /// `ends_at_birthday` needs exactly one upper age bound, directly among the conditions.
    #[error("ends_at_birthday needs exactly one upper age bound, not inside any, all or not")]
    NoBirthdayBound,
    /// A monthly allowance without a clause, or a clause elsewhere.
    #[error("clause_group belongs to the monthly allowance, and to each of its rows")]
    ClauseGroup,
    /// A deadline that is no time, or a target that is one; a share above a hundred.
    #[error("unit and value do not go with the kind")]
    DutyUnit,
    /// A province adds a row that is not its own.
    #[error("scope must be province:NN")]
    NotProvincial,
    /// A province rewrites a document of the nation.
    #[error("this source is of the national law")]
    NationalSource,
    /// Rows of two provinces.
    #[error("a set speaks for one province only")]
    TwoProvinces,
}

/// A fault and the row it is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Code of the row, with its scope and first day where the code alone does not name it.
    pub row: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.row, self.fault)
    }
}

/// The parts of a set that are judged together.
pub(crate) struct Parts<'p> {
    pub sources: &'p BTreeMap<String, Source>,
    pub parameters: &'p [ParameterRow],
    pub benefits: &'p [BenefitRow],
    pub duties: &'p [DutyRow],
    pub stacking: &'p [StackingRule],
}

/// Everything that is wrong, but for the conditions themselves (see [`condition::compile`]).
pub(crate) fn findings(parts: &Parts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for row in parts.parameters {
        let mut fault = |fault| found.push(Finding { row: row.name(), fault });
        if row.value.is_some() {
            cited(&row.legal_basis, parts.sources, &mut fault);
            match row.effective_from {
                None => fault(Fault::NoFirstDay),
                Some(from) => ends_after(from, row.effective_to, &mut fault),
            }
        }
    }
    for row in parts.benefits {
        let mut fault = |fault| found.push(Finding { row: row.code.clone(), fault });
        cited(&row.legal_basis, parts.sources, &mut fault);
        ends_after(row.effective_from, row.effective_to, &mut fault);
        amount(&row.amount, row, parts.parameters, &mut fault);
        if row.ends_at_birthday && !has_one_birthday_bound(&row.conditions) {
            fault(Fault::NoBirthdayBound);
        }
        if (row.family == Family::MonthlyAllowance) != row.clause_group.is_some() {
            fault(Fault::ClauseGroup);
        }
    }
    for row in parts.duties {
        let mut fault = |fault| found.push(Finding { row: row.name(), fault });
        if row.value.is_some() {
            cited(&row.legal_basis, parts.sources, &mut fault);
        }
        match row.effective_from {
            Some(from) => ends_after(from, row.effective_to, &mut fault),
            None if row.value.is_some() => fault(Fault::NoFirstDay),
            None => {}
        }
        if !row.unit.goes_with(row.kind) || (row.unit == DutyUnit::Percent && row.value.is_some_and(|value| value > 100)) {
            fault(Fault::DutyUnit);
        }
    }
    for rule in parts.stacking {
        for basis in rule.legal_basis.iter().filter(|basis| !parts.sources.contains_key(&basis.source)) {
            found.push(Finding { row: rule.id.clone(), fault: Fault::UnknownSource(basis.source.clone()) });
        }
    }
    parameters(parts.parameters, &mut found);
    benefits(parts.benefits, &mut found);
    duties(parts.duties, &mut found);
    provinces(parts, &mut found);
    found
}

/// What a row is called in a finding whose code alone does not name it.
trait Named {
    fn name(&self) -> String;
}

macro_rules! named {
    ($($row:ty),+) => {
        $(impl Named for $row {
            fn name(&self) -> String {
                let from = self.effective_from.map_or_else(|| "-".to_owned(), |from| from.to_string());
                format!("{} ({}, {from})", self.code, String::from(self.scope.clone()))
            }
        })+
    };
}
named!(ParameterRow, DutyRow);

fn cited(basis: &[LegalBasis], sources: &BTreeMap<String, Source>, fault: &mut dyn FnMut(Fault)) {
    if basis.is_empty() {
        fault(Fault::NoLegalBasis);
    }
    for basis in basis.iter().filter(|basis| !sources.contains_key(&basis.source)) {
        fault(Fault::UnknownSource(basis.source.clone()));
    }
}

fn ends_after(from: NaiveDate, to: Option<NaiveDate>, fault: &mut dyn FnMut(Fault)) {
    if to.is_some_and(|to| to < from) {
        fault(Fault::EndsBeforeItBegins);
    }
}

fn amount(amount: &Amount, row: &BenefitRow, parameters: &[ParameterRow], fault: &mut dyn FnMut(Fault)) {
    let Amount { parameter, coefficient, value, multiply_by, minimum, .. } = amount;
    let has = (parameter.is_some(), coefficient.is_some(), value.is_some(), minimum.is_some());
    let fits = match amount.ty {
        AmountType::Coefficient => has == (true, true, false, false),
        AmountType::Fixed => has == (false, false, true, false),
        AmountType::Parameter | AmountType::InKind => has == (true, false, false, false),
        AmountType::ActualCost => has == (false, false, false, true) && multiply_by.is_none(),
    };
    if !fits {
        fault(Fault::Amount("keys do not go with the type"));
    }
    if coefficient.as_ref().is_some_and(|number| crate::rate::decimal(number).is_none()) {
        fault(Fault::Amount("coefficient must be a decimal number above 0, with at most 6 decimals"));
    }
    if let Some(name) = multiply_by {
        match Fact::named(name) {
            None => fault(Fault::UnknownFact(name.clone())),
            Some(fact) if fact.ty() != FactType::Count => fault(Fault::Amount("multiply_by must name a number")),
            Some(_) => {}
        }
    }
    if let Some(code) = parameter {
        let national = parameters.iter().filter(|p| p.code == *code && p.scope == Scope::National && p.value.is_some());
        match national.filter_map(|p| p.effective_from).min() {
            None => fault(Fault::UnknownParameter(code.clone())),
            Some(first) if row.effective_from < first => {
                fault(Fault::NoValueYet { code: code.clone(), on: row.effective_from });
            }
            Some(_) => {}
        }
    }
    if let Some(minimum) = minimum {
        if minimum.ty == AmountType::ActualCost {
            return fault(Fault::Amount("a minimum cannot be an actual cost"));
        }
        self::amount(minimum, row, parameters, fault);
    }
}

fn has_one_birthday_bound(conditions: &[Condition]) -> bool {
    let mut everywhere = 0;
    conditions.iter().for_each(|condition| {
        condition.each(&mut |inner| everywhere += usize::from(condition::is_upper_age_bound(inner)));
    });
    everywhere == 1 && conditions.iter().any(condition::is_upper_age_bound)
}

/// From a parameter's first national row on, each day has exactly one national value; a province has one at most.
fn parameters(rows: &[ParameterRow], found: &mut Vec<Finding>) {
    let mut lines: BTreeMap<(&str, &Scope), Vec<&ParameterRow>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.value.is_some() && row.effective_from.is_some()) {
        lines.entry((&row.code, &row.scope)).or_default().push(row);
    }
    for ((code, scope), mut line) in lines {
        line.sort_by_key(|row| row.effective_from);
        for pair in line.windows(2) {
            let (Some(next), end) = (pair[1].effective_from, pair[0].effective_to) else { continue };
            let row = pair[1].name();
            if end.is_none_or(|end| end >= next) {
                found.push(Finding { row, fault: Fault::Overlap { code: code.to_owned(), on: next } });
            } else if *scope == Scope::National && end.and_then(|end| end.succ_opt()) != Some(next) {
                let on = end.and_then(|end| end.succ_opt()).unwrap_or(next);
                found.push(Finding { row, fault: Fault::Gap { code: code.to_owned(), on } });
            }
        }
        let last = line.last().and_then(|row| Some((row, row.effective_to?.succ_opt()?)));
        if let Some((row, on)) = last.filter(|_| *scope == Scope::National) {
            found.push(Finding { row: row.name(), fault: Fault::Gap { code: code.to_owned(), on } });
        }
    }
}

/// A code names one row on a day.
fn benefits(rows: &[BenefitRow], found: &mut Vec<Finding>) {
    for (at, row) in rows.iter().enumerate() {
        for other in rows[..at].iter().filter(|other| other.code == row.code) {
            let on = row.effective_from.max(other.effective_from);
            if row.is_in_force(on) && other.is_in_force(on) {
                found.push(Finding { row: row.code.clone(), fault: Fault::Overlap { code: row.code.clone(), on } });
            }
        }
    }
}

/// A code names one duty a day for the nation, and one for the province. A row without any day only keeps the place.
fn duties(rows: &[DutyRow], found: &mut Vec<Finding>) {
    for (at, row) in rows.iter().enumerate() {
        for other in rows[..at].iter().filter(|other| other.code == row.code && other.scope == row.scope) {
            let Some((one, another)) = row.effective_from.zip(other.effective_from) else { continue };
            let on = one.max(another);
            if row.is_in_force(on) && other.is_in_force(on) {
                found.push(Finding { row: row.name(), fault: Fault::Overlap { code: row.code.clone(), on } });
            }
        }
    }
}

fn provinces(parts: &Parts<'_>, found: &mut Vec<Finding>) {
    let figures = parts.parameters.iter().filter(|row| row.value.is_some()).map(|row| (row.name(), &row.scope));
    let rules = parts.benefits.iter().map(|row| (row.code.clone(), &row.scope));
    let duties = parts.duties.iter().filter(|row| row.value.is_some()).map(|row| (row.name(), &row.scope));
    let mut seen = BTreeSet::new();
    for (row, scope) in figures.chain(rules).chain(duties) {
        if *scope != Scope::National && seen.insert(scope) && seen.len() > 1 {
            found.push(Finding { row, fault: Fault::TwoProvinces });
        }
    }
}
