//! The law engine on one core: amounts for 50,000 people from ready facts, and one answer with every reason, beside three
//! clauses of the same law written by hand.
//!
//! The hand-written clauses are the floor: no dates, no reasons, no unknown facts. That they give the same amounts is
//! checked before anything is measured.

use std::hint::black_box;
use tests::watch::Watch;

use entitlements::{AnswerJson, Fact, Facts, PolicySet, Rules};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

const PEOPLE: usize = 50_000;
const ROUNDS: usize = 15;
const ON: &str = "2026-11-23";

/// Adds the measures of the law engine.
pub fn measure(measures: &mut Vec<Value>) {
    let rules = PolicySet::embedded().on(ON.parse().unwrap());
    let people = people(2 * PEOPLE);
    let facts: Vec<Facts> = people.iter().map(Plain::facts).collect();
    check(&rules, &people, &facts);

    let answers = |facts: &[Facts]| {
        fastest(|| {
            for facts in facts {
                black_box(rules.answer(black_box(facts)));
            }
        })
    };
    let base = rules.set().parameter("base_rate_monthly", rules.date()).unwrap().value.unwrap();
    let by_hand = fastest(|| {
        for person in &people[..PEOPLE] {
            black_box(three_clauses(black_box(person), i64::from(base)));
        }
    });
    let all = answers(&facts[..PEOPLE]);
    measures.push(json!({
        "name": format!("amounts for 50,000 people, {} rules", rules.rules().len()), "value": all * 1e3, "unit": "ms", "wanted": "100 ms",
        "reference": { "name": "3 clauses by hand", "value": by_hand * 1e3 },
    }));
    let half = answers(&facts[..PEOPLE / 2]) / (PEOPLE / 2) as f64;
    let double = answers(&facts) / (2 * PEOPLE) as f64;
    measures.push(json!({
        "name": "one person of 100,000", "value": double * 1e6, "unit": "µs", "wanted": "linear",
        "reference": { "name": "of 25,000", "value": half * 1e6 },
    }));
    let sample = &facts[..1000];
    let explained = fastest(|| sample.iter().for_each(|facts| drop(black_box(AnswerJson::new(&rules, facts))))) / 1e3;
    measures.push(json!({
        "name": "one answer with every reason", "value": explained * 1e6, "unit": "µs", "wanted": "50 µs",
        "reference": { "name": "3 clauses by hand", "value": by_hand / PEOPLE as f64 * 1e6 },
    }));
    let mut text = Vec::new();
    let written = fastest(|| {
        for facts in sample {
            text.clear();
            AnswerJson::new(&rules, facts).write(&mut text);
        }
    });
    measures.push(json!({
        "name": "the same, written as JSON", "value": written * 1e3, "unit": "µs",
        "reference": { "name": "not written", "value": explained * 1e6 },
    }));
}

/// Seconds of the fastest round: what the work costs where nothing else runs.
fn fastest(mut round: impl FnMut()) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let begun = Watch::start();
        round();
        begun.seconds()
    });
    times.fold(f64::INFINITY, f64::min)
}

#[derive(Clone, Copy, PartialEq)]
enum Poverty {
    None,
    NearPoor,
    Poor,
}

#[derive(Clone, Copy, PartialEq)]
enum Severity {
    None,
    Severe,
    Extreme,
}

/// What the three clauses ask, as somebody would write it who needs nothing else.
struct Plain {
    age: u32,
    poverty: Poverty,
    single: bool,
    children: u32,
    supported: bool,
    severity: Severity,
    in_facility: bool,
    pension: bool,
}

fn people(count: usize) -> Vec<Plain> {
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_123);
    let one = |_| Plain {
        age: chance.random_range(0..1100),
        poverty: [Poverty::Poor, Poverty::NearPoor, Poverty::None, Poverty::None][chance.random_range(0..4)],
        single: chance.random_ratio(1, 4),
        children: chance.random_range(0..4),
        supported: chance.random_ratio(3, 4),
        severity: [Severity::Severe, Severity::Extreme, Severity::None, Severity::None][chance.random_range(0..4)],
        in_facility: chance.random_ratio(1, 50),
        pension: chance.random_ratio(1, 5),
    };
    (0..count).map(one).collect()
}

/// Clauses 4, 5a and 6: what each pays.
fn three_clauses(person: &Plain, base: i64) -> [i64; 3] {
    if person.in_facility {
        return [0; 3];
    }
    let is_poor = person.poverty == Poverty::Poor;
    let single = person.single && (is_poor || person.poverty == Poverty::NearPoor);
    let half_rates = |count: i64| base * count / 2;
    let elderly = match person.age {
        _ if !is_poor || person.supported => 0,
        720..900 => 3,
        900.. => 4,
        _ => 0,
    };
    let is_between = (192..720).contains(&person.age);
    let disabled = match (person.severity, is_between) {
        (Severity::None, _) => 0,
        (Severity::Severe, true) => 3,
        (Severity::Severe, false) | (Severity::Extreme, true) => 4,
        (Severity::Extreme, false) => 5,
    };
    [if single { base * i64::from(person.children) } else { 0 }, half_rates(elderly), half_rates(disabled)]
}

impl Plain {
    /// Everything else about them is ordinary.
    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        let mut code = |fact: Fact, code: &str| facts.tell(fact, code).unwrap();
        code(
            Fact::HouseholdPoverty,
            match self.poverty {
                Poverty::None => "none",
                Poverty::NearPoor => "near_poor",
                Poverty::Poor => "poor",
            },
        );
        code(
            Fact::DisabilitySeverity,
            match self.severity {
                Severity::None => "none",
                Severity::Severe => "severe",
                Severity::Extreme => "extremely_severe",
            },
        );
        code(Fact::MaritalStatus, if self.single { "widowed" } else { "married" });
        code(Fact::SupportObligor, if self.supported { "other" } else { "none" });
        code(Fact::NoSupportCase, "none");
        code(Fact::CaredDisabilitySeverity, "none");
        code(Fact::HouseDamage, "none");
        for fact in [Fact::CarerRelation, Fact::EmergencyCause] {
            facts.tell(fact, entitlements::Told::None).unwrap();
        }
        for fact in Fact::ALL.iter().filter(|fact| fact.ty() == entitlements::FactType::YesNo) {
            facts
                .tell(*fact, matches!(fact, Fact::CanLiveInCommunity | Fact::RequestedInWriting | Fact::HasStableIncome))
                .unwrap();
        }
        for fact in Fact::ALL.iter().filter(|fact| fact.ty() == entitlements::FactType::Count) {
            facts.tell(*fact, 0).unwrap();
        }
        facts.tell(Fact::AgeMonths, self.age).unwrap();
        facts.tell(Fact::QualifyingChildren, self.children).unwrap();
        facts.tell(Fact::InFacility, self.in_facility).unwrap();
        facts.tell(Fact::HasPensionOrSiAllowance, self.pension).unwrap();
        facts
    }
}

/// The engine and the hand say the same of the three clauses.
fn check(rules: &Rules<'_>, people: &[Plain], facts: &[Facts]) {
    let base = rules.set().parameter("base_rate_monthly", rules.date()).unwrap().value.unwrap();
    for (person, facts) in people.iter().zip(facts).take(5000) {
        let lines = rules.lines(facts);
        let of = |clause: &str| -> i64 {
            let all = rules.rules().iter().zip(&lines).filter(|(rule, _)| rule.row().clause_group.as_deref() == Some(clause));
            all.filter_map(|(_, line)| line.amount).sum()
        };
        assert_eq!(["4", "5", "6"].map(of), three_clauses(person, i64::from(base)));
    }
}
