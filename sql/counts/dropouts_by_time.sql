-- Days in treatment and dropouts in the year that ends with a month ($3), by time in treatment until then, of a region ($1) or
-- a site ($2) or all, under a rule ($4): who has just come drops out more often, so that clinics are compared like with like.
select stratum.number as stratum, sum(c.clients * (day.last - day.first + 1)) as days,
       coalesce(sum(c.clients) filter (where c.exit_reason = 'dropout' and c.ended_on = day.last), 0) as dropouts
from stay_count c
join record_span p using (site_id, rule)
join site s using (site_id)
cross join (
    values (1, 1, 30), (2, 31, 91), (3, 92, 183), (4, 184, 365), (5, 366, 730), (6, 731, 1000000)) as stratum (number, low, high)
cross join lateral (
    select greatest(c.observed_from, c.started_on + stratum.low - 1, ($3::date - interval '11 months')::date) as first,
           least(c.ended_on, p.last_day, c.started_on + stratum.high - 1, ($3::date + interval '1 month')::date - 1) as last) as day
where ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2) and c.rule = $4 and day.first <= day.last
group by stratum.number
order by stratum.number;
