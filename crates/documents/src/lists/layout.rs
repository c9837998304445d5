//! Where a list begins in its sheet, and what its columns hold: a proposal that a worker corrects.
//!
//! The header is the block of one to three rows under the titles whose headings name most columns, a name among them.

use std::collections::{BTreeSet, HashSet};

use domain::text::{fold, tidy};
use serde::{Deserialize, Serialize};

use super::cells::order::DateOrder;
use super::columns::{Found, assign};
use super::content::{by_content, shape};
use super::headings::{self, Heading, Recogniser};
use super::target::Target;
use super::title_class::{self, TitleClass};
use super::words::words;
use crate::legacy::{self, Encoding};
use crate::sheet::{Cell, Merged, Sheet, Workbook, column_letters};

/// Rows searched for a header.
const SEARCHED: usize = 60;
/// Most rows a header has.
const DEEPEST: usize = 3;

/// How a file is read: plain data, shown to the worker, corrected, kept per layout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// One for each sheet that holds anything.
    pub sheets: Vec<SheetMapping>,
}

/// How one sheet is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// Name of the sheet.
    pub sheet: String,
    /// False: the sheet is left out (hidden, an example, no list).
    pub included: bool,
    /// First and last row of the header, from 1; the list begins below. `None`: no header was found.
    pub header_rows: Option<(u32, u32)>,
    /// Every column with a heading.
    pub columns: Vec<MappedColumn>,
    /// The same for every file of this layout: a correction by hand is remembered under it.
    pub layout: String,
    /// The class that titles or tab name for the whole sheet: a question.
    #[serde(default)]
    pub title_class: Option<TitleClass>,
    /// The poverty class that a worker said holds for the whole sheet; empty: none does. `None`: nobody was asked.
    #[serde(default)]
    pub class: Option<String>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Column, from 0.
    pub index: usize,
    /// Heading as read, levels joined.
    pub heading: String,
    /// What it holds; `None`: not known, left out.
    pub target: Option<Target>,
    /// 0: the person of the row. 1 and up: a further member in the same row.
    #[serde(default)]
    pub slot: u32,
    /// Place in the household of that further member.
    #[serde(default)]
    pub relationship: Option<String>,
    /// True where neither heading nor cells say it plainly: the worker is asked.
    #[serde(default)]
    pub unsure: bool,
    /// Encoding chosen by hand; `None` goes by the evidence of the cells.
    #[serde(default)]
    pub encoding: Option<Encoding>,
    /// Order of day and month chosen by hand; `None` goes by the evidence of the cells.
    #[serde(default)]
    pub order: Option<DateOrder>,
    /// The order chosen in an earlier file of the layout: holds where nothing in this file tells.
    #[serde(default)]
    pub usual_order: Option<DateOrder>,
}

/// The columns of a layout as a worker corrected them, kept for later files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// As [`SheetMapping::layout`].
    pub layout: String,
    /// As [`SheetMapping::columns`].
    pub columns: Vec<MappedColumn>,
}

impl SheetMapping {
    /// The first column that holds something, for the person of the row.
    #[must_use]
    pub fn column(&self, target: Target) -> Option<&MappedColumn> {
        self.columns.iter().find(|column| column.slot == 0 && column.target == Some(target))
    }
}

impl Mapping {
    /// Takes over what a worker corrected in earlier files of the same layout. The columns come back and the header they
    /// stood under, wherever it is in this file. An encoding belongs to a file and does not; an order of day and month only
    /// helps where a later file tells nothing.
    pub fn remember(&mut self, workbook: &Workbook, corrected: &[Remembered]) {
        for mapped in &mut self.sheets {
            let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == mapped.sheet) else { continue };
            if let Some((earlier, header)) = remembered(sheet, mapped, corrected) {
                if mapped.header_rows != header {
                    mapped.header_rows = header;
                    mapped.title_class = title_class::find(sheet, header);
                    mapped.included = !sheet.hidden;
                }
                // A sheet without a header is left out until somebody has said what its columns are.
                mapped.included |= header.is_none() && !sheet.hidden;
                mapped.layout.clone_from(&earlier.layout);
                mapped.columns.clone_from(&earlier.columns);
            }
        }
    }
}

/// The earlier correction that fits a sheet, and the rows of its header there.
fn remembered<'a>(
    sheet: &Sheet,
    mapped: &SheetMapping,
    corrected: &'a [Remembered],
) -> Option<(&'a Remembered, Option<(u32, u32)>)> {
    let known = |layout: &str| corrected.iter().find(|earlier| !layout.is_empty() && earlier.layout == layout);
    if let Some(earlier) = known(&mapped.layout) {
        return Some((earlier, mapped.header_rows));
    }
    if corrected.is_empty() {
        return None;
    }
    let recogniser = Recogniser::default();
    let blocks = (0..sheet.rows.len().min(SEARCHED)).flat_map(|first| (1..=DEEPEST).map(move |depth| (first, depth)));
    blocks.filter(|(first, depth)| first + depth <= sheet.rows.len()).find_map(|(first, depth)| {
        let earlier = known(&layout_of(&Block::new(sheet, &recogniser, first, depth).headings()))?;
        Some((earlier, Some((row_number(first + 1), row_number(first + depth)))))
    })
}

