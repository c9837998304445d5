//! The list of people (danh sách người): paged, sorted by given name, filtered.

use chrono::NaiveDate;
use domain::{PartialDate, RecordId};

use crate::error::Result;
use crate::households::{ClassFilter, Conditions, Listed, Page, in_order, plan};
use crate::open::View;

/// Which people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Of one village.
    pub village: Option<RecordId>,
    /// By the class of their household's review of this year.
    pub class: Option<ClassFilter>,
    /// Of one sex.
    pub sex: Option<String>,
    /// Of one ethnic group.
    pub ethnic: Option<String>,
    /// Born on this day or later (of a partial date its first day counts).
    pub born_from: Option<NaiveDate>,
    /// Born on this day or earlier.
    pub born_to: Option<NaiveDate>,
    /// With a disability certificate in force.
    pub disability: Option<DisabilityFilter>,
    /// Without a citizen id.
    pub without_id: bool,
    /// Without a date of birth.
    pub without_birth: bool,
    /// Who are in no household.
    pub without_household: bool,
    /// Whose citizen id another living record has too.
    pub same_id: bool,
    /// The dead too.
    pub with_dead: bool,
    /// Those who live in no household of the commune any more too.
    pub with_away: bool,
    /// Only these.
    pub among: Option<Vec<RecordId>>,
}

/// By disability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisabilityFilter {
    /// Any severity.
    Any,
    /// One severity.
    Is(String),
}

/// The order of a list of people; the person's number breaks ties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PersonOrder {
    /// Given name.
    #[default]
    Name,
    /// Birth, oldest first; unknown first.
    Birth,
}

/// A person in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The person.
    pub id: RecordId,
    /// Full name; empty where none is known.
    pub name: String,
    /// Birth.
    pub birth: Option<PartialDate>,
    /// Sex.
    pub sex: Option<String>,
    /// Ethnic group.
    pub ethnic: Option<String>,
    /// Citizen id with its middle hidden.
    pub masked_id: Option<String>,
    /// Household.
    pub household: Option<RecordId>,
    /// Its label.
    pub household_code: Option<String>,
    /// Its head.
    pub head: Option<String>,
    /// Name of the village.
    pub village: Option<String>,
    /// Class of the household's review of this year.
    pub class: Option<String>,
    /// Severity of disability.
    pub severity: Option<String>,
    /// Has died.
    pub died: bool,
    /// Has changes that wait for the province.
    pub pending: bool,
    /// Has a conflict.
    pub conflict: bool,
}

impl PersonFilter {
    /// The tables that the conditions speak of.
    fn source(&self) -> &'static str {
        if self.class.is_some() {
            "person_list AS l LEFT JOIN household_list AS k ON k.lid = l.household"
        } else {
            "person_list AS l"
        }
    }

    fn conditions(&self) -> Conditions {
        let mut conditions = Conditions::default();
        if let Some(village) = self.village {
            conditions.with("l.village = (SELECT lid FROM rec WHERE rid = ?)", village.0);
        }
        match &self.class {
            Some(ClassFilter::Is(class)) => conditions.with("k.class = ?", class.clone()),
            Some(ClassFilter::PoorOrNearPoor) => conditions.add("k.class IN ('poor', 'near_poor')"),
            Some(ClassFilter::NotReviewed) => conditions.add("k.class IS NULL"),
            None => {}
        }
        for (column, value) in [("l.sex", &self.sex), ("l.ethnic", &self.ethnic)] {
            if let Some(value) = value {
                conditions.with(&format!("{column} = ?"), value.clone());
            }
        }
        if let Some(day) = self.born_from {
            conditions.with("l.born >= ?", day.to_string());
        }
        if let Some(day) = self.born_to {
            conditions.with("l.born <= ?", day.to_string());
        }
        match &self.disability {
            Some(DisabilityFilter::Any) => conditions.add("l.severity IS NOT NULL"),
            Some(DisabilityFilter::Is(severity)) => conditions.with("l.severity = ?", severity.clone()),
            None => {}
        }
        for (wanted, text) in [
            (self.without_id, "l.has_id = 0"),
            (self.without_birth, "l.born IS NULL"),
            (self.without_household, "l.household IS NULL"),
            (self.same_id, SAME_ID),
            (!self.with_dead, "l.died = 0"),
            // The dead are asked for by themselves.
            (!self.with_away, "(l.away = 0 OR l.died = 1)"),
        ] {
            if wanted {
                conditions.add(text);
            }
        }
        if let Some(ids) = &self.among {
            conditions.among(ids);
        }
        conditions
    }
}

