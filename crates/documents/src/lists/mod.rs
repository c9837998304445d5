//! Lists of households and people as commune offices keep them, read into households.
//!
//! [`propose`] finds the header and says what each column holds; the worker may correct that [`Mapping`]; [`read`]
//! gives the households with everything that was not taken as it stood. A bad cell never costs a person; only a row
//! without a name is none. Nothing here knows the register: matching and applying are `casework`.

mod body;
mod cells;
mod columns;
mod content;
mod doubles;
mod group;
mod headings;
mod layout;
mod listed;
mod member;
mod problem;
mod rows;
mod section;
mod sign;
mod target;
mod title_class;
mod titles;
mod words;

use chrono::NaiveDate;
use domain::PartialDate;
use serde::{Deserialize, Serialize};

pub use body::{RowCell, read_row};
pub use cells::order::DateOrder;
pub use doubles::{MemberPlace, double, told_at, twins};
pub use layout::{MappedColumn, Mapping, Remembered, SheetMapping, propose, propose_at};
pub use problem::{ImportProblem, ProblemKind};
pub use target::Target;
pub use title_class::TitleClass;

use crate::sheet::{Sheet, Workbook};

/// A household as read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadHousehold {
    /// The code in the file; without one, sheet and first row.
    pub key: String,
    /// The code in the file.
    pub source_code: Option<String>,
    /// Name of the sheet.
    pub sheet: String,
    /// Its first row as in the sheet, from 1.
    pub first_row: u32,
    /// Village as written.
    pub village: Option<String>,
    /// Address as written.
    pub address: Option<String>,
    /// Code of `poverty_class`.
    pub poverty_class: Option<String>,
    /// The year that titles or headings name for it.
    pub poverty_year: Option<i32>,
    /// Number of people the list says the household has.
    pub size: Option<u32>,
    /// In the order of the sheet.
    pub members: Vec<ReadMember>,
}

/// A person as read. What is absent was empty or is told in a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMember {
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Name in its usual case.
    pub full_name: String,
    /// Name as it stood, where it was changed.
    pub original_name: Option<String>,
    /// Another name.
    pub other_name: Option<String>,
    /// Birth, as far as known.
    pub birth: Option<PartialDate>,
    /// `male` or `female`.
    pub sex: Option<String>,
    /// 12 digits.
    pub citizen_id: Option<String>,
    /// Date of issue.
    pub citizen_id_issued_on: Option<NaiveDate>,
    /// Place of issue.
    pub citizen_id_place: Option<String>,
    /// 9 digits.
    pub old_id: Option<String>,
    /// Code of `ethnic_group`.
    pub ethnic_code: Option<String>,
    /// Code of `relationship_to_head`.
    pub relationship: Option<String>,
    /// Telephone, with its zero.
    pub phone: Option<String>,
    /// Codes of `disability_type`.
    pub disability_types: Vec<String>,
    /// Code of `disability_severity`.
    pub disability_severity: Option<String>,
    /// Number of the certificate.
    pub disability_certificate: Option<String>,
    /// Number of the card.
    pub health_insurance: Option<String>,
    /// Code of `marital_status`.
    pub marital_status: Option<String>,
    /// Code of `education_level`.
    pub education_level: Option<String>,
    /// Occupation as written.
    pub occupation: Option<String>,
    /// Date of death.
    pub death: Option<PartialDate>,
    /// Note as written.
    pub note: Option<String>,
}

