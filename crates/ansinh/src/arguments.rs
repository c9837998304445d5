//! What can be typed after `ansinh`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Sổ An Sinh from a terminal.
#[derive(Parser, Debug)]
#[command(name = "ansinh", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// Data folder.
    #[arg(long, global = true, env = "ANSINH_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// File whose first line is the password.
    #[arg(long, global = true, env = "ANSINH_PASSWORD_FILE", value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Number of the worker; without it the first one.
    #[arg(long, global = true, value_name = "N")]
    pub worker: Option<u32>,
    /// One JSON value on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Task {
    /// Makes a new register with its first worker.
    Init {
        /// Five-digit commune code.
        #[arg(long)]
        commune: String,
        /// Name of the first worker.
        #[arg(long)]
        user: String,
        /// Where the recovery key is written (readable by its owner only), where no terminal shows it.
        #[arg(long, value_name = "FILE")]
        recovery_file: Option<PathBuf>,
    },
    /// Makes a commune of invented people; a folder without a register becomes a sample.
    Seed {
        /// Households.
        #[arg(long, default_value_t = 600)]
        households: usize,
        /// Villages.
        #[arg(long, default_value_t = 12)]
        villages: usize,
        /// The same seed gives the same people, but for ids.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Takes in a list (xlsx, xls, ods, csv).
    Import {
        /// The list.
        file: PathBuf,
        /// Only says what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Writes the register to a file (.xlsx or .json); JSON on standard output without one.
    Export {
        /// The file.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Why; kept in the audit.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Finds people, households and villages.
    Search {
        /// Words in any order, with or without marks.
        #[arg(required = true)]
        text: Vec<String>,
        /// Most results.
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// Shows or adds one household.
    #[command(subcommand)]
    Household(Household),
    /// Who is entitled to what: from facts in a file, which needs no register, or a person of the register.
    #[command(group(clap::ArgGroup::new("about").required(true).args(["facts", "person"])))]
    Entitlements {
        /// The date (YYYY-MM-DD); an `on` beside the facts goes before it.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// JSON object of facts; `-` reads JSON lines and answers each with one line.
        #[arg(long, value_name = "FILE")]
        facts: Option<PathBuf>,
        /// Id of a person of the register.
        #[arg(long, value_name = "ID")]
        person: Option<String>,
    },
    /// For whom in the commune something should be done: not yet receiving, no longer entitled, another amount, what lies ahead.
    Outreach {
        /// The date (YYYY-MM-DD), today without one; its month is computed.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// How many months to look ahead.
        #[arg(long, value_name = "MONTHS", default_value_t = 3)]
        ahead: u32,
    },
    /// Gets this machine its number from the province.
    Enrol {
        /// Address of the province's server.
        #[arg(long)]
        server: String,
        /// One-time code.
        #[arg(long)]
        code: String,
    },
    /// Sends and fetches once.
    Sync,
    /// Makes and checks a backup.
    Backup,
    /// Puts a backup in the place of the register.
    Restore {
        /// Name of a backup of the folder, or its path.
        backup: String,
        /// File with the recovery key, instead of a password.
        #[arg(long, value_name = "FILE")]
        recovery_key_file: Option<PathBuf>,
        /// File with a password of the backup's own time, for a backup of another register.
        #[arg(long, value_name = "FILE")]
        backup_password_file: Option<PathBuf>,
        /// Number of the worker whose password that is.
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        backup_worker: u32,
    },
    /// Checks every page of the register, and the audit's chain.
    Verify,
}

/// One household.
#[derive(Subcommand, Debug)]
pub enum Household {
    /// Shows it.
    Show {
        /// Its id.
        id: String,
    },
    /// Adds one from a JSON file.
    Add {
        /// The file; `-` reads standard input.
        #[arg(long)]
        file: PathBuf,
    },
}
