//! The list of households (danh sách hộ): paged, sorted by the head's given name, filtered, counted.
//!
//! Would surprise: who is present and the class shown are those of the day on which the list was last made for the
//! household ([`crate::Tx::refresh_lists`] on the first sign-in of a day).

use std::collections::BTreeSet;

use domain::RecordId;

use crate::error::Result;
use crate::listing::{ClassFilter, Conditions, Listed, Page, by_village, in_order, plan};
use crate::marks::HouseholdMark;
use crate::open::View;

/// Which households.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseholdFilter {
    /// Words as in the search; empty lets everything through.
    pub text: String,
    /// Of one village.
    pub village: Option<RecordId>,
    /// By the class of this year's review.
    pub class: Option<ClassFilter>,
    /// Most of whose members share an ethnic group.
    pub ethnic: Option<String>,
    /// With all of these marks.
    pub marks: BTreeSet<HouseholdMark>,
    /// Those that joined another or left the commune, instead of those that are here.
    pub gone: bool,
    /// Only these.
    pub among: Option<Vec<RecordId>>,
    /// All but these.
    pub except: Vec<RecordId>,
}

/// The order of a list of households; the household's number breaks ties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HouseholdOrder {
    /// Given name of the head.
    #[default]
    Head,
    /// Village, then head.
    Village,
    /// Label.
    Code,
    /// How many are present.
    Members,
    /// When it was last written.
    Changed,
}

/// What households are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HouseholdFacet {
    /// Village, by its id.
    Village,
    /// Class of this year's review.
    Class,
    /// Ethnic group.
    Ethnic,
}

/// A household in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdRow {
    /// The household.
    pub id: RecordId,
    /// Its label.
    pub code: String,
    /// Name of the head.
    pub head: Option<String>,
    /// The head.
    pub head_id: Option<RecordId>,
    /// Name of the village.
    pub village: Option<String>,
    /// How many are present.
    pub members: u32,
    /// Class of this year's review; none = not reviewed.
    pub class: Option<String>,
    /// Has changes, its own or of its rows, that wait for the province.
    pub pending: bool,
    /// Has a conflict, its own or of its rows.
    pub conflict: bool,
    /// When it or a row of it was last written, milliseconds since 1970.
    pub changed_at_ms: i64,
}

const TABLE: &str = "household_list";

impl HouseholdFilter {
    fn conditions(&self, view: &View<'_>) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        if let Some(village) = self.village {
            conditions.with("l.village = (SELECT lid FROM rec WHERE rid = ?)", village.0);
        }
        match &self.class {
            Some(ClassFilter::Is(class)) => conditions.with("l.class = ?", class.clone()),
            Some(ClassFilter::PoorOrNearPoor) => conditions.add("l.class IN ('poor', 'near_poor')"),
            Some(ClassFilter::NotReviewed) => conditions.add("l.class IS NULL"),
            None => {}
        }
        if let Some(ethnic) = &self.ethnic {
            conditions.with("l.ethnic = ?", ethnic.clone());
        }
        for mark in &self.marks {
            conditions.add(mark.condition());
        }
        conditions.add(if self.gone { "l.gone = 1" } else { "l.gone = 0" });
        if let Some(found) = view.list_answers(&self.text)? {
            conditions.numbers(&["l.lid"], &view.households_of(&found)?);
        }
        if let Some(ids) = &self.among {
            conditions.records(ids, true);
        }
        if !self.except.is_empty() {
            conditions.records(&self.except, false);
        }
        Ok(conditions)
    }
}

/// The statement that finds a page: on the list alone, so that sorting moves small rows.
fn page_sql(conditions: &Conditions, order: HouseholdOrder, descending: bool) -> String {
    let order = match order {
        HouseholdOrder::Head => ["l.head_sort", "l.lid"].as_slice(),
        HouseholdOrder::Village => &["l.village_sort", "l.head_sort", "l.lid"],
        HouseholdOrder::Code => &["l.code", "l.lid"],
        HouseholdOrder::Members => &["l.members", "l.head_sort", "l.lid"],
        HouseholdOrder::Changed => &["l.changed", "l.lid"],
    };
    conditions.page(TABLE, &in_order(order, descending))
}

/// What the list shows of one household.
const ROW: &str = "SELECT r.rid, l.code, p.full_name, hr.rid AS head_id, v.name AS village, l.members, l.class, l.changed, \
     (r.pend > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.pend > 0)) AS pending, \
     (r.nconf > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.nconf > 0 AND c.kind <> 12)) AS conflict \
     FROM household_list AS l JOIN rec AS r ON r.lid = l.lid \
     LEFT JOIN person AS p ON p.lid = l.head LEFT JOIN rec AS hr ON hr.lid = l.head \
     LEFT JOIN village AS v ON v.lid = l.village WHERE l.lid = ?1";

impl View<'_> {
    /// How a page is found. For tests.
    #[doc(hidden)]
    pub fn explain_households(&self, filter: &HouseholdFilter, order: HouseholdOrder, descending: bool) -> Result<String> {
        let conditions = filter.conditions(self)?;
        plan(self, &page_sql(&conditions, order, descending), &conditions)
    }

    /// A page of the list of households, from the order's end where `descending`.
    pub fn list_households(
        &self,
        filter: &HouseholdFilter,
        order: HouseholdOrder,
        descending: bool,
        page: Page,
    ) -> Result<Listed<HouseholdRow>> {
        let conditions = filter.conditions(self)?;
        let rows = self.page_rows(&page_sql(&conditions, order, descending), &conditions, page, ROW, row)?;
        Ok(Listed { rows, total: self.count_rows(TABLE, &conditions)? })
    }

    /// How many households pass.
    pub fn count_households(&self, filter: &HouseholdFilter) -> Result<u64> {
        self.count_rows(TABLE, &filter.conditions(self)?)
    }

    /// How many households pass, by what they are counted by; none of it comes first.
    pub fn count_households_by(&self, filter: &HouseholdFilter, facet: HouseholdFacet) -> Result<Vec<(Option<String>, u64)>> {
        let (what, from) = match facet {
            HouseholdFacet::Village => ("lower(hex(v.rid))", "household_list AS l LEFT JOIN rec AS v ON v.lid = l.village"),
            HouseholdFacet::Class => ("l.class", "household_list AS l"),
            HouseholdFacet::Ethnic => ("l.ethnic", "household_list AS l"),
        };
        let counts = self.count_by(what, from, &filter.conditions(self)?)?;
        Ok(if facet == HouseholdFacet::Village { by_village(counts) } else { counts })
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<HouseholdRow> {
    Ok(HouseholdRow {
        id: RecordId(row.get("rid")?),
        code: row.get("code")?,
        head: row.get("full_name")?,
        head_id: row.get::<_, Option<[u8; 16]>>("head_id")?.map(RecordId),
        village: row.get("village")?,
        members: row.get("members")?,
        class: row.get("class")?,
        pending: row.get("pending")?,
        conflict: row.get("conflict")?,
        changed_at_ms: row.get("changed")?,
    })
}
