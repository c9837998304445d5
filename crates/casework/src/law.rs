//! The law in force on this machine: the newest set that the province has published and that is here whole, else the program's own.
//!
//! Would surprise: a set that was read once stays in memory to the end of the program. There are few, they never change, and
//! rules of them may be kept as long as anybody likes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::RecordId;
use entitlements::PolicySet;
use store::{PublishedSet, View};

/// Sets that were here whole; `None` where this program cannot read one.
static READ: Mutex<BTreeMap<RecordId, Option<&'static PolicySet>>> = Mutex::new(BTreeMap::new());

/// The set to compute with. One that this program cannot read, because it was published for a newer one, is passed over.
pub fn in_force(view: &View<'_>) -> store::Result<&'static PolicySet> {
    for (id, _) in view.list_policy_sets()? {
        let known = READ.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
        let set = match known {
            Some(set) => set,
            None => match view.find_policy_set(id)? {
                Some(published) => {
                    *READ.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_insert_with(|| read(&published))
                }
                None => None,
            },
        };
        if let Some(set) = set {
            return Ok(set);
        }
    }
    Ok(PolicySet::embedded())
}

fn read(published: &PublishedSet) -> Option<&'static PolicySet> {
    let set = PolicySet::from_texts(published.version, &published.rows).and_then(|set| set.in_force(PolicySet::embedded()));
    set.ok().map(|set| &*Box::leak(Box::new(set)))
}
