//! The law as the province publishes it: national rows that come with the program, and dated rows of its own.
//!
//! An operator adds rows to a draft; each addition is judged with the whole set, and refused with the row named. Publishing gives
//! the draft the next number and puts it into the province's scope, from where every device takes it. A published set never changes.
//! Would surprise: a set holds the national rows too; see `crates/entitlements/src/publish.rs`.

use std::path::Path;
use std::sync::Arc;

use domain::records;
use domain::registry::Record as _;
use entitlements::{LoadError, PolicySet};
use serde_json::{Value as Json, json};

use crate::admin::AdminAnswer;
use crate::db::{Tx, scopes, settings};
use crate::error::{Error, Result};
use crate::own_ops::{self, NewRecord};
use crate::province::Province;

/// What the province has added and not published yet.
const DRAFT: &str = "policy_draft";
/// What it has published, oldest first: number, rows, hash, time, its own rows.
const PUBLISHED: &str = "policy_published";

/// The published sets and the draft.
pub async fn list(province: &Arc<Province>) -> Result<AdminAnswer> {
    let (published, draft) = province.db.read(|tx| Ok((published(tx)?, find(tx, DRAFT)?))).await?;
    let draft = draft.filter(|draft| published.last().is_none_or(|last| last["additions"] != *draft));
    let national = PolicySet::embedded().version();
    let one =
        |set: &Json| format!("set {}  {} rows  {}", set["version"], set["rows"], set["published_at"].as_str().unwrap_or("-"));
    let mut lines: Vec<String> = published.iter().map(one).collect();
    lines.push(format!("national rows of this program: {national}"));
    lines.extend(draft.iter().map(|draft| format!("not published yet: {}", names(draft).join(", "))));
    let published: Vec<Json> = published
        .iter()
        .map(|set| json!({"version": set["version"], "rows": set["rows"], "hash": set["hash"], "published_at": set["published_at"]}))
        .collect();
    Ok(AdminAnswer { json: json!({"national": national, "published": published, "draft": draft}), text: lines.join("\n") })
}

/// Adds the rows of a file to the draft. A row takes the place of one with the same code, scope and first day.
pub async fn add(province: &Arc<Province>, file: &Path) -> Result<AdminAnswer> {
    let unreadable = |_| Error::Admin { code: "bad_file", message: format!("{} cannot be read", file.display()) };
    let text = std::fs::read(file).map_err(unreadable)?;
    let rows: Json = serde_json::from_slice(&text).map_err(|error| refused("bad_file", &error))?;
    let draft = province
        .db
        .write(move |tx| {
            let set = present(tx)?.with_additions(&rows).map_err(bad_rows)?;
            let draft = set.additions();
            settings::set(tx, DRAFT, draft.to_string().as_bytes())?;
            Ok(draft)
        })
        .await?;
    let names = names(&draft);
    tracing::info!(rows = names.len(), "policy draft");
    Ok(AdminAnswer { text: format!("the draft has {} rows: {}", names.len(), names.join(", ")), json: json!({"draft": draft}) })
}

/// Publishes the draft with the program's national rows under the next number.
pub async fn publish(province: &Arc<Province>) -> Result<AdminAnswer> {
    let (now_ms, sealer) = (province.clock.now_ms(), Arc::clone(&province.sealer));
    let answer = province
        .db
        .write(move |tx| {
            let set = present(tx)?;
            let texts = set.to_texts();
            let hash = sync::published::hash(&texts);
            let mut published = published(tx)?;
            if published.last().is_some_and(|last| last["hash"] == hash) {
                return Err(Error::Admin { code: "nothing_new", message: "the last published set has these rows".to_owned() });
            }
            let version = published.last().and_then(|last| last["version"].as_i64()).unwrap_or(0) + 1;
            own_ops::create(tx, &sealer, scopes::PROVINCE, &as_records(version, &texts, &hash, now_ms)?, now_ms)?;
            let entry =
                json!({"version": version, "rows": texts.len(), "hash": hash, "published_at": crate::admin::shown(now_ms)});
            let mut kept = entry.clone();
            kept["additions"] = set.additions();
            published.push(kept);
            settings::set(tx, PUBLISHED, json!(published).to_string().as_bytes())?;
            Ok(entry)
        })
        .await?;
    tracing::info!(version = answer["version"].as_i64(), "policy set published");
    Ok(AdminAnswer { text: format!("published as set {} with {} rows", answer["version"], answer["rows"]), json: answer })
}

fn as_records(version: i64, texts: &[String], hash: &str, now_ms: u64) -> Result<Vec<NewRecord>> {
    let set = own_ops::new_id(now_ms)?;
    let row_count = i64::try_from(texts.len()).map_err(|_| Error::Unexpected("more rows than a number counts"))?;
    let head = records::PolicySet { version: Some(version), row_count: Some(row_count), hash: Some(hash.to_owned()) };
    let mut all = vec![NewRecord { id: set, parent: None, row: head.to_row() }];
    for text in texts {
        let row = records::PolicyRow { body: Some(text.clone()) };
        all.push(NewRecord { id: own_ops::new_id(now_ms)?, parent: Some(set), row: row.to_row() });
    }
    Ok(all)
}

/// The program's national rows with the draft, or with what was published last.
fn present(tx: &mut dyn Tx) -> Result<PolicySet> {
    let additions = match find(tx, DRAFT)? {
        Some(draft) => draft,
        None => published(tx)?.last().map_or_else(|| json!({}), |last| last["additions"].clone()),
    };
    PolicySet::embedded().with_additions(&additions).map_err(bad_rows)
}

fn published(tx: &mut dyn Tx) -> Result<Vec<Json>> {
    Ok(find(tx, PUBLISHED)?.and_then(|all| all.as_array().cloned()).unwrap_or_default())
}

fn find(tx: &mut dyn Tx, key: &str) -> Result<Option<Json>> {
    let Some(bytes) = settings::find(tx, key)? else { return Ok(None) };
    serde_json::from_slice(&bytes).map(Some).map_err(|_| Error::Stored("the policy rows of the province are not JSON"))
}

fn names(additions: &Json) -> Vec<String> {
    let rows = ["parameters", "benefits", "duties"].into_iter().filter_map(|part| additions[part].as_array()).flatten();
    rows.map(|row| format!("{} ({})", row["code"].as_str().unwrap_or("-"), row["effective_from"].as_str().unwrap_or("-")))
        .collect()
}

fn bad_rows(error: LoadError) -> Error {
    refused("bad_rows", &error)
}

fn refused(code: &'static str, error: &dyn std::error::Error) -> Error {
    Error::Admin { code, message: error.to_string() }
}
