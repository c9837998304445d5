-- The device's database as it is after all migrations: what each table is for, in English with the Vietnamese term.
-- Described, never run: crates/store/migrations/ makes it, and a test compares the two.

-- ---------------------------------------------------------------------------------------------------------------------
-- The store itself
-- ---------------------------------------------------------------------------------------------------------------------

-- Migration steps this file has run (bước nâng cấp): name, blake3 of the step's text, when (ms since 1970).
CREATE TABLE schema_step(
  name TEXT PRIMARY KEY, checksum BLOB NOT NULL, applied_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts of the store about itself (thông tin kho dữ liệu): store_id, unit, sample, incarnation, recovery_public, rekeying,
-- and the counters of the outbox. Each value has the type its writer in crates/store/src/meta.rs gives it.
CREATE TABLE meta(
  k TEXT PRIMARY KEY,
  v ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Accounts (tài khoản cán bộ): who works with this store, in which role, with which flag. A removed worker stays with
-- active = 0, since history names authors by number. public_key is the half that the store's key is sealed to.
CREATE TABLE account(
  uid INTEGER PRIMARY KEY CHECK (uid BETWEEN 1 AND 4294967295),
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('officer', 'chairman', 'accountant', 'one_stop')),
  admin INTEGER NOT NULL CHECK (admin IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  created_at INTEGER NOT NULL
) STRICT;

-- The audit (nhật ký truy cập): who saw what is protected, exported, changed rights. Append-only; hash binds each row to
-- all before it; n counts from 1 in each incarnation of the store; uid 0 is the program itself.
CREATE TABLE audit(
  incarnation BLOB NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 1),
  at INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act <> ''),
  kind INTEGER,
  rid BLOB,
  reason TEXT,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (incarnation, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_at ON audit(at, n);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;

-- Settings (cài đặt) that everybody who works with this store shares, by name.
CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
-- The register
-- ---------------------------------------------------------------------------------------------------------------------

-- Every record (bản ghi) of any kind: its id, place, clocks (clk), what no column holds (ext) and digest (h). life: 0 live, 1 deleted,
-- 2 moved away, 3 given up for another. nconf: conflicts; pend: ops without a receipt. lid is also the row of its kind's table.
CREATE TABLE rec(
  lid INTEGER PRIMARY KEY,
  rid BLOB NOT NULL UNIQUE CHECK (length(rid) = 16),
  kind INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  parent BLOB CHECK (length(parent) = 16),
  life INTEGER NOT NULL DEFAULT 0 CHECK (life BETWEEN 0 AND 3),
  nconf INTEGER NOT NULL DEFAULT 0 CHECK (nconf >= 0),
  pend INTEGER NOT NULL DEFAULT 0 CHECK (pend >= 0),
  clk BLOB NOT NULL,
  ext BLOB,
  h BLOB NOT NULL CHECK (length(h) = 16)
) STRICT;
CREATE INDEX rec_parent ON rec(parent, kind) WHERE parent IS NOT NULL;
CREATE INDEX rec_conflict ON rec(lid) WHERE nconf > 0;
CREATE INDEX rec_merged ON rec(kind, lid) WHERE life = 3;

-- Values that nobody has replaced (giá trị đang mâu thuẫn), all of a field, only where a field has several.
CREATE TABLE head(
  lid INTEGER NOT NULL REFERENCES rec(lid),
  fid INTEGER NOT NULL,
  dno INTEGER NOT NULL,
  dseq INTEGER NOT NULL,
  eff INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  value BLOB,
  PRIMARY KEY (lid, fid, dno, dseq)
) STRICT, WITHOUT ROWID;

-- Sum and count of the digests of a commune's records (tổng kiểm của xã).
CREATE TABLE scope_digest(
  scope INTEGER PRIMARY KEY,
  sum BLOB NOT NULL CHECK (length(sum) = 16),
  n INTEGER NOT NULL CHECK (n >= 0)
) STRICT;

-- Households (hộ gia đình).
CREATE TABLE household(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  code TEXT,
  source_code TEXT,
  village BLOB,
  address_detail TEXT,
  phone TEXT,
  phone_owner TEXT,
  ethnic_code TEXT,
  latitude TEXT,
  longitude TEXT,
  is_residence_household INTEGER,
  linked_household BLOB,
  note TEXT,
  split_from BLOB,
  split_on TEXT,
  joined_into BLOB,
  joined_on TEXT,
  left_on TEXT,
  left_to TEXT
) STRICT;
CREATE INDEX household_village ON household(village) WHERE village IS NOT NULL;
CREATE INDEX household_linked_household ON household(linked_household) WHERE linked_household IS NOT NULL;
CREATE INDEX household_split_from ON household(split_from) WHERE split_from IS NOT NULL;
CREATE INDEX household_joined_into ON household(joined_into) WHERE joined_into IS NOT NULL;

-- People (đối tượng, thành viên hộ).
CREATE TABLE person(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  full_name TEXT,
  other_name TEXT,
  birth_date TEXT,
  sex TEXT,
  ethnic_code TEXT,
  citizen_id TEXT,
  citizen_id_issued_on TEXT,
  citizen_id_issued_by TEXT,
  old_id TEXT,
  phone TEXT,
  phone_owner TEXT,
  marital_status TEXT,
  marital_since TEXT,
  education_level TEXT,
  occupation TEXT,
  income_monthly INTEGER,
  death_date TEXT,
  death_cert_no TEXT,
  note TEXT
) STRICT;

-- Who lives in a household (thành viên hộ), with relationship and dates.
CREATE TABLE household_member(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  person BLOB,
  relationship_to_head TEXT,
  from_on TEXT,
  reason_in TEXT,
  to_on TEXT,
  reason_out TEXT,
  came_from TEXT,
  went_to TEXT
) STRICT;
CREATE INDEX household_member_person ON household_member(person) WHERE person IS NOT NULL;

-- Class of each yearly poverty review (kết quả rà soát hộ nghèo).
CREATE TABLE poverty_class(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  year INTEGER,
  class TEXT,
  decision_no TEXT,
  decision_on TEXT,
  certificate_no TEXT,
  score_b1 INTEGER,
  score_b2 INTEGER,
  valid_from TEXT,
  valid_to TEXT
) STRICT;

-- Disability certificates (giấy xác nhận khuyết tật).
CREATE TABLE disability_certificate(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  number TEXT,
  issued_on TEXT,
  issued_by TEXT,
  types TEXT,
  severity TEXT,
  valid_from TEXT,
  basis TEXT,
  minutes_no TEXT,
  reassess_at TEXT,
  status TEXT
) STRICT;

-- Monthly allowances received (trợ cấp hằng tháng).
CREATE TABLE allowance(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  kind TEXT,
  si_kind TEXT,
  benefit_code TEXT,
  cared BLOB,
  coefficient TEXT,
  amount INTEGER,
  from_month TEXT,
  to_month TEXT,
  decision_no TEXT,
  payer TEXT
) STRICT;
CREATE INDEX allowance_cared ON allowance(cared) WHERE cared IS NOT NULL;

-- Who cares for a person (người chăm sóc).
CREATE TABLE carer_link(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  carer BLOB,
  kind TEXT,
  relation TEXT,
  paper_no TEXT,
  from_on TEXT,
  to_on TEXT
) STRICT;
CREATE INDEX carer_link_carer ON carer_link(carer) WHERE carer IS NOT NULL;

-- Parents and what became of them (cha, mẹ).
CREATE TABLE parent_link(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  parent BLOB,
  parent_name TEXT,
  side TEXT,
  adoptive INTEGER,
  status TEXT,
  paper_no TEXT,
  paper_on TEXT,
  from_on TEXT,
  to_on TEXT
) STRICT;
CREATE INDEX parent_link_parent ON parent_link(parent) WHERE parent IS NOT NULL;

-- Schools and years of study (quá trình học).
CREATE TABLE study(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  level TEXT,
  school TEXT,
  status TEXT,
  from_on TEXT,
  to_on TEXT
) STRICT;

-- Where a person lives or is registered (cư trú).
CREATE TABLE residence(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  kind TEXT,
  village BLOB,
  place TEXT,
  detail TEXT,
  from_on TEXT,
  to_on TEXT
) STRICT;
CREATE INDEX residence_village ON residence(village) WHERE village IS NOT NULL;

-- Health-insurance cards (thẻ BHYT).
CREATE TABLE health_insurance(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  number TEXT,
  valid_from TEXT,
  valid_to TEXT
) STRICT;

-- Specially protected data (dữ liệu được bảo vệ đặc biệt): yes or no and the paper, no diagnosis.
CREATE TABLE restricted_health(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  matter TEXT,
  answer TEXT,
  allowance BLOB,
  benefit_code TEXT,
  from_on TEXT,
  due_on TEXT,
  to_on TEXT,
  paper_no TEXT
) STRICT;
CREATE INDEX restricted_health_allowance ON restricted_health(allowance) WHERE allowance IS NOT NULL;

-- Villages (thôn, xóm, bản).
CREATE TABLE village(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  name TEXT,
  village_type TEXT,
  unit INTEGER,
  valid_from TEXT,
  valid_to TEXT,
  successor BLOB,
  position INTEGER,
  latitude TEXT,
  longitude TEXT,
  former_unit INTEGER,
  decision_no TEXT
) STRICT;
CREATE INDEX village_successor ON village(successor) WHERE successor IS NOT NULL;

-- Region status (khu vực, thôn đặc biệt khó khăn) of a village or commune by date.
CREATE TABLE region_status(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  unit INTEGER,
  kind TEXT,
  decision_no TEXT,
  valid_from TEXT,
  valid_to TEXT
) STRICT;

-- Workers (cán bộ) as authors of changes, on every device.
CREATE TABLE worker(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  uid INTEGER,
  name TEXT,
  role TEXT,
  device_name TEXT
) STRICT;

-- Who is obliged to support a person (người có nghĩa vụ phụng dưỡng).
CREATE TABLE support_obligor(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  state TEXT,
  obligor BLOB,
  obligor_name TEXT,
  obligor_birth_year INTEGER,
  relation TEXT,
  receives_monthly INTEGER,
  from_on TEXT,
  to_on TEXT
) STRICT;
CREATE INDEX support_obligor_obligor ON support_obligor(obligor) WHERE obligor IS NOT NULL;

-- Written requests (đơn đề nghị).
CREATE TABLE written_request(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  family TEXT,
  filed_on TEXT,
  paper_no TEXT
) STRICT;

-- Dated answers and checks (ghi nhận có ngày).
CREATE TABLE observation(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  topic TEXT,
  answer TEXT,
  found_on TEXT,
  from_on TEXT,
  to_on TEXT,
  paper_no TEXT
) STRICT;

-- Who takes a line of outreach, that it was taken up, or why it was left (ghi nhận xử lý danh sách rà soát).
CREATE TABLE outreach_mark(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  line TEXT,
  handling TEXT,
  worker TEXT,
  reason TEXT,
  marked_on TEXT
) STRICT;
CREATE INDEX person_citizen_id ON person(citizen_id) WHERE citizen_id IS NOT NULL;
CREATE INDEX person_old_id ON person(old_id) WHERE old_id IS NOT NULL;

-- These are two people (hai người khác nhau): the parent and another.
CREATE TABLE different_person(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  other BLOB
) STRICT;
CREATE INDEX different_person_other ON different_person(other) WHERE other IS NOT NULL;
-- The dead, for rosters of a day: few among many.
CREATE INDEX person_death ON person(lid) WHERE death_date IS NOT NULL;

-- Where households lived until they moved (nơi ở trước đây của hộ).
CREATE TABLE household_place(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  village BLOB,
  address_detail TEXT,
  elsewhere TEXT,
  from_on TEXT,
  to_on TEXT
) STRICT;
CREATE INDEX household_place_village ON household_place(village) WHERE village IS NOT NULL;

-- What happened to households and their people (biến động), one row a person concerned.
CREATE TABLE family_event(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  what TEXT,
  happened_on TEXT,
  reason TEXT,
  person BLOB,
  other BLOB
) STRICT;
CREATE INDEX family_event_person ON family_event(person) WHERE person IS NOT NULL;
CREATE INDEX family_event_other ON family_event(other) WHERE other IS NOT NULL;

-- Citizen ids that were compared with the paper (đã đối chiếu số định danh), because another person has the same.
CREATE TABLE id_check(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  citizen_id TEXT,
  checked_on TEXT,
  note TEXT
) STRICT;

-- What a worker did in one go (việc đã làm): the unit of undoing, and the group in which its ops travel.
CREATE TABLE act(
  id INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL,
  at INTEGER NOT NULL,
  import INTEGER REFERENCES import(id),
  dno INTEGER NOT NULL,
  first_dseq INTEGER NOT NULL,
  last_dseq INTEGER NOT NULL,
  first_lid INTEGER,
  last_lid INTEGER,
  undoes INTEGER,
  undone_by INTEGER
) STRICT;
CREATE INDEX act_dseq ON act(dno, last_dseq);
CREATE INDEX act_import ON act(import) WHERE import IS NOT NULL;
CREATE INDEX act_uid ON act(uid, id) WHERE undone_by IS NULL AND undoes IS NULL AND import IS NULL;

-- Imports (lần nhập danh sách): what was read, its report as JSON, when it was undone.
CREATE TABLE import(
  id INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  report TEXT NOT NULL,
  undone_at INTEGER
) STRICT;

-- Columns of a layout as a worker corrected them (cách nhận cột đã sửa); later files of the same headings are read so.
CREATE TABLE import_layout(
  layout TEXT PRIMARY KEY,
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  uid INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where in a list a person stood (dòng trong danh sách), and how the name was written there.
CREATE TABLE import_person(
  person BLOB NOT NULL,
  import INTEGER NOT NULL REFERENCES import(id),
  sheet TEXT NOT NULL,
  row INTEGER NOT NULL,
  name TEXT,
  PRIMARY KEY (person, import, sheet, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_person_row ON import_person(import, sheet, row);

-- A cell that was not taken as it stood (chỗ cần xem): what was read stays beside the person.
CREATE TABLE import_problem(
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import(id),
  sheet TEXT NOT NULL,
  row INTEGER NOT NULL,
  heading TEXT NOT NULL,
  read TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('error', 'warning', 'info')),
  params TEXT NOT NULL CHECK (json_valid(params))
) STRICT;
CREATE INDEX import_problem_row ON import_problem(import, sheet, row);

-- Ops that no receipt names (hộp chờ gửi), in the order of writing: a row is an act, its ops in their full form one after the
-- other, numbered n to last_n. Rows from before step 0013 hold one op each.
CREATE TABLE outbox(
  n INTEGER PRIMARY KEY,
  last_n INTEGER NOT NULL CHECK (last_n >= n),
  grp INTEGER NOT NULL,
  ops BLOB NOT NULL
) STRICT;

-- Sealed batches (lô đã đóng) with their frozen bytes; those with a receipt are the sent log.
CREATE TABLE batch(
  dno INTEGER NOT NULL,
  bno INTEGER NOT NULL,
  first_n INTEGER NOT NULL,
  last_n INTEGER NOT NULL,
  last_dseq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  bytes BLOB NOT NULL,
  receipt BLOB,
  receipted_at INTEGER,
  PRIMARY KEY (dno, bno)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_waiting ON batch(dno, bno) WHERE receipt IS NULL;
CREATE INDEX batch_last_n ON batch(last_n);

-- How far each scope was read from the province (vị trí nhận), and when both sides were last found equal or different.
CREATE TABLE cursor(
  scope INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  line BLOB NOT NULL DEFAULT x'',
  back INTEGER NOT NULL DEFAULT 0 CHECK (back IN (0, 1)),
  known INTEGER NOT NULL DEFAULT 0,
  may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
  verified_at INTEGER,
  mismatch_at INTEGER
) STRICT;

-- One row a write (lịch sử): what it replaced, and who wrote it. Values that nobody replaced are in the records themselves.
CREATE TABLE history(
  id INTEGER PRIMARY KEY,
  lid INTEGER NOT NULL REFERENCES rec(lid),
  fid INTEGER NOT NULL,
  dno INTEGER NOT NULL,
  dseq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  old_dno INTEGER,
  old_dseq INTEGER,
  old_eff INTEGER,
  old_uid INTEGER,
  old_value BLOB,
  dead_value BLOB,
  dead INTEGER NOT NULL DEFAULT 0 CHECK (dead IN (0, 1))
) STRICT;
CREATE INDEX history_lid ON history(lid, fid, id);
CREATE INDEX history_dot ON history(dseq, dno);

-- Forms being filled in (bản nháp), each worker's own, with the heads they had opened on.
CREATE TABLE draft(
  id INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL,
  form TEXT NOT NULL,
  subject BLOB,
  body TEXT NOT NULL,
  opened TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX draft_one ON draft(uid, form, coalesce(subject, x''));

-- Filters that a worker keeps under a name (bộ lọc đã lưu), on this machine only; body is the list's state as JSON.
CREATE TABLE saved_filter(
  id INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL,
  list TEXT NOT NULL CHECK (list IN ('people', 'households')),
  name TEXT NOT NULL CHECK (name <> ''),
  body TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_filter_name ON saved_filter(uid, list, name);

-- Problems that the program shows (vấn đề cần xử lý); params are JSON.
CREATE TABLE finding(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  lid INTEGER,
  params TEXT NOT NULL,
  at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;
CREATE INDEX finding_open ON finding(id) WHERE closed_at IS NULL;

-- Derived: what the list of households sorts and filters by (danh sách hộ), live ones only; can be made anew at any time.
CREATE TABLE household_list(
  lid INTEGER PRIMARY KEY,
  head INTEGER,
  head_sort TEXT NOT NULL,
  code TEXT NOT NULL,
  village INTEGER,
  village_sort TEXT NOT NULL,
  ethnic TEXT,
  members INTEGER NOT NULL,
  class TEXT,
  due_on TEXT NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  heads INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX household_list_head ON household_list(head_sort, lid);
CREATE INDEX household_list_village ON household_list(village);
CREATE INDEX household_list_class ON household_list(class);

-- Derived: what the list of people sorts and filters by (danh sách người), live ones only; can be made anew at any time.
-- types: kinds of disability of the certificate in force, ' movement vision '. marks: what is missing or odd, one bit each
-- (crates/store/src/marks.rs). changed: when the person or a plain row of theirs was last written (ms since 1970). given, sound, year,
-- day: what a person is looked up by who may be entered twice (khóa tìm người trùng): hashes of how the name sounds, birth.
CREATE TABLE person_list(
  lid INTEGER PRIMARY KEY,
  sort TEXT NOT NULL,
  household INTEGER,
  village INTEGER,
  sex TEXT,
  ethnic TEXT,
  born TEXT,
  severity TEXT,
  died INTEGER NOT NULL CHECK (died IN (0, 1)),
  due_on TEXT,
  away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1)),
  village_sort TEXT NOT NULL DEFAULT '',
  types TEXT,
  marks INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  given INTEGER,
  sound INTEGER,
  year INTEGER,
  day INTEGER
) STRICT;
CREATE INDEX person_list_sort ON person_list(
  sort, lid, died, away, marks, village, sex, ethnic, born, household, severity, types
);
CREATE INDEX person_list_village ON person_list(village, year);
CREATE INDEX person_list_born ON person_list(born, lid);
CREATE INDEX person_list_alike ON person_list(given, sound, year, day);
CREATE INDEX person_list_due ON person_list(due_on) WHERE due_on IS NOT NULL;

-- Derived: records given up for another (bản ghi đã gộp): what each names, and the one that stands for it in the end. Of
-- records that name each other in a ring the one with the smallest id stands for all.
CREATE TABLE merged(
  rid BLOB PRIMARY KEY CHECK (length(rid) = 16),
  target BLOB NOT NULL CHECK (length(target) = 16),
  survivor BLOB NOT NULL CHECK (length(survivor) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_target ON merged(target);
CREATE INDEX merged_survivor ON merged(survivor);

-- Derived: the same for other names of a person and for those of entries given up for them.
CREATE TABLE person_match(
  lid INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  given INTEGER NOT NULL,
  sound INTEGER NOT NULL,
  year INTEGER,
  day INTEGER,
  PRIMARY KEY (lid, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_match_alike ON person_match(given, sound, year, day);

-- Derived: the words by which people and villages are found (chỉ mục tìm kiếm): folded, with marks, years, village.
CREATE VIRTUAL TABLE name_fts USING fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="ascii tokenchars '_'"
);
-- Derived: endings of ids and household codes (tìm theo số).
CREATE VIRTUAL TABLE code_fts USING fts5(parts, content='', contentless_delete=1, detail=none, tokenize="ascii");

-- A larger buffer: an import fills the index with few merges.
INSERT INTO name_fts(name_fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO code_fts(code_fts, rank) VALUES ('hashsize', 16777216);

-- Consents (sự đồng ý) of a person to what goes beyond the duty under a law, until withdrawn.
CREATE TABLE consent(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  purpose TEXT,
  text_version TEXT,
  given_on TEXT,
  method TEXT,
  paper_no TEXT,
  given_by TEXT,
  giver_name TEXT,
  child_agrees INTEGER,
  withdrawn_on TEXT,
  withdrawn_method TEXT,
  note TEXT
) STRICT;

-- Requests of the person concerned (yêu cầu của chủ thể dữ liệu); open until answered_on.
CREATE TABLE data_request(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  matter TEXT,
  asked TEXT,
  filed_on TEXT,
  filed_by TEXT,
  paper_no TEXT,
  due_on TEXT,
  answered_on TEXT,
  outcome TEXT,
  answer TEXT,
  lifted_on TEXT
) STRICT;
CREATE INDEX data_request_open ON data_request(due_on, lid) WHERE answered_on IS NULL;
-- A limit (hạn chế sử dụng) that a person asked for holds from the day it was filed, unless it was refused, until it is lifted.
CREATE INDEX data_request_limit ON data_request(lid) WHERE matter = 'limit';

-- Searching the audit (tìm trong nhật ký) by record, by worker, by act.
CREATE INDEX audit_rid ON audit(rid, at) WHERE rid IS NOT NULL;
-- The law as the province has published it (bộ chính sách tỉnh công bố): in the province's scope, written by the province only.
CREATE TABLE policy_set(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  version INTEGER,
  row_count INTEGER,
  hash TEXT
) STRICT;

-- One row of a set, as canonical JSON (dòng chính sách).
CREATE TABLE policy_row(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  body TEXT
) STRICT;

-- What the commune has decided for all its machines (cài đặt của xã): one record.
CREATE TABLE commune_setting(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  assumed_birth TEXT
) STRICT;
