-- What the corrected reports of a site ($1) changed, newest month first, in the order of the report.
select month, field, from_version, to_version, was, became, receipt_id,
       to_char(programme_time(arrived_at), 'YYYY-MM-DD HH24:MI') as arrived_at
from report_change
where site_id = $1
order by month desc, to_version desc, array_position(monthly_fields(), field);
