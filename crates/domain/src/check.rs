//! Checks of records: what cannot be (error), what is unlikely (warning), all at once (data dictionary §13).
//!
//! The same checks run while a person types, at the command door, and on the server.

use chrono::NaiveDate;

use crate::records::{
    Allowance, CarerLink, Consent, DataRequest, DisabilityCertificate, HealthInsurance, Household, HouseholdMember,
    HouseholdPlace, IdCheck, Observation, OutreachMark, ParentLink, Person, PovertyClass, RegionStatus, Residence,
    RestrictedHealth, Study, SupportObligor, Village, WrittenRequest,
};
use crate::registry::{Record, Row};
use crate::{Level, PartialDate, Problem, Value, ValueType, citizen_id, codes, text};

/// Longest plausible life, in years; older is a warning.
const OLDEST: i32 = 120;

/// Checks any record of a known kind. `today` bounds dates that cannot lie in the future.
#[must_use]
pub fn row(row: &Row, today: NaiveDate) -> Vec<Problem> {
    let mut problems = structure(row);
    match row.kind.name {
        "household" => household(&Household::from_row(row), &mut problems),
        "person" => person(&Person::from_row(row), today, &mut problems),
        "household_member" => {
            let member = HouseholdMember::from_row(row);
            order(&mut problems, "to_on", member.from_on.as_ref(), member.to_on.as_ref());
        }
        "poverty_class" => poverty(&PovertyClass::from_row(row), today, &mut problems),
        "disability_certificate" => disability(&DisabilityCertificate::from_row(row), today, &mut problems),
        "allowance" => allowance(&Allowance::from_row(row), &mut problems),
        "carer_link" => {
            let link = CarerLink::from_row(row);
            need(&mut problems, "carer", link.carer.is_none(), "carer_missing");
            order(&mut problems, "to_on", link.from_on.as_ref(), link.to_on.as_ref());
        }
        "parent_link" => {
            let link = ParentLink::from_row(row);
            need(&mut problems, "side", link.side.is_none(), "side_missing");
            need(&mut problems, "status", link.status.is_none(), "status_missing");
            order(&mut problems, "to_on", link.from_on.as_ref(), link.to_on.as_ref());
        }
        "study" => {
            let study = Study::from_row(row);
            need(&mut problems, "status", study.status.is_none(), "status_missing");
            order(&mut problems, "to_on", study.from_on.as_ref(), study.to_on.as_ref());
        }
        "residence" => {
            let residence = Residence::from_row(row);
            need(&mut problems, "kind", residence.kind.is_none(), "kind_missing");
            need(&mut problems, "village", residence.village.is_none() && residence.place.is_none(), "place_missing");
            order(&mut problems, "to_on", residence.from_on.as_ref(), residence.to_on.as_ref());
        }
        "health_insurance" => health_insurance(&HealthInsurance::from_row(row), &mut problems),
        "restricted_health" => {
            let health = RestrictedHealth::from_row(row);
            need(&mut problems, "matter", health.matter.is_none(), "matter_missing");
            order(&mut problems, "to_on", health.from_on.as_ref(), health.to_on.as_ref());
        }
        "support_obligor" => {
            let obligor = SupportObligor::from_row(row);
            let named = obligor.obligor.is_some() || obligor.obligor_name.is_some();
            need(&mut problems, "obligor_name", obligor.state.as_deref() == Some("person") && !named, "obligor_missing");
            order(&mut problems, "to_on", obligor.from_on.as_ref(), obligor.to_on.as_ref());
        }
        "written_request" => {
            let request = WrittenRequest::from_row(row);
            need(&mut problems, "family", request.family.is_none(), "family_missing");
            not_future(&mut problems, "filed_on", request.filed_on, today);
        }
        "observation" => {
            let observation = Observation::from_row(row);
            need(&mut problems, "topic", observation.topic.is_none(), "topic_missing");
            need(&mut problems, "answer", observation.answer.is_none(), "answer_missing");
            not_future(&mut problems, "found_on", observation.found_on, today);
        }
        "household_place" => {
            let place = HouseholdPlace::from_row(row);
            order(&mut problems, "to_on", place.from_on.as_ref(), place.to_on.as_ref());
        }
        "id_check" => not_future(&mut problems, "checked_on", IdCheck::from_row(row).checked_on, today),
        "outreach_mark" => {
            let mark = OutreachMark::from_row(row);
            need(
                &mut problems,
                "reason",
                mark.handling.as_deref() == Some("dismissed") && mark.reason.is_none(),
                "reason_missing",
            );
        }
        "consent" => consent(&Consent::from_row(row), today, &mut problems),
        "data_request" => data_request(&DataRequest::from_row(row), today, &mut problems),
        "village" => village(&Village::from_row(row), &mut problems),
        "region_status" => region_status(&RegionStatus::from_row(row), &mut problems),
        _ => {}
    }
    problems
}

