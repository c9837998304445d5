// Made by `./x codegen` from the list of commands. Do not edit.

/** The value of a column: number, yes or no, text, set of codes, or nothing. */
export type FieldValue = number | boolean | string | string[] | null;

/**
 * What an act did.
 */
export type ActDone = { 
/**
 * The household, person or village to look at now.
 */
id: string | null, 
/**
 * Warnings it was done with.
 */
problems: Array<FieldProblem>, 
/**
 * The act, for undo.
 */
act: string | null, 
/**
 * Capabilities to refetch.
 */
touched: Array<string>, };

/**
 * An act as a worker tells it.
 */
export type ActForm = { 
/**
 * The day it happened; of a birth or a death as precisely as known.
 */
on: string | null, 
/**
 * Why, or the number of the paper.
 */
reason: string, 
/**
 * What.
 */
act: FamilyAct, 
/**
 * The preview the worker saw: where the register has changed so that something else would happen, nothing is done.
 */
seen: Array<ActLine> | null, };

/**
 * One thing that will happen: the key of its sentence is `act_line.<code>`.
 */
export type ActLine = { 
/**
 * Which.
 */
code: string, 
/**
 * Values the sentence names; `date` and `relationship` in their own form.
 */
params: { [key in string]: string }, };

/**
 * What an act would do.
 */
export type ActPreview = { 
/**
 * All at once; an error forbids the act.
 */
problems: Array<FieldProblem>, 
/**
 * In the order of happening.
 */
lines: Array<ActLine>, };

/**
 * One act: everything one save changed.
 */
export type ActView = { 
/**
 * The act.
 */
act: string, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Who.
 */
worker: string, 
/**
 * On which device, where not this one.
 */
device: string | null, 
/**
 * `created`, `changed`, `deleted`, `restored`, `imported`, `undone`, or the name of an act of family life.
 */
what: string, 
/**
 * The day it happened, of an act of family life.
 */
on: string | null, 
/**
 * Why, of an act of family life.
 */
reason: string | null, 
/**
 * What changed; restricted fields are left out.
 */
changes: Array<ChangeView>, 
/**
 * True when this worker may undo it here.
 */
can_undo: boolean, };

/**
 * A worker to add.
 */
export type AddWorker = { 
/**
 * Display name.
 */
name: string, 
/**
 * `officer`, `chairman`, `accountant`, `one_stop`.
 */
role: string, 
/**
 * Administrator as well.
 */
admin: boolean, 
/**
 * First password.
 */
password: string, };

/**
 * One person's differences.
 */
export type AdjustmentRow = { 
/**
 * The person.
 */
person: string, 
/**
 * Name.
 */
full_name: string, 
/**
 * Birth as known.
 */
birth: string | null, 
/**
 * Of a partial date of birth: the day that was taken.
 */
birth_assumed: string | null, 
/**
 * Village.
 */
village_name: string, 
/**
 * The months that differ.
 */
spans: Array<AdjustmentSpan>, 
/**
 * Still due.
 */
back_pay: number, 
/**
 * Received beyond what was due.
 */
recovery: number, };

/**
 * Months in a row that differ in the same way.
 */
export type AdjustmentSpan = { 
/**
 * First month.
 */
from: string, 
/**
 * Last month.
 */
to: string, 
/**
 * How many.
 */
count: number, 
/**
 * Rows received.
 */
received: Array<BenefitName>, 
/**
 * Rows due.
 */
due: Array<PaymentView>, 
/**
 * Received a month.
 */
before: number, 
/**
 * Due a month.
 */
after: number, 
/**
 * Still due a month; below zero: received beyond what was due.
 */
difference: number, 
/**
 * The same for all the months.
 */
total: number, 
/**
 * Why.
 */
why: Array<WhyView>, };

/**
 * An adjustment run: a draft, decided by nobody yet.
 */
export type Adjustments = { 
/**
 * Rows, by village and name.
 */
rows: Array<AdjustmentRow>, 
/**
 * How many people.
 */
total: number, 
/**
 * Sum still due.
 */
back_pay: number, 
/**
 * Sum received beyond what was due.
 */
recovery: number, 
/**
 * People of whom a month cannot be said before something is known.
 */
open: number, 
/**
 * People who asked for a limit and were left out of paper and file; none on the screen.
 */
left_out: number, 
/**
 * Version of the rows of the law.
 */
policy_version: string, };

/**
 * Ages in completed years; a missing end is open.
 */
export type AgeRange = { 
/**
 * At least.
 */
from: number | null, 
/**
 * At most.
 */
to: number | null, };

/**
 * What a row pays.
 */
export type AmountView = { 
/**
 * `coefficient`, `fixed`, `parameter`, `in_kind`, `actual_cost`.
 */
kind: string, 
/**
 * Code of the figure.
 */
parameter: string | null, 
/**
 * Times the figure, as a decimal number.
 */
coefficient: string | null, 
/**
 * A fixed amount.
 */
value: number | null, 
/**
 * `VND` or `kg`.
 */
unit: string, 
/**
 * The fact it is multiplied by.
 */
multiply_by: string | null, 
/**
 * More may be paid.
 */
is_minimum: boolean, 
/**
 * Most months it is given.
 */
months_max: number | null, };

/**
 * What the program knows before and after sign-in.
 */
export type AppState = { 
/**
 * Where the program stands.
 */
phase: Phase, 
/**
 * Why the folder cannot be used.
 */
refusal: Code | null, 
/**
 * True for a folder with invented people.
 */
sample: boolean, 
/**
 * The commune of the store.
 */
commune: CommuneName | null, 
/**
 * Workers with a key on this machine.
 */
workers: Array<WorkerCard>, 
/**
 * Who is signed in.
 */
worker: SignedIn | null, 
/**
 * Instant of the last verified backup (RFC 3339).
 */
last_backup_at: string | null, 
/**
 * Changes not yet at the province, as last known.
 */
waiting: number, 
/**
 * Since when the oldest waits (RFC 3339).
 */
waiting_since: string | null, 
/**
 * Today, by the program's clock (`YYYY-MM-DD`).
 */
today: string, 
/**
 * Version of the program.
 */
version: string, 
/**
 * First run: which step is still open.
 */
set_up: SetUpStep, 
/**
 * Result of the integrity check after sign-in.
 */
integrity: IntegrityState, 
/**
 * Chosen language, theme and density.
 */
settings: Settings, };

/**
 * Assigns a line.
 */
export type AssignOutreach = { 
/**
 * The person.
 */
person: string, 
/**
 * The line.
 */
key: string, 
/**
 * Name of the worker; null = to nobody: the line is open again.
 */
worker: string | null, };

/**
 * What a walk along the chain found.
 */
export type AuditChecked = { 
/**
 * True where every row is as it was written and none is missing.
 */
sound: boolean, 
/**
 * Rows that were looked at.
 */
rows: number, 
/**
 * Number of the first row that is not as it was written.
 */
broken_n: number | null, 
/**
 * Its instant as it now stands (RFC 3339).
 */
broken_at: string | null, 
/**
 * Last row of the chain, as the province is told it: `number:hash`.
 */
head: string, };

/**
 * A page of the audit.
 */
export type AuditPage = { 
/**
 * Rows.
 */
rows: Array<AuditRow>, 
/**
 * How many pass the search.
 */
total: number, 
/**
 * True when the chain of hashes is unbroken.
 */
chain_sound: boolean, 
/**
 * Acts that the audit holds, to choose from.
 */
acts: Array<string>, 
/**
 * Workers, removed ones too, to choose from.
 */
workers: Array<AuditWorker>, };

/**
 * One row of the audit.
 */
export type AuditRow = { 
/**
 * Its number.
 */
n: number, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Who.
 */
worker: string, 
/**
 * Which act: key `audit.did.<act>`.
 */
act: string, 
/**
 * Kind of record, where one was meant.
 */
kind: string | null, 
/**
 * The record.
 */
record: string | null, 
/**
 * Name of the person concerned; not where the record itself is specially protected.
 */
person: string | null, 
/**
 * The reason given.
 */
reason: string | null, };

/**
 * Which rows of the audit; an absent filter lets everything through.
 */
export type AuditSearch = { 
/**
 * Number of the worker.
 */
worker: number | null, 
/**
 * Code of the act.
 */
act: string | null, 
/**
 * The person concerned.
 */
person: string | null, 
/**
 * From this day on (`YYYY-MM-DD`, in Viet Nam).
 */
from: string | null, 
/**
 * To this day, itself included.
 */
to: string | null, };

/**
 * A worker who may stand in the audit.
 */
export type AuditWorker = { 
/**
 * Number.
 */
uid: number, 
/**
 * Display name.
 */
name: string, };

/**
 * What stands readable beside a backup: never anything of the register.
 */
export type BackupFacts = { 
/**
 * The commune whose register it is.
 */
commune: CommuneName | null, 
/**
 * Who could open the register at that time.
 */
workers: Array<WorkerCard>, };

/**
 * One backup.
 */
export type BackupRow = { 
/**
 * File name: how it is chosen for restoring.
 */
name: string, 
/**
 * When it was made (RFC 3339).
 */
at: string, 
/**
 * Why: `daily`, `weekly`, `migration`, `manual`.
 */
why: string, 
/**
 * Size in bytes.
 */
size: number, 
/**
 * True when it lies on the second place.
 */
second_place: boolean, };

/**
 * All backups and the second place.
 */
export type Backups = { 
/**
 * Newest first.
 */
backups: Array<BackupRow>, 
/**
 * Path of the second place.
 */
second_place: string | null, 
/**
 * Last copy there (RFC 3339).
 */
second_place_at: string | null, 
/**
 * True when the copy is older than seven days or none exists.
 */
second_place_due: boolean, };

/**
 * A row of the law as it stands to a person.
 */
export type BenefitLine = { 
/**
 * Code of the row.
 */
code: string, 
/**
 * Family: `monthly_allowance`, `social_pension`, `carer_support`, `funeral`, `emergency`, `facility_care`.
 */
family: string, 
/**
 * Clause of Điều 5, of a monthly allowance.
 */
clause_group: string | null, 
/**
 * Vietnamese title.
 */
title_vi: string, 
/**
 * English title.
 */
title_en: string, 
/**
 * `entitled`, `undetermined`, `not_entitled`.
 */
status: string, 
/**
 * Amount, in whole units; null where not entitled or not known.
 */
amount: number | null, 
/**
 * `VND` or `kg`.
 */
unit: string, 
/**
 * A floor of the law: more may be paid.
 */
is_minimum: boolean, 
/**
 * `month`, `once`, `day`.
 */
period: string, 
/**
 * Where the law says it.
 */
legal_basis: Array<LegalBasisView>, 
/**
 * How sure the row is: `found`, `known_sure`, `known_verify`, `interpretation`, `unknown`.
 */
confidence: string, 
/**
 * What a reader should know.
 */
notes: string | null, 
/**
 * The same in Vietnamese.
 */
notes_vi: string | null, 
/**
 * Facts to ask for.
 */
missing: Array<string>, 
/**
 * Every condition, in the order of the row.
 */
reasons: Array<ReasonView>, };

/**
 * A row of the law by code and title.
 */
export type BenefitName = { 
/**
 * Code.
 */
code: string, 
/**
 * Clause of Điều 5, of a monthly allowance.
 */
clause_group: string | null, 
/**
 * Vietnamese title.
 */
title_vi: string, 
/**
 * English title.
 */
title_en: string, };

/**
 * Somebody who reaches an age at which the law gives or takes something.
 */
export type Birthday = { 
/**
 * The person.
 */
person: string, 
/**
 * Full name.
 */
full_name: string, 
/**
 * Village.
 */
village_name: string, 
/**
 * Years completed on the day.
 */
turns: number, 
/**
 * The day.
 */
on: string, 
/**
 * Birth as known, where that is not to the day: the day is one that is taken.
 */
known: string | null, };

/**
 * Whose turn comes in the next weeks.
 */
export type Birthdays = { 
/**
 * The soonest first.
 */
birthdays: Array<Birthday>, };

/**
 * What a carer is entitled to for one person cared for.
 */
export type CaredView = { 
/**
 * Who is cared for.
 */
person: string, 
/**
 * Name.
 */
full_name: string, 
/**
 * The rows that ask about the care.
 */
lines: Array<BenefitLine>, 
/**
 * The facts about the care.
 */
facts: Array<FactView>, };

/**
 * Why an amount changes.
 */
export type CauseView = { 
/**
 * `law`: another row; `rate`: another figure; `life`: born or died; `fact`.
 */
kind: string, 
/**
 * The fact.
 */
fact: string | null, 
/**
 * Its value before.
 */
before: FieldValue, 
/**
 * Its value now.
 */
after: FieldValue, 
/**
 * The value is there and not shown.
 */
masked: boolean, 
/**
 * The record it comes from.
 */
record: string | null, };

/**
 * A cell mended in the preview.
 */
export type CellMend = { 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row as in the sheet, from 1.
 */
row: number, 
/**
 * Column position from 0.
 */
column: number, 
/**
 * What shall stand there; empty clears the cell.
 */
text: string, };

