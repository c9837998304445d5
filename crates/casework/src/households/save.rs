//! Saving a whole household: one act of one transaction.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::records::{DisabilityCertificate, Household, HouseholdMember, Person, PovertyClass};
use domain::registry::Record;
use domain::{Kind, PartialDate, RecordId, Row, UnitId, Value};
use store::{Error, Place, Tx};

use crate::commands::types::{HouseholdForm, SaveHousehold, SavedHousehold};
use crate::convert::{can_save, changes_of, row_of};
use crate::drafts;
use crate::forms::{FieldProblem, FormRecord};
use crate::host::{Host, today};
use crate::households::{code_for, form_problems, is_empty};
use crate::limits;
use crate::memberships;
use crate::problem::{Problem, Result};
use crate::views::households::MemberForm;

/// Saves a form: new records are made, of old ones the fields that the person changed are written.
pub fn save_household(host: &dyn Host, req: SaveHousehold) -> Result<SavedHousehold> {
    let open = host.session().open()?;
    let today = today(host);
    let mut form = req.form;
    // The worker's empty last line is no person.
    form.members.retain(|member| member.person.id.is_some() || !is_empty(&member.person));
    let problems = open.store.read(|view| form_problems(view, &form, today))?;
    if !can_save(&problems) {
        return Err(Problem::invalid(problems));
    }
    let unit = UnitId(open.store.identity().unit);
    let written = limits::write(host, &open, |tx| {
        let saved = write_form(tx, &form, unit, today)?;
        drafts::discard_in(tx, req.draft.as_deref())?;
        Ok(saved)
    })?;
    let warnings = problems.into_iter().filter(|problem: &FieldProblem| problem.level == domain::Level::Warning);
    Ok(SavedHousehold {
        id: written.value.0,
        member_ids: written.value.1,
        problems: warnings.collect(),
        act: written.act.map(|act| act.to_string()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    })
}

/// Writes the form in the transaction; gives the household and its members' persons in the order of the form.
pub(crate) fn write_form(
    tx: &Tx<'_>,
    form: &HouseholdForm,
    unit: UnitId,
    today: NaiveDate,
) -> store::Result<(RecordId, Vec<RecordId>)> {
    let household = match form.household.id {
        Some(id) => {
            change(tx, Household::KIND, id, &form.household)?;
            id
        }
        None => {
            let id = tx.new_id()?;
            let mut row = row(Household::KIND, &form.household)?;
            row.set("code", Some(Value::Text(code_for(unit, &id))));
            tx.create_as(id, &row, Place::Root(unit))?;
            id
        }
    };
    if let Some(poverty) = form.poverty.as_ref().filter(|poverty| poverty.id.is_some() || !is_empty(poverty)) {
        write_class(tx, household, poverty, today)?;
    }
    let mut people = Vec::new();
    for member in &form.members {
        people.push(write_member(tx, household, member, unit, today)?);
    }
    Ok((household, people))
}

fn row(kind: &'static Kind, form: &FormRecord) -> store::Result<Row> {
    row_of(kind, &form.values).map_err(|_| Error::BadValue)
}

/// Writes the changed fields of an existing record.
pub(crate) fn change(tx: &Tx<'_>, kind: &'static Kind, id: RecordId, form: &FormRecord) -> store::Result<bool> {
    let changes = changes_of(kind, form).map_err(|_| Error::BadValue)?;
    if changes.is_empty() {
        return Ok(false);
    }
    match &form.opened {
        Some(opened) => tx.change(id, &changes, &opened.heads),
        None => tx.change_now(id, &changes),
    }
}

fn write_class(tx: &Tx<'_>, household: RecordId, form: &FormRecord, today: NaiveDate) -> store::Result<()> {
    if let Some(id) = form.id {
        return change(tx, PovertyClass::KIND, id, form).map(drop);
    }
    let mut class = PovertyClass::from_row(&row(PovertyClass::KIND, form)?);
    let year = class.year.unwrap_or_else(|| i64::from(today.year()));
    let day = |month, day| i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    class.year = Some(year);
    class.valid_from = class.valid_from.or_else(|| day(1, 1));
    class.valid_to = class.valid_to.or_else(|| day(12, 31));
    tx.create(&class.to_row(), Place::Child(household)).map(drop)
}

fn write_member(
    tx: &Tx<'_>,
    household: RecordId,
    member: &MemberForm,
    unit: UnitId,
    today: NaiveDate,
) -> store::Result<RecordId> {
    let person = match member.person.id {
        Some(id) => {
            change(tx, Person::KIND, id, &member.person)?;
            id
        }
        None => tx.create(&row(Person::KIND, &member.person)?, Place::Root(unit))?,
    };
    if let Some(paper) = member.disability.as_ref().filter(|paper| paper.id.is_some() || !is_empty(paper)) {
        match paper.id {
            Some(id) => drop(change(tx, DisabilityCertificate::KIND, id, paper)?),
            None => drop(tx.create(&row(DisabilityCertificate::KIND, paper)?, Place::Child(person))?),
        }
    }
    match member.membership.id {
        Some(id) if member.removed => {
            let mut left = member.membership.clone();
            left.values.insert("to_on".into(), today.to_string().into());
            left.values.entry("reason_out".into()).or_insert_with(|| "other".into());
            change(tx, HouseholdMember::KIND, id, &left)?;
        }
        Some(id) => drop(change(tx, HouseholdMember::KIND, id, &member.membership)?),
        None if member.removed => {}
        // Somebody of the register comes in: they live in one household at a time.
        None if member.person.id.is_some() => take_in(tx, household, person, member, today)?,
        None => {
            let mut row = row(HouseholdMember::KIND, &member.membership)?;
            row.set("person", Some(Value::Ref(person)));
            tx.create(&row, Place::Child(household))?;
        }
    }
    for other in &member.different_from {
        tx.mark_different(person, *other)?;
    }
    Ok(person)
}

/// Makes somebody of the register a member, from today where nothing else is told. Who is one already stays as they are.
fn take_in(tx: &Tx<'_>, household: RecordId, person: RecordId, member: &MemberForm, today: NaiveDate) -> store::Result<()> {
    memberships::leave_others(tx, person, household, today, "move")?;
    if !memberships::in_force(tx, person, today)?.is_empty() {
        return Ok(());
    }
    let mut joined = HouseholdMember::from_row(&row(HouseholdMember::KIND, &member.membership)?);
    joined.person = Some(person);
    joined.from_on = joined.from_on.or(Some(PartialDate::Day(today)));
    joined.reason_in = joined.reason_in.or_else(|| Some("move".to_owned()));
    tx.create(&joined.to_row(), Place::Child(household)).map(drop)
}

/// A form record of plain values, for records that are made by a program.
#[must_use]
pub fn form(values: impl IntoIterator<Item = (&'static str, serde_json::Value)>) -> FormRecord {
    let values: BTreeMap<String, serde_json::Value> =
        values.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect();
    FormRecord { values, ..FormRecord::default() }
}
