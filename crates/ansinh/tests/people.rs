//! `ansinh entitlements --person` and `ansinh outreach` on a real register, as a script sees them.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, OnceLock};

use serde_json::{Value as Json, json};

const ON: &str = "2026-11-23";

/// A sample commune; one program at a time may hold it.
struct Commune {
    folder: tempfile::TempDir,
}

impl Commune {
    fn hold() -> MutexGuard<'static, Self> {
        static COMMUNE: OnceLock<Mutex<Commune>> = OnceLock::new();
        let made = COMMUNE.get_or_init(|| {
            let commune = Self { folder: tempfile::tempdir().unwrap() };
            std::fs::write(commune.password(), "mat khau thu nghiem\n").unwrap();
            std::fs::write(commune.folder.path().join("wrong"), "mat khau khac han\n").unwrap();
            let made = commune.run(&["seed", "--households", "300", "--villages", "6", "--seed", "5", "--json"]);
            assert_eq!(made.status.code(), Some(0), "{made:?}");
            Mutex::new(commune)
        });
        made.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn password(&self) -> PathBuf {
        self.folder.path().join("password")
    }

    fn run_with(&self, password: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ansinh"));
        command.arg("--data").arg(self.folder.path().join("commune")).args(arguments);
        command.arg("--password-file").arg(self.folder.path().join(password));
        command.output().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with("password", arguments)
    }