/// True when nothing forbids the save.
#[must_use]
pub fn can_save(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.level != Level::Error)
}

/// Length of texts and knownness of codes, for every column.
fn structure(row: &Row) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (column, value) in row.kind.columns().zip(&row.values) {
        match (column.ty, value) {
            (ValueType::Text { max }, Some(Value::Text(text))) if text.chars().count() > max => {
                problems.push(Problem::error(column.name, "text_too_long").with("max", max));
            }
            (ValueType::Code(list), Some(Value::Code(code))) if codes::find(list, code).is_none() => {
                problems.push(Problem::warning(column.name, "code_unknown").with("code", code));
            }
            _ => {}
        }
    }
    problems
}

fn need(problems: &mut Vec<Problem>, path: &str, missing: bool, code: &str) {
    if missing {
        problems.push(Problem::warning(path, code));
    }
}

fn order(problems: &mut Vec<Problem>, path: &str, from: Option<&PartialDate>, to: Option<&PartialDate>) {
    if let (Some(from), Some(to)) = (from, to)
        && to.last_day() < from.first_day()
    {
        problems.push(Problem::error(path, "ends_before_start"));
    }
}

fn consent(consent: &Consent, today: NaiveDate, problems: &mut Vec<Problem>) {
    need(problems, "purpose", consent.purpose.is_none(), "purpose_missing");
    need(problems, "given_on", consent.given_on.is_none(), "given_on_missing");
    need(problems, "given_by", consent.given_by.is_none(), "given_by_missing");
    not_future(problems, "given_on", consent.given_on, today);
    not_future(problems, "withdrawn_on", consent.withdrawn_on, today);
    not_before(problems, "withdrawn_on", consent.given_on, consent.withdrawn_on);
}

fn data_request(request: &DataRequest, today: NaiveDate, problems: &mut Vec<Problem>) {
    need(problems, "matter", request.matter.is_none(), "matter_missing");
    need(problems, "filed_on", request.filed_on.is_none(), "filed_on_missing");
    need(problems, "outcome", request.answered_on.is_some() && request.outcome.is_none(), "outcome_missing");
    not_future(problems, "filed_on", request.filed_on, today);
    not_future(problems, "answered_on", request.answered_on, today);
    not_before(problems, "answered_on", request.filed_on, request.answered_on);
}

fn not_before(problems: &mut Vec<Problem>, path: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        problems.push(Problem::error(path, "ends_before_start"));
    }
}

fn not_future(problems: &mut Vec<Problem>, path: &str, date: Option<NaiveDate>, today: NaiveDate) {
    if date.is_some_and(|date| date > today) {
        problems.push(Problem::error(path, "date_in_future"));
    }
}

fn phone(problems: &mut Vec<Problem>, phone: Option<&str>) {
    let Some(phone) = phone else { return };
    let digits = citizen_id::tidy(phone);
    let mobile = digits.len() == 10
        && digits.starts_with('0')
        && digits.as_bytes().get(1).is_some_and(|digit| matches!(digit, b'3' | b'5' | b'7' | b'8' | b'9'))
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    let landline = digits.len() == 11 && digits.starts_with("02") && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !mobile && !landline {
        problems.push(Problem::warning("phone", "phone_odd"));
    }
}

