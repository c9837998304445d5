//! A person or household of the register beside its row in a list, field by field.
//!
//! What the register lacks, the list fills; what both say otherwise stays as in the register until a person chooses.

use std::collections::BTreeMap;

use documents::lists::{ReadHousehold, ReadMember, Target};
use domain::records::{DisabilityCertificate, HealthInsurance, Household, HouseholdMember, PovertyClass};
use domain::registry::Record;
use domain::text::{fold_keeping_marks, tidy};
use domain::{PartialDate, RecordId, Row, Value};
use store::{FieldChange, Place, Sight, Stored, Tx, View};

use crate::imports::apply::{class_of, papers_of, person_of};

/// Where a change is written.
#[derive(Clone, Debug)]
pub(crate) enum At {
    /// A field of a record that is there.
    Record(RecordId),
    /// A new child of a record: the row of which the change names one column.
    Child(RecordId, Box<Row>),
}

/// One field in which list and register differ.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) kind: &'static str,
    pub(crate) column: &'static str,
    pub(crate) before: Option<String>,
    pub(crate) after: Value,
    pub(crate) take: bool,
    pub(crate) at: At,
}

impl Change {
    /// True where both say something, and not the same.
    pub(crate) fn differs(&self) -> bool {
        self.before.is_some()
    }

    /// The columns of a list that hold this field.
    pub(crate) fn targets(&self) -> &'static [Target] {
        match self.column {
            "full_name" => &[Target::FullName, Target::HeadName],
            "other_name" => &[Target::OtherName],
            "birth_date" => &[Target::Birth, Target::BirthYear, Target::BirthMale, Target::BirthFemale],
            "sex" => &[Target::Sex, Target::MaleMark, Target::FemaleMark, Target::BirthMale],
            "ethnic_code" => &[Target::Ethnic],
            "citizen_id" => &[Target::CitizenId, Target::OldId],
            "citizen_id_issued_on" => &[Target::CitizenIdIssuedOn],
            "citizen_id_issued_by" => &[Target::CitizenIdPlace],
            "old_id" => &[Target::OldId, Target::CitizenId],
            "phone" => &[Target::Phone],
            "marital_status" => &[Target::MaritalStatus],
            "education_level" => &[Target::Education],
            "occupation" => &[Target::Occupation],
            "death_date" => &[Target::DeathDate],
            "note" => &[Target::Note],
            "relationship_to_head" => &[Target::Relationship],
            "address_detail" => &[Target::Address],
            "class" => &[Target::PovertyClass, Target::PoorMark, Target::NearPoorMark],
            _ => &[],
        }
    }
}

/// What was chosen for one person or household.
pub(crate) struct Chosen<'a> {
    pub(crate) by_column: Option<&'a BTreeMap<String, bool>>,
    pub(crate) prefer_list: bool,
}

impl Chosen<'_> {
    fn takes(&self, column: &str, fills: bool) -> bool {
        let said = self.by_column.and_then(|columns| columns.get(column)).copied();
        said.unwrap_or(fills || self.prefer_list)
    }
}

/// The fields of a person in which the list says more or otherwise.
pub(crate) fn of_person(view: &View<'_>, id: RecordId, read: &ReadMember, chosen: &Chosen<'_>) -> store::Result<Vec<Change>> {
    let stored = view.get_record(id, Sight::Plain)?;
    let mut changes = between(&stored, &person_of(read).to_row(), chosen);
    for paper in papers_of(read) {
        if view.list_children(id, paper.kind, Sight::Plain)?.is_empty() {
            changes.extend(child(id, paper, chosen));
        }
    }
    Ok(changes)
}

/// The place in the household, where the list says more or otherwise.
pub(crate) fn of_membership(membership: &Stored, read: &ReadMember, chosen: &Chosen<'_>) -> Vec<Change> {
    let row = HouseholdMember { relationship_to_head: read.relationship.clone(), ..HouseholdMember::default() }.to_row();
    between(membership, &row, chosen)
}

/// The fields of a household, its class of the list's year included.
pub(crate) fn of_household(
    view: &View<'_>,
    id: RecordId,
    read: &ReadHousehold,
    this_year: i32,
    chosen: &Chosen<'_>,
) -> store::Result<Vec<Change>> {
    let stored = view.get_record(id, Sight::Plain)?;
    let row = Household { source_code: read.source_code.clone(), address_detail: read.address.clone(), ..Household::default() };
    let mut changes = between(&stored, &row.to_row(), chosen);
    // Another code is another list's, not a change.
    changes.retain(|change| change.column != "source_code" || !change.differs());
    if let Some(class) = class_of(read, this_year) {
        let of_year = view.list_children(id, PovertyClass::KIND, Sight::Plain)?;
        let of_year = of_year.into_iter().find(|stored| stored.record::<PovertyClass>().year == class.year);
        match of_year {
            Some(stored) => {
                let row = PovertyClass { class: class.class, ..PovertyClass::default() }.to_row();
                changes.extend(between(&stored, &row, chosen));
            }
            None => changes.extend(child(id, class.to_row(), chosen)),
        }
    }
    Ok(changes)
}

