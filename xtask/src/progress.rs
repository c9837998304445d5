//! Steps that a person can follow: a name, the time, a sign of life; the whole output in `build/logs`, its tail when a step fails.

use std::fmt;
use std::fs::{self, File};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::tree;

/// Why a command stops, in words for the person, and its exit code.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong and what to do.
    pub message: String,
    /// The code this program ends with: that of the failed step.
    pub code: i32,
}

impl Failure {
    /// A failure of our own, code 1.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// What every command of xtask ends with.
pub type Outcome<T = ()> = Result<T, Failure>;

const HEARTBEAT: Duration = Duration::from_secs(30);
const TAIL: usize = 40;

/// Counts the steps of one command.
pub struct Progress {
    begun: Instant,
    step: usize,
}

impl Progress {
    /// Starts the clock.
    pub fn new() -> Self {
        Self { begun: Instant::now(), step: 0 }
    }

    /// Time since the start, as shown.
    pub fn elapsed(&self) -> Span {
        Span(self.begun.elapsed())
    }

    /// A step whose output only matters when it fails: into the log, with a sign of life.
    pub fn quiet(&mut self, name: &str, command: &mut Command) -> Outcome {
        let log = self.begin(name)?;
        let begun = Instant::now();
        let output = File::create(&log)?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .map_err(|error| Failure::new(format!("{name}: cannot start {:?}: {error}", command.get_program())))?;
        let terminal = std::io::stderr().is_terminal();
        let mut next_sign = HEARTBEAT;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(100));
            let spent = begun.elapsed();
            if terminal {
                eprint!("\r\x1b[K        {} {}", Span(spent), last_line(&log));
            } else if spent >= next_sign {
                next_sign += HEARTBEAT;
                eprintln!("        {} {}", Span(spent), last_line(&log));
            }
        };
        if terminal {
            eprint!("\r\x1b[K");
        }
        std::io::stderr().flush()?;
        if status.success() {
            eprintln!("        done in {}", Span(begun.elapsed()));
            return Ok(());
        }
        let text = read(&log);
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines[lines.len().saturating_sub(TAIL)..] {
            eprintln!("{line}");
        }
        Err(Failure {
            message: format!("FAILED: {name} after {} (whole output: {})", Span(begun.elapsed()), tree::shown(&log)),
            code: status.code().unwrap_or(1),
        })
    }

    /// A step whose output is what the person came for: shown as it comes.
    pub fn loud(&mut self, name: &str, command: &mut Command) -> Outcome {
        self.begin(name)?;
        let begun = Instant::now();
        let status = command
            .status()
            .map_err(|error| Failure::new(format!("{name}: cannot start {:?}: {error}", command.get_program())))?;
        if status.success() {
            eprintln!("        done in {}", Span(begun.elapsed()));
            return Ok(());
        }
        Err(Failure { message: format!("FAILED: {name} after {}", Span(begun.elapsed())), code: status.code().unwrap_or(1) })
    }

    /// A step done by this program itself.
    pub fn own<T>(&mut self, name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        self.begin(name)?;
        work()
    }

    fn begin(&mut self, name: &str) -> Outcome<PathBuf> {
        self.step += 1;
        eprintln!("[{:>2}] {} {name}", self.step, self.elapsed());
        let logs = tree::build().join("logs");
        fs::create_dir_all(&logs)?;
        let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        Ok(logs.join(format!("{file}.log")))
    }
}

/// A duration as minutes and seconds.
pub struct Span(pub Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        write!(f, "{:>2}:{:02}", seconds / 60, seconds % 60)
    }
}

fn read(log: &Path) -> String {
    fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn last_line(log: &Path) -> String {
    let text = read(log);
    let line = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim().chars().take(90).collect()
}
