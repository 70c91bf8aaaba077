-- Rows that this receipt ($1) refuses although a later file, which was merged first, has brought their key rightly: that
-- one has answered them. The words in braces are filled in from the kind's declaration (SettleStatement.swift).
update rejected_row q
set superseded_by = later.receipt_id
from (
    select {key} as key, min(r.receipt_id) as receipt_id
    from {table} r {person}
    where r.receipt_id > $1::int
    group by 1) as later
where q.receipt_id = $1::int
  and q.superseded_by is null
  and q.closed_at is null
  and q.key = later.key;
