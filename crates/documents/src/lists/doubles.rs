//! The same person twice in one file: the same id, or the same name, birth and sex.

use std::collections::{BTreeMap, HashMap};

use domain::Level;
use domain::text::fold;

use super::layout::Mapping;
use super::problem::{ImportProblem, ProblemKind};
use super::target::Target;
use super::{ReadHousehold, ReadMember};
use crate::sheet::column_letters;

/// Sheet and row.
type Place<'a> = (&'a str, u32);

/// Told at the later row, which names the earlier. Nobody is left out: which of the two is right, a person says.
pub(super) fn find(households: &[ReadHousehold], mapping: &Mapping) -> Vec<ImportProblem> {
    let mut problems = Vec::new();
    let mut ids: HashMap<&str, Place<'_>> = HashMap::new();
    let mut people: HashMap<(String, String, &str), (Option<&str>, Place<'_>)> = HashMap::new();
    let mut tell = |sheet: &str, member: &ReadMember, earlier: Place<'_>, kind| {
        let mut problem = double(mapping, sheet, member, kind);
        problem.params = BTreeMap::from([("sheet".to_owned(), earlier.0.to_owned()), ("row".to_owned(), earlier.1.to_string())]);
        problems.push(problem);
    };
    for household in households {
        for member in &household.members {
            let here = (household.sheet.as_str(), member.row);
            let by_id = member.citizen_id.as_deref().or(member.old_id.as_deref());
            if let Some(id) = by_id {
                if let Some(earlier) = ids.get(id) {
                    tell(here.0, member, *earlier, ProblemKind::SameIdInFile);
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
    let of_id = matches!(kind, ProblemKind::SameIdInFile | ProblemKind::SameIdInRegister);
    let (targets, read) = match (of_id, &member.citizen_id, &member.old_id) {
        (true, Some(id), _) => ([Target::CitizenId, Target::OldId], id),
        (true, None, Some(id)) => ([Target::OldId, Target::CitizenId], id),
        _ => ([Target::FullName, Target::HeadName], &member.full_name),
    };
    let mapped = mapping.sheets.iter().find(|mapped| mapped.sheet == sheet);
    let column = mapped.and_then(|mapped| targets.into_iter().find_map(|target| mapped.column(target)));
    ImportProblem {
        sheet: sheet.to_owned(),
        row: member.row,
        column: column.map(|column| column_letters(column.index)).unwrap_or_default(),
        heading: column.map(|column| column.heading.clone()).unwrap_or_default(),
        read: read.clone(),
        kind,
        level: Level::Warning,
        params: BTreeMap::new(),
    }
}
