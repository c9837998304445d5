//! Headings into columns: each thing has one, and people who stand side by side in a row have each their own.

use std::collections::HashSet;

use domain::text::fold;

use super::headings::{self, Heading};
use super::layout::MappedColumn;
use super::target::Target;

/// The slot of a head who has columns of his own beside those of the members.
pub(super) const HEAD_SLOT: u32 = 1;

/// A column's place, its headings from the top down, and what they were recognised as.
pub(super) type Found = (usize, Vec<String>, Option<Heading>);

/// Gives each thing one column, and further members of a row their slots.
pub(super) fn assign(headings: Vec<Found>) -> Vec<MappedColumn> {
    let named: Vec<Heading> = headings.iter().filter_map(|(_, _, heading)| heading.clone()).collect();
    let has = |target: Target| named.iter().any(|heading| heading.target == target && !heading.further);
    let in_one_row = has(Target::HeadName) && !has(Target::FullName);
    let births = named.iter().filter(|heading| heading.target == Target::Birth).count();
    let in_parts = has(Target::BirthMonth);
    let of_head = columns_of_head(&headings);
    let mut taken: HashSet<(u32, Target)> = HashSet::new();
    let mut slot = 0;
    let mut columns = Vec::new();
    for (index, levels, heading) in headings {
        let mut column = MappedColumn { index, heading: levels.join(" / "), ..MappedColumn::default() };
        if let Some(heading) = heading {
            let further = heading.further;
            if further && in_one_row {
                slot += 1;
                column.relationship = heading.relationship;
            }
            let target = match heading.target {
                // "Ngày sinh" beside "Tháng sinh" and "Năm sinh" is the day alone.
                Target::Birth if in_parts && !has(Target::BirthDay) && births == 2 && taken.insert((slot, Target::BirthDay)) => {
                    Target::BirthDay
                }
                Target::Birth if in_parts && !has(Target::BirthYear) => Target::BirthYear,
                other => other,
            };
            let of = match () {
                () if target.is_of_household() => 0,
                () if of_head.contains(&index) => HEAD_SLOT,
                () => slot,
            };
            let lone_part = matches!(target, Target::BirthDay | Target::BirthMonth) && !has(Target::BirthYear) && births == 0;
            let other_person = further && !in_one_row;
            let free = matches!(target, Target::Birth | Target::Ignored | Target::BirthDay) || taken.insert((of, target));
            if free && !lone_part && !other_person {
                column.slot = of;
                column.target = Some(target);
                column.unsure = !heading.exact;
            }
            if of_head.contains(&index) {
                column.relationship = Some("head".to_owned());
            }
        }
        columns.push(column);
    }
    columns
}

/// Columns about the head where members have theirs as well: those under a heading that names the head, and those between
/// his name and the members' that come again behind it.
fn columns_of_head(headings: &[Found]) -> HashSet<usize> {
    let place = |target: Target| {
        headings
            .iter()
            .position(|(_, _, heading)| heading.as_ref().is_some_and(|heading| heading.target == target && !heading.further))
    };
    let (Some(head), Some(member)) = (place(Target::HeadName), place(Target::FullName)) else { return HashSet::new() };
    let later = |target: Target| {
        headings.iter().skip(member).any(|(_, _, heading)| heading.as_ref().is_some_and(|heading| heading.target == target))
    };
    let of_head = headings.iter().enumerate().filter(|(at, (_, levels, heading))| {
        let Some(heading) = heading else { return false };
        let personal = !heading.target.is_of_household()
            && !matches!(heading.target, Target::Ordinal | Target::Ignored | Target::Note | Target::Relationship);
        let under = levels.split_last().is_some_and(|(_, above)| above.iter().any(|text| headings::names_head(&fold(text))));
        personal && (under || head < *at && *at < member && later(heading.target))
    });
    of_head.map(|(_, (index, _, _))| *index).collect()
}
