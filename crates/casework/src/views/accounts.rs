//! The state of the program, sign-in, workers, the audit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the program stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No store in the folder: first run.
    Absent,
    /// A store, and nobody signed in.
    Locked,
    /// Somebody is signed in.
    Open,
    /// The folder cannot be used; see `refusal`.
    Refused,
}

/// What the program knows before and after sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppState {
    /// Where the program stands.
    pub phase: Phase,
    /// Why the folder cannot be used.
    pub refusal: Option<crate::problem::Code>,
    /// True for a folder with invented people.
    pub sample: bool,
    /// The commune of the store.
    pub commune: Option<CommuneName>,
    /// Workers with a key on this machine.
    pub workers: Vec<WorkerCard>,
    /// Who is signed in.
    pub worker: Option<SignedIn>,
    /// Instant of the last verified backup (RFC 3339).
    pub last_backup_at: Option<String>,
    /// Changes not yet at the province, as last known.
    pub waiting: u32,
    /// Since when the oldest waits (RFC 3339).
    pub waiting_since: Option<String>,
    /// Today, by the program's clock (`YYYY-MM-DD`).
    pub today: String,
    /// Version of the program.
    pub version: String,
    /// First run: which step is still open.
    pub set_up: SetUpStep,
    /// Result of the integrity check after sign-in.
    pub integrity: IntegrityState,
    /// Chosen language, theme and density.
    pub settings: super::settings::Settings,
}

/// The quick check of the file after sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IntegrityState {
    /// Not finished.
    Unknown,
    /// Sound.
    Sound,
    /// Damaged: the newest backup is offered.
    Damaged,
}

/// The step of the first run that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetUpStep {
    /// Commune and first worker.
    Commune,
    /// Recovery key, to be printed and typed back in part.
    RecoveryKey,
    /// Enrolment, which can wait.
    Enrolment,
    /// Data: an import, or begin empty.
    Data,
    /// Finished.
    Done,
}

/// A commune's names.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CommuneName {
    /// Unit id: code and list.
    pub unit: u32,
    /// Five-digit code.
    pub code: String,
    /// Name with its word.
    pub name: String,
    /// Province with its word.
    pub province: String,
}

/// A worker as the sign-in shows them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WorkerCard {
    /// Number on this machine.
    pub uid: u32,
    /// Display name.
    pub name: String,
    /// Role as shown.
    pub role: String,
    /// Last sign-in (RFC 3339), once known.
    pub last_seen_at: Option<String>,
}

/// Who is signed in and what they may do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SignedIn {
    /// Number on this machine.
    pub uid: u32,
    /// Display name.
    pub name: String,
    /// Role.
    pub role: String,
    /// True for an administrator.
    pub admin: bool,
    /// Rights, by name: `read`, `write`, `import`, `export`, `restricted.read`, `restricted.write`, `admin`, `audit`.
    pub rights: Vec<String>,
}

/// Communes to choose from in the first run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListCommunes {
    /// Part of a name or code, folded; empty = all of the former Hòa Bình first.
    pub text: String,
}

/// Communes found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Communes {
    /// At most fifty.
    pub communes: Vec<CommuneName>,
}

/// First run, step one: commune and first worker.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// Unit id.
    pub unit: u32,
    /// Display name of the first worker, who is officer and administrator.
    pub name: String,
    /// Password, at least ten characters.
    pub password: String,
}

/// The recovery key, shown once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecoveryKeyShown {
    /// Six groups of four symbols.
    pub groups: Vec<String>,
}

/// A new recovery key, where the first was not written down: the old paper is worthless from then on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RenewRecoveryKey {
    /// One's own password.
    pub password: String,
}

/// Third group of the recovery key, typed back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRecoveryKey {
    /// Four symbols.
    pub group: String,
}

/// Ends a step of the first run that can wait.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FinishSetUpStep {
    /// The step that is done with.
    pub step: SetUpStep,
}

/// Sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Who.
    pub uid: u32,
    /// Password.
    pub password: String,
}

/// A forgotten password, set anew with the recovery key.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// Whose.
    pub uid: u32,
    /// The 24 symbols.
    pub recovery_key: String,
    /// New password.
    pub password: String,
}

/// One's own password.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// Present password.
    pub old: String,
    /// New password.
    pub new: String,
}

/// A worker to add.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddWorker {
    /// Display name.
    pub name: String,
    /// `officer`, `chairman`, `accountant`, `one_stop`.
    pub role: String,
    /// Administrator as well.
    pub admin: bool,
    /// First password.
    pub password: String,
}

/// A worker's role to change.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdateWorker {
    /// Who.
    pub uid: u32,
    /// Role.
    pub role: String,
    /// Administrator.
    pub admin: bool,
}

/// A worker to remove: the store gets a new key.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveWorker {
    /// Who.
    pub uid: u32,
}

/// A worker in the list of accounts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WorkerRow {
    /// Number.
    pub uid: u32,
    /// Display name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Administrator.
    pub admin: bool,
    /// False once removed.
    pub active: bool,
}

/// All workers of this machine.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Workers {
    /// In the order of their numbers.
    pub workers: Vec<WorkerRow>,
}
