//! On twenty thousand rows every page of a list is found by an index or in one pass over narrow rows.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use domain::registry::Record;
use domain::{RecordId, records};
use register::{Register, a_person, household_of, register};
use store::{
    ClassFilter, DisabilityFilter, HouseholdFilter, HouseholdMark, HouseholdOrder, PersonFilter, PersonMark, PersonOrder,
    SexFilter, Sight, Standing, View,
};

fn twenty_thousand(register: &Register) -> RecordId {
    let villages: Vec<_> = ["Mu", "Lũy", "Chiềng", "Bái"].iter().map(|name| register.village(name)).collect();
    register.write(|tx| {
        for n in 0..4_000 {
            let names = ["An", "Bình", "Cúc", "Dung", "Đạt"];
            let people: Vec<_> = names.iter().map(|name| a_person(&format!("Bùi {} {name}", n % 97), "1960")).collect();
            household_of(tx, &format!("MB-{n:06}"), villages.get(n % villages.len()).copied(), &people)?;
            tx.end_act()?;
        }
        Ok(())
    });
    villages[0]
}

/// Every filter of the list of people alone, and some together.
fn person_filters(village: RecordId) -> Vec<(&'static str, PersonFilter)> {
    let all = PersonFilter::default;
    let mut filters = vec![
        ("all", all()),
        ("everyone", PersonFilter { standing: Standing::Everyone, ..all() }),
        ("dead", PersonFilter { standing: Standing::Dead, ..all() }),
        ("gone", PersonFilter { standing: Standing::Gone, ..all() }),
        ("village", PersonFilter { village: Some(village), ..all() }),
        ("sex", PersonFilter { sex: Some(SexFilter::Is("female".to_owned())), ..all() }),
        ("sex unknown", PersonFilter { sex: Some(SexFilter::Unknown), ..all() }),
        ("ethnic", PersonFilter { ethnic: Some("06".to_owned()), ..all() }),
        ("class", PersonFilter { class: Some(ClassFilter::Is("poor".to_owned())), ..all() }),
        ("not reviewed", PersonFilter { class: Some(ClassFilter::NotReviewed), ..all() }),
        ("age", PersonFilter { born_from: "1950-01-01".parse().ok(), born_to: "1965-01-01".parse().ok(), ..all() }),
        ("disabled", PersonFilter { disability: Some(DisabilityFilter::Any), ..all() }),
        ("severe", PersonFilter { disability: Some(DisabilityFilter::Is("severe".to_owned())), ..all() }),
        ("type", PersonFilter { disability_type: Some("vision".to_owned()), ..all() }),
        ("text", PersonFilter { text: "bui 12".to_owned(), ..all() }),
        (
            "all at once",
            PersonFilter {
                text: "an".to_owned(),
                village: Some(village),
                class: Some(ClassFilter::PoorOrNearPoor),
                sex: Some(SexFilter::Is("female".to_owned())),
                ethnic: Some("06".to_owned()),
                born_from: "1950-01-01".parse().ok(),
                disability: Some(DisabilityFilter::Any),
                disability_type: Some("vision".to_owned()),
                marks: [PersonMark::NoCitizenId, PersonMark::YearOnly, PersonMark::SameCitizenId].into(),
                ..all()
            },
        ),
    ];
    filters.extend(PersonMark::ALL.into_iter().map(|mark| (mark.code(), PersonFilter { marks: [mark].into(), ..all() })));
    filters
}

/// A step that walks a whole table of the register, rather than a list or an index.
fn walks_a_table(plan: &str) -> bool {
    ["person AS", "household AS", "rec AS", "history", "p ", "q ", "c "]
        .iter()
        .any(|table| plan.lines().any(|line| line.trim().starts_with(&format!("SCAN {table}")) && !line.contains("INDEX")))
}

