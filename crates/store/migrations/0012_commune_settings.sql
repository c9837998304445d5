-- What the commune has decided for all its machines (cài đặt của xã): one record.
CREATE TABLE commune_setting(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  assumed_birth TEXT
) STRICT;
