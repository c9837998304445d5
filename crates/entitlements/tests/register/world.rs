//! A small commune, put together record by record in the order of entry.

use chrono::NaiveDate;
use domain::records::{
    Allowance, DisabilityCertificate, Household, HouseholdMember, Person, PovertyClass, RegionStatus, Study, Village,
};
use domain::registry::Record;
use domain::{PartialDate, RecordId, Row, UnitId};
use entitlements::register::{Case, Lawbook, Loaded, MonthDue, Options, Register, Sheet, Sight, When, facts_of};
use entitlements::{Fact, PolicySet, Told};

pub const UNIT: UnitId = UnitId(51582);

pub fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

pub fn partial(text: &str) -> Option<PartialDate> {
    if text.is_empty() { None } else { Some(text.parse().unwrap()) }
}

pub fn book() -> Lawbook<'static> {
    Lawbook::new(PolicySet::embedded())
}

struct Put {
    id: RecordId,
    parent: Option<RecordId>,
    row: Row,
    moved: bool,
    entered: Option<NaiveDate>,
}

/// What was entered, in order.
#[derive(Default)]
pub struct World {
    put: Vec<Put>,
    /// Restricted facts are told.
    pub sight: Sight,
}

impl World {
    /// As it is for a worker with the right to see what is restricted.
    pub fn with_right() -> Self {
        Self { sight: Sight::Restricted, ..Self::default() }
    }

    fn next(&self) -> RecordId {
        RecordId::from_parts(self.put.len() as u64 + 1, [7; 10])
    }

    pub fn root<R: Record>(&mut self, record: R) -> RecordId {
        let id = self.next();
        self.put.push(Put { id, parent: None, row: record.to_row(), moved: false, entered: None });
        id
    }

    pub fn child<R: Record>(&mut self, parent: RecordId, record: R) -> RecordId {
        let id = self.next();
        self.put.push(Put { id, parent: Some(parent), row: record.to_row(), moved: false, entered: None });
        id
    }

    pub fn person(&mut self, birth: &str) -> RecordId {
        self.root(Person { birth_date: partial(birth), ..Person::default() })
    }

    pub fn household(&mut self) -> RecordId {
        self.root(Household::default())
    }

    pub fn member(&mut self, household: RecordId, person: RecordId, relationship: &str) -> RecordId {
        self.child(
            household,
            HouseholdMember {
                person: Some(person),
                relationship_to_head: Some(relationship.into()),
                ..HouseholdMember::default()
            },
        )
    }

    /// A person alone in a household of a class of 2026.
    pub fn alone(&mut self, birth: &str, class: &str) -> RecordId {
        let (household, person) = (self.household(), self.person(birth));
        self.member(household, person, "head");
        if !class.is_empty() {
            self.class(household, 2026, class);
        }
        person
    }

    pub fn class(&mut self, household: RecordId, year: i64, class: &str) -> RecordId {
        self.child(household, PovertyClass { year: Some(year), class: Some(class.into()), ..PovertyClass::default() })
    }

    pub fn certificate(&mut self, person: RecordId, severity: &str, from: &str) -> RecordId {
        let certificate = DisabilityCertificate {
            severity: Some(severity.into()),
            valid_from: Some(day(from)),
            ..DisabilityCertificate::default()
        };
        self.child(person, certificate)
    }

    pub fn allowance(&mut self, person: RecordId, kind: &str, code: &str, amount: i64, from: &str, to: &str) -> RecordId {
        let month = |text: &str| if text.is_empty() { None } else { Some(text.parse().unwrap()) };
        self.child(
            person,
            Allowance {
                kind: Some(kind.into()),
                benefit_code: if code.is_empty() { None } else { Some(code.into()) },
                amount: if amount == 0 { None } else { Some(amount) },
                from_month: month(from),
                to_month: month(to),
                ..Allowance::default()
            },
        )
    }

    pub fn study(&mut self, person: RecordId, level: &str, status: &str, from: &str, to: &str) -> RecordId {
        self.child(
            person,
            Study {
                level: Some(level.into()),
                status: Some(status.into()),
                from_on: partial(from),
                to_on: partial(to),
                ..Study::default()
            },
        )
    }

    pub fn village(&mut self, kind: &str, commune: &str) -> RecordId {
        let village = self.root(Village { unit: Some(i64::from(UNIT.0)), ..Village::default() });
        if !kind.is_empty() {
            self.child(village, RegionStatus { kind: Some(kind.into()), ..RegionStatus::default() });
        }
        if !commune.is_empty() {
            let unit = Some(i64::from(UNIT.0));
            self.root(RegionStatus { unit, kind: Some(commune.into()), ..RegionStatus::default() });
        }
        village
    }

