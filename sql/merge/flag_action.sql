-- Somebody ($6) does something ($4: assigned, resolved, reopened) about a flag (site $1, month $2, code $3) of a current
-- report: to whom it is assigned ($5), why ($7). The numbers of the flag are kept with it. No row: there is no such flag.
insert into flag_action (site_id, month, code, action, owner, done_by, reason, seen, expected)
select f.site_id, f.month, f.code, $4::text, $5::text, $6::text, $7::text, f.seen, f.expected
from report_flag f
join current_report r using (site_id, month, version)
where f.site_id = $1::int and f.month = $2::date and f.code = $3::text
returning to_char(programme_time(at), 'YYYY-MM-DD HH24:MI') as at;
