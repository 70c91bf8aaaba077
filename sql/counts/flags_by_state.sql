-- How many flags of the current reports of a region ($1) or a site ($2) or all are open, assigned and resolved, by code.
select f.code, count(*) as flags, count(*) filter (where f.state = 'open') as open,
       count(*) filter (where f.state = 'assigned') as assigned, count(*) filter (where f.state = 'resolved') as resolved
from flag_state f
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or f.site_id = $2)
group by f.code
order by f.code;
