//! A list against the register: which villages are new, who is there already, and whose id somebody else has.
//!
//! Nobody in the register is changed by a list. Who is the same is left as there and told; a double id is told and both
//! people are kept.

use std::collections::{BTreeMap, HashMap};

use documents::lists::{Mapping, ProblemKind, ReadHousehold, ReadList, ReadMember, double};
use domain::text::fold;
use store::{IdentityKey, View};

use crate::imports::{Plan, village_key};

/// Compares a list with the register.
pub(crate) fn compare(view: &View<'_>, name: String, mut list: ReadList, mapping: &Mapping) -> store::Result<Plan> {
    let mut villages = BTreeMap::new();
    for row in view.list_villages()? {
        villages.entry(village_key(row.village.name.as_deref().unwrap_or_default())).or_insert(row.id);
    }
    let mut new_villages = BTreeMap::new();
    for household in &list.households {
        if let Some(village) = household.village.as_deref().filter(|village| !village_key(village).is_empty()) {
            let key = village_key(village);
            if !villages.contains_key(&key) {
                new_villages.entry(key).or_insert_with(|| village.to_owned());
            }
        }
    }
    let keys = view.list_identity_keys()?;
    let register = Register::new(&keys);
    let mut known = BTreeMap::new();
    let mut doubles = Vec::new();
    for (at, household) in list.households.iter().enumerate() {
        for (place, member) in household.members.iter().enumerate() {
            if let Some(person) = register.find_same(household, member) {
                known.insert((at, place), person.id);
                doubles.push(double(mapping, &household.sheet, member, ProblemKind::SamePersonInRegister));
            } else if register.has_id(member) {
                doubles.push(double(mapping, &household.sheet, member, ProblemKind::SameIdInRegister));
            }
        }
    }
    list.problems.append(&mut doubles);
    Ok(Plan { name, list, known, villages, new_villages })
}

/// Who is in the register, by id and by folded name.
struct Register<'a> {
    by_id: HashMap<&'a str, Vec<&'a IdentityKey>>,
    by_name: HashMap<&'a str, Vec<&'a IdentityKey>>,
}

impl<'a> Register<'a> {
    fn new(keys: &'a [IdentityKey]) -> Self {
        let mut register = Self { by_id: HashMap::new(), by_name: HashMap::new() };
        for key in keys {
            register.by_name.entry(&key.folded_name).or_default().push(key);
            if let Some(id) = &key.citizen_id {
                register.by_id.entry(id).or_default().push(key);
            }
        }
        register
    }

    fn has_id(&self, member: &ReadMember) -> bool {
        member.citizen_id.as_deref().is_some_and(|id| self.by_id.contains_key(id))
    }

    /// The same person: the same citizen id and folded name, or, where one side has no id, the same folded name, birth
    /// and village.
    fn find_same(&self, household: &ReadHousehold, member: &ReadMember) -> Option<&'a IdentityKey> {
        let named = self.by_name.get(fold(&member.full_name).as_str())?;
        let village = household.village.as_deref().map(village_key);
        let by_id = named.iter().find(|known| member.citizen_id.is_some() && known.citizen_id == member.citizen_id);
        let by_birth = || {
            named.iter().find(|known| {
                (known.citizen_id.is_none() || member.citizen_id.is_none())
                    && member.birth.is_some()
                    && known.birth == member.birth
                    && known.village.as_deref().map(village_key) == village
            })
        };
        by_id.or_else(by_birth).copied()
    }
}