    /// Changes the last record put in for somebody.
    pub fn change<R: Record>(&mut self, id: RecordId, change: impl FnOnce(&mut R)) {
        let put = self.put.iter_mut().find(|put| put.id == id).unwrap();
        let mut record = R::from_row(&put.row);
        change(&mut record);
        put.row = record.to_row();
    }

    pub fn died(&mut self, person: RecordId, on: &str) {
        self.change(person, |record: &mut Person| record.death_date = partial(on));
    }

    pub fn entered(&mut self, id: RecordId, on: &str) {
        self.put.iter_mut().find(|put| put.id == id).unwrap().entered = Some(day(on));
    }

    pub fn moved(&mut self, id: RecordId) {
        self.put.iter_mut().find(|put| put.id == id).unwrap().moved = true;
    }

    /// Everything joined; roots go before their children, as the store gives them.
    pub fn register(&self) -> Register {
        let mut register = Register::new();
        let (roots, children): (Vec<&Put>, Vec<&Put>) =
            self.put.iter().partition(|put| put.parent.is_none() && put.row.kind.name != "region_status");
        for (order, put) in roots.into_iter().chain(children).enumerate() {
            register.add(Loaded {
                id: put.id,
                parent: put.parent,
                scope: UNIT,
                order: order as i64,
                moved: put.moved,
                entered: put.entered,
                row: &put.row,
            });
        }
        register.join()
    }

    pub fn options(&self) -> Options {
        Options { sight: self.sight, ..Options::default() }
    }

    pub fn sheet(&self, person: RecordId, when: When) -> Sheet {
        let (register, book) = (self.register(), book());
        facts_of(&register, book.law(), register.find(person).unwrap(), when, self.options())
    }

    /// What a fact is on a day.
    pub fn fact(&self, person: RecordId, on: &str, fact: Fact) -> Option<Told<'static>> {
        self.sheet(person, When::On(day(on))).facts.get(fact)
    }

    /// The rule a fact is told by on a day.
    pub fn rule(&self, person: RecordId, on: &str, fact: Fact) -> &'static str {
        self.sheet(person, When::On(day(on))).origin(fact).unwrap().rule
    }

    /// What is due for a month: codes and amounts, or what is missing.
    pub fn due(&self, person: RecordId, month: &str) -> Result<Vec<(String, i64)>, Vec<&'static str>> {
        self.with_due(person, month, |due| match due.regular.rows() {
            Some(rows) => Ok(rows.iter().map(|row| (row.code.to_owned(), row.amount)).collect()),
            None => Err(due.regular.missing().iter().map(Fact::name).collect()),
        })
    }

    /// Carer support due for a month.
    pub fn carer_due(&self, person: RecordId, month: &str) -> Vec<(String, i64, Option<RecordId>)> {
        self.with_due(person, month, |due| {
            due.carer.rows().unwrap().iter().map(|row| (row.code.to_owned(), row.amount, row.cared)).collect()
        })
    }

    fn with_due<T>(&self, person: RecordId, month: &str, f: impl FnOnce(&MonthDue<'_>) -> T) -> T {
        let (register, book) = (self.register(), book());
        let case = Case { register: &register, book: &book, options: self.options() };
        f(&case.due(register.find(person).unwrap(), month.parse().unwrap(), &|_| {}))
    }

    pub fn scan(&self, month: &str, ahead: u32) -> Vec<entitlements::outreach::OutreachLine> {
        let (register, book) = (self.register(), book());
        let case = Case { register: &register, book: &book, options: self.options() };
        entitlements::outreach::scan(&case, month.parse().unwrap(), ahead)
    }
}

/// A fact on several days: the first that differs is told.
pub fn table(world: &World, person: RecordId, fact: Fact, rows: &[(&str, Option<Told<'static>>)]) {
    for (on, wanted) in rows {
        assert_eq!(world.fact(person, on, fact), *wanted, "{fact} on {on}");
    }
}

pub const YES: Option<Told<'static>> = Some(Told::YesNo(true));
pub const NO: Option<Told<'static>> = Some(Told::YesNo(false));

pub fn code(code: &'static str) -> Option<Told<'static>> {
    Some(Told::Code(code))
}

pub fn count(count: u32) -> Option<Told<'static>> {
    Some(Told::Count(count))
}
