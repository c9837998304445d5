//! The list of people (danh sách người): paged, sorted by given name, filtered, counted.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{PartialDate, RecordId};

use crate::error::Result;
use crate::listing::{ClassFilter, Conditions, Listed, Page, by_village, in_order, plan};
use crate::marks::PersonMark;
use crate::open::View;

/// Which people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Words as in the search; empty lets everything through.
    pub text: String,
    /// Of one village.
    pub village: Option<RecordId>,
    /// By the class of their household's review of this year.
    pub class: Option<ClassFilter>,
    /// Of one sex.
    pub sex: Option<SexFilter>,
    /// Of one ethnic group.
    pub ethnic: Option<String>,
    /// Born on this day or later (of a partial date its first day counts).
    pub born_from: Option<NaiveDate>,
    /// Born on this day or earlier.
    pub born_to: Option<NaiveDate>,
    /// With a disability certificate in force.
    pub disability: Option<DisabilityFilter>,
    /// Whose certificate names this type of disability.
    pub disability_type: Option<String>,
    /// With all of these marks.
    pub marks: BTreeSet<PersonMark>,
    /// How they stand.
    pub standing: Standing,
    /// Only these.
    pub among: Option<Vec<RecordId>>,
    /// All but these.
    pub except: Vec<RecordId>,
}

/// How a person stands in the commune.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// Living, and not moved away.
    #[default]
    Here,
    /// Dead.
    Dead,
    /// Living, and every membership has ended.
    Gone,
    /// Everybody.
    Everyone,
}

/// By sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SexFilter {
    /// This one.
    Is(String),
    /// Not recorded.
    Unknown,
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
    /// Village, then given name.
    Village,
    /// When the person was last written.
    Changed,
}

/// What people are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonFacet {
    /// Village, by its id.
    Village,
    /// Sex.
    Sex,
    /// Ethnic group.
    Ethnic,
    /// Class of the household's review of this year.
    Class,
    /// Severity of disability.
    Severity,
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
    /// The day of birth that computations take.
    pub born: Option<NaiveDate>,
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
    /// Types of disability.
    pub types: Vec<String>,
    /// Has died.
    pub died: bool,
    /// Lives, and every membership has ended.
    pub gone: bool,
    /// Has changes that wait for the province.
    pub pending: bool,
    /// Has a conflict.
    pub conflict: bool,
    /// When the person or a plain row of theirs was last written, milliseconds since 1970.
    pub changed_at_ms: i64,
}

const TABLE: &str = "person_list";

/// Living, and not moved away.
pub(crate) const IS_HERE: &str = "l.died = 0 AND l.away = 0";

