-- Tests that this receipt ($1) refuses although a later file, which was merged first, has brought them rightly.
update rejected_row q
set superseded_by = later.receipt_id
from (
    select concat_ws('|', u.site_id, c.code, u.month + t.day - 1, upper(substance_name(t.substance))) as key,
           min(coalesce(t.origin, u.receipt_id)) as receipt_id
    from urine_list u
    cross join lateral unnest(u.client_id, u.day, u.substance, u.origin) as t (client_id, day, substance, origin)
    join client c on (c.site_id, c.client_id) = (u.site_id, t.client_id)
    where u.receipt_id > $1::int and coalesce(t.origin, u.receipt_id) > $1::int
    group by 1) as later
where q.receipt_id = $1::int
  and q.superseded_by is null
  and q.closed_at is null
  and q.key = later.key;
