//! Duplicates (trùng lặp): who may be meant while somebody is typed, pairs of the register, two people side by side.
//!
//! Leaves merging to [`crate::merging`], likeness to [`domain::likeness`]. Nothing specially protected is compared or shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use domain::likeness::{HINT, LIKELY, Likeness};
use domain::records::Person;
use domain::registry::{self, Record};
use domain::{RecordId, citizen_id, text};
use store::{Alike, ChangeKind, Page, PersonOrder, Sight, Sketch, Stored, View};

use crate::commands::types::{Comparison, DuplicatePairs, FindSimilar, ListDuplicates, PairRequest, SavedRecord, SimilarPeople};
use crate::convert::record_view;
use crate::host::{Host, author, instant, today};
use crate::people::{memberships, person_row};
use crate::problem::{Code, Problem, Result};
use crate::records::saved;
use crate::views::duplicates::{ComparedPerson, DuplicatePair, KindCount, SimilarPerson};
use crate::views::people::PersonRow;

/// Hints at once: what a tired person reads.
const HINTS: usize = 5;
/// Pairs at once.
const LARGEST_PAGE: u32 = 500;
/// Answers of a search that the list takes in.
const MOST_FOUND: usize = 2000;

/// People of the register who may be the one that is typed, at most five.
pub fn find_similar_people(host: &dyn Host, req: FindSimilar) -> Result<SimilarPeople> {
    let open = host.session().open()?;
    let filled = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    let sketch = Sketch {
        id: req.id,
        names: vec![req.full_name],
        birth: req.birth_date.and_then(|birth| birth.parse().ok()),
        sex: filled(req.sex),
        citizen_id: filled(req.citizen_id).map(|id| citizen_id::tidy(&id)),
        old_id: filled(req.old_id).map(|id| citizen_id::tidy(&id)),
        village: req.village,
        kin: req.kin,
        without: req.without.into_iter().collect(),
    };
    Ok(open.store.read(|view| {
        let found = view.find_similar(&sketch, HINTS)?;
        let mut rows = rows(view, found.iter().map(|found| found.person).collect(), None)?;
        let people = found.into_iter().filter_map(|found| {
            let person = rows.remove(&found.person)?;
            Some(SimilarPerson { person, level: level(&found.likeness).to_owned(), evidence: codes(&found.likeness) })
        });
        Ok(SimilarPeople { people: people.collect() })
    })?)
}

/// All pairs of a register, while it stays as it is.
pub(crate) struct Pairs {
    register: u128,
    alike: Vec<Alike>,
}

/// Where they are kept: paging through them, and a second look at the page, compares nobody again.
pub(crate) type KeptPairs = Arc<Mutex<Option<Arc<Pairs>>>>;

fn all_pairs(kept: &KeptPairs, view: &View<'_>, unit: u32) -> store::Result<Arc<Pairs>> {
    let register = view.register_digest(unit)?;
    let known = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(known) = known.filter(|known| known.register == register) {
        return Ok(known);
    }
    let made = Arc::new(Pairs { register, alike: view.list_alike()? });
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
    Ok(made)
}

/// A page of the pairs of the register who may be one person.
pub fn list_duplicates(host: &dyn Host, req: ListDuplicates) -> Result<DuplicatePairs> {
    let open = host.session().open()?;
    let words = text::fold(&req.text);
    let unit = open.store.identity().unit;
    Ok(open.store.read(|view| {
        let pairs = all_pairs(&host.session().alike, view, unit)?;
        let mut alike: Vec<&Alike> = pairs.alike.iter().collect();
        let same_id = |code: &str| matches!(code, "id_same" | "old_id_same");
        alike.retain(|pair| {
            (!req.likely || pair.likeness.points >= LIKELY)
                && (!req.same_id || codes(&pair.likeness).iter().any(|code| same_id(code)))
        });
        if !words.is_empty() {
            let found: BTreeSet<RecordId> = view.search(&req.text, MOST_FOUND)?.into_iter().map(|found| found.id).collect();
            alike.retain(|pair| found.contains(&pair.one) || found.contains(&pair.other));
        }
        if let Some(village) = req.village {
            let among = alike.iter().flat_map(|pair| [pair.one, pair.other]).collect();
            let there = rows(view, among, Some(village))?;
            alike.retain(|pair| there.contains_key(&pair.one) || there.contains_key(&pair.other));
        }
        let total = u32::try_from(alike.len()).unwrap_or(u32::MAX);
        let alike: Vec<&Alike> = alike.into_iter().skip(req.offset as usize).take(req.limit.min(LARGEST_PAGE) as usize).collect();
        let rows = rows(view, alike.iter().flat_map(|pair| [pair.one, pair.other]).collect(), None)?;
        let pairs = alike.into_iter().filter_map(|pair| {
            Some(DuplicatePair {
                one: rows.get(&pair.one)?.clone(),
                other: rows.get(&pair.other)?.clone(),
                level: level(&pair.likeness).to_owned(),
                evidence: codes(&pair.likeness),
            })
        });
        Ok(DuplicatePairs { pairs: pairs.collect(), total })
    })?)
}

