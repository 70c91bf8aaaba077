-- Every version of the reports of a site ($1), newest month first, with its origin.
select r.month, r.version, r.is_current, to_char(programme_time(r.arrived_at), 'YYYY-MM-DD HH24:MI') as arrived_at,
       r.in_time, r.file_name, r.line, r.receipt_id, left(r.sha256, 12) as sha256
from report r
where r.site_id = $1
order by r.month desc, r.version desc;
