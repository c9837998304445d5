//! The law engine as its callers see it: worked examples, days around each bound, properties, and a naive reading of the
//! definitions that the evaluator must agree with.

#![allow(clippy::unwrap_used)]

mod agreement;
mod boundaries;
mod examples;
mod loading;
mod properties;
mod publishing;
mod reference;
mod schema;
mod world;
