//! The law engine: who is entitled to what, on any date, with reasons. Dated rows of `assets/policies/` and facts about a
//! person go in; entitlements with amount, clause and reasons come out. No I/O, no clock, no amount and no date of the law
//! in the code.
//!
//! ```
//! # use entitlements::{Fact, Facts, List, PolicySet, Status};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let rules = PolicySet::embedded().on("2026-11-01".parse()?); // keep it: the same for everybody on that date
//! let mut facts = Facts::default(); // nothing is known
//! facts.tell(Fact::AgeMonths, 400)?;
//! facts.tell(Fact::InFacility, false)?;
//! facts.tell(Fact::DisabilitySeverity, "severe")?;
//! let answer = rules.answer(&facts);
//! let at = rules.rules().iter().position(|rule| rule.row().code == "N335-6-SV").ok_or("no such row")?;
//! assert_eq!(answer.lines[at].status, Status::Entitled);
//! assert_eq!(answer.lines[at].amount, Some(810_000));
//! assert!(answer.paid.list(List::Regular).payments().is_none(), "a single parent might get more: ask");
//! assert!(rules.reasons(at, &facts).iter().all(|reason| reason.result == Some(true)));
//! # Ok(()) }
//! ```
//!
//! - [`Fact`] is the vocabulary, [`Facts`] what is known about a person. What is not told is **unknown**: it gives
//!   "undetermined: need X", never "no".
//! - [`PolicySet`] holds the rows; [`PolicySet::on`] the [`Rules`] in force on a date with their figures.
//! - [`Rules::answer`] gives a [`Line`] for each rule and what is [`Paid`] of them; [`Rules::reasons`] says why. One
//!   evaluator serves both. [`AnswerJson`] is the answer as the command line prints it.
//! - **Months** are the caller's work. Tell the ages at the end of the month, then [`Facts::tell_age_before`] with those
//!   at the end of the month before: rows marked `ends_at_birthday` test their upper bound with it. For what was lost
//!   during the month take [`Rules::lines`] with the facts of the first day too, put the lines still due in place, and let
//!   [`Rules::paid`] weigh them.
//! - **Restricted facts** ([`Fact::is_restricted`]) are told as false to everybody without the right; with it,
//!   [`Rule::rests_on_restricted`] and [`Reason::tested`] say what must not be shown further.

mod answer;
mod check;
mod condition;
mod fact;
mod facts;
pub mod outreach;
mod paid;
mod publish;
mod rate;
pub mod register;
mod row;
mod rules;
mod set;

pub use answer::AnswerJson;
pub use check::{Fault, Finding};
pub use condition::Condition;
pub use fact::{Fact, FactSet, FactType, ValueWords, Words};
pub use facts::{FactFault, Facts, Told};
pub use paid::{Due, List, Paid, Payment};
pub use row::{
    Amount, AmountType, BenefitRow, Confidence, Documents, DutyKind, DutyRow, DutyUnit, Family, LegalBasis, Names, ParameterRow,
    Period, Scope, Source, StackingKind, StackingRule, Together,
};
pub use rules::{Answer, Line, Reason, Rule, Rules, Status};
pub use set::{LoadError, PolicySet};