/**
 * One's own password.
 */
export type ChangePassword = { 
/**
 * Present password.
 */
old: string, 
/**
 * New password.
 */
new: string, };

/**
 * One change of one field.
 */
export type ChangeView = { 
/**
 * Kind of the record.
 */
kind: string, 
/**
 * The record.
 */
record: string, 
/**
 * What the record is called: a person's name, a year.
 */
label: string, 
/**
 * Column; `life` for creation, deletion and restoring.
 */
column: string, 
/**
 * Before, as text; null = empty.
 */
before: string | null, 
/**
 * After, as text; null = empty.
 */
after: string | null, };

/**
 * How many a choice leaves.
 */
export type ChoiceCount = { 
/**
 * The choice: a code, an id, an age as its first year; empty for none.
 */
value: string, 
/**
 * Rows.
 */
count: number, };

/**
 * The whole citizen id of a person: an act that the audit keeps.
 */
export type CitizenIdShown = { 
/**
 * 12 digits, or what is recorded.
 */
citizen_id: string | null, };

/**
 * Why a command did not do what was asked.
 */
export type Code = "locked" | "wrong_password" | "wrong_recovery_key" | "weak_password" | "account_closed" | "no_right" | "last_admin" | "invalid" | "not_found" | "no_store" | "already_a_store" | "damaged_keys" | "damaged_store" | "store_missing" | "newer_schema" | "disk_full" | "read_only" | "in_use" | "not_a_store" | "busy" | "bad_backup" | "backup_needs_own_password" | "unreadable_file" | "offline" | "not_enrolled" | "wrong_code" | "other_commune" | "revoked" | "server_refused" | "limited" | "nothing_to_undo" | "changed_since" | "preview_outdated" | "sample_stays_here" | "bad_address" | "second_place_absent" | "unknown_command" | "bad_request" | "unexpected";

/**
 * A commune's names.
 */
export type CommuneName = { 
/**
 * Unit id: code and list.
 */
unit: number, 
/**
 * Five-digit code.
 */
code: string, 
/**
 * Name with its word.
 */
name: string, 
/**
 * Province with its word.
 */
province: string, };

/**
 * What the commune has decided for all its machines.
 */
export type CommuneSettings = { 
/**
 * `first` or `last`: which day computations take where only month or year of birth is known.
 */
assumed_birth: string, };

/**
 * Communes found.
 */
export type Communes = { 
/**
 * At most fifty.
 */
communes: Array<CommuneName>, };

/**
 * One of two people side by side.
 */
export type ComparedPerson = { 
/**
 * The person; the citizen id is masked in `masked_citizen_id` and absent here.
 */
person: RecordView, 
/**
 * Citizen id as lists show it.
 */
masked_citizen_id: string | null, 
/**
 * Households, present first.
 */
memberships: Array<MembershipView>, 
/**
 * What else is kept about them.
 */
records: Array<KindCount>, 
/**
 * When the entry was made (RFC 3339), and by whom.
 */
made_at: string | null, 
/**
 * By whom.
 */
made_by: string | null, };

/**
 * Two people side by side.
 */
export type Comparison = { 
/**
 * The one asked for first.
 */
one: ComparedPerson, 
/**
 * The other.
 */
other: ComparedPerson, 
/**
 * `likely`, `possible`, or `unlikely`.
 */
level: string, 
/**
 * Why, as codes of `evidence.<code>`.
 */
evidence: Array<string>, 
/**
 * Numbers of the fields in which both have a value, and not the same one.
 */
differing: Array<number>, 
/**
 * Said to be two people.
 */
different: boolean, };

/**
 * A condition as it stands in the row.
 */
export type ConditionView = { 
/**
 * `test`, `any`, `all`, `not`.
 */
kind: string, 
/**
 * Of a test: name of the fact.
 */
fact: string | null, 
/**
 * Of a test: the operator.
 */
op: string | null, 
/**
 * Of a test: what the fact is compared with.
 */
value: FieldValue, 
/**
 * The conditions inside.
 */
parts: Array<ConditionView>, };

/**
 * What a level of certainty means.
 */
export type ConfidenceWords = { 
/**
 * The level.
 */
code: string, 
/**
 * Vietnamese.
 */
vi: string, 
/**
 * English.
 */
en: string, };

/**
 * Third group of the recovery key, typed back.
 */
export type ConfirmRecoveryKey = { 
/**
 * Four symbols.
 */
group: string, };

/**
 * One of the values.
 */
export type ConflictSide = { 
/**
 * Its dot.
 */
dot: [number, bigint], 
/**
 * Values by column, as text; null = empty.
 */
values: Array<[string, string | null]>, 
/**
 * Names of what references point to, by column.
 */
names: { [key in string]: string }, 
/**
 * Who.
 */
worker: string, 
/**
 * On which device.
 */
device: string, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * True for the one shown for now.
 */
shown: boolean, };

/**
 * One conflict of one field.
 */
export type ConflictView = { 
/**
 * The record.
 */
record: string, 
/**
 * Kind.
 */
kind: string, 
/**
 * What the record is called.
 */
label: string, 
/**
 * The household or person whose page shows it.
 */
page: string | null, 
/**
 * Kind of that page.
 */
page_kind: string | null, 
/**
 * Field number.
 */
fid: number, 
/**
 * Columns of the field; `life` for deleted here and edited there.
 */
columns: Array<string>, 
/**
 * True where only the existence may be told: no sides.
 */
restricted: boolean, 
/**
 * The values.
 */
sides: Array<ConflictSide>, };

/**
 * All conflicts of the store.
 */
export type Conflicts = { 
/**
 * Newest first.
 */
conflicts: Array<ConflictView>, };

/**
 * A person's consents, newest first.
 */
export type ConsentList = { 
/**
 * Consents.
 */
consents: Array<ConsentView>, };

/**
 * One consent.
 */
export type ConsentView = { 
/**
 * The record.
 */
record: RecordView, 
/**
 * True where it counts today.
 */
counts: boolean, 
/**
 * What it lacks to count.
 */
problems: Array<FieldProblem>, };

/**
 * A place on the earth, degrees.
 */
export type Coordinates = { 
/**
 * North.
 */
latitude: number, 
/**
 * East.
 */
longitude: number, };

/**
 * Asks how many households each choice of a filter would leave.
 */
export type CountHouseholds = { 
/**
 * The other filters; what is counted by is left out of them.
 */
filter: HouseholdFilter, 
/**
 * `village`, `poverty_class`, `ethnic_code` or `mark`.
 */
by: string, };

/**
 * Asks how many people each choice of a filter would leave.
 */
export type CountPeople = { 
/**
 * The other filters; what is counted by is left out of them.
 */
filter: PersonFilter, 
/**
 * `village`, `sex`, `ethnic_code`, `poverty_class`, `disability`, `disability_type`, `age`, `standing` or `mark`.
 */
by: string, 
/**
 * The ages asked about, completed years from and to, with `age`.
 */
ages: Array<AgeRange>, };

/**
 * Counts by choice.
 */
export type Counts = { 
/**
 * Choices that leave nobody may be absent.
 */
counts: Array<ChoiceCount>, 
/**
 * Rows without this filter.
 */
total: number, };

/**
 * A page of requests.
 */
export type DataRequestPage = { 
/**
 * Rows; what is due first comes first.
 */
rows: Array<DataRequestRow>, 
/**
 * How many wait.
 */
total: number, };

/**
 * One request that waits.
 */
export type DataRequestRow = { 
/**
 * The request.
 */
id: string, 
/**
 * The person.
 */
person: string, 
/**
 * Their name.
 */
person_name: string, 
/**
 * Code of `data_request_matter`.
 */
matter: string | null, 
/**
 * The day it came.
 */
filed_on: string | null, 
/**
 * The day by which an answer is owed.
 */
due_on: string | null, 
/**
 * True where that day is past.
 */
overdue: boolean, };

/**
 * Throws a filter away.
 */
export type DeleteFilter = { 
/**
 * Its number.
 */
id: string, };

/**
 * Deletes a household or another record.
 */
export type DeleteRecord = { 
/**
 * Which.
 */
id: string, 
/**
 * Why: `entered_twice`, `entered_by_mistake`, `other`.
 */
reason: string, };

/**
 * Where somebody goes.
 */
export type Destination = { "to": "household", 
/**
 * Which.
 */
household: string, } | { "to": "village", 
/**
 * Which.
 */
village: string, 
/**
 * House number, place in the village.
 */
address_detail: string, } | { "to": "out", 
/**
 * Where, in words.
 */
place: string, };

/**
 * Dismisses a line.
 */
export type DismissOutreach = { 
/**
 * The person.
 */
person: string, 
/**
 * The line.
 */
key: string, 
/**
 * Why; at least five characters.
 */
reason: string, };

/**
 * A draft to go on with.
 */
export type Draft = { 
/**
 * Its key.
 */
key: string, 
/**
 * Screen.
 */
screen: string, 
/**
 * What the record is called whose page it belongs to; else what it was called when it was kept.
 */
label: string, 
/**
 * The household or person on whose page a form of one record goes on.
 */
page: string | null, 
/**
 * Kind of that page.
 */
page_kind: string | null, 
/**
 * Names of the records that the references of a form of one record point to, by column.
 */
names: { [key in string]: string }, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * The form.
 */
form: unknown, };

/**
 * A kept draft.
 */
export type DraftKept = { 
/**
 * Its key.
 */
key: string, 
/**
 * When (RFC 3339).
 */
at: string, };

/**
 * Names a draft.
 */
export type DraftRequest = { 
/**
 * Its key.
 */
key: string, };

/**
 * This worker's drafts, newest first.
 */
export type Drafts = { 
/**
 * Drafts.
 */
drafts: Array<Draft>, };

/**
 * Two people who may be one.
 */
export type DuplicatePair = { 
/**
 * The one entered first.
 */
one: PersonRow, 
/**
 * The other.
 */
other: PersonRow, 
/**
 * `likely` or `possible`.
 */
level: string, 
/**
 * Why, as codes of `evidence.<code>`.
 */
evidence: Array<string>, };

/**
 * Pairs, the likeliest first.
 */
export type DuplicatePairs = { 
/**
 * Those of the page.
 */
pairs: Array<DuplicatePair>, 
/**
 * How many match.
 */
total: number, };

/**
 * A dated deadline or target.
 */
export type DutyRow = { 
/**
 * Code.
 */
code: string, 
/**
 * `national` or `province:NN`.
 */
scope: string, 
/**
 * `deadline` or `target`.
 */
kind: string, 
/**
 * Vietnamese title.
 */
title_vi: string, 
/**
 * English title.
 */
title_en: string, 
/**
 * How many of the unit; null = not known.
 */
value: number | null, 
/**
 * `working_day`, `day`, `percent`, `person`, `household`.
 */
unit: string, 
/**
 * First day.
 */
effective_from: string | null, 
/**
 * Last day; null = open.
 */
effective_to: string | null, 
/**
 * Where it is said.
 */
legal_basis: Array<LegalBasisView>, 
/**
 * How sure it is.
 */
confidence: string, 
/**
 * What a reader should know.
 */
note: string | null, 
/**
 * The same in Vietnamese.
 */
note_vi: string | null, };

/**
 * Enrols this machine.
 */
export type Enrol = { 
/**
 * `https://…`; plain HTTP only on loopback.
 */
server: string, 
/**
 * 24 symbols.
 */
code: string, };

/**
 * Something to look at.
 */
export type EntitlementWarning = { 
/**
 * `disputed`, `past_reassessment`, `birth_assumed`: key `entitlement_warning.<code>`.
 */
code: string, 
/**
 * The fact.
 */
fact: string, 
/**
 * The record.
 */
record: string | null, };

/**
 * Everything the page shows about a person's entitlements.
 */
export type EntitlementsView = { 
/**
 * The person.
 */
person: string, 
/**
 * The day asked about.
 */
on: string, 
/**
 * The day the facts were taken on: that of death after it.
 */
facts_on: string, 
/**
 * Version of the rows.
 */
policy_version: string, 
/**
 * With restricted facts.
 */
restricted: boolean, 
/**
 * True when the worker may open the restricted variant.
 */
may_open_restricted: boolean, 
/**
 * Rows in force, in file order: entitled, undetermined and not.
 */
lines: Array<BenefitLine>, 
/**
 * One for each person cared for.
 */
cared: Array<CaredView>, 
/**
 * What comes out.
 */
paid: PaidView, 
/**
 * What is received in the month of the day.
 */
received: Array<ReceivedView>, 
/**
 * Facts that the lines test, sorted by name.
 */
facts: Array<FactView>, 
/**
 * Of a partial date of birth: the day that was taken.
 */
birth_assumed: string | null, 
/**
 * What to look at.
 */
warnings: Array<EntitlementWarning>, };

/**
 * Something that happened, on a household's page.
 */
export type EventView = { 
/**
 * Name of the act.
 */
what: string, 
/**
 * When.
 */
on: string | null, 
/**
 * Why.
 */
reason: string | null, 
/**
 * The people concerned.
 */
people: Array<NamedRecord>, 
/**
 * The household it happened in, seen from the other one; otherwise the other one.
 */
other: NamedRecord | null, };

