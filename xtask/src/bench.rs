//! `./x bench`: what the program costs, each measure beside its reference in the same run; a table for people, JSON for machines.
//!
//! The measures of the store and of the law come from the `bench` program in `tests`; start and memory are taken from the outside, as a worker's
//! machine would see them. Release builds only: a debug build measures the compiler.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::progress::{Failure, Outcome, Progress};
use crate::screen::Screen;
use crate::{dist, packages, tree, ui};

/// People of the memory measure: 4,500 households of 4 to 5.
const HOUSEHOLDS: &str = "4500";
const SEED: &str = "20261123";
const PASSWORD: &str = "mau mat khau 2026";

/// `./x bench`.
pub fn bench(arguments: &[&str]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure { message: "./x bench".into(), code: 2 });
    }
    let mut progress = Progress::new();
    packages::ensure(&mut progress, &[packages::SHELL, packages::TESTS].concat())?;
    ui::ensure_built(&mut progress)?;
    let deb = dist::make(&mut progress)?;

    let folder = tree::build().join("bench");
    fs::create_dir_all(&folder)?;
    let mut measures = store(&mut progress, &folder)?;
    measures.extend(outside(&mut progress, &folder)?);
    let size = fs::metadata(&deb)?.len();
    measures.push(json!({ "name": "size of the .deb", "value": size as f64 / 1e6, "unit": "MB" }));

    let file = folder.join("bench.json");
    let text = serde_json::to_string_pretty(&json!({ "measures": measures })).unwrap_or_default();
    fs::write(&file, &text)?;
    println!("{}", table(&measures));
    println!("JSON: {}", tree::shown(&file));
    Ok(())
}

fn store(progress: &mut Progress, folder: &Path) -> Outcome<Vec<Value>> {
    let answer = folder.join("store.json");
    let mut command = Command::new(tree::target().join("release/bench"));
    progress.quiet("bulk load, save, search, lists and the law", command.arg(&answer))?;
    measures_in(&answer)
}

/// Start of the program and memory of the development host, by a script that drives both.
fn outside(progress: &mut Progress, folder: &Path) -> Outcome<Vec<Value>> {
    let password = folder.join("password");
    fs::write(&password, format!("{PASSWORD}\n"))?;
    let commune = folder.join(format!("commune-{HOUSEHOLDS}"));
    if !commune.join("store.db").exists() {
        let mut seed = Command::new(tree::target().join("release/ansinh"));
        seed.arg("--data").arg(&commune).arg("--password-file").arg(&password);
        progress.quiet("a commune of 20,000 people", seed.args(["seed", "--households", HOUSEHOLDS, "--seed", SEED]))?;
    }
    let answer = folder.join("outside.json");
    let screen = Screen::start()?;
    let mut script = Command::new("node");
    script.current_dir(tree::root()).arg("tests/window/measure.mjs").arg(&commune).arg(&answer);
    script.env("DISPLAY", &screen.display).env("SAS_PROGRAMS", tree::target().join("release"));
    progress.quiet("start and memory", &mut script)?;
    measures_in(&answer)
}

fn measures_in(file: &Path) -> Outcome<Vec<Value>> {
    let answer: Value = serde_json::from_slice(&fs::read(file)?).map_err(|error| Failure::new(error.to_string()))?;
    answer["measures"].as_array().cloned().ok_or_else(|| Failure::new(format!("no measures in {}", file.display())))
}

/// One line a measure: value, its reference in the same run, how many times that, and what is wanted.
fn table(measures: &[Value]) -> String {
    let number = |value: &Value| value.as_f64().map_or_else(String::new, |value| format!("{value:.2}"));
    let mut lines =
        vec![format!("{:<60} {:>10} {:<6} {:>38} {:>7} {:>11}", "measure", "value", "", "reference", "times", "wanted")];
    for measure in measures {
        let reference = &measure["reference"];
        let times = match (measure["value"].as_f64(), reference["value"].as_f64()) {
            (Some(value), Some(floor)) if floor > 0.0 => format!("{:.1}", value / floor),
            _ => String::new(),
        };
        let beside =
            reference["name"].as_str().map_or_else(String::new, |name| format!("{name} {}", number(&reference["value"])));
        lines.push(format!(
            "{:<60} {:>10} {:<6} {:>38} {:>7} {:>11}",
            measure["name"].as_str().unwrap_or_default(),
            number(&measure["value"]),
            measure["unit"].as_str().unwrap_or_default(),
            beside,
            times,
            measure["wanted"].as_str().unwrap_or_default(),
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::table;
    use serde_json::json;

    #[test]
    fn a_measure_stands_beside_its_reference() {
        let text = table(&[json!({
            "name": "search p95", "value": 3.0, "unit": "ms", "wanted": "3 ms", "reference": { "name": "raw FTS", "value": 1.5 }
        })]);
        assert!(text.contains("raw FTS 1.50") && text.contains("2.0"), "{text}");
    }
}
