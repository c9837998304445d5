//! The form for a whole household: opened, and checked while it is typed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::records::{DisabilityCertificate, Household, HouseholdMember, Person, PovertyClass};
use domain::registry::Record;
use store::{Sight, Stored, View};

use super::page::roster;
use super::text_of;
use crate::commands::types::{FormProblems, HouseholdForm, OpenHouseholdForm};
use crate::convert::form_of;
use crate::forms::{FieldProblem, FormRecord};
use crate::host::{Host, today};
use crate::problem::Result;
use crate::views::households::MemberForm;

/// Opens the form: an existing household with its present members, or an empty one.
pub fn open_household_form(host: &dyn Host, req: OpenHouseholdForm) -> Result<HouseholdForm> {
    let open = host.session().open()?;
    let today = today(host);
    let Some(id) = req.id else { return Ok(HouseholdForm::default()) };
    let form = open.store.read(|view| {
        let stored = view.get_record(view.resolve(id)?, Sight::Plain)?;
        let mut members = Vec::new();
        for row in roster(view, stored.id, today, today)?.into_iter().filter(|row| row.present) {
            let person = view.get_record(row.person.id, Sight::Plain)?;
            let membership = view.get_record(row.membership.id, Sight::Plain)?;
            let papers = view.list_children(person.id, DisabilityCertificate::KIND, Sight::Plain)?;
            members.push(MemberForm {
                disability: papers.iter().max_by_key(|paper| paper.record::<DisabilityCertificate>().valid_from).map(form_of),
                person: form_of(&person),
                membership: form_of(&membership),
                ..MemberForm::default()
            });
        }
        let year = i64::from(chrono::Datelike::year(&today));
        let classes = view.list_children(stored.id, PovertyClass::KIND, Sight::Plain)?;
        let class = classes.iter().find(|class| class.record::<PovertyClass>().year == Some(year));
        Ok(HouseholdForm { household: household_form(view, &stored, today)?, members, poverty: class.map(form_of) })
    })?;
    Ok(form)
}

/// The household in a form; its village as it is called today, so that the choices of villages know it.
fn household_form(view: &View<'_>, stored: &Stored, today: NaiveDate) -> store::Result<FormRecord> {
    let mut form = form_of(stored);
    if let Some(village) = stored.record::<Household>().village {
        let present = serde_json::Value::from(view.village_on(village, today)?.to_string());
        form.values.insert("village".to_owned(), present.clone());
        if let Some(opened) = &mut form.opened {
            opened.values.insert("village".to_owned(), present);
        }
    }
    Ok(form)
}

/// Problems of a form while it is typed: of every field, of the household as a whole, and against the register.
pub fn check_household(host: &dyn Host, form: HouseholdForm) -> Result<FormProblems> {
    let open = host.session().open()?;
    let problems = open.store.read(|view| form_problems(view, &form, today(host)))?;
    Ok(FormProblems { problems })
}

/// See [`check_household`].
pub(crate) fn form_problems(view: &View<'_>, form: &HouseholdForm, today: NaiveDate) -> store::Result<Vec<FieldProblem>> {
    use crate::convert::problems_of;
    let mut problems = problems_of(Household::KIND, &form.household, "household", today);
    if let Some(poverty) = form.poverty.as_ref().filter(|poverty| !poverty.values.is_empty()) {
        let mut dated = poverty.clone();
        dated.values.entry("year".into()).or_insert_with(|| chrono::Datelike::year(&today).into());
        problems.extend(problems_of(PovertyClass::KIND, &dated, "poverty", today));
    }
    let mut ids = BTreeSet::new();
    let staying: Vec<(usize, &MemberForm)> = form.members.iter().enumerate().filter(|(_, member)| !member.removed).collect();
    for (index, member) in &staying {
        let prefix = format!("members.{index}");
        problems.extend(problems_of(Person::KIND, &member.person, &format!("{prefix}.person"), today));
        problems.extend(problems_of(HouseholdMember::KIND, &member.membership, &format!("{prefix}.membership"), today));
        let id = text_of(&member.person.values, "citizen_id");
        if id.is_empty() {
            continue;
        }
        let path = format!("{prefix}.person.citizen_id");
        if !ids.insert(id.clone()) {
            problems.push(domain::Problem::warning(&path, "citizen_id_twice_in_form").into());
        }
        for other in view.list_people_with_citizen_id(&id)?.into_iter().filter(|other| Some(*other) != member.person.id) {
            let name = crate::convert::label(view, other)?;
            problems.push(domain::Problem::warning(&path, "citizen_id_same").with("name", name).with("id", other).into());
        }
    }
    let head = |member: &&MemberForm| text_of(&member.membership.values, "relationship_to_head") == "head";
    match staying.iter().map(|(_, member)| *member).filter(head).count() {
        1 => {}
        0 if staying.is_empty() => problems.push(domain::Problem::error("members", "household_empty").into()),
        0 => problems.push(domain::Problem::warning("members", "head_missing").into()),
        _ => problems.push(domain::Problem::warning("members", "head_twice").into()),
    }
    Ok(problems)
}

/// True for a form record that holds no value at all.
pub(crate) fn is_empty(form: &FormRecord) -> bool {
    form.values.values().all(|value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()))
}
