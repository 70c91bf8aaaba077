-- What became of each expected report of the clinics of some regions ($1).
with flagged as (
    select f.site_id, f.month, count(*) as flags, bool_or(f.code = 'nothing_reported') as is_empty
    from report_flag f
    join current_report r using (site_id, month, version)
    group by f.site_id, f.month
)
select s.region_id, x.site_id, x.month, x.state, x.expected, x.versions,
       to_char(x.first_arrived_at at time zone p.time_zone, 'YYYY-MM-DD') as arrived_on,
       coalesce(flagged.flags, 0) as flags, coalesce(flagged.is_empty, false) as is_empty
from expected_report x
cross join programme p
join site s using (site_id)
left join flagged using (site_id, month)
where x.site_id = any (array(select site_id from site where region_id = any ($1::int[])));
