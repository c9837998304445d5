//! Merging (gộp) two entries of one person, and taking it back.
//!
//! Owes its callers: one act that can be undone; nothing of either entry is lost, seen without its right, or moved. What a
//! merge writes is chosen so that two offices that merge the same pair, even in opposite directions, agree (ADR 0077).

use chrono::NaiveDate;
use domain::RecordId;
use domain::records::{HouseholdMember, Person};
use domain::registry::Record;
use store::{Error, FieldChange, Life, Sight, Stored, Tx, View};

use crate::commands::types::{MergePeople, RecordRequest, SavedRecord};
use crate::host::{Host, author, instant, today};
use crate::limits;
use crate::memberships::{end, in_force};
use crate::problem::{Code, Problem, Result};
use crate::records::saved;
use crate::views::duplicates::GivenUp;

/// Merges two entries of one person.
pub fn merge_people(host: &dyn Host, req: MergePeople) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let known = |fid: &u16| Person::KIND.field(*fid).is_some();
    if req.survivor == req.given_up || !req.take.iter().all(known) {
        return Err(Problem::new(Code::BadRequest));
    }
    let today = today(host);
    let written = limits::write(host, &open, |tx| merge_in(tx, &req, today))?;
    Ok(saved(req.survivor, written.act, &written.touched))
}

/// See [`merge_people`]: what it writes, in the caller's transaction.
pub fn merge_in(tx: &Tx<'_>, req: &MergePeople, today: NaiveDate) -> store::Result<()> {
    let survivor = live_person(tx, req.survivor)?;
    let given_up = live_person(tx, req.given_up)?;
    let fields = Person::KIND.fields.iter().filter(|field| req.take.contains(&field.fid));
    let taken: Vec<FieldChange> =
        fields.map(|field| FieldChange { fid: field.fid, values: given_up.row.field_values(field.fid).to_vec() }).collect();
    tx.change_now(survivor.id, &taken)?;
    join_memberships(tx, survivor.id, given_up.id, req.household, today)?;
    tx.merge_into(given_up.id, Some(survivor.id))
}

fn live_person(tx: &Tx<'_>, id: RecordId) -> store::Result<Stored> {
    let stored = tx.get_record(id, Sight::Plain)?;
    if stored.kind().number != Person::KIND.number || stored.life != Life::Live {
        return Err(Error::NoSuchRecord);
    }
    Ok(stored)
}

/// The person lives in one household: of two rows in one household the one with the smaller id stays, with the
/// relationship that the survivor had; of rows in different households the one in `home`, where it was named.
fn join_memberships(
    tx: &Tx<'_>,
    survivor: RecordId,
    given_up: RecordId,
    home: Option<RecordId>,
    today: NaiveDate,
) -> store::Result<()> {
    let kept = in_force(tx, survivor, today)?;
    for theirs in in_force(tx, given_up, today)? {
        let Some(ours) = kept.iter().find(|ours| ours.parent == theirs.parent) else { continue };
        let (stays, goes) = if ours.id < theirs.id { (ours, &theirs) } else { (&theirs, ours) };
        let relationship = ours.record::<HouseholdMember>().relationship_to_head;
        let before: HouseholdMember = stays.record();
        let after = HouseholdMember { relationship_to_head: relationship.or(before.relationship_to_head.clone()), ..before };
        tx.change(stays.id, &FieldChange::between(&stays.row, &after.to_row()), &stays.heads)?;
        tx.delete(goes.id, Some("entered_twice"))?;
    }
    let Some(home) = home else { return Ok(()) };
    for person in [survivor, given_up] {
        for stored in &in_force(tx, person, today)? {
            if stored.parent == Some(home) {
                // Said aloud, so that an office that names another home stands in conflict with this one.
                tx.affirm(stored.id, HouseholdMember::DEPARTURE)?;
            } else {
                end(tx, stored, today, "other")?;
            }
        }
    }
    Ok(())
}

/// Takes a merge back: both entries stand again, with what the merge took or ended, but for what was edited since.
pub fn unmerge_people(host: &dyn Host, req: RecordRequest) -> Result<SavedRecord> {
    let open = host.session().open()?;
    let written = open.store.write(author(host, open.account.uid), |tx| tx.undo_merge(req.id))?;
    Ok(saved(req.id, written.act, &written.touched))
}

/// Entries that were given up for a person.
pub(crate) fn given_up(view: &View<'_>, person: RecordId) -> store::Result<Vec<GivenUp>> {
    let mut all = Vec::new();
    for id in view.list_given_up_for(person)? {
        let Some(stored) = view.find_record(id, Sight::Plain)? else { continue };
        let facts: Person = stored.record();
        let merged = view.find_merge(id)?;
        all.push(GivenUp {
            id,
            full_name: facts.full_name.unwrap_or_default(),
            birth: facts.birth_date.map(|birth| birth.to_string()),
            at: merged.as_ref().map(|change| instant(change.at_ms)),
            by: merged.and_then(|change| change.author.name),
        });
    }
    Ok(all)
}
