//! Everything that CI runs, the cheap and telling first; it stops at the first failure with that step's exit code.

use std::process::Command;

use crate::progress::{Failure, Outcome, Progress};
use crate::{packages, tidy, tree, ui};

/// `./x test [--only rust|ui|browser|window]`.
pub fn test(arguments: &[&str]) -> Outcome {
    let only = match arguments {
        [] => None,
        ["--only", part @ ("rust" | "ui" | "browser" | "window")] => Some(*part),
        _ => {
            return Err(Failure { message: "./x test [--only rust|ui|browser|window]".into(), code: 2 });
        }
    };
    let wanted = |part: &str| only.is_none_or(|only| only == part);
    let mut progress = Progress::new();

    packages::ensure(&mut progress, &[packages::SHELL, packages::TESTS].concat())?;
    if wanted("rust") {
        progress.loud("cargo fmt --check", &mut cargo(&["fmt", "--all", "--check"]))?;
        progress.own("tidy", || tidy::all().report())?;
    }
    ui::ensure_packages(&mut progress, "ui")?;
    if wanted("ui") {
        for (name, script) in UI_STEPS {
            progress.loud(name, &mut ui::npm("ui", &["run", script]))?;
        }
    }
    ui::ensure_built(&mut progress)?;
    if wanted("rust") {
        progress.quiet("build the tests", &mut cargo(&["test", "--workspace", "--no-run"]))?;
        progress.quiet("cargo clippy", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
        progress.loud("cargo test --workspace", &mut cargo(&["test", "--workspace"]))?;
    }
    eprintln!("all passed in {}", progress.elapsed());
    Ok(())
}

const UI_STEPS: &[(&str, &str)] =
    &[("prettier", "format:check"), ("eslint", "lint"), ("svelte-check", "check"), ("vitest", "test")];

/// `cargo` at the root of the checkout.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(tree::root()).args(arguments);
    command
}
