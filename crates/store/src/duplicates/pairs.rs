//! All pairs of the register who may be one: one pass over what people are looked up by, one over the people.
//!
//! Would surprise: names share a few hundred syllables, so they are taken apart with a memory of them; the people beside
//! somebody are read only for pairs that are listed with them or without.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::RecordId;
use domain::likeness::{self, Syllables, Traits};

use super::{Alike, Known, LISTED, MOST_BY_KIN, add_names, in_order, traits_in};
use crate::error::Result;
use crate::open::View;

/// Everybody who is live, and the place of each by local number.
struct Everybody {
    people: Vec<Known>,
    places: HashMap<i64, usize>,
}

/// What one name of a person is looked up by.
struct Key {
    /// The person's place among everybody.
    place: usize,
    given: i64,
    sound: i64,
    year: Option<i64>,
    day: Option<i64>,
}

impl Key {
    /// The month where a day is meant, and the other way round.
    fn is_swapped(&self, other: &Self) -> bool {
        self.day.zip(other.day).is_some_and(|(one, other)| one / 100 == other % 100 && one % 100 == other / 100)
    }
}

impl View<'_> {
    /// All pairs of the register who may be one, the likeliest first. Costs a pass over the people: for a page, not for
    /// every key.
    pub fn list_alike(&self) -> Result<Vec<Alike>> {
        let different = self.different_pairs()?;
        let Everybody { mut people, places } = self.everybody()?;
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (one, other) in self.candidate_pairs(&places)? {
            let (Some(left), Some(right)) = (people.get(one), people.get(other)) else { continue };
            let is_alike = likeness::compare(&left.traits, &right.traits).points >= LISTED - MOST_BY_KIN;
            if is_alike && !different.contains(&in_order(left.id, right.id)) {
                pairs.push((one, other));
            }
        }
        for place in pairs.iter().flat_map(|(one, other)| [*one, *other]).collect::<BTreeSet<_>>() {
            if let Some(known) = people.get_mut(place) {
                self.read_kin(known)?;
            }
        }
        let mut alike = Vec::new();
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (people.get(one), people.get(other)) else { continue };
            let likeness = likeness::compare(&one.traits, &other.traits);
            if likeness.points >= LISTED {
                alike.push(Alike { one: one.id, other: other.id, likeness });
            }
        }
        alike.sort_by_key(|pair| (std::cmp::Reverse(pair.likeness.points), pair.one, pair.other));
        Ok(alike)
    }

    /// Pairs worth comparing, the person entered first named first.
    fn candidate_pairs(&self, places: &HashMap<i64, usize>) -> Result<Vec<(usize, usize)>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT lid, given, sound, year, day FROM person_list WHERE given IS NOT NULL \
             UNION ALL SELECT lid, given, sound, year, day FROM person_match",
        )?;
        let place_of = |lid: i64| places.get(&lid).copied();
        let mut rows = statement.query([])?;
        let mut keys = Vec::with_capacity(places.len());
        while let Some(row) = rows.next()? {
            if let Some(place) = place_of(row.get(0)?) {
                keys.push(Key { place, given: row.get(1)?, sound: row.get(2)?, year: row.get(3)?, day: row.get(4)? });
            }
        }
        let mut pairs = Vec::new();
        let is_open = |one: &Key, other: &Key| one.year.is_none() || other.year.is_none();
        let is_same_day = |one: &Key, other: &Key| one.day.is_some() && one.day == other.day;
        among(
            &keys,
            |key| Some(key.sound),
            &mut pairs,
            |one, other| one.year == other.year || is_same_day(one, other) || is_open(one, other),
        );
        among(
            &keys,
            |key| Some((key.given, key.year?)),
            &mut pairs,
            |one, other| is_same_day(one, other) || one.is_swapped(other) || one.day.is_none() || other.day.is_none(),
        );
        among(&keys, |key| Some((key.year?, key.day?)), &mut pairs, |_, _| true);
        for sql in [
            "SELECT a.lid, b.lid FROM person AS a JOIN person AS b ON b.citizen_id = a.citizen_id AND b.lid > a.lid",
            "SELECT a.lid, b.lid FROM person AS a JOIN person AS b ON b.old_id = a.old_id AND b.lid > a.lid",
        ] {
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                pairs.extend(place_of(row.get(0)?).zip(place_of(row.get(1)?)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Ok(pairs)
    }

    /// Everybody who is live, in the order of their entry, with the names and ids of the entries given up for them.
    fn everybody(&self) -> Result<Everybody> {
        let mut syllables = Syllables::default();
        let mut all = Everybody { people: Vec::new(), places: HashMap::new() };
        let sql = concat!(include_str!("traits.sql"), " WHERE r.life = 0 ORDER BY l.lid");
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut traits = traits_in(row)?;
            add_names(&mut traits, row, |name| syllables.name(name))?;
            all.places.insert(row.get("lid")?, all.people.len());
            all.people.push(Known { id: RecordId(row.get("rid")?), traits });
        }
        for (lid, given_up) in self.all_given_up()? {
            if let Some(known) = all.places.get(&lid).and_then(|place| all.people.get_mut(*place)) {
                known.traits.names.extend(given_up.names);
                known.traits.citizen_ids.extend(given_up.citizen_ids);
            }
        }
        Ok(all)
    }

    /// Names and ids of all entries given up, by the local number of the one that stands for them.
    fn all_given_up(&self) -> Result<BTreeMap<i64, Traits>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT s.lid, p.full_name, p.other_name, p.citizen_id FROM merged AS m CROSS JOIN rec AS r ON r.rid = m.rid \
             CROSS JOIN person AS p ON p.lid = r.lid CROSS JOIN rec AS s ON s.rid = m.survivor \
             WHERE m.survivor <> m.rid ORDER BY m.rid",
        )?;
        let mut rows = statement.query([])?;
        let mut all: BTreeMap<i64, Traits> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            add_names(all.entry(row.get("lid")?).or_default(), row, likeness::Name::new)?;
        }
        Ok(all)
    }
}

/// Pairs among those with an equal key, each key looked at beside the others of its own only.
fn among<K: Ord>(
    keys: &[Key],
    key: impl Fn(&Key) -> Option<K>,
    pairs: &mut Vec<(usize, usize)>,
    is_pair: impl Fn(&Key, &Key) -> bool,
) {
    let mut sorted: Vec<(K, &Key)> = keys.iter().filter_map(|one| Some((key(one)?, one))).collect();
    sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    for group in sorted.chunk_by(|(one, _), (other, _)| one == other) {
        for (at, (_, one)) in group.iter().enumerate() {
            let others = group.iter().skip(at + 1).map(|(_, other)| *other);
            let found = others.filter(|other| other.place != one.place && is_pair(one, other));
            pairs.extend(found.map(|other| (one.place.min(other.place), one.place.max(other.place))));
        }
    }
}
