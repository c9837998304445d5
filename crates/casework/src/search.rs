//! Search as one types, and what was opened last.

use store::{Found, FoundKind};

use crate::commands::types::{NoteOpened, Nothing, Search, SearchResults};
use crate::host::{Host, author};
use crate::problem::Result;
use crate::views::search::SearchResult;

/// Results at once.
const MOST: u32 = 100;
/// Records remembered as opened last.
const RECENT: usize = 12;

/// The best results for what was typed.
pub fn search(host: &dyn Host, req: Search) -> Result<SearchResults> {
    let open = host.session().open()?;
    let limit = req.limit.min(MOST) as usize;
    let found = open.store.read(|view| view.search(&req.text, limit))?;
    Ok(SearchResults { results: found.into_iter().map(result).collect() })
}

fn result(found: Found) -> SearchResult {
    SearchResult {
        kind: match found.kind {
            FoundKind::Person => "person",
            FoundKind::Household => "household",
            FoundKind::Village => "village",
        }
        .to_owned(),
        id: found.id,
        full_name: found.name,
        birth: found.birth.map(|birth| birth.to_string()),
        village: found.village.unwrap_or_default(),
        household_id: found.household,
        code: found.household_code,
    }
}

fn setting(uid: u32) -> String {
    format!("recent.{uid}")
}

/// Remembers a record as opened last, inside the store.
pub fn note_opened(host: &dyn Host, req: NoteOpened) -> Result<Nothing> {
    let open = host.session().open()?;
    let name = setting(open.account.uid);
    open.store.write(author(host, open.account.uid), |tx| {
        let mut ids = read(tx.find_setting(&name)?.as_deref());
        ids.retain(|id| *id != req.id);
        ids.insert(0, req.id);
        ids.truncate(RECENT);
        let text: Vec<String> = ids.iter().map(ToString::to_string).collect();
        tx.set_setting(&name, Some(&text.join(" ")))
    })?;
    Ok(Nothing {})
}

fn read(text: Option<&str>) -> Vec<domain::RecordId> {
    text.unwrap_or_default().split(' ').filter_map(|id| id.parse().ok()).collect()
}

/// What this worker opened last, newest first.
pub fn list_recent(host: &dyn Host, _: Nothing) -> Result<SearchResults> {
    let open = host.session().open()?;
    let found = open.store.read(|view| {
        let ids = read(view.find_setting(&setting(open.account.uid))?.as_deref());
        ids.into_iter().filter_map(|id| view.find_as_found(id).transpose()).collect::<store::Result<Vec<Found>>>()
    })?;
    Ok(SearchResults { results: found.into_iter().map(result).collect() })
}
