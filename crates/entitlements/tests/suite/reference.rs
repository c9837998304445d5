//! The definitions, word for word and without haste: rows and facts stay JSON, every candidate is written down.

use std::collections::{BTreeMap, BTreeSet};

use entitlements::Documents;
use serde_json::{Map, Value as Json, json};

type Facts = Map<String, Json>;
type Names = BTreeSet<String>;

/// The answer of the command line, but for keys that only repeat the row.
pub fn answer(set: &Documents, on: &str, facts: &Facts) -> Json {
    let rows: Vec<&Json> = set.benefits.iter().filter(|row| in_force(row, on)).collect();
    let lines: Vec<Line> = rows.iter().map(|row| line(set, row, on, facts)).collect();
    let benefits: Vec<Json> = rows
        .iter()
        .zip(&lines)
        .map(|(row, line)| {
            json!({ "code": row["code"], "status": line.status, "amount": line.amount, "missing": line.missing, "results": line.results })
        })
        .collect();
    json!({ "benefits": benefits, "paid": paid(&rows, &lines) })
}

struct Line {
    status: &'static str,
    amount: Option<i64>,
    missing: Names,
    results: Vec<Option<bool>>,
}

fn in_force(row: &Json, on: &str) -> bool {
    // ISO dates compare as text.
    row["effective_from"].as_str().is_none_or(|from| from <= on) && row["effective_to"].as_str().is_none_or(|to| on <= to)
}

fn known<'f>(field: &str, facts: &'f Facts) -> Option<&'f Json> {
    let may_be_none = ["carer_relation", "emergency_cause"].contains(&field);
    facts.get(field).filter(|value| !value.is_null() || may_be_none)
}

fn result(condition: &Json, facts: &Facts) -> Option<bool> {
    if let Some(members) = condition["all"].as_array() {
        let results: Vec<_> = members.iter().map(|member| result(member, facts)).collect();
        return if results.contains(&Some(false)) {
            Some(false)
        } else if results.contains(&None) {
            None
        } else {
            Some(true)
        };
    }
    if let Some(members) = condition["any"].as_array() {
        let results: Vec<_> = members.iter().map(|member| result(member, facts)).collect();
        return if results.contains(&Some(true)) {
            Some(true)
        } else if results.contains(&None) {
            None
        } else {
            Some(false)
        };
    }
    if condition.get("not").is_some() {
        return result(&condition["not"], facts).map(|result| !result);
    }
    let told = known(condition["field"].as_str().unwrap(), facts)?;
    let value = &condition["value"];
    let number = |json: &Json| json.as_i64().unwrap();
    Some(match condition["op"].as_str().unwrap() {
        "==" => told == value,
        "!=" => told != value,
        "<" => number(told) < number(value),
        "<=" => number(told) <= number(value),
        ">" => number(told) > number(value),
        ">=" => number(told) >= number(value),
        "in" => value.as_array().unwrap().contains(told),
        "not_in" => !value.as_array().unwrap().contains(told),
        other => panic!("{other}"),
    })
}

/// The unknown facts in what is still unknown.
fn missing(condition: &Json, facts: &Facts, into: &mut Names) {
    if result(condition, facts).is_some() {
        return;
    }
    for key in ["all", "any"] {
        condition[key].as_array().into_iter().flatten().for_each(|member| missing(member, facts, into));
    }
    if condition.get("not").is_some() {
        missing(&condition["not"], facts, into);
    }
    into.extend(condition["field"].as_str().map(str::to_owned));
}

fn parameter(set: &Documents, code: &Json, on: &str) -> i64 {
    let rows = || set.parameters.iter().filter(|row| row["code"] == *code && !row["value"].is_null() && in_force(row, on));
    let national: Vec<i64> = rows().filter(|row| row["scope"] == "national").map(|row| row["value"].as_i64().unwrap()).collect();
    assert_eq!(national.len(), 1, "{code} on {on}");
    rows().map(|row| row["value"].as_i64().unwrap()).chain(national).max().unwrap()
}

fn amount(set: &Documents, amount: &Json, on: &str, facts: &Facts) -> Option<i64> {
    let thousandths = match amount["type"].as_str().unwrap() {
        "actual_cost" => return self::amount(set, &amount["minimum"], on, facts),
        "fixed" => amount["value"].as_i64().unwrap() * 1000,
        "coefficient" => {
            #[expect(clippy::cast_possible_truncation, reason = "a coefficient is small")]
            let coefficient = (amount["coefficient"].as_f64().unwrap() * 1000.0).round() as i64;
            parameter(set, &amount["parameter"], on) * coefficient
        }
        _ => parameter(set, &amount["parameter"], on) * 1000,
    };
    let times = match amount["multiply_by"].as_str() {
        Some(field) => known(field, facts)?.as_i64().unwrap(),
        None => 1,
    };
    Some((thousandths * times + 500).div_euclid(1000))
}

