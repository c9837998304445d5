//! Requests and answers: what crosses between a screen and a handler, shaped for one screen.

pub mod accounts;
pub mod adjustments;
pub mod audit;
pub mod backups;
pub mod conflicts;
pub mod drafts;
pub mod duplicates;
pub mod entitlements;
pub mod exports;
pub mod family;
pub mod history;
pub mod households;
pub mod imports;
pub mod lists;
pub mod outreach;
pub mod people;
pub mod places;
pub mod policies;
pub mod privacy;
pub mod quality;
pub mod search;
pub mod settings;
pub mod sync;
