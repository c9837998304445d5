//! What marks a household in a sheet, and where by that mark another one begins.

use domain::text::fold;

use super::body::Body;
use super::group::{is_head, same_village};
use super::rows::Line;
use super::section::is_roman;
use super::target::Target;

/// What marks a household in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Code,
    Number,
    HeadName,
    HeadWord,
    /// Members are numbered inside their household; 1 begins one.
    MemberNo,
    /// Only the first row of a household has a running number.
    SparseOrdinal,
    /// `1`, `1.1`, `1.2`.
    DottedOrdinal,
    /// Heads have Roman numbers, members plain ones.
    RomanOrdinal,
    /// The running number begins again at 1.
    RestartedOrdinal,
    /// Only members have a word for their place; an empty one is the head's.
    EmptyWord,
    /// Every row is a household, its person the head.
    EachRow,
    /// Every row is a person of whose household nothing is said.
    Unknown,
}

/// Finds the sign a sheet uses.
pub(super) fn sign(body: &Body<'_>, lines: &[Line]) -> Sign {
    let any = |has: &dyn Fn(&Line) -> bool| lines.iter().any(has);
    let has_column = |target| body.columns(0, target).next().is_some();
    let by_row = has_column(Target::HeadName) && !has_column(Target::FullName);
    if by_row {
        return Sign::EachRow;
    }
    if any(&|line| line.code.is_some()) {
        return Sign::Code;
    }
    if any(&|line| line.head_name.is_some()) {
        return Sign::HeadName;
    }
    if lines.iter().filter(|line| line.people.iter().any(|person| person.listed)).count() * 2 > lines.len() {
        return Sign::EachRow;
    }
    let numbers: Vec<&String> = lines.iter().filter_map(|line| line.number.as_ref()).collect();
    // A number that is different in every row says nothing of households, unless no row shares one.
    if !numbers.is_empty()
        && (numbers.len() < lines.len() || numbers.windows(2).any(|pair| pair.first() == pair.last()) || !any(&is_head))
    {
        return Sign::Number;
    }
    if any(&is_head) {
        return Sign::HeadWord;
    }
    if lines.iter().filter(|line| line.member_no.as_deref().is_some_and(is_one)).count() > 0 {
        return Sign::MemberNo;
    }
    let empty_word = |line: &Line| {
        line.people.first().is_some_and(|person| person.read.relationship.is_none() && !person.relationship_unreadable)
    };
    let some_word = |line: &Line| line.people.iter().any(|person| person.read.relationship.is_some());
    by_ordinals(lines).unwrap_or_else(|| {
        if lines.first().is_some_and(empty_word) && any(&some_word) {
            return Sign::EmptyWord;
        }
        if any(&|line| line.section.head_name.is_some() || line.size.is_some()) { Sign::EachRow } else { Sign::Unknown }
    })
}

fn by_ordinals(lines: &[Line]) -> Option<Sign> {
    let filled: Vec<&str> = lines.iter().filter_map(|line| line.ordinal.as_deref()).collect();
    if filled.is_empty() {
        return None;
    }
    let dotted = filled.iter().filter(|text| whole_part(text).is_some_and(|(_, rest)| rest)).count();
    if dotted * 3 >= filled.len() {
        return Some(Sign::DottedOrdinal);
    }
    let romans = filled.iter().filter(|text| is_roman(text)).count();
    if romans > 0 && romans < filled.len() && filled.first().is_some_and(|text| is_roman(text)) {
        return Some(Sign::RomanOrdinal);
    }
    let first_filled = lines.first().is_some_and(|line| line.ordinal.is_some());
    if first_filled && filled.len() < lines.len() && filled.len() * 10 <= lines.len() * 9 {
        return Some(Sign::SparseOrdinal);
    }
    let sections = lines.last().map_or(0, |line| line.section.number) + 1;
    let ones = filled.iter().filter(|text| is_one(text)).count();
    (ones > sections.max(1) && lines.len() <= ones * 20).then_some(Sign::RestartedOrdinal)
}

/// The first of a count.
pub(super) fn is_one(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "1" | "01")
}

/// The number before the dot, and whether something follows.
fn whole_part(text: &str) -> Option<(&str, bool)> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    digits(whole).then_some((whole, digits(rest)))
}

/// True when `line` begins a household after the lines of `current`.
pub(super) fn begins(sign: Sign, current: &[Line], line: &Line) -> bool {
    let last = |field: &dyn Fn(&Line) -> Option<String>| current.iter().rev().find_map(field);
    if current.first().is_some_and(|first| first.section.number != line.section.number) {
        return true;
    }
    let second_head = is_head(line) && current.iter().any(is_head);
    let differs = |one: Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => fold(&one) != fold(other),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    match sign {
        Sign::Code => {
            let restarted = is_head(line) && !same_village(current, line);
            differs(last(&|line| line.code.clone()), &line.code) || line.code.is_none() && second_head || restarted
        }
        Sign::Number => differs(last(&|line| line.number.clone()), &line.number) || second_head,
        Sign::HeadName => differs(last(&|line| line.head_name.clone()), &line.head_name) || second_head,
        // A head whose word could not be read is still seen by a number that only heads have.
        Sign::HeadWord => {
            is_head(line) || line.people.iter().any(|person| person.relationship_unreadable) && only_heads_numbered(current, line)
        }
        Sign::MemberNo => line.member_no.as_deref().is_some_and(is_one),
        Sign::SparseOrdinal => line.ordinal.is_some(),
        Sign::DottedOrdinal => match (&line.ordinal, last(&|line| line.ordinal.clone())) {
            (Some(text), Some(before)) => whole_part(text).map(|(whole, _)| whole) != whole_part(&before).map(|(whole, _)| whole),
            _ => false,
        },
        Sign::RomanOrdinal => line.ordinal.as_deref().is_some_and(is_roman),
        Sign::RestartedOrdinal => line.ordinal.as_deref().is_some_and(is_one),
        Sign::EmptyWord => {
            line.people.first().is_some_and(|person| person.read.relationship.is_none() && !person.relationship_unreadable)
        }
        Sign::EachRow | Sign::Unknown => true,
    }
}

fn only_heads_numbered(current: &[Line], line: &Line) -> bool {
    let (first, rest) = current.split_first().map_or((None, current), |(first, rest)| (Some(first), rest));
    line.ordinal.is_some()
        && first.is_some_and(|first| first.ordinal.is_some())
        && !rest.is_empty()
        && rest.iter().all(|line| line.ordinal.is_none())
}
