//! The rows below the header: their cells in Unicode, by column; what was not taken as it stood.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::text::tidy;

use super::LeftOut;
use super::cells::order::{DateOrder, Order, ambiguous};
use super::layout::{MappedColumn, SheetMapping};
use super::listed::{self, Listed};
use super::problem::{Finding, ImportProblem, ProblemKind};
use super::target::Target;
use crate::legacy::{self, Encoding};
use crate::sheet::{Cell, Sheet, column_letters};

/// Dates of a column that are quoted where it reads both ways.
const EXAMPLES: usize = 4;

/// The list part of one sheet.
pub(super) struct Body<'a> {
    pub sheet: &'a Sheet,
    pub mapping: &'a SheetMapping,
    pub today: NaiveDate,
    pub problems: Vec<ImportProblem>,
    pub left_out: Vec<LeftOut>,
    /// Rows below the header, in Unicode.
    rows: Vec<Vec<Cell>>,
    first: usize,
    orders: BTreeMap<usize, Order>,
}

impl<'a> Body<'a> {
    pub fn new(sheet: &'a Sheet, mapping: &'a SheetMapping, today: NaiveDate) -> Self {
        let first = mapping.header_rows.map_or(0, |(_, last)| last as usize);
        let mut body = Self {
            sheet,
            mapping,
            today,
            problems: Vec::new(),
            left_out: Vec::new(),
            rows: sheet.rows.iter().skip(first).cloned().collect(),
            first,
            orders: BTreeMap::new(),
        };
        body.fill_merged();
        body.convert();
        body.tell_left_out();
        body.orders = body.weigh_orders();
        body
    }

    /// What each column of dates tells of its order; what a worker typed tells nothing of the rest.
    fn weigh_orders(&self) -> BTreeMap<usize, Order> {
        let dates = self.mapping.columns.iter().filter(|column| {
            matches!(
                column.target,
                Some(
                    Target::Birth
                        | Target::BirthMale
                        | Target::BirthFemale
                        | Target::CitizenIdIssuedOn
                        | Target::DeathDate
                        | Target::Members
                )
            )
        });
        dates
            .map(|column| {
                let order = Order::of(&self.dates(column));
                (column.index, order.said(column.order, column.usual_order))
            })
            .collect()
    }

    /// The dates of a column that stand as in the file; a cell of several people may quote several.
    fn dates(&self, column: &MappedColumn) -> Vec<Cell> {
        let cells = self.places().zip(&self.rows).filter_map(|(at, row)| Some((at, row.get(column.index)?)));
        let cells = cells.filter(|(at, _)| !self.sheet.mended.contains(&(*at, column.index))).map(|(_, cell)| cell);
        match column.target {
            Some(Target::Members) => cells.flat_map(|cell| listed::dates(&cell.seen())).collect(),
            _ => cells.cloned().collect(),
        }
    }

    /// What all columns of dates tell together.
    pub fn evidence_of_order(&self) -> Order {
        self.orders.values().fold(Order::default(), |whole, order| whole.and(*order))
    }

    /// Lets columns that tell nothing of their order go by the rest of the file; where that tells nothing either, the
    /// order taken is told once a column.
    pub fn settle_orders(&mut self, file: Order) {
        self.orders.values_mut().for_each(|order| *order = order.beside(file));
        for column in &self.mapping.columns {
            let Some(order) = self.orders.get(&column.index).copied() else { continue };
            let Some(assumed) = order.assumed() else { continue };
            let told: Vec<Cell> = self.dates(column).into_iter().filter(|cell| ambiguous(cell).is_some()).collect();
            let Some([first, second, year]) = told.first().and_then(ambiguous) else { continue };
            let (day, month) = if assumed == DateOrder::DayFirst { (first, second) } else { (second, first) };
            // What a worker said of an earlier file is no guess of ours.
            let finding = if order.usual.is_some() { Finding::info } else { Finding::warning }(ProblemKind::DateOrderAssumed);
            let finding = finding.with("count", order.either()).with("day", day).with("month", month).with("year", year);
            let read = told.iter().take(EXAMPLES).map(Cell::seen).collect::<Vec<_>>().join(" \u{b7} ");
            let problem = self.problem(self.first.saturating_sub(1), Some(column), read, finding);
            self.problems.push(problem);
        }
    }

