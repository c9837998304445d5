//! The encrypted file: a commune's register on one machine.
//!
//! A [`Folder`] is a data folder; signing in gives a [`Store`]; [`Store::read`] and [`Store::write`] give a [`View`] and a
//! [`Tx`], to which each capability adds its methods. The only client SQL lives here.

mod account;
mod acts;
mod after_restore;
mod audit;
mod authors;
mod backup;
mod conflicts;
mod derived;
mod drafts;
mod duplicates;
mod enrol;
mod error;
mod exchange;
mod files;
mod findings;
mod folder;
mod history;
mod households;
mod imports;
mod integrity;
mod keys;
mod lookup;
mod meta;
mod migrate;
mod open;
mod outbox;
mod people;
mod places;
mod records;
mod register;
mod rekey;
mod restore;
mod road;
mod roster;
mod search;
mod second_place;
mod setting;
mod status;
#[cfg(test)]
mod tests;
mod workers;

pub use account::{Account, Right, Role};
pub use acts::{Act, Undone};
pub use audit::{AuditEntry, AuditPage, AuditPlace, NewAuditEntry};
pub use authors::AuthorName;
pub use backup::{Backup, Reason};
pub use conflicts::{Conflict, ConflictList, Side};
pub use drafts::{Draft, NewDraft, Opened};
pub use duplicates::{Alike, LISTED, Similar, Sketch};
pub use error::{Cause, Error, Result};
pub use exchange::ScopeStanding;
pub use findings::Finding;
pub use folder::{Folder, FolderState, NewStore, PublicFacts, PublicWorker};
pub use history::{Change, ChangeKind};
pub use households::{ClassFilter, HouseholdFilter, HouseholdOrder, HouseholdRow, Listed, Page};
pub use imports::{Import, ImportLayout, ImportSource, ImportTrouble};
pub use integrity::Integrity;
pub use keys::{Cost, RecoveryKey};
pub use lookup::{ActPlace, IdentityKey};
pub use migrate::PROGRAM;
pub use open::{Author, Identity, Store, Touched, Tx, View, Written};
pub use outbox::{SCHEMA, SENT_LOG_DAYS, Waiting};
pub use people::{DisabilityFilter, PersonFilter, PersonOrder, PersonRow};
pub use places::{Home, VillageRow};
pub use records::{FieldChange, Heads, Life, Place, Sight, Stored};
pub use register::BulkRow;
pub use restore::{Passwords, Proof, Restored, read_backup_facts};
pub use road::{Contact, Refusal, Road, RoadError, RoadState};
pub use roster::{Roster, RosterHousehold};
pub use search::{Found, FoundKind};
pub use second_place::list_backups_in;
pub use status::Status;
pub use workers::{NewWorker, WorkerChange};
