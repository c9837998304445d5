//! What a column of a list can hold.
//!
//! The names are kept with the mappings that workers corrected: one that shipped keeps its name.

use serde::{Deserialize, Serialize};

/// What a column of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Running number of the row.
    Ordinal,
    /// Running number of the household.
    HouseholdNo,
    /// Code of the household.
    HouseholdCode,
    /// Running number inside the household.
    MemberNo,
    /// Name, whole or the given name beside [`Target::NameFront`].
    FullName,
    /// Surname and middle names where the given name has its own column.
    NameFront,
    /// Name of the head.
    HeadName,
    /// Several members of the household in one cell.
    Members,
    /// A cross for the head.
    HeadMark,
    /// Place in the household.
    Relationship,
    /// Sex in a word.
    Sex,
    /// A cross for male.
    MaleMark,
    /// A cross for female.
    FemaleMark,
    /// Birth in any form.
    Birth,
    /// Birth, in the column of the men.
    BirthMale,
    /// Birth, in the column of the women.
    BirthFemale,
    /// Day of birth alone.
    BirthDay,
    /// Month of birth alone.
    BirthMonth,
    /// Year of birth alone.
    BirthYear,
    /// Citizen id; a number of 9 digits in it is an old one.
    CitizenId,
    /// Its date of issue.
    CitizenIdIssuedOn,
    /// Its place of issue.
    CitizenIdPlace,
    /// Old id; a number of 12 digits in it is a citizen id.
    OldId,
    /// Ethnic group.
    Ethnic,
    /// Village.
    Village,
    /// Address below the village, or with it.
    Address,
    /// Poverty class in a word.
    PovertyClass,
    /// A cross for poor.
    PoorMark,
    /// A cross for near-poor.
    NearPoorMark,
    /// A cross for just out of poverty.
    JustEscapedMark,
    /// A cross for average living standard.
    AverageLivingMark,
    /// Telephone.
    Phone,
    /// Kind of disability.
    DisabilityType,
    /// Degree of disability.
    DisabilitySeverity,
    /// Number of the disability certificate.
    DisabilityCertificate,
    /// Number of the health insurance card.
    HealthInsurance,
    /// Marital status.
    MaritalStatus,
    /// Education.
    Education,
    /// Occupation.
    Occupation,
    /// Another name.
    OtherName,
    /// Date of death.
    DeathDate,
    /// Number of people in the household: one row stands for a household.
    HouseholdSize,
    /// Notes.
    Note,
    /// Known, and not for this register.
    Ignored,
}

impl Target {
    /// Everything a column can hold, in the order of a list.
    pub const ALL: &[Self] = &[
        Self::Ordinal,
        Self::HouseholdNo,
        Self::HouseholdCode,
        Self::MemberNo,
        Self::FullName,
        Self::NameFront,
        Self::HeadName,
        Self::Members,
        Self::HeadMark,
        Self::Relationship,
        Self::Sex,
        Self::MaleMark,
        Self::FemaleMark,
        Self::Birth,
        Self::BirthMale,
        Self::BirthFemale,
        Self::BirthDay,
        Self::BirthMonth,
        Self::BirthYear,
        Self::CitizenId,
        Self::CitizenIdIssuedOn,
        Self::CitizenIdPlace,
        Self::OldId,
        Self::Ethnic,
        Self::Village,
        Self::Address,
        Self::PovertyClass,
        Self::PoorMark,
        Self::NearPoorMark,
        Self::JustEscapedMark,
        Self::AverageLivingMark,
        Self::Phone,
        Self::DisabilityType,
        Self::DisabilitySeverity,
        Self::DisabilityCertificate,
        Self::HealthInsurance,
        Self::MaritalStatus,
        Self::Education,
        Self::Occupation,
        Self::OtherName,
        Self::DeathDate,
        Self::HouseholdSize,
        Self::Note,
        Self::Ignored,
    ];

    /// A name, whole or in part.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Self::FullName | Self::NameFront | Self::HeadName | Self::Members)
    }

    /// Says something about the household and not about one person.
    #[must_use]
    pub fn is_of_household(self) -> bool {
        matches!(
            self,
            Self::HouseholdNo
                | Self::HouseholdCode
                | Self::HeadName
                | Self::Members
                | Self::Village
                | Self::Address
                | Self::PovertyClass
                | Self::PoorMark
                | Self::NearPoorMark
                | Self::JustEscapedMark
                | Self::AverageLivingMark
                | Self::HouseholdSize
        )
    }
}
