//! A plan: what an act will write, collected with its problems and the lines of its preview, then written in one go.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::records::{FamilyEvent, Household, HouseholdMember, Person};
use domain::registry::Record;
use domain::{PartialDate, Problem, RecordId, Row, UnitId, Value, family};
use store::{FieldChange, Place, Sight, Stored, Tx, View};

use crate::convert::label;
use crate::views::family::{ActForm, ActLine, MemberRelation};

/// See the module.
pub(super) struct Plan<'a> {
    pub(super) view: &'a View<'a>,
    ids: &'a dyn Fn() -> store::Result<RecordId>,
    pub(super) unit: UnitId,
    pub(super) today: NaiveDate,
    on: Option<String>,
    reason: Option<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) lines: Vec<ActLine>,
    /// The page to look at afterwards.
    pub(super) page: Option<RecordId>,
    made: Vec<(RecordId, Row, Place)>,
    changed: BTreeMap<RecordId, (Row, Row)>,
    settled: Vec<(RecordId, FieldChange)>,
    removed: Vec<(RecordId, &'static str)>,
}

/// Somebody who is a member of a household with an open row.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) stored: Stored,
    pub(super) row: HouseholdMember,
    pub(super) person: Stored,
    pub(super) facts: Person,
}

impl Member {
    pub(super) fn name(&self) -> String {
        self.facts.full_name.clone().unwrap_or_default()
    }

