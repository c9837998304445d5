//! The list of households: its filters, its order, and the deleted ones.

use std::collections::BTreeSet;

use domain::records::HouseholdMember;
use domain::registry::Record;
use store::{ClassFilter, HouseholdMark, HouseholdOrder, Page, Sight, Stored};

use crate::commands::types::{HouseholdPage, ListHouseholds};
use crate::host::{Host, instant};
use crate::problem::{Code, Problem, Result};
use crate::views::households::{HouseholdFilter, HouseholdRow};

/// Rows at once.
const LARGEST_PAGE: u32 = 500;

/// A page of the household list.
pub fn list_households(host: &dyn Host, req: ListHouseholds) -> Result<HouseholdPage> {
    let open = host.session().open()?;
    if req.filter.deleted {
        return list_deleted(&open.store);
    }
    let page = Page { offset: u64::from(req.offset), limit: u64::from(req.limit.min(LARGEST_PAGE)) };
    let filter = store_filter(&req.filter)?;
    let listed = open.store.read(|view| view.list_households(&filter, order_named(&req.sort), req.descending, page))?;
    Ok(HouseholdPage {
        rows: listed.rows.into_iter().map(household_row).collect(),
        total: u32::try_from(listed.total).unwrap_or(u32::MAX),
    })
}

/// An order by its name; an unknown one is that of the heads' names.
pub(crate) fn order_named(sort: &str) -> HouseholdOrder {
    match sort {
        "code" => HouseholdOrder::Code,
        "village" => HouseholdOrder::Village,
        "members" => HouseholdOrder::Members,
        "changed" => HouseholdOrder::Changed,
        _ => HouseholdOrder::Head,
    }
}

/// A row of the list as it crosses.
pub(crate) fn household_row(row: store::HouseholdRow) -> HouseholdRow {
    HouseholdRow {
        id: row.id,
        code: row.code,
        head_name: row.head.unwrap_or_default(),
        village_name: row.village.unwrap_or_default(),
        members: row.members,
        poverty_class: row.class,
        pending: row.pending,
        conflict: row.conflict,
        changed_at: instant(row.changed_at_ms),
    }
}

/// Deleted households: they can be looked at and restored.
fn list_deleted(store: &store::Store) -> Result<HouseholdPage> {
    let deleted = store.read(|view| {
        let mut rows = Vec::new();
        for (id, household) in view.list_deleted_households()? {
            let village = household.village.map(|village| crate::convert::label(view, village)).transpose()?;
            let members = view.list_children(id, HouseholdMember::KIND, Sight::Plain)?;
            let head = members
                .iter()
                .map(Stored::record::<HouseholdMember>)
                .find_map(|member| member.person.filter(|_| member.relationship_to_head.as_deref() == Some("head")));
            rows.push(HouseholdRow {
                id,
                code: household.code.unwrap_or_default(),
                head_name: head.map(|head| crate::convert::label(view, head)).transpose()?.unwrap_or_default(),
                village_name: village.unwrap_or_default(),
                members: u32::try_from(members.len()).unwrap_or(u32::MAX),
                poverty_class: None,
                pending: false,
                conflict: false,
                changed_at: String::new(),
            });
        }
        Ok(rows)
    })?;
    let total = u32::try_from(deleted.len()).unwrap_or(u32::MAX);
    Ok(HouseholdPage { rows: deleted, total })
}

/// The store's filter. A mark that nobody knows is refused: to leave it out would show more than was asked for.
pub(crate) fn store_filter(filter: &HouseholdFilter) -> Result<store::HouseholdFilter> {
    let marks = filter.marks.iter().map(|code| HouseholdMark::from_code(code)).collect::<Option<BTreeSet<_>>>();
    Ok(store::HouseholdFilter {
        text: filter.text.clone(),
        village: filter.village,
        class: filter.poverty_class.as_deref().map(class_named),
        ethnic: filter.ethnic_code.clone(),
        marks: marks.ok_or(Problem::new(Code::BadRequest))?,
        gone: filter.gone,
        ..store::HouseholdFilter::default()
    })
}

/// A class by its code; `not_reviewed` is none.
pub(crate) fn class_named(class: &str) -> ClassFilter {
    match class {
        "not_reviewed" => ClassFilter::NotReviewed,
        class => ClassFilter::Is(class.to_owned()),
    }
}
