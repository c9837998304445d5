//! Whom somebody cares for: links, and the head's own household where nobody has written a link.

use domain::records::CarerLink;

use super::day::{ADULT, Day};
use super::file::At;
use super::span::{Picked, pick};
use super::stated::{Stated, Value};

/// One person cared for, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cared {
    /// Who is cared for.
    pub cared: At,
    /// `fact carer_relation` with its origin.
    pub relation: Stated,
}

impl<'a> Day<'a> {
    /// Everybody somebody cares for, in the order of their entry (S6: at most one carer each).
    pub fn cared_for(&self, at: At) -> Vec<Cared> {
        if !self.is_living(at) {
            return Vec::new();
        }
        let mut found: Vec<Cared> = Vec::new();
        for cared in self.person(at).cares_for.iter().copied().filter(|cared| self.is_living(*cared)) {
            let Some(link) = self.link_of(cared) else { continue };
            if link.entry.record.carer.and_then(|id| self.register.find(id)) != Some(at) {
                continue;
            }
            let kind = link.entry.record.kind.as_deref();
            let value = kind.and_then(|kind| super::day::code_of(kind, &["own_household", "foster"]));
            found.push(Cared { cared, relation: Stated::recorded(value, &link) });
        }
        for (cared, _) in self.housemates(at) {
            if self.needs_own_household(cared) && self.carer_of_household(cared) == Some(at) {
                let relation =
                    Stated::by_rule(Value::Code("own_household"), "own_household").from_record(self.person(cared).id, None);
                found.push(Cared { cared, relation });
            }
        }
        found.sort_by_key(|one| one.cared);
        found
    }

    fn link_of(&self, cared: At) -> Option<Picked<'a, CarerLink>> {
        pick(&self.person(cared).carer_links, self.on, |link| link.carer)
    }

    /// A member with an extremely severe disability, not in a facility, of whom no link says who cares.
    fn needs_own_household(&self, cared: At) -> bool {
        !self.person(cared).certificates.is_empty()
            && self.disability_severity(cared).code() == Some("extremely_severe")
            && self.link_of(cared).is_none()
            && self.in_facility(cared).yes() == Some(false)
    }

    /// The head; if the head is the one cared for, the oldest other adult [interpretation].
    fn carer_of_household(&self, cared: At) -> Option<At> {
        let head = self.housemates(cared).find(|(_, relationship)| *relationship == Some("head")).map(|(head, _)| head);
        if head.is_some_and(|head| head != cared) {
            return head;
        }
        let adults = self.housemates(cared).filter_map(|(other, _)| Some((self.age(other)?, other)));
        let adults = adults.filter(|(age, other)| *other != cared && *age >= ADULT);
        adults.max_by_key(|(age, other)| (*age, std::cmp::Reverse(*other))).map(|(_, other)| other)
    }
}
