//! The one list of commands: from it come the dispatch, the TypeScript map and the page of the reference.
//!
//! `name(Request) -> Answer, need, module`. A name without a handler does not compile.

/// What a command asks of the store and the worker before it runs (house rules: rights bind at the command door).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: also before the first run and at the sign-in.
    Anyone,
    /// Somebody signed in.
    SignedIn,
    /// See the register.
    Read,
    /// Change the register.
    Write,
    /// Import lists.
    Import,
    /// Export the register.
    Export,
    /// See what is specially protected.
    RestrictedRead,
    /// Change what is specially protected.
    RestrictedWrite,
    /// Accounts, places, enrolment, restore, settings of the commune.
    Admin,
    /// Read the audit.
    Audit,
}

/// Calls `$then!` with the whole list.
#[macro_export]
#[doc(hidden)]
macro_rules! with_commands {
    ($then:ident) => {
        $then! {
            app_state(Nothing) -> AppState, Anyone, accounts;
            list_communes(ListCommunes) -> Communes, Anyone, accounts;
            set_up(SetUp) -> RecoveryKeyShown, Anyone, accounts;
            renew_recovery_key(RenewRecoveryKey) -> RecoveryKeyShown, Admin, accounts;
            confirm_recovery_key(ConfirmRecoveryKey) -> AppState, SignedIn, accounts;
            finish_set_up_step(FinishSetUpStep) -> AppState, SignedIn, accounts;
            sign_in(SignIn) -> AppState, Anyone, accounts;
            lock(Nothing) -> AppState, Anyone, accounts;
            reset_password(ResetPassword) -> AppState, Anyone, accounts;
            change_password(ChangePassword) -> Nothing, SignedIn, accounts;
            list_workers(Nothing) -> Workers, SignedIn, accounts;
            add_worker(AddWorker) -> Workers, Admin, accounts;
            update_worker(UpdateWorker) -> Workers, Admin, accounts;
            remove_worker(RemoveWorker) -> Workers, Admin, accounts;
            list_audit(ListAudit) -> AuditPage, Audit, audit;
            check_audit(Nothing) -> AuditChecked, Audit, audit;
            export_audit(ExportAudit) -> FileMade, Audit, audit;
            change_settings(Settings) -> Settings, Anyone, settings;
            get_commune_settings(Nothing) -> CommuneSettings, Read, commune;
            change_commune_settings(CommuneSettings) -> CommuneSettings, Admin, commune;

            list_backups(Nothing) -> Backups, Anyone, backups;
            back_up(Nothing) -> Backups, SignedIn, backups;
            set_second_place(SetSecondPlace) -> Backups, Admin, backups;
            look_at_backup(LookAtBackup) -> BackupFacts, Anyone, backups;
            restore_backup(RestoreBackup) -> AppState, Anyone, backups;

            get_places(GetPlaces) -> PlacesView, Read, places;
            list_villages(Nothing) -> VillageChoices, Read, places;
            get_map(Nothing) -> MapView, Read, places;

            list_households(ListHouseholds) -> HouseholdPage, Read, households;
            get_household(GetHousehold) -> HouseholdView, Read, households;
            open_household_form(OpenHouseholdForm) -> HouseholdForm, Write, households;
            check_household(HouseholdForm) -> FormProblems, Write, households;
            save_household(SaveHousehold) -> SavedHousehold, Write, households;
            roster_on(RosterOn) -> RosterPage, Read, roster;

            check_act(ActForm) -> ActPreview, Write, family;
            do_act(ActForm) -> ActDone, Write, family;

            list_people(ListPeople) -> PersonPage, Read, people;
            list_birthdays(Nothing) -> Birthdays, Read, people;
            get_person(RecordRequest) -> PersonView, Read, people;
            show_citizen_id(RecordRequest) -> CitizenIdShown, Read, people;
            open_restricted(OpenRestricted) -> RestrictedView, RestrictedRead, people;
            save_restricted(SaveRecord) -> SavedRecord, RestrictedWrite, people;

            person_entitlements(PersonEntitlements) -> EntitlementsView, Read, entitlements;
            person_entitlements_restricted(PersonEntitlementsRestricted) -> EntitlementsView, RestrictedRead, entitlements;
            person_months(PersonMonths) -> MonthsView, Read, entitlements;
            person_months_restricted(PersonMonthsRestricted) -> MonthsView, RestrictedRead, entitlements;
            what_if(WhatIf) -> WhatIfView, Read, entitlements;
            list_adjustments(ListAdjustments) -> Adjustments, Read, entitlements;
            print_adjustments(ListAdjustments) -> Adjustments, Read, entitlements;
            export_adjustments(ExportAdjustments) -> FileMade, Export, entitlements;
            list_outreach(ListOutreach) -> OutreachPage, Read, outreach;
            desk_outreach(Nothing) -> OutreachDesk, Read, outreach;
            assign_outreach(AssignOutreach) -> OutreachMarked, Write, outreach;
            dismiss_outreach(DismissOutreach) -> OutreachMarked, Write, outreach;
            take_up_outreach(TakeUpOutreach) -> OutreachMarked, Write, outreach;
            list_policies(ListPolicies) -> Policies, Read, policies;
            preview_policy(PreviewPolicy) -> PolicyPreview, Read, policies;
            list_consents(RecordRequest) -> ConsentList, Read, privacy;
            list_data_requests(ListDataRequests) -> DataRequestPage, Read, privacy;
            open_limited(OpenLimited) -> Nothing, Write, limits;
            print_person_data(PrintPersonData) -> PersonDataSheet, Export, privacy;

            find_similar_people(FindSimilar) -> SimilarPeople, Write, duplicates;
            list_duplicates(ListDuplicates) -> DuplicatePairs, Read, duplicates;
            compare_people(PairRequest) -> Comparison, Read, duplicates;
            mark_different(PairRequest) -> SavedRecord, Write, duplicates;
            merge_people(MergePeople) -> SavedRecord, Write, merging;
            unmerge_people(RecordRequest) -> SavedRecord, Write, merging;

            count_people(CountPeople) -> Counts, Read, lists;
            count_households(CountHouseholds) -> Counts, Read, lists;
            list_filters(Nothing) -> SavedFilters, Read, lists;
            save_filter(SaveFilter) -> SavedFilters, Read, lists;
            delete_filter(DeleteFilter) -> SavedFilters, Read, lists;
            export_list(ExportList) -> FileMade, Export, lists;
            print_list(PrintList) -> PrintedList, Read, lists;
            get_quality(Nothing) -> Quality, Read, quality;

            open_record(OpenRecord) -> FormRecord, Write, records;
            check_record(SaveRecord) -> FormProblems, Write, records;
            save_record(SaveRecord) -> SavedRecord, Write, records;
            delete_record(DeleteRecord) -> SavedRecord, Write, records;
            restore_record(RecordRequest) -> SavedRecord, Write, records;

            search(Search) -> SearchResults, Read, search;
            note_opened(NoteOpened) -> Nothing, Read, search;
            list_recent(Nothing) -> SearchResults, Read, search;

            list_history(ListHistory) -> HistoryPage, Read, history;
            undo(Undo) -> Undone, Write, history;

            keep_draft(KeepDraft) -> DraftKept, Write, drafts;
            list_drafts(Nothing) -> Drafts, Write, drafts;
            discard_draft(DraftRequest) -> Nothing, Write, drafts;

            list_conflicts(Nothing) -> Conflicts, Read, conflicts;
            resolve_conflict(ResolveConflict) -> SavedRecord, Write, conflicts;

            sync_status(Nothing) -> SyncStatus, SignedIn, sync;
            enrol(Enrol) -> SyncStatus, Admin, sync;
            sync_now(Nothing) -> SyncDone, SignedIn, sync;

            read_sheet(ReadSheet) -> SheetRead, Import, imports;
            read_header(ReadHeader) -> SheetView, Import, imports;
            plan_import(ImportRequest) -> ImportPlan, Import, imports;
            read_row(ReadRow) -> RowView, Import, imports;
            apply_import(ImportRequest) -> ImportDone, Import, imports;
            import_progress(Nothing) -> ImportProgress, Import, imports;
            list_imports(Nothing) -> Imports, Import, imports;
            get_import(GetImport) -> ImportReport, Import, imports;
            list_person_sources(RecordRequest) -> PersonSources, Import, imports;
            undo_import(UndoImport) -> ImportUndone, Import, imports;
            import_template(ImportTemplate) -> FileMade, Read, imports;
            export_register(ExportRegister) -> FileMade, Export, exports;
        }
    };
}

