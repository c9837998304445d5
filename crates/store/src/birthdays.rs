//! Whose turn comes (sắp đến tuổi): people who reach an age at which the law gives or takes something.
//!
//! Would surprise: of a birth not known to the day the day counts that the commune has decided to take, and the row says so.

use chrono::{Months, NaiveDate, TimeDelta};
use domain::{PartialDate, RecordId};

use crate::error::Result;
use crate::open::View;
use crate::people::IS_HERE;

/// Somebody who turns an age soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birthday {
    /// The person.
    pub person: RecordId,
    /// Full name; empty where none is known.
    pub name: String,
    /// Name of the village.
    pub village: Option<String>,
    /// Years completed on the day.
    pub turns: u32,
    /// The day.
    pub on: NaiveDate,
    /// Birth as known, where that is not to the day: the day is one that is taken.
    pub known: Option<PartialDate>,
}

impl View<'_> {
    /// Who of those who live here turns one of `ages` on `from` or in the `days` after it, the soonest first. Born on
    /// 29 February, they turn on the 28th in a year without it.
    pub fn list_birthdays(&self, ages: &[u32], from: NaiveDate, days: u32) -> Result<Vec<Birthday>> {
        let last = from.checked_add_signed(TimeDelta::days(i64::from(days))).unwrap_or(NaiveDate::MAX);
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT r.rid, p.full_name, p.birth_date, l.born, v.name AS village FROM person_list AS l JOIN rec AS r ON r.lid = l.lid \
             JOIN person AS p ON p.lid = l.lid LEFT JOIN village AS v ON v.lid = l.village \
             WHERE l.born BETWEEN ?1 AND ?2 AND {} ORDER BY l.born, l.lid",
            IS_HERE
        ))?;
        let mut list = Vec::new();
        for turns in ages {
            let years = Months::new(12 * turns);
            let (Some(first), Some(end)) = (from.checked_sub_months(years), last.checked_sub_months(years)) else { continue };
            // Taking years off 28 February never gives the 29th.
            let end = end.succ_opt().unwrap_or(end);
            let mut rows = statement.query([first.to_string(), end.to_string()])?;
            while let Some(row) = rows.next()? {
                let Ok(born) = row.get::<_, String>("born")?.parse::<NaiveDate>() else { continue };
                let birth: Option<PartialDate> = row.get::<_, Option<String>>("birth_date")?.and_then(|birth| birth.parse().ok());
                let Some(on) = born.checked_add_months(years).filter(|on| (from..=last).contains(on)) else { continue };
                list.push(Birthday {
                    person: RecordId(row.get("rid")?),
                    name: row.get::<_, Option<String>>("full_name")?.unwrap_or_default(),
                    village: row.get("village")?,
                    turns: *turns,
                    on,
                    known: birth.filter(|birth| !birth.is_full()),
                });
            }
        }
        list.sort_by_key(|birthday| (birthday.on, birthday.turns, birthday.person));
        Ok(list)
    }
}
