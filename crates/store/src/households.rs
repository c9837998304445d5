//! The list of households (danh sách hộ): paged, sorted by the head's given name, filtered.
//!
//! Would surprise: who is present and the class shown are those of the day on which the list was last made for the
//! household ([`crate::Tx::refresh_lists`] on the first sign-in of a day).

use domain::RecordId;
use rusqlite::types::ToSql;

use crate::error::Result;
use crate::open::View;

/// Which households.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseholdFilter {
    /// Of one village.
    pub village: Option<RecordId>,
    /// By the class of this year's review.
    pub class: Option<ClassFilter>,
    /// Most of whose members share an ethnic group.
    pub ethnic: Option<String>,
    /// With something that waits for the province.
    pub pending: bool,
    /// With a conflict.
    pub conflict: bool,
    /// Where nobody present is the head.
    pub without_head: bool,
    /// Those that joined another or left the commune, instead of those that are here.
    pub gone: bool,
    /// Only these.
    pub among: Option<Vec<RecordId>>,
}

/// By poverty class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassFilter {
    /// Given this class.
    Is(String),
    /// Given any class that means poor or near-poor.
    PoorOrNearPoor,
    /// Not reviewed this year.
    NotReviewed,
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
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Rows before it.
    pub offset: u64,
    /// Most rows in it.
    pub limit: u64,
}

/// Rows of a list and how many the whole list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Rows of the page.
    pub rows: Vec<T>,
    /// Rows of the list.
    pub total: u64,
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
}

/// A condition with its parameters, and how many parameters came before.
#[derive(Default)]
pub(crate) struct Conditions {
    text: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
}

impl Conditions {
    /// Adds a condition without a parameter.
    pub(crate) fn add(&mut self, text: &str) {
        self.text.push(text.to_owned());
    }

    /// Adds a condition in which `?` stands for the value.
    pub(crate) fn with(&mut self, text: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.text.push(text.replace('?', &format!("?{}", self.values.len())));
    }

    /// Adds a condition that the row is one of these records.
    pub(crate) fn among(&mut self, ids: &[RecordId]) {
        let places: Vec<String> = ids
            .iter()
            .map(|id| {
                self.values.push(Box::new(id.0));
                format!("?{}", self.values.len())
            })
            .collect();
        self.text.push(format!("l.lid IN (SELECT lid FROM rec WHERE rid IN ({}))", places.join(", ")));
    }

    /// The clause, empty where there are no conditions.
    pub(crate) fn clause(&self) -> String {
        if self.text.is_empty() { String::new() } else { format!("WHERE {}", self.text.join(" AND ")) }
    }

    /// A statement that finds the rows of a page; its last two parameters are how many, and how many before.
    pub(crate) fn page(&self, what: &str, source: &str, order: &str) -> String {
        let (limit, offset) = (self.values.len() + 1, self.values.len() + 2);
        format!("SELECT {what} FROM {source} {} ORDER BY {order} LIMIT ?{limit} OFFSET ?{offset}", self.clause())
    }

    pub(crate) fn parameters(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(|value| &**value).collect()
    }
}

/// Waits for the province, itself or a row of it.
const PENDING: &str = "(r.pend > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.pend > 0))";
/// Is in conflict, itself or a row of it. What is specially protected is not told in a list.
const CONFLICT: &str = "l.lid IN (SELECT c.lid FROM rec AS c WHERE c.nconf > 0 UNION \
     SELECT p.lid FROM rec AS c JOIN rec AS p ON p.rid = c.parent WHERE c.nconf > 0 AND c.kind <> 12)";

impl HouseholdFilter {
    /// The tables that the conditions speak of.
    fn source(&self) -> &'static str {
        if self.pending { "household_list AS l JOIN rec AS r ON r.lid = l.lid" } else { "household_list AS l" }
    }

    fn conditions(&self) -> Conditions {
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
        if self.without_head {
            conditions.add("l.head IS NULL");
        }
        conditions.add(if self.gone { "l.gone = 1" } else { "l.gone = 0" });
        if self.pending {
            conditions.add(PENDING);
        }
        if self.conflict {
            conditions.add(CONFLICT);
        }
        if let Some(ids) = &self.among {
            conditions.among(ids);
        }
        conditions
    }
}

