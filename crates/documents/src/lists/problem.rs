//! What was not taken as it stood, told as codes beside the place in the sheet.

use std::collections::BTreeMap;

use domain::Level;
use serde::{Deserialize, Serialize};

/// What is the matter with a cell or a row. The sentence of each is in `assets/messages` under `import.problem.<kind>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A row with something in it and no name: no person.
    NameMissing,
    /// The name was longer than a name may be and is cut.
    NameTooLong,
    /// No date in any known form.
    DateUnreadable,
    /// A day or month that no calendar has (31/02).
    DateImpossible,
    /// A year of two digits says no century.
    DateTwoDigitYear,
    /// Day and month may be swapped; `first` and `second` are the two readings where both exist.
    DateOrderUnsure,
    /// Every date of a column reads both ways: `count` cells; the first is taken as `day`, `month`, `year`.
    DateOrderAssumed,
    /// A year in a cell formatted as a date shows as a day of 1905; `year` is what was probably typed.
    DateMayBeYear,
    /// After today.
    DateInFuture,
    /// Two date cells of the row disagree.
    DatesDiffer,
    /// 12 digits are needed; `digits` says how many there are.
    IdLength,
    /// Something other than digits in an id.
    IdUnreadable,
    /// Leading zeros that a spreadsheet lost were put back; `taken` is the id kept.
    IdZeroAdded,
    /// Scientific notation has eaten digits.
    IdDigitsLost,
    /// The id says another sex.
    IdContradictsSex,
    /// The id says another year of birth, `year`.
    IdContradictsBirth,
    /// No province (or country) has the first three digits.
    IdUnknownProvince,
    /// The leading zero of a 9-digit id was put back.
    OldIdZeroAdded,
    /// No word for a sex.
    SexUnreadable,
    /// Both columns are marked.
    SexMarkedTwice,
    /// No word for a place in the household that this program knows.
    RelationshipUnknown,
    /// A word with two meanings; `code` is the one taken.
    RelationshipAssumed,
    /// A `piece` of a cell that lists members is nobody's name.
    MemberUnreadable,
    /// A `piece` of a cell that lists members was read, and may have been cut or understood otherwise.
    MemberUnsure,
    /// The list says `size` people, another number than the `found` members of the household.
    SizeDiffers,
    /// No ethnic group of that name.
    EthnicGroupUnknown,
    /// No word for a poverty class.
    PovertyClassUnknown,
    /// Two classes are marked.
    PovertyMarkedTwice,
    /// No telephone number.
    PhoneUnreadable,
    /// The leading zero of a telephone number was put back.
    PhoneZeroAdded,
    /// No word for a kind or degree of disability.
    DisabilityUnknown,
    /// No word for a marital status.
    MaritalStatusUnknown,
    /// No word for a level of education.
    EducationUnknown,
    /// A mark that is neither yes nor no.
    MarkUnreadable,
    /// A row says otherwise about the household than its first row; `taken` is what is kept.
    HouseholdDiffers,
    /// Two members are heads.
    TwoHeads,
    /// The same id stands in row `row` of sheet `sheet`.
    SameIdInFile,
    /// The same name, birth and sex stand in row `row` of sheet `sheet`.
    SamePersonInFile,
    /// Row `row` of sheet `sheet` is the same person, id and name: the person is made once.
    ListedTwice,
    /// Somebody else in the register has this id; nothing of theirs is overwritten.
    SameIdInRegister,
    /// This person is in the register already and is not made again; what is empty there is filled.
    SamePersonInRegister,
    /// Somebody in the register may be this person; both are kept.
    MaybeInRegister,
    /// The register says `register`; it stays.
    RegisterDiffers,
    /// The register has this person in another household; it stays.
    LivesElsewhere,
    /// The column was typed in an old font, `encoding`, and is converted.
    EncodingConverted,
    /// Nobody knows the heading of a column that holds something: it is left out.
    ColumnLeftOut,
    /// No header row was found; the sheet waits for a mapping by hand.
    HeaderMissing,
    /// A value of a column is longer than its field and is cut.
    TextTooLong,
    /// The title alone names a poverty class, `code`, for the `count` households of the sheet: asked, not taken.
    ClassInTitle,
}

