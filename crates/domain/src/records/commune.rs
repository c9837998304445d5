//! What a commune has decided for all its machines (cài đặt của xã).

use super::define::record;
use crate::ValueType::Code;
use crate::{RecordId, UnitId};

record! {
    /// The commune's settings: one record under an id of its own, so that machines which never met write into the same one.
    CommuneSetting = 30 "commune_setting", parent None, restricted false;
    16 assumed_birth {
        /// Which day computations take where only month or year of birth is known; none: the first.
        assumed_birth: String = Code("assumed_birth"),
    }
}

impl CommuneSetting {
    /// The id of a commune's settings.
    #[must_use]
    pub fn id(unit: UnitId) -> RecordId {
        let [a, b, c, d] = unit.0.to_be_bytes();
        RecordId::from_parts(0, [b's', b'e', b't', 0, 0, 0, a, b, c, d])
    }
}
