-- What became of each expected report of the clinics of some regions ($1): a row for each clinic, with lists in which the same
-- place is the same month.
with flagged as (
    select f.site_id, f.month, count(*) as flags, bool_or(f.code = 'nothing_reported') as is_empty
    from report_flag f
    join current_report r using (site_id, month, version)
    group by f.site_id, f.month
)
select s.region_id, x.site_id, x.months, x.states, x.expected, x.versions, x.arrived_on, x.flags, x.is_empty
from (
    select x.site_id, array_agg(x.month) as months, array_agg(x.state) as states, array_agg(x.expected) as expected,
           array_agg(x.versions) as versions,
           array_agg((x.first_arrived_at at time zone (select time_zone from programme))::date) as arrived_on,
           array_agg(coalesce(f.flags, 0)) as flags, array_agg(coalesce(f.is_empty, false)) as is_empty
    from expected_report x
    left join flagged f using (site_id, month)
    where x.site_id = any (array(select site_id from site where region_id = any ($1::int[])))
    group by x.site_id) as x
join site s using (site_id);
