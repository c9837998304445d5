//! Acts of family life (biến động): each is told as a form, previewed, and done in one transaction that one undo takes back.
//!
//! Owes its callers: all problems at once; a preview that says what will be written; nothing done where the register has
//! changed so that something else would happen. Past rosters stay right: rows end and others begin, none is rewritten.
//! Would surprise: a changed relation to the head is a new membership row, since the relation on a past day counts too.

mod households;
mod mends;
mod moves;
mod people;
mod plan;
mod registers;
mod villages;

use domain::{RecordId, UnitId};
use store::{Right, Tx, View};

use crate::commands::types::{ActDone, ActForm, ActPreview};
use crate::convert::can_save;
use crate::host::{Host, today};
use crate::limits;
use crate::problem::{Code, Problem, Result};
use crate::session::Open;
use crate::views::family::FamilyAct;
use plan::Plan;

/// What an act would do, with everything that is wrong or odd about it.
pub fn check_act(host: &dyn Host, form: ActForm) -> Result<ActPreview> {
    let open = host.session().open()?;
    check_right(&open, &form)?;
    let (unit, today) = (UnitId(open.store.identity().unit), today(host));
    Ok(open.store.read(|view| {
        // Ids of a preview are shown to nobody.
        let ids = || Ok(RecordId([0; 16]));
        let plan = planned(view, &ids, &form, unit, today)?;
        Ok(ActPreview { problems: plan.problems.into_iter().map(Into::into).collect(), lines: plan.lines })
    })?)
}

/// Does an act: one transaction, one entry in the history, one undo.
pub fn do_act(host: &dyn Host, form: ActForm) -> Result<ActDone> {
    let open = host.session().open()?;
    check_right(&open, &form)?;
    let (unit, today) = (UnitId(open.store.identity().unit), today(host));
    let written = limits::write(host, &open, |tx| perform(tx, &form, unit, today))?;
    let done = written.value?;
    Ok(ActDone {
        act: written.act.map(|act| act.to_string()),
        touched: written.touched.iter().map(ToString::to_string).collect(),
        ..done
    })
}

/// Does an act in a transaction, or says why not and writes nothing.
///
/// # Errors
/// Of the store only; a refusal is the inner result.
pub fn perform(tx: &Tx<'_>, form: &ActForm, unit: UnitId, today: chrono::NaiveDate) -> store::Result<Result<ActDone>> {
    let ids = || tx.new_id();
    let plan = planned(tx, &ids, form, unit, today)?;
    let problems: Vec<crate::forms::FieldProblem> = plan.problems.iter().cloned().map(Into::into).collect();
    if !can_save(&problems) {
        return Ok(Err(Problem::invalid(problems)));
    }
    if form.seen.as_ref().is_some_and(|seen| *seen != plan.lines) {
        return Ok(Err(Code::PreviewOutdated.into()));
    }
    let id = plan.page;
    plan.write(tx)?;
    let warnings = problems.into_iter().filter(|problem| problem.level == domain::Level::Warning).collect();
    Ok(Ok(ActDone { id, problems: warnings, act: None, touched: Vec::new() }))
}

fn planned<'a>(
    view: &'a View<'a>,
    ids: &'a dyn Fn() -> store::Result<RecordId>,
    form: &ActForm,
    unit: UnitId,
    today: chrono::NaiveDate,
) -> store::Result<Plan<'a>> {
    let mut plan = Plan::new(view, ids, form, unit, today);
    match &form.act {
        FamilyAct::Split { household, leaving, staying, village, address_detail } => {
            households::split(&mut plan, *household, leaving, staying, *village, address_detail)?;
        }
        FamilyAct::Merge { household, into, joining } => households::merge(&mut plan, *household, *into, joining)?,
        FamilyAct::KeepHead { household, person } => mends::keep_head(&mut plan, *household, *person)?,
        FamilyAct::KeepHome { household, person } => mends::keep_home(&mut plan, *household, *person)?,
        FamilyAct::ChangeHead { household, relations } => households::change_head(&mut plan, *household, relations)?,
        FamilyAct::Leave { household, leaving, staying, destination, why } => {
            moves::leave(&mut plan, *household, leaving, staying, destination, *why)?;
        }
        FamilyAct::Arrive { household, person, new, relationship, why, came_from, spouse } => {
            let who = moves::Who { person: *person, new: new.as_ref(), relationship: relationship.as_deref(), spouse: *spouse };
            moves::arrive(&mut plan, *household, &who, *why, came_from)?;
        }
        FamilyAct::ComeBack { household, person } => moves::come_back(&mut plan, *household, *person)?,
        FamilyAct::MoveHousehold { household, destination } => moves::move_household(&mut plan, *household, destination)?,
        FamilyAct::ReturnHousehold { household, village, address_detail, members } => {
            moves::return_household(&mut plan, *household, *village, address_detail, members)?;
        }
        FamilyAct::Birth { household, child, relationship, mother, father } => {
            people::birth(&mut plan, *household, child, relationship.as_deref(), *mother, *father)?;
        }
        FamilyAct::Death { person, certificate_no, staying } => people::death(&mut plan, *person, certificate_no, staying)?,
        FamilyAct::LinkRegisters { household, other } => registers::link(&mut plan, *household, *other)?,
        FamilyAct::CheckSameId { person } => registers::check_same_id(&mut plan, *person)?,
        FamilyAct::RenameVillage { village, name, village_type, decision_no } => {
            villages::become_one(&mut plan, &[*village], name, village_type, decision_no)?;
        }
        FamilyAct::MergeVillages { villages, name, village_type, decision_no } => {
            villages::merge(&mut plan, villages, name, village_type, decision_no)?;
        }
    }
    Ok(plan)
}

/// Villages are the commune's: who may not change places may not do these acts.
fn check_right(open: &Open, form: &ActForm) -> Result<()> {
    let of_places = matches!(form.act, FamilyAct::RenameVillage { .. } | FamilyAct::MergeVillages { .. });
    if of_places && !open.account.may(Right::Places) { Err(Code::NoRight.into()) } else { Ok(()) }
}
