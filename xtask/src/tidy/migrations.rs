//! A migration that left the house is never changed: its sum stands in `migrations.sums` beside it.
//!
//! A step without a sum is still being written; `./x tidy --freeze` before a release writes what is missing and touches nothing else.

use std::collections::BTreeMap;
use std::fs;

use super::Findings;
use crate::progress::{Failure, Outcome};
use crate::tree;

const FOLDERS: &[&str] = &["crates/store/migrations", "server/migrations", "server/src/db"];
const SUMS: &str = "migrations.sums";

/// Compares each frozen step with its sum.
pub fn check(findings: &mut Findings) {
    for folder in FOLDERS {
        let (present, frozen) = (present(folder), frozen(folder));
        for (name, sum) in &frozen {
            match present.get(name) {
                Some(now) if now == sum => {}
                Some(_) => findings.broken(format!("{folder}/{name} is frozen and was changed: write a new step")),
                None => findings.broken(format!("{folder}/{name} is frozen and is gone")),
            }
        }
        for name in present.keys().filter(|name| !frozen.contains_key(*name)) {
            findings.notes.push(format!("{folder}/{name} is not frozen yet"));
        }
    }
}

/// Writes the sums of new steps.
pub fn freeze() -> Outcome {
    let mut findings = Findings::default();
    check(&mut findings);
    if !findings.broken.is_empty() {
        return Err(Failure::new(findings.broken.join("\n")));
    }
    for folder in FOLDERS {
        let all = present(folder);
        if !all.is_empty() {
            let text: String = all.iter().map(|(name, sum)| format!("{sum} {name}\n")).collect();
            fs::write(tree::root().join(folder).join(SUMS), text)?;
        }
    }
    Ok(())
}

fn present(folder: &str) -> BTreeMap<String, String> {
    let folder = tree::root().join(folder);
    tree::files(&folder, &[".sql"])
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&folder).ok()?.display().to_string();
            let step = path.file_name()?.to_string_lossy().trim_start_matches('V').starts_with(|c: char| c.is_ascii_digit());
            step.then_some((name, format!("{:016x}", tree::checksum(&fs::read(&path).ok()?))))
        })
        .collect()
}

fn frozen(folder: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(tree::root().join(folder).join(SUMS)).unwrap_or_default();
    text.lines().filter_map(|line| line.split_once(' ')).map(|(sum, name)| (name.to_owned(), sum.to_owned())).collect()
}
