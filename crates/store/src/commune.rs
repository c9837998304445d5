//! What the commune has decided for all its machines, as lists and computations ask for it.

use domain::AssumedBirth;
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::open::View;

impl View<'_> {
    /// Which day computations take of a birth that is not known to the day: by default the first.
    pub fn assumed_birth(&self) -> Result<AssumedBirth> {
        assumed_birth(self.connection())
    }
}

pub(crate) fn assumed_birth(connection: &Connection) -> Result<AssumedBirth> {
    let sql =
        "SELECT s.assumed_birth FROM commune_setting AS s JOIN rec AS r ON r.lid = s.lid WHERE r.life = 0 ORDER BY r.lid DESC";
    let told: Option<Option<String>> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(told.flatten().as_deref().and_then(AssumedBirth::named).unwrap_or_default())
}
