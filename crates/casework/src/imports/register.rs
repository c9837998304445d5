//! The register as a list is compared with it, in memory: by number, by name, and by likeness, which is that of the hints while
//! typing ([`domain::likeness`]).
//!
//! Owes its callers: nobody found for two rows of a list; "same" only where nothing speaks against it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use documents::lists::ReadMember;
use domain::RecordId;
use domain::likeness::{self, Evidence, Keys, LIKELY, Likeness, Name, Traits};
use domain::text::fold;
use store::IdentityKey;

use crate::imports::village_key;

/// Points that the people beside somebody can add.
const MOST_BY_KIN: i32 = 12;

/// Who is in the register.
pub(crate) struct Register<'a> {
    keys: &'a [IdentityKey],
    /// What the likeness of each is reckoned from, in the order of the keys.
    traits: Vec<Traits>,
    by_id: HashMap<&'a str, Vec<usize>>,
    by_name: HashMap<&'a str, Vec<usize>>,
    by_sound: HashMap<i64, Vec<usize>>,
    by_given_and_year: HashMap<(i64, i32), Vec<usize>>,
    by_day_and_year: HashMap<(i32, i32), Vec<usize>>,
    by_household: HashMap<RecordId, Vec<usize>>,
    /// Names of villages as they are compared, each made once.
    villages: HashMap<&'a str, String>,
    /// People whom a row of the list was found to be.
    used: HashSet<RecordId>,
}

impl<'a> Register<'a> {
    pub(crate) fn new(keys: &'a [IdentityKey], villages: &BTreeMap<String, RecordId>) -> Self {
        let mut register = Self {
            keys,
            traits: Vec::with_capacity(keys.len()),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            by_sound: HashMap::new(),
            by_given_and_year: HashMap::new(),
            by_day_and_year: HashMap::new(),
            by_household: HashMap::new(),
            villages: HashMap::new(),
            used: HashSet::new(),
        };
        for (at, key) in keys.iter().enumerate() {
            if let Some(village) = key.village.as_deref() {
                register.villages.entry(village).or_insert_with(|| village_key(village));
            }
            register.by_name.entry(&key.folded_name).or_default().push(at);
            for id in key.citizen_id.iter().chain(&key.old_id).chain(&key.former_ids) {
                register.by_id.entry(id).or_default().push(at);
            }
            if let Some(household) = key.household {
                register.by_household.entry(household).or_default().push(at);
            }
            let traits = Traits {
                names: key.names.iter().map(|name| Name::new(name)).collect(),
                birth: key.birth,
                sex: key.sex.clone(),
                citizen_ids: key.citizen_id.iter().chain(&key.former_ids).cloned().collect(),
                old_id: key.old_id.clone(),
                village: register.village_of(key).and_then(|village| villages.get(village).copied()),
                household: key.household,
                kin: BTreeSet::new(),
            };
            for keys in traits.names.iter().filter_map(|name| Keys::of(name, traits.birth.as_ref())) {
                register.by_sound.entry(keys.sound).or_default().push(at);
                let Some(year) = keys.year else { continue };
                register.by_given_and_year.entry((keys.given, year)).or_default().push(at);
                if let Some(day) = keys.day {
                    register.by_day_and_year.entry((day, year)).or_default().push(at);
                }
            }
            register.traits.push(traits);
        }
        register
    }

    fn village_of(&self, key: &IdentityKey) -> Option<&str> {
        key.village.as_deref().and_then(|village| self.villages.get(village)).map(String::as_str)
    }

    pub(crate) fn take(&mut self, person: RecordId) {
        self.used.insert(person);
    }

    pub(crate) fn has_id(&self, member: &ReadMember) -> bool {
        member.citizen_id.as_deref().is_some_and(|id| self.by_id.contains_key(id))
    }