    /// A cell merged downwards holds for each of its rows; a name never does.
    fn fill_merged(&mut self) {
        let personal = |column: usize| {
            self.mapping.columns.iter().any(|mapped| {
                mapped.index == column
                    && matches!(
                        mapped.target,
                        Some(Target::FullName | Target::NameFront | Target::Members | Target::CitizenId | Target::OldId)
                    )
            })
        };
        let down = self.sheet.merged.iter().filter(|merged| {
            merged.bottom > merged.top && merged.left == merged.right && merged.top >= self.first && !personal(merged.left)
        });
        let mut left = crate::sheet::MAX_CELLS;
        for merged in down.copied().collect::<Vec<_>>() {
            // Rectangles that lie over each other a thousand times come from no office.
            let Some(rest) = left.checked_sub(merged.bottom - merged.top) else { return };
            left = rest;
            let cell = self.sheet.cell(merged.top, merged.left).clone();
            if cell.is_empty() {
                continue;
            }
            let last = (merged.bottom - self.first).min(self.rows.len().saturating_sub(1));
            let covered = self.rows.iter_mut().enumerate().take(last + 1).skip(merged.top + 1 - self.first);
            for (at, row) in covered {
                // A merged cell over rows without anybody must not make them look filled.
                if row.iter().all(Cell::is_empty) || self.sheet.mended.contains(&(at + self.first, merged.left)) {
                    continue;
                }
                if row.len() <= merged.left {
                    row.resize(merged.left + 1, Cell::Empty);
                }
                if let Some(place) = row.get_mut(merged.left) {
                    *place = cell.clone();
                }
            }
        }
    }

    /// Finds the encoding of each column by its evidence, of a silent column by that of the sheet, and converts.
    fn convert(&mut self) {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let (mut scales, mut columns) = (legacy::Scales::default(), vec![legacy::Evidence::default(); width]);
        for row in &self.rows {
            for (cell, evidence) in row.iter().zip(&mut columns) {
                if let Cell::Text(text) = cell {
                    evidence.add(scales.weigh(text));
                }
            }
        }
        let mut whole = legacy::Evidence::default();
        columns.iter().for_each(|evidence| whole.add(*evidence));
        let of_sheet = whole.verdict(Encoding::Unicode);
        let chosen: BTreeMap<usize, Encoding> =
            self.mapping.columns.iter().filter_map(|column| Some((column.index, column.encoding?))).collect();
        let of = |(index, evidence): (usize, &legacy::Evidence)| {
            chosen.get(&index).copied().unwrap_or_else(|| evidence.verdict(of_sheet))
        };
        let encodings: Vec<Encoding> = columns.iter().enumerate().map(of).collect();
        for (at, row) in self.rows.iter_mut().enumerate() {
            for (index, (cell, encoding)) in row.iter_mut().zip(&encodings).enumerate() {
                if let Cell::Text(text) = cell {
                    let own = match () {
                        () if text.is_ascii() || self.sheet.mended.contains(&(at + self.first, index)) => Encoding::Unicode,
                        () if chosen.contains_key(&index) => *encoding,
                        () => scales.weigh(text).verdict(*encoding),
                    };
                    let lines: Vec<String> = text
                        .split(['\n', '\r'])
                        .map(|line| tidy(&legacy::decode(line, own)))
                        .filter(|line| !line.is_empty())
                        .collect();
                    *text = without_decimals(lines.join("\n"));
                }
            }
        }
        for column in self.mapping.columns.iter().filter(|column| column.target.is_some()) {
            let old = encodings.get(column.index).copied().unwrap_or_default();
            let spoke = columns.get(column.index).is_some_and(|evidence| evidence.words > 0);
            if old != Encoding::Unicode && spoke {
                let code = if old == Encoding::Vni { "vni" } else { "tcvn3" };
                let finding = Finding::info(ProblemKind::EncodingConverted).with("encoding", code);
                let row = self.first.saturating_sub(1);
                self.problems.push(self.problem(row, Some(column), String::new(), finding));
            }
        }
    }

    /// A column that nobody knows is told once, at its heading.
    fn tell_left_out(&mut self) {
        let row = self.first.saturating_sub(1);
        for column in self.mapping.columns.iter().filter(|column| column.target.is_none() && self.mapping.header_rows.is_some()) {
            let first = self.rows.iter().filter_map(|row| row.get(column.index)).find(|cell| !cell.is_empty());
            let Some(read) = first.map(|cell| cell.seen().replace('\n', " ")) else { continue };
            let finding = Finding::info(ProblemKind::ColumnLeftOut);
            self.problems.push(self.problem(row, Some(column), read, finding));
        }
    }

