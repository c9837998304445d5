//! What the cells say where a heading does not: `Nam` over years of birth, `Chủ hộ` over crosses, a heading nobody knows
//! over words that everybody does.

use domain::citizen_id;

use super::cells::date::looks_like_birth;
use super::headings::readings;
use super::layout::MappedColumn;
use super::listed::lists_several;
use super::target::Target;
use super::words::words;
use crate::legacy::{self, Encoding};
use crate::sheet::{Cell, Sheet};

/// Fewest cells that may speak for a column without a known heading.
const FEWEST: usize = 3;
/// Most cells that are asked: the rest of a column says the same.
const MOST: usize = 500;

/// Corrects what headings said by what the cells below row `body` hold.
pub(super) fn by_content(sheet: &Sheet, body: usize, columns: &mut [MappedColumn]) {
    let cells_of = |column: usize| -> Vec<&Cell> {
        let cells = sheet.rows.iter().skip(body).filter_map(|row| row.get(column));
        cells.filter(|cell| !cell.is_empty()).take(MOST).collect()
    };
    let has = |columns: &[MappedColumn], target: Target| columns.iter().any(|column| column.target == Some(target));
    for index in 0..columns.len() {
        let one_each = !has(columns, Target::FullName) && (!has(columns, Target::HeadName) || has(columns, Target::Relationship));
        let known = has(columns, Target::Members);
        let Some(column) = columns.get_mut(index).filter(|column| column.slot == 0) else { continue };
        match column.target {
            Some(Target::FullName) | None if !known && lists_people(column, &cells_of(column.index)) => {
                column.unsure = column.target.is_none();
                column.target = Some(Target::Members);
            }
            // A heading of several over cells of one: a row is a person.
            Some(Target::Members) if one_each && !lists_people(column, &cells_of(column.index)) => {
                column.target = Some(Target::FullName);
            }
            _ => {}
        }
    }
    let (people, has_class) = (has(columns, Target::FullName), has(columns, Target::PovertyClass));
    for column in columns.iter_mut() {
        let cells = cells_of(column.index);
        let mostly =
            |is: &dyn Fn(&Cell) -> bool| !cells.is_empty() && cells.iter().filter(|cell| is(cell)).count() * 2 > cells.len();
        let count = |cell: &Cell| cell.seen().parse::<f64>().is_ok_and(|count| (0.0..100.0).contains(&count));
        let several = |cell: &Cell| count(cell) && cell.seen() != "0" && cell.seen() != "1";
        let mark = |cell: &Cell| matches!(cell, Cell::Bool(_)) || words().mark(&cell.seen()).is_some();
        let class = |cell: &Cell| words().poverty_class.find(&cell.seen()).is_some();
        match column.target {
            Some(Target::MaleMark) if mostly(&looks_like_birth) => column.target = Some(Target::BirthMale),
            Some(Target::FemaleMark) if mostly(&looks_like_birth) => column.target = Some(Target::BirthFemale),
            // Numbers of people in a household, and no crosses.
            Some(Target::MaleMark | Target::FemaleMark)
                if mostly(&count) && cells.iter().filter(|cell| several(cell)).count() > 1 =>
            {
                column.target = Some(Target::Ignored);
            }
            Some(Target::HeadName) if people && mostly(&mark) => column.target = Some(Target::HeadMark),
            Some(Target::PoorMark) if !has_class && !mostly(&mark) && mostly(&class) => {
                column.target = Some(Target::PovertyClass)
            }
            _ => {}
        }
    }
    for index in 0..columns.len() {
        let Some(column) = columns.get(index).filter(|column| column.target.is_none() && column.slot == 0) else { continue };
        let cells = cells_of(column.index);
        let found = SPEAKING.into_iter().find(|(target, speaks)| !has(columns, *target) && spoken(&cells, *speaks));
        if let (Some((target, _)), Some(column)) = (found, columns.get_mut(index)) {
            column.target = Some(target);
            column.unsure = true;
        }
    }
    for column in columns.iter_mut() {
        let Some(target) = column.target else { continue };
        match bears_out(target, &cells_of(column.index)) {
            Some(true) if column.unsure => column.unsure = false,
            Some(false) => column.unsure = true,
            _ => {}
        }
    }
}