/// The statement that finds a page: on the list alone, so that sorting moves small rows.
pub(crate) fn page_sql(filter: &HouseholdFilter, order: HouseholdOrder, descending: bool) -> (String, Conditions) {
    let conditions = filter.conditions();
    let order = match order {
        HouseholdOrder::Head => ["l.head_sort", "l.lid"].as_slice(),
        HouseholdOrder::Village => &["l.village_sort", "l.head_sort", "l.lid"],
        HouseholdOrder::Code => &["l.code", "l.lid"],
        HouseholdOrder::Members => &["l.members", "l.head_sort", "l.lid"],
    };
    let sql = conditions.page("l.lid", filter.source(), &in_order(order, descending));
    (sql, conditions)
}

/// What the list shows of one household.
const ROW: &str = "SELECT r.rid, l.code, p.full_name, hr.rid AS head_id, v.name AS village, l.members, l.class, \
     (r.pend > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.pend > 0)) AS pending, \
     (r.nconf > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.nconf > 0 AND c.kind <> 12)) AS conflict \
     FROM household_list AS l JOIN rec AS r ON r.lid = l.lid \
     LEFT JOIN person AS p ON p.lid = l.head LEFT JOIN rec AS hr ON hr.lid = l.head \
     LEFT JOIN village AS v ON v.lid = l.village WHERE l.lid = ?1";

/// Columns of an order, from its beginning or its end.
pub(crate) fn in_order(columns: &[&str], descending: bool) -> String {
    columns.join(if descending { " DESC, " } else { ", " }) + if descending { " DESC" } else { "" }
}

impl View<'_> {
    /// How a page is found. For tests.
    #[doc(hidden)]
    pub fn explain_households(&self, filter: &HouseholdFilter, order: HouseholdOrder, descending: bool) -> Result<String> {
        let (sql, conditions) = page_sql(filter, order, descending);
        plan(self, &sql, &conditions)
    }

    /// A page of the list of households, from the order's end where `descending`.
    pub fn list_households(
        &self,
        filter: &HouseholdFilter,
        order: HouseholdOrder,
        descending: bool,
        page: Page,
    ) -> Result<Listed<HouseholdRow>> {
        let (sql, conditions) = page_sql(filter, order, descending);
        let rows = self.page_rows(&sql, &conditions, page, ROW, |row| {
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
            })
        })?;
        Ok(Listed { rows, total: self.count_rows(filter.source(), &conditions)? })
    }

    /// The rows of a page: found by one statement, read by another.
    pub(crate) fn page_rows<T>(
        &self,
        sql: &str,
        conditions: &Conditions,
        page: Page,
        row_sql: &str,
        read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut parameters = conditions.parameters();
        let (limit, offset) = page.bounds();
        parameters.push(&limit);
        parameters.push(&offset);
        let lids = statement.query_map(parameters.as_slice(), |row| row.get::<_, i64>(0))?;
        let mut one = self.connection().prepare_cached(row_sql)?;
        lids.map(|lid| Ok(one.query_row([lid?], &read)?)).collect()
    }

    /// How many rows a list has.
    pub(crate) fn count_rows(&self, source: &str, conditions: &Conditions) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM {source} {}", conditions.clause());
        let mut statement = self.connection().prepare_cached(&sql)?;
        let total: i64 = statement.query_row(conditions.parameters().as_slice(), |row| row.get(0))?;
        Ok(total.unsigned_abs())
    }
}

/// The steps of a statement's plan, for the test that an index is used.
pub(crate) fn plan(view: &View<'_>, sql: &str, conditions: &Conditions) -> Result<String> {
    let mut statement = view.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut parameters = conditions.parameters();
    let (limit, offset) = Page { offset: 0, limit: 50 }.bounds();
    parameters.push(&limit);
    parameters.push(&offset);
    let steps = statement.query_map(parameters.as_slice(), |row| row.get::<_, String>("detail"))?;
    Ok(steps.collect::<rusqlite::Result<Vec<_>>>()?.join("\n"))
}

impl Page {
    pub(crate) fn bounds(self) -> (i64, i64) {
        (i64::try_from(self.limit).unwrap_or(i64::MAX), i64::try_from(self.offset).unwrap_or(i64::MAX))
    }
}
