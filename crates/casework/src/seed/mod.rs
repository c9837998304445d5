//! A realistic commune of invented people, reproducible from a seed but for ids (issue: 12 villages, 600 households of
//! 4–5, 18 % poor, 12 % near-poor, 15 % with only a year of birth, 8 % without an id, 1 % with the same id, 7 % disabled).
//!
//! Names and villages as in the region come from `assets/sample/`; id serials lie in 000000–000999, which no office gives.

mod lives;
mod places;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::records::{DisabilityCertificate, Household, HouseholdMember, Person, PovertyClass, RegionStatus, Village};
use domain::registry::Record;
use domain::{Decimal, PartialDate, RecordId, UnitId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::Deserialize;
use store::{Place, Tx};

use crate::households::code_for;
use crate::seed::lives::{Lives, Made};

/// Serials that no office gives.
const SERIALS: u32 = 1000;

#[derive(Deserialize)]
struct Words {
    villages: Vec<VillageWord>,
    surnames: Vec<Weighted>,
    middle_male: Vec<String>,
    middle_female: Vec<String>,
    given_male: Vec<String>,
    given_female: Vec<String>,
    places: Vec<String>,
    decision: String,
}

#[derive(Deserialize)]
struct VillageWord {
    name: String,
    special: bool,
}

#[derive(Deserialize)]
struct Weighted {
    name: String,
    ethnic_code: String,
    weight: u32,
}

/// How large a commune to make.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Villages.
    pub villages: usize,
    /// Households.
    pub households: usize,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seeded {
    /// Villages.
    pub villages: usize,
    /// Households.
    pub households: usize,
    /// People.
    pub people: usize,
}

struct Maker<'a, 'tx> {
    random: StdRng,
    words: Words,
    today: NaiveDate,
    unit: UnitId,
    tx: &'a Tx<'tx>,
    last_id: Option<String>,
    given: BTreeSet<String>,
    lives: Lives<'a, 'tx>,
}

/// Makes a commune in the transaction, one act a household. `progress` hears the number of households made.
pub fn seed(
    tx: &Tx<'_>,
    unit: UnitId,
    size: Size,
    seed: u64,
    today: NaiveDate,
    progress: &dyn Fn(usize),
) -> store::Result<Seeded> {
    let words: Words =
        serde_json::from_str(include_str!("../../../../assets/sample/commune.json")).map_err(|_| store::Error::BadValue)?;
    let lives = Lives::new(tx, seed, today);
    let mut maker =
        Maker { random: StdRng::seed_from_u64(seed), words, today, unit, tx, last_id: None, given: BTreeSet::new(), lives };
    let import = tx.begin_import("sample")?;
    let villages = maker.villages(size.villages)?;
    let mut seeded = Seeded { villages: villages.len(), ..Seeded::default() };
    for number in 0..size.households {
        let place = number * villages.len() / size.households.max(1);
        let coordinates = places::household(number, place, villages.len());
        seeded.people += maker.household(number, villages.get(place).copied(), coordinates)?;
        seeded.households += 1;
        progress(seeded.households);
    }
    maker.lives.allowances()?;
    let report =
        serde_json::json!({ "name": maker.words.decision, "households": seeded.households, "people": seeded.people }).to_string();
    tx.end_import(import, &report)?;
    Ok(seeded)
}

/// Latitude and longitude, where they are known.
type Coordinates = (Option<Decimal>, Option<Decimal>);

/// A member to be made: sex, age in years, relationship.
struct Part {
    female: bool,
    age: i32,
    relationship: &'static str,
}

impl Maker<'_, '_> {
    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..1000) < percent * 10
    }

    fn pick(&mut self, count: usize) -> usize {
        self.random.random_range(0..count.max(1))
    }

    fn villages(&mut self, count: usize) -> store::Result<Vec<RecordId>> {
        let mut made = Vec::new();
        for position in 0..count {
            let Some(word) = self.words.villages.get(position % self.words.villages.len().max(1)) else { break };
            let turn = position / self.words.villages.len().max(1);
            let name = if turn == 0 { word.name.clone() } else { format!("{} {}", word.name, turn + 1) };
            let (latitude, longitude) = places::village(position, count);
            let village = Village {
                name: Some(name),
                latitude,
                longitude,
                village_type: Some("xom".into()),
                unit: Some(i64::from(self.unit.0)),
                valid_from: domain::places::merger_day().into(),
                position: i64::try_from(position + 1).ok(),
                ..Village::default()
            };
            let id = self.tx.create(&village.to_row(), Place::Root(self.unit))?;
            let status = RegionStatus {
                kind: Some(if word.special { "special_village" } else { "not_special" }.into()),
                decision_no: Some(self.words.decision.clone()),
                valid_from: NaiveDate::from_ymd_opt(self.today.year(), 1, 1),
                ..RegionStatus::default()
            };
            self.tx.create(&status.to_row(), Place::Child(id))?;
            self.tx.end_act()?;
            made.push(id);
        }
        Ok(made)
    }

    fn household(
        &mut self,
        number: usize,
        village: Option<RecordId>,
        (latitude, longitude): Coordinates,
    ) -> store::Result<usize> {
        let total: u32 = self.words.surnames.iter().map(|surname| surname.weight).sum();
        let mut draw = self.random.random_range(0..total.max(1));
        let mut chosen = 0;
        for (at, surname) in self.words.surnames.iter().enumerate() {
            if draw < surname.weight {
                chosen = at;
                break;
            }
            draw -= surname.weight;
        }
        let ethnic = self.words.surnames.get(chosen).map(|surname| surname.ethnic_code.clone());
        let place = self.pick(self.words.places.len());
        let id = self.tx.new_id()?;
        let household = Household {
            code: Some(code_for(self.unit, &id)),
            source_code: Some(format!("H{:04}", number + 1)),
            village,
            address_detail: self.words.places.get(place).cloned().filter(|place| !place.is_empty()),
            ethnic_code: ethnic.clone(),
            latitude,
            longitude,
            ..Household::default()
        };
        self.tx.create_as(id, &household.to_row(), Place::Root(self.unit))?;
        self.class(id)?;
        let parts = self.parts();
        let made = parts.iter().map(|part| self.member(id, part, chosen, ethnic.clone())).collect::<store::Result<Vec<_>>>()?;
        self.lives.household(&made)?;
        self.tx.end_act()?;
        Ok(parts.len())
    }

    fn class(&mut self, household: RecordId) -> store::Result<()> {
        let draw = self.random.random_range(0..100);
        let class = if draw < 18 {
            "poor"
        } else if draw < 30 {
            "near_poor"
        } else {
            "none"
        };
        let year = self.today.year();
        let class = PovertyClass {
            year: Some(i64::from(year)),
            class: Some(class.into()),
            valid_from: NaiveDate::from_ymd_opt(year, 1, 1),
            valid_to: NaiveDate::from_ymd_opt(year, 12, 31),
            ..PovertyClass::default()
        };
        self.tx.create(&class.to_row(), Place::Child(household)).map(drop)
    }

    /// Four or five people: a couple of two generations as they live here.
    fn parts(&mut self) -> Vec<Part> {
        let head = self.random.random_range(28..70);
        let female = self.chance(28);
        let mut parts = vec![Part { female, age: head, relationship: "head" }];
        let spouse = self.random.random_range(-4..4);
        parts.push(Part { female: !female, age: (head + spouse).max(20), relationship: "spouse" });
        let old = head > 52;
        let size = if self.chance(45) { 5 } else { 4 };
        while parts.len() < size {
            let female = self.chance(50);
            let part = match (old, parts.len()) {
                (true, 2) => Part { female: false, age: head - self.random.random_range(22..30), relationship: "child" },
                (true, 3) => {
                    Part { female: true, age: (head - self.random.random_range(23..31)).max(18), relationship: "child_in_law" }
                }
                (true, _) => Part { female, age: self.random.random_range(0..8), relationship: "grandchild" },
                (false, 2) if self.chance(30) => {
                    Part { female: true, age: (head + self.random.random_range(21..33)).min(97), relationship: "parent" }
                }
                (false, _) => Part { female, age: self.random.random_range(0..(head - 19).clamp(1, 19)), relationship: "child" },
            };
            parts.push(part);
        }
        parts
    }

    fn member(&mut self, household: RecordId, part: &Part, surname: usize, ethnic: Option<String>) -> store::Result<Made> {
        let birth = self.birth(part.age);
        // A wife keeps her own family's name; children carry the father's.
        let own_name = matches!(part.relationship, "spouse" | "child_in_law" | "parent") && part.female;
        let surname = if own_name { self.pick(self.words.surnames.len()) } else { surname };
        let person = Person {
            full_name: Some(self.name(surname, part.female)),
            birth_date: Some(birth),
            sex: Some(if part.female { "female" } else { "male" }.into()),
            ethnic_code: ethnic,
            citizen_id: self.citizen_id(&birth, part.female),
            ..Person::default()
        };
        let id = self.tx.create(&person.to_row(), Place::Root(self.unit))?;
        let membership = HouseholdMember {
            person: Some(id),
            relationship_to_head: Some(part.relationship.into()),
            ..HouseholdMember::default()
        };
        self.tx.create(&membership.to_row(), Place::Child(household))?;
        if self.chance(7) {
            self.certificate(id)?;
        }
        Ok(Made { id, birth, female: part.female, relationship: part.relationship })
    }

    fn birth(&mut self, age: i32) -> PartialDate {
        let days = i64::from(age) * 365 + i64::from(age) / 4 + self.random.random_range(1..364);
        let day = self.today - chrono::TimeDelta::days(days);
        if self.chance(15) {
            return PartialDate::Year(day.year());
        }
        if self.chance(2) {
            return PartialDate::Month(domain::Month::of(day));
        }
        PartialDate::Day(day)
    }

    fn name(&mut self, surname: usize, female: bool) -> String {
        let (middles, givens) = if female {
            (self.words.middle_female.len(), self.words.given_female.len())
        } else {
            (self.words.middle_male.len(), self.words.given_male.len())
        };
        let (middle, given) = (self.pick(middles), self.pick(givens));
        let words = &self.words;
        let (middle, given) = if female {
            (words.middle_female.get(middle), words.given_female.get(given))
        } else {
            (words.middle_male.get(middle), words.given_male.get(given))
        };
        let surname = words.surnames.get(surname).map_or("", |surname| surname.name.as_str());
        let parts = [surname, middle.map_or("", String::as_str), given.map_or("", String::as_str)];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }

    fn citizen_id(&mut self, birth: &PartialDate, female: bool) -> Option<String> {
        if self.chance(8) {
            return None;
        }
        if self.chance(1)
            && let Some(last) = self.last_id.clone()
        {
            return Some(last);
        }
        let year = birth.year();
        let century = (year / 100 - 19) * 2 + i32::from(female);
        let first = self.random.random_range(0..SERIALS);
        let ids = (0..SERIALS).map(|step| format!("017{century}{:02}{:06}", year % 100, (first + step) % SERIALS));
        let id = ids.into_iter().find(|id| !self.given.contains(id))?;
        self.given.insert(id.clone());
        self.last_id = Some(id.clone());
        Some(id)
    }

    fn certificate(&mut self, person: RecordId) -> store::Result<()> {
        let severity = ["severe", "severe", "extremely_severe", "mild"][self.pick(4)];
        let kind = ["movement", "hearing_speech", "vision", "neuro_mental", "intellectual"][self.pick(5)];
        let issued = self.today - chrono::TimeDelta::days(self.random.random_range(200..3000));
        let certificate = DisabilityCertificate {
            number: Some(format!("{:04}/GXN-KT", self.random.random_range(1..9999))),
            issued_on: Some(issued),
            types: Some([kind.to_owned()].into()),
            severity: Some(severity.into()),
            valid_from: Some(issued),
            status: Some("valid".into()),
            ..DisabilityCertificate::default()
        };
        self.tx.create(&certificate.to_row(), Place::Child(person)).map(drop)
    }
}