    /// The one JSON value that a run prints.
    fn json(&self, arguments: &[&str]) -> Json {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "one value on one line: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Somebody of whom outreach has a line of this kind.
    fn somebody(&self, kind: &str) -> (String, Json) {
        let page = self.json(&["outreach", "--on", ON, "--json"]);
        let row = page["rows"].as_array().unwrap().iter().find(|row| row["kind"] == kind).unwrap().clone();
        (row["person"].as_str().unwrap().to_owned(), row)
    }
}

#[test]
fn outreach_prints_every_line_of_the_commune() {
    let commune = Commune::hold();
    let page = commune.json(&["outreach", "--on", ON, "--json"]);
    let rows = page["rows"].as_array().unwrap();
    assert_eq!((&page["on"], rows.len()), (&json!(ON), usize::try_from(page["total"].as_u64().unwrap()).unwrap()));
    let counted: u64 = page["counts"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(counted, page["total"].as_u64().unwrap());
    assert!(rows.len() > 10, "a sample of three hundred households has people to be found");
    assert!(page["policy_version"].is_string() && page["computed_at"].is_string() && page["people"].as_u64() > Some(100));
    for row in rows {
        let has = |key: &str| row.get(key).is_some_and(|value| !value.is_null());
        assert!(["person", "full_name", "kind", "list", "month", "key", "state"].iter().all(|key| has(key)), "{row}");
    }
    let asked = rows.iter().flat_map(|row| row["missing"].as_array().unwrap().iter().chain(row["reasons"].as_array().unwrap()));
    assert!(asked.into_iter().all(|fact| fact != "hiv_positive" && fact != "pregnant"), "nothing restricted is asked or told");
}

#[test]
fn outreach_looks_as_far_ahead_as_it_is_asked() {
    let commune = Commune::hold();
    let ahead = |months: &str| {
        let page = commune.json(&["outreach", "--on", ON, "--ahead", months, "--json"]);
        page["rows"].as_array().unwrap().iter().filter(|row| row["kind"].as_str().unwrap().starts_with("will_")).count()
    };
    let (none, year) = (ahead("0"), ahead("12"));
    assert!(none < year, "{none} lines ahead without looking, {year} within a year");
    let today = commune.json(&["outreach", "--json"]);
    assert_eq!(today["on"].as_str().unwrap().len(), 10, "without a date it is today");
}

#[test]
fn a_person_of_the_register_is_answered_with_reasons_and_records() {
    let commune = Commune::hold();
    let (person, row) = commune.somebody("not_receiving");
    let view = commune.json(&["entitlements", "--person", &person, "--on", ON, "--json"]);
    assert_eq!((&view["person"], &view["on"], &view["restricted"]), (&json!(person), &json!(ON), &json!(false)));
    let lines = view["lines"].as_array().unwrap();
    assert!(lines.iter().all(|line| {
        matches!(line["status"].as_str(), Some("entitled" | "undetermined" | "not_entitled"))
            && line["legal_basis"].as_array().is_some_and(|basis| !basis.is_empty())
            && line["reasons"].is_array()
    }));
    assert!(view["paid"]["missing"].is_object() && view["facts"].is_array());
    // Outreach takes a written request as given; the person's own page does not.
    let code = row["due"][0]["code"].as_str().unwrap();
    let line = lines.iter().chain(view["cared"].as_array().unwrap().iter().flat_map(|cared| cared["lines"].as_array().unwrap()));
    assert!(line.filter(|line| line["code"] == code).count() > 0, "{code} is among the lines");
    let earlier = commune.json(&["entitlements", "--person", &person, "--on", "2023-05-01", "--json"]);
    assert!(earlier["lines"].as_array().unwrap().iter().all(|line| line["code"].as_str().unwrap().starts_with("N20-")));
}

#[test]
fn without_json_people_read_vietnamese() {
    let commune = Commune::hold();
    let (person, row) = commune.somebody("not_receiving");
    let said = |arguments: &[&str]| String::from_utf8(commune.run(arguments).stdout).unwrap();
    let one = said(&["entitlements", "--person", &person, "--on", ON]);
    assert!(one.contains("Ngày 23/11/2026, theo bộ chính sách 2026-11-23") && one.contains("Chi trả:"), "{one}");
    assert!(!one.contains('{'), "{one}");
    let all = said(&["outreach", "--on", ON]);
    assert!(all.contains(row["full_name"].as_str().unwrap()) && !all.contains('{'), "{all}");
}

#[test]
fn wrong_input_has_its_exit_code_and_says_why() {
    let commune = Commune::hold();
    let (person, _) = commune.somebody("not_receiving");
    let nobody = "00000000-0000-7000-8000-000000000000";
    for (exit, arguments) in [
        (2, vec!["entitlements", "--person", "nobody", "--on", ON]),
        (2, vec!["entitlements", "--person", nobody, "--on", ON]),
        (2, vec!["entitlements", "--person", &person, "--on", "23/11/2026"]),
        (2, vec!["entitlements", "--person", &person, "--on", "2026-02-30"]),
        (2, vec!["entitlements", "--person", &person, "--facts", "-"]),
        (2, vec!["entitlements", "--on", ON]),
        (2, vec!["outreach", "--on", "2026-13-01"]),
        (2, vec!["outreach", "--on", ON, "--ahead", "many"]),
        (2, vec!["outreach", "--on", ON, "--worker", "99"]),
    ] {
        for json in [false, true] {
            let arguments: Vec<&str> = arguments.iter().copied().chain(json.then_some("--json")).collect();
            let output = commune.run(&arguments);
            assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {output:?}");
            assert!(!output.stderr.is_empty(), "{arguments:?} says why");
            assert!(json || output.stdout.is_empty(), "{arguments:?}");
        }
    }
    let refused = commune.run_with("wrong", &["outreach", "--on", ON, "--json"]);
    assert_eq!(refused.status.code(), Some(4));
    let error: Json = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(error["error"]["code"], "wrong_password");
    let unread = commune.run_with("absent", &["outreach", "--on", ON]);
    assert_eq!(unread.status.code(), Some(2));

    let elsewhere = tempfile::tempdir().unwrap();
    let absent = Command::new(env!("CARGO_BIN_EXE_ansinh"))
        .args(["--data", elsewhere.path().join("none").to_str().unwrap(), "outreach", "--on", ON])
        .arg("--password-file")
        .arg(commune.password())
        .output()
        .unwrap();
    assert_eq!(absent.status.code(), Some(5), "{absent:?}");
}
