//! A list as a workbook: the rows and columns that the worker sees, after right and reason, and kept in the audit.
//!
//! Would surprise: a citizen id is masked on the screen and whole in the file, since a masked one serves nobody; that is why a
//! file needs its right and its reason. Nothing that is specially protected is a column.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use documents::export::{Table, TableCell, TableColumn, write_xlsx};
use domain::records::Person;
use domain::{AssumedBirth, PartialDate, RecordId, citizen_id, codes};
use store::{NewAuditEntry, Page, Sight, Store, View};

use crate::commands::types::{ExportList, FileMade};
use crate::exports::{expect_reason, hand_over, watermark};
use crate::host::{Host, author, local, today};
use crate::limits::{hide_heads, leave_out_of_roster, list_unlimited};
use crate::problem::{Code, Problem, Result};
use crate::records::unit_of;
use crate::views::family::{RosterHousehold, RosterPerson};
use crate::views::lists::{ListColumn, ListRows};
use crate::{households, people, roster};

/// Rows of a list that is printed: some hundred sheets of paper.
pub(crate) const MOST_PRINTED: Page = Page { offset: 0, limit: 5_000 };
/// Rows of a sheet: what Excel holds, less the lines above.
const MOST_EXPORTED: Page = Page { offset: 0, limit: 1_000_000 };

/// Writes the chosen rows of a list.
pub fn export_list(host: &dyn Host, req: ExportList) -> Result<FileMade> {
    let open = host.session().open()?;
    let reason = expect_reason(&req.reason)?;
    let now = local(host.now());
    let limited = open.store.read(|view| view.list_limited())?;
    let (name, (rows, left_out)) = match &req.rows {
        ListRows::People { .. } => ("nhan-khau", people_cells(&open.store, &req, &limited, today(host))?),
        ListRows::Households { .. } => ("ho", household_cells(&open.store, &req, &limited)?),
        ListRows::Roster { on, village } => {
            ("nhan-khau-tai-ngay", roster_cells(&open.store, &req.columns, &limited, on, *village)?)
        }
    };
    let title = domain::text::tidy(&req.title);
    let table = Table {
        sheet: title.chars().take_while(|letter| *letter != ':').collect(),
        title,
        watermark: watermark(&open.account.name, now)?,
        made_on: Some(now.date_naive()),
        columns: req.columns.iter().map(|column| TableColumn { heading: column.heading.clone(), width: 0 }).collect(),
        rows,
    };
    let bytes = write_xlsx(&table).map_err(|_| crate::door::unexpected("xlsx"))?;
    // The audit first: a file that was made is always in it. What a newer program wrote is only read, its audit too.
    if !open.store.is_read_only()? {
        open.store.write(author(host, open.account.uid), |tx| {
            tx.record_audit(NewAuditEntry { act: "export.list", record: None, reason: Some(&reason) })
        })?;
    }
    Ok(FileMade { left_out, ..hand_over(&format!("so-an-sinh-{name}-{}.xlsx", now.format("%Y%m%d")), bytes, req.path)? })
}

/// Rows of a sheet, and how many people are left out.
type Cells = (Vec<Vec<TableCell>>, u32);

/// The filter narrowed to what was chosen of it.
pub(crate) fn chosen_people(
    filter: store::PersonFilter,
    only: &Option<Vec<RecordId>>,
    except: &[RecordId],
) -> store::PersonFilter {
    store::PersonFilter { among: only.clone(), except: except.to_vec(), ..filter }
}

/// See [`chosen_people`].
pub(crate) fn chosen_households(
    filter: store::HouseholdFilter,
    only: &Option<Vec<RecordId>>,
    except: &[RecordId],
) -> store::HouseholdFilter {
    store::HouseholdFilter { among: only.clone(), except: except.to_vec(), ..filter }
}

fn people_cells(store: &Store, req: &ExportList, limited: &BTreeSet<RecordId>, today: NaiveDate) -> Result<Cells> {
    let ListRows::People { filter, sort, descending, only, except } = &req.rows else { return Err(Code::BadRequest.into()) };
    let filter = chosen_people(people::store_filter(filter, today)?, only, except);
    let (order, descending) = people::order_named(sort, *descending);
    let (cells, left_out) = store.read(|view| {
        let (listed, left_out) = list_unlimited(view, filter, (order, descending), MOST_EXPORTED, limited)?;
        let row = |row: &store::PersonRow| req.columns.iter().map(|column| person_cell(view, row, column, today)).collect();
        Ok((listed.rows.iter().map(row).collect::<store::Result<Option<Vec<Vec<TableCell>>>>>()?, left_out))
    })?;
    Ok((cells.ok_or(Problem::new(Code::BadRequest))?, left_out))
}