impl ReadMember {
    /// Takes what is still empty from another reading of the same person.
    pub fn fill_from(&mut self, other: &Self) {
        fn fill<T: Clone>(mine: &mut Option<T>, other: &Option<T>) {
            if mine.is_none() {
                mine.clone_from(other);
            }
        }
        fill(&mut self.original_name, &other.original_name);
        fill(&mut self.other_name, &other.other_name);
        fill(&mut self.birth, &other.birth);
        fill(&mut self.sex, &other.sex);
        fill(&mut self.citizen_id, &other.citizen_id);
        fill(&mut self.citizen_id_issued_on, &other.citizen_id_issued_on);
        fill(&mut self.citizen_id_place, &other.citizen_id_place);
        fill(&mut self.old_id, &other.old_id);
        fill(&mut self.ethnic_code, &other.ethnic_code);
        fill(&mut self.relationship, &other.relationship);
        fill(&mut self.phone, &other.phone);
        fill(&mut self.disability_severity, &other.disability_severity);
        fill(&mut self.disability_certificate, &other.disability_certificate);
        fill(&mut self.health_insurance, &other.health_insurance);
        fill(&mut self.marital_status, &other.marital_status);
        fill(&mut self.education_level, &other.education_level);
        fill(&mut self.occupation, &other.occupation);
        fill(&mut self.death, &other.death);
        fill(&mut self.note, &other.note);
        if self.disability_types.is_empty() {
            self.disability_types.clone_from(&other.disability_types);
        }
    }
}

/// Why a row is not among the people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// A line of totals.
    Total,
    /// Signatures, place and date, and what follows.
    Signature,
    /// The header or its column numbers once more.
    Header,
    /// The title of a part: a village, a class.
    Section,
    /// A line of text.
    Text,
}

/// A row that was left out, shown in the preview so that a worker can disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Why.
    pub reason: LeftOutReason,
    /// What stood there.
    pub read: String,
}

/// All that a file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadList {
    /// In the order of the file.
    pub households: Vec<ReadHousehold>,
    /// By sheet and row.
    pub problems: Vec<ImportProblem>,
    /// By sheet and row.
    pub left_out: Vec<LeftOut>,
}

impl ReadList {
    /// Puts the problems in the order of the sheets and their rows; for whoever adds some.
    pub fn sort(&mut self, sheets: &[String]) {
        self.problems.sort_by_key(|problem| (sheets.iter().position(|name| *name == problem.sheet), problem.row));
    }
}

/// Reads the sheets of a workbook as mapped. `today` bounds dates.
#[must_use]
pub fn read(workbook: &Workbook, mapping: &Mapping, today: NaiveDate) -> ReadList {
    let mut list = ReadList::default();
    let included: Vec<(&Sheet, &SheetMapping)> = mapping
        .sheets
        .iter()
        .filter(|mapped| mapped.included)
        .filter_map(|mapped| workbook.sheets.iter().find(|sheet| sheet.name == mapped.sheet).map(|sheet| (sheet, mapped)))
        .collect();
    let several = included.len() > 1;
    let mut bodies: Vec<body::Body<'_>> = included.iter().map(|(sheet, mapped)| body::Body::new(sheet, mapped, today)).collect();
    let orders = bodies.iter().fold(cells::order::Order::default(), |whole, body| whole.and(body.evidence_of_order()));
    for ((sheet, mapped), body) in included.iter().zip(&mut bodies) {
        body.settle_orders(orders);
        let lines = body.lines();
        let titles = titles::read(sheet, mapped, several);
        let mut households = group::households(body, lines, &titles);
        list.problems.extend(title_class::settle(mapped, &mut households));
        list.households.append(&mut households);
        list.problems.append(&mut body.problems);
        list.left_out.append(&mut body.left_out);
    }
    // Beside lists, a sheet without a header is a summary or a note most times, and sometimes people nobody would miss.
    let level = if included.is_empty() { domain::Level::Error } else { domain::Level::Info };
    let headless = mapping.sheets.iter().filter(|mapped| mapped.header_rows.is_none() && !mapped.included);
    list.problems.extend(headless.map(|mapped| header_missing(mapped, level)));
    let mut doubles = doubles::find(&list.households, mapping);
    list.problems.append(&mut doubles);
    let sheets: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    list.sort(&sheets);
    list
}

fn header_missing(mapped: &SheetMapping, level: domain::Level) -> ImportProblem {
    ImportProblem {
        sheet: mapped.sheet.clone(),
        row: 0,
        column: String::new(),
        heading: String::new(),
        read: String::new(),
        kind: ProblemKind::HeaderMissing,
        level,
        params: std::collections::BTreeMap::new(),
    }
}
