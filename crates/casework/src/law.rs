//! The law in force on this machine: the newest set that the province has published and that is here whole, else the program's own.
//!
//! Would surprise: a set that was read once stays in memory to the end of the program. There are few, they never change, and
//! a book of one is made once.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use domain::RecordId;
use entitlements::PolicySet;
use entitlements::register::Lawbook;
use store::{PublishedSet, View};

type Book = &'static Lawbook<'static>;

static OWN: LazyLock<Lawbook<'static>> = LazyLock::new(|| Lawbook::new(PolicySet::embedded()));
/// Sets that were here whole; `None` where this program cannot read one.
static READ: Mutex<BTreeMap<RecordId, Option<Book>>> = Mutex::new(BTreeMap::new());

/// The set to compute with. One that this program cannot read, because it was published for a newer one, is passed over.
pub fn in_force(view: &View<'_>) -> store::Result<&'static PolicySet> {
    book(view).map(Lawbook::set)
}

/// The same, opened.
pub(crate) fn book(view: &View<'_>) -> store::Result<Book> {
    for (id, _) in view.list_policy_sets()? {
        let known = READ.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
        let book = match known {
            Some(book) => book,
            None => match view.find_policy_set(id)? {
                Some(published) => {
                    *READ.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_insert_with(|| read(&published))
                }
                None => None,
            },
        };
        if let Some(book) = book {
            return Ok(book);
        }
    }
    Ok(&OWN)
}

fn read(published: &PublishedSet) -> Option<Book> {
    let set = PolicySet::from_texts(published.version, &published.rows).and_then(|set| set.in_force(PolicySet::embedded()));
    let set: &'static PolicySet = Box::leak(Box::new(set.ok()?));
    Some(Box::leak(Box::new(Lawbook::new(set))))
}
