//! Households: the list, the page, the form for a whole household, and what holds of one on a date.

mod form;
mod list;
mod page;
pub(crate) mod save;

use chrono::NaiveDate;
use domain::records::{DisabilityCertificate, PovertyClass, RegionStatus, household_code};
use domain::registry::Record;
use domain::{PartialDate, RecordId, UnitId, places};
use store::{Sight, Stored, View};

pub use form::{check_household, open_household_form};
pub(crate) use form::{form_problems, is_empty};
pub use list::list_households;
pub(crate) use list::{class_named, household_row, order_named, store_filter};
pub use page::get_household;
pub use save::save_household;

fn text_of(values: &crate::forms::Values, column: &str) -> String {
    values.get(column).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// True when a span holds on a date: `from` by its first day, `to` by its last, absent = open.
pub(crate) fn is_in_force(from: Option<&PartialDate>, to: Option<&PartialDate>, on: NaiveDate) -> bool {
    from.is_none_or(|from| from.first_day() <= on) && to.is_none_or(|to| to.last_day() >= on)
}

/// Severity of the certificate in force on a date: the latest `valid_from` that is not revoked.
pub(crate) fn severity(view: &View<'_>, person: RecordId, on: NaiveDate) -> store::Result<Option<String>> {
    let certificates = view.list_children(person, DisabilityCertificate::KIND, Sight::Plain)?;
    let in_force = certificates
        .iter()
        .map(Stored::record::<DisabilityCertificate>)
        .filter(|paper| paper.status.as_deref() != Some("revoked") && paper.valid_from.is_none_or(|from| from <= on));
    Ok(in_force.max_by_key(|paper| paper.valid_from).and_then(|paper| paper.severity))
}

/// Region status of a village on a date.
pub(crate) fn region_status(view: &View<'_>, village: Option<RecordId>, on: NaiveDate) -> store::Result<Option<String>> {
    let Some(village) = village else { return Ok(None) };
    let rows = view.list_children(view.village_on(village, on)?, RegionStatus::KIND, Sight::Plain)?;
    let in_force = rows
        .iter()
        .map(Stored::record::<RegionStatus>)
        .filter(|row| row.valid_from.is_none_or(|from| from <= on) && row.valid_to.is_none_or(|to| to >= on));
    Ok(in_force.max_by_key(|row| row.valid_from).and_then(|row| row.kind))
}

/// The class in force on a day: by its dates, else by its year.
pub(crate) fn class_on(view: &View<'_>, household: RecordId, on: NaiveDate) -> store::Result<Option<String>> {
    let classes = view.list_children(household, PovertyClass::KIND, Sight::Plain)?;
    let in_force = classes.iter().map(Stored::record::<PovertyClass>).filter(|class| match (class.valid_from, class.valid_to) {
        (None, None) => class.year == Some(i64::from(chrono::Datelike::year(&on))),
        (from, to) => from.is_none_or(|from| from <= on) && to.is_none_or(|to| to >= on),
    });
    Ok(in_force.max_by_key(|class| (class.valid_from, class.year)).and_then(|class| class.class))
}

/// The label of a new household of a commune.
pub(crate) fn code_for(unit: UnitId, id: &RecordId) -> String {
    household_code(places::find(unit).map_or("", |commune| commune.name.as_str()), id)
}
