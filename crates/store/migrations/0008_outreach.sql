-- Marks on lines of outreach: the lines themselves are computed, what people decided about them is kept.

-- Who takes a line of outreach, that it was taken up, or why it was left (ghi nhận xử lý danh sách rà soát).
CREATE TABLE outreach_mark(
  lid INTEGER PRIMARY KEY REFERENCES rec(lid),
  line TEXT,
  handling TEXT,
  worker TEXT,
  reason TEXT,
  marked_on TEXT
) STRICT;
