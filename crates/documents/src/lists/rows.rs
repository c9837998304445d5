//! What kind of row each is: people and households become lines, totals, signatures, titles and repeated headers are left out.

use domain::text::{fold, tidy};

use super::body::{Body, number};
use super::cells::word;
use super::layout::{MappedColumn, is_header_again};
use super::member::{self, Person};
use super::problem::{Finding, ProblemKind};
use super::section::Section;
use super::target::Target;
use super::words::words;
use super::{LeftOut, LeftOutReason};

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

impl Body<'_> {
    /// Goes through the rows: people and households become lines, the rest is left out or told.
    pub fn lines(&mut self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let headings = self.mapping.columns.iter().flat_map(|column| column.heading.split(" / ")).map(fold).collect();
        let (mut section, mut ended) = (Section::default(), false);
        for row in self.places() {
            let texts: Vec<String> = (0..self.width(row)).map(|column| self.text(row, column)).collect();
            let filled: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
            if filled.is_empty() {
                continue;
            }
            let previous_head = lines.last().and_then(|line| line.head_name.clone());
            let name = self.name(row, previous_head.as_deref());
            let listed = self.listed(row);
            let facts = self.personal(row);
            let whole = tidy(&filled.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(" "));
            let sheet = self.sheet;
            let leave = move |reason| LeftOut { sheet: sheet.name.clone(), row: number(row), reason, read: whole.clone() };
            if is_header_again(&texts, &headings) || column_numbers(&filled, name.as_deref()) {
                self.left_out.push(leave(LeftOutReason::Header));
                ended = false;
                continue;
            }
            // "Tổng cộng" may stand before the name's column, and a count ("7 người") in it.
            let first_words = filled.iter().copied().find(|text| text.chars().any(char::is_alphabetic));
            let mut openings = name.iter().chain(first_words);
            if openings.any(|text| words().is_total(text) && (facts < 3 || text.contains(' '))) {
                self.left_out.push(leave(LeftOutReason::Total));
                continue;
            }
            let nobody = listed.is_empty() && name.as_ref().is_none_or(|name| words().is_signature(name));
            let signed = nobody && {
                let signatures = filled.iter().filter(|text| words().is_signature(text)).count();
                signatures > 0 && (facts < 2 || signatures * 2 >= filled.len())
            };
            // Below the signatures stand the names of those who sign.
            if signed || ended && (name.is_none() && listed.is_empty() || !self.is_proven(row)) {
                self.left_out.push(leave(LeftOutReason::Signature));
                ended = true;
                continue;
            }
            if facts <= 1
                && listed.is_empty()
                && let Some(next) = section.next(&filled, facts)
            {
                self.left_out.push(leave(LeftOutReason::Section));
                section = next;
                continue;
            }
            let mut line = self.household_part(row);
            let about_household = !listed.is_empty()
                || line.code.is_some()
                || line.head_name.is_some()
                || line.village.is_some() && line.number.is_some();
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
            line.people.extend(member::listed(self, row, listed));
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

const CLASS_MARKS: [(Target, &str); 4] = [
    (Target::PoorMark, "poor"),
    (Target::NearPoorMark, "near_poor"),
    (Target::JustEscapedMark, "just_escaped"),
    (Target::AverageLivingMark, "average_living"),
];

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
