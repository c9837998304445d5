//! Who did it: names the authors of changes on every device. Never changes a right.

use super::define::record;
use crate::ValueType::{Int, Text};

record! {
    /// A worker (cán bộ) of one device: its author number on that device, name and role as shown.
    Worker = 15 "worker", parent None, restricted false;
    16 uid {
        /// Number of the worker on the device that made this record.
        uid: i64 = Int,
    }
    17 name {
        /// Name as shown.
        name: String = Text { max: 100 },
    }
    18 role {
        /// Role as shown.
        role: String = Text { max: 20 },
    }
    19 device_name {
        /// Name of the device, as the province gave it.
        device_name: String = Text { max: 60 },
    }
}