/// A cell of the list of people; `None` for a column that nobody knows.
fn person_cell(
    view: &View<'_>,
    row: &store::PersonRow,
    column: &ListColumn,
    today: NaiveDate,
) -> store::Result<Option<TableCell>> {
    let text = |value: Option<&str>| match value {
        Some(value) if !value.is_empty() => TableCell::Text(value.to_owned()),
        _ => TableCell::Empty,
    };
    Ok(Some(match column.id.as_str() {
        "name" => text(Some(&row.name)),
        "birth" => row.birth.map_or(TableCell::Empty, TableCell::Date),
        "age" => match row.born.and_then(|born| PartialDate::Day(born).age_months(today, AssumedBirth::First)) {
            Some(months) if !row.died => TableCell::Number(f64::from(months / 12)),
            _ => TableCell::Empty,
        },
        "sex" => word("sex", row.sex.as_deref()),
        "citizen_id" => whole_id(view, row.id)?,
        "ethnic" => word("ethnic_group", row.ethnic.as_deref()),
        "village" => text(row.village.as_deref()),
        "household" => text(row.household_code.as_deref()),
        "head" => text(row.head.as_deref()),
        "class" => word("poverty_class", row.class.as_deref()),
        "disability" => word("disability_severity", row.severity.as_deref()),
        "disability_types" => {
            let words: Vec<String> = row.types.iter().map(|kind| word_of("disability_type", kind)).collect();
            text(Some(&words.join(", ")))
        }
        _ => return Ok(None),
    }))
}

fn household_cells(store: &Store, req: &ExportList, limited: &BTreeSet<RecordId>) -> Result<Cells> {
    let ListRows::Households { filter, sort, descending, only, except } = &req.rows else { return Err(Code::BadRequest.into()) };
    let filter = chosen_households(households::store_filter(filter)?, only, except);
    let order = households::order_named(sort);
    let mut listed = store.read(|view| view.list_households(&filter, order, *descending, MOST_EXPORTED))?;
    let left_out = hide_heads(&mut listed.rows, limited);
    let row = |row: &store::HouseholdRow| req.columns.iter().map(|column| household_cell(row, column)).collect();
    let rows = listed.rows.iter().map(row).collect::<Option<_>>();
    Ok((rows.ok_or(Problem::new(Code::BadRequest))?, left_out))
}

fn household_cell(row: &store::HouseholdRow, column: &ListColumn) -> Option<TableCell> {
    let text = |value: &Option<String>| value.clone().map_or(TableCell::Empty, TableCell::Text);
    Some(match column.id.as_str() {
        "head" => text(&row.head),
        "code" => TableCell::Text(row.code.clone()),
        "village" => text(&row.village),
        "members" => TableCell::Number(f64::from(row.members)),
        "class" => word("poverty_class", row.class.as_deref()),
        _ => return None,
    })
}

/// One row a person; what is of the household is repeated, so that sorting keeps it.
fn roster_cells(
    store: &Store,
    columns: &[ListColumn],
    limited: &BTreeSet<RecordId>,
    on: &str,
    village: Option<RecordId>,
) -> Result<Cells> {
    let on = roster::day(on)?;
    let (rows, left_out) = store.read(|view| {
        let mut rows = Vec::new();
        let mut households = roster::of_day(view, village, on, unit_of(store), MOST_EXPORTED)?.rows;
        let left_out = leave_out_of_roster(&mut households, limited);
        for household in households {
            for person in &household.members {
                let cells = columns.iter().map(|column| roster_cell(view, &household, person, column));
                rows.push(cells.collect::<store::Result<Option<Vec<TableCell>>>>()?);
            }
        }
        Ok((rows, left_out))
    })?;
    Ok((rows.into_iter().collect::<Option<_>>().ok_or(Problem::new(Code::BadRequest))?, left_out))
}

fn roster_cell(
    view: &View<'_>,
    household: &RosterHousehold,
    person: &RosterPerson,
    column: &ListColumn,
) -> store::Result<Option<TableCell>> {
    let text = |value: &str| if value.is_empty() { TableCell::Empty } else { TableCell::Text(value.to_owned()) };
    Ok(Some(match column.id.as_str() {
        "head" => text(&household.head_name),
        "code" => text(&household.code),
        "village" => text(&household.village_name),
        "address" => text(&household.address),
        "class" => word("poverty_class", household.poverty_class.as_deref()),
        "name" => text(&person.full_name),
        "relation" => word("relationship_to_head", person.relationship.as_deref()),
        "sex" => word("sex", person.sex.as_deref()),
        "birth" => person.birth.as_deref().and_then(|birth| birth.parse().ok()).map_or(TableCell::Empty, TableCell::Date),
        "age" => person.age_months.map_or(TableCell::Empty, |months| TableCell::Number(f64::from(months / 12))),
        "citizen_id" => whole_id(view, person.id)?,
        _ => return Ok(None),
    }))
}

fn whole_id(view: &View<'_>, person: RecordId) -> store::Result<TableCell> {
    let person: Person = view.get_record(person, Sight::Plain)?.record();
    Ok(person.citizen_id.as_deref().map(citizen_id::tidy).map_or(TableCell::Empty, TableCell::Text))
}

fn word(list: &str, code: Option<&str>) -> TableCell {
    code.map_or(TableCell::Empty, |code| TableCell::Text(word_of(list, code)))
}

/// The Vietnamese word of a code: files go to offices that read Vietnamese, whatever language the screen has.
fn word_of(list: &str, code: &str) -> String {
    codes::find(list, code).map_or_else(|| code.to_owned(), |row| row.vi.clone())
}
