//! Import of a list: read, map, dry run, mend, apply in one transaction, undo.
//!
//! The file is kept in memory by the session between the steps; nothing of it is written to disk but what is applied
//! and, beside it, where each person stood and what could not be taken.

pub(crate) mod apply;
mod change;
mod file;
mod matching;
mod register;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Datelike;
use documents::lists::{self, Mapping, Target};
pub use documents::lists::{ImportProblem as ReadProblem, ReadList};
use documents::sheet;
use domain::{RecordId, text};

use crate::commands::types::{
    FileMade, GetImport, ImportDone, ImportPlan, ImportProgress, ImportReport, ImportRequest, ImportTemplate, ImportUndone,
    Imports, Nothing, PersonSources, ReadHeader, ReadRow, ReadSheet, RecordRequest, RowView, SheetRead, SheetView, UndoImport,
};
use crate::host::{Host, author, instant, today};
use crate::imports::apply::apply;
pub use crate::imports::apply::{Progress, split_village};
pub use crate::imports::file::SheetFile;
use crate::imports::file::{named, number, remembered};
use crate::imports::matching::{Plan, compare};
use crate::imports::view::plan_view;
use crate::problem::{Code, Problem, Result};
use crate::views::imports::{ImportProblem, ImportRow, PersonSource, RowCell};

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
    let remembered = remembered(host.session().open()?.store.read(|view| view.list_import_layouts())?);
    let mut mapping = lists::propose(&workbook);
    mapping.remember(&workbook, &remembered);
    let file = SheetFile { name: name.clone(), workbook, mapping, remembered };
    let key = file_key()?;
    let read = SheetRead { file: key.clone(), name, sheets: file.sheets(), targets: targets() };
    let mut sheets = host.session().sheets.lock().map_err(|_| crate::door::unexpected("lock"))?;
    sheets.clear();
    sheets.insert(key, file);
    Ok(read)
}

fn file_key() -> Result<String> {
    let random = getrandom::u64().map_err(|_| crate::door::unexpected("random"))?;
    Ok(format!("{random:016x}"))
}

fn targets() -> Vec<String> {
    Target::ALL.iter().copied().map(named).collect()
}

/// Does something with a file that was read.
fn with_file<T>(host: &dyn Host, file: &str, act: impl FnOnce(&SheetFile) -> Result<T>) -> Result<T> {
    let sheets = host.session().sheets.lock().map_err(|_| crate::door::unexpected("lock"))?;
    act(sheets.get(file).ok_or_else(|| Problem::new(Code::NotFound))?)
}

/// The columns under another header row.
pub fn read_header(host: &dyn Host, req: ReadHeader) -> Result<SheetView> {
    with_file(host, &req.file, |file| file.under_header(&req.sheet, req.header_row).ok_or_else(|| Problem::new(Code::NotFound)))
}

/// One row as it stands now, to be mended.
pub fn read_row(host: &dyn Host, req: ReadRow) -> Result<RowView> {
    with_file(host, &req.list.file, |file| {
        let (workbook, mapping) = (file.mended(&req.list.mends), file.corrected(&req.list.mappings));
        let sheet = workbook.sheets.iter().find(|sheet| sheet.name == req.sheet);
        let mapped = mapping.sheets.iter().find(|mapped| mapped.sheet == req.sheet);
        let (Some(sheet), Some(mapped)) = (sheet, mapped) else { return Err(Code::NotFound.into()) };
        let cells = lists::read_row(sheet, mapped, req.row).into_iter().zip(&mapped.columns);
        let cell = |(cell, column): (lists::RowCell, &lists::MappedColumn)| RowCell {
            column: number(cell.column),
            letter: sheet::column_letters(cell.column),
            heading: column.heading.clone(),
            target: column.target.map(named),
            text: cell.text,
        };
        Ok(RowView { cells: cells.map(cell).collect() })
    })
}

/// A list as read under the worker's corrections, not yet compared with the register.
struct Listed {
    name: String,
    list: ReadList,
    mapping: Mapping,
    learnt: Vec<store::ImportLayout>,
    /// The sheets in their order.
    sheets: Vec<String>,
}

fn listed(host: &dyn Host, request: &ImportRequest) -> Result<Listed> {
    with_file(host, &request.file, |file| {
        let mapping = file.corrected(&request.mappings);
        let today = today(host);
        let list = if request.mends.is_empty() {
            lists::read(&file.workbook, &mapping, today)
        } else {
            lists::read(&file.mended(&request.mends), &mapping, today)
        };
        let learnt = if request.mappings.is_empty() { Vec::new() } else { file.learnt(&mapping) };
        let sheets = file.workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        Ok(Listed { name: file.name.clone(), list, mapping, learnt, sheets })
    })
}

/// Compares a list with the register, in whatever transaction the view is.
fn plan(view: &store::View<'_>, listed: Listed, request: &ImportRequest, this_year: i32) -> store::Result<(Plan, Mapping)> {
    let mut plan = compare(view, listed.list, &listed.mapping, request, this_year)?;
    plan.name = listed.name;
    plan.learnt = listed.learnt;
    plan.list.sort(&listed.sheets);
    Ok((plan, listed.mapping))
}

/// Kinds of problems that quote an id begin so.
const IDS: [&str; 4] = ["id_", "old_id_", "same_id_", "listed_twice"];

static VILLAGE_WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| domain::codes::list("village_type").iter().map(|word| text::fold(&word.vi)).collect());

/// A village's name without its word: `xóm Mu`, `Xóm mu` and `Mu` are one.
pub(crate) fn village_key(name: &str) -> String {
    let folded = text::fold(name);
    let rest = VILLAGE_WORDS.iter().find_map(|word| folded.strip_prefix(word.as_str())?.strip_prefix(' ').map(str::to_owned));
    rest.unwrap_or(folded)
}

