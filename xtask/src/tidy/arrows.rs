//! Who may depend on whom: the arrows of ARCHITECTURE.md, read from `cargo metadata`.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::Findings;
use crate::tree;

/// Each member and the members that it may use. Tests may use any.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("sync", &["domain"]),
    ("documents", &["domain"]),
    ("entitlements", &["domain"]),
    ("store", &["domain", "sync"]),
    ("server", &["domain", "sync", "entitlements"]),
    ("casework", &["domain", "sync", "store", "documents", "entitlements"]),
    ("transport", &["domain", "sync", "store"]),
    ("ansinh", &["domain", "store", "casework", "transport", "entitlements"]),
    ("desktop", &["domain", "store", "casework", "transport"]),
    ("development-host", &["domain", "store", "casework", "transport"]),
    ("xtask", &[]),
    ("tests", &["domain", "sync", "store", "documents", "entitlements", "casework", "transport", "server", "development-host"]),
];

/// Outside crates that only some members may use, and what each stands for.
const RESERVED: &[(&str, &[&str])] = &[
    ("reqwest", &["transport"]),
    ("rusqlite", &["store", "server", "tests"]),
    ("tokio-postgres", &["server"]),
    ("tauri", &["desktop"]),
    ("axum", &["server", "development-host"]),
];

/// What the members without input and output must not use.
const IMPURE: &[&str] = &["rusqlite", "reqwest", "tokio", "getrandom", "rand", "tempfile", "directories"];
const PURE: &[&str] = &["domain", "entitlements", "sync"];

/// `cargo metadata` of the whole tree, every dependency included.
pub fn metadata() -> Result<Value, String> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(tree::root())
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

/// Compares the members' own dependencies with the arrows.
pub fn check(findings: &mut Findings) {
    let metadata = match metadata() {
        Ok(metadata) => metadata,
        Err(error) => return findings.broken(error),
    };
    let texts = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let members: BTreeSet<String> = list(&metadata["workspace_members"]).iter().map(texts).collect();
    let packages: Vec<Value> =
        list(&metadata["packages"]).into_iter().filter(|package| members.contains(&texts(&package["id"]))).collect();
    let own: BTreeSet<String> = packages.iter().map(|package| texts(&package["name"])).collect();
    let explained = explained();
    for package in &packages {
        let name = texts(&package["name"]);
        let Some((_, allowed)) = ARROWS.iter().find(|(member, _)| *member == name) else {
            findings.broken(format!("{name}: a new crate needs its arrows in xtask/src/tidy/arrows.rs"));
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            let other = texts(&dependency["name"]);
            let for_tests = dependency["kind"] == "dev";
            if !own.contains(&other) && !explained.contains(&other) {
                findings.broken(format!("{name} uses {other}, which docs/dependencies.md does not explain"));
            }
            if own.contains(&other) && !for_tests && !allowed.contains(&other.as_str()) {
                findings.broken(format!("{name} must not depend on {other}"));
            }
            let reserved = RESERVED.iter().find(|(outside, _)| *outside == other);
            if reserved.is_some_and(|(_, users)| !users.contains(&name.as_str())) && !for_tests {
                findings.broken(format!("{name} must not use {other}"));
            }
            if PURE.contains(&name.as_str()) && IMPURE.contains(&other.as_str()) && !for_tests {
                findings.broken(format!("{name} does no input or output: it must not use {other}"));
            }
        }
    }
}

/// Every word of the first column of the table of Rust crates.
fn explained() -> BTreeSet<String> {
    let text = std::fs::read_to_string(tree::root().join("docs/dependencies.md")).unwrap_or_default();
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    cells.flat_map(|cell| cell.split([',', ' '])).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
