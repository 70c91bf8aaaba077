-- Stays that the records of a region ($1) or a site ($2) or all follow in the window that ends with a month ($3), under each
-- rule or one ($4): after how many days of treatment a client came under watch (entry), on which day he was last seen (exit,
-- 1 on the first day), and why the stay ended (none: it goes on).
with shown as (
    select d.follows = 'everybody' as everybody,
           ($3::date - (d.window_months - 1) * interval '1 month')::date as first_day,
           ($3::date + interval '1 month')::date - 1 as last_day
    from retention_definition d
    where in_force_from <= programme_time(now())::date
    order by version desc
    limit 1
)
select c.rule, greatest(c.observed_from, case when w.everybody then w.first_day end) - c.started_on as entry,
       least(c.ended_on, p.last_day, w.last_day) - c.started_on + 1 as exit,
       case when c.ended_on <= w.last_day then c.exit_reason else 'none' end as reason, sum(c.clients) as clients
from shown w
cross join stay_count c
join record_span p using (site_id, rule)
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2) and ($4::text is null or c.rule = $4)
  and c.started_on <= least(p.last_day, w.last_day)
  and case when w.everybody then c.ended_on >= w.first_day else c.started_on >= w.first_day end
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
