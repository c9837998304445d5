//! The same person twice in one file: the same id, or the same name, birth and sex.

use std::collections::{BTreeMap, HashMap};

use domain::Level;
use domain::text::fold;

use super::layout::Mapping;
use super::problem::{ImportProblem, ProblemKind};
use super::target::Target;
use super::{ReadHousehold, ReadMember};
use crate::sheet::column_letters;

/// Household and member, counted from 0.
pub type MemberPlace = (usize, usize);

/// Sheet and row.
type Row<'a> = (&'a str, u32);

/// People who are in the file already further up, to their first place: the same id under the same name. Whoever applies
/// a list makes them once.
#[must_use]
pub fn twins(households: &[ReadHousehold]) -> BTreeMap<MemberPlace, MemberPlace> {
    let mut firsts: HashMap<(&str, String), MemberPlace> = HashMap::new();
    let mut twins = BTreeMap::new();
    for (at, household) in households.iter().enumerate() {
        for (place, member) in household.members.iter().enumerate() {
            let Some(id) = member.citizen_id.as_deref().or(member.old_id.as_deref()) else { continue };
            match firsts.entry((id, fold(&member.full_name))) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    twins.insert((at, place), *first.get());
                }
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert((at, place));
                }
            }
        }
    }
    twins
}

/// Told at the later row, which names the earlier. Nobody is left out of what was read: which of the two is right, a
/// person says.
pub(super) fn find(households: &[ReadHousehold], mapping: &Mapping) -> Vec<ImportProblem> {
    let mut problems = Vec::new();
    let mut ids: HashMap<&str, Row<'_>> = HashMap::new();
    let mut people: HashMap<(String, String, &str), (Option<&str>, Row<'_>)> = HashMap::new();
    let twins = twins(households);
    let mut tell = |sheet: &str, member: &ReadMember, earlier: Row<'_>, kind| {
        let mut problem = double(mapping, sheet, member, kind);
        problem.params = BTreeMap::from([("sheet".to_owned(), earlier.0.to_owned()), ("row".to_owned(), earlier.1.to_string())]);
        problems.push(problem);
    };
    for (at, household) in households.iter().enumerate() {
        for (place, member) in household.members.iter().enumerate() {
            let here = (household.sheet.as_str(), member.row);
            let by_id = member.citizen_id.as_deref().or(member.old_id.as_deref());
            if let Some(id) = by_id {
                if let Some(earlier) = ids.get(id) {
                    let twin = twins.contains_key(&(at, place));
                    tell(here.0, member, *earlier, if twin { ProblemKind::ListedTwice } else { ProblemKind::SameIdInFile });
                    if let Some(key) = same_person(member) {
                        people.entry(key).or_insert((by_id, here));
                    }
                    continue;
                }
                ids.insert(id, here);
            }
            let Some(key) = same_person(member) else { continue };
            match people.get(&key) {
                // Two ids are two people: common names share a year of birth.
                Some((Some(_), _)) if by_id.is_some() => {}
                Some((_, earlier)) => tell(here.0, member, *earlier, ProblemKind::SamePersonInFile),
                None => {
                    people.insert(key, (by_id, here));
                }
            }
        }
    }
    problems
}

/// Without a birth a common name says nothing.
fn same_person(member: &ReadMember) -> Option<(String, String, &str)> {
    let birth = member.birth?;
    Some((fold(&member.full_name), birth.to_string(), member.sex.as_deref().unwrap_or_default()))
}

/// The problem of a double at the row of a member: at the id for a double id, else at the name. Whoever compares a list
/// with the register tells its doubles by it.
#[must_use]
pub fn double(mapping: &Mapping, sheet: &str, member: &ReadMember, kind: ProblemKind) -> ImportProblem {
    let of_id = matches!(kind, ProblemKind::SameIdInFile | ProblemKind::SameIdInRegister | ProblemKind::ListedTwice);
    match (of_id, &member.citizen_id, &member.old_id) {
        (true, Some(id), _) => told_at(mapping, sheet, member.row, &[Target::CitizenId, Target::OldId], id, kind),
        (true, None, Some(id)) => told_at(mapping, sheet, member.row, &[Target::OldId, Target::CitizenId], id, kind),
        _ => told_at(mapping, sheet, member.row, &[Target::FullName, Target::HeadName], &member.full_name, kind),
    }
}

/// A warning at a row, in the first column that holds one of the targets.
#[must_use]
pub fn told_at(mapping: &Mapping, sheet: &str, row: u32, targets: &[Target], read: &str, kind: ProblemKind) -> ImportProblem {
    let mapped = mapping.sheets.iter().find(|mapped| mapped.sheet == sheet);
    let column = mapped.and_then(|mapped| targets.iter().find_map(|target| mapped.column(*target)));
    ImportProblem {
        sheet: sheet.to_owned(),
        row,
        column: column.map(|column| column_letters(column.index)).unwrap_or_default(),
        heading: column.map(|column| column.heading.clone()).unwrap_or_default(),
        read: read.to_owned(),
        kind,
        level: Level::Warning,
        params: BTreeMap::new(),
    }
}
