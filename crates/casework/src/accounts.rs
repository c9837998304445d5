//! Sign-in, the first run, workers and their rights.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{UnitId, places, text};
use store::{
    Account, Author, Folder, FolderState, Integrity, NewStore, NewWorker, PublicFacts, RecoveryKey, Role, SENT_LOG_DAYS, Store,
    WorkerChange,
};
use zeroize::Zeroizing;

use crate::commands::types::{
    AddWorker, AppState, ChangePassword, Communes, ConfirmRecoveryKey, FinishSetUpStep, ListCommunes, Nothing, RecoveryKeyShown,
    RemoveWorker, RenewRecoveryKey, ResetPassword, SetUp, SignIn, UpdateWorker, Workers,
};
use crate::forms::FieldProblem;
use crate::host::{Host, author, instant, today};
use crate::outreach;
use crate::problem::{Code, Problem, Result};
use crate::settings;
use crate::views::accounts::{CommuneName, IntegrityState, Phase, SetUpStep, SignedIn, WorkerCard, WorkerRow};

/// Communes offered at once.
const OFFERED: usize = 50;
/// Setting that remembers which step of the first run comes next.
const STEP: &str = "set_up.step";

/// Where the program stands.
pub fn app_state(host: &dyn Host, _: Nothing) -> Result<AppState> {
    let session = host.session();
    let mut state = AppState {
        phase: Phase::Refused,
        refusal: None,
        sample: session.makes_samples(),
        commune: None,
        workers: Vec::new(),
        worker: None,
        last_backup_at: None,
        waiting: 0,
        waiting_since: None,
        today: today(host).to_string(),
        version: host.version().to_owned(),
        set_up: SetUpStep::Commune,
        integrity: IntegrityState::Unknown,
        settings: settings::read(session.path()),
    };
    let folder = match session.folder() {
        Ok(folder) => folder,
        Err(problem) => return Ok(AppState { refusal: Some(problem.code), ..state }),
    };
    match folder.state() {
        Ok(FolderState::Absent) => state.phase = Phase::Absent,
        Ok(FolderState::Locked(facts)) => {
            state.phase = Phase::Locked;
            show_facts(&mut state, &facts);
        }
        Ok(FolderState::StoreMissing(facts)) => {
            state.refusal = Some(Code::StoreMissing);
            show_facts(&mut state, &facts);
        }
        Ok(FolderState::DamagedKeys) => state.refusal = Some(Code::DamagedKeys),
        Ok(FolderState::Newer) => state.refusal = Some(Code::NewerSchema),
        Err(error) => state.refusal = Some(Problem::from(error).code),
    }
    let status = folder.status();
    state.last_backup_at = status.last_backup_at.map(|at| instant(at.timestamp_millis()));
    state.waiting = u32::try_from(status.waiting).unwrap_or(u32::MAX);
    if let Ok(open) = session.open() {
        show_open(&mut state, &open.store, &open.account)?;
    }
    Ok(state)
}

fn show_facts(state: &mut AppState, facts: &PublicFacts) {
    state.sample = facts.identity.sample;
    state.commune = commune_name(UnitId(facts.identity.unit));
    state.workers = facts.workers.iter().map(worker_card).collect();
}

/// A worker as the sign-in shows them.
pub(crate) fn worker_card(worker: &store::PublicWorker) -> WorkerCard {
    WorkerCard { uid: worker.uid, name: worker.name.clone(), role: worker.role.code().to_owned(), last_seen_at: None }
}

