//! The same person twice in one file: the same id, or the same name, birth and sex.

use std::collections::{BTreeMap, HashMap};

use domain::Level;
use domain::text::fold;

use super::headings::Target;
use super::layout::Mapping;
use super::problem::{ImportProblem, ProblemKind};
use super::{ReadHousehold, ReadMember};
use crate::sheet::column_letters;

/// Sheet and row.
type Place<'a> = (&'a str, u32);

/// Told at the later row, which names the earlier. Nobody is left out: which of the two is right, a person says.
pub(super) fn find(households: &[ReadHousehold], mapping: &Mapping) -> Vec<ImportProblem> {
    let mut problems = Vec::new();
    let mut ids: HashMap<&str, Place<'_>> = HashMap::new();
    let mut people: HashMap<(String, String, &str), (Option<&str>, Place<'_>)> = HashMap::new();
    for household in households {
        for member in &household.members {
            let here = (household.sheet.as_str(), member.row);
            let by_id = member.citizen_id.as_deref().or(member.old_id.as_deref());
            if let Some(id) = by_id {
                if let Some(earlier) = ids.get(id) {
                    let target = if member.citizen_id.is_some() { Target::CitizenId } else { Target::OldId };
                    problems.push(problem(here, *earlier, target, id, ProblemKind::SameIdInFile, mapping));
                    continue;
                }
                ids.insert(id, here);
            }
            let Some(key) = same_person(member) else { continue };
            if let Some((other_id, earlier)) = people.get(&key) {
                // Two ids are two people: common names share a year of birth.
                if by_id.is_none() || other_id.is_none() {
                    let kind = ProblemKind::SamePersonInFile;
                    problems.push(problem(here, *earlier, Target::FullName, &member.full_name, kind, mapping));
                }
            } else {
                people.insert(key, (by_id, here));
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

fn problem(
    here: Place<'_>,
    earlier: Place<'_>,
    target: Target,
    read: &str,
    kind: ProblemKind,
    mapping: &Mapping,
) -> ImportProblem {
    let sheet = mapping.sheets.iter().find(|sheet| sheet.sheet == here.0);
    let column = sheet.and_then(|sheet| sheet.column(target).or_else(|| sheet.column(Target::HeadName)));
    let params = BTreeMap::from([("sheet".to_owned(), earlier.0.to_owned()), ("row".to_owned(), earlier.1.to_string())]);
    ImportProblem {
        sheet: here.0.to_owned(),
        row: here.1,
        column: column.map(|column| column_letters(column.index)).unwrap_or_default(),
        heading: column.map(|column| column.heading.clone()).unwrap_or_default(),
        read: read.to_owned(),
        kind,
        level: Level::Warning,
        params,
    }
}
