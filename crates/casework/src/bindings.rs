//! The TypeScript that the UI compiles against, and the reference page of commands, made from the one list.
//!
//! The files are committed; a test finds them stale.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use domain::{ValueType, codes, registry};
use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::{COMMANDS, types};
use crate::with_commands;

const HEAD: &str = "// Made by `./x codegen` from the list of commands. Do not edit.\n\n";

/// File name under `ui/src/bindings` → text.
#[must_use]
pub fn typescript() -> BTreeMap<&'static str, String> {
    BTreeMap::from([("commands.ts", commands()), ("registry.ts", kinds())])
}

struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only declared types have an output path; the others (strings, lists) are written in place.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.by_name.insert(T::ident(&self.config), format!("{docs}export {}\n", T::decl(&self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

macro_rules! visit_all {
    ($($name:ident($request:ident) -> $answer:ident, $need:ident, $capability:ident;)+) => {
        fn visit_all(declarations: &mut Declarations) {
            $( declarations.visit::<types::$request>(); declarations.visit::<types::$answer>(); )+
            declarations.visit::<crate::problem::Problem>();
        }
    };
}
with_commands!(visit_all);

fn commands() -> String {
    let mut declarations = Declarations { config: Config::default(), seen: HashSet::new(), by_name: BTreeMap::new() };
    visit_all(&mut declarations);
    let mut out = String::from(HEAD);
    out += "/** The value of a column: number, yes or no, text, set of codes, or nothing. */\n";
    out += "export type FieldValue = number | boolean | string | string[] | null;\n\n";
    for declaration in declarations.by_name.values() {
        out += declaration;
        out.push('\n');
    }
    out += "/** Every command: its request and its answer. */\nexport interface Commands {\n";
    for command in COMMANDS {
        let _ = writeln!(out, "  {}: {{ request: {}; answer: {} }};", command.name, command.request, command.answer);
    }
    out += "}\n";
    out
}

/// Kinds, columns and code lists as the generic forms need them.
fn kinds() -> String {
    let mut out = String::from(HEAD);
    out += "/** Type of a column's values. */\nexport interface ColumnType {\n  type: 'int' | 'bool' | 'text' | 'date' | 'partial_date' | 'month' | 'decimal' | 'ref' | 'code' | 'set';\n  max?: number;\n  list?: string;\n}\n\n";
    out += "/** A column of a kind and the field it belongs to. */\nexport interface ColumnOf extends ColumnType {\n  name: string;\n  fid: number;\n}\n\n";
    out += "/** Columns of each kind, in order. */\nexport const kinds: Record<string, ColumnOf[]> = {\n";
    for kind in registry::KINDS {
        let _ = writeln!(out, "  {}: [", kind.name);
        for field in kind.fields {
            for column in field.columns {
                let ty = match column.ty {
                    ValueType::Int => "type: 'int'".to_owned(),
                    ValueType::Bool => "type: 'bool'".to_owned(),
                    ValueType::Text { max } => format!("type: 'text', max: {max}"),
                    ValueType::Date => "type: 'date'".to_owned(),
                    ValueType::PartialDate => "type: 'partial_date'".to_owned(),
                    ValueType::Month => "type: 'month'".to_owned(),
                    ValueType::Decimal => "type: 'decimal'".to_owned(),
                    ValueType::Ref => "type: 'ref'".to_owned(),
                    ValueType::Code(list) => format!("type: 'code', list: '{list}'"),
                    ValueType::Set(list) => format!("type: 'set', list: '{list}'"),
                };
                let _ = writeln!(out, "    {{ name: '{}', fid: {}, {ty} }},", column.name, field.fid);
            }
        }
        out += "  ],\n";
    }
    out += "};\n\n/** A code and its words. */\nexport interface CodeRow {\n  code: string;\n  vi: string;\n  en: string;\n}\n\n";
    out += "/** Code lists by name, in their official order. */\nexport const codeLists: Record<string, CodeRow[]> = {\n";
    for name in codes::names() {
        let _ = writeln!(out, "  {name}: [");
        for row in codes::list(name) {
            let en = if row.en.is_empty() { &row.vi } else { &row.en };
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            let _ = writeln!(out, "    {{ code: {}, vi: {}, en: {} }},", quoted(&row.code), quoted(&row.vi), quoted(en));
        }
        out += "  ],\n";
    }
    out += "};\n";
    out
}

/// `docs/commands.md`: every command with what it asks of the worker.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from("# Commands\n\nMade by `./x codegen` from the one list in `crates/casework/src/commands.rs`.\n\n");
    out += "| command | capability | needs | request | answer |\n|---|---|---|---|---|\n";
    for command in COMMANDS {
        let _ = writeln!(
            out,
            "| `{}` | {} | {:?} | `{}` | `{}` |",
            command.name, command.capability, command.need, command.request, command.answer
        );
    }
    out
}
