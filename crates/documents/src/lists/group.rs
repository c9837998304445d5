//! Rows into households: where one ends and the next begins, who is its head, and what holds for all its members.
//!
//! Lists mark a household by a code, a running number, the name of its head, the word "chủ hộ", or by numbering only
//! its first row. The strongest sign that a sheet uses decides; a weaker one never overrules it.

use std::collections::HashMap;

use domain::text::fold;

use super::body::{Body, number};
use super::cells::name::place_case;
use super::member::Person;
use super::problem::{Finding, ProblemKind};
use super::rows::Line;
use super::sign::{Sign, begins, is_one, sign};
use super::target::Target;
use super::titles::Titles;
use super::words::words;
use super::{ReadHousehold, ReadMember};

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
    for mut group in groups {
        join_listed(&mut group);
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

/// Somebody who has a row of their own and stands in the list of the members, too, is one.
fn join_listed(group: &mut [Line]) {
    let mut listed = Vec::new();
    for (at, line) in group.iter_mut().enumerate() {
        let (from_cell, own): (Vec<Person>, Vec<Person>) = line.people.drain(..).partition(|person| person.listed);
        line.people = own;
        listed.extend(from_cell.into_iter().map(|person| (at, person)));
    }
    for (at, person) in listed {
        let births_agree = |known: &Person| match (&known.read.birth, &person.read.birth) {
            (Some(one), Some(other)) => one.agrees_with(other),
            _ => true,
        };
        let same = |known: &&mut Person| {
            !known.listed && fold(&known.read.full_name) == fold(&person.read.full_name) && births_agree(known)
        };
        match group.iter_mut().flat_map(|line| &mut line.people).find(same) {
            Some(known) => {
                known.read.fill_from(&person.read);
                // Another of the same name in the list is a child, not the same once more.
                known.listed = true;
            }
            None => group.get_mut(at).into_iter().for_each(|line| line.people.push(person.clone())),
        }
    }
}

/// True where a cross or a word says that its person is the head.
pub(super) fn is_head(line: &Line) -> bool {
    line.head_mark || line.people.iter().any(|person| person.read.relationship.as_deref() == Some("head"))
}

fn own_village(group: &[Line]) -> Option<String> {
    group.iter().find_map(|line| line.village.clone())
}

/// True unless both name a village, and not the same one.
pub(super) fn same_village(group: &[Line], line: &Line) -> bool {
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
    let lists = body.columns(0, Target::Members).next().is_some();
    if lists && let Some(size) = household.size.filter(|size| *size as usize != household.members.len()) {
        let column = body.columns(0, Target::HouseholdSize).next();
        body.report(
            first.row,
            column,
            Finding::info(ProblemKind::SizeDiffers).with("size", size).with("found", household.members.len()),
        );
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
