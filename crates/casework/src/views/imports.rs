//! Import of a list: preview, mapping, dry run, apply, undo.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Reads a file and guesses its layout. Either a path (desktop) or the bytes (browser).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReadSheet {
    /// Path chosen in the dialog.
    pub path: Option<String>,
    /// File name, where bytes are given.
    pub name: Option<String>,
    /// Bytes in base64.
    pub bytes: Option<String>,
}

/// A column as found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SheetColumn {
    /// Position from 0.
    pub index: u32,
    /// `A`, `B` …
    pub letter: String,
    /// Heading as written.
    pub heading: String,
    /// What it is taken for; null = left out. Keys `import.target.<target>`.
    pub target: Option<String>,
    /// A few of its values.
    pub examples: Vec<String>,
}

/// A sheet of the file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SheetView {
    /// Its name.
    pub name: String,
    /// Rows with people as found.
    pub rows: u32,
    /// The header row as in the sheet, from 1; null = none found.
    pub header_row: Option<u32>,
    /// Its columns.
    pub columns: Vec<SheetColumn>,
    /// Take this sheet.
    pub taken: bool,
}

/// A file read, kept by the host until it is applied or another is read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SheetRead {
    /// Names the file in later calls.
    pub file: String,
    /// File name.
    pub name: String,
    /// Its sheets.
    pub sheets: Vec<SheetView>,
    /// Everything a column can be.
    pub targets: Vec<String>,
}

/// The worker's corrections of one sheet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SheetMapping {
    /// Sheet.
    pub sheet: String,
    /// Take it.
    pub taken: bool,
    /// Header row as in the sheet, from 1.
    pub header_row: Option<u32>,
    /// Column position → target.
    pub columns: BTreeMap<u32, String>,
}

/// Dry run with the corrections.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlanImport {
    /// The file.
    pub file: String,
    /// Corrections; empty = as guessed.
    pub mappings: Vec<SheetMapping>,
}

/// A problem of a cell or row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportProblem {
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Column heading.
    pub column: String,
    /// What was read.
    pub read: String,
    /// Key of its sentence: `import.problem.<kind>`.
    pub kind: String,
    /// Weight.
    #[ts(type = "\"error\" | \"warning\" | \"info\"")]
    pub level: domain::Level,
    /// Values its sentence names.
    pub params: BTreeMap<String, String>,
}

/// One person in the dry run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedMember {
    /// Row as in the sheet.
    pub row: u32,
    /// Name.
    pub full_name: String,
    /// Birth.
    pub birth: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Citizen id, masked.
    pub masked_citizen_id: Option<String>,
    /// Relationship.
    pub relationship: Option<String>,
    /// `new`, `same` (in the register already, left alone).
    pub match_state: String,
}

/// One household in the dry run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedHousehold {
    /// Code in the file, or sheet and first row.
    pub key: String,
    /// Sheet.
    pub sheet: String,
    /// First row.
    pub row: u32,
    /// Village as read.
    pub village: Option<String>,
    /// Class.
    pub poverty_class: Option<String>,
    /// Members.
    pub members: Vec<PlannedMember>,
    /// True when every member is in the register already: the household is left out.
    pub known: bool,
}

/// The dry run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportPlan {
    /// The file.
    pub file: String,
    /// Households that would be made.
    pub households: u32,
    /// People that would be made.
    pub people: u32,
    /// People left alone since they are in the register.
    pub known: u32,
    /// Villages that would be made.
    pub new_villages: Vec<String>,
    /// The first thousand households.
    pub preview: Vec<PlannedHousehold>,
    /// All problems.
    pub problems: Vec<ImportProblem>,
}

/// Applies the plan in one transaction.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ApplyImport {
    /// The file.
    pub file: String,
    /// Corrections, as in the plan.
    pub mappings: Vec<SheetMapping>,
}

/// What was made.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportDone {
    /// The import, for undo.
    pub import: String,
    /// Households made.
    pub households: u32,
    /// People made.
    pub people: u32,
    /// Problems left.
    pub problems: u32,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// An import that was done.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportRow {
    /// The import.
    pub import: String,
    /// File name.
    pub name: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub worker: String,
    /// Households made.
    pub households: u32,
    /// People made.
    pub people: u32,
    /// True once undone.
    pub undone: bool,
}

/// Imports, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Imports {
    /// Imports.
    pub imports: Vec<ImportRow>,
}

/// Undoes an import.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UndoImport {
    /// The import.
    pub import: String,
}

/// What an undo took away and what it kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportUndone {
    /// Records taken away.
    pub removed: u32,
    /// Records kept because they were edited since.
    pub kept: u32,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// A file made by the program: written to a path (desktop) or handed over as bytes (browser).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FileMade {
    /// Suggested name; without personal data.
    pub name: String,
    /// Where it was written.
    pub path: Option<String>,
    /// Bytes in base64, where no path was given.
    pub bytes: Option<String>,
}

/// An empty list to fill in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportTemplate {
    /// Where to write; null = hand over.
    pub path: Option<String>,
}
