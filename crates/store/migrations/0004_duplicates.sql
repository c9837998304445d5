-- People who may be one (nghi trùng), people who are two, and records given up for another.

-- These are two people (hai người khác nhau): the parent and another.
CREATE TABLE different_person(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  other BLOB
) STRICT;
CREATE INDEX different_person_other ON different_person(other) WHERE other IS NOT NULL;

-- Derived: records given up for another (bản ghi đã gộp): what each names, and the one that stands for it in the end. Of
-- records that name each other in a ring the one with the smallest id stands for all.
CREATE TABLE merged(
  rid BLOB PRIMARY KEY CHECK (length(rid) = 16),
  target BLOB NOT NULL CHECK (length(target) = 16),
  survivor BLOB NOT NULL CHECK (length(survivor) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_target ON merged(target);
CREATE INDEX merged_survivor ON merged(survivor);

-- Derived: what people are looked up by who may be one (khóa tìm người trùng): one row for each of a person's names, with
-- hashes of its sound, year of birth, day of birth as month and day, village.
CREATE TABLE person_match(
  lid INTEGER NOT NULL REFERENCES rec(lid),
  n INTEGER NOT NULL,
  sound INTEGER NOT NULL,
  given INTEGER NOT NULL,
  year INTEGER,
  day INTEGER,
  village INTEGER,
  PRIMARY KEY (lid, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_match_sound ON person_match(sound);
CREATE INDEX person_match_given ON person_match(given, year);
CREATE INDEX person_match_day ON person_match(day, year, given) WHERE day IS NOT NULL;
CREATE INDEX person_match_village ON person_match(village, year) WHERE village IS NOT NULL;

CREATE INDEX person_old_id ON person(old_id) WHERE old_id IS NOT NULL;

-- What is derived of people is made anew at the next sign-in.
UPDATE person_list SET due_on = '0001-01-01';