fn household(household: &Household, problems: &mut Vec<Problem>) {
    need(problems, "village", household.village.is_none(), "village_missing");
    phone(problems, household.phone.as_deref());
}

fn person(person: &Person, today: NaiveDate, problems: &mut Vec<Problem>) {
    match person.full_name.as_deref().map(str::trim) {
        None | Some("") => problems.push(Problem::error("full_name", "name_missing")),
        Some(name) if !name.contains(' ') => problems.push(Problem::warning("full_name", "name_single_word")),
        Some(name) if name.chars().any(|c| c.is_ascii_digit()) => problems.push(Problem::warning("full_name", "name_has_digits")),
        Some(_) => {}
    }
    match &person.birth_date {
        None => problems.push(Problem::warning("birth_date", "birth_missing")),
        Some(birth) if birth.first_day() > today => problems.push(Problem::error("birth_date", "date_in_future")),
        Some(birth) if birth.year() < chrono::Datelike::year(&today) - OLDEST && person.death_date.is_none() => {
            problems.push(Problem::warning("birth_date", "birth_very_old").with("year", birth.year()));
        }
        Some(_) => {}
    }
    need(problems, "sex", person.sex.is_none(), "sex_missing");
    citizen(person, problems);
    phone(problems, person.phone.as_deref());
    if let Some(death) = &person.death_date {
        if death.first_day() > today {
            problems.push(Problem::error("death_date", "date_in_future"));
        }
        if person.birth_date.is_some_and(|birth| death.last_day() < birth.first_day()) {
            problems.push(Problem::error("death_date", "death_before_birth"));
        }
    }
    if person.income_monthly.is_some_and(|income| income < 0) {
        problems.push(Problem::error("income_monthly", "money_negative"));
    }
}

fn citizen(person: &Person, problems: &mut Vec<Problem>) {
    let Some(id) = person.citizen_id.as_deref() else {
        problems.push(Problem::info("citizen_id", "citizen_id_missing"));
        return;
    };
    let Some(structure) = citizen_id::read(id) else {
        let code = if id.len() == 11 && id.bytes().all(|digit| digit.is_ascii_digit()) {
            "citizen_id_11_digits"
        } else {
            "citizen_id_length"
        };
        problems.push(Problem::error("citizen_id", code).with("count", id.chars().count()));
        return;
    };
    if !structure.province_known {
        problems.push(
            Problem::warning("citizen_id", "citizen_id_province_unknown").with("province", id.get(..3).unwrap_or_default()),
        );
    }
    if person.sex.as_deref().is_some_and(|sex| sex != structure.sex) {
        problems.push(
            Problem::warning("citizen_id", "citizen_id_sex_differs")
                .with("digit", id.get(3..4).unwrap_or_default())
                .with("sex", structure.sex),
        );
    }
    if person.birth_date.is_some_and(|birth| !citizen_id::agrees_with_birth(&structure, &birth)) {
        problems.push(Problem::warning("citizen_id", "citizen_id_year_differs").with("year", structure.year));
    }
}

fn poverty(class: &PovertyClass, today: NaiveDate, problems: &mut Vec<Problem>) {
    need(problems, "class", class.class.is_none(), "class_missing");
    let this_year = i64::from(chrono::Datelike::year(&today));
    match class.year {
        None => problems.push(Problem::error("year", "year_missing")),
        Some(year) if !(1990..=this_year + 1).contains(&year) => {
            problems.push(Problem::error("year", "year_odd").with("year", year))
        }
        Some(_) => {}
    }
    not_future(problems, "decision_on", class.decision_on, today);
    if let (Some(from), Some(to)) = (class.valid_from, class.valid_to)
        && to < from
    {
        problems.push(Problem::error("valid_to", "ends_before_start"));
    }
}

fn disability(certificate: &DisabilityCertificate, today: NaiveDate, problems: &mut Vec<Problem>) {
    need(problems, "severity", certificate.severity.is_none(), "severity_missing");
    need(problems, "types", certificate.types.is_none(), "types_missing");
    need(problems, "number", certificate.number.is_none(), "paper_no_missing");
    not_future(problems, "issued_on", certificate.issued_on, today);
}

