//! Rows into households: where one ends and the next begins, who is its head, and what holds for all its members.
//!
//! Lists mark a household by a code, a running number, the name of its head, the word "chủ hộ", or by numbering only
//! its first row. The strongest sign that a sheet uses decides; a weaker one never overrules it.

use std::collections::HashMap;

use domain::text::fold;

use super::body::{Body, number};
use super::cells::name::place_case;
use super::problem::{Finding, ProblemKind};
use super::rows::Line;
use super::section::is_roman;
use super::target::Target;
use super::titles::Titles;
use super::words::words;
use super::{ReadHousehold, ReadMember};

/// What marks a household in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
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

/// Groups the lines of a sheet.
pub(super) fn households(body: &mut Body<'_>, lines: Vec<Line>, titles: &Titles) -> Vec<ReadHousehold> {
    let sign = match sign(body, &lines) {
        Sign::Unknown if titles.of_households => Sign::EachRow,
        sign => sign,
    };
    let mut groups: Vec<Vec<Line>> = Vec::new();
    let mut codes: HashMap<(Option<String>, String), usize> = HashMap::new();
    for line in lines {
        let current = groups.last().map(Vec::as_slice).unwrap_or_default();
        let known = line.code.as_ref().map(|code| (line.section.village.clone(), fold(code)));
        if current.is_empty() || begins(sign, current, &line) {
            // A code that comes back later in the list is the same household, unless it brings another head.
            let earlier = known.as_ref().filter(|_| sign == Sign::Code).and_then(|known| codes.get(known)).copied();
            let rejoin = earlier
                .and_then(|index| groups.get_mut(index))
                .filter(|group| !(is_head(&line) && group.iter().any(is_head)) && same_village(group, &line));
            if let Some(group) = rejoin {
                group.push(line);
                continue;
            }
            if let Some(known) = known {
                codes.insert(known, groups.len());
            }
            groups.push(vec![line]);
        } else if let Some(group) = groups.last_mut() {
            group.push(line);
        }
    }
    let sparse = villages_are_sparse(&groups);
    let mut village_above: Option<(usize, String)> = None;
    let mut households = Vec::new();
    for group in groups {
        if group.iter().all(|line| line.people.is_empty()) {
            continue;
        }
        let section = group.first().map(|line| line.section.clone()).unwrap_or_default();
        let mut household = household(body, &group, sign, titles);
        if let Some(village) = own_village(&group) {
            village_above = Some((section.number, village));
        } else if sparse && household.village.is_none() {
            household.village = village_above.as_ref().map(|(_, village)| place_case(village));
        }
        households.push(household);
    }
    households
}

fn is_head(line: &Line) -> bool {
    line.head_mark || line.people.iter().any(|person| person.read.relationship.as_deref() == Some("head"))
}

fn own_village(group: &[Line]) -> Option<String> {
    group.iter().find_map(|line| line.village.clone())
}

fn same_village(group: &[Line], line: &Line) -> bool {
    match (own_village(group), &line.village) {
        (Some(one), Some(other)) => fold(&one) == fold(other),
        _ => true,
    }
}

/// A village written once over many households stands for all below it.
fn villages_are_sparse(groups: &[Vec<Line>]) -> bool {
    let villages: Vec<Option<String>> = groups.iter().map(|group| own_village(group).map(|village| fold(&village))).collect();
    let filled: Vec<&String> = villages.iter().flatten().collect();
    let starts_filled = villages.first().is_some_and(Option::is_some);
    starts_filled && filled.len() * 2 < villages.len() && filled.windows(2).all(|pair| pair.first() != pair.last())
}

/// Finds the sign a sheet uses.
fn sign(body: &Body<'_>, lines: &[Line]) -> Sign {
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

fn is_one(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "1" | "01")
}

/// The number before the dot, and whether something follows.
fn whole_part(text: &str) -> Option<(&str, bool)> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    digits(whole).then_some((whole, digits(rest)))
}

