//! System packages: what each command needs, and installing only what is missing, without a question.

use std::process::Command;

use crate::progress::{Failure, Outcome, Progress};

/// To build the desktop shell.
pub const SHELL: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];
/// To run the tests beside [`SHELL`]: PostgreSQL, a screen, and the two browsers' drivers.
pub const TESTS: &[&str] = &["postgresql", "postgresql-contrib", "xvfb", "xauth", "webkit2gtk-driver", "chromium"];

/// Makes sure of Debian packages. Where they can't be installed the failure names them.
pub fn ensure(progress: &mut Progress, wanted: &[&str]) -> Outcome {
    let missing: Vec<&str> = wanted.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let refusal = || {
        Failure::new(format!(
            "Missing system packages: {0}\nInstall them and run this again:  sudo apt-get install --no-install-recommends {0}",
            missing.join(" ")
        ))
    };
    let prefix = become_root().ok_or_else(refusal)?;
    let apt = |arguments: &[&str]| {
        let words: Vec<&str> = prefix
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"])
            .chain(arguments.iter().copied())
            .collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        command
    };
    progress.quiet("apt-get update", &mut apt(&["update"])).map_err(|_| refusal())?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    progress.quiet(&format!("apt-get install {}", missing.join(" ")), &mut apt(&install)).map_err(|_| refusal())
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Status}", package])
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

/// The words before a command that must run as root; none where that would need a question.
fn become_root() -> Option<&'static [&'static str]> {
    let says = |program: &str, arguments: &[&str]| Command::new(program).args(arguments).output().ok();
    says("apt-get", &["--version"])?;
    if says("id", &["-u"])?.stdout == b"0\n" {
        return Some(&[]);
    }
    says("sudo", &["-n", "true"])?.status.success().then_some(&["sudo", "-n"])
}
