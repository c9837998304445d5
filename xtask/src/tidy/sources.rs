//! What must not stand in a source file: each rule with the places where it may.

use std::fs;
use std::path::Path;

use super::Findings;
use super::rust_text::{self, RustText};
use crate::tree;

const LONG: usize = 450;
const RUST: &[&str] = &["crates", "server", "src-tauri", "tests", "xtask"];
/// Their standard output is their answer to a person.
const SPEAKING: &[&str] = &["crates/ansinh/", "xtask/", "server/src/main.rs", "server/src/admin", "tests/"];
const CLOCKS: &[&str] = &["xtask/", "tests/"];
const SQL_OWNERS: &[&str] = &["crates/store/", "server/src/db", "xtask/", "tests/"];
const PURE: &[&str] = &["crates/domain/src/", "crates/entitlements/src/", "crates/sync/src/"];
const OUTSIDE: &[&str] =
    &["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now", "getrandom", "rand::"];

/// Reads every source file of ours.
pub fn check(findings: &mut Findings) {
    let root = tree::root();
    for folder in RUST {
        for path in tree::files(&root.join(folder), &[".rs"]) {
            rust(&path, findings);
        }
    }
    for folder in ["crates", "server"] {
        for path in tree::files(&root.join(folder), &[".sql"]) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            sql(&tree::shown(&path), &without_remarks(&text), findings);
        }
    }
    for path in tree::files(&root.join("ui/src"), &[".ts", ".svelte"]) {
        interface(&path, findings);
    }
}

fn rust(path: &Path, findings: &mut Findings) {
    let Ok(source) = fs::read_to_string(path) else {
        return;
    };
    let name = tree::shown(path);
    if !source.trim_start().starts_with("//!") {
        findings.broken(format!("{name}: a module begins with //! and says what it owes its callers"));
    }
    length(&name, &source, findings);
    let testing =
        name.contains("/tests/") || name.starts_with("tests/") || name.ends_with("/tests.rs") || name.contains("/benches/");
    if testing {
        return;
    }
    let RustText { code, strings } = rust_text::split(&source);
    let within = |places: &[&str]| places.iter().any(|place| name.starts_with(place));
    let mut forbid = |words: &[&str], why: &str| {
        for (at, line) in code.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| stands_alone(line, word)) {
                findings.broken(format!("{name}:{}: {word}: {why}", at + 1));
            }
        }
    };
    if !within(SPEAKING) {
        forbid(&["println!", "print!", "eprintln!", "eprint!"], "only the programs for a terminal speak to it; others log");
    }
    if !within(CLOCKS) && !name.ends_with("clock.rs") {
        forbid(&["Utc::now", "Local::now", "SystemTime::now"], "time comes from the clock that is handed in");
    }
    if within(PURE) {
        forbid(OUTSIDE, "domain, entitlements and sync do no input or output; time and chance are handed in");
    }
    for (line, text) in strings {
        let place = format!("{name}:{line}");
        if !name.starts_with("xtask/") {
            sql(&place, &text, findings);
        }
        if is_sql(&text) && !within(SQL_OWNERS) {
            findings.broken(format!("{place}: SQL belongs in store or server/src/db"));
        }
        if text.chars().any(vietnamese) && !name.starts_with("crates/domain/src/text") {
            findings.broken(format!("{place}: text for people belongs in assets/messages"));
        }
    }
}

fn sql(place: &str, text: &str, findings: &mut Findings) {
    let words: Vec<String> = text.split_whitespace().map(str::to_uppercase).collect();
    for (at, word) in words.iter().enumerate() {
        let after = |words_on: usize| words.get(at + words_on).map_or("", String::as_str);
        if word == "SELECT" && (after(1) == "*" || after(1).starts_with("*,")) {
            findings.broken(format!("{place}: SELECT *: list the columns"));
        }
        let search_table = after(4).contains("FTS") || after(4).contains("SEARCH");
        if word == "INSERT" && after(1) == "OR" && after(2) == "REPLACE" && !search_table {
            findings.broken(format!("{place}: INSERT OR REPLACE: use ON CONFLICT … DO UPDATE"));
        }
    }
}

fn interface(path: &Path, findings: &mut Findings) {
    let Ok(source) = fs::read_to_string(path) else {
        return;
    };
    let name = tree::shown(path);
    if !name.starts_with("ui/src/bindings") {
        length(&name, &source, findings);
    }
    if source.contains("@tauri-apps/") && !name.starts_with("ui/src/host") {
        findings.broken(format!("{name}: only ui/src/host imports @tauri-apps"));
    }
}

fn length(name: &str, source: &str, findings: &mut Findings) {
    let lines = source.lines().count();
    if lines > LONG {
        findings.notes.push(format!("{name} has {lines} lines: what second thing has moved in?"));
    }
}

/// Whether `word` stands in `line` and is not the end of a longer word.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA "].iter().any(|word| text.starts_with(word))
        || (text.starts_with("UPDATE ") && text.contains(" SET "))
}

fn without_remarks(sql: &str) -> String {
    sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Letters that Vietnamese has and English has not, and the marks of decomposed text.
fn vietnamese(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{1b0}' | '\u{300}'..='\u{323}' | '\u{1ea0}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::{Findings, sql, stands_alone, vietnamese};

    #[test]
    fn whole_rows_and_replacing_are_found_outside_search_tables() {
        let found = |text: &str| {
            let mut findings = Findings::default();
            sql("here", text, &mut findings);
            findings.broken.len()
        };
        assert_eq!(found("SELECT *\n FROM person"), 1);
        assert_eq!(found("SELECT count(*) FROM person"), 0);
        assert_eq!(found("INSERT OR REPLACE INTO person(id) VALUES (?1)"), 1);
        assert_eq!(found("INSERT OR REPLACE INTO person_fts(rowid) VALUES (?1)"), 0);
    }

    #[test]
    fn a_longer_word_is_another_word() {
        assert!(stands_alone("    println!(\"\")", "println!"));
        assert!(!stands_alone("    eprintln!(\"\")", "println!"));
    }

    #[test]
    fn vietnamese_letters_are_known_and_typographic_marks_are_not() {
        assert!("đăâêôơưĐỆỹò".chars().all(vietnamese));
        assert!(!"abc … – × ÷ § ·".chars().any(vietnamese));
    }
}
