// Provisional copy of what `./x codegen` makes from the list of commands.

/** The value of a column: number, yes or no, text, set of codes, or nothing. */
export type FieldValue = number | boolean | string | string[] | null;

export interface ActView {
  act: string;
  at: string;
  worker: string;
  device: string | null;
  what: string;
  changes: ChangeView[];
  can_undo: boolean;
}

export interface AddWorker {
  name: string;
  role: string;
  admin: boolean;
  password: string;
}

export interface AppState {
  phase: Phase;
  refusal: Code | null;
  sample: boolean;
  commune: CommuneName | null;
  workers: WorkerCard[];
  worker: SignedIn | null;
  last_backup_at: string | null;
  waiting: number;
  waiting_since: string | null;
  today: string;
  version: string;
  set_up: SetUpStep;
  integrity: IntegrityState;
  settings: Settings;
}

export interface ApplyImport {
  file: string;
  mappings: SheetMapping[];
}

export interface AuditPage {
  rows: AuditRow[];
  total: number;
  chain_sound: boolean;
}

export interface AuditRow {
  n: number;
  at: string;
  worker: string;
  act: string;
  kind: string | null;
  record: string | null;
  reason: string | null;
}

export interface BackupRow {
  name: string;
  at: string;
  why: string;
  size: number;
  second_place: boolean;
}

export interface Backups {
  backups: BackupRow[];
  second_place: string | null;
  second_place_at: string | null;
  second_place_due: boolean;
}

export interface ChangePassword {
  old: string;
  new: string;
}

export interface ChangeView {
  kind: string;
  record: string;
  label: string;
  column: string;
  before: string | null;
  after: string | null;
}

export interface CitizenIdShown {
  citizen_id: string | null;
}

export type Code = 'locked' | 'wrong_password' | 'wrong_recovery_key' | 'weak_password' | 'account_closed' | 'no_right' | 'last_admin' | 'invalid' | 'not_found' | 'no_store' | 'already_a_store' | 'damaged_keys' | 'damaged_store' | 'store_missing' | 'newer_schema' | 'disk_full' | 'read_only' | 'in_use' | 'not_a_store' | 'busy' | 'bad_backup' | 'unreadable_file' | 'offline' | 'not_enrolled' | 'wrong_code' | 'other_commune' | 'revoked' | 'server_refused' | 'nothing_to_undo' | 'changed_since' | 'sample_stays_here' | 'bad_address' | 'second_place_absent' | 'unknown_command' | 'bad_request' | 'unexpected';

export interface CommuneName {
  unit: number;
  code: string;
  name: string;
  province: string;
}

export interface Communes {
  communes: CommuneName[];
}

export interface ConfirmRecoveryKey {
  group: string;
}

export interface ConflictSide {
  dot: [number, number];
  values: ([string, string | null])[];
  names: Record<string, string>;
  worker: string;
  device: string;
  at: string;
  shown: boolean;
}

export interface ConflictView {
  record: string;
  kind: string;
  label: string;
  page: string | null;
  page_kind: string | null;
  fid: number;
  columns: string[];
  restricted: boolean;
  sides: ConflictSide[];
}

export interface Conflicts {
  conflicts: ConflictView[];
}

export interface DeleteRecord {
  id: string;
  reason: string;
}

export interface Draft {
  key: string;
  screen: string;
  label: string;
  at: string;
  form: unknown;
}

export interface DraftKept {
  key: string;
  at: string;
}

export interface DraftRequest {
  key: string;
}

export interface Drafts {
  drafts: Draft[];
}

export interface Enrol {
  server: string;
  code: string;
}

export interface ExportRegister {
  format: string;
  path: string | null;
  reason: string;
  filter: HouseholdFilter;
}

export interface FieldProblem {
  path: string;
  level: "error" | "warning" | "info";
  code: string;
  params: Record<string, string>;
}

export interface FileMade {
  name: string;
  path: string | null;
  bytes: string | null;
}

export interface FinishSetUpStep {
  step: SetUpStep;
}

export interface FormProblems {
  problems: FieldProblem[];
}

export interface FormRecord {
  id: string | null;
  values: Record<string, FieldValue>;
  opened: Opened | null;
}

export interface GetHousehold {
  id: string;
  on: string | null;
}

export interface GetPlaces {
  on: string | null;
}

export interface HistoryPage {
  acts: ActView[];
  more: boolean;
}