impl PersonFilter {
    pub(crate) fn conditions(&self, view: &View<'_>) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        match self.standing {
            Standing::Here => conditions.add(IS_HERE),
            Standing::Dead => conditions.add("l.died = 1"),
            Standing::Gone => conditions.add("l.died = 0 AND l.away = 1"),
            Standing::Everyone => {}
        }
        if let Some(village) = self.village {
            conditions.with("l.village = (SELECT lid FROM rec WHERE rid = ?)", village.0);
        }
        let of_class = "l.household IN (SELECT k.lid FROM household_list AS k WHERE k.class";
        match &self.class {
            Some(ClassFilter::Is(class)) => conditions.with(&format!("{of_class} = ?)"), class.clone()),
            Some(ClassFilter::PoorOrNearPoor) => conditions.add(&format!("{of_class} IN ('poor', 'near_poor'))")),
            Some(ClassFilter::NotReviewed) => conditions.add(&format!("(l.household IS NULL OR {of_class} IS NULL))")),
            None => {}
        }
        match &self.sex {
            Some(SexFilter::Is(sex)) => conditions.with("l.sex = ?", sex.clone()),
            Some(SexFilter::Unknown) => conditions.add("l.sex IS NULL"),
            None => {}
        }
        if let Some(ethnic) = &self.ethnic {
            conditions.with("l.ethnic = ?", ethnic.clone());
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
        if let Some(kind) = &self.disability_type {
            conditions.with("instr(l.types, ?) > 0", format!(" {kind} "));
        }
        for mark in &self.marks {
            conditions.add(&mark.condition());
        }
        if let Some(found) = view.list_answers(&self.text)? {
            conditions.numbers(&["l.lid"], &found);
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

/// The statement that finds a page, on the list alone.
fn page_sql(conditions: &Conditions, order: PersonOrder, descending: bool) -> String {
    let order = match order {
        PersonOrder::Name => ["l.sort", "l.lid"].as_slice(),
        PersonOrder::Birth => &["l.born", "l.lid"],
        PersonOrder::Village => &["l.village_sort", "l.sort", "l.lid"],
        PersonOrder::Changed => &["l.changed", "l.lid"],
    };
    conditions.page(TABLE, &in_order(order, descending))
}

/// What the list shows of one person.
const ROW: &str = "SELECT r.rid, p.full_name, p.birth_date, l.born, p.sex, p.ethnic_code, p.citizen_id, hr.rid AS household, \
     k.code, h.full_name AS head, v.name AS village, k.class, l.severity, l.types, l.away, l.died, l.changed, \
     (r.pend > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.pend > 0)) AS pending, \
     (r.nconf > 0 OR EXISTS (SELECT 1 FROM rec AS c WHERE c.parent = r.rid AND c.nconf > 0 AND c.kind <> 12)) AS conflict \
     FROM person_list AS l JOIN rec AS r ON r.lid = l.lid JOIN person AS p ON p.lid = l.lid \
     LEFT JOIN household_list AS k ON k.lid = l.household LEFT JOIN rec AS hr ON hr.lid = l.household \
     LEFT JOIN person AS h ON h.lid = k.head LEFT JOIN village AS v ON v.lid = l.village WHERE l.lid = ?1";

impl View<'_> {
    /// How a page is found. For tests.
    #[doc(hidden)]
    pub fn explain_people(&self, filter: &PersonFilter, order: PersonOrder, descending: bool) -> Result<String> {
        let conditions = filter.conditions(self)?;
        plan(self, &page_sql(&conditions, order, descending), &conditions)
    }

    /// A page of the list of people, from the order's end where `descending`.
    pub fn list_people(
        &self,
        filter: &PersonFilter,
        order: PersonOrder,
        descending: bool,
        page: Page,
    ) -> Result<Listed<PersonRow>> {
        let conditions = filter.conditions(self)?;
        let rows = self.page_rows(&page_sql(&conditions, order, descending), &conditions, page, ROW, row)?;
        Ok(Listed { rows, total: self.count_rows(TABLE, &conditions)? })
    }

    /// How many people pass.
    pub fn count_people(&self, filter: &PersonFilter) -> Result<u64> {
        self.count_rows(TABLE, &filter.conditions(self)?)
    }

    /// How many people pass, by what they are counted by; none of it comes first.
    pub fn count_people_by(&self, filter: &PersonFilter, facet: PersonFacet) -> Result<Vec<(Option<String>, u64)>> {
        let (what, from) = match facet {
            PersonFacet::Village => ("lower(hex(v.rid))", "person_list AS l LEFT JOIN rec AS v ON v.lid = l.village"),
            PersonFacet::Sex => ("l.sex", "person_list AS l"),
            PersonFacet::Ethnic => ("l.ethnic", "person_list AS l"),
            PersonFacet::Class => ("h.class", "person_list AS l LEFT JOIN household_list AS h ON h.lid = l.household"),
            PersonFacet::Severity => ("l.severity", "person_list AS l"),
        };
        let counts = self.count_by(what, from, &filter.conditions(self)?)?;
        Ok(if facet == PersonFacet::Village { by_village(counts) } else { counts })
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<PersonRow> {
    let birth: Option<String> = row.get("birth_date")?;
    let number: Option<String> = row.get("citizen_id")?;
    let types: Option<String> = row.get("types")?;
    Ok(PersonRow {
        id: RecordId(row.get("rid")?),
        name: row.get::<_, Option<String>>("full_name")?.unwrap_or_default(),
        birth: birth.and_then(|birth| birth.parse().ok()),
        born: row.get::<_, Option<String>>("born")?.and_then(|born| born.parse().ok()),
        sex: row.get("sex")?,
        ethnic: row.get("ethnic_code")?,
        masked_id: number.map(|number| masked(&number)),
        household: row.get::<_, Option<[u8; 16]>>("household")?.map(RecordId),
        household_code: row.get("code")?,
        head: row.get("head")?,
        village: row.get("village")?,
        class: row.get("class")?,
        severity: row.get("severity")?,
        types: types.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        died: row.get("died")?,
        gone: row.get::<_, bool>("away")? && !row.get::<_, bool>("died")?,
        pending: row.get("pending")?,
        conflict: row.get("conflict")?,
        changed_at_ms: row.get("changed")?,
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
