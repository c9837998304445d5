//! Acts of family life: what a worker tells, what will happen, what was done.

use std::collections::BTreeMap;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::forms::{FieldProblem, Values};

/// Somebody, and their relation to the head of the household they will live in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberRelation {
    /// Who.
    #[ts(type = "string")]
    pub person: RecordId,
    /// Relation to the head; null where it does not matter.
    #[serde(default)]
    pub relationship: Option<String>,
}

/// Where somebody goes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
#[serde(deny_unknown_fields)]
pub enum Destination {
    /// Another household of the commune.
    Household {
        /// Which.
        #[ts(type = "string")]
        household: RecordId,
    },
    /// Another village; a person stays a member of the household.
    Village {
        /// Which.
        #[ts(type = "string")]
        village: RecordId,
        /// House number, place in the village.
        #[serde(default)]
        address_detail: String,
    },
    /// Out of the commune.
    Out {
        /// Where, in words.
        #[serde(default)]
        place: String,
    },
}

/// Why somebody leaves or comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Moves.
    Move,
    /// Marries.
    Marriage,
}

/// One act.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
#[serde(deny_unknown_fields)]
pub enum FamilyAct {
    /// Some members found a household of their own (tách hộ).
    Split {
        /// The household they leave.
        #[ts(type = "string")]
        household: RecordId,
        /// Who goes, with the relation to the new head.
        leaving: Vec<MemberRelation>,
        /// Relations to the head of those who stay, where they change.
        #[serde(default)]
        staying: Vec<MemberRelation>,
        /// Village of the new household; null = the same.
        #[ts(type = "string | null")]
        #[serde(default)]
        village: Option<RecordId>,
        /// Address of the new household.
        #[serde(default)]
        address_detail: String,
    },
    /// All members go over to another household (nhập hộ).
    Merge {
        /// The household that ends.
        #[ts(type = "string")]
        household: RecordId,
        /// The household that stays.
        #[ts(type = "string")]
        into: RecordId,
        /// Relations of those who come to the head of the household that stays.
        joining: Vec<MemberRelation>,
    },
    /// Some members leave (chuyển đi, kết hôn đi).
    Leave {
        /// The household.
        #[ts(type = "string")]
        household: RecordId,
        /// Who, with the relation to the head of the household they join.
        leaving: Vec<MemberRelation>,
        /// Relations to the head of those who stay, where they change.
        #[serde(default)]
        staying: Vec<MemberRelation>,
        /// Where to.
        destination: Destination,
        /// Why.
        why: Why,
    },
    /// Somebody comes (chuyển đến, kết hôn về, trở về).
    Arrive {
        /// The household.
        #[ts(type = "string")]
        household: RecordId,
        /// Somebody of the register.
        #[ts(type = "string | null")]
        #[serde(default)]
        person: Option<RecordId>,
        /// Somebody new.
        #[ts(type = "Record<string, FieldValue> | null")]
        #[serde(default)]
        new: Option<Values>,
        /// Relation to the head.
        #[serde(default)]
        relationship: Option<String>,
        /// Why.
        why: Why,
        /// Where from, in words.
        #[serde(default)]
        came_from: String,
        /// The member they marry.
        #[ts(type = "string | null")]
        #[serde(default)]
        spouse: Option<RecordId>,
    },
    /// A member who lived in another village lives with the household again.
    ComeBack {
        /// The household.
        #[ts(type = "string")]
        household: RecordId,
        /// Who.
        #[ts(type = "string")]
        person: RecordId,
    },
    /// The whole household moves to another village or out of the commune.
    MoveHousehold {
        /// Which.
        #[ts(type = "string")]
        household: RecordId,
        /// Where to.
        destination: Destination,
    },
    /// A household that had left the commune comes back.
    ReturnHousehold {
        /// Which.
        #[ts(type = "string")]
        household: RecordId,
        /// Village; null = where it lived before.
        #[ts(type = "string | null")]
        #[serde(default)]
        village: Option<RecordId>,
        /// Address.
        #[serde(default)]
        address_detail: String,
        /// Who comes, with the relation to the head.
        members: Vec<MemberRelation>,
    },
    /// Another member is the head (thay đổi chủ hộ).
    ChangeHead {
        /// The household.
        #[ts(type = "string")]
        household: RecordId,
        /// Relations of all to the new head.
        relations: Vec<MemberRelation>,
    },
    /// A household has several heads: this one stays (giữ làm chủ hộ).
    KeepHead {
        /// The household.
        #[ts(type = "string")]
        household: RecordId,
        /// The head who stays.
        #[ts(type = "string")]
        person: RecordId,
    },
    /// Somebody stands in several households, or two machines say otherwise in which: they live in this one (giữ ở hộ này).
    KeepHome {
        /// The household they live in.
        #[ts(type = "string")]
        household: RecordId,
        /// Who.
        #[ts(type = "string")]
        person: RecordId,
    },
    /// A child is born (khai sinh).
    Birth {
        /// The household the child lives in.
        #[ts(type = "string")]
        household: RecordId,
        /// The child; the date of birth is that of the act.
        #[ts(type = "Record<string, FieldValue>")]
        child: Values,
        /// Relation to the head.
        #[serde(default)]
        relationship: Option<String>,
        /// Mother, where registered here.
        #[ts(type = "string | null")]
        #[serde(default)]
        mother: Option<RecordId>,
        /// Father, where registered here.
        #[ts(type = "string | null")]
        #[serde(default)]
        father: Option<RecordId>,
    },
    /// Somebody has died (khai tử).
    Death {
        /// Who.
        #[ts(type = "string")]
        person: RecordId,
        /// Number of the death certificate.
        #[serde(default)]
        certificate_no: String,
        /// Relations to the new head, where the dead was the head.
        #[serde(default)]
        staying: Vec<MemberRelation>,
    },
    /// The household of the poverty review is another in the residence register.
    LinkRegisters {
        /// The household of the poverty review.
        #[ts(type = "string")]
        household: RecordId,
        /// The household of the residence register; null takes the link away.
        #[ts(type = "string | null")]
        #[serde(default)]
        other: Option<RecordId>,
    },
    /// A village gets another name.
    RenameVillage {
        /// Which.
        #[ts(type = "string")]
        village: RecordId,
        /// The name from the day on.
        name: String,
        /// Its type from the day on.
        village_type: String,
        /// Number of the decision.
        #[serde(default)]
        decision_no: String,
    },
    /// Villages become one.
    MergeVillages {
        /// Which; at least two.
        #[ts(type = "string[]")]
        villages: Vec<RecordId>,
        /// Name of the one they become.
        name: String,
        /// Its type.
        village_type: String,
        /// Number of the decision.
        #[serde(default)]
        decision_no: String,
    },
    /// All people with this person's citizen id were compared with their papers: each is right.
    CheckSameId {
        /// One of them.
        #[ts(type = "string")]
        person: RecordId,
    },
}

