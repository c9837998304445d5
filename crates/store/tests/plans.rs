//! On twenty thousand rows every page of a list is found by an index.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod register;

use register::{Register, a_person, household_of, register};
use store::{ClassFilter, HouseholdFilter, HouseholdOrder, PersonFilter, PersonOrder};

fn twenty_thousand(register: &Register) -> domain::RecordId {
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

#[test]
fn pages_of_the_lists_use_an_index() {
    let register = register();
    let village = twenty_thousand(&register);
    let households = HouseholdFilter::default();
    let people = PersonFilter::default();
    register
        .store
        .read(|view| {
            let by_head = view.explain_households(&households, HouseholdOrder::Head, false)?;
            assert!(by_head.contains("household_list_head") && !by_head.contains("ORDER BY"), "{by_head}");
            let in_village = HouseholdFilter { village: Some(village), ..households.clone() };
            let plan = view.explain_households(&in_village, HouseholdOrder::Head, false)?;
            // A village's few hundred are sorted as they are found.
            assert!(plan.contains("household_list_village"), "{plan}");
            let poor = HouseholdFilter { class: Some(ClassFilter::PoorOrNearPoor), ..households.clone() };
            let plan = view.explain_households(&poor, HouseholdOrder::Head, false)?;
            assert!(plan.contains("household_list_head") && !plan.contains("ORDER BY"), "{plan}");
            let plan = view.explain_people(&people, PersonOrder::Name, false)?;
            assert!(plan.contains("person_list_sort") && !plan.contains("ORDER BY"), "{plan}");
            let in_village = PersonFilter { village: Some(village), without_id: true, ..people.clone() };
            let plan = view.explain_people(&in_village, PersonOrder::Name, false)?;
            assert!(plan.contains("person_list_village"), "{plan}");
            let poor = PersonFilter { class: Some(ClassFilter::Is("poor".to_owned())), ..people };
            let plan = view.explain_people(&poor, PersonOrder::Name, false)?;
            assert!(plan.contains("person_list_sort") && !plan.contains("ORDER BY"), "{plan}");
            Ok(())
        })
        .unwrap();
}