fn show_open(state: &mut AppState, store: &Store, account: &Account) -> Result<()> {
    state.phase = Phase::Open;
    let right = |right: &store::Right| serde_json::to_value(right).ok().and_then(|name| name.as_str().map(str::to_owned));
    state.worker = Some(SignedIn {
        uid: account.uid,
        name: account.name.clone(),
        role: account.role.code().to_owned(),
        admin: account.admin,
        rights: account.rights().iter().filter_map(right).collect(),
    });
    state.integrity = match store.integrity() {
        Integrity::Sound => IntegrityState::Sound,
        Integrity::Damaged => IntegrityState::Damaged,
        Integrity::Unknown | Integrity::Running => IntegrityState::Unknown,
    };
    let (step, waiting) = store.read(|view| Ok((view.find_setting(STEP)?, view.waiting()?)))?;
    state.waiting = u32::try_from(waiting.changes).unwrap_or(u32::MAX);
    state.waiting_since = waiting.oldest_at_ms.map(instant);
    state.set_up = step.as_deref().and_then(step_of).unwrap_or(SetUpStep::Done);
    Ok(())
}

/// A commune's names by its unit.
pub(crate) fn commune_name(unit: UnitId) -> Option<CommuneName> {
    let commune = places::find(unit)?;
    Some(CommuneName { unit: unit.0, code: commune.code.clone(), name: commune.name.clone(), province: commune.province.clone() })
}

/// Communes to choose from in the first run.
pub fn list_communes(host: &dyn Host, req: ListCommunes) -> Result<Communes> {
    let wanted = text::fold(&req.text);
    let mut found: Vec<_> = places::list_on(today(host))
        .filter(|commune| text::fold(&commune.name).contains(&wanted) || commune.code.starts_with(req.text.trim()))
        .collect();
    found.sort_by_key(|commune| (!commune.of_hoa_binh, text::name_sort_key(&commune.name)));
    Ok(Communes { communes: found.iter().take(OFFERED).filter_map(|commune| commune_name(commune.unit)).collect() })
}

/// First run, step one: makes the store with its first worker, who is officer and administrator.
pub fn set_up(host: &dyn Host, req: SetUp) -> Result<RecoveryKeyShown> {
    let password = Zeroizing::new(req.password);
    let mut fields = Vec::new();
    if places::find(UnitId(req.unit)).is_none() {
        fields.push(field("unit", "commune_missing"));
    }
    if text::tidy(&req.name).is_empty() {
        fields.push(field("name", "name_missing"));
    }
    if !fields.is_empty() {
        return Err(Problem::invalid(fields));
    }
    let folder = host.session().folder()?;
    let new = NewStore {
        unit: req.unit,
        sample: host.session().makes_samples(),
        worker: &req.name,
        role: Role::Officer,
        password: &password,
    };
    let (store, recovery_key) = folder.create(new, host.now())?;
    let account = store.read(|view| view.get_account(1))?;
    store.write(author(host, account.uid), |tx| tx.set_setting(STEP, Some(step_name(SetUpStep::RecoveryKey))))?;
    host.session().begin(store, account, host.now());
    Ok(show_recovery_key(host, &recovery_key))
}

/// Shows a recovery key, once, and remembers which group must be typed back.
fn show_recovery_key(host: &dyn Host, recovery_key: &RecoveryKey) -> RecoveryKeyShown {
    let groups = groups(&recovery_key.reveal());
    if let Ok(mut pending) = host.session().pending_recovery.lock() {
        *pending = groups.get(2).cloned();
    }
    RecoveryKeyShown { groups }
}

/// Makes a new recovery key where the first was not written down: the old paper is worthless from then on.
pub fn renew_recovery_key(host: &dyn Host, req: RenewRecoveryKey) -> Result<RecoveryKeyShown> {
    let password = Zeroizing::new(req.password);
    let open = host.session().open()?;
    let folder = host.session().folder()?;
    folder.verify_password(&open.store, open.account.uid, &password)?;
    let recovery_key = folder.renew_recovery_key(&open.store, author(host, open.account.uid))?;
    Ok(show_recovery_key(host, &recovery_key))
}

fn groups(key: &str) -> Vec<String> {
    let symbols: Vec<char> = key.chars().filter(char::is_ascii_alphanumeric).collect();
    symbols.chunks(4).map(|group| group.iter().collect()).collect()
}