/**
 * Takes an adjustment run out as a workbook.
 */
export type ExportAdjustments = { 
/**
 * First month.
 */
from: string, 
/**
 * Last month; at most 24 after the first.
 */
to: string, 
/**
 * Where to write; null = hand over.
 */
path: string | null, 
/**
 * Why; kept in the audit.
 */
reason: string, };

/**
 * Writes the audit to a file.
 */
export type ExportAudit = { 
/**
 * `xlsx` or `json`.
 */
format: string, 
/**
 * Where to write; null = hand over.
 */
path: string | null, 
/**
 * Why; kept in the audit.
 */
reason: string, 
/**
 * Which rows.
 */
search: AuditSearch, };

/**
 * Takes a list out as a workbook.
 */
export type ExportList = { 
/**
 * The rows.
 */
rows: ListRows, 
/**
 * Columns, left to right. People: `name`, `birth`, `age`, `sex`, `citizen_id` (whole), `ethnic`, `village`, `household`,
 * `head`, `class`, `disability`, `disability_types`. Households: `head`, `code`, `village`, `members`, `class`. Rosters:
 * `head`, `code`, `village`, `address`, `class`, `name`, `relation`, `sex`, `birth`, `age`, `citizen_id` (whole).
 */
columns: Array<ListColumn>, 
/**
 * Title with the filters in words.
 */
title: string, 
/**
 * Where to write; null = hand over.
 */
path: string | null, 
/**
 * Why; kept in the audit.
 */
reason: string, };

/**
 * Writes the register to a file.
 */
export type ExportRegister = { 
/**
 * `xlsx` or `json`.
 */
format: string, 
/**
 * Where to write; null = hand over.
 */
path: string | null, 
/**
 * Why; kept in the audit.
 */
reason: string, 
/**
 * Only households that pass.
 */
filter: HouseholdFilter, };

/**
 * Words of a value.
 */
export type FactValueWords = { 
/**
 * Code; null is "none".
 */
code: string | null, 
/**
 * Vietnamese.
 */
vi: string, 
/**
 * English.
 */
en: string, };

/**
 * A fact used, and where it comes from.
 */
export type FactView = { 
/**
 * Name.
 */
fact: string, 
/**
 * Value; null for unknown, masked and "none".
 */
value: FieldValue, 
/**
 * False: nobody knows, somebody has to ask.
 */
known: boolean, 
/**
 * The value is there and not shown.
 */
masked: boolean, 
/**
 * `recorded`, or the rule that holds where nothing is recorded: key `fact_rule.<rule>`.
 */
rule: string, 
/**
 * The record it comes from, to be opened.
 */
record: string | null, 
/**
 * Kind of that record.
 */
record_kind: string | null, 
/**
 * The person or household whose page shows the record.
 */
page: string | null, 
/**
 * From when the record counts.
 */
since: string | null, 
/**
 * Two records that count on the day disagree; the later one was taken.
 */
disputed: boolean, };

/**
 * Words of a fact.
 */
export type FactWords = { 
/**
 * Name.
 */
fact: string, 
/**
 * `integer`, `boolean`, `enum`.
 */
kind: string, 
/**
 * Vietnamese.
 */
vi: string, 
/**
 * English.
 */
en: string, 
/**
 * Values, of an `enum`.
 */
values: Array<FactValueWords>, 
/**
 * Under special protection.
 */
restricted: boolean, 
/**
 * What a reader should know.
 */
note: string | null, 
/**
 * The same in Vietnamese.
 */
note_vi: string | null, };

/**
 * One act.
 */
export type FamilyAct = { "what": "split", 
/**
 * The household they leave.
 */
household: string, 
/**
 * Who goes, with the relation to the new head.
 */
leaving: Array<MemberRelation>, 
/**
 * Relations to the head of those who stay, where they change.
 */
staying: Array<MemberRelation>, 
/**
 * Village of the new household; null = the same.
 */
village: string | null, 
/**
 * Address of the new household.
 */
address_detail: string, } | { "what": "merge", 
/**
 * The household that ends.
 */
household: string, 
/**
 * The household that stays.
 */
into: string, 
/**
 * Relations of those who come to the head of the household that stays.
 */
joining: Array<MemberRelation>, } | { "what": "leave", 
/**
 * The household.
 */
household: string, 
/**
 * Who, with the relation to the head of the household they join.
 */
leaving: Array<MemberRelation>, 
/**
 * Relations to the head of those who stay, where they change.
 */
staying: Array<MemberRelation>, 
/**
 * Where to.
 */
destination: Destination, 
/**
 * Why.
 */
why: Why, } | { "what": "arrive", 
/**
 * The household.
 */
household: string, 
/**
 * Somebody of the register.
 */
person: string | null, 
/**
 * Somebody new.
 */
new: Record<string, FieldValue> | null, 
/**
 * Relation to the head.
 */
relationship: string | null, 
/**
 * Why.
 */
why: Why, 
/**
 * Where from, in words.
 */
came_from: string, 
/**
 * The member they marry.
 */
spouse: string | null, } | { "what": "come_back", 
/**
 * The household.
 */
household: string, 
/**
 * Who.
 */
person: string, } | { "what": "move_household", 
/**
 * Which.
 */
household: string, 
/**
 * Where to.
 */
destination: Destination, } | { "what": "return_household", 
/**
 * Which.
 */
household: string, 
/**
 * Village; null = where it lived before.
 */
village: string | null, 
/**
 * Address.
 */
address_detail: string, 
/**
 * Who comes, with the relation to the head.
 */
members: Array<MemberRelation>, } | { "what": "change_head", 
/**
 * The household.
 */
household: string, 
/**
 * Relations of all to the new head.
 */
relations: Array<MemberRelation>, } | { "what": "keep_head", 
/**
 * The household.
 */
household: string, 
/**
 * The head who stays.
 */
person: string, } | { "what": "keep_home", 
/**
 * The household they live in.
 */
household: string, 
/**
 * Who.
 */
person: string, } | { "what": "birth", 
/**
 * The household the child lives in.
 */
household: string, 
/**
 * The child; the date of birth is that of the act.
 */
child: Record<string, FieldValue>, 
/**
 * Relation to the head.
 */
relationship: string | null, 
/**
 * Mother, where registered here.
 */
mother: string | null, 
/**
 * Father, where registered here.
 */
father: string | null, } | { "what": "death", 
/**
 * Who.
 */
person: string, 
/**
 * Number of the death certificate.
 */
certificate_no: string, 
/**
 * Relations to the new head, where the dead was the head.
 */
staying: Array<MemberRelation>, } | { "what": "link_registers", 
/**
 * The household of the poverty review.
 */
household: string, 
/**
 * The household of the residence register; null takes the link away.
 */
other: string | null, } | { "what": "rename_village", 
/**
 * Which.
 */
village: string, 
/**
 * The name from the day on.
 */
name: string, 
/**
 * Its type from the day on.
 */
village_type: string, 
/**
 * Number of the decision.
 */
decision_no: string, } | { "what": "merge_villages", 
/**
 * Which; at least two.
 */
villages: string[], 
/**
 * Name of the one they become.
 */
name: string, 
/**
 * Its type.
 */
village_type: string, 
/**
 * Number of the decision.
 */
decision_no: string, } | { "what": "check_same_id", 
/**
 * One of them.
 */
person: string, };

/**
 * A problem of a field, as the UI shows it beside the field.
 */
export type FieldProblem = { 
/**
 * Dotted path in the form: `members.2.person.birth_date`.
 */
path: string, 
/**
 * `error`, `warning` or `info`.
 */
level: "error" | "warning" | "info", 
/**
 * Key of its sentence: `problem.<code>`.
 */
code: string, 
/**
 * Values the sentence names.
 */
params: { [key in string]: string }, };

/**
 * A dated figure.
 */
export type FigureRow = { 
/**
 * Code.
 */
code: string, 
/**
 * `national` or `province:NN`.
 */
scope: string, 
/**
 * Value; null = none.
 */
value: number | null, 
/**
 * `VND` or `kg`.
 */
unit: string, 
/**
 * First day.
 */
effective_from: string | null, 
/**
 * Last day; null = open.
 */
effective_to: string | null, 
/**
 * Where the law says it.
 */
legal_basis: Array<LegalBasisView>, 
/**
 * How sure it is.
 */
confidence: string, 
/**
 * What a reader should know.
 */
note: string | null, 
/**
 * The same in Vietnamese.
 */
note_vi: string | null, };

/**
 * A file made by the program: written to a path (desktop) or handed over as bytes (browser).
 */
export type FileMade = { 
/**
 * Suggested name; without personal data.
 */
name: string, 
/**
 * Where it was written.
 */
path: string | null, 
/**
 * Bytes in base64, where no path was given.
 */
bytes: string | null, 
/**
 * People who asked that their data be limited and are left out.
 */
left_out: number, };

/**
 * Somebody as they are being typed.
 */
export type FindSimilar = { 
/**
 * The person, where they are in the register.
 */
id: string | null, 
/**
 * Full name.
 */
full_name: string, 
/**
 * Birth as known; what is no date yet is left out.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: string | null, 
/**
 * Citizen id.
 */
citizen_id: string | null, 
/**
 * Nine-digit identity card.
 */
old_id: string | null, 
/**
 * Village of the household.
 */
village: string | null, 
/**
 * Names of the people typed beside them.
 */
kin: Array<string>, 
/**
 * People who are not meant: of the same form, or told to be others.
 */
without: string[], };

/**
 * Ends a step of the first run that can wait.
 */
export type FinishSetUpStep = { 
/**
 * The step that is done with.
 */
step: SetUpStep, };

/**
 * Problems of a form while it is typed.
 */
export type FormProblems = { 
/**
 * All at once.
 */
problems: Array<FieldProblem>, };

/**
 * One record in a form. Without `id` it is a new one.
 */
export type FormRecord = { 
/**
 * The record, once it exists.
 */
id: string | null, 
/**
 * Values as they are in the form.
 */
values: Record<string, FieldValue>, 
/**
 * What the form was opened on; null for a new record.
 */
opened: Opened | null, };

/**
 * A household on a date.
 */
export type GetHousehold = { 
/**
 * Which.
 */
id: string, 
/**
 * Roster on this date; null = today.
 */
on: string | null, };

/**
 * Asks what an import kept of its list.
 */
export type GetImport = { 
/**
 * The import.
 */
import: string, };

/**
 * Places on a date.
 */
export type GetPlaces = { 
/**
 * The date; null = today.
 */
on: string | null, };

/**
 * An entry that was given up for the person shown.
 */
export type GivenUp = { 
/**
 * The entry.
 */
id: string, 
/**
 * Its name.
 */
full_name: string, 
/**
 * Its birth.
 */
birth: string | null, 
/**
 * When it was given up (RFC 3339).
 */
at: string | null, 
/**
 * By whom.
 */
by: string | null, };

/**
 * Acts, newest first.
 */
export type HistoryPage = { 
/**
 * Acts.
 */
acts: Array<ActView>, 
/**
 * True when there are more.
 */
more: boolean, };

/**
 * Filters of the household list; an absent one lets everything through.
 */
export type HouseholdFilter = { 
/**
 * Folded words as in the search.
 */
text: string, 
/**
 * Village.
 */
village: string | null, 
/**
 * Class of the year of the program's clock: a code, or `not_reviewed`.
 */
poverty_class: string | null, 
/**
 * Ethnic group most of the members share.
 */
ethnic_code: string | null, 
/**
 * With all of these marks: `no_head`, `two_heads`, `empty`, `no_village`, `not_reviewed`, `conflict`, `finding`, `pending`.
 */
marks: Array<string>, 
/**
 * Deleted ones instead of the living.
 */
deleted: boolean, 
/**
 * Those that joined another household or left the commune, instead of those that are here.
 */
gone: boolean, };

/**
 * A whole household in a form.
 */
export type HouseholdForm = { 
/**
 * The household.
 */
household: FormRecord, 
/**
 * Its members; the first is the head unless one says otherwise.
 */
members: Array<MemberForm>, 
/**
 * Class of the present year.
 */
poverty: FormRecord | null, };

/**
 * A page of the household list.
 */
export type HouseholdPage = { 
/**
 * Rows.
 */
rows: Array<HouseholdRow>, 
/**
 * How many match.
 */
total: number, };

/**
 * A household on the map.
 */
export type HouseholdPoint = { 
/**
 * The household.
 */
id: string, 
/**
 * Its head; empty where none is recorded.
 */
head_name: string, 
/**
 * Its code.
 */
code: string, 
/**
 * Its village.
 */
village: string | null, 
/**
 * Class of this year; null = not reviewed.
 */
poverty_class: string | null, 
/**
 * Where.
 */
at: Coordinates, };

/**
 * One row of the household list.
 */
