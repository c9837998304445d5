//! The sample commune and its province: made once from a seed, enrolled and sent, then only started.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::{Running, program, start_and_wait, tethered};
use crate::progress::{Failure, Outcome, Progress};
use crate::tree;

const COMMUNE: &str = "05158";
const HOUSEHOLDS: &str = "600";
const SEED: &str = "20261123";
/// Invented people stand behind it, so it may be read here.
const PASSWORD: &str = "mau mat khau 2026";

/// The headless tool did it and has something to say about what it took.
const DONE_WITH_PROBLEMS: i32 = 3;

/// The folders of the sample and its running province.
pub struct Sample {
    folder: PathBuf,
    _province: Running,
}

impl Sample {
    /// Makes what is not there yet and starts the province.
    pub fn open(progress: &mut Progress) -> Outcome<Self> {
        let folder = tree::build().join("sample");
        let finished = folder.join("made");
        let first = !finished.exists();
        if first {
            set_aside(&folder)?;
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("password"), format!("{PASSWORD}\n"))?;
            fs::write(folder.join("port"), free_port()?.to_string())?;
            let mut seed = ansinh(&folder);
            seed.args(["seed", "--households", HOUSEHOLDS, "--seed", SEED]);
            progress.quiet("make the sample commune", &mut seed)?;
        }
        let (province, url) = progress.own("start the local province", || start_province(&folder))?;
        let sample = Self { folder, _province: province };
        if first {
            progress.own("enrol the sample at the province", || sample.enrol(&url))?;
            progress.own("send it", || sample.ansinh(&["sync"]).map(drop))?;
            fs::write(finished, "")?;
        }
        Ok(sample)
    }

    /// Where everything of the sample lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The data folder of the commune.
    pub fn commune(&self) -> PathBuf {
        self.folder.join("commune")
    }

    /// The file with the sample's password.
    pub fn password_file(&self) -> PathBuf {
        self.folder.join("password")
    }

    /// Says what lies where.
    pub fn explain(&self) {
        println!("Sample commune: {}", tree::shown(&self.commune()));
        println!("Local province: {}", tree::shown(&self.folder.join("province")));
        println!("Password of the sample's worker: {PASSWORD}");
    }

    /// One call of the headless tool; its answer.
    pub fn ansinh(&self, words: &[&str]) -> Outcome<Value> {
        answer(ansinh(&self.folder).arg("--json").args(words))
    }

    /// One call of the province's administration; its answer.
    pub fn admin(&self, words: &[&str]) -> Outcome<Value> {
        answer(
            Command::new(program("ansinh-server"))
                .arg("admin")
                .args(words)
                .arg("--json")
                .arg("--data")
                .arg(self.folder.join("province")),
        )
    }

    fn enrol(&self, url: &str) -> Outcome {
        self.admin(&["commune", "add", "--code", COMMUNE])?;
        let made = self.admin(&["code", "new", "--commune", COMMUNE, "--name", "sample"])?;
        let code = made["code"].as_str().ok_or_else(|| Failure::new(format!("no code in {made}")))?;
        self.ansinh(&["enrol", "--server", url, "--code", code]).map(drop)
    }
}

fn ansinh(folder: &Path) -> Command {
    let mut command = Command::new(program("ansinh"));
    command.arg("--data").arg(folder.join("commune")).arg("--password-file").arg(folder.join("password"));
    command
}

fn start_province(folder: &Path) -> Outcome<(Running, String)> {
    let port = fs::read_to_string(folder.join("port"))?;
    let address = format!("127.0.0.1:{}", port.trim());
    if TcpListener::bind(&address).is_err() {
        return Err(Failure::new(format!(
            "{address} is taken, and the sample commune knows its province there. Is another ./x run open? Otherwise free the port, \
             or remove {} to begin anew.",
            tree::shown(folder)
        )));
    }
    let ready = folder.join("province.json");
    let mut command = tethered(&program("ansinh-server"));
    command.arg("serve").arg("--data").arg(folder.join("province"));
    command.args(["--http-on-loopback", "--listen", &address, "--ready-file"]).arg(&ready);
    let (running, _) = start_and_wait(&mut command, &ready)?;
    Ok((running, format!("http://{address}")))
}

/// A sample that was not finished is kept beside, never deleted: it may show what went wrong.
fn set_aside(folder: &Path) -> Outcome {
    if folder.exists() {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        fs::rename(folder, folder.with_file_name(format!("sample-unfinished-{now}")))?;
    }
    Ok(())
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn answer(command: &mut Command) -> Outcome<Value> {
    let output = command.output()?;
    if !matches!(output.status.code(), Some(0 | DONE_WITH_PROBLEMS)) {
        return Err(Failure {
            message: format!(
                "{:?} ended with {}:\n{}{}",
                command,
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            ),
            code: output.status.code().unwrap_or(1),
        });
    }
    let text = String::from_utf8_lossy(&output.stdout);
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&text).map_err(|_| Failure::new(format!("{command:?} did not answer JSON: {text}")))
}