/// Proposes how to read a workbook.
#[must_use]
pub fn propose(workbook: &Workbook) -> Mapping {
    let sheets = workbook.sheets.iter().filter(|sheet| sheet.rows.iter().flatten().any(|cell| !cell.is_empty()));
    Mapping { sheets: sheets.map(propose_sheet).collect() }
}

fn propose_sheet(sheet: &Sheet) -> SheetMapping {
    let recogniser = Recogniser::default();
    let skipped = sheet.hidden || words().skipped_sheets.contains(&fold(&sheet.name));
    match find_header(sheet, &recogniser) {
        Some((first, depth)) => under_header(sheet, &recogniser, first, depth, !skipped),
        None => SheetMapping {
            sheet: sheet.name.clone(),
            included: false,
            header_rows: None,
            columns: (0..sheet.width())
                .map(|index| MappedColumn { index, heading: column_letters(index), ..MappedColumn::default() })
                .collect(),
            layout: shape(sheet),
            title_class: title_class::find(sheet, None),
            class: None,
        },
    }
}

/// The mapping under a header that begins in a row a worker chose, counted from 1.
#[must_use]
pub fn propose_at(sheet: &Sheet, header_row: u32) -> SheetMapping {
    let first = header_row.max(1) as usize - 1;
    let recogniser = Recogniser::default();
    let depth = best_depth(sheet, &recogniser, first).map_or(1, |(_, depth)| depth);
    under_header(sheet, &recogniser, first, depth, true)
}

fn layout_of(headings: &[Found]) -> String {
    headings.iter().map(|(index, levels, _)| format!("{index}:{}", fold(&levels.join(" ")))).collect::<Vec<_>>().join("|")
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn under_header(sheet: &Sheet, recogniser: &Recogniser, first: usize, depth: usize, included: bool) -> SheetMapping {
    let headings = Block::new(sheet, recogniser, first, depth).headings();
    let layout = layout_of(&headings);
    let texts = || headings.iter().flat_map(|(_, levels, _)| levels.iter().map(String::as_str));
    let encoding = legacy::detect(texts(), Encoding::Unicode);
    let headings = headings
        .into_iter()
        .map(|(index, levels, heading)| {
            (index, levels.iter().map(|level| tidy(&legacy::decode(level, encoding))).collect(), heading)
        })
        .collect();
    let mut columns = assign(headings);
    by_content(sheet, first + depth, &mut columns);
    let header_rows = Some((row_number(first + 1), row_number(first + depth)));
    let title_class = title_class::find(sheet, header_rows);
    SheetMapping { sheet: sheet.name.clone(), included, header_rows, columns, layout, title_class, class: None }
}

/// First row and depth of the best header.
fn find_header(sheet: &Sheet, recogniser: &Recogniser) -> Option<(usize, usize)> {
    let names = |row: &Vec<Cell>| {
        row.iter()
            .any(|cell| matches!(cell, Cell::Text(text) if recogniser.text(text).is_some_and(|heading| heading.target.is_name())))
    };
    let named: Vec<bool> = sheet.rows.iter().take(SEARCHED + DEEPEST).map(names).collect();
    let mut best: Option<(usize, usize, usize)> = None;
    for first in 0..sheet.rows.len().min(SEARCHED) {
        if !named.iter().skip(first).take(DEEPEST).any(|named| *named) {
            continue;
        }
        if let Some((score, depth)) = best_depth(sheet, recogniser, first)
            && score > best.map_or(0, |(score, _, _)| score)
        {
            best = Some((score, first, depth));
        }
    }
    best.map(|(_, first, depth)| (first, depth))
}

/// Score and depth of the best header that begins in a row; the shallower of equals.
fn best_depth(sheet: &Sheet, recogniser: &Recogniser, first: usize) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for depth in 1..=DEEPEST.min(sheet.rows.len().saturating_sub(first)) {
        let block = Block::new(sheet, recogniser, first, depth);
        if !block.plausible() {
            break;
        }
        let score = block.score();
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, depth));
        }
    }
    best
}

/// True when a row below the header is the header again: lists repeat it on each page.
pub(super) fn is_header_again(texts: &[String], headings: &HashSet<String>) -> bool {
    let filled: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    let other = |text: &&&String| !headings.contains(&fold(text)) && !headings::is_heading(text);
    // Most rows are people: a few cells tell, and the rest need not be folded.
    let allowed = filled.len() / 3;
    filled.len() >= 2 && filled.iter().filter(other).take(allowed + 1).count() <= allowed
}

