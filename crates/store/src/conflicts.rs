//! Conflicts (mâu thuẫn): fields that two people wrote without having seen each other's value.
//!
//! Owes its callers: all values with author and time, none preselected. Resolving is an ordinary change by somebody who has
//! seen all heads ([`crate::Tx::change_now`]); a record that one deleted and another edited is settled by
//! [`crate::Tx::restore`] or by deleting it again.
//! Would surprise: of what is specially protected a plain sight learns only that there is a conflict, not where.

use domain::registry::{self, LIFE};
use domain::{Kind, RecordId, Value};
use rusqlite::Connection;
use sync::{Dot, Head};

use crate::authors::{AuthorName, Authors};
use crate::error::Result;
use crate::open::View;
use crate::records::merged::all_of;
use crate::records::state::{self, Loaded};
use crate::records::{Sight, is_protected};

/// One of the values of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The op that wrote it.
    pub dot: Dot,
    /// The values of the field's columns; none where it says that the record is deleted, or was edited meanwhile.
    pub values: Vec<Option<Value>>,
    /// Whether it says that the record is deleted.
    pub is_deletion: bool,
    /// Who.
    pub author: AuthorName,
    /// When.
    pub at_ms: i64,
    /// Whether it is the one shown for now.
    pub is_shown: bool,
}

/// A field in conflict.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: &'static Kind,
    /// The record it is a child of.
    pub parent: Option<RecordId>,
    /// Name or label of the record or of its parent.
    pub title: String,
    /// The field; life where one deleted what another edited.
    pub fid: u16,
    /// Its values, by device and counter.
    pub sides: Vec<Side>,
}

/// Conflicts.
#[derive(Debug, Clone, Default)]
pub struct ConflictList {
    /// Those that may be seen.
    pub conflicts: Vec<Conflict>,
    /// How many more there are in what is specially protected.
    pub protected: u64,
}

impl View<'_> {
    /// All conflicts, in the order of the records.
    pub fn list_conflicts(&self, sight: Sight) -> Result<ConflictList> {
        let sql = "SELECT rid FROM rec WHERE nconf > 0 ORDER BY lid";
        self.conflicts_in(sql, rusqlite::params![], sight)
    }

    /// The conflicts of a record, of those given up for it, and of their children.
    pub fn list_conflicts_of(&self, id: RecordId, sight: Sight) -> Result<ConflictList> {
        let sql =
            concat!("SELECT rid FROM rec WHERE nconf > 0 AND (rid IN ", all_of!(), " OR parent IN ", all_of!(), ") ORDER BY lid");
        self.conflicts_in(sql, rusqlite::params![id.0], sight)
    }

    fn conflicts_in(&self, sql: &str, parameters: impl rusqlite::Params, sight: Sight) -> Result<ConflictList> {
        let connection = self.connection();
        let authors = self.authors()?;
        let mut statement = connection.prepare_cached(sql)?;
        let rids: Vec<[u8; 16]> = statement.query_map(parameters, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut list = ConflictList::default();
        for rid in rids {
            let Some(loaded) = state::find(connection, RecordId(rid))? else { continue };
            let Some(kind) = registry::kind(loaded.state.kind) else { continue };
            collect(connection, &authors, &loaded, kind, sight, &mut list)?;
        }
        Ok(list)
    }
}

fn collect(
    connection: &Connection,
    authors: &Authors,
    loaded: &Loaded,
    kind: &'static Kind,
    sight: Sight,
    list: &mut ConflictList,
) -> Result<()> {
    let state = &loaded.state;
    let mut fields = state.conflicts();
    if state::is_half_deleted(state) && !fields.contains(&LIFE) {
        fields.insert(0, LIFE);
    }
    for fid in fields {
        let field = kind.field(fid);
        let shown = state.shown(fid).map(|head| head.dot);
        let mut sides: Vec<Side> = state
            .heads_of(fid)
            .iter()
            .map(|head| Side {
                is_deletion: fid == LIFE && head.value.as_deref().is_some_and(sync::value::is_deletion),
                values: field
                    .map_or_else(Vec::new, |field| sync::value::decode_field(field, head.value.as_deref()).unwrap_or_default()),
                ..side(authors, head, shown)
            })
            .collect();
        if fid == LIFE && state::is_half_deleted(state) {
            // The newest edit that the deletion had not seen stands on the other side.
            let deletion = state.shown(LIFE);
            let seen = |head: &Head| {
                let ctx = deletion.and_then(|life| life.ctx.as_ref());
                ctx.and_then(|ctx| ctx.get(&head.dot.dno)).is_some_and(|dseq| head.dot.dseq <= *dseq)
            };
            let edits = state.heads.iter().filter(|(fid, _)| **fid != LIFE).flat_map(|(_, heads)| heads);
            let newest = edits.filter(|head| !seen(head)).max_by_key(|head| (head.eff, head.dot));
            sides.extend(newest.map(|head| side(authors, head, None)));
        }
        let is_hidden = sight == Sight::Plain
            && (kind.restricted || field.is_some_and(|field| sides.iter().any(|side| is_protected(kind, field, &side.values))));
        if is_hidden {
            list.protected += 1;
            continue;
        }
        list.conflicts.push(Conflict {
            record: state.rid,
            kind,
            parent: state.parent,
            title: title(connection, state.rid)?,
            fid,
            sides,
        });
    }
    Ok(())
}

fn side(authors: &Authors, head: &Head, shown: Option<Dot>) -> Side {
    Side {
        dot: head.dot,
        values: Vec::new(),
        is_deletion: false,
        author: authors.name(head.dot.dno, head.uid),
        at_ms: head.eff,
        is_shown: shown == Some(head.dot),
    }
}

/// The name of a person or village, the label of a household; of a child that of its parent.
fn title(connection: &Connection, id: RecordId) -> Result<String> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(p.full_name, h.code, v.name, w.name) FROM rec AS r \
         LEFT JOIN person AS p ON p.lid = r.lid LEFT JOIN household AS h ON h.lid = r.lid \
         LEFT JOIN village AS v ON v.lid = r.lid LEFT JOIN worker AS w ON w.lid = r.lid \
         WHERE r.rid = ?1 OR r.rid = (SELECT parent FROM rec WHERE rid = ?1) \
         ORDER BY r.rid = ?1 DESC",
    )?;
    let titles = statement.query_map([id.0], |row| row.get::<_, Option<String>>(0))?;
    let titles: Vec<Option<String>> = titles.collect::<rusqlite::Result<_>>()?;
    Ok(titles.into_iter().flatten().next().unwrap_or_default())
}
