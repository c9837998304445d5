-- What waits for the province is one row an act, with the ops of one save, numbered n to last_n. What was written op by op stays so.
ALTER TABLE outbox RENAME TO outbox_of_ops;
CREATE TABLE outbox(
  n INTEGER PRIMARY KEY,
  last_n INTEGER NOT NULL CHECK (last_n >= n),
  grp INTEGER NOT NULL,
  ops BLOB NOT NULL
) STRICT;
INSERT INTO outbox(n, last_n, grp, ops) SELECT n, n, grp, op FROM outbox_of_ops;
DROP TABLE outbox_of_ops;
