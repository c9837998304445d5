//! `./x run`: the sample commune, a local province, and the program: in a window, in a browser, or, without a display, by itself.
//!
//! Everything of the sample lies in `build/sample`, apart from any real register; removing that folder begins anew.

mod headless;
mod sample;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::progress::{Failure, Outcome, Progress};
use crate::test::cargo;
use crate::{packages, tree, ui};
use sample::Sample;

/// `./x run [--browser]`.
pub fn run(arguments: &[&str]) -> Outcome {
    let browser = match arguments {
        [] => false,
        ["--browser"] => true,
        _ => return Err(Failure { message: "./x run [--browser]".into(), code: 2 }),
    };
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    let mut progress = Progress::new();
    if browser {
        ui::ensure_built(&mut progress)?;
        progress.quiet("build the programs", &mut cargo(&["build"]))?;
    } else if display {
        packages::ensure(&mut progress, packages::SHELL)?;
        ui::ensure_built(&mut progress)?;
        progress.quiet("build the programs and the window", &mut cargo(&["build", "--workspace"]))?;
    } else {
        eprintln!("No display here: the main job runs without a window. For the UI in a browser: ./x run --browser");
        progress.quiet("build the programs", &mut cargo(&["build"]))?;
    }
    let sample = Sample::open(&mut progress)?;
    if browser {
        in_browser(&mut progress, &sample)
    } else if display {
        in_window(&mut progress, &sample)
    } else {
        headless::main_job(&mut progress, &sample)
    }
}

fn in_window(progress: &mut Progress, sample: &Sample) -> Outcome {
    sample.explain();
    eprintln!("Close the window or press Ctrl-C to end.");
    let mut command = tethered(&program("so-an-sinh"));
    command.arg("--data").arg(sample.commune()).arg("--password-file").arg(sample.password_file());
    progress.loud("the program is open", &mut command)
}

fn in_browser(progress: &mut Progress, sample: &Sample) -> Outcome {
    let ready = sample.folder().join("host.json");
    let mut command = tethered(&program("development-host"));
    command.arg("--data").arg(sample.commune()).arg("--password-file").arg(sample.password_file());
    command.args(["--port", "0", "--ready-file"]).arg(&ready);
    let (mut host, answer) = progress.own("start the loopback host", || start_and_wait(&mut command, &ready))?;
    sample.explain();
    println!("Open once, in a browser on this machine:  {}", answer["url"].as_str().unwrap_or_default());
    eprintln!("Press Ctrl-C to end.");
    let status = host.0.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure { message: "the loopback host ended".into(), code: status.code().unwrap_or(1) })
    }
}

/// A program that was built here.
fn program(name: &str) -> PathBuf {
    tree::target().join("debug").join(name)
}

/// A command whose process ends with this one, however this one ends (`setpriv` is part of every Debian).
fn tethered(program: &Path) -> Command {
    let has_setpriv = Command::new("setpriv").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if has_setpriv {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// A child that is asked to end when its owner lets go of it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().is_ok_and(|status| status.success());
        if !asked {
            let _ = self.0.kill();
        }
        let _ = self.0.wait();
    }
}

/// Starts a program and waits for the JSON that it writes into `ready` once it listens.
fn start_and_wait(command: &mut Command, ready: &Path) -> Outcome<(Running, Value)> {
    let _ = std::fs::remove_file(ready);
    let log_path = tree::build().join("logs").join(format!("{}.log", ready.file_stem().unwrap_or_default().to_string_lossy()));
    let log = std::fs::File::create(&log_path)?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let mut child = Running(command.spawn()?);
    let begun = Instant::now();
    loop {
        if let Some(answer) = std::fs::read(ready).ok().and_then(|text| serde_json::from_slice(&text).ok()) {
            return Ok((child, answer));
        }
        if let Some(status) = child.0.try_wait()? {
            let said = std::fs::read_to_string(&log_path).unwrap_or_default();
            return Err(Failure::new(format!("{:?} ended with {status}:\n{said}", command.get_program())));
        }
        if begun.elapsed() > Duration::from_secs(60) {
            return Err(Failure::new(format!("no answer within a minute (log: {})", tree::shown(&log_path))));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
