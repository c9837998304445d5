//! The main job without a window: a list comes in, a household is registered, found, sent, and seen at the province.

use std::fs;

use serde_json::Value;

use super::sample::Sample;
use crate::progress::{Failure, Outcome, Progress};
use crate::tree;

/// The head of `assets/sample/household.json`, as a hurried person types her.
const HEAD: &str = "dinh thi uoc";

/// Each step says what came of it; the first that does not fails the run.
pub fn main_job(progress: &mut Progress, sample: &Sample) -> Outcome {
    let list = tree::root().join("assets/sample/list.csv");
    let form = tree::root().join("assets/sample/household.json");
    let (list, form) = (list.display().to_string(), form.display().to_string());

    let imported = sample.folder().join("imported");
    if imported.exists() {
        println!("  the sample list was imported by an earlier run");
    } else {
        let answer = progress.own("import the sample list", || sample.ansinh(&["import", &list]))?;
        println!(
            "  {} households imported, {} cells not taken as they stood",
            length(&answer["households"]),
            length(&answer["problems"])
        );
        fs::write(imported, "")?;
    }

    let added = progress.own("register a household", || sample.ansinh(&["household", "add", "--file", &form]))?;
    let id = text(&added["id"])?;
    println!("  household {id} with {} people", length(&added["member_ids"]));

    let found = progress.own("find it without diacritics", || sample.ansinh(&["search", HEAD, "--limit", "200"]))?;
    let hit = found["results"].as_array().into_iter().flatten().find(|hit| hit["household_id"] == id || hit["id"] == id);
    let hit = hit.ok_or_else(|| Failure::new(format!("{HEAD:?} does not find household {id}: {found}")))?;
    println!("  {HEAD:?} finds {} of {}", text(&hit["full_name"])?, hit["village"]);

    let sent = progress.own("sync", || sample.ansinh(&["sync"]))?;
    println!(
        "  sent {}, received {}, waiting {}, digests agree at {}",
        sent["sent"], sent["received"], sent["waiting"], sent["verified_at"]
    );

    let there = progress.own("show it at the province", || sample.admin(&["household", "find", HEAD]))?;
    if !there.to_string().contains(&id) {
        return Err(Failure::new(format!("the province does not show household {id}: {there}")));
    }
    println!("  the province has household {id}");

    sample.explain();
    println!("done in {}", progress.elapsed());
    Ok(())
}

fn length(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

fn text(value: &Value) -> Outcome<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| Failure::new(format!("a text was expected, not {value}")))
}
