-- How often a clinic's reports of the past came, or changed, later after the end of their month than now is after the end
-- of a young one: for each clinic of a region ($1) or site ($2) or all, and each month that ended at most half a year (183
-- days) ago. `reports`: those on the 24 months that ended longer ago, of which something came within half a year;
-- `later`: those of which something came still later within it. Now is mmt.as_of where that is set.
with now_is as (
    select moment.at, p.time_zone, ((moment.at - interval '1 second') at time zone p.time_zone)::date as day
    from (select coalesce(nullif(current_setting('mmt.as_of', true), '')::timestamptz, now()) as at) as moment
    cross join programme p
), ended as (
    select m.month, n.at, n.time_zone, last.day, n.day - last.day as age
    from now_is n
    join reporting_month m on m.month > n.day - interval '33 months' and m.month <= n.day
    cross join lateral (select (m.month + interval '1 month' - interval '1 day')::date as day) as last
), past as (
    select r.site_id, r.month, max((r.arrived_at at time zone e.time_zone)::date - e.day) as days
    from ended e
    join standing_report r using (month)
    join site s using (site_id)
    where e.age between 184 and 184 + 731 and r.arrived_at <= e.at
      and r.arrived_at < (e.day + 184)::timestamp at time zone e.time_zone
      and ($1::int is null or s.region_id = $1) and ($2::int is null or r.site_id = $2)
    group by r.site_id, r.month
)
select s.site_id, e.month, count(p.days) as reports, count(*) filter (where p.days > e.age) as later
from site s
join ended e on e.age <= 183
left join past p using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or s.site_id = $2)
group by s.site_id, e.month
order by s.site_id, e.month;
