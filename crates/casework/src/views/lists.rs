//! What lists have in common: counts beside filters, filters kept under a name, and lists taken out or printed.

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::family::RosterHousehold;
use super::households::{HouseholdFilter, HouseholdRow};
use super::people::{PersonFilter, PersonRow};

/// Asks how many people each choice of a filter would leave.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountPeople {
    /// The other filters; what is counted by is left out of them.
    pub filter: PersonFilter,
    /// `village`, `sex`, `ethnic_code`, `poverty_class`, `disability`, `disability_type`, `age`, `standing` or `mark`.
    pub by: String,
    /// The ages asked about, completed years from and to, with `age`.
    #[serde(default)]
    pub ages: Vec<AgeRange>,
}

/// Ages in completed years; a missing end is open.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AgeRange {
    /// At least.
    pub from: Option<u32>,
    /// At most.
    pub to: Option<u32>,
}

/// Asks how many households each choice of a filter would leave.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountHouseholds {
    /// The other filters; what is counted by is left out of them.
    pub filter: HouseholdFilter,
    /// `village`, `poverty_class`, `ethnic_code` or `mark`.
    pub by: String,
}

/// How many a choice leaves.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChoiceCount {
    /// The choice: a code, an id, an age as its first year; empty for none.
    pub value: String,
    /// Rows.
    pub count: u32,
}

/// Counts by choice.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Counts {
    /// Choices that leave nobody may be absent.
    pub counts: Vec<ChoiceCount>,
    /// Rows without this filter.
    pub total: u32,
}

/// A filter kept under a name.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SavedFilter {
    /// Its number.
    pub id: String,
    /// `people` or `households`.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The list's state as the page wrote it, JSON.
    pub body: String,
}

/// The worker's filters.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SavedFilters {
    /// In the order of their making.
    pub filters: Vec<SavedFilter>,
}

/// Keeps a filter; the same name again replaces what it stood for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveFilter {
    /// `people` or `households`.
    pub list: String,
    /// Its name, at most 60 letters.
    pub name: String,
    /// The list's state, JSON.
    pub body: String,
}

/// Throws a filter away.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeleteFilter {
    /// Its number.
    pub id: String,
}

/// The rows of a list that somebody chose: all of a filter, some of it, or all but some.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "list", rename_all = "snake_case")]
#[serde(deny_unknown_fields)]
pub enum ListRows {
    /// Of the list of people.
    People {
        /// The filters.
        filter: PersonFilter,
        /// As in `list_people`.
        sort: String,
        /// From the end.
        descending: bool,
        /// Only these; null = all of the filter.
        #[ts(type = "string[] | null")]
        only: Option<Vec<RecordId>>,
        /// All of the filter but these.
        #[ts(type = "string[]")]
        except: Vec<RecordId>,
    },
    /// Of the list of households.
    Households {
        /// The filters.
        filter: HouseholdFilter,
        /// As in `list_households`.
        sort: String,
        /// From the end.
        descending: bool,
        /// Only these; null = all of the filter.
        #[ts(type = "string[] | null")]
        only: Option<Vec<RecordId>>,
        /// All of the filter but these.
        #[ts(type = "string[]")]
        except: Vec<RecordId>,
    },
    /// Who lived where on a day, one row a person.
    Roster {
        /// The day.
        on: String,
        /// Of one village; null = of the commune.
        #[ts(type = "string | null")]
        village: Option<RecordId>,
    },
}

/// A column of the list as the worker sees it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListColumn {
    /// Which.
    pub id: String,
    /// Its heading, in the worker's language.
    pub heading: String,
}

/// Takes a list out as a workbook.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportList {
    /// The rows.
    pub rows: ListRows,
    /// Columns, left to right. People: `name`, `birth`, `age`, `sex`, `citizen_id` (whole), `ethnic`, `village`, `household`,
    /// `head`, `class`, `disability`, `disability_types`. Households: `head`, `code`, `village`, `members`, `class`. Rosters:
    /// `head`, `code`, `village`, `address`, `class`, `name`, `relation`, `sex`, `birth`, `age`, `citizen_id` (whole).
    pub columns: Vec<ListColumn>,
    /// Title with the filters in words.
    pub title: String,
    /// Where to write; null = hand over.
    pub path: Option<String>,
    /// Why; kept in the audit.
    pub reason: String,
}

/// Asks for the rows of a list to print them; kept in the audit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintList {
    /// The rows; at most 5,000 are given.
    pub rows: ListRows,
    /// Title with the filters in words, as the audit keeps it.
    pub title: String,
}

/// Rows to print, of one of the lists.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PrintedList {
    /// People.
    pub people: Vec<PersonRow>,
    /// Households.
    pub households: Vec<HouseholdRow>,
    /// Households of a roster with their people.
    pub roster: Vec<RosterHousehold>,
    /// People who asked that their data be limited and are left out.
    pub left_out: u32,
    /// How many were asked for; of a roster people.
    pub total: u32,
    /// When (RFC 3339).
    pub at: String,
}
