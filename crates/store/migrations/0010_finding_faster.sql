-- What finds people costs less to write and less to ask. All of it is derived, so the tables are made anew: of a file with records as
-- soon as the steps are done (meta `derived_due`), of a new file they begin empty.

-- Words with their marks stand beside the folded ones, so that a person is one row of one index; numbers and codes keep their own. Beginnings of
-- three letters have their index too: most beginnings that people type. The words are ours already: nothing is left for a tokenizer to fold.
DROP TABLE name_fts;
CREATE VIRTUAL TABLE name_fts USING fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="ascii tokenchars '_'"
);
DROP TABLE code_fts;
CREATE VIRTUAL TABLE code_fts USING fts5(parts, content='', contentless_delete=1, detail=none, tokenize="ascii");
INSERT INTO name_fts(name_fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO code_fts(code_fts, rank) VALUES ('hashsize', 16777216);

-- The lists refer to records that the same act has just written: a foreign key would only look each of them up once more.
DROP TABLE household_list;
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

-- given, sound, year, day: what a person is looked up by who may be entered twice. Names that sound the same have the same given name, so one
-- index leads to all of them; a day of birth is found by `born`, a village with a year by its own.
DROP TABLE person_list;
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

-- The same for a person's other names and those of entries given up for them.
DROP TABLE person_match;
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

INSERT INTO meta(k, v) SELECT 'derived_due', 1 WHERE EXISTS (SELECT 1 FROM rec);
