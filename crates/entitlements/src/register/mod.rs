//! Facts from the register (data dictionary §14): what the records of a commune say about a person on a day.
//!
//! Owes its callers every fact of the vocabulary by the table of §14.2, with the record and the day it came from, or the rule
//! that holds where nothing is recorded. Pure: records are put in, nothing is read.
//! Leaves to others what follows from the facts ([`crate::Rules`]) and who may see what is restricted.
//! Would surprise: some facts rest on other people's records, so a person alone is not enough: put in their surroundings.

mod adjust;
mod carers;
mod changes;
mod children;
mod day;
mod file;
mod income;
mod law;
mod living;
mod months;
mod obligor;
mod parents;
mod received;
mod sheet;
pub mod shown;
mod span;
mod stated;
mod study;

pub use adjust::{Adjustment, Compared, Why};
pub use carers::Cared;
pub use changes::Cause;
pub use day::{Day, Options, Sight};
pub use file::{At, Home, HouseholdFile, Loaded, PersonFile, Register, VillageFile};
pub use law::{ChildRule, Law, Lawbook};
pub use months::{Case, DueRow, Dues, MonthDue, later, months};
pub use parents::is_masked;
pub use received::{Received, may_compare, total};
pub use sheet::{CaredSheet, Sheet, When, facts_of};
pub use span::{Entry, Picked, Span, Spanned, pick};
pub use stated::{Origin, Stated, Value};
