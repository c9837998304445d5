-- The province, first step (sync-design.md section 7; ADR 0031 for where this differs). Every whole number is a bigint: one width
-- for both storages, and dno and uid are unsigned 32-bit numbers that do not fit an int.

CREATE TABLE setting (                    -- keys of the province, sealed with the key file's key; the key check
  k text PRIMARY KEY,
  v bytea NOT NULL
);

CREATE TABLE counter (                    -- numbers given out once: next device number
  k text PRIMARY KEY,
  n bigint NOT NULL
);

CREATE TABLE scope (                      -- unit of sharing: a commune (its unit_id), or 0 = the province's reference data
  id bigint PRIMARY KEY,
  kind bigint NOT NULL CHECK (kind IN (0, 1)),      -- 0 province, 1 commune
  parent bigint REFERENCES scope(id),
  code text,
  name text NOT NULL,
  seq bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),   -- last number given; a row, never a sequence
  digest bytea NOT NULL CHECK (octet_length(digest) = 16),
  n bigint NOT NULL DEFAULT 0 CHECK (n >= 0),       -- records in the digest
  log_from bigint NOT NULL DEFAULT 1
);

CREATE TABLE epoch (                      -- the scope's epoch line: a random id and the seq where it began
  scope bigint NOT NULL REFERENCES scope(id),
  n bigint NOT NULL,
  id bigint NOT NULL,
  base_seq bigint NOT NULL,
  PRIMARY KEY (scope, n)
);

CREATE TABLE device (
  dno bigint PRIMARY KEY CHECK (dno > 0 AND dno < 4294967295),
  sign_pk bytea NOT NULL UNIQUE CHECK (octet_length(sign_pk) = 32),
  seal_pk bytea NOT NULL,
  name text NOT NULL,                                   -- of the machine, as the operator called it when making the code
  home bigint NOT NULL REFERENCES scope(id),              -- scope of records that have no other
  state bigint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),   -- 0 active, 1 revoked, 2 replaced by another number
  rc bigint NOT NULL DEFAULT 0,                         -- highest request counter seen
  last_bno bigint NOT NULL DEFAULT 0,
  last_dseq bigint NOT NULL DEFAULT 0,
  last_hash bytea NOT NULL,                             -- of the last batch; 32 zero bytes before the first
  incarnation bytea,                                    -- life of the store that its last batch came from
  schema bigint NOT NULL DEFAULT 0,
  app text,
  enrolled_ms bigint NOT NULL,
  seen_ms bigint,
  replaces bigint REFERENCES device(dno),               -- after a restore: the number closed for this one
  replaced_by bigint REFERENCES device(dno)
);

CREATE TABLE device_grant (
  dno bigint NOT NULL REFERENCES device(dno),
  scope bigint NOT NULL REFERENCES scope(id),
  role bigint NOT NULL CHECK (role IN (0, 1)),          -- 0 read, 1 write
  since_seq bigint NOT NULL DEFAULT 0,
  until_ms bigint,
  PRIMARY KEY (dno, scope)
);

CREATE TABLE enrol_code (                 -- of a code only the HMAC of its secret is kept
  hmac bytea PRIMARY KEY,
  scope bigint NOT NULL REFERENCES scope(id),
  name text NOT NULL,
  made_ms bigint NOT NULL,
  until_ms bigint NOT NULL,
  dno bigint REFERENCES device(dno)                     -- the device that used it
);

CREATE TABLE batch (                      -- as it came, sealed; the receipt as it was given
  dno bigint NOT NULL REFERENCES device(dno),
  bno bigint NOT NULL,
  hash bytea NOT NULL,
  via bigint NOT NULL,                                  -- 0 HTTP
  recv_ms bigint NOT NULL,
  bytes bytea NOT NULL,
  receipt bytea NOT NULL,
  PRIMARY KEY (dno, bno)
);

