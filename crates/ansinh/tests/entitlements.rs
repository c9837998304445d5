//! `ansinh entitlements --facts` as a script sees it: standard output, standard error, exit status.

#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value as Json, json};

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ansinh"))
        .arg("entitlements")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeding = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = feeding.join().unwrap();
    output
}

fn one(arguments: &[&str], facts: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facts.json");
    std::fs::write(&file, facts).unwrap();
    run(&[arguments, &["--facts", file.to_str().unwrap()]].concat(), "")
}

fn lines(arguments: &[&str], input: &str) -> (Vec<Json>, Option<i32>) {
    let output = run(&[arguments, &["--facts", "-"]].concat(), input);
    let text = String::from_utf8(output.stdout).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output.status.code())
}

const SEVERE: &str = r#"{"age_months":400,"disability_severity":"severe","in_facility":false}"#;

fn benefit<'a>(answer: &'a Json, code: &str) -> &'a Json {
    answer["benefits"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap()
}

#[test]
fn one_file_gives_one_object() {
    let output = one(&["--on", "2026-11-01", "--json"], SEVERE);
    assert_eq!(output.status.code(), Some(0));
    let answer: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["on"], &answer["policy_version"]), (&json!("2026-11-01"), &json!("2026-11-23")));
    let severe = benefit(&answer, "N335-6-SV");
    assert_eq!(severe["status"], "entitled");
    assert_eq!((&severe["amount"], &severe["unit"], &severe["period"]), (&json!(810_000), &json!("VND"), &json!("month")));
    assert_eq!(severe["legal_basis"][0], json!({ "source": "nd335-2026", "article": "5", "clause": "6" }));
    assert_eq!(
        severe["reasons"][0],
        json!({ "condition": { "field": "disability_severity", "op": "==", "value": "severe" }, "result": true })
    );
    let parent = benefit(&answer, "N335-4");
    assert_eq!(parent["status"], "undetermined");
    assert_eq!(parent["amount"], Json::Null);
    assert_eq!(parent["missing"], json!(["household_poverty", "marital_status", "qualifying_children"]));
    assert_eq!((&answer["paid"]["regular"], &answer["paid"]["health_card"]), (&Json::Null, &json!(true)));
    assert_eq!(answer["paid"]["no_rows"], json!(["facility_care"]));
}

#[test]
fn the_date_beside_the_facts_goes_before_the_argument() {
    let wrapped = format!(r#"{{"on":"2023-05-01","facts":{SEVERE},"note":1}}"#);
    let answer: Json = serde_json::from_slice(&one(&["--on", "2026-11-01", "--json"], &wrapped).stdout).unwrap();
    assert_eq!(benefit(&answer, "N20-6-SV")["amount"], 540_000);
    let answer: Json = serde_json::from_slice(&one(&["--json"], &wrapped).stdout).unwrap();
    assert_eq!(answer["on"], "2023-05-01");
}

#[test]
fn bad_input_leaves_standard_output_empty() {
    for (on, facts) in [
        ("2026-11-01", r#"{"colour":1}"#),
        ("2026-11-01", r#"{"age_at_death_note":"x"}"#),
        ("2026-11-01", r#"{"age_months":"400"}"#),
        ("2026-11-01", r#"{"age_months":-1}"#),
        ("2026-11-01", r#"{"household_poverty":"rich"}"#),
        ("2026-11-01", r#"{"on":"2026-11-01","age_months":4}"#),
        ("2026-11-01", r#"{"on":"01/11/2026","facts":{}}"#),
        ("2026-11-01", r#"{"on":20261101,"facts":{}}"#),
        ("2026-11-01", r#"{"facts":[]}"#),
        ("2026-11-01", "[]"),
        ("2026-11-01", "{"),
        ("2026-02-29", SEVERE),
        ("2026-1-1", SEVERE),
        ("2026-11", SEVERE),
    ] {
        let output = one(&["--on", on, "--json"], facts);
        assert_eq!(output.status.code(), Some(2), "{on} {facts}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{on} {facts}");
    }
    assert_eq!(one(&["--json"], SEVERE).status.code(), Some(2), "without any date");
    let absent = run(&["--on", "2026-11-01", "--json", "--facts", "/absent/facts.json"], "");
    assert_eq!((absent.status.code(), absent.stdout.len()), (Some(2), 0));
    assert!(!Path::new("/absent").exists());
}

#[test]
fn lines_are_answered_in_order_and_bad_ones_on_their_line() {
    let input =
        "{\"age_months\":3}\n{\"age\":3}\nnot json\n\n{\"on\":\"2023-05-01\",\"facts\":{}}\n{\"on\":\"x\",\"facts\":{}}\n{}";
    let (answers, exit) = lines(&["--on", "2026-11-01", "--json"], input);
    assert_eq!(exit, Some(2));
    let dates: Vec<&Json> = answers.iter().map(|answer| &answer["on"]).collect();
    assert_eq!(
        dates,
        [&json!("2026-11-01"), &Json::Null, &Json::Null, &Json::Null, &json!("2023-05-01"), &Json::Null, &json!("2026-11-01")]
    );
    for at in [1, 2, 3, 5] {
        assert!(answers[at]["error"].is_string());
    }
    let (answers, exit) = lines(&["--on", "2026-11-01", "--json"], "{}\n{}\n");
    assert_eq!((answers.len(), exit), (2, Some(0)));
    assert_eq!(lines(&["--on", "2026-11-01", "--json"], ""), (Vec::new(), Some(0)));
}

#[test]
fn thousands_of_lines_are_answered() {
    let input: String = (0..2000).map(|months| format!("{{\"age_months\":{months}}}\n")).collect();
    let (answers, exit) = lines(&["--on", "2026-11-01", "--json"], &input);
    assert_eq!((answers.len(), exit), (2000, Some(0)));
    assert_eq!(benefit(&answers[191], "N335-6-SV")["status"], "not_entitled");
    assert_eq!(benefit(&answers[192], "N335-6-SV")["status"], "undetermined");
}

#[test]
fn without_json_the_answer_is_vietnamese() {
    let output = one(&["--on", "2026-11-01"], SEVERE);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("N335-6-SV Người khuyết tật nặng: 810.000 đ một tháng"), "{text}");
    assert!(text.contains("Cần biết:") && text.contains("Thẻ bảo hiểm y tế: có"), "{text}");
}
