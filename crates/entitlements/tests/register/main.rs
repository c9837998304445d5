//! Facts from the register (data dictionary §14), months and outreach, on small communes put together record by record.

#![allow(clippy::unwrap_used, missing_docs)]

mod adjust;
mod carers;
mod children;
mod death;
mod facts;
mod home;
mod months;
mod outreach;
mod parents;
mod restricted;
mod world;
