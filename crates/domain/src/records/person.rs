//! A person (đối tượng, thành viên hộ).

use chrono::NaiveDate;

use super::define::record;
use crate::PartialDate;
use crate::ValueType::{Code, Date, Int, PartialDate as Partial, Text};

record! {
    /// A person: a root record, in a household through `household_member`. Never identified by name alone.
    Person = 2 "person", parent None, restricted false;
    16 full_name {
        /// Full name in the order surname–middle–given, as typed.
        full_name: String = Text { max: 100 },
    }
    17 other_name {
        /// Other name in use.
        other_name: String = Text { max: 100 },
    }
    18 birth_date {
        /// Date of birth, as precisely as known.
        birth_date: PartialDate = Partial,
    }
    19 sex {
        /// `male` or `female`; not known is absent.
        sex: String = Code("sex"),
    }
    20 ethnic_code {
        /// Ethnic group.
        ethnic_code: String = Code("ethnic_group"),
    }
    21 citizen_id {
        /// Citizen id, 12 digits.
        citizen_id: String = Text { max: 12 },
    }
    22 citizen_id_issue {
        /// When the card was issued.
        citizen_id_issued_on: NaiveDate = Date,
        /// By whom.
        citizen_id_issued_by: String = Text { max: 120 },
    }
    23 old_id {
        /// Nine-digit identity card, history only.
        old_id: String = Text { max: 12 },
    }
    24 phone {
        /// Telephone, ten digits.
        phone: String = Text { max: 20 },
        /// Whose telephone it is.
        phone_owner: String = Text { max: 100 },
    }
    25 marital {
        /// Marital status.
        marital_status: String = Code("marital_status"),
        /// Since when.
        marital_since: PartialDate = Partial,
    }
    26 education_level {
        /// Highest level of education.
        education_level: String = Code("education_level"),
    }
    27 occupation {
        /// Occupation, as told.
        occupation: String = Text { max: 120 },
    }
    28 income_monthly {
        /// Monthly income in đồng, as told.
        income_monthly: i64 = Int,
    }
    29 death {
        /// Date of death.
        death_date: PartialDate = Partial,
        /// Number of the death certificate.
        death_cert_no: String = Text { max: 60 },
    }
    30 note {
        /// Free note.
        note: String = Text { max: 2000 },
    }
}