fn line(set: &Documents, row: &Json, on: &str, facts: &Facts) -> Line {
    let conditions = row["conditions"].as_array().unwrap();
    let results: Vec<_> = conditions.iter().map(|condition| result(condition, facts)).collect();
    let status = if results.contains(&Some(false)) {
        "not_entitled"
    } else if results.contains(&None) {
        "undetermined"
    } else {
        "entitled"
    };
    let mut needed = Names::new();
    if status == "undetermined" {
        conditions.iter().for_each(|condition| missing(condition, facts, &mut needed));
    }
    if status != "not_entitled"
        && let Some(field) = row["amount"]["multiply_by"].as_str()
        && known(field, facts).is_none()
    {
        needed.insert(field.to_owned());
    }
    let amount = if status == "not_entitled" { None } else { amount(set, &row["amount"], on, facts) };
    Line { status, amount, missing: needed, results }
}

/// A list: the families it is of, and the groups of candidates of which one each is paid.
fn candidates(list: &str, rows: &[&Json]) -> Vec<Vec<Vec<usize>>> {
    let of = |family: &str| (0..rows.len()).filter(|at| rows[*at]["family"] == family).collect::<Vec<_>>();
    let alone = |places: &[usize]| places.iter().map(|at| vec![*at]).collect::<Vec<_>>();
    let group = |at: usize| rows[at]["stacking_group"].as_str().unwrap();
    let clause = |at: usize| rows[at]["clause_group"].as_str().unwrap_or_default();
    match list {
        "regular" => {
            let places = [of("monthly_allowance"), of("social_pension")].concat();
            let mut all = alone(&places);
            for a in places.iter().copied().filter(|at| clause(*at) == "4") {
                for b in places.iter().copied().filter(|at| ["5", "6", "8"].contains(&clause(*at))) {
                    all.push(vec![a.min(b), a.max(b)]);
                }
            }
            vec![all]
        }
        "carer_support" => {
            let (parent, one_cared_for): (Vec<usize>, Vec<usize>) =
                of("carer_support").into_iter().partition(|at| group(*at) == "carer_support_parent");
            vec![alone(&one_cared_for), alone(&parent)]
        }
        "emergency" => {
            let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            of("emergency").into_iter().for_each(|at| groups.entry(group(at)).or_default().push(at));
            groups.values().map(|places| alone(places)).collect()
        }
        other => vec![alone(&of(other))],
    }
}

fn paid(rows: &[&Json], lines: &[Line]) -> Json {
    let mut out = Map::new();
    let (mut open_lists, mut no_rows) = (Map::new(), Vec::new());
    let mut has_certain_regular = false;
    for list in ["regular", "carer_support", "funeral", "emergency", "facility_care"] {
        let lanes = candidates(list, rows);
        if lanes.iter().all(Vec::is_empty) {
            no_rows.push(list);
            out.insert(list.to_owned(), Json::Null);
            continue;
        }
        let mut payments: Vec<usize> = Vec::new();
        let mut needed: Option<Names> = None;
        for lane in lanes {
            let alive = lane.iter().filter(|rows| rows.iter().all(|at| lines[*at].status != "not_entitled"));
            let sum = |rows: &[usize]| rows.iter().map(|at| lines[*at].amount).sum::<Option<i64>>();
            let (certain, open): (Vec<&Vec<usize>>, Vec<&Vec<usize>>) =
                alive.partition(|rows| rows.iter().all(|at| lines[*at].status == "entitled" && lines[*at].amount.is_some()));
            let rank = |rows: &Vec<usize>| (-sum(rows).unwrap(), rows.clone());
            let best = certain.iter().map(|rows| rank(rows)).min();
            has_certain_regular |= list == "regular" && best.is_some();
            let could_win = |rows: &Vec<usize>| sum(rows).is_none() || best.as_ref().is_none_or(|best| rank(rows) < *best);
            for rows in open.into_iter().filter(|rows| could_win(rows)) {
                rows.iter().for_each(|at| needed.get_or_insert_default().extend(lines[*at].missing.iter().cloned()));
            }
            payments.extend(best.map(|(_, rows)| rows).unwrap_or_default());
        }
        payments.sort_unstable();
        let payments: Vec<Json> =
            payments.iter().map(|at| json!({ "code": rows[*at]["code"], "amount": lines[*at].amount })).collect();
        match needed {
            None => out.insert(list.to_owned(), json!(payments)),
            Some(needed) => {
                open_lists.insert(list.to_owned(), json!(needed));
                out.insert(list.to_owned(), Json::Null)
            }
        };
    }
    let regular = out["regular"].as_array();
    let total = regular.map(|payments| payments.iter().map(|paid| paid["amount"].as_i64().unwrap()).sum::<i64>());
    let card = if has_certain_regular { Some(true) } else { regular.is_some_and(Vec::is_empty).then_some(false) };
    out.insert("regular_total".to_owned(), json!(total));
    out.insert("health_card".to_owned(), json!(card));
    out.insert("missing".to_owned(), Json::Object(open_lists));
    out.insert("no_rows".to_owned(), json!(no_rows));
    Json::Object(out)
}
