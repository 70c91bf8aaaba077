-- The receipts that the reader may see, newest first, those of bytes known already left out; $1 limits to those that
-- brought something of a site.
select c.receipt_id, c.kind, c.file_name, left(c.sha256, 12) as sha256,
       to_char(programme_time(c.received_at), 'YYYY-MM-DD HH24:MI') as received_at, c.outcome,
       c.rows_received, c.rows_inserted, c.rows_changed, c.rows_unchanged, c.rows_rejected, c.rows_flagged
from receipt c
where c.outcome <> 'repeated' and ($1::int is null
   or exists (select from monthly_report r where r.receipt_id = c.receipt_id and r.site_id = $1)
   or exists (select from rejected_row q where q.receipt_id = c.receipt_id and q.site_id = $1))
order by c.receipt_id desc
limit 1000;
