//! A list that was read and waits: how its sheets are shown, and what the worker's corrections make of it.

use documents::legacy::Encoding;
use documents::lists::{
    self, DateOrder, ImportProblem, MappedColumn, Mapping, ProblemKind, Remembered, SheetMapping as Found, Target,
};
use documents::sheet::{self, Mend, Sheet, Workbook, column_letters};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::ImportLayout;

use crate::views::imports::{CellMend, ImportQuestion, SheetColumn, SheetMapping, SheetView};

/// Values of a column shown as examples.
const EXAMPLES: usize = 4;

/// A file read and waiting.
pub struct SheetFile {
    pub(crate) name: String,
    pub(crate) workbook: Workbook,
    /// As proposed, with what was remembered.
    pub(crate) mapping: Mapping,
    /// Layouts that a worker corrected before.
    pub(crate) remembered: Vec<Remembered>,
}

/// The name of a code as it crosses.
pub(crate) fn named<T: Serialize>(code: T) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn code<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}

pub(crate) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// What earlier corrections keep, as the reader of lists knows it.
pub(crate) fn remembered(layouts: Vec<ImportLayout>) -> Vec<Remembered> {
    let read = |kept: ImportLayout| Some(Remembered { columns: serde_json::from_str(&kept.columns).ok()?, layout: kept.layout });
    layouts.into_iter().filter_map(read).collect()
}

impl SheetFile {
    /// Every sheet as shown before corrections.
    pub(crate) fn sheets(&self) -> Vec<SheetView> {
        self.mapping.sheets.iter().map(|found| self.view(found)).collect()
    }

    fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.workbook.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// A sheet under a header that the worker points at.
    pub(crate) fn under_header(&self, name: &str, header_row: u32) -> Option<SheetView> {
        let mut mapping = Mapping { sheets: vec![lists::propose_at(self.sheet(name)?, header_row)] };
        mapping.remember(&self.workbook, &self.remembered);
        mapping.sheets.first().map(|found| self.view(found))
    }

    fn view(&self, found: &Found) -> SheetView {
        let sheet = self.sheet(&found.sheet);
        let first = found.header_rows.map_or(0, |(_, last)| last as usize);
        let examples = |index: usize| {
            let cells = sheet.into_iter().flat_map(|sheet| sheet.rows.iter().skip(first).filter_map(move |row| row.get(index)));
            cells.filter(|cell| !cell.is_empty()).take(EXAMPLES).map(sheet::Cell::seen).collect()
        };
        SheetView {
            name: found.sheet.clone(),
            rows: sheet.map_or(0, |sheet| number(sheet.rows.len().saturating_sub(first))),
            header_row: found.header_rows.map(|(first, _)| first),
            columns: found
                .columns
                .iter()
                .map(|column| SheetColumn {
                    index: number(column.index),
                    letter: column_letters(column.index),
                    heading: column.heading.clone(),
                    target: column.target.map(named),
                    unsure: column.unsure,
                    examples: examples(column.index),
                })
                .collect(),
            taken: found.included,
            remembered: self.remembered.iter().any(|earlier| !found.layout.is_empty() && earlier.layout == found.layout),
        }
    }

    /// The mapping with the worker's corrections.
    pub(crate) fn corrected(&self, corrections: &[SheetMapping]) -> Mapping {
        let mut mapping = self.mapping.clone();
        for found in &mut mapping.sheets {
            let Some(correction) = corrections.iter().find(|correction| correction.sheet == found.sheet) else { continue };
            if let Some(row) = correction.header_row
                && found.header_rows.map(|(first, _)| first) != Some(row)
                && let Some(sheet) = self.sheet(&found.sheet)
            {
                *found = lists::propose_at(sheet, row);
            }
            found.included = correction.taken;
            let is_class = |code: &String| code.is_empty() || domain::codes::find("poverty_class", code).is_some();
            found.class = correction.class.clone().filter(is_class);
            for column in &mut found.columns {
                let index = number(column.index);
                column.target = match correction.columns.get(&index).map(String::as_str) {
                    Some("") => None,
                    Some(name) => code::<Target>(name),
                    None => column.target,
                };
                column.encoding = correction.encodings.get(&index).and_then(|name| code::<Encoding>(name));
                column.order = correction.orders.get(&index).and_then(|name| code::<DateOrder>(name));
            }
        }
        mapping
    }

