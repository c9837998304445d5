//! The shape in which households go to and come from other programs: `{"households": […], "problems": […]}`.

use chrono::NaiveDate;
use domain::records::{Household, HouseholdMember, Person, PovertyClass};
use domain::registry::Record;
use domain::{RecordId, text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{HouseholdOrder, Page, Sight, Stored, View};

use crate::convert::village_label_on;
use crate::households::is_in_force;
use crate::households::save::form;
use crate::views::households::{HouseholdForm, MemberForm};

/// A household.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeHousehold {
    /// Code in the list it came from, else its own.
    pub key: Option<String>,
    /// Village, with or without its word.
    pub village: Option<String>,
    /// Address in the village.
    pub address: Option<String>,
    /// Code of `poverty_class`.
    pub poverty_class: Option<String>,
    /// Members.
    pub members: Vec<ExchangeMember>,
}

/// A member.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeMember {
    /// Full name.
    pub full_name: String,
    /// `1948`, `1948-03` or `1948-03-17`.
    pub birth: Option<String>,
    /// `male`, `female`; not known is written `unknown`.
    pub sex: Option<String>,
    /// 12 digits.
    pub citizen_id: Option<String>,
    /// Two digits.
    pub ethnic_code: Option<String>,
    /// Code of `relationship_to_head`.
    pub relationship: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_name: Option<String>,
    /// Nine-digit id of former times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_id: Option<String>,
    /// When the citizen id was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citizen_id_issued_on: Option<NaiveDate>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citizen_id_issued_by: Option<String>,
    /// Code of `marital_status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marital_status: Option<String>,
    /// Code of `education_level`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education_level: Option<String>,
    /// Occupation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupation: Option<String>,
    /// The person, on export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RecordId>,
}

impl ExchangeMember {
    fn of(person: Person, relationship: Option<String>, id: Option<RecordId>) -> Self {
        Self {
            full_name: person.full_name.unwrap_or_default(),
            birth: person.birth_date.map(|birth| birth.to_string()),
            sex: Some(person.sex.unwrap_or_else(|| "unknown".to_owned())),
            citizen_id: person.citizen_id,
            ethnic_code: person.ethnic_code,
            relationship,
            phone: person.phone,
            other_name: person.other_name,
            old_id: person.old_id,
            citizen_id_issued_on: person.citizen_id_issued_on,
            citizen_id_issued_by: person.citizen_id_issued_by,
            marital_status: person.marital_status,
            education_level: person.education_level,
            occupation: person.occupation,
            id,
        }
    }

    /// A member as a list describes them.
    #[must_use]
    pub fn from_list(read: &documents::lists::ReadMember) -> Self {
        Self::of(crate::imports::apply::person_of(read), read.relationship.clone(), None)
    }
}

/// Rows read at a time.
const PAGE: u64 = 500;

/// All households that pass a filter, in the order of their heads' given names.
pub fn households(view: &View<'_>, filter: &store::HouseholdFilter, today: NaiveDate) -> store::Result<Vec<ExchangeHousehold>> {
    let mut all = Vec::new();
    loop {
        let page = Page { offset: all.len() as u64, limit: PAGE };
        let listed = view.list_households(filter, HouseholdOrder::Head, false, page)?;
        if listed.rows.is_empty() {
            return Ok(all);
        }
        for row in listed.rows {
            all.push(household(view, row.id, today)?);
        }
    }
}

/// One household with its present members.
pub fn household(view: &View<'_>, id: RecordId, today: NaiveDate) -> store::Result<ExchangeHousehold> {
    let stored = view.get_record(id, Sight::Plain)?;
    let household: Household = stored.record();
    let village = village_label_on(view, household.village, today)?;
    let classes = view.list_children(id, PovertyClass::KIND, Sight::Plain)?;
    let in_force = classes
        .iter()
        .map(Stored::record::<PovertyClass>)
        .filter(|class| class.valid_from.is_none_or(|from| from <= today) && class.valid_to.is_none_or(|to| to >= today));
    let mut members = Vec::new();
    for link in view.list_children(id, HouseholdMember::KIND, Sight::Plain)? {
        let member: HouseholdMember = link.record();
        let Some(person_id) = member.person else { continue };
        if !is_in_force(member.from_on.as_ref(), member.to_on.as_ref(), today) {
            continue;
        }
        let Some(found) = view.find_record(view.resolve(person_id)?, Sight::Plain)? else { continue };
        let person: Person = found.record();
        members.push(ExchangeMember::of(person, member.relationship_to_head, Some(found.id)));
    }
    Ok(ExchangeHousehold {
        key: household.source_code.or(household.code),
        village: Some(village).filter(|village| !village.is_empty()),
        address: household.address_detail,
        poverty_class: in_force.max_by_key(|class| class.valid_from).and_then(|class| class.class),
        members,
    })
}

/// The form of a new household from its exchange shape; `village` is the village it names, where there is one.
#[must_use]
pub fn form_of(household: &ExchangeHousehold, village: Option<RecordId>) -> HouseholdForm {
    let text = |value: &Option<String>| value.as_deref().map_or(json!(null), |value| json!(text::tidy(value)));
    let member = |member: &ExchangeMember| MemberForm {
        person: form([
            ("full_name", json!(text::tidy(&member.full_name))),
            ("birth_date", text(&member.birth)),
            ("sex", text(&member.sex.clone().filter(|sex| sex != "unknown"))),
            ("citizen_id", text(&member.citizen_id)),
            ("ethnic_code", text(&member.ethnic_code)),
            ("phone", text(&member.phone)),
            ("other_name", text(&member.other_name)),
            ("old_id", text(&member.old_id)),
            ("citizen_id_issued_on", json!(member.citizen_id_issued_on)),
            ("citizen_id_issued_by", text(&member.citizen_id_issued_by)),
            ("marital_status", text(&member.marital_status)),
            ("education_level", text(&member.education_level)),
            ("occupation", text(&member.occupation)),
        ]),
        membership: form([("relationship_to_head", text(&member.relationship))]),
        ..MemberForm::default()
    };
    HouseholdForm {
        household: form([
            ("source_code", text(&household.key)),
            ("village", village.map_or(json!(null), |id| json!(id))),
            ("address_detail", text(&household.address)),
        ]),
        members: household.members.iter().map(member).collect(),
        poverty: household.poverty_class.as_ref().map(|class| form([("class", json!(class))])),
    }
}

/// The village of a name, with or without its word.
pub fn find_village(view: &View<'_>, name: &str) -> store::Result<Option<RecordId>> {
    let wanted = crate::imports::village_key(name);
    let villages = view.list_villages()?;
    let same = |row: &&store::VillageRow| crate::imports::village_key(row.village.name.as_deref().unwrap_or_default()) == wanted;
    // One that stands goes before one that was renamed or merged.
    let mut named: Vec<&store::VillageRow> = villages.iter().filter(same).collect();
    named.sort_by_key(|row| row.village.valid_to.is_some());
    Ok(named.first().map(|row| row.id))
}
