//! Many rows with few statements: a batch has up to 2,000 ops, and every statement is a round trip.

use super::{Tx, Value};
use crate::error::Result;

/// Sizes of the statements that are made: few, so that few are prepared.
const SIZES: [usize; 3] = [64, 8, 1];

/// Inserts rows of one width: `head` is `INSERT INTO t(a, b)`, `tail` what follows the values.
pub fn insert<const WIDTH: usize>(tx: &mut dyn Tx, head: &str, rows: Vec<[Value; WIDTH]>, tail: &str) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.len() > 0 {
        let size = SIZES.into_iter().find(|size| *size <= rows.len()).unwrap_or(1);
        let args: Vec<Value> = rows.by_ref().take(size).flatten().collect();
        let groups: Vec<String> = (0..size).map(|row| format!("({})", places(row * WIDTH + 1, WIDTH))).collect();
        tx.execute(&format!("{head} VALUES {} {tail}", groups.join(", ")), &args)?;
    }
    Ok(())
}

/// `$from, $from+1, …`
pub fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}