#[test]
fn pages_of_people_use_an_index() {
    let register = register();
    let village = twenty_thousand(&register);
    for (name, filter) in person_filters(village) {
        for order in [PersonOrder::Name, PersonOrder::Birth, PersonOrder::Village, PersonOrder::Changed] {
            let plan = register.store.read(|view| view.explain_people(&filter, order, true)).unwrap();
            assert!(!walks_a_table(&plan), "{name} by {order:?}:\n{plan}");
            // By name and by birth the list is walked in its order, unless a narrow filter is quicker and its few are sorted.
            let in_order = match order {
                PersonOrder::Name => plan.contains("person_list_sort") && !plan.contains("ORDER BY"),
                PersonOrder::Birth => plan.contains("person_list_born") && !plan.contains("ORDER BY"),
                PersonOrder::Village | PersonOrder::Changed => true,
            };
            let is_narrow =
                plan.contains("person_list_village") || plan.contains("person_list_born") || plan.contains("PRIMARY KEY");
            assert!(in_order || is_narrow, "{name} by {order:?}:\n{plan}");
        }
    }
    let plan = register.store.read(|view| view.explain_people(&PersonFilter::default(), PersonOrder::Name, false)).unwrap();
    assert!(plan.contains("COVERING INDEX person_list_sort"), "the list itself is not touched on the way to its end: {plan}");
}

#[test]
fn pages_of_households_use_an_index() {
    let register = register();
    let village = twenty_thousand(&register);
    let all = HouseholdFilter::default;
    let mut filters = vec![
        ("all", all()),
        ("village", HouseholdFilter { village: Some(village), ..all() }),
        ("class", HouseholdFilter { class: Some(ClassFilter::PoorOrNearPoor), ..all() }),
        ("ethnic", HouseholdFilter { ethnic: Some("06".to_owned()), ..all() }),
        ("text", HouseholdFilter { text: "bui 12".to_owned(), ..all() }),
    ];
    filters.extend(HouseholdMark::ALL.into_iter().map(|mark| (mark.code(), HouseholdFilter { marks: [mark].into(), ..all() })));
    for (name, filter) in filters {
        for order in [
            HouseholdOrder::Head,
            HouseholdOrder::Village,
            HouseholdOrder::Code,
            HouseholdOrder::Members,
            HouseholdOrder::Changed,
        ] {
            let plan = register.store.read(|view| view.explain_households(&filter, order, true)).unwrap();
            assert!(!walks_a_table(&plan), "{name} by {order:?}:\n{plan}");
            let in_order = plan.contains("household_list_head") && !plan.contains("ORDER BY");
            let is_narrow =
                ["household_list_village", "household_list_class", "PRIMARY KEY"].iter().any(|index| plan.contains(index));
            assert!(order != HouseholdOrder::Head || in_order || is_narrow, "{name}:\n{plan}");
        }
    }
}

type Reading<'a> = &'a dyn Fn(&View<'_>) -> store::Result<()>;

#[test]
fn what_is_few_is_not_looked_for_among_everybody() {
    let register = register();
    twenty_thousand(&register);
    let steps = |read: Reading| register.store.count_steps(read).unwrap();
    let page = store::Page { offset: 0, limit: 20 };
    let few: [(&str, Reading); 6] = [
        ("published sets of the law", &|view| view.list_policy_sets().map(drop)),
        ("marks of outreach", &|view| view.list_kind(records::OutreachMark::KIND, Sight::Plain).map(drop)),
        ("people who are two", &|view| view.list_kind(records::DifferentPerson::KIND, Sight::Plain).map(drop)),
        ("open requests", &|view| view.list_open_data_requests(page).map(drop)),
        ("workers as authors", &|view| view.list_kind(records::Worker::KIND, Sight::Plain).map(drop)),
        ("the digest that outreach rests on", &|view| view.register_digest(register::UNIT.0).map(drop)),
    ];
    for (name, read) in few {
        assert_eq!(steps(read), 0, "{name}");
    }
    let all = steps(&|view| view.list_kind(records::Village::KIND, Sight::Plain).map(drop));
    assert_eq!(all, 0, "four villages");
    assert!(steps(&|view| view.list_identity_keys().map(drop)) > 100, "everybody is many steps");
}