/// The third group of the recovery key, typed back, ends step two.
pub fn confirm_recovery_key(host: &dyn Host, req: ConfirmRecoveryKey) -> Result<AppState> {
    let typed = req.group.trim().to_uppercase().replace('O', "0").replace(['I', 'L'], "1");
    let shown = host.session().pending_recovery.lock().ok().and_then(|pending| pending.clone());
    if shown.is_some_and(|group| group != typed) {
        return Err(Problem::invalid(vec![field("group", "group_differs")]));
    }
    if let Ok(mut pending) = host.session().pending_recovery.lock() {
        *pending = None;
    }
    finish_set_up_step(host, FinishSetUpStep { step: SetUpStep::RecoveryKey })
}

/// Ends a step of the first run; steps already behind stay behind.
pub fn finish_set_up_step(host: &dyn Host, req: FinishSetUpStep) -> Result<AppState> {
    let open = host.session().open()?;
    let next = match req.step {
        SetUpStep::Commune => SetUpStep::RecoveryKey,
        SetUpStep::RecoveryKey => SetUpStep::Enrolment,
        SetUpStep::Enrolment => SetUpStep::Data,
        SetUpStep::Data | SetUpStep::Done => SetUpStep::Done,
    };
    open.store.write(author(host, open.account.uid), |tx| tx.set_setting(STEP, Some(step_name(next))))?;
    app_state(host, Nothing {})
}

fn step_name(step: SetUpStep) -> &'static str {
    match step {
        SetUpStep::Commune => "commune",
        SetUpStep::RecoveryKey => "recovery_key",
        SetUpStep::Enrolment => "enrolment",
        SetUpStep::Data => "data",
        SetUpStep::Done => "done",
    }
}

fn step_of(name: &str) -> Option<SetUpStep> {
    let steps = [SetUpStep::Commune, SetUpStep::RecoveryKey, SetUpStep::Enrolment, SetUpStep::Data, SetUpStep::Done];
    steps.into_iter().find(|step| step_name(*step) == name)
}

/// Opens the store with a worker's password.
pub fn sign_in(host: &dyn Host, req: SignIn) -> Result<AppState> {
    let password = Zeroizing::new(req.password);
    let folder = host.session().folder()?;
    // A locked session keeps its store for sync: the same one is opened anew for this worker.
    let store = folder.sign_in(req.uid, &password, host.now())?;
    enter(host, &folder, store, req.uid)
}

/// Gives a worker a new password by the recovery key, and signs them in.
pub fn reset_password(host: &dyn Host, req: ResetPassword) -> Result<AppState> {
    let (typed, password) = (Zeroizing::new(req.recovery_key), Zeroizing::new(req.password));
    let recovery_key = RecoveryKey::parse(&typed)?;
    let folder = host.session().folder()?;
    let store = folder.reset_password(req.uid, &recovery_key, &password, host.now())?;
    enter(host, &folder, store, req.uid)
}

fn enter(host: &dyn Host, folder: &std::sync::Arc<Folder>, store: Store, uid: u32) -> Result<AppState> {
    let account = store.read(|view| view.get_account(uid))?;
    let (folder, now) = (folder.clone(), host.now());
    let (checked, kept) = (store.clone(), store.clone());
    let session = host.session();
    session.spawn(move || {
        let (done, result) = std::sync::mpsc::channel();
        checked.check_in_background(move |integrity| {
            // Nobody waits any more where the program ends without it.
            let _ = done.send(integrity);
        });
        let _ = result.recv();
    });
    let backing_up = session.backing_up.clone();
    let lines = session.outreach.clone();
    session.spawn(move || {
        let _one = backing_up.lock();
        let is_first = do_daily_work(&folder, &kept, now).unwrap_or_else(|_| {
            tracing::warn!("daily work failed");
            false
        });
        // The first page of the morning is ready before anybody asks; where this fails, asking computes it.
        if is_first && outreach::prepare(&lines, &kept, now).is_err() {
            tracing::warn!("outreach was not prepared");
        }
    });
    session.begin(store, account, host.now());
    app_state(host, Nothing {})
}

