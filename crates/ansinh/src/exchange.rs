//! Lists in and out.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use casework::commands::types::{FileMade, ImportRequest, SheetRead};
use casework::exchange::{ExchangeHousehold, ExchangeMember};
use casework::imports::{ReadList, ReadProblem, take_list, try_list};
use domain::Level;
use serde_json::{Value as Json, json};

use crate::arguments::Arguments;
use crate::desk;
use crate::exit::{Failure, WITH_PROBLEMS};
use crate::say::{Say, own, shared};

/// Takes in a list without questions. Exit code 3 where a cell was not taken as it stood.
pub fn import(arguments: &Arguments, say: &Say, file: &Path, dry_run: bool) -> Result<u8, Failure> {
    let desk = desk::sign_in(arguments)?;
    if !file.is_file() {
        return Err(Failure::bad_input("bad_file", vec![("path", file.display().to_string())]));
    }
    let busy = say.busy("importing");
    let read: SheetRead = desk::read(desk.call("read_sheet", json!({ "path": file, "name": null, "bytes": null }))?)?;
    let request = ImportRequest { file: read.file, ..ImportRequest::default() };
    let number = |count: u32| count.to_string();
    let (list, result, told) = if dry_run {
        let (list, plan) = try_list(&desk, &request)?;
        let said = [("households", number(plan.households)), ("people", number(plan.people)), ("known", number(plan.known))];
        let result = json!({ "households": plan.households, "people": plan.people, "known": plan.known });
        (list, ("dry_run", result), own("dry_run", &said))
    } else {
        drop(busy);
        let bar = say.bar("writing");
        let progress = |done: u32, total: u32| {
            bar.set_length(u64::from(total));
            bar.set_position(u64::from(done));
        };
        let (list, done) = take_list(&desk, &request, &progress)?;
        bar.finish_and_clear();
        let (households, people, changed) = (number(done.households), number(done.people), number(done.changed));
        let said = [("households", households), ("people", people), ("changed", changed), ("import", done.import.clone())];
        let result = json!({
            "import": done.import, "households": done.households, "people": done.people, "changed": done.changed,
        });
        (list, ("imported", result), own("imported", &said))
    };
    let mut shape = as_json(&list);
    if let Some(shape) = shape.as_object_mut() {
        shape.insert(result.0.to_owned(), result.1);
    }
    say.json(&shape);
    say.line(&told);
    for problem in list.problems.iter().filter(|problem| problem.level != Level::Info) {
        let place = [
            ("sheet", problem.sheet.clone()),
            ("row", problem.row.to_string()),
            ("column", problem.column.clone()),
            ("message", sentence(problem)),
        ];
        say.line(&own("problem_at", &place));
    }
    let is_clean = list.problems.iter().all(|problem| problem.level == Level::Info);
    Ok(if is_clean { 0 } else { WITH_PROBLEMS })
}

fn kind_of(problem: &ReadProblem) -> String {
    serde_json::to_value(problem.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

fn sentence(problem: &ReadProblem) -> String {
    let mut params = problem.params.clone();
    params.insert("read".into(), problem.read.clone());
    shared(&format!("import.problem.{}", kind_of(problem)), &params)
}

fn as_json(list: &ReadList) -> Json {
    let households: Vec<Json> = list
        .households
        .iter()
        .map(|household| {
            let shape = ExchangeHousehold {
                key: Some(household.key.clone()),
                village: household.village.clone(),
                address: household.address.clone(),
                poverty_class: household.poverty_class.clone(),
                members: household.members.iter().map(ExchangeMember::from_list).collect(),
            };
            let mut shape = json!(shape);
            let members = shape["members"].as_array_mut().into_iter().flatten().zip(&household.members);
            for (shape, member) in members {
                shape["row"] = json!(member.row);
                if let Some(written) = &member.original_name {
                    shape["original_name"] = json!(written);
                }
            }
            shape["sheet"] = json!(household.sheet);
            shape["row"] = json!(household.first_row);
            shape
        })
        .collect();
    let problem = |problem: &ReadProblem| {
        json!({
            "sheet": problem.sheet, "row": problem.row, "column": problem.column, "heading": problem.heading,
            "read": problem.read, "kind": kind_of(problem), "level": problem.level, "message": sentence(problem),
        })
    };
    let problems: Vec<Json> = list.problems.iter().map(problem).collect();
    json!({ "households": households, "problems": problems })
}

/// Writes the register by the file's ending; JSON on standard output without one. A register that a newer program wrote is
/// read as it is.
pub fn export(arguments: &Arguments, say: &Say, output: Option<&Path>, reason: Option<&str>) -> Result<u8, Failure> {
    let desk = desk::sign_in_to_read(arguments)?;
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let format = match (output, ending.as_deref()) {
        (None, _) | (Some(_), Some("json")) => "json",
        (Some(_), Some("xlsx")) => "xlsx",
        (Some(path), _) => return Err(Failure::bad_input("bad_file", vec![("path", path.display().to_string())])),
    };
    let reason = reason.map_or_else(|| own("reason", &[]), str::to_owned);
    let request = json!({ "format": format, "path": output, "reason": reason, "filter": {} });
    let made: FileMade = desk::read(desk.call("export_register", request)?)?;
    match made.bytes.and_then(|bytes| STANDARD.decode(bytes).ok()) {
        Some(bytes) => {
            let value: Json = serde_json::from_slice(&bytes).map_err(|_| casework::Problem::new(casework::Code::Unexpected))?;
            say.value(&value);
        }
        None => {
            let path = made.path.unwrap_or_default();
            say.done(&json!({ "path": path }), "exported", &[("path", path.clone())]);
        }
    }
    Ok(0)
}
