-- The province, first step (sync-design.md section 7; ADR 0031 for where this differs). The same tables as in migrations/postgres/V1__province.sql,
-- in the words of SQLite.

CREATE TABLE setting (                    -- keys of the province, sealed with the key file's key; the key check
  k TEXT PRIMARY KEY,
  v BLOB NOT NULL
) STRICT;

CREATE TABLE counter (                    -- numbers given out once: next device number
  k TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT;

CREATE TABLE scope (                      -- unit of sharing: a commune (its unit_id), or 0 = the province's reference data
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),      -- 0 province, 1 commune
  parent INTEGER REFERENCES scope(id),
  code TEXT,
  name TEXT NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),   -- last number given; a row, never a sequence
  digest BLOB NOT NULL CHECK (length(digest) = 16),
  n INTEGER NOT NULL DEFAULT 0 CHECK (n >= 0),       -- records in the digest
  log_from INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE epoch (                      -- the scope's epoch line: a random id and the seq where it began
  scope INTEGER NOT NULL REFERENCES scope(id),
  n INTEGER NOT NULL,
  id INTEGER NOT NULL,
  base_seq INTEGER NOT NULL,
  PRIMARY KEY (scope, n)
) STRICT;

CREATE TABLE device (
  dno INTEGER PRIMARY KEY CHECK (dno > 0 AND dno < 4294967295),
  sign_pk BLOB NOT NULL UNIQUE CHECK (length(sign_pk) = 32),
  seal_pk BLOB NOT NULL,
  name TEXT NOT NULL,                                   -- of the machine, as the operator called it when making the code
  home INTEGER NOT NULL REFERENCES scope(id),              -- scope of records that have no other
  state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),   -- 0 active, 1 revoked, 2 replaced by another number
  rc INTEGER NOT NULL DEFAULT 0,                         -- highest request counter seen
  last_bno INTEGER NOT NULL DEFAULT 0,
  last_dseq INTEGER NOT NULL DEFAULT 0,
  last_hash BLOB NOT NULL,                             -- of the last batch; 32 zero bytes before the first
  incarnation BLOB,                                    -- life of the store that its last batch came from
  schema INTEGER NOT NULL DEFAULT 0,
  app TEXT,
  enrolled_ms INTEGER NOT NULL,
  seen_ms INTEGER,
  replaces INTEGER REFERENCES device(dno),               -- after a restore: the number closed for this one
  replaced_by INTEGER REFERENCES device(dno)
) STRICT;

CREATE TABLE device_grant (
  dno INTEGER NOT NULL REFERENCES device(dno),
  scope INTEGER NOT NULL REFERENCES scope(id),
  role INTEGER NOT NULL CHECK (role IN (0, 1)),          -- 0 read, 1 write
  since_seq INTEGER NOT NULL DEFAULT 0,
  until_ms INTEGER,
  PRIMARY KEY (dno, scope)
) STRICT;

CREATE TABLE enrol_code (                 -- of a code only the HMAC of its secret is kept
  hmac BLOB PRIMARY KEY,
  scope INTEGER NOT NULL REFERENCES scope(id),
  name TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  dno INTEGER REFERENCES device(dno)                     -- the device that used it
) STRICT;

CREATE TABLE batch (                      -- as it came, sealed; the receipt as it was given
  dno INTEGER NOT NULL REFERENCES device(dno),
  bno INTEGER NOT NULL,
  hash BLOB NOT NULL,
  via INTEGER NOT NULL,                                  -- 0 HTTP
  recv_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  receipt BLOB NOT NULL,
  PRIMARY KEY (dno, bno)
) STRICT;

CREATE TABLE op (                         -- the log of each scope; a dot is unique because its device's row was locked
  scope INTEGER NOT NULL REFERENCES scope(id),
  seq INTEGER NOT NULL,
  dno INTEGER NOT NULL,
  dseq INTEGER NOT NULL,
  rid BLOB NOT NULL,
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL,
  eff INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  grp INTEGER NOT NULL,                                  -- seq of the first op of its group
  dead BLOB,                                           -- fids whose write was replaced before it arrived
  body BLOB NOT NULL,                                  -- full form; sealed for restricted kinds
  PRIMARY KEY (scope, seq)
) STRICT;
CREATE INDEX op_dot ON op (dno, dseq);
CREATE INDEX op_rid ON op (rid);

CREATE TABLE rid_scope (                  -- where a record is now
  rid BLOB PRIMARY KEY,
  scope INTEGER NOT NULL REFERENCES scope(id)
) STRICT;

CREATE TABLE scope_hist (                 -- every scope head a root record ever had: resolves sv
  rid BLOB NOT NULL,
  dno INTEGER NOT NULL,
  dseq INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  moved_ms INTEGER NOT NULL,
  PRIMARY KEY (rid, dno, dseq)
) STRICT;

CREATE TABLE rec (                        -- the merged state of a record
  scope INTEGER NOT NULL REFERENCES scope(id),
  rid BLOB NOT NULL,
  kind INTEGER NOT NULL,
  parent BLOB,
  life INTEGER NOT NULL DEFAULT 0 CHECK (life IN (0, 1)),        -- 1 effectively deleted
  heads BLOB NOT NULL,                                 -- all heads of all fields; sealed for restricted kinds
  h BLOB NOT NULL,                                     -- digest over the plain heads
  PRIMARY KEY (scope, rid)
) STRICT;
CREATE INDEX rec_parent ON rec (parent);

CREATE TABLE sup (                        -- dots that were replaced before they arrived (only after a restore of the server)
  scope INTEGER NOT NULL REFERENCES scope(id),
  rid BLOB NOT NULL,
  fid INTEGER NOT NULL,
  dno INTEGER NOT NULL,
  dseq INTEGER NOT NULL,
  PRIMARY KEY (scope, rid, fid, dno, dseq)
) STRICT;

CREATE TABLE quarantine (                 -- authentic ops that may not be applied; kept until the province decides
  dno INTEGER NOT NULL,
  dseq INTEGER NOT NULL,
  bno INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  op BLOB NOT NULL,
  decided_by INTEGER,
  PRIMARY KEY (dno, dseq)
) STRICT;

CREATE TABLE audit_head (                 -- every head of a device's audit chain that was ever reported
  dno INTEGER NOT NULL REFERENCES device(dno),
  incarnation BLOB NOT NULL,
  n INTEGER NOT NULL,
  hash BLOB NOT NULL,
  recv_ms INTEGER NOT NULL,
  PRIMARY KEY (dno, incarnation, n, hash)
) STRICT;

-- Generated tables for reports and for finding a household: shown values of what rec holds, never the other way.

CREATE TABLE household_line (
  rid BLOB PRIMARY KEY,
  scope INTEGER NOT NULL,
  code TEXT,
  source_code TEXT,
  village BLOB,
  folded TEXT NOT NULL                                  -- of code and source code, with a space before each word
) STRICT;

CREATE TABLE person_line (
  rid BLOB PRIMARY KEY,
  scope INTEGER NOT NULL,
  full_name TEXT,
  birth TEXT,
  folded TEXT NOT NULL                                  -- of the name, with a space before each word
) STRICT;

CREATE TABLE member_line (
  rid BLOB PRIMARY KEY,
  household BLOB,
  person BLOB,
  relationship TEXT,
  to_on TEXT                                            -- set once the person has left the household
) STRICT;
CREATE INDEX member_line_person ON member_line (person);
CREATE INDEX member_line_household ON member_line (household);

CREATE TABLE village_line (
  rid BLOB PRIMARY KEY,
  scope INTEGER NOT NULL,
  name TEXT
) STRICT;
