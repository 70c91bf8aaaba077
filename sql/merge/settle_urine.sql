-- Refused tests that this receipt ($1, of kind $2) has brought rightly (tables staging and staged_client), further down
-- where the same file has both.
update rejected_row q
set superseded_by = $1::int
from receipt earlier, staging s
cross join lateral unnest(s.client, s.day, s.substance, s.line) as test (client, day, substance, line)
join staged_client c on c.client = test.client
where (earlier.kind = $2 or q.receipt_id = $1::int)
  and earlier.receipt_id = q.receipt_id
  and (q.receipt_id < $1::int or q.receipt_id = $1::int and q.line < test.line)
  and q.superseded_by is null
  and q.closed_at is null
  and s.site_id = q.site_id
  and s.month = q.month
  and q.key = concat_ws('|', s.site_id, c.code, s.month + test.day - 1, upper(substance_name(test.substance)));
