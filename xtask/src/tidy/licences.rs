//! Every licence in the two lock files is one we know and can live with.

use serde_json::Value;

use super::{Findings, arrows};
use crate::tree;

const KNOWN: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
    "blessing",
];

/// Packages whose lock entry names no licence; read in their own LICENSE file.
const READ: &[(&str, &str)] = &[("node_modules/svelte-toolbelt", "MIT")];

/// Reads `cargo metadata` and the npm lock files.
pub fn check(findings: &mut Findings) {
    match arrows::metadata() {
        Err(error) => findings.broken(error),
        Ok(metadata) => {
            for package in metadata["packages"].as_array().into_iter().flatten() {
                let licence = package["license"].as_str();
                let known = licence.map_or(package["license_file"].is_string(), acceptable);
                if !known {
                    findings.broken(format!("{}: licence {} is not known here", package["name"], licence.unwrap_or("none")));
                }
            }
        }
    }
    for lock in ["ui/package-lock.json", "tests/package-lock.json"] {
        let Ok(text) = std::fs::read_to_string(tree::root().join(lock)) else {
            continue;
        };
        let packages: Value = serde_json::from_str(&text).unwrap_or_default();
        for (name, package) in packages["packages"].as_object().into_iter().flatten() {
            let read = READ.iter().find(|(package, _)| package == name).map(|(_, licence)| *licence);
            let licence = package["license"].as_str().or(read);
            if !name.is_empty() && !licence.is_some_and(acceptable) {
                findings.broken(format!("{lock}: {name}: licence {} is not known here", licence.unwrap_or("none")));
            }
        }
    }
}

/// Whether an SPDX expression can be met: one side of each OR, both sides of each AND. `/` is an old way to write OR.
fn acceptable(expression: &str) -> bool {
    let expression = expression.trim();
    if let Some(inner) = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && !splits_inside(inner)
    {
        return acceptable(inner);
    }
    for (word, any) in [(" OR ", true), ("/", true), (" AND ", false)] {
        let parts = split_outside(expression, word);
        if parts.len() > 1 {
            return if any { parts.iter().any(|part| acceptable(part)) } else { parts.iter().all(|part| acceptable(part)) };
        }
    }
    KNOWN.contains(&expression)
}

/// True where a bracket of `inner` closes before it opens: the outer pair was none.
fn splits_inside(inner: &str) -> bool {
    let mut depth = 0i32;
    inner.chars().any(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0
    })
}

fn split_outside<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && at >= from && text[at..].starts_with(word) => {
                parts.push(&text[from..at]);
                from = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::acceptable;

    #[test]
    fn one_side_of_or_and_both_sides_of_and_must_be_known() {
        for known in
            ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
        {
            assert!(acceptable(known), "{known}");
        }
        for unknown in ["GPL-3.0", "MIT AND GPL-3.0", "(GPL-2.0 OR GPL-3.0) AND (MIT)", ""] {
            assert!(!acceptable(unknown), "{unknown}");
        }
    }
}