export interface HouseholdFilter {
  text: string;
  village: string | null;
  poverty_class: string | null;
  pending: boolean;
  conflict: boolean;
  deleted: boolean;
}

export interface HouseholdForm {
  household: FormRecord;
  members: MemberForm[];
  poverty: FormRecord | null;
}

export interface HouseholdPage {
  rows: HouseholdRow[];
  total: number;
}

export interface HouseholdRow {
  id: string;
  code: string;
  head_name: string;
  village_name: string;
  members: number;
  poverty_class: string | null;
  pending: boolean;
  conflict: boolean;
}

export interface HouseholdView {
  household: RecordView;
  address: string;
  head_name: string;
  region_status: string | null;
  roster: RosterRow[];
  poverty: RecordView[];
  findings: FieldProblem[];
  conflicts: ConflictView[];
  changed_at: string | null;
  changed_by: string | null;
}

export interface ImportDone {
  import: string;
  households: number;
  people: number;
  problems: number;
  touched: string[];
}

export interface ImportPlan {
  file: string;
  households: number;
  people: number;
  known: number;
  new_villages: string[];
  preview: PlannedHousehold[];
  problems: ImportProblem[];
}

export interface ImportProblem {
  sheet: string;
  row: number;
  column: string;
  read: string;
  kind: string;
  level: "error" | "warning" | "info";
  params: Record<string, string>;
}

export interface ImportRow {
  import: string;
  name: string;
  at: string;
  worker: string;
  households: number;
  people: number;
  undone: boolean;
}

export interface ImportTemplate {
  path: string | null;
}

export interface ImportUndone {
  removed: number;
  kept: number;
  touched: string[];
}

export interface Imports {
  imports: ImportRow[];
}

export type IntegrityState = 'unknown' | 'sound' | 'damaged';

export interface KeepDraft {
  key: string | null;
  screen: string;
  label: string;
  form: unknown;
}

export interface KindRecords {
  kind: string;
  records: RecordView[];
}

export interface ListAudit {
  offset: number;
  limit: number;
}

export interface ListCommunes {
  text: string;
}

export interface ListHistory {
  id: string;
  offset: number;
  limit: number;
}

