//! The quality of the register by village (chất lượng dữ liệu, operational indicator O6).

use std::collections::BTreeMap;

use domain::RecordId;
use store::PersonMark;

use crate::commands::types::{Nothing, Quality};
use crate::convert::village_name;
use crate::host::Host;
use crate::problem::Result;
use crate::views::quality::{MarkCount, QualityRow};

/// What is missing or odd, by village: those in force first, in their order, then what is in none.
pub fn get_quality(host: &dyn Host, _: Nothing) -> Result<Quality> {
    let open = host.session().open()?;
    Ok(open.store.read(|view| {
        let mut counted = view.count_quality()?;
        let mut rows = Vec::new();
        for village in view.list_villages()? {
            let numbers = counted.remove(&Some(village.id));
            // A village of the past in which nobody is counted has nothing to say.
            if numbers.is_none() && village.village.valid_to.is_some() {
                continue;
            }
            let numbers = numbers.unwrap_or_default();
            rows.push(row(Some(village.id), village_name(&village.village), numbers));
        }
        rows.extend(counted.into_iter().map(|(village, numbers)| row(village, String::new(), numbers)));
        Ok(Quality { rows })
    })?)
}

fn row(village: Option<RecordId>, village_name: String, numbers: store::QualityRow) -> QualityRow {
    let without = |marks: &[PersonMark]| {
        let lacking: u64 = marks.iter().filter_map(|mark| numbers.person_marks.get(mark)).sum();
        count(numbers.people.saturating_sub(lacking))
    };
    QualityRow {
        village,
        village_name,
        people: count(numbers.people),
        with_id: without(&[PersonMark::NoCitizenId, PersonMark::OddCitizenId]),
        with_birth: without(&[PersonMark::NoBirthDate, PersonMark::YearOnly]),
        with_village: without(&[PersonMark::NoVillage]),
        complete: count(numbers.complete),
        households: count(numbers.households),
        person_marks: counts(&numbers.person_marks, |mark| mark.code()),
        household_marks: counts(&numbers.household_marks, |mark| mark.code()),
    }
}

fn counts<Mark: Copy>(marks: &BTreeMap<Mark, u64>, code: impl Fn(Mark) -> &'static str) -> Vec<MarkCount> {
    marks.iter().map(|(mark, n)| MarkCount { mark: code(*mark).to_owned(), count: count(*n) }).collect()
}

fn count(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
