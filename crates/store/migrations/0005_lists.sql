-- Lists of twenty thousand people: what they are sorted and filtered by besides, and the filters that workers keep.

-- heads: present members who are called head. changed: when the household or a row of it was last written (ms since 1970).
ALTER TABLE household_list ADD COLUMN heads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE household_list ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- types: kinds of disability of the certificate in force, ' movement vision '. marks: what is missing or odd, one bit each.
ALTER TABLE person_list ADD COLUMN village_sort TEXT NOT NULL DEFAULT '';
ALTER TABLE person_list ADD COLUMN types TEXT;
ALTER TABLE person_list ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_list ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- The rows of before are made anew at the next sign-in.
UPDATE household_list SET due_on = '0001-01-01';
UPDATE person_list SET due_on = '0001-01-01';

-- Marks have taken the place of has_id. One index in the order of names holds everything a filter asks for, so that the end of the list is as near as
-- its beginning; the narrow ones that it replaces are gone.
DROP INDEX person_list_no_id;
DROP INDEX person_list_no_birth;
DROP INDEX person_list_disabled;
DROP INDEX person_list_sort;
ALTER TABLE person_list DROP COLUMN has_id;
CREATE INDEX person_list_sort ON person_list(
  sort, lid, died, away, marks, village, sex, ethnic, born, household, severity, types
);
CREATE INDEX person_list_born ON person_list(born, lid);
CREATE INDEX household_list_class ON household_list(class);

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
