-- Days from the end of each month to the arrival of its first report, for a region ($1) or a site ($2) or all: how many
-- reports took that many days.
select d.month, d.days, count(*) as reports
from arrival_delay d
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or d.site_id = $2)
group by d.month, d.days
order by d.month, d.days;
