//! What a worker found out about two people who look alike.

use super::define::record;
use crate::RecordId;
use crate::ValueType::Ref;

record! {
    /// These are two people (hai người khác nhau): the person above and another. Written under either of the two; said once
    /// is enough, said twice changes nothing.
    DifferentPerson = 26 "different_person", parent Some("person"), restricted false;
    16 other {
        /// The other.
        other: RecordId = Ref,
    }
}
