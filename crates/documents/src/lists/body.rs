//! The rows below the header: their cells in Unicode, and what kind of row each is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::text::{fold, tidy};

use super::cells::order::Order;
use super::cells::word;
use super::layout::{MappedColumn, SheetMapping, is_header_again};
use super::member::{self, Person};
use super::problem::{Finding, ImportProblem, ProblemKind};
use super::section::Section;
use super::target::Target;
use super::words::words;
use super::{LeftOut, LeftOutReason};
use crate::legacy::{self, Encoding};
use crate::sheet::{Cell, Sheet, column_letters};

/// A row that says something about a household.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// From 0.
    pub row: usize,
    pub code: Option<String>,
    pub number: Option<String>,
    pub ordinal: Option<String>,
    pub member_no: Option<String>,
    pub head_name: Option<String>,
    pub head_mark: bool,
    pub village: Option<String>,
    pub address: Option<String>,
    pub class: Option<String>,
    pub size: Option<u32>,
    /// The title of the part it stands in.
    pub section: Section,
    /// The person of the row, then further members; none for a row about the household alone.
    pub people: Vec<Person>,
}

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
        let births = mapping.columns.iter().filter(|column| {
            matches!(
                column.target,
                Some(Target::Birth | Target::BirthMale | Target::BirthFemale | Target::CitizenIdIssuedOn | Target::DeathDate)
            )
        });
        body.orders = births
            .map(|column| {
                let cells = body.rows.iter().filter_map(|row| row.get(column.index));
                (column.index, Order::of(cells).chosen(column.order))
            })
            .collect();
        body
    }

    /// A cell merged downwards holds for each of its rows; a name never does.
    fn fill_merged(&mut self) {
        let personal = |column: usize| {
            self.mapping.columns.iter().any(|mapped| {
                mapped.index == column
                    && matches!(mapped.target, Some(Target::FullName | Target::NameFront | Target::CitizenId | Target::OldId))
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

    pub fn columns(&self, slot: u32, target: Target) -> impl Iterator<Item = &'a MappedColumn> + use<'a> {
        self.mapping.columns.iter().filter(move |column| column.slot == slot && column.target == Some(target))
    }

    /// Text of the first filled column of a kind.
    pub fn find_text(&self, row: usize, slot: u32, target: Target) -> Option<String> {
        self.columns(slot, target).map(|column| self.text(row, column.index)).find(|text| !text.is_empty())
    }

    pub fn report(&mut self, row: usize, column: Option<&MappedColumn>, finding: Finding) {
        let read = column.map(|column| self.text(row, column.index)).unwrap_or_default();
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

    /// Goes through the rows: people and households become lines, the rest is left out or told.
    pub fn lines(&mut self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let headings = self.mapping.columns.iter().flat_map(|column| column.heading.split(" / ")).map(fold).collect();
        let (mut section, mut ended) = (Section::default(), false);
        for row in self.first..self.first + self.rows.len() {
            let texts: Vec<String> = (0..self.width(row)).map(|column| self.text(row, column)).collect();
            let filled: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
            if filled.is_empty() {
                continue;
            }
            let previous_head = lines.last().and_then(|line| line.head_name.clone());
            let name = self.name(row, previous_head.as_deref());
            let facts = self.personal(row);
            let whole = tidy(&filled.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(" "));
            let sheet = self.sheet;
            let leave = move |reason| LeftOut { sheet: sheet.name.clone(), row: number(row), reason, read: whole.clone() };
            if is_header_again(&texts, &headings) || column_numbers(&filled, name.as_deref()) {
                self.left_out.push(leave(LeftOutReason::Header));
                ended = false;
                continue;
            }
            let first_words = name
                .clone()
                .or_else(|| filled.iter().find(|text| text.chars().any(char::is_alphabetic)).map(|text| (*text).clone()));
            if first_words.as_ref().is_some_and(|text| words().is_total(text) && (facts < 3 || text.contains(' '))) {
                self.left_out.push(leave(LeftOutReason::Total));
                continue;
            }
            let nobody = name.as_ref().is_none_or(|name| words().is_signature(name));
            let signed = nobody && {
                let signatures = filled.iter().filter(|text| words().is_signature(text)).count();
                signatures > 0 && (facts < 2 || signatures * 2 >= filled.len())
            };
            // Below the signatures stand the names of those who sign.
            if signed || ended && (name.is_none() || !self.is_proven(row)) {
                self.left_out.push(leave(LeftOutReason::Signature));
                ended = true;
                continue;
            }
            if facts <= 1
                && let Some(next) = section.next(&filled, facts)
            {
                self.left_out.push(leave(LeftOutReason::Section));
                section = next;
                continue;
            }
            let mut line = self.household_part(row);
            let about_household =
                line.code.is_some() || line.head_name.is_some() || line.village.is_some() && line.number.is_some();
            if name.is_none() && facts == 0 && !about_household {
                // A row number printed in advance is nobody; a line of text is shown as left out.
                if filled.iter().any(|text| text.chars().any(char::is_alphabetic)) {
                    self.left_out.push(leave(LeftOutReason::Text));
                }
                continue;
            }
            ended = false;
            line.section = section.clone();
            let new_head =
                line.head_name.clone().filter(|head| previous_head.as_ref().is_none_or(|previous| fold(previous) != fold(head)));
            line.people = member::people(self, row, name.as_deref(), new_head.as_deref());
            if line.people.is_empty() && facts > 0 {
                let column = self.columns(0, Target::FullName).chain(self.columns(0, Target::HeadName)).next();
                self.report(row, column, Finding::error(ProblemKind::NameMissing));
                if !about_household {
                    continue;
                }
            }
            line.class = self.class(row);
            lines.push(line);
        }
        lines
    }

    fn width(&self, row: usize) -> usize {
        row.checked_sub(self.first).and_then(|row| self.rows.get(row)).map_or(0, Vec::len)
    }

    /// The name in a row: its own, or that of a head who is not yet known from the row above.
    fn name(&self, row: usize, previous_head: Option<&str>) -> Option<String> {
        let own = self.find_text(row, 0, Target::FullName);
        let name = match (self.find_text(row, 0, Target::NameFront), own) {
            (Some(front), Some(given)) => Some(format!("{front} {given}")),
            (front, given) => front.or(given),
        };
        let head = || {
            self.find_text(row, 0, Target::HeadName)
                .filter(|head| previous_head.is_none_or(|previous| fold(previous) != fold(head)))
        };
        let by_row = self.columns(0, Target::FullName).next().is_none();
        let name = name.or_else(|| if by_row { self.find_text(row, 0, Target::HeadName) } else { head() });
        name.filter(|name| name.chars().any(char::is_alphabetic))
    }

    /// How many cells of the row are about one person, the name aside.
    fn personal(&self, row: usize) -> usize {
        let counted = self.mapping.columns.iter().filter(|column| {
            column.target.is_some_and(|target| {
                !target.is_of_household()
                    && !matches!(
                        target,
                        Target::Ordinal
                            | Target::FullName
                            | Target::NameFront
                            | Target::Note
                            | Target::Ignored
                            | Target::MemberNo
                    )
            })
        });
        counted.filter(|column| !self.cell(row, column.index).is_empty()).count()
    }

    /// True when a number or a known word says that the row is about somebody in the list.
    fn is_proven(&self, row: usize) -> bool {
        let speaks = |column: &MappedColumn| {
            let text = self.text(row, column.index);
            match column.target {
                None | Some(Target::Note | Target::Ignored | Target::FullName | Target::NameFront | Target::HeadName) => false,
                Some(Target::Relationship) => words().relationship.find(&text).is_some(),
                Some(Target::Sex) => words().sex.find(&text).is_some(),
                Some(_) => text.chars().any(|c| c.is_ascii_digit()) || words().mark(&text) == Some(true),
            }
        };
        self.mapping.columns.iter().any(speaks)
    }

    fn household_part(&self, row: usize) -> Line {
        let text = |target| self.find_text(row, 0, target);
        Line {
            row,
            code: text(Target::HouseholdCode),
            number: text(Target::HouseholdNo),
            ordinal: text(Target::Ordinal),
            member_no: text(Target::MemberNo),
            head_name: text(Target::HeadName).filter(|name| name.chars().any(char::is_alphabetic)),
            head_mark: text(Target::HeadMark).is_some_and(|mark| words().mark(&mark) == Some(true)),
            village: text(Target::Village),
            address: text(Target::Address),
            class: None,
            size: text(Target::HouseholdSize).and_then(|size| size.trim().parse().ok()),
            ..Line::default()
        }
    }

    /// Reads the poverty class of a row, by word or by cross, and tells what cannot be read.
    fn class(&mut self, row: usize) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        if let Some(column) = self.columns(0, Target::PovertyClass).next() {
            let reading = word::coded(&self.text(row, column.index), &words().poverty_class, ProblemKind::PovertyClassUnknown);
            self.report_all(row, column, reading.findings);
            found.extend(reading.value);
        }
        for (target, code) in CLASS_MARKS {
            let Some(column) = self.columns(0, target).next() else { continue };
            let text = self.text(row, column.index);
            let marked = word::mark(&text);
            match (marked.value, words().poverty_class.find(&text)) {
                (Some(true), _) => found.push(code.to_owned()),
                (None, Some(code)) => found.push(code.to_owned()),
                _ => self.report_all(row, column, marked.findings),
            }
        }
        found.dedup();
        if found.len() > 1 {
            let column = self.columns(0, Target::NearPoorMark).chain(self.columns(0, Target::PoorMark)).next();
            self.report(row, column, Finding::error(ProblemKind::PovertyMarkedTwice));
            return None;
        }
        found.pop()
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
    mapping.columns.iter().map(|column| RowCell { column: column.index, text: body.text(row, column.index) }).collect()
}

const CLASS_MARKS: [(Target, &str); 4] = [
    (Target::PoorMark, "poor"),
    (Target::NearPoorMark, "near_poor"),
    (Target::JustEscapedMark, "just_escaped"),
    (Target::AverageLivingMark, "average_living"),
];

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

/// The line `(1) (2) (3)` or `A B 1 2` under a header.
fn column_numbers(filled: &[&String], name: Option<&str>) -> bool {
    let short = |text: &str| {
        let bare = text.trim_matches(['(', ')', '[', ']', ' ']);
        bare.chars().count() <= 2 && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric())
    };
    filled.len() >= 3 && name.is_none_or(short) && filled.iter().all(|text| short(text)) && {
        let numbers: Vec<u32> =
            filled.iter().filter_map(|text| text.trim_matches(['(', ')', '[', ']', ' ']).parse().ok()).collect();
        numbers.len() >= 2 && numbers.windows(2).all(|pair| matches!(pair, [a, b] if b > a))
    }
}
