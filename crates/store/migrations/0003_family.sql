-- Family life: where households lived before, what happened to them, ids that were compared with the paper; who is not here any more.

ALTER TABLE household ADD COLUMN left_on TEXT;
ALTER TABLE household ADD COLUMN left_to TEXT;
ALTER TABLE household_member ADD COLUMN came_from TEXT;
ALTER TABLE household_member ADD COLUMN went_to TEXT;
ALTER TABLE village ADD COLUMN former_unit INTEGER;
ALTER TABLE village ADD COLUMN decision_no TEXT;

CREATE TABLE household_place(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  village BLOB,
  address_detail TEXT,
  elsewhere TEXT,
  from_on TEXT,
  to_on TEXT
) STRICT;
CREATE INDEX household_place_village ON household_place(village) WHERE village IS NOT NULL;

CREATE TABLE family_event(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  what TEXT,
  happened_on TEXT,
  reason TEXT,
  person BLOB,
  other BLOB
) STRICT;
CREATE INDEX family_event_person ON family_event(person) WHERE person IS NOT NULL;
CREATE INDEX family_event_other ON family_event(other) WHERE other IS NOT NULL;

CREATE TABLE id_check(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  citizen_id TEXT,
  checked_on TEXT,
  note TEXT
) STRICT;

-- The dead, for rosters of a day: few among many.
CREATE INDEX person_death ON person(lid) WHERE death_date IS NOT NULL;

ALTER TABLE household_list ADD COLUMN gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1));
ALTER TABLE person_list ADD COLUMN away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1));

-- Rows that may be gone or away are made anew at the first sign-in.
UPDATE household_list SET due_on = '2000-01-01' WHERE lid IN (SELECT lid FROM household WHERE joined_into IS NOT NULL);
UPDATE person_list SET due_on = '2000-01-01' WHERE lid IN (
  SELECT r.lid FROM household_member AS m JOIN rec AS r ON r.rid = m.person WHERE m.to_on IS NOT NULL
);
