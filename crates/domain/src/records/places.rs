//! Villages, which the commune manages itself, and the region status of a village or a commune by date.

use chrono::NaiveDate;

use super::define::record;
use crate::ValueType::{Code, Date, Decimal as Number, Int, Ref, Text};
use crate::{Decimal, RecordId};

record! {
    /// A village (thôn, xóm, bản, tổ dân phố): it has no national code, the commune creates it.
    Village = 13 "village", parent None, restricted false;
    16 name {
        /// Name without the word for village.
        name: String = Text { max: 100 },
        /// The word in use: xóm, bản, thôn …
        village_type: String = Code("village_type"),
    }
    17 unit {
        /// The commune, as unit id.
        unit: i64 = Int,
    }
    18 validity {
        /// First day.
        valid_from: NaiveDate = Date,
        /// Last day.
        valid_to: NaiveDate = Date,
    }
    19 successor {
        /// The village that took its place; from the day after `valid_to`.
        successor: RecordId = Ref,
    }
    20 position {
        /// Its place in lists.
        position: i64 = Int,
    }
    21 location {
        /// Latitude.
        latitude: Decimal = Number,
        /// Longitude.
        longitude: Decimal = Number,
    }
    22 former_unit {
        /// The commune it belonged to before 2025-07-01, as unit id, where the present one was made of several.
        former_unit: i64 = Int,
    }
    23 decision_no {
        /// Number of the decision that set it up, merged or renamed it.
        decision_no: String = Text { max: 60 },
    }
}

record! {
    /// Region status (khu vực I, II, III; thôn đặc biệt khó khăn) by date. Child of a village; a commune's is a root with its unit.
    RegionStatus = 14 "region_status", parent Some("village"), restricted false;
    16 unit {
        /// The commune, as unit id, where the row is a commune's.
        unit: i64 = Int,
    }
    17 status {
        /// Status.
        kind: String = Code("region_type"),
        /// Number of the decision.
        decision_no: String = Text { max: 60 },
    }
    18 validity {
        /// First day.
        valid_from: NaiveDate = Date,
        /// Last day.
        valid_to: NaiveDate = Date,
    }
}
