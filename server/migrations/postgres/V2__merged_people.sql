-- Who a person was merged into: an entry given up is found through the one that stands.
ALTER TABLE person_line ADD COLUMN merged_into bytea;
CREATE INDEX person_line_merged_into ON person_line (merged_into);