/// What each day begins with: lists as they are today, a backup here and at the second place, an old sent log forgotten.
/// True at the first sign-in of a day.
fn do_daily_work(folder: &Folder, store: &Store, now: DateTime<Utc>) -> store::Result<bool> {
    let program = Author::program(now.timestamp_millis());
    if store.read(|view| view.is_list_due(program.at_ms))? {
        store.write(program, |tx| tx.refresh_lists())?;
    }
    let made = folder.back_up_once_a_day(store, now)?;
    let place = folder.find_second_place(store)?;
    if place.is_some_and(|place| place.is_dir()) && (made.is_some() || folder.status().second_place_is_due(now)) {
        folder.back_up_to_second_place(store, now)?;
    }
    if made.is_some() {
        let oldest = now - TimeDelta::days(SENT_LOG_DAYS);
        store.write(program, |tx| tx.prune_sent_log(oldest.timestamp_millis()))?;
    }
    Ok(made.is_some())
}

/// Locks the door: the draft stays with its worker, sync may go on.
pub fn lock(host: &dyn Host, _: Nothing) -> Result<AppState> {
    host.session().lock();
    app_state(host, Nothing {})
}

/// Changes one's own password.
pub fn change_password(host: &dyn Host, req: ChangePassword) -> Result<Nothing> {
    let (old, new) = (Zeroizing::new(req.old), Zeroizing::new(req.new));
    let open = host.session().open()?;
    host.session().folder()?.change_password(&open.store, author(host, open.account.uid), &old, &new)?;
    Ok(Nothing {})
}

/// Workers of this machine, removed ones too.
pub fn list_workers(host: &dyn Host, _: Nothing) -> Result<Workers> {
    let open = host.session().open()?;
    let accounts = open.store.read(|view| view.list_accounts())?;
    let row = |account: Account| WorkerRow {
        uid: account.uid,
        name: account.name,
        role: account.role.code().to_owned(),
        admin: account.admin,
        active: account.active,
    };
    Ok(Workers { workers: accounts.into_iter().map(row).collect() })
}

fn role(code: &str) -> Result<Role> {
    Role::from_code(code).ok_or_else(|| Problem::invalid(vec![field("role", "role_missing")]))
}

/// Adds a worker.
pub fn add_worker(host: &dyn Host, req: AddWorker) -> Result<Workers> {
    let password = Zeroizing::new(req.password);
    let open = host.session().open()?;
    let me = author(host, open.account.uid);
    if text::tidy(&req.name).is_empty() {
        return Err(Problem::invalid(vec![field("name", "name_missing")]));
    }
    let new = NewWorker { name: &req.name, role: role(&req.role)?, admin: req.admin, password: &password };
    host.session().folder()?.add_worker(&open.store, me, new)?;
    list_workers(host, Nothing {})
}

/// Changes a worker's role or flag.
pub fn update_worker(host: &dyn Host, req: UpdateWorker) -> Result<Workers> {
    let open = host.session().open()?;
    let me = author(host, open.account.uid);
    let present = open.store.read(|view| view.get_account(req.uid))?;
    let change = WorkerChange { name: &present.name, role: role(&req.role)?, admin: req.admin };
    let account = host.session().folder()?.change_worker(&open.store, me, req.uid, change)?;
    host.session().renew(account);
    list_workers(host, Nothing {})
}

/// Removes a worker: their password opens nothing new from then on.
pub fn remove_worker(host: &dyn Host, req: RemoveWorker) -> Result<Workers> {
    let open = host.session().open()?;
    host.session().folder()?.remove_worker(&open.store, author(host, open.account.uid), req.uid)?;
    list_workers(host, Nothing {})
}

fn field(path: &str, code: &str) -> FieldProblem {
    domain::Problem::error(path, code).into()
}