fn allowance(allowance: &Allowance, problems: &mut Vec<Problem>) {
    need(problems, "kind", allowance.kind.is_none(), "kind_missing");
    need(problems, "from_month", allowance.from_month.is_none(), "from_missing");
    if allowance.amount.is_some_and(|amount| amount < 0) {
        problems.push(Problem::error("amount", "money_negative"));
    }
    if let (Some(from), Some(to)) = (allowance.from_month, allowance.to_month)
        && to < from
    {
        problems.push(Problem::error("to_month", "ends_before_start"));
    }
}

fn health_insurance(card: &HealthInsurance, problems: &mut Vec<Problem>) {
    let Some(number) = card.number.as_deref() else {
        problems.push(Problem::error("number", "number_missing"));
        return;
    };
    let number = citizen_id::tidy(number);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let old_form = number.len() == 15
        && number.get(..2).is_some_and(|letters| letters.bytes().all(|letter| letter.is_ascii_uppercase()))
        && number.get(2..).is_some_and(digits);
    let new_form = matches!(number.len(), 10 | 12) && digits(&number);
    if !old_form && !new_form {
        problems.push(Problem::warning("number", "health_card_odd"));
    }
    if let (Some(from), Some(to)) = (card.valid_from, card.valid_to)
        && to < from
    {
        problems.push(Problem::error("valid_to", "ends_before_start"));
    }
}

fn village(village: &Village, problems: &mut Vec<Problem>) {
    if village.name.as_deref().is_none_or(|name| text::fold(name).is_empty()) {
        problems.push(Problem::error("name", "name_missing"));
    }
    if let (Some(from), Some(to)) = (village.valid_from, village.valid_to)
        && to < from
    {
        problems.push(Problem::error("valid_to", "ends_before_start"));
    }
}

fn region_status(status: &RegionStatus, problems: &mut Vec<Problem>) {
    if status.kind.is_none() {
        problems.push(Problem::error("kind", "kind_missing"));
    }
    need(problems, "valid_from", status.valid_from.is_none(), "from_missing");
    if let (Some(from), Some(to)) = (status.valid_from, status.valid_to)
        && to < from
    {
        problems.push(Problem::error("valid_to", "ends_before_start"));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn codes_of(person: &Person) -> Vec<String> {
        row(&person.to_row(), today())
            .into_iter()
            .map(|problem| format!("{:?} {} {}", problem.level, problem.path, problem.code))
            .collect()
    }

    fn mung() -> Person {
        Person {
            full_name: Some("Bùi Thị Mừng".into()),
            birth_date: "1948".parse().ok(),
            sex: Some("female".into()),
            citizen_id: Some("017148000127".into()),
            ..Person::default()
        }
    }

    #[test]
    fn a_person_known_only_by_year_is_no_problem() {
        assert_eq!(codes_of(&mung()), Vec::<String>::new());
    }

    #[test]
    fn id_against_sex_and_year_only_warns() {
        let person = Person { sex: Some("male".into()), birth_date: "1950".parse().ok(), ..mung() };
        assert_eq!(
            codes_of(&person),
            ["Warning citizen_id citizen_id_sex_differs", "Warning citizen_id citizen_id_year_differs"]
        );
        assert!(can_save(&row(&person.to_row(), today())));
    }

    #[test]
    fn all_problems_come_at_once() {
        let person =
            Person { full_name: None, birth_date: "2027-01".parse().ok(), citizen_id: Some("17148000127".into()), ..mung() };
        assert_eq!(
            codes_of(&person),
            ["Error full_name name_missing", "Error birth_date date_in_future", "Error citizen_id citizen_id_11_digits"]
        );
        assert!(!can_save(&row(&person.to_row(), today())));
    }

    #[test]
    fn an_incomplete_record_can_be_saved() {
        let person = Person { full_name: Some("Bùi Thị Ửng".into()), ..Person::default() };
        assert!(can_save(&row(&person.to_row(), today())), "field work must always be able to save");
    }
}
