-- The receipts that the reader may see, newest first, those of bytes known already left out; $1 limits to those that
-- brought something of a site, or refused it. Not those of allocations: a list of its files could tell a clinic's arm.
select c.receipt_id, c.kind, c.file_name,
       to_char(programme_time(c.received_at), 'YYYY-MM-DD HH24:MI') as received_at, c.outcome,
       c.rows_received, c.rows_inserted, c.rows_changed, c.rows_unchanged, c.rows_rejected, c.rows_flagged
from receipt c
where c.outcome <> 'repeated' and ($1::int is null or c.receipt_id in (
    select receipt_id from monthly_report where site_id = $1
    union select receipt_id from episode where site_id = $1
    union select receipt_id from dose_sheet where site_id = $1
    union select receipt_id from urine_list where site_id = $1
    union select receipt_id from participant where site_id = $1
    union select receipt_id from assessment where site_id = $1
    union select receipt_id from session where site_id = $1
    union select receipt_id from event where site_id = $1
    union select q.receipt_id from rejected_row q join receipt r using (receipt_id)
          where q.site_id = $1 and r.kind <> 'allocations'))
order by c.receipt_id desc
limit 1000;
