//! The register put in front of the law: records from the store, rows of the law, and how facts are told.

use chrono::NaiveDate;
use domain::{Month, RecordId};
use entitlements::register::{Case, Lawbook, Loaded, Options, Register, Sight};
use store::{BulkRow, View};

use crate::forms::FieldProblem;
use crate::problem::{Problem, Result};

/// A register under the rows in force here, with partial dates of birth taken as the commune has decided.
pub(crate) fn case<'a>(
    view: &View<'_>,
    book: &'a Lawbook<'static>,
    register: &'a Register,
    sight: Sight,
) -> store::Result<Case<'a>> {
    Ok(Case { register, book, options: Options { sight, birth: view.assumed_birth()? } })
}

/// Everybody.
pub(crate) fn whole(view: &View<'_>, sight: Sight) -> store::Result<Register> {
    let mut register = with_aliases(view)?;
    view.load_register(of_store(sight), &mut |row| put(&mut register, &row))?;
    Ok(register.join())
}

/// One person with everybody whose records their facts rest on.
pub(crate) fn around(view: &View<'_>, person: RecordId, sight: Sight) -> store::Result<Register> {
    let mut register = with_aliases(view)?;
    view.load_surroundings(person, of_store(sight), &mut |row| put(&mut register, &row))?;
    Ok(register.join())
}

fn with_aliases(view: &View<'_>) -> store::Result<Register> {
    let mut register = Register::new();
    for (old, new) in view.list_aliases()? {
        register.add_alias(old, new);
    }
    Ok(register)
}

fn of_store(sight: Sight) -> store::Sight {
    match sight {
        Sight::Plain => store::Sight::Plain,
        Sight::Restricted => store::Sight::Restricted,
    }
}

fn put(register: &mut Register, row: &BulkRow) {
    let BulkRow { id, parent, scope, order, moved, entered, row } = row;
    register.add(Loaded { id: *id, parent: *parent, scope: *scope, order: *order, moved: *moved, entered: *entered, row });
}

/// A day that was asked about.
///
/// # Errors
/// It is none.
pub(crate) fn day(text: Option<&str>, today: NaiveDate, field: &str) -> Result<NaiveDate> {
    let Some(text) = text else { return Ok(today) };
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| unreadable(field, "date_unreadable", text))
}

/// A month that was asked about.
///
/// # Errors
/// It is none.
pub(crate) fn month(text: &str, field: &str) -> Result<Month> {
    text.parse().map_err(|_| unreadable(field, "month_unreadable", text))
}

/// A field whose value cannot be used.
pub(crate) fn unreadable(field: &str, code: &str, read: &str) -> Problem {
    let problem: FieldProblem = domain::Problem::error(field, code).with("read", read).into();
    Problem::invalid(vec![problem])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::UnitId;
    use entitlements::register::{When, facts_of};
    use store::{Author, Cost, Folder, NewStore, Role};

    use super::*;
    use crate::seed;

    #[test]
    fn a_person_alone_with_their_surroundings_has_the_facts_they_have_in_the_whole_register() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open_with_cost(place.path(), Cost { memory_kib: 64, passes: 1, lanes: 1 }).unwrap();
        let new =
            NewStore {
                unit: 51582, sample: true, worker: "Bùi Thị Mừng", role: Role::Officer, password: "mau mat khau 2026"
            };
        let (store, _) = folder.create(new, "2026-11-23T01:00:00Z".parse().unwrap()).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let author = Author { uid: 1, at_ms: 1_795_399_200_000 };
        let size = seed::Size { villages: 3, households: 60 };
        store.write(author, |tx| seed::seed(tx, UnitId(51582), size, 7, today, &|_| {})).unwrap();
        store
            .read(|view| {
                let all = whole(view, Sight::Restricted)?;
                assert!(all.people().len() > 200);
                for person in all.people() {
                    let few = around(view, person.id, Sight::Restricted)?;
                    let book = crate::law::book(view)?;
                    let told = |register: &Register| {
                        let at = register.find(person.id).unwrap();
                        let sheet = facts_of(register, book.law(), at, When::On(today), Options::default());
                        let cared: Vec<_> = sheet.cared.iter().map(|cared| (cared.person, cared.facts)).collect();
                        (sheet.facts, cared)
                    };
                    assert_eq!(told(&few), told(&all));
                }
                Ok(())
            })
            .unwrap();
    }
}
