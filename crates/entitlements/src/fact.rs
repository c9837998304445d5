//! The vocabulary: what the law asks about a person. Nothing outside this list can be told to the engine.
//!
//! Names, types and values are those of `assets/policies/facts.json`, which adds the words for people; a test compares
//! the two. The order is that of the names, so that a set of facts lists itself sorted.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize, Serializer};

/// What can be told about a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FactType {
    /// A whole number, not negative: months, children, days.
    Count,
    /// Yes or no.
    YesNo,
    /// One code of a list.
    Code(&'static [&'static str]),
    /// One code of a list, or known to be none (`null`).
    CodeOrNone(&'static [&'static str]),
}

impl FactType {
    /// The codes; empty for numbers and yes or no.
    #[must_use]
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Code(codes) | Self::CodeOrNone(codes) => codes,
            Self::Count | Self::YesNo => &[],
        }
    }
}

macro_rules! facts {
    ($($fact:ident $name:literal $ty:ident $(($codes:expr))?, $guard:ident, $doc:literal;)+) => {
        /// One thing the law asks.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Fact {
            $(#[doc = $doc] $fact,)+
        }

        impl Fact {
            /// Every fact, in the order of the names.
            pub const ALL: &'static [Self] = &[$(Self::$fact),+];

            /// The name in the policy rows and on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$fact => $name,)+ }
            }

            /// What can be told about it.
            #[must_use]
            pub fn ty(self) -> FactType {
                match self { $(Self::$fact => FactType::$ty $(($codes))?,)+ }
            }

            /// True for facts under special protection (HIV, pregnancy): shown only with the right, never asked for.
            #[must_use]
            pub fn is_restricted(self) -> bool {
                match self { $(Self::$fact => facts!(@$guard),)+ }
            }
        }
    };
    (@open) => { false };
    (@restricted) => { true };
}

facts! {
    AgeMonths "age_months" Count, open, "Age in completed months";
    AppliedAndEligibleNoDecision "applied_and_eligible_no_decision" YesNo, open, "Had applied and was eligible, no decision yet";
    BuriedByOtherParty "buried_by_other_party" YesNo, open, "Buried by another party";
    CanLiveInCommunity "can_live_in_community" YesNo, open, "Can live in the community";
    CaredAgeMonths "cared_age_months" Count, open, "Age of the person cared for in completed months";
    CaredDisabilitySeverity "cared_disability_severity" Code(&["none", "mild", "severe", "extremely_severe"]), open, "Severity of disability of the person cared for";
    CaredElderlyFacilityEligible "cared_elderly_facility_eligible" YesNo, open, "Person cared for is the elderly person eligible for a facility";
    CaredNoSupportChild "cared_no_support_child" YesNo, open, "Person cared for is a clause-1 child";
    CarerRelation "carer_relation" CodeOrNone(&["own_household", "foster"]), open, "How the carer is related";
    ChildOfPoorSingleParent "child_of_poor_single_parent" YesNo, open, "Child of a poor single parent";
    ChildrenUnder36m "children_under_36m" Count, open, "Children under 36 months being raised";
    Days "days" Count, open, "Days of urgent protection";
    Died "died" YesNo, open, "Has died";
    DisabilitySeverity "disability_severity" Code(&["none", "mild", "severe", "extremely_severe"]), open, "Severity of disability";
    EligibleForFacility "eligible_for_facility" YesNo, open, "Eligible for a social-assistance facility";
    EmergencyCause "emergency_cause" CodeOrNone(&["tet_hunger", "natural_disaster", "fire", "epidemic", "traffic_accident", "labour_accident", "crop_failure", "pre_harvest_hunger", "other_force_majeure"]), open, "Cause of the emergency";
    HadMonthlySurvivorAllowance "had_monthly_survivor_allowance" YesNo, open, "Had a monthly survivor allowance at death";
    HadMonthlySurvivorOrOtherAllowance "had_monthly_survivor_or_other_allowance" YesNo, open, "Had a monthly survivor or other allowance at death";
    HasCommunityCarer "has_community_carer" YesNo, open, "Somebody undertakes the care in the community";
    HasMonthlySocialAllowance "has_monthly_social_allowance" YesNo, open, "Receives a monthly social allowance on another ground";
    HasPensionOrSiAllowance "has_pension_or_si_allowance" YesNo, open, "Has a pension or a monthly social-insurance allowance";
    HasStableIncome "has_stable_income" YesNo, open, "Has a stable monthly income";
    HivPositive "hiv_positive" YesNo, restricted, "Has HIV/AIDS";
    HouseDamage "house_damage" Code(&["none", "destroyed_no_shelter", "ordered_relocation", "heavy_damage_uninhabitable"]), open, "Damage to the house";
    HouseholdInDifficulty "household_in_difficulty" YesNo, open, "Household in difficulty";
    HouseholdMembers "household_members" Count, open, "Members of the household";
    HouseholdPoverty "household_poverty" Code(&["none", "near_poor", "poor"]), open, "Poverty class of the household";
    HouseholdShortOfFood "household_short_of_food" YesNo, open, "Household short of food";
    InFacility "in_facility" YesNo, open, "Lives in a social-assistance facility";
    LivesInSpecialDifficultyArea "lives_in_special_difficulty_area" YesNo, open, "Lives in a commune or village of special difficulty in the ethnic-minority and mountain area";
    MaritalStatus "marital_status" Code(&["never_married", "married", "widowed", "spouse_missing", "divorced", "separated"]), open, "Marital status";
    NoSupportCase "no_support_case" Code(&["none", "a", "b", "c", "d", "dd", "e", "g", "h", "i", "k", "l"]), open, "Case of a child without source of support (Article 5, clause 1)";
    Pregnant "pregnant" YesNo, restricted, "Is pregnant";
    QualifyingChildren "qualifying_children" Count, open, "Children raised who count under clause 4";
    RequestedInWriting "requested_in_writing" YesNo, open, "Has asked in writing";
    SeriousInjury "serious_injury" YesNo, open, "Seriously injured";
    SiAllowanceBelowSocialPension "si_allowance_below_social_pension" YesNo, open, "Social-insurance allowance is below the social pension";
    SpouseGetsDisabilityCarerSupport "spouse_gets_disability_carer_support" YesNo, open, "Husband or wife already gets this support";
    StudyUninterrupted "study_uninterrupted" YesNo, open, "Studies without a break";
    Studying "studying" YesNo, open, "Studying";
    SupportObligor "support_obligor" Code(&["none", "receiving_monthly_allowance", "other"]), open, "Person obliged to support";
    TreatmentDays "treatment_days" Count, open, "Days of emergency care and treatment at a health facility";
    UrgentProtection "urgent_protection" YesNo, open, "Needs urgent protection";
    WasMonthlyRecipient "was_monthly_recipient" YesNo, open, "Received the monthly social allowance at death";
    WasNoSupportRecipientAt16 "was_no_support_recipient_at_16" YesNo, open, "Received under clause 1 when turning 16";
    WasSocialPensionRecipient "was_social_pension_recipient" YesNo, open, "Received the social pension at death";
}

