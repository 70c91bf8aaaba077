-- The parts of data quality by clinic, for a region ($1) or a site ($2) or all, over the months from $3 to $4: reports
-- expected, received, in time; those with an open question; those corrected later; refused rows that are still open.
select s.site_id, s.code, s.name, s.name_zh, g.code as region_code,
       count(*) filter (where x.expected) as expected,
       count(*) filter (where x.expected and x.state in ('received', 'received_late')) as received,
       count(*) filter (where x.expected and x.state = 'received') as in_time,
       count(*) filter (where x.versions > 0 and flags.open > 0) as questioned,
       count(*) filter (where x.versions > 0) as reports,
       coalesce(sum(flags.open), 0) as open_flags,
       count(*) filter (where x.versions > 1) as corrected,
       (select count(*) from rejected_row q
        where q.site_id = s.site_id and q.superseded_by is null and q.closed_at is null) as open_rows
from expected_report x
join site s using (site_id)
join region g using (region_id)
left join lateral (
    select count(*) as open from flag_state f
    where f.site_id = x.site_id and f.month = x.month and f.state <> 'resolved') as flags on x.versions > 0
where ($1::int is null or s.region_id = $1) and ($2::int is null or s.site_id = $2)
  and x.month between $3::date and $4::date
group by s.site_id, s.code, s.name, s.name_zh, g.code
order by s.code;