/// Another live record has the same citizen id, and of one of them nobody has compared it with the paper.
const SAME_ID: &str = "l.lid IN (SELECT p.lid FROM person AS p WHERE p.citizen_id IS NOT NULL AND EXISTS \
    (SELECT 1 FROM person AS q JOIN rec AS o ON o.lid = q.lid WHERE q.citizen_id = p.citizen_id AND q.lid <> p.lid AND o.life = 0) \
    AND EXISTS (SELECT 1 FROM person AS q JOIN rec AS o ON o.lid = q.lid WHERE q.citizen_id = p.citizen_id AND o.life = 0 \
    AND NOT EXISTS (SELECT 1 FROM rec AS c JOIN id_check AS i ON i.lid = c.lid \
    WHERE c.parent = o.rid AND c.life = 0 AND i.citizen_id = p.citizen_id)))";

/// The statement that finds a page, on the list alone.
pub(crate) fn page_sql(filter: &PersonFilter, order: PersonOrder, descending: bool) -> (String, Conditions) {
    let conditions = filter.conditions();
    let order = match order {
        PersonOrder::Name => ["l.sort", "l.lid"].as_slice(),
        PersonOrder::Birth => &["l.born", "l.lid"],
    };
    let sql = conditions.page("l.lid", filter.source(), &in_order(order, descending));
    (sql, conditions)
}

/// What the list shows of one person.
const ROW: &str = "SELECT r.rid, p.full_name, p.birth_date, p.sex, p.ethnic_code, p.citizen_id, hr.rid AS household, \
     k.code, h.full_name AS head, v.name AS village, k.class, l.severity, l.died, \
     (r.pend > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.pend > 0)) AS pending, \
     (r.nconf > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.nconf > 0 AND c.kind <> 12)) AS conflict \
     FROM person_list AS l JOIN rec AS r ON r.lid = l.lid JOIN person AS p ON p.lid = l.lid \
     LEFT JOIN household_list AS k ON k.lid = l.household LEFT JOIN rec AS hr ON hr.lid = l.household \
     LEFT JOIN person AS h ON h.lid = k.head LEFT JOIN village AS v ON v.lid = l.village WHERE l.lid = ?1";

impl View<'_> {
    /// How a page is found. For tests.
    #[doc(hidden)]
    pub fn explain_people(&self, filter: &PersonFilter, order: PersonOrder, descending: bool) -> Result<String> {
        let (sql, conditions) = page_sql(filter, order, descending);
        plan(self, &sql, &conditions)
    }

    /// A page of the list of people, from the order's end where `descending`.
    pub fn list_people(
        &self,
        filter: &PersonFilter,
        order: PersonOrder,
        descending: bool,
        page: Page,
    ) -> Result<Listed<PersonRow>> {
        let (sql, conditions) = page_sql(filter, order, descending);
        let rows = self.page_rows(&sql, &conditions, page, ROW, row)?;
        Ok(Listed { rows, total: self.count_rows(filter.source(), &conditions)? })
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<PersonRow> {
    let birth: Option<String> = row.get("birth_date")?;
    let number: Option<String> = row.get("citizen_id")?;
    Ok(PersonRow {
        id: RecordId(row.get("rid")?),
        name: row.get::<_, Option<String>>("full_name")?.unwrap_or_default(),
        birth: birth.and_then(|birth| birth.parse().ok()),
        sex: row.get("sex")?,
        ethnic: row.get("ethnic_code")?,
        masked_id: number.map(|number| masked(&number)),
        household: row.get::<_, Option<[u8; 16]>>("household")?.map(RecordId),
        household_code: row.get("code")?,
        head: row.get("head")?,
        village: row.get("village")?,
        class: row.get("class")?,
        severity: row.get("severity")?,
        died: row.get("died")?,
        pending: row.get("pending")?,
        conflict: row.get("conflict")?,
    })
}

/// An id as lists show it: `017150•••127`. Whole ids are shown on the person's page.
fn masked(number: &str) -> String {
    let symbols: Vec<char> = number.chars().collect();
    let shown = |range: std::ops::Range<usize>| symbols.get(range).unwrap_or_default().iter().collect::<String>();
    match symbols.len() {
        9.. => format!("{}•••{}", shown(0..symbols.len() - 6), shown(symbols.len() - 3..symbols.len())),
        _ => "•••".to_owned(),
    }
}
