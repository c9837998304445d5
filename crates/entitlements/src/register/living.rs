//! Where and how somebody lives: the area, a facility, in the community, with a carer.

use super::day::{ADULT, Day, ELDERLY};
use super::file::At;
use super::span::pick;
use super::stated::{Stated, Value};

impl Day<'_> {
    /// `fact in_facility`.
    pub fn in_facility(&self, at: At) -> Stated {
        let stays = self.person(at).residences.iter().filter(|entry| entry.record.kind.as_deref() == Some("facility"));
        match pick(stays, self.on, |_| ()) {
            Some(picked) => Stated::recorded(Some(Value::YesNo(true)), &picked),
            None => Stated::by_rule(Value::YesNo(false), "no_stay"),
        }
    }

    /// `fact lives_in_special_difficulty_area`: the mark of the village lived in, and of its commune.
    pub fn lives_in_special_difficulty_area(&self, at: At) -> Stated {
        let current = self.person(at).residences.iter().filter(|entry| entry.record.kind.as_deref() == Some("current"));
        let village = match pick(current, self.on, |residence| residence.village) {
            Some(picked) => picked.entry.record.village,
            None => self.household(at).and_then(|household| household.village_on(self.on)),
        };
        let Some(village) = village.and_then(|village| self.register.find_village(village, self.on)) else {
            return Stated::unknown("no_village");
        };
        let of_village = pick(&village.statuses, self.on, |status| status.kind.clone());
        let of_commune =
            village.unit.and_then(|unit| pick(self.register.commune_statuses(unit), self.on, |status| status.kind.clone()));
        for (picked, special) in [(&of_village, "special_village"), (&of_commune, "kv3")] {
            if let Some(picked) = picked.as_ref().filter(|picked| picked.entry.record.kind.as_deref() == Some(special)) {
                return Stated::recorded(Some(Value::YesNo(true)), picked);
            }
        }
        for (picked, plain) in [(&of_village, "not_special"), (&of_commune, "none")] {
            if let Some(picked) = picked.as_ref().filter(|picked| picked.entry.record.kind.as_deref() == Some(plain)) {
                return Stated::recorded(Some(Value::YesNo(false)), picked);
            }
        }
        Stated::unknown("village_not_marked")
    }

    /// `fact can_live_in_community`.
    pub fn can_live_in_community(&self, at: At) -> Stated {
        if let Some(told) = self.observed(&self.person(at).observations, "can_live_in_community") {
            return told;
        }
        if self.age(at).is_some_and(|age| age < ELDERLY) {
            return Stated::by_rule(Value::YesNo(true), "not_elderly");
        }
        let adult = |other: At| self.age(other).is_some_and(|age| age >= ADULT);
        match self.housemates(at).any(|(other, _)| other != at && adult(other)) {
            true => Stated::by_rule(Value::YesNo(true), "lives_with_adult"),
            false => Stated::unknown("not_asked"),
        }
    }

    /// `fact eligible_for_facility`.
    pub fn eligible_for_facility(&self, at: At) -> Stated {
        if let Some(told) = self.observed(&self.person(at).observations, "eligible_for_facility") {
            return told;
        }
        match self.age(at) {
            Some(age) if age < ELDERLY => Stated::by_rule(Value::YesNo(false), "not_elderly"),
            _ => Stated::unknown("not_asked"),
        }
    }

    /// `fact has_community_carer`: somebody has undertaken foster care.
    pub fn has_community_carer(&self, at: At) -> Stated {
        let links = self.person(at).carer_links.iter().filter(|entry| entry.record.kind.as_deref() == Some("foster"));
        match pick(links, self.on, |link| link.carer) {
            Some(picked) => Stated::recorded(Some(Value::YesNo(true)), &picked),
            None => Stated::by_rule(Value::YesNo(false), "nobody_undertook"),
        }
    }

    /// `fact requested_in_writing`.
    pub fn requested_in_writing(&self, at: At) -> Stated {
        let requests = self.person(at).requests.iter().filter(|entry| entry.record.family.as_deref() == Some("social_pension"));
        if let Some(picked) = pick(requests, self.on, |_| ()) {
            return Stated::recorded(Some(Value::YesNo(true)), &picked);
        }
        match self.allowance_of(at, "social_pension") {
            Some(entry) => Stated::of_entry(Some(Value::YesNo(true)), entry),
            None => Stated::by_rule(Value::YesNo(false), "no_request"),
        }
    }

    /// `fact spouse_gets_disability_carer_support`.
    pub fn spouse_gets_carer_support(&self, at: At) -> Stated {
        for spouse in self.spouses(at) {
            let paid = self.allowances(spouse).find(|entry| {
                entry.record.kind.as_deref() == Some("carer")
                    && entry
                        .record
                        .benefit_code
                        .clone()
                        .or_else(|| self.kept_apart_code(spouse, entry.id))
                        .is_some_and(|code| self.law.is_parent_support(&code))
            });
            if let Some(entry) = paid {
                return Stated::of_entry(Some(Value::YesNo(true)), entry);
            }
        }
        Stated::by_rule(Value::YesNo(false), "not_paid")
    }
}
