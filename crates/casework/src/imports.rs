//! Import of a list: read, map, dry run, apply in one transaction, undo.
//!
//! The file is kept in memory by the session between the steps; nothing of it is written to disk but what is applied.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use documents::lists::{self, Mapping, ReadHousehold, ReadMember, SheetMapping as Found, Target};
pub use documents::lists::{ImportProblem as ReadProblem, ReadList};
use documents::sheet::{self, Workbook, column_letters};
use domain::{RecordId, citizen_id, text};

use crate::commands::types::{
    ApplyImport, FileMade, ImportDone, ImportPlan, ImportTemplate, ImportUndone, Imports, Nothing, PlanImport, ReadSheet,
    SheetRead, UndoImport,
};
use crate::host::{Host, author, instant, today};
pub use crate::import_apply::split_village;

use crate::import_apply::apply;
use crate::import_match::compare;
use crate::problem::{Code, Problem, Result};
use crate::views::imports::{ImportProblem, ImportRow, PlannedHousehold, PlannedMember, SheetColumn, SheetMapping, SheetView};

/// Households shown in a dry run.
const PREVIEW: usize = 1000;
/// Values of a column shown as examples.
const EXAMPLES: usize = 4;
/// Rows that a header may take.
const HEADER_ROWS: u32 = 1;

/// A file read and waiting.
pub struct SheetFile {
    pub(crate) name: String,
    pub(crate) workbook: Workbook,
    pub(crate) mapping: Mapping,
}

/// Reads a file and proposes how to take it. One file at a time is kept.
pub fn read_sheet(host: &dyn Host, req: ReadSheet) -> Result<SheetRead> {
    let (name, bytes) = match (&req.path, &req.bytes) {
        (Some(path), _) => {
            let path = PathBuf::from(path);
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (name, std::fs::read(&path).map_err(|_| Problem::new(Code::UnreadableFile))?)
        }
        (None, Some(bytes)) => {
            let bytes = STANDARD.decode(bytes).map_err(|_| Problem::new(Code::BadRequest))?;
            (req.name.clone().unwrap_or_default(), bytes)
        }
        (None, None) => return Err(Code::BadRequest.into()),
    };
    let workbook = sheet::read(&bytes, &name).map_err(|_| Problem::new(Code::UnreadableFile))?;
    let mapping = lists::propose(&workbook);
    let file = file_key()?;
    let read = SheetRead {
        file: file.clone(),
        name: name.clone(),
        sheets: mapping.sheets.iter().map(|found| sheet_view(&workbook, found)).collect(),
        targets: targets(),
    };
    let mut sheets = host.session().sheets.lock().map_err(|_| crate::door::unexpected("lock"))?;
    sheets.clear();
    sheets.insert(file, SheetFile { name, workbook, mapping });
    Ok(read)
}

fn file_key() -> Result<String> {
    let random = getrandom::u64().map_err(|_| crate::door::unexpected("random"))?;
    Ok(format!("{random:016x}"))
}

/// The name of a target as it crosses.
fn target_name(target: Target) -> String {
    serde_json::to_value(target).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn target_of(name: &str) -> Option<Target> {
    serde_json::from_value(name.into()).ok()
}

fn targets() -> Vec<String> {
    Target::ALL.iter().copied().map(target_name).collect()
}

fn sheet_view(workbook: &Workbook, found: &Found) -> SheetView {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == found.sheet);
    let first = found.header_rows.map_or(0, |(_, last)| last as usize);
    let examples = |index: usize| {
        let cells = sheet.into_iter().flat_map(|sheet| sheet.rows.iter().skip(first).filter_map(move |row| row.get(index)));
        cells.filter(|cell| !cell.is_empty()).take(EXAMPLES).map(sheet::Cell::seen).collect()
    };
    SheetView {
        name: found.sheet.clone(),
        rows: sheet.map_or(0, |sheet| u32::try_from(sheet.rows.len().saturating_sub(first)).unwrap_or(u32::MAX)),
        header_row: found.header_rows.map(|(first, _)| first),
        columns: found
            .columns
            .iter()
            .map(|column| SheetColumn {
                index: u32::try_from(column.index).unwrap_or(u32::MAX),
                letter: column_letters(column.index),
                heading: column.heading.clone(),
                target: column.target.map(target_name),
                examples: examples(column.index),
            })
            .collect(),
        taken: found.included,
    }
}

