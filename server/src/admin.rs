//! What an operator does at the server: communes, enrolment codes, devices, households, policy rows.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Subcommand;
use domain::{RecordId, places};
use serde_json::{Value, json};

use crate::db::devices::{self, Device, State};
use crate::db::lines::{self, Found};
use crate::db::scopes;
use crate::enrolment;
use crate::error::{Error, Result};
use crate::policies;
use crate::province::{Province, random_u63};

/// Households that one search shows.
const FOUND: usize = 50;

/// Subcommands of `admin`.
#[derive(Debug, Clone, Subcommand)]
pub enum AdminCommand {
    /// Communes of the province
    #[command(subcommand)]
    Commune(CommuneCommand),
    /// Enrolment codes
    #[command(subcommand)]
    Code(CodeCommand),
    /// Devices of communes
    #[command(subcommand)]
    Device(DeviceCommand),
    /// Households of the whole province
    #[command(subcommand)]
    Household(HouseholdCommand),
    /// Policy rows of the province: base rates, groups
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// After the database was put back from a backup, and before the server starts: makes devices send again what the backup lacks
    Restored,
    /// Copy the embedded database to a new file while the server runs; the copy opens with the same key file
    Backup {
        /// Where the copy goes; it must not exist
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

/// Subcommands of `admin commune`.
#[derive(Debug, Clone, Subcommand)]
pub enum CommuneCommand {
    /// Take a commune in; done twice it changes nothing
    Add {
        /// The commune's code, as in force today
        #[arg(long)]
        code: String,
    },
    /// Show the communes
    List,
}

/// Subcommands of `admin code`.
#[derive(Debug, Clone, Subcommand)]
pub enum CodeCommand {
    /// Make a code for one machine: used once, within 7 days
    New {
        /// The commune's code
        #[arg(long)]
        commune: String,
        /// What the machine is called in lists
        #[arg(long)]
        name: String,
    },
}

/// Subcommands of `admin device`.
#[derive(Debug, Clone, Subcommand)]
pub enum DeviceCommand {
    /// Show the devices
    List,
    /// Withdraw a device: it can neither send nor receive from now on
    Revoke {
        /// The device's number
        dno: u32,
    },
}

/// Subcommands of `admin household`.
#[derive(Debug, Clone, Subcommand)]
pub enum HouseholdCommand {
    /// Find households by names of their people or by household code; marks and case do not matter
    Find {
        /// What to look for
        text: String,
    },
}

/// Subcommands of `admin policy`.
#[derive(Debug, Clone, Subcommand)]
pub enum PolicyCommand {
    /// Show the published sets and what is not published yet
    List,
    /// Add dated rows of the province to the draft; a bad row is refused and named
    Add {
        /// JSON: sources, parameters, benefits, as in docs/policies.md
        #[arg(long, value_name = "ROWS.json")]
        file: PathBuf,
    },
    /// Publish the draft under the next number; every device takes it with its next contact
    Publish,
}

/// What a command answers: for scripts and for people.
#[derive(Debug, Clone)]
pub struct AdminAnswer {
    /// With `--json`.
    pub json: Value,
    /// Without.
    pub text: String,
}

/// Runs a command.
pub async fn execute(province: &Arc<Province>, command: AdminCommand) -> Result<AdminAnswer> {
    match command {
        AdminCommand::Commune(CommuneCommand::Add { code }) => add_commune(province, &code).await,
        AdminCommand::Commune(CommuneCommand::List) => list_communes(province).await,
        AdminCommand::Code(CodeCommand::New { commune, name }) => new_code(province, &commune, name).await,
        AdminCommand::Device(DeviceCommand::List) => list_devices(province).await,
        AdminCommand::Device(DeviceCommand::Revoke { dno }) => revoke_device(province, dno).await,
        AdminCommand::Household(HouseholdCommand::Find { text }) => find_households(province, text).await,
        AdminCommand::Policy(PolicyCommand::List) => policies::list(province).await,
        AdminCommand::Policy(PolicyCommand::Add { file }) => policies::add(province, &file).await,
        AdminCommand::Policy(PolicyCommand::Publish) => policies::publish(province).await,
        AdminCommand::Restored => restored(province).await,
        AdminCommand::Backup { to } => {
            province.db.backup(to.clone()).await?;
            Ok(AdminAnswer {
                json: json!({"backup": to, "verified": true}),
                text: format!("{} written and verified", to.display()),
            })
        }
    }
}

fn commune_of(province: &Province, code: &str) -> Result<&'static places::Commune> {
    let today = instant(province.clock.now_ms()).date_naive();
    places::find_by_code(code, today).ok_or_else(|| Error::Admin {
        code: "no_such_commune",
        message: format!("no commune in force today has the code {code}"),
    })
}

async fn add_commune(province: &Arc<Province>, code: &str) -> Result<AdminAnswer> {
    let commune = commune_of(province, code)?;
    let epoch = random_u63()?;
    let added =
        province.db.write(move |tx| scopes::insert(tx, commune.unit.0, Some(&commune.code), &commune.name, epoch)).await?;
    tracing::info!(unit = commune.unit.0, added, "commune");
    let word = if added { "added" } else { "was there already" };
    Ok(AdminAnswer {
        json: json!({"unit": commune.unit.0, "code": commune.code, "name": commune.name, "province": commune.province,
            "valid_from": commune.valid_from, "valid_to": commune.valid_to, "added": added}),
        text: format!("{} {} (unit {}) {word}", commune.code, commune.name, commune.unit.0),
    })
}

async fn list_communes(province: &Arc<Province>) -> Result<AdminAnswer> {
    let communes: Vec<_> =
        province.db.read(scopes::list).await?.into_iter().filter(|scope| scope.id != scopes::PROVINCE).collect();
    let line = |scope: &scopes::Scope| {
        format!("{}  {}  {} records, last number {}", scope.code.as_deref().unwrap_or("-"), scope.name, scope.n, scope.seq)
    };
    Ok(AdminAnswer {
        json: json!({"communes": communes.iter().map(|scope| json!({"unit": scope.id, "code": scope.code, "name": scope.name,
            "seq": scope.seq, "records": scope.n, "digest": crate::key_file::hex(&scope.digest)})).collect::<Vec<_>>()}),
        text: lines_or(communes.iter().map(line), "no communes yet"),
    })
}

async fn new_code(province: &Arc<Province>, commune: &str, name: String) -> Result<AdminAnswer> {
    let commune = commune_of(province, commune)?;
    let (code, until_ms) = enrolment::make_code(province, commune.unit.0, name.clone()).await?;
    let until = shown(until_ms);
    Ok(AdminAnswer {
        text: format!("{code}\nfor {} ({name}), once, until {until}", commune.name),
        json: json!({"code": code, "unit": commune.unit.0, "commune": commune.code, "name": name, "valid_until": until}),
    })
}

async fn list_devices(province: &Arc<Province>) -> Result<AdminAnswer> {
    let devices = province.db.read(devices::list).await?;
    let communes = province.db.read(scopes::list).await?;
    let commune = |device: &Device| communes.iter().find(|scope| scope.id == device.home);
    let line = |device: &Device| {
        let commune = commune(device).map_or("", |scope| scope.name.as_str());
        let seen = device.seen_ms.map_or_else(|| "never".to_owned(), shown);
        format!("{}  {}  {commune}  {}  seen {seen}  {} batches", device.dno, device.name, device.state.word(), device.last_bno)
    };
    Ok(AdminAnswer {
        json: json!({"devices": devices.iter().map(|device| json!({"dno": device.dno, "name": device.name, "unit": device.home,
            "commune": commune(device).and_then(|scope| scope.code.clone()), "state": device.state.word(),
            "seen": device.seen_ms.map(shown), "batches": device.last_bno, "ops": device.last_dseq,
            "replaces": device.replaces, "replaced_by": device.replaced_by})).collect::<Vec<_>>()}),
        text: lines_or(devices.iter().map(line), "no devices yet"),
    })
}

async fn revoke_device(province: &Arc<Province>, dno: u32) -> Result<AdminAnswer> {
    province
        .db
        .write(move |tx| {
            let device = devices::lock(tx, dno)?
                .ok_or_else(|| Error::Admin { code: "no_such_device", message: format!("there is no device {dno}") })?;
            devices::update_state(tx, dno, State::Revoked, device.replaced_by)
        })
        .await?;
    tracing::info!(dno, "device revoked");
    Ok(AdminAnswer { json: json!({"dno": dno, "state": State::Revoked.word()}), text: format!("device {dno} revoked") })
}

/// Every scope begins a new epoch, so that no device takes a number that is used again for one that it has seen.
async fn restored(province: &Arc<Province>) -> Result<AdminAnswer> {
    let communes = province
        .db
        .write(|tx| {
            let all = scopes::list(tx)?;
            for scope in &all {
                scopes::lock(tx, scope.id)?;
                scopes::append_epoch(tx, scope.id, random_u63()?)?;
            }
            Ok(all.len())
        })
        .await?;
    tracing::info!(scopes = communes, "new epoch");
    Ok(AdminAnswer { json: json!({"scopes": communes}), text: format!("{communes} scopes begin anew where the backup ends") })
}

async fn find_households(province: &Arc<Province>, text: String) -> Result<AdminAnswer> {
    let found = province.db.read(move |tx| lines::find_households(tx, &text, FOUND)).await?;
    tracing::info!(found = found.len(), "household find");
    let id = |bytes: &Option<Vec<u8>>| bytes.as_deref().and_then(RecordId::from_slice).map(|id| id.to_string());
    let line = |found: &Found| {
        let parts = [&found.full_name, &found.birth, &found.relationship, &found.code, &found.source_code, &found.village];
        let parts = parts.into_iter().flatten().map(String::as_str).chain([found.commune.as_str()]);
        parts.collect::<Vec<_>>().join("  ")
    };
    Ok(AdminAnswer {
        json: json!({"results": found.iter().map(|found| json!({"household_id": id(&found.household), "code": found.code,
            "source_code": found.source_code, "village": found.village, "commune": found.commune,
            "commune_code": found.commune_code, "person_id": id(&found.person), "full_name": found.full_name,
            "birth": found.birth, "relationship": found.relationship})).collect::<Vec<_>>()}),
        text: lines_or(found.iter().map(line), "nothing found"),
    })
}

fn lines_or(lines: impl Iterator<Item = String>, none: &str) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { none.to_owned() } else { lines.join("\n") }
}

fn instant(ms: u64) -> DateTime<Utc> {
    i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default()
}

pub(crate) fn shown(ms: u64) -> String {
    instant(ms).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Output for the operator. A closed pipe is no fault of ours.
pub fn print(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// A message for the operator.
pub fn print_error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
