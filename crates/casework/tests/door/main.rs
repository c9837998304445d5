//! The door as a screen uses it: names and JSON in, JSON or a refusal out, on a real folder.

#![allow(clippy::unwrap_used, missing_docs)]

mod accounts;
mod duplicates;
mod entitlements;
mod exchange;
mod family;
mod imports;
mod law;
mod limits;
mod lists;
mod office;
mod outreach;
mod people;
mod privacy;
mod register;