/// Dry run.
pub fn plan_import(host: &dyn Host, req: ImportRequest) -> Result<ImportPlan> {
    let open = host.session().open()?;
    let listed = listed(host, &req)?;
    let (plan, mapping) = open.store.read(|view| plan(view, listed, &req, today(host).year()))?;
    Ok(plan_view(req.file, &plan, &mapping))
}

/// The dry run as read, for the headless tool.
///
/// # Errors
/// [`Code::NotFound`] where the file is not kept (any more).
pub fn try_list(host: &dyn Host, request: &ImportRequest) -> Result<(ReadList, ImportPlan)> {
    crate::door::admit(host, crate::commands::Need::Import)?;
    let open = host.session().open()?;
    let listed = listed(host, request)?;
    let (plan, mapping) = open.store.read(|view| plan(view, listed, request, today(host).year()))?;
    let view = plan_view(request.file.clone(), &plan, &mapping);
    Ok((plan.list, view))
}

/// Applies a list in one transaction, one act a household; gives what was read beside what was made.
///
/// # Errors
/// [`Code::NotFound`] where the file is not kept (any more); what the store refuses.
pub fn take_list(host: &dyn Host, request: &ImportRequest, progress: Progress<'_>) -> Result<(ReadList, ImportDone)> {
    crate::door::admit(host, crate::commands::Need::Import)?;
    let open = host.session().open()?;
    let listed = listed(host, request)?;
    let today = today(host);
    let unit = crate::records::unit_of(&open.store);
    let written = open.store.write(author(host, open.account.uid), |tx| {
        let (plan, _) = plan(tx, listed, request, today.year())?;
        let made = apply(tx, &plan, unit, today, progress)?;
        Ok((plan.list, made))
    })?;
    if let Ok(mut sheets) = host.session().sheets.lock() {
        sheets.remove(&request.file);
    }
    let (list, made) = written.value;
    let done = ImportDone {
        import: made.import.to_string(),
        households: made.households,
        people: made.people,
        changed: made.changed,
        problems: number(list.problems.len()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    };
    Ok((list, done))
}

/// Applies the plan in one transaction, one act a household.
pub fn apply_import(host: &dyn Host, req: ImportRequest) -> Result<ImportDone> {
    let progress = &host.session().import_progress;
    let taken = take_list(host, &req, &|done, total| progress.set(done, total));
    progress.set(0, 0);
    taken.map(|(_, done)| done)
}

/// How far the import is that is being written.
pub fn import_progress(host: &dyn Host, _: Nothing) -> Result<ImportProgress> {
    let (done, total) = host.session().import_progress.get();
    Ok(ImportProgress { done, total })
}

/// What an import did not take as it stood.
pub fn get_import(host: &dyn Host, req: GetImport) -> Result<ImportReport> {
    let import = req.import.parse().map_err(|_| Problem::new(Code::BadRequest))?;
    let troubles = host.session().open()?.store.read(|view| view.list_import_troubles(import, None))?;
    Ok(ImportReport { problems: troubles.into_iter().map(kept).collect() })
}

/// The lists in which a person stood, and what of those rows was not taken as it stood.
pub fn list_person_sources(host: &dyn Host, req: RecordRequest) -> Result<PersonSources> {
    let sources = host.session().open()?.store.read(|view| {
        let mut sources = Vec::new();
        for source in view.list_import_sources(view.resolve(req.id)?)? {
            let troubles = view.list_import_troubles(source.import, Some((&source.sheet, source.row)))?;
            let report: serde_json::Value = serde_json::from_str(&source.report).unwrap_or_default();
            sources.push(PersonSource {
                name: report["name"].as_str().unwrap_or_default().to_owned(),
                at: instant(source.at_ms),
                sheet: source.sheet,
                row: source.row,
                written: source.name,
                problems: troubles.into_iter().map(kept).collect(),
            });
        }
        Ok(sources)
    })?;
    Ok(PersonSources { sources })
}

/// What was kept of a cell. An id is masked as everywhere; the whole one is shown on its own act, which is logged.
fn kept(trouble: store::ImportTrouble) -> ImportProblem {
    let mut params: BTreeMap<String, String> = serde_json::from_str(&trouble.params).unwrap_or_default();
    let mut read = trouble.read;
    if IDS.iter().any(|start| trouble.kind.starts_with(start)) || domain::citizen_id::read(&read).is_some() {
        read = domain::citizen_id::mask(&read);
        params.values_mut().filter(|value| value.len() >= 9).for_each(|value| *value = domain::citizen_id::mask(value));
    }
    ImportProblem {
        sheet: trouble.sheet,
        row: trouble.row,
        column: trouble.heading,
        letter: String::new(),
        read,
        kind: trouble.kind,
        level: serde_json::from_value(trouble.level.into()).unwrap_or(domain::Level::Warning),
        params,
    }
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
        let counted =
            |name: &str| report.get(name).and_then(serde_json::Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        ImportRow {
            import: import.id.to_string(),
            name: report.get("name").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
            at: instant(import.at_ms),
            worker: names.get(&import.uid).cloned().unwrap_or_default(),
            households: counted("households"),
            people: counted("people"),
            changed: counted("changed"),
            problems: counted("problems"),
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
        kept: number(kept.len()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
    })
}

/// An empty list to fill in.
pub fn import_template(_: &dyn Host, req: ImportTemplate) -> Result<FileMade> {
    let bytes = documents::export::template_xlsx().map_err(|_| crate::door::unexpected("template"))?;
    crate::exports::hand_over("mau-nhap-danh-sach.xlsx", bytes, req.path)
}