    /// The layouts of a mapping that say otherwise than was proposed, or settle what was unsure.
    pub(crate) fn learnt(&self, mapping: &Mapping) -> Vec<ImportLayout> {
        let settled = |columns: &[MappedColumn]| -> Vec<MappedColumn> {
            let settled = |column: &MappedColumn| MappedColumn {
                unsure: false,
                encoding: None,
                order: None,
                usual_order: column.order.or(column.usual_order),
                ..column.clone()
            };
            columns.iter().map(settled).collect()
        };
        let sheets = mapping.sheets.iter().filter(|sheet| sheet.included && !sheet.layout.is_empty());
        sheets
            .filter_map(|sheet| {
                let columns = settled(&sheet.columns);
                let proposed = self.mapping.sheets.iter().find(|found| found.sheet == sheet.sheet);
                let same = proposed.is_some_and(|found| found.layout == sheet.layout && found.columns == columns);
                let columns = serde_json::to_string(&columns).ok()?;
                (!same).then(|| ImportLayout { layout: sheet.layout.clone(), columns })
            })
            .collect()
    }

    /// The workbook with what the worker typed into it.
    pub(crate) fn mended(&self, mends: &[CellMend]) -> Workbook {
        let mut workbook = self.workbook.clone();
        let mend = |mend: &CellMend| Mend {
            sheet: mend.sheet.clone(),
            row: mend.row,
            column: mend.column as usize,
            text: domain::text::nfc(&mend.text),
        };
        workbook.mend(&mends.iter().map(mend).collect::<Vec<_>>());
        workbook
    }
}

/// What is asked about whole sheets and columns: a class in the title, an order of day and month that is unsure, an old font.
pub(crate) fn questions(mapping: &Mapping, problems: &[ImportProblem]) -> Vec<ImportQuestion> {
    let mut questions = Vec::new();
    for sheet in mapping.sheets.iter().filter(|sheet| sheet.included) {
        questions.extend(class_question(sheet, problems));
        for column in sheet.columns.iter().filter(|column| column.target.is_some()) {
            let letters = column_letters(column.index);
            let told = |kind: ProblemKind| -> Vec<&ImportProblem> {
                let here = |problem: &&ImportProblem| problem.sheet == sheet.sheet && problem.column == letters;
                problems.iter().filter(|problem| problem.kind == kind).filter(here).collect()
            };
            let (unsure, converted) = (told(ProblemKind::DateOrderUnsure), told(ProblemKind::EncodingConverted));
            let mut ask = |kind: &str, about: &[&ImportProblem], answer: Option<String>| {
                questions.push(ImportQuestion {
                    kind: kind.to_owned(),
                    sheet: sheet.sheet.clone(),
                    column: number(column.index),
                    heading: column.heading.clone(),
                    count: counted(about),
                    class: None,
                    examples: about.iter().map(|problem| problem.read.clone()).take(EXAMPLES).collect(),
                    answer,
                });
            };
            if let Some(assumed) = told(ProblemKind::DateOrderAssumed).first() {
                ask("date_order", &[assumed], column.usual_order.map(named));
            } else if !unsure.is_empty() || column.order.is_some() {
                ask("date_order", &unsure, column.order.map(named));
            }
            if !converted.is_empty() || column.encoding.is_some() {
                let found = converted.first().and_then(|problem| problem.params.get("encoding").cloned());
                ask("encoding", &[], column.encoding.map(named).or(found));
            }
        }
    }
    questions
}

/// How many cells problems are about: one that stands for a whole column says it.
fn counted(about: &[&ImportProblem]) -> u32 {
    about.iter().map(|problem| problem.params.get("count").and_then(|count| count.parse().ok()).unwrap_or(1)).sum()
}

/// A class that the title names: asked until it is answered, and shown with its answer.
fn class_question(sheet: &Found, problems: &[ImportProblem]) -> Option<ImportQuestion> {
    let told = problems.iter().find(|problem| problem.kind == ProblemKind::ClassInTitle && problem.sheet == sheet.sheet);
    let title = sheet.title_class.as_ref().filter(|_| told.is_some() || sheet.class.is_some())?;
    Some(ImportQuestion {
        kind: "poverty_class".to_owned(),
        sheet: sheet.sheet.clone(),
        column: 0,
        heading: title.text.clone(),
        count: told.and_then(|problem| problem.params.get("count")?.parse().ok()).unwrap_or_default(),
        class: Some(title.code.clone()),
        examples: Vec::new(),
        answer: sheet.class.clone(),
    })
}