/// All request and answer types, for the list.
pub mod types {
    pub use crate::forms::{FormRecord, Nothing, SavedRecord};
    pub use crate::views::accounts::{
        AddWorker, AppState, ChangePassword, Communes, ConfirmRecoveryKey, FinishSetUpStep, ListCommunes, RecoveryKeyShown,
        RemoveWorker, RenewRecoveryKey, ResetPassword, SetUp, SignIn, UpdateWorker, Workers,
    };
    pub use crate::views::adjustments::{Adjustments, ExportAdjustments, ListAdjustments};
    pub use crate::views::audit::{AuditChecked, AuditPage, ExportAudit, ListAudit};
    pub use crate::views::backups::{BackupFacts, Backups, LookAtBackup, RestoreBackup, SetSecondPlace};
    pub use crate::views::conflicts::{Conflicts, ResolveConflict};
    pub use crate::views::drafts::{DraftKept, DraftRequest, Drafts, KeepDraft};
    pub use crate::views::duplicates::{
        Comparison, DuplicatePairs, FindSimilar, ListDuplicates, MergePeople, PairRequest, SimilarPeople,
    };
    pub use crate::views::entitlements::{
        EntitlementsView, MonthsView, PersonEntitlements, PersonEntitlementsRestricted, PersonMonths, PersonMonthsRestricted,
        WhatIf, WhatIfView,
    };
    pub use crate::views::exports::ExportRegister;
    pub use crate::views::family::{ActDone, ActForm, ActPreview, RosterOn, RosterPage};
    pub use crate::views::history::{HistoryPage, ListHistory, Undo, Undone};
    pub use crate::views::households::{
        DeleteRecord, FormProblems, GetHousehold, HouseholdForm, HouseholdPage, HouseholdView, ListHouseholds, OpenHouseholdForm,
        RecordRequest, SaveHousehold, SavedHousehold,
    };
    pub use crate::views::imports::{
        FileMade, GetImport, ImportDone, ImportPlan, ImportProgress, ImportReport, ImportRequest, ImportTemplate, ImportUndone,
        Imports, PersonSources, ReadHeader, ReadRow, ReadSheet, RowView, SheetRead, SheetView, UndoImport,
    };
    pub use crate::views::lists::{
        CountHouseholds, CountPeople, Counts, DeleteFilter, ExportList, PrintList, PrintedList, SaveFilter, SavedFilters,
    };
    pub use crate::views::outreach::{
        AssignOutreach, DismissOutreach, ListOutreach, OutreachDesk, OutreachMarked, OutreachPage, TakeUpOutreach,
    };
    pub use crate::views::people::{
        Birthdays, CitizenIdShown, ListPeople, OpenRecord, OpenRestricted, PersonPage, PersonView, RestrictedView, SaveRecord,
    };
    pub use crate::views::places::{GetPlaces, MapView, PlacesView, VillageChoices};
    pub use crate::views::policies::{ListPolicies, Policies, PolicyPreview, PreviewPolicy};
    pub use crate::views::privacy::{
        ConsentList, DataRequestPage, ListDataRequests, OpenLimited, PersonDataSheet, PrintPersonData,
    };
    pub use crate::views::quality::Quality;
    pub use crate::views::search::{NoteOpened, Search, SearchResults};
    pub use crate::views::settings::{CommuneSettings, Settings};
    pub use crate::views::sync::{Enrol, SyncDone, SyncStatus};
}

/// One command, as the door and the documents know it.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Name.
    pub name: &'static str,
    /// What it asks of the worker.
    pub need: Need,
    /// Capability it belongs to.
    pub capability: &'static str,
    /// Name of the request type.
    pub request: &'static str,
    /// Name of the answer type.
    pub answer: &'static str,
}

macro_rules! list {
    ($($name:ident($request:ident) -> $answer:ident, $need:ident, $capability:ident;)+) => {
        /// All commands in the order of the list.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            need: Need::$need,
            capability: stringify!($capability),
            request: stringify!($request),
            answer: stringify!($answer),
        }),+];
    };
}
with_commands!(list);

/// A command by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
