//! What must hold for everybody on every day.

use chrono::Days;
use entitlements::{AnswerJson, Due, Fact, FactSet, Facts, Line, List, PolicySet, Reason, Status};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::world;

fn told(facts: &Map<String, Json>) -> Facts {
    Facts::from_json(facts).unwrap()
}

/// What several results come to, as the law says it: one false decides.
fn all(results: &[Option<bool>]) -> Option<bool> {
    if results.contains(&Some(false)) {
        Some(false)
    } else if results.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// The reason's own result, made again from its parts.
fn from_parts(reason: &Reason<'_>) -> Option<bool> {
    let parts: Vec<Option<bool>> = reason.parts.iter().map(|part| part.result).collect();
    match json!(reason.condition) {
        condition if condition.get("all").is_some() => all(&parts),
        condition if condition.get("any").is_some() => {
            all(&parts.iter().map(|part| part.map(|part| !part)).collect::<Vec<_>>()).map(|none| !none)
        }
        condition if condition.get("not").is_some() => parts[0].map(|part| !part),
        _ => {
            assert_eq!(reason.result.is_some(), reason.told.is_some(), "a test is decided by a known value");
            reason.result
        }
    }
}

fn check_parts(reason: &Reason<'_>) {
    assert_eq!(reason.result, from_parts(reason), "{:?}", reason.condition);
    reason.parts.iter().for_each(check_parts);
}

fn total(due: &Due) -> Option<i64> {
    due.payments().map(|payments| payments.iter().map(|paid| paid.amount).sum())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn explanation_and_result_never_disagree(on in world::any_day(), facts in world::anybody()) {
        let (rules, facts) = (PolicySet::embedded().on(on), told(&facts));
        let answer = rules.answer(&facts);
        for (at, line) in answer.lines.iter().enumerate() {
            let reasons = rules.reasons(at, &facts);
            let results: Vec<Option<bool>> = reasons.iter().map(|reason| reason.result).collect();
            let status = match all(&results) {
                Some(true) => Status::Entitled,
                Some(false) => Status::NotEntitled,
                None => Status::Undetermined,
            };
            prop_assert_eq!(line.status, status);
            reasons.iter().for_each(check_parts);
            prop_assert!(line.missing.iter().all(|fact| facts.get(fact).is_none()), "only unknown facts are asked for");
        }
    }

    /// The answer with every reason pays what the answer without reasons pays: they are one.
    #[test]
    fn reasons_change_nothing(on in world::any_day(), facts in world::anybody()) {
        let (rules, facts) = (PolicySet::embedded().on(on), told(&facts));
        let (bare, told) = (rules.answer(&facts), json!(AnswerJson::new(&rules, &facts)));
        let shown = told["benefits"].as_array().unwrap();
        prop_assert_eq!(shown.len(), bare.lines.len());
        for (line, shown) in bare.lines.iter().zip(shown) {
            let same = json!({ "status": line.status, "amount": line.amount, "missing": line.missing });
            prop_assert_eq!(same, json!({ "status": shown["status"], "amount": shown["amount"], "missing": shown["missing"] }));
        }
        prop_assert_eq!(&told["paid"]["regular_total"], &json!(bare.paid.regular_total()));
        prop_assert_eq!(&told["paid"]["health_card"], &json!(bare.paid.health_card));
    }

    #[test]
    fn telling_an_unknown_fact_never_turns_a_decision_round(
        on in world::any_day(), everything in world::anybody(), hidden in any::<u64>(),
    ) {
        let rules = PolicySet::embedded().on(on);
        let everything = told(&everything);
        let mut before = everything;
        for fact in Fact::ALL.iter().filter(|fact| hidden >> **fact as u8 & 1 != 0) {
            before.forget(*fact);
        }
        let (before, after) = (rules.answer(&before), rules.answer(&everything));
        for (before, after) in before.lines.iter().zip(&after.lines) {
            prop_assert!(before.status == Status::Undetermined || before.status == after.status);
            prop_assert!(after.status == Status::NotEntitled || before.amount.is_none() || before.amount == after.amount);
        }
        for list in List::ALL {
            let (before, after) = (before.paid.list(list), after.paid.list(list));
            prop_assert!(matches!(before, Due::Open(_)) || before == after, "{:?}: {:?} became {:?}", list, before, after);
        }
        prop_assert!(before.paid.health_card.is_none() || before.paid.health_card == after.paid.health_card);
    }

    /// An open list needs what it asks for: with all of it told, it can be said, or asks for something new.
    #[test]
    fn an_open_list_asks_for_unknown_facts_and_never_for_none(on in world::any_day(), facts in world::anybody()) {
        let facts = told(&facts);
        let answer = PolicySet::embedded().on(on).answer(&facts);
        for list in List::ALL {
            if let Due::Open(missing) = answer.paid.list(list) {
                prop_assert!(!missing.is_empty() && missing.iter().all(|fact| facts.get(fact).is_none()));
            }
        }
    }

    #[test]
    fn one_more_ground_never_lowers_a_total(on in world::any_day(), met in any::<u128>(), one in any::<prop::sample::Index>(), money in 0..4_i64) {
        let rules = PolicySet::embedded().on(on);
        let lines = |met: u128| -> Vec<Line> {
            (0..rules.rules().len())
                .map(|at| {
                    let is_met = met >> (at % 128) & 1 != 0;
                    let status = if is_met { Status::Entitled } else { Status::NotEntitled };
                    let amount = is_met.then_some((at as i64 * 7 % 5 + money) * 270_000);
                    Line { status, amount, missing: FactSet::EMPTY }
                })
                .collect()
        };
        prop_assume!(!rules.rules().is_empty());
        // Few grounds at once: with many, the highest is met anyway.
        let few = met & met.rotate_left(41) & met.rotate_left(77);
        let more = few | 1 << one.index(rules.rules().len());
        let (before, after) = (rules.paid(&lines(few)), rules.paid(&lines(more)));
        for list in List::ALL {
            prop_assert!(total(before.list(list)) <= total(after.list(list)));
        }
    }
}

#[test]
fn every_parameter_has_one_national_value_from_its_first_day_on_and_none_before() {
    let set = PolicySet::embedded();
    let mut codes: Vec<&str> = set.parameters().iter().map(|row| row.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 5);
    for code in codes {
        let national = || set.parameters().iter().filter(|row| row.code == code && row.scope == entitlements::Scope::National);
        let first = national().filter_map(|row| row.effective_from).min().unwrap();
        assert!(set.parameter(code, first - Days::new(1)).is_none(), "{code} is not known before its first row");
        for on in (0..9000).map(|days| first + Days::new(days)) {
            assert_eq!(national().filter(|row| row.is_in_force(on)).count(), 1, "{code} on {on}");
            assert!(set.parameter(code, on).is_some());
        }
    }
}

/// Between two turning days nothing begins or ends, so that one set of rules serves them all.
#[test]
fn rules_change_on_turning_days_only() {
    let set = PolicySet::embedded();
    let turning = set.turning_days();
    let seen = |on| {
        let rules = set.on(on);
        let figures = |rule: &entitlements::Rule<'_>| (rule.row().code.clone(), rule.parameter().map(|row| row.value));
        rules.rules().iter().map(figures).collect::<Vec<_>>()
    };
    for on in world::day("2010-01-01").iter_days().take(6600) {
        let next = on + Days::new(1);
        assert!(turning.contains(&next) || seen(on) == seen(next), "{next}");
    }
}