    fn free(&self, places: Option<&Vec<usize>>) -> impl Iterator<Item = &'a IdentityKey> {
        let keys = self.keys;
        let found = places.into_iter().flatten().filter_map(move |at| keys.get(*at));
        found.filter(|known| !self.used.contains(&known.id)).collect::<Vec<_>>().into_iter()
    }

    /// The same person by the same id under the same folded name.
    pub(crate) fn same_by_id(&self, member: &ReadMember) -> Option<&'a IdentityKey> {
        let name = fold(&member.full_name);
        let ids = [member.citizen_id.as_deref(), member.old_id.as_deref()];
        let with_id = ids.into_iter().flatten().flat_map(|id| self.free(self.by_id.get(id)));
        let same_citizen_id = |known: &IdentityKey| known.citizen_id.is_some() && known.citizen_id == member.citizen_id;
        with_id.filter(|known| known.folded_name == name).find(|known| same_citizen_id(known) || nothing_against(known, member))
    }

    /// The same person by the same folded name, birth and village, where nothing speaks against it and nobody else fits.
    pub(crate) fn same_by_name(&self, village: Option<&str>, member: &ReadMember) -> Option<&'a IdentityKey> {
        let name = fold(&member.full_name);
        let named = self.free(self.by_name.get(name.as_str())).filter(|known| nothing_against(known, member));
        let (here, elsewhere): (Vec<_>, Vec<_>) = named.partition(|known| self.village_of(known) == village);
        let born = |known: &IdentityKey| known.birth.zip(member.birth);
        let exact = |known: &&IdentityKey| born(known).is_some_and(|(one, other)| one == other);
        let agrees = |known: &&IdentityKey| born(known).is_some_and(|(one, other)| one.agrees_with(&other));
        if let Some(known) = here.iter().copied().find(exact) {
            return Some(known);
        }
        let mut agreeing = here.into_iter().filter(agrees);
        match (agreeing.next(), agreeing.next()) {
            (Some(known), None) => return Some(known),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
        // A list that names no village contradicts none.
        let mut to_the_day =
            elsewhere.into_iter().filter(|known| exact(known) && member.birth.is_some_and(|birth| birth.is_full()));
        match (village, to_the_day.next(), to_the_day.next()) {
            (None, Some(known), None) => Some(known),
            _ => None,
        }
    }

    /// Who may be the one of a row, with the reasons: the likeliest of those who are probably one, or who have the number.
    pub(crate) fn alike(&self, typed: &Traits) -> Option<(&'a IdentityKey, Likeness)> {
        let mut best: Option<(usize, Likeness)> = None;
        for at in self.candidates(typed) {
            let (Some(known), Some(traits)) = (self.keys.get(at), self.traits.get(at)) else { continue };
            if self.used.contains(&known.id) {
                continue;
            }
            let mut likeness = likeness::compare(typed, traits);
            if likeness.points >= LIKELY - MOST_BY_KIN && !typed.kin.is_empty() {
                likeness = likeness::compare(typed, &Traits { kin: self.kin_of(at), ..traits.clone() });
            }
            let is_offered = likeness.points >= LIKELY || has_same_number(&likeness);
            if is_offered && best.as_ref().is_none_or(|(_, best)| likeness.points > best.points) {
                best = Some((at, likeness));
            }
        }
        best.and_then(|(at, likeness)| Some((self.keys.get(at)?, likeness)))
    }

    /// Those who share what people are looked up by, in the order of the register.
    fn candidates(&self, typed: &Traits) -> BTreeSet<usize> {
        let mut places = BTreeSet::new();
        let mut add = |found: Option<&Vec<usize>>| places.extend(found.into_iter().flatten());
        for keys in typed.names.iter().filter_map(|name| Keys::of(name, typed.birth.as_ref())) {
            add(self.by_sound.get(&keys.sound));
            let Some(year) = keys.year else { continue };
            add(self.by_given_and_year.get(&(keys.given, year)));
            for day in keys.day.into_iter().chain(keys.swapped_day()) {
                add(self.by_day_and_year.get(&(day, year)));
            }
        }
        for id in typed.citizen_ids.iter().flat_map(|id| likeness::id_variants(id)).chain(typed.old_id.clone()) {
            add(self.by_id.get(id.as_str()));
        }
        places
    }

    /// How the names of the people beside somebody sound.
    fn kin_of(&self, at: usize) -> BTreeSet<String> {
        let household = self.keys.get(at).and_then(|key| key.household);
        let beside = household.and_then(|household| self.by_household.get(&household)).into_iter().flatten();
        let beside = beside.filter(|other| **other != at).filter_map(|other| self.traits.get(*other)?.names.first());
        beside.map(Name::sound).filter(|sound| !sound.is_empty()).collect()
    }
}

/// What a row of a list says, as it is compared.
pub(crate) fn traits_of(member: &ReadMember, village: Option<RecordId>, kin: BTreeSet<String>) -> Traits {
    let names = [Some(&member.full_name), member.other_name.as_ref()];
    Traits {
        names: names.into_iter().flatten().map(|name| Name::new(name)).collect(),
        birth: member.birth,
        sex: member.sex.clone(),
        citizen_ids: member.citizen_id.iter().cloned().collect(),
        old_id: member.old_id.clone(),
        village,
        household: None,
        kin,
    }
}

fn has_same_number(likeness: &Likeness) -> bool {
    likeness.evidence.iter().any(|evidence| matches!(evidence, Evidence::IdSame | Evidence::OldIdSame))
}

/// Nothing known of both speaks against their being one person.
fn nothing_against(known: &IdentityKey, member: &ReadMember) -> bool {
    let agree = |one: Option<&str>, other: Option<&str>| one.zip(other).is_none_or(|(one, other)| one == other);
    agree(known.citizen_id.as_deref(), member.citizen_id.as_deref()) && agree(known.sex.as_deref(), member.sex.as_deref())
}
