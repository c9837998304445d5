//! What was decided about a line of outreach (việc tìm người): who takes it, that somebody took it up, or why it is left.

use chrono::NaiveDate;

use super::define::record;
use crate::ValueType::{Code, Date, Text};

record! {
    /// A mark on a line of outreach about this person. A fact of the commune's work, kept so that a line dismissed on one machine does
    /// not come back on another. The line itself is computed anew each time; its key names it.
    OutreachMark = 32 "outreach_mark", parent Some("person"), restricted false;
    16 line {
        /// Key of the line: what is to be done, for which rows.
        line: String = Text { max: 1000 },
    }
    17 handling {
        /// How it is handled.
        handling: String = Code("outreach_handling"),
        /// Name of the worker it is assigned to, or who took it up.
        worker: String = Text { max: 100 },
        /// Why it was dismissed.
        reason: String = Text { max: 500 },
        /// The day of the mark.
        marked_on: NaiveDate = Date,
    }
}
