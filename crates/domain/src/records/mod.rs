//! The records of the register as typed structs, each declared once together with its registry entry.
//!
//! Every value may be absent: field work must always be able to save what is known (data dictionary §13).

mod commune;
mod define;
mod different_person;
mod household;
mod outreach;
mod person;
mod person_children;
mod places;
mod policies;
mod privacy;
mod worker;

pub use commune::CommuneSetting;
pub use different_person::DifferentPerson;
pub use household::{FamilyEvent, Household, HouseholdMember, HouseholdPlace, PovertyClass, household_code};
pub use outreach::OutreachMark;
pub use person::Person;
pub use person_children::{
    Allowance, CarerLink, DisabilityCertificate, HealthInsurance, IdCheck, Observation, ParentLink, Residence, RestrictedHealth,
    Study, SupportObligor, WrittenRequest,
};
pub use places::{RegionStatus, Village};
pub use policies::{PolicyRow, PolicySet};
pub use privacy::{Consent, DataRequest};
pub use worker::Worker;
