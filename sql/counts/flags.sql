-- The flags of the current reports of a site ($1), newest month first.
select f.month, f.version, f.code, f.seen, f.expected
from report_flag f
join current_report r using (site_id, month, version)
where f.site_id = $1
order by f.month desc, f.code;
