//! A person lives in one household at a time (data dictionary §4): what follows where somebody comes in, or two entries turn
//! out to be one.

use chrono::NaiveDate;
use domain::records::HouseholdMember;
use domain::registry::Record;
use domain::{PartialDate, RecordId};
use store::{FieldChange, Sight, Stored, Tx, View};

use crate::households::is_in_force;

/// The memberships of a person in force on a day, also those of entries given up for them.
pub(crate) fn in_force(view: &View<'_>, person: RecordId, on: NaiveDate) -> store::Result<Vec<Stored>> {
    let mut all = view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)?;
    all.retain(|stored| {
        let member: HouseholdMember = stored.record();
        is_in_force(member.from_on.as_ref(), member.to_on.as_ref(), on)
    });
    Ok(all)
}

/// Ends a membership the day before `today`; one that began later never held and is deleted.
pub(crate) fn end(tx: &Tx<'_>, stored: &Stored, today: NaiveDate, reason: &str) -> store::Result<()> {
    let before: HouseholdMember = stored.record();
    let Some(last) = today.pred_opt().filter(|last| before.from_on.is_none_or(|from| from.first_day() <= *last)) else {
        return tx.delete(stored.id, Some("entered_by_mistake"));
    };
    let after = HouseholdMember { to_on: Some(PartialDate::Day(last)), reason_out: Some(reason.to_owned()), ..before };
    tx.change(stored.id, &FieldChange::between(&stored.row, &after.to_row()), &stored.heads).map(drop)
}

/// Ends every membership of a person that holds today in another household than `home`.
pub(crate) fn leave_others(tx: &Tx<'_>, person: RecordId, home: RecordId, today: NaiveDate, reason: &str) -> store::Result<()> {
    for stored in in_force(tx, person, today)? {
        if stored.parent.map(|parent| tx.resolve(parent)).transpose()? != Some(home) {
            end(tx, &stored, today, reason)?;
        }
    }
    Ok(())
}
