-- Refused rows that an accepted row of this receipt ($1, of kind $2, table staging) answers: the same key, sent again.
update rejected_row q
set superseded_by = $1::int
from receipt earlier, (select {key} as key from staging s {person}) as accepted
where q.key = accepted.key
  and q.receipt_id < $1::int
  and q.superseded_by is null
  and q.closed_at is null
  and earlier.receipt_id = q.receipt_id
  and earlier.kind = $2;