/// A third of the cells list several people each.
fn lists_people(column: &MappedColumn, cells: &[&Cell]) -> bool {
    let decoded =
        |text: &str, encoding| text.split('\n').map(|line| legacy::decode(line, encoding)).collect::<Vec<_>>().join("\n");
    let encodings = [Encoding::Unicode, Encoding::Tcvn3, Encoding::Vni];
    let lists = |text: &str| encodings.iter().any(|encoding| lists_several(&decoded(text, *encoding), column.target.is_some()));
    let count = cells.iter().filter(|cell| matches!(cell, Cell::Text(text) if lists(text))).count();
    count > 0 && count * 3 >= cells.len()
}

/// What tells a sheet without a header from others: how many columns it has, and what most cells of each look like.
pub(super) fn shape(sheet: &Sheet) -> String {
    let kind = |column: usize| {
        let cells = sheet.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).take(MOST);
        let mut counts = [("text", 0_usize), ("date", 0), ("long", 0), ("short", 0), ("word", 0)];
        for cell in cells {
            let seen = cell.seen();
            let digits = seen.chars().filter(char::is_ascii_digit).count();
            let is = match () {
                () if looks_like_birth(cell) => "date",
                () if digits >= 7 => "long",
                () if digits > 0 && !seen.chars().any(char::is_alphabetic) => "short",
                () if !seen.contains(' ') => "word",
                () => "text",
            };
            counts.iter_mut().filter(|(kind, _)| *kind == is).for_each(|(_, count)| *count += 1);
        }
        counts.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map_or("-", |(kind, _)| kind)
    };
    let kinds: Vec<&str> = (0..sheet.width()).map(kind).collect();
    format!("no header|{}", kinds.join("|"))
}

/// Whether the cells are of the kind that a heading promised: plainly, plainly not, or nothing to go by.
fn bears_out(target: Target, cells: &[&Cell]) -> Option<bool> {
    let digits = |cell: &Cell| cell.seen().chars().filter(char::is_ascii_digit).count();
    let known = |cell: &Cell, find: &dyn Fn(&str) -> bool| readings(&cell.seen()).iter().any(|reading| find(reading));
    let right: &dyn Fn(&Cell) -> bool = match target {
        Target::Birth | Target::BirthMale | Target::BirthFemale | Target::DeathDate | Target::CitizenIdIssuedOn => {
            &looks_like_birth
        }
        Target::CitizenId | Target::OldId => &|cell| digits(cell) >= 7,
        Target::Phone => &|cell| digits(cell) >= 8,
        Target::Sex => &|cell| known(cell, &|text| words().sex.find(text).is_some()),
        Target::Ethnic => &|cell| known(cell, &|text| words().ethnic_group.find(text).is_some()),
        Target::Relationship => &|cell| known(cell, &|text| words().relationship.find(text).is_some()),
        Target::PovertyClass => &|cell| known(cell, &|text| words().poverty_class.find(text).is_some()),
        Target::FullName | Target::HeadName => &|cell| cell.seen().chars().any(char::is_alphabetic) && digits(cell) == 0,
        _ => return None,
    };
    let count = cells.iter().filter(|cell| right(cell)).count();
    match cells.len() {
        0..FEWEST => None,
        all if count * 3 >= all * 2 => Some(true),
        all if count * 5 < all => Some(false),
        _ => None,
    }
}

/// A word by which a cell speaks for a target; `true` where it is one that this target alone has.
type Speaks = fn(&str) -> Option<bool>;

const SPEAKING: [(Target, Speaks); 5] = [
    (Target::Relationship, |text| words().relationship.find(text).map(|code| code == "head")),
    (Target::Sex, |text| words().sex.find(text).map(|_| true)),
    (Target::PovertyClass, |text| words().poverty_class.find(text).map(|code| matches!(code, "poor" | "near_poor"))),
    (Target::Ethnic, |text| words().ethnic_group.find(text).map(|code| matches!(code, "01" | "03" | "06" | "08" | "09"))),
    (Target::CitizenId, |text| citizen_id::read(&citizen_id::tidy(text)).filter(|id| id.province_known).map(|_| true)),
];

/// Nearly all cells speak, and one speaks clearly.
fn spoken(cells: &[&Cell], speaks: Speaks) -> bool {
    let said = |cell: &&&Cell| match cell {
        Cell::Text(text) => readings(text).iter().find_map(|reading| speaks(reading)),
        _ => None,
    };
    let said: Vec<bool> = cells.iter().filter_map(|cell| said(&cell)).collect();
    cells.len() >= FEWEST && said.len() * 10 >= cells.len() * 9 && said.contains(&true)
}
