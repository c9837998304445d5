//! The day on which the lists take a birth that is not known to the day, made anew when the commune decides otherwise.

use domain::PartialDate;
use rusqlite::Connection;

use crate::commune::assumed_birth;
use crate::error::Result;

pub(super) fn write(connection: &Connection) -> Result<()> {
    let assumed = assumed_birth(connection)?;
    let sql =
        "SELECT l.lid, p.birth_date FROM person_list AS l JOIN person AS p ON p.lid = l.lid WHERE length(p.birth_date) < 10";
    let mut statement = connection.prepare(sql)?;
    let partial = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    for (lid, birth) in partial.collect::<rusqlite::Result<Vec<_>>>()? {
        let born = birth.parse::<PartialDate>().ok().map(|birth| birth.assumed(assumed).to_string());
        connection.prepare_cached("UPDATE person_list SET born = ?2 WHERE lid = ?1")?.execute(rusqlite::params![lid, born])?;
    }
    Ok(())
}