/// A paper that the register lacks altogether; the column that says most stands for it.
fn child(parent: RecordId, row: Row, chosen: &Chosen<'_>) -> Option<Change> {
    let names: &[&'static str] = match row.kind.number {
        number if number == PovertyClass::KIND.number => &["class"],
        number if number == DisabilityCertificate::KIND.number => &["severity", "types", "number"],
        number if number == HealthInsurance::KIND.number => &["number"],
        _ => &[],
    };
    let (column, after) = names.iter().find_map(|name| Some((*name, row.get(name)?.clone())))?;
    let take = chosen.takes(column, true);
    Some(Change { kind: row.kind.name, column, before: None, after, take, at: At::Child(parent, Box::new(row)) })
}

fn between(stored: &Stored, listed: &Row, chosen: &Chosen<'_>) -> Vec<Change> {
    let columns = stored.row.kind.columns().zip(&listed.values);
    columns
        .filter_map(|(column, after)| {
            let after = after.as_ref()?;
            let fills = match stored.row.get(column.name) {
                None => true,
                Some(before) if says_as_much(before, after, column.name) => return None,
                Some(before) => is_part_of(before, after),
            };
            let before = stored.row.text(column.name).filter(|_| !fills);
            let take = chosen.takes(column.name, fills);
            let (kind, after) = (stored.row.kind.name, after.clone());
            Some(Change { kind, column: column.name, before, after, take, at: At::Record(stored.id) })
        })
        .collect()
}

/// True when the list adds nothing: the same but for case, spaces and the place of a tone; a date less precise.
fn says_as_much(before: &Value, after: &Value, column: &str) -> bool {
    match (before, after) {
        (Value::PartialDate(before), Value::PartialDate(after)) => before == after || is_more_precise(before, after),
        (Value::Text(before), Value::Text(after)) => {
            let (before, after) = (fold_keeping_marks(&tidy(before)), fold_keeping_marks(&tidy(after)));
            before == after || column == "note" && before.contains(&after)
        }
        _ => before == after,
    }
}

/// A date of the register that the list makes more precise is filled rather than changed.
fn is_part_of(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::PartialDate(before), Value::PartialDate(after)) => is_more_precise(after, before),
        _ => false,
    }
}

fn is_more_precise(one: &PartialDate, than: &PartialDate) -> bool {
    one.agrees_with(than) && one.last_day() - one.first_day() < than.last_day() - than.first_day()
}

/// Writes the changes that were taken; says how many.
pub(crate) fn write(tx: &Tx<'_>, changes: &[Change]) -> store::Result<usize> {
    let mut by_record: BTreeMap<RecordId, Vec<&Change>> = BTreeMap::new();
    let mut count = 0;
    for change in changes.iter().filter(|change| change.take) {
        count += 1;
        match &change.at {
            At::Record(id) => by_record.entry(*id).or_default().push(change),
            At::Child(parent, row) => {
                tx.create(row, Place::Child(*parent))?;
            }
        }
    }
    for (id, changes) in by_record {
        let stored = tx.get_record(id, Sight::Plain)?;
        let mut row = stored.row.clone();
        for change in changes {
            row.set(change.column, Some(change.after.clone()));
        }
        tx.change(id, &FieldChange::between(&stored.row, &row), &stored.heads)?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn date(text: &str) -> Value {
        Value::PartialDate(text.parse().unwrap())
    }

    #[test]
    fn a_date_more_precise_fills_and_one_less_precise_says_nothing() {
        assert!(is_part_of(&date("1948"), &date("1948-03-17")));
        assert!(says_as_much(&date("1948-03-17"), &date("1948"), "birth_date"));
        assert!(!is_part_of(&date("1948"), &date("1949-03-17")) && !says_as_much(&date("1948"), &date("1949"), "birth_date"));
    }

    #[test]
    fn a_tone_is_a_difference_and_its_place_is_none() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert!(says_as_much(&text("Bùi Thị Hòa"), &text("BÙI THỊ HOÀ"), "full_name"));
        assert!(!says_as_much(&text("Bùi Thị Hòa"), &text("Bùi Thị Hoa"), "full_name"));
    }
}
