-- Of all stays that the records of a region ($1) or a site ($2) or all know until the end of a month ($3), how many went on
-- then: what is left when one divides the two, and what retention is not.
select c.rule, sum(c.clients) as admitted, sum(c.clients) filter (where c.ended_on > least(m.last_day, p.last_day)) as staying
from stay_count c
join record_span p using (site_id, rule)
join site s using (site_id)
cross join (select ($3::date + interval '1 month')::date - 1 as last_day) as m
where ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2) and c.started_on <= m.last_day
group by c.rule;