/// The mapping with the worker's corrections.
fn corrected(file: &SheetFile, corrections: &[SheetMapping]) -> Mapping {
    let mut mapping = file.mapping.clone();
    for found in &mut mapping.sheets {
        let Some(correction) = corrections.iter().find(|correction| correction.sheet == found.sheet) else { continue };
        if let Some(row) = correction.header_row
            && found.header_rows.map(|(first, _)| first) != Some(row)
            && let Some(sheet) = file.workbook.sheets.iter().find(|sheet| sheet.name == found.sheet)
        {
            *found = lists::propose_under(sheet, (row, row + HEADER_ROWS - 1));
        }
        found.included = correction.taken;
        for column in &mut found.columns {
            let wanted = u32::try_from(column.index).ok().and_then(|index| correction.columns.get(&index));
            column.target = match wanted.map(String::as_str) {
                Some("") => None,
                Some(name) => target_of(name),
                None => column.target,
            };
        }
    }
    mapping
}

/// What a list would do to the register.
pub(crate) struct Plan {
    pub(crate) name: String,
    pub(crate) list: ReadList,
    /// People of the register that rows are the same as: `(household, member)` in the list → person.
    pub(crate) known: BTreeMap<(usize, usize), RecordId>,
    /// Villages of the register by folded name.
    pub(crate) villages: BTreeMap<String, RecordId>,
    /// Names of villages that would be made, by folded name.
    pub(crate) new_villages: BTreeMap<String, String>,
}

/// Reads a file with the corrections and compares it with the register.
pub(crate) fn plan(host: &dyn Host, file: &str, corrections: &[SheetMapping]) -> Result<Plan> {
    let open = host.session().open()?;
    let sheets = host.session().sheets.lock().map_err(|_| crate::door::unexpected("lock"))?;
    let kept = sheets.get(file).ok_or_else(|| Problem::new(Code::NotFound))?;
    let mapping = corrected(kept, corrections);
    let list = lists::read(&kept.workbook, &mapping, today(host));
    let mut plan = open.store.read(|view| compare(view, kept.name.clone(), list, &mapping))?;
    plan.list.sort(&kept.workbook);
    Ok(plan)
}

/// A village's name without its word: `xóm Mu`, `Xóm mu` and `Mu` are one.
pub(crate) fn village_key(name: &str) -> String {
    let folded = text::fold(name);
    let words: Vec<String> = domain::codes::list("village_type").iter().map(|word| text::fold(&word.vi)).collect();
    let rest = words.iter().find_map(|word| folded.strip_prefix(word.as_str())?.strip_prefix(' ').map(str::to_owned));
    rest.unwrap_or(folded)
}

