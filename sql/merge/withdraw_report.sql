-- What is known of a clinic's month ($1 site_id, $2 month) is withdrawn, by whom ($3) and why ($4): it counts no more, and
-- what followed from it is worked out anew (table touched). The version that was known; no row: there was none.
with withdrawn as (
    insert into report_withdrawal (site_id, month, through_receipt, withdrawn_by, reason)
    select site_id, month, receipt_id, $3::text, $4::text from current_report where site_id = $1::int and month = $2::date
    returning site_id, month, through_receipt
), uncounted as (
    delete from indicator_count c using withdrawn w where c.site_id = w.site_id and c.month = w.month
), recalled as (
    insert into touched (site_id, month) select site_id, month from withdrawn
)
select r.version, r.receipt_id, r.line, c.file_name
from withdrawn w
join monthly_report r on (r.site_id, r.month, r.receipt_id) = (w.site_id, w.month, w.through_receipt)
join receipt c on c.receipt_id = r.receipt_id;
