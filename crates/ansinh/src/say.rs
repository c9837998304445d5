//! What is printed: one JSON value for machines, Vietnamese sentences from `assets/messages` for people.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::LazyLock;
use std::time::Duration;

use casework::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value as Json, json};

use crate::exit::{Failure, Why};

type Sentences = BTreeMap<String, String>;

static OWN: LazyLock<Sentences> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../assets/messages/ansinh.vi.json")).unwrap_or_default());
static SHARED: LazyLock<Sentences> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../assets/messages/vi.json")).unwrap_or_default());

/// See [`Say::busy`].
pub struct Busy(ProgressBar);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The printer.
pub struct Say {
    json: bool,
}

/// A sentence with its values put in.
fn fill<'a>(sentence: &str, params: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    params.into_iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// A sentence of this tool.
pub fn own(key: &str, params: &[(&str, String)]) -> String {
    let sentence = OWN.get(key).map_or(key, String::as_str);
    fill(sentence, params.iter().map(|(name, value)| (*name, value.as_str())))
}

/// A sentence that the screens use too; the key where there is none.
pub fn shared(key: &str, params: &BTreeMap<String, String>) -> String {
    let sentence = SHARED.get(key).map_or(key, String::as_str);
    fill(sentence, params.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

impl Say {
    /// A printer for machines (`json`) or people.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// True where progress is worth drawing: a person watches.
    pub fn draws(&self) -> bool {
        !self.json && std::io::stderr().is_terminal()
    }

    /// A sign of life while something goes on that cannot be counted; it goes when it is dropped.
    pub fn busy(&self, key: &str) -> Busy {
        let bar = if self.draws() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.set_message(own(key, &[]));
        bar.enable_steady_tick(Duration::from_millis(120));
        Busy(bar)
    }

    /// A bar for work that can be counted; hidden where nobody watches.
    pub fn bar(&self, key: &str) -> ProgressBar {
        if !self.draws() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(0).with_style(style).with_message(own(key, &[]))
    }

    /// The result: the JSON for machines, the sentence for people.
    pub fn done(&self, value: &Json, key: &str, params: &[(&str, String)]) {
        if self.json { self.json(value) } else { self.line(&own(key, params)) }
    }

    /// A line for people; nothing for machines.
    pub fn line(&self, text: &str) {
        if !self.json {
            print(text);
        }
    }

    /// The JSON, for machines only.
    pub fn json(&self, value: &Json) {
        if self.json {
            print(&serde_json::to_string(value).unwrap_or_default());
        }
    }

    /// Prints the JSON for anybody.
    pub fn value(&self, value: &Json) {
        let text = if self.json { serde_json::to_string(value) } else { serde_json::to_string_pretty(value) };
        print(&text.unwrap_or_default());
    }

    /// Says why a run failed: on standard error for people, on standard output too for machines.
    pub fn failure(&self, failure: &Failure) {
        let (code, text, fields) = match &failure.why {
            Why::Said(key, params) => ((*key).to_owned(), own(key, params), Vec::new()),
            Why::Refusal(problem) => (code_of(problem), refusal(problem), problem.fields.clone()),
        };
        let fields: Vec<Json> = fields
            .into_iter()
            .map(|field| {
                let message = shared(&format!("problem.{}", field.code), &field.params);
                json!({ "path": field.path, "level": field.level, "code": field.code, "message": message })
            })
            .collect();
        self.json(&json!({ "error": { "code": code, "message": text, "fields": fields } }));
        let mut lines = vec![text];
        lines.extend(fields.iter().map(|field| {
            format!("  {}: {}", field["path"].as_str().unwrap_or_default(), field["message"].as_str().unwrap_or_default())
        }));
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
    }
}

fn code_of(problem: &Problem) -> String {
    serde_json::to_value(problem.code).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

fn refusal(problem: &Problem) -> String {
    let text = shared(&format!("refusal.{}", code_of(problem)), &problem.params);
    match &problem.incident {
        Some(incident) => {
            format!("{text} {}", shared("refusal.incident", &BTreeMap::from([("incident".to_owned(), incident.clone())])))
        }
        None => text,
    }
}

fn print(text: &str) {
    // A reader that went away (`| head`) is no failure.
    let _ = writeln!(std::io::stdout(), "{text}");
}
