//! Parents and children: the letters of Điều 5.1, who is whose child, and who raises whom.

use domain::records::ParentLink;

use super::day::{Day, SIXTEEN};
use super::file::At;
use super::span::{Picked, pick};
use super::stated::{Stated, Value};

/// A parent is at least so many months older than a child nobody has linked.
const GENERATION: u32 = 180;

/// Letter of Điều 5.1 by what became of both parents, in any order; `None` where the law names no such case.
/// Both unidentified is taken as abandoned [interpretation].
#[must_use]
pub fn letter(one: &str, other: &str) -> Option<&'static str> {
    match (one, other) {
        ("unidentified", "unidentified") => Some("a"),
        ("dead", "dead" | "unidentified") | ("unidentified", "dead") => Some("b"),
        ("dead" | "unidentified", "missing") | ("missing", "dead" | "unidentified") => Some("c"),
        ("dead", "in_facility") | ("in_facility", "dead") => Some("d"),
        ("dead", "serving") | ("serving", "dead") => Some("dd"),
        ("missing", "missing") => Some("e"),
        ("in_facility", "in_facility") => Some("g"),
        ("serving", "serving") => Some("h"),
        ("missing", "in_facility") | ("in_facility", "missing") => Some("i"),
        ("missing", "serving") | ("serving", "missing") => Some("k"),
        ("in_facility", "serving") | ("serving", "in_facility") => Some("l"),
        _ => None,
    }
}

/// Letters that tell of a parent serving a sentence: masked without the right to see it.
#[must_use]
pub fn is_masked(letter: &str) -> bool {
    matches!(letter, "dd" | "h" | "k" | "l")
}

impl<'a> Day<'a> {
    /// The link of one side: an adoptive one in force goes before that of birth.
    fn side(&self, at: At, side: &str) -> Option<Picked<'a, ParentLink>> {
        let links = self.person(at).parent_links.iter().filter(|link| link.record.side.as_deref() == Some(side));
        let (adoptive, birth): (Vec<_>, Vec<_>) = links.partition(|link| link.record.adoptive == Some(true));
        let says = |link: &'a ParentLink| link.status.as_deref();
        pick(adoptive, self.on, says).or_else(|| pick(birth, self.on, says))
    }

    /// `fact no_support_case`.
    pub fn no_support_case(&self, at: At) -> Stated {
        let sides = [self.side(at, "mother"), self.side(at, "father")];
        let status = |side: &Option<Picked<'a, ParentLink>>| side.as_ref().and_then(|side| side.entry.record.status.as_deref());
        if let Some(here) =
            sides.iter().flatten().find(|side| matches!(side.entry.record.status.as_deref(), Some("present" | "left")))
        {
            return Stated::recorded(Some(Value::Code("none")), here);
        }
        if let [Some(mother), Some(father)] = &sides
            && let (Some(one), Some(other)) = (status(&sides[0]), status(&sides[1]))
            && let Some(letter) = letter(one, other)
        {
            let later = if father.entry.span.from > mother.entry.span.from { father } else { mother };
            let mut told = Stated::recorded(Some(Value::Code(letter)), later);
            told.origin.disputed = mother.disputed || father.disputed;
            return told;
        }
        if self.lives_with_parent(at) {
            return Stated::by_rule(Value::Code("none"), "lives_with_parent");
        }
        match self.age(at) {
            Some(age) if age >= SIXTEEN => Stated::by_rule(Value::Code("none"), "no_child"),
            _ => Stated::unknown("parents_not_recorded"),
        }
    }

    fn lives_with_parent(&self, at: At) -> bool {
        self.housemates(at).any(|(other, _)| other != at && self.is_child_of(at, other))
    }

    /// Whether `child` is a child of `parent`: by a link of status `present`; a child with no link at all by being
    /// `child` or `adopted_child` of the head of the household both are in.
    pub fn is_child_of(&self, child: At, parent: At) -> bool {
        if child == parent {
            return false;
        }
        let links = &self.person(child).parent_links;
        if !links.is_empty() {
            return ["mother", "father"].iter().filter_map(|side| self.side(child, side)).any(|side| {
                let link = &side.entry.record;
                link.status.as_deref() == Some("present") && link.parent.and_then(|id| self.register.find(id)) == Some(parent)
            });
        }
        self.relationship(parent) == Some("head")
            && matches!(self.relationship(child), Some("child" | "adopted_child"))
            && self.is_same_home(child, parent)
    }

    /// Whether both are present in one household.
    pub fn is_same_home(&self, one: At, other: At) -> bool {
        match (self.home(one), self.home(other)) {
            (Some(one), Some(other)) => one.household == other.household,
            _ => false,
        }
    }

    /// Living children whom somebody raises: theirs, and present in the same household.
    pub fn children_raised(&self, at: At) -> Vec<At> {
        let mates = self.housemates(at).map(|(other, _)| other);
        mates.filter(|other| self.is_child_of(*other, at)).collect()
    }

    /// Whether a child of the household might be this person's without anybody having said so: one under `limit` months
    /// who has no link and is not the head's, with this person neither head nor spouse and old enough.
    pub fn may_have_unlinked_child(&self, at: At, limit: u32) -> bool {
        if self.home(at).is_none() || matches!(self.relationship(at), Some("head" | "spouse")) {
            return false;
        }
        let Some(own) = self.age_at_month_end(at) else { return false };
        self.housemates(at).any(|(other, relationship)| {
            other != at
                && self.person(other).parent_links.is_empty()
                && !matches!(relationship, Some("head" | "child" | "adopted_child"))
                && self.age_at_month_end(other).is_some_and(|age| age < limit && own >= age + GENERATION)
        })
    }

    /// Everybody whose child somebody is.
    pub fn parents(&self, child: At) -> Vec<At> {
        let linked = self.person(child).parent_links.iter().filter_map(|link| self.register.find(link.record.parent?));
        let mates = self.housemates(child).map(|(other, _)| other);
        let mut parents: Vec<At> = linked.chain(mates).filter(|parent| self.is_child_of(child, *parent)).collect();
        parents.sort_unstable();
        parents.dedup();
        parents
    }

    /// Husband or wife: head and spouse of one household, or both parents of one child.
    pub fn spouses(&self, at: At) -> Vec<At> {
        let mut found: Vec<At> = match self.relationship(at) {
            Some("head") => self.housemates(at).filter(|(_, is)| *is == Some("spouse")).map(|(other, _)| other).collect(),
            Some("spouse") => self.housemates(at).filter(|(_, is)| *is == Some("head")).map(|(other, _)| other).collect(),
            _ => Vec::new(),
        };
        for child in &self.person(at).children {
            found.extend(self.parents(*child).into_iter().filter(|other| *other != at));
        }
        found.retain(|other| self.is_living(*other));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_decree_in_any_order() {
        let all = ["present", "dead", "unidentified", "missing", "in_facility", "serving", "left"];
        for one in all {
            for other in all {
                assert_eq!(letter(one, other), letter(other, one), "{one} and {other}");
            }
        }
        assert_eq!(letter("unidentified", "serving"), None, "the decree does not name it");
        assert_eq!(letter("unidentified", "in_facility"), None, "the decree does not name it");
        assert_eq!(letter("dead", "serving"), Some("dd"));
    }
}
