-- The rules by which a stay ends, and what the records of a region ($1) or a site ($2) or all say under each: of how many
-- sites, for which days, and how many clients' first day nobody told.
select r.rule, r.missed_days, count(p.site_id) as sites, min(p.first_day) as first_day, max(p.last_day) as last_day,
       coalesce(sum(p.unknown_origins), 0) as unknown_origins
from stay_rule r
left join (
    select p.*
    from record_span p
    join site s using (site_id)
    where ($1::int is null or s.region_id = $1) and ($2::int is null or p.site_id = $2)) as p using (rule)
group by r.rule, r.missed_days, r.place
order by r.place;
