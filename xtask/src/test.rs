//! Everything that CI runs, the cheap and telling first; it stops at the first failure with that step's exit code.

use std::process::Command;

use crate::progress::{Failure, Outcome, Progress};
use crate::screen::Screen;
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
        progress.quiet("build the programs and tests", &mut cargo(&["test", "--workspace", "--no-run"]))?;
        progress.quiet("cargo clippy", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
        progress.loud("cargo test --workspace", &mut cargo(&["test", "--workspace"]))?;
    }
    if wanted("browser") || wanted("window") {
        progress.quiet("build the programs", &mut cargo(&["build", "--workspace"]))?;
    }
    if wanted("browser") {
        progress.loud("the UI in Chromium, with axe", &mut specs("tests/ui")?)?;
    }
    if wanted("window") {
        let screen = Screen::start()?;
        progress.loud("the program in its window", specs("tests/window")?.env("DISPLAY", &screen.display))?;
    }
    eprintln!("all passed in {}", progress.elapsed());
    Ok(())
}

/// Node's own test runner on the specs of a folder, one file after the other: they share two cores with the programs they drive.
fn specs(folder: &str) -> Outcome<Command> {
    let files = tree::files(&tree::root().join(folder), &[".test.mjs"]);
    if files.is_empty() {
        return Err(Failure::new(format!("{folder} has no *.test.mjs")));
    }
    let mut command = Command::new("node");
    command.current_dir(tree::root()).args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(files);
    command.env("SAS_PROGRAMS", tree::target().join("debug"));
    Ok(command)
}

const UI_STEPS: &[(&str, &str)] =
    &[("prettier", "format:check"), ("eslint", "lint"), ("svelte-check", "check"), ("vitest", "test")];

/// `cargo` at the root of the checkout.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(tree::root()).args(arguments);
    command
}
