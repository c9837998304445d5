//! Who is entitled to what, from facts in a file: needs no register. The contract is in `docs/ansinh.md`.
//!
//! Bad input is told on standard error and leaves standard output empty, also with `--json`; in a stream of lines it is
//! told on its line, and the other lines go on.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

use chrono::NaiveDate;
use domain::PartialDate;
use entitlements::{AnswerJson, FactFault, Facts, PolicySet, Rules};
use serde_json::{Value as Json, json};

use crate::arguments::Arguments;
use crate::exit::{BAD_INPUT, Failure};
use crate::plain;
use crate::say::own;

/// Answers from one file, or from lines of standard input.
pub fn from_facts(arguments: &Arguments, on: Option<&str>, file: &Path) -> Result<u8, Failure> {
    let mut desk = match on.map(date).transpose() {
        Ok(on) => Desk { set: PolicySet::embedded(), on, rules: BTreeMap::new(), json: arguments.json },
        Err(why) => return Ok(refuse(&why)),
    };
    if file == Path::new("-") { lines(&mut desk) } else { one(&mut desk, file) }
}

fn one(desk: &mut Desk, file: &Path) -> Result<u8, Failure> {
    let Ok(text) = std::fs::read(file) else {
        return Ok(refuse(&own("bad_file", &[("path", file.display().to_string())])));
    };
    let mut out = Vec::new();
    match desk.answer(&text, &mut out) {
        Ok(()) => {
            // A reader that went away is no failure.
            let _ = std::io::stdout().write_all(&out);
            Ok(0)
        }
        Err(why) => Ok(refuse(&why)),
    }
}

fn lines(desk: &mut Desk) -> Result<u8, Failure> {
    let mut input = BufReader::with_capacity(1 << 16, std::io::stdin().lock());
    let mut output = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let (mut line, mut answer, mut exit) = (Vec::new(), Vec::new(), 0);
    loop {
        line.clear();
        answer.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => return Ok(refuse(&own("bad_file", &[("path", "-".to_owned())]))),
        }
        if let Err(why) = desk.answer(&line, &mut answer) {
            exit = BAD_INPUT;
            answer.clear();
            answer.extend(json!({ "error": why }).to_string().bytes().chain([b'\n']));
        }
        // Whoever asks line by line reads each answer before the next question.
        let sent = output.write_all(&answer).and_then(|()| if input.buffer().is_empty() { output.flush() } else { Ok(()) });
        if sent.is_err() {
            return Ok(exit);
        }
    }
    let _ = output.flush();
    Ok(exit)
}

fn refuse(why: &str) -> u8 {
    let _ = writeln!(std::io::stderr(), "{why}");
    BAD_INPUT
}

/// The rules of the dates asked so far.
struct Desk {
    set: &'static PolicySet,
    on: Option<NaiveDate>,
    rules: BTreeMap<NaiveDate, Rules<'static>>,
    json: bool,
}

impl Desk {
    /// Writes the answer to one question and a line break; on an error the sentence that says why.
    fn answer(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        let question: Json = serde_json::from_slice(text).map_err(|_| own("bad_json", &[]))?;
        let (on, facts) = read(&question)?;
        let on = on.or(self.on).ok_or_else(|| own("no_date", &[]))?;
        let set = self.set;
        let rules = self.rules.entry(on).or_insert_with(|| set.on(on));
        if self.json {
            AnswerJson::new(rules, &facts).write(out);
        } else {
            out.extend_from_slice(plain::answer(rules, &facts).as_bytes());
        }
        out.push(b'\n');
        Ok(())
    }
}

/// The date of the question, where it has one, and its facts.
fn read(question: &Json) -> Result<(Option<NaiveDate>, Facts), String> {
    let object = question.as_object().ok_or_else(|| own("facts_no_object", &[]))?;
    let (on, facts) = match object.get("facts") {
        None => (None, object),
        Some(facts) => {
            let facts = facts.as_object().ok_or_else(|| own("facts_no_object", &[]))?;
            let on = object.get("on").map(|on| on.as_str().map_or_else(|| date(&on.to_string()), date));
            (on.transpose()?, facts)
        }
    };
    let facts = Facts::from_json(facts).map_err(|faults| {
        let sentences: Vec<String> = faults.iter().map(|(name, fault)| sentence(name, *fault)).collect();
        sentences.join("; ")
    })?;
    Ok((on, facts))
}

fn sentence(name: &str, fault: FactFault) -> String {
    let name = ("name", name.to_owned());
    match fault {
        FactFault::Unknown => own("fact_unknown", &[name]),
        FactFault::WrongType { .. } => own("fact_wrong_type", &[name]),
        FactFault::Negative { .. } => own("fact_negative", &[name]),
        FactFault::TooLarge { .. } => own("fact_too_large", &[name]),
        FactFault::NotListed { fact } => own("fact_not_listed", &[name, ("codes", fact.ty().codes().join(", "))]),
    }
}

fn date(text: &str) -> Result<NaiveDate, String> {
    match text.parse() {
        Ok(PartialDate::Day(day)) => Ok(day),
        _ => Err(own("bad_date", &[("date", text.to_owned())])),
    }
}
