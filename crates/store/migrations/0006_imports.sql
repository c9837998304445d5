-- What an import keeps beside the register, on this machine only.

-- Columns of a layout as a worker corrected them; later files of the same headings are read so.
CREATE TABLE import_layout(
  layout TEXT PRIMARY KEY,
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  uid INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where in a list a person stood, and how the name was written there.
CREATE TABLE import_person(
  person BLOB NOT NULL,
  import INTEGER NOT NULL REFERENCES import(id),
  sheet TEXT NOT NULL,
  row INTEGER NOT NULL,
  name TEXT,
  PRIMARY KEY (person, import, sheet, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_person_row ON import_person(import, sheet, row);

-- A cell that was not taken as it stood: what was read stays beside the person.
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
