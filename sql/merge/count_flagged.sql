-- How many of a file's accepted rows (table staging) carry a flag now.
select count(distinct (s.site_id, s.month)) as flagged
from staging s
join current_report r using (site_id, month)
join report_flag f using (site_id, month, version);
