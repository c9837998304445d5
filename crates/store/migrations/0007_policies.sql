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