export interface ListHouseholds {
  filter: HouseholdFilter;
  sort: string;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface ListPeople {
  filter: PersonFilter;
  sort: string;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface MemberForm {
  person: FormRecord;
  membership: FormRecord;
  disability: FormRecord | null;
  removed: boolean;
}

export interface MembershipView {
  membership: RecordView;
  household_id: string;
  household_code: string;
  head_name: string;
  village_name: string;
  present: boolean;
}

export interface NoteOpened {
  id: string;
}

export type Nothing = Record<string, never>;

export interface OpenHouseholdForm {
  id: string | null;
}

export interface OpenRecord {
  id: string | null;
  kind: string;
}

export interface OpenRestricted {
  person: string;
  reason: string;
}

export interface Opened {
  values: Record<string, FieldValue>;
  heads: Record<string, string[]>;
}

export interface PersonChoice {
  id: string;
  label: string;
}

export interface PersonFilter {
  text: string;
  village: string | null;
  sex: string | null;
  ethnic_code: string | null;
  age_from: number | null;
  age_to: number | null;
  disabled: boolean;
  no_citizen_id: boolean;
  no_birth_date: boolean;
  same_citizen_id: boolean;
  with_dead: boolean;
}

export interface PersonPage {
  rows: PersonRow[];
  total: number;
}

export interface PersonRow {
  id: string;
  full_name: string;
  birth: string | null;
  sex: string | null;
  masked_citizen_id: string | null;
  village_name: string;
  household_id: string | null;
  head_name: string;
  disability: string | null;
  pending: boolean;
  conflict: boolean;
  dead: boolean;
}

export interface PersonView {
  person: RecordView;
  masked_citizen_id: string | null;
  age_months: number | null;
  memberships: MembershipView[];
  records: KindRecords[];
  conflicts: ConflictView[];
  may_open_restricted: boolean;
  same_citizen_id: PersonRow[];
  address: string;
}

export type Phase = 'absent' | 'locked' | 'open' | 'refused';

export interface PlacesView {
  commune: CommuneName;
  predecessors: Predecessor[];
  region_rows: RecordView[];
  villages: VillageView[];
}

export interface PlanImport {
  file: string;
  mappings: SheetMapping[];
}

export interface PlannedHousehold {
  key: string;
  sheet: string;
  row: number;
  village: string | null;
  poverty_class: string | null;
  members: PlannedMember[];
  known: boolean;
}

export interface PlannedMember {
  row: number;
  full_name: string;
  birth: string | null;
  sex: string | null;
  masked_citizen_id: string | null;
  relationship: string | null;
  match_state: string;
}

export interface Predecessor {
  unit: number;
  name: string;
  district: string | null;
  is_split: boolean;
}

export interface Problem {
  code: Code;
  params: Record<string, string>;
  incident: string | null;
  fields: FieldProblem[];
}

export interface ReadSheet {
  path: string | null;
  name: string | null;
  bytes: string | null;
}

export interface RecordRequest {
  id: string;
}

export interface RecordView {
  id: string;
  kind: string;
  opened: Opened;
  names: Record<string, string>;
  conflicts: string[];
  pending: boolean;
  deleted: boolean;
  problems: FieldProblem[];
}

export interface RecoveryKeyShown {
  groups: string[];
}

export interface RemoveWorker {
  uid: number;
}

export interface RenewRecoveryKey {
  password: string;
}

export interface ResetPassword {
  uid: number;
  recovery_key: string;
  password: string;
}

export interface ResolveConflict {
  record: string;
  fid: number;
  keep: [number, number];
}

export interface RestoreBackup {
  backup: string;
  uid: number | null;
  password: string | null;
  recovery_key: string | null;
}

export interface RestrictedView {
  records: RecordView[];
  parent_links: RecordView[];
  conflicts: ConflictView[];
}

export interface RosterRow {
  membership: RecordView;
  person: RecordView;
  masked_citizen_id: string | null;
  age_months: number | null;
  present: boolean;
  disability: string | null;
}

export interface SaveHousehold {
  form: HouseholdForm;
  draft: string | null;
}

export interface SaveRecord {
  kind: string;
  parent: string | null;
  record: FormRecord;
  draft: string | null;
}

export interface SavedHousehold {
  id: string;
  member_ids: string[];
  problems: FieldProblem[];
  act: string | null;
  touched: string[];
}

export interface SavedRecord {
  id: string;
  problems: FieldProblem[];
  act: string | null;
  touched: string[];
}

export interface Search {
  text: string;
  limit: number;
}

export interface SearchResult {
  kind: string;
  id: string;
  full_name: string;
  birth: string | null;
  village: string;
  household_id: string | null;
  code: string | null;
}

export interface SearchResults {
  results: SearchResult[];
}

export interface SetSecondPlace {
  path: string | null;
}

export interface SetUp {
  unit: number;
  name: string;
  password: string;
}

export type SetUpStep = 'commune' | 'recovery_key' | 'enrolment' | 'data' | 'done';

export interface Settings {
  language: string;
  theme: string;
  density: string;
  letter_keys: boolean;
  rail_collapsed: boolean;
}

export interface SheetColumn {
  index: number;
  letter: string;
  heading: string;
  target: string | null;
  examples: string[];
}

export interface SheetMapping {
  sheet: string;
  taken: boolean;
  header_row: number | null;
  columns: Record<number, string>;
}

export interface SheetRead {
  file: string;
  name: string;
  sheets: SheetView[];
  targets: string[];
}

export interface SheetView {
  name: string;
  rows: number;
  header_row: number | null;
  columns: SheetColumn[];
  taken: boolean;
}

export interface SignIn {
  uid: number;
  password: string;
}

export interface SignedIn {
  uid: number;
  name: string;
  role: string;
  admin: boolean;
  rights: string[];
}

export interface SyncDone {
  sent: number;
  received: number;
  waiting: number;
  verified_at: string | null;
}

export interface SyncStatus {
  enrolled: boolean;
  device: number | null;
  server: string | null;
  waiting: number;
  waiting_since: string | null;
  last_contact_at: string | null;
  verified_at: string | null;
  conflicts: number;
  running: boolean;
  refusal: Code | null;
  offline: boolean;
  next_try_at: string | null;
  clock_off_seconds: number | null;
}

export interface Touched {
  touched: string[];
}

export interface Undo {
  act: string | null;
}

export interface UndoImport {
  import: string;
}

export interface Undone {
  id: string | null;
  what: string;
  touched: string[];
}

export interface UpdateWorker {
  uid: number;
  role: string;
  admin: boolean;
}

export interface VillageChoice {
  id: string;
  label: string;
  region_status: string | null;
}

export interface VillageChoices {
  villages: VillageChoice[];
}

export interface VillageView {
  village: RecordView;
  full_name: string;
  region_status: string | null;
  region_rows: RecordView[];
  households: number;
  people: number;
  in_force: boolean;
}

export interface WorkerCard {
  uid: number;
  name: string;
  role: string;
  last_seen_at: string | null;
}

export interface WorkerRow {
  uid: number;
  name: string;
  role: string;
  admin: boolean;
  active: boolean;
}

export interface Workers {
  workers: WorkerRow[];
}

/** Every command: its request and its answer. */
export interface Commands {
  app_state: { request: Nothing; answer: AppState };
  list_communes: { request: ListCommunes; answer: Communes };
  set_up: { request: SetUp; answer: RecoveryKeyShown };
  renew_recovery_key: { request: RenewRecoveryKey; answer: RecoveryKeyShown };
  confirm_recovery_key: { request: ConfirmRecoveryKey; answer: AppState };
  finish_set_up_step: { request: FinishSetUpStep; answer: AppState };
  sign_in: { request: SignIn; answer: AppState };
  lock: { request: Nothing; answer: AppState };
  reset_password: { request: ResetPassword; answer: AppState };
  change_password: { request: ChangePassword; answer: Nothing };
  list_workers: { request: Nothing; answer: Workers };
  add_worker: { request: AddWorker; answer: Workers };
  update_worker: { request: UpdateWorker; answer: Workers };
  remove_worker: { request: RemoveWorker; answer: Workers };
  list_audit: { request: ListAudit; answer: AuditPage };
  change_settings: { request: Settings; answer: Settings };
  list_backups: { request: Nothing; answer: Backups };
  back_up: { request: Nothing; answer: Backups };
  set_second_place: { request: SetSecondPlace; answer: Backups };
  restore_backup: { request: RestoreBackup; answer: AppState };
  get_places: { request: GetPlaces; answer: PlacesView };
  list_villages: { request: Nothing; answer: VillageChoices };
  list_households: { request: ListHouseholds; answer: HouseholdPage };
  get_household: { request: GetHousehold; answer: HouseholdView };
  open_household_form: { request: OpenHouseholdForm; answer: HouseholdForm };
  check_household: { request: HouseholdForm; answer: FormProblems };
  save_household: { request: SaveHousehold; answer: SavedHousehold };
  list_people: { request: ListPeople; answer: PersonPage };
  get_person: { request: RecordRequest; answer: PersonView };
  show_citizen_id: { request: RecordRequest; answer: CitizenIdShown };
  open_restricted: { request: OpenRestricted; answer: RestrictedView };
  save_restricted: { request: SaveRecord; answer: SavedRecord };
  open_record: { request: OpenRecord; answer: FormRecord };
  check_record: { request: SaveRecord; answer: FormProblems };
  save_record: { request: SaveRecord; answer: SavedRecord };
  delete_record: { request: DeleteRecord; answer: SavedRecord };
  restore_record: { request: RecordRequest; answer: SavedRecord };
  search: { request: Search; answer: SearchResults };
  note_opened: { request: NoteOpened; answer: Nothing };
  list_recent: { request: Nothing; answer: SearchResults };
  list_history: { request: ListHistory; answer: HistoryPage };
  undo: { request: Undo; answer: Undone };
  keep_draft: { request: KeepDraft; answer: DraftKept };
  list_drafts: { request: Nothing; answer: Drafts };
  discard_draft: { request: DraftRequest; answer: Nothing };
  list_conflicts: { request: Nothing; answer: Conflicts };
  resolve_conflict: { request: ResolveConflict; answer: SavedRecord };
  sync_status: { request: Nothing; answer: SyncStatus };
  enrol: { request: Enrol; answer: SyncStatus };
  sync_now: { request: Nothing; answer: SyncDone };
  read_sheet: { request: ReadSheet; answer: SheetRead };
  plan_import: { request: PlanImport; answer: ImportPlan };
  apply_import: { request: ApplyImport; answer: ImportDone };
  list_imports: { request: Nothing; answer: Imports };
  undo_import: { request: UndoImport; answer: ImportUndone };
  import_template: { request: ImportTemplate; answer: FileMade };
  export_register: { request: ExportRegister; answer: FileMade };
}
