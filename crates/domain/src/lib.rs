//! What is true: records and their registry, checks, places, dates, money and Vietnamese text.
//!
//! Owes its callers facts and pure functions. Leaves storage to `store`, travel to `sync`, sentences to `assets/messages`.
//! Nothing here reads a clock, a file or a random number; time and ids come in as arguments.

pub mod ages;
pub mod check;
pub mod citizen_id;
pub mod codes;
pub mod dates;
pub mod family;
pub mod id;
pub mod likeness;
pub mod places;
pub mod privacy;
pub mod problem;
pub mod records;
pub mod registry;
pub mod text;
pub mod value;

pub use dates::{AssumedBirth, Month, PartialDate};
pub use id::{RecordId, UnitId};
pub use problem::{Level, Problem};
pub use registry::{Column, Field, Kind, Row};
pub use value::{Decimal, Value, ValueType};
