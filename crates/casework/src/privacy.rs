//! What the law on personal data asks of an office: consents, requests of the person concerned and when they are due, and
//! the sheet with everything held about somebody.
//!
//! Consents and requests are records of a person and go through the common door for records; here is what is asked beyond
//! it. Deleting on request is the ordinary deletion: hidden, kept while the period of keeping runs, and brought back by undo.

use domain::records::{Consent, Household, HouseholdMember, ParentLink, Person, RestrictedHealth, Village};
use domain::registry::Record;
use domain::{Kind, RecordId, privacy};
use store::{AuditFilter, NewAuditEntry, Page, Right, Sight, Stored, View};

use crate::address;
use crate::commands::types::{ConsentList, DataRequestPage, ListDataRequests, PersonDataSheet, PrintPersonData, RecordRequest};
use crate::convert::{record_view, village_name};
use crate::exports::expect_reason;
use crate::forms::RecordView;
use crate::host::{Host, author, instant, today};
use crate::people::records_by_kind;
use crate::problem::{Code, Result};
use crate::records::unit_of;
use crate::views::people::KindRecords;
use crate::views::privacy::{ConsentView, DataRequestRow, OwnAct, OwnMembership};

/// Rows at once.
const LARGEST_PAGE: u32 = 200;
/// Acts on a person that a sheet tells.
const MOST_ACTS: u64 = 500;

/// A person's consents, and whether each counts today.
pub fn list_consents(host: &dyn Host, req: RecordRequest) -> Result<ConsentList> {
    let open = host.session().open()?;
    let today = today(host);
    Ok(open.store.read(|view| {
        let person = view.get_record(view.resolve(req.id)?, Sight::Plain)?;
        let born = person.record::<Person>().birth_date;
        let mut stored = view.list_children(person.id, Consent::KIND, Sight::Plain)?;
        stored.reverse();
        let shown = |stored: &Stored| {
            let consent: Consent = stored.record();
            let lacks = privacy::lacks(&consent, born).into_iter().map(|code| domain::Problem::warning("", code).into());
            Ok(ConsentView {
                counts: privacy::counts(&consent, born, today),
                problems: lacks.collect(),
                record: record_view(view, stored, today)?,
            })
        };
        Ok(ConsentList { consents: stored.iter().map(shown).collect::<store::Result<_>>()? })
    })?)
}

/// Requests without an answer, what is due first.
pub fn list_data_requests(host: &dyn Host, req: ListDataRequests) -> Result<DataRequestPage> {
    let open = host.session().open()?;
    let today = today(host).to_string();
    let page = Page { offset: u64::from(req.offset), limit: u64::from(req.limit.min(LARGEST_PAGE)) };
    Ok(open.store.read(|view| {
        let listed = view.list_open_data_requests(page)?;
        let shown = |row: store::OpenRequest| {
            Ok(DataRequestRow {
                id: row.id,
                person: view.resolve(row.person)?,
                person_name: row.person_name,
                matter: row.matter,
                filed_on: row.filed_on,
                overdue: row.due_on.as_ref().is_some_and(|due| *due < today),
                due_on: row.due_on,
            })
        };
        let rows = listed.rows.into_iter().map(shown).collect::<store::Result<_>>()?;
        Ok(DataRequestPage { rows, total: u32::try_from(listed.total).unwrap_or(u32::MAX) })
    })?)
}

