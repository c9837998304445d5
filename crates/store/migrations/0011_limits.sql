-- A limit (hạn chế sử dụng) that a person asked for holds from the day it was filed, unless it was refused, until it is lifted.
ALTER TABLE data_request ADD COLUMN lifted_on TEXT;
CREATE INDEX data_request_limit ON data_request(lid) WHERE matter = 'limit';
