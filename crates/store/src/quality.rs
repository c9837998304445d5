//! The quality of the register (chất lượng dữ liệu, operational indicator O6): what is missing or odd, counted by village.
//!
//! Owes its callers: numbers that are those of the lists filtered by village and mark. People are those who live here.
//! Would surprise: the marks of people come from bits written with the row, so that all of them cost one pass.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::RecordId;

use crate::error::Result;
use crate::marks::{HouseholdMark, PersonMark};
use crate::open::View;
use crate::people::IS_HERE;

/// The numbers of one village, or of those who are in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QualityRow {
    /// People.
    pub people: u64,
    /// People with an id of twelve digits, a birth known to the day, and a village.
    pub complete: u64,
    /// People by mark; a mark that nobody has is absent.
    pub person_marks: BTreeMap<PersonMark, u64>,
    /// Households.
    pub households: u64,
    /// Households by mark.
    pub household_marks: BTreeMap<HouseholdMark, u64>,
}

/// Marks without which somebody counts as completely recorded.
const INCOMPLETE: [PersonMark; 5] =
    [PersonMark::NoCitizenId, PersonMark::OddCitizenId, PersonMark::NoBirthDate, PersonMark::YearOnly, PersonMark::NoVillage];

/// Marks that are counted; what waits for the province is no matter of quality.
fn person_marks() -> impl Iterator<Item = PersonMark> {
    PersonMark::ALL.into_iter().filter(|mark| *mark != PersonMark::Pending)
}

fn household_marks() -> impl Iterator<Item = HouseholdMark> {
    HouseholdMark::ALL.into_iter().filter(|mark| *mark != HouseholdMark::Pending)
}

impl View<'_> {
    /// The numbers by village; `None` holds what is in no village. Villages without anybody are absent.
    pub fn count_quality(&self) -> Result<BTreeMap<Option<RecordId>, QualityRow>> {
        let mut rows: BTreeMap<Option<RecordId>, QualityRow> = BTreeMap::new();
        self.count_people_into(&mut rows)?;
        self.count_households_into(&mut rows)?;
        Ok(rows)
    }

    fn count_people_into(&self, rows: &mut BTreeMap<Option<RecordId>, QualityRow>) -> Result<()> {
        let incomplete = INCOMPLETE.iter().filter_map(|mark| mark.bit()).fold(0, |bits, bit| bits | bit);
        let mut sql = format!("SELECT v.rid AS village, count(*) AS n, sum(l.marks & {incomplete} = 0) AS complete");
        let marks: Vec<PersonMark> = person_marks().collect();
        for mark in &marks {
            let _ = write!(sql, ", sum({}) AS {}", mark.condition(), mark.code());
        }
        let _ = write!(
            sql,
            " FROM person_list AS l LEFT JOIN rec AS v ON v.lid = l.village WHERE {} GROUP BY l.village ORDER BY l.village",
            IS_HERE
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let into = rows.entry(village(row)?).or_default();
            into.people = number(row, "n")?;
            into.complete = number(row, "complete")?;
            for mark in &marks {
                match number(row, mark.code())? {
                    0 => None,
                    n => into.person_marks.insert(*mark, n),
                };
            }
        }
        Ok(())
    }

    fn count_households_into(&self, rows: &mut BTreeMap<Option<RecordId>, QualityRow>) -> Result<()> {
        let mut sql = "SELECT v.rid AS village, count(*) AS n".to_owned();
        let marks: Vec<HouseholdMark> = household_marks().collect();
        for mark in &marks {
            let _ = write!(sql, ", sum({}) AS {}", mark.condition(), mark.code());
        }
        sql += " FROM household_list AS l LEFT JOIN rec AS v ON v.lid = l.village WHERE l.gone = 0 \
                GROUP BY l.village ORDER BY l.village";
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let into = rows.entry(village(row)?).or_default();
            into.households = number(row, "n")?;
            for mark in &marks {
                match number(row, mark.code())? {
                    0 => None,
                    n => into.household_marks.insert(*mark, n),
                };
            }
        }
        Ok(())
    }
}

fn village(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<RecordId>> {
    Ok(row.get::<_, Option<[u8; 16]>>("village")?.map(RecordId))
}

fn number(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.unsigned_abs())
}
