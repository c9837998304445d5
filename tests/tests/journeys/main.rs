//! Journeys: offices, a province and the link between them in one process, as they meet in the field.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test says by a panic what failed")]

mod background;
mod conflicts;
mod cuts;
mod duplicates;
mod enrolling;
mod family;
mod link;
mod outreach;
mod policies;
mod restoring;
mod revoking;
mod sharing;
mod simulation;
mod world;
