-- Consents (sự đồng ý) of a person to what goes beyond the duty under a law, until withdrawn.
CREATE TABLE consent(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  purpose TEXT,
  text_version TEXT,
  given_on TEXT,
  method TEXT,
  paper_no TEXT,
  given_by TEXT,
  giver_name TEXT,
  child_agrees INTEGER,
  withdrawn_on TEXT,
  withdrawn_method TEXT,
  note TEXT
) STRICT;

-- Requests of the person concerned (yêu cầu của chủ thể dữ liệu); open until answered_on.
CREATE TABLE data_request(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  matter TEXT,
  asked TEXT,
  filed_on TEXT,
  filed_by TEXT,
  paper_no TEXT,
  due_on TEXT,
  answered_on TEXT,
  outcome TEXT,
  answer TEXT
) STRICT;
CREATE INDEX data_request_open ON data_request(due_on, lid) WHERE answered_on IS NULL;

-- Searching the audit (tìm trong nhật ký) by record, by worker, by act.
CREATE INDEX audit_rid ON audit(rid, at) WHERE rid IS NOT NULL;