impl ProblemKind {
    /// Every kind, in the order of this list.
    pub const ALL: &[Self] = &[
        Self::NameMissing,
        Self::NameTooLong,
        Self::DateUnreadable,
        Self::DateImpossible,
        Self::DateTwoDigitYear,
        Self::DateOrderUnsure,
        Self::DateOrderAssumed,
        Self::DateMayBeYear,
        Self::DateInFuture,
        Self::DatesDiffer,
        Self::IdLength,
        Self::IdUnreadable,
        Self::IdZeroAdded,
        Self::IdDigitsLost,
        Self::IdContradictsSex,
        Self::IdContradictsBirth,
        Self::IdUnknownProvince,
        Self::OldIdZeroAdded,
        Self::SexUnreadable,
        Self::SexMarkedTwice,
        Self::RelationshipUnknown,
        Self::RelationshipAssumed,
        Self::MemberUnreadable,
        Self::MemberUnsure,
        Self::SizeDiffers,
        Self::EthnicGroupUnknown,
        Self::PovertyClassUnknown,
        Self::PovertyMarkedTwice,
        Self::PhoneUnreadable,
        Self::PhoneZeroAdded,
        Self::DisabilityUnknown,
        Self::MaritalStatusUnknown,
        Self::EducationUnknown,
        Self::MarkUnreadable,
        Self::HouseholdDiffers,
        Self::TwoHeads,
        Self::SameIdInFile,
        Self::SamePersonInFile,
        Self::ListedTwice,
        Self::SameIdInRegister,
        Self::SamePersonInRegister,
        Self::MaybeInRegister,
        Self::RegisterDiffers,
        Self::LivesElsewhere,
        Self::EncodingConverted,
        Self::ColumnLeftOut,
        Self::HeaderMissing,
        Self::TextTooLong,
        Self::ClassInTitle,
    ];
}

/// One problem, at a place a person finds in the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as in the sheet, from 1; 0 when the whole sheet is meant.
    pub row: u32,
    /// Letters of the column; empty when the whole row is meant.
    pub column: String,
    /// Heading over the column, as read.
    pub heading: String,
    /// What stood there.
    pub read: String,
    /// What is the matter.
    pub kind: ProblemKind,
    /// `error`: the field stays empty. `warning`: taken, but look. `info`: a notice.
    pub level: Level,
    /// Values the sentence names.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

/// A problem before its place is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub kind: ProblemKind,
    pub level: Level,
    pub params: BTreeMap<String, String>,
}

impl Finding {
    pub fn error(kind: ProblemKind) -> Self {
        Self { kind, level: Level::Error, params: BTreeMap::new() }
    }

    pub fn warning(kind: ProblemKind) -> Self {
        Self { level: Level::Warning, ..Self::error(kind) }
    }

    pub fn info(kind: ProblemKind) -> Self {
        Self { level: Level::Info, ..Self::error(kind) }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// What a cell gave: a value, findings, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading<T> {
    pub value: Option<T>,
    pub findings: Vec<Finding>,
}

impl<T> Reading<T> {
    pub fn empty() -> Self {
        Self { value: None, findings: Vec::new() }
    }

    pub fn of(value: T) -> Self {
        Self { value: Some(value), findings: Vec::new() }
    }

    pub fn refused(finding: Finding) -> Self {
        Self { value: None, findings: vec![finding] }
    }

    pub fn but(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_kind_has_its_sentence() {
        for text in [include_str!("../../../../assets/messages/vi.json"), include_str!("../../../../assets/messages/en.json")] {
            let messages: BTreeMap<String, String> = serde_json::from_str(text).unwrap();
            for kind in ProblemKind::ALL {
                let name = serde_json::to_value(kind).unwrap();
                let key = format!("import.problem.{}", name.as_str().unwrap());
                let sentence = messages.get(&key).unwrap_or_else(|| panic!("{key}"));
                assert!(!sentence.contains("{read}"), "{key}: what was read stands beside the sentence");
            }
        }
    }
}
