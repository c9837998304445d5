//! Import of a list: preview, mapping, dry run, apply, undo.

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Reads a file and guesses its layout. Either a path (desktop) or the bytes (browser).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
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
    /// True where the guess wants a look.
    pub unsure: bool,
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
    /// True where a worker corrected this layout before and the columns are as then.
    pub remembered: bool,
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

/// Asks for the columns under another header row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadHeader {
    /// The file.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Its header row, from 1.
    pub header_row: u32,
}

/// The worker's corrections of one sheet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SheetMapping {
    /// Sheet.
    pub sheet: String,
    /// Take it.
    pub taken: bool,
    /// Header row as in the sheet, from 1.
    pub header_row: Option<u32>,
    /// Column position → target.
    pub columns: BTreeMap<u32, String>,
    /// Column position → `unicode`, `tcvn3`, `tcvn3_capitals` or `vni`, where the worker said so.
    #[serde(default)]
    pub encodings: BTreeMap<u32, String>,
    /// Column position → `day_first` or `month_first`, where the worker said so.
    #[serde(default)]
    pub orders: BTreeMap<u32, String>,
    /// The poverty class that holds for the whole sheet, where the worker said so; empty = none does.
    #[serde(default)]
    pub class: Option<String>,
}

/// A cell mended in the preview.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CellMend {
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Column position from 0.
    pub column: u32,
    /// What shall stand there; empty clears the cell.
    pub text: String,
}

/// A list with all that the worker said of it: tried by `plan_import`, written by `apply_import`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The file.
    pub file: String,
    /// Corrections; empty = as guessed.
    pub mappings: Vec<SheetMapping>,
    /// Cells mended; a later one goes before an earlier one.
    #[serde(default)]
    pub mends: Vec<CellMend>,
    /// Key of a person or household → column → take the list's value. Column `same`: the person is (not) the one found.
    #[serde(default)]
    pub choices: BTreeMap<String, BTreeMap<String, bool>>,
    /// Where the register says otherwise and nothing was chosen: true takes the list's value, false keeps the register's.
    #[serde(default)]
    pub prefer_list: bool,
}

/// One row of the file, to be mended.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadRow {
    /// The list with what was said so far.
    pub list: ImportRequest,
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
}

/// A cell of a row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RowCell {
    /// Column position from 0.
    pub column: u32,
    /// `A`, `B` …
    pub letter: String,
    /// Heading as written.
    pub heading: String,
    /// What it is taken for.
    pub target: Option<String>,
    /// What stands there, old fonts converted.
    pub text: String,
}

/// The cells of one row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RowView {
    /// Left to right.
    pub cells: Vec<RowCell>,
}

/// A problem of a cell or row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportProblem {
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// Column heading, else its letters.
    pub column: String,
    /// Letters of the column; empty when the whole row is meant.
    pub letter: String,
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

/// A guess about a whole column or sheet that the worker is asked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportQuestion {
    /// `date_order`, `encoding`, or `poverty_class` of a sheet whose title alone names one.
    pub kind: String,
    /// Sheet.
    pub sheet: String,
    /// Column position from 0.
    pub column: u32,
    /// Its heading; of a sheet its title.
    pub heading: String,
    /// Cells it is about, or households.
    pub count: u32,
    /// The class that the title names.
    pub class: Option<String>,
    /// A few of them as read now.
    pub examples: Vec<String>,
    /// The answer in force; null = none yet.
    pub answer: Option<String>,
}

/// A field in which list and register differ.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportChange {
    /// Kind of the record.
    pub kind: String,
    /// Column of the record.
    pub column: String,
    /// What the register says; null = nothing: the list fills it.
    pub before: Option<String>,
    /// What the list says.
    pub after: String,
    /// True: the list's value will be written.
    pub take: bool,
}

/// One person in the dry run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedMember {
    /// Names the person in choices.
    pub key: String,
    /// Row as in the sheet.
    pub row: u32,
    /// Name.
    pub full_name: String,
    /// The name as written, where it was changed.
    pub original_name: Option<String>,
    /// Birth.
    pub birth: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Id, masked.
    pub masked_citizen_id: Option<String>,
    /// Place in the household.
    pub relationship: Option<String>,
    /// `new`; `same` and `changed`: in the register already; `maybe`: perhaps; `double`: further up in the file already.
    pub match_state: String,
    /// The person of the register.
    #[ts(type = "string | null")]
    pub person: Option<RecordId>,
    /// Why they may be one, as the hints while typing say it: keys `evidence.<code>`.
    pub evidence: Vec<String>,
    /// Fields that differ.
    pub changes: Vec<ImportChange>,
}

/// One household in the dry run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedHousehold {
    /// Code in the file, else sheet and row.
    pub key: String,
    /// Names the household in choices.
    pub choice: String,
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
    /// True when it is in the register already: new members join it.
    pub known: bool,
    /// Fields of the household that differ.
    pub changes: Vec<ImportChange>,
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
    /// People who are in the register already, with or without changes.
    pub known: u32,
    /// Fields of the register that would be written.
    pub written: u32,
    /// Fields that differ and stay as in the register.
    pub kept: u32,
    /// Villages that would be made.
    pub new_villages: Vec<String>,
    /// The households.
    pub preview: Vec<PlannedHousehold>,
    /// Guesses to confirm.
    pub questions: Vec<ImportQuestion>,
    /// All problems.
    pub problems: Vec<ImportProblem>,
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
    /// People and households of the register that got something written.
    pub changed: u32,
    /// Problems left.
    pub problems: u32,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// How far an import is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportProgress {
    /// Households written.
    pub done: u32,
    /// Households to write; 0 = none is being written.
    pub total: u32,
}

/// Asks what an import kept of its list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GetImport {
    /// The import.
    pub import: String,
}

/// What was not taken as it stood in an import.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// In the order of the list.
    pub problems: Vec<ImportProblem>,
}

/// A list in which a person stood.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonSource {
    /// File name.
    pub name: String,
    /// When it was imported (RFC 3339).
    pub at: String,
    /// Sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1.
    pub row: u32,
    /// The name as written there, where it was changed.
    pub written: Option<String>,
    /// What was not taken as it stood in that row.
    pub problems: Vec<ImportProblem>,
}

/// The lists in which a person stood.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PersonSources {
    /// Newest first.
    pub sources: Vec<PersonSource>,
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
    /// People and households of the register that got something written.
    pub changed: u32,
    /// What was not taken as it stood.
    pub problems: u32,
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
#[serde(deny_unknown_fields)]
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
    /// People who asked that their data be limited and are left out.
    #[serde(default)]
    pub left_out: u32,
}

/// An empty list to fill in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportTemplate {
    /// Where to write; null = hand over.
    pub path: Option<String>,
}
