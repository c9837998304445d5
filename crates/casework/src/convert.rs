//! Between stored records and forms: values by column, heads, names of references.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::registry::{self, LIFE};
use domain::{Kind, RecordId, Row, Value, ValueType, check, records};
use store::{FieldChange, Life, Sight, Stored, View};

use crate::forms::{FieldProblem, FormRecord, Opened, RecordView, Values};

/// The row that a form's values make, or what does not fit its column.
pub fn row_of(kind: &'static Kind, values: &Values) -> Result<Row, Vec<FieldProblem>> {
    let mut row = Row::new(kind);
    let mut problems = Vec::new();
    for column in kind.columns() {
        let Some(json) = values.get(column.name) else { continue };
        match Value::from_json(column.ty, json) {
            Ok(value) => row.set(column.name, value),
            Err(_) => problems.push(unreadable(column.name, column.ty, json)),
        }
    }
    if problems.is_empty() { Ok(row) } else { Err(problems) }
}

fn unreadable(column: &str, ty: ValueType, json: &serde_json::Value) -> FieldProblem {
    let code = match ty {
        ValueType::Date | ValueType::PartialDate => "date_unreadable",
        ValueType::Month => "month_unreadable",
        ValueType::Int | ValueType::Decimal => "number_unreadable",
        _ => "value_unreadable",
    };
    let read = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    domain::Problem::error(column, code).with("read", read).into()
}

/// A row's values as they cross.
#[must_use]
pub fn values_of(row: &Row) -> Values {
    let columns = row.kind.columns().zip(&row.values);
    columns.filter_map(|(column, value)| Some((column.name.to_owned(), value.as_ref()?.to_json()))).collect()
}

/// What a form on a stored record opens with.
#[must_use]
pub fn form_of(stored: &Stored) -> FormRecord {
    let values = values_of(&stored.row);
    let opened = Opened { values: values.clone(), heads: stored.heads.clone() };
    FormRecord { id: Some(stored.id), values, opened: Some(opened) }
}

/// The fields a person changed between opening and saving.
pub fn changes_of(kind: &'static Kind, form: &FormRecord) -> Result<Vec<FieldChange>, Vec<FieldProblem>> {
    let before = form.opened.as_ref().map(|opened| row_of(kind, &opened.values)).transpose()?;
    let after = row_of(kind, &form.values)?;
    Ok(FieldChange::between(&before.unwrap_or_else(|| Row::new(kind)), &after))
}

/// The checks of a form record, its paths under `prefix`.
#[must_use]
pub fn problems_of(kind: &'static Kind, form: &FormRecord, prefix: &str, today: NaiveDate) -> Vec<FieldProblem> {
    let under = |problem: FieldProblem| {
        let path = if prefix.is_empty() { problem.path.clone() } else { format!("{prefix}.{}", problem.path) };
        FieldProblem { path, ..problem }
    };
    match row_of(kind, &form.values) {
        Ok(row) => check::row(&row, today).into_iter().map(|problem| under(problem.into())).collect(),
        // What can be read is checked all the same: all problems at once.
        Err(unreadable) => {
            let mut readable = form.values.clone();
            for problem in &unreadable {
                readable.remove(&problem.path);
            }
            let rest = row_of(kind, &readable).map(|row| check::row(&row, today)).unwrap_or_default();
            let rest = rest.into_iter().filter(|problem| !unreadable.iter().any(|other| other.path == problem.path));
            unreadable.iter().cloned().chain(rest.map(Into::into)).map(under).collect()
        }
    }
}

/// True when no problem forbids the save.
#[must_use]
pub fn can_save(problems: &[FieldProblem]) -> bool {
    problems.iter().all(|problem| problem.level != domain::Level::Error)
}

/// A stored record as a page shows it.
pub fn record_view(view: &View<'_>, stored: &Stored, today: NaiveDate) -> store::Result<RecordView> {
    let kind = stored.kind();
    let mut names = BTreeMap::new();
    for (column, value) in kind.columns().zip(&stored.row.values) {
        if let Some(Value::Ref(id)) = value {
            // Where somebody lives is told as the place is called today.
            let name = if kind.name == "household" && column.name == "village" {
                village_label_on(view, Some(*id), today)?
            } else {
                label(view, *id)?
            };
            names.insert(column.name.to_owned(), name);
        }
    }
    let columns_in_conflict = |fid: &u16| match kind.field(*fid) {
        Some(field) => field.columns.iter().map(|column| column.name.to_owned()).collect::<Vec<_>>(),
        None if *fid == LIFE => vec!["life".to_owned()],
        None => Vec::new(),
    };
    Ok(RecordView {
        id: stored.id,
        kind: kind.name.to_owned(),
        opened: Opened { values: values_of(&stored.row), heads: stored.heads.clone() },
        names,
        conflicts: stored.conflicts.iter().flat_map(columns_in_conflict).collect(),
        pending: stored.pending,
        deleted: stored.life == Life::Deleted,
        problems: check::row(&stored.row, today).into_iter().map(Into::into).collect(),
    })
}

/// What a record is called: a person's name, a village with its word, a household's code, a year.
pub fn label(view: &View<'_>, id: RecordId) -> store::Result<String> {
    let id = view.resolve(id)?;
    let stored = view.find_record(id, Sight::Plain)?;
    Ok(stored.map_or_else(String::new, |stored| label_of(&stored)))
}

/// See [`label`].
#[must_use]
pub fn label_of(stored: &Stored) -> String {
    match stored.kind().name {
        "person" => stored.record::<records::Person>().full_name.unwrap_or_default(),
        "village" => village_name(&stored.record()),
        "household" => stored.record::<records::Household>().code.unwrap_or_default(),
        "poverty_class" => stored.record::<records::PovertyClass>().year.map(|year| year.to_string()).unwrap_or_default(),
        _ => {
            ["number", "paper_no", "decision_no", "school"].iter().find_map(|column| stored.row.text(column)).unwrap_or_default()
        }
    }
}

/// A village as it was called on a day: `xóm Mu`; empty where none is known.
pub fn village_label_on(view: &View<'_>, village: Option<RecordId>, on: NaiveDate) -> store::Result<String> {
    let Some(village) = village else { return Ok(String::new()) };
    let stored = view.find_record(view.village_on(village, on)?, Sight::Plain)?;
    Ok(stored.map_or_else(String::new, |stored| label_of(&stored)))
}

/// A village's name with its word in lower case: `xóm Mu`.
#[must_use]
pub fn village_name(village: &records::Village) -> String {
    let name = village.name.clone().unwrap_or_default();
    let word = village.village_type.as_deref().and_then(|code| domain::codes::find("village_type", code));
    word.map_or_else(|| name.clone(), |word| format!("{} {name}", word.vi.to_lowercase()))
}

/// A kind by its name, or the refusal.
pub fn kind_named(name: &str) -> crate::Result<&'static Kind> {
    registry::kind_named(name).ok_or_else(|| crate::Code::BadRequest.into())
}