impl Fact {
    /// The fact of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.binary_search_by(|fact| fact.name().cmp(name)).ok().map(|at| Self::ALL[at])
    }

    /// Its words for people.
    #[must_use]
    pub fn words(self) -> &'static Words {
        &WORDS[self as usize]
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What people call a fact and its values, from `assets/policies/facts.json`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// `integer`, `boolean` or `enum`, as in the file.
    #[serde(rename = "type")]
    pub ty: String,
    /// The values with their words; `code` is absent for "none".
    #[serde(default)]
    pub values: Vec<ValueWords>,
    /// What kind of special protection it is under.
    #[serde(default)]
    pub sensitive: Option<String>,
    /// Vietnamese words.
    pub vi: String,
    /// English words.
    pub en: String,
    /// What a reader of the law should know.
    #[serde(default)]
    pub note: Option<String>,
    /// The same in Vietnamese.
    #[serde(default)]
    pub note_vi: Option<String>,
}

/// The words of one value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueWords {
    /// The code; `None` where the value is "none".
    pub code: Option<String>,
    /// Vietnamese words.
    pub vi: String,
    /// English words.
    pub en: String,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let text = include_str!("../../../assets/policies/facts.json");
    let words: std::collections::BTreeMap<String, Words> = serde_json::from_str(text).expect("facts.json is part of the program");
    assert!(words.keys().map(String::as_str).eq(Fact::ALL.iter().map(|fact| fact.name())), "facts.json names other facts");
    words.into_values().collect()
});

/// A set of facts.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct FactSet(u64);

impl FactSet {
    /// No fact.
    pub const EMPTY: Self = Self(0);

    /// The facts under special protection.
    #[must_use]
    pub fn restricted() -> Self {
        Fact::ALL.iter().copied().filter(|fact| fact.is_restricted()).collect()
    }

    /// This set and one more fact.
    #[must_use]
    pub const fn with(self, fact: Fact) -> Self {
        Self(self.0 | 1 << fact as u8)
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// True where both have a fact in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True where the fact is in it.
    #[must_use]
    pub const fn contains(self, fact: Fact) -> bool {
        self.0 & 1 << fact as u8 != 0
    }

    /// True where nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The facts, sorted by name.
    pub fn iter(self) -> impl Iterator<Item = Fact> {
        Fact::ALL.iter().copied().filter(move |fact| self.contains(*fact))
    }
}

impl FromIterator<Fact> for FactSet {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        facts.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for FactSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Fact::name)).finish()
    }
}

impl Serialize for FactSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_in_the_order_of_their_names() {
        assert!(Fact::ALL.is_sorted_by(|a, b| a.name() < b.name()));
        assert!(Fact::ALL.len() < 62, "two more slots of Facts hold the ages of the month before");
    }

    #[test]
    fn every_fact_has_the_type_the_values_and_the_guard_of_the_file() {
        for fact in Fact::ALL {
            let words = fact.words();
            let ty = match fact.ty() {
                FactType::Count => "integer",
                FactType::YesNo => "boolean",
                FactType::Code(_) | FactType::CodeOrNone(_) => "enum",
            };
            assert_eq!(words.ty, ty, "{fact}");
            let codes: Vec<&str> = words.values.iter().filter_map(|value| value.code.as_deref()).collect();
            assert_eq!(codes, fact.ty().codes(), "{fact}");
            let has_none = words.values.iter().any(|value| value.code.is_none());
            assert_eq!(has_none, matches!(fact.ty(), FactType::CodeOrNone(_)), "{fact}");
            assert_eq!(words.sensitive.is_some(), fact.is_restricted(), "{fact}");
            assert_eq!(Fact::named(fact.name()), Some(*fact));
        }
    }
}
