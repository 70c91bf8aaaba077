-- Refused rows that an accepted row of this receipt ($1, of kind $2, table staging) answers: the same key, sent again, in
-- a later file or further down in the same one.
update rejected_row q
set superseded_by = $1::int
from receipt earlier, (select {key} as key, s.line from staging s {person}) as accepted
where q.key = accepted.key
  and (q.receipt_id < $1::int or q.receipt_id = $1::int and q.line < accepted.line)
  and q.superseded_by is null
  and q.closed_at is null
  and earlier.receipt_id = q.receipt_id
  and (earlier.kind = $2 or q.receipt_id = $1::int);