CREATE TABLE op (                         -- the log of each scope; a dot is unique because its device's row was locked
  scope bigint NOT NULL REFERENCES scope(id),
  seq bigint NOT NULL,
  dno bigint NOT NULL,
  dseq bigint NOT NULL,
  rid bytea NOT NULL,
  kind bigint NOT NULL,
  at bigint NOT NULL,
  eff bigint NOT NULL,
  uid bigint NOT NULL,
  grp bigint NOT NULL,                                  -- seq of the first op of its group
  dead bytea,                                           -- fids whose write was replaced before it arrived
  body bytea NOT NULL,                                  -- full form; sealed for restricted kinds
  PRIMARY KEY (scope, seq)
);
CREATE INDEX op_dot ON op (dno, dseq);
CREATE INDEX op_rid ON op (rid);

CREATE TABLE rid_scope (                  -- where a record is now
  rid bytea PRIMARY KEY,
  scope bigint NOT NULL REFERENCES scope(id)
);

CREATE TABLE scope_hist (                 -- every scope head a root record ever had: resolves sv
  rid bytea NOT NULL,
  dno bigint NOT NULL,
  dseq bigint NOT NULL,
  scope bigint NOT NULL,
  moved_ms bigint NOT NULL,
  PRIMARY KEY (rid, dno, dseq)
);

CREATE TABLE rec (                        -- the merged state of a record
  scope bigint NOT NULL REFERENCES scope(id),
  rid bytea NOT NULL,
  kind bigint NOT NULL,
  parent bytea,
  life bigint NOT NULL DEFAULT 0 CHECK (life IN (0, 1)),        -- 1 effectively deleted
  heads bytea NOT NULL,                                 -- all heads of all fields; sealed for restricted kinds
  h bytea NOT NULL,                                     -- digest over the plain heads
  PRIMARY KEY (scope, rid)
);
CREATE INDEX rec_parent ON rec (parent);

CREATE TABLE sup (                        -- dots that were replaced before they arrived (only after a restore of the server)
  scope bigint NOT NULL REFERENCES scope(id),
  rid bytea NOT NULL,
  fid bigint NOT NULL,
  dno bigint NOT NULL,
  dseq bigint NOT NULL,
  PRIMARY KEY (scope, rid, fid, dno, dseq)
);

CREATE TABLE quarantine (                 -- authentic ops that may not be applied; kept until the province decides
  dno bigint NOT NULL,
  dseq bigint NOT NULL,
  bno bigint NOT NULL,
  reason bigint NOT NULL,
  op bytea NOT NULL,
  decided_by bigint,
  PRIMARY KEY (dno, dseq)
);

CREATE TABLE audit_head (                 -- every head of a device's audit chain that was ever reported
  dno bigint NOT NULL REFERENCES device(dno),
  incarnation bytea NOT NULL,
  n bigint NOT NULL,
  hash bytea NOT NULL,
  recv_ms bigint NOT NULL,
  PRIMARY KEY (dno, incarnation, n, hash)
);

-- Generated tables for reports and for finding a household: shown values of what rec holds, never the other way.

CREATE TABLE household_line (
  rid bytea PRIMARY KEY,
  scope bigint NOT NULL,
  code text,
  source_code text,
  village bytea,
  folded text NOT NULL                                  -- of code and source code, with a space before each word
);

CREATE TABLE person_line (
  rid bytea PRIMARY KEY,
  scope bigint NOT NULL,
  full_name text,
  birth text,
  folded text NOT NULL                                  -- of the name, with a space before each word
);

CREATE TABLE member_line (
  rid bytea PRIMARY KEY,
  household bytea,
  person bytea,
  relationship text,
  to_on text                                            -- set once the person has left the household
);
CREATE INDEX member_line_person ON member_line (person);
CREATE INDEX member_line_household ON member_line (household);

CREATE TABLE village_line (
  rid bytea PRIMARY KEY,
  scope bigint NOT NULL,
  name text
);