    /// The rows of the list, counted in the sheet from 0.
    pub fn places(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.rows.len()
    }

    /// How many cells a row has.
    pub fn width(&self, row: usize) -> usize {
        row.checked_sub(self.first).and_then(|row| self.rows.get(row)).map_or(0, Vec::len)
    }

    /// The cell of a column in a row of the sheet.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        static NOTHING: Cell = Cell::Empty;
        let cells = row.checked_sub(self.first).and_then(|row| self.rows.get(row));
        cells.and_then(|cells| cells.get(column)).filter(|cell| !cell.is_empty()).unwrap_or(&NOTHING)
    }

    /// What a person sees there, line breaks as spaces.
    pub fn text(&self, row: usize, column: usize) -> String {
        self.cell(row, column).seen().replace('\n', " ")
    }

    /// How the dates of a column are read; what a worker typed has its day first.
    pub fn order(&self, row: usize, column: usize) -> Order {
        if self.sheet.mended.contains(&(row, column)) {
            return Order::default();
        }
        self.orders.get(&column).copied().unwrap_or_default()
    }

    /// The people whom the cells of a row list.
    pub fn listed(&self, row: usize) -> Vec<(&'a MappedColumn, Listed)> {
        let columns = self.columns(0, Target::Members);
        let of = |column: &'a MappedColumn| {
            let text = self.cell(row, column.index).seen();
            listed::read(&text, self.order(row, column.index), self.today).into_iter().map(move |listed| (column, listed))
        };
        columns.flat_map(of).collect()
    }

    pub fn columns(&self, slot: u32, target: Target) -> impl Iterator<Item = &'a MappedColumn> + use<'a> {
        self.mapping.columns.iter().filter(move |column| column.slot == slot && column.target == Some(target))
    }

    /// Text of the first filled column of a kind.
    pub fn find_text(&self, row: usize, slot: u32, target: Target) -> Option<String> {
        self.columns(slot, target).map(|column| self.text(row, column.index)).find(|text| !text.is_empty())
    }

    pub fn report(&mut self, row: usize, column: Option<&MappedColumn>, finding: Finding) {
        let read = column.map(|column| self.text(row, column.index)).unwrap_or_default();
        self.report_read(row, column, read, finding);
    }

    /// Tells of a part of a cell.
    pub fn report_read(&mut self, row: usize, column: Option<&MappedColumn>, read: String, finding: Finding) {
        let problem = self.problem(row, column, read, finding);
        self.problems.push(problem);
    }

    pub fn report_all(&mut self, row: usize, column: &MappedColumn, findings: Vec<Finding>) {
        for finding in findings {
            self.report(row, Some(column), finding);
        }
    }

    fn problem(&self, row: usize, column: Option<&MappedColumn>, read: String, finding: Finding) -> ImportProblem {
        ImportProblem {
            sheet: self.sheet.name.clone(),
            row: number(row),
            column: column.map(|column| column_letters(column.index)).unwrap_or_default(),
            heading: column.map(|column| column.heading.clone()).unwrap_or_default(),
            read,
            kind: finding.kind,
            level: finding.level,
            params: finding.params,
        }
    }
}

/// A cell of a row as a person reads it, old fonts converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCell {
    /// Column, from 0.
    pub column: usize,
    /// What stands there.
    pub text: String,
}

/// The cells of one row, counted from 1, one for each mapped column.
#[must_use]
pub fn read_row(sheet: &Sheet, mapping: &SheetMapping, row: u32) -> Vec<RowCell> {
    let body = Body::new(sheet, mapping, NaiveDate::default());
    let row = (row as usize).saturating_sub(1);
    let text = |column: &MappedColumn| match column.target {
        // Its lines are people: they stay apart when the row is mended in one line.
        Some(Target::Members) => body.cell(row, column.index).seen().replace('\n', "; "),
        _ => body.text(row, column.index),
    };
    mapping.columns.iter().map(|column| RowCell { column: column.index, text: text(column) }).collect()
}

/// `17150000127.0`: a number that another program wrote with its decimals.
fn without_decimals(text: String) -> String {
    match text.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.chars().all(|c| c.is_ascii_digit()) => whole.to_owned(),
        _ => text,
    }
}

/// Row number as a person counts.
pub(super) fn number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}