/// Everything held about a person, for that person: nothing that tells of somebody else. It leaves the store on paper, so
/// the reason is kept in the audit; what is specially protected needs its own right and is kept as an opening.
pub fn print_person_data(host: &dyn Host, req: PrintPersonData) -> Result<PersonDataSheet> {
    let open = host.session().open()?;
    let reason = expect_reason(&req.reason)?;
    if req.restricted && !open.account.may(Right::RestrictedRead) {
        return Err(Code::NoRight.into());
    }
    let person = open.store.read(|view| view.get_record(view.resolve(req.person)?, Sight::Plain))?;
    let record = Some((person.kind().number, person.id));
    open.store.write(author(host, open.account.uid), |tx| {
        if req.restricted {
            tx.record_audit(NewAuditEntry { act: "restricted.open", record, reason: Some(&reason) })?;
        }
        tx.record_audit(NewAuditEntry { act: "person.sheet", record, reason: Some(&reason) })
    })?;
    let (today, unit) = (today(host), unit_of(&open.store));
    Ok(open.store.read(|view| {
        let memberships = own_memberships(view, person.id, today)?;
        let home = memberships.iter().find(|(_, present)| *present).map(|(household, _)| *household);
        let mut records = records_by_kind(view, person.id, today)?;
        records.retain(|group| !group.records.is_empty());
        records.iter_mut().for_each(without_others);
        Ok(PersonDataSheet {
            person: own(record_view(view, &person, today)?, person.kind()),
            address: home.map(|home| address::of_household(view, home, unit, today)).transpose()?.unwrap_or_default(),
            memberships: shown_memberships(view, person.id, today)?,
            records,
            restricted: if req.restricted { Some(restricted(view, person.id, today)?) } else { None },
            acts: acts(view, person.id)?,
            worker: open.account.name.clone(),
        })
    })?)
}

/// A record without what its columns tell of somebody else.
fn own(mut record: RecordView, kind: &Kind) -> RecordView {
    record.opened.values.retain(|column, _| !privacy::is_of_others(kind, column));
    record.names.retain(|column, _| !privacy::is_of_others(kind, column));
    record.opened.heads = store::Heads::default();
    record
}

fn without_others(group: &mut KindRecords) {
    if let Some(kind) = domain::registry::kind_named(&group.kind) {
        group.records = std::mem::take(&mut group.records).into_iter().map(|record| own(record, kind)).collect();
    }
}

fn own_memberships(view: &View<'_>, person: RecordId, today: chrono::NaiveDate) -> store::Result<Vec<(RecordId, bool)>> {
    let rows = view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)?;
    let present = |row: &Stored| {
        let member: HouseholdMember = row.record();
        crate::households::is_in_force(member.from_on.as_ref(), member.to_on.as_ref(), today)
    };
    Ok(rows.iter().filter_map(|row| Some((row.parent?, present(row)))).collect())
}

fn shown_memberships(view: &View<'_>, person: RecordId, today: chrono::NaiveDate) -> store::Result<Vec<OwnMembership>> {
    let mut shown = Vec::new();
    for row in view.list_referring(HouseholdMember::KIND, "person", person, Sight::Plain)? {
        let Some(parent) = row.parent else { continue };
        let Some(household) = view.find_record(view.resolve(parent)?, Sight::Plain)? else { continue };
        let household: Household = household.record();
        let village = match household.village {
            Some(id) => view.find_record(view.resolve(id)?, Sight::Plain)?,
            None => None,
        };
        shown.push(OwnMembership {
            household_code: household.code.unwrap_or_default(),
            village_name: village.map(|village| village_name(&village.record::<Village>())).unwrap_or_default(),
            membership: own(record_view(view, &row, today)?, HouseholdMember::KIND),
        });
    }
    Ok(shown)
}

/// What is specially protected, for a sight that the door has granted.
fn restricted(view: &View<'_>, person: RecordId, today: chrono::NaiveDate) -> store::Result<Vec<KindRecords>> {
    let mut groups = Vec::new();
    for kind in [RestrictedHealth::KIND, ParentLink::KIND] {
        let stored = view.list_children(person, kind, Sight::Restricted)?;
        let is_protected =
            |stored: &&Stored| kind.restricted || stored.record::<ParentLink>().status.as_deref() == Some("serving");
        let records = stored.iter().filter(is_protected).map(|stored| Ok(own(record_view(view, stored, today)?, kind)));
        let records = records.collect::<store::Result<Vec<_>>>()?;
        if !records.is_empty() {
            groups.push(KindRecords { kind: kind.name.to_owned(), records });
        }
    }
    Ok(groups)
}

fn acts(view: &View<'_>, person: RecordId) -> store::Result<Vec<OwnAct>> {
    let filter = AuditFilter { person: Some(person), ..AuditFilter::default() };
    let (entries, _) = view.find_audit(&filter, 0, MOST_ACTS)?;
    Ok(entries.into_iter().map(|entry| OwnAct { at: instant(entry.at_ms), act: entry.act }).collect())
}
