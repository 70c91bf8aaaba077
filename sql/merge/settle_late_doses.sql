-- Doses that this receipt ($1) refuses although a later file, which was merged first, has brought them rightly.
update rejected_row q
set superseded_by = later.receipt_id
from (
    select concat_ws('|', s.site_id, c.code, s.month + (d.day - 1)::int) as key,
           min(coalesce(d.origin, s.receipt_id)) as receipt_id
    from dose_sheet s
    join client c using (site_id, client_id)
    cross join lateral unnest(s.tenths_mg, s.origin) with ordinality as d (tenths_mg, origin, day)
    where s.receipt_id > $1::int and d.tenths_mg is not null and coalesce(d.origin, s.receipt_id) > $1::int
    group by 1) as later
where q.receipt_id = $1::int
  and q.superseded_by is null
  and q.closed_at is null
  and q.key = later.key;
