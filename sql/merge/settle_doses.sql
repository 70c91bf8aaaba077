-- Refused doses that this receipt ($1, of kind $2) has brought rightly (tables staging and staged_client), further down
-- where the same file has both. Keys of other kinds do not end with a day, and may be looked at before their kind is.
update rejected_row q
set superseded_by = $1::int
from receipt earlier, staging s, staged_client c
where (earlier.kind = $2 or q.receipt_id = $1::int)
  and earlier.receipt_id = q.receipt_id
  and (q.receipt_id < $1::int or q.receipt_id = $1::int and q.line < s.line[substring(q.key from '[0-9]{2}$')::int])
  and q.superseded_by is null
  and q.closed_at is null
  and c.site_id = q.site_id
  and s.client = c.client
  and s.month = q.month
  and q.key = concat_ws('|', q.site_id, c.code, right(q.key, 10))
  and s.tenths_mg[substring(q.key from '[0-9]{2}$')::int] is not null;