/// Two people side by side.
pub fn compare_people(host: &dyn Host, req: PairRequest) -> Result<Comparison> {
    let open = host.session().open()?;
    let today = today(host);
    Ok(open.store.read(|view| {
        let (one, other) = (view.resolve(req.one)?, view.resolve(req.other)?);
        let both = (view.get_record(one, Sight::Plain)?, view.get_record(other, Sight::Plain)?);
        let likeness = view.compare_people(one, other)?;
        Ok(Comparison {
            differing: differing(&both.0, &both.1),
            one: compared(view, &both.0, today)?,
            other: compared(view, &both.1, today)?,
            level: level(&likeness).to_owned(),
            evidence: codes(&likeness),
            different: view.list_different(one)?.contains(&other),
        })
    })?)
}

fn differing(one: &Stored, other: &Stored) -> Vec<u16> {
    let has = |stored: &Stored, fid: u16| stored.row.field_values(fid).iter().any(Option::is_some);
    let fields = Person::KIND.fields.iter().filter(|field| {
        has(one, field.fid) && has(other, field.fid) && one.row.field_values(field.fid) != other.row.field_values(field.fid)
    });
    fields.map(|field| field.fid).collect()
}

fn compared(view: &View<'_>, stored: &Stored, today: NaiveDate) -> store::Result<ComparedPerson> {
    let mut person = record_view(view, stored, today)?;
    person.opened.values.remove("citizen_id");
    let mut records = Vec::new();
    let hidden = ["different_person", "parent_link"];
    let kinds = registry::KINDS.iter().filter(|kind| kind.parent == Some("person") && !kind.restricted);
    for kind in kinds.filter(|kind| !hidden.contains(&kind.name)) {
        let count = view.list_children(stored.id, kind, Sight::Plain)?.len();
        if count > 0 {
            records.push(KindCount { kind: kind.name.to_owned(), count: u32::try_from(count).unwrap_or(u32::MAX) });
        }
    }
    let history = view.list_history(stored.id, Sight::Plain)?;
    let made = history.into_iter().find(|change| change.record == stored.id && change.what == ChangeKind::Made);
    Ok(ComparedPerson {
        masked_citizen_id: stored.record::<Person>().citizen_id.as_deref().map(citizen_id::mask),
        memberships: memberships(view, stored.id, today)?,
        records,
        made_at: made.as_ref().map(|made| instant(made.at_ms)),
        made_by: made.and_then(|made| made.author.name),
        person,
    })
}

/// Remembers that two people are two.
pub fn mark_different(host: &dyn Host, req: PairRequest) -> Result<SavedRecord> {
    let open = host.session().open()?;
    if req.one == req.other {
        return Err(Problem::new(Code::BadRequest));
    }
    let written = open.store.write(author(host, open.account.uid), |tx| {
        for id in [req.one, req.other] {
            tx.get_record(id, Sight::Plain)?;
        }
        tx.mark_different(req.one, req.other)
    })?;
    Ok(saved(req.one, written.act, &written.touched))
}

/// Rows of people as the list shows them, by id; only those of a village, where one is named.
fn rows(view: &View<'_>, among: BTreeSet<RecordId>, village: Option<RecordId>) -> store::Result<BTreeMap<RecordId, PersonRow>> {
    if among.is_empty() {
        return Ok(BTreeMap::new());
    }
    let page = Page { offset: 0, limit: among.len() as u64 };
    let among = Some(among.into_iter().collect());
    let filter = store::PersonFilter { among, village, standing: store::Standing::Everyone, ..store::PersonFilter::default() };
    let listed = view.list_people(&filter, PersonOrder::Name, false, page)?;
    Ok(listed.rows.into_iter().map(|row| (row.id, person_row(row))).collect())
}

fn level(likeness: &Likeness) -> &'static str {
    match likeness.points {
        LIKELY.. => "likely",
        HINT.. => "possible",
        _ => "unlikely",
    }
}

fn codes(likeness: &Likeness) -> Vec<String> {
    likeness.evidence.iter().map(|evidence| evidence.code().to_owned()).collect()
}