/// Rows that may be a header.
struct Block<'a> {
    sheet: &'a Sheet,
    recogniser: &'a Recogniser,
    first: usize,
    depth: usize,
    /// The merged cells that touch it; a sheet has thousands further down.
    merged: Vec<Merged>,
}

impl<'a> Block<'a> {
    fn new(sheet: &'a Sheet, recogniser: &'a Recogniser, first: usize, depth: usize) -> Self {
        let touches = |merged: &&Merged| merged.top < first + depth && merged.bottom >= first;
        let merged = sheet.merged.iter().filter(touches).copied().collect();
        Self { sheet, recogniser, first, depth, merged }
    }

    fn own_text(&self, row: usize, column: usize) -> String {
        match self.sheet.cell(row, column) {
            Cell::Text(text) => tidy(&text.replace(['\n', '\r'], " ")).trim_matches([':', '*']).trim().to_owned(),
            _ => String::new(),
        }
    }

    /// A header row holds several short texts and no numbers or dates but of years in text.
    fn plausible(&self) -> bool {
        let row = self.first + self.depth - 1;
        let Some(cells) = self.sheet.rows.get(row) else { return false };
        let texts = cells.iter().filter(|cell| matches!(cell, Cell::Text(_)) && !cell.is_empty()).count();
        let others = cells.iter().filter(|cell| !matches!(cell, Cell::Text(_)) && !cell.is_empty()).count();
        if self.depth == 1 {
            return texts >= 2 && others <= texts;
        }
        // A lower level has no numbers, is nowhere a name, and stands under something.
        let under = |column: usize| (self.first..row).any(|above| !self.text(above, column).is_empty());
        let lone = (0..cells.len()).filter(|column| !self.own_text(row, *column).is_empty() && !under(*column)).count();
        texts >= 1 && others == 0 && lone * 2 <= texts && self.lower_level(row)
    }

    fn lower_level(&self, row: usize) -> bool {
        let upper = Block::new(self.sheet, self.recogniser, self.first, self.depth - 1).headings();
        let names = upper.iter().filter(|(_, _, heading)| {
            heading
                .as_ref()
                .is_some_and(|heading| matches!(heading.target, Target::FullName | Target::HeadName | Target::NameFront))
        });
        let mut texts = names.map(|(column, _, _)| self.own_text(row, *column));
        texts.all(|text| text.is_empty() || self.recogniser.text(&text).is_some())
    }

    /// The text over a column in a row, filled from merged cells.
    fn text(&self, row: usize, column: usize) -> String {
        let own = self.own_text(row, column);
        if !own.is_empty() {
            return own;
        }
        let merged = self
            .merged
            .iter()
            .find(|merged| (merged.top..=merged.bottom).contains(&row) && (merged.left..=merged.right).contains(&column));
        if let Some(merged) = merged {
            // A title across the sheet is nobody's heading.
            return if merged.top < self.first { String::new() } else { self.own_text(merged.top, merged.left) };
        }
        if !self.sheet.merged.is_empty() || row + 1 >= self.first + self.depth || self.own_text(row + 1, column).is_empty() {
            return String::new();
        }
        // Without merged cells a group is seen by its empty right neighbours over filled lower headings.
        for left in (0..column).rev() {
            if self.own_text(row + 1, left).is_empty() {
                return String::new();
            }
            let text = self.own_text(row, left);
            if !text.is_empty() {
                return text;
            }
        }
        String::new()
    }

    /// Columns with their headings by level and what they were recognised as.
    fn headings(&self) -> Vec<(usize, Vec<String>, Option<Heading>)> {
        let rows = self.first..self.first + self.depth;
        let levels: Vec<Vec<String>> = (0..self.sheet.width())
            .map(|column| {
                let mut levels: Vec<String> = Vec::new();
                for row in rows.clone() {
                    let text = self.text(row, column);
                    if !text.is_empty() && levels.last() != Some(&text) {
                        levels.push(text);
                    }
                }
                levels
            })
            .collect();
        let parent = |levels: &[String]| levels.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default();
        let beside = |column: usize| -> Vec<String> {
            let own = levels.get(column).map(|levels| parent(levels)).unwrap_or_default();
            levels
                .iter()
                .filter(|other| !other.is_empty() && parent(other) == own)
                .filter_map(|other| other.last().cloned())
                .collect()
        };
        levels
            .iter()
            .enumerate()
            .filter(|(_, levels)| !levels.is_empty())
            .map(|(column, levels)| (column, levels.clone(), self.recogniser.levels(levels, &beside(column))))
            .collect()
    }

    /// How many different things the block names; nothing without a name among them.
    fn score(&self) -> usize {
        let headings = self.headings();
        let targets: BTreeSet<Target> =
            headings.iter().filter_map(|(_, _, heading)| heading.as_ref().map(|heading| heading.target)).collect();
        let named = targets.iter().any(|target| matches!(target, Target::FullName | Target::HeadName | Target::Members));
        if named && targets.len() >= 2 { targets.len() } else { 0 }
    }
}
