//! Rules of the house that a machine can check: as `./x tidy`, as a step of `./x test`, and as this crate's tests.
//!
//! A finding fails. A note is only shown: a long file asks a question, it is no fault by itself.

mod arrows;
mod licences;
mod messages;
mod migrations;
mod rust_text;
mod sources;

use crate::codegen;
use crate::progress::{Failure, Outcome};

/// What the checks found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Each breaks a rule.
    pub broken: Vec<String>,
    /// Each is worth a look.
    pub notes: Vec<String>,
}

impl Findings {
    /// Adds a broken rule.
    pub fn broken(&mut self, text: impl Into<String>) {
        self.broken.push(text.into());
    }

    /// Prints notes, and fails with the broken rules.
    pub fn report(self) -> Outcome {
        for note in &self.notes {
            eprintln!("        note: {note}");
        }
        if self.broken.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!("tidy: {} broken\n  {}", self.broken.len(), self.broken.join("\n  "))))
    }
}

/// Every check that needs no build.
pub fn all() -> Findings {
    let mut findings = Findings::default();
    for check in [arrows::check, licences::check, messages::check, messages::check_codes, migrations::check, sources::check] {
        check(&mut findings);
    }
    findings
}

/// `./x tidy [--freeze]`.
pub fn tidy(arguments: &[&str]) -> Outcome {
    match arguments {
        [] => all().report().and_then(|()| codegen::codegen(&["--check"])),
        ["--freeze"] => migrations::freeze(),
        _ => Err(Failure { message: "./x tidy [--freeze]".into(), code: 2 }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Findings, arrows, licences, messages, migrations, sources};

    fn found(check: fn(&mut Findings)) -> Vec<String> {
        let mut findings = Findings::default();
        check(&mut findings);
        findings.broken
    }

    #[test]
    fn crates_depend_only_along_the_arrows() {
        assert_eq!(found(arrows::check), Vec::<String>::new());
    }

    #[test]
    fn every_licence_is_known() {
        assert_eq!(found(licences::check), Vec::<String>::new());
    }

    #[test]
    fn every_text_stands_in_both_languages() {
        assert_eq!(found(messages::check), Vec::<String>::new());
    }

    #[test]
    fn every_problem_code_has_its_sentence() {
        assert_eq!(found(messages::check_codes), Vec::<String>::new());
    }

    #[test]
    fn frozen_migrations_are_unchanged() {
        assert_eq!(found(migrations::check), Vec::<String>::new());
    }

    #[test]
    fn sources_keep_the_rules_of_the_house() {
        assert_eq!(found(sources::check), Vec::<String>::new());
    }
}
