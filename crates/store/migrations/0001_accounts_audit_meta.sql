-- What a store needs before it holds a single record: its own facts, who works with it, what they did, how it is set.

CREATE TABLE meta(
  k TEXT PRIMARY KEY,
  v ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account(
  uid INTEGER PRIMARY KEY CHECK (uid BETWEEN 1 AND 4294967295),
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('officer', 'chairman', 'accountant', 'one_stop')),
  admin INTEGER NOT NULL CHECK (admin IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  created_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