/// Dry run.
pub fn plan_import(host: &dyn Host, req: PlanImport) -> Result<ImportPlan> {
    let plan = plan(host, &req.file, &req.mappings)?;
    let people: usize = plan.list.households.iter().map(|household| household.members.len()).sum();
    let preview = plan.list.households.iter().enumerate().map(|(at, household)| planned(&plan, at, household));
    let preview: Vec<PlannedHousehold> = preview.collect();
    Ok(ImportPlan {
        file: req.file,
        households: count(preview.iter().filter(|household| !household.known).count()),
        people: count(people - plan.known.len()),
        known: count(plan.known.len()),
        new_villages: plan.new_villages.values().cloned().collect(),
        preview: preview.into_iter().take(PREVIEW).collect(),
        problems: plan.list.problems.iter().map(problem).collect(),
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn planned(plan: &Plan, at: usize, household: &ReadHousehold) -> PlannedHousehold {
    let member = |(place, member): (usize, &ReadMember)| PlannedMember {
        row: member.row,
        full_name: member.full_name.clone(),
        birth: member.birth.map(|birth| birth.to_string()),
        sex: member.sex.clone(),
        masked_citizen_id: member.citizen_id.as_deref().map(citizen_id::mask),
        relationship: member.relationship.clone(),
        match_state: if plan.known.contains_key(&(at, place)) { "same" } else { "new" }.to_owned(),
    };
    PlannedHousehold {
        key: household.key.clone(),
        sheet: household.sheet.clone(),
        row: household.first_row,
        village: household.village.clone(),
        poverty_class: household.poverty_class.clone(),
        members: household.members.iter().enumerate().map(member).collect(),
        known: is_known(plan, at, household),
    }
}

/// True when every member is in the register already.
pub(crate) fn is_known(plan: &Plan, at: usize, household: &ReadHousehold) -> bool {
    !household.members.is_empty() && (0..household.members.len()).all(|place| plan.known.contains_key(&(at, place)))
}

fn problem(problem: &lists::ImportProblem) -> ImportProblem {
    let kind = serde_json::to_value(problem.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
    ImportProblem {
        sheet: problem.sheet.clone(),
        row: problem.row,
        column: if problem.heading.is_empty() { problem.column.clone() } else { problem.heading.clone() },
        read: problem.read.clone(),
        kind,
        level: problem.level,
        params: problem.params.clone(),
    }
}

/// Applies the plan in one transaction, one act a household.
pub fn apply_import(host: &dyn Host, req: ApplyImport) -> Result<ImportDone> {
    let open = host.session().open()?;
    let plan = plan(host, &req.file, &req.mappings)?;
    let today = today(host);
    let unit = crate::records::unit_of(&open.store);
    let written = open.store.write(author(host, open.account.uid), |tx| apply(tx, &plan, unit, today))?;
    if let Ok(mut sheets) = host.session().sheets.lock() {
        sheets.remove(&req.file);
    }
    let made = written.value;
    Ok(ImportDone {
        import: made.import.to_string(),
        households: made.households,
        people: made.people,
        problems: count(plan.list.problems.len()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    })
}

/// Imports that were done, newest first.
pub fn list_imports(host: &dyn Host, _: Nothing) -> Result<Imports> {
    let open = host.session().open()?;
    let (imports, names) = open.store.read(|view| {
        let names: BTreeMap<u32, String> = view.list_accounts()?.into_iter().map(|account| (account.uid, account.name)).collect();
        Ok((view.list_imports()?, names))
    })?;
    let row = |import: store::Import| {
        let report: serde_json::Value = serde_json::from_str(&import.report).unwrap_or_default();
        let number =
            |name: &str| report.get(name).and_then(serde_json::Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        ImportRow {
            import: import.id.to_string(),
            name: report.get("name").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
            at: instant(import.at_ms),
            worker: names.get(&import.uid).cloned().unwrap_or_default(),
            households: number("households"),
            people: number("people"),
            undone: import.undone_at_ms.is_some(),
        }
    };
    Ok(Imports { imports: imports.into_iter().map(row).collect() })
}

/// Takes a whole import back; what was edited since is kept.
pub fn undo_import(host: &dyn Host, req: UndoImport) -> Result<ImportUndone> {
    let open = host.session().open()?;
    let import = req.import.parse().map_err(|_| Problem::new(Code::BadRequest))?;
    let written = open.store.write(author(host, open.account.uid), |tx| tx.undo_import(import))?;
    let kept: BTreeSet<&RecordId> = written.value.kept.iter().collect();
    Ok(ImportUndone {
        removed: u32::try_from(written.value.undone).unwrap_or(u32::MAX),
        kept: count(kept.len()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    })
}

/// An empty list to fill in.
pub fn import_template(_: &dyn Host, req: ImportTemplate) -> Result<FileMade> {
    let bytes = documents::export::template_xlsx().map_err(|_| crate::door::unexpected("template"))?;
    crate::exports::hand_over("mau-nhap-danh-sach.xlsx", bytes, req.path)
}

/// The list as read with the mapping as guessed, for the headless tool.
///
/// # Errors
/// [`Code::NotFound`] where the file is not kept (any more).
pub fn read_list(host: &dyn Host, file: &str) -> Result<ReadList> {
    plan(host, file, &[]).map(|plan| plan.list)
}
