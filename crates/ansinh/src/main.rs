//! `ansinh`: the register from a terminal, through the same commands as the desktop, on the same encrypted folder.
//!
//! Exit codes: 0 done, 1 unexpected, 2 bad input, 3 done with problems, 4 wrong password or no right, 5 the store cannot
//! be opened, 6 no network or not enrolled. Nothing asks where there is no terminal.

mod arguments;
mod clock;
mod desk;
mod entitlements;
mod exchange;
mod exit;
mod keys;
mod maintain;
mod password;
mod people;
mod plain;
mod register;
mod road;
mod say;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Task};
use exit::Failure;
use say::Say;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let say = Say::new(arguments.json);
    match run(&arguments, &say) {
        Ok(exit) => ExitCode::from(exit),
        Err(failure) => {
            say.failure(&failure);
            ExitCode::from(failure.exit)
        }
    }
}

fn run(arguments: &Arguments, say: &Say) -> Result<u8, Failure> {
    match &arguments.task {
        Task::Init { commune, user, recovery_file } => keys::init(arguments, say, commune, user, recovery_file.as_deref()),
        Task::Seed { households, villages, seed } => keys::seed(arguments, say, *households, *villages, *seed),
        Task::Import { file, dry_run } => exchange::import(arguments, say, file, *dry_run),
        Task::Export { output, reason } => exchange::export(arguments, say, output.as_deref(), reason.as_deref()),
        Task::Search { text, limit } => register::search(arguments, say, &text.join(" "), *limit),
        Task::Household(household) => register::household(arguments, say, household),
        Task::Entitlements { on, facts: Some(facts), .. } => entitlements::from_facts(arguments, on.as_deref(), facts),
        Task::Entitlements { on, person, .. } => {
            people::entitlements(arguments, say, person.as_deref().unwrap_or_default(), on.as_deref())
        }
        Task::Outreach { on, ahead } => people::outreach(arguments, say, on.as_deref(), *ahead),
        Task::Enrol { server, code } => road::enrol(arguments, say, server, code),
        Task::Sync => road::sync(arguments, say),
        Task::Backup => maintain::backup(arguments, say),
        Task::Restore { backup, recovery_key_file, backup_password_file, backup_worker } => {
            let own = backup_password_file.as_deref().map(|file| (*backup_worker, file));
            maintain::restore(arguments, say, backup, recovery_key_file.as_deref(), own)
        }
        Task::Verify => maintain::verify(arguments, say),
    }
}