export type HouseholdRow = { 
/**
 * The household.
 */
id: string, 
/**
 * Its code.
 */
code: string, 
/**
 * Name of its head; empty where none is recorded.
 */
head_name: string, 
/**
 * Name of its village.
 */
village_name: string, 
/**
 * Present members.
 */
members: number, 
/**
 * Class of this year; null = not reviewed.
 */
poverty_class: string | null, 
/**
 * A change of it or its members waits.
 */
pending: boolean, 
/**
 * Two values disagree.
 */
conflict: boolean, 
/**
 * When it or a row of it was last written (RFC 3339).
 */
changed_at: string, };

/**
 * Everything the household page shows.
 */
export type HouseholdView = { 
/**
 * The household.
 */
household: RecordView, 
/**
 * Name of its village with its word, commune and province as valid on the date.
 */
address: string, 
/**
 * The village as it was called on the date.
 */
village_name: string, 
/**
 * The class in force on the date; null = not reviewed.
 */
poverty_on: string | null, 
/**
 * Name of the head; empty where none or two; of an empty household the last one.
 */
head_name: string, 
/**
 * Region status of the village on the date (code of `region_type`).
 */
region_status: string | null, 
/**
 * Members, present ones first, head first.
 */
roster: Array<RosterRow>, 
/**
 * Classes by year, oldest first.
 */
poverty: Array<RecordView>, 
/**
 * What was asked and found about the household, newest first.
 */
observations: Array<RecordView>, 
/**
 * What happened to it and its people, newest first.
 */
events: Array<EventView>, 
/**
 * The household of the other register, where the two differ.
 */
linked: LinkedView | null, 
/**
 * Findings: no head, two heads, same id …
 */
findings: Array<FieldProblem>, 
/**
 * Conflicts of the household, its members and their records.
 */
conflicts: Array<ConflictView>, 
/**
 * Author and time of the last change (RFC 3339).
 */
changed_at: string | null, 
/**
 * Author of the last change.
 */
changed_by: string | null, };

/**
 * A field in which list and register differ.
 */
export type ImportChange = { 
/**
 * Kind of the record.
 */
kind: string, 
/**
 * Column of the record.
 */
column: string, 
/**
 * What the register says; null = nothing: the list fills it.
 */
before: string | null, 
/**
 * What the list says.
 */
after: string, 
/**
 * True: the list's value will be written.
 */
take: boolean, };

/**
 * What was made.
 */
export type ImportDone = { 
/**
 * The import, for undo.
 */
import: string, 
/**
 * Households made.
 */
households: number, 
/**
 * People made.
 */
people: number, 
/**
 * People and households of the register that got something written.
 */
changed: number, 
/**
 * Problems left.
 */
problems: number, 
/**
 * Capabilities to refetch.
 */
touched: Array<string>, };

/**
 * The dry run.
 */
export type ImportPlan = { 
/**
 * The file.
 */
file: string, 
/**
 * Households that would be made.
 */
households: number, 
/**
 * People that would be made.
 */
people: number, 
/**
 * People who are in the register already, with or without changes.
 */
known: number, 
/**
 * Fields of the register that would be written.
 */
written: number, 
/**
 * Fields that differ and stay as in the register.
 */
kept: number, 
/**
 * Villages that would be made.
 */
new_villages: Array<string>, 
/**
 * The households.
 */
preview: Array<PlannedHousehold>, 
/**
 * Guesses to confirm.
 */
questions: Array<ImportQuestion>, 
/**
 * All problems.
 */
problems: Array<ImportProblem>, };

/**
 * A problem of a cell or row.
 */
export type ImportProblem = { 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row as in the sheet, from 1.
 */
row: number, 
/**
 * Column heading, else its letters.
 */
column: string, 
/**
 * Letters of the column; empty when the whole row is meant.
 */
letter: string, 
/**
 * What was read.
 */
read: string, 
/**
 * Key of its sentence: `import.problem.<kind>`.
 */
kind: string, 
/**
 * Weight.
 */
level: "error" | "warning" | "info", 
/**
 * Values its sentence names.
 */
params: { [key in string]: string }, };

/**
 * How far an import is.
 */
export type ImportProgress = { 
/**
 * Households written.
 */
done: number, 
/**
 * Households to write; 0 = none is being written.
 */
total: number, };

/**
 * A guess about a whole column or sheet that the worker is asked.
 */
export type ImportQuestion = { 
/**
 * `date_order`, `encoding`, or `poverty_class` of a sheet whose title alone names one.
 */
kind: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Column position from 0.
 */
column: number, 
/**
 * Its heading; of a sheet its title.
 */
heading: string, 
/**
 * Cells it is about, or households.
 */
count: number, 
/**
 * The class that the title names.
 */
class: string | null, 
/**
 * A few of them as read now.
 */
examples: Array<string>, 
/**
 * The answer in force; null = none yet.
 */
answer: string | null, };

/**
 * What was not taken as it stood in an import.
 */
export type ImportReport = { 
/**
 * In the order of the list.
 */
problems: Array<ImportProblem>, };

/**
 * A list with all that the worker said of it: tried by `plan_import`, written by `apply_import`.
 */
export type ImportRequest = { 
/**
 * The file.
 */
file: string, 
/**
 * Corrections; empty = as guessed.
 */
mappings: Array<SheetMapping>, 
/**
 * Cells mended; a later one goes before an earlier one.
 */
mends: Array<CellMend>, 
/**
 * Key of a person or household → column → take the list's value. Column `same`: the person is (not) the one found.
 */
choices: { [key in string]: { [key in string]: boolean } }, 
/**
 * Where the register says otherwise and nothing was chosen: true takes the list's value, false keeps the register's.
 */
prefer_list: boolean, };

/**
 * An import that was done.
 */
export type ImportRow = { 
/**
 * The import.
 */
import: string, 
/**
 * File name.
 */
name: string, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Who.
 */
worker: string, 
/**
 * Households made.
 */
households: number, 
/**
 * People made.
 */
people: number, 
/**
 * People and households of the register that got something written.
 */
changed: number, 
/**
 * What was not taken as it stood.
 */
problems: number, 
/**
 * True once undone.
 */
undone: boolean, };

/**
 * An empty list to fill in.
 */
export type ImportTemplate = { 
/**
 * Where to write; null = hand over.
 */
path: string | null, };

/**
 * What an undo took away and what it kept.
 */
export type ImportUndone = { 
/**
 * Records taken away.
 */
removed: number, 
/**
 * Records kept because they were edited since.
 */
kept: number, 
/**
 * Capabilities to refetch.
 */
touched: Array<string>, };

/**
 * Imports, newest first.
 */
export type Imports = { 
/**
 * Imports.
 */
imports: Array<ImportRow>, };

/**
 * The quick check of the file after sign-in.
 */
export type IntegrityState = "unknown" | "sound" | "damaged";

/**
 * Keeps a draft.
 */
export type KeepDraft = { 
/**
 * Its key; null = a new one.
 */
key: string | null, 
/**
 * Screen it belongs to: `household`, or `record.<kind>` for the form of one record.
 */
screen: string, 
/**
 * What a person would call it: the head's name.
 */
label: string, 
/**
 * The form. Restricted values never stand in drafts.
 */
form: unknown, };

/**
 * How many records of a kind a person has.
 */
export type KindCount = { 
/**
 * Kind; never a restricted one.
 */
kind: string, 
/**
 * How many.
 */
count: number, };

/**
 * Records of one kind about a person.
 */
export type KindRecords = { 
/**
 * Kind.
 */
kind: string, 
/**
 * Newest first. The restricted parts of a parent link are left out.
 */
records: Array<RecordView>, };

/**
 * A place in the law.
 */
export type LegalBasisView = { 
/**
 * Code of the document.
 */
source: string, 
/**
 * Its number as cited: `335/2026/NĐ-CP`.
 */
number: string, 
/**
 * Article (Điều).
 */
article: string | null, 
/**
 * Clause (khoản).
 */
clause: string | null, 
/**
 * Point (điểm).
 */
point: string | null, 
/**
 * What a reader should know.
 */
note: string | null, 
/**
 * The same in Vietnamese.
 */
note_vi: string | null, };

/**
 * A limit in force, as the person's page tells it.
 */
export type LimitView = { 
/**
 * The day it was asked for.
 */
since: string | null, 
/**
 * In the person's own words.
 */
asked: string, 
/**
 * Whether a reason was given to change the person in this session.
 */
opened: boolean, };

/**
 * The household of the other register (residence, poverty review), where the two differ.
 */
export type LinkedView = { 
/**
 * The household.
 */
household: NamedRecord, 
/**
 * True where the other one is that of the residence register; false where this one is.
 */
other_is_residence: boolean, 
/**
 * Why they differ.
 */
note: string | null, 
/**
 * Since when this is known.
 */
on: string | null, };

/**
 * Differences between due and received in a span, for the whole commune.
 */
