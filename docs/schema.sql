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
