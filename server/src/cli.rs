//! The command line: `serve`, `migrate`, `admin`. Everything that a script may want has `--json`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::admin::{self, AdminCommand};
use crate::config::{DataConfig, ListenConfig};
use crate::error::{Error, Result};
use crate::province::Province;
use crate::{logging, serve};

/// The provincial server of So An Sinh
#[derive(Debug, Parser)]
#[command(name = "ansinh-server", version)]
pub struct Cli {
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataConfig,
    /// What logs say: error, warn, info, debug [default: info, for admin warn]
    #[arg(long, env = "ANSINH_SERVER_LOG", value_name = "LEVEL", global = true)]
    pub log: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve devices until told to end (SIGTERM, Ctrl+C)
    Serve(ServeArgs),
    /// Bring the database up to date, and make the province's keys where there are none
    Migrate(MigrateArgs),
    /// Communes, enrolment codes, devices, households, policy rows
    Admin {
        /// One JSON document on standard output
        #[arg(long, global = true)]
        json: bool,
        /// What to do.
        #[command(subcommand)]
        command: AdminCommand,
    },
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// How it is reached.
    #[command(flatten)]
    pub listen: ListenConfig,
    /// Where the offline recovery key goes when the keys are made [default: recovery-key beside the key file]
    #[arg(long, value_name = "FILE")]
    pub recovery_file: Option<PathBuf>,
}

/// Arguments of `migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// Where the offline recovery key goes when the keys are made [default: recovery-key beside the key file]
    #[arg(long, value_name = "FILE")]
    pub recovery_file: Option<PathBuf>,
}

/// Runs a command: exit code 0 done, 1 failed, 2 bad input.
pub async fn run(cli: Cli) -> ExitCode {
    let usual = if matches!(cli.command, Command::Admin { .. }) { "warn" } else { "info" };
    logging::install(cli.log.as_deref().unwrap_or(usual));
    let json = matches!(cli.command, Command::Admin { json: true, .. });
    match execute(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(code = error.code(), detail = error.detail(), "failed");
            if json {
                admin::print(&serde_json::json!({"error": {"code": error.code(), "message": error.to_string()}}).to_string());
            }
            admin::print_error(&error.to_string());
            ExitCode::from(if matches!(error, Error::Configuration(_) | Error::Admin { .. }) { 2 } else { 1 })
        }
    }
}

async fn execute(cli: Cli) -> Result<()> {
    let clock = std::sync::Arc::new(crate::clock::SystemClock);
    match cli.command {
        Command::Serve(args) => {
            // What is wrong with the arguments is told before anything is made.
            args.listen.certificate_name()?;
            let province = Province::open_with(&cli.data, clock, args.recovery_file.as_deref()).await?;
            let running = serve::start(province, &args.listen)?;
            admin::print(&running.ready_line());
            running.until_told().await
        }
        Command::Migrate(args) => {
            let province = Province::open_with(&cli.data, clock, args.recovery_file.as_deref()).await?;
            admin::print(&serde_json::json!({"migrated": true, "storage": province.db.name()}).to_string());
            Ok(())
        }
        Command::Admin { json, command } => {
            let province = Province::open(&cli.data).await?;
            let answer = admin::execute(&province, command).await?;
            admin::print(&if json { answer.json.to_string() } else { answer.text });
            Ok(())
        }
    }
}