/// An act as a worker tells it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActForm {
    /// The day it happened; of a birth or a death as precisely as known.
    #[serde(default)]
    pub on: Option<String>,
    /// Why, or the number of the paper.
    #[serde(default)]
    pub reason: String,
    /// What.
    pub act: FamilyAct,
    /// The preview the worker saw: where the register has changed so that something else would happen, nothing is done.
    #[serde(default)]
    pub seen: Option<Vec<ActLine>>,
}

/// One thing that will happen: the key of its sentence is `act_line.<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActLine {
    /// Which.
    pub code: String,
    /// Values the sentence names; `date` and `relationship` in their own form.
    pub params: BTreeMap<String, String>,
}

/// What an act would do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ActPreview {
    /// All at once; an error forbids the act.
    pub problems: Vec<FieldProblem>,
    /// In the order of happening.
    pub lines: Vec<ActLine>,
}

/// What an act did.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ActDone {
    /// The household, person or village to look at now.
    #[ts(type = "string | null")]
    pub id: Option<RecordId>,
    /// Warnings it was done with.
    pub problems: Vec<FieldProblem>,
    /// The act, for undo.
    pub act: Option<String>,
    /// Capabilities to refetch.
    pub touched: Vec<String>,
}

/// Something that happened, on a household's page.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EventView {
    /// Name of the act.
    pub what: String,
    /// When.
    pub on: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The people concerned.
    pub people: Vec<NamedRecord>,
    /// The household it happened in, seen from the other one; otherwise the other one.
    pub other: Option<NamedRecord>,
}

/// A record and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedRecord {
    /// Which.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Its name.
    pub label: String,
}

/// Who lived where on a day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RosterOn {
    /// The day.
    pub on: String,
    /// Of one village; null = of the commune.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub village: Option<RecordId>,
    /// Of one household.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub household: Option<RecordId>,
    /// Households to skip.
    pub offset: u32,
    /// Households wanted, at most 200.
    pub limit: u32,
}

/// One person of a roster.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RosterPerson {
    /// The person.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Full name.
    pub full_name: String,
    /// Relation to the head on the day.
    pub relationship: Option<String>,
    /// Birth as known.
    pub birth: Option<String>,
    /// Sex.
    pub sex: Option<String>,
    /// Age in completed months on the day.
    pub age_months: Option<u32>,
    /// Masked citizen id.
    pub masked_citizen_id: Option<String>,
}

/// One household of a roster.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RosterHousehold {
    /// The household.
    #[ts(type = "string")]
    pub id: RecordId,
    /// Its code.
    pub code: String,
    /// Its head on the day; empty where none or two.
    pub head_name: String,
    /// The village as it was called on the day.
    pub village_name: String,
    /// The address as valid on the day.
    pub address: String,
    /// The class in force on the day.
    pub poverty_class: Option<String>,
    /// Who was present, head first.
    pub members: Vec<RosterPerson>,
}

/// A page of a roster.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RosterPage {
    /// Households by village, then by the head's given name.
    pub rows: Vec<RosterHousehold>,
    /// How many households.
    pub total: u32,
    /// How many people in all of them.
    pub people: u32,
}
