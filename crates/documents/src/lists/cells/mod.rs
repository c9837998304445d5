//! Readers of single cells: each takes a cell and gives a value, findings, or both. None of them guesses.

pub(crate) mod date;
pub(crate) mod id;
pub(crate) mod name;
pub(crate) mod order;
pub(crate) mod phone;
pub(crate) mod word;
