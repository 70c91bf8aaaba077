-- What became of those who entered a region ($1) or a site ($2) or any in the window that ends with a month ($3), under a rule
-- ($4), n months after each one's own first day: of the cohorts that had been followed so long by the end of that month.
select n, sum(c.clients) as clients, sum(c.uninterrupted[n]) as uninterrupted, sum(c.in_treatment[n]) as in_treatment,
       sum(c.transferred[n]) as transferred, sum(c.died[n]) as died, sum(c.dropouts[n]) as dropouts,
       sum(c.dropouts_squared[n]) as dropouts_squared
from retention_definition d
cross join entry_cohort c
join site s using (site_id)
join lateral generate_series(1, cardinality(c.in_treatment)) as n
    on (c.month + interval '1 month')::date + round(n * 30.4375)::int <= ($3::date + interval '1 month')::date
where d.version = (select max(version) from retention_definition where in_force_from <= programme_time(now())::date)
  and ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2) and c.rule = $4
  and c.month between $3::date - (d.window_months - 1) * interval '1 month' and $3::date
group by n
order by n;