/// True when `line` begins a household after the lines of `current`.
fn begins(sign: Sign, current: &[Line], line: &Line) -> bool {
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

fn household(body: &mut Body<'_>, group: &[Line], sign: Sign, titles: &Titles) -> ReadHousehold {
    let first = group.first().cloned().unwrap_or_default();
    let code = group.iter().find_map(|line| line.code.clone()).map(|code| code.chars().take(60).collect::<String>());
    let sheet = body.sheet.name.clone();
    let key = code.clone().unwrap_or_else(|| format!("{sheet}:{}", number(first.row)));
    let mut address = agreed(body, group, Target::Address, |line| line.address.clone());
    let mut village = agreed(body, group, Target::Village, |line| line.village.clone());
    if village.is_none()
        && let Some((found, rest)) = address.as_deref().and_then(village_of_address)
    {
        village = Some(found);
        address = rest;
    }
    let class_column =
        [Target::PovertyClass, Target::PoorMark].into_iter().find(|target| body.columns(0, *target).next().is_some());
    let class = agreed(body, group, class_column.unwrap_or(Target::PovertyClass), |line| line.class.clone());
    let mut household = ReadHousehold {
        key,
        source_code: code,
        sheet,
        first_row: number(first.row),
        village: village
            .or_else(|| first.section.village.clone())
            .or_else(|| titles.village.clone())
            .map(|text| place_case(&text).chars().take(100).collect()),
        address: address.map(|text| text.chars().take(200).collect()),
        poverty_class: class.or_else(|| first.section.class.clone()),
        poverty_year: titles.year,
        size: group.iter().find_map(|line| line.size),
        members: Vec::new(),
    };
    let marked: Vec<bool> = group.iter().flat_map(|line| line.people.iter().map(|_| line.head_mark)).collect();
    let unreadable: Vec<bool> =
        group.iter().flat_map(|line| line.people.iter().map(|person| person.relationship_unreadable)).collect();
    let numbered: Vec<bool> =
        group.iter().flat_map(|line| line.people.iter().map(|_| line.member_no.as_deref().is_some_and(is_one))).collect();
    household.members = group.iter().flat_map(|line| line.people.iter().map(|person| person.read.clone())).collect();
    let head_name = group.iter().find_map(|line| line.head_name.clone()).or_else(|| first.section.head_name.clone());
    if let Some(index) = head(&household.members, &marked, &numbered, &unreadable, head_name.as_deref(), sign)
        && let Some(member) = household.members.get_mut(index)
    {
        member.relationship = Some("head".to_owned());
    }
    let heads: Vec<u32> = household
        .members
        .iter()
        .filter(|member| member.relationship.as_deref() == Some("head"))
        .map(|member| member.row)
        .collect();
    if let [one, .., last] = heads.as_slice() {
        let column = body.columns(0, Target::Relationship).next();
        body.report(*last as usize - 1, column, Finding::warning(ProblemKind::TwoHeads).with("row", one));
    }
    household
}

/// Who is the head where no word says it: by cross, by name, by number, by order.
fn head(
    members: &[ReadMember],
    marked: &[bool],
    numbered: &[bool],
    unreadable: &[bool],
    name: Option<&str>,
    sign: Sign,
) -> Option<usize> {
    if members.iter().any(|member| member.relationship.as_deref() == Some("head")) {
        return None;
    }
    let free = |index: &usize| members.get(*index).is_some_and(|member| member.relationship.is_none());
    if let Some(index) = marked.iter().position(|mark| *mark) {
        return Some(index);
    }
    if let Some(name) = name {
        let wanted = super::cells::name::read(name).map_or_else(|| fold(name), |name| fold(&name.full));
        return members.iter().position(|member| fold(&member.full_name) == wanted).filter(free);
    }
    if let Some(index) = numbered.iter().position(|one| *one) {
        return Some(index).filter(free);
    }
    let by_order = sign != Sign::Unknown && unreadable.first() == Some(&false);
    Some(0).filter(|_| by_order).filter(free)
}

/// The first value of a household's rows; a row that says otherwise is told.
fn agreed(body: &mut Body<'_>, group: &[Line], target: Target, value: impl Fn(&Line) -> Option<String>) -> Option<String> {
    let mut kept: Option<String> = None;
    for line in group {
        let Some(own) = value(line) else { continue };
        match &kept {
            None => kept = Some(own),
            Some(known) if fold(known) == fold(&own) => {}
            Some(known) => {
                let finding = Finding::warning(ProblemKind::HouseholdDiffers).with("taken", known);
                let column = body.columns(0, target).next();
                body.report(line.row, column, finding);
            }
        }
    }
    kept
}

/// `Số 5, xóm Bưng, xã Mường Bi`: the village, and what stands before it.
fn village_of_address(address: &str) -> Option<(String, Option<String>)> {
    let parts: Vec<&str> = address.split([',', ';']).map(str::trim).collect();
    let at = parts.iter().position(|part| words().names_village(part))?;
    let before = parts.iter().take(at).copied().collect::<Vec<_>>().join(", ");
    Some((parts.get(at)?.to_string(), (!before.is_empty()).then_some(before)))
}