    pub(super) fn is_head(&self) -> bool {
        self.row.relationship_to_head.as_deref() == Some("head")
    }
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        view: &'a View<'a>,
        ids: &'a dyn Fn() -> store::Result<RecordId>,
        form: &ActForm,
        unit: UnitId,
        today: NaiveDate,
    ) -> Self {
        Self {
            view,
            ids,
            unit,
            today,
            on: form.on.clone(),
            reason: Some(domain::text::tidy(&form.reason)).filter(|reason| !reason.is_empty()),
            problems: Vec::new(),
            lines: Vec::new(),
            page: None,
            made: Vec::new(),
            changed: BTreeMap::new(),
            settled: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// The day of the act. What is wrong with it is noted and the rest is planned as of today, so that all problems come at once.
    pub(super) fn day(&mut self) -> NaiveDate {
        match family::day(self.on.as_deref(), true, self.today) {
            Ok(on) => on.first_day(),
            Err(problem) => {
                self.problems.push(problem);
                self.today
            }
        }
    }

    /// The same for a birth or a death, as precisely as known.
    pub(super) fn partial_day(&mut self) -> PartialDate {
        family::day(self.on.as_deref(), false, self.today).unwrap_or_else(|problem| {
            self.problems.push(problem);
            PartialDate::Day(self.today)
        })
    }

    /// Why, as told; empty where nothing was.
    pub(super) fn reason_text(&self) -> String {
        self.reason.clone().unwrap_or_default()
    }

    pub(super) fn error(&mut self, path: &str, code: &str) {
        self.problems.push(Problem::error(path, code));
    }

    pub(super) fn line<const N: usize>(&mut self, code: &str, params: [(&str, String); N]) {
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.lines.push(ActLine { code: code.to_owned(), params });
    }

    /// The household, its living members with an open row, in the order of their making.
    pub(super) fn household(&mut self, id: RecordId) -> store::Result<(Stored, Vec<Member>)> {
        let household = self.view.get_record(self.view.resolve(id)?, Sight::Plain)?;
        if household.kind().number != Household::KIND.number {
            return Err(store::Error::BadValue);
        }
        self.page.get_or_insert(household.id);
        let mut members = Vec::new();
        for stored in self.view.list_children(household.id, HouseholdMember::KIND, Sight::Plain)? {
            let row: HouseholdMember = stored.record();
            let Some(person) = row.person.filter(|_| row.to_on.is_none()) else { continue };
            let Some(person) = self.view.find_record(self.view.resolve(person)?, Sight::Plain)? else { continue };
            let facts: Person = person.record();
            if facts.death_date.is_none() {
                members.push(Member { stored, row, person, facts });
            }
        }
        Ok((household, members))
    }

    /// A person of the register.
    pub(super) fn person(&self, id: RecordId) -> store::Result<(Stored, Person)> {
        let person = self.view.get_record(self.view.resolve(id)?, Sight::Plain)?;
        let facts = person.record();
        Ok((person, facts))
    }

    /// Open memberships of a person, in any household.
    pub(super) fn open_memberships(&self, person: &Stored) -> store::Result<Vec<Member>> {
        let facts: Person = person.record();
        let rows = self.view.list_referring(HouseholdMember::KIND, "person", person.id, Sight::Plain)?;
        let open = rows.into_iter().map(|stored| (stored.record::<HouseholdMember>(), stored));
        let open = open.filter(|(row, stored)| row.to_on.is_none() && stored.parent.is_some());
        Ok(open.map(|(row, stored)| Member { stored, row, person: person.clone(), facts: facts.clone() }).collect())
    }

    /// Those of the members whom a form names, each with the relation it gives; somebody it names who is no member is an error.
    pub(super) fn named<'m>(
        &mut self,
        path: &str,
        members: &'m [Member],
        named: &'m [MemberRelation],
    ) -> Vec<(&'m Member, Option<&'m str>)> {
        let mut found = Vec::new();
        for relation in named {
            match members.iter().find(|member| member.person.id == relation.person || member.row.person == Some(relation.person))
            {
                Some(member) => found.push((member, relation.relationship.as_deref().filter(|code| !code.is_empty()))),
                None => self.error(path, "act_not_a_member"),
            }
        }
        found
    }

    /// What a household is called in a preview: its head and its code.
    pub(super) fn household_name(&self, household: &Stored, members: &[Member]) -> String {
        let code = household.record::<Household>().code.unwrap_or_default();
        match members.iter().find(|member| member.is_head()) {
            Some(head) => format!("{} ({code})", head.name()),
            None => code,
        }
    }

    pub(super) fn label(&self, id: RecordId) -> store::Result<String> {
        label(self.view, id)
    }

    /// A new record; written before anything is changed, in the order of planning.
    pub(super) fn make<R: Record>(&mut self, record: &R, place: Place) -> store::Result<RecordId> {
        let id = self.new_id()?;
        self.make_as(id, record.to_row(), place);
        Ok(id)
    }

    pub(super) fn new_id(&self) -> store::Result<RecordId> {
        (self.ids)()
    }

    pub(super) fn make_as(&mut self, id: RecordId, row: Row, place: Place) {
        self.made.push((id, row, place));
    }

    /// A new value of a record's column.
    pub(super) fn set(&mut self, stored: &Stored, column: &str, value: Option<Value>) {
        let (_, after) = self.changed.entry(stored.id).or_insert_with(|| (stored.row.clone(), stored.row.clone()));
        after.set(column, value);
    }

    /// What a field holds from now on, also where two values of it disagree.
    pub(super) fn settle(&mut self, stored: &Stored, change: FieldChange) {
        self.settled.push((stored.id, change));
    }

    /// A record that never was.
    pub(super) fn remove(&mut self, stored: &Stored, reason: &'static str) {
        self.removed.push((stored.id, reason));
    }

    /// Ends a membership on the day before; a row that began later cannot.
    pub(super) fn end(&mut self, path: &str, member: &Member, day: NaiveDate, reason: &str) {
        let last = day.pred_opt().unwrap_or(day);
        if let Some(from) = member.row.from_on.filter(|from| from.first_day() > last) {
            let problem = Problem::error(path, "act_before_arrival").with("name", member.name()).with("date", from);
            self.problems.push(problem);
            return;
        }
        self.end_on(member, PartialDate::Day(last), reason);
    }

    /// Ends a membership with a day that still counts.
    pub(super) fn end_on(&mut self, member: &Member, last: PartialDate, reason: &str) {
        self.set(&member.stored, "to_on", Some(Value::PartialDate(last)));
        self.set(&member.stored, "reason_out", text(reason));
    }

    /// A new membership from a day on.
    pub(super) fn join(
        &mut self,
        household: RecordId,
        person: RecordId,
        relationship: Option<&str>,
        from: PartialDate,
        reason: &str,
        came_from: Option<String>,
    ) -> store::Result<()> {
        let member = HouseholdMember {
            person: Some(person),
            relationship_to_head: relationship.map(str::to_owned),
            from_on: Some(from),
            reason_in: Some(reason.to_owned()),
            came_from,
            ..HouseholdMember::default()
        };
        self.make(&member, Place::Child(household)).map(drop)
    }

    /// The relations of those who stay: where the head leaves, or any relation is given, the rest must have one head.
    pub(super) fn relate_stayers(
        &mut self,
        path: &str,
        household: RecordId,
        stayers: &[&Member],
        given: &[MemberRelation],
        day: NaiveDate,
        head_leaves: bool,
    ) -> store::Result<()> {
        if stayers.is_empty() || (!head_leaves && given.is_empty()) {
            return Ok(());
        }
        let after = |member: &Member| {
            let named =
                given.iter().find(|relation| relation.person == member.person.id || member.row.person == Some(relation.person));
            named.and_then(|relation| relation.relationship.clone()).or_else(|| member.row.relationship_to_head.clone())
        };
        let relations: Vec<Option<String>> = stayers.iter().map(|member| after(member)).collect();
        self.problems.extend(family::one_head(path, relations.iter().map(Option::as_deref)));
        for (member, relationship) in stayers.iter().zip(relations) {
            self.relate(path, household, member, relationship, day)?;
        }
        Ok(())
    }

    /// A new relation to the head from a day on: the old row ends the day before, so that rosters of the past stay as they were.
    fn relate(
        &mut self,
        path: &str,
        household: RecordId,
        member: &Member,
        relationship: Option<String>,
        day: NaiveDate,
    ) -> store::Result<()> {
        if relationship == member.row.relationship_to_head {
            return Ok(());
        }
        self.line(
            "relation",
            [
                ("name", member.name()),
                ("before", member.row.relationship_to_head.clone().unwrap_or_default()),
                ("after", relationship.clone().unwrap_or_default()),
            ],
        );
        if member.row.from_on.is_some_and(|from| from.first_day() >= day) {
            self.set(&member.stored, "relationship_to_head", relationship.map(Value::Code));
            return Ok(());
        }
        self.end(path, member, day, "relation");
        self.join(household, member.person.id, relationship.as_deref(), PartialDate::Day(day), "relation", None)
    }

    /// Writes down what happened: a row a person, or one for the household as a whole.
    pub(super) fn event(
        &mut self,
        what: &str,
        household: RecordId,
        on: PartialDate,
        people: &[RecordId],
        other: Option<RecordId>,
    ) -> store::Result<()> {
        let whole = [None];
        let people: Vec<Option<RecordId>> =
            if people.is_empty() { whole.to_vec() } else { people.iter().copied().map(Some).collect() };
        for person in people {
            let event =
                FamilyEvent { what: Some(what.to_owned()), happened_on: Some(on), reason: self.reason.clone(), person, other };
            self.make(&event, Place::Child(household))?;
        }
        Ok(())
    }

    /// Writes everything, new records first.
    pub(super) fn write(self, tx: &Tx<'_>) -> store::Result<()> {
        for (id, row, place) in &self.made {
            tx.create_as(*id, row, *place)?;
        }
        for (id, (before, after)) in &self.changed {
            tx.change_now(*id, &FieldChange::between(before, after))?;
        }
        for (id, change) in &self.settled {
            tx.change_now(*id, std::slice::from_ref(change))?;
        }
        for (id, reason) in &self.removed {
            tx.delete(*id, Some(reason))?;
        }
        Ok(())
    }
}

/// A text as a value; an empty one is none.
pub(super) fn text(text: &str) -> Option<Value> {
    Some(domain::text::tidy(text)).filter(|text| !text.is_empty()).map(Value::Text)
}

/// A text for a record; an empty one is none.
pub(super) fn told(text: &str) -> Option<String> {
    Some(domain::text::tidy(text)).filter(|text| !text.is_empty())
}

/// Names in a preview.
pub(super) fn names<'m>(members: impl IntoIterator<Item = &'m Member>) -> String {
    members.into_iter().map(Member::name).collect::<Vec<_>>().join(", ")
}
