//! The law as the province has published it: a set (bộ chính sách) and its rows. Written by the province only, in its own
//! scope, and never changed: another set follows.

use super::define::record;
use crate::ValueType::{Int, Text};

record! {
    /// A published policy set. It is in force on a device once as many rows as it says are there and their hash is the one it says.
    PolicySet = 20 "policy_set", parent None, restricted false;
    16 version {
        /// 1, 2, 3 and so on; the highest complete one counts.
        version: i64 = Int,
    }
    17 content {
        /// How many rows belong to it.
        row_count: i64 = Int,
        /// Hash over all rows, hexadecimal.
        hash: String = Text { max: 64 },
    }
}

record! {
    /// One row of a policy set as canonical JSON text.
    PolicyRow = 21 "policy_row", parent Some("policy_set"), restricted false;
    16 row {
        /// The row.
        body: String = Text { max: 32000 },
    }
}
