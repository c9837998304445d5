//! Requests of people about their own data (yêu cầu của chủ thể dữ liệu) that still wait for an answer.

use domain::RecordId;
use rusqlite::named_params;

use crate::error::Result;
use crate::listing::{Listed, Page};
use crate::open::View;

/// A request without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRequest {
    /// The request.
    pub id: RecordId,
    /// Whose data it is about.
    pub person: RecordId,
    /// Their name; empty where none is recorded.
    pub person_name: String,
    /// Code of what is asked for.
    pub matter: Option<String>,
    /// The day it came, `YYYY-MM-DD`.
    pub filed_on: Option<String>,
    /// The day by which an answer is owed.
    pub due_on: Option<String>,
}

impl View<'_> {
    /// Requests without an answer; those that are due first come first, those without a day last.
    pub fn list_open_data_requests(&self, page: Page) -> Result<Listed<OpenRequest>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.rid, r.parent, p.full_name, d.matter, d.filed_on, d.due_on, count(*) OVER () AS total
             FROM data_request AS d CROSS JOIN rec AS r ON r.lid = d.lid
             CROSS JOIN rec AS owner ON owner.rid = r.parent LEFT JOIN person AS p ON p.lid = owner.lid
             WHERE d.answered_on IS NULL AND r.life = 0
             ORDER BY d.due_on IS NULL, d.due_on, d.lid LIMIT :limit OFFSET :offset",
        )?;
        let limits = named_params! { ":limit": page.limit.cast_signed(), ":offset": page.offset.cast_signed() };
        let mut rows = statement.query(limits)?;
        let mut listed = Listed { rows: Vec::new(), total: 0 };
        while let Some(row) = rows.next()? {
            listed.total = row.get::<_, i64>("total")?.unsigned_abs();
            listed.rows.push(OpenRequest {
                id: RecordId(row.get("rid")?),
                person: RecordId(row.get("parent")?),
                person_name: row.get::<_, Option<String>>("full_name")?.unwrap_or_default(),
                matter: row.get("matter")?,
                filed_on: row.get("filed_on")?,
                due_on: row.get("due_on")?,
            });
        }
        Ok(listed)
    }
}