export type ListAdjustments = { 
/**
 * First month.
 */
from: string, 
/**
 * Last month; at most 24 after the first.
 */
to: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

/**
 * A page of the audit, newest first.
 */
export type ListAudit = { 
/**
 * Which rows.
 */
search: AuditSearch, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 200.
 */
limit: number, };

/**
 * A column of the list as the worker sees it.
 */
export type ListColumn = { 
/**
 * Which.
 */
id: string, 
/**
 * Its heading, in the worker's language.
 */
heading: string, };

/**
 * Communes to choose from in the first run.
 */
export type ListCommunes = { 
/**
 * Part of a name or code, folded; empty = all of the former Hòa Bình first.
 */
text: string, };

/**
 * Requests that wait for an answer.
 */
export type ListDataRequests = { 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 200.
 */
limit: number, };

/**
 * Which pairs.
 */
export type ListDuplicates = { 
/**
 * Words of either's name, folded as in the search.
 */
text: string, 
/**
 * Where either lives.
 */
village: string | null, 
/**
 * Only pairs with the same number.
 */
same_id: boolean, 
/**
 * Only likely pairs.
 */
likely: boolean, 
/**
 * Pairs to leave out at the beginning.
 */
offset: number, 
/**
 * At most so many, and no more than 500.
 */
limit: number, };

/**
 * History of a record and its children.
 */
export type ListHistory = { 
/**
 * The household or person.
 */
id: string, 
/**
 * Acts to skip.
 */
offset: number, 
/**
 * Acts wanted, at most 100.
 */
limit: number, };

/**
 * A page of the household list.
 */
export type ListHouseholds = { 
/**
 * Filters.
 */
filter: HouseholdFilter, 
/**
 * `name` (given name of the head), `code`, `village`, `members`, `changed`.
 */
sort: string, 
/**
 * From the end.
 */
descending: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

/**
 * A page of outreach.
 */
export type ListOutreach = { 
/**
 * The day; null = today. Its month is computed.
 */
on: string | null, 
/**
 * How many months to look ahead, at most 12; null = 3.
 */
ahead: number | null, 
/**
 * Only these kinds; empty = all.
 */
kinds: Array<string>, 
/**
 * Only people of one village.
 */
village: string | null, 
/**
 * Only one person.
 */
person: string | null, 
/**
 * `open`, `assigned`, `taken_up`, `dismissed`; null = open and assigned.
 */
state: string | null, 
/**
 * Only lines assigned to this worker.
 */
worker: string | null, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

/**
 * A page of the people list.
 */
export type ListPeople = { 
/**
 * Filters.
 */
filter: PersonFilter, 
/**
 * `name`, `birth`, `village`, `changed`.
 */
sort: string, 
/**
 * From the end.
 */
descending: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

/**
 * Rows of the law.
 */
export type ListPolicies = { 
/**
 * Only rows in force on this day; null = every row.
 */
on: string | null, };

/**
 * The rows of a list that somebody chose: all of a filter, some of it, or all but some.
 */
export type ListRows = { "list": "people", 
/**
 * The filters.
 */
filter: PersonFilter, 
/**
 * As in `list_people`.
 */
sort: string, 
/**
 * From the end.
 */
descending: boolean, 
/**
 * Only these; null = all of the filter.
 */
only: string[] | null, 
/**
 * All of the filter but these.
 */
except: string[], } | { "list": "households", 
/**
 * The filters.
 */
filter: HouseholdFilter, 
/**
 * As in `list_households`.
 */
sort: string, 
/**
 * From the end.
 */
descending: boolean, 
/**
 * Only these; null = all of the filter.
 */
only: string[] | null, 
/**
 * All of the filter but these.
 */
except: string[], } | { "list": "roster", 
/**
 * The day.
 */
on: string, 
/**
 * Of one village; null = of the commune.
 */
village: string | null, };

/**
 * Names a backup to look at.
 */
export type LookAtBackup = { 
/**
 * Name of one of the listed backups, or an absolute path of a backup elsewhere.
 */
backup: string, };

/**
 * The commune as points.
 */
export type MapView = { 
/**
 * Villages in force, in their order, also those without coordinates.
 */
villages: Array<VillagePoint>, 
/**
 * Households with coordinates.
 */
households: Array<HouseholdPoint>, };

/**
 * How many have a mark.
 */
export type MarkCount = { 
/**
 * The mark, as in the filters of the lists.
 */
mark: string, 
/**
 * Rows.
 */
count: number, };

/**
 * One person's line in the form.
 */
export type MemberForm = { 
/**
 * The person.
 */
person: FormRecord, 
/**
 * Their membership in this household.
 */
membership: FormRecord, 
/**
 * Disability certificate, where severity is given in the grid.
 */
disability: FormRecord | null, 
/**
 * True for a line taken out of an existing household: the membership ends.
 */
removed: boolean, 
/**
 * People of the register of whom the worker said that this is somebody else.
 */
different_from: string[], };

/**
 * Somebody, and their relation to the head of the household they will live in.
 */
export type MemberRelation = { 
/**
 * Who.
 */
person: string, 
/**
 * Relation to the head; null where it does not matter.
 */
relationship: string | null, };

/**
 * A membership of the person, with its household.
 */
export type MembershipView = { 
/**
 * The membership.
 */
membership: RecordView, 
/**
 * The household.
 */
household_id: string, 
/**
 * Its code.
 */
household_code: string, 
/**
 * Its head.
 */
head_name: string, 
/**
 * Its village.
 */
village_name: string, 
/**
 * In force today.
 */
present: boolean, };

/**
 * Merges two entries of one person.
 */
export type MergePeople = { 
/**
 * The entry that stays.
 */
survivor: string, 
/**
 * The entry that is given up for it.
 */
given_up: string, 
/**
 * Numbers of the fields whose values come from the entry given up.
 */
take: Array<number>, 
/**
 * Where the person lives, where the two are in different households.
 */
household: string | null, };

/**
 * One month.
 */
export type MonthView = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * Regular benefits due; null while it cannot be said.
 */
regular: Array<PaymentView> | null, 
/**
 * Carer support due.
 */
carer_support: Array<PaymentView> | null, 
/**
 * Sum of both; null while one cannot be said.
 */
total: number | null, 
/**
 * Facts that decide.
 */
missing: Array<string>, 
/**
 * What is recorded as received; null where an amount is not recorded.
 */
received: number | null, 
/**
 * Due less received; null where it cannot be said or may not be compared.
 */
difference: number | null, 
/**
 * Why it differs from the month before; empty where it does not, and for the first.
 */
causes: Array<CauseView>, };

/**
 * The months of a person, with what was paid too little or too much.
 */
export type MonthsView = { 
/**
 * The months.
 */
months: Array<MonthView>, 
/**
 * With restricted facts.
 */
restricted: boolean, 
/**
 * Of a partial date of birth: the day that was taken.
 */
birth_assumed: string | null, 
/**
 * Sum of what is still due (truy lĩnh).
 */
back_pay: number, 
/**
 * Sum of what was received beyond what was due (thu hồi).
 */
recovery: number, };

/**
 * A record and what it is called.
 */
export type NamedRecord = { 
/**
 * Which.
 */
id: string, 
/**
 * Its name.
 */
label: string, };

/**
 * What was opened last.
 */
export type NoteOpened = { 
/**
 * The record.
 */
id: string, };

/**
 * No values.
 */
export type Nothing = Record<symbol, never>;

/**
 * Opens the form: an existing household, or an empty one.
 */
export type OpenHouseholdForm = { 
/**
 * Which; null = a new one.
 */
id: string | null, };

/**
 * Says why somebody who asked that their data be limited must be changed; kept in the audit. It counts until the session is locked.
 */
export type OpenLimited = { 
/**
 * Who.
 */
person: string, 
/**
 * Why; at least five letters.
 */
reason: string, };

/**
 * Opens a record in a form.
 */
export type OpenRecord = { 
/**
 * Which; null = a new one.
 */
id: string | null, 
/**
 * Kind of a new one.
 */
kind: string, };

/**
 * Opens what is specially protected, with the reason for doing so.
 */
export type OpenRestricted = { 
/**
 * The person.
 */
person: string, 
/**
 * Why; at least five characters; kept in the audit.
 */
reason: string, };

/**
 * What a form was opened on.
 */
export type Opened = { 
/**
 * Values at that moment.
 */
values: Record<string, FieldValue>, 
/**
 * Heads at that moment.
 */
heads: Record<string, string[]>, };

/**
 * Outreach on the work desk: today, looking three months ahead.
 */
export type OutreachDesk = { 
/**
 * The day.
 */
on: string, 
/**
 * When the lines were computed.
 */
computed_at: string, 
/**
 * How many people were looked at.
 */
people: number, 
/**
 * Kinds with lines.
 */
kinds: Array<OutreachKind>, };

/**
 * What lines of one kind are about.
 */
export type OutreachGroup = { 
/**
 * Why something ends, or the facts to ask for: as `reasons` and `missing` of a row.
 */
reasons: Array<string>, 
/**
 * Rows due, where nothing ends and nothing is asked.
 */
due: Array<BenefitName>, 
/**
 * How many lines.
 */
count: number, };

/**
 * Lines of one kind that are open or assigned.
 */
export type OutreachKind = { 
/**
 * As `kind` of a row.
 */
kind: string, 
/**
 * How many lines.
 */
count: number, 
/**
 * What they are about, the most frequent first.
 */
groups: Array<OutreachGroup>, 
/**
 * The first lines.
 */
first: Array<OutreachRow>, };

/**
 * How a line stands.
 */
export type OutreachMarked = { 
/**
 * The line.
 */
key: string, 
/**
 * `open`, `assigned`, `taken_up`, `dismissed`.
 */
state: string, 
/**
 * Worker.
 */
worker: string | null, 
/**
 * Why dismissed.
 */
reason: string | null, };

/**
 * A page of outreach.
 */
export type OutreachPage = { 
/**
 * The day.
 */
on: string, 
/**
 * When the lines were computed; they are kept while nothing changes.
 */
computed_at: string, 
/**
 * How many people were looked at.
 */
people: number, 
/**
 * Version of the rows of the law.
 */
policy_version: string, 
/**
 * Rows, by kind, village and name.
 */
rows: Array<OutreachRow>, 
/**
 * How many match.
 */
total: number, 
/**
 * By kind: how many lines are open or assigned, whatever the filter of kinds.
 */
counts: { [key in string]: number }, };

/**
 * One thing to do about one person.
 */
export type OutreachRow = { 
/**
 * Names the line; given back to assign, dismiss or take it up.
 */
key: string, 
/**
 * The person.
 */
person: string, 
/**
 * Full name.
 */
full_name: string, 
/**
 * Birth as known.
 */
birth: string | null, 
/**
 * Of a partial date of birth: the day that was taken.
 */
birth_assumed: string | null, 
/**
 * Village.
 */
village_name: string, 
/**
 * Household.
 */
household_id: string | null, 
/**
 * Head of the household.
 */
head_name: string, 
/**
 * `not_receiving`, `no_longer`, `other_amount`, `will_begin`, `will_cease`, `will_change`, `ask`.
 */
kind: string, 
/**
 * `regular` or `carer_support`.
 */
list: string, 
/**
 * For whose care.
 */
cared: string | null, 
/**
 * Their name.
 */
cared_name: string, 
/**
 * Rows due; of what lies ahead: then.
 */
due: Array<BenefitName>, 
/**
 * Their sum a month.
 */
amount: number | null, 
/**
 * Rows received, as far as told.
 */
received: Array<BenefitName>, 
/**
 * Their sum a month.
 */
received_amount: number | null, 
/**
 * From which month on, `YYYY-MM`.
 */
month: string, 
/**
 * Why: keys `outreach_reason.<code>`; a code may be the name of a fact.
 */
reasons: Array<string>, 
/**
 * Facts to ask for at the next visit.
 */
missing: Array<string>, 
/**
 * A written request is needed and none is recorded.
 */
needs_request: boolean, 
/**
 * `open`, `assigned`, `taken_up`, `dismissed`.
 */
state: string, 
/**
 * To whom assigned, or who took it up.
 */
worker: string | null, 
/**
 * Why dismissed.
 */
reason: string | null, 
/**
 * Day of the mark.
 */
marked_on: string | null, };

/**
 * An act on what is held about the person that the audit keeps.
 */
export type OwnAct = { 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Which: key `audit.did.<act>`.
 */
act: string, };

/**
 * A household the person belonged to, without its other members.
 */
export type OwnMembership = { 
/**
 * Code of the household.
 */
household_code: string, 
/**
 * Its village.
 */
village_name: string, 
/**
 * Relation, dates, reasons.
 */
membership: RecordView, };

/**
 * A proof of the backup's own time.
 */
export type OwnProof = { 
/**
 * A worker of the backup, with `password` …
 */
uid: number | null, 
/**
 * … their password of that time …
 */
password: string | null, 
/**
 * … or the recovery key of that time.
 */
recovery_key: string | null, };

/**
 * What is paid; a list is null while it cannot be said.
 */
export type PaidView = { 
/**
 * Monthly allowance and social pension.
 */
regular: Array<PaymentView> | null, 
/**
 * Their sum.
 */
regular_total: number | null, 
/**
 * Carer support, for everybody cared for.
 */
carer_support: Array<PaymentView> | null, 
/**
 * Funeral support.
 */
funeral: Array<PaymentView> | null, 
/**
 * Emergency relief.
 */
emergency: Array<PaymentView> | null, 
/**
 * Care in a facility.
 */
facility_care: Array<PaymentView> | null, 
/**
 * Whether a health-insurance card is due.
 */
health_card: boolean | null, 
/**
 * By list: the facts that decide it.
 */
missing: { [key in string]: Array<string> }, 
/**
 * Lists of which the rows say nothing on the day.
 */
no_rows: Array<string>, };

/**
 * Names two people.
 */
export type PairRequest = { 
/**
 * One.
 */
one: string, 
/**
 * The other.
 */
other: string, };

/**
 * A row that is paid.
 */
export type PaymentView = { 
/**
 * Code of the row.
 */
code: string, 
/**
 * Vietnamese title.
 */
title_vi: string, 
/**
 * English title.
 */
title_en: string, 
/**
 * Amount.
 */
amount: number, 
/**
 * For whose care.
 */
cared: string | null, };

/**
 * How many people and how much a month.
 */
export type PeopleAndMoney = { 
/**
 * People.
 */
people: number, 
/**
 * Đồng a month.
 */
amount: number, };

/**
 * Everything held about a person; nothing that tells of somebody else.
 */
export type PersonDataSheet = { 
/**
 * The person, the citizen id whole.
 */
person: RecordView, 
/**
 * Where they live.
 */
address: string, 
/**
 * Households.
 */
memberships: Array<OwnMembership>, 
/**
 * Records by kind; kinds without one are left out.
 */
records: Array<KindRecords>, 
/**
 * What is specially protected; null where it was not asked for.
 */
restricted: Array<KindRecords> | null, 
/**
 * When somebody looked at what is protected, and when it was given out.
 */
acts: Array<OwnAct>, 
/**
 * Who made the sheet.
 */
worker: string, };

/**
 * What a person is entitled to on a day.
 */
export type PersonEntitlements = { 
/**
 * The person.
 */
person: string, 
/**
 * The day; null = today.
 */
on: string | null, };

/**
 * The same with what rests on restricted facts; the reason stands in the audit.
 */
export type PersonEntitlementsRestricted = { 
/**
 * The person.
 */
person: string, 
/**
 * The day; null = today.
 */
on: string | null, 
/**
 * Why; at least five characters.
 */
reason: string, };

/**
 * Filters of the people list.
 */
export type PersonFilter = { 
/**
 * Folded words as in the search.
 */
text: string, 
/**
 * Village of the household.
 */
village: string | null, 
/**
 * `male`, `female` or `unknown`.
 */
sex: string | null, 
/**
 * Ethnic group.
 */
ethnic_code: string | null, 
/**
 * Class of the household in the year of the program's clock: a code, or `not_reviewed`.
 */
poverty_class: string | null, 
/**
 * Completed years, at least.
 */
age_from: number | null, 
/**
 * Completed years, at most.
 */
age_to: number | null, 
/**
 * With a disability certificate in force: a severity, or `any`.
 */
disability: string | null, 
/**
 * Whose certificate names this type of disability.
 */
disability_type: string | null, 
/**
 * How they stand.
 */
standing: Standing, 
/**
 * With all of these marks: `no_citizen_id`, `odd_citizen_id`, `id_sex`, `id_year`, `id_province`, `no_birth_date`,
 * `year_only`, `no_household`, `no_village`, `age_odd`, `same_citizen_id`, `two_homes`, `conflict`, `finding`,
 * `pending`.
 */
marks: Array<string>, };

/**
 * The months of a span.
 */
export type PersonMonths = { 
/**
 * The person.
 */
person: string, 
/**
 * First month, `YYYY-MM`.
 */
from: string, 
/**
 * Last month; at most 120 after the first.
 */
to: string, };

/**
 * The months of a span with what rests on restricted facts; the reason stands in the audit.
 */
export type PersonMonthsRestricted = { 
/**
 * The person.
 */
person: string, 
/**
 * First month, `YYYY-MM`.
 */
from: string, 
/**
 * Last month; at most 120 after the first.
 */
to: string, 
/**
 * Why; at least five characters.
 */
reason: string, };

/**
 * A page of the people list.
 */
export type PersonPage = { 
/**
 * Rows.
 */
rows: Array<PersonRow>, 
/**
 * How many match.
 */
total: number, };

/**
 * One row of the people list.
 */
export type PersonRow = { 
/**
 * The person.
 */
id: string, 
/**
 * Full name.
 */
full_name: string, 
/**
 * Birth as known.
 */
birth: string | null, 
/**
 * Of a partial date of birth: the day that was taken.
 */
birth_assumed: string | null, 
/**
 * Sex.
 */
sex: string | null, 
/**
 * Masked citizen id.
 */
masked_citizen_id: string | null, 
/**
 * Village.
 */
village_name: string, 
/**
 * Household.
 */
household_id: string | null, 
/**
 * Head of the household.
 */
head_name: string, 
/**
 * Ethnic group.
 */
ethnic_code: string | null, 
/**
 * Class of the household this year.
 */
poverty_class: string | null, 
/**
 * Disability severity in force.
 */
disability: string | null, 
/**
 * Types of disability of the certificate in force.
 */
disability_types: Array<string>, 
/**
 * When the person or a record about them was last written (RFC 3339).
 */
changed_at: string, 
/**
 * A change waits.
 */
pending: boolean, 
/**
 * Two values disagree.
 */
conflict: boolean, 
/**
 * Not living.
 */
dead: boolean, 
/**
 * Living, and moved away.
 */
gone: boolean, };

/**
 * A list in which a person stood.
 */
export type PersonSource = { 
/**
 * File name.
 */
name: string, 
/**
 * When it was imported (RFC 3339).
 */
at: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row as in the sheet, from 1.
 */
row: number, 
/**
 * The name as written there, where it was changed.
 */
written: string | null, 
/**
 * What was not taken as it stood in that row.
 */
problems: Array<ImportProblem>, };

/**
 * The lists in which a person stood.
 */
export type PersonSources = { 
/**
 * Newest first.
 */
sources: Array<PersonSource>, };

/**
 * Everything the person page shows without a special right.
 */
export type PersonView = { 
/**
 * The person; the citizen id is masked in `masked_citizen_id` and absent here.
 */
person: RecordView, 
/**
 * Citizen id as lists show it.
 */
masked_citizen_id: string | null, 
/**
 * Age in completed months today (or at death).
 */
age_months: number | null, 
/**
 * Of a partial date of birth: the day that ages are counted from, as the commune has decided.
 */
birth_assumed: string | null, 
/**
 * Households, present first.
 */
memberships: Array<MembershipView>, 
/**
 * Records by kind, all kinds that are not restricted, empty ones too.
 */
records: Array<KindRecords>, 
/**
 * Conflicts of the person and their records.
 */
conflicts: Array<ConflictView>, 
/**
 * True when the worker may open what is specially protected.
 */
may_open_restricted: boolean, 
/**
 * Others with the same citizen id.
 */
same_citizen_id: Array<PersonRow>, 
/**
 * Where the person asked that their data be limited and it holds.
 */
limited: LimitView | null, 
/**
 * True where the papers of all of them were compared: each has just this id.
 */
same_id_checked: boolean, 
/**
 * Entries that were given up for this one.
 */
given_up: Array<GivenUp>, 
/**
 * The address in words: where they live now, else the household's.
 */
address: string, 
/**
 * What is odd about the person as a whole: dead and still a member or paid.
 */
findings: Array<FieldProblem>, };

/**
 * Where the program stands.
 */
export type Phase = "absent" | "locked" | "open" | "refused";

/**
 * The commune and its villages.
 */
export type PlacesView = { 
/**
 * The commune as named on the date.
 */
commune: CommuneName, 
/**
 * What it was made of.
 */
predecessors: Array<Predecessor>, 
/**
 * Region status rows of the commune itself, newest first.
 */
region_rows: Array<RecordView>, 
/**
 * Villages in their order.
 */
villages: Array<VillageView>, };

/**
 * One household in the dry run.
 */
export type PlannedHousehold = { 
/**
 * Code in the file, else sheet and row.
 */
key: string, 
/**
 * Names the household in choices.
 */
choice: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * First row.
 */
row: number, 
/**
 * Village as read.
 */
village: string | null, 
/**
 * Class.
 */
poverty_class: string | null, 
/**
 * Members.
 */
members: Array<PlannedMember>, 
/**
 * True when it is in the register already: new members join it.
 */
known: boolean, 
/**
 * Fields of the household that differ.
 */
changes: Array<ImportChange>, };

/**
 * One person in the dry run.
 */
export type PlannedMember = { 
/**
 * Names the person in choices.
 */
key: string, 
/**
 * Row as in the sheet.
 */
row: number, 
/**
 * Name.
 */
full_name: string, 
/**
 * The name as written, where it was changed.
 */
original_name: string | null, 
/**
 * Birth.
 */
birth: string | null, 
/**
 * Sex.
 */
sex: string | null, 
/**
 * Id, masked.
 */
masked_citizen_id: string | null, 
/**
 * Place in the household.
 */
relationship: string | null, 
/**
 * `new`; `same` and `changed`: in the register already; `maybe`: perhaps; `double`: further up in the file already.
 */
match_state: string, 
/**
 * The person of the register.
 */
person: string | null, 
/**
 * Why they may be one, as the hints while typing say it: keys `evidence.<code>`.
 */
evidence: Array<string>, 
/**
 * Fields that differ.
 */
changes: Array<ImportChange>, };

/**
 * The whole set, to be read.
 */
export type Policies = { 
/**
 * Version.
 */
version: string, 
/**
 * Rows, in file order.
 */
benefits: Array<PolicyRow>, 
/**
 * Figures.
 */
figures: Array<FigureRow>, 
/**
 * Deadlines and targets.
 */
duties: Array<DutyRow>, 
/**
 * Documents.
 */
sources: Array<SourceRow>, 
/**
 * How benefits go together.
 */
stacking: Array<StackingRow>, 
/**
 * Words of every fact.
 */
facts: Array<FactWords>, 
/**
 * What the levels of certainty mean.
 */
confidence: Array<ConfidenceWords>, };

/**
 * A set that is not published yet, as its files.
 */
export type PolicyDocuments = { 
/**
 * `set.json`.
 */
set: unknown, 
/**
 * `parameters.json`.
 */
parameters: unknown[], 
/**
 * `benefits.json`.
 */
benefits: unknown[], 
/**
 * `duties.json`; may be left out.
 */
duties: unknown[], };

/**
 * What a set or a month would change. Restricted facts are false for everybody in it.
 */
export type PolicyPreview = { 
/**
 * Month as it is.
 */
before_month: string, 
/**
 * Month compared with.
 */
after_month: string, 
/**
 * Versions of both sets.
 */
versions: { [key in string]: string }, 
/**
 * Everybody with something due, before.
 */
before: PeopleAndMoney, 
/**
 * After.
 */
after: PeopleAndMoney, 
/**
 * Who gains, and how much.
 */
gains: PeopleAndMoney, 
/**
 * Who loses, and how much.
 */
loses: PeopleAndMoney, 
/**
 * Of these: had nothing before.
 */
begins: number, 
/**
 * Of these: have nothing after.
 */
ceases: number, 
/**
 * Of whom it cannot be said, before or after.
 */
undetermined: number, 
/**
 * By row.
 */
benefits: Array<PreviewBenefit>, 
/**
 * People for whom it makes a difference, the largest first: a page of them.
 */
rows: Array<PreviewRow>, 
/**
 * How many there are of those asked for.
 */
total: number, };

/**
 * A row.
 */
export type PolicyRow = { 
/**
 * Code.
 */
code: string, 
/**
 * `national` or `province:NN`.
 */
scope: string, 
/**
 * Family.
 */
family: string, 
/**
 * Clause of Điều 5, of a monthly allowance.
 */
clause_group: string | null, 
/**
 * Vietnamese title.
 */
title_vi: string, 
/**
 * English title.
 */
title_en: string, 
/**
 * Where the law says it.
 */
legal_basis: Array<LegalBasisView>, 
/**
 * First day.
 */
effective_from: string, 
/**
 * Last day; null = open.
 */
effective_to: string | null, 
/**
 * The day the decree came into force, where the levels reach further back.
 */
decree_in_force_from: string | null, 
/**
 * How sure it is.
 */
confidence: string, 
/**
 * What must hold, all of it.
 */
conditions: Array<ConditionView>, 
/**
 * The upper age bound is tested with the age at the end of the month before.
 */
ends_at_birthday: boolean, 
/**
 * What it pays.
 */
amount: AmountView, 
/**
 * Amount today's figures give for one; null where it depends on a fact or a figure is not known.
 */
example: number | null, 
/**
 * `month`, `once`, `day`.
 */
period: string, 
/**
 * To whom.
 */
paid_for: string, 
/**
 * What it competes with.
 */
stacking_group: string, 
/**
 * Forms of the file.
 */
forms: Array<string>, 
/**
 * What a reader should know.
 */
notes: string | null, 
/**
 * The same in Vietnamese.
 */
notes_vi: string | null, 
/**
 * What holds for files of the time between.
 */
new_case_note: string | null, 
/**
 * The same in Vietnamese.
 */
new_case_note_vi: string | null, };

/**
 * An old commune that went into this one.
 */
export type Predecessor = { 
/**
 * Unit id.
 */
unit: number, 
/**
 * Name with its word.
 */
name: string, 
/**
 * District it belonged to.
 */
district: string | null, 
/**
 * Divided between several: the village decides.
 */
is_split: boolean, };

/**
 * One row of the law before and after.
 */
export type PreviewBenefit = { 
/**
 * Code.
 */
code: string, 
/**
 * Vietnamese title.
 */
title_vi: string, 
/**
 * English title.
 */
title_en: string, 
/**
 * Before.
 */
before: PeopleAndMoney, 
/**
 * After.
 */
after: PeopleAndMoney, };

/**
 * Two months, or two sets, beside each other for the whole commune.
 */
export type PreviewPolicy = { 
/**
 * Month as it is, `YYYY-MM`; null = this month.
 */
before: string | null, 
/**
 * Month to compare with; null = the same.
 */
after: string | null, 
/**
 * The set to try for the second; null = the present one.
 */
documents: PolicyDocuments | null, 
/**
 * Only those who gain (`gains`) or lose (`loses`); null = both. The sums are of everybody all the same.
 */
who: string | null, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

/**
 * Somebody for whom it makes a difference.
 */
export type PreviewRow = { 
/**
 * The person.
 */
person: string, 
/**
 * Name.
 */
full_name: string, 
/**
 * Village.
 */
village_name: string, 
/**
 * Before, a month.
 */
before: number, 
/**
 * After, a month.
 */
after: number, 
/**
 * Rows before.
 */
codes_before: Array<string>, 
/**
 * Rows after.
 */
codes_after: Array<string>, };

/**
 * Asks for the rows of a list to print them; kept in the audit.
 */
export type PrintList = { 
/**
 * The rows; at most 5,000 are given.
 */
rows: ListRows, 
/**
 * Title with the filters in words, as the audit keeps it.
 */
title: string, };

/**
 * The sheet that a person is given.
 */
export type PrintPersonData = { 
/**
 * The person.
 */
person: string, 
/**
 * Why; kept in the audit.
 */
reason: string, 
/**
 * With what is specially protected: needs its right.
 */
restricted: boolean, };

/**
 * Rows to print, of one of the lists.
 */
export type PrintedList = { 
/**
 * People.
 */
people: Array<PersonRow>, 
/**
 * Households.
 */
households: Array<HouseholdRow>, 
/**
 * Households of a roster with their people.
 */
roster: Array<RosterHousehold>, 
/**
 * People who asked that their data be limited and are left out.
 */
left_out: number, 
/**
 * How many were asked for; of a roster people.
 */
total: number, 
/**
 * When (RFC 3339).
 */
at: string, };

/**
 * A refusal, as it crosses to the UI.
 */
export type Problem = { 
/**
 * Why.
 */
code: Code, 
/**
 * Values its sentence names; never of a person.
 */
params: { [key in string]: string }, 
/**
 * Number that also stands in the log.
 */
incident: string | null, 
/**
 * Problems of single fields, all at once.
 */
fields: Array<FieldProblem>, };

/**
 * The quality of the register today.
 */
export type Quality = { 
/**
 * Villages in their order, then what is in none.
 */
rows: Array<QualityRow>, };

/**
 * The numbers of one village.
 */
export type QualityRow = { 
/**
 * The village; null = in none.
 */
village: string | null, 
/**
 * Its name with its word; empty for none.
 */
village_name: string, 
/**
 * People who live here.
 */
people: number, 
/**
 * Of them with an id of twelve digits.
 */
with_id: number, 
/**
 * Of them with a birth known to the day.
 */
with_birth: number, 
/**
 * Of them with a village.
 */
with_village: number, 
/**
 * Of them with all three.
 */
complete: number, 
/**
 * Households.
 */
households: number, 
/**
 * People by mark; a mark that nobody has is absent.
 */
person_marks: Array<MarkCount>, 
/**
 * Households by mark.
 */
household_marks: Array<MarkCount>, };

/**
 * Asks for the columns under another header row.
 */
export type ReadHeader = { 
/**
 * The file.
 */
file: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Its header row, from 1.
 */
header_row: number, };

/**
 * One row of the file, to be mended.
 */
export type ReadRow = { 
/**
 * The list with what was said so far.
 */
list: ImportRequest, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row as in the sheet, from 1.
 */
row: number, };

/**
 * Reads a file and guesses its layout. Either a path (desktop) or the bytes (browser).
 */
export type ReadSheet = { 
/**
 * Path chosen in the dialog.
 */
path: string | null, 
/**
 * File name, where bytes are given.
 */
name: string | null, 
/**
 * Bytes in base64.
 */
bytes: string | null, };

/**
 * A condition with what came out.
 */
export type ReasonView = { 
/**
 * `test`, `any`, `all`, `not`.
 */
kind: string, 
/**
 * Of a test: name of the fact.
 */
fact: string | null, 
/**
 * Of a test: `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not_in`.
 */
op: string | null, 
/**
 * Of a test: what the fact is compared with.
 */
value: FieldValue, 
/**
 * True, false, or null: not known.
 */
result: boolean | null, 
/**
 * The value that was tested; null for an unknown or masked one, and for "none".
 */
told: FieldValue, 
/**
 * The value is there and not shown: it needs the right.
 */
masked: boolean, 
/**
 * The conditions inside `any`, `all`, `not`.
 */
parts: Array<ReasonView>, };

/**
 * An allowance received.
 */
export type ReceivedView = { 
/**
 * The record.
 */
record: string, 
/**
 * `regular` or `carer_support`.
 */
list: string, 
/**
 * Row of the law, where it is told.
 */
code: string | null, 
/**
 * Đồng a month.
 */
amount: number | null, 
/**
 * For whose care.
 */
cared: string | null, };

/**
 * Names one record.
 */
export type RecordRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A record as a page shows it.
 */
export type RecordView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Name of its kind.
 */
kind: string, 
/**
 * Values and heads, ready for a form.
 */
opened: Opened, 
/**
 * Names of the records that its references point to, by column.
 */
names: { [key in string]: string }, 
/**
 * Columns whose field has two values that disagree.
 */
conflicts: Array<string>, 
/**
 * True while a change of it has no receipt from the province.
 */
pending: boolean, 
/**
 * True for a deleted record.
 */
deleted: boolean, 
/**
 * Warnings that its values give.
 */
problems: Array<FieldProblem>, };

/**
 * The recovery key, shown once.
 */
export type RecoveryKeyShown = { 
/**
 * Six groups of four symbols.
 */
groups: Array<string>, };

/**
 * A worker to remove: the store gets a new key.
 */
export type RemoveWorker = { 
/**
 * Who.
 */
uid: number, };

/**
 * A new recovery key, where the first was not written down: the old paper is worthless from then on.
 */
export type RenewRecoveryKey = { 
/**
 * One's own password.
 */
password: string, };

/**
 * A forgotten password, set anew with the recovery key.
 */
export type ResetPassword = { 
/**
 * Whose.
 */
uid: number, 
/**
 * The 24 symbols.
 */
recovery_key: string, 
/**
 * New password.
 */
password: string, };

/**
 * Keeps one of the values.
 */
export type ResolveConflict = { 
/**
 * The record.
 */
record: string, 
/**
 * Field number.
 */
fid: number, 
/**
 * The value to keep.
 */
keep: [number, bigint], };

/**
 * Restore, before sign-in.
 */
export type RestoreBackup = { 
/**
 * Name of one of the listed backups, or an absolute path of a backup elsewhere.
 */
backup: string, 
/**
 * An administrator of the present store, with `password` …
 */
uid: number | null, 
/**
 * … their password …
 */
password: string | null, 
/**
 * … or the recovery key.
 */
recovery_key: string | null, 
/**
 * What opens the backup where the proof of the present store does not.
 */
own: OwnProof | null, };

/**
 * What is specially protected about a person.
 */
export type RestrictedView = { 
/**
 * `restricted_health` rows.
 */
records: Array<RecordView>, 
/**
 * Parent links of status `serving`, whole.
 */
parent_links: Array<RecordView>, 
/**
 * Conflicts of these records.
 */
conflicts: Array<ConflictView>, };

/**
 * One household of a roster.
 */
export type RosterHousehold = { 
/**
 * The household.
 */
id: string, 
/**
 * Its code.
 */
code: string, 
/**
 * Its head on the day; empty where none or two.
 */
head_name: string, 
/**
 * The village as it was called on the day.
 */
village_name: string, 
/**
 * The address as valid on the day.
 */
address: string, 
/**
 * The class in force on the day.
 */
poverty_class: string | null, 
/**
 * Who was present, head first.
 */
members: Array<RosterPerson>, };

/**
 * Who lived where on a day.
 */
export type RosterOn = { 
/**
 * The day.
 */
on: string, 
/**
 * Of one village; null = of the commune.
 */
village: string | null, 
/**
 * Of one household.
 */
household: string | null, 
/**
 * Households to skip.
 */
offset: number, 
/**
 * Households wanted, at most 200.
 */
limit: number, };

/**
 * A page of a roster.
 */
export type RosterPage = { 
/**
 * Households by village, then by the head's given name.
 */
rows: Array<RosterHousehold>, 
/**
 * How many households.
 */
total: number, 
/**
 * How many people in all of them.
 */
people: number, };

/**
 * One person of a roster.
 */
export type RosterPerson = { 
/**
 * The person.
 */
id: string, 
/**
 * Full name.
 */
full_name: string, 
/**
 * Relation to the head on the day.
 */
relationship: string | null, 
/**
 * Birth as known.
 */
birth: string | null, 
/**
 * Sex.
 */
sex: string | null, 
/**
 * Age in completed months on the day.
 */
age_months: number | null, 
/**
 * Masked citizen id.
 */
masked_citizen_id: string | null, };

/**
 * A member in the roster.
 */
export type RosterRow = { 
/**
 * The membership.
 */
membership: RecordView, 
/**
 * The person; their citizen id is masked in `masked_citizen_id` and absent from `person`.
 */
person: RecordView, 
/**
 * Citizen id for lists: `017150•••127`.
 */
masked_citizen_id: string | null, 
/**
 * Age in completed months on the date; null = birth unknown.
 */
age_months: number | null, 
/**
 * Present on the date.
 */
present: boolean, 
/**
 * Severity of the disability certificate in force.
 */
disability: string | null, };

/**
 * A cell of a row.
 */
export type RowCell = { 
/**
 * Column position from 0.
 */
column: number, 
/**
 * `A`, `B` …
 */
letter: string, 
/**
 * Heading as written.
 */
heading: string, 
/**
 * What it is taken for.
 */
target: string | null, 
/**
 * What stands there, old fonts converted.
 */
text: string, };

/**
 * The cells of one row.
 */
export type RowView = { 
/**
 * Left to right.
 */
cells: Array<RowCell>, };

/**
 * Keeps a filter; the same name again replaces what it stood for.
 */
export type SaveFilter = { 
/**
 * `people` or `households`.
 */
list: string, 
/**
 * Its name, at most 60 letters.
 */
name: string, 
/**
 * The list's state, JSON.
 */
body: string, };

/**
 * Saves a form.
 */
export type SaveHousehold = { 
/**
 * The form.
 */
form: HouseholdForm, 
/**
 * The draft it came from, discarded with the save.
 */
draft: string | null, };

/**
 * Checks or saves one record.
 */
export type SaveRecord = { 
/**
 * Kind.
 */
kind: string, 
/**
 * Parent of a new child record.
 */
parent: string | null, 
/**
 * The record.
 */
record: FormRecord, 
/**
 * The draft it came from, discarded with the save.
 */
draft: string | null, };

/**
 * A filter kept under a name.
 */
export type SavedFilter = { 
/**
 * Its number.
 */
id: string, 
/**
 * `people` or `households`.
 */
list: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The list's state as the page wrote it, JSON.
 */
body: string, };

/**
 * The worker's filters.
 */
export type SavedFilters = { 
/**
 * In the order of their making.
 */
filters: Array<SavedFilter>, };

/**
 * A saved household.
 */
export type SavedHousehold = { 
/**
 * The household.
 */
id: string, 
/**
 * Its members' persons, in the order of the form.
 */
member_ids: string[], 
/**
 * Warnings that were saved with it.
 */
problems: Array<FieldProblem>, 
/**
 * The act, for undo.
 */
act: string | null, 
/**
 * Capabilities to refetch.
 */
touched: Array<string>, };

/**
 * An answer that names one record.
 */
export type SavedRecord = { 
/**
 * The record.
 */
id: string, 
/**
 * Problems that were saved with it.
 */
problems: Array<FieldProblem>, 
/**
 * The act, for undo.
 */
act: string | null, 
/**
 * Capabilities to refetch.
 */
touched: Array<string>, };

/**
 * Words in any order: names, birth year, village, part of an id or code.
 */
export type Search = { 
/**
 * As typed.
 */
text: string, 
/**
 * Results wanted, at most 100.
 */
limit: number, };

/**
 * One result.
 */
export type SearchResult = { 
/**
 * `person`, `household` or `village`.
 */
kind: string, 
/**
 * The record.
 */
id: string, 
/**
 * Name of the person, of the head, of the village.
 */
full_name: string, 
/**
 * Birth as known.
 */
birth: string | null, 
/**
 * Village.
 */
village: string, 
/**
 * Household.
 */
household_id: string | null, 
/**
 * Household code.
 */
code: string | null, };

/**
 * Results, best first.
 */
export type SearchResults = { 
/**
 * Best first: exact marks before folded ones.
 */
results: Array<SearchResult>, };

/**
 * The second place: a folder on a USB stick or another disk.
 */
export type SetSecondPlace = { 
/**
 * Absolute path; null takes it off.
 */
path: string | null, };

/**
 * First run, step one: commune and first worker.
 */
export type SetUp = { 
/**
 * Unit id.
 */
unit: number, 
/**
 * Display name of the first worker, who is officer and administrator.
 */
name: string, 
/**
 * Password, at least ten characters.
 */
password: string, };

/**
 * The step of the first run that comes next.
 */
export type SetUpStep = "commune" | "recovery_key" | "enrolment" | "data" | "done";

/**
 * Choices kept in the folder, readable before sign-in: they say nothing of anybody.
 */
export type Settings = { 
/**
 * `vi` or `en`.
 */
language: string, 
/**
 * `system`, `light` or `dark`.
 */
theme: string, 
/**
 * `compact`, `standard` or `roomy`.
 */
density: string, 
/**
 * Single-letter keys act when no field has focus.
 */
letter_keys: boolean, 
/**
 * The rail shows icons only.
 */
rail_collapsed: boolean, };

/**
 * A column as found.
 */
export type SheetColumn = { 
/**
 * Position from 0.
 */
index: number, 
/**
 * `A`, `B` …
 */
letter: string, 
/**
 * Heading as written.
 */
heading: string, 
/**
 * What it is taken for; null = left out. Keys `import.target.<target>`.
 */
target: string | null, 
/**
 * True where the guess wants a look.
 */
unsure: boolean, 
/**
 * A few of its values.
 */
examples: Array<string>, };

/**
 * The worker's corrections of one sheet.
 */
export type SheetMapping = { 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Take it.
 */
taken: boolean, 
/**
 * Header row as in the sheet, from 1.
 */
header_row: number | null, 
/**
 * Column position → target.
 */
columns: { [key in number]: string }, 
/**
 * Column position → `unicode`, `tcvn3`, `tcvn3_capitals` or `vni`, where the worker said so.
 */
encodings: { [key in number]: string }, 
/**
 * Column position → `day_first` or `month_first`, where the worker said so.
 */
orders: { [key in number]: string }, 
/**
 * The poverty class that holds for the whole sheet, where the worker said so; empty = none does.
 */
class: string | null, };

/**
 * A file read, kept by the host until it is applied or another is read.
 */
export type SheetRead = { 
/**
 * Names the file in later calls.
 */
file: string, 
/**
 * File name.
 */
name: string, 
/**
 * Its sheets.
 */
sheets: Array<SheetView>, 
/**
 * Everything a column can be.
 */
targets: Array<string>, };

/**
 * A sheet of the file.
 */
export type SheetView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Rows with people as found.
 */
rows: number, 
/**
 * The header row as in the sheet, from 1; null = none found.
 */
header_row: number | null, 
/**
 * Its columns.
 */
columns: Array<SheetColumn>, 
/**
 * Take this sheet.
 */
taken: boolean, 
/**
 * True where a worker corrected this layout before and the columns are as then.
 */
remembered: boolean, };

/**
 * Sign-in.
 */
export type SignIn = { 
/**
 * Who.
 */
uid: number, 
/**
 * Password.
 */
password: string, };

/**
 * Who is signed in and what they may do.
 */
export type SignedIn = { 
/**
 * Number on this machine.
 */
uid: number, 
/**
 * Display name.
 */
name: string, 
/**
 * Role.
 */
role: string, 
/**
 * True for an administrator.
 */
admin: boolean, 
/**
 * Rights, by name: `read`, `write`, `import`, `export`, `restricted.read`, `restricted.write`, `admin`, `audit`.
 */
rights: Array<string>, };

/**
 * At most five, the likeliest first.
 */
export type SimilarPeople = { 
/**
 * People.
 */
people: Array<SimilarPerson>, };

/**
 * Somebody of the register who may be the one that is typed.
 */
export type SimilarPerson = { 
/**
 * Who.
 */
person: PersonRow, 
/**
 * `likely` or `possible`.
 */
level: string, 
/**
 * Why, as codes of `evidence.<code>`: number, name, birth, sex, place, people.
 */
evidence: Array<string>, };

/**
 * A legal document.
 */
export type SourceRow = { 
/**
 * Code.
 */
code: string, 
/**
 * Number as cited.
 */
number: string, 
/**
 * Title.
 */
title_vi: string, 
/**
 * First day in force.
 */
effective_from: string, 
/**
 * Last day; null = open.
 */
effective_to: string | null, 
/**
 * How sure we are of it.
 */
confidence: string, 
/**
 * What a reader should know.
 */
note: string | null, 
/**
 * The same in Vietnamese.
 */
note_vi: string | null, };

/**
 * A rule about several benefits at once.
 */
export type StackingRow = { 
/**
 * `S1` and so on.
 */
id: string, 
/**
 * What it says: `highest_only`, `add`, …
 */
rule: string, 
/**
 * Families or groups it speaks of.
 */
applies_to: Array<string>, 
/**
 * Where the law says it.
 */
legal_basis: Array<LegalBasisView>, 
/**
 * In words.
 */
desc: string, 
/**
 * The same in Vietnamese.
 */
desc_vi: string | null, 
/**
 * How sure it is.
 */
confidence: string, };

/**
 * How a person stands in the commune.
 */
export type Standing = "here" | "dead" | "gone" | "everyone";

/**
 * A fact as it might be.
 */
export type SupposedFact = { 
/**
 * Name; restricted ones are refused.
 */
fact: string, 
/**
 * Value; null = "none" where the fact has it, else unknown.
 */
value: FieldValue, };

/**
 * What one contact did.
 */
export type SyncDone = { 
/**
 * Changes with a receipt now.
 */
sent: number, 
/**
 * Changes of others received.
 */
received: number, 
/**
 * Changes still waiting.
 */
waiting: number, 
/**
 * When both sides last agreed by digest (RFC 3339).
 */
verified_at: string | null, };

/**
 * What the status line and the sync page show.
 */
export type SyncStatus = { 
/**
 * True once the province has given this machine a number.
 */
enrolled: boolean, 
/**
 * The machine's number.
 */
device: number | null, 
/**
 * Address of the province's server.
 */
server: string | null, 
/**
 * Changes waiting.
 */
waiting: number, 
/**
 * Since when the oldest waits (RFC 3339).
 */
waiting_since: string | null, 
/**
 * Last contact (RFC 3339).
 */
last_contact_at: string | null, 
/**
 * When both sides last agreed by digest (RFC 3339).
 */
verified_at: string | null, 
/**
 * Open conflicts.
 */
conflicts: number, 
/**
 * True while a contact is going on.
 */
running: boolean, 
/**
 * Why the last contact failed: a code of `Code`; offline is none of these.
 */
refusal: Code | null, 
/**
 * True when the last try found no way to the province.
 */
offline: boolean, 
/**
 * Next try (RFC 3339).
 */
next_try_at: string | null, 
/**
 * Clock of this machine differs from the province's by so many seconds, where that matters.
 */
clock_off_seconds: number | null, };

/**
 * Takes a line up: the signed-in worker does it now.
 */
export type TakeUpOutreach = { 
/**
 * The person.
 */
person: string, 
/**
 * The line.
 */
key: string, };

/**
 * Undoes an act; without one, this worker's last.
 */
export type Undo = { 
/**
 * The act.
 */
act: string | null, };

/**
 * Undoes an import.
 */
export type UndoImport = { 
/**
 * The import.
 */
import: string, };

/**
 * What was undone.
 */
export type Undone = { 
/**
 * A household or person to go to.
 */
id: string | null, 
/**
 * What the act had been.
 */
what: string, 
/**
 * Capabilities to refetch.
 */
touched: Array<string>, };

/**
 * A worker's role to change.
 */
export type UpdateWorker = { 
/**
 * Who.
 */
uid: number, 
/**
 * Role.
 */
role: string, 
/**
 * Administrator.
 */
admin: boolean, };

/**
 * A village to choose from.
 */
export type VillageChoice = { 
/**
 * The village.
 */
id: string, 
/**
 * Name with its word.
 */
label: string, 
/**
 * Region status today.
 */
region_status: string | null, };

/**
 * Villages in force.
 */
export type VillageChoices = { 
/**
 * In their order.
 */
villages: Array<VillageChoice>, };

/**
 * A village on the map.
 */
export type VillagePoint = { 
/**
 * The village.
 */
id: string, 
/**
 * Name with its word.
 */
name: string, 
/**
 * Degrees north and east; null = not recorded.
 */
at: Coordinates | null, 
/**
 * Households there.
 */
households: number, 
/**
 * People there.
 */
people: number, };

/**
 * A village with its region status.
 */
export type VillageView = { 
/**
 * The village.
 */
village: RecordView, 
/**
 * Name with its word: `xóm Mu`.
 */
full_name: string, 
/**
 * Region status on the date.
 */
region_status: string | null, 
/**
 * All rows, newest first.
 */
region_rows: Array<RecordView>, 
/**
 * Households there.
 */
households: number, 
/**
 * People there.
 */
people: number, 
/**
 * In force on the date.
 */
in_force: boolean, };

/**
 * What if facts or the day were others.
 */
export type WhatIf = { 
/**
 * The person.
 */
person: string, 
/**
 * The day; null = today.
 */
on: string | null, 
/**
 * The other day; null = the same.
 */
then: string | null, 
/**
 * `first` or `last`: which day a partial date of birth is taken as; null = as the commune has decided.
 */
birth: string | null, 
/**
 * The other facts.
 */
facts: Array<SupposedFact>, };

/**
 * As it is, and as it would be.
 */
export type WhatIfView = { 
/**
 * As it is.
 */
now: EntitlementsView, 
/**
 * As it would be.
 */
then: EntitlementsView, };

/**
 * Why somebody leaves or comes.
 */
export type Why = "move" | "marriage";

/**
 * Why what is due is not what was received.
 */
export type WhyView = { 
/**
 * `ended`: the row received has ended; `due`: this row is due; `figure`: a figure began after the allowance; `fact`;
 * `recorded`: another amount was written down; `life`: died or not yet born, `life_unsourced`: the same in a month for
 * which no row says where the law ends the money.
 */
kind: string, 
/**
 * Code of the row or figure.
 */
code: string | null, 
/**
 * Vietnamese title of the row.
 */
title_vi: string, 
/**
 * English title of the row.
 */
title_en: string, 
/**
 * Where the law says it.
 */
legal_basis: Array<LegalBasisView>, 
/**
 * How sure the row or figure is.
 */
confidence: string | null, 
/**
 * Value of the figure.
 */
value: number | null, 
/**
 * From when the row, figure or record counts.
 */
since: string | null, 
/**
 * The fact.
 */
fact: string | null, 
/**
 * Its value; null for unknown, masked and "none".
 */
told: FieldValue, 
/**
 * The value is there and not shown.
 */
masked: boolean, 
/**
 * The record it comes from, to be opened.
 */
record: string | null, 
/**
 * Kind of that record.
 */
record_kind: string | null, 
/**
 * The person or household whose page shows the record.
 */
page: string | null, };

/**
 * A worker as the sign-in shows them.
 */
export type WorkerCard = { 
/**
 * Number on this machine.
 */
uid: number, 
/**
 * Display name.
 */
name: string, 
/**
 * Role as shown.
 */
role: string, 
/**
 * Last sign-in (RFC 3339), once known.
 */
last_seen_at: string | null, };

/**
 * A worker in the list of accounts.
 */
export type WorkerRow = { 
/**
 * Number.
 */
uid: number, 
/**
 * Display name.
 */
name: string, 
/**
 * Role.
 */
role: string, 
/**
 * Administrator.
 */
admin: boolean, 
/**
 * False once removed.
 */
active: boolean, };

/**
 * All workers of this machine.
 */
export type Workers = { 
/**
 * In the order of their numbers.
 */
workers: Array<WorkerRow>, };

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
  check_audit: { request: Nothing; answer: AuditChecked };
  export_audit: { request: ExportAudit; answer: FileMade };
  change_settings: { request: Settings; answer: Settings };
  get_commune_settings: { request: Nothing; answer: CommuneSettings };
  change_commune_settings: { request: CommuneSettings; answer: CommuneSettings };
  list_backups: { request: Nothing; answer: Backups };
  back_up: { request: Nothing; answer: Backups };
  set_second_place: { request: SetSecondPlace; answer: Backups };
  look_at_backup: { request: LookAtBackup; answer: BackupFacts };
  restore_backup: { request: RestoreBackup; answer: AppState };
  get_places: { request: GetPlaces; answer: PlacesView };
  list_villages: { request: Nothing; answer: VillageChoices };
  get_map: { request: Nothing; answer: MapView };
  list_households: { request: ListHouseholds; answer: HouseholdPage };
  get_household: { request: GetHousehold; answer: HouseholdView };
  open_household_form: { request: OpenHouseholdForm; answer: HouseholdForm };
  check_household: { request: HouseholdForm; answer: FormProblems };
  save_household: { request: SaveHousehold; answer: SavedHousehold };
  roster_on: { request: RosterOn; answer: RosterPage };
  check_act: { request: ActForm; answer: ActPreview };
  do_act: { request: ActForm; answer: ActDone };
  list_people: { request: ListPeople; answer: PersonPage };
  list_birthdays: { request: Nothing; answer: Birthdays };
  get_person: { request: RecordRequest; answer: PersonView };
  show_citizen_id: { request: RecordRequest; answer: CitizenIdShown };
  open_restricted: { request: OpenRestricted; answer: RestrictedView };
  save_restricted: { request: SaveRecord; answer: SavedRecord };
  person_entitlements: { request: PersonEntitlements; answer: EntitlementsView };
  person_entitlements_restricted: { request: PersonEntitlementsRestricted; answer: EntitlementsView };
  person_months: { request: PersonMonths; answer: MonthsView };
  person_months_restricted: { request: PersonMonthsRestricted; answer: MonthsView };
  what_if: { request: WhatIf; answer: WhatIfView };
  list_adjustments: { request: ListAdjustments; answer: Adjustments };
  print_adjustments: { request: ListAdjustments; answer: Adjustments };
  export_adjustments: { request: ExportAdjustments; answer: FileMade };
  list_outreach: { request: ListOutreach; answer: OutreachPage };
  desk_outreach: { request: Nothing; answer: OutreachDesk };
  assign_outreach: { request: AssignOutreach; answer: OutreachMarked };
  dismiss_outreach: { request: DismissOutreach; answer: OutreachMarked };
  take_up_outreach: { request: TakeUpOutreach; answer: OutreachMarked };
  list_policies: { request: ListPolicies; answer: Policies };
  preview_policy: { request: PreviewPolicy; answer: PolicyPreview };
  list_consents: { request: RecordRequest; answer: ConsentList };
  list_data_requests: { request: ListDataRequests; answer: DataRequestPage };
  open_limited: { request: OpenLimited; answer: Nothing };
  print_person_data: { request: PrintPersonData; answer: PersonDataSheet };
  find_similar_people: { request: FindSimilar; answer: SimilarPeople };
  list_duplicates: { request: ListDuplicates; answer: DuplicatePairs };
  compare_people: { request: PairRequest; answer: Comparison };
  mark_different: { request: PairRequest; answer: SavedRecord };
  merge_people: { request: MergePeople; answer: SavedRecord };
  unmerge_people: { request: RecordRequest; answer: SavedRecord };
  count_people: { request: CountPeople; answer: Counts };
  count_households: { request: CountHouseholds; answer: Counts };
  list_filters: { request: Nothing; answer: SavedFilters };
  save_filter: { request: SaveFilter; answer: SavedFilters };
  delete_filter: { request: DeleteFilter; answer: SavedFilters };
  export_list: { request: ExportList; answer: FileMade };
  print_list: { request: PrintList; answer: PrintedList };
  get_quality: { request: Nothing; answer: Quality };
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
  read_header: { request: ReadHeader; answer: SheetView };
  plan_import: { request: ImportRequest; answer: ImportPlan };
  read_row: { request: ReadRow; answer: RowView };
  apply_import: { request: ImportRequest; answer: ImportDone };
  import_progress: { request: Nothing; answer: ImportProgress };
  list_imports: { request: Nothing; answer: Imports };
  get_import: { request: GetImport; answer: ImportReport };
  list_person_sources: { request: RecordRequest; answer: PersonSources };
  undo_import: { request: UndoImport; answer: ImportUndone };
  import_template: { request: ImportTemplate; answer: FileMade };
  export_register: { request: ExportRegister; answer: FileMade };
}
